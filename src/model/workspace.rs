//! The document a user keeps: which files it rests on, and what was decided about them.
//!
//! Rows of evidence are never stored: the original bytes of each file are, named by their SHA-256, and are read again when the
//! workspace opens. So the evidence stays the evidence, and its checksums and signature can be verified again by
//! whoever receives it (docs/decisions/0004-workspace-keeps-originals.md).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::bundle::BundleTerms;
pub use super::document::UnreadLines;
use super::document::WorkspaceDocument;
pub use super::list::{List, Lists};
use super::order::PriceTerms;
use super::proposal::ProposalTerms;

/// One estate: its files and the decisions about them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "WorkspaceDocument", into = "WorkspaceDocument")]
pub struct Workspace {
    /// What the user calls it.
    pub name: String,
    /// The files it rests on, in the order in which they were added.
    pub sources: Vec<SourceFile>,
    /// The lists that the user keeps in it.
    pub lists: Lists,
    /// What the agreement says about its prices.
    pub price_terms: PriceTerms,
    /// What is settled about bundles.
    pub bundle_terms: BundleTerms,
    /// What the user writes on its proposal.
    pub proposal: ProposalTerms,
    /// The period to assess; an edge that is `None` is found in the files.
    pub period: PeriodChoice,
    /// Where fractions of cores are rounded up.
    pub rounding: RoundingPlace,
    /// Lines of its lists that could not be read: kept as they are.
    pub unread: UnreadLines,
    /// Fields that a newer version wrote: kept as they are.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A file that was added to a workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Name as the user knows it.
    pub name: String,
    /// SHA-256 of the bytes, in hexadecimal: the key under which they are kept.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
}

/// The edges of the period that the user has set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodChoice {
    /// First day, included.
    #[serde(default, deserialize_with = "super::day::read_optional")]
    pub from: Option<Date>,
    /// Last day, included.
    #[serde(default, deserialize_with = "super::day::read_optional")]
    pub to: Option<Date>,
}

/// Where fractions of `PowerVM` capped and container cores are rounded up (counting-rules, section 10: sources differ).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundingPlace {
    /// Added exactly, then rounded up once per server and product.
    #[default]
    ServerAndProduct,
    /// Each partition rounded up.
    Partition,
}

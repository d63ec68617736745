//! The document a user keeps: which files it rests on, and what was decided about them.
//!
//! Rows of evidence are never stored: the original bytes of each file are, named by their SHA-256, and are read again when the
//! workspace opens. So the evidence stays the evidence, and its checksums and signature can be verified again by
//! whoever receives it (docs/decisions/0004-workspace-keeps-originals.md).

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::agreement::{Agreement, Allocation, Contact, Site};
use super::bundle::{BundlePart, BundleTerms};
use super::document::WorkspaceDocument;
use super::entitlement::{Alias, Entitlement};
use super::flexible::FlexibleComponent;
use super::header_shape::HeaderShape;
pub use super::list::List;
use super::list::{Lines, MergeOutcome, StoredLines, merge_outcomes, missing};
use super::listed_processor::ListedProcessor;
use super::open_shift::ClusterCores;
use super::order::{LevelByHand, OrderLine, PriceTerms};
use super::paper::Paper;
use super::part_points::PartPoints;
use super::price::Price;
use super::record::Record;
use super::red_hat::RedHatSubscription;
use super::server_region::ServerRegion;
use super::supporting::SupportedBy;

/// One estate: its files and the decisions about them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WorkspaceDocument", into = "WorkspaceDocument")]
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
    /// The period to assess; an edge that is `None` is found in the files.
    pub period: PeriodChoice,
    /// Where fractions of cores are rounded up.
    pub rounding: RoundingPlace,
    /// Fields that a newer version wrote: kept as they are.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// Lists that are typed, pasted or imported, and belong to the document. Copies share them: a copy costs little.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// The ledger of entitlements.
    pub entitlements: Arc<Vec<Entitlement>>,
    /// The orders with their points.
    pub orders: Arc<Vec<OrderLine>>,
    /// What is deployed of the components of bundles.
    pub bundle_parts: Arc<Vec<BundlePart>>,
    /// Agreements, each with its programme and its terms.
    pub agreements: StoredLines<Agreement>,
    /// The sites of agreements.
    pub sites: StoredLines<Site>,
    /// The contacts of agreements.
    pub contacts: StoredLines<Contact>,
    /// To whom entitlements are given.
    pub allocations: StoredLines<Allocation>,
    /// Which owned product counts for which needed one.
    pub aliases: Arc<Vec<Alias>>,
    /// What one unit of a part earns.
    pub part_points: Arc<Vec<PartPoints>>,
    /// Levels above H, which only the user can set.
    pub levels_by_hand: Arc<Vec<LevelByHand>>,
    /// Prices of parts at each level.
    pub prices: StoredLines<Price>,
    /// Which programs are used only in support of which principal.
    pub supported: StoredLines<SupportedBy>,
    /// What draws on the pool of which Flexible Bundle.
    pub flexible: StoredLines<FlexibleComponent>,
    /// Whose work the cores of `OpenShift` clusters do.
    pub clusters: StoredLines<ClusterCores>,
    /// Subscriptions of Red Hat.
    pub red_hat: StoredLines<RedHatSubscription>,
    /// Regions of servers whose files give none.
    pub regions: StoredLines<ServerRegion>,
    /// Processors to be rated.
    pub processors: StoredLines<ListedProcessor>,
    /// Papers of agreements and proofs, with their checksums.
    pub papers: StoredLines<Paper>,
    /// What was done outside, with its day.
    pub records: StoredLines<Record>,
    /// How the columns of tables were taken.
    pub header_shapes: StoredLines<HeaderShape>,
}

impl Lists {
    /// The lines of a list.
    pub fn lines(&self, list: List) -> &dyn Lines {
        match list {
            List::Entitlements => &self.entitlements,
            List::Orders => &self.orders,
            List::BundleParts => &self.bundle_parts,
            List::Agreements => &self.agreements,
            List::Sites => &self.sites,
            List::Contacts => &self.contacts,
            List::Allocations => &self.allocations,
            List::Aliases => &self.aliases,
            List::PartPoints => &self.part_points,
            List::LevelsByHand => &self.levels_by_hand,
            List::Prices => &self.prices,
            List::Supported => &self.supported,
            List::Flexible => &self.flexible,
            List::Clusters => &self.clusters,
            List::RedHat => &self.red_hat,
            List::Regions => &self.regions,
            List::Processors => &self.processors,
            List::Papers => &self.papers,
            List::Records => &self.records,
            List::HeaderShapes => &self.header_shapes,
        }
    }

    /// The lines of a list, to change them.
    pub fn lines_mut(&mut self, list: List) -> &mut dyn Lines {
        match list {
            List::Entitlements => &mut self.entitlements,
            List::Orders => &mut self.orders,
            List::BundleParts => &mut self.bundle_parts,
            List::Agreements => &mut self.agreements,
            List::Sites => &mut self.sites,
            List::Contacts => &mut self.contacts,
            List::Allocations => &mut self.allocations,
            List::Aliases => &mut self.aliases,
            List::PartPoints => &mut self.part_points,
            List::LevelsByHand => &mut self.levels_by_hand,
            List::Prices => &mut self.prices,
            List::Supported => &mut self.supported,
            List::Flexible => &mut self.flexible,
            List::Clusters => &mut self.clusters,
            List::RedHat => &mut self.red_hat,
            List::Regions => &mut self.regions,
            List::Processors => &mut self.processors,
            List::Papers => &mut self.papers,
            List::Records => &mut self.records,
            List::HeaderShapes => &mut self.header_shapes,
        }
    }

    /// Whether there is nothing in any of them; what is remembered of tables is nothing yet.
    pub fn is_empty(&self) -> bool {
        List::DETECTABLE.into_iter().all(|list| self.len(list) == 0)
    }

    /// How many lines a list has.
    pub fn len(&self, list: List) -> usize {
        self.lines(list).count()
    }

    /// Adds the lines that are not there yet: those of another file, even if they are alike.
    pub fn add(&mut self, other: &Self) {
        self.take(other, missing);
    }

    /// Takes the lines of files in: what is new is added, and what stands under a known key comes in its place
    /// (docs/decisions/0035-any-spreadsheet.md).
    pub fn merge(&mut self, other: &Self) {
        self.take(other, merge_outcomes);
    }

    fn take(&mut self, other: &Self, outcomes: fn(&dyn Lines, &dyn Lines) -> Vec<MergeOutcome>) {
        for list in List::ALL {
            let (mine, theirs) = (self.lines_mut(list), other.lines(list));
            for (from, outcome) in outcomes(mine, theirs).into_iter().enumerate() {
                let at = match outcome {
                    MergeOutcome::Known => continue,
                    MergeOutcome::Added => None,
                    MergeOutcome::Changed(index) => Some(index),
                };
                let (file, row) = theirs.origin(from).unwrap_or_default();
                // The values come from a line of the same list.
                let _ = mine.put(at, file, row, &theirs.values(from).unwrap_or_default());
            }
        }
    }

    /// Takes lines out of a list, by their indices in it.
    pub fn remove(&mut self, list: List, mut indices: Vec<usize>) {
        indices.sort_unstable();
        self.lines_mut(list).keep(&mut |index| indices.binary_search(&index).is_err());
    }
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

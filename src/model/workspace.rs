//! The document a user keeps: which files it rests on, and what was decided about them.
//!
//! Rows of evidence are never stored: the original bytes of each file are, named by their SHA-256, and are read again when the
//! workspace opens. So the evidence stays the evidence, and its checksums and signature can be verified again by
//! whoever receives it (docs/decisions/0004-workspace-keeps-originals.md).

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::bundle::Part;
use super::entitlement::{Alias, Entitlement};
use super::order::{OrderLine, PriceTerms};

/// One estate: its files and the decisions about them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// What the user calls it.
    pub name: String,
    /// The files it rests on, in the order in which they were added.
    #[serde(default)]
    pub sources: Vec<SourceFile>,
    /// The lists that the user keeps in it.
    #[serde(flatten)]
    pub lists: Lists,
    /// Which owned product counts for which needed one.
    #[serde(default)]
    pub aliases: Vec<Alias>,
    /// What the agreement says about its prices.
    #[serde(default)]
    pub price_terms: PriceTerms,
    /// The period to assess; an edge that is `None` is found in the files.
    #[serde(default)]
    pub period: PeriodChoice,
    /// Where fractions of cores are rounded up.
    #[serde(default)]
    pub rounding: RoundingPlace,
    /// Fields that a newer version wrote: kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// Lists that are typed, pasted or imported, and belong to the document. Copies share them: a copy costs little.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lists {
    /// The ledger of entitlements.
    #[serde(default)]
    pub entitlements: Arc<Vec<Entitlement>>,
    /// The orders with their points.
    #[serde(default)]
    pub orders: Arc<Vec<OrderLine>>,
    /// What is deployed of the components of bundles.
    #[serde(default)]
    pub bundle_parts: Arc<Vec<Part>>,
}

impl Lists {
    /// Whether there is nothing in any of them.
    pub fn is_empty(&self) -> bool {
        self.entitlements.is_empty() && self.orders.is_empty() && self.bundle_parts.is_empty()
    }

    /// How many lines a list has.
    pub fn len(&self, list: List) -> usize {
        match list {
            List::Entitlements => self.entitlements.len(),
            List::Orders => self.orders.len(),
            List::BundleParts => self.bundle_parts.len(),
        }
    }

    /// Adds the lines that are not there yet.
    pub fn add(&mut self, other: Self) {
        add(&mut self.entitlements, other.entitlements);
        add(&mut self.orders, other.orders);
        add(&mut self.bundle_parts, other.bundle_parts);
    }

    /// Takes lines out of a list, by their places in it.
    pub fn remove(&mut self, list: List, places: &BTreeSet<usize>) {
        match list {
            List::Entitlements => remove(&mut self.entitlements, places),
            List::Orders => remove(&mut self.orders, places),
            List::BundleParts => remove(&mut self.bundle_parts, places),
        }
    }
}

/// One of the [`Lists`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// The ledger of entitlements.
    Entitlements,
    /// The orders with their points.
    Orders,
    /// What is deployed of the components of bundles.
    BundleParts,
}

impl List {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Entitlements, Self::Orders, Self::BundleParts];
}

fn add<T: Clone + Ord>(list: &mut Arc<Vec<T>>, other: Arc<Vec<T>>) {
    let known: BTreeSet<&T> = list.iter().collect();
    let new: Vec<T> = other.iter().filter(|line| !known.contains(line)).cloned().collect();
    if !new.is_empty() {
        Arc::make_mut(list).extend(new);
    }
}

fn remove<T: Clone>(list: &mut Arc<Vec<T>>, places: &BTreeSet<usize>) {
    let mut place = 0_usize..;
    Arc::make_mut(list).retain(|_| place.next().is_none_or(|place| !places.contains(&place)));
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

//! The position: what is entitled less what is needed, product by product.

use std::cmp::Ordering;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::assessment::ProductDemand;
use super::derivation::RuleReference;
use super::entitlement::LineKind;
use super::flexible::Pool;
use super::issue::Issue;
use super::message::Message;
use super::platform::{ByHostPlatform, NeededAt, Platform, PlatformRights, cover};

/// The position of all products, and the ledger behind it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Position {
    /// The day on which rights are looked at; `None` when no day is known.
    pub on: Option<Date>,
    /// The products, sorted bytewise by name, then by metric.
    pub products: Vec<ProductPosition>,
    /// The pools of Flexible Bundles, sorted by the name of the bundle.
    pub pools: Vec<Pool>,
    /// What each line of the ledger grants, in its order.
    pub grants: Vec<Grant>,
    /// What is wrong or worth knowing about the rights.
    pub issues: Vec<Issue>,
}

/// What is owned and needed of one product in one metric.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProductPosition {
    /// Name of the product.
    pub product: String,
    /// Code of the metric, such as `PVU`; empty when no line says.
    pub metric: String,
    /// What the ledger grants on that day.
    pub entitled: Decimal,
    /// What is needed of its own entitlement; `None` when nothing here measures it.
    pub needed: Option<Needed>,
    /// Why it is not known what is needed of it, sentence by sentence; empty when it is.
    pub reasons: Vec<Message>,
    /// What covers it, so that it needs nothing of its own; `None` when it needs licences of its own.
    pub covered_by: Option<Cover>,
    /// What would be needed if nothing were covered, as an auditor may read it; `None` where that changes nothing.
    pub unbundled: Option<Needed>,
    /// How much of it is stated to be under Subscription and Support (S&S) on that day; `None` when no line says.
    pub supported: Option<Decimal>,
    /// Units of the lines that state nothing of S&S: they may be supported or not.
    pub support_not_stated: Decimal,
    /// How much of what is entitled is not for productive use.
    pub non_production: Decimal,
    /// How much of what is entitled is for one platform alone.
    pub platforms: Vec<PlatformRights>,
    /// Where the estate needs it, as far as that is known.
    pub needed_at: NeededAt,
}

/// What covers a product, by the word of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// How it covers the product.
    pub covering: Covering,
    /// Name of the principal, or of the bundle whose pool it is.
    pub name: String,
    /// Why it covers the product, as the user says; empty for a pool.
    pub reason: String,
    /// Name of the file that says so; empty when it was typed.
    pub file: String,
    /// Line in that file, the header being line 1; 0 when it was typed.
    pub row: u32,
    /// What the licence text says about it; `None` when the catalogue has no row for it.
    pub rule: Option<RuleReference>,
    /// Whether what it needs was added to what the principal needs. A pool counts it in points instead.
    pub counted: bool,
}

/// How a product is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Covering {
    /// It runs in support of a principal that is in use.
    Principal,
    /// It draws on the pool of a Flexible Bundle.
    Pool,
}

/// What is needed of a product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needed {
    /// Sub-capacity at its peak; `None` is not known.
    pub sub_capacity: Option<u64>,
    /// Full capacity at its peak; `None` is not known.
    pub full_capacity: Option<u64>,
    /// Whether it stands in the files; what they could have shown and do not is 0.
    pub found: bool,
}

impl Needed {
    /// One of the capacities.
    pub const fn of(self, full: bool) -> Option<u64> {
        if full { self.full_capacity } else { self.sub_capacity }
    }

    /// What both need together; unknown when either is.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let sum = |one: Option<u64>, other: Option<u64>| Some(one?.saturating_add(other?));
        Self {
            sub_capacity: sum(self.sub_capacity, other.sub_capacity),
            full_capacity: sum(self.full_capacity, other.full_capacity),
            found: self.found || other.found,
        }
    }
}

impl ProductPosition {
    /// Whether it is the position of this product.
    pub fn is_of(&self, product: &ProductDemand) -> bool {
        self.product == product.product && self.metric == product.metric.name()
    }

    /// Entitled less sub-capacity: above 0 a surplus, below 0 a shortfall.
    pub fn balance(&self) -> Option<Decimal> {
        self.less(self.needed?, false)
    }

    /// Entitled less full capacity: above 0 a surplus, below 0 a shortfall.
    pub fn full_balance(&self) -> Option<Decimal> {
        self.less(self.needed?, true)
    }

    /// Entitled less sub-capacity if nothing were covered; `None` where that changes nothing, or is not known.
    pub fn unbundled_balance(&self) -> Option<Decimal> {
        self.less(self.unbundled?, false)
    }

    /// Entitled less full capacity if nothing were covered; `None` where that changes nothing, or is not known.
    pub fn unbundled_full_balance(&self) -> Option<Decimal> {
        self.less(self.unbundled?, true)
    }

    /// What is entitled and can be used, less what is needed of one of the capacities.
    fn less(&self, needed: Needed, full: bool) -> Option<Decimal> {
        let usable = self.entitled.saturating_sub(self.left_aside(needed, full));
        Some(usable.saturating_sub(needed.of(full)?.into()))
    }

    /// How much of what is entitled is for platforms on which less is needed, while what is needed elsewhere stays short:
    /// it is left aside. Where nothing stays short all counts.
    pub fn left_aside(&self, needed: Needed, full: bool) -> Decimal {
        let Some(quantity) = needed.of(full).filter(|_| !self.platforms.is_empty()) else { return Decimal::ZERO };
        let for_platforms: Decimal = self.platforms.iter().map(|one| one.units).sum();
        let general = self.entitled.saturating_sub(for_platforms);
        let coverage = cover(quantity, self.at(full), general, &self.platforms);
        if coverage.short.is_zero() { Decimal::ZERO } else { for_platforms.saturating_sub(coverage.used.iter().sum()) }
    }

    /// Where the estate needs it: sub-capacity or full capacity.
    pub const fn at(&self, full: bool) -> ByHostPlatform {
        if full { self.needed_at.full_capacity } else { self.needed_at.sub_capacity }
    }
}

/// How a product stands: what its balance means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BalanceState {
    /// More is needed than entitled.
    Shortfall,
    /// As much is entitled as needed.
    Covered,
    /// More is entitled than needed.
    Surplus,
    /// The balance is not known.
    Unknown,
}

impl BalanceState {
    /// All of them, the one to look at first in front.
    pub const ALL: [Self; 4] = [Self::Shortfall, Self::Covered, Self::Surplus, Self::Unknown];

    /// What a balance means.
    pub fn of(balance: Option<Decimal>) -> Self {
        match balance.map(|balance| balance.cmp(&Decimal::ZERO)) {
            Some(Ordering::Less) => Self::Shortfall,
            Some(Ordering::Equal) => Self::Covered,
            Some(Ordering::Greater) => Self::Surplus,
            None => Self::Unknown,
        }
    }

    /// The name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shortfall => "shortfall",
            Self::Covered => "covered",
            Self::Surplus => "surplus",
            Self::Unknown => "unknown",
        }
    }

    /// Key of its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Shortfall => "page.state.shortfall",
            Self::Covered => "page.state.covered",
            Self::Surplus => "page.state.surplus",
            Self::Unknown => "page.not_known",
        }
    }
}

/// What one line of the ledger grants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grant {
    /// The product that it is for.
    pub product: String,
    /// Code of the metric.
    pub metric: String,
    /// How many units of the metric one of the part is.
    pub pack: u32,
    /// Units of the metric.
    pub units: Decimal,
    /// Whether they count on the day of the position.
    pub standing: LineStatus,
    /// What the line sells.
    pub kind: LineKind,
    /// What says so.
    pub kind_from: KindFrom,
    /// The platform that it is for; `None` for any.
    pub platform: Option<Platform>,
    /// Whether it is not for productive use.
    pub non_production: bool,
}

impl Grant {
    /// The product and the metric: what grants are added by.
    pub fn key(&self) -> (&str, &str) {
        (&self.product, &self.metric)
    }
}

/// What says what a line of the ledger sells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KindFrom {
    /// The line itself.
    Line,
    /// The catalogue of parts.
    Part,
    /// The words of the line.
    Words,
    /// The shape of its part number.
    PartNumber,
    /// Nothing: a line is a licence unless something says otherwise.
    #[default]
    Nothing,
}

/// Whether a line counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineStatus {
    /// It is a right on that day.
    #[default]
    Counts,
    /// It renews or reinstates S&S, or adds to it, and grants no licence.
    SupportOnly,
    /// It is for a platform on which nothing is needed, and what is needed elsewhere stays short.
    OtherPlatform,
    /// Its term is over.
    Ended,
    /// It was ordered, or its term begins, after that day.
    NotYet,
}

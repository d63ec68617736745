//! Pure functions from rows and rules to results: the heart.
//!
//! [`assess`] answers what every product needs, [`explain`] how one of the numbers comes about. Both run the same
//! code; `explain` only keeps its steps. Nothing here knows a clock, a locale, a file or a floating-point number.

pub mod agreements;
pub mod allocation;
pub mod bundles;
mod demand;
pub mod inventory;
pub mod open_shift;
pub mod position;
pub mod red_hat;
pub mod snapshot;
mod steps;
pub mod use_of_rights;
pub mod volume;

pub use demand::{assess, explain, explain_reported, needed_at};

use jiff::civil::Date;

use crate::model::workspace::RoundingPlace;

/// What the user decides about an assessment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// First day, included; `None` is the earliest day that a row names.
    pub from: Option<Date>,
    /// Last day, included; `None` is the latest day that a row names.
    pub to: Option<Date>,
    /// Where fractions of cores are rounded up.
    pub rounding: RoundingPlace,
    /// How many threads may share the work; 0 and 1 are both the caller's own. No number depends on it.
    pub threads: usize,
}

/// The numbers of a product that have a derivation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Sub-capacity at its peak.
    SubCapacity,
    /// Full capacity at its peak.
    FullCapacity,
    /// Ours less what ILMT reports.
    Difference,
    /// What may fall away at best.
    Recoverable,
    /// What proofs of entitlement grant.
    Entitled,
    /// Entitled less sub-capacity.
    Balance,
    /// Entitled less full capacity.
    FullBalance,
    /// Entitled less sub-capacity if nothing were covered, as an auditor may read it.
    Unbundled,
}

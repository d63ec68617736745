//! Pure functions from rows and rules to results: the heart.
//!
//! [`assess`] answers what every product needs, [`explain`] how one of the numbers comes about. Both run the same
//! code; `explain` only keeps its steps. Nothing here knows a clock, a locale, a file or a floating-point number.

pub mod agreements;
pub mod allocation;
pub mod bundles;
mod demand;
pub mod findings;
pub mod inventory;
pub mod open_shift;
pub mod position;
pub mod red_hat;
pub mod renewal;
pub mod snapshot;
mod steps;
pub mod use_of_rights;
pub mod volume;

pub use demand::{assess, explain, explain_reported, needed_at, timeline};

use jiff::civil::Date;

use crate::model::workspace::RoundingPlace;

/// What the user decides about an assessment.
///
/// # Examples
///
/// ```rust
/// # use highwater::import::{Limits, Unwatched, template};
/// # use highwater::model::{day, estate::Estate};
/// use highwater::engine::{Settings, assess};
///
/// // Eight cores until the end of June, four from then on.
/// let csv = "server,processor,sockets,cores,technology,partition,partition_cores,product,metric,from,to\n\
///     s1,Xeon Gold 6130,2,32,vmware,vm1,8,IBM MQ,PVU,2026-01-01,2026-06-30\n\
///     s1,Xeon Gold 6130,2,32,vmware,vm1,4,IBM MQ,PVU,2026-07-01,2026-12-31\n";
/// # let mut estate = Estate::default();
/// # template::read(&mut estate, "estate.csv", csv.as_bytes(), &Limits::TERMINAL, &mut Unwatched).unwrap();
/// let needed = |settings| assess(&estate, &[], &settings).unwrap().products[0].sub_capacity;
///
/// // The whole year has its peak in its first half: 8 cores x 70 PVU.
/// assert_eq!(needed(Settings::default()), Some(560));
/// // From July on the peak is 4 cores x 70 PVU.
/// assert_eq!(needed(Settings { from: day::parse("2026-07-01"), ..Settings::default() }), Some(280));
/// ```
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

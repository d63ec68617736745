//! IBM's numbers, each with a date, a source and how sure we are of it.
//!
//! Tables that a licence manager should review are CSV files beside the Rust that reads them. A malformed row fails
//! a test with file and line.

pub mod counting;
pub mod pvu_table;
pub mod rvu_tiers;

use std::num::NonZeroU32;

use crate::model::message::Message;
use pvu_table::PvuRow;

/// What is asked of the rate table.
#[derive(Clone, Copy, Debug, Default)]
pub struct RateQuery<'a> {
    /// Brand string, IBM machine model, row name of IBM's table, or a family alone; empty when nothing is known.
    pub processor: &'a str,
    /// The most sockets that the server can hold; `None` when not known.
    pub sockets: Option<NonZeroU32>,
    /// Whether the operating system is a Linux.
    pub linux: bool,
    /// Whether it runs in an eligible public cloud.
    pub cloud: bool,
    /// Cores on one chip, where the user knows better than the list of processors.
    pub cores_per_chip: Option<NonZeroU32>,
}

/// The rate of a processor, and how it was found.
#[derive(Clone, Debug)]
pub struct Rating {
    /// PVU for each core.
    pub pvu_per_core: u32,
    /// How the rate was found.
    pub status: RateStatus,
    /// The row of the table that decided; `None` only when the table has none for the case.
    pub row: Option<&'static PvuRow>,
    /// All rows left standing when they differ in their rate.
    pub candidates: Vec<&'static PvuRow>,
    /// The rate at the lowest tier of the matched family, where tiers by sockets exist: what the rate may fall to
    /// once the sockets are known.
    pub lowest_tier: Option<u32>,
    /// Whether the processor is a POWER, which is rated 70 under Linux.
    pub power: bool,
    /// What else there is to know, such as more sockets than the top tier names.
    pub notes: Vec<Message>,
}

/// How a rate was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateStatus {
    /// One row fits.
    Matched,
    /// The family is known, the sockets are not: its highest tier.
    HighestTier,
    /// Rows with different rates fit: the highest of them.
    Ambiguous,
    /// No row with a rate fits: 120, as ILMT does.
    Fallback,
    /// Flat rate of the public cloud.
    Cloud,
}

/// stub
pub fn rate(query: &RateQuery<'_>) -> Rating {
    let power = query.processor.contains("POWER");
    let (r, status, low) = if query.cloud {
        (70, RateStatus::Cloud, None)
    } else if query.processor.is_empty() {
        (120, RateStatus::Fallback, None)
    } else if power && query.linux {
        (70, RateStatus::Matched, None)
    } else if power {
        (120, RateStatus::Matched, None)
    } else {
        match query.sockets.map(NonZeroU32::get) {
            None => (120, RateStatus::HighestTier, Some(70)),
            Some(1 | 2) => (70, RateStatus::Matched, Some(70)),
            Some(3 | 4) => (100, RateStatus::Matched, Some(70)),
            _ => (120, RateStatus::Matched, Some(70)),
        }
    };
    Rating { pvu_per_core: r, status, row: None, candidates: Vec::new(), lowest_tier: low, power, notes: Vec::new() }
}

//! IBM's numbers, each with a date, a source and how sure we are of it.
//!
//! Tables that a licence manager should review are CSV files beside the Rust that reads them. A malformed row fails
//! a test with file and line.

pub mod additional_entitlements;
mod bare_numbers;
mod bundle_names;
pub mod bundles;
pub mod counting;
pub mod folding;
pub mod line_words;
mod machine_name;
pub mod machine_types;
mod matching;
mod meaning;
pub mod missing;
pub mod parts;
pub mod pattern;
pub mod platform;
pub mod processors;
pub mod product_names;
pub mod published_prices;
mod pvu_row;
pub mod pvu_table;
mod rating;
mod ratio;
pub mod renewals;
pub mod rights;
pub mod rvu_tiers;
#[cfg(feature = "cli")]
pub mod shipped_parts;
pub mod socket_limit;
pub mod sources;
pub mod supporting_programs;
pub mod table;
pub mod volume_levels;
mod x86_servers;

use std::num::NonZeroU32;

use jiff::civil::Date;

use crate::model::derivation::RuleReference;
use crate::model::message::Message;
use machine_types::MachineType;
use pvu_table::PvuRow;
pub use rating::rate;

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
    /// The row of the table that decided: for a fallback the row of the default. `None` only when the table is broken.
    pub row: Option<&'static PvuRow>,
    /// All rows left standing when they differ in their rate.
    pub candidates: Vec<&'static PvuRow>,
    /// The rate at the lowest tier of the matched family, where tiers by sockets exist: what the rate may fall to
    /// once the sockets are known.
    pub lowest_tier: Option<u32>,
    /// Whether the processor is a POWER, which is rated 70 under Linux.
    pub power: bool,
    /// Whether any row recognises the name; a fallback may still know the processor, but IBM gives it no rate.
    pub identified: bool,
    /// IBM's machine types that decided, all of them where the name leaves several; none where it is another name.
    pub machines: Vec<&'static MachineType>,
    /// What else there is to know, such as more sockets than the top tier names.
    pub notes: Vec<Message>,
}

impl Rating {
    /// The row that decided, as the rule behind the rate.
    pub fn rule(&self) -> RuleReference {
        self.row.map_or_else(counting::fallback_rate, PvuRow::rule)
    }

    /// Whether the server holds more sockets than the top tier names, so that the top tier counts.
    pub fn is_beyond_tiers(&self) -> bool {
        self.notes.iter().any(|note| note.key == "rate.more_sockets")
    }

    /// What to know when the rate is wanted for a day before the row is known.
    pub fn note_on(&self, day: Date) -> Option<Message> {
        let since = self.row?.since.filter(|since| *since > day)?;
        Some(Message::new("rate.younger").with("since", since).with("day", day))
    }
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

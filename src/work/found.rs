//! What a search in the catalogue finds, as the page shows it.

use std::num::NonZeroU32;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::day;
use crate::model::derivation::Confidence;

/// What a search has found in the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueMatches {
    /// The day of the table of rates.
    #[serde(deserialize_with = "day::read_optional")]
    pub table_date: Option<Date>,
    /// How many rows the table of rates has.
    pub all_rates: usize,
    /// The rows that fit, in the order of the table.
    pub rates: Vec<RateRow>,
    /// IBM's machine types that fit, in the order of their list.
    pub machines: Vec<MachineRow>,
    /// The processors that fit, the likeliest first.
    pub processors: Vec<ProcessorRow>,
    /// What the catalogue is known not to have, as far as it fits.
    pub missing: Vec<MissingRow>,
    /// How many part numbers fit; none before a search.
    pub parts: usize,
}

/// A row of the table of rates, as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateRow {
    /// The family, with its maker.
    pub family: String,
    /// Models and brand names that it is for.
    pub models: String,
    /// The sockets it is for.
    pub sockets: String,
    /// PVU for each core; `None` where IBM gives no rate.
    pub pvu_per_core: Option<u32>,
    /// Since when it is known.
    #[serde(deserialize_with = "day::read_optional")]
    pub since: Option<Date>,
    /// How sure the rate is.
    pub confidence: Confidence,
    /// Where it comes from.
    pub source: String,
    /// What else there is to know.
    pub note: String,
}

/// One of IBM's machine types, as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MachineRow {
    /// Type and model.
    pub number: String,
    /// What the machine is called.
    pub name: String,
    /// Its processor.
    pub family: String,
    /// The most sockets that it can hold; `None` where nobody says.
    pub max_sockets: Option<NonZeroU32>,
    /// The row of the table of rates that names it; `None` where none does.
    pub row: Option<String>,
    /// The rate of that row.
    pub pvu_per_core: Option<u32>,
    /// How sure it is which machine it is.
    pub confidence: Confidence,
    /// Who says so.
    pub source: String,
}

/// Something that the catalogue is known not to have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingRow {
    /// What it is.
    pub what: String,
    /// What to do without it.
    pub what_to_do: String,
    /// The day on which it was last looked for.
    #[serde(deserialize_with = "day::read")]
    pub looked_on: Date,
}

/// A processor of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessorRow {
    /// Its brand string.
    pub name: String,
    /// The cores of one chip; `None` where the list does not say.
    pub cores: Option<u32>,
    /// What its maker calls the design.
    pub codename: String,
}

//! The PVU table: the rate of each processor, with its date, its sources and how sure we are of it.
//!
//! `pvu_table.csv` is the catalogue itself, to be reviewed by people who know the licences; this file reads it. No
//! source shows IBM ending or lowering a rate, so rows have a first day (`since`) and no last one.
//!
//! | column | what it says |
//! |---|---|
//! | `kind` | [`RowKind`] |
//! | `vendor`, `family`, `name`, `models` | words for people; `vendor` and `family` together name the tiers that belong together |
//! | `architecture` | a word that alone already means all rows of that architecture, such as `power` |
//! | `model_match`, `family_match`, `unless` | which names the row is for ([`super::pattern`]): a model, a family alone, and words that rule it out |
//! | `os` | `linux`: an exception for that system, whatever the model |
//! | `cores_per_chip` | [`CoresPerChip`]; blank is any |
//! | `tier_by`, `sockets_min`, `sockets_max` | [`TierBy`] and the sockets that IBM prints |
//! | `pvu_per_core` | the rate; blank where IBM gives none |
//! | `since` | since when the row is known |
//! | `sources`, `confidence`, `note` | names from `sources.csv`, strongest first; how sure; what else there is to know |

use std::sync::LazyLock;

use jiff::civil::Date;

use super::pvu_row::HEADER;
pub use super::pvu_row::{CoresPerChip, PvuRow, RowKind, TierBy};
use super::sources;
use super::table::{self, TableProblem};

/// Every row of the table, in the order of the file.
pub struct PvuTable {
    rows: Vec<PvuRow>,
    problems: Vec<TableProblem>,
}

static TABLE: LazyLock<PvuTable> = LazyLock::new(|| {
    let (rows, problems) = table::read("src/rules/pvu_table.csv", include_str!("pvu_table.csv"), &HEADER, PvuRow::read);
    PvuTable { rows, problems }
});

/// Day of the newest edition of IBM's table that any row rests on.
pub fn table_date() -> Option<Date> {
    TABLE.rows.iter().flat_map(|row| &row.sources).filter_map(|source| source.edition).max()
}

impl PvuTable {
    /// The table, read once.
    pub fn get() -> &'static Self {
        &TABLE
    }

    /// The rows, in the order of the file.
    pub fn rows(&self) -> &[PvuRow] {
        &self.rows
    }

    /// The row on this line of the file, the header being line 1.
    pub fn at_line(&self, line: u32) -> Option<&PvuRow> {
        self.rows.iter().find(|row| row.line == line)
    }

    /// What does not fit in the table or in the list of its sources. A test holds it empty.
    pub fn problems(&self) -> impl Iterator<Item = &TableProblem> {
        self.problems.iter().chain(sources::problems())
    }

    /// The row of this name.
    pub fn named(&self, name: &str) -> Option<&PvuRow> {
        self.rows.iter().find(|row| row.name == name)
    }

    /// The rows that are tiers of one family, from the fewest sockets to the most.
    pub(super) fn tiers(&self, row: &PvuRow) -> Vec<&PvuRow> {
        let mut tiers: Vec<&PvuRow> = self
            .rows
            .iter()
            .filter(|other| {
                other.tier_by == TierBy::Sockets && other.vendor == row.vendor && other.family == row.family
            })
            .collect();
        tiers.sort_by_key(|tier| tier.sockets_max.unwrap_or(u32::MAX));
        tiers
    }

    /// The row for a processor that nothing fits: what ILMT takes.
    pub(super) fn fallback(&self) -> Option<&PvuRow> {
        self.rows
            .iter()
            .find(|row| row.kind == RowKind::Default && row.architecture.is_empty() && row.pvu_per_core.is_some())
    }

    /// The exception for Linux on an architecture.
    pub(super) fn linux_exception(&self, architecture: &str) -> Option<&PvuRow> {
        self.rows.iter().find(|row| row.linux && row.architecture == architecture && row.pvu_per_core.is_some())
    }

    /// The flat rate of the public cloud for an architecture.
    pub(super) fn cloud_rate(&self, architecture: &str) -> Option<&PvuRow> {
        let rate =
            |architecture| self.rows.iter().find(|row| row.kind == RowKind::Cloud && row.architecture == architecture);
        rate(architecture).or_else(|| rate(""))
    }

    /// The highest rate of all: what to take when even the row for the unknown is missing.
    pub(super) fn highest_rate(&self) -> u32 {
        self.rows.iter().filter_map(|row| row.pvu_per_core).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::pattern::Pattern;
    use super::*;
    use crate::rules::sources::NO_SOURCE;

    #[test]
    fn every_row_of_the_table_fits() {
        let problems: Vec<String> = PvuTable::get().problems().map(TableProblem::to_string).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        assert_eq!(PvuTable::get().rows().len(), 79);
    }

    #[test]
    fn every_rate_is_one_that_ibm_has_used() {
        for row in PvuTable::get().rows() {
            if let Some(rate) = row.pvu_per_core {
                assert!([30, 50, 70, 80, 100, 120].contains(&rate), "line {}: {rate}", row.line);
            }
        }
    }

    #[test]
    fn three_rows_have_no_rate_on_purpose() {
        let blank: Vec<&str> = PvuTable::get()
            .rows()
            .iter()
            .filter(|row| row.pvu_per_core.is_none())
            .map(|row| row.name.as_str())
            .collect();
        assert_eq!(blank, ["IBM System i hosts", "ARM servers on premises", "Processor not in IBM's table"]);
    }

    #[test]
    fn every_row_can_be_named_or_is_a_default() {
        for row in PvuTable::get().rows() {
            let named = row.model_match != Pattern::default() || row.family_match != Pattern::default();
            assert_eq!(named, row.kind != RowKind::Default, "line {}", row.line);
            assert!(!row.name.is_empty() && !row.note.is_empty(), "line {}", row.line);
        }
    }

    #[test]
    fn the_tiers_of_a_family_do_not_overlap() {
        for row in PvuTable::get().rows().iter().filter(|row| row.tier_by == TierBy::Sockets) {
            let tiers = PvuTable::get().tiers(row);
            for pair in tiers.windows(2) {
                assert!(pair[0].sockets_max < pair[1].sockets_min, "lines {} and {}", pair[0].line, pair[1].line);
                assert!(pair[0].pvu_per_core <= pair[1].pvu_per_core, "lines {} and {}", pair[0].line, pair[1].line);
            }
        }
    }

    #[test]
    fn the_table_is_as_new_as_its_newest_edition() {
        assert_eq!(table_date(), Some(date(2026, 1, 9)));
    }

    #[test]
    fn a_row_says_its_sockets_and_its_sources_in_words() {
        let row = |name: &str| PvuTable::get().rows().iter().find(|row| row.name == name).unwrap();
        assert_eq!(row("Intel Xeon, All Existing, up to 2 sockets").sockets_text(), "1-2");
        assert_eq!(row("Intel Xeon, All Existing, more than 4 sockets").sockets_text(), "5+");
        assert_eq!(row("IBM POWER9 E950").sockets_text(), "4");
        assert_eq!(row("AMD EPYC").sockets_text(), "1-2");
        assert_eq!(row("SPARC T3").source(), NO_SOURCE);
        assert!(row("IBM POWER8 E850").source().contains(" ; "));
        assert_eq!(row("IBM POWER9 E980").rule().id, "pvu_table:9");
    }
}

//! Looks rates, machine types and processors up, and what the catalogue has not.

use super::{CatalogueMatches, MachineRow, MissingRow, ProcessorRow, RateRow};
use crate::rules::machine_types::{self, MachineType};
use crate::rules::missing;
use crate::rules::processors::{self, Processor};
use crate::rules::pvu_table::{self, PvuRow, PvuTable, RowKind};

/// How many processors a search shows.
const PROCESSORS: usize = 200;

/// What a search means: the rates, machine types and gaps that hold every word of it, and the processors it may name.
/// Without a search, all of them. Part numbers are those of the open workspace too, and counted by its screen.
pub fn search(search: &str) -> CatalogueMatches {
    let rows = PvuTable::get().rows();
    let processors: Vec<&Processor> = if search.trim().is_empty() {
        processors::all().iter().collect()
    } else {
        processors::suggest(search, PROCESSORS)
    };
    // Tools write IBM,9009-42A.
    let words: Vec<String> =
        search.split([',', ' ', '\t']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    CatalogueMatches {
        table_date: pvu_table::table_date(),
        all_rates: rows.len(),
        rates: rows.iter().filter(|row| is_found(row, &words)).map(rate).collect(),
        machines: machine_types::all().iter().map(machine).filter(|row| row.holds(&words)).collect(),
        processors: processors.into_iter().map(processor).collect(),
        missing: missing::all()
            .iter()
            .filter(|one| holds(&[&one.what, &one.what_to_do], &words))
            .map(|one| MissingRow {
                what: one.what.clone(),
                what_to_do: one.what_to_do.clone(),
                looked_on: one.looked_on,
            })
            .collect(),
        parts: 0,
    }
}

/// Whether texts hold every word, whatever their case.
fn holds(texts: &[&str], words: &[String]) -> bool {
    let text = texts.join(" ").to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

/// Whether a row holds every word of the search. Notes are not rates: they are found, not listed.
fn is_found(row: &PvuRow, words: &[String]) -> bool {
    (row.kind != RowKind::Note || !words.is_empty())
        && holds(&[&row.vendor, &row.family, &row.name, &row.models], words)
}

fn rate(row: &PvuRow) -> RateRow {
    RateRow {
        family: family(row),
        models: row.models.clone(),
        sockets: row.sockets_text(),
        pvu_per_core: row.pvu_per_core,
        since: row.since,
        confidence: row.confidence,
        source: row.source().into_owned(),
        note: row.note.clone(),
    }
}

/// The family with its maker, unless it names the maker itself or nobody makes it.
fn family(row: &PvuRow) -> String {
    if row.kind != RowKind::Processor || row.vendor.is_empty() || row.family.starts_with(&row.vendor) {
        return row.family.clone();
    }
    format!("{} {}", row.vendor, row.family)
}

fn machine(machine: &MachineType) -> MachineRow {
    MachineRow {
        number: machine.number(),
        name: machine.name.clone(),
        family: machine.family.clone(),
        max_sockets: machine.max_sockets,
        row: machine.row.map(|row| row.name.clone()),
        pvu_per_core: machine.row.and_then(|row| row.pvu_per_core),
        confidence: machine.confidence,
        source: machine.source.clone(),
    }
}

impl MachineRow {
    /// Whether it holds every word of the search; its number is IBM's, with and without the hyphen.
    fn holds(&self, words: &[String]) -> bool {
        let apart = self.number.replace('-', " ");
        holds(&["IBM", &self.number, &apart, &self.name, &self.family, self.row.as_deref().unwrap_or_default()], words)
    }
}

fn processor(processor: &Processor) -> ProcessorRow {
    ProcessorRow { name: processor.name.clone(), cores: processor.cores, codename: processor.codename.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_search_has_to_occur() {
        let power = search("ibm e980").rates;
        assert!(!power.is_empty());
        assert!(power.iter().all(|row| row.models.contains("E980")));
        assert!(search("e980 sparc").rates.is_empty());
    }

    #[test]
    fn a_machine_type_is_found_by_its_number_and_by_its_name() {
        for typed in ["9009-42A", "IBM,9009-42a", "9009 42a", "s924 9009-42a"] {
            let found = search(typed).machines;
            assert_eq!(found.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(), ["9009-42A"], "{typed}");
            assert_eq!((found[0].row.as_deref(), found[0].pvu_per_core), (Some("IBM POWER9 scale-out"), Some(70)));
        }
        assert_eq!(search("").machines.len(), 215);
    }

    #[test]
    fn what_the_catalogue_has_not_is_found_where_a_reader_looks_for_it() {
        assert_eq!(search("").missing.len(), 6);
        for typed in ["watsonx", "Cloud Pak for Integration", "Business Automation 25", "eligible", "x86 2026"] {
            assert_eq!(search(typed).missing.len(), 1, "{typed}");
        }
        assert!(search("power9 e980").missing.is_empty());
    }

    #[test]
    fn a_family_names_its_maker_once() {
        for row in PvuTable::get().rows() {
            let name = family(row);
            assert!(!name.contains(&format!("{0} {0}", row.vendor)), "{name}");
        }
    }

    #[test]
    fn without_a_search_every_rate_and_every_processor_is_there() {
        let found = search("  ");
        let rates = PvuTable::get().rows().iter().filter(|row| row.kind != RowKind::Note).count();
        assert_eq!((found.rates.len(), found.processors.len()), (rates, processors::all().len()));
    }
}

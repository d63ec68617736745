//! Looks rates and processors up.

use super::{Found, ProcessorRow, RateRow};
use crate::rules::processors::{self, Processor};
use crate::rules::pvu_table::{self, PvuRow, PvuTable, RowKind};

/// How many processors a search shows.
const PROCESSORS: usize = 200;

/// What a search means: the rates that hold every word of it, and the processors it may name. Without a search, all.
pub fn search(search: &str) -> Found {
    let rows = PvuTable::get().rows();
    let processors: Vec<&Processor> = if search.trim().is_empty() {
        processors::all().iter().collect()
    } else {
        processors::suggest(search, PROCESSORS)
    };
    Found {
        table_date: pvu_table::table_date(),
        all_rates: rows.len(),
        rates: rates(rows, search).map(rate).collect(),
        processors: processors.into_iter().map(processor).collect(),
    }
}

/// The rows that hold every word of the search, in the order of the table. Notes are not rates: they are found, not
/// listed.
fn rates<'a>(rows: &'a [PvuRow], search: &str) -> impl Iterator<Item = &'a PvuRow> {
    let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
    rows.iter().filter(move |row| {
        let text = [row.vendor.as_str(), &row.family, &row.name, &row.models].join(" ").to_lowercase();
        (row.kind != RowKind::Note || !words.is_empty()) && words.iter().all(|word| text.contains(word.as_str()))
    })
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

//! Which rows of the rate table a search means.

use crate::rules::pvu_table::{PvuRow, RowKind};

/// The rows that hold every word of the search, in the order of the table.
pub fn found(rows: &[PvuRow], search: &str) -> Vec<usize> {
    let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
    rows.iter()
        .enumerate()
        .filter(|(_, row)| row.kind != RowKind::Note || !words.is_empty())
        .filter(|(_, row)| {
            let text = [row.vendor.as_str(), &row.family, &row.name, &row.models].join(" ").to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        })
        .map(|(place, _)| place)
        .collect()
}

/// The family with its maker, unless it names the maker itself or nobody makes it.
pub fn family(row: &PvuRow) -> String {
    if row.kind != RowKind::Processor || row.vendor.is_empty() || row.family.starts_with(&row.vendor) {
        return row.family.clone();
    }
    format!("{} {}", row.vendor, row.family)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pvu_table::PvuTable;

    #[test]
    fn every_word_of_the_search_has_to_occur() {
        let rows = PvuTable::get().rows();
        let power = found(rows, "ibm e980");
        assert!(!power.is_empty());
        assert!(power.iter().all(|place| rows[*place].models.contains("E980")));
        assert!(found(rows, "e980 sparc").is_empty());
    }

    #[test]
    fn a_family_names_its_maker_once() {
        for row in PvuTable::get().rows() {
            let name = family(row);
            assert!(!name.contains(&format!("{0} {0}", row.vendor)), "{name}");
        }
    }

    #[test]
    fn without_a_search_every_row_with_a_rate_is_there() {
        let rows = PvuTable::get().rows();
        let all = found(rows, "  ");
        assert_eq!(all.len(), rows.iter().filter(|row| row.kind != RowKind::Note).count());
    }
}

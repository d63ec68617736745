//! Prices that somebody has published: examples, and nobody's price.
//!
//! `published_prices.csv` holds one row for each part and level, with who published it, when, and how sure that is. No row
//! counts for anything by itself: an estate has them only where its user has added them, and they stay marked there
//! (docs/decisions/0068-published-prices-as-examples.md).

use std::sync::LazyLock;

use super::table::{self, RuleRow, TableProblem};
use crate::model::derivation::Confidence;
use crate::model::price::Price;
use crate::rules::volume_levels::VolumeLevel;

/// The name of the file of an estate that its example prices are lines of.
pub const FILE: &str = "Published example prices";

const TABLE: &str = "src/rules/published_prices.csv";

const HEADER: [&str; 11] = [
    "part_number",
    "description",
    "level",
    "price",
    "currency",
    "points",
    "months",
    "source",
    "confidence",
    "as_of",
    "note",
];

static PRICES: LazyLock<(Vec<Price>, Vec<TableProblem>)> =
    LazyLock::new(|| table::read(TABLE, include_str!("published_prices.csv"), &HEADER, price));

fn price(row: &RuleRow<'_>) -> Result<Price, String> {
    let columns = ["part_number", "source", "as_of"];
    if let Some(column) = columns.into_iter().find(|column| row.get(column).is_empty()) {
        return Err(format!("{column}: blank"));
    }
    let level = VolumeLevel::parse(row.get("level")).ok_or_else(|| format!("level: {:?}", row.get("level")))?;
    Ok(Price {
        file: FILE.to_owned(),
        row: row.line,
        part_number: row.get("part_number").to_owned(),
        description: row.get("description").to_owned(),
        level,
        price: row.parse("price")?.ok_or("price: blank")?,
        currency: row.get("currency").to_owned(),
        points: row.parse("points")?,
        months: row.parse("months")?,
        source: said(row, row.confidence()?),
        example: Some(true),
        ..Price::default()
    })
}

/// Who says so, when, and how sure that is, as it stands in the list of prices.
fn said(row: &RuleRow<'_>, confidence: Confidence) -> String {
    let note = row.get("note");
    let note = if note.is_empty() { String::new() } else { format!("; {note}") };
    format!("{} ({}, {} confidence{note})", row.get("source"), row.get("as_of"), confidence.name())
}

/// What does not fit in the table. A test holds it empty.
pub fn problems() -> &'static [TableProblem] {
    &PRICES.1
}

/// All of them as lines of the list of prices, in the order of the table: by source, then by part and level.
pub fn all() -> &'static [Price] {
    &PRICES.0
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_line_of_the_table_fits_and_is_marked_as_an_example() {
        assert_eq!(problems(), []);
        // Nine parts of Concert and five of Rational at BL; six of Maximo at each of the ten levels.
        assert_eq!(all().len(), 9 + 5 + 6 * 10);
        for row in all() {
            assert!(row.is_example() && !row.is_own(), "{row:?}");
            assert_eq!((row.valid_from, row.valid_to, row.currency.as_str()), (None, None, "USD"), "{row:?}");
        }
    }

    #[test]
    fn a_part_of_all_levels_costs_the_same_at_each_of_them_and_earns_nothing() {
        let mut of_parts: BTreeMap<&str, Vec<&Price>> = BTreeMap::new();
        for row in all() {
            of_parts.entry(&row.part_number).or_default().push(row);
        }
        for (part, rows) in of_parts.iter().filter(|(_, rows)| rows.len() > 1) {
            let levels: Vec<VolumeLevel> = rows.iter().map(|row| row.level).collect();
            assert!(VolumeLevel::ALL.iter().all(|level| levels.contains(level)), "{part}: {levels:?}");
            assert!(rows.iter().all(|row| row.price == rows[0].price && row.points == Some(0.into())), "{part}");
        }
    }

    #[test]
    fn a_row_says_who_published_it_when_and_how_sure_that_is() {
        let of = |part: &str| all().iter().find(|row| row.part_number == part).unwrap();
        let said = &of("E0MK2ZX").source;
        assert!(said.contains("PID 5900BBE") && said.ends_with("(2025-26, medium confidence)"), "{said}");
        // What was printed wrong is told where it was put right.
        assert!(of("D02K6ZX").source.contains("printed as 3423"), "{}", of("D02K6ZX").source);
        assert_eq!(of("D0MK5ZX").months, Some(1.into()), "a monthly licence");
    }

    #[test]
    fn a_row_that_does_not_fit_is_reported_with_file_and_line() {
        let text = format!("{}\nD1,x,K,1,USD,,,a page,high,2020,\nD1,x,BL,1,USD,,,,high,2020,\n", HEADER.join(","));
        let (rows, problems) = table::read(TABLE, &text, &HEADER, price);
        assert_eq!(rows, []);
        let said: Vec<String> = problems.iter().map(TableProblem::to_string).collect();
        let file = "src/rules/published_prices.csv";
        assert_eq!(said, [format!("{file}:2: level: \"K\""), format!("{file}:3: source: blank")]);
    }
}

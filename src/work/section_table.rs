//! A table of a screen as a table that leaves: what the page writes of each cell, typed for a spreadsheet.

use super::blocks::Section;
use super::cell::Cell;
use crate::model::message::{Message, Words};
use crate::model::position::LineStatus;
use crate::report::{ReportCell, ReportTable};

/// The table, under the title of the section.
pub(super) fn table(section: &Section, words: &impl Words) -> ReportTable {
    let header = section.columns.iter().map(|(key, _)| words.say(&Message::keyed(key.clone()))).collect();
    let rows = section.rows.iter().map(|row| row.iter().map(|one| cell(one, words)).collect()).collect();
    let title = if let ReportCell::Text(title) = cell(&section.title, words) { title } else { String::new() };
    ReportTable { title, header, rows, ..ReportTable::default() }
}

fn cell(cell: &Cell, words: &impl Words) -> ReportCell {
    let not_known = || ReportCell::Unknown(words.say(&Message::new("page.not_known")));
    match cell {
        Cell::Unknown | Cell::Day(None) | Cell::Screen(..) => ReportCell::Blank,
        Cell::Text(text) | Cell::Source(text) if text.is_empty() => ReportCell::Blank,
        Cell::Text(text) | Cell::Source(text) => text.as_str().into(),
        Cell::Word(key) => words.say(&Message::keyed(key.clone())).into(),
        Cell::Number(number) => ReportCell::Number(*number),
        Cell::Day(Some(day)) => ReportCell::Day(*day),
        Cell::Status(status) => words.say(&Message::new(standing(*status))).into(),
        Cell::Said(said) => said.iter().map(|one| words.say(one)).collect::<Vec<_>>().join(" ").into(),
        Cell::Figure(number, _) | Cell::Balance(number, _) => number.map_or_else(not_known, ReportCell::Number),
        Cell::Money(amount, _) => {
            amount.map_or_else(not_known, |number| ReportCell::Fixed { number, decimals: number.scale() })
        }
    }
}

/// The word for whether a right counts.
const fn standing(standing: LineStatus) -> &'static str {
    match standing {
        LineStatus::Counts => "page.entitlements.counts",
        LineStatus::SupportOnly => "page.entitlements.support_only",
        LineStatus::OtherPlatform => "page.entitlements.other_platform",
        LineStatus::Ended => "page.entitlements.ended",
        LineStatus::NotYet => "page.entitlements.not_yet",
    }
}

//! What cells are ordered by, and what they are as plain text.

use rust_decimal::Decimal;

use crate::model::position::LineStatus;
use crate::work::cell::Cell;

/// What a cell is ordered by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SortKey {
    Number(Decimal),
    Day(jiff::civil::Date),
    Text(String),
    Last,
}

impl SortKey {
    pub(super) fn of(cell: Cell) -> Self {
        match cell {
            Cell::Number(number)
            | Cell::Money(Some(number), _)
            | Cell::Figure(Some(number), _)
            | Cell::Balance(Some(number), _) => Self::Number(number),
            Cell::Day(Some(day)) => Self::Day(day),
            Cell::Text(text) | Cell::Source(text) if !text.is_empty() => Self::Text(text.to_lowercase()),
            Cell::Status(standing) => Self::Text(standing_name(standing).to_owned()),
            Cell::Word(word) => Self::Text(word.into_owned()),
            Cell::Unknown
            | Cell::Day(None)
            | Cell::Text(_)
            | Cell::Source(_)
            | Cell::Said(_)
            | Cell::Figure(None, _)
            | Cell::Money(None, _)
            | Cell::Balance(None, _)
            | Cell::Screen(..) => Self::Last,
        }
    }
}

const fn standing_name(standing: LineStatus) -> &'static str {
    match standing {
        LineStatus::Counts => "counts",
        LineStatus::SupportOnly => "support_only",
        LineStatus::OtherPlatform => "other_platform",
        LineStatus::Ended => "ended",
        LineStatus::NotYet => "not_yet",
    }
}

/// A cell as a text that spreadsheets read.
pub(super) fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Source(text) => text.clone(),
        Cell::Number(number)
        | Cell::Money(Some(number), _)
        | Cell::Figure(Some(number), _)
        | Cell::Balance(Some(number), _) => number.normalize().to_string(),
        Cell::Day(Some(day)) => day.to_string(),
        Cell::Status(standing) => standing_name(*standing).to_owned(),
        Cell::Word(word) => word.to_string(),
        Cell::Unknown
        | Cell::Day(None)
        | Cell::Said(_)
        | Cell::Figure(None, _)
        | Cell::Money(None, _)
        | Cell::Balance(None, _)
        | Cell::Screen(..) => String::new(),
    }
}

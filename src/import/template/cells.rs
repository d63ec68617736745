//! The cells of a template, each distinct text parsed once.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::record::CellRecord;
use super::short::Short;
use crate::import::cell::{self, Style};
use crate::import::suffix;
use crate::import::text::clean;
use crate::model::day_number::DayNumber;
use crate::model::list::{FieldKind, Value};
use crate::model::quantity::{Cores, Count};

/// A column: where it stands in a record, and each of its distinct texts, parsed once. Files have many rows and few
/// distinct cells, so a cell costs a look-up, and a short one a look-up that touches nothing but the table. A cell that
/// repeats the one of the row before costs a comparison.
pub(super) struct ParsedColumn<T> {
    index: Option<usize>,
    blank: Option<T>,
    /// The short cell that was met last.
    last: Option<(Short, T)>,
    short: FxHashMap<Short, T>,
    long: FxHashMap<Box<[u8]>, T>,
}

impl<T: Copy> ParsedColumn<T> {
    /// A column of which no cell was met yet; without an index every cell of it is blank.
    pub(super) fn at(index: Option<usize>) -> Self {
        Self { index, blank: None, last: None, short: FxHashMap::default(), long: FxHashMap::default() }
    }

    /// The cell of a record, parsed.
    pub(super) fn read(&mut self, record: CellRecord<'_>, parse: impl FnOnce(&str) -> T) -> T {
        let cell = self.index.and_then(|index| record.get(index)).unwrap_or_default();
        if cell.is_empty() {
            return *self.blank.get_or_insert_with(|| parse(""));
        }
        let parse = || parse(&clean(&String::from_utf8_lossy(cell)));
        if let Some(short) = Short::new(cell) {
            if let Some((last, value)) = self.last
                && last == short
            {
                return value;
            }
            let value = *self.short.entry(short).or_insert_with(parse);
            self.last = Some((short, value));
            return value;
        }
        if let Some(&value) = self.long.get(cell) {
            return value;
        }
        let value = parse();
        self.long.insert(cell.into(), value);
        value
    }
}

/// A cell that was parsed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ParsedCell<T> {
    /// Nothing stands there.
    Blank,
    /// What stands there.
    Value(T),
    /// Something stands there that is none.
    Invalid,
}

impl<T> ParsedCell<T> {
    pub(super) fn parse(text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Self {
        if text.is_empty() { Self::Blank } else { parse(text).map_or(Self::Invalid, Self::Value) }
    }

    pub(super) fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Blank | Self::Invalid => None,
        }
    }
}

/// A whole number above 0; `2.0` is one.
pub(super) fn parse_count(text: &str, style: Style) -> Option<Count> {
    let number = cell::number(text, style)?;
    if !number.is_integer() || number > Decimal::from(Cores::MOST) {
        return None;
    }
    Count::new(number.try_into().ok()?)
}

/// A number of cores, 0 or more, fractions allowed.
pub(super) fn parse_cores(text: &str, style: Style) -> Option<Cores> {
    Cores::new(cell::number(text, style)?)
}

/// A day, and whether a time of day other than midnight stands behind it.
pub(super) fn parse_day(text: &str, style: Style) -> (ParsedCell<DayNumber>, bool) {
    let cell = match cell::read(FieldKind::Day, text, style) {
        Some(Value::Day(day)) => ParsedCell::Value(day.into()),
        Some(_) if text.is_empty() => ParsedCell::Blank,
        // A word for nothing is no day: semantics, section 5.
        Some(_) | None => ParsedCell::Invalid,
    };
    (cell, cell != ParsedCell::Invalid && suffix::is_within_day(suffix::split_time(text).1))
}

//! What the cells of one column are asked for, in the signs of the filters of spreadsheets.

use std::cmp::Ordering;

use super::order::{SortKey, plain};
use crate::import::cell::{self, Style};
use crate::model::list::{FieldKind, Value};
use crate::work::cell::Cell;

/// What a cell must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Criterion {
    /// It has this text in it; capitals make no difference.
    Contains(String),
    /// It is blank, or it is not.
    Blank(bool),
    /// It is this, or it is anything else.
    Equals(Operand, bool),
    /// It lies on this side of a value; whether the value itself is in.
    Beyond(Ordering, Operand, bool),
}

/// A value as it is compared with numbers, with days, and with texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Operand {
    number: Option<SortKey>,
    day: Option<SortKey>,
    text: SortKey,
}

impl Criterion {
    /// What was typed into the filter of a column; `None` when nothing was. `=` asks for blank cells, `<>` for those
    /// that are not; before a value they ask for it and for all others, `<`, `<=`, `>` and `>=` for what lies on that
    /// side of it. Any other text is to be in the cell.
    pub(super) fn parse(typed: &str) -> Option<Self> {
        /// A sign, and what it asks for with a value behind it.
        type Sign = (&'static str, fn(Operand) -> Criterion);
        // The longer signs first.
        const SIGNS: [Sign; 8] = [
            ("<>", |value| Criterion::Equals(value, false)),
            ("<=", |value| Criterion::Beyond(Ordering::Less, value, true)),
            (">=", |value| Criterion::Beyond(Ordering::Greater, value, true)),
            ("≤", |value| Criterion::Beyond(Ordering::Less, value, true)),
            ("≥", |value| Criterion::Beyond(Ordering::Greater, value, true)),
            ("<", |value| Criterion::Beyond(Ordering::Less, value, false)),
            (">", |value| Criterion::Beyond(Ordering::Greater, value, false)),
            ("=", |value| Criterion::Equals(value, true)),
        ];
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        let after = |(sign, criterion): Sign| Some((typed.strip_prefix(sign)?.trim(), criterion));
        match SIGNS.into_iter().find_map(after) {
            None => Some(Self::Contains(typed.to_lowercase())),
            Some(("", _)) => match typed {
                "=" => Some(Self::Blank(true)),
                "<>" => Some(Self::Blank(false)),
                // A bound that is still to be typed keeps nothing out.
                _ => None,
            },
            Some((value, criterion)) => Some(criterion(Operand::of(value))),
        }
    }

    /// Whether a cell is what was asked for.
    pub(super) fn holds(&self, cell: &Cell) -> bool {
        let of_cell = || SortKey::of(cell.clone());
        match self {
            Self::Contains(text) => plain(cell).to_lowercase().contains(text.as_str()),
            Self::Blank(blank) => (of_cell() == SortKey::Last) == *blank,
            Self::Equals(value, equal) => (value.against(&of_cell()) == Some(Ordering::Equal)) == *equal,
            Self::Beyond(side, value, included) => {
                let found = value.against(&of_cell());
                found == Some(*side) || *included && found == Some(Ordering::Equal)
            }
        }
    }
}

impl Operand {
    fn of(text: &str) -> Self {
        let read = |kind| {
            let plain = cell::read(kind, text, Style::Plain).or_else(|| cell::read(kind, text, Style::Either));
            plain.filter(|value| *value != Value::Blank).map(|value| SortKey::of(Cell::from(value)))
        };
        let text = SortKey::of(Cell::from(text));
        Self { number: read(FieldKind::Number), day: read(FieldKind::Day), text }
    }

    /// How a cell stands to it; `None` where the two cannot be compared, such as a number with a word.
    fn against(&self, cell: &SortKey) -> Option<Ordering> {
        let mine = match cell {
            SortKey::Number(_) => self.number.as_ref(),
            SortKey::Day(_) => self.day.as_ref(),
            SortKey::Text(_) => Some(&self.text),
            SortKey::Last => None,
        };
        mine.map(|mine| cell.cmp(mine))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rust_decimal::Decimal;

    use super::*;

    #[track_caller]
    fn kept(typed: &str, cells: &[Cell]) -> Vec<usize> {
        let criterion = Criterion::parse(typed).unwrap();
        let kept = cells.iter().enumerate().filter(|(_, cell)| criterion.holds(cell));
        kept.map(|(index, _)| index).collect()
    }

    #[test]
    fn numbers_are_compared_as_numbers_and_blank_cells_lie_on_no_side() {
        let number = |text: &str| Cell::Number(text.parse::<Decimal>().unwrap());
        let cells = [number("9"), number("10.0"), number("100"), Cell::from("")];
        for (typed, expected) in [
            (">9", vec![1, 2]),
            (">= 10", vec![1, 2]),
            ("<10", vec![0]),
            ("<=10", vec![0, 1]),
            ("=10", vec![1]),
            ("<>10", vec![0, 2, 3]),
            ("=", vec![3]),
            ("<>", vec![0, 1, 2]),
            ("10", vec![1, 2]),
        ] {
            assert_eq!(kept(typed, &cells), expected, "{typed}");
        }
    }

    #[test]
    fn days_are_compared_as_days_however_they_are_written_and_texts_without_their_capitals() {
        let days = [Cell::Day(Some(date(2026, 1, 31))), Cell::Day(Some(date(2026, 2, 1))), Cell::Day(None)];
        assert_eq!(kept(">2026-01-31", &days), [1]);
        assert_eq!(kept("<=31 Jan 2026", &days), [0]);
        assert_eq!(kept("2026-0", &days), [0, 1]);
        let texts = [Cell::from("Oslo"), Cell::from("Bergen"), Cell::from("")];
        assert_eq!(kept("=oslo", &texts), [0]);
        assert_eq!(kept("<>Oslo", &texts), [1, 2]);
        assert_eq!(kept("<c", &texts), [1]);
        assert_eq!(kept("GE", &texts), [1]);
    }

    #[test]
    fn a_filter_that_says_nothing_yet_keeps_every_row() {
        for typed in ["", "  ", ">", "<=", ">= "] {
            assert_eq!(Criterion::parse(typed), None, "{typed:?}");
        }
    }
}

//! Cells of tables as the worker fills them: the page writes each in the reader's way, and knows no more about it.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Question;
use crate::model::day;
use crate::model::list::Value;
use crate::model::message::Message;
use crate::model::position::LineStatus;
use crate::model::screen::Screen;

/// A row of a table.
pub type CellRow = Vec<Cell>;

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// Nothing is known.
    Unknown,
    /// A text as it is.
    Text(String),
    /// Where something was read; its addresses are links.
    Source(String),
    /// A word of the page, by its key.
    Word(Cow<'static, str>),
    /// A number.
    Number(#[serde(with = "crate::model::number")] Decimal),
    /// A day.
    Day(#[serde(deserialize_with = "day::read_optional")] Option<Date>),
    /// Whether a right counts.
    Status(LineStatus),
    /// Sentences.
    Said(Vec<Message>),
    /// A number that explains itself; one that is not known says why.
    Figure(#[serde(with = "crate::model::number::optional")] Option<Decimal>, Question),
    /// An amount of money, with all decimals of its currency; one that is not known says so. A question explains it.
    Money(#[serde(with = "crate::model::number::optional")] Option<Decimal>, Option<Box<Question>>),
    /// The way to a screen, which begins with these arguments.
    Screen(Screen, Vec<(String, String)>),
    /// A balance that explains itself: written with its sign, and with the word for what it means.
    Balance(#[serde(with = "crate::model::number::optional")] Option<Decimal>, Question),
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        match value {
            Value::Blank => Self::Text(String::new()),
            Value::Text(text) => Self::Text(text),
            Value::Number(number) => Self::Number(number),
            Value::Day(day) => Self::Day(Some(day)),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Decimal> for Cell {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<Option<u64>> for Cell {
    fn from(number: Option<u64>) -> Self {
        number.map_or(Self::Unknown, |number| Self::Number(number.into()))
    }
}

impl From<Option<Decimal>> for Cell {
    fn from(number: Option<Decimal>) -> Self {
        number.map_or(Self::Unknown, Self::Number)
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Self {
        Self::Day(Some(day))
    }
}

impl From<Option<Date>> for Cell {
    fn from(day: Option<Date>) -> Self {
        Self::Day(day)
    }
}

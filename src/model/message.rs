//! What is said, before it has words.
//!
//! Everything that the engine, the importers and the reports say is a [`Message`]: a key and its arguments.
//! `i18n` turns it into a sentence of the reader's language.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A sentence without its words: the key of a text in `i18n/locales`, and what is filled in.
///
/// # Examples
///
/// ```rust
/// use highwater::i18n::Language;
/// use highwater::model::message::{Message, Words};
///
/// // "edit.lines" has a form for one and a form for all other numbers; the argument "count" decides.
/// let lines = |count: u32| Message::new("edit.lines").with("count", count);
/// assert_eq!(Language::english().say(&lines(1)), "one line");
/// assert_eq!(Language::english().say(&lines(1_200)), "1,200 lines");
///
/// // An argument may be a message of its own.
/// let removed = Message::new("edit.remove_lines").with("what", lines(2));
/// assert_eq!(Language::english().say(&removed), "removal of 2 lines");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Key of the text, for example `issue.cores_unknown`.
    pub key: Cow<'static, str>,
    /// Named arguments of the text, in the order in which they were given.
    pub args: Vec<(Cow<'static, str>, Argument)>,
}

/// One value that is filled into a text. Numbers and dates are kept as such, so that each language writes them its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Argument {
    /// A name or a phrase that is taken as it is.
    Text(String),
    /// A number, whole or not.
    Number(#[serde(with = "super::number")] Decimal),
    /// An amount of money: a number with all decimals of its currency.
    Money(#[serde(with = "super::number")] Decimal),
    /// A civil day.
    Date(#[serde(deserialize_with = "super::day::read")] Date),
    /// A text of its own.
    Message(Box<Message>),
}

impl Message {
    /// A text without arguments.
    pub const fn new(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), args: Vec::new() }
    }

    /// A text without arguments whose key comes from data.
    pub fn keyed(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    /// The same text with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }
}

/// Turns a message into words. Implemented in `i18n`; writers of reports take it, so that they know no language.
pub trait Words {
    /// The sentence of a message.
    fn say(&self, message: &Message) -> String;
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Argument {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for Argument {
    fn from(number: u64) -> Self {
        Self::Number(number.into())
    }
}

impl From<i64> for Argument {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Self::Number(number.into())
    }
}

impl From<Decimal> for Argument {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<Date> for Argument {
    fn from(day: Date) -> Self {
        Self::Date(day)
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

//! The words of the page, with numbers and days as the reader's browser writes them.

use std::sync::{LazyLock, RwLock};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::browser::{intl, json};
use crate::i18n::{Language, Writing};
use crate::model::message::{Message, Words};

static LANGUAGE: LazyLock<RwLock<Language>> = LazyLock::new(|| {
    let writing = Writing { read: json::texts, number: intl::number, money: intl::money, day: intl::day };
    RwLock::new(Language::english_of_page(writing))
});

/// Reads the texts of the page, as the first sentence would have to.
pub fn prepare() {
    LazyLock::force(&LANGUAGE);
}

/// Learns the texts that the worker brings.
pub fn learn(files: &[String]) {
    if let Ok(mut language) = LANGUAGE.write() {
        language.add(files.iter().map(String::as_str));
    }
}

/// The text with this key.
pub fn t(key: &'static str) -> String {
    say(&Message::new(key))
}

/// The sentence of a message.
pub fn say(message: &Message) -> String {
    LANGUAGE.read().map_or_else(|_| message.key.to_string(), |language| language.say(message))
}

/// A number as the reader writes it.
pub fn number(number: impl Into<Decimal>) -> String {
    intl::number(number.into())
}

/// An amount of money, with all of its decimals.
pub fn money(amount: Decimal) -> String {
    intl::money(amount)
}

/// A number that may not be known.
pub fn known(quantity: Option<u64>) -> String {
    quantity.map_or_else(|| t("page.not_known"), number)
}

/// A day that may not be known.
pub fn day(day: Option<Date>) -> String {
    day.map_or_else(|| "–".to_owned(), intl::day)
}

/// The name of a workspace, or the words for one without a name.
pub fn named(name: String) -> String {
    if name.is_empty() { t("page.workspace.unnamed") } else { name }
}

/// The words of the page for functions that know no page.
pub struct PageWords;

impl Words for PageWords {
    fn say(&self, message: &Message) -> String {
        say(message)
    }
}

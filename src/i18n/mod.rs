//! Words and numbers.
//!
//! Every word of the product stands in `locales/<language>/<area>.json`, a flat list of texts that a translator can
//! edit; the key of a text is the area, a dot and its name there (`issue.cores_unknown`). An area may be split over
//! several files: what follows the first dot of a file's name is for people only. Arguments are written
//! `{{ name }}`. A text that depends on a number has one form for each plural category of its language
//! (`rows_one`, `rows_other`) and an argument named `count`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::message::{Argument, Message, Words};

/// The texts of English that exports need, area by area.
const ENGLISH: &[(&str, &str)] = &[
    ("issue", include_str!("locales/en/issue.estate.json")),
    ("issue", include_str!("locales/en/issue.files.json")),
    ("note", include_str!("locales/en/note.json")),
    ("snapshot", include_str!("locales/en/snapshot.json")),
    ("report", include_str!("locales/en/report.json")),
];

/// The texts that only people at a screen or a terminal need, the page's own left aside. What the page says of an open
/// workspace is among them: it is the worker that opens one.
const ENGLISH_SHOWN: &[(&str, &str)] = &[
    ("page", include_str!("locales/en/page.open.json")),
    ("rule", include_str!("locales/en/rule.json")),
    ("label", include_str!("locales/en/label.json")),
    ("rate", include_str!("locales/en/rate.json")),
    ("health", include_str!("locales/en/health.json")),
    ("issue", include_str!("locales/en/issue.bundles.json")),
    ("issue", include_str!("locales/en/issue.lists.json")),
    ("list", include_str!("locales/en/list.json")),
    ("column", include_str!("locales/en/column.json")),
    ("mapping", include_str!("locales/en/mapping.json")),
    ("issue", include_str!("locales/en/issue.orders.json")),
    ("issue", include_str!("locales/en/issue.rights.json")),
    ("edit", include_str!("locales/en/edit.json")),
    ("cli", include_str!("locales/en/cli.json")),
];

/// The texts of the page itself.
const ENGLISH_PAGE: &[(&str, &str)] = &[("page", include_str!("locales/en/page.json"))];

/// How the place in which a language is used reads its files and writes its numbers and days: a browser has its own
/// ways, and would carry ours for nothing.
#[derive(Clone, Copy)]
pub struct Writing {
    /// Reads a flat JSON object of texts.
    pub read: fn(&str) -> Vec<(String, String)>,
    /// Writes a number.
    pub number: fn(Decimal) -> String,
    /// Writes a day.
    pub day: fn(Date) -> String,
}

impl Writing {
    /// Plain numbers and ISO dates, as the terminal and the exports write them.
    pub const PLAIN: Self = Self { read: plain_texts, number: plain_number, day: plain_day };
}

/// A language: its texts, and how it writes numbers and days.
pub struct Language {
    /// Texts by their key, in the order of the keys.
    texts: Vec<(String, String)>,
    writing: Writing,
}

impl Language {
    /// English with plain numbers and ISO dates, as the terminal writes them.
    pub fn english() -> Self {
        Self::english_with(Writing::PLAIN)
    }

    /// English as the caller reads and writes it.
    pub fn english_with(writing: Writing) -> Self {
        Self::of(writing, Self::english_files().chain(ENGLISH_PAGE.iter().copied()))
    }

    /// English as exports need it: without what only a screen or a terminal shows, which the worker need not read.
    pub fn english_of_exports() -> Self {
        Self::of(Writing::PLAIN, ENGLISH.iter().copied())
    }

    /// The page's own part of English: what it needs before the worker is there, which brings the rest.
    pub fn english_of_page(writing: Writing) -> Self {
        Self::of(writing, ENGLISH_PAGE.iter().copied())
    }

    /// The files of English, each with its area, but for the page's own.
    pub fn english_files() -> impl Iterator<Item = (&'static str, &'static str)> {
        ENGLISH.iter().chain(ENGLISH_SHOWN).copied()
    }

    fn of<'a>(writing: Writing, files: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut language = Self { texts: Vec::new(), writing };
        language.add(files);
        language
    }

    /// Adds the texts of more files, each with its area. What is there already stays.
    pub fn add<'a>(&mut self, files: impl Iterator<Item = (&'a str, &'a str)>) {
        for (area, file) in files {
            self.texts
                .extend((self.writing.read)(file).into_iter().map(|(name, text)| (format!("{area}.{name}"), text)));
        }
        self.texts.sort();
        self.texts.dedup_by(|later, first| later.0 == first.0);
    }

    fn text(&self, key: &str) -> Option<&str> {
        let index = self.texts.binary_search_by(|(known, _)| known.as_str().cmp(key)).ok()?;
        self.texts.get(index).map(|(_, text)| text.as_str())
    }

    /// Whether there is a text with this key, in one form or in plural forms.
    pub fn has(&self, key: &str) -> bool {
        self.text(key).is_some() || self.text(&format!("{key}_other")).is_some()
    }

    /// Every key, plural forms included.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|(key, _)| key.as_str())
    }

    fn argument(&self, argument: &Argument) -> String {
        match argument {
            Argument::Text(text) => text.clone(),
            Argument::Number(number) => (self.writing.number)(*number),
            Argument::Date(day) => (self.writing.day)(*day),
            Argument::Message(message) => self.say(message),
        }
    }
}

impl Words for Language {
    fn say(&self, message: &Message) -> String {
        let count = message.args.iter().find_map(|(name, argument)| match argument {
            Argument::Number(number) if name == "count" => Some(*number),
            Argument::Number(_) | Argument::Text(_) | Argument::Date(_) | Argument::Message(_) => None,
        });
        let plural = count.and_then(|count| {
            let form = if count == Decimal::ONE { "one" } else { "other" };
            self.text(&format!("{}_{form}", message.key)).or_else(|| self.text(&format!("{}_other", message.key)))
        });
        // A key without a text is shown as it is: visible, and never an empty place.
        let Some(text) = plural.or_else(|| self.text(&message.key)) else {
            return message.key.to_string();
        };
        let mut said = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            said.push_str(before);
            let Some((name, after)) = after.split_once("}}") else {
                rest = after;
                break;
            };
            if let Some((_, argument)) = message.args.iter().find(|(known, _)| known == name.trim()) {
                said.push_str(&self.argument(argument));
            }
            rest = after;
        }
        said.push_str(rest);
        said
    }
}

/// The texts of a file. One that is malformed is found by the test of this module; here it has none, nothing more.
fn plain_texts(file: &str) -> Vec<(String, String)> {
    let texts: BTreeMap<String, String> = serde_json::from_str(file).unwrap_or_default();
    texts.into_iter().collect()
}

/// A day as `2026-11-21`.
fn plain_day(day: Date) -> String {
    day.to_string()
}

/// A number with its thousands apart: 1,234.5.
pub fn plain_number(number: Decimal) -> String {
    let text = number.normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut grouped = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_texts_is_a_flat_list_of_texts() {
        for (area, file) in Language::english_files().chain(ENGLISH_PAGE.iter().copied()) {
            let texts: Result<BTreeMap<String, String>, _> = serde_json::from_str(file);
            assert!(texts.is_ok(), "{area}: {texts:?}");
        }
    }

    #[test]
    fn thousands_are_set_apart_and_fractions_are_kept() {
        let written = |text: &str| plain_number(text.parse().unwrap());
        assert_eq!(written("0"), "0");
        assert_eq!(written("999"), "999");
        assert_eq!(written("1000"), "1,000");
        assert_eq!(written("-1234567.50"), "-1,234,567.5");
    }

    #[test]
    fn a_key_without_a_text_is_shown_as_it_is() {
        assert_eq!(Language::english().say(&Message::new("page.no_such_text")), "page.no_such_text");
    }
}

//! How a message becomes a sentence: the texts of each language, and how numbers and days are written in them.
//!
//! Every word of the product stands in `locales/<language>/<feature>.json`, a flat list of texts that a translator can
//! edit, each under its key (`issue.cores_unknown`). The words of a feature stand in one file. Arguments are written
//! `{{ name }}`. A text that depends on a number has one form for each plural category of its language
//! (`rows_one`, `rows_other`) and an argument named `count`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::message::{Argument, Message, Words};

/// A file of texts.
#[derive(Clone, Copy, Debug)]
pub struct TextFile {
    /// Its name, without folder and ending.
    pub name: &'static str,
    /// Its content: a flat JSON object.
    pub content: &'static str,
}

/// The content of a file of texts.
macro_rules! text_file {
    ($folder:literal, $name:literal) => {
        include_str!(concat!("locales/", $folder, "/", $name, ".json"))
    };
}

/// The files of a language, by its folder: each file has its row here, in every language.
macro_rules! text_files {
    ($folder:literal) => {
        text_files!($folder;
            "page", "page.open", "glossary", "screens", "lists", "mapping", "edit", "rule", "label", "rate", "health", "note",
            "snapshot", "report", "issue.bundles", "issue.estate", "issue.files", "issue.lists", "issue.orders",
            "issue.rights", "cli",
        )
    };
    ($folder:literal; $($name:literal,)+) => {
        &[$(TextFile { name: $name, content: text_file!($folder, $name) }),+]
    };
}

/// Where the texts of English lie beside the page: all of its files in one, which `scripts/texts.mjs` writes.
pub const ENGLISH_FILE: &str = "locales/en.json";

/// A language that the product has: its folder, and the plural form of a number.
#[derive(Clone, Copy, Debug)]
pub struct Locale {
    /// Its tag, as browsers know it; also the name of its folder.
    pub tag: &'static str,
    /// Its files.
    pub files: &'static [TextFile],
    /// The CLDR plural category of a number, `one` or `other` in English.
    pub plural: fn(Decimal) -> &'static str,
}

/// The languages, English first: a text that another one lacks is shown in English.
pub const LOCALES: &[Locale] = &[Locale { tag: "en", files: text_files!("en"), plural: one_or_other }];

/// English, German and others: one is one, all else is other.
pub fn one_or_other(number: Decimal) -> &'static str {
    if number == Decimal::ONE { "one" } else { "other" }
}

/// How the place in which a language is used reads its files and writes its numbers and days: a browser has its own
/// ways, and would carry ours for nothing.
#[derive(Clone, Copy)]
pub struct Writing {
    /// Reads a flat JSON object of texts.
    pub read: fn(&str) -> Vec<(String, String)>,
    /// Writes a number.
    pub number: fn(Decimal) -> String,
    /// Writes an amount of money, with all of its decimals.
    pub money: fn(Decimal) -> String,
    /// Writes a day.
    pub day: fn(Date) -> String,
}

impl Writing {
    /// Plain numbers and ISO dates, as the terminal and the exports write them.
    pub const PLAIN: Self = Self { read: plain_texts, number: plain_number, money: plain_money, day: plain_day };
}

/// A language: its texts, and how it writes numbers and days.
///
/// # Examples
///
/// ```rust
/// use highwater::i18n::Language;
/// use highwater::model::day;
/// use highwater::model::message::{Message, Words};
///
/// let english = Language::english();
/// let (from, to) = (day::parse("2026-07-01").unwrap(), day::parse("2026-06-30").unwrap());
/// let message = Message::new("issue.period_empty").with("from", from).with("to", to);
/// assert_eq!(english.say(&message), "The period from 2026-07-01 to 2026-06-30 has no days.");
/// ```
pub struct Language {
    /// Texts by their key, in the order of the keys.
    texts: Vec<(String, String)>,
    writing: Writing,
    plural: fn(Decimal) -> &'static str,
}

impl Language {
    /// A language without texts yet: [`Language::add`] brings them.
    pub const fn new(writing: Writing, plural: fn(Decimal) -> &'static str) -> Self {
        Self { texts: Vec::new(), writing, plural }
    }

    /// English with plain numbers and ISO dates, as the terminal writes them.
    pub fn english() -> Self {
        let files = LOCALES.iter().take(1).flat_map(|locale| locale.files);
        Self::of(Writing::PLAIN, files.map(|file| file.content))
    }

    /// English as [`ENGLISH_FILE`] has it, with plain numbers and ISO dates.
    pub fn english_of_file(file: &str) -> Self {
        Self::of(Writing::PLAIN, std::iter::once(file))
    }

    /// The page's own part of English: what it shows before anything is fetched, so that it is drawn at once.
    pub fn english_of_page(writing: Writing) -> Self {
        Self::of(
            writing,
            [text_file!("en", "page"), text_file!("en", "screens"), text_file!("en", "lists")].into_iter(),
        )
    }

    fn of<'a>(writing: Writing, files: impl Iterator<Item = &'a str>) -> Self {
        let mut language = Self::new(writing, one_or_other);
        language.add(files);
        language
    }

    /// Adds the texts of more files. What is there already stays: those of a language are added before those of English.
    pub fn add<'a>(&mut self, files: impl Iterator<Item = &'a str>) {
        for file in files {
            self.texts.extend((self.writing.read)(file));
            self.texts.sort_by(|(one, _), (other, _)| one.cmp(other));
            self.texts.dedup_by(|later, first| later.0 == first.0);
        }
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
            Argument::Money(amount) => (self.writing.money)(*amount),
            Argument::Date(day) => (self.writing.day)(*day),
            Argument::Message(message) => self.say(message),
        }
    }
}

impl Words for Language {
    fn say(&self, message: &Message) -> String {
        let count = message.args.iter().find_map(|(name, argument)| match argument {
            Argument::Number(number) if name == "count" => Some(*number),
            Argument::Number(_) | Argument::Money(_) | Argument::Text(_) | Argument::Date(_) | Argument::Message(_) => {
                None
            }
        });
        let plural = count.and_then(|count| {
            let form = (self.plural)(count);
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
    plain_money(number.normalize())
}

/// An amount of money with its thousands apart, and all of its decimals: 1,234.50.
fn plain_money(amount: Decimal) -> String {
    let text = amount.to_string();
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
        for file in LOCALES.iter().flat_map(|locale| locale.files) {
            let texts: Result<BTreeMap<String, String>, _> = serde_json::from_str(file.content);
            assert!(texts.is_ok(), "{}: {texts:?}", file.name);
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

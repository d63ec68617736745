//! A language is a folder of texts and a plural rule: French, which is not shipped, over English.

use std::collections::BTreeMap;

use highwater::i18n::{LOCALES, Language, Writing};
use highwater::model::message::{Message, Words};
use rust_decimal::Decimal;

const FRENCH: [&str; 3] = [
    include_str!("locales/fr/page.json"),
    include_str!("locales/fr/screens.json"),
    include_str!("locales/fr/lists.json"),
];

/// CLDR: 0 and 1 are one, and what is below 2; of large numbers French has another form, which no text here uses.
fn french_plural(number: Decimal) -> &'static str {
    if number.abs() < Decimal::TWO { "one" } else { "other" }
}

fn french() -> Language {
    let mut language = Language::new(Writing::PLAIN, french_plural);
    language.add(FRENCH.into_iter());
    language.add(LOCALES[0].files.iter().map(|file| file.content));
    language
}

fn texts(files: &[&str]) -> BTreeMap<String, String> {
    files.iter().flat_map(|file| serde_json::from_str::<BTreeMap<String, String>>(file).unwrap()).collect()
}

fn arguments(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> =
        text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).map(|(name, _)| name.trim()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn a_language_that_is_a_folder_is_spoken_and_what_it_lacks_is_said_in_english() {
    let (french, english) = (french(), Language::english());
    let title = Message::new("page.screen.settings.title");
    assert_ne!(french.say(&title), english.say(&title));
    assert_eq!(french.say(&title), texts(&FRENCH)["page.screen.settings.title"]);
    let missing = Message::new("issue.file_empty");
    assert_eq!(french.say(&missing), english.say(&missing));
}

#[test]
fn a_number_takes_the_plural_form_of_its_language() {
    let lines = |count: u64| Message::new("edit.orders").with("count", count);
    let texts = texts(&FRENCH);
    let (one, other) = (&texts["edit.orders_one"], texts["edit.orders_other"].replace("{{ count }}", "2"));
    let french = french();
    assert_eq!(french.say(&lines(0)), one.replace("{{ count }}", "0"), "nothing is one in French");
    assert_eq!(french.say(&lines(1)), one.replace("{{ count }}", "1"));
    assert_eq!(french.say(&lines(2)), other);
}

#[test]
fn every_text_of_a_language_is_one_of_english_with_the_same_arguments() {
    let english: Vec<&str> = LOCALES[0].files.iter().map(|file| file.content).collect();
    let (english, french) = (texts(&english), texts(&FRENCH));
    assert!(french.len() > 300, "{} texts", french.len());
    for (key, text) in &french {
        let of_english = english.get(key).unwrap_or_else(|| panic!("{key} is no key of English"));
        assert_eq!(arguments(text), arguments(of_english), "{key}: {text}");
    }
}

//! Every word has a key, every key has a text, and every text is used, with the arguments that it names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use highwater::i18n::LOCALES;
use highwater::model::derivation::{Derivation, Title};
use highwater::model::message::{Argument, Message};
use highwater::model::screen::Screen;
use highwater::model::workspace::{List, Lists};
use highwater::work::Quantity;

use crate::oracle::{adapter, estates};
use crate::source::{literals, report, sources};

/// Parts of keys that are put together while the program runs: what follows is a word of the data.
const DYNAMIC: &[(&str, &str)] = &[
    ("health.", "the name of a check, from the snapshot's reader"),
    ("column.", "the name of a field of a list"),
    ("page.list.", "the name of a list"),
    ("list.", "the name of a list"),
    ("edit.", "the name of a list"),
    ("page.screen.", "the name of a screen"),
    ("word.", "the name of a word of the glossary"),
    ("task.", "the name of a task before renewals"),
];

/// Texts that are part of a sentence: they may begin or end with a blank.
const FRAGMENTS: &[&str] = &["snapshot.ilmt_row"];

/// The endings of plural forms.
const FORMS: [&str; 6] = ["_zero", "_one", "_two", "_few", "_many", "_other"];

/// The English texts by key, plural forms apart.
fn texts() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/i18n/locales/en");
    let mut texts = BTreeMap::new();
    for path in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let json = std::fs::read_to_string(&path).unwrap();
        let file: BTreeMap<String, String> =
            serde_json::from_str(&json).unwrap_or_else(|error| panic!("{name}: {error}"));
        let lines = json.lines().filter(|line| line.trim_start().starts_with('"')).count();
        assert_eq!(lines, file.len(), "{name}: a key stands twice, and the last of its texts wins");
        for (key, text) in file {
            assert!(texts.insert(key.clone(), text).is_none(), "{key} stands in two files");
        }
    }
    texts
}

/// The key without the ending of a plural form; a key only ends in one when its `_other` is there.
fn base<'a>(texts: &BTreeMap<String, String>, key: &'a str) -> &'a str {
    let stem = FORMS.iter().find_map(|form| key.strip_suffix(form));
    stem.filter(|stem| texts.contains_key(&format!("{stem}_other"))).unwrap_or(key)
}

/// The forms of a text, if it has any.
fn forms<'a>(texts: &'a BTreeMap<String, String>, key: &str) -> Vec<&'a String> {
    let begin_alike = texts.range(key.to_owned()..).take_while(|(known, _)| known.starts_with(key));
    begin_alike.filter(|(known, _)| *known == key || base(texts, known) == key).map(|(_, text)| text).collect()
}

/// The names of the arguments that a text asks for.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).map(|(name, _)| name.trim()).collect()
}

fn areas(texts: &BTreeMap<String, String>) -> BTreeSet<&str> {
    let known = ["issue", "rule", "label", "note", "rate", "snapshot", "health", "report", "cli", "page"];
    known.into_iter().chain(texts.keys().map(|key| key.split('.').next().unwrap())).collect()
}

/// Whether a literal has the form of a key: an area, a dot, a name.
fn is_key(literal: &str, areas: &BTreeSet<&str>) -> bool {
    literal.split_once('.').is_some_and(|(area, name)| {
        areas.contains(area)
            && !name.is_empty()
            && !name.ends_with('.')
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_.".contains(&byte))
    })
}

/// The codes of issues that are named where an issue is made.
fn issue_codes(code: &str) -> Vec<String> {
    let parts = code.split("Issue::new(").skip(1);
    parts
        .filter_map(|rest| rest.split_once(',').map(|(_, rest)| rest.trim_start()))
        .filter_map(|rest| rest.strip_prefix('"')?.split_once('"').map(|(code, _)| code.to_owned()))
        .collect()
}

/// The names of rules: they look like keys and are none. A rule's name is the first argument of `rule(…)`, `ours(…)` or `keyed(…)`.
fn rule_names(code: &str) -> BTreeSet<String> {
    let calls = ["rule(", "ours(", "keyed("].into_iter().flat_map(|call| code.split(call).skip(1));
    let names = calls.filter_map(|rest| rest.trim_start().strip_prefix('"'));
    names.filter_map(|rest| rest.split_once('"').map(|(name, _)| name.to_owned())).collect()
}

#[test]
fn every_key_in_the_source_has_a_text() {
    let texts = texts();
    let areas = areas(&texts);
    let mut missing = BTreeSet::new();
    for source in sources() {
        let code = source.without_tests();
        let rules = rule_names(code);
        let keys = literals(code).into_iter().filter(|literal| is_key(literal, &areas) && !rules.contains(literal));
        let codes = issue_codes(code).into_iter().map(|code| format!("issue.{code}"));
        for key in keys.chain(codes).filter(|key| forms(&texts, key).is_empty()) {
            // The name of a file is no key.
            let is_file = ["json", "csv", "rs", "js"].contains(&key.rsplit('.').next().unwrap());
            let is_text_file = LOCALES.iter().flat_map(|locale| locale.files).any(|file| file.name == key);
            if !is_file && !is_text_file {
                missing.insert(format!("{key} (src/{})", source.path));
            }
        }
    }
    report("a key without a text", &missing.into_iter().collect::<Vec<_>>());
}

/// Screens that are drawn by files of their own; the others are answered by the worker.
const DRAWN_BY_HAND: [Screen; 7] = [
    Screen::Start,
    Screen::Rate,
    Screen::Position,
    Screen::Catalogue,
    Screen::Reports,
    Screen::Glossary,
    Screen::Settings,
];

#[test]
fn every_list_and_every_screen_has_its_words() {
    let texts = texts();
    let lists = Lists::default();
    let of_list = |list: List| {
        let fields = lists.lines(list).fields().iter().map(|field| format!("column.{}", field.name));
        let name = list.name();
        let shown = [format!("page.list.{name}"), format!("edit.{name}_one"), format!("edit.{name}_other")];
        fields.chain(shown).chain([list.title().to_owned()])
    };
    let of_screen = |screen: Screen| {
        let with_list = if List::of_screen(screen).next().is_some() { vec!["template"] } else { Vec::new() };
        let words = ["lead", "add_file", "empty", "empty_text"].into_iter().chain(with_list);
        let words: Vec<&str> = if DRAWN_BY_HAND.contains(&screen) { Vec::new() } else { words.collect() };
        let key = move |word| format!("page.screen.{}.{word}", screen.name());
        std::iter::once("title").chain(words).map(key).collect::<Vec<_>>()
    };
    let wanted = List::CONTENT.into_iter().flat_map(of_list).chain(Screen::ALL.into_iter().flat_map(of_screen));
    let missing: Vec<String> = wanted.filter(|key| !texts.contains_key(key)).collect();
    report("a list or a screen lacks words", &missing);
}

#[test]
fn every_screen_with_lists_has_the_blank_table_that_it_offers() {
    let mut wrong = Vec::new();
    for screen in Screen::ALL.into_iter().filter(|screen| !DRAWN_BY_HAND.contains(screen)) {
        let Some(list) = List::of_screen(screen).next() else { continue };
        let name = format!("public/examples/{}-template.csv", list.name().replace('_', "-"));
        let header = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&name)).unwrap_or_default();
        let lists = Lists::default();
        let fields: Vec<&str> = lists.lines(list).fields().iter().map(|field| field.name).collect();
        let unknown: Vec<&str> = header.trim_end().split(',').filter(|name| !fields.contains(name)).collect();
        if !unknown.is_empty() {
            wrong.push(format!("{name}: {unknown:?} are no fields of {}", list.name()));
        }
    }
    report("a screen offers a blank table that is not there or not of its list", &wrong);
}

#[test]
fn every_text_is_used() {
    let texts = texts();
    let used: BTreeSet<String> = sources().iter().flat_map(|source| literals(source.without_tests())).collect();
    let left_over = texts.keys().filter(|key| {
        let key = base(&texts, key);
        let code = key.strip_prefix("issue.").is_some_and(|code| used.contains(code));
        let dynamic = DYNAMIC.iter().any(|(prefix, _)| key.starts_with(prefix));
        !used.contains(key) && !code && !dynamic
    });
    report("a text that nothing uses", &left_over.cloned().collect::<Vec<_>>());
}

#[test]
fn texts_are_well_formed() {
    let texts = texts();
    let mut violations = Vec::new();
    for (key, text) in &texts {
        let fragment = FRAGMENTS.contains(&key.as_str());
        if text.trim().is_empty() || (text.trim() != text && !fragment) {
            violations.push(format!("{key}: blank, or with blanks around it"));
        }
        if text.matches("{{").count() != text.matches("}}").count() || placeholders(text).contains("") {
            violations.push(format!("{key}: braces do not match: {text}"));
        }
        if text.replace("{{", "").replace("}}", "").contains(['{', '}']) {
            violations.push(format!("{key}: a single brace: {text}"));
        }
    }
    report("a text is not well formed", &violations);
}

/// `Message::new("key").with("name", …)`: whatever a text asks for is given, where the source shows it at one glance.
#[test]
fn messages_in_the_source_give_the_arguments_that_their_texts_name() {
    let texts = texts();
    let mut violations = BTreeSet::new();
    for source in sources() {
        for (opening, prefix) in [("Message::new(\"", ""), ("Issue::new(", "issue.")] {
            for rest in source.without_tests().split(opening).skip(1) {
                let Some((key, given, complete)) = call(rest, prefix) else { continue };
                for text in forms(&texts, &key) {
                    let asked = placeholders(text);
                    let missing: Vec<_> = asked.iter().filter(|name| !given.contains(**name)).collect();
                    if complete && !missing.is_empty() {
                        violations.insert(format!("src/{}: {key} lacks {missing:?}: {text}", source.path));
                    }
                }
            }
        }
    }
    report("arguments and text differ", &violations.into_iter().collect::<Vec<_>>());
}

/// The key of a call, the names that `.with` gives it, and whether the chain ends where nothing can be added later.
fn call(rest: &str, prefix: &str) -> Option<(String, BTreeSet<String>, bool)> {
    let (key, mut rest) = if prefix.is_empty() {
        let (key, rest) = rest.split_once('"')?;
        (key.to_owned(), rest.strip_prefix(')')?)
    } else {
        let (severity, rest) = rest.split_once(',')?;
        let (code, rest) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
        if severity.contains(')') {
            return None;
        }
        (format!("{prefix}{code}"), rest.strip_prefix(')')?)
    };
    let mut given = BTreeSet::new();
    loop {
        rest = rest.trim_start();
        let Some(step) = rest.strip_prefix('.') else { break };
        let (method, after) = step.split_once('(')?;
        if method == "with" {
            let name = after.trim_start().strip_prefix('"')?.split_once('"')?.0;
            given.insert(name.to_owned());
        }
        let mut depth = 1;
        let end = after.char_indices().find(|(_, sign)| {
            depth += i32::from(*sign == '(') - i32::from(*sign == ')');
            depth == 0
        });
        rest = &after[end?.0 + 1..];
    }
    // Handed to a function as a statement it is complete; elsewhere it may get more.
    Some((key, given, rest.starts_with(");")))
}

/// What is really said about the random estates: every key has a text, and every argument fits.
#[test]
fn what_is_said_about_random_estates_has_words_and_arguments() {
    let texts = texts();
    let mut violations = BTreeSet::new();
    for case in estates::numbers().map(estates::estate) {
        let read = adapter::read(case.sheet.text().as_bytes()).unwrap();
        for issue in &read.estate.issues {
            said(&issue.message(), &texts, &mut violations);
        }
        let Ok(assessment) = read.assess(case.choices) else { continue };
        for issue in &assessment.issues {
            said(&issue.message(), &texts, &mut violations);
        }
        for product in &assessment.products {
            for quantity in [Quantity::SubCapacity, Quantity::FullCapacity, Quantity::Recoverable] {
                if let Some(derivation) = read.explain(case.choices, product, quantity) {
                    walk(&derivation, &texts, &mut violations);
                }
            }
        }
    }
    report("something is said without words", &violations.into_iter().collect::<Vec<_>>());
}

fn walk(node: &Derivation, texts: &BTreeMap<String, String>, violations: &mut BTreeSet<String>) {
    said(&node.label, texts, violations);
    for note in &node.notes {
        said(note, texts, violations);
    }
    if let Title::Key(key) = &node.rule.title
        && forms(texts, key).is_empty()
    {
        violations.insert(format!("{key} (the title of rule {}) has no text", node.rule.id));
    }
    for child in &node.children {
        walk(child, texts, violations);
    }
}

fn said(message: &Message, texts: &BTreeMap<String, String>, violations: &mut BTreeSet<String>) {
    let forms = forms(texts, &message.key);
    if forms.is_empty() {
        violations.insert(format!("{} has no text", message.key));
    }
    let given: BTreeSet<&str> = message.args.iter().map(|(name, _)| name.as_ref()).collect();
    for text in forms {
        let asked = placeholders(text);
        // An argument more does no harm: another language may have a use for it.
        let lacks: Vec<_> = asked.difference(&given).collect();
        if !lacks.is_empty() {
            violations.insert(format!("{}: lacks {lacks:?}: {text}", message.key));
        }
    }
    for (_, argument) in &message.args {
        if let Argument::Message(inner) = argument {
            said(inner, texts, violations);
        }
    }
}

//! What is seen before the program arrives says what the program says.

use std::collections::BTreeMap;

use highwater::model::screen::{Group, Screen};

const INDEX: &str = include_str!("../index.html");
const TEXTS: [&str; 2] =
    [include_str!("../src/i18n/locales/en/page.json"), include_str!("../src/i18n/locales/en/screens.json")];

/// The shell: what stands in the place that the program takes.
fn shell() -> &'static str {
    let (_, rest) = INDEX.split_once("<div id=\"app\">").expect("index.html has a place for the program");
    rest.split_once("<noscript>").expect("index.html speaks to those without scripts").0
}

/// The words between the tags.
fn words(markup: &str) -> impl Iterator<Item = &str> {
    markup
        .split('<')
        .filter_map(|part| part.split_once('>'))
        .map(|(_, text)| text.trim())
        .filter(|text| !text.is_empty())
}

/// The texts that the page has before a worker is there, as the shell needs them.
fn texts() -> BTreeMap<String, String> {
    TEXTS.iter().flat_map(|file| serde_json::from_str::<BTreeMap<String, String>>(file).unwrap()).collect()
}

#[test]
fn every_word_of_the_shell_is_a_word_of_the_program() {
    let texts = texts();
    let foreign: Vec<&str> = words(shell())
        .filter(|word| !["Highwater", "·"].contains(word) && !texts.values().any(|text| text == word))
        .collect();
    assert!(foreign.is_empty(), "not in page.json or screens.json: {foreign:?}");
}

/// A link to a screen, as the program draws it with Start open.
fn link(screen: Screen, titled: bool) -> String {
    let texts = texts();
    let is_start = screen == Screen::Start;
    let path = if is_start { String::new() } else { screen.path() };
    let here = if is_start { " aria-current=\"page\"" } else { "" };
    let drawing = screen.drawing();
    let title = texts.get(screen.title()).unwrap_or_else(|| panic!("{} belongs in screens.json", screen.title()));
    let hint = if titled { format!(" title=\"{title}\"") } else { String::new() };
    let icon = format!("<svg class=\"icon\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path d=\"{drawing}\" /></svg>");
    format!("<a href=\"#/{path}\"{hint}{here}>{icon}<span>{title}</span></a>\n")
}

/// The groups of the menu, as the program draws them.
fn menu() -> String {
    let texts = texts();
    let group = |group: Group| {
        let links: String = group.screens().map(|screen| format!("            {}", link(screen, true))).collect();
        let label = group.heading().map(|key| texts[key].clone());
        let opened = label.as_ref().map_or_else(
            || "          <div>\n".to_owned(),
            |label| format!("          <div role=\"group\" aria-label=\"{label}\">\n            <p aria-hidden=\"true\">{label}</p>\n"),
        );
        if links.is_empty() { String::new() } else { format!("{opened}{links}          </div>\n") }
    };
    Group::ALL.into_iter().map(group).collect()
}

/// The bar at the foot of a narrow page, as the program draws it.
fn places() -> String {
    let links: String = Screen::places().map(|screen| format!("          {}", link(screen, false))).collect();
    let drawing = Screen::ALL_DRAWING;
    let icon = format!("<svg class=\"icon\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path d=\"{drawing}\" /></svg>");
    let all = &texts()["page.menu.all"];
    format!("{links}          <button type=\"button\">{icon}<span>{all}</span></button>\n")
}

/// Both ways through the screens. With `UPDATE=1` it writes them instead.
#[test]
fn the_menus_of_the_shell_are_those_of_the_program() {
    let texts = texts();
    let mut whole = INDEX.to_owned();
    for (class, label, links) in [("menu", "page.menu.label", menu()), ("places", "page.menu.places", places())] {
        let opening = format!("<nav class=\"{class}\" aria-label=\"{}\">\n", texts[label]);
        let (before, rest) = whole.split_once(&opening).unwrap_or_else(|| panic!("no {opening}"));
        let (_, after) = rest.split_once("        </nav>").expect("a menu that ends");
        whole = format!("{before}{opening}{links}        </nav>{after}");
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/index.html"), whole).unwrap();
        return;
    }
    assert!(INDEX == whole, "another menu: UPDATE=1 cargo test --features web,worker --test all shell:: writes it");
}

#[test]
fn a_narrow_page_names_at_its_foot_what_everybody_looks_at_first() {
    let places: Vec<Screen> = Screen::places().collect();
    assert!(places.len() <= 4 && places.starts_with(&[Screen::Start, Screen::Position]), "{places:?}");
}

#[test]
fn every_screen_but_one_server_is_in_a_group_of_the_menu() {
    let apart: Vec<Screen> = Screen::ALL.into_iter().filter(|screen| screen.group().is_none()).collect();
    assert_eq!(apart, [Screen::Rate]);
}

#[test]
fn the_policy_of_the_page_and_of_the_hosts_headers_are_the_same_but_for_framing() {
    let (_, policy) = INDEX.split_once("Content-Security-Policy\" content=\"").unwrap();
    let policy = policy.split_once('"').unwrap().0;
    let headers = include_str!("../public/_headers");
    let header = headers.lines().find_map(|line| line.trim().strip_prefix("Content-Security-Policy: ")).unwrap();
    assert_eq!(header, format!("{policy}; frame-ancestors 'none'"));
    assert!(INDEX.find("Content-Security-Policy") < INDEX.find("<script"), "the policy comes before every script");
}

#[test]
fn nothing_in_the_page_is_inline() {
    for inline in ["<style", " style=", " onclick=", " onload=", "javascript:"] {
        assert!(!INDEX.contains(inline), "{inline} in index.html");
    }
    let scripts = INDEX.split("<script").skip(1);
    assert!(scripts.clone().all(|script| script.trim_start().starts_with("src=")), "a script without a file");
}

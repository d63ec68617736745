//! What is seen before the program arrives says what the program says.

use std::collections::BTreeMap;

use highwater::model::screen::Screen;

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

/// The links of the menu, as the program draws them with Start open.
fn menu() -> String {
    let texts = texts();
    let link = |screen: Screen| {
        let is_start = screen == Screen::Start;
        let path = if is_start { String::new() } else { screen.path() };
        let here = if is_start { " aria-current=\"page\"" } else { "" };
        let drawing = screen.drawing();
        let title = texts.get(screen.title()).unwrap_or_else(|| panic!("{} belongs in screens.json", screen.title()));
        let icon =
            format!("<svg class=\"icon\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path d=\"{drawing}\" /></svg>");
        format!("          <a href=\"#/{path}\"{here}>{icon}<span>{title}</span></a>\n")
    };
    Screen::ALL.into_iter().filter(|screen| screen.is_in_menu()).map(link).collect()
}

/// With `UPDATE=1` it writes the menu instead.
#[test]
fn the_menu_of_the_shell_is_that_of_the_program() {
    let (before, rest) = INDEX.split_once("<nav class=\"menu\" aria-label=\"Screens\">\n").expect("a menu");
    let (links, after) = rest.split_once("        </nav>").expect("a menu that ends");
    if std::env::var_os("UPDATE").is_some() {
        let whole = format!("{before}<nav class=\"menu\" aria-label=\"Screens\">\n{}        </nav>{after}", menu());
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/index.html"), whole).unwrap();
        return;
    }
    assert!(links == menu(), "another menu: UPDATE=1 cargo test --features web,worker --test all shell:: writes it");
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

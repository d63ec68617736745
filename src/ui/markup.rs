//! Rows of tables as markup.
//!
//! Every distinct element of a view brings machinery of its own, a kilobyte or two; a table of text needs none of it.
//! So tables are written as markup here, in one place where every text is escaped, and what is pressed in them is heard
//! by the table (docs/decisions/0009-the-page-is-thin.md).

use std::fmt::Write;

use rust_decimal::Decimal;

use crate::model::message::Message;
use crate::model::position::{BalanceState, LineStatus};
use crate::ui::actions::Action;
use crate::ui::components::badge::{tone_class, tone_glyph};
use crate::ui::components::figure::figure_label;
use crate::ui::components::icon::Glyph;
use crate::ui::components::source::{Piece, pieces};
use crate::ui::route::Route;
use crate::ui::words::{day, money, number, say, t};
use crate::work::Question;
use crate::work::cell::Cell;
use crate::work::tone::Tone;

/// A text that is text wherever it stands: between tags and in an attribute.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(letter),
        }
    }
    safe
}

/// Cells with these classes and contents; the contents are markup.
pub fn cells<'a>(contents: impl Iterator<Item = (&'a str, String)>) -> String {
    contents.fold(String::new(), |mut row, (class, content)| {
        // Writing to a text cannot fail.
        let _ = write!(row, "<td class=\"{class}\">{content}</td>");
        row
    })
}

/// Headers of columns: their words, and the classes of their cells.
pub fn headers<'a>(columns: impl Iterator<Item = (String, &'a str)>) -> String {
    columns.fold(String::new(), |mut row, (title, class)| {
        let _ = write!(row, "<th scope=\"col\" class=\"{class}\">{}</th>", escaped(&title));
        row
    })
}

/// Room for rows that are not in the document, each of so many pixels.
pub fn room(rows: usize, height: usize) -> String {
    if rows == 0 {
        return String::new();
    }
    format!("<tr class=\"space\" aria-hidden=\"true\"><td height=\"{}\"></td></tr>", rows.saturating_mul(height))
}

/// A drawing beside a word.
pub fn icon(glyph: Glyph) -> String {
    let turns = if glyph.turns() { " turns" } else { "" };
    let path = glyph.path();
    format!("<svg class=\"icon{turns}\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>")
}

/// A button for one of the actions, which [`crate::ui::actions::accept`] hears.
pub fn action(action: &Action, class: &str) -> String {
    let (id, label) = (action.id, escaped(&t(action.label)));
    let drawing = icon(action.glyph);
    format!("<button type=\"button\" class=\"{class}\" data-action=\"{id}\">{drawing}<span>{label}</span></button>")
}

/// A word in a frame.
pub fn badge(tone: Tone, word: &str) -> String {
    let drawing = tone_glyph(tone).map_or_else(String::new, icon);
    format!("<span class=\"badge {}\">{drawing}<span>{}</span></span>", tone_class(tone), escaped(word))
}

/// A source, its addresses as links that tell the other site nothing.
pub fn source(text: &str) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => escaped(words),
        Piece::Link { address, title } => format!(
            "<a class=\"address\" href=\"{}\" target=\"_blank\" rel=\"noopener noreferrer\">{}</a>",
            escaped(address),
            escaped(title)
        ),
    };
    pieces(text).iter().map(piece).collect()
}

/// A cell in the reader's way.
pub fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Status(standing) => {
            let (word, tone) = self::standing(*standing);
            badge(tone, &t(word))
        }
        Cell::Figure(_, question) => figure(&plain(cell), question),
        Cell::Money(_, Some(question)) => figure(&plain(cell), question),
        Cell::Balance(balance, question) => {
            let state = BalanceState::of(*balance);
            let figure = figure(&signed(*balance), question);
            match state {
                BalanceState::Unknown => figure,
                BalanceState::Shortfall | BalanceState::Covered | BalanceState::Surplus => {
                    format!("{figure} {}", self::state(state))
                }
            }
        }
        Cell::Source(text) => source(text),
        Cell::Screen(screen, arguments) => {
            let route = Route::At { screen: *screen, arguments: arguments.clone() };
            format!("<a href=\"{}\">{}</a>", escaped(&route.href()), escaped(&plain(cell)))
        }
        // Numbers and days keep their order also where the page runs from right to left.
        Cell::Number(_) | Cell::Money(Some(_), None) | Cell::Day(Some(_)) => {
            format!("<bdi>{}</bdi>", escaped(&plain(cell)))
        }
        Cell::Unknown | Cell::Text(_) | Cell::Word(_) | Cell::Day(None) | Cell::Money(None, None) | Cell::Said(_) => {
            escaped(&plain(cell))
        }
    }
}

/// A number that opens its derivation.
pub fn figure(number: &str, question: &Question) -> String {
    format!(
        "<a class=\"figure\" href=\"{}\" aria-label=\"{}\"><bdi>{}</bdi></a>",
        escaped(&Route::Explained(question.clone()).href()),
        escaped(&figure_label(number, question)),
        escaped(number)
    )
}

/// A balance with its sign; 0 has none.
pub fn signed(balance: Option<Decimal>) -> String {
    let Some(balance) = balance else { return t("page.not_known") };
    let key = match BalanceState::of(Some(balance)) {
        BalanceState::Shortfall => "page.amount.short",
        BalanceState::Surplus => "page.amount.over",
        BalanceState::Covered | BalanceState::Unknown => return number(balance),
    };
    say(&Message::new(key).with("units", balance.abs()))
}

/// How something stands, in a sign and a word.
pub fn state(state: BalanceState) -> String {
    let (class, sign) = match state {
        BalanceState::Shortfall => ("bad", "▼"),
        BalanceState::Covered => ("", "="),
        BalanceState::Surplus => ("good", "▲"),
        BalanceState::Unknown => ("", "?"),
    };
    let word = escaped(&t(state.word()));
    format!("<span class=\"state {class}\"><span aria-hidden=\"true\">{sign}</span> {word}</span>")
}

/// A cell as a text.
pub fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Unknown => "–".to_owned(),
        Cell::Text(text) | Cell::Source(text) => text.clone(),
        Cell::Word(key) => say(&Message::keyed(key.clone())),
        Cell::Number(quantity) | Cell::Figure(Some(quantity), _) => number(*quantity),
        Cell::Money(Some(amount), _) => money(*amount),
        Cell::Figure(None, _) | Cell::Money(None, _) => t("page.not_known"),
        Cell::Balance(balance, _) => signed(*balance),
        Cell::Screen(screen, _) => t(screen.title()),
        Cell::Day(at) => day(*at),
        Cell::Status(standing) => t(self::standing(*standing).0),
        Cell::Said(sentences) => sentences.iter().map(say).collect::<Vec<_>>().join(" "),
    }
}

/// The word for whether a right counts.
pub const fn standing(standing: LineStatus) -> (&'static str, Tone) {
    match standing {
        LineStatus::Counts => ("page.entitlements.counts", Tone::Good),
        LineStatus::SupportOnly => ("page.entitlements.support_only", Tone::Plain),
        LineStatus::OtherPlatform => ("page.entitlements.other_platform", Tone::Warn),
        LineStatus::Ended => ("page.entitlements.ended", Tone::Warn),
        LineStatus::NotYet => ("page.entitlements.not_yet", Tone::Warn),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let hostile = "<img src=x onerror='a()'>\"&";
        for markup in [
            escaped(hostile),
            cell(&Cell::Text(hostile.to_owned())),
            badge(Tone::Plain, hostile),
            source(hostile),
            headers(std::iter::once((hostile.to_owned(), "n"))),
        ] {
            assert!(!markup.contains("<img") && !markup.contains("'a()"), "{markup}");
        }
        assert_eq!(escaped(hostile), "&lt;img src=x onerror=&#39;a()&#39;&gt;&quot;&amp;");
    }

    #[test]
    fn an_address_of_a_source_cannot_leave_its_attribute() {
        assert!(!source("https://a\"onclick=b c").contains("\"onclick"));
    }
}

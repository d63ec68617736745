//! A short table whose rows are all in the document. One copy of it serves all screens.

use leptos::prelude::*;

use super::term::term;
use crate::ui::markup::{self, escaped};
use crate::ui::pages::glossary::word::Word;
use crate::work::cell::{Cell, CellRow};

/// The header of a column; the cells of the first column head their rows.
#[derive(Clone, Debug)]
pub struct ListingHead {
    /// Its words.
    pub words: String,
    /// What they mean, where the glossary says so.
    pub term: Option<Word>,
    /// The class of the cells.
    pub class: &'static str,
}

/// A table with these columns.
pub fn listing(label: String, columns: &[ListingHead], rows: Vec<CellRow>) -> AnyView {
    table(label, "table listing", contents(columns, &rows))
}

/// The header and the rows of a table, as markup. Its parts say what they are: on a phone a row is drawn as a card, and
/// stays a row all the same.
pub fn contents(columns: &[ListingHead], rows: &[CellRow]) -> String {
    let head = |ListingHead { words, term, class }: &ListingHead| {
        let words = term.map_or_else(|| escaped(words), |word| self::term(word, words));
        format!("<th role=\"columnheader\" scope=\"col\" class=\"{class}\">{words}</th>")
    };
    let cell = |((index, head), cell): ((usize, &ListingHead), &Cell)| {
        let ListingHead { words, class, .. } = head;
        let content = markup::cell(cell);
        if index == 0 {
            return format!("<th role=\"rowheader\" scope=\"row\" class=\"{class}\">{content}</th>");
        }
        format!("<td role=\"cell\" class=\"{class}\" data-label=\"{}\">{content}</td>", escaped(words))
    };
    let row = |cells: &CellRow| {
        let cells: String = columns.iter().enumerate().zip(cells).map(cell).collect();
        format!("<tr role=\"row\">{cells}</tr>")
    };
    let rows: String = rows.iter().map(row).collect();
    let head: String = columns.iter().map(head).collect();
    format!("<thead role=\"rowgroup\"><tr role=\"row\">{head}</tr></thead><tbody role=\"rowgroup\">{rows}</tbody>")
}

/// A table in a frame that scrolls sideways; its rows are markup.
pub fn table(label: String, class: &'static str, rows: String) -> AnyView {
    let table = format!("<table role=\"table\" class=\"{class}\" aria-label=\"{}\">{rows}</table>", escaped(&label));
    view! { <div class="scroll" tabindex="0" role="group" aria-label=label inner_html=table></div> }.into_any()
}

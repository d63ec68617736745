//! A short table whose rows are all in the document. One copy of it serves all screens.

use leptos::prelude::*;

use crate::ui::markup::{self, escaped};
use crate::work::cell::{Cell, CellRow};

/// Words of a column's header, and class of its cells; the cells of the first column head their rows.
pub type ListingHead = (String, &'static str);

/// A table with these columns.
pub fn listing(label: String, columns: &[ListingHead], rows: Vec<CellRow>) -> AnyView {
    table(label, "table", contents(columns, &rows))
}

/// The header and the rows of a table, as markup.
pub fn contents(columns: &[ListingHead], rows: &[CellRow]) -> String {
    let cell = |((index, (_, class)), cell): ((usize, &ListingHead), &Cell)| {
        let (tag, scope) = if index == 0 { ("th", " scope=\"row\"") } else { ("td", "") };
        format!("<{tag}{scope} class=\"{class}\">{}</{tag}>", markup::cell(cell))
    };
    let row = |cells: &CellRow| {
        let cells: String = columns.iter().enumerate().zip(cells).map(cell).collect();
        format!("<tr>{cells}</tr>")
    };
    let rows: String = rows.iter().map(row).collect();
    let head = markup::headers(columns.iter().cloned());
    format!("<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>")
}

/// A table in a frame that scrolls sideways; its rows are markup.
pub fn table(label: String, class: &'static str, rows: String) -> AnyView {
    let table = format!("<table class=\"{class}\" aria-label=\"{}\">{rows}</table>", escaped(&label));
    view! { <div class="scroll" tabindex="0" role="group" aria-label=label inner_html=table></div> }.into_any()
}

//! A long table of which only the rows in sight are in the document: a hundred thousand rows scroll like ten.
//!
//! Rows have one height, so the index of each follows from its number. `aria-rowcount` and `aria-rowindex` tell
//! assistive technology about the rows that are not there.

use leptos::html;
use leptos::prelude::*;

use crate::model::message::Message;
use crate::ui::markup::{self, room};
use crate::ui::reactive::text;
use crate::ui::words::say;

/// Height of a row in pixels; the style sheet has the same.
const ROW: usize = 44;
/// Rows that are drawn beyond the edges, so that scrolling shows no gaps.
const BEYOND: usize = 8;
/// Rows that fit before anything was measured.
const FIRST_GUESS: usize = 24;

/// A column: the text of its header, and whether it holds numbers.
#[derive(Clone)]
pub struct TableColumn {
    /// The header.
    pub title: String,
    /// The class of its cells.
    pub class: &'static str,
}

/// A table with a fixed height of rows.
#[component]
pub fn Table(
    /// What the table is.
    #[prop(into)]
    label: String,
    /// Its columns.
    columns: Vec<TableColumn>,
    /// How many rows there are.
    count: usize,
    /// The cells of a row as markup: `<td>` elements, one for each column.
    cells: Callback<usize, String>,
) -> impl IntoView {
    let scroller = NodeRef::<html::Div>::new();
    let seen = RwSignal::new((0, FIRST_GUESS.saturating_mul(ROW)));
    let measure = move |_| {
        if let Some(scroller) = scroller.get_untracked() {
            let pixels = |pixels: i32| usize::try_from(pixels).unwrap_or_default();
            seen.set((pixels(scroller.scroll_top()), pixels(scroller.client_height())));
        }
    };
    let head = markup::headers(columns.into_iter().map(|column| (column.title, column.class)));
    let rows = move || {
        let (top, height) = seen.get();
        let (first, last) = window(top, height, count);
        let row = |index: usize| format!("<tr aria-rowindex=\"{}\">{}</tr>", index.saturating_add(2), cells.run(index));
        let rows: String = (first..last).map(row).collect();
        let below = room(count.saturating_sub(last), ROW);
        format!("<thead><tr aria-rowindex=\"1\">{head}</tr></thead><tbody>{}{rows}{below}</tbody>", room(first, ROW))
    };
    let on_paper = move || {
        let (top, height) = seen.get();
        let (first, last) = window(top, height, count);
        let some = Message::new("page.table.on_paper").with("first", first.saturating_add(1)).with("last", last);
        if last.saturating_sub(first) < count { say(&some.with("count", count)) } else { String::new() }
    };
    let name = label.clone();
    view! {
        <div class="window" node_ref=scroller tabindex="0" role="group" aria-label=name on:scroll=measure>
            <table class="table fixed" aria-rowcount=count.saturating_add(1).to_string() aria-label=label inner_html=text(rows)></table>
        </div>
        <p class="print-only note">{text(on_paper)}</p>
    }
}

/// The rows to draw: the first, and the one after the last.
fn window(top: usize, height: usize, count: usize) -> (usize, usize) {
    let first = (top / ROW).saturating_sub(BEYOND).min(count);
    let last = (top.saturating_add(height) / ROW).saturating_add(BEYOND).saturating_add(1).min(count);
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::{BEYOND, ROW, window};

    #[test]
    fn every_row_in_sight_is_drawn_and_not_many_more() {
        let (first, last) = window(1_000 * ROW, 20 * ROW, 100_000);
        assert!(first <= 1_000 && last > 1_020, "{first}..{last}");
        assert!(last - first <= 20 + 2 * BEYOND + 2, "{first}..{last}");
    }

    #[test]
    fn a_short_list_is_drawn_whole() {
        assert_eq!(window(0, 20 * ROW, 3), (0, 3));
        assert_eq!(window(5_000, 20 * ROW, 3), (3, 3));
        assert_eq!(window(0, 20 * ROW, 0), (0, 0));
    }
}

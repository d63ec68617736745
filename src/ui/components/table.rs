//! A long table of which only the rows in sight are in the document: a hundred thousand rows scroll like ten.
//!
//! Rows have one height, so the place of each follows from its number. `aria-rowcount` and `aria-rowindex` tell
//! assistive technology about the rows that are not there.

use leptos::html;
use leptos::prelude::*;

use crate::ui::reactive::{part, text};

/// Height of a row in pixels; the style sheet has the same.
const ROW: usize = 44;
/// Rows that are drawn beyond the edges, so that scrolling shows no gaps.
const BEYOND: usize = 8;
/// Rows that fit before anything was measured.
const FIRST_GUESS: usize = 24;

/// A column: the text of its header, and whether it holds numbers.
#[derive(Clone)]
pub struct Column {
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
    columns: Vec<Column>,
    /// How many rows there are.
    #[prop(into)]
    count: Signal<usize>,
    /// Draws the cells of a row: `<td>` elements, one for each column.
    cells: Callback<usize, AnyView>,
) -> impl IntoView {
    let scroller = NodeRef::<html::Div>::new();
    let top = RwSignal::new(0_usize);
    let height = RwSignal::new(FIRST_GUESS.saturating_mul(ROW));
    let window = Memo::new(move |_| window(top.get(), height.get(), count.get()));
    // A new list begins at its top.
    Effect::new(move |_| {
        count.track();
        if let Some(scroller) = scroller.get_untracked() {
            scroller.set_scroll_top(0);
        }
    });
    let measure = move |_| {
        if let Some(scroller) = scroller.get_untracked() {
            top.set(usize::try_from(scroller.scroll_top()).unwrap_or_default());
            height.set(usize::try_from(scroller.client_height()).unwrap_or_default());
        }
    };
    let row = move |place: usize| {
        view! { <tr aria-rowindex=place.saturating_add(2).to_string()>{cells.run(place)}</tr> }
    };
    let space = move |rows: usize| {
        (rows > 0).then(|| {
            let height = format!("{}px", rows.saturating_mul(ROW));
            view! { <tr class="space" aria-hidden="true"><td style:block-size=height></td></tr> }
        })
    };
    view! {
        <div class="window" node_ref=scroller tabindex="0" role="region" aria-label=label.clone() on:scroll=measure>
            <table class="table fixed" aria-rowcount=text(move || count.get().saturating_add(1).to_string()) aria-label=label.clone()>
                <thead>
                    <tr aria-rowindex="1">
                        {columns.into_iter().map(|column| view! { <th scope="col" class=column.class>{column.title}</th> }).map(IntoAny::into_any).collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {part(move || space(window.get().0))}
                    <For each=move || { let (first, last) = window.get(); first..last } key=|place| *place children=row />
                    {part(move || space(count.get().saturating_sub(window.get().1)))}
                </tbody>
            </table>
        </div>
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

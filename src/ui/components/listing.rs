//! A short table whose rows are all in the document. One copy of it serves all screens.

use leptos::prelude::*;

use super::badge::{Badge, Tone};
use crate::model::position::Standing;
use crate::ui::words::{day, number, say, t};
use crate::work::cell::{Cell, Cells};

/// Key of a column's header, and class of its cells; the cells of the first column head their rows.
pub type Head = (&'static str, &'static str);

/// A table with these columns.
pub fn listing(label: String, columns: &[Head], rows: Vec<Cells>) -> AnyView {
    let classes: Vec<&'static str> = columns.iter().map(|(_, class)| *class).collect();
    let row = move |cells: Cells| {
        let cells = cells.iter().zip(classes.clone()).enumerate().map(|(place, (cell, class))| {
            if place == 0 {
                view! { <th scope="row" class=class>{written(cell)}</th> }.into_any()
            } else {
                view! { <td class=class>{written(cell)}</td> }.into_any()
            }
        });
        view! { <tr>{cells.map(IntoAny::into_any).collect_view()}</tr> }
    };
    let head =
        columns.iter().map(|&(key, class)| view! { <th scope="col" class=class>{t(key)}</th> }).map(IntoAny::into_any);
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="table">
                <thead><tr>{head.map(IntoAny::into_any).collect_view()}</tr></thead>
                <tbody>{rows.into_iter().map(row).map(IntoAny::into_any).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A cell in the reader's way.
pub fn written(cell: &Cell) -> AnyView {
    match cell {
        Cell::Standing(standing) => {
            let (word, tone) = self::standing(*standing);
            view! { <Badge tone=tone text=t(word) /> }.into_any()
        }
        Cell::Unknown | Cell::Text(_) | Cell::Word(_) | Cell::Number(_) | Cell::Day(_) => plain(cell).into_any(),
    }
}

/// A cell as a text.
pub fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Unknown => "–".to_owned(),
        Cell::Text(text) => text.clone(),
        Cell::Word(key) => say(&crate::model::message::Message { key: key.clone(), args: Vec::new() }),
        Cell::Number(quantity) => number(*quantity),
        Cell::Day(at) => day(*at),
        Cell::Standing(standing) => t(self::standing(*standing).0),
    }
}

/// The word for whether a right counts.
const fn standing(standing: Standing) -> (&'static str, Tone) {
    match standing {
        Standing::Counts => ("page.entitlements.counts", Tone::Good),
        Standing::SupportOnly => ("page.entitlements.support_only", Tone::Plain),
        Standing::Ended => ("page.entitlements.ended", Tone::Warn),
        Standing::NotYet => ("page.entitlements.not_yet", Tone::Warn),
    }
}

//! Tables under titles, one below the other.

use leptos::prelude::*;

use super::listing::listing;
use crate::model::message::Message;
use crate::ui::markup;
use crate::ui::words::say;
use crate::work::Section;

/// The tables.
pub fn sections(all: &[Section]) -> AnyView {
    all.iter().map(section).map(IntoAny::into_any).collect_view().into_any()
}

fn section(one: &Section) -> impl IntoView + use<> {
    let title = markup::plain(&one.title);
    let columns: Vec<(String, &str)> = one
        .columns
        .iter()
        .map(|(key, number)| (say(&Message { key: key.clone(), args: Vec::new() }), if *number { "n" } else { "" }))
        .collect();
    let notes: Vec<String> = one.notes.iter().map(say).collect();
    view! {
        <section class="card">
            <header>
                <h2>{title.clone()}</h2>
                {one.sum.as_ref().map(|sum| view! { <span class="badge">{say(sum)}</span> }.into_any())}
                <span class="note push">{notes.join(" · ")}</span>
            </header>
            {listing(title, &columns, one.rows.clone())}
        </section>
    }
}

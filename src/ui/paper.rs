//! What stands above each screen on paper: whose estate it is, the days that are looked at, and the day of printing. The
//! numbers of the pages are the style sheet's.

use leptos::prelude::*;

use super::reactive::{later, text};
use super::state::Shared;
use super::words::{day, named, say};
use crate::browser::today::today;
use crate::model::message::Message;
use crate::work::Overview;

/// The line above the screen.
#[component]
pub fn PaperHead() -> impl IntoView {
    let shared = Shared::here();
    // The first day that a browser writes costs it 15 ms, and nobody prints before the screen is there.
    let shown = later();
    let line =
        move || if shown.get() { shared.workspace(|workspace| head(workspace).join(" · ")) } else { String::new() };
    view! { <p class="print-only">{text(line)}</p> }
}

fn head(workspace: &Overview) -> Vec<String> {
    let Overview { name, assessed, table_date, .. } = workspace;
    let period =
        assessed.map(|period| Message::new("page.position.period").with("from", period.from()).with("to", period.to()));
    let table = table_date.map(|on| Message::new("page.position.table_date").with("day", day(Some(on))));
    let printed = today().map(|today| Message::new("page.paper.printed").with("day", today));
    let estate = workspace.has_content().then(|| named(name.clone()));
    estate.into_iter().chain([period, table, printed].iter().flatten().map(say)).collect()
}

//! Several lists on one screen, one in sight at a time.

use leptos::prelude::*;

use super::sheet::Sheet;
use crate::model::list::List;
use crate::model::message::Message;
use crate::ui::reactive::{part, truth};
use crate::ui::words::{say, t};

/// Lists, and the choice of the one in sight.
#[component]
pub fn Sheets(
    /// The lists, the most important one first.
    lists: &'static [List],
) -> impl IntoView {
    let chosen = RwSignal::new(lists.first().copied().unwrap_or(List::Entitlements));
    let choice = move |list: List| {
        view! {
            <button type="button" aria-pressed=truth(move || chosen.get() == list) on:click=move |_| chosen.set(list)>{name(list)}</button>
        }
        .into_any()
    };
    let several = lists.len() > 1;
    view! {
        {several.then(|| view! { <div class="tabs no-print" role="group" aria-label=t("page.table.lists")>{lists.iter().copied().map(choice).collect_view()}</div> })}
        {part(move || {
            let list = chosen.get();
            view! { <Sheet list=list label=name(list) /> }
        })}
    }
}

/// What a list is called.
fn name(list: List) -> String {
    say(&Message { key: format!("page.list.{}", list.name()).into(), args: Vec::new() })
}

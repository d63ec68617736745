//! Several tables on one screen, one in sight at a time.

use leptos::prelude::*;

use super::sheet::Sheet;
use crate::model::list::List;
use crate::model::message::Message;
use crate::ui::reactive::{part, truth};
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{say, t};
use crate::work::hits::{LINE, LIST};
use crate::work::table::Subject;

/// Tables, and the choice of the one in sight.
#[component]
pub fn Sheets(
    /// The lists, the most important one first.
    lists: Vec<List>,
    /// What is calculated from them.
    #[prop(optional)]
    calculated: Vec<Subject>,
) -> impl IntoView {
    let shared = Shared::here();
    let chosen = RwSignal::new(lists.first().copied().map_or(Subject::List(List::Entitlements), Subject::List));
    let known = lists.clone();
    Effect::new(move |_| {
        let named = shared.route.with(|route| route.argument(LIST));
        let asked = known.iter().find(|list| list.name() == named).map(|list| Subject::List(*list));
        if let Some(subject) = asked.filter(|subject| chosen.get_untracked() != *subject) {
            chosen.set(subject);
        }
    });
    let subjects = lists.into_iter().map(Subject::List).chain(calculated);
    let choice = move |subject: Subject| {
        view! {
            <button type="button" aria-pressed=truth(move || chosen.get() == subject) on:click=move |_| chosen.set(subject)>{name(subject)}</button>
        }
        .into_any()
    };
    let choices: Vec<AnyView> = subjects.map(choice).collect();
    view! {
        {(choices.len() > 1).then(|| view! { <div class="tabs no-print" role="group" aria-label=t("page.table.lists")>{choices}</div> })}
        {part(move || {
            let subject = chosen.get();
            let line = move || {
                let asked = |route: &Route| (route.argument(LIST), route.argument(LINE));
                let (list, line) = shared.route.with(asked);
                subject.list().filter(|known| known.name() == list).and_then(|_| line.parse().ok())
            };
            view! { <Sheet subject=subject label=name(subject) line=Signal::derive(line) /> }
        })}
    }
}

/// What a table is called.
pub fn name(subject: Subject) -> String {
    say(&Message::keyed(format!("page.list.{}", subject.name())))
}

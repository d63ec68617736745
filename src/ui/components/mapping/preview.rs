//! What becomes of each row of the table that waits, all of them or those of one kind.

use leptos::prelude::*;

use super::effect::Effect;
use crate::model::message::Message;
use crate::ui::components::sheet::Sheet;
use crate::ui::components::sheets::name;
use crate::ui::reactive::{text, truth};
use crate::ui::state::Shared;
use crate::ui::words::{say, t};
use crate::work::Mapped;
use crate::work::table::Subject;

/// The key of what becomes of a row, empty for whatever it is, and how many rows there are.
type Outcome = (&'static str, fn(&Mapped) -> usize);

const OUTCOMES: [Outcome; 5] = [
    ("", |mapped| mapped.rows),
    ("mapping.added", |mapped| mapped.added),
    ("mapping.changed", |mapped| mapped.changed),
    ("mapping.known", |mapped| mapped.known),
    ("mapping.left_out", |mapped| mapped.left_out),
];

/// The rows, and the choice of those in sight.
#[component]
pub fn Preview() -> impl IntoView {
    let shared = Shared::here();
    let only = RwSignal::new(String::new());
    let chip = move |(key, count): Outcome| {
        let count = move || shared.open.with(|open| open.mapping.as_ref().map_or(0, count));
        let word = move || {
            let word = if key.is_empty() { Message::new("page.mapping.all") } else { Message::new(key) };
            say(&Message::new("page.mapping.chip").with("word", word).with("count", count()))
        };
        view! {
            <button type="button" aria-pressed=truth(move || only.with(|only| only == key))
                on:click=move |_| only.set(key.to_owned())>{text(word)}</button>
        }
        .into_any()
    };
    view! {
        <section class="mapping-pane" aria-label=t("page.mapping.preview")>
            <div class="tabs" role="group" aria-label=t("page.mapping.show")>{OUTCOMES.into_iter().map(chip).collect_view()}</div>
            <Sheet subject=Subject::Preview label=name(Subject::Preview) only=only />
            <Effect />
        </section>
    }
}

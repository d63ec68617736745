//! The step between a spreadsheet and the lists: which column is what, and what becomes of each row.

use leptos::prelude::*;

use super::dialog::Dialog;
use super::sheet::Sheet;
use crate::model::list::List;
use crate::model::message::Message;
use crate::ui::components::sheets::name;
use crate::ui::dispatch::Dispatch;
use crate::ui::reactive::{If, flag, text};
use crate::ui::state::Shared;
use crate::ui::words::{say, t};
use crate::work::table::Subject;
use crate::work::{MapStep, Mapped};

/// Shows the table that waits, until somebody takes it in or leaves it.
#[component]
pub fn MappingDialog() -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let of = move |of: fn(&Mapped) -> String| {
        text(move || shared.open.with(|open| open.mapping.as_ref().map(of).unwrap_or_default()))
    };
    let open = flag(move || shared.open.with(|open| open.mapping.is_some()));
    let doubted =
        flag(move || shared.open.with(|open| open.mapping.as_ref().is_some_and(|mapped| mapped.doubt.is_some())));
    let title = of(|mapped| say(&Message::new("page.mapping.title").with("file", mapped.file.as_str())));
    let waits_for =
        move |list: List| shared.open.with(|open| open.mapping.as_ref().is_some_and(|mapped| mapped.list == list));
    let option = move |list: List| {
        let chosen = flag(move || waits_for(list));
        view! { <option value=list.name() selected=move || chosen.get()>{name(Subject::List(list))}</option> }
            .into_any()
    };
    let choose = move |text: String| {
        if let Some(list) = List::CONTENT.into_iter().find(|list| list.name() == text) {
            dispatch.map(MapStep::List(list));
        }
    };
    let begin = move |text: String| {
        if let Ok(line) = text.trim().parse() {
            dispatch.map(MapStep::Header(line));
        }
    };
    view! {
        <Dialog id="mapping" title=title open=open leave=move |()| dispatch.map(MapStep::Cancel)>
            <If when=open>
                <p class="note">{t("page.mapping.text")}</p>
                <If when=doubted>
                    <p class="note warning" role="status">{of(|mapped| mapped.doubt.as_ref().map(say).unwrap_or_default())}</p>
                </If>
                <div class="period row">
                    <label class="inline-field">
                        <span>{t("page.mapping.list")}</span>
                        <select on:change:target=move |event| choose(event.target().value())>
                            {List::CONTENT.into_iter().map(option).collect_view()}
                        </select>
                    </label>
                    <label class="inline-field">
                        <span>{t("page.mapping.header")}</span>
                        <input type="text" inputmode="numeric" size="4" maxlength="7" prop:value=of(|mapped| mapped.header.to_string())
                            on:change:target=move |event| begin(event.target().value()) />
                    </label>
                </div>
                <Sheet subject=Subject::Columns label=name(Subject::Columns) />
                <Sheet subject=Subject::Preview label=name(Subject::Preview) />
                <div class="row">
                    <button type="button" class="button primary" on:click=move |_| dispatch.map(MapStep::Accept)>{t("page.mapping.accept")}</button>
                    <button type="button" class="button" on:click=move |_| dispatch.map(MapStep::Cancel)>{t("page.mapping.cancel")}</button>
                    <p class="note" role="status">{of(counts)}</p>
                </div>
            </If>
        </Dialog>
    }
}

/// How many lines become what.
fn counts(mapped: &Mapped) -> String {
    let sentence = Message::new("page.mapping.counts").with("added", mapped.added).with("changed", mapped.changed);
    say(&sentence.with("known", mapped.known).with("left_out", mapped.left_out))
}

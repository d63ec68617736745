//! The step between a spreadsheet and the lists: which column is what, and what becomes of each row.

pub mod columns;
pub mod effect;
pub mod preview;

use leptos::prelude::*;

use self::columns::Columns;
use self::preview::Preview;
use super::dialog::Dialog;
use super::sheets::name;
use crate::model::day;
use crate::model::list::List;
use crate::model::message::Message;
use crate::ui::dispatch::Dispatch;
use crate::ui::reactive::{If, flag, text};
use crate::ui::state::Shared;
use crate::ui::words::{say, t};
use crate::work::table::Subject;
use crate::work::{MapStep, Mapped};

/// Shows the table that waits, until somebody imports it or leaves it.
#[component]
pub fn MappingDialog() -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let open = flag(move || shared.open.with(|open| open.mapping.is_some()));
    let title = read(shared, |mapped| say(&Message::new("page.mapping.title").with("file", mapped.file.as_str())));
    view! {
        <Dialog id="mapping" title=title open=open leave=move |()| dispatch.map(MapStep::Cancel)>
            <If when=open>
                <Head />
                <div class="mapping-panes">
                    <Columns />
                    <Preview />
                </div>
                <Foot />
            </If>
        </Dialog>
    }
}

/// What is read of the table that waits.
fn read(shared: Shared, read: impl Fn(&Mapped) -> String + Send + Sync + 'static) -> Signal<String> {
    text(move || shared.open.with(|open| open.mapping.as_ref().map(&read).unwrap_or_default()))
}

/// What the table is taken for, and where it begins.
#[component]
fn Head() -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let is_doubted =
        flag(move || shared.open.with(|open| open.mapping.as_ref().is_some_and(|mapped| mapped.doubt.is_some())));
    let asks_day =
        flag(move || shared.open.with(|open| open.mapping.as_ref().is_some_and(|mapped| mapped.first_day.is_some())));
    let option = |list: List| view! { <option value=list.name()>{name(Subject::List(list))}</option> }.into_any();
    let choose = move |name: String| {
        if let Some(list) = List::CONTENT.into_iter().find(|list| list.name() == name) {
            dispatch.map(MapStep::List(list));
        }
    };
    let begin = move |line: String| {
        if let Ok(line) = line.trim().parse() {
            dispatch.map(MapStep::Header(line));
        }
    };
    view! {
        <div class="row mapping-head">
            <p class="note">{read(shared, extent)}</p>
            <label class="inline-field push">
                <span>{t("page.mapping.list")}</span>
                <select prop:value=read(shared, |mapped| mapped.list.name().to_owned())
                    on:change:target=move |event| choose(event.target().value())>
                    {List::CONTENT.into_iter().map(option).collect_view()}
                </select>
            </label>
            <label class="inline-field">
                <span>{t("page.mapping.header")}</span>
                <input type="text" inputmode="numeric" size="4" maxlength="7"
                    prop:value=read(shared, |mapped| mapped.header.to_string())
                    on:change:target=move |event| begin(event.target().value()) />
            </label>
        </div>
        <If when=asks_day>
            <div class="row mapping-day">
                <label class="inline-field">
                    <span>{t("page.mapping.first_day")}</span>
                    <input type="date" prop:value=read(shared, first_day)
                        on:change:target=move |event| dispatch.map(MapStep::FirstDay(day::parse(&event.target().value()))) />
                </label>
                <p class="note">{read(shared, undated)}</p>
            </div>
        </If>
        <If when=is_doubted>
            <p class="note warning" role="status">
                {read(shared, |mapped| mapped.doubt.as_ref().map(say).unwrap_or_default())}
            </p>
        </If>
    }
}

/// What would be imported, and the two ways on.
#[component]
fn Foot() -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let is_missing =
        flag(move || shared.open.with(|open| open.mapping.as_ref().is_some_and(|mapped| !mapped.missing.is_empty())));
    view! {
        <footer class="row mapping-foot">
            <div class="push-end">
                <If when=is_missing><p class="note bad" role="status">{read(shared, missing)}</p></If>
                <p class="note" role="status">{read(shared, counts)}</p>
            </div>
            <button type="button" class="button" on:click=move |_| dispatch.map(MapStep::Cancel)>{t("page.mapping.cancel")}</button>
            <button type="button" class="button primary" on:click=move |_| dispatch.map(MapStep::Accept)>
                {read(shared, |mapped| {
                    let lines = mapped.added.saturating_add(mapped.changed);
                    say(&Message::new("page.mapping.accept").with("count", lines))
                })}
            </button>
        </footer>
    }
}

/// How large the table is.
fn extent(mapped: &Mapped) -> String {
    let rows = Message::new("page.data.rows").with("count", mapped.rows);
    let columns = Message::new("page.mapping.of_columns").with("count", mapped.columns.len());
    let sentence = Message::new("page.mapping.text").with("rows", rows).with("columns", columns);
    say(&sentence)
}

/// From which day its prices hold, as a field writes it.
fn first_day(mapped: &Mapped) -> String {
    mapped.first_day.and_then(|unsaid| unsaid.day).map_or_else(String::new, |day| day.to_string())
}

/// How many of its prices do not say from when they hold, and what that means.
fn undated(mapped: &Mapped) -> String {
    let lines = mapped.first_day.map_or(0, |unsaid| unsaid.lines);
    say(&Message::new("page.mapping.undated").with("count", lines))
}

/// The fields that no column is taken for and without which no line can be used.
fn missing(mapped: &Mapped) -> String {
    let names: Vec<String> = mapped.missing.iter().map(|field| columns::field_name(field)).collect();
    say(&Message::new("page.mapping.missing").with("fields", names.join(", ")))
}

/// How many lines become what.
fn counts(mapped: &Mapped) -> String {
    let sentence = Message::new("page.mapping.counts").with("added", mapped.added).with("changed", mapped.changed);
    let counts = say(&sentence.with("known", mapped.known).with("left_out", mapped.left_out));
    if mapped.behind == 0 {
        return counts;
    }
    let behind = say(&Message::new("page.mapping.behind").with("count", mapped.behind));
    format!("{counts} {behind}")
}

//! The columns of the table that waits: what each is imported as, how it is written, and what its samples are read as.

use leptos::prelude::*;

use crate::model::list::List;
use crate::model::message::Message;
use crate::ui::components::badge::Badge;
use crate::ui::dispatch::Dispatch;
use crate::ui::markup;
use crate::ui::reactive::{part, text};
use crate::ui::state::Shared;
use crate::ui::words::{say, t};
use crate::work::tone::Tone;
use crate::work::{ColumnMatch, MapStep, Mapped, MappedColumn};

/// What tells one table from another: its file, its list, the line of its header, and how many wait behind it.
type TableKey = (String, List, u32, usize);

/// The columns, those that need somebody first. They keep this order as long as the table is the same: nothing moves away
/// from under the hands.
#[component]
pub fn Columns() -> impl IntoView {
    let shared = Shared::here();
    let order = Memo::new(move |before: Option<&(Option<TableKey>, Vec<usize>)>| {
        shared.open.with(|open| {
            let key = open.mapping.as_ref().map(table_key);
            match (before, &open.mapping) {
                (Some((known, order)), _) if *known == key => (key, order.clone()),
                (_, Some(mapped)) => (key, order(mapped)),
                (_, None) => (key, Vec::new()),
            }
        })
    });
    let waiting = move || shared.open.with(|open| open.mapping.as_ref().map_or(0, needing));
    let note = move || say(&Message::new("page.mapping.needing").with("count", waiting()));
    let keys = move || {
        let (key, order) = order.get();
        order.into_iter().map(|column| (key.clone(), column)).collect::<Vec<_>>()
    };
    view! {
        <section class="mapping-pane" aria-labelledby="mapping-columns">
            <header class="row">
                <h3 id="mapping-columns">{t("page.mapping.columns")}</h3>
                <span class="note" role="status">{text(note)}</span>
            </header>
            <table class="table mapping-columns" aria-labelledby="mapping-columns">
                <thead>
                    <tr>
                        <th scope="col">{t("page.mapping.column")}</th>
                        <th scope="col">{t("page.mapping.field")}</th>
                        <th scope="col">{t("page.mapping.style")}</th>
                    </tr>
                </thead>
                <tbody><For each=keys key=Clone::clone children=move |(_, column)| view! { <Row column=column /> } /></tbody>
            </table>
        </section>
    }
}

fn table_key(mapped: &Mapped) -> TableKey {
    (mapped.file.clone(), mapped.list, mapped.header, mapped.behind)
}

/// The columns in the order in which they are shown.
fn order(mapped: &Mapped) -> Vec<usize> {
    let mut order: Vec<usize> = (0..mapped.columns.len()).collect();
    order.sort_by_key(|column| mapped.columns.get(*column).is_none_or(|column| !column.found.needs_someone()));
    order
}

/// How many columns need somebody.
fn needing(mapped: &Mapped) -> usize {
    mapped.columns.iter().filter(|column| column.found.needs_someone()).count()
}

/// The name of a field, as the columns of its list have it.
pub(super) fn field_name(field: &str) -> String {
    say(&Message::keyed(format!("column.{field}")))
}

#[component]
fn Row(column: usize) -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let here = Memo::new(move |_| {
        shared.open.with(|open| open.mapping.as_ref().and_then(|mapped| mapped.columns.get(column).cloned()))
    });
    let read = move |read: fn(&MappedColumn) -> String| {
        text(move || here.with(|here| here.as_ref().map(read).unwrap_or_default()))
    };
    let header = here.with_untracked(|here| here.as_ref().map(|here| here.header.clone()).unwrap_or_default());
    let fields = shared
        .open
        .with_untracked(|open| open.mapping.as_ref().map(|mapped| mapped.fields.clone()).unwrap_or_default());
    let option = |field: String| view! { <option value=field.clone()>{field_name(&field)}</option> }.into_any();
    let name = if header.is_empty() {
        say(&Message::new("page.mapping.nameless").with("number", column.saturating_add(1)))
    } else {
        header
    };
    let label = |key: &'static str| say(&Message::new(key).with("column", name.as_str()));
    let (field_label, style_label) = (label("page.mapping.field_of"), label("page.mapping.style_of"));
    let take = move |field: String| {
        dispatch.map(MapStep::Field { column, field: Some(field).filter(|field| !field.is_empty()) });
    };
    let styles =
        Memo::new(move |_| here.with(|here| here.as_ref().map(|here| here.styles.clone()).unwrap_or_default()));
    let style = move || {
        let styles = styles.get();
        if styles.is_empty() {
            return ().into_any();
        }
        let is_day = styles.iter().any(|style| style == "day_month_year");
        let option =
            |style: String| view! { <option value=style.clone()>{style_name(&style, is_day)}</option> }.into_any();
        view! {
            <select aria-label=style_label.clone() prop:value=read(|here| here.style.clone())
                on:change:target=move |event| dispatch.map(MapStep::Style { column, style: event.target().value() })>
                <option value="ambiguous" hidden>{t("page.mapping.which_style")}</option>
                {styles.into_iter().map(option).collect_view()}
            </select>
        }
        .into_any()
    };
    let needs = move || here.with(|here| here.as_ref().is_some_and(|here| here.found.needs_someone()));
    view! {
        <tr class:needs-someone=needs>
            <th scope="row"><bdi>{name.clone()}</bdi><span class="samples"><bdi>{read(samples)}</bdi></span></th>
            <td>
                <select aria-label=field_label prop:value=read(|here| here.field.clone().unwrap_or_default())
                    on:change:target=move |event| take(event.target().value())>
                    <option value="">{t("page.mapping.no_field")}</option>
                    {fields.into_iter().map(option).collect_view()}
                </select>
                {part(move || here.with(|here| here.as_ref().map(found)))}
            </td>
            <td>{part(style)}<span class="note">{read(read_as)}</span></td>
        </tr>
    }
}

fn samples(column: &MappedColumn) -> String {
    if column.samples.is_empty() { t("page.mapping.empty") } else { column.samples.join(" · ") }
}

/// What the samples are read as, where their style matters.
fn read_as(column: &MappedColumn) -> String {
    if column.found == ColumnMatch::Ambiguous || column.read_as.is_empty() {
        return String::new();
    }
    let texts: Vec<String> = column.read_as.iter().map(markup::plain).collect();
    say(&Message::new("page.mapping.read_as").with("samples", texts.join(" · ")))
}

/// How a column came to its field, and what that means for its rows.
fn found(column: &MappedColumn) -> AnyView {
    let (tone, word) = match column.found {
        ColumnMatch::Ambiguous => (Tone::Warn, "page.mapping.ambiguous"),
        ColumnMatch::Unmatched => (Tone::Warn, "page.mapping.unmatched"),
        ColumnMatch::Blank => (Tone::Plain, "page.mapping.blank"),
        ColumnMatch::Named => (Tone::Good, "page.mapping.named"),
        ColumnMatch::Chosen => (Tone::Good, "page.mapping.chosen"),
    };
    view! { <Badge tone=tone text=t(word) /> }.into_any()
}

/// A style by an example of it.
fn style_name(style: &str, is_day: bool) -> String {
    t(match (style, is_day) {
        ("decimal_point", _) => "mapping.style.decimal_point",
        ("decimal_comma", _) => "mapping.style.decimal_comma",
        ("day_month_year", _) => "mapping.style.day_month_year",
        ("month_day_year", _) => "mapping.style.month_day_year",
        (_, true) => "mapping.style.plain_day",
        (_, false) => "mapping.style.plain",
    })
}

//! Every rate with its source, since when it is known and how sure that is; machine types, processors, and what the
//! catalogue has not.

use leptos::prelude::*;

use crate::browser::location;
use crate::model::message::Message;
use crate::model::screen::Screen;
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::components::table::{Table, TableColumn};
use crate::ui::components::term::term;
use crate::ui::markup::{self, escaped};
use crate::ui::pages::glossary::word::Word;
use crate::ui::pages::rate::form::confidence;
use crate::ui::query::{QueryState, query};
use crate::ui::reactive::{If, flag, part, text};
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{day, known, number, say, t};
use crate::work::catalogue_view::{CatalogueView, VIEW};
use crate::work::data_table::FIND;
use crate::work::{MachineRow, MissingRow, ProcessorRow, RateRow, Request};

const RATES: [(&str, &str); 5] = [
    ("page.catalogue.family", ""),
    ("page.catalogue.models", ""),
    ("page.catalogue.sockets", "n"),
    ("page.catalogue.rate", "n"),
    ("page.catalogue.source", ""),
];

const MACHINES: [(&str, &str); 7] = [
    ("page.catalogue.machine_type", "tag"),
    ("page.catalogue.machine", "message"),
    ("page.catalogue.family", "tag"),
    ("page.catalogue.sockets", "n"),
    ("page.catalogue.rate", "n"),
    ("page.catalogue.rate_row", "message"),
    ("page.catalogue.source", "message"),
];

const MISSING: [(&str, &str); 3] = [
    ("page.catalogue.missing_what", ""),
    ("page.catalogue.missing_to_do", ""),
    ("page.catalogue.missing_looked_on", "nowrap"),
];

const PROCESSORS: [(&str, &str); 4] = [
    ("page.catalogue.processor", "message"),
    ("page.catalogue.cores", "n"),
    ("page.catalogue.codename", "column"),
    ("page.catalogue.rate_it", "column"),
];

/// The view.
#[component]
pub fn RatesView() -> impl IntoView {
    let shared = Shared::here();
    let given = shared.route.with_untracked(|route| route.argument("search"));
    let search = RwSignal::new(given);
    let found = query(move || Some(Request::Search(search.get())));
    let edition = move || {
        let table_date = found.with(|found| found.found().and_then(|found| found.table_date));
        table_date
            .map(|date| say(&Message::new("page.catalogue.edition").with("day", day(Some(date)))))
            .unwrap_or_default()
    };
    view! {
        <div class="row catalogue-head">
            <p class="note">{t("page.catalogue.rates_lead")}" "{text(edition)}</p>
            <Search search=search />
        </div>
        <Parts found=found search=search />
        <Rates found=found />
        <div class="stack catalogue-lists">
        <Long
            id="machines"
            title="page.catalogue.machines"
            count="page.catalogue.machines_found"
            columns=MACHINES.to_vec()
            rows=move || found.with(|found| found.found().map_or(0, |found| found.machines.len()))
            cells=move |index| found.with(|found| found.found().and_then(|found| found.machines.get(index)).map(machine))
        />
        <Long
            id="processors"
            title="page.catalogue.processors"
            count="page.catalogue.processors_found"
            columns=PROCESSORS.to_vec()
            rows=move || found.with(|found| found.found().map_or(0, |found| found.processors.len()))
            cells=move |index| found.with(|found| found.found().and_then(|found| found.processors.get(index)).map(processor))
        />
        </div>
        <Missing found=found />
    }
}

/// The way to part numbers that hold the words of the search too.
#[component]
fn Parts(found: Signal<QueryState>, search: RwSignal<String>) -> impl IntoView {
    let parts = Memo::new(move |_| found.with(|found| found.found().map_or(0, |found| found.parts)));
    let none = flag(move || parts.get() == 0);
    let way = move || say(&Message::new("page.catalogue.parts_found").with("count", parts.get()));
    let href = move || {
        let asked = |search: &String| {
            Route::with(Screen::Catalogue, &[(VIEW, CatalogueView::Parts.name()), (FIND, search)]).href()
        };
        search.with(asked)
    };
    view! { <p class="note" hidden=none><a href=text(href)>{text(way)}</a></p> }
}

#[component]
fn Search(search: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="search">
            <span class="unseen">{t("page.catalogue.search")}</span>
            <Icon glyph=Glyph::Search />
            <input
                type="search"
                maxlength="100"
                placeholder=t("page.catalogue.search")
                prop:value=search
                on:input:target=move |event| search.set(event.target().value())
                on:change=move |_| location::replace(&Route::with(Screen::Catalogue, &[("search", &search.get_untracked())]).to_string())
            />
        </label>
    }
}

#[component]
fn Rates(found: Signal<QueryState>) -> impl IntoView {
    let table = move || {
        let rows = found.with(|found| found.found().map(|found| found.rates.iter().map(rate).collect::<String>()));
        let head: String = RATES.into_iter().map(head_of_rates).collect();
        let rows = rows.unwrap_or_default();
        format!("<table class=\"table rates\"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
    };
    let nothing = move || found.with(|found| found.found().is_some_and(|found| found.rates.is_empty()));
    let count = move || match found.with(|found| found.found().map(|found| (found.rates.len(), found.all_rates))) {
        Some((count, all)) => say(&Message::new("page.catalogue.rows").with("count", count).with("all", all)),
        None => t("page.catalogue.looking"),
    };
    view! {
        <section class="card" aria-labelledby="rates">
            <header><h2 id="rates">{t("page.catalogue.rates")}</h2><span class="note push" role="status">{text(count)}</span></header>
            <div class="scroll tall" tabindex="0" role="group" aria-labelledby="rates" inner_html=text(table)></div>
            <If when=flag(nothing)>
                <p class="nothing">{t("page.catalogue.nothing")}</p>
            </If>
        </section>
    }
}

/// A header, with the definition of its word where the glossary has one.
fn head_of_rates((title, class): (&str, &str)) -> String {
    let words = say(&Message::keyed(title.to_owned()));
    let words = match title {
        "page.catalogue.sockets" => term(Word::Sockets, &words),
        "page.catalogue.rate" => term(Word::Pvu, &words),
        _ => escaped(&words),
    };
    format!("<th scope=\"col\" class=\"{class}\">{words}</th>")
}

fn rate(row: &RateRow) -> String {
    let (word, tone) = confidence(row.confidence);
    let since = row.since.map(|since| say(&Message::new("page.derivation.since").with("day", day(Some(since)))));
    let since = since.map_or_else(String::new, |since| format!("<span class=\"note\">{}</span>", escaped(&since)));
    let note =
        if row.note.is_empty() { String::new() } else { format!("<p class=\"note\">{}</p>", escaped(&row.note)) };
    let source = format!(
        "<p class=\"row\">{}{since}</p><details><summary>{}</summary><p class=\"note\">{}</p>{note}</details>",
        markup::badge(tone, &t(word)),
        escaped(&t("page.catalogue.sources")),
        markup::source(&row.source)
    );
    let rate = row.pvu_per_core.map_or_else(|| "–".to_owned(), number);
    let cells =
        [("", escaped(&row.models)), ("n nowrap", escaped(&row.sockets)), ("n strong", rate), ("source-cell", source)];
    format!("<tr><th scope=\"row\">{}</th>{}</tr>", escaped(&row.family), markup::cells(cells.into_iter()))
}

/// A list of which only the rows in sight are drawn.
#[component]
fn Long(
    id: &'static str,
    title: &'static str,
    /// The text that counts the rows.
    count: &'static str,
    columns: Vec<(&'static str, &'static str)>,
    #[prop(into)] rows: Signal<usize>,
    #[prop(into)] cells: Callback<usize, Option<String>>,
) -> impl IntoView {
    let columns: Vec<TableColumn> =
        columns.into_iter().map(|(title, class)| TableColumn { title: t(title), class }).collect();
    let count = move || say(&Message::new(count).with("count", rows.get()));
    let cells = Callback::new(move |index: usize| cells.run(index).unwrap_or_default());
    view! {
        <section class="card" aria-labelledby=id>
            <header><h2 id=id>{t(title)}</h2><span class="note push">{text(count)}</span></header>
            // A new list begins at its top.
            {part(move || view! { <Table label=t(title) columns=columns.clone() count=rows.get() cells=cells /> })}
        </section>
    }
}

/// What the catalogue is known not to have, where a reader would look for it.
#[component]
fn Missing(found: Signal<QueryState>) -> impl IntoView {
    let none = move || found.with(|found| found.found().is_none_or(|found| found.missing.is_empty()));
    let table = move || {
        let head = markup::headers(MISSING.into_iter().map(|(title, class)| (t(title), class)));
        let rows = found.with(|found| found.found().map(|found| found.missing.iter().map(missing).collect::<String>()));
        let rows = rows.unwrap_or_default();
        format!("<table class=\"table rates\"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
    };
    view! {
        <section class="card" aria-labelledby="missing" hidden=flag(none)>
            <header><h2 id="missing">{t("page.catalogue.missing")}</h2></header>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="missing" inner_html=text(table)></div>
        </section>
    }
}

fn missing(row: &MissingRow) -> String {
    let cells = [("", escaped(&row.what_to_do)), ("nowrap", day(Some(row.looked_on)))];
    format!("<tr><th scope=\"row\">{}</th>{}</tr>", escaped(&row.what), markup::cells(cells.into_iter()))
}

fn machine(row: &MachineRow) -> String {
    let text = |text: &str| format!("<span title=\"{0}\">{0}</span>", escaped(text));
    let (word, tone) = confidence(row.confidence);
    let cells = [
        ("tag strong", escaped(&row.number)),
        ("message", text(&row.name)),
        ("tag", escaped(&row.family)),
        ("n", known(row.max_sockets.map(|sockets| u64::from(sockets.get())))),
        ("n strong", known(row.pvu_per_core.map(u64::from))),
        ("message", text(&row.row.clone().unwrap_or_else(|| t("page.catalogue.not_named")))),
        ("message", format!("{} {}", markup::badge(tone, &t(word)), markup::source(&row.source))),
    ];
    markup::cells(cells.into_iter())
}

fn processor(processor: &ProcessorRow) -> String {
    let href = Route::with(Screen::Rate, &[("processor", &processor.name)]).href();
    let label = say(&Message::new("page.catalogue.rate_processor").with("processor", processor.name.as_str()));
    let name = escaped(&processor.name);
    let link = format!(
        "<a href=\"{}\" aria-label=\"{}\">{}</a>",
        escaped(&href),
        escaped(&label),
        escaped(&t("page.catalogue.rate_it"))
    );
    let cells =
        [("n", known(processor.cores.map(u64::from))), ("column", escaped(&processor.codename)), ("column", link)];
    format!("<td class=\"message\" title=\"{name}\">{name}</td>{}", markup::cells(cells.into_iter()))
}

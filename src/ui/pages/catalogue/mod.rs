//! Catalogue: every rate with its source, since when it is known and how sure that is.

use leptos::prelude::*;

use crate::browser::location;
use crate::model::message::Message;
use crate::ui::asked::{Outcome, asked};
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::components::table::{Column, Table};
use crate::ui::markup::{self, escaped};
use crate::ui::pages::rate::form::confidence;
use crate::ui::reactive::{If, flag, part, text};
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{day, known, number, say, t};
use crate::work::{ProcessorRow, RateRow, Request};

const RATES: [(&str, &str); 5] = [
    ("page.catalogue.family", ""),
    ("page.catalogue.models", ""),
    ("page.catalogue.sockets", "n"),
    ("page.catalogue.rate", "n"),
    ("page.catalogue.source", ""),
];

const PROCESSORS: [(&str, &str); 4] = [
    ("page.catalogue.processor", "message"),
    ("page.catalogue.cores", "n"),
    ("page.catalogue.codename", "column"),
    ("page.catalogue.rate_it", "column"),
];

/// The screen.
#[component]
pub fn Catalogue() -> impl IntoView {
    let shared = Shared::here();
    let given = shared
        .route
        .with_untracked(|route| if let Route::Catalogue { search } = route { search.clone() } else { String::new() });
    let search = RwSignal::new(given);
    let found = asked(move || Some(Request::Search(search.get())));
    let edition = move || {
        let table_date = found.with(|found| found.found().and_then(|found| found.table_date));
        table_date
            .map(|date| say(&Message::new("page.catalogue.edition").with("day", day(Some(date)))))
            .unwrap_or_default()
    };
    view! {
        <div class="heading">
            <div>
                <h1>{t("page.catalogue.title")}</h1>
                <p class="note">{t("page.catalogue.lead")}" "{text(edition)}</p>
            </div>
            <Search search=search />
        </div>
        <Rates found=found />
        <Processors found=found />
    }
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
                on:change=move |_| location::replace(&Route::Catalogue { search: search.get_untracked() }.to_string())
            />
        </label>
    }
}

#[component]
fn Rates(found: Signal<Outcome>) -> impl IntoView {
    let table = move || {
        let rows = found.with(|found| found.found().map(|found| found.rates.iter().map(rate).collect::<String>()));
        let head = markup::headers(RATES.into_iter().map(|(title, class)| (t(title), class)));
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
            <div class="scroll tall" tabindex="0" role="region" aria-labelledby="rates" inner_html=text(table)></div>
            <If when=flag(nothing)>
                <p class="nothing">{t("page.catalogue.nothing")}</p>
            </If>
        </section>
    }
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

#[component]
fn Processors(found: Signal<Outcome>) -> impl IntoView {
    let all = move || found.with(|found| found.found().map_or(0, |found| found.processors.len()));
    let columns = PROCESSORS.map(|(title, class)| Column { title: t(title), class }).to_vec();
    let cells = Callback::new(move |place: usize| {
        found
            .with(|found| found.found().and_then(|found| found.processors.get(place)).map(processor))
            .unwrap_or_default()
    });
    let count = move || say(&Message::new("page.catalogue.processors_found").with("count", all()));
    view! {
        <section class="card" aria-labelledby="processors">
            <header><h2 id="processors">{t("page.catalogue.processors")}</h2><span class="note push">{text(count)}</span></header>
            // A new list begins at its top.
            {part(move || view! { <Table label=t("page.catalogue.processors") columns=columns.clone() count=all() cells=cells /> })}
        </section>
    }
}

fn processor(processor: &ProcessorRow) -> String {
    let href = Route::Rate { processor: processor.name.clone(), sockets: String::new(), cores: String::new() }.href();
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

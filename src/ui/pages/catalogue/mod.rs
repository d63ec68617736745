//! Catalogue: every rate with its source, since when it is known and how sure that is.

use leptos::prelude::*;

use crate::browser::location;
use crate::model::message::Message;
use crate::ui::asked::{Outcome, asked};
use crate::ui::components::badge::Badge;
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::components::source::Source;
use crate::ui::components::table::{Column, Table};
use crate::ui::pages::rate::form::confidence;
use crate::ui::reactive::{If, flag, part, text};
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{day, known, number, say, t};
use crate::work::{ProcessorRow, RateRow, Request};

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
    let rows = move || found.with(|found| found.found().map(|found| found.rates.clone())).unwrap_or_default();
    let nothing = move || found.with(|found| found.found().is_some_and(|found| found.rates.is_empty()));
    let count = move || match found.with(|found| found.found().map(|found| (found.rates.len(), found.all_rates))) {
        Some((count, all)) => say(&Message::new("page.catalogue.rows").with("count", count).with("all", all)),
        None => t("page.catalogue.looking"),
    };
    view! {
        <section class="card" aria-labelledby="rates">
            <header><h2 id="rates">{t("page.catalogue.rates")}</h2><span class="note push" role="status">{text(count)}</span></header>
            <div class="scroll tall" tabindex="0" role="region" aria-labelledby="rates">
                <table class="table rates">
                    <thead><tr>
                        <th scope="col">{t("page.catalogue.family")}</th>
                        <th scope="col">{t("page.catalogue.models")}</th>
                        <th scope="col" class="n">{t("page.catalogue.sockets")}</th>
                        <th scope="col" class="n">{t("page.catalogue.rate")}</th>
                        <th scope="col">{t("page.catalogue.source")}</th>
                    </tr></thead>
                    <tbody>
                        {part(move || rows().into_iter().map(rate).map(IntoAny::into_any).collect_view())}
                    </tbody>
                </table>
            </div>
            <If when=flag(nothing)>
                <p class="nothing">{t("page.catalogue.nothing")}</p>
            </If>
        </section>
    }
}

fn rate(row: RateRow) -> impl IntoView {
    let (word, tone) = confidence(row.confidence);
    let since = row.since.map(|since| say(&Message::new("page.derivation.since").with("day", day(Some(since)))));
    view! {
        <tr>
            <th scope="row">{row.family}</th>
            <td>{row.models}</td>
            <td class="n nowrap">{row.sockets}</td>
            <td class="n strong">{row.pvu_per_core.map_or_else(|| "–".to_owned(), number)}</td>
            <td class="source-cell">
                <p class="row"><Badge tone=tone text=t(word) />{since.map(|since| view! { <span class="note">{since}</span> }).map(IntoAny::into_any)}</p>
                <details>
                    <summary>{t("page.catalogue.sources")}</summary>
                    <p class="note"><Source text=row.source /></p>
                    {(!row.note.is_empty()).then(|| view! { <p class="note">{row.note}</p> }).map(IntoAny::into_any)}
                </details>
            </td>
        </tr>
    }
}

#[component]
fn Processors(found: Signal<Outcome>) -> impl IntoView {
    let all = move || found.with(|found| found.found().map_or(0, |found| found.processors.len()));
    let columns = [
        ("page.catalogue.processor", "message"),
        ("page.catalogue.cores", "n"),
        ("page.catalogue.codename", "column"),
        ("page.catalogue.rate_it", "column"),
    ]
    .map(|(title, class)| Column { title: t(title), class })
    .to_vec();
    let cells = Callback::new(move |place: usize| {
        found.with(|found| found.found().and_then(|found| found.processors.get(place)).map(processor)).into_any()
    });
    let count = move || say(&Message::new("page.catalogue.processors_found").with("count", all()));
    view! {
        <section class="card" aria-labelledby="processors">
            <header><h2 id="processors">{t("page.catalogue.processors")}</h2><span class="note push">{text(count)}</span></header>
            {part(move || {
                // A row is drawn once for its place: a new list is a new table.
                let count = all();
                view! { <Table label=t("page.catalogue.processors") columns=columns.clone() count=Signal::stored(count) cells=cells /> }
            })}
        </section>
    }
}

fn processor(processor: &ProcessorRow) -> impl IntoView + use<> {
    let href = Route::Rate { processor: processor.name.clone(), sockets: String::new(), cores: String::new() }.href();
    let label = say(&Message::new("page.catalogue.rate_processor").with("processor", processor.name.as_str()));
    view! {
        <td class="message" title=processor.name.clone()>{processor.name.clone()}</td>
        <td class="n">{known(processor.cores.map(u64::from))}</td>
        <td class="column">{processor.codename.clone()}</td>
        <td class="column"><a href=href aria-label=label>{t("page.catalogue.rate_it")}</a></td>
    }
}

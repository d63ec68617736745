//! Catalogue: every rate with its source, since when it is known and how sure that is.

pub mod model;

use leptos::prelude::*;

use crate::browser::location;
use crate::model::message::Message;
use crate::rules::processors::{self, Processor};
use crate::rules::pvu_table::{self, PvuRow, PvuTable};
use crate::ui::components::badge::Badge;
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::components::source::Source;
use crate::ui::components::table::{Column, Table};
use crate::ui::pages::rate::form::confidence;
use crate::ui::reactive::{If, flag, part, text};
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{day, known, number, say, t};

/// How many processors a search shows.
const PROCESSORS: usize = 200;

/// The screen.
#[component]
pub fn Catalogue() -> impl IntoView {
    let shared = Shared::here();
    let given = shared
        .route
        .with_untracked(|route| if let Route::Catalogue { search } = route { search.clone() } else { String::new() });
    let search = RwSignal::new(given);
    let edition = Message::new("page.catalogue.edition").with("day", day(pvu_table::table_date()));
    view! {
        <div class="heading">
            <div>
                <h1>{t("page.catalogue.title")}</h1>
                <p class="note">{t("page.catalogue.lead")}" "{say(&edition)}</p>
            </div>
            <Search search=search />
        </div>
        <Rates search=search />
        <Processors search=search />
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
fn Rates(search: RwSignal<String>) -> impl IntoView {
    let rows = PvuTable::get().rows();
    let found = Memo::new(move |_| search.with(|search| model::found(rows, search)));
    let count =
        move || say(&Message::new("page.catalogue.rows").with("count", found.with(Vec::len)).with("all", rows.len()));
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
                        {part(move || found.get().into_iter().filter_map(|place| rows.get(place)).map(rate).collect_view())}
                    </tbody>
                </table>
            </div>
            <If when=flag(move || found.with(Vec::is_empty))>
                <p class="nothing">{t("page.catalogue.nothing")}</p>
            </If>
        </section>
    }
}

fn rate(row: &'static PvuRow) -> impl IntoView {
    let (word, tone) = confidence(row.confidence);
    let since = row.since.map(|since| say(&Message::new("page.derivation.since").with("day", day(Some(since)))));
    let family = model::family(row);
    view! {
        <tr>
            <th scope="row">{family}</th>
            <td>{row.models.clone()}</td>
            <td class="n nowrap">{row.sockets_text()}</td>
            <td class="n strong">{row.pvu_per_core.map_or_else(|| "–".to_owned(), number)}</td>
            <td class="source-cell">
                <p class="row"><Badge tone=tone text=t(word) />{since.map(|since| view! { <span class="note">{since}</span> })}</p>
                <details>
                    <summary>{t("page.catalogue.sources")}</summary>
                    <p class="note"><Source text=row.source().into_owned() /></p>
                    {(!row.note.is_empty()).then(|| view! { <p class="note">{row.note.clone()}</p> })}
                </details>
            </td>
        </tr>
    }
}

#[component]
fn Processors(search: RwSignal<String>) -> impl IntoView {
    let found = Memo::new(move |_| {
        let typed = search.get();
        if typed.trim().is_empty() {
            processors::all().iter().collect()
        } else {
            processors::suggest(&typed, PROCESSORS)
        }
    });
    let columns = [
        ("page.catalogue.processor", "message"),
        ("page.catalogue.cores", "n"),
        ("page.catalogue.codename", "column"),
        ("page.catalogue.rate_it", "column"),
    ]
    .map(|(title, class)| Column { title: t(title), class })
    .to_vec();
    let cells =
        Callback::new(move |place: usize| found.with(|found| found.get(place).map(|one| processor(one))).into_any());
    let count = move || say(&Message::new("page.catalogue.processors_found").with("count", found.with(Vec::len)));
    view! {
        <section class="card" aria-labelledby="processors">
            <header><h2 id="processors">{t("page.catalogue.processors")}</h2><span class="note push">{text(count)}</span></header>
            {part(move || {
                // A row is drawn once for its place: a new list is a new table.
                let count = found.with(Vec::len);
                view! { <Table label=t("page.catalogue.processors") columns=columns.clone() count=Signal::stored(count) cells=cells /> }
            })}
        </section>
    }
}

fn processor(processor: &'static Processor) -> impl IntoView {
    let href = Route::Rate { processor: processor.name.clone(), sockets: String::new(), cores: String::new() }.href();
    let label = say(&Message::new("page.catalogue.rate_processor").with("processor", processor.name.as_str()));
    view! {
        <td class="message" title=processor.name.clone()>{processor.name.clone()}</td>
        <td class="n">{known(processor.cores.map(u64::from))}</td>
        <td class="column">{processor.codename.clone()}</td>
        <td class="column"><a href=href aria-label=label>{t("page.catalogue.rate_it")}</a></td>
    }
}

//! Entitlements: what is owned, proof by proof, and what each grants.

pub mod add;

use leptos::prelude::*;

use crate::edit::command::Command;
use crate::model::message::Message;
use crate::model::workspace::List;
use crate::ui::asked::asked;
use crate::ui::components::empty::Empty;
use crate::ui::components::file_button::FileButton;
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::components::listing::{plain, written};
use crate::ui::components::table::{Column, Table};
use crate::ui::dispatch::Dispatch;
use crate::ui::pages::position::issues::Issues;
use crate::ui::reactive::{If, part, text};
use crate::ui::state::Shared;
use crate::ui::words::{say, t};
use crate::work::Request;
use crate::work::cell::Cells;

/// The columns: key of the header, and class of the cells.
const COLUMNS: [(&str, &str); 9] = [
    ("page.entitlements.part", "tag"),
    ("page.products.product", "message"),
    ("page.products.metric", "tag"),
    ("page.entitlements.quantity", "n"),
    ("page.entitlements.units", "n"),
    ("page.entitlements.standing", "tag"),
    ("page.entitlements.ss_end", "tag"),
    ("page.entitlements.poe", "tag"),
    ("page.entitlements.remove", "narrow"),
];

/// The screen.
#[component]
pub fn Entitlements() -> impl IntoView {
    let shared = Shared::here();
    let any = Memo::new(move |_| shared.workspace(|workspace| workspace.lines_of(List::Entitlements) > 0));
    view! {
        <div class="heading">
            <div>
                <h1>{t("page.entitlements.title")}</h1>
                <p class="note">{t("page.entitlements.lead")}</p>
            </div>
            <If when=any>
                <div class="row no-print"><FileButton label=t("page.entitlements.add_file") /></div>
            </If>
        </div>
        {part(move || if any.get() { view! { <Lines /> }.into_any() } else { view! { <Nothing /> }.into_any() })}
        <add::AddForm />
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <Empty glyph=Glyph::Entitlements title=t("page.entitlements.empty") text=t("page.entitlements.empty_text")>
            <FileButton label=t("page.start.choose") primary=true />
            <a class="button" href="examples/entitlements-template.csv" download="entitlements-template.csv">
                {t("page.entitlements.template")}
            </a>
        </Empty>
    }
}

#[component]
fn Lines() -> impl IntoView {
    let shared = Shared::here();
    let revision = Memo::new(move |_| shared.workspace(|workspace| workspace.revision));
    let found = asked(move || {
        // A memo that is only tracked is never computed, and never changes.
        let _ = revision.get();
        Some(Request::Entitlements)
    });
    let all = move || found.with(|found| found.ledger().map_or(0, <[Cells]>::len));
    let columns = COLUMNS.map(|(key, class)| Column { title: t(key), class }).to_vec();
    let cells = Callback::new(move |place: usize| {
        found.with(|found| found.ledger()?.get(place).map(|cells| row(place, cells))).into_any()
    });
    let count = move || say(&Message::new("page.entitlements.count").with("count", all()));
    view! {
        <section class="card" aria-labelledby="ledger">
            <header>
                <h2 id="ledger">{t("page.entitlements.ledger")}</h2>
                <span class="note push" role="status">{text(count)}</span>
            </header>
            {part(move || {
                let count = all();
                view! { <Table label=t("page.entitlements.ledger") columns=columns.clone() count=Signal::stored(count) cells=cells /> }
            })}
        </section>
        <Issues of=|open| &open.position.issues />
    }
}

fn row(place: usize, cells: &Cells) -> impl IntoView + use<> {
    let dispatch = Dispatch::here();
    let about: Vec<String> = cells.iter().take(2).map(plain).collect();
    let remove = say(&Message::new("page.entitlements.remove_line").with("line", about.join(" ").trim()));
    let cells = cells.iter().zip(COLUMNS).map(|(cell, (_, class))| {
        view! { <td class=class title=plain(cell)>{written(cell)}</td> }
    });
    view! {
        {cells.map(IntoAny::into_any).collect_view()}
        <td class="narrow">
            <button type="button" class="plain-button" aria-label=remove.clone() title=remove
                on:click=move |_| dispatch.edit(Command::RemoveLines { list: List::Entitlements, places: vec![place] })>
                <Icon glyph=Glyph::Delete />
            </button>
        </td>
    }
}

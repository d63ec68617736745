//! Bundles: what components use of bundles and Cloud Paks, each by the ratio of its licence text.

use leptos::prelude::*;

use crate::model::message::Message;
use crate::model::workspace::List;
use crate::ui::asked::asked_of_workspace;
use crate::ui::components::icon::Glyph;
use crate::ui::components::lead::{Beginning, Lead};
use crate::ui::components::listing::{Head, listing};
use crate::ui::components::notes::Notes;
use crate::ui::components::sheets::Sheets;
use crate::ui::reactive::{flag, part};
use crate::ui::state::Shared;
use crate::ui::words::{say, t};
use crate::work::{BundleRow, BundlesView, Request, Response};

const COMPONENTS: [Head; 7] = [
    ("page.bundles.component", ""),
    ("page.bundles.environment", ""),
    ("page.products.metric", ""),
    ("page.entitlements.quantity", "n"),
    ("page.bundles.ratio", "n"),
    ("page.bundles.contribution", "n strong"),
    ("page.bundles.source", "note"),
];

const WORDS: Beginning = Beginning {
    title: "page.bundles.title",
    lead: "page.bundles.lead",
    add: "page.bundles.add_file",
    glyph: Glyph::Bundle,
    empty: "page.bundles.empty",
    empty_text: "page.bundles.empty_text",
    template: "page.bundles.template",
    file: "bundle-parts-template.csv",
};

/// The screen.
#[component]
pub fn Bundles() -> impl IntoView {
    let shared = Shared::here();
    let listed = move || shared.workspace(|workspace| workspace.lines_of(List::BundleParts) > 0);
    let reported = move || shared.assessment(|assessment| assessment.cloud_paks.iter().any(|pak| pak.bundle.is_some()));
    let found = asked_of_workspace(|| Request::Bundles);
    view! {
        <Lead words=&WORDS any=flag(move || listed() || reported()) />
        {part(move || {
            found.with(|found| match found.response() {
                Some(Response::Bundles(seen)) => Some(view(seen)),
                _ => None,
            })
        })}
        <Sheets lists=&[List::BundleParts] />
    }
}

fn view(seen: &BundlesView) -> impl IntoView + use<> {
    view! {
        {seen.bundles.iter().map(bundle).map(IntoAny::into_any).collect_view()}
        <Notes issues=seen.issues.clone() />
        {(!seen.bundles.is_empty()).then(|| view! { <p class="note fine">{t("page.bundles.fine_print")}</p> })}
    }
}

fn bundle(one: &BundleRow) -> impl IntoView + use<> {
    let title = [one.bundle.as_str(), one.version.as_deref().unwrap_or_default()].join(" ");
    let total = say(&Message::new("page.bundles.total").with("total", one.total).with("unit", one.unit.as_str()));
    let open_shift = one.open_shift.map(|cores| say(&Message::new("page.bundles.open_shift").with("cores", cores)));
    view! {
        <section class="card">
            <header>
                <h2>{title.clone()}</h2>
                <span class="badge">{total}</span>
                <span class="note push">{open_shift}</span>
            </header>
            {listing(title, &COMPONENTS, one.components.clone())}
        </section>
    }
}

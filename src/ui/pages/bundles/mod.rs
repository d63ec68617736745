//! Bundles: what components use of bundles and Cloud Paks, each by the ratio of its licence text.

use leptos::prelude::*;

use crate::model::message::Message;
use crate::model::workspace::List;
use crate::ui::asked::asked;
use crate::ui::components::empty::Empty;
use crate::ui::components::file_button::FileButton;
use crate::ui::components::icon::Glyph;
use crate::ui::components::listing::{Head, listing};
use crate::ui::pages::volume::{Clear, Notes};
use crate::ui::reactive::{If, part};
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

/// The screen.
#[component]
pub fn Bundles() -> impl IntoView {
    let shared = Shared::here();
    let listed = Memo::new(move |_| shared.workspace(|workspace| workspace.lines_of(List::BundleParts) > 0));
    let reported = move || shared.assessment(|assessment| assessment.cloud_paks.iter().any(|pak| pak.bundle.is_some()));
    let any = Memo::new(move |_| listed.get() || reported());
    view! {
        <div class="heading">
            <div>
                <h1>{t("page.bundles.title")}</h1>
                <p class="note">{t("page.bundles.lead")}</p>
            </div>
            <If when=listed>
                <div class="row no-print"><FileButton label=t("page.bundles.add_file") /><Clear list=List::BundleParts /></div>
            </If>
        </div>
        {part(move || if any.get() { view! { <Content /> }.into_any() } else { view! { <Nothing /> }.into_any() })}
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <Empty glyph=Glyph::Bundle title=t("page.bundles.empty") text=t("page.bundles.empty_text")>
            <FileButton label=t("page.start.choose") primary=true />
            <a class="button" href="examples/bundle-parts-template.csv" download="bundle-parts-template.csv">{t("page.bundles.template")}</a>
        </Empty>
    }
}

#[component]
fn Content() -> impl IntoView {
    let shared = Shared::here();
    let revision = Memo::new(move |_| shared.workspace(|workspace| workspace.revision));
    let found = asked(move || {
        let _ = revision.get();
        Some(Request::Bundles)
    });
    part(move || {
        found.with(|found| match found.response() {
            Some(Response::Bundles(seen)) => Some(view(seen)),
            _ => None,
        })
    })
}

fn view(seen: &BundlesView) -> impl IntoView + use<> {
    view! {
        {seen.bundles.iter().map(bundle).map(IntoAny::into_any).collect_view()}
        <Notes issues=seen.issues.clone() />
        <p class="note fine">{t("page.bundles.fine_print")}</p>
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

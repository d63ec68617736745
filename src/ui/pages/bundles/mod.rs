//! Bundles: what components use of bundles and Cloud Paks, each by the ratio of its licence text.

use leptos::prelude::*;

use crate::edit::command::Command;
use crate::model::bundle::{BundleTerms, Rounding};
use crate::model::workspace::List;
use crate::ui::components::icon::Glyph;
use crate::ui::components::lead::{Beginning, Lead};
use crate::ui::components::notes::Notes;
use crate::ui::components::sections::sections;
use crate::ui::components::sheets::Sheets;
use crate::ui::dispatch::Dispatch;
use crate::ui::query::workspace_query;
use crate::ui::reactive::{flag, part};
use crate::ui::state::Shared;
use crate::ui::words::t;
use crate::work::{BundlesView, Request, Response};

/// The lists of the screen.
const LISTS: &[List] = &[List::BundleParts, List::Supported, List::Flexible, List::Clusters, List::RedHat];

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
    let listed = move || shared.workspace(|workspace| LISTS.iter().any(|list| workspace.lines_of(*list) > 0));
    let reported = move || shared.assessment(|assessment| assessment.cloud_paks.iter().any(|pak| pak.bundle.is_some()));
    let found = workspace_query(|| Request::Bundles);
    view! {
        <Lead words=&WORDS any=flag(move || listed() || reported()) />
        {part(move || {
            found.with(|found| match found.response() {
                Some(Response::Bundles(seen)) => Some(view(seen)),
                _ => None,
            })
        })}
        <Sheets lists=LISTS />
    }
}

fn view(seen: &BundlesView) -> impl IntoView + use<> {
    view! {
        <TermsForm terms=seen.terms />
        {sections(&seen.sections)}
        <Notes issues=seen.issues.clone() />
        {(!seen.sections.is_empty()).then(|| view! { <p class="note fine">{t("page.bundles.fine_print")}</p> })}
    }
}

/// Where contributions are rounded up, and what a core pair stands for.
#[component]
fn TermsForm(terms: BundleTerms) -> impl IntoView {
    let dispatch = Dispatch::here();
    let rounding = move |text: String| {
        let rounding = Rounding::parse(&text).unwrap_or_default();
        dispatch.edit(Command::SetBundleTerms(BundleTerms { rounding, ..terms }));
    };
    let pair = move |text: String| {
        dispatch.edit(Command::SetBundleTerms(BundleTerms { cores_per_core_pair: text.trim().parse().ok(), ..terms }));
    };
    let option = |index: Rounding| {
        let word = t(match index {
            Rounding::Each => "page.bundles.rounding_each",
            Rounding::Once => "page.bundles.rounding_once",
        });
        view! { <option value=index.name() selected=index == terms.rounding>{word}</option> }
    };
    let given = terms.cores_per_core_pair.map(|cores| cores.to_string()).unwrap_or_default();
    view! {
        <div class="period row no-print">
            <label class="inline-field">
                <span>{t("page.bundles.rounding")}</span>
                <select on:change:target=move |event| rounding(event.target().value())>{Rounding::ALL.map(option)}</select>
            </label>
            <label class="inline-field">
                <span>{t("page.bundles.core_pair")}</span>
                <input type="text" inputmode="numeric" size="4" maxlength="4" prop:value=given on:change:target=move |event| pair(event.target().value()) />
            </label>
        </div>
    }
}

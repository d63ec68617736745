//! Cloud Paks as ILMT reports them.

use leptos::prelude::*;

use crate::model::assessment::CloudPakUse;
use crate::ui::components::listing::listing;
use crate::ui::reactive::{If, flag, part};
use crate::ui::state::Shared;
use crate::ui::words::t;
use crate::work::Question;
use crate::work::cell::{Cell, CellRow};

const COLUMNS: [(&str, &str); 6] = [
    ("page.products.product", ""),
    ("page.paks.bundle", ""),
    ("page.products.metric", ""),
    ("page.paks.quantity", "n"),
    ("page.paks.contribution", "n"),
    ("page.products.peak_on", "n nowrap"),
];

/// The table of Cloud Paks, where there are any.
#[component]
pub fn CloudPaks() -> impl IntoView {
    let shared = Shared::here();
    let rows = move || shared.assessment(|assessment| assessment.cloud_paks.iter().map(row).collect::<Vec<_>>());
    view! {
        <If when=flag(move || !rows().is_empty())>
            <section class="card" aria-labelledby="paks">
                <header><h2 id="paks">{t("page.paks.title")}</h2><span class="note">{t("page.paks.text")}</span></header>
                {part(move || listing(t("page.paks.title"), &COLUMNS.map(|(key, class)| (t(key), class)), rows()))}
            </section>
        </If>
    }
}

fn row(pak: &CloudPakUse) -> CellRow {
    let bundle = pak.bundle.as_deref().unwrap_or_default();
    let (product, file) = (pak.product.clone(), pak.file.clone());
    let quantity = Cell::Figure(Some(pak.quantity.into()), Question::Reported { product, file, row: pak.row });
    vec![
        pak.product.as_str().into(),
        bundle.into(),
        pak.metric.as_str().into(),
        quantity,
        pak.contribution.into(),
        pak.peak_on.into(),
    ]
}

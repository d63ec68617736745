//! Cloud Paks as ILMT reports them.

use leptos::prelude::*;

use crate::model::assessment::CloudPakUse;
use crate::ui::reactive::{If, flag, part};
use crate::ui::state::Shared;
use crate::ui::words::{day, number, t};

/// The table of Cloud Paks, where there are any.
#[component]
pub fn CloudPaks() -> impl IntoView {
    let shared = Shared::here();
    let paks = Memo::new(move |_| shared.assessment.with(|assessment| assessment.cloud_paks.clone()));
    let row = |pak: CloudPakUse| {
        view! {
            <tr>
                <th scope="row" class:part=pak.bundle.is_some()>{pak.product}</th>
                <td>{pak.bundle.unwrap_or_default()}</td>
                <td>{pak.metric}</td>
                <td class="n">{number(pak.quantity)}</td>
                <td class="n">{pak.contribution.map_or_else(|| "–".to_owned(), number)}</td>
                <td class="n nowrap">{day(pak.peak_on)}</td>
            </tr>
        }
    };
    view! {
        <If when=flag(move || !paks.with(Vec::is_empty))>
            <section class="card" aria-labelledby="paks">
                <header><h2 id="paks">{t("page.paks.title")}</h2><span class="note">{t("page.paks.text")}</span></header>
                <div class="scroll" tabindex="0" role="region" aria-labelledby="paks">
                    <table class="table">
                        <thead><tr>
                            <th scope="col">{t("page.products.product")}</th>
                            <th scope="col">{t("page.paks.bundle")}</th>
                            <th scope="col">{t("page.products.metric")}</th>
                            <th scope="col" class="n">{t("page.paks.quantity")}</th>
                            <th scope="col" class="n">{t("page.paks.contribution")}</th>
                            <th scope="col" class="n">{t("page.products.peak_on")}</th>
                        </tr></thead>
                        <tbody>{part(move || paks.get().into_iter().map(row).collect_view())}</tbody>
                    </table>
                </div>
            </section>
        </If>
    }
}

//! What is owned beyond the products that are needed: shelfware, Cloud Paks, and what the files cannot measure.

use leptos::prelude::*;

use super::model;
use super::products::{balance, beside, covered_by, reasons, unbundled};
use crate::model::position::ProductPosition;
use crate::model::screen::Screen;
use crate::ui::components::figure::Figure;
use crate::ui::reactive::{If, flag, part};
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{known, number, t};
use crate::work::{Quantity, Question};

/// The table of what is owned beyond the products above, where there is any.
#[component]
pub fn Owned() -> impl IntoView {
    let shared = Shared::here();
    let beyond = move || shared.open.with(|open| model::beyond(&open.position, &open.assessment));
    let row = |one: ProductPosition| {
        let ask = |quantity| Question::Product { product: one.product.clone(), metric: one.metric.clone(), quantity };
        view! {
            <tr>
                <th scope="row">{one.product.clone()}{covered_by(Some(&one))}</th>
                <td>{one.metric.clone()}</td>
                <td class="n"><Figure question=ask(Quantity::Entitled) text=number(one.entitled) />{beside(Some(&one))}</td>
                <td class="n"><Figure question=ask(Quantity::SubCapacity) text=known(one.needed.and_then(|needed| needed.sub_capacity)) /></td>
                <td class="n">{balance(one.balance(), ask(Quantity::Balance))}{reasons(Some(&one))}{unbundled(Some(&one), ask(Quantity::Unbundled))}</td>
            </tr>
        }
    };
    view! {
        <If when=flag(move || !beyond().is_empty())>
            <section class="card" aria-labelledby="owned">
                <header><h2 id="owned">{t("page.owned.title")}</h2><span class="note">{t("page.owned.text")}</span></header>
                <div class="scroll" tabindex="0" role="region" aria-labelledby="owned">
                    <table class="table">
                        <thead><tr>
                            <th scope="col">{t("page.products.product")}</th>
                            <th scope="col">{t("page.products.metric")}</th>
                            <th scope="col" class="n">{t("page.products.entitled")}</th>
                            <th scope="col" class="n">{t("page.owned.needed")}</th>
                            <th scope="col" class="n">{t("page.products.balance")}</th>
                        </tr></thead>
                        <tbody>{part(move || beyond().into_iter().map(row).map(IntoAny::into_any).collect_view())}</tbody>
                    </table>
                </div>
                <p class="note padded"><a href=Route::to(Screen::Entitlements).href()>{t("page.owned.alias")}</a></p>
            </section>
        </If>
    }
}

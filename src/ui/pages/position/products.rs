//! The products: one row each, its regions below it when asked for.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::model::{self, ProductStatus};
use crate::model::assessment::{Assessment, ProductDemand};
use crate::model::message::Message;
use crate::model::position::{Position, ProductPosition};
use crate::ui::components::badge::{Badge, Tone};
use crate::ui::components::figure::Figure;
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::pages::rate::add::region_name;
use crate::ui::reactive::{If, flag, part, text, truth};
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{day, known, number, say, t};
use crate::work::{Quantity, Question};

/// Which columns have anything to show.
#[derive(Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column that is there or not")]
struct ShownColumns {
    reported: bool,
    recoverable: bool,
    status: bool,
    rights: bool,
}

impl ShownColumns {
    fn of(assessment: &Assessment, position: &Position) -> Self {
        Self {
            reported: model::any(assessment, |one| one.reported.is_some()),
            recoverable: model::any(assessment, |one| one.recoverable.is_some()),
            status: model::any(assessment, |one| {
                model::standing(one) != ProductStatus::Counted || !one.excluded.is_empty()
            }),
            rights: !position.products.is_empty(),
        }
    }

    fn count(self) -> usize {
        let of_rights = if self.rights { 3 } else { 0 };
        let others = [self.reported, self.recoverable, self.status].into_iter().map(usize::from);
        others.fold(7, usize::saturating_add).saturating_add(of_rights)
    }
}

/// The table of products.
#[component]
pub fn Products() -> impl IntoView {
    let shared = Shared::here();
    let count =
        move || shared.assessment(|assessment| number(u64::try_from(assessment.products.len()).unwrap_or(u64::MAX)));
    view! {
        <section class="card" aria-labelledby="products">
            <header>
                <h2 id="products">{t("page.products.title")}</h2>
                <span class="badge">{text(count)}</span>
                <span class="legend push">
                    <span class="pair small" aria-hidden="true"><i></i></span>{t("page.products.legend")}
                </span>
            </header>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="products">
                {part(move || shared.open.with(|open| table(&open.assessment, &open.position)))}
            </div>
        </section>
    }
}

fn table(assessment: &Assessment, position: &Position) -> impl IntoView + use<> {
    let columns = ShownColumns::of(assessment, position);
    let each = |product: &ProductDemand| rows(product.clone(), model::owned(position, product).cloned(), columns);
    view! {
        <table class="table products">
            <thead>
                <tr>
                    <th scope="col">{t("page.products.product")}</th>
                    <th scope="col">{t("page.products.metric")}</th>
                    <th scope="col" class="n">{t("page.products.full_capacity")}</th>
                    <th scope="col" class="n">{t("page.products.sub_capacity")}</th>
                    <th scope="col" class="bar-cell"><span class="unseen">{t("page.products.share")}</span></th>
                    <th scope="col" class="n">{t("page.products.peak_on")}</th>
                    {columns.rights.then(|| view! {
                        <th scope="col" class="n">{t("page.products.entitled")}</th>
                        <th scope="col" class="n">{t("page.products.balance")}</th>
                        <th scope="col" class="n">{t("page.products.full_balance")}</th>
                    }).map(IntoAny::into_any)}
                    {columns.reported.then(|| view! { <th scope="col" class="n">{t("page.products.reported")}</th> }).map(IntoAny::into_any)}
                    {columns.recoverable.then(|| view! { <th scope="col" class="n">{t("page.products.recoverable")}</th> }).map(IntoAny::into_any)}
                    {columns.status.then(|| view! { <th scope="col">{t("page.products.status")}</th> }).map(IntoAny::into_any)}
                    <th scope="col"><span class="unseen">{t("page.products.more")}</span></th>
                </tr>
            </thead>
            <tbody>{assessment.products.iter().map(each).map(IntoAny::into_any).collect_view()}</tbody>
        </table>
    }
}

/// The row of a product, and what opens below it.
fn rows(product: ProductDemand, owned: Option<ProductPosition>, columns: ShownColumns) -> impl IntoView {
    let shared = Shared::here();
    let open = RwSignal::new(false);
    let metric = product.metric.name();
    let ask = |quantity| Question::Product { product: product.product.clone(), metric: metric.to_owned(), quantity };
    let name = product.product.clone();
    let chosen = move || {
        let question = shared.route.with(Route::question);
        matches!(question, Some(Question::Product { product, metric: counted, .. }) if product == name && counted == metric)
    };
    let share = model::share(&product);
    let excluded = model::standing(&product) == ProductStatus::Excluded;
    let details = StoredValue::new(product.clone());
    let expand = say(&Message::new("page.products.expand").with("product", product.product.as_str()));
    view! {
        <tr class:on=flag(chosen) class:excluded=excluded>
            <th scope="row">{product.product.clone()}{covered_by(owned.as_ref())}</th>
            <td>{metric}</td>
            <td class="n"><Figure question=ask(Quantity::FullCapacity) text=known(product.full_capacity) /></td>
            <td class="n strong"><Figure question=ask(Quantity::SubCapacity) text=known(product.sub_capacity) /></td>
            <td class="bar-cell"><Pair share=share /></td>
            <td class="n nowrap">{day(product.peak_on)}</td>
            {columns.rights.then(|| view! {
                <td class="n">{owned.as_ref().map(|owned| view! { <Figure question=ask(Quantity::Entitled) text=number(owned.entitled) /> }).map(IntoAny::into_any)}{beside(owned.as_ref())}</td>
                <td class="n strong">
                    {balance(owned.as_ref().and_then(ProductPosition::balance), ask(Quantity::Balance))}
                    {reasons(owned.as_ref())}
                    {unbundled(owned.as_ref(), ask(Quantity::Unbundled))}
                </td>
                <td class="n">{balance(owned.as_ref().and_then(ProductPosition::full_balance), ask(Quantity::FullBalance))}</td>
            }).map(IntoAny::into_any)}
            {columns.reported.then(|| view! { <td class="n">{product.reported.map_or_else(|| "–".to_owned(), number)}</td> }).map(IntoAny::into_any)}
            {columns.recoverable.then(|| view! { <td class="n">{recoverable(&product, ask(Quantity::Recoverable))}</td> }).map(IntoAny::into_any)}
            {columns.status.then(|| view! { <td>{status(&product, ask(Quantity::Difference))}</td> }).map(IntoAny::into_any)}
            <td class="n">
                <button type="button" class="plain-button turn" aria-label=expand
                    aria-expanded=truth(move || open.get()) on:click=move |_| open.update(|open| *open = !*open)>
                    <Icon glyph=Glyph::Onward />
                </button>
            </td>
        </tr>
        <If when=open>
            <tr class="below"><td colspan=columns.count().to_string()>{details.with_value(below)}</td></tr>
        </If>
    }
}

/// A balance that explains itself; one that is not known says why.
pub fn balance(balance: Option<Decimal>, question: Question) -> AnyView {
    let Some(balance) = balance else {
        return view! { <Figure question=question text=t("page.not_known") /> }.into_any();
    };
    let short = balance < Decimal::ZERO;
    view! { <span class=if short { "short" } else { "over" }><Figure question=question text=say(&model::balance(balance)) /></span> }.into_any()
}

/// What covers a product, so that it needs nothing of its own.
pub fn covered_by(owned: Option<&ProductPosition>) -> Option<AnyView> {
    let cover = owned?.covered_by.as_ref()?;
    let text = say(&Message::new("page.products.covered_by").with("principal", cover.name.as_str()));
    Some(view! { <small class="note">{text}</small> }.into_any())
}

/// Why it is not known what a product needs.
pub fn reasons(owned: Option<&ProductPosition>) -> Option<AnyView> {
    let said: Vec<String> = owned?.reasons.iter().map(say).collect();
    (!said.is_empty()).then(|| view! { <small class="note">{said.join(" ")}</small> }.into_any())
}

/// What is to be known of what is owned: rights for other platforms, those not for productive use, and support that
/// nothing states.
pub fn beside(owned: Option<&ProductPosition>) -> Option<AnyView> {
    let owned = owned?;
    let aside = owned.needed.map_or(Decimal::ZERO, |needed| owned.left_aside(needed, false));
    let facts = [
        ("page.products.other_platform", aside),
        ("page.products.non_production", owned.non_production),
        ("page.products.support_not_stated", owned.support_not_stated),
    ];
    let said = facts.into_iter().filter(|(_, quantity)| !quantity.is_zero());
    let texts: Vec<String> = said.map(|(key, quantity)| say(&Message::new(key).with("quantity", quantity))).collect();
    (!texts.is_empty()).then(|| view! { <small class="note">{texts.join(" ")}</small> }.into_any())
}

/// The balance if nothing were covered, where that differs.
pub fn unbundled(owned: Option<&ProductPosition>, question: Question) -> Option<AnyView> {
    let owned = owned?;
    let value = owned.unbundled_balance()?;
    // What lies between the auditor's reading and the buyer's.
    let more = owned.balance().map_or_else(String::new, |balance| {
        say(&Message::new("page.products.unbundled_difference").with("difference", value.saturating_sub(balance)))
    });
    let text = t("page.products.unbundled");
    Some(view! { <small class="note">{text}" "{balance(Some(value), question)}" "{more}</small> }.into_any())
}

/// Sub-capacity within full capacity.
#[component]
fn Pair(share: Option<u64>) -> impl IntoView {
    let label = share.map(|share| say(&Message::new("page.products.share_of").with("share", share)));
    view! {
        <span class="pair" class:none=share.is_none() title=label.clone()>
            {share.map(|share| view! { <i style:inline-size=format!("{share}%")></i> }).map(IntoAny::into_any)}
            <span class="unseen">{label.clone()}</span>
        </span>
    }
}

fn recoverable(product: &ProductDemand, question: Question) -> impl IntoView + use<> {
    product.recoverable.map(|part| {
        let key = if part.low == 0 { "page.tiles.up_to" } else { "page.tiles.range" };
        let text = say(&Message::new(key).with("low", part.low).with("high", part.high));
        let best = model::best(product).map(|best| say(&Message::new("page.products.best").with("best", best)));
        view! {
            <Figure question=question text=text />
            {best.map(|best| view! { <small class="note">{best}</small> }).map(IntoAny::into_any)}
        }
    })
}

fn status(product: &ProductDemand, question: Question) -> AnyView {
    let badge = |tone, key| view! { <Badge tone=tone text=t(key) /> }.into_any();
    match model::standing(product) {
        ProductStatus::Excluded => badge(Tone::Plain, "page.standing.excluded"),
        ProductStatus::Unknown => badge(Tone::Bad, "page.standing.unknown"),
        ProductStatus::Agrees => badge(Tone::Good, "page.standing.agrees"),
        ProductStatus::Counted if product.excluded.is_empty() => ().into_any(),
        ProductStatus::Counted => {
            let text = say(&Message::new("page.standing.excluded_rows").with("count", product.excluded.len()));
            view! { <Badge text=text /> }.into_any()
        }
        ProductStatus::Differs(difference) => {
            let sign = if difference > 0 { "+" } else { "" };
            let text =
                say(&Message::new("page.standing.differs").with("difference", format!("{sign}{}", number(difference))));
            view! { <Figure question=question text=text /> }.into_any()
        }
    }
}

/// Regions, reasons and excluded rows of a product.
fn below(product: &ProductDemand) -> impl IntoView + use<> {
    let region = |part: &crate::model::assessment::RegionDemand| {
        view! {
            <tr>
                <th scope="row">{region_name(part.region)}</th>
                <td class="n">{known(part.full_capacity)}</td>
                <td class="n">{day(part.full_peak_on)}</td>
                <td class="n strong">{known(part.sub_capacity)}</td>
                <td class="n">{day(part.peak_on)}</td>
            </tr>
        }
    };
    let sentence = |message: Message| view! { <li>{say(&message)}</li> };
    let excluded = product.excluded.iter().map(|row| {
        Message::new("page.products.excluded_row")
            .with("file", row.file.as_str())
            .with("row", row.row.to_string())
            .with("reason", row.reason.as_str())
    });
    let notes: Vec<Message> = product
        .basis
        .iter()
        .filter_map(|basis| model::basis(*basis))
        .chain(model::at_stake(product))
        .chain(product.reasons.clone())
        .chain(excluded)
        .collect();
    view! {
        <table class="table inner">
            <thead><tr>
                <th scope="col">{t("page.products.region")}</th>
                <th scope="col" class="n">{t("page.products.full_capacity")}</th>
                <th scope="col" class="n">{t("page.products.peak_on")}</th>
                <th scope="col" class="n">{t("page.products.sub_capacity")}</th>
                <th scope="col" class="n">{t("page.products.peak_on")}</th>
            </tr></thead>
            <tbody>{product.regions.iter().map(region).map(IntoAny::into_any).collect_view()}</tbody>
        </table>
        {(!notes.is_empty()).then(|| view! { <ul class="notes">{notes.into_iter().map(sentence).map(IntoAny::into_any).collect_view()}</ul> }).map(IntoAny::into_any)}
    }
}

//! The headline: four numbers.

use leptos::prelude::*;

use super::model::{self, Headline, Total};
use crate::model::message::Message;
use crate::ui::reactive::part;
use crate::ui::state::Shared;
use crate::ui::words::{number, say, t};

/// The tiles above the products.
#[component]
pub fn Tiles() -> impl IntoView {
    let shared = Shared::here();
    part(move || {
        shared.assessment(|assessment| {
            let headlines = model::headlines(assessment);
            let regions = model::regions(assessment).len();
            let main = headlines.first().copied();
            let others = headlines.get(1..).unwrap_or_default().to_vec();
            let products = Message::new("page.tiles.products").with("count", assessment.products.len());
            let indices = Message::new("page.tiles.regions").with("count", regions);
            let about = format!("{}, {}", say(&products), say(&indices));
            view! {
                <section class="tiles" aria-label=t("page.tiles.label")>
                    {main.map(|headline| view! { <Sub headline=headline about=about others=others.clone() /> }).map(IntoAny::into_any)}
                    {main.map(|headline| view! { <Full headline=headline others=others /> }).map(IntoAny::into_any)}
                    <Recoverable parts=model::recoverable(assessment) />
                    <Agreement counts=model::agreement(assessment) />
                </section>
            }
        })
    })
}

#[component]
fn Sub(headline: Headline, about: String, others: Vec<Headline>) -> impl IntoView {
    view! {
        <div class="tile head">
            <h2>{t("page.tiles.sub_capacity")}</h2>
            <Amount total=headline.sub_capacity unit=headline.metric.name() />
            <Others of=others quantity=|one| one.sub_capacity />
            <p>{about}</p>
        </div>
    }
}

#[component]
fn Full(headline: Headline, others: Vec<Headline>) -> impl IntoView {
    let times = model::times(&headline).map(|tenths| {
        let times = rust_decimal::Decimal::new(i64::try_from(tenths).unwrap_or_default(), 1);
        say(&Message::new("page.tiles.times").with("times", times))
    });
    view! {
        <div class="tile">
            <h2>{t("page.tiles.full_capacity")}</h2>
            <Amount total=headline.full_capacity unit=headline.metric.name() />
            <Others of=others quantity=|one| one.full_capacity />
            <p>{times}</p>
        </div>
    }
}

/// A total with its unit; what is not known is said beside it.
#[component]
fn Amount(total: Total, unit: &'static str) -> impl IntoView {
    let unknown = (total.unknown > 0).then(|| say(&Message::new("page.tiles.unknown").with("count", total.unknown)));
    let least = (unknown.is_some() && !total.is_unknown()).then(|| t("page.tiles.at_least"));
    view! {
        <p class="amount">
            {least.map(|least| view! { <span class="unit">{least}" "</span> }).map(IntoAny::into_any)}
            <b>{amount(total)}</b>" "<span class="unit">{unit}</span>
        </p>
        {unknown.map(|unknown| view! { <p class="unknown">{unknown}</p> }).map(IntoAny::into_any)}
    }
}

/// What is known of a total.
fn amount(total: Total) -> String {
    if total.is_unknown() { t("page.not_known") } else { number(total.known) }
}

/// The totals of further metrics.
#[component]
fn Others(of: Vec<Headline>, quantity: fn(&Headline) -> Total) -> impl IntoView {
    let each: Vec<String> =
        of.iter().map(|one| format!("{} {}", of_others(quantity(one)), one.metric.name())).collect();
    (!each.is_empty()).then(|| view! { <p class="others">"+ "{each.join(" + ")}</p> }).map(IntoAny::into_any)
}

/// A total in a line with others: what is not known of it is said beside it.
fn of_others(total: Total) -> String {
    if total.is_unknown() || total.unknown == 0 {
        return amount(total);
    }
    format!("{} {}", t("page.tiles.at_least"), number(total.known))
}

#[component]
fn Recoverable(parts: Option<(u64, u64, u64)>) -> impl IntoView {
    let (amount, text) = match parts {
        Some((low, high, at_stake)) => {
            let amount = if low == high {
                Message::new("page.tiles.exactly").with("high", high)
            } else if low == 0 {
                Message::new("page.tiles.up_to").with("high", high)
            } else {
                Message::new("page.tiles.range").with("low", low).with("high", high)
            };
            (say(&amount), say(&Message::new("page.tiles.at_stake").with("at_stake", at_stake)))
        }
        None => (t("page.tiles.nothing"), t("page.tiles.hosts_known")),
    };
    view! {
        <div class="tile">
            <h2>{t("page.tiles.recoverable")}</h2>
            <p class="amount"><b>{amount}</b>{parts.map(|_| view! { " "<span class="unit">"PVU"</span> }).map(IntoAny::into_any)}</p>
            <p>{text}</p>
        </div>
    }
}

#[component]
fn Agreement(counts: Option<(usize, usize)>) -> impl IntoView {
    let (amount, text) = match counts {
        Some((agreed, all)) => {
            let amount = say(&Message::new("page.tiles.of").with("agreed", agreed).with("all", all));
            let text = if agreed == all { "page.tiles.agree" } else { "page.tiles.disagree" };
            (amount, t(text))
        }
        None => ("–".to_owned(), t("page.tiles.not_reported")),
    };
    view! {
        <div class="tile">
            <h2>{t("page.tiles.against_ilmt")}</h2>
            <p class="amount"><b>{amount}</b></p>
            <p>{text}</p>
        </div>
    }
}

//! What the table that waits would change of the position.

use leptos::prelude::*;

use super::read;
use crate::model::message::Message;
use crate::model::position::BalanceState;
use crate::ui::markup::{escaped, signed, state};
use crate::ui::reactive::{If, flag};
use crate::ui::state::Shared;
use crate::ui::words::{say, t};
use crate::work::import_effect::{BalanceChange, ImportEffect};

/// The products whose balances would be other ones; nothing where there are none.
#[component]
pub fn Effect() -> impl IntoView {
    let shared = Shared::here();
    let is_any = flag(move || {
        shared.open.with(|open| open.mapping.as_ref().is_some_and(|mapped| !mapped.effect.changes.is_empty()))
    });
    view! {
        <If when=is_any>
            <section class="mapping-effect" aria-labelledby="mapping-effect">
                <h3 id="mapping-effect">{t("page.mapping.effect")}</h3>
                <ul inner_html=read(shared, |mapped| mapped.effect.changes.iter().map(row).collect())></ul>
                <p class="note">{read(shared, |mapped| more(&mapped.effect))}</p>
            </section>
        </If>
    }
}

/// A product: its balance now, and with the lines of the table.
fn row(change: &BalanceChange) -> String {
    let BalanceChange { product, metric, from, to } = change;
    format!(
        "<li><span>{} <span class=\"note\">{}</span></span><span><bdi>{}</bdi> <span class=\"turns\" aria-hidden=\"true\">→</span><span class=\"unseen\">{}</span> <b><bdi>{}</bdi></b> {}</span></li>",
        escaped(product),
        escaped(metric),
        escaped(&signed(*from)),
        escaped(&t("page.mapping.becomes")),
        escaped(&signed(*to)),
        state(BalanceState::of(*to))
    )
}

/// How many more products there are.
fn more(effect: &ImportEffect) -> String {
    if effect.more == 0 {
        String::new()
    } else {
        say(&Message::new("page.mapping.effect_more").with("count", effect.more))
    }
}

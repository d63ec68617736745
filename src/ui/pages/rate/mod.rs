//! Rate one server: a processor's PVU per core, as one types.

pub mod add;
pub mod form;
pub mod model;

use leptos::prelude::*;

use crate::model::list::List;
use crate::model::message::Message;
use crate::ui::components::derivation::Tree;
use crate::ui::components::sheets::Sheets;
use crate::ui::reactive::{If, flag, part};
use crate::ui::state::Shared;
use crate::ui::words::{known, say, t};
use add::AddForm;
use form::{Answer, Form};
use model::{RateForm, RatedAnswer, rated};

/// The screen.
#[component]
pub fn Rate() -> impl IntoView {
    let shared = Shared::here();
    let given = shared.route.with_untracked(|route| {
        let typed = |name| route.argument(name);
        RateForm {
            processor: typed("processor"),
            sockets: typed("sockets"),
            cores: typed("cores"),
            ..RateForm::default()
        }
    });
    let server = RwSignal::new(given);
    let outcome = rated(server);
    view! {
        <div class="heading"><div><h1>{t("page.screen.rate.title")}</h1><p class="note">{t("page.rate.lead")}</p></div></div>
        <div class="split">
            <div class="stack">
                <section class="card padded"><Form server=server outcome=outcome /></section>
                <section class="card padded answer-card" aria-label=t("page.rate.answer")>
                    <Answer outcome=outcome />
                    <Candidates outcome=outcome />
                </section>
                <AddForm server=server outcome=outcome />
            </div>
            <Explanation outcome=outcome />
        </div>
        <Sheets lists=vec![List::Processors] />
    }
}

/// The steps of the answer.
#[component]
fn Explanation(outcome: RatedAnswer) -> impl IntoView {
    let derivation = move || outcome.with(|outcome| outcome.rated().map(|rated| rated.derivation.clone()));
    view! {
        <section class="card padded" aria-labelledby="rate-steps">
            <h2 id="rate-steps">{t("page.rate.steps")}</h2>
            {part(move || match derivation() {
                None => view! { <p class="note">{t("page.rate.steps_waiting")}</p> }.into_any(),
                Some(derivation) => view! { <Tree derivation=derivation /> }.into_any(),
            })}
        </section>
    }
}

/// The rows that fit when several do, with different rates.
#[component]
fn Candidates(outcome: RatedAnswer) -> impl IntoView {
    let candidates =
        move || outcome.with(|outcome| outcome.rated().map(|rated| rated.candidates.clone())).unwrap_or_default();
    let line = |(row, rate): (String, Option<u32>)| {
        let sentence = Message::new("page.rate.candidate").with("row", row).with("rate", known(rate.map(u64::from)));
        view! { <li>{say(&sentence)}</li> }
    };
    view! {
        <If when=flag(move || !candidates().is_empty())>
            <h3>{t("page.rate.candidates")}</h3>
            <ul class="plain-list">{part(move || candidates().into_iter().map(line).map(IntoAny::into_any).collect_view())}</ul>
        </If>
    }
}

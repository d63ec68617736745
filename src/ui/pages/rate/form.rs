//! The questions about one server, and the answer that follows the typing. Start and the screen share them.

use leptos::prelude::*;

use super::model::{RateForm, RatedAnswer, System};
use crate::model::derivation::Confidence;
use crate::model::message::Message;
use crate::ui::components::badge::Badge;
use crate::ui::components::combobox::Combobox;
use crate::ui::dispatch::Dispatch;
use crate::ui::query::{QueryState, query};
use crate::ui::reactive::{flag, mark, part, text};
use crate::ui::words::{number, say, t};
use crate::work::tone::Tone;
use crate::work::{RateStatus, RatedServer, Request};

/// How many suggestions are shown.
const SUGGESTIONS: usize = 8;

/// The form; `short` leaves out what rarely matters.
#[component]
pub fn Form(
    /// What is typed.
    server: RwSignal<RateForm>,
    /// What it amounts to.
    outcome: RatedAnswer,
    /// Only what fits on Start.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let processor = RwSignal::new(server.with_untracked(|server| server.processor.clone()));
    Effect::new(move |_| {
        let typed = processor.get();
        if server.with_untracked(|server| server.processor != typed) {
            server.update(|server| server.processor = typed);
        }
    });
    let dispatch = Dispatch::here();
    let filled = text(move || {
        let filled = outcome.with(|outcome| outcome.rated().and_then(|rated| rated.filled_cores));
        filled.map(|cores| cores.to_string()).unwrap_or_default()
    });
    view! {
        // Whoever comes here is about to ask: the worker may arrive while the first letters are typed.
        <form class="rate-form" class:short=short on:submit=|event| event.prevent_default() on:focusin=move |_| dispatch.prepare()>
            <div class="field wide">
                <label for="rate-processor">{t("page.rate.processor")}</label>
                <Combobox
                    id="rate-processor"
                    value=processor
                    suggestions=suggestions(processor)
                    placeholder=t("page.rate.processor_example")
                    describedby="rate-processor-hint"
                />
                <small class="note" id="rate-processor-hint">{t("page.rate.processor_hint")}</small>
            </div>
            <Number id="rate-sockets" label="page.rate.sockets" hint="page.rate.sockets_hint" server=server
                get=|server| server.sockets.clone() set=|server, typed| server.sockets = typed filled=Signal::stored(String::new()) />
            <Number id="rate-cores" label="page.rate.cores" hint="page.rate.cores_hint" server=server
                get=|server| server.cores.clone() set=|server, typed| server.cores = typed filled=filled />
            {(!short).then(|| view! { <Rest server=server /> }).map(IntoAny::into_any)}
        </form>
    }
}

/// The processors that what stands in the field may mean.
fn suggestions(processor: RwSignal<String>) -> Signal<Vec<String>> {
    let found = query(move || {
        let typed = Some(processor.get()).filter(|typed| typed.trim().len() >= 2)?;
        Some(Request::Suggest { typed, limit: SUGGESTIONS })
    });
    Signal::derive(move || {
        let names = found.with(|found| found.processors().map(<[String]>::to_vec)).unwrap_or_default();
        // Once one is chosen there is nothing left to suggest.
        if names.contains(&processor.get()) { Vec::new() } else { names }
    })
}

#[component]
fn Number(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    server: RwSignal<RateForm>,
    get: fn(&RateForm) -> String,
    set: fn(&mut RateForm, String),
    filled: Signal<String>,
) -> impl IntoView {
    let wrong = move || server.with(|server| !RateForm::is_number(&get(server)));
    let described = move || if wrong() { t("page.rate.not_a_number") } else { t(hint) };
    view! {
        <div class="field">
            <label for=id>{t(label)}</label>
            <input
                type="text"
                inputmode="numeric"
                autocomplete="off"
                id=id
                maxlength="6"
                aria-describedby=format!("{id}-hint")
                aria-invalid=mark("true", wrong)
                placeholder=filled
                prop:value=move || server.with(get)
                on:input:target=move |event| server.update(|server| set(server, event.target().value()))
            />
            <small class="note" class:bad=flag(wrong) id=format!("{id}-hint")>{text(described)}</small>
        </div>
    }
}

/// Operating system and cloud.
#[component]
fn Rest(server: RwSignal<RateForm>) -> impl IntoView {
    let option = move |system: System| {
        let label = if system == System::Unknown { t("page.rate.system_unknown") } else { system.name().to_owned() };
        view! { <option value=system.name() selected=flag(move || server.with(|server| server.system == system))>{label}</option> }
    };
    view! {
        <div class="field">
            <label for="rate-system">{t("page.rate.system")}</label>
            <select
                id="rate-system"
                aria-describedby="rate-system-hint"
                on:change:target=move |event| server.update(|server| server.system = System::parse(&event.target().value()))
            >
                {System::ALL.into_iter().map(option).map(IntoAny::into_any).collect_view()}
            </select>
            <small class="note" id="rate-system-hint">{t("page.rate.system_hint")}</small>
        </div>
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || server.with(|server| server.cloud)
                on:change:target=move |event| server.update(|server| server.cloud = event.target().checked())
            />
            <span>{t("page.rate.cloud")}</span>
        </label>
    }
}

/// The answer: the rate, and the whole server once its cores are known.
#[component]
pub fn Answer(
    /// What it is about.
    outcome: RatedAnswer,
) -> impl IntoView {
    view! {
        <output class="answer" for="rate-processor rate-sockets rate-cores">
            {part(move || outcome.with(|outcome| match outcome {
                QueryState::Nothing => view! { <p class="note">{t("page.rate.waiting")}</p> }.into_any(),
                QueryState::Looking => view! { <p class="note">{t("page.rate.looking")}</p> }.into_any(),
                QueryState::Known(_) => outcome.rated().map(answer).into_any(),
            }))}
        </output>
    }
}

fn answer(rated: &RatedServer) -> impl IntoView + use<> {
    let (word, tone) = status(rated.status);
    let whole = rated.total.zip(rated.cores).map(|(total, cores)| {
        let sum = Message::new("page.rate.sum").with("cores", cores).with("rate", rated.pvu_per_core);
        view! {
            <p class="answer-total"><b>{number(total)}</b>" PVU "<span class="note">{say(&sum)}</span></p>
        }
    });
    let row = rated.row.clone();
    view! {
        <p class="answer-rate">
            <b>{number(rated.pvu_per_core)}</b>
            <span>{t("page.rate.per_core")}</span>
            <Badge tone=tone text=t(word) />
        </p>
        {whole}
        {row.map(|row| view! { <p class="note">{row}</p> }).map(IntoAny::into_any)}
    }
}

/// The word for how a rate was found.
pub const fn status(status: RateStatus) -> (&'static str, Tone) {
    match status {
        RateStatus::Matched => ("page.rate.matched", Tone::Good),
        RateStatus::Cloud => ("page.rate.cloud_rate", Tone::Good),
        RateStatus::HighestTier => ("page.rate.highest_tier", Tone::Warn),
        RateStatus::Ambiguous => ("page.rate.ambiguous", Tone::Warn),
        RateStatus::Fallback => ("page.rate.fallback", Tone::Warn),
    }
}

/// The word for how sure a rate or a rule is.
pub const fn confidence(confidence: Confidence) -> (&'static str, Tone) {
    let tone = match confidence {
        Confidence::High => Tone::Good,
        Confidence::MediumHigh | Confidence::Medium | Confidence::Ours => Tone::Plain,
        Confidence::Low => Tone::Warn,
    };
    (confidence.key(), tone)
}

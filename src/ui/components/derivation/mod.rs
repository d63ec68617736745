//! How a number comes about, as a tree that opens step by step.

pub mod model;

use leptos::prelude::*;

use super::badge::Badge;
use super::source::Source;
use crate::model::derivation::{Derivation, Input, RuleReference};
use crate::model::message::Message;
use crate::ui::pages::rate::form::confidence;
use crate::ui::reactive::{If, flag, part};
use crate::ui::words::{PageWords, day, say, t};

/// Levels that are open at first.
const OPEN_LEVELS: usize = 3;
/// Steps of one level that are drawn before a button offers the others.
const STEPS_DRAWN: usize = 60;

/// The whole derivation.
#[component]
pub fn Tree(
    /// The last step, which is the number itself.
    derivation: Derivation,
) -> impl IntoView {
    view! { <ul class="tree">{step(derivation, 0)}</ul> }
}

fn step(mut derivation: Derivation, depth: usize) -> AnyView {
    let arithmetic = model::arithmetic(&derivation, &PageWords);
    let children = std::mem::take(&mut derivation.children);
    let head = view! {
        <span class="step-label">{say(&derivation.label)}</span>
        <b class="step-value">{say(&model::value(&derivation))}</b>
    };
    let body = view! {
        {arithmetic.map(|line| view! { <p class="calc">{line}</p> }).map(IntoAny::into_any)}
        <Rule rule=derivation.rule />
        {derivation.notes.iter().map(|note| view! { <p class="step-note">{say(note)}</p> }).map(IntoAny::into_any).collect_view()}
        {(!derivation.inputs.is_empty()).then(|| view! { <Inputs inputs=derivation.inputs /> }).map(IntoAny::into_any)}
    };
    if children.is_empty() {
        return view! { <li><div class="step"><div class="step-head">{head}</div>{body}</div></li> }.into_any();
    }
    view! {
        <li>
            <details class="step" open=depth < OPEN_LEVELS>
                <summary class="step-head">{head}</summary>
                {body}
                <Steps children=children depth=depth.saturating_add(1) />
            </details>
        </li>
    }
    .into_any()
}

/// The steps that a value follows from; of very many only the first, until the others are asked for.
#[component]
fn Steps(
    /// The steps.
    children: Vec<Derivation>,
    /// How deep they stand.
    depth: usize,
) -> impl IntoView {
    let hidden = children.len().saturating_sub(STEPS_DRAWN);
    let all = RwSignal::new(hidden == 0);
    let children = StoredValue::new(children);
    let drawn = move || {
        let count = if all.get() { usize::MAX } else { STEPS_DRAWN };
        children.with_value(|children| {
            children.iter().take(count).cloned().map(|child| step(child, depth)).map(IntoAny::into_any).collect_view()
        })
    };
    let more = say(&Message::new("page.derivation.show_more").with("count", hidden));
    view! {
        <ul>{part(drawn)}</ul>
        <If when=flag(move || !all.get())>
            <button type="button" class="button small" on:click=move |_| all.set(true)>{more.clone()}</button>
        </If>
    }
    .into_any()
}

/// What says so, since when, where, and how sure that is.
#[component]
fn Rule(
    /// The rule.
    rule: RuleReference,
) -> impl IntoView {
    let (word, tone) = confidence(rule.confidence);
    let since = rule.since.map(|since| say(&Message::new("page.derivation.since").with("day", day(Some(since)))));
    view! {
        <div class="rule">
            <p>{model::title(&rule.title, &PageWords)}</p>
            <p class="rule-source">
                <Badge tone=tone text=t(word) />
                {since.map(|since| view! { <span>{since}</span> }).map(IntoAny::into_any)}
                {(!rule.source.is_empty()).then(|| view! { <span><Source text=rule.source.into_owned() /></span> }).map(IntoAny::into_any)}
            </p>
        </div>
    }
}

/// The cells that were read.
#[component]
fn Inputs(
    /// The cells.
    inputs: Vec<Input>,
) -> impl IntoView {
    let line = |input: Input| {
        let index = Message::new("page.derivation.cell").with("file", input.file).with("row", input.row.to_string());
        view! { <li><span class="note">{say(&index)}</span><span>{input.column.into_owned()}</span><code>{input.value}</code></li> }
    };
    view! { <ul class="inputs" aria-label=t("page.derivation.inputs")>{inputs.into_iter().map(line).map(IntoAny::into_any).collect_view()}</ul> }
}

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

/// The whole derivation.
#[component]
pub fn Tree(
    /// The last step, which is the number itself.
    derivation: Derivation,
) -> impl IntoView {
    let open = model::open_levels(&derivation);
    view! { <ul class="tree">{step(derivation, open)}</ul> }
}

/// A step, of which `open` levels are open.
fn step(mut derivation: Derivation, open: usize) -> AnyView {
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
    // What follows is drawn once somebody looks: an estate has thousands of steps.
    let opened = RwSignal::new(open > 0);
    let children = StoredValue::new(children);
    let steps = move || {
        let steps = || view! { <Steps children=children.get_value() open=open.saturating_sub(1) /> };
        opened.get().then(steps).map(IntoAny::into_any)
    };
    view! {
        <li>
            <details class="step" open={open > 0} on:toggle=move |_| opened.set(true)>
                <summary class="step-head">{head}</summary>
                {body}
                {part(steps)}
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
    /// How many levels of them are open.
    open: usize,
) -> impl IntoView {
    let hidden = children.len().saturating_sub(model::STEPS_DRAWN);
    let all = RwSignal::new(hidden == 0);
    let children = StoredValue::new(children);
    let drawn = move || {
        let count = if all.get() { usize::MAX } else { model::STEPS_DRAWN };
        children.with_value(|children| {
            children.iter().take(count).cloned().map(|child| step(child, open)).map(IntoAny::into_any).collect_view()
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

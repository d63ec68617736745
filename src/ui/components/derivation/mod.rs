//! How a number comes about, as a tree that opens step by step.

pub mod model;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::badge::Badge;
use super::source::Source;
use crate::model::derivation::{Derivation, Input, RuleReference};
use crate::model::message::Message;
use crate::ui::dispatch::Dispatch;
use crate::ui::pages::rate::form::confidence;
use crate::ui::reactive::part;
use crate::ui::words::{PageWords, day, say, t};
use crate::work::{Question, Request, Response, step_words};

/// The whole derivation.
#[component]
pub fn Tree(
    /// The last step, which is the number itself.
    derivation: Derivation,
    /// The number, where it has more steps than are here.
    #[prop(optional)]
    question: Option<Question>,
) -> impl IntoView {
    let open = model::open_levels(&derivation);
    view! { <ul class="tree">{step(derivation, open, StepPlace { question, path: Vec::new() })}</ul> }
}

/// Where a step stands.
#[derive(Clone)]
struct StepPlace {
    /// The number that is explained.
    question: Option<Question>,
    /// A child of the last step, a child of that, and so on.
    path: Vec<usize>,
}

impl StepPlace {
    fn child(&self, index: usize) -> Self {
        Self { question: self.question.clone(), path: [self.path.as_slice(), &[index]].concat() }
    }
}

/// A step, of which `open` levels are open.
fn step(mut derivation: Derivation, open: usize, place: StepPlace) -> AnyView {
    let further = derivation.further;
    let arithmetic = step_words::arithmetic(&derivation, &PageWords);
    let children = std::mem::take(&mut derivation.children);
    let head = view! {
        <span class="step-label">{say(&derivation.label)}</span>
        <b class="step-value">{say(&step_words::value(&derivation))}</b>
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
        let steps = || steps((0, children.get_value()), further, open.saturating_sub(1), place.clone());
        opened.get().then(steps)
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

/// Steps that a value follows from, from one of them on, and the offer of those behind them.
fn steps((first, children): (usize, Vec<Derivation>), further: usize, open: usize, place: StepPlace) -> AnyView {
    let next = first.saturating_add(children.len());
    let children = (first..).zip(children).map(|(index, child)| step(child, open, place.child(index)));
    let children = children.collect_view();
    let (Some(question), 1..) = (place.question.clone(), further) else {
        return view! { <ul>{children}</ul> }.into_any();
    };
    let dispatch = Dispatch::here();
    let more = RwSignal::new(None::<Vec<Derivation>>);
    let ask = {
        let path = place.path.clone();
        move |_| {
            let request = Request::Steps { question: question.clone(), path: path.clone(), first: next };
            spawn_local(async move {
                if let Some(Response::Steps(steps)) = dispatch.put(request).await.as_deref() {
                    more.set(Some(steps.clone()));
                }
            });
        }
    };
    let label = say(&Message::new("page.derivation.show_more").with("count", further));
    let rest = move || match more.get() {
        Some(more) => {
            let further = further.saturating_sub(more.len());
            steps((next, more), further, 0, place.clone())
        }
        None => view! { <button type="button" class="button small" on:click=ask.clone()>{label.clone()}</button> }
            .into_any(),
    };
    view! { <ul>{children}</ul>{part(rest)} }.into_any()
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
            <p>{step_words::title(&rule.title, &PageWords)}</p>
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

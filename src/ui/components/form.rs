//! The fields of a form that the worker sends.

use leptos::prelude::*;

use super::presses::Presses;
use crate::model::message::Message;
use crate::ui::dispatch::Dispatch;
use crate::ui::markup;
use crate::ui::reactive::{part, text};
use crate::ui::words::say;
use crate::work::blocks::{Block, FieldInput, Form, FormField, Sets};

/// A form. Its fields stay while it asks for the same, whatever the answers are.
#[component]
pub fn FormBlock(
    /// The form.
    block: Memo<Option<Block>>,
    /// What the fields of the screen ask for, by name.
    arguments: RwSignal<Vec<(String, String)>>,
    /// What is pressed on the screen.
    presses: Presses,
) -> impl IntoView {
    let form = move || block.with(|block| if let Some(Block::Form(form)) = block { Some(form.clone()) } else { None });
    let title = untrack(form).and_then(|form| form.title);
    let fields = Memo::new(move |_| form().map_or_else(Vec::new, |form| form.fields));
    let labels = move || fields.with(|fields| fields.iter().map(|field| field.label.to_string()).collect::<Vec<_>>());
    let draw = move |label: String| {
        let wanted = label.clone();
        let field = Memo::new(move |_| {
            fields.with(|fields| fields.iter().find(|field| field.label == wanted.as_str()).cloned())
        });
        view! { <Field label=label field=field arguments=arguments presses=presses /> }
    };
    let fields = view! { <For each=labels key=String::clone children=draw /> };
    let answer = part(move || form().map(|form| answer(&form)));
    match title {
        Some(title) => view! {
            <section class="card padded">
                <h2>{say(&Message::keyed(title))}</h2>
                <div class="fields">{fields}</div>
                <output>{answer}</output>
            </section>
        }
        .into_any(),
        None => view! {
            <div class="period row no-print">{fields}<output>{answer}</output></div>
        }
        .into_any(),
    }
}

/// What the answers come to.
fn answer(form: &Form) -> AnyView {
    let sentence = |sentence: &Message| view! { <li>{say(sentence)}</li> }.into_any();
    let sentences = form.answer.iter().map(sentence).collect_view();
    (!form.answer.is_empty()).then(|| view! { <ul class="notes">{sentences}</ul> }.into_any()).into_any()
}

#[component]
fn Field(
    label: String,
    field: Memo<Option<FormField>>,
    arguments: RwSignal<Vec<(String, String)>>,
    presses: Presses,
) -> impl IntoView {
    let dispatch = Dispatch::here();
    let value =
        Signal::derive(move || field.with(|field| field.as_ref().map(|field| field.value.clone())).unwrap_or_default());
    let first = field.get_untracked();
    let asks = first.as_ref().is_some_and(|field| matches!(field.sets, Sets::Argument(_)));
    // What is typed for a question stays as it is typed; what is settled is shown as it is settled.
    let begins = value.get_untracked();
    let shown = Signal::derive(move || if asks { begins.clone() } else { value.get() });
    // What is pressed while an answer is awaited may be gone with it.
    let fill = move |text: String| match field.try_get_untracked().flatten().map(|field| field.sets) {
        Some(Sets::Argument(name)) => arguments.update(|arguments| {
            arguments.retain(|(known, _)| *known != name);
            arguments.push((name.into_owned(), text));
        }),
        Some(Sets::Setting(setting)) => dispatch.set(setting, text),
        None => {}
    };
    let options = move || {
        let value = value.get();
        let Some(FieldInput::Choice(choices)) = field.get().map(|field| field.input) else { return Vec::new() };
        choices
            .into_iter()
            .map(|(choice, word)| {
                let selected = choice == value;
                view! { <option value=choice selected=selected>{markup::plain(&word)}</option> }.into_any()
            })
            .collect()
    };
    let input = match first.map(|field| field.input) {
        Some(FieldInput::Choice(_)) => view! {
            <select on:change:target=move |event| fill(event.target().value())>{part(options)}</select>
        }
        .into_any(),
        Some(FieldInput::Day) => view! {
            <input type="date" prop:value=shown on:change:target=move |event| fill(event.target().value()) />
        }
        .into_any(),
        Some(input @ (FieldInput::Whole(length) | FieldInput::Number(length) | FieldInput::Text(length))) => {
            let mode = if matches!(input, FieldInput::Text(_)) { "text" } else { "decimal" };
            let length = length.to_string();
            // A question follows every key; what is settled is settled when the field is left.
            view! {
                <input type="text" inputmode=mode autocomplete="off" size=length.clone() maxlength=length prop:value=shown
                    on:input:target=move |event| if asks { fill(event.target().value()) }
                    on:change:target=move |event| if !asks { fill(event.target().value()) } />
            }
            .into_any()
        }
        Some(FieldInput::Button(_)) => {
            let press = move |_| {
                presses.press(move || {
                    if let Some(value) = value.try_get_untracked() {
                        fill(value);
                    }
                });
            };
            let words = text(move || match field.get().map(|field| field.input) {
                Some(FieldInput::Button(words)) => say(&words),
                _ => String::new(),
            });
            return view! { <button type="button" class="button" on:click=press>{words}</button> }.into_any();
        }
        None => ().into_any(),
    };
    view! { <label class="inline-field"><span>{say(&Message::keyed(label))}</span>{input}</label> }.into_any()
}

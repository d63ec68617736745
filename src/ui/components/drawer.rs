//! The explanation of one number, beside the page or above it where there is no room.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{location, page};
use crate::model::derivation::Derivation;
use crate::model::message::Message;
use crate::ui::components::derivation::Tree;
use crate::ui::components::figure::quantity_name;
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::dispatch::Dispatch;
use crate::ui::reactive::{on_key, part, text};
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{say, t};
use crate::work::{Question, Request, Response, step_words};

/// Names the dialog and its title.
const ID: &str = "explanation";
const TITLE: &str = "explanation-title";

/// Opens when the address asks a question.
#[component]
pub fn Drawer() -> impl IntoView {
    let shared = Shared::here();
    let question = Memo::new(move |_| shared.route.with(Route::question));
    let open = Memo::new(move |_| question.with(Option::is_some));
    Effect::new(move |_| {
        if open.get() {
            page::open_beside(ID);
            page::focus(TITLE);
        } else {
            page::close_beside(ID);
        }
    });
    // Closed while it still holds the focus: only then does the browser give it back to the number.
    let close = move || {
        page::close_beside(ID);
        location::go(&shared.route.get_untracked().alone().to_string());
    };
    // A dialog beside the page does not hear Escape by itself.
    on_key(move |event| {
        if event.key() == "Escape" && open.get_untracked() && !page::has_layer() && !page::is_within(event, "tour") {
            close();
        }
    });
    view! {
        <dialog class="drawer" id=ID aria-labelledby=TITLE on:cancel=move |event: leptos::ev::Event| { event.prevent_default(); close(); }>
            {part(move || question.get().map(|question| view! { <Content question=question close=Callback::new(move |()| close()) /> }).map(IntoAny::into_any))}
        </dialog>
    }
}

#[component]
fn Content(question: Question, close: Callback<()>) -> impl IntoView {
    let shared = Shared::here();
    let answer = {
        let question = question.clone();
        move || {
            shared.explained.with(|known| {
                known.as_ref().filter(|known| known.question == question).map(|known| known.derivation.clone())
            })
        }
    };
    let asked = question.clone();
    let about = match question {
        Question::Product { product, quantity, .. } => format!("{product} · {}", quantity_name(quantity)),
        Question::Reported { product, .. } => product,
        Question::Bundle { bundle, .. } => bundle,
        Question::Term { agreement, .. } => agreement,
        Question::Finding { key, .. } => key.subject,
        Question::Renewal { on, .. } => say(&Message::new("page.figure.forecast").with("day", on)),
    };
    view! {
        <div class="drawer-head">
            <div>
                <h2 id=TITLE tabindex="-1">{text(heading(answer.clone()))}</h2>
                <p class="note">{about}</p>
            </div>
            <button type="button" class="plain-button no-print" aria-label=t("page.derivation.close") on:click=move |_| close.run(())>
                <Icon glyph=Glyph::Close />
            </button>
        </div>
        {part(move || match answer() {
            None => view! { <p class="note" role="status">{t("page.derivation.asking")}</p> }.into_any(),
            Some(None) => view! { <p>{t("page.derivation.none")}</p> }.into_any(),
            Some(Some(derivation)) => view! { <Explanation derivation=(*derivation).clone() question=asked.clone() /> }.into_any(),
        })}
    }
}

/// The title: the number, once it is known.
fn heading(
    answer: impl Fn() -> Option<Option<Arc<Derivation>>> + Send + Sync + 'static,
) -> impl Fn() -> String + Send + Sync + 'static {
    move || match answer().flatten() {
        Some(derivation) => say(&Message::new("page.derivation.title").with("value", step_words::value(&derivation))),
        None => t("page.derivation.title_asking"),
    }
}

#[component]
fn Explanation(derivation: Derivation, question: Question) -> impl IntoView {
    let dispatch = Dispatch::here();
    let whole = question.clone();
    let copy = move |_| {
        let asked = Request::ExplainText(whole.clone());
        spawn_local(async move {
            let answer = dispatch.put(asked).await;
            let Some(Response::Text(text)) = answer.as_deref() else { return };
            match page::copy(text).await {
                Ok(()) => dispatch.tell(Message::new("page.notice.copied")),
                Err(refusal) => dispatch.warn(Message::new("page.notice.not_copied").with("reason", refusal.0)),
            }
        });
    };
    view! {
        <div class="row no-print">
            <button type="button" class="button small" on:click=copy><Icon glyph=Glyph::Copy />{t("page.derivation.copy")}</button>
            <button type="button" class="button small" on:click=move |_| page::print(Some("explanation"))><Icon glyph=Glyph::Print />{t("page.action.print")}</button>
        </div>
        <Tree derivation=derivation question=question />
    }
}

//! What the user should know now, where it covers nothing for good, and screen readers hear it. What needs no answer
//! leaves by itself, when the animation of the style ends; that waits while somebody reads (`.notice.leaves`).

use leptos::prelude::*;

use super::badge::{tone_class, tone_glyph};
use super::icon::{Glyph, Icon};
use crate::model::issue::{Issue, Severity};
use crate::ui::dispatch::{Dispatch, UNDO_BUTTON, WorkspaceStep};
use crate::ui::reactive::part;
use crate::ui::state::{Notice, Shared};
use crate::ui::words::{say, t};
use crate::work::tone::Tone;

/// How many details a notice shows.
const SHOWN: usize = 5;

/// How severe a thing looks.
pub const fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Info => Tone::Plain,
    }
}

/// All notices, the newest last.
#[component]
pub fn Notices() -> impl IntoView {
    let shared = Shared::here();
    view! {
        <div class="notices" role="region" aria-live="assertive" aria-label=t("page.notice.label")>
            {part(move || shared.notices.get().into_iter().map(|notice| view! { <NoticeView notice=notice /> }).map(IntoAny::into_any).collect_view())}
        </div>
    }
}

#[component]
fn NoticeView(notice: Notice) -> impl IntoView {
    let dispatch = Dispatch::here();
    let leaves = notice.leaves();
    let Notice { id, severity, message, details, undo } = notice;
    let glyph = tone_glyph(tone(severity)).unwrap_or(Glyph::Info);
    view! {
        <div class=format!("notice {}", tone_class(tone(severity))) class:leaves=leaves on:animationend=move |_| dispatch.dismiss(id)>
            <Icon glyph=glyph />
            <div class="stack">
                <p>{say(&message)}</p>
                {(!details.is_empty()).then(|| view! { <ul>{details.iter().take(SHOWN).map(detail).map(IntoAny::into_any).collect_view()}</ul> }).map(IntoAny::into_any)}
            </div>
            {undo.then(|| view! {
                <button type="button" class="button small" id=UNDO_BUTTON on:click=move |_| dispatch.go(WorkspaceStep::BringBack(id))>
                    {t("page.workspaces.undo")}
                </button>
            }).map(IntoAny::into_any)}
            <button type="button" class="plain-button" aria-label=t("page.notice.dismiss") on:click=move |_| dispatch.dismiss(id)>
                <Icon glyph=Glyph::Close />
            </button>
        </div>
    }
}

fn detail(issue: &Issue) -> impl IntoView + use<> {
    let sentence = say(&issue.message());
    let file = (!issue.file.is_empty()).then(|| view! { <b>{issue.file.clone()}": "</b> }).map(IntoAny::into_any);
    view! { <li>{file}{sentence}</li> }
}

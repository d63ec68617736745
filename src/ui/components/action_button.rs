//! A button for one of the actions.

use leptos::prelude::*;

use super::icon::Icon;
use crate::ui::actions::Action;
use crate::ui::dispatch::Dispatch;
use crate::ui::reactive::flag;
use crate::ui::state::Shared;
use crate::ui::words::t;

/// A button that does what the action says, while it makes sense.
#[component]
pub fn ActionButton(
    /// What it does.
    action: Action,
) -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    view! {
        <button
            type="button"
            class="button"
            id=action.id
            disabled=flag(move || !(action.enabled)(&shared))
            on:click=move |_| (action.run)(dispatch)
        >
            <Icon glyph=action.glyph />
            <span>{t(action.label)}</span>
        </button>
    }
}

//! A button that chooses files: for those who cannot drag, and for everyone else.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::browser::files;
use crate::ui::dispatch::Dispatch;

/// What can be read.
const ACCEPTED: &str = ".zip,.csv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods,.json";

/// A file field that looks like a button.
#[component]
pub fn FileButton(
    /// The word on it.
    #[prop(into)]
    label: String,
    /// Whether it is the main thing to do here.
    #[prop(optional)]
    primary: bool,
    /// The files it takes.
    #[prop(optional)]
    accept: Option<&'static str>,
) -> impl IntoView {
    let dispatch = Dispatch::here();
    view! {
        <label class="button file" class:primary=primary>
            <Icon glyph=Glyph::Upload />
            <span>{label}</span>
            <input
                type="file"
                class="unseen"
                multiple
                accept=accept.unwrap_or(ACCEPTED)
                on:change=move |event| dispatch.take(files::chosen(&event))
            />
        </label>
    }
}

//! What a screen shows when it has nothing to show: why, and the way on.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// A sentence in the place of content, with the ways on as children.
#[component]
pub fn Empty(
    /// A drawing of what is missing.
    glyph: Glyph,
    /// What is missing.
    #[prop(into)]
    title: String,
    /// Why, or what to do.
    #[prop(into)]
    text: String,
    /// The ways on.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon glyph=glyph />
            <h2>{title}</h2>
            <p>{text}</p>
            <div class="row">{children()}</div>
        </div>
    }
}

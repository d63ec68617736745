//! A short word about how something stands.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::work::tone::Tone;

/// The class of the style sheet.
pub const fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
    }
}

/// The drawing that goes with it.
pub const fn tone_glyph(tone: Tone) -> Option<Glyph> {
    match tone {
        Tone::Plain => None,
        Tone::Good => Some(Glyph::Tick),
        Tone::Warn | Tone::Bad => Some(Glyph::Warning),
    }
}

/// A word in a frame.
#[component]
pub fn Badge(
    /// How it stands.
    #[prop(optional)]
    tone: Tone,
    /// The word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <span class=format!("badge {}", tone_class(tone))>
            {tone_glyph(tone).map(|glyph| view! { <Icon glyph=glyph /> }).map(IntoAny::into_any)}
            <span>{text}</span>
        </span>
    }
}

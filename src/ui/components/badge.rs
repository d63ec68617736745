//! A short word about how something stands.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How something stands. The word and the drawing say it; the colour only helps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Plain,
    /// As it should be.
    Good,
    /// Somebody should look at it.
    Warn,
    /// Wrong.
    Bad,
}

impl Tone {
    /// The class of the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    /// The drawing that goes with it.
    pub const fn glyph(self) -> Option<Glyph> {
        match self {
            Self::Plain => None,
            Self::Good => Some(Glyph::Tick),
            Self::Warn | Self::Bad => Some(Glyph::Warning),
        }
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
        <span class=format!("badge {}", tone.class())>
            {tone.glyph().map(|glyph| view! { <Icon glyph=glyph /> }).map(IntoAny::into_any)}
            <span>{text}</span>
        </span>
    }
}

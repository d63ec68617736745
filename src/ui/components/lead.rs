//! How a screen of lists begins: what it is for, and where its lists come from.

use leptos::prelude::*;

use super::empty::Empty;
use super::file_button::FileButton;
use super::icon::Glyph;
use crate::ui::reactive::If;
use crate::ui::words::t;

/// The words of a beginning, by their keys, and the blank list to begin with.
pub struct Beginning {
    /// The title.
    pub title: &'static str,
    /// What the screen is for.
    pub lead: &'static str,
    /// What the button says that adds a file.
    pub add: &'static str,
    /// The drawing of the empty screen.
    pub glyph: Glyph,
    /// What is empty.
    pub empty: &'static str,
    /// What to do about it.
    pub empty_text: &'static str,
    /// What the blank list is called.
    pub template: &'static str,
    /// Its file.
    pub file: &'static str,
}

/// The heading of a screen; while there is nothing on it, also how to begin.
#[component]
pub fn Lead(
    /// The words.
    words: &'static Beginning,
    /// Whether there is anything.
    #[prop(into)]
    any: Signal<bool>,
) -> impl IntoView {
    let none = Signal::derive(move || !any.get());
    view! {
        <div class="heading">
            <div>
                <h1>{t(words.title)}</h1>
                <p class="note">{t(words.lead)}</p>
            </div>
            <If when=any>
                <div class="row no-print"><FileButton label=t(words.add) /></div>
            </If>
        </div>
        <If when=none>
            <Empty glyph=words.glyph title=t(words.empty) text=t(words.empty_text)>
                <FileButton label=t("page.start.choose") primary=true />
                <a class="button" href=format!("examples/{}", words.file) download=words.file>{t(words.template)}</a>
            </Empty>
        </If>
    }
}

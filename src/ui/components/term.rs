//! A word of the field that says what it means where it stands: while the pointer is on it, it has the focus, or it was
//! touched. The one definition in sight follows it by anchor positioning, so nothing is measured.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;

use crate::browser::page;
use crate::ui::markup::escaped;
use crate::ui::pages::glossary::word::Word;
use crate::ui::reactive::{flag, on_key};

/// Names the definition.
const ID: &str = "definition";

/// A word, as it is written at this place, with its definition.
#[component]
pub fn Term(
    /// Which one.
    word: Word,
    /// How it is written here.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="term" tabindex="0" data-word=word.name() aria-describedby=ID>{text}</span> }
}

/// The same as markup, for what is drawn as markup.
pub fn term(word: Word, text: &str) -> String {
    let name = word.name();
    format!(
        "<span class=\"term\" tabindex=\"0\" data-word=\"{name}\" aria-describedby=\"{ID}\">{}</span>",
        escaped(text)
    )
}

/// The attributes of an element that is pressed for something else and says a word: its definition shows there too.
pub fn defined_by(word: Word) -> String {
    format!(" data-word=\"{}\" aria-describedby=\"{ID}\"", word.name())
}

/// The definition of the word that somebody looks at.
#[component]
pub fn Definition() -> impl IntoView {
    // As markup; empty where none is looked at.
    let shown = RwSignal::new(String::new());
    let look: Rc<dyn Fn(&ev::Event)> = Rc::new(move |event: &ev::Event| {
        if page::is_within(event, ID) {
            return;
        }
        let word = page::marked_text(event, "data-word")
            .as_deref()
            .and_then(Word::named)
            .filter(|word| !word.text().is_empty());
        page::set_anchor(word.and(Some(event)));
        let meaning = |word: Word| format!("<b>{}</b><span>{}</span>", escaped(&word.title()), escaped(&word.text()));
        shown.set(word.map(meaning).unwrap_or_default());
    });
    window_event_listener(ev::pointerover, {
        let look = Rc::clone(&look);
        move |event| look(&event)
    });
    window_event_listener(ev::focusin, move |event| look(&event));
    on_key(move |event| {
        if event.key() == "Escape" && shown.with_untracked(|shown| !shown.is_empty()) {
            event.prevent_default();
            shown.set(String::new());
        }
    });
    view! {
        <div id=ID role="tooltip" hidden=flag(move || shown.with(String::is_empty)) class="definition" inner_html=shown></div>
    }
}

//! The keys: one table that the handler obeys and the dialog shows.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::actions::{Action, FINDER, KEYS, REDO, UNDO};
use super::components::dialog::Dialog;
use super::dispatch::Dispatch;
use super::markup::escaped;
use super::reactive::{on_key, text};
use super::state::{Layer, Shared};
use super::words::t;
use crate::browser::page;

/// Keys that do something together.
#[derive(Clone, Copy)]
struct Chord {
    /// The key, as events name it, without its case.
    key: &'static str,
    /// Whether Ctrl is held (on a Mac the command key).
    ctrl: bool,
    /// Whether Shift is held; `None` where the layout of the keyboard says whether it takes Shift.
    shift: Option<bool>,
}

/// A key that works everywhere.
struct GlobalKey {
    /// What it does.
    action: Action,
    /// The chords that do it.
    chords: &'static [Chord],
    /// Whether it works while one types in a field.
    in_fields: bool,
}

const fn ctrl(key: &'static str, shift: bool) -> Chord {
    Chord { key, ctrl: true, shift: Some(shift) }
}

/// The keys that work everywhere. Within a field undo and redo are the field's own.
const GLOBAL: [GlobalKey; 4] = [
    GlobalKey { action: FINDER, chords: &[ctrl("k", false)], in_fields: true },
    GlobalKey { action: KEYS, chords: &[Chord { key: "?", ctrl: false, shift: None }], in_fields: false },
    GlobalKey { action: UNDO, chords: &[ctrl("z", false)], in_fields: false },
    GlobalKey { action: REDO, chords: &[ctrl("y", false), ctrl("z", true)], in_fields: false },
];

/// What the keys of a part of the page do, for the dialog: the key of the words, and the keys as they are printed.
type Described = (&'static str, &'static [&'static str]);

const SHEET: [Described; 9] = [
    ("page.keys.move", &["↑ ↓ ← →", "Tab"]),
    ("page.keys.select", &["Shift ↑ ↓ ← →", "Ctrl A"]),
    ("page.keys.edit", &["Enter", "F2"]),
    ("page.keys.clear", &["Delete"]),
    ("page.keys.copy", &["Ctrl C", "Ctrl X", "Ctrl V"]),
    ("page.keys.fill", &["Ctrl D"]),
    ("page.keys.filter", &["Alt ↓"]),
    ("page.keys.sort", &["Alt ↑"]),
    ("page.keys.leave", &["Esc"]),
];

const LISTS: [Described; 3] =
    [("page.keys.choose", &["↑ ↓", "Home", "End"]), ("page.keys.take", &["Enter"]), ("page.keys.close", &["Esc"])];

impl Chord {
    fn is(self, event: &KeyboardEvent) -> bool {
        let is_shift = self.shift.is_none_or(|shift| shift == event.shift_key());
        event.key().eq_ignore_ascii_case(self.key)
            && (event.ctrl_key() || event.meta_key()) == self.ctrl
            && !event.alt_key()
            && is_shift
    }

    fn printed(self) -> String {
        let key = self.key.to_ascii_uppercase();
        let shift = if self.shift == Some(true) { "Shift " } else { "" };
        let ctrl = if self.ctrl { "Ctrl " } else { "" };
        format!("{ctrl}{shift}{key}")
    }
}

/// Hears the keys that work everywhere. Above a question they do nothing: it is answered first.
pub fn accept(dispatch: Dispatch) {
    on_key(move |event| {
        let Some(known) = GLOBAL.iter().find(|known| known.chords.iter().any(|chord| chord.is(event))) else { return };
        // A choice takes letters for itself; what is done with Ctrl it leaves to the page.
        let is_held = event.ctrl_key() || event.meta_key();
        let is_field = if is_held { page::is_typed_into(event) } else { page::is_field(event) };
        let is_busy = !known.in_fields && is_field;
        if !is_busy && !event.is_composing() && !page::has_question() {
            event.prevent_default();
            (known.action.run)(dispatch);
        }
    });
}

/// The dialog that shows them.
#[component]
pub fn Keys() -> impl IntoView {
    let shared = Shared::here();
    let close = move || shared.lay(None);
    let open = shared.has_open(Layer::Keys);
    view! {
        <Dialog id="keys-dialog" title=text(|| t("page.keys.title")) open=open leave=move |()| close()>
            <p class="note">{t("page.keys.note")}</p>
            <div class="keys" inner_html=all()></div>
            <button type="button" class="button" autofocus on:click=move |_| close()>{t("page.menu.close")}</button>
        </Dialog>
    }
}

/// All keys as markup.
fn all() -> String {
    let everywhere: String = GLOBAL
        .iter()
        .map(|known| row(known.action.label, &known.chords.iter().map(|chord| chord.printed()).collect::<Vec<_>>()))
        .collect();
    let described = |rows: &[Described]| {
        let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        rows.iter().map(|(label, of)| row(label, &keys(of))).collect::<String>()
    };
    [
        ("page.keys.everywhere", everywhere),
        ("page.keys.sheet", described(&SHEET)),
        ("page.keys.lists", described(&LISTS)),
    ]
    .map(|(title, rows)| format!("<section><h3>{}</h3><dl>{rows}</dl></section>", escaped(&t(title))))
    .concat()
}

fn row(label: &'static str, keys: &[String]) -> String {
    let keys: String = keys.iter().map(|key| format!("<kbd>{}</kbd>", escaped(key))).collect();
    format!("<div><dt>{}</dt><dd>{keys}</dd></div>", escaped(&t(label)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_chord_does_two_things() {
        let printed: Vec<String> = GLOBAL.iter().flat_map(|known| known.chords).map(|chord| chord.printed()).collect();
        assert!(printed.iter().enumerate().all(|(index, one)| !printed[..index].contains(one)), "{printed:?}");
    }
}

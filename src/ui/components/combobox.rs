//! A text field with suggestions: the ARIA combobox with a list, by mouse and by keyboard.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::ui::reactive::{flag, part, truth};
use crate::ui::words::t;

/// A field that suggests as one types. What is typed counts; a suggestion only saves typing.
#[component]
pub fn Combobox(
    /// Names the field.
    id: &'static str,
    /// What stands in the field.
    value: RwSignal<String>,
    /// The suggestions for what stands there.
    suggestions: Signal<Vec<String>>,
    /// An example of what to type.
    #[prop(into)]
    placeholder: String,
    /// Id of the element that describes the field.
    describedby: &'static str,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let active = RwSignal::new(None::<usize>);
    let options = Memo::new(move |_| if open.get() { suggestions.get() } else { Vec::new() });
    let shown = move || open.get() && options.with(|options| !options.is_empty());
    let option_id = move |index: usize| format!("{id}-option-{index}");
    let take = move |text: String| {
        value.set(text);
        open.set(false);
        active.set(None);
    };
    let on_key = move |event: KeyboardEvent| {
        let count = options.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" => {
                event.prevent_default();
                open.set(true);
                let back = event.key() == "ArrowUp";
                active.update(|index| *index = step(*index, count, back));
            }
            "Enter" => {
                if let Some(text) =
                    active.get_untracked().and_then(|index| options.with_untracked(|all| all.get(index).cloned()))
                {
                    event.prevent_default();
                    take(text);
                }
            }
            "Escape" if open.get_untracked() => {
                event.prevent_default();
                event.stop_propagation();
                open.set(false);
                active.set(None);
            }
            _ => {}
        }
    };
    let option = move |(index, text): (usize, String)| {
        let chosen = text.clone();
        view! {
            <li
                role="option"
                id=option_id(index)
                aria-selected=truth(move || active.get() == Some(index))
                // Not on click: the field loses the focus before, and that closes the list.
                on:mousedown=move |event| {
                    event.prevent_default();
                    take(chosen.clone());
                }
            >
                {text}
            </li>
        }
    };
    view! {
        <div class="combobox">
            <input
                type="text"
                id=id
                role="combobox"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                maxlength="200"
                placeholder=placeholder
                aria-autocomplete="list"
                aria-expanded=truth(shown)
                aria-controls=format!("{id}-list")
                aria-describedby=describedby
                aria-activedescendant=Signal::derive(move || active.get().map(option_id))
                prop:value=value
                on:input:target=move |event| {
                    value.set(event.target().value());
                    active.set(None);
                    open.set(true);
                }
                on:keydown=on_key
                on:blur=move |_| open.set(false)
            />
            <ul role="listbox" id=format!("{id}-list") aria-label=t("page.rate.suggestions") hidden=flag(move || !shown())>
                {part(move || options.get().into_iter().enumerate().map(option).map(IntoAny::into_any).collect_view())}
            </ul>
        </div>
    }
}

/// The next place in a list of `count`, around its ends; nowhere in an empty list.
fn step(index: Option<usize>, count: usize, back: bool) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (index, back) {
        (None, false) => 0,
        (None | Some(0), true) => last,
        (Some(index), true) => index.saturating_sub(1),
        (Some(index), false) if index >= last => 0,
        (Some(index), false) => index.saturating_add(1),
    })
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn the_arrow_keys_go_around_the_list() {
        assert_eq!(step(None, 3, false), Some(0));
        assert_eq!(step(Some(2), 3, false), Some(0));
        assert_eq!(step(None, 3, true), Some(2));
        assert_eq!(step(Some(0), 3, true), Some(2));
        assert_eq!(step(Some(1), 0, false), None);
    }
}

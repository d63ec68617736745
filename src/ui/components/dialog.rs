//! A question above the page, on the browser's own `<dialog>`: focus stays inside, Escape leaves.

use leptos::prelude::*;

use crate::browser::page;

/// A dialog that is open while `open` holds.
#[component]
pub fn Dialog(
    /// Names the element; the title's id is this and `-title`.
    id: &'static str,
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// What happens when the user leaves it without an answer.
    #[prop(into)]
    leave: Callback<()>,
    /// The words and the buttons.
    children: Children,
) -> impl IntoView {
    Effect::new(move |_| if open.get() { page::open_dialog(id) } else { page::close_dialog(id) });
    view! {
        <dialog
            class="dialog"
            id=id
            aria-labelledby=format!("{id}-title")
            on:cancel=move |event: leptos::ev::Event| {
                event.prevent_default();
                leave.run(());
            }
        >
            <h2 id=format!("{id}-title")>{title}</h2>
            {children()}
        </dialog>
    }
}

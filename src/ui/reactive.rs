//! Values that change, in few types.
//!
//! Every distinct closure in a view brings its own copy of the machinery that follows it, about two kilobytes each.
//! The same closure behind a [`Signal`] or a box shares one copy, and the page stays within its budget.

use std::time::Duration;

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;

/// A text that changes.
pub fn text(text: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(text)
}

/// A condition that changes.
pub fn flag(flag: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(flag)
}

/// The value of an ARIA attribute that is either true or false, and always there.
pub fn truth(flag: impl Fn() -> bool + Send + Sync + 'static) -> Signal<&'static str> {
    Signal::derive(move || if flag() { "true" } else { "false" })
}

/// An attribute that is there while it holds.
pub fn mark(value: &'static str, flag: impl Fn() -> bool + Send + Sync + 'static) -> Signal<Option<&'static str>> {
    Signal::derive(move || flag().then_some(value))
}

/// A part of a view that is drawn anew when what it reads has changed.
pub type ViewPart = Box<dyn Fn() -> AnyView + Send>;

/// A part of a view that is drawn anew when what it reads has changed.
pub fn part<V: IntoAny>(part: impl Fn() -> V + Send + 'static) -> ViewPart {
    Box::new(move || part().into_any())
}

/// Hears every key of the window, after whatever has the focus.
pub fn on_key(heard: impl Fn(&KeyboardEvent) + 'static) {
    let heard: Box<dyn Fn(&KeyboardEvent)> = Box::new(heard);
    window_event_listener(ev::keydown, move |event| {
        if !event.default_prevented() {
            heard(&event);
        }
    });
}

/// Whether what stands around has been drawn: `true` from the next task of the browser on. For what nobody sees at once,
/// because a start that takes one long task keeps whoever types waiting.
pub fn later() -> Signal<bool> {
    let drawn = RwSignal::new(false);
    set_timeout(move || drawn.set(true), Duration::ZERO);
    drawn.into()
}

/// Shows its children while the condition holds.
#[component]
pub fn If(
    /// The condition.
    #[prop(into)]
    when: Signal<bool>,
    /// What is shown.
    children: ChildrenFn,
) -> impl IntoView {
    // Drawn anew only when the answer changes, not whenever what it reads does.
    let holds = Memo::new(move |_| when.get());
    part(move || holds.get().then(|| children()))
}

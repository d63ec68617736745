//! Buttons whose meaning follows from what is filled in beside them: what is pressed while an answer is awaited is done once
//! it is there, so that it never means what was filled in before.

use leptos::prelude::*;

/// What is to be done.
type Act = Box<dyn Fn()>;

/// What is pressed on a screen.
#[derive(Clone, Copy)]
pub struct Presses {
    /// Whether an answer is awaited.
    waits: Signal<bool>,
    /// What was pressed last meanwhile.
    next: StoredValue<Option<Act>, LocalStorage>,
}

impl Presses {
    /// Those of a screen, which may wait for an answer.
    pub fn of(waits: Signal<bool>) -> Self {
        let next = StoredValue::new_local(None::<Act>);
        Effect::new(move |_| {
            if !waits.get()
                && let Some(act) = next.try_update_value(Option::take).flatten()
            {
                act();
            }
        });
        Self { waits, next }
    }

    /// Does something now; while an answer is awaited, with it. It asks what it does only then, and does nothing where the
    /// answer has taken the button away.
    pub fn press(self, act: impl Fn() + 'static) {
        if self.waits.get_untracked() { self.next.set_value(Some(Box::new(act))) } else { act() }
    }
}

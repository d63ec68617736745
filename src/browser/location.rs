//! The fragment of the address: the only place where the page keeps where it is. Fragments are never sent to a server.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::window;

/// The fragment as it stands in the address, without `#`.
pub fn fragment() -> String {
    let hash = window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.strip_prefix('#').map(ToOwned::to_owned).unwrap_or(hash)
}

/// Goes to another fragment; the reader can come back with Back.
pub fn go(fragment: &str) {
    if let Some(window) = window() {
        let _ = window.location().set_hash(fragment);
    }
}

/// Puts another fragment in the place of this one: Back does not return to it.
pub fn replace(fragment: &str) {
    if let Some(window) = window() {
        let _ = window.location().replace(&format!("#{fragment}"));
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Calls whenever the fragment has changed, as long as the page lives.
pub fn on_change(mut changed: impl FnMut(String) + 'static) {
    let listener = Closure::<dyn FnMut()>::new(move || changed(fragment()));
    if let Some(window) = window() {
        let _ = window.add_event_listener_with_callback("hashchange", listener.as_ref().unchecked_ref());
    }
    listener.forget();
}

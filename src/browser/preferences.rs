//! Small choices of the reader, in the browser's local storage: never anything of an estate.
//!
//! `window.localStorage` itself throws where cookies are blocked, and gloo-storage does not expect that: it is probed
//! once before the first use.

use std::cell::OnceCell;

use gloo_storage::{LocalStorage, SessionStorage, Storage};

use super::window;

thread_local! {
    static AVAILABLE: OnceCell<bool> = const { OnceCell::new() };
}

/// Whether choices can be kept at all.
pub fn available() -> bool {
    AVAILABLE.with(|known| {
        *known.get_or_init(|| {
            window().is_some_and(|window| {
                matches!(window.local_storage(), Ok(Some(_))) && matches!(window.session_storage(), Ok(Some(_)))
            })
        })
    })
}

/// The choice kept under this name.
pub fn get(name: &str) -> Option<String> {
    available().then(|| LocalStorage::raw().get_item(&key(name)).ok().flatten()).flatten()
}

/// Keeps a choice, as the word that it is; a browser that refuses forgets it with the page.
pub fn set(name: &str, value: &str) {
    if available() {
        let _ = LocalStorage::raw().set_item(&key(name), value);
    }
}

/// Forgets a choice.
pub fn forget(name: &str) {
    if available() {
        LocalStorage::delete(key(name));
    }
}

/// The choice kept under this name for this tab, also after a reload.
pub fn tab(name: &str) -> Option<String> {
    available().then(|| SessionStorage::raw().get_item(&key(name)).ok().flatten()).flatten()
}

/// Keeps a choice for this tab, as the word that it is.
pub fn set_tab(name: &str, value: &str) {
    if available() {
        let _ = SessionStorage::raw().set_item(&key(name), value);
    }
}

fn key(name: &str) -> String {
    format!("highwater.{name}")
}

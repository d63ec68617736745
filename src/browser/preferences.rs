//! Small choices of the reader, in the browser's local storage: never anything of an estate.
//!
//! `window.localStorage` itself throws where cookies are blocked, and gloo-storage does not expect that: it is probed
//! once before the first use.

use std::cell::OnceCell;

use gloo_storage::{LocalStorage, SessionStorage, Storage};
use serde::Serialize;
use serde::de::DeserializeOwned;

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
pub fn get<T: DeserializeOwned>(name: &str) -> Option<T> {
    available().then(|| LocalStorage::get(key(name)).ok()).flatten()
}

/// Keeps a choice; a browser that refuses forgets it with the page.
pub fn set<T: Serialize>(name: &str, value: T) {
    if available() {
        let _ = LocalStorage::set(key(name), value);
    }
}

/// Forgets a choice.
pub fn forget(name: &str) {
    if available() {
        LocalStorage::delete(key(name));
    }
}

/// Whether something is so for this tab, also after a reload.
pub fn tab(name: &str) -> bool {
    available() && SessionStorage::get(key(name)).unwrap_or(false)
}

/// Makes something so for this tab, or no longer so.
pub fn set_tab(name: &str, value: bool) {
    if available() {
        let _ = SessionStorage::set(key(name), value);
    }
}

fn key(name: &str) -> String {
    format!("highwater.{name}")
}

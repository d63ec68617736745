//! What can be shown about where data goes: the policy in force, the requests made, the room taken.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::PerformanceEntry;

use super::files::whole;
use super::{document, window};

/// The content security policy of the page, as it stands in its head.
pub fn policy() -> Option<String> {
    document()?.query_selector("meta[http-equiv='Content-Security-Policy']").ok()??.get_attribute("content")
}

/// The requests since the page was loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    /// How many went to where the page came from.
    pub own: usize,
    /// The addresses of all others.
    pub foreign: Vec<String>,
}

/// The requests that the browser has noted since the page was loaded.
pub fn requests() -> Requests {
    let Some(window) = window() else { return Requests::default() };
    let origin = window.location().origin().unwrap_or_default();
    let entries = window.performance().map(|performance| performance.get_entries_by_type("resource"));
    let mut requests = Requests::default();
    for entry in entries.iter().flat_map(|entries| entries.iter()) {
        let address = entry.unchecked_into::<PerformanceEntry>().name();
        if address.starts_with(&origin) || address.starts_with("blob:") {
            requests.own = requests.own.saturating_add(1);
        } else {
            requests.foreign.push(address);
        }
    }
    requests
}

/// How much room the browser gives, and whether it promises to keep it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Room {
    /// Bytes taken by everything of this site.
    pub used: Option<u64>,
    /// Bytes that the browser would give.
    pub quota: Option<u64>,
    /// Whether the browser keeps the data until the user deletes it; else it may clear it when the disk is full.
    pub persisted: Option<bool>,
}

/// The room as the browser estimates it.
pub async fn room() -> Room {
    let Some(storage) = storage() else { return Room::default() };
    let mut room = Room::default();
    if let Ok(promise) = storage.estimate()
        && let Ok(estimate) = JsFuture::from(promise).await
    {
        let bytes = |name: &str| {
            Reflect::get(&estimate, &JsValue::from_str(name)).ok().and_then(|value| value.as_f64()).map(whole)
        };
        room.used = bytes("usage");
        room.quota = bytes("quota");
    }
    if let Ok(promise) = storage.persisted() {
        room.persisted = JsFuture::from(promise).await.ok().and_then(|answer| answer.as_bool());
    }
    room
}

/// Asks the browser to keep the data until the user deletes it. It may decline.
pub async fn ask_to_persist() -> Option<bool> {
    JsFuture::from(storage()?.persist().ok()?).await.ok()?.as_bool()
}

/// `navigator.storage` exists only on secure origins.
fn storage() -> Option<web_sys::StorageManager> {
    let navigator = window()?.navigator();
    let there = Reflect::get(&navigator, &"storage".into()).is_ok_and(|storage| !storage.is_undefined());
    there.then(|| navigator.storage())
}

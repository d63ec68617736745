//! The only door to the browser: small functions that take and return Rust.
//!
//! Nothing above this folder names `web_sys` or `js_sys`. What the browser refuses is a value here ([`Refusal`]), never
//! a panic: storage may be blocked, full or gone, and the page goes on without it.

pub mod database;
pub mod files;
pub mod intl;
pub mod json;
pub mod location;
pub mod page;
pub mod preferences;
pub mod privacy;
pub mod today;
pub mod worker;

use wasm_bindgen::JsValue;

/// Why the browser did not do what was asked, in its own words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(pub String);

impl From<JsValue> for Refusal {
    fn from(value: JsValue) -> Self {
        let message =
            js_sys::Reflect::get(&value, &JsValue::from_str("message")).ok().and_then(|text| text.as_string());
        Self(message.or_else(|| value.as_string()).unwrap_or_default())
    }
}

impl From<idb::Error> for Refusal {
    fn from(error: idb::Error) -> Self {
        Self(error.to_string())
    }
}

fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

fn document() -> Option<web_sys::Document> {
    window()?.document()
}

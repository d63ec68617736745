//! JSON as the browser reads it: the page carries no reader of its own.

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The names and texts of a flat object; nothing of what is no text.
pub fn texts(json: &str) -> Vec<(String, String)> {
    let Some(object) = parse(json).ok().and_then(|value| value.dyn_into::<Object>().ok()) else { return Vec::new() };
    let entries = Object::entries(&object);
    let entry = |entry: JsValue| {
        let entry: Array = entry.unchecked_into();
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    };
    entries.iter().filter_map(entry).collect()
}

/// The value that a text stands for.
///
/// # Errors
/// What the browser says when it is not JSON.
pub fn parse(json: &str) -> Result<JsValue, JsValue> {
    JSON::parse(json)
}

/// A value as JSON.
pub fn written(value: &JsValue) -> String {
    JSON::stringify(value).map(String::from).unwrap_or_default()
}

/// A text as JSON, in its quotes.
pub fn quoted(text: &str) -> String {
    written(&JsValue::from_str(text))
}

/// A member of an object; undefined where there is none.
pub fn member(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &JsValue::from_str(name)).unwrap_or_default()
}

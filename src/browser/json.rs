//! JSON as the browser reads it: the page carries no reader of its own.

use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The names and texts of a flat object. They come over as one text: each by itself is a call of the browser, and a start
/// asks for hundreds.
pub fn texts(json: &str) -> Vec<(String, String)> {
    let Some(object) = parse(json).ok().and_then(|value| value.dyn_into::<Object>().ok()) else { return Vec::new() };
    let all = String::from(Object::entries(&object).flat(1).join(BETWEEN));
    let parts: Vec<&str> = all.split(BETWEEN).collect();
    let entry =
        |entry: &[&str]| if let [name, text] = entry { Some(((*name).to_owned(), (*text).to_owned())) } else { None };
    parts.chunks(2).filter_map(entry).collect()
}

/// A character that no text has.
const BETWEEN: &str = "\0";

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

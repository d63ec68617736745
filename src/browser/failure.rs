//! What happens when the program itself fails.

use std::panic::PanicHookInfo;

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::window;

/// Shows public/panic.js's dialog when the program fails: it offers the last saved workspace, and needs no part of
/// the program for it. The message goes to the console as well.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|info: &PanicHookInfo| {
        console_error_panic_hook::hook(info);
        let Some(window) = window() else { return };
        if let Ok(show) = Reflect::get(&window, &"highwaterFailed".into())
            && let Ok(show) = show.dyn_into::<Function>()
        {
            let _ = show.call1(&JsValue::UNDEFINED, &JsValue::from_str(&info.to_string()));
        }
    }));
}

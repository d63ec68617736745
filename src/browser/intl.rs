//! Numbers, days and times as the reader's browser writes them.
//!
//! Decimals go in as text, so no digit passes through a binary fraction. Days are civil: they are formatted in UTC,
//! where every day has the same name for everyone.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use jiff::civil::Date;
use js_sys::{Array, Function, Intl, Object, Reflect};
use rust_decimal::Decimal;
use wasm_bindgen::JsValue;

thread_local! {
    static NUMBER: OnceCell<Function> = const { OnceCell::new() };
    /// By the number of decimals.
    static MONEY: RefCell<BTreeMap<u32, Function>> = const { RefCell::new(BTreeMap::new()) };
    static DAY: OnceCell<Function> = const { OnceCell::new() };
    static TIME: OnceCell<Function> = const { OnceCell::new() };
    static MOMENT: OnceCell<Function> = const { OnceCell::new() };
}

/// A number with the separators of the language.
pub fn number(number: Decimal) -> String {
    let text = number.normalize().to_string();
    NUMBER.with(|format| {
        let format = format.get_or_init(|| {
            Intl::NumberFormat::new(&Array::of1(&"en".into()), &options(&[("maximumFractionDigits", 20.into())]))
                .format()
        });
        with_minus(&write(format, &JsValue::from_str(&text)).unwrap_or(text))
    })
}

/// The same with a minus sign, not a hyphen: it is as wide as a plus, and no line ends behind it.
fn with_minus(written: &str) -> String {
    written.replacen('-', "\u{2212}", 1)
}

/// An amount of money with the separators of the language and all of its decimals.
pub fn money(amount: Decimal) -> String {
    let text = amount.to_string();
    MONEY.with_borrow_mut(|formats| {
        let format = formats.entry(amount.scale()).or_insert_with(|| {
            let choices = [("minimumFractionDigits", amount.scale().into()), ("maximumFractionDigits", 20.into())];
            Intl::NumberFormat::new(&Array::of1(&"en".into()), &options(&choices)).format()
        });
        with_minus(&write(format, &JsValue::from_str(&text)).unwrap_or(text))
    })
}

/// A civil day, for example 4 May 2021.
pub fn day(day: Date) -> String {
    DAY.with(|format| {
        let format = format.get_or_init(|| dates(&[("dateStyle", "medium".into()), ("timeZone", "UTC".into())]));
        moment_of(&format!("{day}T00:00:00Z"))
            .and_then(|moment| write(format, &moment))
            .unwrap_or_else(|| day.to_string())
    })
}

/// A moment for the reader: the time alone when it is today, else with its day.
pub fn moment(stamp: &str) -> String {
    let Some(moment) = moment_of(stamp) else { return stamp.to_owned() };
    let same_day = {
        let then = js_sys::Date::new(&moment);
        then.to_date_string() == js_sys::Date::new_0().to_date_string()
    };
    let written = if same_day {
        TIME.with(|format| write(format.get_or_init(|| dates(&[("timeStyle", "short".into())])), &moment))
    } else {
        MOMENT.with(|format| {
            let format = format.get_or_init(|| dates(&[("dateStyle", "medium".into()), ("timeStyle", "short".into())]));
            write(format, &moment)
        })
    };
    written.unwrap_or_else(|| stamp.to_owned())
}

/// English with the day before the month, as most of the world writes it.
fn dates(choices: &[(&str, JsValue)]) -> Function {
    Intl::DateTimeFormat::new(&Array::of1(&"en-GB".into()), &options(choices)).format()
}

fn options(choices: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in choices {
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

fn moment_of(stamp: &str) -> Option<JsValue> {
    let moment = js_sys::Date::new(&JsValue::from_str(stamp));
    (!moment.get_time().is_nan()).then(|| moment.into())
}

fn write(format: &Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

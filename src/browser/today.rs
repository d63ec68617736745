//! The clock, read here and handed on as an argument: nothing behind the page knows what time it is.

use jiff::civil::Date;

/// This moment as a time stamp in UTC, for example `2026-11-21T14:02:05.123Z`.
pub fn now() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// The day at the place of the reader.
pub fn today() -> Option<Date> {
    let now = js_sys::Date::new_0();
    let part = |number: u32| i8::try_from(number).ok();
    Date::new(i16::try_from(now.get_full_year()).ok()?, part(now.get_month())?.checked_add(1)?, part(now.get_date())?)
        .ok()
}

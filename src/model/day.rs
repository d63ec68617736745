//! Civil days as text: `2026-11-21`, and nothing else.
//!
//! jiff reads many more forms, and its reader and the words of its errors would be a tenth of the page's program
//! (55 kB of 1.4 MB, measured on the release build of 2026-11-21); files and documents only ever write this one.

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de};

/// The day that a text of the form `YYYY-MM-DD` names.
pub fn parse(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let mut number = |digits: usize| {
        let part =
            parts.next().filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        part.parse::<i16>().ok()
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// How many days after `first` the day `last` is.
///
/// Days only: what jiff knows of months and years comes with all its errors in words, 40 kB of the worker in gzip.
pub fn between(first: Date, last: Date) -> i64 {
    last.duration_since(first).as_secs().div_euclid(DAY)
}

/// The day so many days after another one; `None` where the calendar ends.
pub fn after(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// The same day of the next year, the 28th for a 29 February; `None` where the calendar ends.
pub fn a_year_after(day: Date) -> Option<Date> {
    months_after(day, 12)
}

/// The same day so many months later, or the last day of a month that has none; `None` where the calendar ends.
pub fn months_after(day: Date, months: i16) -> Option<Date> {
    let months = i16::from(day.month()).saturating_sub(1).checked_add(months)?;
    let year = day.year().checked_add(months.div_euclid(12))?;
    let month = i8::try_from(months.rem_euclid(12)).ok()?.saturating_add(1);
    Date::new(year, month, day.day()).or_else(|_| Date::new(year, month, 1).map(Date::last_of_month)).ok()
}

/// Seconds of a civil day.
const DAY: i64 = 24 * 60 * 60;

/// Reads a day of a document.
///
/// # Errors
/// When the text names no day.
pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse(&text).ok_or_else(|| de::Error::custom("not a day as YYYY-MM-DD"))
}

/// Reads a day of a document, or none.
///
/// # Errors
/// When the text names no day.
pub fn read_optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| parse(&text).ok_or_else(|| de::Error::custom("not a day as YYYY-MM-DD"))).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_counted_over_the_leap_day_and_back() {
        assert_eq!(between(date(2024, 2, 28), date(2024, 3, 1)), 2);
        assert_eq!(between(date(2024, 3, 1), date(2023, 3, 1)), -366);
        assert_eq!(after(date(1899, 12, 30), 45_351), Some(date(2024, 2, 29)));
        assert_eq!(after(date(9999, 12, 30), 1), Some(Date::MAX));
        assert_eq!(a_year_after(date(2024, 2, 29)), Some(date(2025, 2, 28)));
        assert_eq!(a_year_after(Date::MAX), None);
        assert_eq!(months_after(date(2024, 8, 31), 18), Some(date(2026, 2, 28)));
        assert_eq!(months_after(date(2024, 12, 31), 1), Some(date(2025, 1, 31)));
        assert_eq!((months_after(Date::MAX, 1), months_after(Date::MAX, i16::MAX)), (None, None));
        assert_eq!(after(Date::MAX, 1), None);
        assert_eq!(after(Date::MIN, i64::MAX), None);
    }

    #[test]
    fn only_days_of_the_calendar_in_the_one_form_are_days() {
        assert_eq!(parse("2026-11-21"), Some(date(2026, 11, 21)));
        assert_eq!(parse("2024-02-29"), Some(date(2024, 2, 29)));
        for text in [
            "",
            "2023-02-29",
            "2026-13-01",
            "2026-1-1",
            "26-11-21",
            "2026-11-21T00:00",
            "2026/11/21",
            "-2026-11-21",
            "+026-11-21",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}

//! Numbers and days as a spreadsheet shows them.

use jiff::civil::{Date, date};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::day;

/// A spreadsheet shows 15 digits and writes 17, which hides what binary fractions cannot hold (0.1 + 0.2 is 0.3).
const DIGITS: u32 = 15;

/// From which day a workbook counts its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Day 1 is 1 January 1900, and day 60 is a 29 February 1900 that never was.
    Year1900,
    /// Day 0 is 1 January 1904.
    Year1904,
}

/// The number that a text writes, with an exponent or without; `None` when it writes no number, or one too large to
/// count anything.
pub(super) fn number(text: &str) -> Option<Decimal> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    if !mantissa.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+')) {
        return None;
    }
    let mantissa: Decimal = mantissa.parse().ok()?;
    let shown = mantissa.round_sf_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero)?.normalize();
    let exponent: i32 = exponent.parse().ok()?;
    match exponent {
        _ if shown.is_zero() => Some(Decimal::ZERO),
        0 => Some(shown),
        // Too small for a decimal, and for every use.
        ..-28 => Some(Decimal::ZERO),
        _ => Decimal::from_scientific_lossy(&format!("{shown}e{exponent}")).ok().map(|number| number.normalize()),
    }
}

/// A number as a person sees it: 15 digits, no exponent. What is too large to count anything stays as it is written.
pub(super) fn shown(written: &str) -> String {
    number(written).map_or_else(|| written.to_owned(), |number| number.to_string())
}

/// A number whose cell shows a day: the day, or the number where there is none.
pub(super) fn moment(written: &str, epoch: Epoch) -> String {
    match number(written) {
        Some(number) => day(number, epoch).map_or_else(|| number.to_string(), |day| day.to_string()),
        None => written.to_owned(),
    }
}

/// The days of a duration in ISO 8601 such as `PT36H30M00S`, as a workbook of Excel writes it; `None` for one that counts
/// months or years.
pub(super) fn days_of(span: &str) -> Option<Decimal> {
    let (sign, span) = span.strip_prefix('-').map_or((Decimal::ONE, span), |span| (Decimal::NEGATIVE_ONE, span));
    let mut rest = span.strip_prefix('P')?;
    let mut seconds = Decimal::ZERO;
    let mut of_day = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            (rest, of_day) = (after, true);
            continue;
        }
        let end = rest.find(|sign: char| !sign.is_ascii_digit() && sign != '.')?;
        let (count, after) = rest.split_at_checked(end)?;
        let unit = match (after.chars().next()?, of_day) {
            ('D', false) => 86_400,
            ('H', true) => 3_600,
            ('M', true) => 60,
            ('S', true) => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(count.parse::<Decimal>().ok()?.checked_mul(unit.into())?)?;
        rest = after.get(1..)?;
    }
    let days = seconds.checked_div(86_400.into())?.checked_mul(sign)?;
    Some(days.round_sf_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero)?.normalize())
}

/// The civil day of a number; `None` for a time without a day, and for what is no day of the calendar.
pub(super) fn day(number: Decimal, epoch: Epoch) -> Option<Date> {
    let days = number.trunc().to_i64().filter(|&days| days >= 1)?;
    let origin = match (epoch, days) {
        (Epoch::Year1904, _) => date(1904, 1, 1),
        (Epoch::Year1900, ..60) => date(1899, 12, 31),
        (Epoch::Year1900, 60) => return None,
        (Epoch::Year1900, _) => date(1899, 12, 30),
    };
    day::after(origin, days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_out_with_the_digits_that_people_see() {
        for (written, shown) in [
            ("0", "0"),
            ("-0", "0"),
            ("007", "7"),
            ("4", "4"),
            ("-12.50", "-12.5"),
            ("0.30000000000000004", "0.3"),
            ("1.1000000000000001", "1.1"),
            ("2.9999999999999996", "3"),
            ("1E+15", "1000000000000000"),
            ("1.4999999999999999E-7", "0.00000015"),
            ("5.5511151231257827E-17", "0.0000000000000000555111512313"),
            ("1.2345678901234567E+20", "123456789012346000000"),
            ("12345678901234567", "12345678901234600"),
            ("2.5e0", "2.5"),
            ("1E-300", "0"),
            ("0E+300", "0"),
        ] {
            assert_eq!(number(written).map(|number| number.to_string()).as_deref(), Some(shown), "{written}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_made_one() {
        for text in
            ["", "-", "NaN", "INF", "1_000", "1,5", "0x10", "1e", "e5", "1e5e5", "1 2", "1E+300", "1-2", "1.2.3"]
        {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn a_duration_is_as_many_days_as_a_workbook_of_excel_would_hold() {
        for (span, days) in [("PT36H00M00S", "1.5"), ("P1DT6H", "1.25"), ("-PT6H", "-0.25"), ("PT0S", "0")] {
            assert_eq!(days_of(span).map(|days| days.to_string()).as_deref(), Some(days), "{span}");
        }
        for span in ["", "P1M", "PT1D", "1H", "PTxH", "PT1"] {
            assert_eq!(days_of(span), None, "{span}");
        }
    }

    #[test]
    fn days_are_counted_as_the_workbook_counts_them() {
        let shown = |text: &str, epoch| day(number(text).unwrap(), epoch).map(|day| day.to_string());
        for (written, first, second) in [
            ("0.5", None, None),
            ("-1", None, None),
            ("1", Some("1900-01-01"), Some("1904-01-02")),
            ("59", Some("1900-02-28"), Some("1904-02-29")),
            ("60", None, Some("1904-03-01")),
            ("61", Some("1900-03-01"), Some("1904-03-02")),
            ("45351.999988425923", Some("2024-02-29"), Some("2028-03-01")),
            ("2958465", Some("9999-12-31"), None),
            ("2958466", None, None),
            ("1E+20", None, None),
        ] {
            assert_eq!(shown(written, Epoch::Year1900).as_deref(), first, "{written}");
            assert_eq!(shown(written, Epoch::Year1904).as_deref(), second, "{written}");
        }
    }
}

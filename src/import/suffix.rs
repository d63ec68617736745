//! What is written behind a number or a day: a unit, a time of day.

/// A number and the unit that is written behind it: `1,400 PVU`, `10 User`. Without a unit the text as it is.
pub(super) fn split_unit(text: &str) -> (&str, &str) {
    let text = text.trim();
    let Some(first) = text.find(char::is_alphabetic) else { return (text, "") };
    let (number, unit) = text.split_at(first);
    let of_number = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',' | ' ' | '\'' | '’' | '+');
    let is_number = number.bytes().any(|byte| byte.is_ascii_digit()) && number.chars().all(of_number);
    // Letters between digits are no unit: 1e3.
    if is_number && !unit.chars().any(|letter| letter.is_ascii_digit()) {
        (number.trim(), unit.trim())
    } else {
        (text, "")
    }
}

/// A day and the time of day that is written behind it: `2026-12-31 00:00:00`, `31.12.2026 23:59`, `12/31/2026 12:00:00
/// AM`. Without a time the text as it is.
pub(super) fn split_time(text: &str) -> (&str, &str) {
    let text = text.trim();
    let Some(colon) = text.find(':') else { return (text, "") };
    let before = text.get(..colon).unwrap_or_default();
    let Some(index) = before.rfind([' ', 'T']) else { return (text, "") };
    let (day, time) = (text.get(..index).unwrap_or_default(), text.get(index..).unwrap_or_default());
    let time = time.trim_start_matches(['T', ' ']);
    let of_time = |letter: char| {
        letter.is_ascii_digit()
            || matches!(letter, 'Z' | ' ' | ':' | '.' | ',' | '+' | '-' | 'A' | 'P' | 'M' | 'a' | 'p' | 'm')
    };
    if time.len() > 3 && time.chars().all(of_time) { (day.trim_end_matches([' ', ',']), time) } else { (text, "") }
}

/// Whether a time of day is another one than midnight, at which days begin.
pub(super) fn is_within_day(time: &str) -> bool {
    let clock: String =
        time.chars().take_while(|letter| letter.is_ascii_digit() || matches!(letter, ':' | '.' | ',')).collect();
    let noon_is_twelve = time.to_ascii_lowercase().contains("am") && clock.starts_with("12");
    let digits = if noon_is_twelve { clock.get(2..).unwrap_or_default() } else { clock.as_str() };
    digits.bytes().any(|byte| byte.is_ascii_digit() && byte != b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_behind_a_number_is_told_from_it() {
        for (text, split) in [
            ("1,400 PVU", ("1,400", "PVU")),
            ("1400PVU", ("1400", "PVU")),
            ("10 Authorized User", ("10", "Authorized User")),
            ("1 400,5 Stück", ("1 400,5", "Stück")),
            ("1400", ("1400", "")),
            ("1e3", ("1e3", "")),
            ("PVU 1400", ("PVU 1400", "")),
            ("many", ("many", "")),
        ] {
            assert_eq!(split_unit(text), split, "{text}");
        }
    }

    #[test]
    fn the_time_behind_a_day_is_told_from_it_and_midnight_from_other_times() {
        for (text, day, within) in [
            ("2026-12-31 00:00:00", "2026-12-31", false),
            ("2026-12-31T23:59:59Z", "2026-12-31", true),
            ("31.12.2026 00:00", "31.12.2026", false),
            ("12/31/2026 12:00:00 AM", "12/31/2026", false),
            ("12/31/2026 12:30:00 AM", "12/31/2026", true),
            ("12/31/2026 12:00:00 PM", "12/31/2026", true),
            ("2026-12-31T00:00:00.000+01:00", "2026-12-31", false),
        ] {
            let (found, time) = split_time(text);
            assert_eq!((found, is_within_day(time)), (day, within), "{text}");
        }
        assert_eq!(split_time("2026-12-31"), ("2026-12-31", ""));
        assert_eq!(split_time("see note: soon").1, "");
    }
}

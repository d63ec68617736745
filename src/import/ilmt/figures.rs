//! The figures of a table: whole numbers, cores, and why a cell is none.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::quantity::Cores;

/// The most that a cell may count. No estate comes near.
const MOST: u64 = 1_000_000_000;

/// Why a cell gives no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnreadCell {
    /// It is no figure of this kind.
    NotUnderstood,
    /// It is one that no estate reaches; sums of such figures could not be trusted.
    TooLarge,
}

/// A whole number, with or without zeros after a point.
pub(super) fn whole<T: TryFrom<u64>>(text: &str) -> Result<T, UnreadCell> {
    let (number, is_whole) = number(text)?;
    if is_whole { T::try_from(number).map_err(|_| UnreadCell::TooLarge) } else { Err(UnreadCell::NotUnderstood) }
}

/// The whole number that a figure is rounded up to, and whether it had to be.
pub(super) fn rounded_up(text: &str) -> Result<(u64, bool), UnreadCell> {
    let (number, is_whole) = number(text)?;
    Ok(if is_whole { (number, false) } else { (number.saturating_add(1), true) })
}

/// Cores, with or without a fraction.
pub(super) fn cores(text: &str) -> Result<Cores, UnreadCell> {
    let number: Decimal = text.parse().map_err(|_| UnreadCell::NotUnderstood)?;
    let why = if number.is_sign_negative() { UnreadCell::NotUnderstood } else { UnreadCell::TooLarge };
    Cores::new(number).ok_or(why)
}

/// A day, whatever time follows.
pub(super) fn day(text: &str) -> Result<Date, UnreadCell> {
    super::words::day(text).ok_or(UnreadCell::NotUnderstood)
}

/// The whole part of a number, and whether that is all of it.
fn number(text: &str) -> Result<(u64, bool), UnreadCell> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return Err(UnreadCell::NotUnderstood);
    }
    // 1.400 may be a thousand and more: the tools write neither thousands nor three digits of a fraction.
    if fraction.len() == 3 && whole.len() < 4 && !whole.starts_with('0') {
        return Err(UnreadCell::NotUnderstood);
    }
    let number = whole.parse().ok().filter(|number| *number <= MOST).ok_or(UnreadCell::TooLarge)?;
    Ok((number, fraction.bytes().all(|digit| digit == b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_whole_also_with_zeros_after_its_point() {
        for (text, number) in [("5", 5), ("5.0", 5), ("005", 5), ("0", 0), ("1000000000", MOST), ("5.", 5)] {
            assert_eq!(whole(text), Ok(number), "{text}");
            assert_eq!(rounded_up(text), Ok((number, false)), "{text}");
        }
    }

    #[test]
    fn a_fraction_is_rounded_up_where_that_is_the_rule_and_no_whole_number_elsewhere() {
        for (text, number) in [("2.5", 3), ("0.01", 1), ("2.0000000000000000000000000000000001", 3)] {
            assert_eq!(rounded_up(text), Ok((number, true)), "{text}");
            assert_eq!(whole::<u64>(text), Err(UnreadCell::NotUnderstood), "{text}");
        }
    }

    #[test]
    fn what_is_too_large_is_told_from_what_is_no_number() {
        for text in ["1000000001", "99999999999999999999999999999999", "1000000001.5"] {
            assert_eq!(whole::<u64>(text), Err(UnreadCell::TooLarge), "{text}");
            assert_eq!(rounded_up(text), Err(UnreadCell::TooLarge), "{text}");
        }
        assert_eq!(whole::<u8>("256"), Err(UnreadCell::TooLarge));
        for text in ["", "-5", "+5", "1,5", "1_000", "5e3", "x", ".5", "1.2.3", " ", "٥"] {
            assert_eq!(whole::<u64>(text), Err(UnreadCell::NotUnderstood), "{text}");
            assert_eq!(rounded_up(text), Err(UnreadCell::NotUnderstood), "{text}");
        }
        assert_eq!(cores("100000001"), Err(UnreadCell::TooLarge));
        assert_eq!(cores("-1"), Err(UnreadCell::NotUnderstood));
        assert_eq!(cores("0.5").map(Cores::get), Ok("0.5".parse().unwrap()));
    }
}

//! Numbers as they stand in a cell.

use rust_decimal::Decimal;

/// A plain decimal number: digits with at most one point, and a sign in front. No separators of thousands, no
/// exponent: what is ambiguous is refused, and so is what a decimal cannot hold to its last digit.
pub(super) fn plain(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: Decimal =
        Some(text).filter(|_| plain && digits.bytes().any(|byte| byte.is_ascii_digit()))?.parse().ok()?;
    // A decimal keeps 28 digits: more would be rounded, and nothing here is rounded silently.
    let fraction = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    (usize::try_from(number.scale()).ok()? == fraction).then_some(number)
}

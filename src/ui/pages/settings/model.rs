//! Sizes as people say them.

use rust_decimal::Decimal;

use crate::model::message::Message;

/// A number of bytes with one decimal in a unit that keeps it short.
pub fn size(bytes: u64) -> Message {
    let units = ["page.size.kilobytes", "page.size.megabytes", "page.size.gigabytes"];
    let (mut unit, mut key) = (1_000_u64, "page.size.kilobytes");
    for larger in units.into_iter().skip(1) {
        if bytes >= unit.saturating_mul(1_000) {
            (unit, key) = (unit.saturating_mul(1_000), larger);
        }
    }
    let tenths = bytes.saturating_add(unit / 20) / (unit / 10);
    Message::new(key).with("size", Decimal::new(i64::try_from(tenths).unwrap_or(i64::MAX), 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;
    use crate::model::message::Words;

    #[test]
    fn sizes_are_short() {
        let said = |bytes| Language::english().say(&size(bytes));
        assert_eq!(said(0), "0 kB");
        assert_eq!(said(1_540), "1.5 kB");
        assert_eq!(said(12_345_678), "12.3 MB");
        assert_eq!(said(5_000_000_000_000), "5,000 GB");
    }
}

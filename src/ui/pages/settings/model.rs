//! Sizes as people say them.

use rust_decimal::Decimal;

use crate::model::message::Message;

/// A number of bytes with one decimal in a unit that keeps it short.
pub fn size(bytes: u64) -> Message {
    let units = ["page.size.kilobytes", "page.size.megabytes", "page.size.gigabytes"];
    let thousand = Decimal::ONE_THOUSAND;
    let (mut size, mut unit) = (Decimal::from(bytes) / thousand, 0_usize);
    while size >= thousand && unit < units.len().saturating_sub(1) {
        size /= thousand;
        unit = unit.saturating_add(1);
    }
    let key = units.get(unit).copied().unwrap_or("page.size.kilobytes");
    Message::new(key).with("size", size.round_dp(1))
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

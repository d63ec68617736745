//! How many sockets a server with a processor can have at most, where the processor's own name says so.
//!
//! Source: Intel's processor numbers (<https://www.intel.com/content/www/us/en/processors/processor-numbers.html>):
//! the digit after E3, E5 and E7 is the most processors that work together. Confidence: medium; other families do not
//! say it in their names.

use std::num::NonZeroU32;

/// The most sockets of a server that a processor fits; `None` where its name does not say.
pub fn most_sockets(processor: &str) -> Option<NonZeroU32> {
    let number = processor
        .split_whitespace()
        .find_map(|word| ["E3-", "E5-", "E7-"].into_iter().find_map(|family| word.strip_prefix(family)))?;
    let digit = number.chars().next().filter(|_| number.len() >= 4)?.to_digit(10)?;
    NonZeroU32::new(digit).filter(|sockets| matches!(sockets.get(), 1 | 2 | 4 | 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digit_after_the_family_says_how_many_sockets_a_processor_fits() {
        let sockets = |brand| most_sockets(brand).map(NonZeroU32::get);
        assert_eq!(sockets("Intel(R) Xeon(R) CPU E7-8880 v4 @ 2.20GHz"), Some(8));
        assert_eq!(sockets("Intel(R) Xeon(R) CPU E5-2697 v2 @ 2.70GHz"), Some(2));
        assert_eq!(sockets("Intel(R) Xeon(R) CPU E3-1230 v5"), Some(1));
        assert_eq!(sockets("Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz"), None);
        assert_eq!(sockets("Intel(R) Xeon(R) CPU E5540 @ 2.53GHz"), None);
        assert_eq!(sockets("E7-"), None);
    }
}

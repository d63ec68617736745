//! What so many of one thing cost, where one price is paid for many different numbers of it.

use rust_decimal::Decimal;

use super::fraction::Fraction;

/// An exact amount, taken apart so that each of its multiples is rounded by short numbers alone.
#[derive(Clone, Copy, Debug)]
pub struct Multiples {
    /// The whole number of last decimals in it.
    whole: u64,
    /// What is left over: so many of the `parts` of one.
    rest: u64,
    /// Never 0.
    parts: u64,
    decimals: u32,
}

impl Multiples {
    /// The multiples of an amount, each rounded to so many decimals; `None` when its numbers are too long for that.
    pub fn of(amount: Fraction, decimals: u32) -> Option<Self> {
        let (whole, rest, parts) = amount.in_last(decimals)?.split()?;
        let short = |number: u128| u64::try_from(number).ok();
        Some(Self { whole: short(whole)?, rest: short(rest)?, parts: short(parts)?, decimals })
    }

    /// So many times the amount, a half up; `None` when the numbers on the way to it are too long.
    pub fn rounded(self, count: u64) -> Option<Decimal> {
        let rest = self.rest.checked_mul(count)?;
        let (over, left) = (rest.checked_div(self.parts)?, rest.checked_rem(self.parts)?);
        let half = left >= self.parts.checked_sub(left)?;
        let last = self.whole.checked_mul(count)?.checked_add(over)?.checked_add(half.into())?;
        Decimal::try_new(i64::try_from(last).ok()?, self.decimals).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_multiple_is_rounded_once_a_half_up() {
        let rounded = |dividend: &str, divisor: &str, decimals, count| {
            let amount = Fraction::of(number(dividend), number(divisor)).unwrap();
            Multiples::of(amount, decimals).unwrap().rounded(count).unwrap().to_string()
        };
        // Semantics of money, 5.4: 1,270 x 1.06 x 7 x 4/12 = 3,141.133.
        assert_eq!(rounded("5384.8", "12", 2, 7), "3141.13");
        assert_eq!(rounded("0.125", "1", 2, 1), "0.13");
        assert_eq!(rounded("0.125", "1", 2, 3), "0.38");
        assert_eq!(rounded("0.1249", "1", 2, 1), "0.12");
        assert_eq!(rounded("1", "3", 0, 2), "1");
        assert_eq!(rounded("1", "3", 0, 1), "0");
        assert_eq!(rounded("2", "1", 3, 0), "0.000");
    }

    #[test]
    fn what_is_too_long_is_none() {
        let huge = Fraction::of(Decimal::MAX, Decimal::ONE).unwrap();
        assert!(Multiples::of(huge, 2).is_none());
        let third = Fraction::of(Decimal::ONE, 3.into()).unwrap();
        assert_eq!(Multiples::of(third, 2).unwrap().rounded(u64::MAX), None);
    }

    proptest! {
        #[test]
        fn a_multiple_is_the_product_rounded(
            (price, scale) in (0_u32.., 0_u32..7),
            (index, percent) in (1_u32..4_000_000, 0_u32..1_000_000),
            (dividend, divisor) in (0_u32..500, 1_u32..400),
            (decimals, count) in (0_u32..4, 0_u32..100_000),
        ) {
            let of = |number: u32, scale| Decimal::new(number.into(), scale);
            let fraction = |one, other| Fraction::of(one, other).unwrap();
            let amount = fraction(of(price, scale), Decimal::ONE)
                .product(fraction(of(index, 6), Decimal::ONE))
                .and_then(|amount| amount.product(fraction(of(percent, 4), Decimal::ONE_HUNDRED)))
                .and_then(|amount| amount.product(fraction(dividend.into(), divisor.into())))
                .unwrap();
            let exact = amount.times(count.into()).and_then(|amount| amount.rounded(decimals));
            let multiple = Multiples::of(amount, decimals).and_then(|one| one.rounded(count.into()));
            prop_assert!(multiple.is_none() || multiple == exact, "{multiple:?} {exact:?}");
        }
    }
}

//! Exact quotients of whole numbers: a third has no end as a decimal.

use std::fmt;

use rust_decimal::Decimal;

/// A quotient of whole numbers, 0 or more. It comes to lowest terms when somebody looks at them, or when it would be too
/// large otherwise: of a row of products that costs more than all the rest.
#[derive(Clone, Copy, Debug)]
pub struct Fraction {
    numerator: u128,
    /// Never 0.
    denominator: u128,
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    /// One.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// The quotient of two decimals, exactly. `None` when one is below 0, the divisor is 0, or they are too large.
    pub fn of(dividend: Decimal, divisor: Decimal) -> Option<Self> {
        let (dividend, divisor) = (dividend.normalize(), divisor.normalize());
        let scale = dividend.scale().max(divisor.scale());
        let whole = |number: Decimal| {
            let mantissa = u128::try_from(number.mantissa()).ok()?;
            mantissa.checked_mul(power_of_ten(scale.checked_sub(number.scale())?)?)
        };
        Self::new(whole(dividend)?, whole(divisor)?)
    }

    fn new(numerator: u128, denominator: u128) -> Option<Self> {
        (denominator > 0).then_some(Self { numerator, denominator })
    }

    /// Whether it is written as one.
    const fn is_one(self) -> bool {
        self.numerator == 1 && self.denominator == 1
    }

    /// The same in lowest terms.
    #[must_use]
    pub fn reduced(self) -> Self {
        let common = common(self.numerator, self.denominator);
        let part = |number: u128| number.checked_div(common).unwrap_or(number);
        Self { numerator: part(self.numerator), denominator: part(self.denominator) }
    }

    /// What comes of it as it is, else in lowest terms.
    fn or_reduced<T>(self, of: impl Fn(Self) -> Option<T>) -> Option<T> {
        of(self).or_else(|| of(self.reduced()))
    }

    /// So many times as much; `None` when it is too large.
    pub fn times(self, factor: Decimal) -> Option<Self> {
        self.product(Self::of(factor, Decimal::ONE)?)
    }

    /// The product; `None` when it is too large.
    pub fn product(self, other: Self) -> Option<Self> {
        // Most rates are all of a price, and most coverages a whole year.
        if other.is_one() {
            return Some(self);
        }
        if self.is_one() {
            return Some(other);
        }
        let product = |one: Self, other: Self| {
            let numerator = one.numerator.checked_mul(other.numerator)?;
            Some(Self { numerator, denominator: one.denominator.checked_mul(other.denominator)? })
        };
        product(self, other).or_else(|| {
            // What both have in common goes first, so that only what does not fit in lowest terms is too large.
            let (one, other) = (self.reduced(), other.reduced());
            let across = |one: Self, other: Self| Some(Self::new(one.numerator, other.denominator)?.reduced());
            product(across(one, other)?, across(other, one)?)
        })
    }

    /// The quotient; `None` when the divisor is 0, or it is too large.
    pub fn quotient(self, divisor: Self) -> Option<Self> {
        self.product(Self::new(divisor.denominator, divisor.numerator)?)
    }

    /// What is left of it; `None` when that is below 0, or too large.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.across(other, u128::checked_sub)
    }

    /// The sum; `None` when it is too large.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.across(other, u128::checked_add)
    }

    /// The smaller one of both; `None` when they are too large to be compared.
    pub fn least(self, other: Self) -> Option<Self> {
        let is_first = |one: Self, other: Self| {
            let first = one.numerator.checked_mul(other.denominator)?;
            Some(first <= other.numerator.checked_mul(one.denominator)?)
        };
        let is_first = is_first(self, other).or_else(|| is_first(self.reduced(), other.reduced()))?;
        Some(if is_first { self } else { other })
    }

    /// What comes of the numerators of both over one denominator.
    fn across(self, other: Self, of: fn(u128, u128) -> Option<u128>) -> Option<Self> {
        let across = |one: Self, other: Self| {
            let first = one.numerator.checked_mul(other.denominator)?;
            let second = other.numerator.checked_mul(one.denominator)?;
            Self::new(of(first, second)?, one.denominator.checked_mul(other.denominator)?)
        };
        across(self, other).or_else(|| across(self.reduced(), other.reduced()))
    }

    /// How often it has the last of so many decimals; `None` when it is too large.
    pub(super) fn in_last(self, decimals: u32) -> Option<Self> {
        self.product(Self::new(power_of_ten(decimals)?, 1)?)
    }

    /// Rounded to so many decimals, a half up; `None` when it is too large.
    pub fn rounded(self, decimals: u32) -> Option<Decimal> {
        let whole = self.in_last(decimals)?.or_reduced(|scaled| {
            let twice = scaled.numerator.checked_mul(2)?.checked_add(scaled.denominator)?;
            twice.checked_div(scaled.denominator.checked_mul(2)?)
        });
        Decimal::try_from_i128_with_scale(i128::try_from(whole?).ok()?, decimals).ok()
    }

    /// Numerator and denominator in lowest terms.
    pub fn terms(self) -> (u128, u128) {
        let Self { numerator, denominator } = self.reduced();
        (numerator, denominator)
    }

    /// How many parts make one, in lowest terms.
    pub fn denominator(self) -> u128 {
        self.terms().1
    }

    /// The fewest parts of one in which both this and a whole number of `parts` can be told; `None` when they are too
    /// many.
    pub fn common_denominator(self, parts: u128) -> Option<u128> {
        // In lowest terms the denominator of the quotient lacks what both have in common.
        let missing = Self::new(self.denominator(), parts)?.reduced().numerator;
        parts.checked_mul(missing)
    }

    /// The number of such parts, rounded down where they do not make it up; `None` when it is too large.
    pub fn in_parts(self, parts: u128) -> Option<u128> {
        self.or_reduced(|all| all.numerator.checked_mul(parts)?.checked_div(all.denominator))
    }

    /// The whole number in it, and what is left over, as a numerator and a denominator.
    pub(super) fn split(self) -> Option<(u128, u128, u128)> {
        let (whole, rest) = divided(self.numerator, self.denominator)?;
        Some((whole, rest, self.denominator))
    }

    /// Rounded up to a whole number; `None` when it is too large.
    pub fn ceil(self) -> Option<u64> {
        u64::try_from(self.numerator.div_ceil(self.denominator)).ok()
    }
}

/// By value, whatever the terms.
impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.terms() == other.terms()
    }
}

impl Eq for Fraction {}

/// Ten to a power; `None` when it is too large.
fn power_of_ten(exponent: u32) -> Option<u128> {
    10_u64.checked_pow(exponent).map(u128::from).or_else(|| 10_u128.checked_pow(exponent))
}

/// The largest number that divides both; 0 where both are.
fn common(one: u128, other: u128) -> u128 {
    let (mut common, mut rest) = (one, other);
    while let Some((_, left)) = divided(common, rest) {
        (common, rest) = (rest, left);
    }
    common
}

/// The whole quotient, and what is left; `None` when the divisor is 0.
fn divided(dividend: u128, divisor: u128) -> Option<(u128, u128)> {
    // Short numbers divide many times as quickly.
    if let (Ok(dividend), Ok(divisor)) = (u64::try_from(dividend), u64::try_from(divisor)) {
        return Some((dividend.checked_div(divisor)?.into(), dividend.checked_rem(divisor)?.into()));
    }
    Some((dividend.checked_div(divisor)?, dividend.checked_rem(divisor)?))
}

/// A whole number as such, else both numbers: `9/2`.
impl fmt::Display for Fraction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (numerator, denominator) = self.terms();
        match denominator {
            1 => write!(formatter, "{numerator}"),
            denominator => write!(formatter, "{numerator}/{denominator}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotient(dividend: &str, divisor: &str) -> Option<Fraction> {
        Fraction::of(dividend.parse().unwrap(), divisor.parse().unwrap())
    }

    #[test]
    fn a_quotient_is_kept_in_lowest_terms_and_rounded_up_once() {
        let text = |dividend, divisor| quotient(dividend, divisor).map(|fraction| fraction.to_string());
        assert_eq!(text("9", "2").as_deref(), Some("9/2"));
        assert_eq!(text("0.30", "0.1").as_deref(), Some("3"));
        assert_eq!(text("0", "7").as_deref(), Some("0"));
        assert_eq!(quotient("0.1", "3").and_then(Fraction::ceil), Some(1));
        assert_eq!(quotient("9", "3").and_then(Fraction::ceil), Some(3));
    }

    #[test]
    fn thirds_add_up_exactly() {
        let third = quotient("1", "3").unwrap();
        let sum = third.plus(third).and_then(|sum| sum.plus(third)).unwrap();
        assert_eq!((sum, sum.ceil()), (quotient("1", "1").unwrap(), Some(1)));
        assert_eq!(third.times("1.5".parse().unwrap()), quotient("1", "2"));
    }

    #[test]
    fn fractions_are_told_in_the_fewest_parts_that_all_of_them_have() {
        let (third, quarter) = (quotient("1", "3").unwrap(), quotient("5", "4").unwrap());
        let parts = third.common_denominator(quarter.denominator()).unwrap();
        assert_eq!((parts, third.in_parts(parts), quarter.in_parts(parts)), (12, Some(4), Some(15)));
        assert_eq!(quotient("1", "6").unwrap().common_denominator(4), Some(12));
    }

    #[test]
    fn a_fraction_is_rounded_to_decimals_with_a_half_up() {
        let rounded = |dividend, divisor, decimals| quotient(dividend, divisor)?.rounded(decimals);
        let number = |text: &str| text.parse::<Decimal>().ok();
        assert_eq!(rounded("0.125", "1", 2), number("0.13"));
        assert_eq!(rounded("0.1249", "1", 2), number("0.12"));
        assert_eq!(rounded("1", "3", 6), number("0.333333"));
        assert_eq!(rounded("3", "2", 0), number("2"));
        let huge = quotient("79228162514264337593543950335", "1").unwrap();
        assert_eq!(huge.rounded(2), None);
    }

    #[test]
    fn a_product_is_too_large_only_in_lowest_terms() {
        let one = quotient("79228162514264337593543950335", "7").unwrap();
        let other = quotient("7", "79228162514264337593543950335").unwrap();
        assert_eq!(one.product(other), quotient("1", "1"));
        assert_eq!(one.quotient(one), quotient("1", "1"));
        assert_eq!(quotient("3", "4").unwrap().minus(quotient("1", "3").unwrap()), quotient("5", "12"));
        assert_eq!(quotient("1", "4").unwrap().minus(quotient("1", "3").unwrap()), None);
        assert_eq!(one.quotient(Fraction::ZERO), None);
    }

    #[test]
    fn the_smaller_one_of_two_fractions_is_told_also_where_only_lowest_terms_are_short_enough() {
        let (third, quarter) = (quotient("1", "3").unwrap(), quotient("1", "4").unwrap());
        assert_eq!((third.least(quarter), quarter.least(third)), (Some(quarter), Some(quarter)));
        let long = Fraction { numerator: u128::MAX / 2, denominator: u128::MAX / 2 };
        assert_eq!(long.least(third), Some(third));
    }

    #[test]
    fn what_is_no_quotient_or_too_large_is_none() {
        assert_eq!(quotient("1", "0"), None);
        assert_eq!(quotient("-1", "2"), None);
        let huge = Fraction::of(Decimal::MAX, Decimal::ONE).unwrap();
        assert_eq!((huge.ceil(), huge.times(Decimal::MAX)), (None, None));
    }
}

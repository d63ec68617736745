//! Exact numbers: decimals as they are written, and fractions of whole numbers of any size, none below 0.

use std::cmp::Ordering;
use std::fmt;

/// A decimal number in shortest form: `value` / 10^`places`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub(crate) value: i128,
    pub(crate) places: u32,
}

impl Decimal {
    pub(crate) fn new(mut value: i128, mut places: u32) -> Self {
        while places > 0 && value % 10 == 0 {
            value /= 10;
            places -= 1;
        }
        Self { value, places }
    }

    /// Digits with at most one point, and a minus before them.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{part}");
        if whole.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let value: i128 = all.parse().ok()?;
        Some(Self::new(if negative { -value } else { value }, u32::try_from(part.len()).ok()?))
    }

    pub(crate) fn whole(number: i64) -> Self {
        Self::new(i128::from(number), 0)
    }

    pub(crate) fn fraction(self) -> Fraction {
        Fraction::new(unsigned(self.value), 10_u128.pow(self.places))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&with_places(self.value, self.places))
    }
}

/// A whole number of the smallest units, written with so many decimals.
pub(crate) fn with_places(value: i128, places: u32) -> String {
    let unit = 10_i128.pow(places);
    let sign = if value < 0 { "-" } else { "" };
    let (whole, part) = (value.abs() / unit, value.abs() % unit);
    if places == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{part:0width$}", width = usize::try_from(places).unwrap())
}

fn unsigned(value: i128) -> u128 {
    u128::try_from(value).expect("a number that is not below 0")
}

/// `value` / `unit`, half up, of numbers that are not below 0.
pub(crate) fn half_up(value: i128, unit: i128) -> i128 {
    (2 * value + unit) / (2 * unit)
}

/// A whole number of any size, the lowest 32 bits first, none of them 0 at the top.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Big(Vec<u32>);

impl Big {
    fn new(mut value: u128) -> Self {
        let mut words = Vec::new();
        while value > 0 {
            words.push(u32::try_from(value & 0xffff_ffff).unwrap());
            value >>= 32;
        }
        Self(words)
    }

    fn trimmed(mut words: Vec<u32>) -> Self {
        while words.last() == Some(&0) {
            words.pop();
        }
        Self(words)
    }

    fn word(&self, index: usize) -> u64 {
        self.0.get(index).map_or(0, |word| u64::from(*word))
    }

    fn plus(&self, other: &Self) -> Self {
        let (mut words, mut carry) = (Vec::new(), 0);
        for index in 0..=self.0.len().max(other.0.len()) {
            let sum = self.word(index) + other.word(index) + carry;
            words.push(u32::try_from(sum & 0xffff_ffff).unwrap());
            carry = sum >> 32;
        }
        Self::trimmed(words)
    }

    /// Less a number that is no larger.
    fn minus(&self, other: &Self) -> Self {
        let (mut words, mut borrow) = (Vec::new(), 0);
        for index in 0..self.0.len() {
            let difference = (self.word(index) + (1 << 32)) - other.word(index) - borrow;
            words.push(u32::try_from(difference & 0xffff_ffff).unwrap());
            borrow = 1 - (difference >> 32);
        }
        assert_eq!(borrow, 0, "a difference below 0");
        Self::trimmed(words)
    }

    fn times(&self, other: &Self) -> Self {
        let mut words = vec![0_u32; self.0.len() + other.0.len()];
        for (low, left) in self.0.iter().enumerate() {
            let mut carry = 0;
            for high in 0..=other.0.len() {
                if low + high == words.len() {
                    break;
                }
                let sum = u64::from(words[low + high]) + u64::from(*left) * other.word(high) + carry;
                words[low + high] = u32::try_from(sum & 0xffff_ffff).unwrap();
                carry = sum >> 32;
            }
        }
        Self::trimmed(words)
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// Twice the number, and one more if so.
    fn doubled(&self, one: bool) -> Self {
        let (mut words, mut carry) = (Vec::new(), u32::from(one));
        for word in &self.0 {
            words.push((word << 1) | carry);
            carry = word >> 31;
        }
        words.push(carry);
        Self::trimmed(words)
    }

    /// Quotient and rest, bit after bit.
    fn divided(&self, other: &Self) -> (Self, Self) {
        assert!(!other.0.is_empty(), "division by 0");
        let (mut quotient, mut rest) = (vec![0_u32; self.0.len()], Self::new(0));
        for index in (0..self.0.len()).rev() {
            for bit in (0..32).rev() {
                rest = rest.doubled((self.0[index] >> bit) & 1 == 1);
                if rest.compare(other) != Ordering::Less {
                    rest = rest.minus(other);
                    quotient[index] |= 1 << bit;
                }
            }
        }
        (Self::trimmed(quotient), rest)
    }

    fn small(&self) -> i128 {
        assert!(self.0.len() < 4, "larger than any amount");
        self.0.iter().rev().fold(0, |value, word| (value << 32) | i128::from(*word))
    }
}

/// A fraction that is not below 0, not shortened.
#[derive(Clone, Debug)]
pub(crate) struct Fraction {
    above: Big,
    below: Big,
}

impl Fraction {
    pub(crate) fn new(above: u128, below: u128) -> Self {
        Self { above: Big::new(above), below: Big::new(below) }
    }

    pub(crate) fn whole(number: i64) -> Self {
        Self::new(unsigned(i128::from(number)), 1)
    }

    pub(crate) fn millionths(number: i128) -> Self {
        Self::new(unsigned(number), 1_000_000)
    }

    pub(crate) fn times(&self, other: &Self) -> Self {
        Self { above: self.above.times(&other.above), below: self.below.times(&other.below) }
    }

    pub(crate) fn over(&self, other: &Self) -> Self {
        Self { above: self.above.times(&other.below), below: self.below.times(&other.above) }
    }

    /// Less a fraction that is no larger.
    pub(crate) fn minus(&self, other: &Self) -> Self {
        let above = self.above.times(&other.below).minus(&other.above.times(&self.below));
        Self { above, below: self.below.times(&other.below) }
    }

    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        self.above.times(&other.below).compare(&other.above.times(&self.below))
    }

    pub(crate) fn least(self, other: Self) -> Self {
        if other.compare(&self) == Ordering::Less { other } else { self }
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.above.0.is_empty()
    }

    pub(crate) fn rounded_up(&self) -> i128 {
        let (quotient, rest) = self.above.divided(&self.below);
        quotient.small() + i128::from(!rest.0.is_empty())
    }

    /// In units of 10^-`places`, half up.
    pub(crate) fn rounded(&self, places: u32) -> i128 {
        let scaled = self.above.times(&Big::new(10_u128.pow(places)));
        let twice = scaled.doubled(false).plus(&self.below);
        twice.divided(&self.below.doubled(false)).0.small()
    }

    /// In lowest terms: `1/3`, `1`.
    pub(crate) fn shown(&self) -> String {
        let (mut large, mut small) = (self.above.clone(), self.below.clone());
        while !small.0.is_empty() {
            (large, small) = (small.clone(), large.divided(&small).1);
        }
        let (above, below) = (self.above.divided(&large).0.small(), self.below.divided(&large).0.small());
        if below == 1 { above.to_string() } else { format!("{above}/{below}") }
    }
}

//! Exact numbers of cores and of licences. Nothing here is ever a binary fraction.

use std::cmp::Ordering;
use std::num::NonZeroU32;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

/// The activated cores of a server, or the sockets it can hold: a whole number above 0.
pub type Count = NonZeroU32;

/// Cores of a partition or of a pool: 0 or more, fractions allowed, exact.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(try_from = "Amount", into = "Amount")]
pub struct Cores(Amount);

/// An exact number. Most numbers of cores are whole, and integers are added and compared many times as fast as decimals.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum Amount {
    Whole(u32),
    Exact(Decimal),
}

impl Cores {
    /// No cores.
    pub const ZERO: Self = Self(Amount::Whole(0));

    /// The most cores that a cell may name. No machine comes near; the limit keeps every sum exact.
    pub const MOST: u32 = 100_000_000;

    /// So many cores; none when the number is negative or above [`Cores::MOST`].
    pub fn new(cores: Decimal) -> Option<Self> {
        (!cores.is_sign_negative() || cores.is_zero())
            .then_some(Self::exact(cores))
            .filter(|_| cores <= Decimal::from(Self::MOST))
    }

    /// A number that was written without a fraction is an integer; `2.0` stays what it is, to be shown as it was written.
    fn exact(cores: Decimal) -> Self {
        let whole = if cores.scale() == 0 { cores.to_u32() } else { None };
        Self(whole.map_or(Amount::Exact(cores), Amount::Whole))
    }

    /// The exact number.
    pub fn get(self) -> Decimal {
        match self.0 {
            Amount::Whole(cores) => cores.into(),
            Amount::Exact(cores) => cores,
        }
    }

    /// Whether no fraction is left.
    pub fn is_whole(self) -> bool {
        match self.0 {
            Amount::Whole(_) => true,
            Amount::Exact(cores) => cores.is_integer(),
        }
    }

    /// Rounded up to whole cores.
    #[must_use]
    pub fn ceil(self) -> Self {
        match self.0 {
            Amount::Whole(_) => self,
            Amount::Exact(cores) => Self::exact(cores.ceil()),
        }
    }

    /// Whole cores as an integer, fractions rounded up.
    pub fn to_whole(self) -> u64 {
        match self.0 {
            Amount::Whole(cores) => cores.into(),
            Amount::Exact(cores) => cores.ceil().to_u64().unwrap_or(u64::MAX),
        }
    }

    /// The sum. It stays exact: millions of rows of [`Cores::MOST`] cores fit with room to spare.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        if let (Amount::Whole(one), Amount::Whole(other)) = (self.0, other.0)
            && let Some(sum) = one.checked_add(other)
        {
            return Self(Amount::Whole(sum));
        }
        Self::exact(self.get().saturating_add(other.get()))
    }

    /// The difference, not below 0.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        if let (Amount::Whole(one), Amount::Whole(other)) = (self.0, other.0) {
            return Self(Amount::Whole(one.saturating_sub(other)));
        }
        Self::exact(self.get().saturating_sub(other.get()).max(Decimal::ZERO))
    }
}

impl Default for Cores {
    fn default() -> Self {
        Self::ZERO
    }
}

impl PartialEq for Cores {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Cores {}

impl PartialOrd for Cores {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cores {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.0, other.0) {
            (Amount::Whole(one), Amount::Whole(other)) => one.cmp(&other),
            _ => self.get().cmp(&other.get()),
        }
    }
}

impl From<Count> for Cores {
    fn from(count: Count) -> Self {
        Self(Amount::Whole(count.get()))
    }
}

impl TryFrom<Amount> for Cores {
    type Error = &'static str;

    fn try_from(amount: Amount) -> Result<Self, Self::Error> {
        Self::new(Self(amount).get()).ok_or("not a number of cores")
    }
}

impl From<Cores> for Decimal {
    fn from(cores: Cores) -> Self {
        cores.get()
    }
}

impl From<Cores> for Amount {
    fn from(cores: Cores) -> Self {
        cores.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cores(text: &str) -> Cores {
        Cores::new(text.parse().unwrap()).unwrap()
    }

    #[test]
    fn numbers_are_the_same_however_they_are_written_and_show_as_they_are_written() {
        assert_eq!(cores("2"), cores("2.0"));
        assert_eq!((cores("2").get().to_string(), cores("2.0").get().to_string()), ("2".to_owned(), "2.0".to_owned()));
        assert!(cores("1.5") < cores("2") && cores("2") < cores("2.5") && cores("2.50") > cores("2.49"));
    }

    #[test]
    fn sums_and_differences_are_exact_with_fractions_and_without() {
        assert_eq!(cores("2").plus(cores("3")), cores("5"));
        assert_eq!(cores("0.5").plus(cores("1.5")), cores("2"));
        assert_eq!(cores("3").minus(cores("0.5")), cores("2.5"));
        assert_eq!((cores("3").minus(cores("5")), cores("3").minus(cores("3.5"))), (Cores::ZERO, Cores::ZERO));
        // 100 servers of 100,000,000 cores are more than an integer of 32 bits holds.
        let sum = (0..100).fold(Cores::ZERO, |sum, _| sum.plus(cores("100000000")));
        assert_eq!((sum.to_whole(), sum.plus(cores("0.5")).to_whole()), (10_000_000_000, 10_000_000_001));
    }

    #[test]
    fn a_fraction_is_rounded_up_and_is_not_whole() {
        assert_eq!((cores("2.1").ceil(), cores("2.1").to_whole()), (cores("3"), 3));
        assert!(!cores("2.1").is_whole() && cores("2.0").is_whole() && cores("2").is_whole());
    }
}

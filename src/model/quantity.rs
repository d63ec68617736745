//! Exact numbers of cores and of licences. Nothing here is ever a binary fraction.

use std::num::NonZeroU32;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

/// The activated cores of a server, or the sockets it can hold: a whole number above 0.
pub type Count = NonZeroU32;

/// Cores of a partition or of a pool: 0 or more, fractions allowed, exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct Cores(Decimal);

impl Cores {
    /// No cores.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The most cores that a cell may name. No machine comes near; the limit keeps every sum exact.
    pub const MOST: u32 = 100_000_000;

    /// So many cores; none when the number is negative or above [`Cores::MOST`].
    pub fn new(cores: Decimal) -> Option<Self> {
        (!cores.is_sign_negative() || cores.is_zero())
            .then_some(Self(cores))
            .filter(|_| cores <= Decimal::from(Self::MOST))
    }

    /// The exact number.
    pub const fn get(self) -> Decimal {
        self.0
    }

    /// Whether no fraction is left.
    pub fn is_whole(self) -> bool {
        self.0.is_integer()
    }

    /// Rounded up to whole cores.
    #[must_use]
    pub fn ceil(self) -> Self {
        Self(self.0.ceil())
    }

    /// Whole cores as an integer, fractions rounded up.
    pub fn to_whole(self) -> u64 {
        self.0.ceil().to_u64().unwrap_or(u64::MAX)
    }

    /// The sum. It stays exact: millions of rows of [`Cores::MOST`] cores fit with room to spare.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference, not below 0.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(Decimal::ZERO))
    }
}

impl From<Count> for Cores {
    fn from(count: Count) -> Self {
        Self(count.get().into())
    }
}

impl TryFrom<Decimal> for Cores {
    type Error = &'static str;

    fn try_from(cores: Decimal) -> Result<Self, Self::Error> {
        Self::new(cores).ok_or("not a number of cores")
    }
}

impl From<Cores> for Decimal {
    fn from(cores: Cores) -> Self {
        cores.0
    }
}

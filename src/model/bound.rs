//! Which of the three values of an estimate is meant.

use serde::{Deserialize, Serialize};

use super::assumption::Estimate;

/// One of the three values of an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Bound {
    /// The lowest cost.
    Low,
    /// What is expected.
    Expected,
    /// The highest cost.
    High,
}

impl Bound {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Low, Self::Expected, Self::High];

    /// The name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Expected => "expected",
            Self::High => "high",
        }
    }
}

impl<T> Estimate<T> {
    /// The value that is meant.
    pub fn of(self, bound: Bound) -> T {
        match bound {
            Bound::Low => self.low,
            Bound::Expected => self.expected,
            Bound::High => self.high,
        }
    }
}

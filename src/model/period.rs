//! A span of civil days, both ends included.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// First and last day, both included. `from` is never after `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Edges", into = "Edges")]
pub struct Period {
    from: Date,
    to: Date,
}

/// The edges of a period as they are written in files.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Edges {
    #[serde(deserialize_with = "super::day::read")]
    from: Date,
    #[serde(deserialize_with = "super::day::read")]
    to: Date,
}

impl Period {
    /// The period from `from` to `to`; none when it would be empty.
    pub fn new(from: Date, to: Date) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// The first day.
    pub const fn from(self) -> Date {
        self.from
    }

    /// The last day.
    pub const fn to(self) -> Date {
        self.to
    }

    /// The days that both periods share.
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.from.max(other.from), self.to.min(other.to))
    }

    /// Whether the day lies within.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

impl TryFrom<Edges> for Period {
    type Error = &'static str;

    fn try_from(edges: Edges) -> Result<Self, Self::Error> {
        Self::new(edges.from, edges.to).ok_or("a period ends before it begins")
    }
}

impl From<Period> for Edges {
    fn from(period: Period) -> Self {
        Self { from: period.from, to: period.to }
    }
}

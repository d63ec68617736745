//! What was ordered: the lines of orders as a buyer's or a reseller's list gives them, and whose prices they have.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::model::list::{line, words};

/// A line of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    /// Name of the file that it was read from.
    pub file: String,
    /// Line in that file.
    pub line: u32,
    /// When it was ordered.
    pub date: Date,
    /// The site that ordered; empty when not given.
    pub site: String,
    /// Number of the order; `None` when all lines of one day and site are one order.
    pub order: Option<String>,
    /// Number of the part; empty when not given.
    pub part_number: String,
    /// How many units of the part, 0 or more; `None` when not given, or no such number.
    pub quantity: Option<Decimal>,
    /// Points of the whole line, 0 or more; `None` when not given: then they may follow from part and quantity.
    pub points: Option<Decimal>,
}

line! {
    OrderLine from file line, detected by ["date", "points"],
    keyed by ["date", "site", "order", "part_number"];
    date: Required, site, part_number, quantity: LeaveBlank, points: CountAsZero, order
}

/// Whose prices an agreement has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Customer {
    /// Passport Advantage: the level follows the points.
    #[default]
    Commercial,
    /// Passport Advantage Express: always the base level.
    Express,
    /// Government sites: prices of their own.
    Government,
    /// Academic sites: prices of their own.
    Academic,
}

impl Customer {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Commercial, Self::Government, Self::Academic, Self::Express];

    /// The name in files and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Commercial => "commercial",
            Self::Express => "express",
            Self::Government => "government",
            Self::Academic => "academic",
        }
    }

    /// The customer with this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|customer| customer.name().eq_ignore_ascii_case(text))
    }
}

/// What an agreement says about its prices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceTerms {
    /// Whose prices.
    #[serde(default)]
    pub customer: Customer,
    /// Day and month of the anniversary, in any year; `None` follows the first order.
    #[serde(default, deserialize_with = "crate::model::day::read_optional")]
    pub anniversary: Option<Date>,
}

/// A level above H: it stands in price files, but IBM publishes no points that earn it (commercial facts, A1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LevelAboveH {
    /// The level above H.
    I,
    /// The level above I.
    J,
}

impl LevelAboveH {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::I, Self::J];

    /// The name as IBM prints it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::I => "I",
            Self::J => "J",
        }
    }

    /// The level with this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name().eq_ignore_ascii_case(text))
    }
}

words!(LevelAboveH);

/// A level above H that the user sets for an agreement, because no points earn it.
///
/// It holds from its day to the next anniversary; what is left of it then, the reset says (decision 0014).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelByHand {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file.
    pub row: u32,
    /// The level.
    pub level: LevelAboveH,
    /// First day on which it holds.
    pub from: Date,
    /// Why it holds, for example the letter of IBM that says so; empty when not given.
    pub reason: String,
    /// Number of the agreement that it is set for; blank for the only one of an estate, and for orders of none.
    pub agreement: String,
}

line! {
    LevelByHand from file row, detected by ["level", "from", "reason"],
    keyed by ["agreement", "from"] | ["from"];
    level: Required, from: Required, reason, agreement
}

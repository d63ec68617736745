//! Prices of parts, as the price file of a buyer or reseller gives them. IBM publishes none per level.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::list::line;
use crate::model::volume_level::VolumeLevel;

/// The price of a part at a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file.
    pub row: u32,
    /// Number of the part.
    pub part_number: String,
    /// What the part is.
    pub description: String,
    /// The level whose price it is.
    pub level: VolumeLevel,
    /// Price of one, in `currency`.
    pub price: Decimal,
    /// The currency; blank when not given.
    pub currency: String,
    /// First day on which it holds; `None` has no beginning.
    pub valid_from: Option<Date>,
    /// Last day on which it holds; `None` has no end.
    pub valid_to: Option<Date>,
    /// Points of one, where the price file says so.
    pub points: Option<Decimal>,
}

line! {
    Price from file row, detected by ["part_number", "level", "price"],
    keyed by ["part_number", "level", "currency", "valid_from"];
    part_number: Required, description, level: Required, price: Required, currency, valid_from, valid_to, points: LeaveBlank
}

impl Price {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

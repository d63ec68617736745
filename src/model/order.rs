//! What was ordered: the lines of orders as a buyer's or a reseller's list gives them.

use jiff::civil::Date;
use rust_decimal::Decimal;

/// A line of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    /// Line in the file.
    pub line: u32,
    /// When it was ordered.
    pub date: Date,
    /// The site that ordered; empty when not given.
    pub site: String,
    /// Number of the order; `None` when all lines of one day and site are one order.
    pub order: Option<String>,
    /// Points of the whole line, 0 or more.
    pub points: Decimal,
}

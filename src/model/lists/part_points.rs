//! Points per part, as the user knows them. IBM gives every part its points, may change them at any time, and publishes
//! no table of them (commercial facts, A2, rules 1, 2 and 11, and A5).

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::list::line;

/// What one unit of a part earns from a day on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartPoints {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file.
    pub row: u32,
    /// IBM's number of the part, capitals or not.
    pub part_number: String,
    /// Points of one unit, 0 or more; the same worldwide.
    pub points: Decimal,
    /// First day on which they hold; `None` when they always have.
    pub from: Option<Date>,
    /// Whether the price follows the level; `None` when not known. Without the entitled discount every level costs the
    /// same as BL, and the points still count (IBM 320-120, 2020-04-22; commercial facts, A4).
    pub entitled_discount: Option<bool>,
    /// Where the points are from, for example a quote; empty when not given.
    pub note: String,
}

line! {
    PartPoints from file row, detected by ["part_number", "points"],
    keyed by ["part_number", "from"];
    part_number: Required, points: Required, from, entitled_discount: LeaveBlank, note
}

//! Results to documents, independent of the screen.
//!
//! A report is a list of titled tables with typed cells; the writers turn it into CSV or a workbook. JSON is written of
//! the results themselves ([`json`]).

#[cfg(feature = "engine")]
pub mod calendar;
pub mod csv;
pub mod json;
pub mod list;
pub mod position;
pub mod renewal;
#[cfg(feature = "files")]
pub mod xlsx;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A titled table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportTable {
    /// What the table shows.
    pub title: String,
    /// Headers of its columns.
    pub header: Vec<String>,
    /// Its rows, each as long as the header.
    pub rows: Vec<Vec<ReportCell>>,
}

/// One cell. Numbers stay numbers, so that a spreadsheet can go on calculating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportCell {
    /// Nothing, or not known.
    Blank,
    /// Words.
    Text(String),
    /// An exact number.
    Number(#[serde(with = "crate::model::number")] Decimal),
    /// A civil day.
    Day(#[serde(deserialize_with = "crate::model::day::read")] Date),
}

impl From<Option<u64>> for ReportCell {
    fn from(number: Option<u64>) -> Self {
        number.map_or(Self::Blank, |number| Self::Number(number.into()))
    }
}

impl From<Option<Date>> for ReportCell {
    fn from(day: Option<Date>) -> Self {
        day.map_or(Self::Blank, Self::Day)
    }
}

impl From<&str> for ReportCell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for ReportCell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

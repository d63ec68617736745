//! Results to documents, independent of the screen.
//!
//! A report is a list of titled tables with typed cells; the writers turn it into CSV or a workbook, in which cells may
//! follow from others by a [`formula`]. JSON is written of the results themselves ([`json`]).

#[cfg(feature = "engine")]
pub mod calendar;
pub mod csv;
pub mod forecast;
pub mod formula;
pub mod json;
pub mod list;
pub mod position;
pub mod price_changes;
pub mod proposal;
pub mod renewal;
#[cfg(feature = "files")]
pub mod xlsx;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::model::money::Currency;
use formula::Formula;

/// A sheet of a workbook: tables below each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSheet {
    /// Its name.
    pub title: String,
    /// Its tables. One alone has its header in view and filters; of several each stands under its title.
    pub tables: Vec<ReportTable>,
}

/// A titled table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportTable {
    /// What the table shows.
    pub title: String,
    /// Headers of its columns; none for a few facts that need none.
    pub header: Vec<String>,
    /// Its rows, each as long as the header.
    pub rows: Vec<Vec<ReportCell>>,
    /// How many columns stay in view: they say what a row is about.
    pub kept_columns: u16,
    /// The places of rows that add up others.
    pub total_rows: Vec<usize>,
}

/// One cell. Numbers stay numbers, so that a spreadsheet can go on calculating.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportCell {
    /// Nothing, or not known.
    #[default]
    Blank,
    /// Not known, and why.
    Unknown(String),
    /// Words.
    Text(String),
    /// An exact number.
    Number(#[serde(with = "crate::model::number")] Decimal),
    /// A number with so many decimals, such as an amount in a currency.
    Fixed {
        /// The number.
        #[serde(with = "crate::model::number")]
        number: Decimal,
        /// Its decimals.
        decimals: u32,
    },
    /// So many hundredths.
    Percent(#[serde(with = "crate::model::number")] Decimal),
    /// A calendar year.
    Year(i16),
    /// A civil day.
    Day(#[serde(deserialize_with = "crate::model::day::read")] Date),
    /// A value that others follow from, which a reader may change.
    Changeable(Box<ReportCell>),
    /// What follows from other cells.
    Calculated {
        /// How.
        formula: Formula,
        /// What it is: for readers that do not calculate.
        result: Box<ReportCell>,
    },
}

impl ReportSheet {
    /// A sheet of one table, named as it is.
    pub fn of(table: ReportTable) -> Self {
        Self { title: table.title.clone(), tables: vec![table] }
    }
}

impl ReportCell {
    /// An amount in a currency; of one that is not known, with two decimals.
    pub fn money(number: Decimal, currency: Option<&Currency>) -> Self {
        Self::Fixed { number, decimals: currency.map_or(2, Currency::decimals) }
    }

    /// A value that a reader may change.
    #[must_use]
    pub fn changeable(self) -> Self {
        Self::Changeable(Box::new(self))
    }

    /// A value that follows from other cells.
    #[must_use]
    pub fn by(self, formula: Formula) -> Self {
        Self::Calculated { formula, result: Box::new(self) }
    }
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

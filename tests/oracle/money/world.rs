//! What is given: lists as they stand in files, and what the command line says.

use super::days::Day;

/// A list as it is written: the names of its columns, and its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(columns: &str) -> Self {
        Self { columns: columns.split(',').map(str::to_owned).collect(), rows: Vec::new() }
    }

    /// What a line says in a column, without spaces around it; nothing if there is no such column.
    pub(crate) fn cell(&self, row: usize, column: &str) -> &str {
        let index = self.columns.iter().position(|name| name == column);
        index.map_or("", |index| self.rows[row][index].trim())
    }

    pub(crate) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }
}

/// A price file: the day after its `@`, and its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PriceFile {
    pub(crate) from: Option<Day>,
    pub(crate) table: Table,
}

/// Everything that a forecast is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct World {
    pub(crate) on: Day,
    pub(crate) years: i64,
    /// Of the catalogue: all parts of the products and metrics that occur, columns of `parts.csv`.
    pub(crate) parts: Table,
    /// Columns of entitlements, `renewal_part`, `kind`.
    pub(crate) rights: Table,
    /// `date,site,part_number,quantity,points`.
    pub(crate) orders: Table,
    /// `agreement,programme,anniversary,price_cap_percent`; `programme` is blank or `express`.
    pub(crate) agreements: Table,
    /// `site,agreement,sector`; `sector` is blank, `commercial`, `government` or `academic`.
    pub(crate) sites: Table,
    /// `part_number,points,from,entitled_discount`.
    pub(crate) points: Table,
    /// Long or wide.
    pub(crate) prices: Vec<PriceFile>,
    /// `name,scope,from,low,expected,high,reason`.
    pub(crate) assumptions: Table,
    /// `agreement,site,product,metric,decision,date,until,model,quantity,to_part,ratio,term,reason`.
    pub(crate) decisions: Table,
}

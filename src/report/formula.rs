//! Formulas of a workbook. They name cells by their places and have no text, so that nothing a user has written can become
//! part of one.

use std::ops::{Add, Div, Mul, Sub};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A cell: a row and a column of a table of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellPlace {
    /// The table.
    pub table: TablePlace,
    /// The place of its row, headers not counted.
    pub row: usize,
    /// The place of its column.
    pub column: usize,
}

/// A table of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TablePlace {
    /// The place of the sheet in the workbook.
    pub sheet: usize,
    /// The place of the table on the sheet.
    pub table: usize,
}

/// Cells of a column that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellRange {
    /// The first one.
    pub first: CellPlace,
    /// The row of the last one.
    pub last: usize,
}

/// How the number in a cell follows from those in others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Formula {
    /// A number.
    Number(#[serde(with = "crate::model::number")] Decimal),
    /// What stands in a cell.
    Cell(CellPlace),
    /// Two of them, and what is done with them.
    Arithmetic(Operator, Box<(Formula, Formula)>),
    /// Rounded to so many decimals, a half away from nothing.
    Round(Box<Formula>, Box<Formula>),
    /// The least of them; cells without a number are none.
    Least(Vec<Formula>),
    /// The least of what stands in cells; blank where none has a number.
    LeastKnown(Vec<CellPlace>),
    /// What stands in the cells, added.
    Sum(CellRange),
    /// The amounts of all rows in which the numbers of another column are that of a cell, added.
    SumOfNumber {
        /// The amounts.
        amounts: CellRange,
        /// The numbers, row by row.
        numbers: CellRange,
        /// The number.
        number: CellPlace,
    },
    /// The amounts of all rows in which other columns hold what cells hold, added; a blank cell is like another one.
    SumOfLike {
        /// The amounts.
        amounts: CellRange,
        /// The columns, row by row, and the cells.
        like: Vec<(CellRange, CellPlace)>,
    },
    /// Blank while a cell is.
    UnlessBlank(CellPlace, Box<Formula>),
}

/// What is done with two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Operator {
    /// The sum.
    Plus,
    /// The difference.
    Minus,
    /// The product.
    Times,
    /// The quotient.
    By,
}

impl TablePlace {
    /// A cell of it.
    pub const fn cell(self, row: usize, column: usize) -> CellPlace {
        CellPlace { table: self, row, column }
    }

    /// A column of it that has so many rows; `None` where it has none.
    pub fn column(self, column: usize, rows: usize) -> Option<CellRange> {
        Some(CellRange { first: self.cell(0, column), last: rows.checked_sub(1)? })
    }
}

impl Formula {
    /// Rounded to as many decimals as another one says.
    #[must_use]
    pub fn rounded(self, decimals: impl Into<Self>) -> Self {
        Self::Round(Box::new(self), Box::new(decimals.into()))
    }

    /// The least of it and others.
    #[must_use]
    pub fn at_most(self, others: impl IntoIterator<Item = CellPlace>) -> Self {
        Self::Least(std::iter::once(self).chain(others.into_iter().map(Self::Cell)).collect())
    }

    /// Blank while a cell is.
    #[must_use]
    pub fn unless_blank(self, cell: CellPlace) -> Self {
        Self::UnlessBlank(cell, Box::new(self))
    }

    fn with(self, operator: Operator, other: Self) -> Self {
        Self::Arithmetic(operator, Box::new((self, other)))
    }
}

impl From<CellPlace> for Formula {
    fn from(cell: CellPlace) -> Self {
        Self::Cell(cell)
    }
}

impl From<Decimal> for Formula {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Formula {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl<T: Into<Self>> Add<T> for Formula {
    type Output = Self;

    fn add(self, other: T) -> Self {
        self.with(Operator::Plus, other.into())
    }
}

impl<T: Into<Self>> Sub<T> for Formula {
    type Output = Self;

    fn sub(self, other: T) -> Self {
        self.with(Operator::Minus, other.into())
    }
}

impl<T: Into<Self>> Mul<T> for Formula {
    type Output = Self;

    fn mul(self, other: T) -> Self {
        self.with(Operator::Times, other.into())
    }
}

impl<T: Into<Self>> Div<T> for Formula {
    type Output = Self;

    fn div(self, other: T) -> Self {
        self.with(Operator::By, other.into())
    }
}

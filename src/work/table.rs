//! What the page asks about the lists of a workspace, and what it shows of them: a window of rows, whatever the list.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::cell::CellRow;
use crate::model::day;
use crate::model::list::List;

/// What can be seen as a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// A list of the workspace, which can be changed.
    List(List),
    /// The agreements as they stand, which is calculated.
    Agreements {
        /// The day on which to look; `None` is that of the last order.
        #[serde(deserialize_with = "day::read_optional")]
        today: Option<Date>,
    },
    /// How what is owned is used, which is calculated.
    Use,
    /// What each site owns, which is calculated.
    BySite,
    /// The rows of the table that waits: what becomes of each, its line, the reasons, its values.
    Preview,
}

impl Subject {
    /// Its name in keys of texts and in the document of the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::List(list) => list.name(),
            Self::Agreements { .. } => "agreements_on_day",
            Self::Use => "use",
            Self::BySite => "by_site",
            Self::Preview => "preview",
        }
    }

    /// The list, where it is one.
    pub const fn list(self) -> Option<List> {
        match self {
            Self::List(list) => Some(list),
            Self::Agreements { .. } | Self::Use | Self::BySite | Self::Preview => None,
        }
    }
}

/// What somebody wants to see of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableQuery {
    /// Which table.
    pub subject: Subject,
    /// The column that decides the order, and whether the order is turned round; `None` is that of the document.
    pub sort: Option<(usize, bool)>,
    /// Words that a row must have, in any column; empty for all rows.
    pub filter: String,
    /// What cells of single columns must be, as it was typed: `>100`, `<=2026-12-31`, `=` for blank; each column once, in
    /// their order.
    pub column_filters: Vec<(usize, String)>,
    /// The first row to send.
    pub first: usize,
    /// How many rows to send.
    pub count: usize,
}

impl TableQuery {
    /// All rows of a table, in the order of the document.
    pub const fn of(subject: Subject) -> Self {
        Self { subject, sort: None, filter: String::new(), column_filters: Vec::new(), first: 0, count: usize::MAX }
    }
}

/// A block of cells, corners included. Rows count as they are shown; columns are named by their place in
/// [`TableView::columns`], in the order in which they are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellBlock {
    /// First and last row.
    pub rows: (usize, usize),
    /// The columns.
    pub columns: Vec<usize>,
}

/// What is to be done with a block of cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableAction {
    /// Give it as text, cell by cell with tabs.
    Copy,
    /// Make its cells blank.
    Clear,
    /// Take its rows out of the list.
    Remove,
    /// Fill its rows with its first one; a single row with the one above it.
    FillDown,
    /// Fill it with this text, cell by cell with tabs; what does not fit goes on beyond it.
    Fill(String),
    /// Put this text into its first cell, as it is: it was typed there. In a row below the last line it is a part of a
    /// new line, which waits there until it is whole.
    Type(String),
    /// Put this text behind what stands in its first cell: it was typed there before anybody had seen that.
    Append(String),
}

/// What a block of cells amounts to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockSummary {
    /// How many of its cells have anything in them.
    pub filled: usize,
    /// How many of them are numbers.
    pub numbers: usize,
    /// Their sum; `None` where no decimal can hold it to its last digit.
    #[serde(with = "crate::model::number::optional")]
    pub sum: Option<Decimal>,
}

/// A window of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableView {
    /// The columns, in the order that suits most readers.
    pub columns: Vec<ColumnView>,
    /// How many lines the list has.
    pub all: usize,
    /// How many of them are shown.
    pub shown: usize,
    /// How many rows there are: the lines that are shown, and those below that are not whole yet. Below those of a list
    /// one more row stands for what is typed anew.
    pub listed: usize,
    /// The row that comes first here.
    pub first: usize,
    /// The rows, cell by cell.
    pub rows: Vec<CellRow>,
    /// What keeps lines from being whole.
    pub unfinished: Vec<WrongCell>,
    /// All lines that are begun and not whole, to be kept beside the document, where an action has changed them.
    pub drafts: Option<String>,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnView {
    /// Key of the words in its header.
    pub title: String,
    /// Whether it holds numbers.
    pub number: bool,
    /// Whether it can be changed: what is calculated cannot.
    pub open: bool,
    /// The words that it takes; empty when it takes any text.
    pub words: Vec<String>,
    /// Whether no line has anything in it.
    pub blank: bool,
}

/// A cell that could not be filled as asked, or that a line still needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongCell {
    /// Its row, as shown.
    pub row: usize,
    /// Its column.
    pub column: usize,
    /// Why.
    pub why: crate::model::message::Message,
}

//! What the page asks about the lists of a workspace, and what it shows of them: a window of rows, whatever the list.

use serde::{Deserialize, Serialize};

use super::cell::Cells;
use crate::model::list::List;

/// What can be seen as a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sheet {
    /// A list of the workspace.
    List(List),
    /// The columns of the table that waits: header, samples, field, style. The last two can be filled.
    Columns,
    /// The rows of the table that waits: what becomes of each, its line, the reasons, its values.
    Preview,
}

/// What somebody wants to see of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Which table.
    pub sheet: Sheet,
    /// The column that decides the order, and whether the order is turned round; `None` is that of the document.
    pub sort: Option<(usize, bool)>,
    /// Words that a row must have, in any column; empty for all rows.
    pub filter: String,
    /// The first row to send.
    pub first: usize,
    /// How many rows to send.
    pub count: usize,
}

/// A block of cells, corners included. Rows count as they are shown; columns are named by their place in
/// [`TableView::columns`], in the order in which they are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// First and last row.
    pub rows: (usize, usize),
    /// The columns.
    pub columns: Vec<usize>,
}

/// What is to be done with a block of cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// Give it as text, cell by cell with tabs.
    Copy,
    /// Make its cells blank.
    Clear,
    /// Take its rows out of the list.
    Remove,
    /// Fill it with this text, cell by cell with tabs; what does not fit goes on beyond it.
    Fill(String),
}

/// A window of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableView {
    /// The columns, in the order that suits most readers.
    pub columns: Vec<Column>,
    /// How many lines the list has.
    pub all: usize,
    /// How many of them are shown; one more row stands below them for what is typed anew.
    pub shown: usize,
    /// The row that comes first here.
    pub first: usize,
    /// The rows, cell by cell.
    pub rows: Vec<Cells>,
    /// The columns that the line that is typed anew still needs; empty while nothing is typed.
    pub missing: Vec<usize>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
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

/// A cell that could not be filled as asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongCell {
    /// Its row, as shown.
    pub row: usize,
    /// Its column.
    pub column: usize,
    /// Why.
    pub why: crate::model::message::Message,
}

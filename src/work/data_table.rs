//! A table that a reader sorts, filters, groups and opens: what the worker sends of it, arranged as it was asked for.
//!
//! The page draws it and asks the screen again with other arguments ([`SORT`] and its neighbours); it knows no more.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::blocks::Block;
use super::cell::Cell;
use super::drawing::Drawing;
use crate::model::message::Message;
use crate::model::position::BalanceState;
use crate::model::task::TaskState;
use crate::work::tone::Tone;

/// The argument of a screen that names the column to sort by; with a minus in front the last one comes first.
pub const SORT: &str = "sort";
/// The argument with what rows must have in them.
pub const FIND: &str = "find";
/// The argument that names the state of the rows that are shown.
pub const STATE: &str = "state";
/// The argument that names what rows are grouped by.
pub const GROUP: &str = "group";
/// The name of no grouping at all, as opposed to the usual one.
pub const NO_GROUP: &str = "none";
/// The argument that names a row that is open; there may be several.
pub const OPEN: &str = "open";
/// The argument that asks for all rows, however many they are.
pub const ALL: &str = "all";

/// The argument of a screen for the table of this name: that of the table without a name goes by itself.
pub fn argument_of(table: &str, argument: &'static str) -> Cow<'static, str> {
    if table.is_empty() { Cow::Borrowed(argument) } else { Cow::Owned(format!("{table}.{argument}")) }
}

/// How a row stands, by which rows are filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RowState {
    /// What is owned against what is needed.
    Balance(BalanceState),
    /// How far a task is.
    Task(TaskState),
}

impl RowState {
    /// All of them, the one to look at first in front.
    pub fn all() -> impl Iterator<Item = Self> {
        BalanceState::ALL.map(Self::Balance).into_iter().chain(TaskState::ALL.map(Self::Task))
    }

    /// The name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Balance(state) => state.name(),
            Self::Task(state) => state.name(),
        }
    }

    /// Key of its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Balance(state) => state.word(),
            Self::Task(state) => state.word(),
        }
    }
}

/// A table, arranged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataTable {
    /// What tells it from the other table of its screen; blank where it is the only one, or the first.
    pub name: Cow<'static, str>,
    /// Key of its title.
    pub title: Cow<'static, str>,
    /// How many rows there are.
    pub count: usize,
    /// How many of them fit what is asked for.
    pub found: usize,
    /// How many of those are here.
    pub shown: usize,
    /// Its columns.
    pub columns: Vec<DataColumn>,
    /// The column that it is sorted by, and whether the last one comes first.
    pub sorted: (Cow<'static, str>, bool),
    /// How many rows stand how; empty where rows have no state.
    pub states: Vec<(RowState, usize)>,
    /// The state of the rows that are shown; blank is any.
    pub state: Cow<'static, str>,
    /// What rows can be grouped by: names, and the keys of their words.
    pub groupings: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    /// What they are grouped by; blank is nothing.
    pub grouped: Cow<'static, str>,
    /// Rows, and what stands over groups of them.
    pub lines: Vec<TableLine>,
    /// What is to be known of all of it.
    pub note: Option<Message>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataColumn {
    /// Its name, by which it is sorted; the style sheet gives it its width.
    pub name: Cow<'static, str>,
    /// Key of its header.
    pub label: Cow<'static, str>,
    /// What its cells hold.
    pub kind: ColumnKind,
}

impl DataColumn {
    /// A column of a table that always has the same ones: its name, the key of its header, and what its cells hold.
    pub const fn of((name, label, kind): (&'static str, &'static str, ColumnKind)) -> Self {
        Self { name: Cow::Borrowed(name), label: Cow::Borrowed(label), kind }
    }
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ColumnKind {
    /// The name of the row.
    Name,
    /// Words, or days.
    Words,
    /// Numbers.
    Number,
    /// Numbers that give way first where there is no room; they stand in the open row too.
    Further,
    /// A drawing, by which nothing is sorted.
    Picture,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableLine {
    /// Stands over a group.
    Group(GroupLine),
    /// A row.
    Row(DataRow),
}

/// What stands over a group of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupLine {
    /// What they have in common.
    pub title: Message,
    /// How many rows it has.
    pub count: Message,
    /// What they come to: units and states apart.
    pub sums: Vec<Message>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataRow {
    /// What tells it from the others.
    pub key: String,
    /// Its cells, one for each column.
    pub cells: Vec<DataCell>,
    /// What stands below it while it is open; `None` while it is not.
    pub detail: Option<Vec<Block>>,
}

impl DataRow {
    /// A row of nothing.
    pub const fn blank() -> Self {
        Self { key: String::new(), cells: Vec::new(), detail: None }
    }
}

/// A cell, with what stands around its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataCell {
    /// The value.
    pub value: Cell,
    /// Its unit; blank where the header says it.
    pub unit: Cow<'static, str>,
    /// How it stands, where its word is set in a frame that says so.
    pub tone: Option<Tone>,
    /// What stands below it, in small print.
    pub below: Vec<Message>,
    /// A drawing in the place of a value.
    pub drawing: Option<Drawing>,
}

impl DataCell {
    /// A value alone.
    pub const fn of(value: Cell) -> Self {
        Self { value, unit: Cow::Borrowed(""), tone: None, below: Vec::new(), drawing: None }
    }

    /// The same with something below it.
    #[must_use]
    pub fn above(mut self, below: impl IntoIterator<Item = Message>) -> Self {
        self.below.extend(below);
        self
    }

    /// A drawing; nothing where there is none.
    pub fn drawn(drawing: Option<Drawing>) -> Self {
        Self { drawing, ..Self::of(Cell::Text(String::new())) }
    }
}

//! The table that waits until somebody has said which column is which, as the page shows it, and the steps with it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::cell::Cell;
use super::import_effect::ImportEffect;
use crate::model::day;
use crate::model::list::List;
use crate::model::message::Message;

/// What is to become of the table that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MapStep {
    /// Take it for this list.
    List(List),
    /// Take the row on this line for its header.
    Header(u32),
    /// Take a column for a field.
    Field {
        /// The column.
        column: usize,
        /// The name of the field; `None` leaves the column out.
        field: Option<String>,
    },
    /// Read a column in a style.
    Style {
        /// The column.
        column: usize,
        /// The name of the style.
        style: String,
    },
    /// Take its prices to hold from this day where their rows do not say from which.
    FirstDay(#[serde(deserialize_with = "day::read_optional")] Option<Date>),
    /// Take its lines in, and remember how its columns were taken.
    Accept,
    /// Forget it.
    Cancel,
}

/// A table that waits, and what it would bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapped {
    /// Name of its file.
    pub file: String,
    /// The list that it is taken for.
    pub list: List,
    /// The line of its header.
    pub header: u32,
    /// How many rows it has.
    pub rows: usize,
    /// How many lines would be added.
    pub added: usize,
    /// How many would come in the place of other ones.
    pub changed: usize,
    /// How many are there already.
    pub known: usize,
    /// How many would be left out.
    pub left_out: usize,
    /// How many more tables wait behind it.
    pub behind: usize,
    /// What its columns say about it with little certainty: that another list comes near, or that one column decided.
    pub doubt: Option<Message>,
    /// The names of the list's fields.
    pub fields: Vec<String>,
    /// Those of them without which no line can be used, and that no column is taken for.
    pub missing: Vec<String>,
    /// From which day its prices hold where their rows do not say; `None` where there is nothing to ask.
    pub first_day: Option<UnsaidDay>,
    /// Its columns, in their order.
    pub columns: Vec<MappedColumn>,
    /// What its lines would change of the position.
    pub effect: ImportEffect,
}

/// From which day lines hold that do not say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsaidDay {
    /// The day; `None` is always.
    #[serde(deserialize_with = "day::read_optional")]
    pub day: Option<Date>,
    /// How many lines.
    pub lines: usize,
}

/// A column of the table that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedColumn {
    /// Its header.
    pub header: String,
    /// Up to three different cells; of a column that can be read in two ways those that do not say which.
    pub samples: Vec<String>,
    /// The name of the field that it is taken for, if it is.
    pub field: Option<String>,
    /// The names of the styles in which such a field is written; empty where there is nothing to choose.
    pub styles: Vec<String>,
    /// The name of its style; that of no style in [`MappedColumn::styles`] where nobody knows.
    pub style: String,
    /// What the samples are read as; unknown where they cannot be read so.
    pub read_as: Vec<Cell>,
    /// How it came to its field.
    pub found: ColumnMatch,
}

/// How a column came to be what it is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColumnMatch {
    /// It can be read in two ways: somebody has to say which.
    Ambiguous,
    /// It has something in it and is taken for no field: it would be left out.
    Unmatched,
    /// There is nothing in it, and it is taken for no field.
    Blank,
    /// Its header names the field.
    Named,
    /// Somebody has taken it for the field, now or when a table with this header came before.
    Chosen,
}

impl ColumnMatch {
    /// Whether it waits for somebody's word.
    pub const fn needs_someone(self) -> bool {
        matches!(self, Self::Ambiguous | Self::Unmatched)
    }
}

//! How the columns of a table were taken once, so that the next one with the same header needs no choosing.

use crate::model::list::{List, line};

/// The header of a table, and what its columns were taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderShape {
    /// Name of the file that it was read from; empty when it was chosen.
    pub file: String,
    /// Line in that file.
    pub row: u32,
    /// The headers of the columns, in their order.
    pub shape: String,
    /// The list that it was taken for.
    pub list: List,
    /// The field of each column, blank where it is none.
    pub fields: String,
    /// How each column is written, blank where its cells tell.
    pub styles: String,
}

line! {
    HeaderShape from file row, detected by ["shape", "list", "fields"], keyed by ["shape"];
    shape: Required, list: Required, fields, styles
}

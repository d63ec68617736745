//! Tables under titles, as screens show several of them one below the other.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::cell::{Cell, CellRow};
use crate::model::message::Message;

/// The key of a column's header, and whether it holds numbers.
pub type SectionColumn = (&'static str, bool);

/// A table under a title, with what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its title: a text, or a word of the page.
    pub title: Cell,
    /// What it comes to, if that is one number.
    pub sum: Option<Message>,
    /// What else there is to say.
    pub notes: Vec<Message>,
    /// Its columns.
    pub columns: Vec<(Cow<'static, str>, bool)>,
    /// The rows.
    pub rows: Vec<CellRow>,
}

impl Section {
    /// A table of which nothing else is to be said; its title is a word of the page.
    pub fn new(title: &'static str, columns: &[SectionColumn], rows: Vec<CellRow>) -> Self {
        let columns = columns.iter().map(|(key, number)| (Cow::Borrowed(*key), *number)).collect();
        Self { title: Cell::Word(title.into()), sum: None, notes: Vec::new(), columns, rows }
    }
}

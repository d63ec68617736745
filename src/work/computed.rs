//! Tables that are calculated and not kept: they are read, sorted, filtered and copied like lists, and never changed.

use crate::model::list::{Field, FieldKind, Lines, OnBadCell, Unfit, Value};

/// The rows of such a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Computed {
    /// Its columns.
    pub fields: &'static [Field],
    /// The values of each row, one for each column.
    pub rows: Vec<Vec<Value>>,
}

/// A column of such a table.
pub const fn field(name: &'static str, kind: FieldKind) -> Field {
    Field { name, kind, on_bad_cell: OnBadCell::LeaveOut }
}

impl Lines for Computed {
    fn fields(&self) -> &'static [Field] {
        self.fields
    }

    fn detected_by(&self) -> &'static [&'static [&'static str]] {
        &[]
    }

    fn keys(&self) -> &'static [&'static [&'static str]] {
        &[]
    }

    fn count(&self) -> usize {
        self.rows.len()
    }

    fn values(&self, index: usize) -> Option<Vec<Value>> {
        self.rows.get(index).cloned()
    }

    fn origin(&self, _: usize) -> Option<(&str, u32)> {
        None
    }

    fn contradiction(&self, _: &[Value]) -> Result<Option<(&'static str, &'static str)>, Unfit> {
        Err(Unfit)
    }

    fn put(&mut self, _: Option<usize>, _: &str, _: u32, _: &[Value]) -> Result<(), Unfit> {
        Err(Unfit)
    }

    fn keep(&mut self, _: &mut dyn FnMut(usize) -> bool) {}
}

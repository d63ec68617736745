//! What the catalogue is known not to have: said where a reader would look for it, with what to do instead.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::table::{self, TableProblem};

/// Something that nobody has found in public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// What it is.
    pub what: String,
    /// What a reader can do without it.
    pub what_to_do: String,
    /// The day on which it was last looked for.
    pub looked_on: Date,
}

static MISSING: LazyLock<(Vec<Missing>, Vec<TableProblem>)> = LazyLock::new(|| {
    let header = ["what", "what_to_do", "looked_on"];
    table::read("src/rules/missing.csv", include_str!("missing.csv"), &header, |row| {
        let (what, what_to_do) = (row.get("what").to_owned(), row.get("what_to_do").to_owned());
        if what.is_empty() || what_to_do.is_empty() {
            return Err("what, what_to_do: blank".to_owned());
        }
        Ok(Missing { what, what_to_do, looked_on: row.day("looked_on")?.ok_or("looked_on: blank")? })
    })
});

/// All of it, in the order of the table.
pub fn all() -> &'static [Missing] {
    &MISSING.0
}

/// What does not fit in the table. A test holds it empty.
pub fn problems() -> &'static [TableProblem] {
    &MISSING.1
}

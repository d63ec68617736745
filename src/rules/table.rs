//! How the project's own tables are read: CSV files beside the Rust that knows their columns.
//!
//! Nothing here panics. A row that does not fit is left out and reported as a [`TableProblem`]; a test lists them all.

use std::fmt;

use jiff::civil::Date;

use crate::model::day;
use crate::model::derivation::Confidence;

/// A row of one of our own tables that does not fit, with its file and line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableProblem {
    /// The file, from the root of the project.
    pub file: &'static str,
    /// The line in the file, the header being line 1.
    pub line: u32,
    /// What does not fit.
    pub what: String,
}

impl fmt::Display for TableProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// One row of a table: its cells by the name of their column.
pub(super) struct RuleRow<'a> {
    header: &'a [&'static str],
    record: &'a csv::StringRecord,
    /// The line in the file, the header being line 1.
    pub(super) line: u32,
}

impl RuleRow<'_> {
    /// The cell of a column, trimmed; empty when there is no such column.
    pub(super) fn get(&self, column: &str) -> &str {
        let index = self.header.iter().position(|name| *name == column);
        index.and_then(|index| self.record.get(index)).unwrap_or_default().trim()
    }

    /// The cell of a column, read as `T`; `None` when it is blank.
    ///
    /// # Errors
    /// When the cell is not a `T`.
    pub(super) fn parse<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>, String> {
        match self.get(column) {
            "" => Ok(None),
            cell => cell.parse().map(Some).map_err(|_| format!("{column}: cannot read {cell:?}")),
        }
    }

    /// How sure the row is, from its column `confidence`.
    ///
    /// # Errors
    /// When the cell is none of the words for it.
    pub(super) fn confidence(&self) -> Result<Confidence, String> {
        // What is a decision of ours is no row of a table.
        let known = Confidence::ALL.into_iter().filter(|confidence| *confidence != Confidence::Ours);
        let cell = self.get("confidence");
        known.into_iter().find(|known| known.name() == cell).ok_or_else(|| format!("confidence: {cell:?}"))
    }

    /// The cell of a column, read as a day; `None` when it is blank.
    ///
    /// # Errors
    /// When the cell is not a day.
    pub(super) fn day(&self, column: &str) -> Result<Option<Date>, String> {
        match self.get(column) {
            "" => Ok(None),
            cell => day::parse(cell).map(Some).ok_or_else(|| format!("{column}: cannot read {cell:?}")),
        }
    }
}

/// Reads a table: each row through `read`, and what did not fit.
///
/// The header must be exactly `header`; otherwise no row is read.
pub(super) fn read<T>(
    file: &'static str,
    text: &str,
    header: &[&'static str],
    read: impl Fn(&RuleRow<'_>) -> Result<T, String>,
) -> (Vec<T>, Vec<TableProblem>) {
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    for (line, record) in (1_u32..).zip(reader.records()) {
        let outcome = record.map_err(|error| error.to_string()).and_then(|record| {
            if line > 1 {
                return read(&RuleRow { header, record: &record, line }).map(|row| rows.push(row));
            }
            if record.iter().eq(header.iter().copied()) { Ok(()) } else { Err(format!("the header is not {header:?}")) }
        });
        if let Err(what) = outcome {
            problems.push(TableProblem { file, line, what });
            if line == 1 {
                break;
            }
        }
    }
    (rows, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> (Vec<u32>, Vec<TableProblem>) {
        read("numbers.csv", text, &["name", "number"], |row| row.parse("number")?.ok_or_else(|| "blank".to_owned()))
    }

    #[test]
    fn a_row_that_does_not_fit_is_reported_with_its_line_and_the_others_are_read() {
        let (rows, problems) = numbers("name,number\na,1\nb,two\nc,\nd,4\ne\n");
        assert_eq!(rows, [1, 4]);
        let said: Vec<String> = problems.iter().map(TableProblem::to_string).collect();
        assert_eq!(said.len(), 3);
        assert_eq!(said[0], "numbers.csv:3: number: cannot read \"two\"");
        assert_eq!(said[1], "numbers.csv:4: blank");
        assert!(said[2].starts_with("numbers.csv:6: "), "{}", said[2]);
    }

    #[test]
    fn a_table_with_another_header_gives_no_rows() {
        let (rows, problems) = numbers("number,name\n1,a\n");
        assert!(rows.is_empty());
        assert_eq!(problems[0].line, 1);
    }
}

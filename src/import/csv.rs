//! Text with delimiters to a [`Sheet`].

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::sheet::{Sheet, SheetBuilder};
use super::{Limits, Unwatched, Watch, cancelled, headers};
use crate::model::issue::{Issue, Severity};

/// How many rows are read between two reports of progress.
const STEP: usize = 4096;

/// Reads a text whose cells are set apart by `delimiter` (comma, semicolon or tab) and may stand in double quotes.
///
/// # Errors
/// When a limit is reached, when there is no header, or when the reading is cancelled. The issue names no file yet.
///
/// # Examples
///
/// ```rust
/// use highwater::import::{Limits, Unwatched, csv};
///
/// let text = "server,cores\n\"s1, the spare one\",32\n";
/// let sheet = csv::read(text, b',', &Limits::TERMINAL, &mut Unwatched).unwrap();
/// assert_eq!(sheet.header(), ["server", "cores"]);
///
/// // The header is line 1, so the first row is line 2. The comma between the quotes belongs to its cell.
/// let row = sheet.row(0).unwrap();
/// assert_eq!((row.line(), row.cell(0), row.cell(1)), (2, "s1, the spare one", "32"));
/// ```
pub fn read(text: &str, delimiter: u8, limits: &Limits, watch: &mut dyn Watch) -> Result<Sheet, Issue> {
    read_some(text, delimiter, usize::MAX, limits, watch)
}

/// Reads the first rows of such a text, among which a header is looked for.
///
/// # Errors
/// As [`read`].
pub fn head(text: &str, delimiter: u8, limits: &Limits) -> Result<Sheet, Issue> {
    read_some(text, delimiter, headers::LOOKED_AT.saturating_add(1), limits, &mut Unwatched)
}

fn read_some(text: &str, delimiter: u8, most: usize, limits: &Limits, watch: &mut dyn Watch) -> Result<Sheet, Issue> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let total = u64::try_from(text.len()).unwrap_or(u64::MAX);
    let mut builder = SheetBuilder::new(limits);
    let mut record = StringRecord::new();
    for index in 0..most {
        if index.is_multiple_of(STEP) {
            watch.progress(reader.position().byte(), total);
            if watch.cancelled() {
                return Err(cancelled());
            }
        }
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return Err(unreadable(&error)),
        }
        let line = line_of(record.position(), text.as_bytes());
        for cell in &record {
            builder.cell(line, cell)?;
        }
        builder.end_row(line)?;
    }
    watch.progress(total, total);
    builder.finish().map(|sheet| sheet.delimited(delimiter))
}

/// The line on which a record begins. The reader gives the place where it went on after the record before, which is
/// still on that record's line when lines end in CR and LF, and before any blank lines.
pub(super) fn line_of(position: Option<&::csv::Position>, text: &[u8]) -> u32 {
    let Some(position) = position else { return 0 };
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let passed = text.get(start..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let lines = passed.filter(|byte| **byte == b'\n').count();
    u32::try_from(position.line().saturating_add(u64::try_from(lines).unwrap_or(0))).unwrap_or(u32::MAX)
}

fn unreadable(error: &csv::Error) -> Issue {
    let line = error.position().map(|position| u32::try_from(position.line()).unwrap_or(u32::MAX));
    let code = if matches!(error.kind(), ErrorKind::Utf8 { .. }) { "file_not_text" } else { "table_unreadable" };
    let issue = Issue::new(Severity::Error, code);
    line.map_or_else(|| issue.clone(), |line| issue.clone().at_row(line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Unwatched;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let sheet = read(text, b',', &Limits::PAGE, &mut Unwatched).unwrap();
        sheet.rows().map(|row| (row.line(), row.cells().map(str::to_owned).collect())).collect()
    }

    #[test]
    fn each_row_has_the_line_on_which_it_begins_whatever_ends_the_lines() {
        for end in ["\n", "\r\n"] {
            let text = ["a,b", "1,2", "", "", "3,\"x", "y\"", "4,5", ""].join(end);
            let lines: Vec<u32> = rows(&text).into_iter().map(|(line, _)| line).collect();
            assert_eq!(lines, [2, 5, 7]);
        }
    }

    #[test]
    fn quotes_delimiters_and_line_ends_within_quotes_belong_to_the_cell() {
        let read = rows("a,b\n\"x, \"\"y\"\"\",\"1\n2\"\n");
        assert_eq!(read, [(2, vec!["x, \"y\"".to_owned(), "1\n2".to_owned()])]);
    }

    #[test]
    fn a_line_of_ten_million_characters_is_one_issue() {
        let text = format!("a,b\n{},2\n", "x".repeat(10_000_000));
        let issue = read(&text, b',', &Limits::PAGE, &mut Unwatched).unwrap_err();
        assert_eq!((issue.code.as_ref(), issue.row), ("table_cell_too_long", Some(2)));
    }

    #[test]
    fn a_lone_quote_takes_the_rest_and_nothing_panics() {
        assert_eq!(rows("a,b\n1,\"2\n3,4\n"), [(2, vec!["1".to_owned(), "2\n3,4".to_owned()])]);
    }

    #[test]
    fn reading_stops_when_it_is_cancelled() {
        struct CancellableReader;
        impl Watch for CancellableReader {
            fn progress(&mut self, _done: u64, _total: u64) {}
            fn cancelled(&self) -> bool {
                true
            }
        }
        let issue = read("a,b\n1,2\n", b',', &Limits::PAGE, &mut CancellableReader).unwrap_err();
        assert_eq!(issue.code, "reading_cancelled");
    }
}

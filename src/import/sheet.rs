//! A table as it stands in a file: a header and rows of cells, each row with its line. It knows no format and no
//! meaning.

use super::Limits;
use crate::model::issue::{Issue, Severity};

/// A table. All its cells stand in one text, so that a million of them cost little more than their characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    header: Vec<String>,
    header_line: u32,
    /// Whether its cells were set apart by something else than commas, as where a comma is a decimal point.
    by_semicolons: bool,
    /// Names of the other sheets of its workbook, which are not read.
    others: Vec<String>,
    /// How many rows stand above the rows of the table: the header, and what was written above it.
    above: usize,
    /// The cells of all rows, one after the other.
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<usize>,
    /// The line of each row, and where its cells end in `ends`.
    rows: Vec<(u32, usize)>,
}

/// A row of a [`Sheet`].
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    line: u32,
    start: usize,
    ends: &'a [usize],
    text: &'a str,
}

impl Sheet {
    /// The headers, trimmed.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Line of the header in the file; the first line of a file is line 1.
    pub const fn header_line(&self) -> u32 {
        self.header_line
    }

    /// How many rows there are below the header.
    pub const fn len(&self) -> usize {
        self.rows.len().saturating_sub(self.above)
    }

    /// Whether there is no row below the header.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether its cells were set apart by something else than commas.
    pub const fn is_by_semicolons(&self) -> bool {
        self.by_semicolons
    }

    /// The same, its cells set apart by this.
    #[must_use]
    pub fn delimited(self, delimiter: u8) -> Self {
        Self { by_semicolons: delimiter != b',', ..self }
    }

    /// The names of the other sheets of its workbook.
    pub fn others(&self) -> &[String] {
        &self.others
    }

    /// The same, with the names of the other sheets of its workbook.
    #[must_use]
    pub fn beside(self, others: Vec<String>) -> Self {
        Self { others, ..self }
    }

    /// How many rows stand above the header.
    pub const fn above(&self) -> usize {
        self.above.saturating_sub(1)
    }

    /// Takes the row on this line for the header; whether there is such a row. What stands above it is no row of the
    /// table.
    pub fn begin_at(&mut self, line: u32) -> bool {
        let Some(place) = self.rows.iter().position(|(known, _)| *known == line) else { return false };
        let Some(row) = self.at(place) else { return false };
        self.header = row.cells().map(str::to_owned).collect();
        self.header_line = line;
        self.above = place.saturating_add(1);
        true
    }

    /// The row at a place, the first one below the header being 0.
    pub fn row(&self, place: usize) -> Option<Row<'_>> {
        self.at(place.checked_add(self.above)?)
    }

    /// The row at a place of the file, with the header and what stands above it.
    fn at(&self, place: usize) -> Option<Row<'_>> {
        let &(line, last) = self.rows.get(place)?;
        let before = place.checked_sub(1).and_then(|before| self.rows.get(before));
        Some(self.row_between(line, before.map_or(0, |&(_, last)| last), last))
    }

    fn row_between(&self, line: u32, first: usize, last: usize) -> Row<'_> {
        let ends = self.ends.get(first..last).unwrap_or_default();
        let start = first.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        Row { line, start, ends, text: &self.text }
    }

    /// The rows below the header, in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let mut first = self.above.checked_sub(1).and_then(|before| self.rows.get(before)).map_or(0, |&(_, last)| last);
        self.rows.iter().skip(self.above).map(move |&(line, last)| {
            let row = self.row_between(line, first, last);
            first = last;
            row
        })
    }
}

impl<'a> Row<'a> {
    /// Line in the file; the header has its own, usually line 1.
    pub const fn line(self) -> u32 {
        self.line
    }

    /// How many cells the row has; it may be fewer or more than the header has.
    pub const fn len(self) -> usize {
        self.ends.len()
    }

    /// Whether the row has no cell.
    pub const fn is_empty(self) -> bool {
        self.ends.is_empty()
    }

    /// The cell of a column, trimmed; empty where the row is shorter.
    pub fn cell(self, column: usize) -> &'a str {
        let start = match column.checked_sub(1) {
            Some(before) => self.ends.get(before).copied(),
            None => Some(self.start),
        };
        let cell = start.zip(self.ends.get(column).copied()).and_then(|(start, end)| self.text.get(start..end));
        cell.unwrap_or_default().trim()
    }

    /// The cells in order, trimmed.
    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |column| self.cell(column))
    }
}

/// Builds a [`Sheet`] within limits. The first row that is not blank becomes the header; blank rows are passed over.
#[derive(Debug)]
pub struct SheetBuilder<'a> {
    sheet: Sheet,
    limits: &'a Limits,
    blank: bool,
}

impl<'a> SheetBuilder<'a> {
    /// A sheet without a header yet.
    pub fn new(limits: &'a Limits) -> Self {
        Self { sheet: Sheet::default(), limits, blank: true }
    }

    /// Adds a cell to the row that is being built.
    ///
    /// # Errors
    /// When the cell is too long, the row too wide or the table too large.
    pub fn cell(&mut self, line: u32, text: &str) -> Result<(), Issue> {
        // Bytes first: only a long cell is worth counting its characters.
        if text.len() > self.limits.cell_chars && text.chars().count() > self.limits.cell_chars {
            let issue = Issue::new(Severity::Error, "table_cell_too_long").at_row(line);
            return Err(issue.with("limit", self.limits.cell_chars));
        }
        if self.open_cells() >= self.limits.columns {
            let issue = Issue::new(Severity::Error, "table_too_wide").at_row(line);
            return Err(issue.with("limit", self.limits.columns));
        }
        self.blank &= text.trim().is_empty();
        self.sheet.text.push_str(text);
        let end = self.sheet.text.len();
        if u64::try_from(end).is_ok_and(|end| end <= self.limits.entry_bytes) {
            self.sheet.ends.push(end);
            Ok(())
        } else {
            Err(Issue::new(Severity::Error, "table_too_large").at_row(line))
        }
    }

    /// Ends the row that is being built; `line` is the line on which it begins.
    ///
    /// # Errors
    /// When there are too many rows.
    pub fn end_row(&mut self, line: u32) -> Result<(), Issue> {
        if std::mem::replace(&mut self.blank, true) {
            self.drop_open_cells();
            return Ok(());
        }
        // The header is none of the rows that are counted.
        if u64::try_from(self.sheet.rows.len()).unwrap_or(u64::MAX) > self.limits.rows {
            let issue = Issue::new(Severity::Error, "table_too_long").at_row(line);
            return Err(issue.with("limit", self.limits.rows));
        }
        self.sheet.rows.push((line, self.sheet.ends.len()));
        Ok(())
    }

    /// The sheet.
    ///
    /// # Errors
    /// When there is no header.
    pub fn finish(mut self) -> Result<Sheet, Issue> {
        let first = self.sheet.rows.first().map(|(line, _)| *line);
        let begun = first.is_some_and(|line| self.sheet.begin_at(line));
        if begun { Ok(self.sheet) } else { Err(Issue::new(Severity::Error, "table_empty")) }
    }

    /// How many cells the row that is being built has so far.
    pub fn open_cells(&self) -> usize {
        self.sheet.ends.len() - self.closed_cells()
    }

    fn closed_cells(&self) -> usize {
        self.sheet.rows.last().map_or(0, |&(_, cells)| cells)
    }

    fn drop_open_cells(&mut self) {
        self.sheet.ends.truncate(self.closed_cells());
        self.sheet.text.truncate(self.sheet.ends.last().copied().unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Limits = Limits { rows: 2, columns: 3, cell_chars: 5, ..Limits::PAGE };

    fn build(rows: &[&[&str]]) -> Result<Sheet, Issue> {
        let mut builder = SheetBuilder::new(&SMALL);
        for (line, cells) in (1..).zip(rows) {
            for cell in *cells {
                builder.cell(line, cell)?;
            }
            builder.end_row(line)?;
        }
        builder.finish()
    }

    #[test]
    fn cells_come_back_trimmed_with_the_line_of_their_row() {
        let sheet = build(&[&[], &["a ", "b"], &["", " "], &["1", "", " 3"], &["4"]]).unwrap();
        assert_eq!(sheet.header(), ["a", "b"]);
        assert_eq!(sheet.header_line(), 2);
        let rows: Vec<(u32, Vec<&str>)> = sheet.rows().map(|row| (row.line(), row.cells().collect())).collect();
        assert_eq!(rows, [(4, vec!["1", "", "3"]), (5, vec!["4"])]);
        assert_eq!(sheet.rows().last().unwrap().cell(7), "");
    }

    #[test]
    fn a_table_may_begin_below_what_is_written_above_it() {
        let mut sheet = build(&[&["title"], &["a", "b"], &["1", "2"]]).unwrap();
        assert_eq!((sheet.header().len(), sheet.len(), sheet.above()), (1, 2, 0));
        assert!(sheet.begin_at(2));
        assert_eq!((sheet.header(), sheet.header_line()), (&["a".to_owned(), "b".to_owned()][..], 2));
        assert_eq!((sheet.len(), sheet.above(), sheet.row(0).unwrap().cell(1)), (1, 1, "2"));
        assert_eq!(sheet.rows().map(Row::line).collect::<Vec<_>>(), [3]);
        assert!(!sheet.begin_at(9) && sheet.begin_at(1));
        assert_eq!((sheet.header(), sheet.len()), (&["title".to_owned()][..], 2));
    }

    #[test]
    fn every_limit_has_its_own_issue() {
        let code = |rows: &[&[&str]]| build(rows).unwrap_err().code;
        assert_eq!(code(&[&["a", "b", "c", "d"]]), "table_too_wide");
        assert_eq!(code(&[&["a"], &["1"], &["2"], &["3"]]), "table_too_long");
        assert_eq!(code(&[&["a"], &["123456"]]), "table_cell_too_long");
        assert_eq!(code(&[&[""], &[]]), "table_empty");
        assert!(build(&[&["ąąąąą"]]).is_ok(), "characters are counted, not bytes");
    }
}

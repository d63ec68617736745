//! A table as it stands in a file: a header and rows of cells, each row with its line. It knows no format and no
//! meaning.

use serde::{Deserialize, Serialize};

use super::text::clean;
use super::{Limits, headers};
use crate::model::issue::{Issue, Severity};

/// A table. All its cells stand in one text, so that a million of them cost little more than their characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    header: Vec<String>,
    header_line: u32,
    /// What set its cells apart, where it was a text.
    delimiter: Option<u8>,
    /// How many rows stand above the rows of the table: the header, and what was written above it.
    above: usize,
    /// The cells of all rows, one after the other.
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<usize>,
    /// Which cells hold a number and no text that writes one, as cells of a workbook do; none behind the last of them.
    numbers: Vec<bool>,
    /// The line of each row, and where its cells end in `ends`.
    rows: Vec<(u32, usize)>,
    /// Where the rows of each sheet begin, and its name; none where the table stands on one sheet.
    sheets: Vec<(usize, String)>,
}

/// A row of a [`Sheet`].
#[derive(Clone, Copy, Debug)]
pub struct SheetRow<'a> {
    line: u32,
    start: usize,
    ends: &'a [usize],
    numbers: &'a [bool],
    text: &'a str,
    sheet: &'a str,
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

    /// What set its cells apart; `None` where it was no text.
    pub const fn delimiter(&self) -> Option<u8> {
        self.delimiter
    }

    /// The same, its cells set apart by this.
    #[must_use]
    pub fn delimited(self, delimiter: u8) -> Self {
        Self { delimiter: Some(delimiter), ..self }
    }

    /// Adds the rows of another sheet of the same workbook: both are one table, and each row says on which sheet it
    /// stands. Its columns go by their headers, and those that this one has not come behind. `name` is that of this
    /// sheet, where it has no other one yet.
    pub fn join(&mut self, name: &str, other: &Self, other_name: &str) {
        let mut indices = headers::indices_of(&self.header, &other.header);
        for (index, header) in indices.iter_mut().zip(&other.header) {
            index.get_or_insert_with(|| {
                self.header.push(header.clone());
                self.header.len().saturating_sub(1)
            });
        }
        let mut columns: Vec<(usize, usize)> =
            indices.into_iter().enumerate().filter_map(|(column, index)| Some((index?, column))).collect();
        columns.sort_unstable();
        if self.sheets.is_empty() {
            self.sheets.push((0, name.to_owned()));
        }
        self.sheets.push((self.rows.len(), other_name.to_owned()));
        for row in other.rows() {
            let start = self.ends.len();
            for (index, column) in &columns {
                let cell = row.cell(*column);
                if cell.is_empty() {
                    continue;
                }
                while self.ends.len().saturating_sub(start) < *index {
                    self.ends.push(self.text.len());
                }
                self.text.push_str(cell);
                self.ends.push(self.text.len());
                if row.is_number(*column) {
                    self.last_is_number();
                }
            }
            self.rows.push((row.line, self.ends.len()));
        }
    }

    /// The names of the sheets on which the table stands; none where it stands on one, or in a text.
    pub fn sheets(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|(_, name)| name.as_str())
    }

    /// Whether a row is the last one of its sheet.
    pub fn is_last(&self, row: SheetRow<'_>) -> bool {
        let ends = self.sheets.iter().skip(1).map(|(first, _)| *first).chain([self.rows.len()]);
        let mut lasts = ends.filter_map(|end| self.at(end.checked_sub(1)?));
        lasts.any(|last| (last.line, last.sheet) == (row.line, row.sheet))
    }

    /// How many rows stand above the header.
    pub const fn above(&self) -> usize {
        self.above.saturating_sub(1)
    }

    /// Takes the row on this line for the header; whether there is such a row. What stands above it is no row of the
    /// table.
    pub fn begin_at(&mut self, line: u32) -> bool {
        let Some(index) = self.rows.iter().position(|(known, _)| *known == line) else { return false };
        let Some(row) = self.at(index) else { return false };
        self.header = row.cells().map(str::to_owned).collect();
        self.header_line = line;
        self.above = index.saturating_add(1);
        true
    }

    /// The row at an index, the first one below the header being 0.
    pub fn row(&self, index: usize) -> Option<SheetRow<'_>> {
        self.at(index.checked_add(self.above)?)
    }

    /// The row at an index of the file, with the header and what stands above it.
    fn at(&self, index: usize) -> Option<SheetRow<'_>> {
        let &(line, last) = self.rows.get(index)?;
        let before = index.checked_sub(1).and_then(|before| self.rows.get(before));
        Some(self.row_between(line, before.map_or(0, |&(_, last)| last), last, self.sheet_of(index)))
    }

    /// The name of the sheet of a row at an index of the file; empty where the table stands on one sheet.
    fn sheet_of(&self, index: usize) -> &str {
        let sheet = self.sheets.partition_point(|(first, _)| *first <= index).checked_sub(1);
        sheet.and_then(|sheet| self.sheets.get(sheet)).map_or("", |(_, name)| name.as_str())
    }

    fn row_between<'a>(&'a self, line: u32, first: usize, last: usize, sheet: &'a str) -> SheetRow<'a> {
        let ends = self.ends.get(first..last).unwrap_or_default();
        let start = first.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let known = self.numbers.len();
        let numbers = self.numbers.get(first.min(known)..last.min(known)).unwrap_or_default();
        SheetRow { line, start, ends, numbers, text: &self.text, sheet }
    }

    /// The last cell holds a number.
    fn last_is_number(&mut self) {
        self.numbers.resize(self.ends.len().saturating_sub(1), false);
        self.numbers.push(true);
    }

    /// The rows below the header, in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = SheetRow<'_>> {
        let mut first = self.above.checked_sub(1).and_then(|before| self.rows.get(before)).map_or(0, |&(_, last)| last);
        self.rows.iter().enumerate().skip(self.above).map(move |(index, &(line, last))| {
            let row = self.row_between(line, first, last, self.sheet_of(index));
            first = last;
            row
        })
    }
}

impl<'a> SheetRow<'a> {
    /// Line in the file; the header has its own, usually line 1.
    pub const fn line(self) -> u32 {
        self.line
    }

    /// The name of its sheet; empty where the table stands on one sheet.
    pub const fn sheet(self) -> &'a str {
        self.sheet
    }

    /// The file that an issue of the row names: that of the table, and the sheet where it stands on several.
    pub fn file(self, file: &str) -> String {
        if self.sheet.is_empty() { file.to_owned() } else { format!("{file}/{}", self.sheet) }
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

    /// Whether the cell of a column holds a number. That is the same in every country, however texts beside it are written.
    pub fn is_number(self, column: usize) -> bool {
        self.numbers.get(column).copied().unwrap_or(false)
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
        let text = clean(text);
        self.blank &= text.is_empty();
        self.sheet.text.push_str(&text);
        let end = self.sheet.text.len();
        if u64::try_from(end).is_ok_and(|end| end <= self.limits.entry_bytes) {
            self.sheet.ends.push(end);
            Ok(())
        } else {
            Err(Issue::new(Severity::Error, "table_too_large").at_row(line))
        }
    }

    /// Adds a cell that holds a number, written in plain digits with a decimal point.
    ///
    /// # Errors
    /// See [`Self::cell`].
    pub fn number(&mut self, line: u32, text: &str) -> Result<(), Issue> {
        self.cell(line, text)?;
        self.sheet.last_is_number();
        Ok(())
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
        self.sheet.numbers.truncate(self.sheet.ends.len());
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
        assert_eq!(sheet.rows().map(SheetRow::line).collect::<Vec<_>>(), [3]);
        assert!(!sheet.begin_at(9) && sheet.begin_at(1));
        assert_eq!((sheet.header(), sheet.len()), (&["title".to_owned()][..], 2));
    }

    #[test]
    fn sheets_with_one_header_are_one_table_and_each_row_says_where_it_stands() {
        let mut first = build(&[&["a", "b"], &["1", "2"]]).unwrap();
        first.join("North", &build(&[&["a", "b"], &["3", "4"], &["5", "6"]]).unwrap(), "South");
        let rows: Vec<(&str, u32, &str, bool)> =
            first.rows().map(|row| (row.sheet(), row.line(), row.cell(0), first.is_last(row))).collect();
        assert_eq!(rows, [("North", 2, "1", true), ("South", 2, "3", false), ("South", 3, "5", true)]);
        assert_eq!(first.row(2).unwrap().file("book.xlsx"), "book.xlsx/South");
    }

    #[test]
    fn cells_that_hold_numbers_are_told_from_texts_in_every_sheet_of_a_table() {
        let sheet_of = |header: [&str; 2]| {
            let mut builder = SheetBuilder::new(&SMALL);
            for cell in header {
                builder.cell(1, cell).unwrap();
            }
            builder.end_row(1).unwrap();
            builder.number(2, "1.5").unwrap();
            builder.cell(2, "1.5").unwrap();
            builder.end_row(2).unwrap();
            builder.finish().unwrap()
        };
        let mut sheet = sheet_of(["a", "b"]);
        sheet.join("North", &sheet_of(["b", "a"]), "South");
        let numbers: Vec<[bool; 3]> = sheet.rows().map(|row| [0, 1, 2].map(|column| row.is_number(column))).collect();
        assert_eq!(numbers, [[true, false, false], [false, true, false]]);
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

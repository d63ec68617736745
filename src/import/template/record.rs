//! A record where it stands: the cells of a line of a text, none of them copied.

use std::ops::Range;

use memchr::Memchr3;

use crate::import::csv::line_of;

/// The cells of a record.
#[derive(Clone, Copy)]
pub(super) struct CellRecord<'a> {
    text: &'a [u8],
    cells: &'a [Range<usize>],
}

impl<'a> CellRecord<'a> {
    /// A record of the `csv` crate. Where its cells stand is written to `cells`, which is kept from one to the next.
    pub(super) fn of(record: &'a csv::ByteRecord, cells: &'a mut Vec<Range<usize>>) -> Self {
        cells.clear();
        cells.extend((0..record.len()).filter_map(|index| record.range(index)));
        Self { text: record.as_slice(), cells }
    }

    /// The cell of a column; `None` where the record has fewer.
    pub(super) fn get(self, column: usize) -> Option<&'a [u8]> {
        self.cells.get(column).and_then(|cell| self.text.get(cell.clone()))
    }

    /// The cells, one after the other.
    pub(super) fn iter(self) -> impl Iterator<Item = &'a [u8]> {
        self.cells.iter().filter_map(move |cell| self.text.get(cell.clone()))
    }

    /// How many cells there are.
    pub(super) const fn len(self) -> usize {
        self.cells.len()
    }

    /// The bytes of the longest cell.
    pub(super) fn longest(self) -> usize {
        self.cells.iter().map(ExactSizeIterator::len).max().unwrap_or(0)
    }
}

/// The records of a text, one after the other.
///
/// Whoever reads millions of them asks through `dyn`: a browser compiles well what is called often, and leaves a loop that
/// is entered once, however long it runs, as it was compiled in haste. What is called so stays out of that loop.
pub(super) trait CellRecords {
    /// The next record and its line; lines on which nothing stands are none.
    ///
    /// # Errors
    /// When the rest cannot be read.
    fn next(&mut self) -> Result<Option<(u32, CellRecord<'_>)>, csv::Error>;

    /// How many bytes were read.
    fn position(&self) -> u64;
}

/// The records of any text, as the `csv` crate reads them.
pub(super) struct QuotedRecords<'a> {
    text: &'a [u8],
    reader: csv::Reader<&'a [u8]>,
    record: csv::ByteRecord,
    /// How many lines stand above the text.
    lines_before: u32,
    cells: Vec<Range<usize>>,
}

impl<'a> QuotedRecords<'a> {
    /// The records of a text with so many lines above it.
    pub(super) fn of(text: &'a str, delimiter: u8, lines_before: u32) -> Self {
        let (reader, record) = (super::records(text, delimiter), csv::ByteRecord::new());
        Self { text: text.as_bytes(), reader, record, lines_before, cells: Vec::new() }
    }
}

impl CellRecords for QuotedRecords<'_> {
    fn next(&mut self) -> Result<Option<(u32, CellRecord<'_>)>, csv::Error> {
        if !self.reader.read_byte_record(&mut self.record)? {
            return Ok(None);
        }
        let line = self.lines_before.saturating_add(line_of(self.record.position(), self.text));
        Ok(Some((line, CellRecord::of(&self.record, &mut self.cells))))
    }

    fn position(&self) -> u64 {
        self.reader.position().byte()
    }
}

/// The records of a text without quotes: there each delimiter ends a cell and each line end a record.
pub(super) struct UnquotedRecords<'a> {
    text: &'a [u8],
    /// Where a delimiter, a CR or an LF stands.
    ends: Memchr3<'a>,
    /// Where the next cell begins.
    start: usize,
    /// On which line.
    line: u32,
    cells: Vec<Range<usize>>,
}

impl<'a> UnquotedRecords<'a> {
    /// The records of a text with so many lines above it.
    pub(super) fn of(text: &'a str, delimiter: u8, lines_before: u32) -> Self {
        let (text, line) = (text.as_bytes(), lines_before.saturating_add(1));
        Self { text, ends: memchr::memchr3_iter(delimiter, b'\r', b'\n', text), start: 0, line, cells: Vec::new() }
    }
}

impl CellRecords for UnquotedRecords<'_> {
    fn next(&mut self) -> Result<Option<(u32, CellRecord<'_>)>, csv::Error> {
        self.cells.clear();
        let line = loop {
            let end = self.ends.next();
            let cell = self.start..end.unwrap_or(self.text.len());
            self.start = cell.end.saturating_add(1).min(self.text.len());
            let line = self.line;
            match end.and_then(|end| self.text.get(end)) {
                Some(b'\n') => self.line = line.saturating_add(1),
                Some(b'\r') => {}
                Some(_) => {
                    self.cells.push(cell);
                    continue;
                }
                None if self.cells.is_empty() && cell.is_empty() => return Ok(None),
                None => {}
            }
            if !self.cells.is_empty() || !cell.is_empty() {
                self.cells.push(cell);
                break line;
            }
        };
        Ok(Some((line, CellRecord { text: self.text, cells: &self.cells })))
    }

    fn position(&self) -> u64 {
        u64::try_from(self.start).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read = Vec<(u32, Vec<String>)>;

    fn text(cell: &[u8]) -> String {
        String::from_utf8_lossy(cell).into_owned()
    }

    fn all(records: &mut dyn CellRecords) -> Read {
        let mut read = Read::new();
        while let Some((line, record)) = records.next().unwrap() {
            read.push((line, record.iter().map(text).collect()));
        }
        read
    }

    #[test]
    fn a_text_without_quotes_has_the_records_that_the_csv_crate_finds_in_it() {
        // Every text of up to seven of these characters.
        let mut texts = vec![String::new()];
        let mut first = 0;
        for _ in 0..7 {
            let last = texts.len();
            for index in first..last {
                texts.extend(["a", ",", "\r", "\n"].map(|next| format!("{}{next}", texts[index])));
            }
            first = last;
        }
        for text in texts {
            let unquoted = all(&mut UnquotedRecords::of(&text, b',', 5));
            assert_eq!(unquoted, all(&mut QuotedRecords::of(&text, b',', 5)), "{text:?}");
        }
    }

    #[test]
    fn the_longest_cell_of_a_record_is_told() {
        let mut records = UnquotedRecords::of("a,bcd,ef\n", b',', 0);
        let (line, record) = records.next().unwrap().unwrap();
        assert_eq!((line, record.len(), record.longest()), (1, 3, 3));
    }
}

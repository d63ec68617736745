//! A record where it stands: the cells of a line of a text, none of them copied.

use std::ops::Range;

use memchr::Memchr3;

/// The cells of a record.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    text: &'a [u8],
    cells: &'a [Range<usize>],
}

impl<'a> Record<'a> {
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
    /// The records of a text whose first line is this one.
    pub(super) fn of(text: &'a [u8], delimiter: u8, line: u32) -> Self {
        Self { text, ends: memchr::memchr3_iter(delimiter, b'\r', b'\n', text), start: 0, line, cells: Vec::new() }
    }

    /// The next record and its line; lines on which nothing stands are none.
    ///
    /// Not a part of the loop over all of them: a browser compiles well what is called often, and leaves what is called
    /// once, however long it runs, as it was compiled in haste.
    #[inline(never)]
    pub(super) fn next(&mut self) -> Option<(u32, Record<'_>)> {
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
                None if self.cells.is_empty() && cell.is_empty() => return None,
                None => {}
            }
            if !self.cells.is_empty() || !cell.is_empty() {
                self.cells.push(cell);
                break line;
            }
        };
        Some((line, Record { text: self.text, cells: &self.cells }))
    }

    /// How many bytes were read.
    pub(super) const fn position(&self) -> usize {
        self.start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read = Vec<(u32, Vec<String>)>;

    fn text(cell: &[u8]) -> String {
        String::from_utf8_lossy(cell).into_owned()
    }

    fn unquoted(written: &str) -> Read {
        let mut records = UnquotedRecords::of(written.as_bytes(), b',', 1);
        let mut read = Read::new();
        while let Some((line, record)) = records.next() {
            read.push((line, record.iter().map(text).collect()));
        }
        read
    }

    fn by_the_crate(written: &str) -> Read {
        let mut reader = crate::import::template::records(written, b',');
        let mut record = csv::ByteRecord::new();
        let mut read = Read::new();
        while reader.read_byte_record(&mut record).unwrap() {
            let line = crate::import::csv::line_of(record.position(), written.as_bytes());
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
            assert_eq!(unquoted(&text), by_the_crate(&text), "{text:?}");
        }
    }

    #[test]
    fn the_longest_cell_of_a_record_is_told() {
        let mut records = UnquotedRecords::of(b"a,bcd,ef\n", b',', 1);
        assert_eq!(records.next().map(|(_, record)| (record.len(), record.longest())), Some((3, 3)));
    }
}

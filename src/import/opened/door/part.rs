//! What a part of an xlsx workbook must be like before a library reads it: what the library would guess, count wrongly
//! or take too much room for is refused here.

use super::markup::{Markup, Met, Tag};
use super::unreadable;
use crate::import::Limits;
use crate::model::issue::{Issue, Severity};

/// The last row that a sheet can have; the first is 1.
pub(super) const LAST_ROW: u32 = 1_048_576;

/// The last column that a sheet can have, XFD; the first is 0.
pub(super) const LAST_COLUMN: u32 = 16_383;

/// The most shared texts: as many as there are cells in a table of 16 full columns.
pub(super) const MOST_STRINGS: u64 = 1 << 24;

/// The most fonts, fills, borders, formats and styles of a workbook together; a spreadsheet allows some 65,000 of each.
const MOST_STYLES: usize = 1 << 18;

/// The most bytes that the library may copy for styles: each keeps the names of its font and its format.
const MOST_STYLE_BYTES: usize = 256 << 20;

/// Room for so many shared texts may be asked for whatever the part holds: counts in files are often wrong.
const MANY_STRINGS: u64 = 1 << 20;

/// A part that is being looked at.
#[derive(Default)]
pub(super) struct MarkupPart {
    markup: Markup,
    seen: SeenMarkup,
}

/// What has been seen of a part.
#[derive(Default)]
struct SeenMarkup {
    root: String,
    /// The row that is open or was the last one, and the column that the next cell stands in.
    line: u32,
    column: u32,
    /// What the cell may hold that is open.
    kind: Kind,
    in_value: bool,
    strings: u64,
    promised: u64,
    styles: usize,
    longest: usize,
}

/// What stands in the value of a cell.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    /// Signs without references: a number, a flag, the name of an error.
    #[default]
    Plain,
    /// A place among the shared texts.
    Shared,
    /// Text.
    Text,
}

impl MarkupPart {
    /// Takes the next piece.
    pub(super) fn take(&mut self, piece: &[u8], limits: &Limits) -> Result<(), Issue> {
        let seen = &mut self.seen;
        self.markup.take(piece, limits, &mut |met| seen.meet(met)).map_err(|issue| near(issue, seen.line))
    }

    /// Ends the part, whose root must have this name.
    pub(super) fn finish(&self, root: &str) -> Result<(), Issue> {
        self.markup.finish()?;
        let SeenMarkup { strings, promised, .. } = self.seen;
        let fits = promised <= MANY_STRINGS.max(strings);
        if self.seen.root == root && fits { Ok(()) } else { Err(unreadable()) }
    }
}

impl SeenMarkup {
    fn meet(&mut self, met: Met<'_>) -> Result<(), Issue> {
        match met {
            Met::Open(tag) => self.open(tag),
            Met::Close(_) => {
                self.in_value = false;
                Ok(())
            }
            // The library takes the text before a reference or a comment for the whole value.
            Met::Text(text) if self.in_value => {
                let is_sound = match self.kind {
                    Kind::Plain => !text.contains('&'),
                    Kind::Shared => text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() < 10,
                    Kind::Text => true,
                };
                if is_sound { Ok(()) } else { Err(unreadable()) }
            }
            Met::Other if self.in_value => Err(unreadable()),
            Met::Text(_) | Met::Other => Ok(()),
        }
    }

    fn open(&mut self, tag: Tag<'_>) -> Result<(), Issue> {
        if self.in_value {
            return Err(unreadable());
        }
        let name = tag.local();
        if tag.depth == 0 {
            name.clone_into(&mut self.root);
        }
        match name {
            "row" => self.row(tag),
            "c" => self.cell(tag),
            "v" => {
                self.in_value = true;
                Ok(())
            }
            "dimension" => dimension(tag),
            "sst" => {
                let promised = tag.attribute("uniqueCount")?.and_then(|count| count.parse().ok());
                self.promised = promised.unwrap_or(0);
                if self.promised > MOST_STRINGS { Err(too_large()) } else { Ok(()) }
            }
            "si" => {
                self.strings = self.strings.saturating_add(1);
                // One that is not counted with the others would move all that follow.
                if tag.depth != 1 {
                    return Err(unreadable());
                }
                if self.strings > MOST_STRINGS { Err(too_large()) } else { Ok(()) }
            }
            _ if self.root == "styleSheet" => self.style(tag),
            _ => Ok(()),
        }
    }

    fn style(&mut self, tag: Tag<'_>) -> Result<(), Issue> {
        self.longest = self.longest.max(tag.len());
        if matches!(tag.local(), "xf" | "font" | "fill" | "border" | "numFmt" | "color" | "rgbColor") {
            self.styles = self.styles.saturating_add(1);
        }
        let bytes = self.styles.saturating_mul(self.longest);
        if self.styles > MOST_STYLES || bytes > MOST_STYLE_BYTES { Err(too_large()) } else { Ok(()) }
    }

    /// Rows stand in order, and each stands there once.
    fn row(&mut self, tag: Tag<'_>) -> Result<(), Issue> {
        let next = self.line.saturating_add(1);
        let line = match tag.attribute("r")? {
            Some(said) => row_number(said).ok_or_else(unreadable)?,
            None => next,
        };
        if !(next..=LAST_ROW).contains(&line) {
            return Err(unreadable().at_row(line));
        }
        (self.line, self.column) = (line, 0);
        Ok(())
    }

    /// Cells stand in order, in the row that they are in.
    fn cell(&mut self, tag: Tag<'_>) -> Result<(), Issue> {
        if let Some(place) = tag.attribute("r")? {
            let (row, column) = place_of(place).ok_or_else(unreadable)?;
            if row != self.line || column < self.column {
                return Err(unreadable());
            }
            self.column = column;
        }
        self.column = self.column.saturating_add(1);
        self.kind = match tag.attribute("t")? {
            Some("s") => Kind::Shared,
            Some("str" | "d" | "inlineStr") => Kind::Text,
            Some(_) | None => Kind::Plain,
        };
        Ok(())
    }
}

/// The issue with the row that is being read, unless it has one.
pub(super) fn near(issue: Issue, line: u32) -> Issue {
    if line == 0 || issue.row.is_some() { issue } else { issue.at_row(line) }
}

/// What a sheet says of its size is not believed, but the library calculates with it.
fn dimension(tag: Tag<'_>) -> Result<(), Issue> {
    let Some(said) = tag.attribute("ref")? else { return Err(unreadable()) };
    let (first, last) = said.split_once(':').unwrap_or((said, said));
    let (first, last) = place_of(first).zip(place_of(last)).ok_or_else(unreadable)?;
    if first.0 <= last.0 && first.1 <= last.1 { Ok(()) } else { Err(unreadable()) }
}

fn row_number(digits: &str) -> Option<u32> {
    let is_plain = digits.bytes().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|row| is_plain && (1..=LAST_ROW).contains(row))
}

/// The row (the first is 1) and the column (the first is 0) of a place such as `B3`.
fn place_of(place: &str) -> Option<(u32, u32)> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, row) = place.split_at_checked(letters)?;
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let letter = u32::from(letter.to_ascii_uppercase().checked_sub(b'A')?);
        column = column.checked_mul(26)?.checked_add(letter)?.checked_add(1)?;
    }
    let column = column.checked_sub(1).filter(|&column| column <= LAST_COLUMN)?;
    Some((row_number(row)?, column))
}

fn too_large() -> Issue {
    Issue::new(Severity::Error, "table_too_large")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_beyond_the_last_row_and_column_are_none() {
        assert_eq!(place_of("A1"), Some((1, 0)));
        assert_eq!(place_of("AA10"), Some((10, 26)));
        assert_eq!(place_of("XFD1048576"), Some((LAST_ROW, LAST_COLUMN)));
        for place in ["XFE1", "A1048577", "A0", "A", "1", "", "A-1", "A+1", "A1B", "É1", "AAAAAAAAAAAAAAAAAAAAAAAAAA1"]
        {
            assert_eq!(place_of(place), None, "{place}");
        }
    }
}

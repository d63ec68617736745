//! The cells of a sheet, in the order of the file: a single cell at the far end of a sheet costs one cell, and not the
//! empty rectangle before it.

use std::borrow::Cow;
use std::io::Read;

use super::number::{self, Epoch};
use super::strings::{self, Strings};
use super::styles::Styles;
use super::unreadable;
use super::xml::{Tag, Xml};
use crate::import::Limits;
use crate::import::cell::UNCALCULATED;
use crate::import::sheet::{Sheet, SheetBuilder};
use crate::model::issue::{Issue, Severity};

/// The last row that a sheet can have.
const LAST_ROW: u32 = 1_048_576;

/// The last column that a sheet can have, XFD; the first is 0.
const LAST_COLUMN: usize = 16_383;

/// The most cells, with the empty ones that stand before others in a row: one column of them costs nothing in the file.
const MOST_CELLS: usize = 1 << 25;

/// What the cells of a sheet point to.
pub(super) struct Book {
    pub(super) strings: Strings,
    pub(super) styles: Styles,
    pub(super) epoch: Epoch,
}

/// What the value of a cell is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number {
        is_day: bool,
    },
    /// A place among the shared texts.
    Shared,
    /// The text that a formula came to.
    Formula,
    Flag,
    /// A day and a time in ISO 8601.
    Moment,
    /// A text, or the name of an error, as it stands.
    Plain,
}

/// Reads the cells of a sheet.
pub(super) fn read<R: Read>(xml: &mut Xml<'_, R>, book: &Book, limits: &Limits) -> Result<Sheet, Issue> {
    read_some(xml, book, limits, MOST_CELLS)
}

fn read_some<R: Read>(xml: &mut Xml<'_, R>, book: &Book, limits: &Limits, most: usize) -> Result<Sheet, Issue> {
    loop {
        let tag = xml.child()?.ok_or_else(unreadable)?;
        if tag.name() == "sheetData" {
            break;
        }
        xml.skip()?;
    }
    let mut rows = Rows { book, limits, builder: SheetBuilder::new(limits), line: 0, room: most, value: String::new() };
    while let Some(tag) = xml.child()? {
        if tag.name() == "row" {
            let line = tag.attribute("r")?.map(|line| row_number(&line).ok_or_else(unreadable)).transpose()?;
            rows.read(xml, line)?;
        } else {
            xml.skip()?;
        }
    }
    rows.builder.finish()
}

/// The rows that are read so far.
struct Rows<'a> {
    book: &'a Book,
    limits: &'a Limits,
    builder: SheetBuilder<'a>,
    /// The number of the last row.
    line: u32,
    /// For how many more cells there is room.
    room: usize,
    value: String,
}

impl Rows<'_> {
    /// Reads the row that is open; it may say its number. A row without number follows the one before, unless its cells
    /// say where they stand.
    fn read<R: Read>(&mut self, xml: &mut Xml<'_, R>, said: Option<u32>) -> Result<(), Issue> {
        let mut line = said;
        let mut column = 0;
        while let Some(tag) = xml.child().map_err(|issue| self.near(issue, line))? {
            if tag.name() == "c" {
                if let Some(place) = tag.attribute("r")? {
                    let (row, place) = place_of(&place).ok_or_else(|| self.near(unreadable(), line))?;
                    if *line.get_or_insert(row) != row {
                        return Err(self.near(unreadable(), line));
                    }
                    column = place;
                }
                let kind = Kind::of(tag, self.book)?;
                self.cell(xml, kind, self.next_line(line)?, column).map_err(|issue| self.near(issue, line))?;
                column = column.saturating_add(1);
            } else {
                xml.skip()?;
            }
        }
        self.line = self.next_line(line)?;
        if self.builder.open_cells() > 0 { self.builder.end_row(self.line) } else { Ok(()) }
    }

    /// Reads the cell that is open, and adds it unless it is empty.
    fn cell<R: Read>(&mut self, xml: &mut Xml<'_, R>, kind: Kind, line: u32, column: usize) -> Result<(), Issue> {
        let mut kind = kind;
        self.value.clear();
        let mut calculates = false;
        while let Some(tag) = xml.child()? {
            match tag.name() {
                "v" => xml.text(&mut self.value)?,
                "f" => {
                    calculates = true;
                    xml.skip()?;
                }
                "is" => {
                    strings::item(xml, &mut self.value)?;
                    kind = Kind::Plain;
                }
                _ => xml.skip()?,
            }
        }
        // A program that does not calculate keeps no value: that is not nothing.
        if calculates && self.value.is_empty() && kind != Kind::Formula {
            self.value.push_str(UNCALCULATED);
            kind = Kind::Plain;
        }
        let text = kind.text(&self.value, self.book)?;
        if text.is_empty() {
            return Ok(());
        }
        if column > LAST_COLUMN {
            return Err(unreadable());
        }
        if column >= self.limits.columns {
            return Err(Issue::new(Severity::Error, "table_too_wide").with("limit", self.limits.columns));
        }
        let empty = column.checked_sub(self.builder.open_cells()).ok_or_else(unreadable)?;
        let full = || Issue::new(Severity::Error, "table_too_large");
        self.room = self.room.checked_sub(empty.saturating_add(1)).ok_or_else(full)?;
        for _ in 0..empty {
            self.builder.cell(line, "")?;
        }
        self.builder.cell(line, &text)
    }

    /// The number of the row that is being read. Rows stand in order, and each stands there once.
    fn next_line(&self, said: Option<u32>) -> Result<u32, Issue> {
        let next = self.line.saturating_add(1);
        let line = said.unwrap_or(next);
        if (next..=LAST_ROW).contains(&line) { Ok(line) } else { Err(unreadable().at_row(line)) }
    }

    /// The issue with its row; to be cancelled has none.
    fn near(&self, issue: Issue, said: Option<u32>) -> Issue {
        let line = said.unwrap_or(self.line.saturating_add(1));
        if issue.code == "reading_cancelled" { issue } else { issue.at_row(line) }
    }
}

impl Kind {
    fn of(cell: Tag<'_>, book: &Book) -> Result<Self, Issue> {
        let style = cell.attribute("s")?.and_then(|style| style.parse().ok()).unwrap_or(0);
        Ok(match cell.attribute("t")?.as_deref() {
            None | Some("n") => Self::Number { is_day: book.styles.is_day(style) },
            Some("s") => Self::Shared,
            Some("str" | "inlineStr") => Self::Formula,
            Some("b") => Self::Flag,
            Some("d") => Self::Moment,
            Some("e") => Self::Plain,
            Some(_) => return Err(unreadable()),
        })
    }

    /// The text that a person sees in the cell. A number that is none stays what it is: whoever looks for a number there
    /// says so.
    fn text<'a>(self, value: &'a str, book: &'a Book) -> Result<Cow<'a, str>, Issue> {
        let trimmed = value.trim();
        Ok(match self {
            Self::Shared if trimmed.is_empty() => Cow::Borrowed(""),
            Self::Shared => {
                let place = trimmed.parse().map_err(|_| unreadable())?;
                Cow::Borrowed(book.strings.get(place).ok_or_else(unreadable)?)
            }
            Self::Number { is_day } => number::number(trimmed).map_or(Cow::Borrowed(trimmed), |number| {
                let day = if is_day { number::day(number, book.epoch) } else { None };
                Cow::Owned(day.map_or_else(|| number.to_string(), |day| day.to_string()))
            }),
            Self::Formula => strings::unescaped(value),
            Self::Flag => Cow::Borrowed(match trimmed {
                "1" | "true" => "TRUE",
                "0" | "false" => "FALSE",
                _ => trimmed,
            }),
            Self::Moment => Cow::Borrowed(trimmed.split('T').next().unwrap_or_default()),
            Self::Plain => Cow::Borrowed(value),
        })
    }
}

fn row_number(digits: &str) -> Option<u32> {
    let is_plain = digits.bytes().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|row| is_plain && (1..=LAST_ROW).contains(row))
}

/// The row (the first is 1) and the column (the first is 0) of a place such as `B3`.
fn place_of(place: &str) -> Option<(u32, usize)> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, row) = place.split_at_checked(letters)?;
    let mut column = 0_usize;
    for letter in letters.bytes() {
        let letter = usize::from(letter.to_ascii_uppercase().checked_sub(b'A')?);
        column = column.checked_mul(26)?.checked_add(letter)?.checked_add(1)?;
    }
    let column = column.checked_sub(1).filter(|&column| column <= LAST_COLUMN)?;
    Some((row_number(row)?, column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Unwatched;

    const SMALL: Limits = Limits { columns: 20, cell_chars: 50, ..Limits::PAGE };

    /// Lines with their cells, or the code of an issue and its row.
    type Read = Result<Vec<(u32, String)>, (String, Option<u32>)>;

    /// As many cells as these tests have room for.
    const ROOM: usize = 100;

    /// The header and the rows of a sheet with this content, cells set apart by `|`.
    fn sheet_of(content: &str, limits: &Limits) -> Read {
        let part = |name: &str, content: &str| format!("<{name}>{content}</{name}>");
        let mut watch = Unwatched;
        let styles = part("styleSheet", "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs>");
        let styles = Styles::read(&mut Xml::open(styles.as_bytes(), "styleSheet", limits, &mut watch).unwrap());
        let strings = part("sst", "<si><t>zero</t></si><si><t>_x0041_ne</t></si>");
        let strings = Strings::read(&mut Xml::open(strings.as_bytes(), "sst", limits, &mut watch).unwrap(), limits);
        let book = Book { strings: strings.unwrap(), styles: styles.unwrap(), epoch: Epoch::Year1900 };
        let sheet = part("worksheet", &format!("<dimension ref='A1:XFD1048576'/><sheetData>{content}</sheetData>"));
        let sheet = Xml::open(sheet.as_bytes(), "worksheet", limits, &mut watch)
            .and_then(|mut xml| read_some(&mut xml, &book, limits, ROOM))
            .map_err(|issue| (issue.code.into_owned(), issue.row))?;
        let rows = sheet.rows().map(|row| (row.line(), row.cells().collect::<Vec<_>>().join("|")));
        Ok(std::iter::once((sheet.header_line(), sheet.header().join("|"))).chain(rows).collect())
    }

    fn sheet(content: &str) -> Read {
        sheet_of(content, &SMALL)
    }

    /// The first row, in which cells of these contents follow each other.
    fn row(cells: &str) -> String {
        sheet(&format!("<row>{cells}</row>")).unwrap().remove(0).1
    }

    fn refused(content: &str) -> (String, Option<u32>) {
        sheet(content).unwrap_err()
    }

    #[test]
    fn every_kind_of_cell_is_read_as_a_person_sees_it() {
        assert_eq!(row("<c t='s'><v>0</v></c><c t='s'><v> 1 </v></c><c t='s'/>x<c><v>7</v></c>"), "zero|Ane||7");
        assert_eq!(row("<c t='inlineStr'><is><r><t xml:space='preserve'>a </t></r><r><t>b</t></r></is></c>"), "a b");
        assert_eq!(row("<c t='inlineStr'><is><t>_x005F_x0041_</t></is></c>"), "_x0041_");
        assert_eq!(row("<c t='str'><f>A1&amp;\"x\"</f><v>a_x0042_&lt;</v></c><c><f>1+1</f><v>2</v></c>"), "aB<|2");
        assert_eq!(row("<c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='b'><v>true</v></c>"), "TRUE|FALSE|TRUE");
        assert_eq!(row("<c t='e'><v>#N/A</v></c><c t='e'><v>#DIV/0!</v></c>"), "#N/A|#DIV/0!");
        assert_eq!(row("<c t='d'><v>2024-02-29T12:00:00</v></c><c s='1'><v>45351.75</v></c>"), "2024-02-29|2024-02-29");
        assert_eq!(row("<c s='1'><v>0.25</v></c><c s='1'><v>60</v></c><c s='9'><v>45351</v></c>"), "0.25|60|45351");
        assert_eq!(row("<c t='n'><v>0.30000000000000004</v></c><c><v>1E+5</v></c>"), "0.3|100000");
        assert_eq!(row("<c><v>not one</v></c><c t='b'><v>maybe</v></c>"), "not one|maybe");
    }

    #[test]
    fn a_cell_whose_text_is_in_no_table_is_damage() {
        for value in ["2", "-1", "zero", "99999999999999999999"] {
            let content = format!("<row r='4'><c t='s'><v>{value}</v></c></row>");
            assert_eq!(refused(&content), ("workbook_unreadable".to_owned(), Some(4)), "{value}");
        }
        assert_eq!(refused("<row><c t='x'><v>1</v></c></row>").0, "workbook_unreadable");
    }

    #[test]
    fn rows_and_cells_stand_where_they_say_or_after_the_ones_before() {
        let read = sheet(
            "<row><c><v>1</v></c><c r='C1'><v>2</v></c><c><v>3</v></c></row><row/>\
             <row><c r='b5'><v>4</v></c></row><row><c/><c><v>5</v></c><c><f>no result</f></c></row>\
             <row r='9' spans='1:3'><c><v>6</v></c></row>",
        );
        let expected = [(1, "1||2|3"), (5, "|4"), (6, "|5|#FORMULA!"), (9, "6")];
        assert_eq!(read.unwrap(), expected.map(|(line, cells)| (line, cells.to_owned())));
    }

    #[test]
    fn rows_and_cells_out_of_their_order_are_damage() {
        let damaged = |row| ("workbook_unreadable".to_owned(), Some(row));
        assert_eq!(refused("<row r='3'><c><v>1</v></c></row><row r='3'><c><v>1</v></c></row>"), damaged(3));
        assert_eq!(refused("<row r='3'/><row><c r='A2'><v>1</v></c></row>"), damaged(2));
        assert_eq!(refused("<row r='3'><c r='B3'><v>1</v></c><c r='A3'><v>1</v></c></row>"), damaged(3));
        assert_eq!(refused("<row r='3'><c r='B3'><v>1</v></c><c r='B3'><v>1</v></c></row>"), damaged(3));
        assert_eq!(refused("<row r='3'><c r='B4'><v>1</v></c></row>"), damaged(3));
    }

    #[test]
    fn places_beyond_the_last_row_and_column_are_refused() {
        assert_eq!(place_of("A1"), Some((1, 0)));
        assert_eq!(place_of("AA10"), Some((10, 26)));
        assert_eq!(place_of("XFD1048576"), Some((LAST_ROW, LAST_COLUMN)));
        for place in ["XFE1", "A1048577", "A0", "A", "1", "", "A-1", "A+1", "A1B", "É1", "AAAAAAAAAAAAAAAAAAAAAAAAAA1"]
        {
            assert_eq!(place_of(place), None, "{place}");
            let cell = format!("<row><c r='{place}'><v>1</v></c></row>");
            assert_eq!(refused(&cell).0, "workbook_unreadable", "{place}");
        }
        for number in ["0", "1048577", "+1", "", "99999999999"] {
            assert_eq!(refused(&format!("<row r='{number}'/>")).0, "workbook_unreadable", "{number}");
        }
        assert_eq!(refused("<row r='1048576'/><row/>").0, "workbook_unreadable");
        let wide = Limits { columns: usize::MAX, ..SMALL };
        let beyond = sheet_of("<row><c r='XFD1'/><c><v>1</v></c></row>", &wide);
        assert_eq!(beyond.unwrap_err().0, "workbook_unreadable");
    }

    #[test]
    fn far_away_cells_are_few_or_refused() {
        assert_eq!(refused("<row r='2'><c r='U2'><v>1</v></c></row>"), ("table_too_wide".to_owned(), Some(2)));
        assert_eq!(row("<c><v>1</v></c><c r='XFD1'/>"), "1", "an empty cell stands nowhere");
        let many = "<row><c/><c><v>1</v></c></row>".repeat(ROOM / 2);
        assert!(sheet(&many).is_ok());
        let more = Some(u32::try_from(ROOM / 2 + 1).unwrap());
        assert_eq!(refused(&format!("{many}<row><c><v>1</v></c></row>")), ("table_too_large".to_owned(), more));
    }

    #[test]
    fn a_cell_that_is_too_long_is_named_by_its_row() {
        for length in [51, 5_000] {
            let content = format!("<row r='7'><c t='str'><v>{}</v></c></row>", "x".repeat(length));
            assert_eq!(refused(&content), ("table_cell_too_long".to_owned(), Some(7)));
        }
    }
}

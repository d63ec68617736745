//! A workbook of Excel 5 to 2003. calamine takes records for as long as they should be, follows what formulas say, and
//! lays sheets out as rectangles. So it gets a workbook that is written here: of each sheet only the cells, each looked
//! at, formulas as the values that they came to.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Range, Reader, SheetVisible, Xls};

use super::cells::{self, Filling, MOST_DENSE, MOST_DENSE_BYTES, Named};
use super::compound::{Compound, holding};
use super::number::Epoch;
use super::ods::placed;
use super::records::{size, u16_at, u32_at};
use super::texts::{self, TextRecord, records};
use super::{NamedSheet, unreadable};
use crate::import::sheet::Sheet;
use crate::import::{Limits, Watch};
use crate::model::issue::{Issue, Severity};

/// The records that matter, as MS-XLS calls them.
const FORMULA: u16 = 0x06;
const END: u16 = 0x0A;
const DAYS: u16 = 0x22;
const PASSWORD: u16 = 0x2F;
const CODE_PAGE: u16 = 0x42;
const SHEET: u16 = 0x85;
const NUMBERS: u16 = 0xBD;
const RICH_LABEL: u16 = 0xD6;
const STYLE: u16 = 0xE0;
const TEXTS: u16 = 0xFC;
const TEXT: u16 = 0xFD;
const NUMBER: u16 = 0x203;
const LABEL: u16 = 0x204;
const FLAG: u16 = 0x205;
const RESULT: u16 = 0x207;
const SHORT_NUMBER: u16 = 0x27E;
const FORMAT: u16 = 0x41E;
const BEGIN: u16 = 0x809;

/// The most columns that a sheet of this format has.
const MOST_COLUMNS: u16 = 256;

/// The most sheets, formats and styles of a workbook.
const MOST_LISTED: usize = 1 << 16;

/// Western Europe: what is taken where a workbook before Excel 97 does not say how its texts are written.
const WESTERN: [u8; 2] = 1252_u16.to_le_bytes();

/// Opens a workbook.
pub(super) fn open(bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Vec<NamedSheet>, Issue> {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > limits.archive_bytes {
        let issue = Issue::new(Severity::Error, "file_too_large");
        return Err(issue.with("limit", limits.archive_bytes));
    }
    let file = Compound::open(bytes).ok_or_else(unreadable)?;
    if file.has("EncryptedPackage") {
        return Err(locked());
    }
    let stream = file.stream("Workbook").or_else(|| file.stream("Book")).ok_or_else(unreadable)?;
    watch.progress(length / 2, length);
    let book = Book::read(&stream)?;
    let anew = holding("Workbook", &book.bytes).ok_or_else(unreadable)?;
    let mut library: Xls<Cursor<Vec<u8>>> = Xls::new(Cursor::new(anew)).map_err(|_| unreadable())?;
    watch.progress(length, length);
    let epoch = if library.has_1904_epoch() { Epoch::Year1904 } else { Epoch::Year1900 };
    let mut known = BTreeSet::new();
    // The library keeps one of those that are called alike.
    let names: Vec<(String, bool)> =
        library.sheets_metadata().iter().map(|sheet| (sheet.name.clone(), known.insert(sheet.name.clone()))).collect();
    let named = library.sheets_metadata().iter();
    let named = named.map(|sheet| Named { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible });
    cells::each(named.collect(), limits, watch, &mut |place, filling| {
        if let Some(issue) = book.issues.get(place).cloned().flatten() {
            return Err(issue);
        }
        let (name, _) = names.get(place).filter(|(_, is_first)| *is_first).ok_or_else(unreadable)?;
        read(&library.worksheet_range(name).map_err(|_| unreadable())?, epoch, filling)
    })
}

/// Reads the cells of a sheet.
fn read(range: &Range<Data>, epoch: Epoch, mut filling: Filling<'_>) -> Result<Sheet, Issue> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let (row, column) = (placed(row, first_row), placed(column, first_column));
        filling.put(row, column, &cells::shown(&cells::as_ref(value), epoch))?;
    }
    filling.finish()
}

/// A workbook that is written anew.
struct Book {
    bytes: Vec<u8>,
    /// Why sheets are empty, by their place.
    issues: Vec<Option<Issue>>,
}

/// What the cells of a workbook point to, and what they take up.
struct Ground {
    /// Whether texts are those of Excel 97 and later.
    is_new: bool,
    /// How many characters each text has.
    texts: Vec<u32>,
    cells: u64,
    bytes: u64,
}

impl Book {
    fn read(stream: &[u8]) -> Result<Self, Issue> {
        let mut bytes = Vec::new();
        let mut ground = Ground { is_new: true, texts: Vec::new(), cells: 0, bytes: 0 };
        let mut sheets: Vec<&[u8]> = Vec::new();
        let mut code_page: Option<&[u8]> = None;
        let mut kept: Vec<TextRecord<'_>> = Vec::new();
        let mut begun = false;
        for record in records(stream) {
            let record = record?;
            let body = record.body;
            match record.kind {
                BEGIN if !begun => {
                    begun = true;
                    ground.is_new = match u16_at(body, 0) {
                        Some(0x600) => true,
                        Some(0x500) => false,
                        _ => return Err(unreadable()),
                    };
                    push(&mut bytes, BEGIN, body)?;
                }
                PASSWORD => return Err(locked()),
                CODE_PAGE if !ground.is_new => code_page = Some(body.get(..2).ok_or_else(unreadable)?),
                DAYS if body.len() >= 2 => kept.push(record),
                FORMAT if body.len() >= 5 => kept.push(record),
                STYLE if body.len() >= 4 => kept.push(record),
                TEXTS if ground.texts.is_empty() => {
                    ground.texts = texts::lengths(&record)?;
                    kept.push(record);
                }
                SHEET => {
                    let is_worksheet = *body.get(5).ok_or_else(unreadable)? == 0 && body.len() >= 8;
                    if is_worksheet {
                        sheets.push(body);
                    }
                }
                END => break,
                _ => {}
            }
            if kept.len().max(sheets.len()) > MOST_LISTED {
                return Err(too_large());
            }
        }
        if !begun || sheets.is_empty() {
            return Err(unreadable());
        }
        // Texts of Excel 97 and later say themselves how they are written.
        if !ground.is_new {
            push(&mut bytes, CODE_PAGE, code_page.unwrap_or(&WESTERN))?;
        }
        for record in kept {
            push(&mut bytes, record.kind, record.body)?;
            record.more.iter().try_for_each(|more| push(&mut bytes, texts::CONTINUE, more))?;
        }
        let rest: usize = sheets.iter().map(|body| body.len().saturating_add(4)).sum();
        let mut place = bytes.len().saturating_add(rest).saturating_add(4);
        let (mut after, mut issues) = (Vec::new(), Vec::new());
        for body in sheets {
            let start = u32::try_from(place).map_err(|_| too_large())?;
            let anew = [&start.to_le_bytes(), body.get(4..).unwrap_or_default()].concat();
            push(&mut bytes, SHEET, &anew)?;
            let from = u32_at(body, 0).and_then(|from| stream.get(size(from)..)).unwrap_or_default();
            let read = ground.sheet(from);
            let (content, issue) = read.map_or_else(|issue| (empty(), Some(issue)), |content| (content, None));
            place = place.saturating_add(content.len());
            after.extend(content);
            issues.push(issue);
        }
        push(&mut bytes, END, &[])?;
        bytes.extend(after);
        Ok(Self { bytes, issues })
    }
}

impl Ground {
    /// The cells of the sheet that begins here, written anew.
    fn sheet(&mut self, stream: &[u8]) -> Result<Vec<u8>, Issue> {
        let mut sheet = Cells::default();
        let mut begun = false;
        // Charts that stand in a sheet have cells of their own.
        let mut inner = 0_u32;
        for record in records(stream) {
            let record = record?;
            match record.kind {
                BEGIN if begun => inner = inner.saturating_add(1),
                END if inner > 0 => inner = inner.saturating_sub(1),
                _ if inner > 0 => {}
                BEGIN => {
                    begun = true;
                    push(&mut sheet.bytes, BEGIN, record.body)?;
                }
                END => break,
                _ if begun => {
                    let line = u32::from(u16_at(record.body, 0).unwrap_or_default()).saturating_add(1);
                    sheet.take(&record, self).map_err(|issue| issue.at_row(line))?;
                }
                _ => return Err(unreadable()),
            }
        }
        if !begun {
            return Err(unreadable());
        }
        self.cells = self.cells.saturating_add(sheet.area());
        push(&mut sheet.bytes, END, &[])?;
        Ok(sheet.bytes)
    }
}

/// The cells of a sheet that is written anew.
#[derive(Default)]
struct Cells {
    bytes: Vec<u8>,
    /// First and last row, first and last column.
    bounds: Option<[u16; 4]>,
    /// Where the formula stands whose text follows: row, column and style.
    waiting: Option<[u8; 6]>,
}

impl Cells {
    fn take(&mut self, record: &TextRecord<'_>, ground: &mut Ground) -> Result<(), Issue> {
        let body = record.body;
        match record.kind {
            NUMBER => self.put(NUMBER, body.get(..14), ground),
            SHORT_NUMBER => self.put(SHORT_NUMBER, body.get(..10), ground),
            FLAG => self.put(FLAG, body.get(..8), ground),
            NUMBERS => {
                let last = body.len().checked_sub(2).and_then(|at| u16_at(body, at)).ok_or_else(unreadable)?;
                let first = u16_at(body, 2).ok_or_else(unreadable)?;
                let count = usize::from(last.checked_sub(first).ok_or_else(unreadable)?).saturating_add(1);
                if body.len() != count.saturating_mul(6).saturating_add(6) {
                    return Err(unreadable());
                }
                self.reach(u16_at(body, 0).unwrap_or_default(), last, ground)?;
                self.put(NUMBERS, Some(body), ground)
            }
            TEXT => {
                let place = u32_at(body, 6).ok_or_else(unreadable)?;
                let chars = *ground.texts.get(size(place)).ok_or_else(unreadable)?;
                ground.bytes = ground.bytes.saturating_add(u64::from(chars).saturating_mul(3));
                self.put(TEXT, body.get(..10), ground)
            }
            LABEL | RICH_LABEL => {
                let text = body.get(6..).ok_or_else(unreadable)?;
                texts::is_whole(text, ground.is_new)?;
                self.put(LABEL, Some(body), ground)
            }
            FORMULA => self.formula(body, ground),
            RESULT => match self.waiting.take() {
                // A text so long that it goes on in the next record is longer than a cell should be.
                Some(_) if !record.more.is_empty() => {
                    Err(Issue::new(Severity::Error, "table_cell_too_long").with("limit", texts::MOST_RESULT))
                }
                Some(place) => {
                    texts::is_whole(body, ground.is_new)?;
                    self.put(LABEL, Some(&[&place, body].concat()), ground)
                }
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    /// A formula is the value that it came to.
    fn formula(&mut self, body: &[u8], ground: &mut Ground) -> Result<(), Issue> {
        let (place, value) = body.get(..14).and_then(|head| head.split_at_checked(6)).ok_or_else(unreadable)?;
        self.waiting = None;
        match value {
            [0, .., 0xFF, 0xFF] => {
                self.waiting = place.try_into().ok();
                Ok(())
            }
            [1, _, flag, .., 0xFF, 0xFF] => self.put(FLAG, Some(&[place, &[*flag, 0]].concat()), ground),
            [2, _, error, .., 0xFF, 0xFF] => self.put(FLAG, Some(&[place, &[*error, 1]].concat()), ground),
            [3, .., 0xFF, 0xFF] => Ok(()),
            [.., 0xFF, 0xFF] => Err(unreadable()),
            _ => self.put(NUMBER, Some(&[place, value].concat()), ground),
        }
    }

    fn put(&mut self, kind: u16, body: Option<&[u8]>, ground: &mut Ground) -> Result<(), Issue> {
        let body = body.ok_or_else(unreadable)?;
        // The library would refuse the whole workbook for an error that it does not know.
        if kind == FLAG && !matches!(body.get(6..8), Some([_, 0] | [0 | 7 | 15 | 23 | 29 | 36 | 42 | 43, 1])) {
            return Err(unreadable());
        }
        let (row, column) = u16_at(body, 0).zip(u16_at(body, 2)).ok_or_else(unreadable)?;
        self.reach(row, column, ground)?;
        ground.bytes = ground.bytes.saturating_add(u64::try_from(body.len()).unwrap_or(u64::MAX));
        if ground.bytes > MOST_DENSE_BYTES {
            return Err(too_large());
        }
        push(&mut self.bytes, kind, body)
    }

    fn reach(&mut self, row: u16, column: u16, ground: &Ground) -> Result<(), Issue> {
        if column >= MOST_COLUMNS {
            return Err(unreadable());
        }
        let [top, bottom, left, right] = self.bounds.unwrap_or([row, row, column, column]);
        self.bounds = Some([top.min(row), bottom.max(row), left.min(column), right.max(column)]);
        if ground.cells.saturating_add(self.area()) > MOST_DENSE { Err(too_large()) } else { Ok(()) }
    }

    /// The cells of the rectangle that the library will lay out.
    fn area(&self) -> u64 {
        let side = |first: u16, last: u16| u64::from(last.saturating_sub(first)).saturating_add(1);
        self.bounds.map_or(0, |[top, bottom, left, right]| side(top, bottom).saturating_mul(side(left, right)))
    }
}

/// A sheet without cells.
fn empty() -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = push(&mut bytes, BEGIN, &[0, 6, 0x10, 0]).and_then(|()| push(&mut bytes, END, &[]));
    bytes
}

fn push(stream: &mut Vec<u8>, kind: u16, body: &[u8]) -> Result<(), Issue> {
    stream.extend(kind.to_le_bytes());
    stream.extend(u16::try_from(body.len()).map_err(|_| unreadable())?.to_le_bytes());
    stream.extend_from_slice(body);
    Ok(())
}

fn locked() -> Issue {
    Issue::new(Severity::Error, "workbook_locked")
}

fn too_large() -> Issue {
    Issue::new(Severity::Error, "table_too_large")
}

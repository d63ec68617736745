//! A spreadsheet of `OpenDocument`. calamine lays its sheets out as rectangles, and believes how often rows and cells are
//! repeated: what that comes to is counted before it reads.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Ods, Range, Reader, SheetVisible};
use memchr::{memchr, memchr3, memmem};

use super::archive::Archive;
use super::cells::{self, Filling, MOST_DENSE, MOST_DENSE_BYTES, Named, ShownCell};
use super::markup::{Markup, Met, Tag};
use super::number::Epoch;
use super::pack::Pack;
use super::part::{LAST_COLUMN, LAST_ROW};
use super::xlsx::keep;
use super::{NamedSheet, unreadable};
use crate::import::cell::UNCALCULATED;
use crate::import::sheet::Sheet;
use crate::import::sniff::extension_of;
use crate::import::{Limits, Watch};
use crate::model::issue::{Issue, Severity};

/// How the tags of cells begin.
const CELLS: [&str; 2] = ["<table:table-cell", "<table:covered-table-cell"];

/// The most bytes of content that has to be written anew.
const MOST_REWRITTEN: u64 = 128 << 20;

/// What a spreadsheet calls itself; a template of one says more behind it.
const MIMETYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// The part with the cells.
const CONTENT: &str = "content.xml";

/// The part that says whether others are under a password.
const MANIFEST: &str = "META-INF/manifest.xml";

/// Whether an archive is a spreadsheet: it says so, or it says nothing and its name does.
pub(super) fn is_one(archive: &mut Archive<'_>, name: &str) -> bool {
    if archive.find(CONTENT).is_none() {
        return false;
    }
    match archive.find("mimetype").and_then(|place| archive.beginning(place, 128)) {
        Some(kind) => kind.starts_with(MIMETYPE.as_bytes()),
        None => matches!(extension_of(name).as_deref(), Some("ods" | "ots")),
    }
}

/// Opens a spreadsheet.
pub(super) fn open(
    archive: &mut Archive<'_>,
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<Vec<NamedSheet>, Issue> {
    let content = archive.find(CONTENT).ok_or_else(unreadable)?;
    let (mut markup, mut grid, mut manifest) = (Markup::default(), Grid::default(), Vec::new());
    archive.read(limits, watch, is_embedded, &mut |place, name, piece| {
        if name == MANIFEST {
            keep(&mut manifest, piece)?;
        }
        // One that is encrypted is no markup: that it is encrypted is told by the manifest.
        if place == content && grid.issue.is_none() {
            grid.issue = markup.take(piece, limits, &mut |met| grid.seen.meet(met, limits)).err();
        }
        Ok(())
    })?;
    if memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(Issue::new(Severity::Error, "workbook_locked"));
    }
    grid.issue.map_or_else(|| markup.finish(), Err)?;
    let mut pack = Pack::new();
    pack.write("mimetype", MIMETYPE.as_bytes())?;
    pack.write(MANIFEST, b"<manifest/>")?;
    if grid.seen.untyped {
        pack.write(CONTENT, &typed(archive, content)?)?;
    } else {
        pack.copy(archive, content, CONTENT)?;
    }
    let mut library: Ods<Cursor<Vec<u8>>> = Ods::new(pack.finish()?).map_err(|_| unreadable())?;
    let mut known = BTreeSet::new();
    let sheets = library.sheets_metadata().iter();
    // The library keeps one of those that are called alike.
    let named = sheets.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect::<Vec<_>>();
    let alike: Vec<bool> = named.iter().map(|(name, _)| !known.insert(name.clone())).collect();
    let names: Vec<String> = named.iter().map(|(name, _)| name.clone()).collect();
    let named = named.into_iter().map(|(name, hidden)| Named { name, hidden }).collect();
    cells::each(named, limits, watch, &mut |place, filling| {
        let name = names.get(place).filter(|_| alike.get(place) == Some(&false)).ok_or_else(unreadable)?;
        let formulas = library.worksheet_formula(name).map_err(|_| unreadable())?;
        read(&library.worksheet_range(name).map_err(|_| unreadable())?, &formulas, filling)
    })
}

/// Reads the cells of a sheet.
fn read(range: &Range<Data>, formulas: &Range<String>, mut filling: Filling<'_>) -> Result<Sheet, Issue> {
    // A program that does not calculate keeps no value: that is not nothing.
    let mut uncalculated: BTreeSet<(u32, u32)> = BTreeSet::new();
    let (first_row, first_column) = formulas.start().unwrap_or_default();
    for (row, column, formula) in formulas.used_cells() {
        let place = (placed(row, first_row), placed(column, first_column));
        if !formula.is_empty() && range.get_value(place).is_none_or(|value| *value == Data::Empty) {
            uncalculated.insert(place);
        }
    }
    let mut put_before = |filling: &mut Filling<'_>, end: Option<(u32, u32)>| {
        while let Some(place) = uncalculated.first().copied().filter(|place| end.is_none_or(|end| *place < end)) {
            uncalculated.remove(&place);
            filling.put(place.0, place.1, &ShownCell::text(UNCALCULATED))?;
        }
        Ok::<_, Issue>(())
    };
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let (row, column) = (placed(row, first_row), placed(column, first_column));
        put_before(&mut filling, Some((row, column)))?;
        filling.put(row, column, &cells::shown(&cells::as_ref(value), Epoch::Year1900))?;
    }
    put_before(&mut filling, None)?;
    filling.finish()
}

/// The content with the kind of every cell that holds text and does not say what kind it is: the library passes over
/// such cells, and some programs write no others.
fn typed(archive: &mut Archive<'_>, place: usize) -> Result<Vec<u8>, Issue> {
    let content = archive.beginning(place, MOST_REWRITTEN.saturating_add(1)).ok_or_else(unreadable)?;
    if u64::try_from(content.len()).is_ok_and(|length| length > MOST_REWRITTEN) {
        return Err(Issue::new(Severity::Error, "table_too_large"));
    }
    let mut typed = Vec::with_capacity(content.len());
    let mut rest = content.as_slice();
    while let Some(start) = memchr(b'<', rest) {
        let (before, tag) = rest.split_at(start);
        let (tag, after) = tag.split_at(end_of_tag(tag).unwrap_or(tag.len()));
        typed.extend_from_slice(before);
        let name = CELLS.into_iter().find(|name| {
            tag.strip_prefix(name.as_bytes()).and_then(<[u8]>::first).is_some_and(|sign| b"> \t\r\n".contains(sign))
        });
        match name.filter(|_| !tag.ends_with(b"/>") && memmem::find(tag, b"office:value-type").is_none()) {
            Some(name) => {
                typed.extend_from_slice(name.as_bytes());
                typed.extend_from_slice(b" office:value-type=\"string\"");
                typed.extend_from_slice(tag.get(name.len()..).unwrap_or_default());
            }
            None => typed.extend_from_slice(tag),
        }
        rest = after;
    }
    typed.extend_from_slice(rest);
    Ok(typed)
}

/// Where a tag ends that begins here.
fn end_of_tag(tag: &[u8]) -> Option<usize> {
    let mut at = 0_usize;
    loop {
        let rest = tag.get(at..)?;
        let found = memchr3(b'>', b'"', b'\'', rest)?;
        let sign = *rest.get(found)?;
        at = at.saturating_add(found).saturating_add(1);
        if sign == b'>' {
            return Some(at);
        }
        at = at.saturating_add(memchr(sign, tag.get(at..)?)?).saturating_add(1);
    }
}

/// Where something stands that is so far from the first.
pub(super) fn placed(distance: usize, first: u32) -> u32 {
    u32::try_from(distance).unwrap_or(u32::MAX).saturating_add(first)
}

/// Documents and pictures that a person put into the spreadsheet. They are never opened, so they may be archives.
fn is_embedded(name: &str) -> bool {
    name.starts_with("Pictures/") || name.starts_with("Object") || name.starts_with("Thumbnails/")
}

/// What the library will lay out, and why it may not.
#[derive(Default)]
struct Grid {
    seen: SeenCells,
    issue: Option<Issue>,
}

/// What has been seen of the rectangle of a sheet.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is where the reading stands")]
struct SeenCells {
    /// Whether a sheet, a row and a cell are open.
    in_table: bool,
    in_row: bool,
    /// How often the open row and the open cell are repeated.
    row_repeats: u64,
    cell_repeats: u64,
    /// The column in which the next cell of the row stands.
    column: u64,
    /// How many rows the sheet has so far.
    rows: u64,
    /// The rectangle of filled cells: first and last row, first and last column, the last ones excluded.
    filled_rows: Option<(u64, u64)>,
    filled_columns: Option<(u64, u64)>,
    row_is_filled: bool,
    /// Where the open cell begins, and whether it says what kind of value it has.
    start: u64,
    is_typed: bool,
    /// Whether a cell holds text without saying so.
    untyped: bool,
    /// How far the filled cells of the row reach, and those of all rows: the library keeps each row from column A on.
    row_reach: u64,
    reach: u64,
    /// Bytes of text in the row, and in all rows of all sheets.
    row_bytes: u64,
    bytes: u64,
    /// Cells of the sheets before this one.
    cells: u64,
}

impl SeenCells {
    fn meet(&mut self, met: Met<'_>, limits: &Limits) -> Result<(), Issue> {
        match met {
            Met::Open(tag) => self.open(tag, limits),
            Met::Close("table:table") => {
                self.in_table = false;
                self.cells = self.cells.saturating_add(self.area());
                Ok(())
            }
            Met::Close("table:table-row") => self.end_row(),
            Met::Text(text) if self.in_row => {
                self.text(text.len());
                Ok(())
            }
            Met::Close(_) | Met::Text(_) | Met::Other => Ok(()),
        }
    }

    fn open(&mut self, tag: Tag<'_>, limits: &Limits) -> Result<(), Issue> {
        match tag.name {
            "table:table" if self.in_table => Err(unreadable()),
            "table:table" => {
                let Self { bytes, cells, untyped, .. } = *self;
                *self = Self { in_table: true, bytes, cells, untyped, ..Self::default() };
                Ok(())
            }
            "table:table-row" if self.in_row => Err(unreadable()),
            "table:table-row" => {
                self.in_row = true;
                self.row_repeats = repeats(tag, "table:number-rows-repeated", LAST_ROW.into())?;
                (self.column, self.row_is_filled, self.row_bytes, self.row_reach) = (0, false, 0, 0);
                Ok(())
            }
            "table:table-cell" | "table:covered-table-cell" if self.in_row => self.cell(tag),
            "text:p" if self.in_row => {
                self.untyped |= !self.is_typed;
                self.fill();
                Ok(())
            }
            // So many blanks; the library writes them out.
            "text:s" => {
                let count = repeats(tag, "text:c", u64::MAX)?;
                let most = u64::try_from(limits.cell_chars).unwrap_or(u64::MAX);
                if count > most {
                    return Err(Issue::new(Severity::Error, "table_cell_too_long").with("limit", limits.cell_chars));
                }
                self.text(usize::try_from(count).unwrap_or(usize::MAX));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn cell(&mut self, tag: Tag<'_>) -> Result<(), Issue> {
        let most = u64::from(LAST_COLUMN).saturating_add(1);
        self.cell_repeats = repeats(tag, "table:number-columns-repeated", most)?;
        self.start = self.column;
        self.column = self.start.saturating_add(self.cell_repeats).min(most);
        self.is_typed = false;
        let mut is_filled = false;
        let mut bytes = 0;
        tag.each(&mut |key, value| {
            let is_value = key.starts_with("office:") || key.starts_with("calcext:") || key == "table:formula";
            is_filled |= is_value;
            self.is_typed |= key == "office:value-type";
            // Names of kinds of values are short and not copied.
            if is_value && !key.ends_with("value-type") {
                bytes = value.len().saturating_add(bytes);
            }
            Ok(())
        })?;
        self.text(bytes);
        if is_filled {
            self.fill();
        }
        Ok(())
    }

    /// The open cell holds something.
    fn fill(&mut self) {
        self.row_is_filled = true;
        self.row_reach = self.column;
        let (first, last) = self.filled_columns.unwrap_or((self.start, self.start));
        self.filled_columns = Some((first.min(self.start), last.max(self.column)));
    }

    fn text(&mut self, bytes: usize) {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX).saturating_mul(self.cell_repeats);
        self.row_bytes = self.row_bytes.saturating_add(bytes);
    }

    fn end_row(&mut self) -> Result<(), Issue> {
        self.in_row = false;
        self.cell_repeats = 1;
        let start = self.rows;
        self.rows = start.saturating_add(self.row_repeats);
        if self.row_is_filled {
            let first = self.filled_rows.map_or(start, |(first, _)| first);
            self.filled_rows = Some((first, self.rows));
        }
        self.reach = self.reach.saturating_add(self.row_reach);
        self.bytes = self.bytes.saturating_add(self.row_bytes.saturating_mul(self.row_repeats));
        if self.cells.saturating_add(self.area()) > MOST_DENSE || self.bytes > MOST_DENSE_BYTES {
            return Err(Issue::new(Severity::Error, "table_too_large"));
        }
        Ok(())
    }

    /// The cells of the rectangle that the library will lay out, or of the rows that it keeps before.
    fn area(&self) -> u64 {
        let rows = self.filled_rows.map_or(0, |(first, last)| last.saturating_sub(first));
        let columns = self.filled_columns.map_or(0, |(first, last)| last.saturating_sub(first));
        rows.saturating_mul(columns).max(self.reach)
    }
}

/// How often something is repeated, as the library will take it.
fn repeats(tag: Tag<'_>, name: &str, most: u64) -> Result<u64, Issue> {
    let said = tag.attribute(name)?.map(|said| said.parse::<u64>().map_err(|_| unreadable())).transpose()?;
    Ok(said.unwrap_or(1).min(most))
}

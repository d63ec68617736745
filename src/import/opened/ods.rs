//! An OpenDocument spreadsheet. calamine lays its sheets out as rectangles, and believes how often rows and cells are
//! repeated: what that comes to is counted before it reads.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Data, Ods, Range, Reader, SheetVisible};
use memchr::memmem;

use super::archive::Archive;
use super::cells::{self, Filling, MOST_DENSE, MOST_DENSE_BYTES, Named};
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
    pack.copy(archive, content, CONTENT)?;
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
    let mut uncalculated: BTreeMap<(u32, u32), ()> = BTreeMap::new();
    let (first_row, first_column) = formulas.start().unwrap_or_default();
    for (row, column, formula) in formulas.used_cells() {
        let place = (placed(row, first_row), placed(column, first_column));
        if !formula.is_empty() && range.get_value(place).is_none_or(|value| *value == Data::Empty) {
            uncalculated.insert(place, ());
        }
    }
    let mut put_before = |filling: &mut Filling<'_>, end: Option<(u32, u32)>| {
        while let Some(entry) = uncalculated.first_entry().filter(|entry| end.is_none_or(|end| *entry.key() < end)) {
            let (row, column) = *entry.key();
            entry.remove();
            filling.put(row, column, UNCALCULATED)?;
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
    seen: Seen,
    issue: Option<Issue>,
}

/// What has been seen of the rectangle of a sheet.
#[derive(Default)]
struct Seen {
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
    /// How far the filled cells of the row reach, and those of all rows: the library keeps each row from column A on.
    row_reach: u64,
    reach: u64,
    /// Bytes of text in the row, and in all rows of all sheets.
    row_bytes: u64,
    bytes: u64,
    /// Cells of the sheets before this one.
    cells: u64,
}

impl Seen {
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
                let (bytes, cells) = (self.bytes, self.cells);
                *self = Self { in_table: true, bytes, cells, ..Self::default() };
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
        let start = self.column;
        self.column = start.saturating_add(self.cell_repeats).min(most);
        let mut is_filled = false;
        let mut bytes = 0;
        tag.each(&mut |key, value| {
            let is_value = key.starts_with("office:") || key.starts_with("calcext:") || key == "table:formula";
            is_filled |= is_value;
            // Names of kinds of values are short and not copied.
            if is_value && !key.ends_with("value-type") {
                bytes = value.len().saturating_add(bytes);
            }
            Ok(())
        })?;
        self.text(bytes);
        if is_filled {
            self.row_is_filled = true;
            self.row_reach = self.column;
            let (first, last) = self.filled_columns.unwrap_or((start, start));
            self.filled_columns = Some((first.min(start), last.max(self.column)));
        }
        Ok(())
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

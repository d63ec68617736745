//! The cells that a library hands out, to a [`Sheet`]: as a person sees them, in the order of the file, within limits.

use std::borrow::Cow;

use calamine::{Data, DataRef};
use memchr::memchr;

use super::number::{self, Epoch};
use super::part::{LAST_COLUMN, LAST_ROW};
use super::{NamedSheet, unreadable};
use crate::import::sheet::{Sheet, SheetBuilder};
use crate::import::table::MOST_SHEETS;
use crate::import::{Limits, Watch, cancelled};
use crate::model::issue::{Issue, Severity};

/// The most cells of a workbook, with the empty ones that stand before others in a row: one column of them costs nothing
/// in the file.
pub(super) const MOST_CELLS: usize = 1 << 25;

/// The most cells of the rectangle that a library lays out for a sheet of a kind that it does not read cell by cell.
pub(super) const MOST_DENSE: u64 = 1 << 23;

/// The most bytes of text in such a rectangle: the library copies what stands in several cells.
pub(super) const MOST_DENSE_BYTES: u64 = 1 << 28;

/// How many cells are read between two looks at the watch.
const STEP: u32 = 4096;

/// A sheet as the workbook names it.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) hidden: bool,
}

/// Reads the sheets of a workbook, those that people see first, as many as are looked at.
pub(super) fn each(
    named: Vec<Named>,
    limits: &Limits,
    watch: &mut dyn Watch,
    read: &mut dyn FnMut(usize, Filling<'_>) -> Result<Sheet, Issue>,
) -> Result<Vec<NamedSheet>, Issue> {
    let mut order: Vec<usize> = (0..named.len()).collect();
    order.sort_by_key(|place| named.get(*place).is_some_and(|sheet| sheet.hidden));
    let unread = || Err(Issue::new(Severity::Error, "table_too_large"));
    let mut sheets: Vec<NamedSheet> =
        named.into_iter().map(|Named { name, hidden }| NamedSheet { name, hidden, content: unread() }).collect();
    let mut room = MOST_CELLS;
    for place in order.into_iter().take(MOST_SHEETS) {
        let content = read(place, Filling::new(limits, watch, &mut room));
        if watch.cancelled() {
            return Err(cancelled());
        }
        if let Some(sheet) = sheets.get_mut(place) {
            sheet.content = content;
        }
    }
    Ok(sheets)
}

/// A sheet that is being filled.
pub(super) struct Filling<'a> {
    builder: SheetBuilder<'a>,
    limits: &'a Limits,
    watch: &'a mut dyn Watch,
    /// For how many more cells the workbook has room.
    room: &'a mut usize,
    line: u32,
    steps: u32,
}

impl<'a> Filling<'a> {
    pub(super) fn new(limits: &'a Limits, watch: &'a mut dyn Watch, room: &'a mut usize) -> Self {
        Self { builder: SheetBuilder::new(limits), limits, watch, room, line: 0, steps: 0 }
    }

    /// Adds a cell at a place, of which the first is row 0 and column 0; an empty one stands nowhere.
    pub(super) fn put(&mut self, row: u32, column: u32, cell: &ShownCell<'_>) -> Result<(), Issue> {
        self.steps = self.steps.wrapping_add(1);
        if self.steps.is_multiple_of(STEP) && self.watch.cancelled() {
            return Err(cancelled());
        }
        if cell.text.is_empty() {
            return Ok(());
        }
        let line = row.saturating_add(1);
        if line != self.line {
            self.end_row()?;
            if line < self.line || line > LAST_ROW {
                return Err(unreadable().at_row(line));
            }
            self.line = line;
        }
        self.cell(column, cell).map_err(|issue| issue.at_row(line))
    }

    fn cell(&mut self, column: u32, cell: &ShownCell<'_>) -> Result<(), Issue> {
        let column = usize::try_from(column.min(LAST_COLUMN.saturating_add(1))).unwrap_or(usize::MAX);
        if column >= self.limits.columns {
            return Err(Issue::new(Severity::Error, "table_too_wide").with("limit", self.limits.columns));
        }
        let empty = column.checked_sub(self.builder.open_cells()).ok_or_else(unreadable)?;
        let full = || Issue::new(Severity::Error, "table_too_large");
        *self.room = self.room.checked_sub(empty.saturating_add(1)).ok_or_else(full)?;
        for _ in 0..empty {
            self.builder.cell(self.line, "")?;
        }
        if cell.is_number {
            self.builder.number(self.line, &cell.text)
        } else {
            self.builder.cell(self.line, &cell.text)
        }
    }

    fn end_row(&mut self) -> Result<(), Issue> {
        if self.builder.open_cells() > 0 { self.builder.end_row(self.line) } else { Ok(()) }
    }

    pub(super) fn finish(mut self) -> Result<Sheet, Issue> {
        self.end_row()?;
        self.builder.finish()
    }
}

/// A cell as a person sees it.
pub(super) struct ShownCell<'a> {
    text: Cow<'a, str>,
    /// Whether it holds a number, and no text that writes one.
    is_number: bool,
}

impl<'a> ShownCell<'a> {
    /// A text.
    pub(super) const fn text(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), is_number: false }
    }
}

/// What a person sees in a cell.
pub(super) fn shown<'a>(value: &'a DataRef<'_>, epoch: Epoch) -> ShownCell<'a> {
    let number = |written: &str| ShownCell { text: Cow::Owned(number::shown(written)), is_number: true };
    let text = |text: String| ShownCell { text: Cow::Owned(text), is_number: false };
    match value {
        DataRef::Empty => ShownCell::text(""),
        DataRef::String(text) => ShownCell::text(text),
        DataRef::SharedString(text) => ShownCell::text(text),
        DataRef::Bool(flag) => ShownCell::text(flag_text(*flag)),
        DataRef::Int(written) => number(&written.to_string()),
        DataRef::Float(written) => number(&format!("{written:e}")),
        DataRef::DateTime(moment) => {
            let written = format!("{:e}", moment.as_f64());
            if moment.is_datetime() { text(number::moment(&written, epoch)) } else { number(&written) }
        }
        DataRef::DateTimeIso(moment) => ShownCell::text(day_of(moment)),
        DataRef::DurationIso(span) => match number::days_of(span) {
            Some(days) => number(&days.to_string()),
            None => ShownCell::text(span),
        },
        DataRef::Error(error) => text(error.to_string()),
    }
}

/// The same value, as the library hands it out cell by cell.
pub(super) fn as_ref(data: &Data) -> DataRef<'_> {
    match data {
        Data::Empty => DataRef::Empty,
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(flag) => DataRef::Bool(*flag),
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::DateTimeIso(moment) => DataRef::DateTimeIso(moment.clone()),
        Data::DurationIso(span) => DataRef::DurationIso(span.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
    }
}

const fn flag_text(flag: bool) -> &'static str {
    if flag { "TRUE" } else { "FALSE" }
}

/// The day of a moment in ISO 8601.
fn day_of(moment: &str) -> &str {
    let moment = moment.trim();
    memchr(b'T', moment.as_bytes()).and_then(|end| moment.get(..end)).unwrap_or(moment)
}

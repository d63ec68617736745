//! A workbook in the binary format of newer Excels. calamine reads its cells one by one, and takes for granted that
//! records are as long as they must be and that places among the texts exist: that is looked at before, and the parts
//! that are small are written anew.

use std::fmt::Write;
use std::io::Cursor;

use calamine::{Reader, Xlsb};
use litemap::LiteMap;

use super::archive::Archive;
use super::cells::{self, Filling, Named};
use super::number::Epoch;
use super::pack::Pack;
use super::part::{LAST_COLUMN, LAST_ROW, MOST_STRINGS, near};
use super::records::{self, Records, push, size, u32_at, wide, wide_at};
use super::xlsx::{is_embedded, keep, links};
use super::{NamedSheet, unreadable};
use crate::import::sheet::Sheet;
use crate::import::sniff::extension_of;
use crate::import::{Limits, Watch};
use crate::model::issue::{Issue, Severity};

/// The part that names the sheets.
pub(super) const WORKBOOK: &str = "xl/workbook.bin";

/// The part that says where the parts are that the workbook names.
const LINKS: &str = "xl/_rels/workbook.bin.rels";

/// The most sheets, formats and styles of a workbook.
const MOST_LISTED: usize = 1 << 16;

/// The most bytes of a sheet that has to be written anew, because a formula in it has failed.
const MOST_REWRITTEN: u64 = 128 << 20;

/// The records that matter, as MS-XLSB calls them.
const ROW: u16 = 0;
const CELL_ERROR: u16 = 3;
const FORMULA_ERROR: u16 = 11;
const TEXT: u16 = 0x13;
const FORMAT: u16 = 0x2C;
const STYLE: u16 = 0x2F;
const END_SHEETS: u16 = 0x90;
const BEGIN_CELLS: u16 = 0x91;
const END_CELLS: u16 = 0x92;
const DIMENSION: u16 = 0x94;
const PROPERTIES: u16 = 0x99;
const SHEET: u16 = 0x9C;
const CALCULATION: u16 = 0x9D;
const BEGIN_TEXTS: u16 = 0x9F;
const BEGIN_FORMATS: u16 = 0x267;
const BEGIN_STYLES: u16 = 0x269;
const END_STYLES: u16 = 0x26A;

/// A part with cells or texts that is being looked at.
#[derive(Default)]
struct RecordPart {
    records: Records,
    seen: SeenRecords,
}

/// What has been seen of a part.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is where the reading stands")]
struct SeenRecords {
    measured: bool,
    begun: bool,
    ended: bool,
    /// The line of the row that is open.
    line: u32,
    column: u32,
    /// Whether a formula has failed.
    failed: bool,
    /// The last place among the texts that a cell names, counted from 1.
    last_text: u32,
    /// How many texts the part says it has, and how many it has.
    promised: Option<u32>,
    texts: u32,
}

/// A sheet that the workbook names.
struct BinarySheet {
    named: Named,
    part: String,
}

/// Opens a workbook.
pub(super) fn open(
    archive: &mut Archive<'_>,
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<Vec<NamedSheet>, Issue> {
    let mut looked: LiteMap<usize, Result<RecordPart, Issue>> = LiteMap::new();
    let (mut workbook, mut related, mut styles) = (Vec::new(), Vec::new(), Vec::new());
    archive.read(limits, watch, is_embedded, &mut |place, name, piece| {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            WORKBOOK => keep(&mut workbook, piece)?,
            LINKS => keep(&mut related, piece)?,
            "xl/styles.bin" => keep(&mut styles, piece)?,
            _ if extension_of(&name).as_deref() == Some("bin") => {
                let part = looked.entry(place).or_insert_with(|| Ok(RecordPart::default()));
                if let Ok(sound) = part
                    && let Err(issue) = sound.take(piece)
                {
                    *part = Err(issue);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    let (listed, epoch) = worksheets(&workbook, &links(&related, limits)?)?;
    let mut pack = Pack::new();
    pack.write("xl/styles.bin", &styles_anew(&styles)?)?;
    let mut texts = 0;
    if let Some(place) = archive.find("xl/sharedStrings.bin") {
        texts = looked.remove(&place).ok_or_else(unreadable)??.texts()?;
        pack.copy(archive, place, "xl/sharedStrings.bin")?;
    }
    let (mut book, mut targets) = (Vec::new(), "<Relationships>".to_owned());
    push(&mut book, PROPERTIES, &u32::from(epoch == Epoch::Year1904).to_le_bytes());
    let (mut parts, mut named) = (Vec::new(), Vec::new());
    for (number, listed) in listed.into_iter().enumerate() {
        let place = archive.find(&listed.part).ok_or_else(unreadable);
        let looked = place.clone().and_then(|place| looked.remove(&place).ok_or_else(unreadable)?);
        let failed = looked.and_then(|part| part.cells(texts));
        let name = format!("xl/worksheets/{number}.bin");
        let part = match (place, failed) {
            (Ok(place), Ok(false)) => pack.copy(archive, place, &name),
            (Ok(place), Ok(true)) => anew(archive, place).and_then(|part| pack.write(&name, &part)),
            (Err(issue), _) | (_, Err(issue)) => Err(issue),
        };
        if part.is_ok() {
            let mut sheet = vec![0; 8];
            sheet.extend(wide(&format!("r{number}")));
            sheet.extend(wide(&number.to_string()));
            push(&mut book, SHEET, &sheet);
            // Writing to a text cannot fail.
            let _ = write!(targets, "<Relationship Id=\"r{number}\" Target=\"worksheets/{number}.bin\"/>");
        }
        parts.push(part);
        named.push(listed.named);
    }
    push(&mut book, END_SHEETS, &[]);
    push(&mut book, CALCULATION, &[]);
    pack.write(WORKBOOK, &book)?;
    pack.write(LINKS, format!("{targets}</Relationships>").as_bytes())?;
    let mut library = Xlsb::new(pack.finish()?).map_err(|_| unreadable())?;
    cells::each(named, limits, watch, &mut |place, filling| match parts.get(place) {
        Some(Ok(())) => read(&mut library, &place.to_string(), epoch, filling),
        Some(Err(issue)) => Err(issue.clone()),
        None => Err(unreadable()),
    })
}

/// Reads the cells of a sheet.
fn read(
    library: &mut Xlsb<Cursor<Vec<u8>>>,
    name: &str,
    epoch: Epoch,
    mut filling: Filling<'_>,
) -> Result<Sheet, Issue> {
    let mut reader = library.worksheet_cells_reader(name).map_err(|_| unreadable())?;
    while let Some(cell) = reader.next_cell().map_err(|_| unreadable())? {
        let (row, column) = cell.get_position();
        filling.put(row, column, &cells::shown(cell.get_value(), epoch))?;
    }
    filling.finish()
}

/// The sheets with cells, and how the workbook counts days.
fn worksheets(part: &[u8], links: &LiteMap<String, super::xlsx::Link>) -> Result<(Vec<BinarySheet>, Epoch), Issue> {
    let mut sheets = Vec::new();
    let mut epoch = Epoch::Year1900;
    records::each(part, &mut |kind, body| {
        if kind == PROPERTIES && body.first().is_some_and(|flags| flags & 1 == 1) {
            epoch = Epoch::Year1904;
        }
        if kind != SHEET {
            return Ok(());
        }
        let hidden = u32_at(body, 0).ok_or_else(unreadable)? != 0;
        if u32_at(body, 8) == Some(u32::MAX) {
            return Ok(());
        }
        let (id, end) = wide_at(body, 8).ok_or_else(unreadable)?;
        let (name, _) = wide_at(body, end).ok_or_else(unreadable)?;
        let link = links.get(&id).ok_or_else(unreadable)?;
        if link.kind == "worksheet" {
            sheets.push(BinarySheet { named: Named { name, hidden }, part: link.part.clone() });
        }
        if sheets.len() > MOST_LISTED { Err(unreadable()) } else { Ok(()) }
    })?;
    if sheets.is_empty() { Err(unreadable()) } else { Ok((sheets, epoch)) }
}

/// The formats of cells and nothing else: the library looks for them byte by byte.
fn styles_anew(part: &[u8]) -> Result<Vec<u8>, Issue> {
    let (mut formats, mut styles) = (Vec::new(), Vec::new());
    let mut in_styles = false;
    records::each(part, &mut |kind, body| {
        match kind {
            FORMAT => {
                wide_at(body, 2).ok_or_else(unreadable)?;
                formats.push(body.to_vec());
            }
            BEGIN_STYLES => in_styles = true,
            END_STYLES => in_styles = false,
            STYLE if in_styles => styles.push(body.get(..4).ok_or_else(unreadable)?.to_vec()),
            _ => {}
        }
        let most = formats.len().max(styles.len());
        if most > MOST_LISTED { Err(Issue::new(Severity::Error, "table_too_large")) } else { Ok(()) }
    })?;
    let mut anew = Vec::new();
    for (begin, kind, bodies) in [(BEGIN_FORMATS, FORMAT, formats), (BEGIN_STYLES, STYLE, styles)] {
        push(&mut anew, begin, &u32::try_from(bodies.len()).unwrap_or(u32::MAX).to_le_bytes());
        for body in &bodies {
            push(&mut anew, kind, body);
        }
    }
    Ok(anew)
}

/// A sheet whose failed formulas are failed cells: the library passes over the former, and an error would be nothing.
fn anew(archive: &mut Archive<'_>, place: usize) -> Result<Vec<u8>, Issue> {
    let too_large = || Issue::new(Severity::Error, "table_too_large");
    let part = archive.beginning(place, MOST_REWRITTEN.saturating_add(1)).ok_or_else(unreadable)?;
    if u64::try_from(part.len()).is_ok_and(|length| length > MOST_REWRITTEN) {
        return Err(too_large());
    }
    let mut anew = Vec::with_capacity(part.len());
    records::each(&part, &mut |kind, body| {
        let kind = if kind == FORMULA_ERROR { CELL_ERROR } else { kind };
        push(&mut anew, kind, body);
        Ok(())
    })?;
    Ok(anew)
}

impl RecordPart {
    fn take(&mut self, piece: &[u8]) -> Result<(), Issue> {
        let Self { records, seen } = self;
        records.take(piece, &mut |kind, body| seen.meet(kind, body)).map_err(|issue| near(issue, seen.line))
    }

    /// How many texts a part with texts has.
    fn texts(&self) -> Result<u32, Issue> {
        self.records.finish()?;
        self.seen.promised.filter(|promised| *promised <= self.seen.texts).ok_or_else(unreadable)
    }

    /// Ends a part with cells, of which each text must be one of so many; whether a formula has failed.
    fn cells(&self, texts: u32) -> Result<bool, Issue> {
        self.records.finish()?;
        let SeenRecords { measured, ended, last_text, failed, .. } = self.seen;
        if measured && ended && last_text <= texts { Ok(failed) } else { Err(unreadable()) }
    }
}

impl SeenRecords {
    fn meet(&mut self, kind: u16, body: &[u8]) -> Result<(), Issue> {
        let at_least = |bytes: usize| if body.len() >= bytes { Ok(()) } else { Err(unreadable()) };
        match kind {
            BEGIN_TEXTS => {
                self.promised = Some(u32_at(body, 4).ok_or_else(unreadable)?);
                Ok(())
            }
            TEXT if self.promised.is_some() => {
                wide_end(body, 1)?;
                self.texts = self.texts.saturating_add(1);
                let most = u64::from(self.texts) > MOST_STRINGS;
                if most { Err(Issue::new(Severity::Error, "table_too_large")) } else { Ok(()) }
            }
            // A block of the future, whose texts the library would not count.
            0x23 if self.promised.is_some() => Err(unreadable()),
            DIMENSION if !self.begun => {
                self.measured = true;
                at_least(16)
            }
            BEGIN_CELLS if self.measured => {
                self.begun = true;
                Ok(())
            }
            END_CELLS => {
                self.ended = true;
                Ok(())
            }
            _ if !self.begun || self.ended => Ok(()),
            ROW => {
                let line = u32_at(body, 0).ok_or_else(unreadable)?.saturating_add(1);
                let next = self.line.saturating_add(1);
                if !(next..=LAST_ROW).contains(&line) {
                    return Err(unreadable().at_row(line));
                }
                (self.line, self.column) = (line, 0);
                Ok(())
            }
            1..=11 => self.cell(kind, body),
            // Cells that are written shorter, or with formats within the text: the library passes over them.
            0x0C..=0x12 | 0x3E => Err(unreadable()),
            _ => Ok(()),
        }
    }

    fn cell(&mut self, kind: u16, body: &[u8]) -> Result<(), Issue> {
        let column = u32_at(body, 0).filter(|column| *column <= LAST_COLUMN && *column >= self.column);
        self.column = column.filter(|_| self.line > 0).ok_or_else(unreadable)?.saturating_add(1);
        let least = match kind {
            1 => 8,
            2 => 12,
            5 | 9 => 16,
            6 | 8 => return wide_end(body, 8),
            7 => {
                let text = u32_at(body, 8).ok_or_else(unreadable)?;
                self.last_text = self.last_text.max(text.saturating_add(1));
                12
            }
            _ => 9,
        };
        self.failed |= kind == FORMULA_ERROR;
        if body.len() >= least { Ok(()) } else { Err(unreadable()) }
    }
}

/// The text at a place must end within the record.
fn wide_end(body: &[u8], at: usize) -> Result<(), Issue> {
    let length = u32_at(body, at).map_or(usize::MAX, size);
    let end = length.saturating_mul(2).saturating_add(at).saturating_add(4);
    if end <= body.len() { Ok(()) } else { Err(unreadable()) }
}

//! The first sheet of an xlsx workbook to a [`Sheet`].
//!
//! Cells are read one after the other, in the order of the file: a single cell at the far end of a sheet costs one
//! cell, and not the empty rectangle before it. The archive is inflated once beforehand, piece by piece, to see that
//! it is no bomb and holds no more markup than a table within the limits needs.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::sheet::{Sheet, SheetBuilder};
use super::zip::Archive;
use super::{Limits, Watch, cancelled};
use crate::model::issue::{Issue, Severity};

/// The most elements of markup in one part of a workbook. A cell has up to six, a text up to four, and reading costs
/// some 50 bytes of memory for each text.
const MOST_MARKUP: u64 = 60_000_000;

/// How many cells are read between two looks at the watch.
const STEP: u64 = 4096;

/// Reads the first sheet of a workbook. Date cells become civil days (`2025-04-30`), numbers are written out as people
/// see them, without exponent.
///
/// # Errors
/// When the archive is damaged or hostile, when the workbook cannot be understood, when the sheet reaches a limit or
/// has no header, or when the reading is cancelled. The issue names no file yet.
pub fn read(bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Sheet, Issue> {
    guard(bytes, limits, watch)?;
    let unreadable = || Issue::new(Severity::Error, "workbook_unreadable");
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let name = workbook.sheet_names().into_iter().next().ok_or_else(unreadable)?;
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(|_| unreadable())?;
    let mut builder = SheetBuilder::new(limits);
    let mut line = 0;
    for place in 0_u64.. {
        if place.is_multiple_of(STEP) && watch.cancelled() {
            return Err(cancelled());
        }
        let Some(cell) = cells.next_cell().map_err(|_| unreadable())? else { break };
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = (row.saturating_add(1), usize::try_from(column).unwrap_or(usize::MAX));
        if row != line {
            if row < line {
                return Err(unreadable().at_row(row));
            }
            if line > 0 {
                builder.end_row(line)?;
            }
            line = row;
        }
        if column >= limits.columns {
            return Err(Issue::new(Severity::Error, "table_too_wide").at_row(line).with("limit", limits.columns));
        }
        if column < builder.open_cells() {
            return Err(unreadable().at_row(line));
        }
        while builder.open_cells() < column {
            builder.cell(line, "")?;
        }
        builder.cell(line, &text)?;
    }
    if line > 0 {
        builder.end_row(line)?;
    }
    builder.finish()
}

/// Inflates every part of the workbook, and counts its markup.
fn guard(bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<(), Issue> {
    let mut markup: BTreeMap<String, u64> = BTreeMap::new();
    Archive::open(bytes, limits)?.read(limits, watch, is_embedded, &mut |name, piece| {
        let opened = piece.split(|byte| *byte == b'<').skip(1).count();
        let count = markup.entry(name.to_owned()).or_default();
        *count = count.saturating_add(u64::try_from(opened).unwrap_or(u64::MAX));
        if *count > MOST_MARKUP { Err(Issue::new(Severity::Error, "table_too_large")) } else { Ok(()) }
    })
}

/// Documents and pictures that a person put into the workbook. They are never opened, so they may be archives.
fn is_embedded(name: &str) -> bool {
    name.starts_with("xl/embeddings/") || name.starts_with("xl/media/")
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) => day(moment).map_or_else(|| number_text(moment.as_f64()), |day| day.to_string()),
        DataRef::Error(error) => error.to_string(),
    }
}

/// The civil day of a date cell; `None` for a duration and for a time without a day.
fn day(moment: &ExcelDateTime) -> Option<Date> {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (moment.is_datetime() && moment.as_f64() >= 1.0).then_some(date)
}

/// A number as a spreadsheet shows it: 15 digits, which hides what binary fractions cannot hold (0.1 + 0.2 is 0.3).
fn number_text(number: f64) -> String {
    let rounded = format!("{number:.14e}");
    match Decimal::from_scientific(&rounded) {
        Ok(exact) => exact.normalize().to_string(),
        Err(_) => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime as Day, Format, Workbook, Worksheet};

    use super::*;
    use crate::import::Unwatched;

    fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
        let mut workbook = Workbook::new();
        fill(workbook.add_worksheet());
        workbook.add_worksheet().write(0, 0, "second sheet").unwrap();
        workbook.save_to_buffer().unwrap()
    }

    fn sheet(fill: impl FnOnce(&mut Worksheet)) -> Result<Sheet, Issue> {
        read(&workbook(fill), &Limits::PAGE, &mut Unwatched)
    }

    #[test]
    fn cells_of_the_first_sheet_are_read_as_a_person_sees_them() {
        let read = sheet(|sheet| {
            sheet.write(0, 0, " name ").unwrap();
            sheet.write(0, 2, "value").unwrap();
            for (row, number) in [(2, 0.1 + 0.2), (3, 1e15), (4, 1.5e-7), (5, -12.0), (6, 3.0)] {
                sheet.write(row, 2, number).unwrap();
            }
            let day = Day::from_ymd(2024, 2, 29).unwrap().and_hms(23, 59, 0).unwrap();
            sheet.write_with_format(7, 2, &day, &Format::new().set_num_format("dd/mm/yyyy hh:mm")).unwrap();
            sheet.write(8, 2, true).unwrap();
            sheet.write(9, 0, "1e5").unwrap();
        });
        let sheet = read.unwrap();
        assert_eq!(sheet.header(), ["name", "", "value"]);
        let cells: Vec<(u32, String)> =
            sheet.rows().map(|row| (row.line(), row.cells().collect::<Vec<_>>().join("|"))).collect();
        let expected = [
            (3, "||0.3"),
            (4, "||1000000000000000"),
            (5, "||0.00000015"),
            (6, "||-12"),
            (7, "||3"),
            (8, "||2024-02-29"),
            (9, "||TRUE"),
            (10, "1e5"),
        ];
        assert_eq!(cells, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn a_cell_at_the_far_end_costs_one_cell_or_one_sentence() {
        let far_down = sheet(|sheet| {
            sheet.write(0, 0, "name").unwrap();
            sheet.write(1_048_575, 0, "last").unwrap();
        });
        assert_eq!(far_down.unwrap().rows().map(|row| row.line()).collect::<Vec<_>>(), [1_048_576]);
        let far_right = sheet(|sheet| {
            sheet.write(0, 0, "name").unwrap();
            sheet.write(1, 16_383, "last").unwrap();
        });
        let issue = far_right.unwrap_err();
        assert_eq!((issue.code.as_ref(), issue.row), ("table_too_wide", Some(2)));
    }

    #[test]
    fn an_empty_sheet_has_no_header() {
        assert_eq!(sheet(|_| ()).unwrap_err().code, "table_empty");
    }

    #[test]
    fn the_limits_hold_for_workbooks_too() {
        let bytes = workbook(|sheet| {
            for row in 0..5 {
                sheet.write(row, 0, "text").unwrap();
            }
        });
        let few = Limits { rows: 3, ..Limits::PAGE };
        assert_eq!(read(&bytes, &few, &mut Unwatched).unwrap_err().code, "table_too_long");
        let short = Limits { cell_chars: 3, ..Limits::PAGE };
        assert_eq!(read(&bytes, &short, &mut Unwatched).unwrap_err().code, "table_cell_too_long");
        let small = Limits { archive_bytes: 100, ..Limits::PAGE };
        assert_eq!(read(&bytes, &small, &mut Unwatched).unwrap_err().code, "file_too_large");
    }
}

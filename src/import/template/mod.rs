//! The estate template: one row per product on a partition for a period, from CSV or from the first sheet of a
//! workbook. What each blank and each bad cell means: `docs/estate-template.md`.

mod cells;
mod field;
mod rows;

use super::sheet::Sheet;
use super::{Limits, Watch, text};
use crate::model::assessment::FileReport;
use crate::model::estate::Estate;
use crate::model::issue::{Issue, Severity};
pub(crate) use cells::{is_linux, parse_day};
pub use field::Field;
use rows::RowReader;

/// Whether a header row is that of an estate template: it names servers and products.
pub fn is_template(header: &[String]) -> bool {
    let named = |field| header.iter().any(|text| Field::parse(text.trim()) == Some(field));
    named(Field::Server) && named(Field::Product)
}

/// Reads a template written as text into the estate and says what was made of it.
///
/// # Errors
/// When the text cannot be read as a template at all; the estate has not changed then.
pub fn read(
    estate: &mut Estate,
    file: &str,
    bytes: &[u8],
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<FileReport, Issue> {
    let (text, issues) = text::decode(file, bytes, limits)?;
    let report = read_text(estate, file, &text, text::delimiter(&text), limits, watch)?;
    estate.issues.extend(issues);
    Ok(report)
}

/// Reads a template from text that is decoded already.
///
/// # Errors
/// When the text cannot be read as a template at all; the estate has not changed then.
pub fn read_text(
    estate: &mut Estate,
    file: &str,
    text: &str,
    delimiter: u8,
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<FileReport, Issue> {
    let mut csv = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .buffer_capacity(1 << 20)
        .from_reader(text.as_bytes());
    let mut record = csv::ByteRecord::new();
    let unreadable = |error: &csv::Error| {
        Issue::new(Severity::Error, "file_not_csv").in_file(file).with("reason", error.to_string())
    };
    csv.read_byte_record(&mut record).map_err(|error| unreadable(&error))?;
    let header: Vec<String> = record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
    let header_line = record.position().map_or(1, csv::Position::line);
    let mut reader = RowReader::new(estate, file, &header, header_line, limits)?;
    let total = u64::try_from(text.len()).unwrap_or(u64::MAX);
    while csv.read_byte_record(&mut record).map_err(|error| unreadable(&error))? {
        let (line, byte) = record.position().map_or((0, 0), |position| (position.line(), position.byte()));
        reader.watch(byte, total, watch)?;
        reader.row(u32::try_from(line).unwrap_or(u32::MAX), &record)?;
    }
    watch.progress(total, total);
    let taken = reader.finish();
    Ok(taken.into_estate(estate, file))
}

/// Reads a template from the sheet of a workbook.
///
/// # Errors
/// When the sheet cannot be read as a template at all; the estate has not changed then.
pub fn read_sheet(
    estate: &mut Estate,
    file: &str,
    sheet: &Sheet,
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<FileReport, Issue> {
    let mut reader = RowReader::new(estate, file, sheet.header(), sheet.header_line().into(), limits)?;
    let total = u64::try_from(sheet.len()).unwrap_or(u64::MAX);
    let mut record = csv::ByteRecord::new();
    for (done, row) in (0_u64..).zip(sheet.rows()) {
        record.clear();
        row.cells().for_each(|cell| record.push_field(cell.as_bytes()));
        reader.watch(done, total, watch)?;
        reader.row(row.line(), &record)?;
    }
    let taken = reader.finish();
    Ok(taken.into_estate(estate, file))
}

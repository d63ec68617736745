//! The estate template: one row per product on a partition for a period, from CSV or from the first sheet of a
//! workbook. What each blank and each bad cell means: `docs/estate-template.md`.

mod cells;
mod field;
mod header;
#[cfg(feature = "engine")]
pub mod parsed;
mod parts;
mod record;
mod rows;
mod short;
mod styles;
mod taken;

use super::cell::Style;
use super::csv::line_of;
use super::sheet::Sheet;
use super::{Limits, Watch, text};
use crate::model::assessment::FileReport;
use crate::model::estate::Estate;
use crate::model::issue::{Issue, Severity};
pub use field::{DETECTED_BY, FIELDS, NAME, TemplateField};
use header::Header;
use record::CellRecord;
use rows::RowReader;
use styles::{NumberColumns, TemplateStyles};
use taken::RowsTaken;

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
    let report = read_text(estate, file, (&text, text::delimiter(&text)), None, limits, watch)?;
    estate.issues.extend(issues);
    Ok(report)
}

/// Reads a template from text that is decoded already, its cells set apart by the delimiter beside it. `numbers` is how
/// somebody says that they are written.
///
/// # Errors
/// When the text cannot be read as a template at all; the estate has not changed then.
pub fn read_text(
    estate: &mut Estate,
    file: &str,
    (text, delimiter): (&str, u8),
    numbers: Option<Style>,
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<FileReport, Issue> {
    let mut csv = records(text, delimiter);
    let mut record = ::csv::ByteRecord::new();
    csv.read_byte_record(&mut record).map_err(|error| unreadable(file, &error))?;
    let header: Vec<String> =
        record.iter().map(|cell| text::clean(&String::from_utf8_lossy(cell)).into_owned()).collect();
    let header_line = line_of(record.position(), text.as_bytes());
    let header = Header::read(estate, file, &header, header_line, limits)?.delimited(true);
    let body = usize::try_from(csv.position().byte()).unwrap_or(usize::MAX);
    let (header, taken) =
        as_written(header, Some(delimiter), numbers, |header| parts::read(header, text, body, delimiter, watch))?;
    Ok(header.into_estate(taken, estate))
}

/// Reads the rows as plain ones, as nearly all are; where their texts are written in another way, once more in that one.
fn as_written<'a>(
    header: Header<'a>,
    delimiter: Option<u8>,
    numbers: Option<Style>,
    mut read: impl FnMut(&Header<'a>) -> Result<RowsTaken, Issue>,
) -> Result<(Header<'a>, RowsTaken), Issue> {
    let taken = read(&header)?;
    let styles = TemplateStyles::told(&taken.texts, &header.header(), delimiter, numbers);
    if styles == header.styles {
        return Ok((header, taken));
    }
    let header = header.written(styles);
    let taken = read(&header)?;
    Ok((header, taken))
}

/// The records of a text, the header being one.
fn records(text: &str, delimiter: u8) -> ::csv::Reader<&[u8]> {
    ::csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .buffer_capacity(1 << 20)
        .from_reader(text.as_bytes())
}

fn unreadable(file: &str, error: &::csv::Error) -> Issue {
    Issue::new(Severity::Error, "file_not_csv").in_file(file).with("reason", error.to_string())
}

/// Reads a template from a table whose cells are known already.
///
/// # Errors
/// When the table cannot be read as a template at all; the estate has not changed then.
pub fn read_sheet(
    estate: &mut Estate,
    file: &str,
    sheet: &Sheet,
    numbers: Option<Style>,
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<FileReport, Issue> {
    let header = Header::read(estate, file, sheet.header(), sheet.header_line(), limits)?;
    let mut sheets: Vec<String> = sheet.sheets().map(str::to_owned).collect();
    sheets.dedup();
    let header = header.on_sheets(sheets).delimited(sheet.delimiter().is_some());
    let total = u64::try_from(sheet.len()).unwrap_or(u64::MAX);
    let numbers_of_cells = NumberColumns::of(sheet, &header);
    let (header, taken) = as_written(header, sheet.delimiter(), numbers, |header| {
        let mut reader = RowReader::new(header);
        let mut record = ::csv::ByteRecord::new();
        let mut cells = Vec::new();
        for (done, row) in (0_u64..).zip(sheet.rows()) {
            record.clear();
            for column in 0..row.len() {
                record.push_field(numbers_of_cells.text(row, column, &header.styles).as_bytes());
            }
            reader.watch(done, total, watch)?;
            reader.row(row.line(), row.sheet(), CellRecord::of(&record, &mut cells))?;
        }
        let mut taken = reader.finish();
        numbers_of_cells.forget_numbers(&mut taken.texts);
        Ok(taken)
    })?;
    Ok(header.into_estate(taken, estate))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Unwatched;

    fn read_all(text: &str) -> (Estate, Result<FileReport, Issue>) {
        let mut estate = Estate::default();
        let report = read(&mut estate, "estate.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched);
        (estate, report)
    }

    #[test]
    fn rows_are_named_by_their_line_whatever_ends_the_lines() {
        for end in ["\n", "\r\n"] {
            let lines = ["server,product,metric", "s,p,PVU", "", ",p,PVU", "s,\"two\nlines\",PVU", ",p,PVU"];
            let (estate, report) = read_all(&lines.join(end));
            let left_out: Vec<Option<u32>> = estate.issues.iter().map(|issue| issue.row).collect();
            assert_eq!(left_out, [Some(4), Some(7)], "{end:?}");
            assert_eq!(report.map(|report| (report.rows, report.left_out)), Ok((4, 2)));
        }
    }

    #[test]
    fn a_line_of_ten_million_characters_is_one_issue_and_changes_nothing() {
        let (estate, report) = read_all(&format!("server,product\n{},p\n", "x".repeat(10_000_000)));
        let issue = report.unwrap_err();
        assert_eq!((issue.code.as_ref(), issue.row), ("table_cell_too_long", Some(2)));
        assert!(estate.rows.is_empty() && estate.files.is_empty());
    }

    #[test]
    fn a_row_that_is_left_out_tells_only_why() {
        let (estate, _) = read_all("server,product,sockets,metric\n,p,many,XYZ\n");
        let codes: Vec<&str> = estate.issues.iter().map(|issue| issue.code.as_ref()).collect();
        assert_eq!(codes, ["server_blank", "metric_invalid"]);
    }

    #[test]
    fn columns_come_in_any_order_and_case_and_unknown_ones_are_reported() {
        let (estate, report) = read_all("PRODUCT;Rack;Server\nDb2;7;s1\n");
        assert_eq!(estate.rows.len(), 1);
        let fields: Vec<Option<String>> = report.unwrap().columns.into_iter().map(|(_, field)| field).collect();
        assert_eq!(fields, [Some("product".to_owned()), None, Some("server".to_owned())]);
        assert!(estate.issues.iter().any(|issue| issue.code == "column_unknown"));
    }
}

//! Tables as a workbook, one sheet each (docs/decisions/0008-workbooks-that-are-written.md).

use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{ReportCell, ReportTable};
use crate::model::day;

/// So many digits a cell with a number holds; what has more is written as text, and is exact.
const DIGITS: u32 = 15;

/// So many characters a cell holds.
const MOST_CHARS: usize = 32_767;

/// How cells look.
struct Formats {
    header: Format,
    number: Format,
    day: Format,
}

/// The tables as a workbook.
///
/// # Errors
/// When the workbook would be larger than its format can hold, in words.
pub fn write(tables: &[ReportTable]) -> Result<Vec<u8>, String> {
    written(tables).map_err(|error| error.to_string())
}

fn written(tables: &[ReportTable]) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats {
        header: Format::new().set_bold(),
        number: Format::new().set_num_format_index(3),
        day: Format::new().set_num_format("yyyy\\-mm\\-dd"),
    };
    let mut workbook = Workbook::new();
    // A file is the same whenever it is written.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let mut names: Vec<String> = Vec::new();
    for table in tables {
        let name = sheet_name(&table.title, &names);
        fill(workbook.add_worksheet().set_name(&name)?, table, &formats)?;
        names.push(name);
    }
    workbook.save_to_buffer()
}

/// One sheet: the header stays in view and filters its column.
fn fill(sheet: &mut Worksheet, table: &ReportTable, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    for (place, header) in table.header.iter().enumerate() {
        let column = column(place)?;
        sheet.set_column_width(column, width(table, place))?;
        sheet.write_string_with_format(0, column, header, &formats.header)?;
    }
    for (line, row) in (1..).zip(&table.rows) {
        for (place, cell) in row.iter().enumerate() {
            let column = column(place)?;
            match cell {
                ReportCell::Blank => {}
                ReportCell::Text(content) => {
                    // Never a formula, whatever it begins with.
                    sheet.write_string(line, column, content.chars().take(MOST_CHARS).collect::<String>())?;
                }
                ReportCell::Number(number) => match exact(*number) {
                    Some(number) => drop(sheet.write_number_with_format(line, column, number, &formats.number)?),
                    None => drop(sheet.write_string(line, column, number.normalize().to_string())?),
                },
                ReportCell::Day(day) => match serial(*day) {
                    Some(serial) => drop(sheet.write_number_with_format(line, column, serial, &formats.day)?),
                    None => drop(sheet.write_string(line, column, day.to_string())?),
                },
            }
        }
    }
    if let Some(last) = table.header.len().checked_sub(1) {
        let rows = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
        sheet.autofilter(0, 0, rows, column(last)?)?;
    }
    Ok(())
}

fn column(place: usize) -> Result<u16, XlsxError> {
    u16::try_from(place).map_err(|_| XlsxError::RowColumnLimitError)
}

/// The number as a cell holds it, if it holds every digit.
fn exact(number: Decimal) -> Option<f64> {
    let number = number.normalize();
    let is_short = number.mantissa().unsigned_abs() < 10_u128.pow(DIGITS);
    number.to_string().parse().ok().filter(|_| is_short)
}

/// The number of a day as spreadsheets count them since 1900, in which they take 29 February 1900 for a day.
fn serial(day: Date) -> Option<f64> {
    let serial = day::between(date(1899, 12, 30), day);
    u32::try_from(serial).ok().filter(|serial| *serial > 60).map(f64::from)
}

/// A title without what the name of a sheet must not have, at most 31 characters long, and not one of the others.
fn sheet_name(title: &str, others: &[String]) -> String {
    let name: String = title.chars().filter(|char| !"[]:*?/\\'".contains(*char)).take(31).collect();
    let is_known = |name: &str| others.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    if !name.is_empty() && !is_known(&name) {
        return name;
    }
    let start: String = name.chars().take(26).collect();
    let numbered = |number: usize| format!("{start} {number}").trim_start().to_owned();
    let first = others.len().saturating_add(1);
    // Of so many names one is free.
    let free = (first..first.saturating_add(first)).map(numbered).find(|name| !is_known(name));
    free.unwrap_or_else(|| numbered(0))
}

/// Wide enough for most cells of the column, within reason.
fn width(table: &ReportTable, column: usize) -> u32 {
    let of_cell = |row: &Vec<ReportCell>| match row.get(column) {
        Some(ReportCell::Text(text)) => u32::try_from(text.chars().count()).unwrap_or(u32::MAX),
        Some(ReportCell::Blank | ReportCell::Number(_) | ReportCell::Day(_)) | None => 12,
    };
    table.rows.iter().map(of_cell).max().unwrap_or_default().clamp(12, 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_spreadsheets_count_them() {
        // 1 January 2000 is day 36,526 in every spreadsheet that counts from 1900.
        assert_eq!(serial(date(2000, 1, 1)), Some(36_526.0));
        assert_eq!(serial(date(1900, 2, 1)), None);
    }

    #[test]
    fn a_number_is_a_number_only_as_long_as_a_cell_holds_every_digit() {
        let exact = |text: &str| exact(text.parse().unwrap());
        assert_eq!(exact("999999999999999"), Some(999_999_999_999_999.0));
        assert_eq!(exact("-0.100000000000000"), Some(-0.1));
        assert_eq!((exact("1000000000000001"), exact("0.1234567890123456")), (None, None));
    }

    #[test]
    fn names_of_sheets_are_legal_and_each_is_its_own() {
        let mut names: Vec<String> = Vec::new();
        for title in ["Position: a/b", "position ab", "[]", "Position a/b 4", "x".repeat(40).as_str()] {
            names.push(sheet_name(title, &names));
        }
        let long = "x".repeat(31);
        assert_eq!(names, ["Position ab", "position ab 2", "3", "Position ab 4", long.as_str()]);
    }
}

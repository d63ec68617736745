//! Tables as a workbook, one sheet each.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::{Cell, Table};

/// The tables as a workbook.
///
/// # Errors
/// When a table is larger than a sheet can be, in words of the library.
pub fn write(tables: &[Table]) -> Result<Vec<u8>, String> {
    let mut workbook = Workbook::new();
    for table in tables {
        let sheet = workbook.add_worksheet();
        fill(sheet, table).map_err(|error| error.to_string())?;
    }
    workbook.save_to_buffer().map_err(|error| error.to_string())
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_align(FormatAlign::Top).set_text_wrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let whole = Format::new().set_num_format("#,##0");
    sheet.set_name(sheet_name(&table.title))?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, text) in (0_u16..).zip(&table.header) {
        sheet.write_string_with_format(0, column, text, &bold)?;
        sheet.set_column_width(column, column_width(table, usize::from(column)))?;
    }
    for (line, row) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            match cell {
                Cell::Blank => {}
                // A string cell is never a formula, whatever it begins with.
                Cell::Text(text) => {
                    let text: String = text.chars().take(32_767).collect();
                    sheet.write_string(line, column, text)?;
                }
                Cell::Number(number) => {
                    // A workbook holds binary numbers: whole quantities up to 15 digits are exact in them.
                    sheet.write_number_with_format(line, column, number.to_f64().unwrap_or_default(), &whole)?;
                }
                Cell::Day(date) => {
                    let (year, month, number) = (date.year(), date.month(), date.day());
                    let (year, month, number) = (
                        u16::try_from(year).unwrap_or_default(),
                        u8::try_from(month).unwrap_or_default(),
                        u8::try_from(number).unwrap_or_default(),
                    );
                    match ExcelDateTime::from_ymd(year, month, number) {
                        Ok(value) => sheet.write_datetime_with_format(line, column, &value, &day)?,
                        // Before 1900 there are no date cells.
                        Err(_) => sheet.write_string(line, column, date.to_string())?,
                    };
                }
            }
        }
    }
    let (rows, columns) = (u32::try_from(table.rows.len()).unwrap_or(u32::MAX), table.header.len());
    if rows > 0 && columns > 0 {
        sheet.autofilter(0, 0, rows, u16::try_from(columns - 1).unwrap_or(u16::MAX))?;
    }
    Ok(())
}

/// A title without what a sheet's name must not have, at most 31 characters long.
fn sheet_name(title: &str) -> String {
    title.chars().filter(|char| !"[]:*?/\\'".contains(*char)).take(31).collect()
}

/// Wide enough for most cells of the column, within reason.
fn column_width(table: &Table, column: usize) -> u16 {
    let longest = table
        .rows
        .iter()
        .filter_map(|row| match row.get(column)? {
            Cell::Text(text) => Some(text.chars().count()),
            Cell::Blank | Cell::Number(_) | Cell::Day(_) => Some(12),
        })
        .max()
        .unwrap_or_default();
    u16::try_from(longest.clamp(12, 60)).unwrap_or(60)
}

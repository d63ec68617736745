//! Tables as a workbook (docs/decisions/0008-workbooks-that-are-written.md, 0060-workbooks-that-calculate.md).

mod layout;
mod look;

use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    ColNum, DocProperties, ExcelDateTime, Formula, IgnoreError, Note, RowNum, Workbook, Worksheet, XlsxError,
};

use super::{ReportCell, ReportSheet, ReportTable};
use crate::model::day;
use layout::{Layout, PlacedSheet, PlacedTable};
use look::{Look, LookKind, Looks};

/// So many digits a cell with a number holds; what has more is written as text, and is exact.
const DIGITS: u32 = 15;

/// So many characters a cell holds.
const MOST_CHARS: usize = 32_767;

/// So many cells of a sheet say why they are empty; a note is much larger than its cell.
const MOST_NOTES: u32 = 2_000;

/// The height of a line of text, in points.
const LINE_HEIGHT: u32 = 15;

/// The most characters in which a column is wide.
const WIDEST: u32 = 60;

/// The number of the paper called A4.
const A4: u8 = 9;

/// The sheets as a workbook.
///
/// # Errors
/// When the workbook would be larger than its format can hold, in words.
pub fn write(sheets: &[ReportSheet]) -> Result<Vec<u8>, String> {
    written(sheets).map_err(|error| error.to_string())
}

fn written(sheets: &[ReportSheet]) -> Result<Vec<u8>, XlsxError> {
    let layout = Layout::of(sheets)?;
    let mut looks = Looks::default();
    let mut workbook = Workbook::new();
    // A file is the same whenever it is written.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    for (place, (sheet, placed)) in sheets.iter().zip(&layout.sheets).enumerate() {
        let worksheet = workbook.add_worksheet().set_name(&placed.name)?;
        set_up(worksheet, sheet, placed)?;
        let mut writer = SheetWriter {
            worksheet,
            looks: &mut looks,
            layout: &layout,
            place,
            wraps: sheet.tables.len() == 1,
            notes: 0,
        };
        for (table, placed) in sheet.tables.iter().zip(&placed.tables) {
            writer.table(table, *placed)?;
        }
    }
    workbook.save_to_buffer()
}

/// Widths, the paper, and of one table alone what stays in view and what filters.
fn set_up(worksheet: &mut Worksheet, sheet: &ReportSheet, placed: &PlacedSheet) -> Result<(), XlsxError> {
    // Of what is blank nothing is shown before it is calculated.
    worksheet.set_formula_result_default("");
    let columns = sheet.tables.iter().map(|table| table.header.len()).max().unwrap_or_default();
    let widths: Vec<u32> = (0..columns).map(|place| width(sheet, place)).collect();
    for (place, width) in widths.iter().enumerate() {
        worksheet.set_column_width(column(place)?, *width)?;
    }
    for (table, placed) in sheet.tables.iter().zip(&placed.tables) {
        if let Some(line) = placed.header {
            worksheet.set_row_height(line, header_lines(table, &widths).saturating_mul(LINE_HEIGHT))?;
        }
    }
    worksheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_footer("&L&A&R&P / &N");
    let ([table], [PlacedTable { header: Some(header), first, .. }]) =
        (sheet.tables.as_slice(), placed.tables.as_slice())
    else {
        return Ok(());
    };
    worksheet.set_freeze_panes(*first, table.kept_columns)?;
    worksheet.set_repeat_rows(*header, *header)?;
    if let Some(last) = table.header.len().checked_sub(1) {
        let rows = RowNum::try_from(table.rows.len()).unwrap_or(RowNum::MAX);
        let (last, last_row) = (column(last)?, header.saturating_add(rows));
        worksheet.autofilter(*header, 0, last_row, last)?;
        // Part numbers may be digits, and are texts on purpose.
        worksheet.ignore_error_range(*header, 0, last_row, last, IgnoreError::NumberStoredAsText)?;
    }
    Ok(())
}

/// Fills a sheet.
struct SheetWriter<'a> {
    worksheet: &'a mut Worksheet,
    looks: &'a mut Looks,
    layout: &'a Layout,
    /// The place of the sheet among all.
    place: usize,
    /// Whether long texts are broken into lines, as they cannot run over what is beside them.
    wraps: bool,
    /// How many notes there are.
    notes: u32,
}

impl SheetWriter<'_> {
    fn table(&mut self, table: &ReportTable, placed: PlacedTable) -> Result<(), XlsxError> {
        if let Some(line) = placed.title {
            self.string(line, 0, &table.title, LookKind::Title.plain())?;
        }
        if let Some(line) = placed.header {
            for (place, header) in table.header.iter().enumerate() {
                self.string(line, column(place)?, header, LookKind::Header(has_numbers(table, place)).plain())?;
            }
        }
        for (index, (line, row)) in (placed.first..).zip(&table.rows).enumerate() {
            let is_total = table.total_rows.contains(&index);
            for (place, cell) in row.iter().enumerate() {
                let look = Look { kind: kind(cell), is_changeable: false, is_total };
                self.cell(line, column(place)?, cell, look)?;
            }
        }
        Ok(())
    }

    fn cell(&mut self, line: RowNum, column: ColNum, cell: &ReportCell, look: Look) -> Result<(), XlsxError> {
        match cell {
            ReportCell::Blank => {
                if look.is_total {
                    self.worksheet.write_blank(line, column, self.looks.format(look))?;
                }
                Ok(())
            }
            ReportCell::Unknown(why) => {
                self.worksheet.write_blank(line, column, self.looks.format(look))?;
                if self.notes < MOST_NOTES && !why.is_empty() {
                    self.notes = self.notes.saturating_add(1);
                    self.worksheet.insert_note(line, column, &Note::new(why.as_str()).add_author_prefix(false))?;
                }
                Ok(())
            }
            ReportCell::Text(text) if self.wraps && chars(text).saturating_add(4) > WIDEST => {
                self.string(line, column, text, Look { kind: LookKind::LongText, ..look })
            }
            ReportCell::Text(text) => self.string(line, column, text, look),
            ReportCell::Number(_)
            | ReportCell::Fixed { .. }
            | ReportCell::Percent(_)
            | ReportCell::Year(_)
            | ReportCell::Day(_) => match value(cell) {
                Some(value) if look.is_changeable || is_exact(value) => self.number(line, column, value, look),
                Some(value) => self.string(line, column, &value.normalize().to_string(), look),
                None => self.string(line, column, &in_words(cell), look),
            },
            ReportCell::Changeable(inner) => self.cell(line, column, inner, Look { is_changeable: true, ..look }),
            ReportCell::Calculated { formula, result } => {
                let text = self.layout.text(formula, self.place)?;
                let result = value(result).map_or_else(String::new, |value| value.normalize().to_string());
                let formula = Formula::new(format!("={text}")).set_result(result);
                self.worksheet.write_formula_with_format(line, column, formula, self.looks.format(look))?;
                Ok(())
            }
        }
    }

    /// A text, which is never a formula, whatever it begins with.
    fn string(&mut self, line: RowNum, column: ColNum, text: &str, look: Look) -> Result<(), XlsxError> {
        let text: String = text.chars().take(MOST_CHARS).collect();
        self.worksheet.write_string_with_format(line, column, text, self.looks.format(look))?;
        Ok(())
    }

    fn number(&mut self, line: RowNum, column: ColNum, number: Decimal, look: Look) -> Result<(), XlsxError> {
        let binary: f64 = number.normalize().to_string().parse().unwrap_or_default();
        self.worksheet.write_number_with_format(line, column, binary, self.looks.format(look))?;
        Ok(())
    }
}

/// What is seen of what a cell holds.
fn kind(cell: &ReportCell) -> LookKind {
    match cell {
        ReportCell::Blank | ReportCell::Text(_) => LookKind::Text,
        ReportCell::Unknown(_) => LookKind::Unknown,
        ReportCell::Number(number) => LookKind::Number(number.normalize().scale()),
        ReportCell::Fixed { number, decimals } => LookKind::Number(number.normalize().scale().max(*decimals)),
        // Two at least: what somebody types into it is to be seen.
        ReportCell::Percent(percent) => LookKind::Percent(percent.normalize().scale().max(2)),
        ReportCell::Year(_) => LookKind::Year,
        ReportCell::Day(_) => LookKind::Day,
        ReportCell::Calculated { result, .. } => {
            if let ReportCell::Fixed { decimals, .. } = **result {
                LookKind::Number(decimals)
            } else {
                kind(result)
            }
        }
        ReportCell::Changeable(inner) => kind(inner),
    }
}

/// The number that a cell holds; `None` where it holds none, or a day before spreadsheets begin to count.
fn value(cell: &ReportCell) -> Option<Decimal> {
    match cell {
        ReportCell::Blank | ReportCell::Unknown(_) | ReportCell::Text(_) => None,
        ReportCell::Number(number) | ReportCell::Fixed { number, .. } => Some(*number),
        ReportCell::Percent(percent) => percent.checked_mul(Decimal::new(1, 2)),
        ReportCell::Year(year) => Some((*year).into()),
        ReportCell::Day(day) => serial(*day).map(Decimal::from),
        ReportCell::Changeable(inner) | ReportCell::Calculated { result: inner, .. } => value(inner),
    }
}

/// A cell without a number as a text.
fn in_words(cell: &ReportCell) -> String {
    match cell {
        ReportCell::Text(text) => text.clone(),
        ReportCell::Number(number) | ReportCell::Fixed { number, .. } | ReportCell::Percent(number) => {
            number.to_string()
        }
        ReportCell::Day(day) => day.to_string(),
        ReportCell::Year(year) => year.to_string(),
        ReportCell::Changeable(inner) | ReportCell::Calculated { result: inner, .. } => in_words(inner),
        ReportCell::Blank | ReportCell::Unknown(_) => String::new(),
    }
}

/// Whether the first cell of a column that holds anything is a number.
fn has_numbers(table: &ReportTable, column: usize) -> bool {
    let cells = table.rows.iter().filter_map(|row| row.get(column));
    let mut kinds = cells.filter(|cell| !matches!(cell, ReportCell::Blank | ReportCell::Unknown(_))).map(kind);
    kinds.next().is_some_and(|kind| kind != LookKind::Text)
}

fn column(place: usize) -> Result<ColNum, XlsxError> {
    ColNum::try_from(place).map_err(|_| XlsxError::RowColumnLimitError)
}

/// Whether a cell holds every digit of a number.
fn is_exact(number: Decimal) -> bool {
    number.normalize().mantissa().unsigned_abs() < 10_u128.pow(DIGITS)
}

/// The number of a day as spreadsheets count them since 1900, in which they take 29 February 1900 for a day.
fn serial(day: Date) -> Option<u32> {
    let serial = day::between(date(1899, 12, 30), day);
    u32::try_from(serial).ok().filter(|serial| *serial > 60)
}

/// Wide enough for most cells of the column, and for each word of its headers, within reason.
fn width(sheet: &ReportSheet, column: usize) -> u32 {
    let is_one = sheet.tables.len() == 1;
    let of_table = |table: &ReportTable| {
        // Facts, and the last column of one of several tables, run over what is beside them.
        let is_counted = is_one || column == 0 || column.saturating_add(1) < table.header.len();
        let of_cell = |row: &Vec<ReportCell>| row.get(column).map(written_chars).unwrap_or_default();
        let cells = table.rows.iter().filter(|row| is_counted && row.len() > 1).map(of_cell);
        let words = table.header.get(column).map_or("", String::as_str).split(' ').map(chars);
        cells.chain(words).max().unwrap_or_default()
    };
    sheet.tables.iter().map(of_table).max().unwrap_or_default().saturating_add(4).clamp(10, WIDEST)
}

/// How many lines the headers of a table take in columns of these widths.
fn header_lines(table: &ReportTable, widths: &[u32]) -> u32 {
    let lines = |(header, width): (&String, &u32)| {
        let room = width.saturating_sub(1);
        let (mut lines, mut used) = (1_u32, 0_u32);
        for word in header.split(' ').map(chars) {
            let with_word = used.saturating_add(word).saturating_add(1);
            (lines, used) =
                if used == 0 || with_word <= room { (lines, with_word) } else { (lines.saturating_add(1), word) };
        }
        lines
    };
    table.header.iter().zip(widths).map(lines).max().unwrap_or(1)
}

fn chars(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// About how many characters a cell shows.
fn written_chars(cell: &ReportCell) -> u32 {
    match cell {
        ReportCell::Blank | ReportCell::Unknown(_) => 0,
        ReportCell::Text(text) => chars(text),
        ReportCell::Number(number) | ReportCell::Percent(number) => chars(&number.normalize().to_string()),
        // Marks between thousands, and decimals that are no longer in the number.
        ReportCell::Fixed { number, decimals } => {
            let whole = chars(&number.trunc().to_string());
            whole.saturating_add(whole.checked_div(3).unwrap_or_default()).saturating_add(*decimals)
        }
        ReportCell::Year(_) => 4,
        ReportCell::Day(_) => 10,
        ReportCell::Changeable(inner) | ReportCell::Calculated { result: inner, .. } => written_chars(inner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_spreadsheets_count_them() {
        // 1 January 2000 is day 36,526 in every spreadsheet that counts from 1900.
        assert_eq!(serial(date(2000, 1, 1)), Some(36_526));
        assert_eq!(serial(date(1900, 2, 1)), None);
    }

    #[test]
    fn a_number_is_a_number_only_as_long_as_a_cell_holds_every_digit() {
        let exact = |text: &str| is_exact(text.parse().unwrap());
        assert_eq!((exact("999999999999999"), exact("-0.100000000000000")), (true, true));
        assert_eq!((exact("1000000000000001"), exact("0.1234567890123456")), (false, false));
    }

    #[test]
    fn a_number_shows_all_of_its_decimals_and_an_amount_those_of_its_currency() {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(kind(&ReportCell::Number(number("0.50"))), LookKind::Number(1));
        assert_eq!(kind(&ReportCell::Fixed { number: number("7"), decimals: 2 }), LookKind::Number(2));
        assert_eq!(kind(&ReportCell::Fixed { number: number("7.1234"), decimals: 0 }), LookKind::Number(4));
        assert_eq!(kind(&ReportCell::Percent(number("6"))), LookKind::Percent(2));
        assert_eq!(value(&ReportCell::Percent(number("5.55"))), Some(number("0.0555")));
    }
}

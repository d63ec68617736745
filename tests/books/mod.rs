//! Workbooks of every format, written from the same sheets: bytes as the formats say, by no library that reads them.

pub(crate) mod compound;
pub(crate) mod ods;
pub(crate) mod xls;
pub(crate) mod xlsb;

use rust_xlsxwriter::{Format, Formula, Workbook};

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Held {
    Nothing,
    Text(String),
    Number(f64),
    /// A day, counted from the end of 1899.
    Day(u32),
    Flag(bool),
    /// The error `#N/A`.
    Missing,
    /// A formula that came to a text.
    Formula(String),
}

/// A sheet: its name, whether people do not see it, and its rows.
pub(crate) struct Written {
    pub(crate) name: &'static str,
    pub(crate) hidden: bool,
    pub(crate) rows: Vec<Vec<Held>>,
}

/// The cells of a text of commas: numbers, days and words as they look.
pub(crate) fn held(text: &str) -> Vec<Vec<Held>> {
    let cell = |cell: &str| match cell {
        "" => Held::Nothing,
        "TRUE" | "FALSE" => Held::Flag(cell == "TRUE"),
        "#N/A" => Held::Missing,
        _ => match (cell.parse::<jiff::civil::Date>(), cell.parse::<f64>()) {
            (Ok(day), _) => Held::Day(serial(day)),
            (_, Ok(number)) => Held::Number(number),
            _ => match cell.strip_prefix('=') {
                Some(result) => Held::Formula(result.to_owned()),
                None => Held::Text(cell.to_owned()),
            },
        },
    };
    text.lines().map(|line| line.split(',').map(cell).collect()).collect()
}

fn serial(day: jiff::civil::Date) -> u32 {
    let first = jiff::civil::date(1899, 12, 30);
    u32::try_from(day.duration_since(first).as_hours() / 24).unwrap()
}

/// The workbook as xlsx, by the library that writes them.
pub(crate) fn xlsx(sheets: &[Written]) -> Vec<u8> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("dd.mm.yyyy");
    for (place, held) in sheets.iter().enumerate() {
        let sheet = book.add_worksheet().set_name(held.name).unwrap();
        sheet.set_hidden(held.hidden);
        if !held.hidden && sheets[..place].iter().all(|before| before.hidden) {
            sheet.set_active(true);
        }
        for (row, cells) in (0..).zip(&held.rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Held::Nothing => &mut *sheet,
                    Held::Text(text) => sheet.write(row, column, text).unwrap(),
                    Held::Number(number) => sheet.write(row, column, *number).unwrap(),
                    Held::Day(serial) => sheet.write_with_format(row, column, *serial, &day).unwrap(),
                    Held::Flag(flag) => sheet.write(row, column, *flag).unwrap(),
                    Held::Missing => {
                        sheet.write_formula(row, column, Formula::new("=NA()").set_result("#N/A")).unwrap()
                    }
                    Held::Formula(text) => {
                        sheet.write_formula(row, column, Formula::new("=A1").set_result(text)).unwrap()
                    }
                };
            }
        }
    }
    book.save_to_buffer().unwrap()
}

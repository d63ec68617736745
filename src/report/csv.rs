//! Tables as CSV: UTF-8 with a byte-order mark, so that spreadsheets read every language.

use super::{Cell, Table};

/// The table as a CSV file.
pub fn write(table: &Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![0xEF, 0xBB, 0xBF]);
    let records = std::iter::once(table.header.iter().map(|text| neutral(text)).collect())
        .chain(table.rows.iter().map(|row| row.iter().map(written).collect::<Vec<String>>()));
    for record in records {
        // Writing to memory cannot fail; a record of another length would be refused, and rows match their header.
        let _ = writer.write_record(&record);
    }
    writer.into_inner().unwrap_or_default()
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => neutral(text),
        Cell::Number(number) => number.normalize().to_string(),
        Cell::Day(day) => day.to_string(),
    }
}

/// Text that no spreadsheet takes for a formula (CWE-1236): an apostrophe goes before what would begin one. Numbers
/// are cells of their own kind and are never touched.
fn neutral(text: &str) -> String {
    let begins_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠']);
    if begins_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_begins_like_a_formula_gets_an_apostrophe_and_numbers_do_not() {
        let table = Table {
            title: String::new(),
            header: vec!["a".to_owned(), "b".to_owned()],
            rows: vec![vec!["=1+1".into(), Cell::Number((-5).into())]],
        };
        let text = String::from_utf8(write(&table)).unwrap();
        assert_eq!(text, "\u{feff}a,b\r\n'=1+1,-5\r\n");
    }
}

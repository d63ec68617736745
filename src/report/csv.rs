//! Tables as CSV: UTF-8 with a byte-order mark, so that spreadsheets read every language.

use super::{ReportCell, ReportTable};
use crate::model::formula_guard::guarded;

/// The table as a CSV file.
///
/// Written here rather than by the csv crate, whose writer looks for numbers in binary floating point: that table alone
/// was 13 kB of the worker's 500 (docs/decisions/0032-room-in-the-worker.md).
///
/// # Examples
///
/// ```rust
/// use highwater::report::{ReportTable, csv};
///
/// let table = ReportTable {
///     title: "Needed".to_owned(),
///     header: vec!["Product".to_owned(), "PVU".to_owned()],
///     rows: vec![vec!["IBM MQ, Advanced".into(), Some(840_u64).into()], vec!["=1+1".into(), None::<u64>.into()]],
///     ..ReportTable::default()
/// };
/// // A comma needs quotes, what begins like a formula gets an apostrophe, and what is not known stays blank.
/// let written = String::from_utf8(csv::write(&table)).unwrap();
/// assert_eq!(written, "\u{feff}Product,PVU\r\n\"IBM MQ, Advanced\",840\r\n'=1+1,\r\n");
/// ```
pub fn write(table: &ReportTable) -> Vec<u8> {
    let header = table.header.iter().map(|text| guarded(text).into_owned()).collect();
    let rows = table.rows.iter().map(|row| row.iter().map(written).collect());
    let lines = std::iter::once(header).chain(rows).map(|row: Vec<String>| {
        let fields: Vec<String> = row.into_iter().map(quoted).collect();
        format!("{}\r\n", fields.join(","))
    });
    std::iter::once("\u{feff}".to_owned()).chain(lines).collect::<String>().into_bytes()
}

/// A field as it stands between commas (RFC 4180).
fn quoted(field: String) -> String {
    if field.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

fn written(cell: &ReportCell) -> String {
    match cell {
        ReportCell::Blank | ReportCell::Unknown(_) => String::new(),
        ReportCell::Text(text) => guarded(text).into_owned(),
        ReportCell::Number(number) | ReportCell::Percent(number) | ReportCell::Fixed { number, .. } => {
            number.normalize().to_string()
        }
        ReportCell::Year(year) => year.to_string(),
        ReportCell::Day(day) => day.to_string(),
        ReportCell::Changeable(value) | ReportCell::Calculated { result: value, .. } => written(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_begins_like_a_formula_gets_an_apostrophe_and_numbers_do_not() {
        let table = ReportTable {
            title: String::new(),
            header: vec!["a".to_owned(), "b".to_owned()],
            rows: vec![vec!["=1+1".into(), ReportCell::Number((-5).into())]],
            ..ReportTable::default()
        };
        let text = String::from_utf8(write(&table)).unwrap();
        assert_eq!(text, "\u{feff}a,b\r\n'=1+1,-5\r\n");
    }

    #[test]
    fn every_text_comes_back_from_a_reader_as_it_was() {
        let texts = ["a,b", "say \"MQ\"", "two\r\nlines", " spaces ", "", "semi;colon", "\"", "ü"];
        let table = ReportTable {
            title: String::new(),
            header: texts.map(str::to_owned).to_vec(),
            rows: vec![texts.map(ReportCell::from).to_vec()],
            ..ReportTable::default()
        };
        let bytes = write(&table);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[3..]);
        let records: Vec<Vec<String>> =
            reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        assert_eq!(records, [texts, texts]);
    }
}

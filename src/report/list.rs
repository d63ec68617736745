//! A list as a table, in the form in which it can be read again.

use super::{ReportCell, ReportTable};
use crate::model::list::{Field, Lines, Value};
use crate::model::money::Currency;

/// The fields that are amounts in the currency of their line.
const AMOUNTS: [&str; 2] = ["price", "unit_price"];

/// The lines of a list under the headers of its template, with a title.
pub fn table(lines: &dyn Lines, title: String) -> ReportTable {
    let fields = lines.fields();
    let rows = (0..lines.count()).filter_map(|index| lines.values(index));
    let rows = rows.map(|values| {
        let currency = currency(fields, &values);
        let cells = fields.iter().zip(values);
        cells.map(|(field, value)| cell(field, value, currency.as_ref())).collect()
    });
    let rows = rows.collect();
    let header = fields.iter().map(|field| field.name.to_owned()).collect();
    ReportTable { title, header, rows, kept_columns: 1, ..ReportTable::default() }
}

/// The currency of a line, where it has one.
fn currency(fields: &[Field], values: &[Value]) -> Option<Currency> {
    let code = fields.iter().zip(values).find(|(field, _)| field.name == "currency").map(|(_, value)| value);
    if let Some(Value::Text(code)) = code { Some(Currency::of(code)) } else { None }
}

fn cell(field: &Field, value: Value, currency: Option<&Currency>) -> ReportCell {
    match value {
        Value::Blank => ReportCell::Blank,
        Value::Number(number) if AMOUNTS.contains(&field.name) => ReportCell::money(number, currency),
        Value::Number(number) => ReportCell::Number(number),
        Value::Day(day) => ReportCell::Day(day),
        Value::Text(text) => ReportCell::Text(text),
    }
}

//! A list as a table, in the form in which it can be read again.

use super::{ReportCell, ReportTable};
use crate::model::list::{Lines, Value};
use crate::model::money::Currency;

/// The fields that are amounts in the currency of their line.
const AMOUNTS: [&str; 2] = ["price", "unit_price"];

/// The lines of a list under the headers of its template, with a title.
pub fn table(lines: &dyn Lines, title: String) -> ReportTable {
    let fields = lines.fields();
    let currency = fields.iter().position(|field| field.name == "currency");
    let rows = (0..lines.count()).filter_map(|index| lines.values(index));
    let rows = rows.map(|values| {
        let currency = currency.and_then(|place| values.get(place)).and_then(|value| match value {
            Value::Text(code) => Some(Currency::of(code)),
            Value::Blank | Value::Number(_) | Value::Day(_) => None,
        });
        let cell = |(value, field): (Value, &_)| {
            let field: &crate::model::list::Field = field;
            match value {
                Value::Blank => ReportCell::Blank,
                Value::Number(number) if AMOUNTS.contains(&field.name) => ReportCell::money(number, currency.as_ref()),
                Value::Number(number) => ReportCell::Number(number),
                Value::Day(day) => ReportCell::Day(day),
                Value::Text(text) => ReportCell::Text(text),
            }
        };
        values.clone().into_iter().zip(fields).map(cell).collect()
    });
    let (header, rows) = (fields.iter().map(|field| field.name.to_owned()).collect(), rows.collect());
    ReportTable { title, header, rows, kept_columns: 1, ..ReportTable::default() }
}

//! A list as a table, in the form in which it can be read again.

use super::{Cell, Table};
use crate::model::list::{Lines, Value};

/// The lines of a list under the headers of its template.
pub fn table(lines: &dyn Lines) -> Table {
    let header = lines.fields().iter().map(|field| field.name.to_owned()).collect();
    let cell = |value: Value| match value {
        Value::Blank => Cell::Blank,
        Value::Number(number) => Cell::Number(number),
        Value::Day(day) => Cell::Day(day),
        Value::Text(text) => Cell::Text(text),
    };
    let rows = (0..lines.count()).filter_map(|place| lines.values(place));
    let rows = rows.map(|values| values.into_iter().map(cell).collect()).collect();
    Table { title: String::new(), header, rows }
}

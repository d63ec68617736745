//! A list as a table, in the form in which it can be read again.

use super::{ReportCell, ReportTable};
use crate::model::list::{Lines, Value};

/// The lines of a list under the headers of its template.
pub fn table(lines: &dyn Lines) -> ReportTable {
    let header = lines.fields().iter().map(|field| field.name.to_owned()).collect();
    let cell = |value: Value| match value {
        Value::Blank => ReportCell::Blank,
        Value::Number(number) => ReportCell::Number(number),
        Value::Day(day) => ReportCell::Day(day),
        Value::Text(text) => ReportCell::Text(text),
    };
    let rows = (0..lines.count()).filter_map(|index| lines.values(index));
    let rows = rows.map(|values| values.into_iter().map(cell).collect()).collect();
    ReportTable { title: String::new(), header, rows }
}

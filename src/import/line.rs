//! A row of a table as a line of a list: each cell in its field, and what of it cannot be used.

use rust_decimal::Decimal;

use super::cell::{self, Style};
use super::list::ListColumns;
use super::sheet::{Sheet, SheetRow};
use super::suffix;
use super::{styles, total};
use crate::model::formula_guard::unguarded;
use crate::model::issue::{Issue, Severity};
use crate::model::list::{Field, FieldKind, Lines, OnBadCell, Value};
use crate::model::message::Message;
use crate::model::metric;

fn left_out() -> Message {
    Message::new("issue.line_left_out")
}

/// What becomes of a line whose field of this weight is not what it should be.
fn outcome(on_bad_cell: OnBadCell) -> Message {
    match on_bad_cell {
        OnBadCell::LeaveOut | OnBadCell::Required => left_out(),
        OnBadCell::CountAsZero => Message::new("issue.cell_as_zero"),
        OnBadCell::LeaveBlank => Message::new("issue.cell_as_blank"),
    }
}

/// Reads rows of a table as lines of a list.
pub struct LineReader<'a> {
    file: &'a str,
    sheet: &'a Sheet,
    columns: &'a ListColumns,
    fields: &'static [Field],
    /// What a field is where a row says nothing of it.
    unsaid: Option<(usize, Value)>,
}

/// The fields by which a row says what it is about.
const NAMES: [&str; 4] = ["part_number", "product", "component", "name"];

/// The first text of a row.
fn first_text(row: SheetRow<'_>) -> &str {
    row.cells().find(|cell| !cell.is_empty()).unwrap_or_default()
}

/// The code of a row that adds up the others.
pub const TOTAL: &str = "row_is_total";

impl<'a> LineReader<'a> {
    /// A reader of a table whose columns are these fields of a list.
    pub const fn new(file: &'a str, sheet: &'a Sheet, columns: &'a ListColumns, fields: &'static [Field]) -> Self {
        Self { file, sheet, columns, fields, unsaid: None }
    }

    /// The same, where a row that says nothing of a field means this.
    #[must_use]
    pub fn where_unsaid(mut self, field: usize, value: Value) -> Self {
        self.unsaid = Some((field, value));
        self
    }

    /// The values of a row for a list, and what is wrong with them; `None` when that leaves the row out.
    pub fn read(&self, row: SheetRow<'_>, lines: &dyn Lines) -> (Option<Vec<Value>>, Vec<Issue>) {
        let first = first_text(row);
        let told = |severity, code, value: &str| {
            Issue::new(severity, code).in_file(&row.file(self.file)).at_row(row.line()).with("value", value)
        };
        if self.is_total(row) {
            return (None, vec![told(Severity::Info, TOTAL, first).with("outcome", left_out())]);
        }
        if let Some(beyond) = self.beyond_header(row) {
            let issue = told(Severity::Error, "cells_beyond_header", beyond);
            return (None, vec![issue.with("outcome", left_out())]);
        }
        let (values, mut problems) = self.values(row);
        let contradiction = values.as_ref().and_then(|values| lines.contradiction(values).ok()).flatten();
        let Some((field, code)) = contradiction else {
            if values.is_some() && (total::is_word(first) || self.sheet.is_last(row) && total::begins_with_word(first))
            {
                problems.push(told(Severity::Warning, "row_may_be_total", first));
            }
            return (values, problems);
        };
        problems.push(self.issue(row, field, code, Severity::Error).with("outcome", left_out()));
        (None, problems)
    }

    /// The first cell of a row of a text that stands beyond the header: within one before it, what sets cells apart was
    /// part of a number or a text. In a workbook that is a note beside the table.
    fn beyond_header<'b>(&self, row: SheetRow<'b>) -> Option<&'b str> {
        self.sheet.delimiter()?;
        row.cells().skip(self.sheet.header().len()).find(|cell| !cell.is_empty())
    }

    /// Whether a row adds up the others: it begins with a word for that and names nothing else; or it is the last one, and
    /// says how much without saying of what.
    fn is_total(&self, row: SheetRow<'_>) -> bool {
        let first = first_text(row);
        let is_last = self.sheet.is_last(row);
        let names_only_first = self.named(row).all(|name| name == first);
        if names_only_first && total::is_word(first) {
            return true;
        }
        let rest = || total::behind_word(first).is_some_and(|rest| metric::is_known(rest) || self.adds_up(row));
        if is_last && names_only_first && rest() {
            return true;
        }
        let of_kind = |number: bool| {
            let fits = move |field: &&Field| {
                (field.kind == FieldKind::Number) == number && !self.cell(row, field.name).is_empty()
            };
            self.fields.iter().filter(fits)
        };
        // What it says beside its numbers is what it is a total of: a metric, a currency; in a ledger, anything but what it
        // is about.
        let only_units = of_kind(false).all(|field| matches!(field.name, "metric" | "currency" | "unit"));
        let is_nameless = self.column_of("product").is_some()
            && self.named(row).next().is_none()
            && !self.cell(row, "quantity").is_empty();
        is_last && of_kind(true).next().is_some() && (only_units && self.names_something() || is_nameless)
    }

    /// Whether one of the numbers of a row is the sum of those above it.
    fn adds_up(&self, row: SheetRow<'_>) -> bool {
        let number = |row: SheetRow<'_>, column: usize, field: &Field, style: Style| {
            let (text, _, style) = written(field, row, column, style);
            match cell::read(field.kind, text, style) {
                Some(Value::Number(number)) => Some(number),
                Some(Value::Blank | Value::Text(_) | Value::Day(_)) | None => None,
            }
        };
        let is_sum = |(column, mapped): (usize, &Option<(usize, Style)>)| {
            let (index, style) = (*mapped)?;
            let field = self.fields.get(index).filter(|field| field.kind == FieldKind::Number)?;
            let total = number(row, column, field, style)?;
            let above =
                self.sheet.rows().take_while(|above| (above.line(), above.sheet()) != (row.line(), row.sheet()));
            let mut numbers = above.filter_map(|above| number(above, column, field, style));
            numbers.try_fold(Decimal::ZERO, Decimal::checked_add).map(|sum| sum == total)
        };
        self.columns.iter().enumerate().any(|column| is_sum(column) == Some(true))
    }

    /// What a row says that it is about: the part and the product, where the list has such fields.
    fn named<'b>(&'b self, row: SheetRow<'b>) -> impl Iterator<Item = &'b str> {
        NAMES.into_iter().map(move |name| self.cell(row, name)).filter(|cell| !cell.is_empty())
    }

    /// Whether the table has a column that says what its rows are about.
    fn names_something(&self) -> bool {
        let is_name = |field: &&Field| field.kind != FieldKind::Number && self.column_of(field.name).is_some();
        self.fields.iter().any(|field| is_name(&field))
    }

    fn cell<'b>(&self, row: SheetRow<'b>, field: &str) -> &'b str {
        self.column_of(field).map_or("", |column| row.cell(column))
    }

    /// The values of a row, field by field, and what is wrong with them; `None` when that leaves the row out.
    fn values(&self, row: SheetRow<'_>) -> (Option<Vec<Value>>, Vec<Issue>) {
        let mut values = vec![Value::Blank; self.fields.len()];
        let mut issues = Vec::new();
        let mut usable = true;
        let mut units = Vec::new();
        for (column, mapped) in self.columns.iter().enumerate() {
            let Some((index, style)) = *mapped else { continue };
            let (Some(field), Some(value)) = (self.fields.get(index), values.get_mut(index)) else { continue };
            let (text, unit, style) = written(field, row, column, style);
            if let Some(read) = cell::read(field.kind, text, style) {
                *value = read;
            } else {
                usable &= matches!(field.on_bad_cell, OnBadCell::CountAsZero | OnBadCell::LeaveBlank);
                issues.push(self.unreadable(row, field, style));
            }
            if !unit.is_empty() && !self.is_unit_of(row, unit) {
                usable = false;
                let issue = self.issue(row, field.name, "cell_unit_differs", Severity::Error);
                issues.push(
                    issue.with("unit", unit).with("metric", self.cell(row, "metric")).with("outcome", left_out()),
                );
            } else if !unit.is_empty() {
                units.push(unit);
            }
        }
        // The metric may stand behind the quantity, and be blank.
        for unit in units {
            self.take_unit(unit, &mut values);
        }
        if let Some((field, unsaid)) = &self.unsaid
            && let Some(value) = values.get_mut(*field).filter(|value| **value == Value::Blank)
        {
            value.clone_from(unsaid);
        }
        for (field, value) in self.fields.iter().zip(&mut values) {
            let told = issues.iter().any(|issue| issue.column.as_deref() == Some(self.header_of(field.name)));
            match field.on_bad_cell {
                OnBadCell::Required if *value == Value::Blank && !told => {
                    usable = false;
                    let issue = self.issue(row, field.name, "cell_missing", Severity::Error);
                    issues.push(issue.with("outcome", left_out()));
                }
                OnBadCell::CountAsZero if told => *value = Value::Number(Decimal::ZERO),
                OnBadCell::Required | OnBadCell::CountAsZero | OnBadCell::LeaveOut | OnBadCell::LeaveBlank => {}
            }
        }
        (usable.then_some(values), issues)
    }

    /// Whether a unit behind a quantity is the metric of its line. Where the line names none, a metric that is known is.
    fn is_unit_of(&self, row: SheetRow<'_>, unit: &str) -> bool {
        let has_metric = self.fields.iter().any(|field| field.name == "metric");
        match self.cell(row, "metric") {
            "" => has_metric && metric::is_known(unit),
            written => metric::code(written) == metric::code(unit),
        }
    }

    /// Makes the unit behind a quantity the metric of its line, where that names none.
    fn take_unit(&self, unit: &str, values: &mut [Value]) {
        let index = self.fields.iter().position(|field| field.name == "metric");
        if let Some(metric) = index.and_then(|index| values.get_mut(index)).filter(|metric| **metric == Value::Blank) {
            *metric = Value::Text(unit.to_owned());
        }
    }

    fn unreadable(&self, row: SheetRow<'_>, field: &Field, style: Style) -> Issue {
        let severity = if field.on_bad_cell == OnBadCell::LeaveBlank { Severity::Warning } else { Severity::Error };
        let issue = |code| self.issue(row, field.name, code, severity);
        let text = self.cell(row, field.name);
        match field.kind {
            // A text is unreadable only where a formula failed.
            _ if cell::is_ambiguous(field.kind, split(field, text).0, style) => issue("cell_ambiguous"),
            FieldKind::Text => issue("cell_formula_failed"),
            FieldKind::Number if cell::is_too_large(split(field, text).0) => issue("cell_number_too_large"),
            FieldKind::Number if cell::is_failed_formula(text) => issue("cell_formula_failed"),
            FieldKind::Number => issue("cell_number_invalid"),
            FieldKind::Day => issue("cell_day_invalid"),
            FieldKind::Word(words) => issue("cell_word_unknown").with("known", words.join(", ")),
        }
        .with("outcome", outcome(field.on_bad_cell))
    }

    fn issue(&self, row: SheetRow<'_>, field: &str, code: &'static str, severity: Severity) -> Issue {
        let value = self.cell(row, field);
        let issue = Issue::new(severity, code).in_file(&row.file(self.file)).at_row(row.line());
        issue.in_column(self.header_of(field)).with("value", value)
    }

    /// The column that a field was read from.
    fn column_of(&self, name: &str) -> Option<usize> {
        let index = self.fields.iter().position(|field| field.name == name)?;
        self.columns.iter().position(|mapped| mapped.is_some_and(|(known, _)| known == index))
    }

    /// The header of the column that a field was read from; its own name where there is none.
    fn header_of<'b>(&'b self, name: &'b str) -> &'b str {
        self.column_of(name).and_then(|column| self.sheet.header().get(column)).map_or(name, String::as_str)
    }
}

/// What stands in a cell, the unit behind it, and how it is written: a number is a number, whatever the style of its column.
fn written<'a>(field: &Field, row: SheetRow<'a>, column: usize, style: Style) -> (&'a str, &'a str, Style) {
    let (text, unit) = split(field, unguarded(row.cell(column)));
    (text, unit, if row.is_number(column) { Style::Plain } else { style })
}

/// A quantity and the unit behind it; other cells as they are.
fn split<'a>(field: &Field, text: &'a str) -> (&'a str, &'a str) {
    if styles::is_quantity(field) { suffix::split_unit(text) } else { (text, "") }
}

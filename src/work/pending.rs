//! Tables that wait until somebody has said which column is which: what their columns are taken for, and what would
//! become of their rows.

use std::cell::OnceCell;

use jiff::civil::Date;

use super::cell::{Cell, CellRow};
use super::first_day;
use super::import_effect::ImportEffect;
use super::mapping::{ColumnMatch, Mapped, MappedColumn, UnsaidDay};
use super::sources::ListCandidate;
use crate::import::cell::{self, Style};
use crate::import::line::{self, LineReader};
use crate::import::list;
use crate::import::mapping::{self, Mapping, MappingBasis, samples};
use crate::model::header_shape::HeaderShape;
use crate::model::issue::Issue;
use crate::model::list::{Field, FieldKind, List, MergeOutcome, OnBadCell, StoredLines, Value, merge_outcomes};
use crate::model::message::{Argument, Message};
use crate::model::workspace::Lists;

/// A table, and what it would bring.
pub struct Pending {
    listed: ListCandidate,
    /// The lines that it would bring, in their list.
    lines: Lists,
    /// Row by row the place of its line; `None` when it is left out.
    rows: Vec<Option<usize>>,
    /// What would become of each line.
    outcomes: Vec<MergeOutcome>,
    /// Whether there is anything to tell about a row.
    told: bool,
    /// How many rows are left out because they add up the others.
    totals: usize,
    /// From which day its lines hold where their rows do not say; `None` is always.
    first_day: Option<Date>,
    /// How many of its lines do not say.
    undated: usize,
    /// Its columns, looked at when somebody sees them: their samples are found in all rows.
    columns: OnceCell<Vec<MappedColumn>>,
}

impl Pending {
    /// A table as it is taken now, beside the lists of the workspace.
    pub fn new(listed: ListCandidate, lists: &Lists) -> Self {
        let (lines, rows, outcomes) = (Lists::default(), Vec::new(), Vec::new());
        let first_day = first_day::of_file(lists, &listed.name);
        let columns = OnceCell::new();
        let mut pending =
            Self { listed, lines, rows, outcomes, told: false, totals: 0, first_day, undated: 0, columns };
        pending.read(lists);
        pending
    }

    /// Takes the table for this list.
    pub fn choose(&mut self, list: List) {
        self.listed.mapping = Mapping::of(list, &self.listed.sheet);
    }

    /// Takes the row on this line for its header; whether there is one.
    pub fn begin_at(&mut self, line: u32, shapes: &StoredLines<HeaderShape>) -> bool {
        let ListCandidate { name, sheet, mapping, issues } = &mut self.listed;
        let begun = sheet.begin_at(line);
        if begun {
            *mapping = mapping::propose(sheet, shapes, None);
            issues.retain(|issue| issue.code != mapping::ABOVE);
            issues.extend(mapping::above(sheet).map(|issue| issue.in_file(name.as_str())));
        }
        begun
    }

    /// Takes the table for what was remembered since it came, unless its header says what it is.
    pub fn remember(&mut self, shapes: &StoredLines<HeaderShape>) {
        if self.listed.mapping.basis == MappingBasis::Guess {
            self.listed.mapping = mapping::propose(&self.listed.sheet, shapes, None);
        }
    }

    /// Takes its lines to hold from this day where their rows do not say.
    pub const fn begin_on(&mut self, day: Option<Date>) {
        self.first_day = day;
    }

    /// Reads its rows as it is taken now, beside the lists of the workspace.
    pub fn read(&mut self, lists: &Lists) {
        let ListCandidate { name, sheet, mapping, .. } = &self.listed;
        let (mine, mut read) = (lists.lines(mapping.list), Lists::default());
        let lines = read.lines_mut(mapping.list);
        self.rows.clear();
        self.columns.take();
        self.told = false;
        self.totals = 0;
        self.undated = 0;
        let dated = first_day::field_of(mapping.list);
        let reader = reader(&self.listed, self.first_day);
        for row in sheet.rows() {
            let (values, issues) = reader.read(row, lines);
            self.told |= !issues.is_empty();
            self.totals += usize::from(issues.iter().any(|issue| issue.code == line::TOTAL));
            let before = lines.count();
            // Each value was read for its field.
            let taken = values.is_some_and(|values| lines.put(None, &row.file(name), row.line(), &values).is_ok());
            let says_day = |field| mapping.column_of(field).is_some_and(|column| !row.cell(column).trim().is_empty());
            self.undated += usize::from(taken && dated.is_some_and(|field| !says_day(field)));
            self.rows.push(taken.then_some(before));
        }
        self.outcomes = merge_outcomes(mine, lines);
        // What the table does not speak of stays as it is.
        for (index, outcome) in self.outcomes.iter().enumerate() {
            let MergeOutcome::Changed(old) = outcome else { continue };
            let (mut values, old) = (lines.values(index).unwrap_or_default(), mine.values(*old).unwrap_or_default());
            for (field, (value, old)) in values.iter_mut().zip(old).enumerate() {
                if mapping.column_of(field).is_none() {
                    *value = old;
                }
            }
            let Some((file, row)) = lines.origin(index).map(|(file, row)| (file.to_owned(), row)) else { continue };
            if lines.contradiction(&values) == Ok(None) {
                let _ = lines.put(Some(index), &file, row, &values);
            }
        }
        self.outcomes = merge_outcomes(mine, lines);
        self.lines = read;
    }

    /// Whether there is nothing to choose and nothing to look at: its header is known, no column with anything in it would
    /// be left out unless somebody has confirmed that, none can be read in two ways, no row is left out, and every line is
    /// new and says from when it holds, where such lines do, or none is new.
    pub fn is_clear(&self) -> bool {
        let all = |outcome: MergeOutcome| self.outcomes.iter().all(|one| *one == outcome);
        let new = all(MergeOutcome::Added) && self.undated == 0 || all(MergeOutcome::Known);
        let ListCandidate { sheet, mapping, .. } = &self.listed;
        let left_out = self.rows.iter().filter(|row| row.is_none()).count();
        mapping.is_settled(sheet) && !mapping.is_ambiguous() && new && left_out == self.totals
    }

    /// What it would bring.
    pub const fn lines(&self) -> &Lists {
        &self.lines
    }

    /// What is wrong with its rows.
    pub fn issues(&self) -> Vec<Issue> {
        let ListCandidate { name, sheet, mapping, issues } = &self.listed;
        let (reader, lines) = (reader(&self.listed, self.first_day), self.lines.lines(mapping.list));
        let of_rows = sheet.rows().filter(|_| self.told).flat_map(|row| reader.read(row, lines).1);
        let fields = mapping::fields(mapping.list);
        let of_columns = list::told_of_columns(name, sheet, &mapping.columns, mapping.list.name(), fields);
        let doubt = mapping.doubt.iter().map(|doubt| doubt.clone().in_file(name));
        issues.iter().cloned().chain(doubt).chain(of_columns).chain(of_rows).collect()
    }

    /// What to remember of it, unless its header and what is remembered say the same.
    pub fn shape(&self, shapes: &StoredLines<HeaderShape>) -> Option<HeaderShape> {
        let ListCandidate { sheet, mapping, .. } = &self.listed;
        let told = mapping::propose(sheet, shapes, None);
        let same = told.is_settled(sheet) && (told.list, &told.columns) == (mapping.list, &mapping.columns);
        if same { None } else { mapping.shape(sheet) }
    }

    /// What the page shows of it, with so many more behind it, and with what it would change.
    pub fn view(&self, behind: usize, effect: ImportEffect) -> Mapped {
        let ListCandidate { name, sheet, mapping, .. } = &self.listed;
        let count = |wanted: fn(&MergeOutcome) -> bool| self.outcomes.iter().filter(|outcome| wanted(outcome)).count();
        let fields = mapping::fields(mapping.list);
        let is_missing = |(index, field): (usize, &Field)| {
            let missing = field.on_bad_cell == OnBadCell::Required && mapping.column_of(index).is_none();
            missing.then(|| field.name.to_owned())
        };
        Mapped {
            file: name.clone(),
            list: mapping.list,
            header: sheet.header_line(),
            rows: self.rows.len(),
            added: count(|outcome| *outcome == MergeOutcome::Added),
            changed: count(|outcome| matches!(outcome, MergeOutcome::Changed(_))),
            known: count(|outcome| *outcome == MergeOutcome::Known),
            left_out: self.rows.iter().filter(|row| row.is_none()).count(),
            behind,
            doubt: mapping.doubt.as_ref().map(Issue::message),
            fields: fields.iter().map(|field| field.name.to_owned()).collect(),
            missing: fields.iter().enumerate().filter_map(is_missing).collect(),
            first_day: (self.undated > 0).then_some(UnsaidDay { day: self.first_day, lines: self.undated }),
            columns: self.columns.get_or_init(|| self.columns()).clone(),
            effect,
        }
    }

    /// How many rows the table has.
    pub const fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The list that it is taken for.
    pub const fn list(&self) -> List {
        self.listed.mapping.list
    }

    /// Whether a column is taken for this field of the list.
    pub fn has(&self, field: usize) -> bool {
        self.listed.mapping.column_of(field).is_some()
    }

    fn columns(&self) -> Vec<MappedColumn> {
        let ListCandidate { sheet, mapping, .. } = &self.listed;
        mapping
            .are_named(sheet)
            .into_iter()
            .enumerate()
            .map(|(column, is_named)| self.column(column, is_named))
            .collect()
    }

    /// A column of the table, whose header names its field or not.
    fn column(&self, column: usize, is_named: bool) -> MappedColumn {
        let ListCandidate { sheet, mapping, .. } = &self.listed;
        let field = mapping.field(column);
        let kind = field.map_or(FieldKind::Text, |field| field.kind);
        let style = mapping.style(column);
        let styles = Style::names(kind);
        let samples = samples(sheet, column, kind);
        let read = |text: &String| cell::read(kind, text, style).map_or(Cell::Unknown, Cell::from);
        let read_as = if styles.is_empty() { Vec::new() } else { samples.iter().map(read).collect() };
        let found = match field {
            None if mapping.leaves_out(sheet, column) => ColumnMatch::Unmatched,
            None => ColumnMatch::Blank,
            Some(_) if style == Style::Either => ColumnMatch::Ambiguous,
            Some(_) if is_named => ColumnMatch::Named,
            Some(_) => ColumnMatch::Chosen,
        };
        MappedColumn {
            header: sheet.header().get(column).cloned().unwrap_or_default(),
            samples,
            field: field.map(|field| field.name.to_owned()),
            styles: styles.into_iter().map(str::to_owned).collect(),
            style: style.name().to_owned(),
            read_as,
            found,
        }
    }

    /// Takes a column for the field of this name, or for none; whether there are such.
    pub fn take(&mut self, column: usize, field: Option<&str>) -> bool {
        let ListCandidate { sheet, mapping, .. } = &mut self.listed;
        let index = field.map(|name| mapping::fields(mapping.list).iter().position(|field| field.name == name));
        if index == Some(None) || column >= sheet.header().len() {
            return false;
        }
        mapping.take(sheet, &[(column, index.flatten())]);
        true
    }

    /// Reads a column in the style of this name; whether it can be written so.
    pub fn write(&mut self, column: usize, style: &str) -> bool {
        let ListCandidate { sheet, mapping, .. } = &mut self.listed;
        let kind = mapping.field(column).map_or(FieldKind::Text, |field| field.kind);
        let style = Style::named(kind, style);
        if style.is_some() {
            mapping.write(sheet, column, style);
        }
        style.is_some()
    }

    /// A row of the table: what becomes of it, its line, the reasons, and its values as they would be.
    pub fn row(&self, lists: &Lists, index: usize) -> CellRow {
        let ListCandidate { sheet, mapping, .. } = &self.listed;
        let Some(row) = sheet.row(index) else { return CellRow::new() };
        let lines = self.lines.lines(mapping.list);
        let taken = self.rows.get(index).copied().flatten();
        let outcome = taken.and_then(|at| self.outcomes.get(at));
        let mut reasons = Vec::new();
        if self.told {
            reasons.extend(reader(&self.listed, self.first_day).read(row, lines).1.iter().map(reason));
        }
        let raw = |field: usize| {
            let text = mapping.column_of(field).map_or("", |column| row.cell(column));
            if text.is_empty() { Value::Blank } else { Value::Text(text.to_owned()) }
        };
        let values = taken.and_then(|at| lines.values(at));
        let values = values.unwrap_or_else(|| (0..lines.fields().len()).map(raw).collect());
        let becomes = match outcome {
            None => "mapping.left_out",
            Some(MergeOutcome::Added) => "mapping.added",
            Some(MergeOutcome::Known) => "mapping.known",
            Some(MergeOutcome::Changed(old)) => {
                let old = lists.lines(mapping.list).values(*old).unwrap_or_default();
                for (field, (from, to)) in lines.fields().iter().zip(old.iter().zip(&values)) {
                    if from != to {
                        let field = Message::keyed(format!("column.{}", field.name));
                        let change = Message::new("mapping.change").with("field", field);
                        reasons.push(change.with("from", said(from)).with("to", said(to)));
                    }
                }
                "mapping.changed"
            }
        };
        let first = [Cell::Word(becomes.into()), Cell::Number(row.line().into()), Cell::Said(reasons)];
        first.into_iter().chain(values.into_iter().map(Cell::from)).collect()
    }
}

/// Reads the rows of a table, which hold from this day where they do not say.
fn reader(listed: &ListCandidate, first_day: Option<Date>) -> LineReader<'_> {
    let ListCandidate { name, sheet, mapping, .. } = listed;
    let reader = LineReader::new(name, sheet, &mapping.columns, mapping::fields(mapping.list));
    match first_day::field_of(mapping.list).zip(first_day) {
        Some((field, day)) => reader.where_unsaid(field, Value::Day(day)),
        None => reader,
    }
}

/// What is wrong with a row: with which cell of it, if it is one.
fn reason(issue: &Issue) -> Message {
    match &issue.column {
        Some(column) => Message::new("mapping.cell").with("column", column.as_str()).with("what", issue.message()),
        None => issue.message(),
    }
}

/// A value in a sentence.
fn said(value: &Value) -> Argument {
    match value {
        Value::Blank => Message::new("mapping.blank").into(),
        Value::Number(number) => (*number).into(),
        Value::Day(day) => (*day).into(),
        Value::Text(text) => text.as_str().into(),
    }
}

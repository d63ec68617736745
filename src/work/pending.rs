//! Tables that wait until somebody has said which column is which: what their columns are taken for, and what would
//! become of their rows.

use super::cell::{Cell, CellRow};
use super::sources::ListCandidate;
use crate::import::cell::Style;
use crate::import::line::{self, LineReader};
use crate::import::list;
use crate::import::mapping::{self, Mapping, samples};
use crate::model::header_shape::HeaderShape;
use crate::model::issue::Issue;
use crate::model::list::{FieldKind, List, MergeOutcome, StoredLines, Value, merge_outcomes, word};
use crate::model::message::{Argument, Message};
use crate::model::workspace::Lists;

/// The columns of [`Pending::column`] that can be changed.
pub const FIELD: usize = 2;
/// See [`FIELD`].
pub const STYLE: usize = 3;

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
}

impl Pending {
    /// A table as it is taken now, beside the lists of the workspace.
    pub fn new(listed: ListCandidate, lists: &Lists) -> Self {
        let (lines, rows, outcomes) = (Lists::default(), Vec::new(), Vec::new());
        let mut pending = Self { listed, lines, rows, outcomes, told: false, totals: 0 };
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
        if !self.listed.mapping.sure {
            self.listed.mapping = mapping::propose(&self.listed.sheet, shapes, None);
        }
    }

    /// Reads its rows as it is taken now, beside the lists of the workspace.
    pub fn read(&mut self, lists: &Lists) {
        let ListCandidate { name, sheet, mapping, .. } = &self.listed;
        let (mine, mut read) = (lists.lines(mapping.list), Lists::default());
        let lines = read.lines_mut(mapping.list);
        self.rows.clear();
        self.told = false;
        self.totals = 0;
        let reader = LineReader::new(name, sheet, &mapping.columns, lines.fields());
        for row in sheet.rows() {
            let (values, issues) = reader.read(row, lines);
            self.told |= !issues.is_empty();
            self.totals += usize::from(issues.iter().any(|issue| issue.code == line::TOTAL));
            let before = lines.count();
            // Each value was read for its field.
            let taken = values.is_some_and(|values| lines.put(None, &row.file(name), row.line(), &values).is_ok());
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

    /// Whether there is nothing to choose and nothing to look at: its header is known, no column can be read in two
    /// ways, no row is left out, and every line is new, or none is.
    pub fn is_clear(&self) -> bool {
        let all = |outcome: MergeOutcome| self.outcomes.iter().all(|one| *one == outcome);
        let new = all(MergeOutcome::Added) || all(MergeOutcome::Known);
        let Mapping { sure, .. } = self.listed.mapping;
        let left_out = self.rows.iter().filter(|row| row.is_none()).count();
        sure && !self.listed.mapping.is_ambiguous() && new && left_out == self.totals
    }

    /// What it would bring.
    pub const fn lines(&self) -> &Lists {
        &self.lines
    }

    /// What is wrong with its rows.
    pub fn issues(&self) -> Vec<Issue> {
        let ListCandidate { name, sheet, mapping, issues } = &self.listed;
        let (reader, lines) = (self.reader(), self.lines.lines(mapping.list));
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
        let same = told.sure && (told.list, &told.columns) == (mapping.list, &mapping.columns);
        if same { None } else { mapping.shape(sheet) }
    }

    /// What the page shows of it, with so many more behind it.
    pub fn view(&self, behind: usize) -> super::Mapped {
        let count = |wanted: fn(&MergeOutcome) -> bool| self.outcomes.iter().filter(|outcome| wanted(outcome)).count();
        super::Mapped {
            file: self.listed.name.clone(),
            list: self.listed.mapping.list,
            header: self.listed.sheet.header_line(),
            added: count(|outcome| *outcome == MergeOutcome::Added),
            changed: count(|outcome| matches!(outcome, MergeOutcome::Changed(_))),
            known: count(|outcome| *outcome == MergeOutcome::Known),
            left_out: self.rows.iter().filter(|row| row.is_none()).count(),
            behind,
            doubt: self.listed.mapping.doubt.as_ref().map(Issue::message),
        }
    }

    /// How many columns the table has.
    pub fn columns(&self) -> usize {
        self.listed.sheet.header().len()
    }

    /// How many rows the table has.
    pub const fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The list that it is taken for.
    pub const fn list(&self) -> List {
        self.listed.mapping.list
    }

    /// A column of the table: its header, samples, the field that it is taken for, and how it is written.
    pub fn column(&self, column: usize) -> CellRow {
        let ListCandidate { sheet, mapping, .. } = &self.listed;
        let kind = mapping.field(column).map_or(FieldKind::Text, |field| field.kind);
        let style = if Style::of(kind).is_empty() { "" } else { mapping.style(column).name() };
        let header = sheet.header().get(column).map_or("", String::as_str);
        let field = mapping.field(column).map_or("", |field| field.name);
        vec![header.into(), samples(sheet, column, kind).join(" · ").as_str().into(), field.into(), style.into()]
    }

    /// Fills cells of its columns: the row, the column, the text.
    ///
    /// # Errors
    /// The indices of those that cannot be filled so, and why; nothing has changed then.
    pub fn fill(&mut self, cells: &[(usize, usize, String)]) -> Result<(), Vec<(usize, Message)>> {
        let ListCandidate { sheet, mapping, .. } = &mut self.listed;
        let fields = mapping::fields(mapping.list);
        let names: Vec<&'static str> = fields.iter().map(|field| field.name).collect();
        let mut next = mapping.clone();
        let (mut taken, mut wrong) = (Vec::new(), Vec::new());
        let refused = |text: &str, known: &[&str]| {
            let why = Message::new("issue.cell_word_unknown").with("known", known.join(", ")).with("value", text);
            why.with("outcome", Message::new("mapping.unchanged"))
        };
        for (index, (column, _, text)) in cells.iter().enumerate().filter(|(_, cell)| cell.1 == FIELD) {
            let field = word(&names, text).and_then(|name| names.iter().position(|known| *known == name));
            if field.is_none() && !text.trim().is_empty() {
                wrong.push((index, refused(text, &names)));
            }
            taken.push((*column, field));
        }
        if !taken.is_empty() {
            next.take(sheet, &taken);
        }
        for (index, (column, _, text)) in cells.iter().enumerate().filter(|(_, cell)| cell.1 == STYLE) {
            let kind = next.field(*column).map_or(FieldKind::Text, |field| field.kind);
            let style = Style::named(kind, text);
            if style.is_none() && !text.trim().is_empty() {
                wrong.push((index, refused(text, &Style::names(kind))));
            }
            next.write(sheet, *column, style);
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        *mapping = next;
        Ok(())
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
            reasons.extend(self.reader().read(row, lines).1.iter().map(reason));
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

    fn reader(&self) -> LineReader<'_> {
        let ListCandidate { name, sheet, mapping, .. } = &self.listed;
        LineReader::new(name, sheet, &mapping.columns, mapping::fields(mapping.list))
    }
}

/// What is wrong with a cell, and with which.
fn reason(issue: &Issue) -> Message {
    let column = issue.column.clone().unwrap_or_default();
    Message::new("mapping.cell").with("column", column).with("what", issue.message())
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

//! Rows and columns of each table: of lists, and of the table that waits.

use super::{ColumnSource, Contents, column, sources};
use crate::import::cell::Style;
use crate::model::list::FieldKind;
use crate::work::pending::{self, Pending};
use crate::work::table::{ColumnView, Subject};

/// What is told of the columns of the table that waits.
const COLUMNS: [&str; 4] = ["header", "samples", "field", "style"];

/// What is told of its rows, before their values.
const PREVIEW: [&str; 3] = ["becomes", "line", "reasons"];

impl Contents<'_> {
    /// How many rows a table has.
    pub(super) fn count(&self, subject: Subject) -> usize {
        match subject {
            Subject::List(_) | Subject::Agreements { .. } | Subject::Use | Subject::BySite => {
                self.lines(subject).count()
            }
            Subject::Columns => self.pending.map_or(0, Pending::columns),
            Subject::Preview => self.pending.map_or(0, Pending::rows),
        }
    }

    /// The columns of a table.
    pub(super) fn sources(&self, subject: Subject) -> Vec<ColumnSource> {
        match (subject, self.pending) {
            (Subject::List(_) | Subject::Agreements { .. } | Subject::Use | Subject::BySite, _) => {
                sources(subject, self.lines(subject).fields())
            }
            (Subject::Columns, Some(_)) => (0..COLUMNS.len()).map(ColumnSource::Pending).collect(),
            (Subject::Preview, Some(pending)) => {
                let list = Subject::List(pending.list());
                let fields = sources(list, self.lines(list).fields()).into_iter();
                let index = |source| if let ColumnSource::Field(field) = source { Some(field) } else { None };
                let fields = fields.filter_map(index).map(|field| field.saturating_add(PREVIEW.len()));
                (0..PREVIEW.len()).chain(fields).map(ColumnSource::Pending).collect()
            }
            (Subject::Columns | Subject::Preview, None) => Vec::new(),
        }
    }

    /// What a column is called, and what it takes.
    pub(super) fn column(&self, subject: Subject, source: ColumnSource, blank: bool) -> ColumnView {
        let fields = match (subject, self.pending) {
            (Subject::List(_) | Subject::Agreements { .. } | Subject::Use | Subject::BySite, _) => {
                self.lines(subject).fields()
            }
            (Subject::Columns | Subject::Preview, pending) => {
                pending.map_or(&[][..], |one| self.lines(Subject::List(one.list())).fields())
            }
        };
        let ColumnSource::Pending(index) = source else {
            return column(source, fields, subject.list().is_some(), blank);
        };
        let titled = |name: &str, words: Vec<String>| {
            let (title, open) = (format!("column.{name}"), !words.is_empty());
            ColumnView { title, number: false, open, words, blank: false }
        };
        match (subject, PREVIEW.get(index)) {
            (Subject::Columns, _) => {
                let words = match index {
                    pending::FIELD => fields.iter().map(|field| field.name).collect(),
                    pending::STYLE => [FieldKind::Number, FieldKind::Day].into_iter().flat_map(Style::names).collect(),
                    _ => Vec::new(),
                };
                let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
                words.sort();
                words.dedup();
                titled(COLUMNS.get(index).copied().unwrap_or_default(), words)
            }
            (_, Some(name)) => titled(name, Vec::new()),
            (_, None) => {
                let field = index.saturating_sub(PREVIEW.len());
                ColumnView { open: false, blank, ..column(ColumnSource::Field(field), fields, false, blank) }
            }
        }
    }
}

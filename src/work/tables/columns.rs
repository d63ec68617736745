//! Rows and columns of each table: of lists, and of the table that waits.

use super::{ColumnSource, Contents, column, sources};
use crate::work::pending::Pending;
use crate::work::table::{ColumnView, Subject};

/// What is told of the rows of the table that waits, before their values.
const PREVIEW: [&str; 3] = ["becomes", "line", "reasons"];

impl Contents<'_> {
    /// How many rows a table has.
    pub(super) fn count(&self, subject: Subject) -> usize {
        match subject {
            Subject::List(_) | Subject::Agreements { .. } | Subject::Use | Subject::BySite => {
                self.lines(subject).count()
            }
            Subject::Preview => self.pending.map_or(0, Pending::rows),
        }
    }

    /// The columns of a table.
    pub(super) fn sources(&self, subject: Subject) -> Vec<ColumnSource> {
        match (subject, self.pending) {
            (Subject::List(_) | Subject::Agreements { .. } | Subject::Use | Subject::BySite, _) => {
                sources(subject, self.lines(subject).fields())
            }
            (Subject::Preview, Some(pending)) => {
                let list = Subject::List(pending.list());
                let fields = sources(list, self.lines(list).fields()).into_iter();
                let index = |source| if let ColumnSource::Field(field) = source { Some(field) } else { None };
                let fields = fields.filter_map(index).filter(|field| pending.has(*field));
                let fields = fields.map(|field| field.saturating_add(PREVIEW.len()));
                (0..PREVIEW.len()).chain(fields).map(ColumnSource::Pending).collect()
            }
            (Subject::Preview, None) => Vec::new(),
        }
    }

    /// What a column is called, and what it takes.
    pub(super) fn column(&self, subject: Subject, source: ColumnSource, blank: bool) -> ColumnView {
        let fields = match (subject, self.pending) {
            (Subject::List(_) | Subject::Agreements { .. } | Subject::Use | Subject::BySite, _) => {
                self.lines(subject).fields()
            }
            (Subject::Preview, pending) => {
                pending.map_or(&[][..], |one| self.lines(Subject::List(one.list())).fields())
            }
        };
        let ColumnSource::Pending(index) = source else {
            return column(source, fields, subject.list().is_some(), blank);
        };
        if let Some(name) = PREVIEW.get(index) {
            return ColumnView { title: format!("column.{name}"), ..ColumnView::default() };
        }
        let field = index.saturating_sub(PREVIEW.len());
        ColumnView { open: false, blank, ..column(ColumnSource::Field(field), fields, false, blank) }
    }
}

//! The rows that a query shows: found, ordered, and kept where they are while somebody types.

use super::criterion::Criterion;
use super::drafts::DraftId;
use super::order::{SortKey, plain};
use super::{ColumnSource, Contents};
use crate::work::cell::Cell;
use crate::work::table::{Subject, TableQuery};

/// The lines that a query shows. As long as nothing but this table changes them they keep their rows, whatever is typed
/// into the column by which they are ordered: no row may move under the hands of whoever types.
#[derive(Clone)]
pub(super) struct QueriedLines {
    pub(super) revision: u32,
    pub(super) subject: Subject,
    pub(super) sort: Option<(usize, bool)>,
    pub(super) filter: String,
    pub(super) column_filters: Vec<(usize, String)>,
    /// In the order in which they are shown.
    pub(super) rows: Vec<ShownRow>,
    /// How many of them are lines.
    pub(super) lines: usize,
    pub(super) blank: Vec<bool>,
}

/// What stands in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShownRow {
    /// The line at this index.
    Line(usize),
    /// A line that is not whole yet.
    Draft(DraftId),
}

impl QueriedLines {
    /// Finds the lines that a query shows.
    pub(super) fn find(contents: Contents<'_>, query: &TableQuery, sources: &[ColumnSource]) -> Self {
        let all = contents.count(query.subject);
        let wanted: Vec<String> = query.filter.split_whitespace().map(str::to_lowercase).collect();
        let criterion = |(column, typed): &(usize, String)| Some((*column, Criterion::parse(typed)?));
        let criteria: Vec<(usize, Criterion)> = query.column_filters.iter().filter_map(criterion).collect();
        let mut blank = vec![true; sources.len()];
        let mut keyed = Vec::with_capacity(all);
        for index in 0..all {
            let cells = contents.cells(query.subject, index, sources);
            for (blank, cell) in blank.iter_mut().zip(&cells) {
                *blank &= *cell == Cell::Text(String::new());
            }
            if !wanted.is_empty() {
                let text = cells.iter().map(plain).collect::<Vec<_>>().join("\t").to_lowercase();
                if !wanted.iter().all(|word| text.contains(word.as_str())) {
                    continue;
                }
            }
            let holds =
                |(column, criterion): &(usize, Criterion)| cells.get(*column).is_some_and(|cell| criterion.holds(cell));
            if !criteria.iter().all(holds) {
                continue;
            }
            let key =
                query.sort.and_then(|(column, _)| cells.into_iter().nth(column)).map_or(SortKey::Last, SortKey::of);
            keyed.push((key, index));
        }
        if let Some((_, turned)) = query.sort {
            // What is blank stands last either way, and equal lines keep their order.
            keyed.sort_by(|(one, _), (other, _)| match (one, other) {
                (SortKey::Last, _) | (_, SortKey::Last) => one.cmp(other),
                _ if turned => other.cmp(one),
                _ => one.cmp(other),
            });
        }
        let rows: Vec<ShownRow> = keyed.into_iter().map(|(_, index)| ShownRow::Line(index)).collect();
        let TableQuery { subject, sort, filter, column_filters, .. } = query.clone();
        Self { revision: contents.revision, subject, sort, filter, column_filters, lines: rows.len(), rows, blank }
    }
}

//! What a block of cells has in it: as a text for other programs, as it would be typed, and added up.

use rust_decimal::Decimal;

use super::fill::copied;
use super::order::{SortKey, plain};
use super::queried_lines::ShownRow;
use super::{ColumnSource, Contents, Tables};
use crate::model::list::{List, Value};
use crate::model::number;
use crate::work::cell::Cell;
use crate::work::table::{BlockSummary, CellBlock, Subject, TableQuery};

impl Tables {
    /// Cells of rows, as spreadsheets take them.
    pub(super) fn copied(
        &self,
        contents: Contents<'_>,
        subject: Subject,
        rows: &[ShownRow],
        sources: &[ColumnSource],
        columns: &[usize],
    ) -> String {
        copied(&self.texts(contents, subject, rows, sources, columns))
    }

    /// What is seen in cells of rows.
    pub(super) fn texts(
        &self,
        contents: Contents<'_>,
        subject: Subject,
        rows: &[ShownRow],
        sources: &[ColumnSource],
        columns: &[usize],
    ) -> Vec<Vec<String>> {
        let row = |row: &ShownRow| {
            let cells = self.cells(contents, subject, *row, sources);
            columns.iter().map(|column| cells.get(*column).map_or(String::new(), plain)).collect()
        };
        rows.iter().map(row).collect()
    }

    /// What stands in cells of a row, as it would be typed; blank in what is calculated.
    pub(super) fn typed_texts(
        &self,
        contents: Contents<'_>,
        list: List,
        row: usize,
        sources: &[ColumnSource],
        columns: &[usize],
    ) -> Vec<String> {
        let known = self.found.as_ref().and_then(|found| found.rows.get(row).copied());
        let values = match known {
            Some(ShownRow::Line(index)) => {
                contents.lists.lines(list).values(index).unwrap_or_default().iter().map(Value::plain).collect()
            }
            Some(ShownRow::Draft(id)) => self.drafts.texts(list, id).to_vec(),
            None => Vec::new(),
        };
        let text = |column: &usize| match sources.get(*column) {
            Some(ColumnSource::Field(field)) => values.get(*field).cloned().unwrap_or_default(),
            _ => String::new(),
        };
        columns.iter().map(text).collect()
    }

    /// What a block of cells amounts to; a query says which rows are meant.
    pub fn summary(&mut self, contents: Contents<'_>, query: &TableQuery, block: &CellBlock) -> BlockSummary {
        let sources = contents.sources(query.subject);
        let asked: Vec<ColumnSource> =
            block.columns.iter().filter_map(|column| sources.get(*column).copied()).collect();
        let (first, last) = block.rows;
        let rows: Vec<ShownRow> = self
            .find(contents, query, &sources)
            .rows
            .iter()
            .copied()
            .take(last.saturating_add(1))
            .skip(first)
            .collect();
        let mut summary = BlockSummary { sum: Some(Decimal::ZERO), ..BlockSummary::default() };
        for cell in rows.into_iter().flat_map(|row| self.cells(contents, query.subject, row, &asked)) {
            if let Cell::Number(number) | Cell::Figure(Some(number), _) | Cell::Balance(Some(number), _) = &cell {
                summary.numbers = summary.numbers.saturating_add(1);
                summary.sum = summary.sum.and_then(|sum| number::sum(sum, *number));
            }
            summary.filled = summary.filled.saturating_add(usize::from(SortKey::of(cell) != SortKey::Last));
        }
        summary
    }
}

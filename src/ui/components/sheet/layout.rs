//! How a reader wants the columns of a table: in which order, which of them, how wide. It is remembered by their titles,
//! so that it holds when an edition brings other columns.

use std::fmt::{self, Display, Formatter};

use crate::work::table::{ColumnView, TableView};

/// The first columns are shown even when they are blank, so that a list can be typed into.
const ALWAYS: usize = 8;

/// No column is narrower, in pixels, or wider.
const WIDTHS: (u32, u32) = (40, 800);

/// The columns of a table, in the order in which the reader wants them; those that it does not name come after them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ColumnLayout(Vec<ColumnChoice>);

/// What a reader has chosen for a column.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ColumnChoice {
    /// Its title.
    title: String,
    /// Whether it is to be shown; `None` before any choice.
    shown: Option<bool>,
    /// Its width in pixels; `None` is as wide as what it holds.
    width: Option<u32>,
}

impl ColumnLayout {
    /// The layout that was written like this, as far as it is one.
    pub(super) fn parse(written: &str) -> Self {
        let choice = |line: &str| {
            let mut parts = line.split(' ');
            let title = parts.next().filter(|title| !title.is_empty())?.to_owned();
            let shown = match parts.next()? {
                "shown" => Some(true),
                "hidden" => Some(false),
                _ => None,
            };
            let width = parts.next().and_then(|width| width.parse().ok()).map(bounded);
            Some(ColumnChoice { title, shown, width })
        };
        Self(written.lines().filter_map(choice).collect())
    }

    /// All columns in this order, by their indices.
    pub(super) fn arranged(&self, columns: &[ColumnView]) -> Vec<usize> {
        let named = self.0.iter().filter_map(|choice| columns.iter().position(|column| column.title == choice.title));
        let others = (0..columns.len()).filter(|index| columns.get(*index).is_some_and(|one| self.of(one).is_none()));
        named.chain(others).collect()
    }

    /// The columns that are shown, in this order, by their indices.
    pub(super) fn shown(&self, view: &TableView) -> Vec<usize> {
        let is_shown = |index: &usize| {
            let column = view.columns.get(*index);
            let chosen = column.and_then(|column| self.of(column)?.shown);
            chosen.unwrap_or_else(|| *index < ALWAYS || column.is_some_and(|column| !column.blank))
        };
        self.arranged(&view.columns).into_iter().filter(is_shown).collect()
    }

    /// The width of a column in pixels, where the reader has chosen one.
    pub(super) fn width(&self, column: &ColumnView) -> Option<u32> {
        self.of(column)?.width
    }

    /// Shows a column that is hidden, and hides one that is shown.
    pub(super) fn toggle(&mut self, view: &TableView, index: usize) {
        let shown = self.shown(view).contains(&index);
        self.change(&view.columns, index, |choice| choice.shown = Some(!shown));
    }

    /// Makes a column so wide; `None` is as wide as what it holds.
    pub(super) fn resize(&mut self, columns: &[ColumnView], index: usize, width: Option<u32>) {
        self.change(columns, index, |choice| choice.width = width.map(bounded));
    }

    /// Moves a column to the place of the one before or behind it.
    pub(super) fn shift(&mut self, columns: &[ColumnView], index: usize, back: bool) {
        let arranged = self.arranged(columns);
        let Some(place) = arranged.iter().position(|one| *one == index) else { return };
        self.name_all(columns);
        let other = if back { place.checked_sub(1) } else { place.checked_add(1) };
        if let Some(other) = other.filter(|other| *other < self.0.len()) {
            self.0.swap(place, other);
        }
    }

    fn of(&self, column: &ColumnView) -> Option<&ColumnChoice> {
        self.0.iter().find(|choice| choice.title == column.title)
    }

    fn change(&mut self, columns: &[ColumnView], index: usize, change: impl FnOnce(&mut ColumnChoice)) {
        let place = self.arranged(columns).iter().position(|one| *one == index);
        self.name_all(columns);
        if let Some(choice) = place.and_then(|place| self.0.get_mut(place)) {
            change(choice);
        }
    }

    /// Names all columns of a table, and none that it does not have.
    fn name_all(&mut self, columns: &[ColumnView]) {
        let arranged = self.arranged(columns).into_iter().filter_map(|index| columns.get(index));
        let choice = |column: &ColumnView| {
            let known = self.of(column).cloned();
            known.unwrap_or_else(|| ColumnChoice { title: column.title.clone(), shown: None, width: None })
        };
        self.0 = arranged.map(choice).collect();
    }
}

impl Display for ColumnLayout {
    /// One line for each column.
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        for ColumnChoice { title, shown, width } in &self.0 {
            let shown = shown.map_or("-", |shown| if shown { "shown" } else { "hidden" });
            let width = width.map_or_else(|| "-".to_owned(), |width| width.to_string());
            writeln!(formatter, "{title} {shown} {width}")?;
        }
        Ok(())
    }
}

fn bounded(width: u32) -> u32 {
    width.clamp(WIDTHS.0, WIDTHS.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(titles: &[&str]) -> TableView {
        let column = |title: &&str| ColumnView { title: (*title).to_owned(), blank: true, ..ColumnView::default() };
        TableView { columns: titles.iter().map(column).collect(), ..TableView::default() }
    }

    #[test]
    fn a_layout_reads_back_as_it_was_written_and_nothing_else_is_one() {
        let view = view(&["a", "b", "c"]);
        let mut layout = ColumnLayout::default();
        layout.toggle(&view, 1);
        layout.shift(&view.columns, 2, true);
        layout.resize(&view.columns, 0, Some(200));
        assert_eq!(layout.shown(&view), [0, 2]);
        assert_eq!(layout.arranged(&view.columns), [0, 2, 1]);
        assert_eq!(ColumnLayout::parse(&layout.to_string()), layout);
        assert_eq!(ColumnLayout::parse("\n \nb\n{}"), ColumnLayout::default());
    }

    #[test]
    fn columns_that_a_layout_does_not_name_come_last_and_those_that_are_gone_are_forgotten() {
        let mut layout = ColumnLayout::parse("c shown 90\ngone hidden 50\na - -\n");
        let view = view(&["a", "b", "c"]);
        assert_eq!(layout.arranged(&view.columns), [2, 0, 1]);
        layout.shift(&view.columns, 1, true);
        assert_eq!(layout.to_string(), "c shown 90\nb - -\na - -\n");
        layout.shift(&view.columns, 2, true);
        assert_eq!(layout.arranged(&view.columns), [2, 1, 0], "the first column cannot move further");
    }

    #[test]
    fn no_column_is_so_narrow_that_it_cannot_be_seen() {
        let view = view(&["a"]);
        let mut layout = ColumnLayout::default();
        layout.resize(&view.columns, 0, Some(1));
        assert_eq!(layout.width(&view.columns[0]), Some(40));
        layout.resize(&view.columns, 0, None);
        assert_eq!(layout.width(&view.columns[0]), None);
    }
}

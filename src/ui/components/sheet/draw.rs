//! A sheet as markup: its header, and the rows in sight with room for the others.

use leptos::prelude::With;

use super::keys::between;
use super::{ROW, Selection, SheetState, cell_id, editor_id, rows, shown};
use crate::model::message::{Message, Words};
use crate::ui::markup::{self, escaped, room};
use crate::ui::words::PageWords;
use crate::work::cell::Cell;
use crate::work::table::{ColumnView, Subject, TableView};

impl SheetState {
    /// The table, drawn anew whenever something in it has changed.
    pub(super) fn markup(self) -> String {
        let sort = self.query.with(|query| query.sort);
        let drawn = |view: &TableView| {
            self.selection
                .with(|selection| Drawing { subject: self.subject, view, selection, sort, words: &PageWords }.table())
        };
        self.view(drawn).unwrap_or_default()
    }
}

/// The words in the header of a column.
pub(super) fn title(column: &ColumnView, words: &dyn Words) -> String {
    words.say(&Message::keyed(column.title.clone()))
}

/// All that a sheet is drawn from.
struct Drawing<'a> {
    subject: Subject,
    view: &'a TableView,
    selection: &'a Selection,
    sort: Option<(usize, bool)>,
    words: &'a dyn Words,
}

/// A column that is shown: its index among all of them, and what it is.
type ShownColumn<'a> = (usize, &'a ColumnView);

impl Drawing<'_> {
    fn table(&self) -> String {
        let view = self.view;
        let columns: Vec<ShownColumn<'_>> = shown(view, self.selection)
            .into_iter()
            .filter_map(|index| Some((index, view.columns.get(index)?)))
            .collect();
        let head: String = columns.iter().map(|one| self.header(*one)).collect();
        let body: String = (view.first..).zip(&view.rows).map(|(row, cells)| self.line(&columns, row, cells)).collect();
        let below = rows(self.subject, view).saturating_sub(view.first).saturating_sub(view.rows.len());
        format!(
            "<thead><tr aria-rowindex=\"1\"><th scope=\"col\" class=\"corner\"><span class=\"unseen\">{}</span></th>{head}</tr></thead><tbody>{}{body}{}</tbody>",
            escaped(&self.words.say(&Message::new("page.table.row"))),
            room(view.first, ROW),
            room(below, ROW)
        )
    }

    fn header(&self, (index, column): ShownColumn<'_>) -> String {
        let order = match self.sort.filter(|(known, _)| *known == index) {
            None => "none",
            Some((_, false)) => "ascending",
            Some((_, true)) => "descending",
        };
        format!(
            "<th scope=\"col\" class=\"{}\" aria-sort=\"{order}\"><button type=\"button\" class=\"plain-button sort\" tabindex=\"-1\" data-sort=\"{index}\">{}</button></th>",
            class_of(column),
            escaped(&title(column, self.words))
        )
    }

    fn line(&self, columns: &[ShownColumn<'_>], row: usize, cells: &[Cell]) -> String {
        let number = if row == self.view.shown { "+".to_owned() } else { row.saturating_add(1).to_string() };
        let one = |(at, (index, column)): (usize, &ShownColumn<'_>)| {
            Some(self.cell((row, at), (*index, column), cells.get(*index)?))
        };
        let cells: String = columns.iter().enumerate().filter_map(one).collect();
        format!(
            "<tr aria-rowindex=\"{}\"><th scope=\"row\" class=\"corner\" data-at=\"{row},*\">{number}</th>{cells}</tr>",
            row.saturating_add(2)
        )
    }

    fn cell(&self, at: (usize, usize), (index, column): ShownColumn<'_>, content: &Cell) -> String {
        let selection = self.selection;
        let (rows, across) = (between(selection.at.0, selection.corner.0), between(selection.at.1, selection.corner.1));
        let selected = (rows.0..=rows.1).contains(&at.0) && (across.0..=across.1).contains(&at.1);
        let fault = selection.wrong.iter().find(|wrong| (wrong.row, wrong.column) == (at.0, index));
        let missing = at.0 == self.view.shown && self.view.missing.contains(&index);
        let marks = [
            class_of(column),
            if column.open { "" } else { " shut" },
            if at == selection.at { " here" } else { "" },
            if fault.is_some() || missing { " wrong" } else { "" },
        ];
        let title = fault.map_or_else(|| markup::plain(content), |fault| self.words.say(&fault.why));
        let shown = match selection.editing.as_deref().filter(|_| at == selection.at) {
            Some(begun) => self.editor(column, begun),
            None => markup::cell(content),
        };
        format!(
            "<td role=\"gridcell\" id=\"{}\" class=\"{}\" title=\"{}\" data-at=\"{},{}\" aria-selected=\"{selected}\"{}>{shown}</td>",
            cell_id(self.subject, at),
            marks.concat(),
            escaped(&title),
            at.0,
            at.1,
            if fault.is_some() { " aria-invalid=\"true\"" } else { "" }
        )
    }

    /// The field in the place of the cell in selection.
    fn editor(&self, column: &ColumnView, begun: &str) -> String {
        let id = editor_id(self.subject);
        let options: String = column.words.iter().map(|word| format!("<option value=\"{}\">", escaped(word))).collect();
        format!(
            "<input type=\"text\" class=\"editor\" id=\"{id}\" autocomplete=\"off\" maxlength=\"2000\" aria-label=\"{}\" list=\"{id}-choices\" value=\"{}\"><datalist id=\"{id}-choices\">{options}</datalist>",
            escaped(&title(column, self.words)),
            escaped(begun)
        )
    }
}

const fn class_of(column: &ColumnView) -> &'static str {
    if column.number { "n" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::list::List;

    /// Says the key.
    struct Keys;

    impl Words for Keys {
        fn say(&self, message: &Message) -> String {
            message.key.to_string()
        }
    }

    fn drawn(view: &TableView, selection: &Selection, sort: Option<(usize, bool)>) -> String {
        Drawing { subject: Subject::List(List::Orders), view, selection, sort, words: &Keys }.table()
    }

    fn column(title: &str) -> ColumnView {
        ColumnView { title: title.to_owned(), number: false, open: true, words: vec!["<b>".to_owned()], blank: false }
    }

    #[test]
    fn what_stands_in_a_list_stays_text_in_its_sheet() {
        let hostile = "<img src=x onerror=a()>\"";
        let view = TableView {
            columns: vec![column("column.site")],
            all: 1,
            shown: 1,
            first: 0,
            rows: vec![vec![Cell::Text(hostile.to_owned())], vec![Cell::Text(String::new())]],
            missing: Vec::new(),
        };
        for editing in [None, Some(hostile.to_owned())] {
            let drawn = drawn(&view, &Selection { editing, ..Selection::default() }, Some((0, true)));
            assert!(!drawn.contains("<img") && !drawn.contains("<b>"), "{drawn}");
            assert_eq!(drawn.matches("role=\"gridcell\"").count(), 2);
        }
    }

    #[test]
    fn rows_that_are_not_there_have_their_room() {
        let view = TableView {
            columns: vec![column("column.site")],
            all: 100,
            shown: 100,
            first: 40,
            rows: vec![vec![Cell::Text("x".to_owned())]; 10],
            missing: Vec::new(),
        };
        let drawn = drawn(&view, &Selection::default(), None);
        assert!(drawn.contains(&format!("height=\"{}\"", 40 * ROW)), "{drawn}");
        assert!(drawn.contains(&format!("height=\"{}\"", 51 * ROW)), "{drawn}");
    }
}

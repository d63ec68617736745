//! What was typed into the cells of a sheet and is not in what the worker sent: the cursor never waits for the worker, so
//! a cell shows what was typed until the answer is there, and what is refused stays in its cell until it is mended.

use crate::model::message::Message;

/// A text that was typed into a cell: its row, its column among all of the table, and the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TypedCell {
    number: u32,
    row: usize,
    column: usize,
    text: String,
}

/// What was typed and is not in the table yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TypedCells {
    last: u32,
    /// In the order in which the worker answers.
    sent: Vec<TypedCell>,
    /// One at most for a cell.
    refused: Vec<(TypedCell, Message)>,
}

impl TypedCells {
    /// Notes what is sent to the worker; the number of the answer.
    pub(super) fn send(&mut self, row: usize, column: usize, text: String) -> u32 {
        self.leave(row, column);
        self.last = self.last.wrapping_add(1);
        self.sent.push(TypedCell { number: self.last, row, column, text });
        self.last
    }

    /// The worker has answered: what was typed is in what it sent, or is refused for a reason.
    pub(super) fn answer(&mut self, number: u32, refused: Option<Message>) {
        let Some(index) = self.sent.iter().position(|cell| cell.number == number) else { return };
        let cell = self.sent.remove(index);
        // What was typed after it decides.
        let is_last = !self.sent.iter().any(|later| (later.row, later.column) == (cell.row, cell.column));
        if let Some(why) = refused.filter(|_| is_last) {
            self.leave(cell.row, cell.column);
            self.refused.push((cell, why));
        }
    }

    /// Forgets what was refused of a cell.
    pub(super) fn leave(&mut self, row: usize, column: usize) {
        self.refused.retain(|(cell, _)| (cell.row, cell.column) != (row, column));
    }

    /// Forgets what was refused of a block of cells, first and last row included: something else is done with them.
    pub(super) fn leave_block(&mut self, (first, last): (usize, usize), columns: &[usize]) {
        self.refused.retain(|(cell, _)| !(first..=last).contains(&cell.row) || !columns.contains(&cell.column));
    }

    /// Forgets everything that was refused.
    pub(super) fn leave_all(&mut self) {
        self.refused.clear();
    }

    /// What a cell shows instead of what the worker sent.
    pub(super) fn text(&self, row: usize, column: usize) -> Option<&str> {
        let is_it = |cell: &&TypedCell| (cell.row, cell.column) == (row, column);
        let refused = || self.refused.iter().map(|(cell, _)| cell).find(is_it);
        self.sent.iter().rev().find(is_it).or_else(refused).map(|cell| cell.text.as_str())
    }

    /// Why what was typed into a cell is refused.
    pub(super) fn fault(&self, row: usize, column: usize) -> Option<&Message> {
        self.refused.iter().find(|(cell, _)| (cell.row, cell.column) == (row, column)).map(|(_, why)| why)
    }

    /// Why what was refused last is refused.
    pub(super) fn last_fault(&self) -> Option<&Message> {
        self.refused.last().map(|(_, why)| why)
    }

    /// How many rows there are at least, the last one being the last into which anything was typed.
    pub(super) fn rows(&self) -> usize {
        let cells = self.sent.iter().chain(self.refused.iter().map(|(cell, _)| cell));
        cells.map(|cell| cell.row.saturating_add(1)).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why() -> Message {
        Message::new("why")
    }

    #[test]
    fn a_cell_shows_what_was_typed_last_until_its_answer_is_there() {
        let mut typed = TypedCells::default();
        let first = typed.send(3, 1, "a".to_owned());
        let second = typed.send(3, 1, "ab".to_owned());
        assert_eq!((typed.text(3, 1), typed.text(3, 2), typed.rows()), (Some("ab"), None, 4));
        typed.answer(first, None);
        assert_eq!(typed.text(3, 1), Some("ab"));
        typed.answer(second, None);
        assert_eq!((typed.text(3, 1), typed.rows()), (None, 0));
    }

    #[test]
    fn what_is_refused_stays_with_its_reason_until_the_cell_is_typed_into_or_left() {
        let mut typed = TypedCells::default();
        let number = typed.send(0, 0, "soon".to_owned());
        typed.answer(number, Some(why()));
        assert_eq!((typed.text(0, 0), typed.fault(0, 0)), (Some("soon"), Some(&why())));
        let number = typed.send(0, 0, "2026-01-01".to_owned());
        assert_eq!((typed.text(0, 0), typed.fault(0, 0)), (Some("2026-01-01"), None));
        typed.answer(number, None);
        assert_eq!(typed, TypedCells { last: 2, ..TypedCells::default() });
        let number = typed.send(0, 0, "later".to_owned());
        typed.answer(number, Some(why()));
        typed.leave(0, 0);
        assert_eq!((typed.text(0, 0), typed.last_fault()), (None, None));
    }

    #[test]
    fn a_block_that_is_cleared_or_filled_forgets_what_was_refused_in_it_and_nothing_else() {
        let mut typed = TypedCells::default();
        for (row, column) in [(0, 0), (1, 1), (2, 1), (1, 2)] {
            let number = typed.send(row, column, "soon".to_owned());
            typed.answer(number, Some(why()));
        }
        typed.leave_block((1, 2), &[1]);
        let left = [(0, 0), (1, 1), (2, 1), (1, 2)].map(|(row, column)| typed.text(row, column).is_some());
        assert_eq!(left, [true, false, false, true]);
    }

    #[test]
    fn a_refusal_says_nothing_about_what_was_typed_after_it() {
        let mut typed = TypedCells::default();
        let wrong = typed.send(0, 0, "soon".to_owned());
        typed.send(0, 0, "2026-01-01".to_owned());
        typed.answer(wrong, Some(why()));
        assert_eq!((typed.text(0, 0), typed.fault(0, 0)), (Some("2026-01-01"), None));
    }
}

//! What is done with cells: what is typed, pasted or removed becomes one command of the worker's each, and what cannot be
//! done so is told where it stands.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::keys::At;
use super::{EarlyInput, SheetState};
use crate::browser::page;
use crate::model::message::Message;
use crate::ui::dispatch::Acted;
use crate::work::pasted::rows_of;
use crate::work::table::{CellBlock, TableAction, WrongCell};
use crate::work::{Request, Response};

impl SheetState {
    /// Fills what is selected; what goes beyond it goes on in the columns beside it.
    pub(super) fn paste(self, text: String) {
        if self.view.with_untracked(Option::is_none) {
            return self.early.update_value(|early| early.push(EarlyInput::Pasted(text)));
        }
        let block = self.block();
        let columns = self.columns();
        let first = block.columns.first().and_then(|first| columns.iter().position(|column| column == first));
        let several = !matches!(rows_of(&text).as_slice(), [row] if row.len() == 1);
        let columns = columns.into_iter().skip(first.unwrap_or_default()).collect();
        self.act(if several { CellBlock { columns, ..block } } else { block }, TableAction::Fill(text));
    }

    /// Sends what was typed into a cell. It is shown there until the answer is, and stays with its reason when it is
    /// refused.
    pub(super) fn put(self, at: At, action: TableAction) {
        let Some(column) = self.columns().get(at.1).copied() else {
            return self.early.update_value(|early| early.push(EarlyInput::Typed(at, action)));
        };
        self.forget_refused_block();
        let mut number = 0;
        if let TableAction::Type(text) | TableAction::Append(text) = &action {
            self.typed.update(|typed| number = typed.send(at.0, column, text.clone()));
        }
        let request = self.request(CellBlock { rows: (at.0, at.0), columns: vec![column] }, action);
        spawn_local(async move {
            let refused = match self.carry_out(request).await {
                Ok(wrong) => wrong.into_iter().next().map(|cell| cell.why),
                Err(()) => Some(Message::new("page.table.not_taken")),
            };
            // The sheet may be gone by now.
            self.typed.try_update(|typed| typed.answer(number, refused));
        });
    }

    /// What was refused of a block is left behind: whoever goes on knows why.
    pub(super) fn forget_refused_block(self) {
        if self.wrong.with_untracked(|wrong| !wrong.is_empty()) {
            self.wrong.set(Vec::new());
        }
    }

    pub(super) fn act(self, block: CellBlock, action: TableAction) {
        let changes = !matches!(action, TableAction::Copy);
        let (first, last) = block.rows;
        self.typed.update(|typed| match &action {
            TableAction::Copy | TableAction::Type(_) | TableAction::Append(_) => {}
            TableAction::Clear | TableAction::FillDown => typed.leave_block(block.rows, &block.columns),
            TableAction::Fill(text) => {
                let filled = first.saturating_add(rows_of(text).len());
                typed.leave_block((first, last.max(filled.saturating_sub(1))), &block.columns);
            }
            // What stands below moves up.
            TableAction::Remove => typed.leave_all(),
        });
        let request = self.request(block, action);
        spawn_local(async move {
            if let Ok(wrong) = self.carry_out(request).await
                && changes
            {
                self.wrong.try_set(wrong);
            }
        });
    }

    /// What is to be done with cells as they stand now.
    fn request(self, block: CellBlock, action: TableAction) -> Request {
        Request::Act { query: self.query.get_untracked(), block, action }
    }

    /// Copies what is selected and makes it blank then: what the browser does not let be copied stays.
    pub(super) fn cut(self) {
        let block = self.block();
        let request = self.request(block.clone(), TableAction::Copy);
        spawn_local(async move {
            if let Some(Acted::Answered(Response::Text(text))) = self.dispatch.act(request).await
                && self.copy(&text).await
            {
                self.act(block, TableAction::Clear);
            }
        });
    }

    /// Puts text on the clipboard, and tells so. Whether the browser let it be done.
    async fn copy(self, text: &str) -> bool {
        match page::copy(text).await {
            Ok(()) => {
                self.dispatch.tell(Message::new("page.notice.copied"));
                true
            }
            Err(refusal) => {
                self.dispatch.warn(Message::new("page.notice.not_copied").with("reason", refusal.0));
                false
            }
        }
    }

    /// Asks the worker to do something with cells; those that could not be filled so.
    ///
    /// # Errors
    /// When there is no answer. The user was told why.
    async fn carry_out(self, request: Request) -> Result<Vec<WrongCell>, ()> {
        match self.dispatch.act(request).await {
            Some(Acted::Answered(Response::Wrong(cells))) => return Ok(cells),
            Some(Acted::Answered(Response::Text(text))) => {
                self.copy(&text).await;
            }
            Some(Acted::Changed(Some(view)) | Acted::Answered(Response::Table(view))) => {
                if !self.view.is_disposed() {
                    self.show(*view);
                }
            }
            Some(Acted::Changed(None) | Acted::Answered(_)) => {}
            None => return Err(()),
        }
        Ok(Vec::new())
    }
}

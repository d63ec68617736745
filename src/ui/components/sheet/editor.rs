//! The field into which a cell is typed. It lies over the table and is no part of what is drawn anew, and it has the
//! focus before the first letter arrives in it: nothing that is typed depends on how quick the worker answers.

use leptos::prelude::*;

use super::keys::{At, after, led};
use super::summary::told;
use super::{SheetState, editor_id, head_id, table_id};
use crate::browser::page;
use crate::ui::query::QueryState;
use crate::ui::reactive::{mark, part, text};
use crate::ui::words::{say, t};
use crate::work::table::{ColumnView, TableAction};

/// The cell that is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Editor {
    at: At,
    entry: Entry,
}

/// What is typed into a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    /// Something new: then arrows lead to other cells, as in a spreadsheet, and not through the text.
    New,
    /// What stands there, changed.
    Changed,
    /// What comes behind what stands there: its row is on its way.
    Behind,
}

/// The field of a sheet, and the words that its column takes.
pub(super) fn editor(sheet: &SheetState) -> impl IntoView + use<> {
    let sheet = *sheet;
    let column = move || sheet.editor.get().and_then(|editor| sheet.column(editor.at.1));
    let id = editor_id(sheet.subject);
    let choices = format!("{id}-choices");
    let label = move || column().map(|column| super::grid::title(&column)).unwrap_or_default();
    let options = move || {
        let words = column().map(|column| column.words).unwrap_or_default();
        words.into_iter().map(|word| view! { <option value=word></option> }.into_any()).collect::<Vec<_>>()
    };
    view! {
        <input
            type="text"
            class="editor"
            id=id
            node_ref=sheet.field
            autocomplete="off"
            tabindex="-1"
            list=choices.clone()
            data-open=mark("", move || sheet.editor.with(Option::is_some))
            aria-hidden=mark("true", move || sheet.editor.with(Option::is_none))
            aria-label=text(label)
            on:keydown=move |event| {
                if !event.is_composing() && sheet.key_in_field(&event.key(), event.shift_key()) {
                    event.prevent_default();
                }
            }
            on:input:target=move |event| sheet.text.set_value(event.target().value())
            on:focusin=move |_| sheet.take_up()
            on:focusout=move |_| sheet.commit(None)
        />
        <datalist id=choices>{part(options)}</datalist>
    }
}

impl SheetState {
    /// Begins to type over the cell of the selection: the letter that is pressed arrives in the field. Whether the cell
    /// takes anything.
    pub(super) fn begin_typing(self) -> bool {
        self.open(String::new(), Entry::New)
    }

    /// Begins to edit what stands in the cell of the selection.
    pub(super) fn begin(self) {
        let at = self.selection.with_untracked(|selection| selection.at);
        match self.standing(at) {
            Some(text) => self.open(text, Entry::Changed),
            None => self.open(String::new(), Entry::Behind),
        };
    }

    /// The focus has come back to the field, as after another window or a dialog: its cell is edited on, so that nothing is
    /// typed that nobody sees.
    fn take_up(self) {
        if self.editor.with_untracked(Option::is_none) {
            self.begin();
            if self.editor.with_untracked(Option::is_none) {
                page::focus(&table_id(self.subject));
            }
        }
    }

    /// Rows have come: the field begins with what stands in its cell, if that was still awaited.
    pub(super) fn catch_up(self) {
        // What was awaited may come after the sheet has gone.
        let Some(Some(editor @ Editor { at, entry: Entry::Behind })) = self.editor.try_get_untracked() else { return };
        let (Some(stood), Some(field)) = (self.standing(at), self.field.get_untracked()) else { return };
        let text = stood + &self.text.get_value();
        field.set_value(&text);
        self.text.set_value(text);
        self.editor.set(Some(Editor { entry: Entry::Changed, ..editor }));
    }

    fn open(self, text: String, entry: Entry) -> bool {
        let at = self.selection.with_untracked(|selection| selection.at);
        let Some(field) = self.field.get_untracked() else { return false };
        if self.view.with_untracked(Option::is_some) && !self.column(at.1).is_some_and(|column| column.open) {
            return false;
        }
        self.editor.set(Some(Editor { at, entry }));
        field.set_value(&text);
        self.text.set_value(text);
        self.place();
        page::focus_at_end(&editor_id(self.subject));
        true
    }

    /// Lays the field over its cell.
    pub(super) fn place(self) {
        // The frame for which this waited may come after the sheet has gone.
        let Some(Some(Editor { at, .. })) = self.editor.try_get_untracked() else { return };
        let Some(column) = self.columns().get(at.1).copied() else { return };
        page::lay_over(&editor_id(self.subject), &head_id(self.subject, column), at.0, super::ROW);
    }

    /// Does what a key means in the field; whether it means anything but a letter.
    fn key_in_field(self, key: &str, shift: bool) -> bool {
        let Some(Editor { at, entry }) = self.editor.get_untracked() else { return false };
        let size = (self.rows(), self.columns().len());
        match key {
            "Enter" | "Tab" => self.commit(Some(self.led_on(key, shift, at))),
            "Escape" => self.leave(),
            "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight" if entry == Entry::New => {
                // Where words can be chosen, up and down lead through them.
                if matches!(key, "ArrowUp" | "ArrowDown") && self.column(at.1).is_some_and(|one| !one.words.is_empty())
                {
                    return false;
                }
                self.selection.update(|selection| selection.tabbed_from = None);
                self.commit(Some(led(key, false, page::is_mirrored(), at, size).unwrap_or(at)));
            }
            _ => return false,
        }
        true
    }

    /// The cell to which Enter or Tab leads on. After a run of tabs Enter leads below its first cell.
    fn led_on(self, key: &str, back: bool, at: At) -> At {
        let from = self.selection.with_untracked(|selection| selection.tabbed_from);
        // What is typed now is one row more.
        let rows = self.rows().max(at.0.saturating_add(2));
        let (to, from) = after(key, back, at, from, (rows, self.columns().len()));
        self.selection.update(|selection| selection.tabbed_from = from);
        to
    }

    /// Puts what was typed into its cell and goes on to another one; to none when the focus has gone elsewhere.
    pub(super) fn commit(self, next: Option<At>) {
        let Some(Some(Editor { at, entry })) = self.editor.try_get_untracked() else { return };
        let text = self.text.get_value();
        // It is committed once, whatever else happens to the field.
        self.editor.set(None);
        // What was edited and not changed stays as it is: a product that follows its part goes on doing so. What was typed
        // anew counts always: what is shown may be about to go, as after an undo that is not answered yet.
        match entry {
            Entry::Behind if text.is_empty() => {}
            Entry::Behind => self.put(at, TableAction::Append(text)),
            Entry::Changed if self.standing(at).is_some_and(|stood| text == stood) => {}
            Entry::New | Entry::Changed => self.put(at, TableAction::Type(text)),
        }
        if let Some(next) = next {
            page::focus(&table_id(self.subject));
            self.go(next, false);
        }
    }

    /// Ends editing without a change; what was refused of the cell is forgotten.
    fn leave(self) {
        let at = self.selection.with_untracked(|selection| selection.at);
        self.editor.set(None);
        self.forget(at);
        page::focus(&table_id(self.subject));
    }

    /// The column at this index among those that are shown.
    pub(super) fn column(self, shown: usize) -> Option<ColumnView> {
        let index = self.columns().get(shown).copied()?;
        self.view.with_untracked(|view| view.as_ref()?.columns.get(index).cloned())
    }
}

/// What there is to say about the cell of the selection, or about the table.
pub(super) fn status(sheet: &SheetState, summary: Signal<QueryState>) -> String {
    let (row, column) = sheet.selection.with(|selection| selection.at);
    let of_cell = sheet.read(|view| {
        let column = sheet.shown(view).get(column).copied()?;
        sheet.fault(view, row, column)
    });
    let last = || sheet.typed.with(|typed| typed.last_fault().cloned());
    let first = || sheet.wrong.with(|wrong| wrong.first().map(|cell| cell.why.clone()));
    if let Some(fault) = of_cell.flatten().or_else(last).or_else(first) {
        return say(&fault);
    }
    if let Some(summary) = summary.with(told) {
        return summary;
    }
    if sheet.subject.list().is_none() {
        return String::new();
    }
    let unfinished = sheet.read(|view| !view.unfinished.is_empty()).unwrap_or_default();
    t(if unfinished { "page.table.unfinished" } else { "page.table.help" })
}

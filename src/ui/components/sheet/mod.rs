//! A list as a spreadsheet: only the rows in sight are in the document, and the worker sends them.
//!
//! It follows the ARIA grid pattern with a single tab stop: the focus stays with the table, `aria-activedescendant`
//! names the cell. What is typed, pasted or removed becomes one command of the worker's each, so that one step of undo
//! takes it back.

mod draw;
mod keys;
mod tools;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::keys::{At, beside, between, led};
use self::tools::tools;
use crate::browser::{files, page};
use crate::model::message::Message;
use crate::ui::dispatch::{Acted, Dispatch};
use crate::ui::query::{QueryState, workspace_query};
use crate::ui::reactive::text;
use crate::ui::words::{say, t};
use crate::work::cell::Cell;
use crate::work::table::{CellBlock, Subject, TableAction, TableQuery, TableView, WrongCell};
use crate::work::{Request, Response};

/// Height of a row in pixels; the style sheet has the same.
const ROW: usize = 36;
/// Rows that are asked for beyond the edges, so that scrolling shows no gaps.
const BEYOND: usize = 20;
/// Rows that are asked for before anything was measured.
const FIRST_GUESS: usize = 40;
/// The first columns are shown even when they are blank, so that a list can be typed into.
const ALWAYS: usize = 8;

/// A sheet: few signals of few types, as each type costs the page a kilobyte.
#[derive(Clone, Copy)]
struct SheetState {
    subject: Subject,
    dispatch: Dispatch,
    /// What the worker was asked, and what it sent.
    query: RwSignal<TableQuery>,
    found: Signal<QueryState>,
    selection: RwSignal<Selection>,
    scroller: NodeRef<html::Div>,
}

/// What somebody is doing in a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
struct Selection {
    /// The cell in selection, and the opposite corner of what is selected.
    at: At,
    corner: At,
    /// The text with which the cell in selection began to be edited.
    editing: Option<String>,
    /// What could not be filled as asked.
    wrong: Vec<WrongCell>,
    /// The columns that the reader has chosen; `None` before any choice.
    chosen: Option<Vec<usize>>,
}

/// A list that can be read, sorted, filtered and changed.
#[component]
pub fn Sheet(
    /// Which one.
    subject: Subject,
    /// What it is called.
    label: String,
) -> impl IntoView {
    let query = RwSignal::new(TableQuery { subject, sort: None, filter: String::new(), first: 0, count: FIRST_GUESS });
    let found = workspace_query(move || Request::Table(query.get()));
    let selection = RwSignal::new(Selection::default());
    let sheet = SheetState { subject, dispatch: Dispatch::here(), query, found, selection, scroller: NodeRef::new() };
    let count = move || sheet.view(|view| rows(subject, view)).unwrap_or_default().saturating_add(1);
    view! {
        <section class="card" aria-labelledby=subject.name()>
            {tools(&sheet, label.clone())}
            <div class="window sheet" node_ref=sheet.scroller on:scroll=move |_| sheet.measure()>
                <table
                    class="table"
                    id=table_id(subject)
                    role="grid"
                    tabindex="0"
                    aria-label=label
                    aria-multiselectable="true"
                    aria-rowcount=text(move || count().to_string())
                    aria-activedescendant=Signal::derive(move || sheet.current_cell())
                    inner_html=text(move || sheet.markup())
                    on:keydown=move |event| {
                        let far = event.ctrl_key() || event.meta_key();
                        let plain = !far && !event.alt_key();
                        if plain && !page::is_field(&event) && sheet.type_on(&event.key())
                            || sheet.key(&event.key(), far, event.shift_key(), event.alt_key())
                        {
                            event.prevent_default();
                        }
                    }
                    on:mousedown=move |event| {
                        if let Some(at) = page::marked_cell(&event) {
                            sheet.press(at, event.shift_key());
                            event.prevent_default();
                        }
                    }
                    on:click=move |event| sheet.sort_by(page::marked_number(&event, "data-sort"))
                    on:dblclick=move |_| sheet.begin(None)
                    on:focusout=move |event| if page::is_field(&event) { sheet.commit((0, 0), false) }
                    on:paste=move |event| {
                        if let Some(text) = files::pasted_text(&event).filter(|_| !page::is_field(&event)) {
                            event.prevent_default();
                            event.stop_propagation();
                            sheet.paste(text);
                        }
                    }
                ></table>
            </div>
            <p class="note" role="status">{text(move || sheet.status())}</p>
        </section>
    }
}

fn table_id(subject: Subject) -> String {
    format!("sheet-{}", subject.name())
}

fn cell_id(subject: Subject, (row, column): At) -> String {
    format!("{}-{row}-{column}", subject.name())
}

fn editor_id(subject: Subject) -> String {
    format!("{}-editor", subject.name())
}

impl SheetState {
    /// The identifier of the cell that the keys act on; `None` before there are any.
    fn current_cell(self) -> Option<String> {
        let at = self.selection.with(|selection| selection.at);
        self.view(|_| cell_id(self.subject, at))
    }

    /// Reads what the worker sent last, and follows it.
    fn view<T>(self, read: impl FnOnce(&TableView) -> T) -> Option<T> {
        self.found.with(|found| match found.response() {
            Some(Response::Table(view)) => Some(read(view)),
            _ => None,
        })
    }

    fn view_untracked<T>(self, read: impl FnOnce(&TableView) -> T) -> Option<T> {
        untrack(|| self.view(read))
    }

    /// How many rows there are, the one for a new line included.
    fn rows(self) -> usize {
        self.view_untracked(|view| rows(self.subject, view)).unwrap_or_default()
    }

    /// The columns that are shown now.
    fn columns(self) -> Vec<usize> {
        self.view_untracked(|view| self.selection.with_untracked(|selection| shown(view, selection)))
            .unwrap_or_default()
    }

    /// What is selected.
    fn block(self) -> CellBlock {
        let (at, corner) = self.selection.with_untracked(|selection| (selection.at, selection.corner));
        let (first, last) = between(at.1, corner.1);
        let columns = self.columns().get(first..=last).map(<[usize]>::to_vec).unwrap_or_default();
        CellBlock { rows: between(at.0, corner.0), columns }
    }

    /// What there is to say about the table now.
    fn status(self) -> String {
        if let Some(fault) = self.selection.with(|selection| selection.wrong.first().cloned()) {
            return say(&fault.why);
        }
        if self.subject.list().is_none() {
            return String::new();
        }
        let needs = self.view(|view| !view.missing.is_empty()).unwrap_or_default();
        t(if needs { "page.table.unfinished" } else { "page.table.help" })
    }

    fn measure(self) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let at = |pixels: i32| usize::try_from(pixels).unwrap_or_default() / ROW;
        let (top, height) = (at(scroller.scroll_top()), at(scroller.client_height()));
        let (known, count) = self.query.with_untracked(|query| (query.first, query.count));
        // Only a window that no longer holds what is in sight is asked for anew.
        let holds = known == 0 || known <= top.saturating_sub(4);
        if !holds || top.saturating_add(height) > known.saturating_add(count).saturating_sub(4) {
            self.query.update(|query| {
                query.first = top.saturating_sub(BEYOND);
                query.count = height.saturating_add(BEYOND.saturating_mul(2));
            });
        }
    }

    /// Orders the rows by a column: upwards, then downwards, then as they stand in the document.
    fn sort_by(self, column: Option<usize>) {
        let Some(column) = column else { return };
        self.query.update(|query| {
            query.sort = match query.sort {
                Some((known, false)) if known == column => Some((column, true)),
                Some((known, true)) if known == column => None,
                _ => Some((column, false)),
            };
        });
    }

    /// Takes the focus to a cell; with `reach` what lies between is selected.
    fn go(self, to: At, reach: bool) {
        self.selection.update(|selection| {
            selection.at = to;
            selection.corner = if reach { selection.corner } else { to };
        });
        if let Some(scroller) = self.scroller.get_untracked() {
            let pixels = |rows: usize| i32::try_from(rows.saturating_mul(ROW)).unwrap_or(i32::MAX);
            let (top, bottom) = (pixels(to.0), pixels(to.0.saturating_add(2)));
            let (seen, height) = (scroller.scroll_top(), scroller.client_height());
            if top < seen {
                scroller.set_scroll_top(top);
            } else if bottom > seen.saturating_add(height) {
                scroller.set_scroll_top(bottom.saturating_sub(height));
            }
        }
        let id = cell_id(self.subject, to);
        request_animation_frame(move || page::bring_near(&id));
    }

    fn focus(self) {
        page::focus(&table_id(self.subject));
    }

    /// Takes a letter that is typed before the field has the focus; whether it was one.
    fn type_on(self, key: &str) -> bool {
        let editing = self.selection.with_untracked(|selection| selection.editing.is_some());
        if !editing || key.chars().count() != 1 {
            return false;
        }
        self.selection.update(|selection| {
            if let Some(text) = &mut selection.editing {
                text.push_str(key);
            }
        });
        true
    }

    /// Does what a key means here; whether it means anything.
    fn key(self, key: &str, far: bool, shift: bool, alt: bool) -> bool {
        let columns = self.columns().len();
        let (at, editing) = self.selection.with_untracked(|selection| (selection.at, selection.editing.is_some()));
        if editing {
            match key {
                "Enter" => self.commit((1, 0), true),
                "Tab" => self.commit((0, if shift { -1 } else { 1 }), true),
                "Escape" => self.leave(),
                _ => return false,
            }
            return true;
        }
        if let Some(to) = led(key, far, page::is_mirrored(), at, (self.rows(), columns)) {
            self.go(to, shift);
            return true;
        }
        match (key, far) {
            ("Tab", false) => match beside(at, shift, columns) {
                Some(to) => self.go(to, false),
                None => return false,
            },
            ("Enter" | "F2", false) => self.begin(None),
            ("Delete" | "Backspace", false) => self.act(self.block(), TableAction::Clear),
            ("Escape", false) => self.selection.update(|selection| {
                selection.wrong.clear();
                selection.corner = selection.at;
            }),
            ("a", true) => self.selection.update(|selection| {
                selection.corner = (0, 0);
                selection.at = (self.rows().saturating_sub(2), columns.saturating_sub(1));
            }),
            ("c", true) => self.act(self.block(), TableAction::Copy),
            ("x", true) => {
                self.act(self.block(), TableAction::Copy);
                self.act(self.block(), TableAction::Clear);
            }
            (one, false) if one.chars().count() == 1 && !alt => self.begin(Some(one.to_owned())),
            _ => return false,
        }
        true
    }

    /// A press on a cell, or on the number of a row, which selects the row.
    fn press(self, (row, column): (usize, Option<usize>), reach: bool) {
        let to = (row, column.unwrap_or(0));
        let (at, editing) = self.selection.with_untracked(|selection| (selection.at, selection.editing.is_some()));
        if editing && to == at {
            return;
        }
        self.commit((0, 0), false);
        self.go(to, reach);
        if column.is_none() {
            let last = self.columns().len().saturating_sub(1);
            self.selection.update(|selection| selection.corner.1 = last);
        }
        self.focus();
    }

    /// Fills what is selected; what goes beyond it goes on in the columns beside it.
    fn paste(self, text: String) {
        let block = self.block();
        let columns = self.columns();
        let first = block.columns.first().and_then(|first| columns.iter().position(|column| column == first));
        let several = text.trim_end().contains(['\t', '\n']);
        let columns = columns.into_iter().skip(first.unwrap_or_default()).collect();
        self.act(if several { CellBlock { columns, ..block } } else { block }, TableAction::Fill(text));
    }

    /// Begins to edit the cell in selection, with what stands in it or with the first letter of something new.
    fn begin(self, with: Option<String>) {
        if let Some(text) = self.standing(self.selection.with_untracked(|selection| selection.at)) {
            self.edit(with.unwrap_or(text));
        }
    }

    /// What stands in a cell, as it is typed; `None` where nothing can be typed.
    fn standing(self, (row, column): At) -> Option<String> {
        let index = self.columns().get(column).copied()?;
        let cell = self.view_untracked(|view| {
            let open = view.columns.get(index)?.open;
            let cell = view.rows.get(row.checked_sub(view.first)?)?.get(index)?;
            open.then(|| raw(cell))
        });
        cell.flatten()
    }

    /// Shows the field in the place of the cell in selection.
    fn edit(self, text: String) {
        self.selection.update(|selection| {
            selection.corner = selection.at;
            selection.editing = Some(text);
        });
        let id = editor_id(self.subject);
        request_animation_frame(move || page::focus_at_end(&id));
    }

    /// Ends editing without a change.
    fn leave(self) {
        self.selection.update(|selection| {
            selection.editing = None;
            selection.wrong.clear();
        });
        self.focus();
    }

    /// Puts what was typed into the cell, then goes on by so many rows and columns.
    fn commit(self, (down, on): (usize, i8), refocus: bool) {
        let (at, begun) = self.selection.with_untracked(|selection| (selection.at, selection.editing.clone()));
        let Some(begun) = begun else { return };
        let typed = page::field_value(&editor_id(self.subject)).unwrap_or(begun);
        // It is committed once, whatever else happens to the field.
        self.selection.update(|selection| selection.editing = None);
        if refocus {
            self.focus();
        }
        let columns = self.columns();
        let next = match on {
            0 => (at.0.saturating_add(down).min(self.rows().saturating_sub(1)), at.1),
            on => beside(at, on < 0, columns.len()).unwrap_or(at),
        };
        let block = CellBlock { rows: (at.0, at.0), columns: columns.get(at.1).copied().into_iter().collect() };
        // What was not changed stays as it is: a product that follows its part goes on doing so.
        let changed = self.standing(at).is_none_or(|stood| typed != stood);
        spawn_local(async move {
            if changed && !self.carry_out(block, TableAction::Fill(typed.clone())).await {
                // What was typed is not lost: it stays in the field until it is right or left.
                self.go(at, false);
                self.edit(typed);
            } else if refocus && self.selection.with_untracked(|selection| selection.at) == at {
                self.go(next, false);
            }
        });
    }

    fn act(self, block: CellBlock, action: TableAction) {
        spawn_local(async move {
            self.carry_out(block, action).await;
        });
    }

    /// Asks the worker to do something with cells; whether it could.
    async fn carry_out(self, block: CellBlock, action: TableAction) -> bool {
        let request = Request::Act { query: self.query.get_untracked(), block, action };
        let wrong = match self.dispatch.act(request).await {
            Some(Acted::Answered(Response::Wrong(cells))) => cells,
            Some(Acted::Answered(Response::Text(text))) => {
                match page::copy(&text).await {
                    Ok(()) => self.dispatch.tell(Message::new("page.notice.copied")),
                    Err(refusal) => {
                        self.dispatch.warn(Message::new("page.notice.not_copied").with("reason", refusal.0));
                    }
                }
                Vec::new()
            }
            Some(Acted::Answered(_)) => {
                // A line that is not whole yet is no change of the workspace.
                self.query.update(|_| ());
                Vec::new()
            }
            Some(Acted::Changed) => Vec::new(),
            None => return false,
        };
        let done = wrong.is_empty();
        self.selection.update(|selection| selection.wrong = wrong);
        done
    }
}

/// How many rows there are, with the one that takes a new line where the table does.
fn rows(subject: Subject, view: &TableView) -> usize {
    view.shown.saturating_add(subject.list().map_or(0, |_| 1))
}

/// The columns that are shown.
fn shown(view: &TableView, selection: &Selection) -> Vec<usize> {
    let columns = view.columns.iter().enumerate();
    let shown = columns.filter(|(index, column)| match &selection.chosen {
        Some(chosen) => chosen.contains(index),
        None => *index < ALWAYS || !column.blank,
    });
    shown.map(|(index, _)| index).collect()
}

/// A cell as it is typed.
fn raw(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) | Cell::Figure(Some(number), _) => number.normalize().to_string(),
        Cell::Day(Some(day)) => day.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Unknown | Cell::Word(_) | Cell::Day(None) | Cell::Status(_) | Cell::Said(_) | Cell::Figure(None, _) => {
            String::new()
        }
    }
}

//! A list as a spreadsheet: only the rows in sight are in the document, and the worker sends them.
//!
//! It follows the ARIA grid pattern with a single tab stop: the focus stays with the table, `aria-activedescendant`
//! names the cell. What is typed, pasted or removed becomes one command of the worker's each, so that one step of undo
//! takes it back. Commands are sent as they are made and carried out in their order; the cursor waits for none of them
//! (docs/decisions/0048-typing-never-waits.md).

mod columns;
mod commands;
mod editor;
mod filters;
mod grid;
mod keys;
mod layout;
mod summary;
mod tools;
mod typed;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use self::columns::DraggedEdge;
use self::editor::{Editor, editor, status};
use self::keys::{At, after, between, led};
use self::layout::ColumnLayout;
use self::summary::summary;
use self::tools::tools;
use self::typed::TypedCells;
use crate::browser::{files, page};
use crate::model::message::Message;
use crate::ui::dispatch::Dispatch;
use crate::ui::query::workspace_query;
use crate::ui::reactive::text;
use crate::ui::words::say;
use crate::work::cell::Cell;
use crate::work::table::{CellBlock, Subject, TableAction, TableQuery, TableView, WrongCell};
use crate::work::{Request, Response};

/// Height of a row in pixels; the style sheet has the same.
const ROW: usize = 36;
/// Rows that are asked for beyond the edges, so that scrolling shows no gaps.
const BEYOND: usize = 20;
/// Rows that are asked for before anything was measured.
const FIRST_GUESS: usize = 40;

/// A sheet.
#[derive(Clone, Copy)]
struct SheetState {
    subject: Subject,
    dispatch: Dispatch,
    /// What the worker was asked.
    query: RwSignal<TableQuery>,
    /// What it sent last; `None` before it has sent anything.
    view: RwSignal<Option<Arc<TableView>>>,
    /// Whether the rows were asked for anew, and are not there yet.
    is_outdated: StoredValue<bool>,
    selection: RwSignal<Selection>,
    /// How the reader wants the columns.
    layout: RwSignal<ColumnLayout>,
    /// Whether the filters of single columns are shown.
    filtering: RwSignal<bool>,
    /// The edge of a column that is dragged now.
    dragged: StoredValue<Option<DraggedEdge>>,
    /// The cell that is edited, if any.
    editor: RwSignal<Option<Editor>>,
    /// What stands in its field.
    text: StoredValue<String>,
    /// What was typed and is not in the view yet.
    typed: RwSignal<TypedCells>,
    /// What could not be filled as asked by the last paste.
    wrong: RwSignal<Vec<WrongCell>>,
    /// What was typed or pasted before the first view was there.
    early: StoredValue<Vec<EarlyInput>>,
    scroller: NodeRef<html::Div>,
    field: NodeRef<html::Input>,
}

/// Where somebody is in a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
struct Selection {
    /// The cell in selection, and the opposite corner of what is selected.
    at: At,
    corner: At,
    /// The column in which a run of tabs began.
    tabbed_from: Option<usize>,
}

/// What came before anybody knew the columns.
#[derive(Clone, Debug)]
enum EarlyInput {
    Typed(At, TableAction),
    Pasted(String),
}

/// A list that can be read, sorted, filtered and changed.
#[component]
pub fn Sheet(
    /// Which one.
    subject: Subject,
    /// What it is called.
    label: String,
    /// What must stand in the first column of the rows that are shown; empty for all rows.
    #[prop(optional, into)]
    only: Signal<String>,
    /// The line that the selection goes to, by its index; `None` leaves it where it is.
    #[prop(optional, into)]
    line: Signal<Option<usize>>,
) -> impl IntoView {
    let query = RwSignal::new(TableQuery { count: FIRST_GUESS, ..TableQuery::of(subject) });
    let sheet = SheetState {
        subject,
        dispatch: Dispatch::here(),
        query,
        view: RwSignal::new(None),
        is_outdated: StoredValue::new(false),
        selection: RwSignal::default(),
        layout: RwSignal::new(columns::kept(subject)),
        filtering: RwSignal::new(false),
        dragged: StoredValue::new(None),
        editor: RwSignal::new(None),
        text: StoredValue::default(),
        typed: RwSignal::default(),
        wrong: RwSignal::default(),
        early: StoredValue::default(),
        scroller: NodeRef::new(),
        field: NodeRef::new(),
    };
    let found = workspace_query(move || {
        sheet.is_outdated.set_value(true);
        Some(Request::Table(query.get()))
    })
    .state;
    Effect::new(move |_| {
        found.with(|found| {
            if let Some(Response::Table(view)) = found.response() {
                sheet.is_outdated.set_value(false);
                sheet.show((**view).clone());
            }
        });
    });
    Effect::new(move |_| {
        let only = only.get();
        let typed = if only.is_empty() { only } else { format!("={only}") };
        sheet.filter_column(0, typed);
    });
    go_to_line(&sheet, line);
    Effect::new(move |_| {
        if !sheet.dispatch.is_changing() {
            sheet.catch_up();
        }
    });
    // Columns may be as wide as what was just drawn.
    Effect::new(move |_| {
        sheet.view.track();
        sheet.layout.track();
        sheet.filtering.track();
        request_animation_frame(move || sheet.place());
    });
    on_cleanup(move || sheet.commit(None));
    let summary = summary(&sheet);
    let count = move || sheet.row_count().saturating_add(1);
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
                    on:keydown=move |event| {
                        let far = event.ctrl_key() || event.meta_key();
                        if sheet.key(&event.key(), far, event.shift_key(), event.alt_key()) {
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
                    on:dblclick=move |_| sheet.begin()
                    on:paste=move |event| {
                        if let Some(text) = files::pasted_text(&event) {
                            event.prevent_default();
                            event.stop_propagation();
                            sheet.paste(text);
                        }
                    }
                >
                    {grid::head(&sheet)}
                    {grid::body(&sheet)}
                </table>
                {editor(&sheet)}
            </div>
            <p class="note" role="status">{text(move || status(&sheet, summary))}</p>
            <p class="print-only note">{text(move || on_paper(&sheet))}</p>
        </section>
    }
}

/// Takes the selection to the line that somebody looks for, once it is there.
fn go_to_line(sheet: &SheetState, line: Signal<Option<usize>>) {
    let sheet = *sheet;
    let is_there = Memo::new(move |_| sheet.view.with(Option::is_some));
    Effect::new(move |_| {
        if let Some(line) = line.get().filter(|_| is_there.get()) {
            request_animation_frame(move || {
                page::focus(&table_id(sheet.subject));
                sheet.go((line, 0), false);
            });
        }
    });
}

/// Which rows are on paper, where these are not all: only those in sight are in the document.
fn on_paper(sheet: &SheetState) -> String {
    let message = sheet.read(|view| {
        let last = view.first.saturating_add(view.rows.len());
        let rows = Message::new("page.table.on_paper").with("first", view.first.saturating_add(1)).with("last", last);
        (view.first > 0 || last < view.listed).then(|| rows.with("count", view.listed))
    });
    message.flatten().as_ref().map(say).unwrap_or_default()
}

fn table_id(subject: Subject) -> String {
    format!("sheet-{}", subject.name())
}

fn head_id(subject: Subject, column: usize) -> String {
    format!("{}-head-{column}", subject.name())
}

fn corner_id(subject: Subject) -> String {
    format!("{}-corner", subject.name())
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
        self.read(|_| cell_id(self.subject, at))
    }

    /// Reads what the worker sent last, and follows it.
    fn read<T>(self, read: impl FnOnce(&TableView) -> T) -> Option<T> {
        self.view.with(|view| view.as_deref().map(read))
    }

    fn read_untracked<T>(self, read: impl FnOnce(&TableView) -> T) -> Option<T> {
        self.view.with_untracked(|view| view.as_deref().map(read))
    }

    /// Shows what the worker has sent, and hands it what came before the first of it.
    fn show(self, view: TableView) {
        self.view.set(Some(Arc::new(view)));
        for input in self.early.try_update_value(std::mem::take).unwrap_or_default() {
            match input {
                EarlyInput::Typed(at, action) => self.put(at, action),
                EarlyInput::Pasted(text) => self.paste(text),
            }
        }
        self.catch_up();
    }

    /// How many rows there are, with those into which something was typed just now, and the one for a new line.
    fn row_count(self) -> usize {
        let listed = self.read(|view| view.listed).unwrap_or_default();
        match self.subject.list() {
            Some(_) => self.typed.with(TypedCells::rows).max(listed).saturating_add(1),
            None => listed,
        }
    }

    fn rows(self) -> usize {
        untrack(|| self.row_count())
    }

    /// The columns that are shown now.
    fn columns(self) -> Vec<usize> {
        self.read_untracked(|view| self.layout.with_untracked(|layout| layout.shown(view))).unwrap_or_default()
    }

    /// What is selected.
    fn block(self) -> CellBlock {
        let (at, corner) = self.selection.with_untracked(|selection| (selection.at, selection.corner));
        let (first, last) = between(at.1, corner.1);
        let columns = self.columns().get(first..=last).map(<[usize]>::to_vec).unwrap_or_default();
        CellBlock { rows: between(at.0, corner.0), columns }
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
        self.begin_anew();
        self.query.update(|query| {
            query.sort = match query.sort {
                Some((known, false)) if known == column => Some((column, true)),
                Some((known, true)) if known == column => None,
                _ => Some((column, false)),
            };
        });
    }

    /// Takes the selection to a cell; with `reach` what lies between is selected.
    fn go(self, to: At, reach: bool) {
        self.selection.update(|selection| {
            selection.at = to;
            selection.corner = if reach { selection.corner } else { to };
        });
        if let Some(scroller) = self.scroller.get_untracked() {
            let pixels = |rows: usize| i32::try_from(rows.saturating_mul(ROW)).unwrap_or(i32::MAX);
            let header = page::height_of(&corner_id(self.subject));
            let (top, bottom) = (pixels(to.0), pixels(to.0.saturating_add(1)).saturating_add(header));
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

    /// Does what a key means here; whether it means anything but a letter for the field.
    fn key(self, key: &str, far: bool, shift: bool, alt: bool) -> bool {
        let (at, tabbed_from) = self.selection.with_untracked(|selection| (selection.at, selection.tabbed_from));
        let size = (self.rows(), self.columns().len());
        if alt && key == "ArrowDown" {
            self.go_to_filter();
            return true;
        }
        if alt && key == "ArrowUp" {
            self.sort_by(self.columns().get(at.1).copied());
            return true;
        }
        if let Some(to) = led(key, far, page::is_mirrored(), at, size) {
            self.selection.update(|selection| selection.tabbed_from = None);
            self.go(to, shift);
            return true;
        }
        match (key, far) {
            ("Tab", false) => {
                let (to, from) = after(key, shift, at, tabbed_from, size);
                if to == at {
                    return false;
                }
                self.selection.update(|selection| selection.tabbed_from = from);
                self.go(to, false);
            }
            ("Enter" | "F2", false) => self.begin(),
            ("Delete" | "Backspace", false) => self.act(self.block(), TableAction::Clear),
            ("Escape", false) => {
                self.forget(at);
                self.forget_refused_block();
                self.selection.update(|selection| selection.corner = selection.at);
            }
            ("a", true) => self.selection.update(|selection| {
                selection.corner = (0, 0);
                selection.at = (size.0.saturating_sub(2), size.1.saturating_sub(1));
            }),
            ("d", true) => self.act(self.block(), TableAction::FillDown),
            ("c", true) => self.act(self.block(), TableAction::Copy),
            ("x", true) => self.cut(),
            // The letter itself arrives in the field, and so does one that is put together of several keys.
            (one, false) if !alt && (one.chars().count() == 1 || matches!(one, "Dead" | "Process")) => {
                return !self.begin_typing();
            }
            _ => return false,
        }
        true
    }

    /// A press on a cell, or on the number of a row, which selects the row.
    fn press(self, (row, column): (usize, Option<usize>), reach: bool) {
        let to = (row, column.unwrap_or(0));
        self.commit(None);
        self.selection.update(|selection| selection.tabbed_from = None);
        self.go(to, reach);
        if column.is_none() {
            let last = self.columns().len().saturating_sub(1);
            self.selection.update(|selection| selection.corner.1 = last);
        }
        page::focus(&table_id(self.subject));
    }

    /// What stands in a cell, as it is typed; `None` where nothing can be typed, or where nobody knows.
    fn standing(self, (row, column): At) -> Option<String> {
        if self.is_outdated.get_value() || untrack(|| self.dispatch.is_changing()) {
            return None;
        }
        let index = self.columns().get(column).copied()?;
        if let Some(text) = self.typed.with_untracked(|typed| typed.text(row, index).map(str::to_owned)) {
            return Some(text);
        }
        let cell = self.read_untracked(|view| {
            let open = view.columns.get(index)?.open;
            let cell = view.rows.get(row.checked_sub(view.first)?)?.get(index)?;
            open.then(|| raw(cell))
        });
        cell.flatten()
    }

    /// What is wrong with a cell, if anything, and follows it.
    fn fault(self, view: &TableView, row: usize, column: usize) -> Option<Message> {
        let of = |cells: &[WrongCell]| {
            cells.iter().find(|cell| (cell.row, cell.column) == (row, column)).map(|cell| cell.why.clone())
        };
        let refused = self.typed.with(|typed| typed.fault(row, column).cloned());
        refused.or_else(|| self.wrong.with(|wrong| of(wrong))).or_else(|| of(&view.unfinished))
    }

    /// Forgets what was refused of a cell.
    fn forget(self, (row, column): At) {
        if let Some(column) = self.columns().get(column).copied() {
            self.typed.update(|typed| typed.leave(row, column));
        }
    }
}

/// A cell as it is typed.
fn raw(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) | Cell::Money(Some(number), _) | Cell::Figure(Some(number), _) => {
            number.normalize().to_string()
        }
        Cell::Day(Some(day)) => day.to_string(),
        Cell::Text(text) | Cell::Source(text) => text.clone(),
        Cell::Unknown
        | Cell::Word(_)
        | Cell::Day(None)
        | Cell::Status(_)
        | Cell::Said(_)
        | Cell::Figure(None, _)
        | Cell::Money(None, _)
        | Cell::Balance(..)
        | Cell::Screen(..) => String::new(),
    }
}

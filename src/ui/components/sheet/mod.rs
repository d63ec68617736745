//! A list as a spreadsheet: only the rows in sight are in the document, and the worker sends them.
//!
//! It follows the ARIA grid pattern with a single tab stop: the focus stays with the table, `aria-activedescendant`
//! names the cell. What is typed, pasted or removed becomes one command of the worker's each, so that one step of undo
//! takes it back.

mod keys;
mod tools;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::keys::{At, beside, between, led};
use self::tools::tools;
use super::listing::{plain, written};
use crate::browser::{files, page};
use crate::model::list::List;
use crate::model::message::Message;
use crate::ui::asked::asked_of_workspace;
use crate::ui::dispatch::{Acted, Dispatch};
use crate::ui::reactive::{part, text};
use crate::ui::words::{say, t};
use crate::work::cell::Cell;
use crate::work::table::{Action, Block, Column, Look, TableView, WrongCell};
use crate::work::{Request, Response};

/// Height of a row in pixels; the style sheet has the same.
const ROW: usize = 36;
/// Rows that are asked for beyond the edges, so that scrolling shows no gaps.
const BEYOND: usize = 20;
/// Rows that are asked for before anything was measured.
const FIRST_GUESS: usize = 40;

/// What a sheet knows.
#[derive(Clone, Copy)]
struct Sheet {
    list: List,
    dispatch: Dispatch,
    /// What the worker sent last.
    view: Memo<Option<Arc<TableView>>>,
    sort: RwSignal<Option<(usize, bool)>>,
    filter: RwSignal<String>,
    /// First row and number of rows to ask for.
    window: RwSignal<(usize, usize)>,
    /// Counts what changes the view and not the document.
    asked_again: RwSignal<u32>,
    /// The columns that are shown: `None` until the reader has chosen.
    chosen: RwSignal<Option<Vec<usize>>>,
    columns: Memo<Vec<usize>>,
    /// The cell in hand, and the opposite corner of what is selected.
    at: RwSignal<At>,
    corner: RwSignal<At>,
    /// The text with which the cell in hand began to be edited.
    editing: RwSignal<Option<String>>,
    wrong: RwSignal<Vec<WrongCell>>,
    field: NodeRef<html::Input>,
    scroller: NodeRef<html::Div>,
}

/// A list that can be read, sorted, filtered and changed.
#[component]
pub fn Sheet(
    /// Which list.
    list: List,
    /// What it is called.
    label: String,
) -> impl IntoView {
    let (sort, filter) = (RwSignal::new(None), RwSignal::new(String::new()));
    let (window, asked_again) = (RwSignal::new((0, FIRST_GUESS)), RwSignal::new(0_u32));
    let found = asked_of_workspace(move || {
        asked_again.track();
        let (first, count) = window.get();
        Request::Look(Look { list, sort: sort.get(), filter: filter.get(), first, count })
    });
    let view = Memo::new(move |before: Option<&Option<Arc<TableView>>>| {
        found.with(|found| match found.response() {
            Some(Response::Table(view)) => Some(Arc::new((**view).clone())),
            _ => before.cloned().flatten(),
        })
    });
    let chosen = RwSignal::new(None::<Vec<usize>>);
    let columns = Memo::new(move |before: Option<&Vec<usize>>| {
        let view = view.get();
        let columns = view.as_deref().map_or(&[][..], |view| view.columns.as_slice());
        let empty = view.as_ref().is_none_or(|view| view.all == 0);
        let shown = |(place, column): (usize, &Column)| {
            let kept = before.is_some_and(|before| before.contains(&place));
            chosen.with(|chosen| match chosen {
                Some(chosen) => chosen.contains(&place),
                // A column that was in sight does not go while somebody works in it.
                None => !column.blank || empty || kept,
            })
        };
        columns.iter().enumerate().filter(|one| shown(*one)).map(|(place, _)| place).collect::<Vec<usize>>()
    });
    let sheet = Sheet {
        list,
        dispatch: Dispatch::here(),
        view,
        sort,
        filter,
        window,
        asked_again,
        chosen,
        columns,
        at: RwSignal::default(),
        corner: RwSignal::default(),
        editing: RwSignal::default(),
        wrong: RwSignal::default(),
        field: NodeRef::new(),
        scroller: NodeRef::new(),
    };
    Effect::new(move |_| {
        if sheet.editing.with(Option::is_some)
            && let Some(field) = sheet.field.get()
        {
            let _ = field.focus();
        }
    });
    let active = move || sheet.at.with(|at| cell_id(list, *at));
    let measure = move |_| sheet.measure();
    view! {
        <section class="card" aria-labelledby=list.name()>
            {tools(&sheet, label.clone())}
            <div class="window sheet" node_ref=sheet.scroller on:scroll=measure>
                <table
                    class="table"
                    id=table_id(list)
                    role="grid"
                    tabindex="0"
                    aria-label=label.clone()
                    aria-multiselectable="true"
                    aria-rowcount=text(move || sheet.rows().saturating_add(1).to_string())
                    aria-activedescendant=text(active)
                    on:keydown=move |event| sheet.key(&event)
                    on:mousedown=move |event| sheet.press(&event)
                    on:dblclick=move |_| sheet.begin(None)
                    on:paste=move |event| sheet.paste(&event)
                >
                    <thead><tr aria-rowindex="1"><th class="corner" scope="col"><span class="unseen">{t("page.table.row")}</span></th>{part(move || sheet.head())}</tr></thead>
                    <tbody>{part(move || sheet.body())}</tbody>
                </table>
            </div>
            <p class="note padded" role="status">{text(move || sheet.told())}</p>
        </section>
    }
}

fn table_id(list: List) -> String {
    format!("sheet-{}", list.name())
}

fn cell_id(list: List, (row, column): At) -> String {
    format!("{}-{row}-{column}", list.name())
}

impl Sheet {
    /// How many rows there are, the one for a new line included.
    fn rows(self) -> usize {
        self.view.with(|view| view.as_ref().map_or(0, |view| view.shown.saturating_add(1)))
    }

    fn look(self) -> Look {
        let (first, count) = self.window.get_untracked();
        let (sort, filter) = (self.sort.get_untracked(), self.filter.get_untracked());
        Look { list: self.list, sort, filter, first, count }
    }

    /// What is selected.
    fn block(self) -> Block {
        let ((row, column), (other_row, other_column)) = (self.at.get_untracked(), self.corner.get_untracked());
        let (first, last) = between(column, other_column);
        let columns = self.columns.with_untracked(|columns| columns.get(first..=last).map(<[usize]>::to_vec));
        Block { rows: between(row, other_row), columns: columns.unwrap_or_default() }
    }

    /// The header: each column orders the rows.
    fn head(self) -> AnyView {
        let columns = self.columns.get();
        let view = self.view.get();
        let sort = self.sort.get();
        let head = columns.into_iter().filter_map(|place| {
            let column = view.as_ref()?.columns.get(place)?;
            let turned = sort.filter(|(known, _)| *known == place).map(|(_, turned)| turned);
            let order = match turned {
                None => "none",
                Some(false) => "ascending",
                Some(true) => "descending",
            };
            let next = match turned {
                None => Some((place, false)),
                Some(false) => Some((place, true)),
                Some(true) => None,
            };
            Some(
                view! {
                    <th scope="col" class=class_of(column) aria-sort=order>
                        <button type="button" class="plain-button sort" tabindex="-1" on:click=move |_| self.sort.set(next)>{title(column)}</button>
                    </th>
                }
                .into_any(),
            )
        });
        head.collect_view().into_any()
    }

    /// The rows in sight, with room for the others.
    fn body(self) -> AnyView {
        let Some(view) = self.view.get() else { return ().into_any() };
        let columns = self.columns.get();
        let (at, corner) = (self.at.get(), self.corner.get());
        let editing = self.editing.get();
        let wrong = self.wrong.get();
        let (rows, across) = (between(at.0, corner.0), between(at.1, corner.1));
        let cell = |row: usize, (shown, place): (usize, &usize), cells: &[Cell]| {
            let column = view.columns.get(*place)?;
            let cell = cells.get(*place)?;
            let here = (row, shown) == at;
            let selected = (rows.0..=rows.1).contains(&row) && (across.0..=across.1).contains(&shown);
            let fault = wrong.iter().find(|wrong| (wrong.row, wrong.column) == (row, *place));
            let missing = row == view.shown && view.missing.contains(place);
            let class = [
                class_of(column),
                if column.open { "" } else { "shut" },
                if here { "here" } else { "" },
                if fault.is_some() || missing { "wrong" } else { "" },
            ];
            let title = fault.map_or_else(|| plain(cell), |fault| say(&fault.why));
            let content = match editing.clone().filter(|_| here) {
                Some(begun) => self.editor(column, begun),
                None => written(cell),
            };
            Some(
                view! {
                    <td role="gridcell" id=cell_id(self.list, (row, shown)) class=class.join(" ") title=title
                        data-at=format!("{row},{shown}") aria-selected=if selected { "true" } else { "false" }
                        aria-invalid=fault.map(|_| "true")>{content}</td>
                }
                .into_any(),
            )
        };
        let row = |(offset, cells): (usize, &Vec<Cell>)| {
            let row = view.first.saturating_add(offset);
            let number = if row == view.shown { "+".to_owned() } else { row.saturating_add(1).to_string() };
            view! {
                <tr aria-rowindex=row.saturating_add(2).to_string()>
                    <th scope="row" class="corner" data-at=format!("{row},*")>{number}</th>
                    {columns.iter().enumerate().filter_map(|one| cell(row, one, cells)).collect_view()}
                </tr>
            }
            .into_any()
        };
        let below = self.rows().saturating_sub(view.first).saturating_sub(view.rows.len());
        view! {
            {space(view.first)}
            {view.rows.iter().enumerate().map(row).collect_view()}
            {space(below)}
        }
        .into_any()
    }

    /// The field in the place of the cell in hand.
    fn editor(self, column: &Column, begun: String) -> AnyView {
        let choices = format!("{}-choices", self.list.name());
        let options = column.words.iter().map(|word| view! { <option value=word.clone() /> }.into_any()).collect_view();
        view! {
            <input type="text" class="editor" node_ref=self.field autocomplete="off" maxlength="2000"
                aria-label=title(column) list=choices.clone() value=begun on:blur=move |_| self.commit((0, 0), false) />
            <datalist id=choices>{options}</datalist>
        }
        .into_any()
    }

    /// What there is to say about the table now.
    fn told(self) -> String {
        if let Some(fault) = self.wrong.with(|wrong| wrong.first().cloned()) {
            return say(&fault.why);
        }
        let needs = self.view.with(|view| view.as_ref().is_some_and(|view| !view.missing.is_empty()));
        t(if needs { "page.table.unfinished" } else { "page.table.help" })
    }

    fn measure(self) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let at = |pixels: i32| usize::try_from(pixels).unwrap_or_default() / ROW;
        let (top, height) = (at(scroller.scroll_top()), at(scroller.client_height()));
        let first = top.saturating_sub(BEYOND);
        let (known, count) = self.window.get_untracked();
        // Only a window that no longer holds what is in sight is asked for anew.
        let holds = known <= top.saturating_sub(4) || known == 0;
        if !holds || top.saturating_add(height) > known.saturating_add(count).saturating_sub(4) {
            self.window.set((first, height.saturating_add(BEYOND.saturating_mul(2))));
        }
    }

    /// Takes the focus to a cell; with `reach` what lies between is selected.
    fn go(self, to: At, reach: bool) {
        self.corner.set(if reach { self.corner.get_untracked() } else { to });
        self.at.set(to);
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
        let id = cell_id(self.list, to);
        request_animation_frame(move || page::bring_near(&id));
    }

    fn focus(self) {
        page::focus(&table_id(self.list));
    }

    fn key(self, event: &web_sys::KeyboardEvent) {
        let (key, far) = (event.key(), event.ctrl_key() || event.meta_key());
        let columns = self.columns.with_untracked(Vec::len);
        let size = (self.rows(), columns);
        if self.editing.with_untracked(Option::is_some) {
            match key.as_str() {
                "Enter" => self.commit((1, 0), true),
                "Tab" => self.commit((0, if event.shift_key() { -1 } else { 1 }), true),
                "Escape" => {
                    self.leave();
                }
                _ => return,
            }
            return event.prevent_default();
        }
        let at = self.at.get_untracked();
        if let Some(to) = led(&key, far, page::is_mirrored(), at, size) {
            self.go(to, event.shift_key());
        } else {
            match (key.as_str(), far) {
                ("Tab", false) => match beside(at, event.shift_key(), columns) {
                    Some(to) => self.go(to, false),
                    None => return,
                },
                ("Enter" | "F2", false) => self.begin(None),
                ("Delete" | "Backspace", false) => self.act(self.block(), Action::Clear),
                ("Escape", false) => {
                    self.wrong.set(Vec::new());
                    self.corner.set(at);
                }
                ("a", true) => {
                    self.corner.set((0, 0));
                    self.at.set((size.0.saturating_sub(2), columns.saturating_sub(1)));
                }
                ("c", true) => self.act(self.block(), Action::Copy),
                ("x", true) => {
                    self.act(self.block(), Action::Copy);
                    self.act(self.block(), Action::Clear);
                }
                (one, false) if one.chars().count() == 1 && !event.alt_key() => self.begin(Some(key.clone())),
                _ => return,
            }
        }
        event.prevent_default();
    }

    fn press(self, event: &web_sys::MouseEvent) {
        let Some((row, column)) = page::marked_cell(event) else { return };
        let last = self.columns.with_untracked(Vec::len).saturating_sub(1);
        let to = (row, column.unwrap_or(0));
        if self.editing.with_untracked(Option::is_some) {
            if to == self.at.get_untracked() {
                return;
            }
            self.commit((0, 0), false);
        }
        let reach = event.shift_key();
        self.go(to, reach);
        if column.is_none() {
            // The number of a row selects the row.
            self.corner.update(|corner| corner.1 = last);
        }
        self.focus();
        event.prevent_default();
    }

    fn paste(self, event: &web_sys::Event) {
        if page::is_field(event) {
            return;
        }
        if let Some(text) = files::pasted_text(event) {
            event.prevent_default();
            event.stop_propagation();
            // What goes beyond the selection goes on in the columns beside it.
            let block = self.block();
            let columns = self.columns.get_untracked();
            let first = block.columns.first().and_then(|first| columns.iter().position(|column| column == first));
            let several = text.trim_end().contains(['\t', '\n']);
            let columns = columns.into_iter().skip(first.unwrap_or_default()).collect();
            self.act(if several { Block { columns, ..block } } else { block }, Action::Fill(text));
        }
    }

    /// Begins to edit the cell in hand, with what stands in it or with the first letter of something new.
    fn begin(self, with: Option<String>) {
        let (row, column) = self.at.get_untracked();
        let Some(place) = self.columns.with_untracked(|columns| columns.get(column).copied()) else { return };
        let cell = self.view.with_untracked(|view| {
            let view = view.as_ref()?;
            let open = view.columns.get(place)?.open;
            let cell = view.rows.get(row.checked_sub(view.first)?)?.get(place)?;
            open.then(|| raw(cell))
        });
        if let Some(text) = cell {
            self.corner.set((row, column));
            self.editing.set(Some(with.unwrap_or(text)));
        }
    }

    /// Ends editing without a change.
    fn leave(self) {
        self.editing.set(None);
        self.wrong.set(Vec::new());
        self.focus();
    }

    /// Puts what was typed into the cell, then goes on by so many rows and columns.
    fn commit(self, (down, on): (usize, i8), refocus: bool) {
        let Some(begun) = self.editing.get_untracked() else { return };
        let typed = self.field.get_untracked().map_or_else(|| begun.clone(), |field| field.value());
        let at = self.at.get_untracked();
        let columns = self.columns.with_untracked(Vec::len);
        let next = match on {
            0 => (at.0.saturating_add(down).min(self.rows().saturating_sub(1)), at.1),
            on => beside(at, on < 0, columns).unwrap_or(at),
        };
        let block = Block {
            rows: (at.0, at.0),
            columns: self.columns.with_untracked(|columns| columns.get(at.1).copied()).into_iter().collect(),
        };
        // What was not changed stays as it is: a product that follows its part goes on doing so.
        let changed = typed != begun || begun.chars().count() == 1;
        spawn_local(async move {
            if changed && !self.carry_out(block, Action::Fill(typed)).await {
                return;
            }
            self.editing.set(None);
            if self.at.get_untracked() == at {
                self.go(next, false);
                if refocus {
                    self.focus();
                }
            }
        });
    }

    fn act(self, block: Block, action: Action) {
        spawn_local(async move {
            self.carry_out(block, action).await;
        });
    }

    /// Asks the worker to do something with cells; whether it could.
    async fn carry_out(self, block: Block, action: Action) -> bool {
        let request = Request::Act { look: self.look(), block, action };
        match self.dispatch.act(request).await {
            Some(Acted::Answered(Response::Wrong(cells))) => {
                self.wrong.set(cells);
                return false;
            }
            Some(Acted::Answered(Response::Text(text))) => match page::copy(&text).await {
                Ok(()) => self.dispatch.tell(Message::new("page.notice.copied")),
                Err(refusal) => self.dispatch.warn(Message::new("page.notice.not_copied").with("reason", refusal.0)),
            },
            // A line that is not whole yet is no change of the workspace.
            Some(Acted::Answered(_)) => self.asked_again.update(|times| *times = times.wrapping_add(1)),
            Some(Acted::Changed) => {}
            None => return false,
        }
        self.wrong.set(Vec::new());
        true
    }
}

fn title(column: &Column) -> String {
    say(&Message { key: column.title.clone().into(), args: Vec::new() })
}

const fn class_of(column: &Column) -> &'static str {
    if column.number { "n" } else { "" }
}

/// A cell as it is typed.
fn raw(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.normalize().to_string(),
        Cell::Day(Some(day)) => day.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Unknown | Cell::Word(_) | Cell::Day(None) | Cell::Standing(_) => String::new(),
    }
}

/// Room for rows that are not in the document.
fn space(rows: usize) -> AnyView {
    if rows == 0 {
        return ().into_any();
    }
    let height = format!("{}px", rows.saturating_mul(ROW));
    view! { <tr class="space" aria-hidden="true"><td style:block-size=height></td></tr> }.into_any()
}

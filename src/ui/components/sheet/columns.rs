//! The columns of a sheet as its reader wants them: a menu to show, hide, move and resize them, and edges to drag.

use leptos::prelude::*;

use super::SheetState;
use super::grid::title;
use super::layout::ColumnLayout;
use crate::browser::{page, preferences};
use crate::model::message::Message;
use crate::ui::reactive::flag;
use crate::ui::words::{say, t};
use crate::work::table::{Subject, TableView};

/// By how many pixels a column becomes wider or narrower at a press.
const STEP: u32 = 24;

/// The edge of a column that is dragged: the column, where the drag began, and how wide the column was then.
#[derive(Clone, Copy, Debug)]
pub(super) struct DraggedEdge {
    column: usize,
    from: i32,
    width: u32,
}

/// The layout that was kept for a table.
pub(super) fn kept(subject: Subject) -> ColumnLayout {
    preferences::get(&name(subject)).map(|written| ColumnLayout::parse(&written)).unwrap_or_default()
}

fn name(subject: Subject) -> String {
    format!("columns.{}", subject.name())
}

/// The menu of the columns.
pub(super) fn menu(sheet: &SheetState) -> impl IntoView + use<> {
    let sheet = *sheet;
    let rows = Memo::new(move |_| {
        sheet.read(|view| {
            let row = |index: usize| Some((index, title(view.columns.get(index)?)));
            sheet.layout.with(|layout| layout.arranged(&view.columns)).into_iter().filter_map(row).collect::<Vec<_>>()
        })
    });
    view! {
        <details class="columns">
            <summary class="button small">{t("page.table.columns")}</summary>
            <div class="raised">
                <For each=move || rows.get().unwrap_or_default() key=|row| row.clone() let((index, title))>
                    {choice(&sheet, index, &title)}
                </For>
                <button type="button" class="plain-button" on:click=move |_| sheet.reset_columns()>
                    {t("page.table.columns_reset")}
                </button>
            </div>
        </details>
    }
}

/// A column in the menu.
fn choice(sheet: &SheetState, index: usize, title: &str) -> AnyView {
    let sheet = *sheet;
    let all = move || sheet.read(|view| sheet.shown(view)).unwrap_or_default();
    let shown = flag(move || all().contains(&index));
    // A table without any column is none.
    let only = flag(move || all() == [index]);
    let button = |change: ColumnChange| {
        let label = say(&Message::new(change.label()).with("column", title));
        view! {
            <button type="button" class="plain-button" id=change.id(&sheet, index) aria-label=label.clone() title=label
                on:click=move |_| sheet.change_column(index, change)>{change.sign()}</button>
        }
        .into_any()
    };
    view! {
        <div class="choice">
            <label>
                <input type="checkbox" prop:checked=shown disabled=only on:change=move |_| sheet.toggle(index) />
                <span>{title.to_owned()}</span>
            </label>
            {ColumnChange::ALL.into_iter().map(button).collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}

/// What a press changes of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ColumnChange {
    Earlier,
    Later,
    Narrower,
    Wider,
}

impl ColumnChange {
    const ALL: [Self; 4] = [Self::Earlier, Self::Later, Self::Narrower, Self::Wider];

    const fn sign(self) -> &'static str {
        match self {
            Self::Earlier => "↑",
            Self::Later => "↓",
            Self::Narrower => "−",
            Self::Wider => "+",
        }
    }

    /// Key of the words for it.
    const fn label(self) -> &'static str {
        match self {
            Self::Earlier => "page.table.column_earlier",
            Self::Later => "page.table.column_later",
            Self::Narrower => "page.table.column_narrower",
            Self::Wider => "page.table.column_wider",
        }
    }

    fn id(self, sheet: &SheetState, index: usize) -> String {
        format!("{}-{}-{index}", sheet.subject.name(), self.label())
    }
}

/// The edge of a column, which can be dragged; pressed twice it makes the column as wide as what it holds.
pub(super) fn edge(sheet: &SheetState, index: usize) -> impl IntoView + use<> {
    let sheet = *sheet;
    view! {
        <span
            class="edge no-print"
            aria-hidden="true"
            on:pointerdown=move |event| {
                if let Some(width) = sheet.width_now(index) {
                    page::follow_pointer(&event);
                    sheet.dragged.set_value(Some(DraggedEdge { column: index, from: event.client_x(), width }));
                    event.prevent_default();
                }
            }
            on:pointermove=move |event| sheet.drag(event.client_x())
            on:pointerup=move |_| sheet.dragged.set_value(None)
            on:pointercancel=move |_| sheet.dragged.set_value(None)
            on:dblclick=move |event| {
                event.stop_propagation();
                sheet.change_columns(|layout, view| layout.resize(&view.columns, index, None));
            }
        ></span>
    }
}

impl SheetState {
    /// The columns that are shown.
    pub(super) fn shown(self, view: &TableView) -> Vec<usize> {
        self.layout.with(|layout| layout.shown(view))
    }

    /// Changes how the columns are wanted, and remembers it.
    fn change_columns(self, change: impl FnOnce(&mut ColumnLayout, &TableView)) {
        let mut layout = self.layout.get_untracked();
        if self.read_untracked(|view| change(&mut layout, view)).is_some() {
            preferences::set(&name(self.subject), &layout.to_string());
            self.layout.set(layout);
        }
    }

    /// Shows a column, or hides it; what is hidden keeps no row out.
    fn toggle(self, index: usize) {
        self.filter_column(index, String::new());
        self.change_columns(|layout, view| layout.toggle(view, index));
    }

    fn reset_columns(self) {
        preferences::forget(&name(self.subject));
        self.layout.set(ColumnLayout::default());
    }

    /// How wide a column is drawn.
    fn width_now(self, index: usize) -> Option<u32> {
        page::width_of(&super::head_id(self.subject, index))
    }

    fn change_column(self, index: usize, change: ColumnChange) {
        let width = self.width_now(index);
        let by = |change: fn(u32, u32) -> u32| width.map(|width| change(width, STEP));
        self.change_columns(|layout, view| match change {
            ColumnChange::Earlier => layout.shift(&view.columns, index, true),
            ColumnChange::Later => layout.shift(&view.columns, index, false),
            ColumnChange::Narrower => layout.resize(&view.columns, index, by(u32::saturating_sub)),
            ColumnChange::Wider => layout.resize(&view.columns, index, by(u32::saturating_add)),
        });
        // A row that was moved has lost the focus.
        let id = change.id(&self, index);
        request_animation_frame(move || page::focus(&id));
    }

    fn drag(self, to: i32) {
        let Some(DraggedEdge { column, from, width }) = self.dragged.get_value() else { return };
        let by = to.saturating_sub(from);
        let by = if page::is_mirrored() { by.saturating_neg() } else { by };
        let width = width.saturating_add_signed(by);
        self.change_columns(|layout, view| layout.resize(&view.columns, column, Some(width)));
    }
}

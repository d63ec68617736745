//! What the rows of a sheet are asked for: words in any column, and in the header of each column what it must be.

use std::time::Duration;

use leptos::prelude::*;

use super::grid::title;
use super::typed::TypedCells;
use super::{SheetState, table_id};
use crate::browser::page;
use crate::model::message::Message;
use crate::ui::reactive::truth;
use crate::ui::words::{say, t};
use crate::work::table::{ColumnView, TableQuery};

/// Nothing is asked before typing rests for so long, or the field is left: what is typed next belongs to the rows that were
/// asked for.
const REST: Duration = Duration::from_millis(150);

fn filter_id(sheet: &SheetState, column: usize) -> String {
    format!("{}-filter-{column}", sheet.subject.name())
}

/// The field for words in any column, and the button for the filters of single ones.
pub(super) fn filters(sheet: &SheetState) -> impl IntoView + use<> {
    let sheet = *sheet;
    let mut filter_by = debounce(REST, move |words| sheet.filter_by(words));
    view! {
        <input type="search" class="filter" aria-label=t("page.table.filter") placeholder=t("page.table.filter")
            on:input:target=move |event| filter_by(event.target().value())
            on:change:target=move |event| sheet.filter_by(event.target().value()) />
        <button type="button" class="button small" title=t("page.table.filter_signs")
            aria-pressed=truth(move || sheet.filtering.get())
            on:click=move |_| sheet.show_filters(!sheet.filtering.get_untracked())>
            {t("page.table.filter_columns")}
        </button>
    }
}

/// The filter of a column, in its header.
pub(super) fn of_column(sheet: &SheetState, index: usize, column: &ColumnView) -> impl IntoView + use<> {
    let sheet = *sheet;
    let label = say(&Message::new("page.table.filter_column").with("column", title(column)));
    let mut filter_by = debounce(REST, move |typed| {
        // The filters may have been taken away while typing rested.
        if sheet.filtering.try_get_untracked() == Some(true) {
            sheet.filter_column(index, typed);
        }
    });
    let typed = sheet.query.with_untracked(|query| {
        query.column_filters.iter().find(|(column, _)| *column == index).map(|(_, typed)| typed.clone())
    });
    view! {
        <input
            type="search"
            class="filter no-print"
            id=filter_id(&sheet, index)
            dir="auto"
            aria-label=label
            title=t("page.table.filter_signs")
            value=typed
            on:input:target=move |event| filter_by(event.target().value())
            on:change:target=move |event| sheet.filter_column(index, event.target().value())
            on:keydown=move |event| {
                // The keys of the table are not meant here.
                event.stop_propagation();
                if event.key() == "Enter" || event.key() == "ArrowDown" {
                    event.prevent_default();
                    page::focus(&table_id(sheet.subject));
                }
            }
            on:paste=move |event| event.stop_propagation()
        />
    }
}

impl SheetState {
    fn filter_by(self, words: String) {
        self.ask_for(|query| query.filter = words);
    }

    /// Asks for this in a column.
    pub(super) fn filter_column(self, index: usize, typed: String) {
        self.ask_for(|query| {
            query.column_filters.retain(|(column, _)| *column != index);
            if !typed.trim().is_empty() {
                query.column_filters.push((index, typed));
                query.column_filters.sort();
            }
        });
    }

    /// Asks for other rows, and goes to the first of them in the column of the selection, which may have been chosen just
    /// now by a press that took the focus from a filter; where the same are asked for nothing happens.
    fn ask_for(self, change: impl FnOnce(&mut TableQuery)) {
        // The sheet may have gone while typing rested.
        let Some(before) = self.query.try_get_untracked() else { return };
        let column = self.selection.with_untracked(|selection| selection.at.1);
        let mut query = before.clone();
        change(&mut query);
        if query != before {
            self.begin_anew();
            self.query.set(query);
            self.go((0, column), false);
        }
    }

    /// Shows the filters of the columns, or takes them away with what they ask for.
    fn show_filters(self, show: bool) {
        self.filtering.set(show);
        if !show && self.query.with_untracked(|query| !query.column_filters.is_empty()) {
            self.begin_anew();
            self.query.update(|query| query.column_filters.clear());
        }
    }

    /// Takes the focus to the filter of the column in which the selection is.
    pub(super) fn go_to_filter(self) {
        let at = self.selection.with_untracked(|selection| selection.at.1);
        let Some(column) = self.columns().get(at).copied() else { return };
        self.show_filters(true);
        let id = filter_id(&self, column);
        request_animation_frame(move || page::focus_at_end(&id));
    }

    /// Other rows are about to come: what was refused would stand in another line's row, and what stands in a row is not
    /// known until they are there.
    pub(super) fn begin_anew(self) {
        self.is_outdated.set_value(true);
        self.typed.update(TypedCells::leave_all);
        self.forget_refused_block();
    }
}

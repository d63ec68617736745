//! What stands above a sheet: its filter, its columns, and what can be done with the selected rows.

use leptos::prelude::*;

use super::{Sheet, title};
use crate::model::message::Message;
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::reactive::{part, text};
use crate::ui::words::{say, t};
use crate::work::Export;
use crate::work::table::Action;

/// The filter, the columns, and the buttons, under the name of the list.
pub(super) fn tools(sheet: &Sheet, label: String) -> impl IntoView + use<> {
    let sheet = *sheet;
    let id = sheet.list.name();
    let count = move || {
        let (shown, all) = sheet.view.with(|view| view.as_ref().map_or((0, 0), |view| (view.shown, view.all)));
        let key = if shown == all { "page.table.count" } else { "page.table.some" };
        say(&Message::new(key).with("count", all).with("shown", shown))
    };
    let choices = move || {
        let shown = sheet.columns.get();
        let columns = sheet.view.get().map(|view| view.columns.clone()).unwrap_or_default();
        let choice = |(place, column): (usize, &_)| {
            let checked = shown.contains(&place);
            view! {
                <label class="choice">
                    <input type="checkbox" prop:checked=checked on:change=move |_| sheet.toggle(place) />
                    <span>{title(column)}</span>
                </label>
            }
            .into_any()
        };
        columns.iter().enumerate().map(choice).collect_view()
    };
    view! {
        <header>
            <h2 id=id>{label}</h2>
            <span class="note" role="status">{text(count)}</span>
            <div class="row push no-print">
                <input type="search" class="filter" aria-label=t("page.table.filter") placeholder=t("page.table.filter")
                    on:input:target=move |event| sheet.filter_by(event.target().value()) />
                <details class="columns">
                    <summary class="button small">{t("page.table.columns")}</summary>
                    <div class="raised">{part(choices)}</div>
                </details>
                <button type="button" class="button small" on:click=move |_| sheet.act(sheet.block(), Action::Remove)>
                    <Icon glyph=Glyph::Delete />{t("page.table.remove")}
                </button>
                <button type="button" class="button small" on:click=move |_| sheet.dispatch.export(Export::List(sheet.list))>
                    <Icon glyph=Glyph::Download />{t("page.table.csv")}
                </button>
            </div>
        </header>
    }
}

impl Sheet {
    fn filter_by(self, words: String) {
        self.filter.set(words);
        self.go((0, 0), false);
    }

    /// Shows or hides a column.
    fn toggle(self, place: usize) {
        let mut columns = self.columns.get_untracked();
        if columns.contains(&place) {
            columns.retain(|known| *known != place);
        } else {
            columns.push(place);
        }
        self.chosen.set(Some(columns));
    }
}

//! What stands above a sheet: its filter, its columns, and what can be done with the selected rows.

use leptos::prelude::*;

use super::grid::title;
use super::typed::TypedCells;
use super::{SheetState, shown};
use crate::browser::page;
use crate::model::list::List;
use crate::model::message::Message;
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::markup;
use crate::ui::reactive::{part, text};
use crate::ui::words::{say, t};
use crate::work::Export;
use crate::work::table::{Subject, TableAction};

/// The filter, the columns, and the buttons, under the name of the list.
pub(super) fn tools(sheet: &SheetState, label: String) -> impl IntoView + use<> {
    let sheet = *sheet;
    let id = sheet.subject.name();
    let count = move || {
        let (shown, all) = sheet.read(|view| (view.shown, view.all)).unwrap_or_default();
        let key = if shown == all { "page.table.count" } else { "page.table.some" };
        say(&Message::new(key).with("count", all).with("shown", shown))
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
                    <div class="raised" on:change=move |event| sheet.toggle(page::marked_number(&event, "data-column"))>
                        {part(move || choices(&sheet))}
                    </div>
                </details>
                {(sheet.subject == Subject::List(List::Papers)).then(|| view! {
                    <button type="button" class="button small" on:click=move |_| sheet.save_paper()>
                        <Icon glyph=Glyph::Download />{t("page.table.paper")}
                    </button>
                }.into_any())}
                {sheet.subject.list().map(|list| view! {
                    <button type="button" class="button small" on:click=move |_| sheet.act(sheet.block(), TableAction::Remove)>
                        <Icon glyph=Glyph::Delete />{t("page.table.remove")}
                    </button>
                    <button type="button" class="button small" on:click=move |_| sheet.dispatch.export(Export::List(list))>
                        <Icon glyph=Glyph::Download />{t("page.table.csv")}
                    </button>
                }.into_any())}
            </div>
        </header>
    }
}

impl SheetState {
    fn filter_by(self, words: String) {
        // What was refused would stand in another line's row.
        self.typed.update(TypedCells::leave_all);
        self.query.update(|query| query.filter = words);
        self.go((0, 0), false);
    }

    /// Hands out the paper in whose row the selection is.
    fn save_paper(self) {
        let row = self.selection.with_untracked(|selection| selection.at.0);
        let sha256 = self.read_untracked(|view| {
            let column = view.columns.iter().position(|column| column.title == "column.sha256")?;
            view.rows.get(row.checked_sub(view.first)?)?.get(column).map(markup::plain)
        });
        self.dispatch.export(Export::Paper(sha256.flatten().unwrap_or_default()));
    }

    /// Shows or hides a column.
    fn toggle(self, index: Option<usize>) {
        let Some(index) = index else { return };
        let mut columns = self.columns();
        if columns.contains(&index) {
            columns.retain(|known| *known != index);
        } else {
            columns.push(index);
            columns.sort_unstable();
        }
        self.selection.update(|selection| selection.chosen = Some(columns));
    }
}

/// The columns with a box each.
fn choices(sheet: &SheetState) -> Vec<AnyView> {
    let sheet = *sheet;
    let titles = Memo::new(move |_| sheet.read(|view| view.columns.iter().map(title).collect::<Vec<_>>()));
    // The boxes keep their own state: drawn anew, the one that was pressed would lose the focus.
    let shown = sheet.read_untracked(|view| sheet.selection.with_untracked(|selection| shown(view, selection)));
    let shown = shown.unwrap_or_default();
    let choice = |(index, title): (usize, String)| {
        view! {
            <label class="choice">
                <input type="checkbox" data-column=index.to_string() checked=shown.contains(&index) />
                <span>{title}</span>
            </label>
        }
        .into_any()
    };
    titles.get().unwrap_or_default().into_iter().enumerate().map(choice).collect()
}

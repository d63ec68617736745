//! What stands above a sheet: its filter, its columns, and what can be done with the selected rows.

use leptos::prelude::*;

use super::SheetState;
use super::columns::menu;
use super::filters::filters;
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
                {filters(&sheet)}
                {menu(&sheet)}
                {(sheet.subject == Subject::List(List::Papers)).then(|| view! {
                    <button type="button" class="button small" on:click=move |_| sheet.save_paper()>
                        <Icon glyph=Glyph::Download />{t("page.table.paper")}
                    </button>
                }.into_any())}
                {sheet.subject.list().map(|_| part(move || sheet.reaches().then(|| view! {
                    <button type="button" class="button small" title="Ctrl+D"
                        on:click=move |_| sheet.act(sheet.block(), TableAction::FillDown)>{t("page.table.fill_down")}</button>
                }.into_any())))}
                {sheet.subject.list().map(|list| view! {
                    <button type="button" class="button small" on:click=move |_| sheet.act(sheet.block(), TableAction::Remove)>
                        <Icon glyph=Glyph::Delete />{t("page.table.remove")}
                    </button>
                    <button type="button" class="button small" on:click=move |_| sheet.dispatch.export(Export::List(list))>
                        <Icon glyph=Glyph::Download />{t("page.table.csv")}
                    </button>
                    <button type="button" class="button small" on:click=move |_| sheet.dispatch.export(Export::ListXlsx(list))>
                        <Icon glyph=Glyph::Download />{t("page.action.export_xlsx")}
                    </button>
                }.into_any())}
            </div>
        </header>
    }
}

impl SheetState {
    /// Hands out the paper in whose row the selection is.
    fn save_paper(self) {
        let row = self.selection.with_untracked(|selection| selection.at.0);
        let sha256 = self.read_untracked(|view| {
            let column = view.columns.iter().position(|column| column.title == "column.sha256")?;
            view.rows.get(row.checked_sub(view.first)?)?.get(column).map(markup::plain)
        });
        self.dispatch.export(Export::Paper(sha256.flatten().unwrap_or_default()));
    }
}

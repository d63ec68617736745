//! What the selected cells of a sheet amount to.

use std::time::Duration;

use leptos::prelude::*;

use super::SheetState;
use crate::model::message::Message;
use crate::ui::query::{QueryState, workspace_query};
use crate::ui::words::say;
use crate::work::table::CellBlock;
use crate::work::{Request, Response};

/// Nothing is asked before the selection rests for so long.
const REST: Duration = Duration::from_millis(150);

/// What the selected cells amount to, asked once the selection rests.
pub(super) fn summary(sheet: &SheetState) -> Signal<QueryState> {
    let sheet = *sheet;
    let rested = RwSignal::new(None::<CellBlock>);
    let mut rest = debounce(REST, move |block| drop(rested.try_set(block)));
    Effect::new(move |_| rest(sheet.reaches().then(|| sheet.block())));
    workspace_query(move || {
        let block = rested.get()?;
        Some(Request::Summarise { query: sheet.query.get_untracked(), block })
    })
    .state
}

/// The summary in words, where there is one.
pub(super) fn told(state: &QueryState) -> Option<String> {
    let Response::Summary(summary) = state.response()? else { return None };
    let filled = Message::new("page.table.filled").with("count", summary.filled);
    if summary.numbers == 0 {
        return Some(say(&filled));
    }
    let numbers = Message::new("page.table.numbers").with("count", summary.numbers);
    let key = if summary.sum.is_some() { "page.table.sum" } else { "page.table.sum_unknown" };
    let told = Message::new(key).with("filled", filled).with("numbers", numbers);
    Some(say(&summary.sum.map_or(told.clone(), |sum| told.with("sum", sum))))
}

impl SheetState {
    /// Whether more than one cell is selected, and follows it.
    pub(super) fn reaches(self) -> bool {
        self.selection.with(|selection| selection.at != selection.corner)
    }
}

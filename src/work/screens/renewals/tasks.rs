//! What is to be done before the renewals of the next year, how far it is, and what people say of it.

use std::borrow::Cow;

use jiff::civil::Date;

use super::OpenWorkspace;
use super::task_detail;
use crate::engine::renewal::Forecast;
use crate::engine::renewal::work_list::{Urgency, WorkItem, work_list};
use crate::model::day;
use crate::model::message::Message;
use crate::model::task::{TaskKey, TaskKind, TaskState};
use crate::report::calendar::{about, title};
use crate::work::arranged::{Arrangeable, Arrangement, ColumnKey, SHOWN, arrange};
use crate::work::cell::Cell;
use crate::work::data_table::{ColumnKind, DataCell, DataColumn, DataRow, DataTable, RowState};
use crate::work::screen_query::ScreenQuery;
use crate::work::tone::Tone;

/// The name of the table.
pub(in crate::work::screens) const NAME: &str = "tasks";

const COLUMNS: [(&str, &str, ColumnKind); 3] = [
    ("task", "page.renewals.to_do", ColumnKind::Name),
    ("on", "page.renewals.on_day", ColumnKind::Words),
    ("stands", "column.state", ColumnKind::Words),
];

/// The tasks up to twelve months ahead, the most pressing first; the calendar file has those of all years.
pub(super) fn table(forecast: &Forecast, open: OpenWorkspace<'_>, query: &ScreenQuery) -> DataTable {
    let last = day::a_year_after(forecast.on).unwrap_or(forecast.to);
    let mut items = work_list(forecast, &open.workspace.lists);
    items.retain(|item| item.task.on <= last);
    let rows: Vec<Arrangeable> = items.iter().map(|item| arrangeable(item, forecast.on)).collect();
    let make = |index: usize, is_open: bool| {
        let (Some(item), Some(row)) = (items.get(index), rows.get(index)) else { return DataRow::blank() };
        DataRow {
            key: row.key.clone(),
            cells: cells(item, forecast.on),
            detail: is_open.then(|| task_detail::of(item, query.today)),
        }
    };
    let arrangement = Arrangement {
        name: NAME,
        title: "page.renewals.tasks",
        columns: COLUMNS.map(DataColumn::of).into(),
        sorted: "on",
        groupings: vec![
            ("urgency", "page.tasks.by_urgency"),
            ("agreement", "page.renewals.by_agreement"),
            ("month", "page.tasks.by_month"),
        ],
        grouped: "urgency",
        shown: SHOWN,
        query,
    };
    arrange(arrangement, &rows, make, Some(Message::new("page.tasks.note")))
}

fn arrangeable(item: &WorkItem, on: Date) -> Arrangeable {
    let TaskKey { kind, agreement, site, product, anniversary } = &item.task.key;
    let urgency = item.urgency(on);
    let pressing = Urgency::ALL.iter().position(|known| *known == urgency).unwrap_or_default();
    let cycle = TaskKind::ALL.iter().position(|known| known == kind).unwrap_or_default();
    let month = item.task.on.first_of_month();
    let of_agreement = if agreement.is_empty() {
        Message::new("page.renewals.of_no_agreement")
    } else {
        Message::new("page.renewals.group").with("name", agreement.as_str())
    };
    // What is closed comes after what is not, whatever is sorted by.
    let place = u8::from(urgency == Urgency::Closed);
    let words = |text: &str| ColumnKey::Words(format!("{place}{text}"));
    Arrangeable {
        key: [kind.name(), agreement, site, product, &anniversary.to_string()].join("/"),
        keys: vec![
            words(&format!("{cycle:02}{}", item.task.on)),
            words(&item.task.on.to_string()),
            words(&format!("{pressing}{}", item.task.on)),
        ],
        words: [kind.name(), agreement, site, product, &item.note].join(" "),
        state: Some(RowState::Task(item.state)),
        groups: vec![
            (pressing.to_string(), Message::new(urgency_word(urgency))),
            (agreement.clone(), of_agreement),
            (month.to_string(), Message::new("page.tasks.month").with("day", month)),
        ],
        amount: None,
        unit: Cow::Borrowed(""),
    }
}

fn cells(item: &WorkItem, on: Date) -> Vec<DataCell> {
    let (word, tone) = stands(item, on);
    let done = item.done_on.map(|day| Message::new("page.tasks.done_on").with("day", day));
    let in_work = (item.state == TaskState::InWork).then(|| Message::new(item.state.word()));
    vec![
        DataCell::of(Cell::Said(vec![title(&item.task)])).above([about(&item.task)]),
        DataCell::of(Cell::Day(Some(item.task.on))).above(item.state.waits().then(|| distance(item.task.on, on))),
        DataCell { tone: Some(tone), ..DataCell::of(Cell::Word(word.into())) }.above(done.into_iter().chain(in_work)),
    ]
}

/// The word for how a task stands: that it presses goes before how far it is.
fn stands(item: &WorkItem, on: Date) -> (&'static str, Tone) {
    match (item.urgency(on), item.state) {
        (urgency @ Urgency::Overdue, _) => (urgency_word(urgency), Tone::Bad),
        (urgency @ Urgency::Soon, _) => (urgency_word(urgency), Tone::Warn),
        (Urgency::Later | Urgency::Closed, TaskState::Done) => (TaskState::Done.word(), Tone::Good),
        (Urgency::Later | Urgency::Closed, state) => (state.word(), Tone::Plain),
    }
}

const fn urgency_word(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Overdue => "page.tasks.overdue",
        Urgency::Soon => "page.tasks.soon",
        Urgency::Later => "page.tasks.later",
        Urgency::Closed => "page.tasks.closed",
    }
}

/// How far a day lies ahead, or back.
pub(in crate::work::screens) fn distance(day: Date, on: Date) -> Message {
    match day::between(on, day) {
        0 => Message::new("page.tasks.today"),
        days if days > 0 => Message::new("page.tasks.ahead").with("count", days.unsigned_abs()),
        days => Message::new("page.tasks.past").with("count", days.unsigned_abs()),
    }
}

/// What presses on a day, in a sentence; `None` where nothing does.
pub(super) fn reminder(forecast: &Forecast, open: OpenWorkspace<'_>) -> Option<Message> {
    let items = work_list(forecast, &open.workspace.lists);
    let count = |urgency| items.iter().filter(|item| item.urgency(forecast.on) == urgency).count();
    let overdue = |count| Message::new("page.remind.overdue").with("count", count);
    let soon = |count| Message::new("page.remind.soon").with("count", count);
    match (count(Urgency::Overdue), count(Urgency::Soon)) {
        (0, 0) => None,
        (late, 0) => Some(overdue(late)),
        (0, near) => Some(soon(near)),
        (late, near) => Some(Message::new("page.remind.both").with("overdue", overdue(late)).with("soon", soon(near))),
    }
}

//! How far the tasks before renewals are: what people say of each, and what records of what was done outside say.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Forecast;
use super::tasks::{Task, tasks};
use crate::model::day;
use crate::model::record::{Record, RecordKind};
use crate::model::task::{TaskKey, TaskKind, TaskProgress, TaskState};
use crate::model::workspace::Lists;

/// A task that is to be done within so many days is told as soon as somebody looks.
const SOON: i64 = 14;

/// A task, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkItem {
    /// The task.
    pub task: Task,
    /// How far it is.
    pub state: TaskState,
    /// When it was done; `None` where nobody says, or it is not done.
    pub done_on: Option<Date>,
    /// What there is to say of it.
    pub note: String,
    /// Whether a record says that it is done, and not its own line.
    pub is_recorded: bool,
}

/// How much a task presses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Its day is past.
    Overdue,
    /// Its day is near.
    Soon,
    /// There is time.
    Later,
    /// It waits for nobody any more.
    Closed,
}

impl Urgency {
    /// All of them, the most pressing in front.
    pub const ALL: [Self; 4] = [Self::Overdue, Self::Soon, Self::Later, Self::Closed];
}

impl WorkItem {
    /// How much it presses on a day.
    pub fn urgency(&self, on: Date) -> Urgency {
        if !self.state.waits() {
            Urgency::Closed
        } else if self.task.on < on {
            Urgency::Overdue
        } else if day::after(on, SOON).is_none_or(|soon| self.task.on <= soon) {
            Urgency::Soon
        } else {
            Urgency::Later
        }
    }
}

/// The tasks of a forecast, by day, with how far each is.
pub fn work_list(forecast: &Forecast, lists: &Lists) -> Vec<WorkItem> {
    let said: BTreeMap<TaskKey, TaskProgress> = lists.tasks.lines().map(|line| (line.key(), line)).collect();
    let records: Vec<Record> = lists.records.lines().collect();
    let item = |task: Task| {
        let said = said.get(&task.key);
        let state = said.and_then(|line| line.state).unwrap_or_default();
        let recorded = records.iter().filter(|record| closes(record, &task.key)).map(|record| record.date).min();
        let is_recorded = state.waits() && recorded.is_some();
        let (state, done_on) = match state {
            TaskState::Open | TaskState::InWork if is_recorded => (TaskState::Done, recorded),
            TaskState::Open | TaskState::InWork | TaskState::NotNeeded => (state, None),
            TaskState::Done => (state, said.and_then(|line| line.done_on)),
        };
        let note = said.map(|line| line.note.clone()).unwrap_or_default();
        WorkItem { task, state, done_on, note, is_recorded }
    };
    tasks(forecast).into_iter().map(item).collect()
}

/// Whether a record says that a task is done: it is of what the task asks for (a download, where it says which version),
/// names what the task is about, and is of the year before the task's anniversary. A task about nothing in particular is
/// closed whatever the record is about.
fn closes(record: &Record, task: &TaskKey) -> bool {
    let kinds: &[TaskKind] = match record.record {
        RecordKind::NonRenewalNotice => &[TaskKind::Notice, TaskKind::LastNotice],
        RecordKind::PriceLetter => &[TaskKind::NewPrices],
        RecordKind::QuoteRequest => &[TaskKind::QuoteLate],
        RecordKind::QuoteReceived => &[TaskKind::Quote, TaskKind::QuoteLate],
        RecordKind::ProofOfLess => &[TaskKind::ProofOfLess],
        RecordKind::Download if !record.result.trim().is_empty() => &[TaskKind::Versions],
        RecordKind::Download
        | RecordKind::Media
        | RecordKind::Order
        | RecordKind::Notice
        | RecordKind::Review
        | RecordKind::Other => &[],
    };
    let about = record.about.trim();
    let named = [&task.agreement, &task.site, &task.product].map(|name| name.trim());
    let is_about = named.iter().all(|name| name.is_empty())
        || (!about.is_empty() && named.iter().any(|name| name.eq_ignore_ascii_case(about)));
    let year_before = day::months_after(task.anniversary, -12);
    kinds.contains(&task.kind)
        && is_about
        && record.date < task.anniversary
        && year_before.is_none_or(|start| start <= record.date)
}

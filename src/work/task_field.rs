//! What people say of a task before a renewal, in the fields of its row.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::edit::command::Command;
use crate::model::day;
use crate::model::list::{Line, List, StoredLines};
use crate::model::task::{TaskKey, TaskProgress, TaskState};

/// What is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskField {
    /// How far it is; one that becomes done is done on this day.
    State(#[serde(deserialize_with = "day::read_optional")] Option<Date>),
    /// When it was done.
    DoneOn,
    /// Anything else.
    Note,
}

impl TaskField {
    /// The command that says it; `None` where the text is none of its values. A line that says nothing any more goes.
    pub fn command(self, key: &TaskKey, text: &str, tasks: &StoredLines<TaskProgress>) -> Option<Command> {
        let known = tasks.lines().enumerate().filter(|(_, line)| line.key() == *key).last();
        let (index, mut line) =
            known.map_or_else(|| (None, TaskProgress::none_of(key.clone())), |(index, line)| (Some(index), line));
        match self {
            Self::State(today) => {
                let state = TaskState::ALL.into_iter().find(|state| state.name() == text)?;
                line.state = Some(state);
                line.done_on = if state == TaskState::Done { line.done_on.or(today) } else { None };
            }
            Self::DoneOn if text.is_empty() => line.done_on = None,
            Self::DoneOn => line.done_on = Some(day::parse(text)?),
            Self::Note => text.clone_into(&mut line.note),
        }
        let list = List::Tasks;
        Some(if line.is_blank() {
            Command::RemoveLines { list, indices: index.into_iter().collect() }
        } else {
            Command::PutLines { list, lines: vec![(index, line.values())] }
        })
    }
}

//! What was done, and can be undone and done again.
//!
//! A step keeps the workspace as it was: its large parts are shared, so a copy costs little, and undo is exact by
//! construction. The history lasts as long as the open page; it is not part of the document.

use crate::model::message::Message;
use crate::model::workspace::Workspace;

/// How many steps can be undone.
const MOST: usize = 200;

/// The steps that can be undone, and those that were.
///
/// # Examples
///
/// ```rust
/// use highwater::edit::command::{Command, apply};
/// use highwater::edit::history::History;
/// use highwater::model::workspace::Workspace;
///
/// let (mut workspace, mut history) = (Workspace::default(), History::default());
/// let (before, command) = (workspace.clone(), Command::Rename("Northwind".to_owned()));
/// let name = command.name();
/// apply(&mut workspace, command).unwrap();
/// history.record(name, before.clone());
///
/// assert!(history.undo(&mut workspace) && workspace == before);
/// assert!(history.redo(&mut workspace) && workspace.name == "Northwind");
/// assert!(!history.redo(&mut workspace)); // Nothing else was undone.
/// ```
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<HistoryStep>,
    undone: Vec<HistoryStep>,
}

/// A change: what it is called, and the workspace on its other side.
#[derive(Clone, Debug)]
struct HistoryStep {
    name: Message,
    other: Workspace,
}

impl History {
    /// Notes a change that was made to `before`. What was undone is forgotten.
    pub fn record(&mut self, name: Message, before: Workspace) {
        self.undone.clear();
        if self.done.len() == MOST {
            self.done.remove(0);
        }
        self.done.push(HistoryStep { name, other: before });
    }

    /// Takes the last change back; whether there was one.
    pub fn undo(&mut self, workspace: &mut Workspace) -> bool {
        swap(&mut self.done, &mut self.undone, workspace)
    }

    /// Makes the change that was taken back last once more; whether there was one.
    pub fn redo(&mut self, workspace: &mut Workspace) -> bool {
        swap(&mut self.undone, &mut self.done, workspace)
    }

    /// What the change is called that [`History::undo`] would take back.
    pub fn undoes(&self) -> Option<&Message> {
        self.done.last().map(|step| &step.name)
    }

    /// What the change is called that [`History::redo`] would make.
    pub fn redoes(&self) -> Option<&Message> {
        self.undone.last().map(|step| &step.name)
    }
}

fn swap(from: &mut Vec<HistoryStep>, to: &mut Vec<HistoryStep>, workspace: &mut Workspace) -> bool {
    let Some(mut step) = from.pop() else { return false };
    std::mem::swap(&mut step.other, workspace);
    to.push(step);
    true
}

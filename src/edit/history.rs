//! What was done, and can be undone and done again.
//!
//! A step keeps the workspace as it was: its large parts are shared, so a copy costs little, and undo is exact by
//! construction. A step that [`super::journal`] can write keeps its words, so that it can be undone after the workspace was
//! opened again.

use std::rc::Rc;

use crate::model::message::Message;
use crate::model::workspace::{List, Workspace};

/// How many steps can be undone.
const MOST: usize = 200;

/// How many lines all the workspaces of the history have together, at most. They share what was not changed, but a list
/// that was changed names each of its lines anew: four bytes in a browser, and memory has an end.
const MOST_LINES: usize = 20_000_000;

/// How many steps are kept of a workspace in which every list is long.
const LEAST: usize = 10;

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
/// history.record(name, before.clone(), None);
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
    /// The step as the journal writes it; `None` where it cannot.
    written: Option<Rc<str>>,
}

/// A document and the steps that lead from there to a workspace, with what was undone on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WrittenHistory<'a> {
    /// The workspace before the first of the steps.
    pub(super) base: &'a Workspace,
    /// The steps that can be undone, the first one first.
    pub(super) done: Vec<&'a str>,
    /// The steps that were undone, in the order in which they would be made again.
    pub(super) undone: Vec<&'a str>,
}

impl History {
    /// Notes a change that was made to `before`, and how the journal writes it if it can. What was undone is forgotten.
    pub fn record(&mut self, name: Message, before: Workspace, written: Option<Rc<str>>) {
        self.undone.clear();
        let spare = self.done.len().saturating_sub(Self::room_for(&before).saturating_sub(1));
        self.done.drain(..spare.min(self.done.len()));
        self.done.push(HistoryStep { name, other: before, written });
    }

    /// The history as far as it can be written: back to the first change that cannot be, and forward likewise.
    pub(super) fn written<'a>(&'a self, workspace: &'a Workspace) -> WrittenHistory<'a> {
        let from_last = |steps: &'a [HistoryStep]| steps.iter().rev().map_while(|step| step.written.as_deref());
        let mut done: Vec<&str> = from_last(&self.done).collect();
        done.reverse();
        let first = self.done.len().saturating_sub(done.len());
        let base = self.done.get(first).map_or(workspace, |step| &step.other);
        WrittenHistory { base, done, undone: from_last(&self.undone).collect() }
    }

    /// How many steps can be undone of a workspace like this one.
    pub(super) fn room_for(workspace: &Workspace) -> usize {
        let lines: usize = List::ALL.into_iter().map(|list| workspace.lists.len(list)).sum();
        MOST_LINES.checked_div(lines).unwrap_or(MOST).clamp(LEAST, MOST)
    }

    /// How many steps can be undone now.
    pub(super) fn undoable(&self) -> usize {
        self.done.len()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::part_points::PartPoints;

    #[test]
    fn fewer_steps_can_be_undone_where_two_hundred_lists_would_take_the_memory_of_a_browser() {
        let room = |lines: usize| {
            let mut workspace = Workspace::default();
            workspace.lists.part_points = std::iter::repeat_n(PartPoints::default(), lines).collect();
            History::room_for(&workspace)
        };
        assert_eq!([room(0), room(100_000), room(400_000)], [200, 200, 50]);
    }
}

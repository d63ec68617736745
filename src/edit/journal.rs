//! How a workspace is kept: a document, and the steps that were made since it was written. A step is short where a document
//! may be long, so that what is sent and stored of an edit is the edit; and as the steps that were undone are among
//! them, what could be undone still can be after the workspace was opened again.
//!
//! Not every change is a step: what brings or removes files, or thousands of lines, is kept by writing the document anew. So
//! is what has become long.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::command::{self, Command};
use super::history::History;
use crate::model::document::{fields_from_json, fields_to_json, lists_from_json, lists_to_json};
use crate::model::issue::{Issue, Severity};
use crate::model::list::List;
use crate::model::message::Message;
use crate::model::workspace::{Lists, Workspace};

/// A step as it is written: JSON that people can read. Lines go by the names of their fields, as in the document.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// A change that is written as it is.
    Change(Command),
    /// [`Command::Import`] of lines alone: their lists by name.
    Import(Map<String, Json>),
    /// [`Command::PutLines`].
    PutLines {
        /// Which list.
        list: List,
        /// The lines.
        lines: Vec<WrittenLine>,
    },
    /// The last change was taken back.
    Undo,
    /// It was made once more.
    Redo,
}

#[derive(Serialize, Deserialize)]
struct WrittenLine {
    /// The index of the line in whose place it comes; the end of the list without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
    line: Map<String, Json>,
}

/// What is to be kept of the last changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unkept {
    /// These steps behind those that are kept; none where nothing has changed.
    Steps(Vec<String>),
    /// This in the place of all that is kept.
    Whole {
        /// The workspace as JSON, before the steps.
        document: String,
        /// The steps that lead to it as it is.
        steps: Vec<String>,
    },
}

impl Default for Unkept {
    fn default() -> Self {
        Self::Steps(Vec::new())
    }
}

/// What is kept of a workspace, and what is still to be.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// Whether there is a document to which steps can be added.
    begun: bool,
    /// How many changes the steps that are kept leave to be undone, and to be made again.
    done: usize,
    undone: usize,
    /// How many steps are kept.
    length: usize,
    /// The steps that are to be kept.
    steps: Vec<String>,
    /// Whether the document has to be written.
    rewrite: bool,
}

/// How the journal writes a change; `None` for one that only the document can keep.
///
/// # Examples
///
/// ```rust
/// use highwater::edit::command::Command;
/// use highwater::edit::journal::written;
///
/// let step = written(&Command::Rename("Northwind".to_owned())).unwrap();
/// assert_eq!(&*step, r#"{"change":{"rename":"Northwind"}}"#);
/// ```
pub fn written(command: &Command) -> Option<Rc<str>> {
    let step = match command {
        Command::Import { sources, replaced: None, lists } if sources.is_empty() && is_short(lists) => {
            Step::Import(lists_to_json(lists))
        }
        // Files come or go with it, or the document is hardly longer.
        Command::Import { .. }
        | Command::RemoveSource(_)
        | Command::RemoveLines { list: List::Papers, .. }
        | Command::PutLines { list: List::Papers, .. } => return None,
        Command::PutLines { list, lines } => {
            let (list, empty) = (*list, Lists::default());
            let fields = empty.lines(list).fields();
            let line = |(index, values): &(Option<usize>, Vec<_>)| WrittenLine {
                index: *index,
                line: fields_to_json(fields, values),
            };
            Step::PutLines { list, lines: lines.iter().map(line).collect() }
        }
        Command::Rename(_)
        | Command::RemoveLines { .. }
        | Command::SetPeriod(_)
        | Command::SetRounding(_)
        | Command::SetPriceTerms(_)
        | Command::SetBundleTerms(_)
        | Command::SetProposal(_)
        | Command::SetFirstDay { .. } => Step::Change(command.clone()),
    };
    serde_json::to_string(&step).ok().map(Rc::from)
}

/// So many lines that are brought at once are written as a step.
const MOST_BROUGHT: usize = 10_000;

fn is_short(lists: &Lists) -> bool {
    let lines: usize = List::ALL.into_iter().map(|list| lists.len(list)).sum();
    lists.len(List::Papers) == 0 && lines <= MOST_BROUGHT
}

/// What came of a workspace whose document was read.
#[derive(Clone, Debug)]
pub struct Restored {
    /// What can be undone of it.
    pub history: History,
    /// What is to be told of what cannot be read; that is kept as it is.
    pub issues: Vec<Issue>,
    /// Whether it is no longer what the document and the steps say.
    pub rewrite: bool,
}

/// Makes a workspace whose document was read what it was, by the steps since.
pub fn restore(workspace: &mut Workspace, steps: &[String]) -> Restored {
    // Steps name lines by their index: where a line is missing they would reach another one.
    let can_be_made = if workspace.unread.are_missing() { &[] } else { steps };
    let base = workspace.clone();
    let (mut history, made) = replay(workspace, can_be_made);
    let left = steps.get(made..).unwrap_or_default();
    if !left.is_empty() {
        // They stay also when the steps before them are undone.
        *workspace = base;
        workspace.keep_unread_steps(left);
        (history, _) = replay(workspace, can_be_made.get(..made).unwrap_or_default());
    }
    let reread = workspace.read_unread_lines();
    if reread {
        // The steps before were made on other lines.
        history = History::default();
    }
    let unread = |(list, count): (List, usize)| {
        Issue::new(Severity::Error, "lines_unread").with("count", count).with("list", Message::new(list.title()))
    };
    let mut issues: Vec<Issue> = workspace.unread.counts().into_iter().map(unread).collect();
    if !left.is_empty() {
        issues.push(Issue::new(Severity::Error, "steps_unread").with("count", left.len()));
    }
    Restored { history, issues, rewrite: reread || !left.is_empty() }
}

/// Makes steps again, as far as they can be: the history that they leave, and how many they are.
fn replay(workspace: &mut Workspace, steps: &[String]) -> (History, usize) {
    let mut history = History::default();
    let made = steps.iter().take_while(|step| make(workspace, &mut history, step).is_some()).count();
    (history, made)
}

fn make(workspace: &mut Workspace, history: &mut History, step: &str) -> Option<()> {
    let command = match serde_json::from_str(step).ok()? {
        Step::Undo => return history.undo(workspace).then_some(()),
        Step::Redo => return history.redo(workspace).then_some(()),
        Step::Change(command) => command,
        Step::Import(lists) => {
            Command::Import { sources: Vec::new(), replaced: None, lists: Box::new(lists_from_json(&lists)?) }
        }
        Step::PutLines { list, lines } => {
            let fields = workspace.lists.lines(list).fields();
            let line = |line: WrittenLine| Some((line.index, fields_from_json(fields, &line.line)?));
            Command::PutLines { list, lines: lines.into_iter().map(line).collect::<Option<_>>()? }
        }
    };
    let (name, before) = (command.name(), workspace.clone());
    command::apply(workspace, command).ok()?;
    history.record(name, before, Some(Rc::from(step)));
    Some(())
}

impl Journal {
    /// The journal of a workspace that was opened with so many steps, which left `history`.
    pub fn opened(history: &History, workspace: &Workspace, steps: usize) -> Self {
        let written = history.written(workspace);
        Self { begun: true, done: written.done.len(), undone: written.undone.len(), length: steps, ..Self::default() }
    }

    /// A change was recorded in the history; `written` is how it is written.
    pub fn changed(&mut self, written: Option<&str>, history: &History) {
        self.undone = 0;
        match written {
            Some(step) if self.begun => {
                self.done = self.done.saturating_add(1).min(history.undoable());
                self.steps.push(step.to_owned());
            }
            Some(_) | None => self.rewrite(),
        }
    }

    /// The last change was taken back.
    pub fn undid(&mut self) {
        let (done, undone) = (self.done, self.undone);
        (self.done, self.undone) = self.turned(done, undone, &Step::Undo);
    }

    /// The change that was taken back last was made once more.
    pub fn redid(&mut self) {
        let (done, undone) = (self.done, self.undone);
        (self.undone, self.done) = self.turned(undone, done, &Step::Redo);
    }

    fn turned(&mut self, from: usize, to: usize, step: &Step) -> (usize, usize) {
        // A change that is no step of the journal cannot be taken back by one.
        match (from.checked_sub(1), serde_json::to_string(step)) {
            (Some(from), Ok(step)) if self.begun => {
                self.steps.push(step);
                (from, to.saturating_add(1))
            }
            _ => {
                self.rewrite();
                (from, to)
            }
        }
    }

    /// Whether there is a document to which steps can be added.
    pub const fn has_begun(&self) -> bool {
        self.begun
    }

    /// The document has to be written anew.
    pub fn rewrite(&mut self) {
        self.rewrite = true;
    }

    /// What is to be kept since this was asked last.
    ///
    /// # Errors
    /// When the document cannot be written.
    pub fn take(&mut self, workspace: &Workspace, history: &History) -> Result<Unkept, serde_json::Error> {
        self.length = self.length.saturating_add(self.steps.len());
        let steps = std::mem::take(&mut self.steps);
        // Twice as many as can be undone: then half of them only have to be made again.
        let longest = History::room_for(workspace).saturating_mul(2);
        if !self.rewrite && self.length <= longest {
            return Ok(Unkept::Steps(steps));
        }
        let written = history.written(workspace);
        let document = serde_json::to_string(written.base)?;
        let mut steps: Vec<String> =
            written.done.iter().chain(&written.undone).map(|step| (*step).to_owned()).collect();
        let undo = serde_json::to_string(&Step::Undo)?;
        steps.extend(written.undone.iter().map(|_| undo.clone()));
        let (done, undone, length) = (written.done.len(), written.undone.len(), steps.len());
        *self = Self { begun: true, done, undone, length, ..Self::default() };
        Ok(Unkept::Whole { document, steps })
    }
}

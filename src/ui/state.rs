//! What all screens share.

use std::sync::Arc;

use leptos::prelude::*;

use super::route::Route;
use crate::browser::database::{StorageError, WorkspaceEntry};
use crate::model::derivation::Derivation;
use crate::model::issue::{Issue, Severity};
use crate::model::message::Message;
use crate::work::{Overview, Question, State};

/// The signals that screens read. They change only through [`super::dispatch::Dispatch`].
#[derive(Clone, Copy)]
pub struct Shared {
    /// Where the reader is.
    pub route: RwSignal<Route>,
    /// The open workspace.
    pub open: RwSignal<Arc<State>>,
    /// The explanation that was asked for last, and the question.
    pub explained: RwSignal<Option<Explained>>,
    /// Whether the workspace of the last visit is still being opened.
    pub opening: RwSignal<bool>,
    /// How the workspace is kept.
    pub save_state: RwSignal<SaveState>,
    /// How many changes were asked for and are not answered yet: until then what is saved is not what was done.
    pub changing: RwSignal<u32>,
    /// When the user last took a copy as a file.
    pub last_backup: RwSignal<Option<String>>,
    /// A long piece of work, while it lasts.
    pub busy: RwSignal<Option<Busy>>,
    /// What the user should know now.
    pub notices: RwSignal<Vec<Notice>>,
    /// What a screen reader says next.
    pub spoken: RwSignal<String>,
    /// Whether the demo is open instead of the user's own data.
    pub demo: RwSignal<bool>,
    /// A workspace file that waits for the user's word to take the place of the open workspace.
    pub waiting: RwSignal<Option<String>>,
    /// The user's workspaces, as they were kept when somebody looked last.
    pub kept: RwSignal<Vec<WorkspaceEntry>>,
    /// What the frame of the page shows beside its screen.
    pub frame: RwSignal<FrameState>,
}

/// What the frame of the page shows beside its screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrameState {
    /// What it has open above the page.
    pub layer: Option<Layer>,
    /// The step of the tour of the demo, while it is taken.
    pub tour: Option<usize>,
}

/// What the frame of the page opens above it, one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// The user's workspaces.
    Workspaces,
    /// All screens.
    Screens,
    /// The search for anything.
    Finder,
    /// The keys.
    Keys,
}

/// A question, and what it came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// What was asked.
    pub question: Question,
    /// The answer; `None` when there is none.
    pub derivation: Option<Arc<Derivation>>,
}

/// How the workspace is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SaveState {
    /// There is nothing to keep yet.
    #[default]
    Nothing,
    /// It is being written and read back.
    Saving,
    /// It was written and read back, at this moment.
    Saved(String),
    /// It is only here, in memory: the browser did not keep it.
    Failed(StorageError),
}

/// A long piece of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Busy {
    /// What is being done.
    pub stage: Message,
    /// How many of `total` parts are done.
    pub done: u64,
    /// How many parts there are; 0 when nobody knows.
    pub total: u64,
}

/// One thing that the user should know now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Tells notices apart.
    pub id: u32,
    /// How much it matters.
    pub severity: Severity,
    /// What it says.
    pub message: Message,
    /// What it says it about, thing by thing.
    pub details: Vec<Issue>,
    /// Whether it tells of a deletion that can be undone.
    pub undo: bool,
}

impl Notice {
    /// Whether it leaves by itself: it tells of nothing wrong, and offers nothing.
    pub fn leaves(&self) -> bool {
        self.severity == Severity::Info && !self.undo
    }
}

impl Shared {
    /// Nothing open yet.
    pub fn new(route: Route) -> Self {
        Self {
            route: RwSignal::new(route),
            open: RwSignal::default(),
            explained: RwSignal::default(),
            opening: RwSignal::new(true),
            save_state: RwSignal::default(),
            changing: RwSignal::default(),
            last_backup: RwSignal::default(),
            busy: RwSignal::default(),
            notices: RwSignal::default(),
            spoken: RwSignal::default(),
            demo: RwSignal::default(),
            waiting: RwSignal::default(),
            kept: RwSignal::default(),
            frame: RwSignal::default(),
        }
    }

    /// What the screens of this page share.
    pub fn here() -> Self {
        expect_context()
    }

    /// Whether this is open above the page.
    pub fn has_open(&self, layer: Layer) -> Signal<bool> {
        let frame = self.frame;
        Signal::derive(move || frame.with(|frame| frame.layer == Some(layer)))
    }

    /// Opens something above the page in the place of what is open there, or closes that.
    pub fn lay(&self, layer: Option<Layer>) {
        if self.frame.with_untracked(|frame| frame.layer != layer) {
            self.frame.update(|frame| frame.layer = layer);
        }
    }

    /// Goes to a step of the tour, or leaves it.
    pub fn show_tour(&self, step: Option<usize>) {
        self.frame.update(|frame| frame.tour = step);
    }

    /// Reads the open workspace.
    pub fn workspace<T>(&self, read: impl FnOnce(&Overview) -> T) -> T {
        self.open.with(|open| read(&open.workspace))
    }

    /// Reads the open workspace, and does not follow it.
    pub fn workspace_untracked<T>(&self, read: impl FnOnce(&Overview) -> T) -> T {
        self.open.with_untracked(|open| read(&open.workspace))
    }

    /// A change is asked for: it is not saved before what this gives is dropped, which is to be once it is shown.
    pub fn change(&self) -> ChangeAsked {
        self.changing.update(|asked| *asked = asked.saturating_add(1));
        ChangeAsked(self.changing)
    }

    /// Whether a change is asked for and not shown yet.
    pub fn is_changing(&self) -> bool {
        self.changing.get() > 0
    }

    /// Whether the workspace rests on any file, or any of its lists has a line.
    pub fn has_content(&self) -> bool {
        self.workspace(Overview::has_content)
    }
}

/// A change that is asked for and not shown yet.
#[must_use]
pub struct ChangeAsked(RwSignal<u32>);

impl Drop for ChangeAsked {
    fn drop(&mut self) {
        self.0.try_update(|asked| *asked = asked.saturating_sub(1));
    }
}

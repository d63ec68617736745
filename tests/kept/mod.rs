//! What a page keeps of an open workspace, as it takes it from the answers of the worker.

use highwater::edit::journal::{Unkept, restore};
use highwater::model::workspace::Workspace;
use highwater::work::sources::sha256;
use highwater::work::{KeptFile, Request, State};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) document: String,
    pub(crate) steps: Vec<String>,
}

impl Kept {
    /// What is kept after an answer that brings all of it.
    pub(crate) fn of(state: &State) -> Self {
        let mut kept = Self::default();
        assert!(matches!(state.unkept, Unkept::Whole { .. }), "{:?}", state.unkept);
        kept.take(state);
        kept
    }

    /// Takes in what an answer brings.
    pub(crate) fn take(&mut self, state: &State) {
        match state.unkept.clone() {
            Unkept::Steps(steps) => self.steps.extend(steps),
            Unkept::Whole { document, steps } => *self = Self { document, steps },
        }
    }

    /// Has a worker open it, without files.
    pub(crate) fn open(&self) -> Request {
        self.open_with(&[])
    }

    /// Has a worker open it with these files.
    pub(crate) fn open_with(&self, files: &[Vec<u8>]) -> Request {
        let files = files.iter().map(|bytes| KeptFile { sha256: sha256(bytes), parsed: false }).collect();
        Request::Open { document: self.document.clone(), steps: self.steps.clone(), drafts: String::new(), files }
    }

    /// The workspace that is kept.
    pub(crate) fn workspace(&self) -> Workspace {
        let mut workspace = serde_json::from_str(&self.document).unwrap();
        assert!(!restore(&mut workspace, &self.steps).rewrite);
        workspace
    }
}

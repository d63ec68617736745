//! A workspace comes in: from where it is kept, or as a file.

use super::{Imported, Session, sha256};
use crate::edit::journal::{self, Journal, Restored};
use crate::engine::allocation::Allocated;
use crate::import::Limits;
use crate::model::assessment::Assessment;
use crate::model::issue::{Issue, Severity};
use crate::model::position::Position;
use crate::model::workspace::Workspace;
use crate::persist::envelope::{self, Refused};
use crate::work::Response;
use crate::work::reading::{Progress, Reading};
use crate::work::tables::Tables;

impl Session {
    /// Reads a workspace file; it waits for the user's word.
    pub(super) fn receive(&mut self, name: &str, files: &[Vec<u8>]) -> Result<Response, Vec<Issue>> {
        let bytes = files.first().map(Vec::as_slice).unwrap_or_default();
        let opened = envelope::open(&String::from_utf8_lossy(bytes), sha256)
            .map_err(|refused| vec![refused.issue().in_file(name)])?;
        let name = opened.workspace.name.clone();
        self.received = Some(opened);
        Ok(Response::Received { name })
    }

    /// Opens a workspace as it was kept: a document and the steps since it was written.
    pub(super) fn open_document(
        &mut self,
        document: &str,
        steps: &[String],
        files: Vec<Vec<u8>>,
        progress: Progress<'_>,
    ) -> Result<Response, Vec<Issue>> {
        match serde_json::from_str(document) {
            Ok(workspace) => Ok(self.open(workspace, steps, files, false, progress)),
            Err(error) => Err(vec![Refused::NotAWorkspace(error.to_string()).issue()]),
        }
    }

    /// Opens a workspace whose files come with it. What of it no longer can be read is told and kept. `to_be_kept` says
    /// that it is new to whoever keeps it.
    pub(super) fn open(
        &mut self,
        mut workspace: Workspace,
        steps: &[String],
        files: Vec<Vec<u8>>,
        to_be_kept: bool,
        progress: Progress<'_>,
    ) -> Response {
        let mut refused = Vec::new();
        let Restored { history, issues: left_out, rewrite } = journal::restore(&mut workspace, steps);
        self.bytes = files.into_iter().map(|bytes| (sha256(&bytes), bytes)).collect();
        for source in workspace.sources.iter().filter(|source| !self.bytes.contains_key(&source.sha256)) {
            refused.push(Issue::new(Severity::Error, "source_altered").in_file(&source.name));
        }
        self.journal = Journal::opened(&history, &workspace, steps.len());
        self.workspace = workspace;
        if to_be_kept || rewrite {
            self.journal.rewrite();
        }
        self.history = history;
        // A line that is typed anew belongs to the workspace in which it was begun.
        self.tables = Tables::default();
        self.pending.clear();
        self.read_again(progress);
        self.opened.retain(|sha256| self.bytes.contains_key(sha256));
        refused.append(&mut self.sources.refused);
        if let Err(issue) = self.settle(progress) {
            self.assessment = Assessment::default();
            self.position = Position::default();
            self.position_of = None;
            self.allocated = Allocated::default();
            refused.push(issue);
        }
        self.state(Imported { refused, left_out, ..Imported::default() })
    }

    /// Reads all files of the workspace from their bytes.
    pub(super) fn read_again(&mut self, progress: Progress<'_>) {
        self.sources.clear();
        self.assessed = None;
        self.read.clear();
        for source in &self.workspace.sources {
            if let Some(bytes) = self.bytes.get(&source.sha256) {
                self.sources.add(&source.name, bytes, &Limits::PAGE, &mut Reading { file: &source.name, progress });
            }
            self.read.push(source.sha256.clone());
        }
        // The lines of papers are in their list.
        self.sources.listed.clear();
    }
}

//! A workspace comes in: from where it is kept, or as a file.

use litemap::LiteMap;

use super::kept_files::{self, ArrivedFile};
use super::{Imported, Session, sha256};
use crate::edit::journal::{self, Journal, Restored};
use crate::engine::allocation::Allocated;
use crate::import::Limits;
use crate::model::assessment::Assessment;
use crate::model::issue::{Issue, Severity};
use crate::model::position::Position;
use crate::model::workspace::{SourceFile, Workspace};
use crate::persist::envelope::{self, OpenedEnvelope, Refused};
use crate::work::Response;
use crate::work::file_bytes;
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

    /// Opens a workspace as it was kept: a document and the steps since it was written. Files of which nothing was parsed
    /// are read.
    pub(super) fn open_document(
        &mut self,
        (document, steps, drafts): (&str, &[String], &str),
        files: Vec<ArrivedFile>,
        progress: Progress<'_>,
    ) -> (Response, Vec<Vec<u8>>) {
        let workspace: Workspace = match serde_json::from_str(document) {
            Ok(workspace) => workspace,
            Err(error) => {
                let issue = Refused::NotAWorkspace(error.to_string()).issue();
                return (Response::Refused(vec![issue]), Vec::new());
            }
        };
        let (unparsed, parsed): (Vec<ArrivedFile>, Vec<ArrivedFile>) =
            files.into_iter().partition(|file| file.parsed.is_none());
        let names: Vec<String> = unparsed.iter().map(|file| file.sha256.clone()).collect();
        let contents = match file_bytes::read_all(unparsed.into_iter().map(|file| file.bytes).collect(), progress) {
            Ok(contents) => contents,
            Err((index, reason)) => {
                let of_file = |source: &&SourceFile| names.get(index) == Some(&source.sha256);
                let name = workspace.sources.iter().find(of_file).map_or("", |source| source.name.as_str());
                return (Response::Refused(vec![file_bytes::unreadable(name, reason)]), Vec::new());
            }
        };
        let read = names.iter().map(String::as_str).zip(&contents);
        if let Some(closed) = self.closed_of(&workspace, read) {
            return closed;
        }
        self.bytes = contents.into_iter().map(|bytes| (sha256(&bytes), bytes.into())).collect();
        self.parsed = LiteMap::new();
        for ArrivedFile { sha256, bytes, parsed } in parsed {
            self.bytes.insert(sha256.clone(), bytes);
            self.parsed.extend(parsed.map(|parsed| (sha256, parsed)));
        }
        (self.open(workspace, (steps, drafts), false, progress), Vec::new())
    }

    /// Opens a workspace that was received, which is new to whoever keeps it. Its files follow the answer, in their order.
    pub(super) fn accept(&mut self, progress: Progress<'_>) -> Result<(Response, Vec<Vec<u8>>), Issue> {
        let received = self.received.take().ok_or_else(|| Issue::new(Severity::Error, "workspace_gone"))?;
        let OpenedEnvelope { workspace, steps, files, .. } = received;
        self.bytes = files.iter().map(|bytes| (sha256(bytes), bytes.clone().into())).collect();
        self.parsed = LiteMap::new();
        Ok((self.open(workspace, (&steps, ""), true, progress), files))
    }

    /// Opens a workspace whose files are there. What of it no longer can be read is told and kept. `to_be_kept` says that it
    /// is new to whoever keeps it.
    fn open(
        &mut self,
        mut workspace: Workspace,
        (steps, drafts): (&[String], &str),
        to_be_kept: bool,
        progress: Progress<'_>,
    ) -> Response {
        let mut refused = Vec::new();
        let Restored { history, issues: left_out, rewrite } = journal::restore(&mut workspace, steps);
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
        self.tables = Tables::with_drafts(drafts);
        self.told_drafts = self.tables.drafts();
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
            self.read.push(source.sha256.clone());
            let parsed = self.parsed.get(&source.sha256).and_then(|parsed| parsed.bytes().ok());
            if parsed.is_some_and(|parsed| self.sources.add_parsed(&source.name, &parsed)) {
                continue;
            }
            match kept_files::bytes_of(&self.bytes, source) {
                Some(Ok(bytes)) => {
                    let mut reading = Reading { file: &source.name, progress };
                    self.sources.add(&source.name, &bytes, &Limits::PAGE, &mut reading);
                }
                Some(Err(issue)) => self.sources.refused.push(issue),
                None => {}
            }
        }
        // The lines of papers are in their list.
        self.sources.listed.clear();
    }
}

//! The worker's side of the protocol: the open workspace, its files, and what they amount to.

use std::collections::BTreeMap;

use super::sources::{Sources, sha256};
use super::{Export, Overview, Request, Response, State, catalogue, server};
use crate::edit::command::{self, Command, Rejected};
use crate::engine::Settings;
use crate::i18n::Language;
use crate::import::{Limits, Watch};
use crate::model::assessment::Assessment;
use crate::model::issue::{Issue, Severity};
use crate::model::message::Message;
use crate::model::workspace::{SourceFile, Workspace};
use crate::persist::envelope::{self, Opened, Refused};
use crate::report::{csv, position, xlsx};
use crate::rules::processors;

/// The open workspace. It changes only through commands; every change is assessed before it is kept.
#[derive(Default)]
pub struct Session {
    workspace: Workspace,
    /// The bytes of the sources, by SHA-256.
    bytes: BTreeMap<String, Vec<u8>>,
    sources: Sources,
    assessment: Assessment,
    /// A workspace file that was read and waits for the user's word.
    received: Option<Opened>,
}

/// Tells the page how far the reading of a file has come.
struct Reading<'a> {
    file: &'a str,
    progress: &'a mut dyn FnMut(Message, u64, u64),
}

impl Watch for Reading<'_> {
    fn progress(&mut self, done: u64, total: u64) {
        (self.progress)(Message::new("page.progress.understanding").with("file", self.file), done, total);
    }
}

impl Session {
    /// A session with an empty workspace.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers a request; `files` are the bytes that came with it. With some answers go files of their own.
    pub fn handle(
        &mut self,
        request: Request,
        files: Vec<Vec<u8>>,
        progress: &mut dyn FnMut(Message, u64, u64),
    ) -> (Response, Vec<Vec<u8>>) {
        let answer = match request {
            Request::Open { document } => match serde_json::from_str(&document) {
                Ok(workspace) => Ok(self.open(workspace, files, progress)),
                Err(error) => Err(vec![Refused::NotAWorkspace(error.to_string()).issue()]),
            },
            Request::Receive { name } => self.receive(&name, &files),
            Request::Accept => match self.received.take() {
                Some(Opened { workspace, files, .. }) => {
                    return (self.open(workspace, files.clone(), progress), files);
                }
                None => Err(vec![Issue::new(Severity::Error, "workspace_gone")]),
            },
            Request::Import { names } => self.import(names, files, progress),
            Request::Edit(command) => self.edit(command, progress),
            Request::Explain { product, metric, quantity } => {
                match self.sources.explain(&self.settings(), &product, metric, quantity) {
                    Some(derivation) => Ok(Response::Derivation(Box::new(derivation))),
                    None => Err(vec![Issue::new(Severity::Error, "nothing_to_explain").with("product", product)]),
                }
            }
            Request::Export(export) => match self.export(&export) {
                Ok((response, bytes)) => return (response, vec![bytes]),
                Err(issue) => Err(vec![issue]),
            },
            Request::Rate(server) => Ok(Response::Rated(Box::new(server::rate(&server)))),
            Request::Suggest { typed, limit } => {
                let found = processors::suggest(&typed, limit);
                Ok(Response::Processors(found.into_iter().map(|processor| processor.name.clone()).collect()))
            }
            Request::Search(search) => Ok(Response::Found(Box::new(catalogue::search(&search)))),
        };
        (answer.unwrap_or_else(Response::Refused), Vec::new())
    }

    fn settings(&self) -> Settings {
        let Workspace { period, rounding, .. } = self.workspace;
        Settings { from: period.from, to: period.to, rounding, ..Settings::default() }
    }

    fn state(&self, added: Vec<(usize, String)>, refused: Vec<Issue>) -> Response {
        let Workspace { name, sources, period, .. } = self.workspace.clone();
        let document = match serde_json::to_string(&self.workspace) {
            Ok(document) => document,
            Err(error) => return Response::Refused(vec![export_failed(error.to_string())]),
        };
        let (workspace, assessment) = (Overview { name, sources, period }, self.assessment.clone());
        Response::State(Box::new(State { document, workspace, assessment, added, refused }))
    }

    /// Reads a workspace file; it waits for the user's word.
    fn receive(&mut self, name: &str, files: &[Vec<u8>]) -> Result<Response, Vec<Issue>> {
        let bytes = files.first().map(Vec::as_slice).unwrap_or_default();
        let opened = envelope::open(&String::from_utf8_lossy(bytes), sha256)
            .map_err(|refused| vec![refused.issue().in_file(name)])?;
        let name = opened.workspace.name.clone();
        self.received = Some(opened);
        Ok(Response::Received { name })
    }

    /// Opens a workspace whose files come with it. A file that no longer can be read is told and kept.
    fn open(
        &mut self,
        workspace: Workspace,
        files: Vec<Vec<u8>>,
        progress: &mut dyn FnMut(Message, u64, u64),
    ) -> Response {
        let mut refused = Vec::new();
        self.bytes = files.into_iter().map(|bytes| (sha256(&bytes), bytes)).collect();
        self.bytes.retain(|sha256, _| workspace.sources.iter().any(|source| source.sha256 == *sha256));
        for source in workspace.sources.iter().filter(|source| !self.bytes.contains_key(&source.sha256)) {
            refused.push(Issue::new(Severity::Error, "source_altered").in_file(&source.name));
        }
        self.workspace = workspace;
        self.read_again(progress);
        refused.append(&mut self.sources.refused);
        match self.sources.assess(&self.settings()) {
            Ok(assessment) => self.assessment = assessment,
            Err(issue) => {
                self.assessment = Assessment::default();
                refused.push(issue);
            }
        }
        self.state(Vec::new(), refused)
    }

    /// Reads all files of the workspace from their bytes.
    fn read_again(&mut self, progress: &mut dyn FnMut(Message, u64, u64)) {
        self.sources = Sources::default();
        for source in &self.workspace.sources {
            if let Some(bytes) = self.bytes.get(&source.sha256) {
                self.sources.add(&source.name, bytes, &Limits::PAGE, &mut Reading { file: &source.name, progress });
            }
        }
    }

    /// Adds files. Those that cannot be used are told; when the rest does not go together, nothing has changed.
    fn import(
        &mut self,
        names: Vec<String>,
        files: Vec<Vec<u8>>,
        progress: &mut dyn FnMut(Message, u64, u64),
    ) -> Result<Response, Vec<Issue>> {
        let mut added = Vec::new();
        let mut sources = Vec::new();
        for (place, (name, bytes)) in names.into_iter().zip(files).enumerate() {
            let sha256 = sha256(&bytes);
            if self.bytes.contains_key(&sha256) {
                self.sources.refused.push(Issue::new(Severity::Info, "file_known_already").in_file(&name));
                continue;
            }
            if self.sources.add(&name, &bytes, &Limits::PAGE, &mut Reading { file: &name, progress }) {
                let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                sources.push(SourceFile { name, sha256: sha256.clone(), size });
                self.bytes.insert(sha256.clone(), bytes);
                added.push((place, sha256));
            }
        }
        let refused = std::mem::take(&mut self.sources.refused);
        if added.is_empty() {
            return Err(refused);
        }
        let outcome = self.keep(Command::AddSources(sources));
        if let Err(issue) = outcome {
            for (_, sha256) in &added {
                self.bytes.remove(sha256);
            }
            self.read_again(progress);
            return Err([refused, vec![issue]].concat());
        }
        Ok(self.state(added, refused))
    }

    fn edit(&mut self, command: Command, progress: &mut dyn FnMut(Message, u64, u64)) -> Result<Response, Vec<Issue>> {
        let sources_change =
            matches!(command, Command::RemoveSource(_) | Command::ReplaceSource { .. } | Command::AddSources(_));
        if sources_change {
            let before = self.workspace.clone();
            command::apply(&mut self.workspace, command).map_err(|rejected| vec![rejection(rejected)])?;
            self.read_again(progress);
            if let Err(issue) = self.assess() {
                self.workspace = before;
                self.read_again(progress);
                return Err(vec![issue]);
            }
            let kept: Vec<&String> = self.workspace.sources.iter().map(|source| &source.sha256).collect();
            self.bytes.retain(|sha256, _| kept.contains(&sha256));
        } else {
            self.keep(command).map_err(|issue| vec![issue])?;
        }
        let refused = std::mem::take(&mut self.sources.refused);
        Ok(self.state(Vec::new(), refused))
    }

    /// Carries out a command and assesses the result; the workspace is as it was when that fails.
    fn keep(&mut self, command: Command) -> Result<(), Issue> {
        let before = self.workspace.clone();
        let outcome = command::apply(&mut self.workspace, command).map_err(rejection).and_then(|()| self.assess());
        if outcome.is_err() {
            self.workspace = before;
        }
        outcome
    }

    fn assess(&mut self) -> Result<(), Issue> {
        self.assessment = if self.workspace.sources.is_empty() {
            Assessment::default()
        } else {
            self.sources.assess(&self.settings())?
        };
        Ok(())
    }

    fn export(&self, export: &Export) -> Result<(Response, Vec<u8>), Issue> {
        let words = Language::english_of_exports();
        let (ending, media_type, bytes) = match export {
            Export::PositionCsv => (".csv", "text/csv", csv::write(&position::products(&self.assessment, &words))),
            Export::PositionXlsx => {
                let bytes = xlsx::write(&position::tables(&self.assessment, &words)).map_err(export_failed)?;
                (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes)
            }
            Export::Workspace { saved_at } => {
                let bytes_of = |sha256: &str| self.bytes.get(sha256).map(Vec::as_slice);
                let text = envelope::seal(&self.workspace, bytes_of, saved_at)
                    .map_err(|error| export_failed(error.to_string()))?;
                (envelope::SUFFIX, envelope::MEDIA_TYPE, text.into_bytes())
            }
        };
        let name = file_name(&self.workspace.name, ending);
        Ok((Response::File { name, media_type: media_type.to_owned() }, bytes))
    }
}

/// The name of a file: that of the workspace, without what a file system may refuse.
fn file_name(workspace: &str, ending: &str) -> String {
    let kept = |letter: char| if letter.is_alphanumeric() || "-_. ".contains(letter) { letter } else { '-' };
    let name: String = workspace.chars().map(kept).take(80).collect();
    let name = name.trim_matches([' ', '.', '-']);
    format!("{}{ending}", if name.is_empty() { "highwater" } else { name })
}

fn export_failed(reason: String) -> Issue {
    Issue::new(Severity::Error, "export_failed").with("reason", reason)
}

fn rejection(rejected: Rejected) -> Issue {
    let code = match rejected {
        Rejected::BlankName => "workspace_name_blank",
        Rejected::EmptyPeriod => "period_reversed",
        Rejected::NoSuchSource => "source_unknown",
    };
    Issue::new(Severity::Error, code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_one_that_every_file_system_takes() {
        assert_eq!(file_name("Northwind: EMEA/2026", ".csv"), "Northwind- EMEA-2026.csv");
        assert_eq!(file_name("../..", ".csv"), "highwater.csv");
        assert_eq!(file_name("", ".csv"), "highwater.csv");
    }
}

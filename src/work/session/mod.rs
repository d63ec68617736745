//! The worker's side of the protocol: the open workspace, its files, and what they amount to.

mod closed;
mod explained;
mod export;
mod finding;
mod kept_files;
mod opened_files;
mod opening;
mod results;
mod waiting;

use std::rc::Rc;

use litemap::LiteMap;

use self::opened_files::OpenedFiles;
use self::results::PositionInputs;

use crate::edit::command::{self, Command, Rejected};
use crate::edit::history::History;
use crate::edit::journal::{self, Journal};
use crate::engine::Settings;
use crate::engine::allocation::Allocated;
use crate::engine::position::{ByWord, LineGrants, Rights};
use crate::i18n::Language;
use crate::import::Limits;
use crate::model::assessment::Assessment;
use crate::model::issue::{Issue, Severity};
use crate::model::position::Position;
use crate::model::screen::Screen;
use crate::model::workspace::{List, Lists, SourceFile, Workspace};
use crate::persist::envelope::OpenedEnvelope;
use crate::rules::parts::Parts;
use crate::rules::processors;
use crate::work::catalogue_view::CatalogueView;
use crate::work::computed::Computed;
use crate::work::file_bytes::{self, FileBytes};
use crate::work::forecasts::Forecasts;
use crate::work::pending::Pending;
use crate::work::reading::{Progress, Reading};
use crate::work::screens::{self, OpenWorkspace};
use crate::work::sources::{Sources, TakenAs, sha256};
use crate::work::table::{CellBlock, TableAction, TableQuery};
use crate::work::tables::{ActionOutcome, Contents, Tables};
use crate::work::{CatalogueMatches, Overview, Request, Response, State, catalogue, first_steps, server, step_text};

/// How the worker gets a file of the program itself, by its name; `None` when it cannot.
pub type Fetch = fn(&str) -> Option<String>;

/// Where the table of parts lies beside the program.
const PARTS: &str = "parts.csv";

/// The open workspace. It changes only through commands; every change is assessed before it is kept.
pub struct Session {
    workspace: Workspace,
    history: History,
    journal: Journal,
    /// Counts the changes, so that the page knows what is of yesterday.
    revision: u32,
    /// The bytes of the sources, by SHA-256; those of files that were removed too, as long as that can be undone.
    bytes: LiteMap<String, FileBytes>,
    /// What was parsed of some of the sources when they were read last, by SHA-256.
    parsed: LiteMap<String, FileBytes>,
    /// What was in those of them that are packed, and of files that are about to be imported.
    opened: Rc<OpenedFiles>,
    sources: Sources,
    /// SHA-256 of the files that were read into `sources`, in their order.
    read: Vec<String>,
    assessment: Assessment,
    /// The settings under which `sources` were assessed; `None` when they have changed since.
    assessed: Option<Settings>,
    /// Counts the assessments.
    assessments: u32,
    position: Position,
    /// What the position was calculated from; `None` before it was.
    position_of: Option<PositionInputs>,
    /// What the lines of the ledger granted when the position was calculated last.
    line_grants: LineGrants,
    /// What covers what, as the lists say.
    covers: ByWord,
    /// What is held of the allocations. Its issues stand with those of the position.
    allocated: Allocated,
    /// What renewals cost, as it was asked for last.
    forecasts: Forecasts,
    /// What they would cost by a decision that is being filled in.
    considered: Forecasts,
    /// The table of parts; empty until it is needed.
    parts: Parts,
    fetch: Fetch,
    /// What exports are written in.
    language: Language,
    /// A workspace file that was read and waits for the user's word.
    received: Option<OpenedEnvelope>,
    /// Tables that wait until somebody has seen what they are taken for; the first one is shown.
    pending: Vec<Pending>,
    tables: Tables,
    /// The lines that are begun and not whole, as they were told last.
    told_drafts: String,
}

/// A step through the history.
type HistoryMove = fn(&mut History, &mut Workspace) -> bool;

/// A step through the history, the one that takes it back, and how the journal hears of it.
type Turn = (HistoryMove, HistoryMove, fn(&mut Journal));

const UNDO: Turn = (History::undo, History::redo, Journal::undid);
const REDO: Turn = (History::redo, History::undo, Journal::redid);

/// What an import has brought.
#[derive(Default)]
struct Imported {
    added: Vec<(usize, String)>,
    refused: Vec<Issue>,
    left_out: Vec<Issue>,
}

impl Session {
    /// A session with an empty workspace, whose exports are written in this language.
    pub fn new(fetch: Fetch, language: Language) -> Self {
        let opened = Rc::new(OpenedFiles::default());
        let opener = Rc::clone(&opened);
        Self {
            workspace: Workspace::default(),
            history: History::default(),
            journal: Journal::default(),
            revision: 0,
            bytes: LiteMap::new(),
            parsed: LiteMap::new(),
            sources: Sources::with(Box::new(move |name, bytes, _, _| opener.open(name, bytes))),
            opened,
            read: Vec::new(),
            assessment: Assessment::default(),
            assessed: None,
            assessments: 0,
            position: Position::default(),
            position_of: None,
            line_grants: LineGrants::default(),
            covers: ByWord::default(),
            allocated: Allocated::default(),
            forecasts: Forecasts::default(),
            considered: Forecasts::default(),
            parts: Parts::default(),
            fetch,
            language,
            received: None,
            pending: Vec::new(),
            tables: Tables::default(),
            told_drafts: String::new(),
        }
    }

    /// Answers a request; `files` are the bytes that came with it. With some answers go files of their own.
    pub fn handle(
        &mut self,
        request: Request,
        files: Vec<Vec<u8>>,
        progress: Progress<'_>,
    ) -> (Response, Vec<Vec<u8>>) {
        self.handle_kept(request, files.into_iter().map(FileBytes::Held).collect(), progress)
    }

    /// As [`Self::handle`], with files that are read when they are needed.
    pub fn handle_kept(
        &mut self,
        request: Request,
        mut files: Vec<FileBytes>,
        progress: Progress<'_>,
    ) -> (Response, Vec<Vec<u8>>) {
        // These leave files where they are kept.
        let leaves = matches!(request, Request::Open { .. } | Request::Kept(_));
        let read = if leaves { Vec::new() } else { std::mem::take(&mut files) };
        let read = match file_bytes::read_all(read, progress) {
            Ok(read) => read,
            Err((index, reason)) => {
                let issue = kept_files::unreadable(&request, index, reason);
                return (Response::Refused(vec![issue]), Vec::new());
            }
        };
        if let Some(closed) = self.closed(&request, &read) {
            return closed;
        }
        let answer = match request {
            Request::Open { document, steps, drafts, files: kept } => {
                let files = kept_files::beside(kept, files);
                return self.open_document((&document, &steps, &drafts), files, progress);
            }
            Request::Kept(sha256) => return self.let_go(sha256, files),
            Request::Opened(opened) => {
                self.opened.take(opened, read);
                Ok(Response::Taken)
            }
            Request::Receive { name } => self.receive(&name, &read),
            Request::Accept => match self.accept(progress) {
                Ok(opened) => return opened,
                Err(issue) => Err(vec![issue]),
            },
            Request::Import { names, replaced } => self.import(names, read, replaced, progress),
            Request::Edit(command) => self.edit(command, progress),
            Request::Undo => self.turn(UNDO, progress),
            Request::Redo => self.turn(REDO, progress),
            Request::Explain(question) => self.explained(&question).map(|mut derivation| {
                first_steps::cut(&mut derivation);
                Response::Derivation(Box::new(derivation))
            }),
            Request::Steps { question, path, first } => {
                self.explained(&question).map(|whole| Response::Steps(first_steps::from(whole, &path, first)))
            }
            Request::ExplainText(question) => {
                self.explained(&question).map(|whole| Response::Text(step_text::plain(&whole, &self.language)))
            }
            Request::Map(step) => self.map(step, progress),
            Request::Table(query) => Ok(self.table(&query)),
            Request::Summarise { query, block } => Ok(self.summary(&query, &block)),
            Request::Act { query, block, action } => self.act(&query, &block, &action, progress),
            Request::Show(query) => {
                if query.screen == Screen::Catalogue && CatalogueView::of(&query) != CatalogueView::Rates {
                    self.fetch_parts();
                }
                Ok(Response::Blocks(screens::show(self.screens(), &query)))
            }
            Request::Remind(today) => Ok(Response::Reminder(screens::renewals::reminder(self.screens(), today))),
            Request::Set { setting, text } => match setting.command(&text, &self.workspace) {
                Ok(command) => self.edit(command, progress),
                Err(issue) => Err(vec![issue]),
            },
            Request::Export(export) => match self.export(&export) {
                Ok((response, bytes)) => return (response, vec![bytes]),
                Err(issue) => Err(vec![issue]),
            },
            Request::Rate(server) => Ok(Response::Rated(Box::new(server::rate(&server)))),
            Request::Suggest { typed, limit } => {
                let found = processors::suggest(&typed, limit);
                Ok(Response::Processors(found.into_iter().map(|processor| processor.name.clone()).collect()))
            }
            Request::Find(typed) => Ok(self.find(&typed)),
            Request::Search(search) => {
                self.know_parts(&search);
                let found = catalogue::search(&search);
                let parts =
                    if search.trim().is_empty() { 0 } else { screens::catalogue::parts_found(self.screens(), &search) };
                Ok(Response::Found(Box::new(CatalogueMatches { parts, ..found })))
            }
        };
        (answer.unwrap_or_else(Response::Refused), Vec::new())
    }

    /// What the engine answers of the files.
    pub const fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// What is entitled less what is needed; empty while nothing is entitled.
    pub const fn position(&self) -> &Position {
        &self.position
    }

    fn settings(&self) -> Settings {
        let Workspace { period, rounding, .. } = self.workspace;
        Settings { from: period.from, to: period.to, rounding, ..Settings::default() }
    }

    fn rights(&self) -> Rights<'_> {
        self.rights_by(&self.workspace.lists, &self.covers)
    }

    fn rights_by<'a>(&'a self, lists: &'a Lists, covers: &'a ByWord) -> Rights<'a> {
        let Lists { entitlements, aliases, .. } = lists;
        Rights { ledger: entitlements, aliases, covers: Some(covers), parts: &self.parts, on: None }
    }

    fn state(&mut self, import: Imported) -> Response {
        let Workspace { name, sources, period, .. } = self.workspace.clone();
        let unkept = match self.journal.take(&self.workspace, &self.history) {
            Ok(unkept) => unkept,
            Err(error) => return Response::Refused(vec![export::failed(error.to_string())]),
        };
        let workspace = Overview {
            name,
            sources,
            period,
            assessed: self.assessment.period,
            table_date: self.assessment.table_date,
            summary: Some(screens::summary(&self.assessment)),
            revision: self.revision,
            lines: List::ALL.map(|list| self.workspace.lists.len(list)),
            undoes: self.history.undoes().cloned(),
            redoes: self.history.redoes().cloned(),
        };
        let Imported { added, refused, left_out } = import;
        let effect = self.effect_of_first();
        let mapping = self.pending.first().map(|first| first.view(self.pending.len().saturating_sub(1), effect));
        let state = State { unkept, workspace, added, refused, left_out, mapping, table: None };
        Response::State(Box::new(state))
    }

    /// Adds files, in the place of another one if that is `replaced`. Those that cannot be used are told; when the rest
    /// does not go together, nothing has changed.
    fn import(
        &mut self,
        names: Vec<String>,
        files: Vec<Vec<u8>>,
        replaced: Option<String>,
        progress: Progress<'_>,
    ) -> Result<Response, Vec<Issue>> {
        let (mut added, mut sources) = (Vec::new(), Vec::new());
        let waiting = self.pending.len();
        self.sources.shapes = self.workspace.lists.header_shapes.clone();
        for (index, (name, bytes)) in names.into_iter().zip(files).enumerate() {
            let sha256 = sha256(&bytes);
            if self.read.contains(&sha256) {
                self.sources.refused.push(Issue::new(Severity::Info, "file_known_already").in_file(&name));
                continue;
            }
            let taken = self.sources.add(&name, &bytes, &Limits::PAGE, &mut Reading { file: &name, progress });
            if matches!(taken, TakenAs::Evidence | TakenAs::Paper) {
                let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                sources.push(SourceFile { name, sha256: sha256.clone(), size });
                self.read.push(sha256.clone());
                if taken == TakenAs::Evidence {
                    self.assessed = None;
                }
                self.bytes.insert(sha256.clone(), bytes.into());
                added.push((index, sha256));
            } else {
                // Its bytes are not kept, and it may be tried again.
                self.opened.forget(&sha256);
            }
        }
        let refused = std::mem::take(&mut self.sources.refused);
        let (lists, left_out) = self.take_listed();
        if added.is_empty() && lists.is_empty() {
            if self.pending.len() > waiting {
                return Ok(self.state(Imported { refused, left_out, ..Imported::default() }));
            }
            return Err([refused, left_out].concat());
        }
        let command = Command::Import { sources, replaced, lists: Box::new(lists) };
        if let Err(issue) = self.carry_out(command, progress) {
            // What was read of the files belongs to nothing then.
            self.pending.truncate(waiting);
            let _ = self.settle(progress);
            return Err([refused.as_slice(), &[issue]].concat());
        }
        Ok(self.state(Imported { added, refused, left_out }))
    }

    fn contents<'a>(&'a self, computed: &'a Computed) -> Contents<'a> {
        let Self { workspace, position, allocated, revision, .. } = self;
        let pending = self.pending.first();
        Contents { lists: &workspace.lists, position, allocated, computed, pending, revision: *revision }
    }

    /// What screens are made of.
    const fn screens(&self) -> OpenWorkspace<'_> {
        OpenWorkspace {
            workspace: &self.workspace,
            assessment: &self.assessment,
            position: &self.position,
            allocated: &self.allocated,
            forecasts: &self.forecasts,
            considered: &self.considered,
            parts: &self.parts,
        }
    }

    fn table(&mut self, query: &TableQuery) -> Response {
        let mut tables = std::mem::take(&mut self.tables);
        let view = tables.view(self.contents(&screens::table(self.screens(), query.subject)), query);
        self.tables = tables;
        Response::Table(Box::new(view))
    }

    fn summary(&mut self, query: &TableQuery, block: &CellBlock) -> Response {
        let mut tables = std::mem::take(&mut self.tables);
        let summary = tables.summary(self.contents(&screens::table(self.screens(), query.subject)), query, block);
        self.tables = tables;
        Response::Summary(summary)
    }

    /// Does something with cells of a table.
    fn act(
        &mut self,
        query: &TableQuery,
        block: &CellBlock,
        action: &TableAction,
        progress: Progress<'_>,
    ) -> Result<Response, Vec<Issue>> {
        let mut tables = std::mem::take(&mut self.tables);
        let outcome = tables.act(self.contents(&screens::table(self.screens(), query.subject)), query, block, action);
        self.tables = tables;
        let mut response = match outcome {
            ActionOutcome::Text(text) => Response::Text(text),
            ActionOutcome::Wrong(cells) => Response::Wrong(cells),
            // Beside a document alone a line that is begun can be kept.
            ActionOutcome::Drafted if !self.journal.has_begun() => {
                self.journal.rewrite();
                self.state(Imported::default())
            }
            ActionOutcome::Drafted => self.table(query),
            ActionOutcome::Command(command) => {
                self.carry_out(command, progress).map_err(|issue| vec![issue])?;
                self.tables.settle(self.revision);
                self.state(Imported::default())
            }
        };
        if let Response::State(state) = &mut response
            && let Response::Table(view) = self.table(query)
        {
            state.table = Some(view);
        }
        let view = if let Response::State(state) = &mut response {
            state.table.as_deref_mut()
        } else if let Response::Table(view) = &mut response {
            Some(view.as_mut())
        } else {
            None
        };
        let drafts = self.tables.drafts();
        if let Some(view) = view.filter(|_| drafts != self.told_drafts) {
            view.drafts = Some(drafts.clone());
            self.told_drafts = drafts;
        }
        Ok(response)
    }

    fn edit(&mut self, command: Command, progress: Progress<'_>) -> Result<Response, Vec<Issue>> {
        self.carry_out(command, progress).map_err(|issue| vec![issue])?;
        Ok(self.state(Imported::default()))
    }

    /// Carries out a command and assesses the result; when that fails, nothing has changed.
    fn carry_out(&mut self, command: Command, progress: Progress<'_>) -> Result<(), Issue> {
        let (name, written) = (command.name(), journal::written(&command));
        let mut next = self.workspace.clone();
        command::apply(&mut next, command).map_err(rejection)?;
        if next == self.workspace {
            return Ok(());
        }
        let before = std::mem::replace(&mut self.workspace, next);
        if let Err(issue) = self.settle(progress) {
            self.workspace = before;
            // As it was before, it could be assessed.
            let _ = self.settle(progress);
            return Err(issue);
        }
        self.history.record(name, before, written.clone());
        self.journal.changed(written.as_deref(), &self.history);
        Ok(())
    }

    /// Takes a step back, or forward again.
    fn turn(&mut self, (step, back, kept): Turn, progress: Progress<'_>) -> Result<Response, Vec<Issue>> {
        if step(&mut self.history, &mut self.workspace) {
            if let Err(issue) = self.settle(progress) {
                back(&mut self.history, &mut self.workspace);
                let _ = self.settle(progress);
                return Err(vec![issue]);
            }
            kept(&mut self.journal);
        }
        Ok(self.state(Imported::default()))
    }
}

fn rejection(rejected: Rejected) -> Issue {
    let code = match rejected {
        Rejected::BlankName => "workspace_name_blank",
        Rejected::EmptyPeriod => "period_reversed",
        Rejected::NoSuchSource => "source_unknown",
        Rejected::NoSuchLine => "line_gone",
        Rejected::LineWrong { code, .. } => code,
    };
    Issue::new(Severity::Error, code)
}

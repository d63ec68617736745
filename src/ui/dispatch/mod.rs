//! What the page asks of the engine's worker: every change goes through here, is shown, and is handed to
//! [`super::storage`], which keeps it. The dispatch uses the storage, and never the other way round.
//!
//! This file is the way to the worker and back; `packed` is that to the worker for files. `files` takes files in,
//! `workspaces` goes from one workspace to another, `demo` is the way into the demo and out of it, and `notices` tells
//! what happened.

mod demo;
mod files;
mod notices;
mod packed;
mod workspaces;

pub use workspaces::{LIST_BUTTON, UNDO_BUTTON, WorkspaceStep};

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use self::packed::FilesWorker;
use super::state::{Busy, Explained, Shared};
use super::storage::machine::StorageEvent;
use super::storage::{KeptWorkspace, Storage};
use super::words;
use crate::browser::database::{StorageError, StoredFile};
use crate::browser::files::FileHandle;
use crate::browser::page;
use crate::browser::worker::{self, Answer, WorkerError, WorkerHandle};
use crate::edit::command::Command;
use crate::model::issue::{Issue, Severity};
use crate::model::message::Message;
use crate::work::service::EngineService;
use crate::work::table::{TableAction, TableView};
use crate::work::{Export, KeptFile, Overview, Question, Request, Response, Setting, State};

/// Carries out what the user asks for.
#[derive(Clone, Copy)]
pub struct Dispatch {
    shared: Shared,
    storage: Storage,
    page: StoredValue<PageState, LocalStorage>,
}

/// What stays on the page's own thread.
#[derive(Default)]
struct PageState {
    engine: Option<Rc<WorkerHandle<EngineService>>>,
    files: Option<FilesWorker>,
    /// The number of the last notice.
    notices: u32,
}

/// Why there is no answer.
enum Unanswered {
    /// The worker cannot do what it was asked.
    Refused,
    /// The worker has gone.
    Lost,
}

/// What came of something that was asked of the worker.
pub enum Acted {
    /// The workspace has changed, and is shown and kept; the table in which something was done is as here now.
    Changed(Option<Box<TableView>>),
    /// It answered something else.
    Answered(Response),
}

impl Dispatch {
    /// The dispatch of a page that has just started.
    pub fn new(shared: Shared) -> Self {
        Self { shared, storage: Storage::new(shared), page: StoredValue::new_local(PageState::default()) }
    }

    /// The dispatch of this page.
    pub fn here() -> Self {
        expect_context()
    }

    /// Changes the workspace.
    pub fn edit(self, command: Command) {
        spawn_local(self.change(Request::Edit(command)));
    }

    /// Settles something about the workspace, as a field was filled in.
    pub fn set(self, setting: Setting, text: String) {
        spawn_local(self.change(Request::Set { setting, text }));
    }

    /// Takes the last change back.
    pub fn undo(self) {
        self.turn(Request::Undo, |workspace| workspace.undoes.is_some());
    }

    /// Makes the change that was taken back last once more.
    pub fn redo(self) {
        self.turn(Request::Redo, |workspace| workspace.redoes.is_some());
    }

    /// Whether a change is on its way.
    pub fn is_changing(self) -> bool {
        self.shared.is_changing()
    }

    /// Takes a step of the history where there is one; while changes are on their way only the worker knows.
    fn turn(self, request: Request, has_step: fn(&Overview) -> bool) {
        if untrack(|| self.shared.is_changing()) || self.shared.workspace_untracked(has_step) {
            spawn_local(self.change(request));
        }
    }

    /// Explains a number: the answer appears in [`Shared::explained`].
    pub fn explain(self, question: Question) {
        spawn_local(async move {
            let answer = self.ask(Request::Explain(question.clone()), &[]).await;
            let derivation = match answer {
                Some(Answer { response: Response::Derivation(derivation), .. }) => Some(Arc::from(derivation)),
                _ => None,
            };
            self.shared.explained.set(Some(Explained { question, derivation }));
        });
    }

    /// Writes a file and hands it to the user.
    pub fn export(self, export: Export) {
        spawn_local(async move {
            let backup = matches!(export, Export::Workspace { .. });
            let Some(answer) = self.ask(Request::Export(export), &[]).await else { return };
            self.shared.busy.set(None);
            let file = if let Response::Workbook { name } = &answer.response {
                let Some(file) = self.workbook(name, &answer).await else { return };
                Ok(file)
            } else {
                let Response::File { name, media_type } = &answer.response else { return };
                answer.file(0, name, media_type)
            };
            if let Err(refusal) = file.and_then(|file| file.download()) {
                self.warn(Message::new("page.notice.download_failed").with("reason", refusal.0));
            } else if backup {
                self.storage.note_backup().await;
            }
        });
    }

    /// Ends the work in hand. The workspace is as it was, and so is what can be undone of it.
    pub fn cancel(self) {
        self.end_workers();
        self.tell(Message::new("page.notice.cancelled"));
        // The next worker opens the workspace at once, and says what it can undo.
        self.prepare();
    }

    /// Ends the workers, and with them what they do.
    fn end_workers(self) {
        if let Some(files) = self.page.try_update_value(|page| page.files.take()).flatten() {
            files.worker.cancel();
        }
        if let Some(worker) = self.page.try_update_value(|page| page.engine.take()).flatten() {
            worker.cancel();
        }
        self.shared.busy.set(None);
    }

    /// Lets the worker come, because it is about to be asked. Whether it could is told when it is.
    pub fn prepare(self) {
        let _ = self.engine(&Request::Search(String::new()));
    }

    /// Puts a question to the worker that changes nothing; `None` when it does not answer.
    pub async fn put(self, question: Request) -> Option<Arc<Response>> {
        Some(Arc::new(self.ask(question, &[]).await?.response))
    }

    /// Asks the worker to do something that may change the workspace; the answer, once what has changed is shown.
    pub async fn act(self, request: Request) -> Option<Acted> {
        let had_focus = page::has_focus();
        let reads = matches!(request, Request::Act { action: TableAction::Copy, .. });
        let _asked = (!reads).then(|| self.shared.change());
        self.storage.opened().await;
        let answer = self.ask(request, &[]).await?;
        self.shared.busy.set(None);
        let mut response = answer.response;
        if let Response::Table(view) = &mut response {
            self.keep_drafts(view);
        }
        let Response::State(mut state) = response else { return Some(Acted::Answered(response)) };
        let mut table = state.table.take();
        if let Some(view) = &mut table {
            self.keep_drafts(view);
        }
        self.show_and_keep(*state);
        spawn_local(keep_focus(had_focus));
        Some(Acted::Changed(table))
    }

    /// Keeps the lines that are begun and not whole, where an action has changed them.
    fn keep_drafts(self, view: &mut TableView) {
        if let Some(drafts) = view.drafts.take() {
            self.storage.keep_drafts(drafts);
        }
    }

    /// Shows what the worker has open now, and tells what of it was refused. Whether the workspace has changed.
    fn show(self, mut state: State) -> bool {
        let (refused, left_out) = (std::mem::take(&mut state.refused), std::mem::take(&mut state.left_out));
        let changed = self.storage.keep(std::mem::take(&mut state.unkept));
        self.shared.open.set(Arc::new(state));
        let (told, left_out): (Vec<Issue>, Vec<Issue>) =
            left_out.into_iter().partition(|issue| issue.severity == Severity::Info);
        for (severity, issues, key) in [
            (Severity::Error, refused, "page.notice.files_refused"),
            (Severity::Error, left_out, "page.notice.lines_left_out"),
            (Severity::Info, told, "page.notice.lines_told"),
        ] {
            if !issues.is_empty() {
                self.notice(severity, Message::new(key).with("count", issues.len()), issues);
            }
        }
        changed
    }

    /// Shows what the worker has open now, and keeps what has changed of it.
    fn show_and_keep(self, state: State) {
        if self.show(state) {
            self.storage.step(StorageEvent::Changed);
        }
    }

    /// Asks for a change, shows and keeps it.
    async fn change(self, request: Request) {
        self.act(request).await;
    }

    /// Asks the worker, starting it first if need be. What is refused or lost is told to the user here.
    async fn ask(self, request: Request, documents: &[FileHandle]) -> Option<Answer<Response>> {
        self.answer(request, documents).await.ok()
    }

    /// As [`Self::ask`], and says why there is no answer.
    async fn answer(self, request: Request, documents: &[FileHandle]) -> Result<Answer<Response>, Unanswered> {
        let answer = match self.engine(&request) {
            Ok(engine) => {
                let asked = |request, files| engine.ask(request, files, self.progress());
                let answer = self.settled(&engine, request, documents, asked).await;
                let is_current = self.has_engine(&engine);
                match answer {
                    // It is about a workspace that was left.
                    Ok(_) if !is_current => return Err(Unanswered::Lost),
                    Err(_) if is_current => self.page.update_value(|page| page.engine = None),
                    Ok(_) | Err(_) => {}
                }
                answer
            }
            Err(lost) => Err(lost),
        };
        match answer {
            Ok(Answer { response: Response::Refused(issues), .. }) => {
                self.refuse(issues);
                Err(Unanswered::Refused)
            }
            Ok(answer) => Ok(answer),
            Err(lost) => {
                self.tell_lost(lost);
                Err(Unanswered::Lost)
            }
        }
    }

    /// Asks so until the answer is about what was asked, not about files that have to be opened first.
    async fn settled<F: Future<Output = Result<Answer<Response>, WorkerError>>>(
        self,
        engine: &Rc<WorkerHandle<EngineService>>,
        request: Request,
        documents: &[FileHandle],
        ask: impl Fn(Request, Vec<FileHandle>) -> F,
    ) -> Result<Answer<Response>, WorkerError> {
        loop {
            let answer = ask(request.clone(), documents.to_vec()).await?;
            let Response::Closed(closed) = &answer.response else { return Ok(answer) };
            self.open_closed(engine, closed, &answer).await?;
        }
    }

    /// Tells that a worker has gone.
    fn tell_lost(self, lost: WorkerError) {
        self.shared.busy.set(None);
        match lost {
            // Whoever cancelled it knows, and a question that nobody waits for is none of the user's.
            WorkerError::Cancelled => {}
            WorkerError::Stopped(reason) => self.warn(Message::new("page.notice.stopped").with("reason", reason)),
            WorkerError::NotLoaded(reason) => {
                self.warn(Message::new("page.notice.not_loaded").with("reason", reason));
            }
            WorkerError::OtherEdition => self.warn(Message::new("page.notice.other_edition")),
            WorkerError::Refused(refusal) => {
                self.warn(Message::new("page.notice.stopped").with("reason", refusal.0));
            }
        }
    }

    /// Tells that the worker cannot do what it was asked.
    fn refuse(self, issues: Vec<Issue>) {
        self.shared.busy.set(None);
        self.notice(Severity::Error, Message::new("page.notice.refused"), issues);
    }

    fn has_engine(self, engine: &Rc<WorkerHandle<EngineService>>) -> bool {
        self.page.with_value(|page| page.engine.as_ref().is_some_and(|current| Rc::ptr_eq(current, engine)))
    }

    /// The worker, started if need be. Its first task is then to open the workspace.
    fn engine(self, request: &Request) -> Result<Rc<WorkerHandle<EngineService>>, WorkerError> {
        if let Some(engine) = self.page.with_value(|page| page.engine.clone()) {
            return Ok(engine);
        }
        let engine = Rc::new(worker::start(words::learn)?);
        self.page.update_value(|page| page.engine = Some(Rc::clone(&engine)));
        let kept = self.storage.kept();
        if !matches!(request, Request::Open { .. }) && !kept.document.is_empty() {
            let (open, files) = open_request(&kept, self.storage);
            engine.first(self.open_again(Rc::clone(&engine), open, files));
        }
        Ok(engine)
    }

    /// Lets a worker open the workspace that the one before it had open.
    async fn open_again(self, engine: Rc<WorkerHandle<EngineService>>, open: Request, files: Vec<FileHandle>) {
        let asked = |request, files| engine.ask_at_once(request, files, self.progress());
        // If this is lost, so is what is asked after it, and that one tells the user.
        match self.settled(&engine, open, &files, asked).await.map(|opened| opened.response) {
            Ok(Response::State(state)) if self.has_engine(&engine) => self.show_and_keep(*state),
            Ok(Response::Refused(issues)) => {
                self.refuse(issues);
                // What is asked after it is done to an empty workspace, which may not take the place of this one.
                self.storage.step(StorageEvent::Unreadable(StorageError::Damaged(String::new())));
            }
            Ok(_) | Err(_) => {}
        }
        self.shared.busy.set(None);
    }

    fn progress(self) -> Box<dyn Fn(Message, u64, u64)> {
        let busy = self.shared.busy;
        Box::new(move |stage, done, total| busy.set(Some(Busy { stage, done, total })))
    }
}

/// Gives the focus to the screen where what had it has gone with a change, such as the button of a file that was removed.
async fn keep_focus(had_focus: bool) {
    if had_focus {
        page::next_frame().await;
        if !page::has_focus() {
            page::focus("main");
        }
    }
}

/// Has the worker open what is kept; the files follow the request.
fn open_request(kept: &KeptWorkspace, storage: Storage) -> (Request, Vec<FileHandle>) {
    let files = storage.files();
    let described = |file: &StoredFile| KeptFile { sha256: file.sha256.clone(), parsed: file.parsed.is_some() };
    let request = Request::Open {
        document: kept.document.as_ref().to_owned(),
        steps: kept.steps.clone(),
        drafts: storage.drafts(),
        files: files.iter().map(described).collect(),
    };
    (request, files.into_iter().flat_map(|file| std::iter::once(file.file).chain(file.parsed)).collect())
}

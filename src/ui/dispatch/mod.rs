//! The only way in which the page changes anything: asks the worker, shows what comes back, and keeps it.

mod workspaces;

pub use workspaces::WorkspaceStep;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::route::Route;
use super::state::{Busy, Explained, Notice, SaveState, Shared};
use crate::browser::database::{Owner, StorageError, StoredWorkspace, WorkspaceStore};
use crate::browser::files::{self, FileHandle};
use crate::browser::worker::{self, Answer, WorkerError, WorkerHandle};
use crate::browser::{location, page, preferences, privacy, today};
use crate::edit::command::{Command, lines_of};
use crate::model::issue::{Issue, Severity};
use crate::model::message::Message;
use crate::model::paper;
use crate::model::screen::Screen;
use crate::model::workspace::{List, SourceFile};
use crate::persist::envelope;
use crate::work::{Export, MapStep, Overview, Question, Request, Response, Setting, State};

/// Name under which a tab remembers that it shows the demo.
const IN_DEMO: &str = "demo";
/// Name under which a tab remembers the key of the workspace that it has open, and the browser that of the one that
/// was opened last; public/panic.js knows it.
const OPEN: &str = "workspace";
/// What the demo's company runs (made by `scripts/demo_estate.mjs`), owns, has ordered and uses of bundles.
const DEMO: [&str; 7] = [
    "demo-estate.csv",
    "demo-entitlements.csv",
    "demo-orders.csv",
    "demo-bundle-parts.csv",
    "demo-supported.csv",
    "demo-clusters.csv",
    "demo-red-hat.csv",
];

/// Carries out what the user asks for.
#[derive(Clone, Copy)]
pub struct Dispatch {
    shared: Shared,
    page: StoredValue<PageState, LocalStorage>,
}

/// What stays on the page's own thread: handles into the browser.
struct PageState {
    worker: Option<Rc<WorkerHandle>>,
    store: WorkspaceStore,
    /// The open workspace, as JSON that only the worker understands; empty before there is one.
    document: String,
    /// The files of the workspace, by SHA-256, and those that were removed from it, as long as that can be undone. The
    /// bytes stay with the browser.
    files: Vec<(String, FileHandle)>,
    /// Whether a save is running, and whether something has changed since it began.
    saving: bool,
    changed: bool,
    /// What is kept could not be opened: it is left as it is, and nothing is written over it.
    sealed: bool,
    /// The workspace that was deleted last, as long as it can be brought back, and whether it was the open one.
    deleted: Option<(StoredWorkspace, bool)>,
    notices: u32,
}

impl PageState {
    /// Takes files in; each takes the place of what stood under its SHA-256.
    fn hold(&mut self, files: impl Iterator<Item = (String, FileHandle)>) {
        for file in files {
            self.files.retain(|(sha256, _)| *sha256 != file.0);
            self.files.push(file);
        }
    }

    /// The files of the workspace.
    fn documents(&self) -> Vec<FileHandle> {
        self.files.iter().map(|(_, file)| file.clone()).collect()
    }

    /// The file of the workspace with this SHA-256.
    fn file(&self, sha256: &str) -> Option<FileHandle> {
        self.files.iter().find(|(key, _)| key == sha256).map(|(_, file)| file.clone())
    }
}

/// What an import has brought.
enum ImportOutcome {
    /// Evidence of what is needed.
    Evidence,
    /// Lines of lists alone; of this one first.
    Lines(List),
}

/// What came of something that was asked of the worker.
pub enum Acted {
    /// The workspace has changed, and is shown and kept.
    Changed,
    /// It answered something else.
    Answered(Response),
}

impl Dispatch {
    /// The dispatch of a page that has just started.
    pub fn new(shared: Shared) -> Self {
        let owner = if preferences::tab(IN_DEMO).as_deref() == Some("true") { Owner::Demo } else { Owner::User };
        shared.demo.set(owner == Owner::Demo);
        let page = PageState {
            worker: None,
            store: WorkspaceStore::new(owner),
            document: String::new(),
            files: Vec::new(),
            saving: false,
            changed: false,
            sealed: false,
            deleted: None,
            notices: 0,
        };
        Self { shared, page: StoredValue::new_local(page) }
    }

    /// The dispatch of this page.
    pub fn here() -> Self {
        expect_context()
    }

    /// Opens what was kept at the last visit.
    pub fn start(self) {
        spawn_local(async move {
            let store = self.store();
            let last = self.last(store.clone()).await;
            // Whoever asks for the demo at once is there already.
            if self.store().is(&store) {
                self.stay_at(last);
                self.open_store().await;
            }
            // What was deleted at the last visit cannot be brought back any more.
            let _ = store.sweep().await;
            let early = files::early();
            if !early.is_empty() {
                self.add(early).await;
            }
        });
    }

    /// Adds files to the workspace, or opens a workspace file.
    pub fn take(self, documents: Vec<FileHandle>) {
        if !documents.is_empty() {
            spawn_local(self.add(documents));
        }
    }

    /// Puts a file in the place of another one of the workspace.
    pub fn replace(self, old: Option<String>, new: FileHandle) {
        spawn_local(async move {
            if self.import(vec![new], old).await.is_some() {
                self.tell(Message::new("page.notice.counted"));
            }
        });
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
        if self.shared.workspace_untracked(|workspace| workspace.undoes.is_some()) {
            spawn_local(self.change(Request::Undo));
        }
    }

    /// Makes the change that was taken back last once more.
    pub fn redo(self) {
        if self.shared.workspace_untracked(|workspace| workspace.redoes.is_some()) {
            spawn_local(self.change(Request::Redo));
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
            let Response::File { name, media_type } = &answer.response else { return };
            let given = answer.file(0, name, media_type).and_then(|file| file.download());
            if let Err(refusal) = given {
                self.warn(Message::new("page.notice.download_failed").with("reason", refusal.0));
            } else if backup {
                let now = today::now();
                let store = self.store();
                // The date is a courtesy: the copy itself is already with the user.
                let _ = store.note_backup(&now).await;
                self.shared.last_backup.set(Some(now));
            }
        });
    }

    /// Ends the work in hand. The workspace is as it was.
    pub fn cancel(self) {
        if let Some(worker) = self.page.try_update_value(|page| page.worker.take()).flatten() {
            worker.cancel();
        }
        self.shared.busy.set(None);
    }

    /// Puts the workspace file that waits in the place of the open workspace, or forgets it.
    pub fn decide(self, open: bool) {
        self.shared.waiting.set(None);
        if open {
            spawn_local(self.accept(self.store()));
        }
    }

    /// Lets the worker come, because it is about to be asked. Whether it could is told when it is.
    pub fn prepare(self) {
        let _ = self.worker(&Request::Search(String::new()));
    }

    /// Puts a question to the worker that changes nothing; `None` when it does not answer.
    pub async fn put(self, question: Request) -> Option<Arc<Response>> {
        Some(Arc::new(self.ask(question, &[]).await?.response))
    }

    /// Asks the worker to do something that may change the workspace; the answer, once what has changed is shown.
    pub async fn act(self, request: Request) -> Option<Acted> {
        let answer = self.ask(request, &[]).await?;
        self.shared.busy.set(None);
        let Response::State(state) = answer.response else { return Some(Acted::Answered(answer.response)) };
        self.show_and_keep(*state);
        Some(Acted::Changed)
    }

    /// Opens the demo, in a store of its own.
    pub fn enter_demo(self) {
        spawn_local(async move {
            preferences::set_tab(IN_DEMO, "true");
            self.switch(Owner::Demo).await;
            if !self.shared.has_content() {
                self.fill_demo().await;
            }
            location::replace(&Route::to(Screen::Position).to_string());
        });
    }

    /// Makes the demo as it was at first.
    pub fn reset_demo(self) {
        spawn_local(async move {
            let store = self.store();
            if store.owner() == Owner::Demo {
                let _ = store.clear().await;
                self.switch(Owner::Demo).await;
                self.fill_demo().await;
            }
        });
    }

    /// Goes back to the user's own data.
    pub fn leave_demo(self) {
        spawn_local(async move {
            preferences::set_tab(IN_DEMO, "false");
            self.switch(Owner::User).await;
            location::go(&Route::to(Screen::Start).to_string());
        });
    }

    /// Deletes everything that this program keeps in the browser, the demo included.
    pub fn delete_everything(self) {
        spawn_local(async move {
            self.cancel();
            self.settle().await;
            for owner in [Owner::User, Owner::Demo] {
                if let Err(error) = WorkspaceStore::new(owner).clear().await {
                    self.warn(Message::new("page.notice.not_deleted").with("reason", error.to_string()));
                    return;
                }
            }
            preferences::forget("theme");
            preferences::forget(OPEN);
            preferences::set_tab(IN_DEMO, "false");
            self.switch(Owner::User).await;
            location::go(&Route::to(Screen::Start).to_string());
            self.page.update_value(|page| page.deleted = None);
            self.shared.notices.set(Vec::new());
            self.tell(Message::new("page.notice.all_deleted"));
        });
    }

    /// Tries once more to keep the workspace, or to open it when that is what failed.
    pub fn save_again(self) {
        let opened = self.page.with_value(|page| !page.sealed && !page.document.is_empty());
        if opened {
            self.keep();
        } else {
            spawn_local(self.open_store());
        }
    }

    /// Takes a notice away.
    pub fn dismiss(self, id: u32) {
        self.shared.notices.update(|notices| notices.retain(|notice| notice.id != id));
    }

    /// Tells the user something that needs no answer.
    pub fn tell(self, message: Message) {
        self.notice(Severity::Info, message, Vec::new());
    }

    /// Tells the user what went wrong.
    pub fn warn(self, message: Message) {
        self.notice(Severity::Error, message, Vec::new());
    }

    /// The file of the workspace with this name, and its SHA-256.
    pub fn source(self, name: &str) -> Option<(String, FileHandle)> {
        let sha256 = self.shared.workspace_untracked(|workspace| {
            workspace.sources.iter().find(|source| source.name == name).map(|source| source.sha256.clone())
        })?;
        let file = self.page.with_value(|page| page.file(&sha256))?;
        Some((sha256, file))
    }

    fn notice(self, severity: Severity, message: Message, details: Vec<Issue>) {
        let told = self.shared.notices.with_untracked(|notices| {
            notices.iter().any(|notice| notice.message == message && notice.details == details)
        });
        if !told {
            self.push(Notice { id: 0, severity, message, details, undo: false });
        }
    }

    /// Shows a notice, with a number of its own.
    fn push(self, mut notice: Notice) {
        let id = self.page.try_update_value(|page| {
            page.notices = page.notices.wrapping_add(1);
            page.notices
        });
        notice.id = id.unwrap_or_default();
        self.shared.notices.update(|notices| notices.push(notice));
    }

    async fn add(self, documents: Vec<FileHandle>) {
        let (workspaces, files): (Vec<_>, Vec<_>) =
            documents.into_iter().partition(|file| envelope::is_name(file.name()));
        if !files.is_empty() {
            match self.import(files, None).await {
                Some(ImportOutcome::Evidence) => self.show_position(),
                Some(ImportOutcome::Lines(list)) => location::go(&Route::of(list).to_string()),
                None => {}
            }
        }
        // One workspace is open at a time: of several files the last one counts.
        if let Some(file) = workspaces.into_iter().next_back() {
            self.receive_workspace(file).await;
        }
    }

    /// Reads a workspace file; when another workspace is open, it waits for the user's word.
    async fn receive_workspace(self, file: FileHandle) {
        let request = Request::Receive { name: file.name().to_owned() };
        let Some(answer) = self.ask(request, &[file]).await else { return };
        self.shared.busy.set(None);
        let Response::Received { name } = answer.response else { return };
        if self.shared.has_content() {
            self.shared.waiting.set(Some(name));
        } else {
            self.accept(self.store()).await;
        }
    }

    /// Opens the workspace file that was received, and keeps it in this place.
    async fn accept(self, index: WorkspaceStore) {
        let Some(answer) = self.ask(Request::Accept, &[]).await else { return };
        self.shared.busy.set(None);
        let Response::State(state) = &answer.response else { return };
        let mut added = Vec::with_capacity(state.workspace.sources.len());
        for (index, source) in state.workspace.sources.iter().enumerate() {
            match answer.file(index, &source.name, "application/octet-stream") {
                Ok(document) => added.push((source.sha256.clone(), document)),
                Err(refusal) => return self.warn(Message::new("page.notice.unreadable").with("reason", refusal.0)),
            }
        }
        self.stay_at(index);
        // What was removed from the workspace before cannot come back: its history has ended.
        self.page.update_value(|page| page.files = added);
        if let Response::State(state) = answer.response {
            self.show(*state);
            self.keep();
        }
        self.show_position();
    }

    /// Shows what the worker has open now. What of it was refused is told.
    fn show(self, mut state: State) {
        let (refused, left_out) = (std::mem::take(&mut state.refused), std::mem::take(&mut state.left_out));
        let document = std::mem::take(&mut state.document);
        self.page.update_value(|page| page.document = document);
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
    }

    /// Shows what the worker has open now, and keeps what has changed of it.
    fn show_and_keep(self, state: State) {
        let changed = self.page.with_value(|page| page.document != state.document);
        self.show(state);
        if changed {
            self.keep();
        }
    }

    fn show_position(self) {
        if self.shared.route.with_untracked(Route::screen) != Screen::Position {
            location::go(&Route::to(Screen::Position).to_string());
        }
    }

    /// Lets the worker read files into the workspace, in the place of another one if that is `replaced`.
    async fn import(self, documents: Vec<FileHandle>, replaced: Option<String>) -> Option<ImportOutcome> {
        let names = documents.iter().map(|file| file.name().to_owned()).collect();
        let answer = self.ask(Request::Import { names, replaced }, &documents).await?;
        self.shared.busy.set(None);
        let Response::State(mut state) = answer.response else { return None };
        let added = std::mem::take(&mut state.added);
        let is_evidence = |(index, _): &(usize, String)| {
            documents.get(*index).is_some_and(|document| !paper::is_name(document.name()))
        };
        let evidence = added.iter().any(is_evidence);
        let files = added.into_iter().filter_map(|(index, sha256)| Some((sha256, documents.get(index)?.clone())));
        self.page.update_value(|page| page.hold(files));
        self.take_in(*state, evidence)
    }

    /// Shows and keeps what an import has brought.
    fn take_in(self, state: State, evidence: bool) -> Option<ImportOutcome> {
        let before = self.shared.workspace_untracked(Overview::clone);
        let grown = |list: &List| state.workspace.lines_of(*list).saturating_sub(before.lines_of(*list));
        let lists: Vec<List> = List::CONTENT.into_iter().filter(|list| grown(list) > 0).collect();
        let silent = state.refused.is_empty() && state.left_out.is_empty() && state.mapping.is_none();
        if !evidence && lists.is_empty() && silent && before.undoes == state.workspace.undoes {
            self.tell(Message::new("page.notice.nothing_new"));
        }
        // With evidence the position opens and shows it all.
        for list in lists.iter().filter(|_| !evidence) {
            self.tell(Message::new("page.notice.lines_added").with("what", lines_of(*list, grown(list))));
        }
        self.show_and_keep(state);
        if evidence { Some(ImportOutcome::Evidence) } else { lists.first().map(|list| ImportOutcome::Lines(*list)) }
    }

    /// A step with the table that waits. What it has brought is shown where its list is.
    pub fn map(self, step: MapStep) {
        spawn_local(async move {
            let list = self.shared.open.with_untracked(|open| open.mapping.as_ref().map(|mapped| mapped.list));
            let accepted = matches!(step, MapStep::Accept);
            let Some(answer) = self.ask(Request::Map(step), &[]).await else { return };
            self.shared.busy.set(None);
            let Response::State(state) = answer.response else { return };
            if accepted {
                self.take_in(*state, false);
                if let Some(list) = list {
                    location::go(&Route::of(list).to_string());
                }
            } else {
                self.show(*state);
            }
        });
    }

    /// Asks for a change, shows and keeps it.
    async fn change(self, request: Request) {
        self.act(request).await;
    }

    /// Opens what was kept.
    async fn open(self, document: String, files: Vec<(String, FileHandle)>) {
        self.page.update_value(|page| {
            page.files = files;
            page.document.clone_from(&document);
            page.sealed = false;
        });
        let documents = self.page.with_value(PageState::documents);
        let answer = self.ask(Request::Open { document }, &documents).await;
        self.shared.busy.set(None);
        match answer.map(|answer| answer.response) {
            Some(Response::State(state)) => self.show(*state),
            // The worker is there and cannot read it: writing over it would lose it.
            None if self.page.with_value(|page| page.worker.is_some()) => {
                self.page.update_value(|page| page.sealed = true);
                self.shared.save_state.set(SaveState::Failed(StorageError::Damaged(String::new())));
            }
            _ => {}
        }
    }

    /// Asks the worker, starting it first if need be. What is refused or lost is told to the user here.
    async fn ask(self, request: Request, documents: &[FileHandle]) -> Option<Answer> {
        let answer = match self.worker(&request) {
            Ok(worker) => worker.ask(request, documents.to_vec(), self.progress()).await,
            Err(lost) => Err(lost),
        };
        match answer {
            Ok(Answer { response: Response::Refused(issues), .. }) => {
                self.shared.busy.set(None);
                self.notice(Severity::Error, Message::new("page.notice.refused"), issues);
                None
            }
            Ok(answer) => Some(answer),
            Err(lost) => {
                self.shared.busy.set(None);
                self.page.update_value(|page| page.worker = None);
                match lost {
                    WorkerError::Cancelled => self.tell(Message::new("page.notice.cancelled")),
                    WorkerError::Stopped(reason) => {
                        self.warn(Message::new("page.notice.stopped").with("reason", reason));
                    }
                    WorkerError::OtherEdition(_) => self.warn(Message::new("page.notice.other_edition")),
                    WorkerError::Refused(refusal) => {
                        self.warn(Message::new("page.notice.stopped").with("reason", refusal.0));
                    }
                }
                None
            }
        }
    }

    /// The worker, started if need be. Its first task is then to open the workspace.
    fn worker(self, request: &Request) -> Result<Rc<WorkerHandle>, WorkerError> {
        if let Some(worker) = self.page.with_value(|page| page.worker.clone()) {
            return Ok(worker);
        }
        let worker = Rc::new(worker::start(super::words::learn)?);
        self.page.update_value(|page| page.worker = Some(Rc::clone(&worker)));
        let document = self.page.with_value(|page| page.document.clone());
        if !matches!(request, Request::Open { .. }) && !document.is_empty() {
            let documents = self.page.with_value(PageState::documents);
            let opening = Rc::clone(&worker).ask(Request::Open { document }, documents, self.progress());
            // If this is lost, so is what is asked after it, and that one tells the user.
            spawn_local(async move {
                let _ = opening.await;
            });
        }
        Ok(worker)
    }

    fn progress(self) -> Box<dyn Fn(Message, u64, u64)> {
        let busy = self.shared.busy;
        Box::new(move |stage, done, total| busy.set(Some(Busy { stage, done, total })))
    }

    /// Writes the workspace, and reports "saved" only when it was read back. Calls while a save is running are one
    /// more save after it: the last state wins.
    fn keep(self) {
        let begin = self.page.try_update_value(|page| {
            page.changed = true;
            !page.sealed && !std::mem::replace(&mut page.saving, true)
        });
        if begin == Some(true) {
            spawn_local(self.save());
        }
    }

    async fn save(self) {
        while self.has_changed() {
            self.shared.save_state.set(SaveState::Saving);
            let (store, document, files): (_, _, Vec<_>) = self.page.with_value(|page| {
                let file = |source: &SourceFile| Some((source.sha256.clone(), page.file(&source.sha256)?));
                let files = self.shared.workspace_untracked(|open| open.sources.iter().filter_map(file).collect());
                (page.store.clone(), page.document.clone(), files)
            });
            let now = today::now();
            if let Err(error) = store.save(&document, &files, &now).await {
                self.page.update_value(|page| page.saving = false);
                self.shared.save_state.set(SaveState::Failed(error));
                return;
            }
            self.shared.save_state.set(SaveState::Saved(now));
        }
        if !self.shared.demo.get_untracked() {
            // The first thing worth save_state is the moment to ask; browsers answer by themselves or once.
            let _ = privacy::ask_to_persist().await;
        }
    }

    /// Whether there is one more save to do.
    fn has_changed(self) -> bool {
        let next = self.page.try_update_value(|page| {
            page.saving = std::mem::take(&mut page.changed);
            page.saving
        });
        next == Some(true)
    }

    /// Waits until nothing is being saved any more. Whether everything is saved then.
    async fn settle(self) -> bool {
        while self.page.with_value(|page| page.saving) {
            page::pause(10).await;
        }
        self.shared.save_state.with_untracked(|save_state| !matches!(save_state, SaveState::Failed(_)))
    }

    /// The index of the open workspace.
    fn store(self) -> WorkspaceStore {
        self.page.with_value(|page| page.store.clone())
    }

    /// Keeps what is open in this place from now on.
    fn stay_at(self, store: WorkspaceStore) {
        if store.owner() == Owner::User {
            preferences::set_tab(OPEN, store.key());
        }
        if !self.store().is(&store) {
            self.shared.last_backup.set(None);
        }
        self.page.update_value(|page| page.store = store);
    }

    async fn switch(self, owner: Owner) {
        let last = self.last(WorkspaceStore::new(owner)).await;
        self.enter(last).await;
    }

    /// Opens what is kept in a place, or an empty workspace where nothing is. Work in hand ends; what has changed is
    /// saved first.
    async fn enter(self, store: WorkspaceStore) {
        self.cancel();
        self.settle().await;
        let demo = store.owner() == Owner::Demo;
        self.stay_at(store);
        self.page.update_value(|page| {
            page.document.clear();
            page.files.clear();
            page.sealed = false;
        });
        self.shared.demo.set(demo);
        self.shared.open.set(Arc::default());
        self.shared.explained.set(None);
        self.shared.save_state.set(SaveState::Nothing);
        self.shared.last_backup.set(None);
        self.open_store().await;
    }

    async fn open_store(self) {
        self.shared.opening.set(true);
        let store = self.store();
        let kept = store.load().await;
        if !self.store().is(&store) {
            // Somebody went elsewhere in the meantime.
            return;
        }
        match kept {
            Ok(Some(StoredWorkspace { document, files, saved_at })) => {
                self.shared.last_backup.set(store.last_backup().await.ok().flatten());
                self.open(document, files).await;
                if !self.page.with_value(|page| page.sealed) {
                    self.shared.save_state.set(SaveState::Saved(saved_at));
                }
            }
            Ok(None) => {}
            Err(error) => {
                // What is there and cannot be opened is not written over.
                self.page.update_value(|page| page.sealed = !matches!(error, StorageError::Refused(_)));
                self.shared.save_state.set(SaveState::Failed(error));
            }
        }
        self.shared.opening.set(false);
    }

    async fn fill_demo(self) {
        let mut files = Vec::with_capacity(DEMO.len());
        for name in DEMO {
            match files::own(name).await {
                Ok(file) => files.push(file),
                Err(refusal) => {
                    return self.warn(Message::new("page.notice.demo_missing").with("reason", refusal.0));
                }
            }
        }
        self.change(Request::Edit(Command::Rename(super::words::t("page.demo.company")))).await;
        self.import(files, None).await;
    }
}

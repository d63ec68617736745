//! Files that the user gives: evidence, lists, and workspace files.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Dispatch, keep_focus};
use crate::browser::database::{StoredFile, WorkspaceStore};
use crate::browser::files::FileHandle;
use crate::browser::{location, page};
use crate::edit::command::lines_of;
use crate::model::message::Message;
use crate::model::paper;
use crate::model::screen::Screen;
use crate::model::workspace::List;
use crate::persist::envelope;
use crate::ui::route::Route;
use crate::work::{LARGE_FILE, MapStep, Overview, Request, Response, State};

/// Media type of what was parsed of a file.
const PARSED: &str = "application/octet-stream";

/// What an import has brought.
pub(super) enum ImportOutcome {
    /// Evidence of what is needed.
    Evidence,
    /// Lines of lists alone; of this one first.
    Lines(List),
}

impl Dispatch {
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

    /// A step with the table that waits. What it has brought is shown where its list is.
    pub fn map(self, step: MapStep) {
        spawn_local(async move {
            let list = self.shared.open.with_untracked(|open| open.mapping.as_ref().map(|mapped| mapped.list));
            let accepted = matches!(step, MapStep::Accept);
            let _asked = self.shared.change();
            let Some(answer) = self.ask(Request::Map(step), &[]).await else { return };
            self.shared.busy.set(None);
            let Response::State(state) = answer.response else { return };
            if accepted {
                self.take_in(*state, false);
                if let Some(list) = list {
                    location::go(&Route::of(list).to_string());
                }
            } else {
                self.show_and_keep(*state);
            }
        });
    }

    /// Puts the workspace file that waits in the place of the open workspace, or forgets it.
    pub fn decide(self, open: bool) {
        self.shared.waiting.set(None);
        if open {
            spawn_local(self.accept(self.storage.store()));
        }
    }

    /// The file of the workspace with this name, and its SHA-256.
    pub fn source(self, name: &str) -> Option<(String, FileHandle)> {
        let sha256 = self.shared.workspace_untracked(|workspace| {
            workspace.sources.iter().find(|source| source.name == name).map(|source| source.sha256.clone())
        })?;
        let file = self.storage.file(&sha256)?;
        Some((sha256, file))
    }

    pub(super) async fn add(self, documents: Vec<FileHandle>) {
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
        self.storage.opened().await;
        let request = Request::Receive { name: file.name().to_owned() };
        let Some(answer) = self.ask(request, &[file]).await else { return };
        self.shared.busy.set(None);
        let Response::Received { name } = answer.response else { return };
        if self.shared.has_content() {
            self.shared.waiting.set(Some(name));
        } else {
            self.accept(self.storage.store()).await;
        }
    }

    /// Opens the workspace file that was received, and keeps it in this store.
    pub(super) async fn accept(self, store: WorkspaceStore) {
        let _asked = self.shared.change();
        let Some(answer) = self.ask(Request::Accept, &[]).await else { return };
        self.shared.busy.set(None);
        let Response::State(state) = &answer.response else { return };
        let mut added = Vec::with_capacity(state.workspace.sources.len());
        for (index, source) in state.workspace.sources.iter().enumerate() {
            match answer.file(index, &source.name, "application/octet-stream") {
                Ok(file) => added.push(StoredFile { sha256: source.sha256.clone(), file, parsed: None }),
                Err(refusal) => return self.warn(Message::new("page.notice.unreadable").with("reason", refusal.0)),
            }
        }
        // What was removed from the workspace before cannot come back: its history has ended.
        self.storage.set_files(added);
        self.storage.forget_drafts();
        if let Response::State(state) = answer.response {
            self.show(*state);
            self.storage.move_to(store);
        }
        self.show_position();
    }

    /// Lets the worker read files into the workspace, in the place of another one if that is `replaced`.
    pub(super) async fn import(self, documents: Vec<FileHandle>, replaced: Option<String>) -> Option<ImportOutcome> {
        let had_focus = page::has_focus();
        let _asked = self.shared.change();
        self.storage.opened().await;
        let names = documents.iter().map(|file| file.name().to_owned()).collect();
        let answer = self.ask(Request::Import { names, replaced }, &documents).await?;
        self.shared.busy.set(None);
        let Response::State(mut state) = answer.response else { return None };
        let added = std::mem::take(&mut state.added);
        let is_evidence = |(index, _): &(usize, String)| {
            documents.get(*index).is_some_and(|document| !paper::is_name(document.name()))
        };
        let evidence = added.iter().any(is_evidence);
        let files = added.into_iter().filter_map(|(index, sha256)| {
            Some(StoredFile { sha256, file: documents.get(index)?.clone(), parsed: None })
        });
        self.storage.add_files(files);
        let outcome = self.take_in(*state, evidence);
        spawn_local(keep_focus(had_focus));
        outcome
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

    /// Files are kept now: the worker need not hold large ones any more, and what it parsed of them is kept beside them, so
    /// that they are not read again when the workspace is opened next.
    pub(super) async fn let_go(self, kept: Vec<(String, FileHandle)>) {
        let large = kept.into_iter().filter(|(_, file)| file.size() >= LARGE_FILE);
        let (sha256, files): (Vec<String>, Vec<FileHandle>) = large.unzip();
        // A worker that is not there holds nothing.
        let Some(engine) = self.page.with_value(|page| page.engine.clone()).filter(|_| !files.is_empty()) else {
            return;
        };
        // Nobody waits for it, so nobody is told when it cannot be done.
        let Ok(answer) = engine.ask(Request::Kept(sha256), files, Box::new(|_, _, _| ())).await else { return };
        let Response::Parsed(parsed) = &answer.response else { return };
        for (index, sha256) in parsed.iter().enumerate() {
            if let Ok(file) = answer.file(index, "", PARSED) {
                self.storage.keep_parsed(sha256, file).await;
            }
        }
    }

    /// The same for files that were opened without what was parsed of them: another build had kept that, or none.
    pub(super) async fn let_go_unparsed(self) {
        // The screen first.
        page::next_frame().await;
        let unparsed = self.storage.files().into_iter().filter(|file| file.parsed.is_none());
        self.let_go(unparsed.map(|StoredFile { sha256, file, .. }| (sha256, file)).collect()).await;
    }

    fn show_position(self) {
        if self.shared.route.with_untracked(Route::screen) != Screen::Position {
            location::go(&Route::to(Screen::Position).to_string());
        }
    }
}

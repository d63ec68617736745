//! The way from one workspace to another: opening at the start, the user's steps, and the end of all data.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Dispatch, Unanswered, open_request};
use crate::browser::database::{Owner, StorageError, WorkspaceEntry, WorkspaceStore};
use crate::browser::{files, location, page, preferences};
use crate::edit::command::Command;
use crate::model::issue::Severity;
use crate::model::message::Message;
use crate::model::screen::Screen;
use crate::ui::route::Route;
use crate::ui::state::{Layer, Notice};
use crate::ui::storage::machine::{StorageEvent, Unsaved};
use crate::ui::words::{named, say};
use crate::work::{Request, Response};

/// The id of the button that opens the list of workspaces: it has the focus after a step.
pub const LIST_BUTTON: &str = "estates-button";
/// The id of the button that brings a deleted workspace back: it has the focus after a deletion. There is one at a
/// time.
pub const UNDO_BUTTON: &str = "bring-back";

/// How long somebody waits before looking again whether changes are answered, in milliseconds, and how often: a worker that
/// never answers keeps nobody.
const PAUSE: i32 = 10;
const LONGEST: u32 = 500;

/// A step among the workspaces.
#[derive(Clone, Debug)]
pub enum WorkspaceStep {
    /// Open the one with this key.
    Open(String),
    /// Open an empty one. It is kept as soon as there is anything in it.
    Begin,
    /// Go on with a copy of the open one under another name.
    Duplicate,
    /// Open the workspace file that waits beside the open one.
    KeepBoth,
    /// Delete this one, and offer to bring it back.
    Delete(WorkspaceEntry),
    /// Bring back the one that was deleted last, as the notice with this number offers.
    BringBack(u32),
}

impl Dispatch {
    /// Opens what was kept at the last visit.
    pub fn start(self) {
        let overtaken = move || self.warn(Message::new("page.workspaces.overtaken"));
        let kept_files = move |files| spawn_local(self.let_go(files));
        self.storage.start(Rc::new(move || Box::pin(self.open())), Rc::new(overtaken), Rc::new(kept_files));
        // From now on what is dropped comes to the page itself, and only once.
        files::on_unheard(move |files| self.take(files));
        spawn_local(async move {
            let store = self.storage.store();
            // The screen first: it is drawn without what was kept.
            page::pause(0).await;
            let last = self.storage.last(store.clone()).await;
            // Whoever asks for the demo at once is there already.
            if self.storage.store().is(&store) {
                self.storage.enter_first(last).await;
            }
            // What was deleted at the last visit cannot be brought back any more.
            let _ = store.sweep().await;
        });
    }

    /// Lets the worker open the workspace that was read.
    async fn open(self) -> Result<(), StorageError> {
        let (request, files) = open_request(&self.storage.kept(), self.storage);
        let answer = self.answer(request, &files).await;
        self.shared.busy.set(None);
        match answer.map(|answer| answer.response) {
            Ok(Response::State(state)) => {
                self.show_and_keep(*state);
                spawn_local(self.let_go_unparsed());
                Ok(())
            }
            Err(Unanswered::Refused) => Err(StorageError::Damaged(String::new())),
            // The next worker that starts opens it.
            Ok(_) | Err(Unanswered::Lost) => Ok(()),
        }
    }

    /// Takes a step. Where it leaves the open workspace, work in hand ends, and what cannot be saved stays open.
    pub fn go(self, step: WorkspaceStep) {
        self.shared.lay(None);
        self.shared.waiting.set(None);
        spawn_local(async move {
            let is_another = self.is_another_after(&step);
            if is_another && !self.may_take(&step).await {
                return self.warn(Message::new("page.workspaces.stays"));
            }
            let focus = if matches!(step, WorkspaceStep::Delete(_)) { UNDO_BUTTON } else { LIST_BUTTON };
            let taken = self.take_step(step, is_another).await;
            if self.storage.is_closed() {
                self.enter(self.storage.store()).await;
            }
            if let Err(error) = taken {
                return self.warn(Message::new("page.workspaces.failed").with("reason", error.to_string()));
            }
            self.storage.note_open().await;
            // After the position was spoken.
            page::next_frame().await;
            if is_another {
                self.shared.spoken.set(self.about_open("page.workspaces.opened"));
            }
            page::focus(focus);
        });
    }

    /// Opens the list of the workspaces that are kept, once it is known: no row may move under the pointer.
    pub fn choose_workspace(self) {
        spawn_local(async move {
            self.storage.entries(&self.storage.store()).await;
            self.open_layer(Layer::Workspaces);
        });
    }

    /// Whether a workspace is the open one.
    pub fn has_open(self, entry: &WorkspaceEntry) -> bool {
        self.storage.has_open(entry)
    }

    /// Tries once more to keep the workspace, or to open it when that is what failed.
    pub fn save_again(self) {
        self.storage.step(StorageEvent::Retry);
    }

    /// Deletes everything that this program keeps in the browser, the demo included.
    pub fn delete_everything(self) {
        spawn_local(async move {
            self.leave(Unsaved::IsGivenUp).await;
            if let Err(error) = self.storage.delete_everything().await {
                self.warn(Message::new("page.notice.not_deleted").with("reason", error.to_string()));
                return self.enter(self.storage.store()).await;
            }
            preferences::forget("theme");
            self.switch(Owner::User).await;
            location::go(&Route::to(Screen::Start).to_string());
            self.shared.notices.set(Vec::new());
            self.tell(Message::new("page.notice.all_deleted"));
        });
    }

    /// Whether another workspace is open after this step.
    fn is_another_after(self, step: &WorkspaceStep) -> bool {
        match step {
            WorkspaceStep::Open(_) | WorkspaceStep::Begin | WorkspaceStep::Duplicate | WorkspaceStep::KeepBoth => true,
            WorkspaceStep::Delete(entry) => self.storage.has_open(entry),
            // The demo may be open by now.
            WorkspaceStep::BringBack(_) => self.storage.was_deleted_open() && !self.shared.demo.get_untracked(),
        }
    }

    /// Ends what stands in the way of a step after which another workspace is open. Whether it may be taken.
    async fn may_take(self, step: &WorkspaceStep) -> bool {
        let has_content = self.shared.has_content();
        match step {
            // The worker holds the file that waits.
            WorkspaceStep::KeepBoth => self.storage.settle().await || !has_content,
            WorkspaceStep::Duplicate => {
                self.settle_changes().await;
                self.end_workers();
                self.storage.settle().await || !has_content
            }
            WorkspaceStep::Open(_) | WorkspaceStep::Begin | WorkspaceStep::Delete(_) | WorkspaceStep::BringBack(_) => {
                self.leave(if has_content { Unsaved::StaysOpen } else { Unsaved::IsGivenUp }).await
            }
        }
    }

    async fn take_step(self, step: WorkspaceStep, is_another: bool) -> Result<(), StorageError> {
        let fresh = self.storage.new_store();
        let next = match step {
            WorkspaceStep::Open(key) => fresh.at(&key),
            WorkspaceStep::Begin => fresh,
            WorkspaceStep::Duplicate => {
                self.storage.move_to(fresh);
                self.act(Request::Edit(Command::Rename(self.about_open("page.workspaces.copy")))).await;
                return Ok(());
            }
            WorkspaceStep::KeepBoth => {
                self.accept(fresh).await;
                return Ok(());
            }
            WorkspaceStep::Delete(entry) => {
                self.storage.delete(&entry, is_another).await?;
                // Who deletes another one has given up the one before.
                self.shared.notices.update(|notices| notices.retain(|notice| !notice.undo));
                let message = Message::new("page.workspaces.deleted").with("name", named(entry.name));
                self.push(Notice { id: 0, severity: Severity::Info, message, details: Vec::new(), undo: true });
                self.storage.last(fresh).await
            }
            WorkspaceStep::BringBack(notice) => {
                let Some(store) = self.storage.bring_back().await? else { return Ok(()) };
                self.dismiss(notice);
                store
            }
        };
        if is_another {
            // An explanation is of the one that was open.
            let route = self.shared.route.get_untracked();
            if route.question().is_some() {
                location::replace(&route.alone().to_string());
            }
            self.enter(next).await;
        }
        Ok(())
    }

    /// Ends the work in hand and leaves the open workspace. Whether it was left: what is not saved may stay open.
    pub(super) async fn leave(self, unsaved: Unsaved) -> bool {
        self.settle_changes().await;
        let is_long = self.shared.busy.with_untracked(Option::is_some);
        self.end_workers();
        if is_long {
            self.tell(Message::new("page.notice.cancelled"));
        }
        let left = self.storage.leave(unsaved).await;
        if left {
            // The user may have gone on working until what had changed was written.
            self.end_workers();
        }
        left
    }

    /// Waits for the changes that are asked for, such as a cell that was typed a moment ago: they belong to what is left. Work
    /// that tells how far it has come is long, and nobody who goes elsewhere waits for it.
    async fn settle_changes(self) {
        for _ in 0..LONGEST {
            if !untrack(|| self.shared.is_changing()) || self.shared.busy.with_untracked(Option::is_some) {
                return;
            }
            page::pause(PAUSE).await;
        }
    }

    /// Opens what is kept in a store, or an empty workspace where nothing is. Work in hand ends; what has changed is
    /// saved first.
    async fn enter(self, store: WorkspaceStore) {
        self.leave(Unsaved::IsGivenUp).await;
        self.forget_told();
        self.storage.enter(store).await;
    }

    /// Opens the workspace of an owner that was open last.
    pub(super) async fn switch(self, owner: Owner) {
        let last = self.storage.last(WorkspaceStore::new(owner)).await;
        self.enter(last).await;
    }

    /// A text about the open workspace.
    fn about_open(self, key: &'static str) -> String {
        let name = named(self.shared.workspace_untracked(|workspace| workspace.name.clone()));
        say(&Message::new(key).with("name", name))
    }
}

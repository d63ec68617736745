//! Keeps the open workspace: what is open, in which store, and when it is written.
//!
//! [`machine`] decides, without a browser; [`Storage`] tells it what happens and carries out what it asks for;
//! [`workspaces`] finds, deletes and brings back those that are not open. Nothing here knows the worker or
//! [`super::dispatch`], which uses it: what was read is handed to the [`WorkspaceOpener`] that the dispatch gives.

pub mod machine;
pub mod workspaces;

use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use self::machine::{StorageEffect, StorageEvent, StorageState, Unsaved};
use self::workspaces::DeletedWorkspace;
use super::state::{SaveState, Shared};
use crate::browser::database::{Head, Owner, StorageError, StoredChange, StoredFile, StoredWorkspace, WorkspaceStore};
use crate::browser::files::FileHandle;
use crate::browser::{page, preferences, privacy, today};
use crate::edit::journal::Unkept;
use crate::model::workspace::SourceFile;

/// Name under which a tab remembers that it shows the demo.
const IN_DEMO: &str = "demo";
/// Name under which a tab remembers the key of the workspace that it has open, and the browser that of the one that
/// was opened last; public/panic.js knows it.
const OPEN: &str = "workspace";
/// How long somebody waits before looking again, in milliseconds.
const PAUSE: i32 = 10;

/// Opens the workspace that [`Storage`] holds, which it has just read.
pub type WorkspaceOpener = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), StorageError>>>>>;

/// Hears which files are kept now that were not before, by SHA-256.
pub type KeptFilesListener = Rc<dyn Fn(Vec<(String, FileHandle)>)>;

/// The open workspace and the store in which it is kept.
#[derive(Clone, Copy)]
pub struct Storage {
    open: StoredValue<StoredState, LocalStorage>,
}

struct StoredState {
    shared: Shared,
    store: WorkspaceStore,
    state: StorageState,
    opener: Option<WorkspaceOpener>,
    overtaken: Option<Rc<dyn Fn()>>,
    kept_files: Option<KeptFilesListener>,
    /// How often something was read: an answer counts only for the last time.
    loads: u32,
    kept: KeptWorkspace,
    /// The lines that are begun and not whole, as the worker reads them.
    drafts: String,
    /// What of it is written in `store`, if anything.
    written: Option<WrittenMark>,
    /// The files of the workspace, and those that were removed from it, as long as that can be undone. The bytes stay with
    /// the browser.
    files: Vec<StoredFile>,
    deleted: Option<DeletedWorkspace>,
}

/// The open workspace, as texts that only the worker understands.
#[derive(Clone, Default)]
pub struct KeptWorkspace {
    /// The workspace as JSON, as the worker wrote it last; empty before there is one.
    pub document: Rc<str>,
    /// The steps since then.
    pub steps: Vec<String>,
    /// Counts the documents.
    edition: u32,
}

/// Up to where a workspace is written: which of its documents, and how many of the steps since.
#[derive(Clone, Copy, PartialEq, Eq)]
struct WrittenMark {
    edition: u32,
    steps: usize,
}

impl KeptWorkspace {
    const fn mark(&self) -> WrittenMark {
        WrittenMark { edition: self.edition, steps: self.steps.len() }
    }

    /// What of it is not written yet.
    fn change(&self, written: Option<WrittenMark>) -> StoredChange<'_> {
        match written.filter(|written| written.edition == self.edition) {
            Some(WrittenMark { steps: first, .. }) => {
                StoredChange::Steps { first, steps: self.steps.get(first..).unwrap_or_default() }
            }
            None => StoredChange::Whole(&self.document, &self.steps),
        }
    }
}

impl StoredState {
    /// The file with this SHA-256.
    fn file(&self, sha256: &str) -> Option<FileHandle> {
        self.files.iter().find(|file| file.sha256 == sha256).map(|file| file.file.clone())
    }
}

impl Storage {
    /// The storage of a page that has just started; nothing is open yet.
    pub fn new(shared: Shared) -> Self {
        let owner = if preferences::tab(IN_DEMO).as_deref() == Some("true") { Owner::Demo } else { Owner::User };
        shared.demo.set(owner == Owner::Demo);
        let open = StoredState {
            shared,
            store: WorkspaceStore::new(owner),
            state: StorageState::default(),
            opener: None,
            overtaken: None,
            kept_files: None,
            loads: 0,
            kept: KeptWorkspace::default(),
            drafts: String::new(),
            written: None,
            files: Vec::new(),
            deleted: None,
        };
        Self { open: StoredValue::new_local(open) }
    }

    /// What the screens share, where this shows how the workspace is kept.
    fn shared(self) -> Shared {
        self.open.with_value(|open| open.shared)
    }

    /// Opens what is read by `opener` from now on, tells by `overtaken` that another tab was first, and by `kept_files` which
    /// files are kept now that were not before, and writes what is not kept when the page goes out of sight.
    pub fn start(self, opener: WorkspaceOpener, overtaken: Rc<dyn Fn()>, kept_files: KeptFilesListener) {
        self.open.update_value(|open| {
            open.opener = Some(opener);
            open.overtaken = Some(overtaken);
            open.kept_files = Some(kept_files);
        });
        page::on_hidden(move || self.step(StorageEvent::Hidden));
    }

    /// Something happens: carries out what is to be done about it, and shows how the workspace is kept then.
    pub fn step(self, event: StorageEvent) {
        let effects = self.open.try_update_value(|open| {
            let (state, effects) = std::mem::take(&mut open.state).step(event);
            open.state = state;
            effects
        });
        // Between two workspaces what was shown stays: nothing is asked about the one that was left.
        if !self.is_closed() {
            self.show();
        }
        for effect in effects.unwrap_or_default() {
            match effect {
                StorageEffect::Load => self.begin_load(),
                StorageEffect::Write => spawn_local(self.write()),
                StorageEffect::ChooseNewStore => self.choose_new_store(),
                StorageEffect::TellOvertaken => self.tell_overtaken(),
                StorageEffect::AskToPersist => self.ask_to_persist(),
            }
        }
    }

    /// Shows how the workspace is kept.
    fn show(self) {
        let (shown, opening) = self.open.with_value(|open| (open.state.shown(), !open.state.is_open()));
        let Shared { save_state, opening: is_opening, .. } = self.shared();
        if save_state.with_untracked(|before| *before != shown) {
            save_state.set(shown);
        }
        if is_opening.get_untracked() != opening {
            is_opening.set(opening);
        }
    }

    fn begin_load(self) {
        let load = self.open.try_update_value(|open| {
            open.loads = open.loads.wrapping_add(1);
            open.loads
        });
        spawn_local(self.load(load));
    }

    /// Reads what is kept and opens it.
    async fn load(self, load: Option<u32>) {
        // Somebody may go elsewhere in the meantime.
        let is_awaited = move || {
            self.open.with_value(|open| Some(open.loads) == load && matches!(open.state, StorageState::Opening { .. }))
        };
        let store = self.store();
        let opened = match store.load().await {
            Ok(Some(StoredWorkspace { document, steps, drafts, name: _, takes_steps, files, saved_at })) => {
                let last_backup = store.last_backup().await.ok().flatten();
                if !is_awaited() {
                    return;
                }
                self.shared().last_backup.set(last_backup);
                self.keep(Unkept::Whole { document, steps });
                self.open.update_value(|open| {
                    open.written = takes_steps.then(|| open.kept.mark());
                    open.drafts = drafts;
                });
                self.set_files(files);
                let opener = self.open.with_value(|open| open.opener.clone());
                match opener {
                    Some(opener) => opener().await.map(|()| Some(saved_at)),
                    None => Ok(Some(saved_at)),
                }
            }
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        };
        if is_awaited() {
            self.step(StorageEvent::Opened(opened));
        }
    }

    /// Writes the workspace, and reports that it was saved only when it was read back.
    async fn write(self) {
        let (store, kept, written, files, name) = self.open.with_value(|open| {
            let file = |source: &SourceFile| Some((source.sha256.clone(), open.file(&source.sha256)?));
            let (files, name): (Vec<_>, _) = open
                .shared
                .workspace_untracked(|shown| (shown.sources.iter().filter_map(file).collect(), shown.name.clone()));
            (open.store.clone(), open.kept.clone(), open.written, files, name)
        });
        let now = today::now();
        let saved = store.save(kept.change(written), &files, Head { name: &name, saved_at: &now }).await;
        let (saved, stored) = match saved {
            Ok(stored) => (Ok(now), stored),
            Err(error) => (Err(error), Vec::new()),
        };
        let is_open = self.store().is(&store);
        if saved.is_ok() && is_open {
            self.open.update_value(|open| open.written = Some(kept.mark()));
        }
        self.step(StorageEvent::SaveFinished(saved));
        if is_open && !stored.is_empty() {
            self.tell_kept_files(stored);
        }
    }

    fn choose_new_store(self) {
        let store = self.store();
        // The demo has one only, and can be made again.
        let key = if store.owner() == Owner::User { today::now() } else { store.key().to_owned() };
        self.choose(store.at(&key));
        self.write_drafts();
        // That of the demo is the same one, but what is in it is another tab's.
        self.open.update_value(|open| open.written = None);
    }

    fn tell_overtaken(self) {
        if let Some(tell) = self.open.with_value(|open| open.overtaken.clone()) {
            tell();
        }
    }

    /// Files are kept now that were not before: where they came from does not matter any more.
    fn tell_kept_files(self, stored: Vec<(String, FileHandle)>) {
        let tell = self.open.try_update_value(|open| {
            for (sha256, file) in &stored {
                open.files.iter_mut().filter(|open| open.sha256 == *sha256).for_each(|open| open.file = file.clone());
            }
            open.kept_files.clone()
        });
        if let Some(tell) = tell.flatten() {
            tell(stored);
        }
    }

    /// Keeps what was parsed of the file with this SHA-256. Whoever has none parses the file anew.
    pub async fn keep_parsed(self, sha256: &str, parsed: FileHandle) {
        if self.store().keep_parsed(sha256, &parsed).await.is_ok() {
            self.open.update_value(|open| {
                let of_file = open.files.iter_mut().filter(|open| open.sha256 == sha256);
                of_file.for_each(|open| open.parsed = Some(parsed.clone()));
            });
        }
    }

    fn ask_to_persist(self) {
        // The first thing worth keeping is the moment to ask; browsers answer by themselves or once.
        if self.owner() == Owner::User {
            spawn_local(async {
                let _ = privacy::ask_to_persist().await;
            });
        }
    }

    /// The store of the open workspace.
    pub fn store(self) -> WorkspaceStore {
        self.open.with_value(|open| open.store.clone())
    }

    /// Whose workspace is open.
    pub fn owner(self) -> Owner {
        self.open.with_value(|open| open.store.owner())
    }

    /// Keeps what is open in this store from now on.
    fn choose(self, store: WorkspaceStore) {
        let owner = store.owner();
        if owner == Owner::User {
            preferences::set_tab(OPEN, store.key());
        }
        preferences::set_tab(IN_DEMO, if owner == Owner::Demo { "true" } else { "false" });
        if !self.store().is(&store) {
            self.shared().last_backup.set(None);
        }
        self.open.update_value(|open| {
            // Another store knows nothing of what is written in this one.
            open.written = open.written.filter(|_| open.store.is(&store));
            open.store = store;
        });
        if self.shared().demo.get_untracked() != (owner == Owner::Demo) {
            self.shared().demo.set(owner == Owner::Demo);
        }
    }

    /// Keeps what is open in this store from now on, and writes it there.
    pub fn move_to(self, store: WorkspaceStore) {
        let event = if self.store().is(&store) { StorageEvent::Changed } else { StorageEvent::Moved };
        self.choose(store);
        self.write_drafts();
        self.step(event);
    }

    /// Leaves the open workspace, once what has changed of it is written. Whether it was left: what is not saved may
    /// stay open.
    pub async fn leave(self, unsaved: Unsaved) -> bool {
        self.settle().await;
        self.step(StorageEvent::Leave(unsaved));
        self.is_closed()
    }

    /// Whether no workspace is open, and none is being opened.
    pub fn is_closed(self) -> bool {
        self.open.with_value(|open| open.state == StorageState::Closed)
    }

    /// Opens what is kept in a store, or an empty workspace where nothing is; what is open is given up.
    pub async fn enter(self, store: WorkspaceStore) {
        while !self.leave(Unsaved::IsGivenUp).await {}
        self.keep(Unkept::Whole { document: String::new(), steps: Vec::new() });
        self.set_files(Vec::new());
        self.forget_drafts();
        self.shared().open.set(Arc::default());
        self.shared().explained.set(None);
        self.shared().last_backup.set(None);
        self.enter_first(store).await;
    }

    /// Opens what is kept in a store, as long as nothing was open yet.
    pub async fn enter_first(self, store: WorkspaceStore) {
        self.choose(store);
        self.step(StorageEvent::Enter);
        self.opened().await;
    }

    /// Waits until nothing is being saved any more. Whether everything is saved then.
    pub async fn settle(self) -> bool {
        while !self.open.with_value(|open| open.state.is_settled()) {
            page::pause(PAUSE).await;
        }
        self.open.with_value(|open| !matches!(open.state.shown(), SaveState::Failed(_)))
    }

    /// Waits until a workspace is open. What changes the workspace waits for that: there is none to change before.
    pub async fn opened(self) {
        while !self.is_open() {
            page::pause(PAUSE).await;
        }
    }

    /// Whether a workspace is open.
    pub fn is_open(self) -> bool {
        self.open.with_value(|open| open.state.is_open())
    }

    /// The workspace as the worker opens it.
    pub fn kept(self) -> KeptWorkspace {
        self.open.with_value(|open| open.kept.clone())
    }

    /// Takes in what has changed of the workspace. Whether anything has.
    pub fn keep(self, unkept: Unkept) -> bool {
        let keep = |open: &mut StoredState| match unkept {
            Unkept::Steps(steps) => {
                let changed = !steps.is_empty();
                open.kept.steps.extend(steps);
                changed
            }
            Unkept::Whole { document, steps } => {
                let edition = open.kept.edition.wrapping_add(1);
                open.kept = KeptWorkspace { document: document.into(), steps, edition };
                true
            }
        };
        self.open.try_update_value(keep) == Some(true)
    }

    /// The lines that are begun and not whole.
    pub fn drafts(self) -> String {
        self.open.with_value(|open| open.drafts.clone())
    }

    /// Takes in the lines that are begun and not whole, and keeps them.
    pub fn keep_drafts(self, drafts: String) {
        self.open.update_value(|open| open.drafts = drafts);
        self.write_drafts();
    }

    /// The lines that are begun belong to a workspace that was left.
    pub fn forget_drafts(self) {
        self.open.update_value(|open| open.drafts.clear());
    }

    fn write_drafts(self) {
        let (store, drafts) = (self.store(), self.drafts());
        // Where nothing can be kept, the header says so of the workspace.
        spawn_local(async move {
            let _ = store.keep_drafts(&drafts).await;
        });
    }

    /// The files of the workspace.
    pub fn files(self) -> Vec<StoredFile> {
        self.open.with_value(|open| open.files.clone())
    }

    /// The file of the workspace with this SHA-256.
    pub fn file(self, sha256: &str) -> Option<FileHandle> {
        self.open.with_value(|open| open.file(sha256))
    }

    /// Holds these files and no other ones.
    pub fn set_files(self, files: Vec<StoredFile>) {
        self.open.update_value(|open| open.files = files);
    }

    /// Takes files in; each takes the place of what stood under its SHA-256.
    pub fn add_files(self, files: impl Iterator<Item = StoredFile>) {
        self.open.update_value(|open| {
            for file in files {
                open.files.retain(|known| known.sha256 != file.sha256);
                open.files.push(file);
            }
        });
    }

    /// Notes that the user has just taken a copy of the workspace as a file.
    pub async fn note_backup(self) {
        let now = today::now();
        // The date is a courtesy: the copy itself is already with the user.
        let _ = self.store().note_backup(&now).await;
        self.shared().last_backup.set(Some(now));
    }
}

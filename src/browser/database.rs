//! Workspaces and their files in `IndexedDB`.
//!
//! One database for the user's own work and another for the demo: neither can touch the other. Its version stays 1
//! for ever; records carry a version of their own. A save is one strict transaction, and it is reported as done only
//! after everything was read back and compared: "saved" means that it is there.
//!
//! A workspace is a record with its document, and the steps since it was written, one record for each save. What a list of
//! workspaces shows, and the revision by which two tabs tell who was first, stand in a short record of their own: nothing
//! long is read or written for an edit.
//!
//! A workspace keeps its key as long as it lives, so whoever saves one can never write over another. Files stand under
//! their SHA-256 and may belong to several workspaces: one that none names any more goes when the page starts next.

mod parsed_files;
mod records;
mod sweep;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use idb::{Database, Factory, KeyRange, ObjectStore, ObjectStoreParams, Query, Transaction, TransactionMode};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, IdbDatabase, IdbTransaction};

use self::records::{
    FIRST, StoredHead, backup, drafts_key, head_key, read, read_head, read_steps, step_key, write, write_head,
    write_steps,
};
use super::files::FileHandle;
use super::{Refusal, json};

const WORKSPACES: &str = "workspaces";
const FILES: &str = "files";
const META: &str = "meta";
/// Whose data it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The user's own.
    User,
    /// The demo's.
    Demo,
}

impl Owner {
    /// The name of the database; public/panic.js knows both.
    pub const fn database(self) -> &'static str {
        match self {
            Self::User => "highwater",
            Self::Demo => "highwater-demo",
        }
    }
}

/// Why nothing can be opened or kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The browser keeps nothing here: storage is blocked, full or broken.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// A newer edition of the program wrote the record; it is left as it is.
    #[error("written by a newer edition (schema {0})")]
    Newer(u32),
    /// The record cannot be read; it is left as it is.
    #[error("the record cannot be read: {0}")]
    Damaged(String),
    /// The workspace names a file that is not there.
    #[error("the file {0} is missing")]
    FileMissing(String),
    /// What was read back is not what was written.
    #[error("what was read back differs from what was written")]
    Differs,
    /// Somebody else, such as another tab, has written the workspace since it was read here; that is left as it is.
    #[error("it was changed elsewhere")]
    Overtaken,
}

impl From<idb::Error> for StorageError {
    fn from(error: idb::Error) -> Self {
        Self::Refused(error.into())
    }
}

impl From<JsValue> for StorageError {
    fn from(value: JsValue) -> Self {
        Self::Refused(value.into())
    }
}

/// What of a workspace is to be kept.
#[derive(Clone, Copy, Debug)]
pub enum StoredChange<'a> {
    /// All of it: the document as JSON, and the steps since it was written.
    Whole(&'a str, &'a [String]),
    /// Steps behind those that are kept.
    Steps {
        /// How many there are before them since the document was written. A save that has to be made once more writes
        /// the same record, so that no step is kept twice.
        first: usize,
        /// The steps.
        steps: &'a [String],
    },
}

/// What is known of a workspace without reading it.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// Its name.
    pub name: &'a str,
    /// When it is saved.
    pub saved_at: &'a str,
}

/// What was found at the start.
#[derive(Clone, Debug)]
pub struct StoredWorkspace {
    /// The workspace, as JSON, as it was written last.
    pub document: String,
    /// The steps since then.
    pub steps: Vec<String>,
    /// The lines that are begun in it and not whole, as the worker reads them; blank where there is none.
    pub drafts: String,
    /// Its name.
    pub name: String,
    /// Whether it is written as this edition does, so that steps can be added to it.
    pub takes_steps: bool,
    /// Its files, in the order of its sources.
    pub files: Vec<StoredFile>,
    /// When it was saved.
    pub saved_at: String,
}

/// A file of a workspace.
#[derive(Clone, Debug)]
pub struct StoredFile {
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// The file.
    pub file: FileHandle,
    /// What this build parsed of it, if that is kept.
    pub parsed: Option<FileHandle>,
}

/// A workspace of which something is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkspaceEntry {
    /// Its key, see [`WorkspaceStore::at`].
    pub key: String,
    /// Its name; empty when it has none, or cannot be read.
    pub name: String,
    /// When it was saved; empty when it cannot be read.
    pub saved_at: String,
}

/// The store of one workspace of an owner.
#[derive(Clone)]
pub struct WorkspaceStore {
    owner: Owner,
    key: String,
    /// The revision of the record that was read or written here last, 0 where there was none; `None` before that.
    seen: Rc<Cell<Option<u64>>>,
    connection: Rc<RefCell<Option<IdbDatabase>>>,
}

impl WorkspaceStore {
    /// The store of this owner's first workspace; nothing is opened yet.
    pub fn new(owner: Owner) -> Self {
        Self { owner, key: FIRST.to_owned(), seen: Rc::default(), connection: Rc::default() }
    }

    /// The store of another workspace of the same owner, or of this one as if nothing of it was read yet.
    #[must_use]
    pub fn at(&self, key: &str) -> Self {
        Self { key: key.to_owned(), seen: Rc::default(), ..self.clone() }
    }

    /// Whose workspace it keeps.
    pub const fn owner(&self) -> Owner {
        self.owner
    }

    /// The key of the workspace.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether both keep the same workspace.
    pub fn is(&self, other: &Self) -> bool {
        self.owner == other.owner && self.key == other.key
    }

    /// All workspaces of the owner.
    ///
    /// # Errors
    /// When storage refuses.
    pub async fn list(&self) -> Result<Vec<WorkspaceEntry>, StorageError> {
        let transaction = self.transaction(TransactionMode::ReadOnly).await?;
        let (workspaces, meta) = (transaction.object_store(WORKSPACES)?, transaction.object_store(META)?);
        let mut entries = Vec::new();
        for key in keys(&workspaces, None).await? {
            let (name, saved_at) = if let Some(head) = head(&meta, &key).await? {
                (head.name, head.saved_at)
            } else {
                let text = get_text(&workspaces, &key).await?.unwrap_or_default();
                read(&text).map(|record| (record.name, record.saved_at)).unwrap_or_default()
            };
            entries.push(WorkspaceEntry { key, name, saved_at });
        }
        Ok(entries)
    }

    /// What was kept last, if anything.
    ///
    /// # Errors
    /// When storage refuses, or holds something that cannot be opened; it is then left as it is.
    pub async fn load(&self) -> Result<Option<StoredWorkspace>, StorageError> {
        let transaction = self.transaction(TransactionMode::ReadOnly).await?;
        let Some(text) = get_text(&transaction.object_store(WORKSPACES)?, &self.key).await? else {
            self.seen.set(Some(0));
            return Ok(None);
        };
        let record = read(&text)?;
        let meta = transaction.object_store(META)?;
        let head = head(&meta, &self.key).await?;
        let mut steps = Vec::new();
        for key in keys(&meta, Some(steps_of(&self.key)?)).await? {
            let text = get_text(&meta, &key).await?.unwrap_or_default();
            steps.append(&mut read_steps(&text)?);
        }
        let drafts = get_text(&meta, &drafts_key(&self.key)).await?.unwrap_or_default();
        let store = transaction.object_store(FILES)?;
        let mut files = Vec::with_capacity(record.sources.len());
        for (name, sha256) in record.sources {
            let Some(blob) = get_blob(&store, &sha256).await? else { return Err(StorageError::FileMissing(name)) };
            let parsed = get_blob(&store, &parsed_files::key(&sha256)).await?;
            let parsed = parsed.map(|blob| FileHandle::from_blob(name.clone(), blob));
            files.push(StoredFile { sha256, file: FileHandle::from_blob(name, blob), parsed });
        }
        let takes_steps = head.is_some();
        let (rev, name, saved_at) =
            head.map_or((record.rev, record.name, record.saved_at), |head| (head.rev, head.name, head.saved_at));
        self.seen.set(Some(rev));
        let document = record.document.to_owned();
        Ok(Some(StoredWorkspace { document, steps, drafts, name, takes_steps, files, saved_at }))
    }

    /// Keeps what has changed of the workspace, and its files by SHA-256, of which those that are there already stay as
    /// they are. Returns only after all that was written was read back and is the same: the files that are new, as they are
    /// kept.
    ///
    /// # Errors
    /// When any of it could not be written or read back, or somebody else has written the workspace since it was read
    /// here. What was kept before stays.
    pub async fn save(
        &self,
        change: StoredChange<'_>,
        files: &[(String, FileHandle)],
        head: Head<'_>,
    ) -> Result<Vec<(String, FileHandle)>, StorageError> {
        match self.write(change, files, head).await {
            Err(StorageError::Refused(_)) => {
                // A browser may drop the connection of a page in the background: once more, over a new one.
                self.connection.take();
                self.write(change, files, head).await
            }
            other => other,
        }
    }

    async fn write(
        &self,
        change: StoredChange<'_>,
        files: &[(String, FileHandle)],
        Head { name, saved_at }: Head<'_>,
    ) -> Result<Vec<(String, FileHandle)>, StorageError> {
        let transaction = self.transaction(TransactionMode::ReadWrite).await?;
        let (workspaces, meta) = (transaction.object_store(WORKSPACES)?, transaction.object_store(META)?);
        let before = match head(&meta, &self.key).await? {
            Some(head) => head.rev,
            // What an edition without heads has written, or nothing.
            None => match get_text(&workspaces, &self.key).await? {
                Some(text) => read(&text)?.rev,
                None => 0,
            },
        };
        if self.seen.get().is_some_and(|seen| seen != before) {
            return Err(StorageError::Overtaken);
        }
        let store = transaction.object_store(FILES)?;
        let mut added = Vec::new();
        for (sha256, file) in files {
            if get_blob(&store, sha256).await?.is_none() {
                store.put(file.blob(), Some(&JsValue::from_str(sha256)))?;
                added.push((sha256.as_str(), file));
            }
        }
        let rev = before.wrapping_add(1);
        let saved_at = json::quoted(saved_at);
        let mut written = Vec::new();
        let (first, steps) = match change {
            StoredChange::Whole(document, steps) => {
                meta.delete(steps_of(&self.key)?)?;
                written.push((WORKSPACES, self.key.clone(), write(document, rev, &saved_at)));
                (0, steps)
            }
            StoredChange::Steps { first, steps } => (first, steps),
        };
        if !steps.is_empty() {
            written.push((META, step_key(&self.key, first), write_steps(steps)));
        }
        written.push((META, head_key(&self.key), write_head(rev, &json::quoted(name), &saved_at)));
        for (store, key, text) in &written {
            let store = if *store == WORKSPACES { &workspaces } else { &meta };
            store.put(&JsValue::from_str(text), Some(&JsValue::from_str(key)))?;
        }
        done(transaction).await?;
        self.seen.set(Some(rev));
        self.verify(&written, added).await
    }

    async fn verify(
        &self,
        written: &[(&str, String, String)],
        added: Vec<(&str, &FileHandle)>,
    ) -> Result<Vec<(String, FileHandle)>, StorageError> {
        let transaction = self.transaction(TransactionMode::ReadOnly).await?;
        for (store, key, text) in written {
            if get_text(&transaction.object_store(store)?, key).await?.as_deref() != Some(text) {
                return Err(StorageError::Differs);
            }
        }
        let store = transaction.object_store(FILES)?;
        let mut kept = Vec::with_capacity(added.len());
        for (sha256, file) in added {
            let blob = get_blob(&store, sha256).await?.ok_or(StorageError::Differs)?;
            kept.push((sha256.to_owned(), FileHandle::from_blob(file.name().to_owned(), blob), file));
        }
        // Reading the bytes outlives the transaction, so it comes after the last request.
        let mut stored = Vec::with_capacity(kept.len());
        for (sha256, there, here) in kept {
            if !there.same_bytes(here).await? {
                return Err(StorageError::Differs);
            }
            stored.push((sha256, there));
        }
        Ok(stored)
    }

    /// Takes the workspace off the store. Its files stay until [`Self::sweep`].
    ///
    /// # Errors
    /// When storage refuses.
    pub async fn remove(&self) -> Result<(), StorageError> {
        let transaction = self.transaction(TransactionMode::ReadWrite).await?;
        transaction.object_store(WORKSPACES)?.delete(JsValue::from_str(&self.key))?;
        let meta = transaction.object_store(META)?;
        meta.delete(JsValue::from_str(&head_key(&self.key)))?;
        meta.delete(JsValue::from_str(&drafts_key(&self.key)))?;
        meta.delete(steps_of(&self.key)?)?;
        done(transaction).await
    }

    /// Keeps the lines that are begun in this workspace and not whole.
    ///
    /// # Errors
    /// When storage refuses.
    pub async fn keep_drafts(&self, drafts: &str) -> Result<(), StorageError> {
        let transaction = self.transaction(TransactionMode::ReadWrite).await?;
        let (meta, key) = (transaction.object_store(META)?, JsValue::from_str(&drafts_key(&self.key)));
        if drafts.is_empty() {
            meta.delete(key)?;
        } else {
            meta.put(&JsValue::from_str(drafts), Some(&key))?;
        }
        done(transaction).await
    }

    /// When the user last took a copy of this workspace as a file.
    ///
    /// # Errors
    /// When storage refuses.
    pub async fn last_backup(&self) -> Result<Option<String>, StorageError> {
        let transaction = self.transaction(TransactionMode::ReadOnly).await?;
        get_text(&transaction.object_store(META)?, &backup(&self.key)).await
    }

    /// Notes that the user took a copy of this workspace as a file.
    ///
    /// # Errors
    /// When storage refuses.
    pub async fn note_backup(&self, at: &str) -> Result<(), StorageError> {
        let transaction = self.transaction(TransactionMode::ReadWrite).await?;
        transaction.object_store(META)?.put(&JsValue::from_str(at), Some(&JsValue::from_str(&backup(&self.key))))?;
        done(transaction).await
    }

    /// Deletes everything of this owner. The database stays, empty: deleting it would wait for other tabs.
    ///
    /// # Errors
    /// When storage refuses.
    pub async fn clear(&self) -> Result<(), StorageError> {
        let transaction = self.transaction(TransactionMode::ReadWrite).await?;
        for store in [WORKSPACES, FILES, META] {
            transaction.object_store(store)?.clear()?;
        }
        done(transaction).await
    }

    async fn transaction(&self, mode: TransactionMode) -> Result<Transaction, StorageError> {
        let open = self.connection.borrow().clone();
        let database = if let Some(database) = open {
            database
        } else {
            let database: IdbDatabase = open_database(self.owner.database()).await?.into();
            self.connection.replace(Some(database.clone()));
            database
        };
        let stores: Array = [WORKSPACES, FILES, META].into_iter().map(JsValue::from_str).collect();
        // idb has no word for durability, and web-sys keeps its own behind a flag: a save is to reach the disk.
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let begin: Function = Reflect::get(&database, &"transaction".into())?.unchecked_into();
        let mode = if mode == TransactionMode::ReadWrite { "readwrite" } else { "readonly" };
        let transaction = begin.call3(&database, &stores, &mode.into(), &options)?;
        Ok(Transaction::from(transaction.unchecked_into::<IdbTransaction>()))
    }
}

async fn open_database(name: &str) -> Result<Database, StorageError> {
    let mut request = Factory::new()?.open(name, Some(1))?;
    request.on_upgrade_needed(|event| {
        let Ok(database) = idb::event::DatabaseEvent::database(&event) else { return };
        for store in [WORKSPACES, FILES, META] {
            let _ = database.create_object_store(store, ObjectStoreParams::new());
        }
    });
    Ok(request.await?)
}

/// Waits until everything that the transaction was asked for has been done. It is done also when the page goes
/// meanwhile, as nothing more is to come; a browser that cannot be told so finds out by itself.
async fn done(transaction: Transaction) -> Result<(), StorageError> {
    let transaction = IdbTransaction::from(transaction);
    let told = Transaction::from(transaction.clone()).commit();
    if told.unwrap_or_else(|_| transaction.into()).await?.is_aborted() {
        return Err(Refusal("the transaction was aborted".to_owned()).into());
    }
    Ok(())
}

/// The keys of a store, or of a range of them, in their order.
async fn keys(store: &ObjectStore, range: Option<KeyRange>) -> Result<Vec<String>, StorageError> {
    let keys = store.get_all_keys(range.map(Query::KeyRange), None)?.await?;
    Ok(keys.into_iter().filter_map(|key| key.as_string()).collect())
}

async fn get_text(store: &ObjectStore, key: &str) -> Result<Option<String>, StorageError> {
    let value = store.get(JsValue::from_str(key))?.await?;
    Ok(value.and_then(|value| value.as_string()))
}

async fn get_blob(store: &ObjectStore, key: &str) -> Result<Option<Blob>, StorageError> {
    let value = store.get(JsValue::from_str(key))?.await?;
    Ok(value.and_then(|value| value.dyn_into().ok()))
}

/// All steps of a workspace.
fn steps_of(key: &str) -> Result<KeyRange, StorageError> {
    let edge = |first| JsValue::from_str(&step_key(key, first));
    Ok(KeyRange::bound(&edge(0), &edge(usize::MAX), None, None)?)
}

async fn head(meta: &ObjectStore, key: &str) -> Result<Option<StoredHead>, StorageError> {
    get_text(meta, &head_key(key)).await?.map(|text| read_head(&text)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_workspace_keeps_the_names_of_the_time_when_there_was_only_one() {
        let first = WorkspaceStore::new(Owner::User);
        assert_eq!((first.key(), backup(first.key())), ("current", "backup".to_owned()));
        let other = first.at("2026-11-21T14:02:05.123Z");
        assert_eq!(backup(other.key()), "backup:2026-11-21T14:02:05.123Z");
        assert!(!other.is(&first) && other.is(&first.at(other.key())) && !WorkspaceStore::new(Owner::Demo).is(&first));
    }
}

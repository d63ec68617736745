//! The workspace and its files in `IndexedDB`.
//!
//! One database for the user's own work and another for the demo: neither can touch the other. Its version stays 1
//! for ever; records carry a version of their own. A save is one strict transaction, and it is reported as done only
//! after everything was read back and compared: "saved" means that it is there.

use std::cell::RefCell;
use std::rc::Rc;

use idb::{Database, Factory, ObjectStore, ObjectStoreParams, Transaction, TransactionMode};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, IdbDatabase};

use super::files::{Document, whole};
use super::{Refusal, json};

/// Version of the record that [`Shelf::save`] writes.
pub const SCHEMA: u32 = 1;

const WORKSPACES: &str = "workspaces";
const FILES: &str = "files";
const META: &str = "meta";
/// The key of the open workspace; there is room for more.
const CURRENT: &str = "current";
const BACKUP: &str = "backup";

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

/// What is kept of a workspace, as JSON text: readable by public/panic.js without the program. The document itself is
/// the worker's; here it is text that stays as it is, character by character.
struct Record<'a> {
    rev: u64,
    saved_at: String,
    document: &'a str,
    /// Name and SHA-256 of the files that belong to it.
    sources: Vec<(String, String)>,
}

/// Why nothing can be opened or kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
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
}

impl From<idb::Error> for Trouble {
    fn from(error: idb::Error) -> Self {
        Self::Refused(error.into())
    }
}

impl From<JsValue> for Trouble {
    fn from(value: JsValue) -> Self {
        Self::Refused(value.into())
    }
}

/// What was found at the start.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The workspace, as JSON.
    pub document: String,
    /// Its files with the SHA-256 of each, in the order of its sources.
    pub files: Vec<(String, Document)>,
    /// When it was saved.
    pub saved_at: String,
}

/// The place where one owner's workspace is kept.
#[derive(Clone)]
pub struct Shelf {
    owner: Owner,
    connection: Rc<RefCell<Option<IdbDatabase>>>,
}

impl Shelf {
    /// The place of this owner; nothing is opened yet.
    pub fn new(owner: Owner) -> Self {
        Self { owner, connection: Rc::default() }
    }

    /// Whose place it is.
    pub const fn owner(&self) -> Owner {
        self.owner
    }

    /// What was kept last, if anything.
    ///
    /// # Errors
    /// When storage refuses, or holds something that cannot be opened; it is then left as it is.
    pub async fn load(&self) -> Result<Option<Kept>, Trouble> {
        let transaction = self.transaction(TransactionMode::ReadOnly).await?;
        let Some(text) = get_text(&transaction.object_store(WORKSPACES)?, CURRENT).await? else { return Ok(None) };
        let record = read(&text)?;
        let store = transaction.object_store(FILES)?;
        let mut files = Vec::with_capacity(record.sources.len());
        for (name, sha256) in record.sources {
            let Some(blob) = get_blob(&store, &sha256).await? else { return Err(Trouble::FileMissing(name)) };
            files.push((sha256, Document::from_blob(name, blob)));
        }
        Ok(Some(Kept { document: record.document.to_owned(), files, saved_at: record.saved_at }))
    }

    /// Keeps a workspace (its document as JSON) with the files that came (by SHA-256) and without those that the user
    /// removed. Returns only after all of it was read back and is the same.
    ///
    /// # Errors
    /// When any of it could not be written or read back. What was kept before stays.
    pub async fn save(
        &self,
        document: &str,
        added: &[(String, Document)],
        removed: &[String],
        saved_at: &str,
    ) -> Result<(), Trouble> {
        match self.write(document, added, removed, saved_at).await {
            Err(Trouble::Refused(_)) => {
                // A browser may drop the connection of a page in the background: once more, over a new one.
                self.connection.take();
                self.write(document, added, removed, saved_at).await
            }
            other => other,
        }
    }

    async fn write(
        &self,
        document: &str,
        added: &[(String, Document)],
        removed: &[String],
        saved_at: &str,
    ) -> Result<(), Trouble> {
        let transaction = self.transaction(TransactionMode::ReadWrite).await?;
        let workspaces = transaction.object_store(WORKSPACES)?;
        let before = match get_text(&workspaces, CURRENT).await? {
            Some(text) => read(&text)?.rev,
            None => 0,
        };
        let text = write(document, before.wrapping_add(1), &json::quoted(saved_at));
        let files = transaction.object_store(FILES)?;
        for (sha256, file) in added {
            files.put(file.blob(), Some(&JsValue::from_str(sha256)))?;
        }
        for sha256 in removed {
            files.delete(JsValue::from_str(sha256))?;
        }
        workspaces.put(&JsValue::from_str(&text), Some(&JsValue::from_str(CURRENT)))?;
        if transaction.await?.is_aborted() {
            return Err(Refusal("the transaction was aborted".to_owned()).into());
        }
        self.verify(&text, added).await
    }

    async fn verify(&self, text: &str, added: &[(String, Document)]) -> Result<(), Trouble> {
        let transaction = self.transaction(TransactionMode::ReadOnly).await?;
        if get_text(&transaction.object_store(WORKSPACES)?, CURRENT).await?.as_deref() != Some(text) {
            return Err(Trouble::Differs);
        }
        let store = transaction.object_store(FILES)?;
        let mut kept = Vec::with_capacity(added.len());
        for (sha256, file) in added {
            let blob = get_blob(&store, sha256).await?.ok_or(Trouble::Differs)?;
            kept.push((Document::from_blob(String::new(), blob), file));
        }
        // Reading the bytes outlives the transaction, so it comes after the last request.
        for (there, here) in kept {
            if !there.same_bytes(here).await? {
                return Err(Trouble::Differs);
            }
        }
        Ok(())
    }

    /// When the user last took a copy as a file.
    ///
    /// # Errors
    /// When storage refuses.
    pub async fn last_backup(&self) -> Result<Option<String>, Trouble> {
        let transaction = self.transaction(TransactionMode::ReadOnly).await?;
        get_text(&transaction.object_store(META)?, BACKUP).await
    }

    /// Notes that the user took a copy as a file.
    ///
    /// # Errors
    /// When storage refuses.
    pub async fn note_backup(&self, at: &str) -> Result<(), Trouble> {
        let transaction = self.transaction(TransactionMode::ReadWrite).await?;
        transaction.object_store(META)?.put(&JsValue::from_str(at), Some(&JsValue::from_str(BACKUP)))?;
        transaction.await?;
        Ok(())
    }

    /// Deletes everything of this owner. The database stays, empty: deleting it would wait for other tabs.
    ///
    /// # Errors
    /// When storage refuses.
    pub async fn clear(&self) -> Result<(), Trouble> {
        let transaction = self.transaction(TransactionMode::ReadWrite).await?;
        for store in [WORKSPACES, FILES, META] {
            transaction.object_store(store)?.clear()?;
        }
        if transaction.await?.is_aborted() {
            return Err(Refusal("the transaction was aborted".to_owned()).into());
        }
        Ok(())
    }

    async fn transaction(&self, mode: TransactionMode) -> Result<Transaction, Trouble> {
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
        Ok(Transaction::from(transaction.unchecked_into::<web_sys::IdbTransaction>()))
    }
}

async fn open_database(name: &str) -> Result<Database, Trouble> {
    let mut request = Factory::new()?.open(name, Some(1))?;
    request.on_upgrade_needed(|event| {
        let Ok(database) = idb::event::DatabaseEvent::database(&event) else { return };
        for store in [WORKSPACES, FILES, META] {
            let _ = database.create_object_store(store, ObjectStoreParams::new());
        }
    });
    Ok(request.await?)
}

async fn get_text(store: &ObjectStore, key: &str) -> Result<Option<String>, Trouble> {
    let value = store.get(JsValue::from_str(key))?.await?;
    Ok(value.and_then(|value| value.as_string()))
}

async fn get_blob(store: &ObjectStore, key: &str) -> Result<Option<Blob>, Trouble> {
    let value = store.get(JsValue::from_str(key))?.await?;
    Ok(value.and_then(|value| value.dyn_into().ok()))
}

/// The text before the document in a record.
const BEFORE_DOCUMENT: &str = r#","workspace":"#;

/// A record; `saved_at` is a JSON text.
fn write(document: &str, rev: u64, saved_at: &str) -> String {
    format!(r#"{{"schema":{SCHEMA},"rev":{rev},"saved_at":{saved_at}{BEFORE_DOCUMENT}{document}}}"#)
}

/// The document in a record that [`write`] wrote.
fn document(record: &str) -> Option<&str> {
    let (_, rest) = record.split_once(BEFORE_DOCUMENT)?;
    rest.strip_suffix('}')
}

fn read(text: &str) -> Result<Record<'_>, Trouble> {
    let damaged = |reason: &str| Trouble::Damaged(reason.to_owned());
    let record = json::parse(text).map_err(|error| Trouble::Damaged(Refusal::from(error).0))?;
    let number = |name| json::member(&record, name).as_f64().map(whole);
    let schema = number("schema").ok_or_else(|| damaged("schema"))?;
    if schema > SCHEMA.into() {
        return Err(Trouble::Newer(u32::try_from(schema).unwrap_or(u32::MAX)));
    }
    let text_of = |value: &JsValue, name| json::member(value, name).as_string().ok_or_else(|| damaged(name));
    let list = json::member(&json::member(&record, "workspace"), "sources");
    let list: Array = list.dyn_into().map_err(|_| damaged("sources"))?;
    let sources: Result<Vec<_>, Trouble> =
        list.iter().map(|source| Ok((text_of(&source, "name")?, text_of(&source, "sha256")?))).collect();
    Ok(Record {
        rev: number("rev").ok_or_else(|| damaged("rev"))?,
        saved_at: text_of(&record, "saved_at")?,
        document: document(text).ok_or_else(|| damaged("workspace"))?,
        sources: sources?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_comes_out_of_its_record_character_by_character() {
        let kept = r#"{"name":"A \"workspace\": {","sources":[],"of a later edition":{"workspace":1.50}}"#;
        let record = write(kept, 7, r#""2026-11-21T14:02:05Z""#);
        assert_eq!(document(&record), Some(kept));
    }
}

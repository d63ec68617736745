//! How a workspace is written in the database: as JSON text, readable by public/panic.js without the program.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use super::StorageError;
use crate::browser::files::whole;
use crate::browser::{Refusal, json};

/// Version of the records that are written. 1 was a document alone, without steps and without a head.
const SCHEMA: u32 = 2;

/// The key of the first workspace, from the time when there was only one; each later one has the moment of its birth.
pub(super) const FIRST: &str = "current";
const BACKUP: &str = "backup";

/// What is kept of a workspace. The document itself is the worker's; here it is text that stays as it is, character by
/// character.
pub(super) struct StoredRecord<'a> {
    pub(super) rev: u64,
    /// The name of the workspace.
    pub(super) name: String,
    pub(super) saved_at: String,
    pub(super) document: &'a str,
    /// Name and SHA-256 of the files that belong to it.
    pub(super) sources: Vec<(String, String)>,
}

/// What is kept of a workspace beside its document.
pub(super) struct StoredHead {
    pub(super) rev: u64,
    pub(super) name: String,
    pub(super) saved_at: String,
}

/// Where the moment of the last copy of a workspace stands. That of the first one has kept its name.
pub(super) fn backup(key: &str) -> String {
    if key == FIRST { BACKUP.to_owned() } else { format!("{BACKUP}:{key}") }
}

/// Where the head of a workspace stands.
pub(super) fn head_key(key: &str) -> String {
    format!("head:{key}")
}

/// Where the lines stand that are begun and not whole.
pub(super) fn drafts_key(key: &str) -> String {
    format!("drafts:{key}")
}

/// Where steps stand, by how many there are before them: in their order.
pub(super) fn step_key(key: &str, first: usize) -> String {
    format!("steps:{key}:{first:020}")
}

/// A head; `name` and `saved_at` are JSON texts.
pub(super) fn write_head(rev: u64, name: &str, saved_at: &str) -> String {
    format!(r#"{{"schema":{SCHEMA},"rev":{rev},"saved_at":{saved_at},"name":{name}}}"#)
}

/// Steps, each a JSON text, as they are kept.
pub(super) fn write_steps(steps: &[String]) -> String {
    format!(r#"{{"schema":{SCHEMA},"steps":[{}]}}"#, steps.join(","))
}

/// The steps that [`write_steps`] wrote.
pub(super) fn read_steps(text: &str) -> Result<Vec<String>, StorageError> {
    let steps: Array = json::member(&read_versioned(text)?, "steps").dyn_into().map_err(|_| damaged("steps"))?;
    Ok(steps.iter().map(|step| json::written(&step)).collect())
}

/// The head that [`write_head`] wrote.
pub(super) fn read_head(text: &str) -> Result<StoredHead, StorageError> {
    let head = read_versioned(text)?;
    let text_of = |name| json::member(&head, name).as_string().ok_or_else(|| damaged(name));
    let rev = json::member(&head, "rev").as_f64().map(whole).ok_or_else(|| damaged("rev"))?;
    Ok(StoredHead { rev, name: text_of("name")?, saved_at: text_of("saved_at")? })
}

/// The value of a record, if this edition knows its kind.
fn read_versioned(text: &str) -> Result<JsValue, StorageError> {
    let record = json::parse(text).map_err(|error| StorageError::Damaged(Refusal::from(error).0))?;
    let schema = json::member(&record, "schema").as_f64().map(whole).ok_or_else(|| damaged("schema"))?;
    if schema > SCHEMA.into() {
        return Err(StorageError::Newer(u32::try_from(schema).unwrap_or(u32::MAX)));
    }
    Ok(record)
}

/// What has to be there is not.
fn damaged(reason: &str) -> StorageError {
    StorageError::Damaged(reason.to_owned())
}

/// The text before the document in a record.
const BEFORE_DOCUMENT: &str = r#","workspace":"#;

/// A record; `saved_at` is a JSON text.
pub(super) fn write(document: &str, rev: u64, saved_at: &str) -> String {
    format!(r#"{{"schema":{SCHEMA},"rev":{rev},"saved_at":{saved_at}{BEFORE_DOCUMENT}{document}}}"#)
}

/// The document in a record that [`write`] wrote.
fn document(record: &str) -> Option<&str> {
    let (_, rest) = record.split_once(BEFORE_DOCUMENT)?;
    rest.strip_suffix('}')
}

/// What [`write`] wrote, in this edition or an earlier one.
pub(super) fn read(text: &str) -> Result<StoredRecord<'_>, StorageError> {
    let record = read_versioned(text)?;
    let number = |name| json::member(&record, name).as_f64().map(whole);
    let text_of = |value: &JsValue, name| json::member(value, name).as_string().ok_or_else(|| damaged(name));
    let workspace = json::member(&record, "workspace");
    let list = json::member(&workspace, "sources");
    let list: Array = list.dyn_into().map_err(|_| damaged("sources"))?;
    let sources: Result<Vec<_>, StorageError> =
        list.iter().map(|source| Ok((text_of(&source, "name")?, text_of(&source, "sha256")?))).collect();
    Ok(StoredRecord {
        rev: number("rev").ok_or_else(|| damaged("rev"))?,
        name: json::member(&workspace, "name").as_string().unwrap_or_default(),
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

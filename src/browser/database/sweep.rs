//! Files that nobody needs any more.

use idb::{ObjectStore, TransactionMode};
use wasm_bindgen::JsValue;

use super::records::read;
use super::{FILES, StorageError, WORKSPACES, WorkspaceStore, done, get_text, keys, parsed_files};

impl WorkspaceStore {
    /// Deletes the files that no workspace names any more.
    ///
    /// # Errors
    /// When storage refuses.
    pub async fn sweep(&self) -> Result<(), StorageError> {
        let transaction = self.transaction(TransactionMode::ReadWrite).await?;
        let records = records(&transaction.object_store(WORKSPACES)?).await?;
        let named: Vec<_> = records.iter().map(|(_, text)| read(text).ok().map(|record| record.sources)).collect();
        let files = transaction.object_store(FILES)?;
        for key in keys(&files, None).await? {
            if is_spare(&key, &named) {
                files.delete(JsValue::from_str(&key))?;
            }
        }
        done(transaction).await
    }
}

/// Whether no workspace names the file under this key, or what was parsed of it, or another build parsed that. A workspace that
/// cannot be read may name any.
fn is_spare(key: &str, named: &[Option<Vec<(String, String)>>]) -> bool {
    let Some(file) = parsed_files::file_of(key) else { return true };
    let lacks = |sources: &Vec<(String, String)>| sources.iter().all(|(_, sha256)| sha256 != file);
    named.iter().all(|sources| sources.as_ref().is_some_and(lacks))
}

/// All records by their keys. What is no text is no record that can be read.
async fn records(workspaces: &ObjectStore) -> Result<Vec<(String, String)>, StorageError> {
    let mut records = Vec::new();
    for key in keys(workspaces, None).await? {
        let text = get_text(workspaces, &key).await?.unwrap_or_default();
        records.push((key, text));
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_goes_only_when_every_workspace_can_be_read_and_none_names_it() {
        let names = |files: &[&str]| {
            Some(files.iter().map(|sha256| (format!("name of {sha256}"), (*sha256).to_owned())).collect::<Vec<_>>())
        };
        assert!(is_spare("a", &[]));
        assert!(is_spare("a", &[names(&["c"]), names(&["b", "d"])]));
        assert!(!is_spare("b", &[names(&["c"]), names(&["b", "d"])]));
        assert!(!is_spare("a", &[names(&[]), None]));
        let parsed = parsed_files::key("a");
        assert!(!is_spare(&parsed, &[names(&["a"])]) && is_spare(&parsed, &[names(&["b"])]));
        assert!(is_spare("a/0", &[names(&["a"])]), "another build parsed it");
    }
}

//! What was parsed of files, beside them: made anew whenever it is not there, so that nothing is lost with it.

use idb::TransactionMode;
use wasm_bindgen::JsValue;

use super::{FILES, StorageError, WorkspaceStore, done, get_blob};
use crate::browser::files::FileHandle;
use crate::work::service::BUILD;

/// The key of what this build parsed of the file with this SHA-256.
pub(super) fn key(sha256: &str) -> String {
    format!("{sha256}/{BUILD:x}")
}

/// The SHA-256 of the file to which a key belongs; `None` for that of what another build parsed.
pub(super) fn file_of(key: &str) -> Option<&str> {
    match key.split_once('/') {
        Some((sha256, _)) => Some(sha256).filter(|sha256| self::key(sha256) == key),
        None => Some(key),
    }
}

impl WorkspaceStore {
    /// Keeps what was parsed of the file with this SHA-256, as long as the file is kept.
    ///
    /// # Errors
    /// When storage refuses.
    pub async fn keep_parsed(&self, sha256: &str, parsed: &FileHandle) -> Result<(), StorageError> {
        let transaction = self.transaction(TransactionMode::ReadWrite).await?;
        let files = transaction.object_store(FILES)?;
        if get_blob(&files, sha256).await?.is_some() {
            files.put(parsed.blob(), Some(&JsValue::from_str(&key(sha256))))?;
        }
        done(transaction).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_build_parsed_belongs_to_no_file() {
        assert_eq!((file_of("ab12"), file_of(&key("ab12"))), (Some("ab12"), Some("ab12")));
        assert_eq!(file_of("ab12/0"), None);
    }
}

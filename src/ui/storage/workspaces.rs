//! The workspaces that are kept: which there are, which was open last, and what becomes of one that is deleted.

use leptos::prelude::*;

use super::{OPEN, Storage};
use crate::browser::database::{
    Head, Owner, StorageError, StoredChange, StoredWorkspace, WorkspaceEntry, WorkspaceStore,
};
use crate::browser::{preferences, today};

/// The workspace that was deleted last, as long as it can be brought back.
pub(super) struct DeletedWorkspace {
    workspace: StoredWorkspace,
    was_open: bool,
}

impl Storage {
    /// Whether a workspace is the open one.
    pub fn has_open(self, entry: &WorkspaceEntry) -> bool {
        self.open.with_value(|open| open.store.key() == entry.key)
    }

    /// A store in which there is nothing yet.
    pub fn new_store(self) -> WorkspaceStore {
        self.store().at(&today::now())
    }

    /// Looks which workspaces this owner keeps, by name; they are shown, too.
    pub async fn entries(self, store: &WorkspaceStore) -> Vec<WorkspaceEntry> {
        let mut entries = store.list().await.unwrap_or_default();
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        self.shared().kept.set(entries.clone());
        entries
    }

    /// The store of the workspace that was open last, in this tab or else in any; `empty` where nothing is kept.
    pub async fn last(self, empty: WorkspaceStore) -> WorkspaceStore {
        if empty.owner() == Owner::Demo {
            return empty;
        }
        let wanted = preferences::tab(OPEN).or_else(|| preferences::get(OPEN));
        let entries = self.entries(&empty).await;
        choice(&entries, wanted.as_deref()).map_or(empty.clone(), |entry| empty.at(&entry.key))
    }

    /// Remembers the open workspace for the next visit, and looks which ones are kept.
    pub async fn note_open(self) {
        let store = self.store();
        if store.owner() == Owner::User {
            preferences::set(OPEN, store.key());
            self.entries(&store).await;
        }
    }

    /// Deletes a workspace, and holds it as long as it can be brought back.
    ///
    /// # Errors
    /// When it cannot be read, as it could not be brought back either, or cannot be deleted: it stays.
    pub async fn delete(self, entry: &WorkspaceEntry, was_open: bool) -> Result<(), StorageError> {
        let store = self.store().at(&entry.key);
        let kept = store.load().await?;
        store.remove().await?;
        self.open.update_value(|open| open.deleted = kept.map(|workspace| DeletedWorkspace { workspace, was_open }));
        Ok(())
    }

    /// Whether the workspace that was deleted last was the open one.
    pub fn was_deleted_open(self) -> bool {
        self.open.with_value(|open| open.deleted.as_ref().is_some_and(|deleted| deleted.was_open))
    }

    /// Brings back the workspace that was deleted last; the store in which it is kept now.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn bring_back(self) -> Result<Option<WorkspaceStore>, StorageError> {
        let deleted = self.open.try_update_value(|open| open.deleted.take()).flatten();
        let Some(deleted) = deleted else { return Ok(None) };
        let store = WorkspaceStore::new(Owner::User).at(&today::now());
        let StoredWorkspace { document, steps, drafts, name, takes_steps: _, files, saved_at } = &deleted.workspace;
        let files: Vec<_> = files.iter().map(|file| (file.sha256.clone(), file.file.clone())).collect();
        let saved = store.save(StoredChange::Whole(document, steps), &files, Head { name, saved_at }).await;
        if let Err(error) = saved {
            self.open.update_value(|open| open.deleted = open.deleted.take().or(Some(deleted)));
            return Err(error);
        }
        store.keep_drafts(drafts).await?;
        Ok(Some(store))
    }

    /// Deletes what both owners keep, and what is remembered of it. Whoever calls has left the open workspace.
    ///
    /// # Errors
    /// When a part of it could not be deleted.
    pub async fn delete_everything(self) -> Result<(), StorageError> {
        for owner in [Owner::User, Owner::Demo] {
            WorkspaceStore::new(owner).clear().await?;
        }
        preferences::forget(OPEN);
        self.open.update_value(|open| open.deleted = None);
        Ok(())
    }
}

/// The workspace to open: the wanted one where it is kept, else the one that was saved last.
fn choice<'a>(entries: &'a [WorkspaceEntry], wanted: Option<&str>) -> Option<&'a WorkspaceEntry> {
    let found = entries.iter().find(|entry| Some(entry.key.as_str()) == wanted);
    found.or_else(|| entries.iter().max_by_key(|entry| &entry.saved_at))
}

#[cfg(test)]
mod tests {
    use super::{WorkspaceEntry, choice};

    #[test]
    fn the_wanted_workspace_is_opened_and_in_its_absence_the_one_that_was_saved_last() {
        let entry = |key: &str, saved_at: &str| WorkspaceEntry {
            key: key.to_owned(),
            name: String::new(),
            saved_at: saved_at.to_owned(),
        };
        let kept = [
            entry("2026-11-21T14:02:05.123Z", "2026-11-21T15:00:00.000Z"),
            entry("2026-11-22T08:00:00.000Z", ""),
            entry("current", "2026-11-20T09:00:00.000Z"),
        ];
        let key = |wanted| choice(&kept, wanted).map(|entry| entry.key.as_str());
        assert_eq!(key(Some("current")), Some("current"));
        assert_eq!(key(Some("2026-11-22T08:00:00.000Z")), Some("2026-11-22T08:00:00.000Z"));
        assert_eq!(key(Some("of long ago")), Some("2026-11-21T14:02:05.123Z"));
        assert_eq!(key(None), Some("2026-11-21T14:02:05.123Z"));
        assert_eq!(choice(&[], Some("current")), None);
    }
}

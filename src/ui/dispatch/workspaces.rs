//! Several workspaces of the user: the way from one to another, and what becomes of one that is deleted.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Dispatch, OPEN};
use crate::browser::database::{Owner, StorageError, WorkspaceEntry, WorkspaceStore};
use crate::browser::{location, page, preferences, today};
use crate::edit::command::Command;
use crate::model::issue::Severity;
use crate::model::message::Message;
use crate::ui::app::named;
use crate::ui::components::notices::UNDO;
use crate::ui::state::Notice;
use crate::ui::words::say;
use crate::ui::workspaces::BUTTON;
use crate::work::Request;

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
    /// Takes a step. Where it leaves the open workspace, work in hand ends, and what cannot be saved stays open.
    pub fn go(self, step: WorkspaceStep) {
        self.shared.choosing.set(false);
        self.shared.waiting.set(None);
        spawn_local(async move {
            let leaves = self.leaves(&step);
            // The worker holds the file that waits.
            if leaves && !matches!(step, WorkspaceStep::KeepBoth) {
                self.cancel();
            }
            if leaves && !self.settle().await && self.shared.has_content() {
                return self.warn(Message::new("page.workspaces.stays"));
            }
            let focus = if matches!(step, WorkspaceStep::Delete(_)) { UNDO } else { BUTTON };
            if let Err(error) = self.take_step(step, leaves).await {
                return self.warn(Message::new("page.workspaces.failed").with("reason", error.to_string()));
            }
            let store = self.store();
            if store.owner() == Owner::User {
                preferences::set(OPEN, store.key());
                self.entries(&store).await;
            }
            // After the position was spoken.
            page::next_frame().await;
            if leaves {
                self.shared.spoken.set(self.about_open("page.workspaces.opened"));
            }
            page::focus(focus);
        });
    }

    /// Looks which workspaces are kept: the answer appears in [`crate::ui::state::Shared::kept`].
    pub fn look(self) {
        spawn_local(async move {
            self.entries(&self.store()).await;
        });
    }

    /// Whether a workspace is the open one.
    pub fn has_open(self, entry: &WorkspaceEntry) -> bool {
        self.page.with_value(|page| page.store.key() == entry.key)
    }

    /// Whether another workspace is open after this step.
    fn leaves(self, step: &WorkspaceStep) -> bool {
        match step {
            WorkspaceStep::Open(_) | WorkspaceStep::Begin | WorkspaceStep::Duplicate | WorkspaceStep::KeepBoth => true,
            WorkspaceStep::Delete(entry) => self.has_open(entry),
            // The demo may be open by now.
            WorkspaceStep::BringBack(_) => {
                let was_open = self.page.with_value(|page| page.deleted.as_ref().is_some_and(|(_, open)| *open));
                was_open && !self.shared.demo.get_untracked()
            }
        }
    }

    async fn take_step(self, step: WorkspaceStep, leaves: bool) -> Result<(), StorageError> {
        let store = self.store();
        let fresh = store.at(&today::now());
        let next = match step {
            WorkspaceStep::Open(key) => store.at(&key),
            WorkspaceStep::Begin => fresh,
            WorkspaceStep::Duplicate => {
                self.stay_at(fresh);
                self.keep();
                self.change(Request::Edit(Command::Rename(self.about_open("page.workspaces.copy")))).await;
                return Ok(());
            }
            WorkspaceStep::KeepBoth => {
                self.accept(fresh).await;
                return Ok(());
            }
            WorkspaceStep::Delete(entry) => {
                let index = store.at(&entry.key);
                // One that cannot be read could not be brought back either: it stays.
                let kept = index.load().await?;
                index.remove().await?;
                self.page.update_value(|page| page.deleted = kept.map(|kept| (kept, leaves)));
                // Who deletes another one has given up the one before.
                self.shared.notices.update(|notices| notices.retain(|notice| !notice.undo));
                let message = Message::new("page.workspaces.deleted").with("name", named(entry.name));
                self.push(Notice { id: 0, severity: Severity::Info, message, details: Vec::new(), undo: true });
                self.last(fresh).await
            }
            WorkspaceStep::BringBack(notice) => {
                let Some((kept, _)) = self.page.with_value(|page| page.deleted.clone()) else { return Ok(()) };
                let index = WorkspaceStore::new(Owner::User).at(fresh.key());
                index.save(&kept.document, &kept.files, &kept.saved_at).await?;
                self.page.update_value(|page| page.deleted = None);
                self.dismiss(notice);
                index
            }
        };
        if leaves {
            // An explanation is of the one that was open.
            let route = self.shared.route.get_untracked();
            if route.question().is_some() {
                location::replace(&route.alone().to_string());
            }
            self.enter(next).await;
        }
        Ok(())
    }

    /// A text about the open workspace.
    fn about_open(self, key: &'static str) -> String {
        let name = named(self.shared.workspace_untracked(|workspace| workspace.name.clone()));
        say(&Message::new(key).with("name", name))
    }

    /// The index of the workspace that was open last, in this tab or else in any; `empty` where nothing is kept.
    pub(super) async fn last(self, empty: WorkspaceStore) -> WorkspaceStore {
        if empty.owner() == Owner::Demo {
            return empty;
        }
        let wanted = preferences::tab(OPEN).or_else(|| preferences::get(OPEN));
        let entries = self.entries(&empty).await;
        choice(&entries, wanted.as_deref()).map_or(empty.clone(), |entry| empty.at(&entry.key))
    }

    /// The workspaces that the user keeps, by name.
    async fn entries(self, store: &WorkspaceStore) -> Vec<WorkspaceEntry> {
        let mut entries = store.list().await.unwrap_or_default();
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        self.shared.kept.set(entries.clone());
        entries
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

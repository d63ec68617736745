//! What was opened of the files that are packed. The engine opens none itself: whoever talks to it has that done
//! elsewhere, and brings what was in them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::import::Limits;
use crate::import::opened::{self, Opened};
use crate::import::{Unwatched, sniff};
use crate::model::issue::{Issue, Severity};
use crate::work::files::{ClosedFile, OpenedFile};
use crate::work::sources::sha256;

/// What was in each file, in postcard's format, or why it stays closed; by SHA-256.
#[derive(Default)]
pub(super) struct OpenedFiles(RefCell<BTreeMap<String, Result<Vec<u8>, Issue>>>);

impl OpenedFiles {
    /// The file, when it has to be opened and nobody has tried yet.
    pub(super) fn missing(&self, name: &str, bytes: &[u8]) -> Option<ClosedFile> {
        let closed = sniff::is_closed(bytes).then(|| ClosedFile { name: name.to_owned(), sha256: sha256(bytes) });
        closed.filter(|file| !self.0.borrow().contains_key(&file.sha256))
    }

    /// Takes what came of opening files; what was in those that were opened follows, in their order.
    pub(super) fn take(&self, files: Vec<OpenedFile>, contents: Vec<Vec<u8>>) {
        let mut contents = contents.into_iter();
        for OpenedFile { sha256, refused } in files {
            let content = match refused {
                Some(issue) => Err(issue),
                None => contents.next().ok_or_else(not_opened),
            };
            self.0.borrow_mut().insert(sha256, content);
        }
    }

    /// What was in a file.
    pub(super) fn open(&self, name: &str, bytes: &[u8]) -> Result<Opened, Issue> {
        match self.0.borrow().get(&sha256(bytes)) {
            Some(Ok(content)) => postcard::from_bytes(content)
                .map_err(|error| not_opened().in_file(name).with("reason", error.to_string())),
            Some(Err(issue)) => Err(issue.clone()),
            None => opened::nothing(name, bytes, &Limits::PAGE, &mut Unwatched),
        }
    }

    /// Forgets one file.
    pub(super) fn forget(&self, sha256: &str) {
        self.0.borrow_mut().remove(sha256);
    }

    /// Forgets the files that are not kept.
    pub(super) fn retain(&self, is_kept: impl Fn(&str) -> bool) {
        self.0.borrow_mut().retain(|sha256, _| is_kept(sha256));
    }
}

fn not_opened() -> Issue {
    Issue::new(Severity::Error, "file_not_opened")
}

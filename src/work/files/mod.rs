//! What the page asks of the worker for files, and what it gets back.
//!
//! The page carries bytes from one worker to the other and never looks into them: what was opened goes to the engine's
//! worker as it came ([`super::Request::Opened`]), sheets for a workbook come from there
//! ([`super::Response::Workbook`]). Both are in postcard's format.

#[cfg(feature = "files")]
pub mod handle;

use serde::{Deserialize, Serialize};

use crate::model::issue::Issue;

/// Media type of a workbook.
pub const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What the page asks; the bytes that are meant come with it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum FilesRequest {
    /// Open a file that is packed.
    Open {
        /// Its name, as the user knows it.
        name: String,
    },
    /// Write a workbook of these sheets.
    Write,
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FilesResponse {
    /// It is done; the bytes follow.
    Done,
    /// It cannot be done.
    Refused(Issue),
}

/// A file that the engine's worker cannot open itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedFile {
    /// Its name, as the user knows it.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// What came of opening a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedFile {
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Why it stays closed; `None` when it was opened, and what was in it follows.
    pub refused: Option<Issue>,
}

//! The side of the worker for files.

use serde::Serialize;

use super::{FilesRequest, FilesResponse};
use crate::import::Limits;
use crate::import::opened::door;
use crate::model::issue::{Issue, Severity};
use crate::report::{ReportSheet, xlsx};
use crate::work::reading::{Progress, Reading};

/// Answers a request about these bytes; the bytes of the answer follow it, if any.
pub fn handle(request: &FilesRequest, bytes: &[u8], progress: Progress<'_>) -> (FilesResponse, Vec<Vec<u8>>) {
    let done = match request {
        FilesRequest::Open { name } => door::open(name, bytes, &Limits::PAGE, &mut Reading { file: name, progress })
            .and_then(|opened| packed(&opened).map_err(|issue| issue.in_file(name))),
        FilesRequest::Write => postcard::from_bytes::<Vec<ReportSheet>>(bytes)
            .map_err(|error| error.to_string())
            .and_then(|sheets| xlsx::write(&sheets))
            .map_err(|reason| Issue::new(Severity::Error, "export_failed").with("reason", reason)),
    };
    match done {
        Ok(bytes) => (FilesResponse::Done, vec![bytes]),
        Err(issue) => (FilesResponse::Refused(issue), Vec::new()),
    }
}

fn packed(opened: &impl Serialize) -> Result<Vec<u8>, Issue> {
    let refused =
        |error: postcard::Error| Issue::new(Severity::Error, "file_not_opened").with("reason", error.to_string());
    postcard::to_allocvec(opened).map_err(refused)
}

//! Files that are kept where the worker does not hold them, and what was parsed of them.

use std::borrow::Cow;

use litemap::LiteMap;

use super::{Session, sha256};
use crate::import::sniff;
use crate::model::issue::{Issue, Severity};
use crate::model::workspace::SourceFile;
use crate::work::file_bytes::{self, FileBytes};
use crate::work::{KeptFile, Request, Response};

/// A file that comes with a workspace, with what was parsed of it, if that is kept.
pub(super) struct ArrivedFile {
    pub(super) sha256: String,
    pub(super) bytes: FileBytes,
    pub(super) parsed: Option<FileBytes>,
}

/// The files that follow a request.
pub(super) fn beside(kept: Vec<KeptFile>, files: Vec<FileBytes>) -> Vec<ArrivedFile> {
    let mut files = files.into_iter();
    let next = |KeptFile { sha256, parsed }| {
        let bytes = files.next()?;
        Some(ArrivedFile { sha256, bytes, parsed: parsed.then(|| files.next()).flatten() })
    };
    kept.into_iter().map_while(next).collect()
}

/// The file of a request at this place can no longer be read.
pub(super) fn unreadable(request: &Request, index: usize, reason: String) -> Issue {
    let name = if let Request::Import { names, .. } = request {
        names.get(index)
    } else if let Request::Receive { name } = request {
        Some(name)
    } else {
        None
    };
    file_bytes::unreadable(name.map_or("", String::as_str), reason)
}

/// The bytes of a source among those that are kept; `None` when nobody has kept them.
pub(super) fn bytes_of<'a>(
    kept: &'a LiteMap<String, FileBytes>,
    source: &SourceFile,
) -> Option<Result<Cow<'a, [u8]>, Issue>> {
    Some(match kept.get(&source.sha256)?.bytes() {
        Err(reason) => Err(file_bytes::unreadable(&source.name, reason)),
        // What is held was compared when it came.
        Ok(Cow::Owned(bytes)) if sha256(&bytes) != source.sha256 => {
            Err(Issue::new(Severity::Error, "source_altered").in_file(&source.name))
        }
        Ok(bytes) => Ok(bytes),
    })
}

impl Session {
    /// Holds the bytes of files no longer that are kept elsewhere now, where what was parsed of them can be kept too: the
    /// answer. The others are needed as they are whenever the workspace is read again.
    pub(super) fn let_go(&mut self, kept: Vec<String>, files: Vec<FileBytes>) -> (Response, Vec<Vec<u8>>) {
        let (mut answered, mut contents) = (Vec::new(), Vec::new());
        for (sha256, file) in kept.into_iter().zip(files) {
            let source = self.workspace.sources.iter().find(|source| source.sha256 == sha256);
            let Some(FileBytes::Held(held)) = self.bytes.get(&sha256) else { continue };
            let Some(source) = source.filter(|source| self.sources.is_template(&source.name)) else { continue };
            // One that is packed is opened elsewhere, before anybody knows whether what was parsed can be read.
            if sniff::is_closed(held) {
                continue;
            }
            // First the one and then the other: both together would be the most memory that a large estate takes.
            self.bytes.insert(sha256.clone(), file);
            if let Some(parsed) = self.sources.parsed(&source.name) {
                answered.push(sha256);
                contents.push(parsed);
            }
        }
        (Response::Parsed(answered), contents)
    }
}

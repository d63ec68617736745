//! Files that have to be opened elsewhere before a request can be carried out.

use super::Session;
use crate::model::workspace::Workspace;
use crate::work::files::ClosedFile;
use crate::work::{Request, Response};

impl Session {
    /// The files of a request that have to be opened before it can be carried out, with their bytes; `None` when there
    /// are none.
    pub(super) fn closed(&self, request: &Request, files: &[Vec<u8>]) -> Option<(Response, Vec<Vec<u8>>)> {
        if let Request::Import { names, .. } = request {
            return self.unopened(names.iter().map(String::as_str).zip(files));
        }
        let (Request::Accept, Some(received)) = (request, &self.received) else { return None };
        let names = received.workspace.sources.iter().map(|source| source.name.as_str());
        self.unopened(names.zip(&received.files))
    }

    /// As [`Self::closed`], for the files of a workspace that is to be opened, by SHA-256.
    pub(super) fn closed_of<'a>(
        &self,
        workspace: &'a Workspace,
        files: impl Iterator<Item = (&'a str, &'a Vec<u8>)>,
    ) -> Option<(Response, Vec<Vec<u8>>)> {
        let named = |(sha256, bytes)| {
            let source = workspace.sources.iter().find(|source| source.sha256 == sha256)?;
            Some((source.name.as_str(), bytes))
        };
        self.unopened(files.filter_map(named))
    }

    fn unopened<'a>(&self, files: impl Iterator<Item = (&'a str, &'a Vec<u8>)>) -> Option<(Response, Vec<Vec<u8>>)> {
        let missing = |(name, bytes): (&str, &Vec<u8>)| Some((self.opened.missing(name, bytes)?, bytes.clone()));
        let (closed, contents): (Vec<ClosedFile>, Vec<Vec<u8>>) = files.filter_map(missing).unzip();
        if closed.is_empty() { None } else { Some((Response::Closed(closed), contents)) }
    }
}

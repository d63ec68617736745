//! The files of a snapshot, inflated once: hashed all of them, kept those that are read, counted the rest.

use litemap::LiteMap;

use sha2::{Digest, Sha256};

use super::{CONDITION, integrity};
use crate::import::ilmt::kind_by_name;
use crate::import::opened::door::archive::Archive;
use crate::import::{Limits, Watch};
use crate::model::issue::{Issue, Severity};
use crate::model::snapshot::TableKind;

/// The entries of a snapshot by name, without the folder that somebody may have packed them in.
#[derive(Default)]
pub(super) struct Members {
    /// SHA-256 of each file, in hexadecimal.
    pub(super) hashes: LiteMap<String, String>,
    /// The bytes of the files that are read.
    pub(super) kept: LiteMap<String, Vec<u8>>,
    /// The files whose rows are only counted.
    pub(super) counted: LiteMap<String, RowCounter>,
}

impl Members {
    /// Inflates the archive.
    pub(super) fn read(archive: &mut Archive<'_>, limits: &Limits, watch: &mut dyn Watch) -> Result<Self, Issue> {
        let mut paths: LiteMap<&str, &str> = LiteMap::new();
        for path in archive.names().iter().filter(|path| !is_clutter(path)) {
            if paths.insert(base(path), path).is_some() {
                return Err(Issue::new(Severity::Error, "zip_duplicate_entry").with("entry", base(path)));
            }
        }
        let mut members = Self::default();
        let mut hashers: LiteMap<String, Sha256> = LiteMap::new();
        archive.read(limits, watch, is_never_opened, &mut |_, path, piece| {
            if is_clutter(path) {
                return Ok(());
            }
            let name = base(path);
            hashers.entry(name.to_owned()).or_default().update(piece);
            match kind_by_name(name) {
                Some(TableKind::Bundling | TableKind::Trails | TableKind::Bundled) => {
                    members.counted.entry(name.to_owned()).or_default().take(piece);
                }
                Some(_) => members.kept.entry(name.to_owned()).or_default().extend_from_slice(piece),
                None if name == CONDITION || integrity::PROOF.contains(&name) => {
                    members.kept.entry(name.to_owned()).or_default().extend_from_slice(piece);
                }
                None => {}
            }
            Ok(())
        })?;
        let finished = hashers.into_iter();
        members.hashes = finished.map(|(name, hasher)| (name, integrity::hexadecimal(&hasher.finalize()))).collect();
        Ok(members)
    }
}

/// Counts the rows of a table without keeping them: lines outside of quotes that are not blank.
#[derive(Default)]
pub(super) struct RowCounter {
    quoted: bool,
    filled: bool,
    lines: u64,
}

impl RowCounter {
    fn take(&mut self, piece: &[u8]) {
        for byte in piece {
            match byte {
                b'\n' if !self.quoted => self.end_line(),
                b'\r' => {}
                b'"' => {
                    self.quoted = !self.quoted;
                    self.filled = true;
                }
                _ => self.filled = true,
            }
        }
    }

    fn end_line(&mut self) {
        self.lines = self.lines.saturating_add(u64::from(std::mem::take(&mut self.filled)));
    }

    /// The rows below the header.
    pub(super) fn rows(&self) -> u64 {
        self.lines.saturating_add(u64::from(self.filled)).saturating_sub(1)
    }
}

/// The name of an entry without its folders.
pub(super) fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Folders, and what operating systems leave in archives.
fn is_clutter(path: &str) -> bool {
    path.ends_with('/') || path.starts_with("__MACOSX/") || base(path) == ".DS_Store"
}

/// The file that a person attached to a snapshot may be anything: it is hashed and never opened. A signature is noise,
/// and may begin as anything too.
fn is_never_opened(path: &str) -> bool {
    base(path).starts_with("audit_attachment") || base(path) == super::integrity::SIGNATURE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(pieces: &[&str]) -> u64 {
        let mut counter = RowCounter::default();
        for piece in pieces {
            counter.take(piece.as_bytes());
        }
        counter.rows()
    }

    #[test]
    fn rows_are_counted_across_pieces_blank_lines_and_quoted_line_ends() {
        assert_eq!(rows(&["a,b\r\n1,2\r", "\n\r\n\"x\ny", "\",3\r\n4,5"]), 3);
        assert_eq!(rows(&["a,b\n"]), 0);
        assert_eq!(rows(&[]), 0);
    }
}

//! A zip archive, read with care: every entry may be hostile.
//!
//! Declared sizes are never believed. Each entry is inflated in small pieces, and the reading stops as soon as it has
//! really become too large, or too large for what it was packed into. What can be known without inflating is known
//! before: no two entries share bytes, none is called like another. Why no library does this:
//! docs/decisions/0032-room-in-the-worker.md.

mod directory;
mod entry;

use std::io::Read;

use self::directory::{Directory, Member};
pub(super) use self::entry::Entry;
use self::entry::{DEFLATED, STORED};
use super::{Limits, Watch, cancelled};
use crate::model::issue::{Issue, Severity};

/// No honest table packs better than this; a bomb does.
const MOST_RATIO: u64 = 200;

/// Up to this size the ratio says nothing: a few equal rows pack very well, and harm nobody.
const RATIO_FLOOR: u64 = 1 << 20;

/// Bytes that are inflated between two looks at the limits.
const PIECE: usize = 64 << 10;

/// How an archive begins, whatever its name: zip, gzip, 7-Zip, RAR, xz, bzip2, zstd.
const ARCHIVES: [&[u8]; 8] = [
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1F\x8B",
    b"7z\xBC\xAF\x27\x1C",
    b"Rar!\x1A\x07",
    b"\xFD7zXZ\0",
    b"BZh",
    b"\x28\xB5\x2F\xFD",
];

/// Whether bytes begin like an archive of any kind.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    ARCHIVES.iter().any(|magic| bytes.starts_with(magic))
}

/// Whether bytes begin like a zip archive; an xlsx workbook is one too.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    ARCHIVES.iter().take(2).any(|magic| bytes.starts_with(magic))
}

/// Takes the pieces of entries: the name of the entry, and its next piece. It may refuse to go on.
pub type Take<'a> = dyn FnMut(&str, &[u8]) -> Result<(), Issue> + 'a;

/// A zip archive whose names and number of entries are fit to be read.
#[derive(Debug)]
pub struct Archive<'a> {
    bytes: u64,
    names: Vec<String>,
    members: Vec<Member<'a>>,
}

impl<'a> Archive<'a> {
    /// Reads the table of contents.
    ///
    /// # Errors
    /// When the archive is too large, damaged, or has too many entries, an entry twice, a name that leads out of the
    /// archive, an entry under a password, or one that is packed in an unknown way.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Issue> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > limits.archive_bytes {
            return Err(error("file_too_large").with("limit", limits.archive_bytes));
        }
        let directory = Directory::find(bytes).ok_or_else(|| error("zip_damaged"))?;
        if directory.entries > u64::try_from(limits.entries).unwrap_or(u64::MAX) {
            let issue = error("zip_too_many_entries").with("limit", limits.entries);
            return Err(issue.with("count", directory.entries));
        }
        let members = directory.members().ok_or_else(|| error("zip_damaged"))?;
        let names: Vec<String> = members.iter().map(Member::name).collect();
        let mut sorted: Vec<&String> = names.iter().collect();
        sorted.sort_unstable();
        if let Some([name, _]) = sorted.array_windows().find(|[name, next]| name == next) {
            return Err(error("zip_duplicate_entry").with("entry", name.as_str()));
        }
        for (name, member) in names.iter().zip(&members) {
            if leads_out(name) {
                return Err(error("zip_entry_leads_out").with("entry", name.as_str()));
            }
            if member.encrypted {
                return Err(error("zip_encrypted").with("entry", name.as_str()));
            }
            if ![STORED, DEFLATED].contains(&member.method) {
                return Err(error("zip_method_unknown").with("entry", name.as_str()));
            }
        }
        Ok(Self { bytes: size, names, members })
    }

    /// The names of the entries, folders included, in the order of the archive; `/` sets folders apart.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The bytes of the entry with this place among the names.
    pub(super) fn entry(&self, place: usize) -> Option<Entry<'a>> {
        self.members.get(place).map(Entry::new)
    }

    /// Inflates every entry, piece by piece. `take` gets the name of an entry and its next piece; an empty entry has
    /// one empty piece. An archive within the archive is refused unless `may_nest` lets an entry of this name pass.
    ///
    /// # Errors
    /// When an entry is damaged, an archive itself, or too large; when all together are too large; when `take` refuses;
    /// when the reading is cancelled.
    pub fn read(
        &self,
        limits: &Limits,
        watch: &mut dyn Watch,
        may_nest: fn(&str) -> bool,
        take: &mut Take<'_>,
    ) -> Result<(), Issue> {
        let mut packed_before = 0_u64;
        let mut inflated_before = 0_u64;
        let mut piece = vec![0; PIECE];
        for (name, member) in self.names.iter().zip(&self.members) {
            let about = |issue: Issue| issue.with("entry", name.as_str());
            let mut entry = Entry::new(member);
            let packed = u64::try_from(member.packed.len()).unwrap_or(u64::MAX);
            let mut inflated = 0_u64;
            loop {
                watch.progress(packed_before.min(self.bytes), self.bytes);
                if watch.cancelled() {
                    return Err(cancelled());
                }
                let length = fill(&mut entry, &mut piece).map_err(|_| about(error("zip_damaged")))?;
                let part = piece.get(..length).unwrap_or_default();
                if inflated == 0 && is_archive(part) && !may_nest(name) {
                    return Err(about(error("zip_nested")));
                }
                inflated = inflated.saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
                let together = inflated_before.saturating_add(inflated);
                if inflated > limits.entry_bytes || together > limits.inflated_bytes {
                    return Err(about(error("zip_too_large")));
                }
                if bursts(inflated, packed) || bursts(together, self.bytes) {
                    return Err(about(error("zip_bomb")).with("ratio", MOST_RATIO));
                }
                if length > 0 || inflated == 0 {
                    take(name, part)?;
                }
                if length < piece.len() {
                    break;
                }
            }
            packed_before = packed_before.saturating_add(packed);
            inflated_before = inflated_before.saturating_add(inflated);
        }
        watch.progress(self.bytes, self.bytes);
        Ok(())
    }
}

/// Reads until the piece is full or the entry ends.
fn fill(entry: &mut Entry<'_>, piece: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = piece.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match entry.read(rest)? {
            0 => break,
            more => filled += more,
        }
    }
    Ok(filled)
}

fn bursts(inflated: u64, packed: u64) -> bool {
    inflated > RATIO_FLOOR && inflated > packed.saturating_mul(MOST_RATIO)
}

/// Whether a name is absolute, names a drive, or climbs out of its folder.
fn leads_out(name: &str) -> bool {
    name.starts_with('/')
        || name.contains('\0')
        || name.get(1..2) == Some(":")
        || name.split('/').any(|folder| folder == "..")
}

fn error(code: &'static str) -> Issue {
    Issue::new(Severity::Error, code)
}

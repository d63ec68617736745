//! A zip archive, read with care: every entry may be hostile.
//!
//! The zip crate reads; what stands before it is here. Declared sizes are never believed: each entry is inflated in small
//! pieces, and the reading stops as soon as it has really become too large, or too large for what it was packed into.
//! What can be known without inflating is known before: no two entries share bytes, none is called like another.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use memchr::memmem;
use zip::read::ZipFile;
use zip::{CompressionMethod, ZipArchive};

use crate::import::{Limits, Watch, cancelled, sniff};
use crate::model::issue::{Issue, Severity};

/// No honest table packs better than this; a bomb does.
const MOST_RATIO: u64 = 200;

/// Up to this size the ratio says nothing: a few equal rows pack very well, and harm nobody.
const RATIO_FLOOR: u64 = 1 << 20;

/// Bytes that are inflated between two looks at the limits.
const PIECE: usize = 64 << 10;

/// How an entry of the table of contents begins.
const CENTRAL: &[u8] = b"PK\x01\x02";

/// How an entry itself begins.
const LOCAL: &[u8] = b"PK\x03\x04";

/// So many entries the library may keep before their number is known: it keeps all of them at once.
const MOST_LISTED: usize = 1 << 16;

/// Takes the pieces of entries: the place of the entry among the names, its name, and its next piece. It may refuse to go on.
pub type TakePiece<'a> = dyn FnMut(usize, &str, &[u8]) -> Result<(), Issue> + 'a;

/// A zip archive whose names and number of entries are fit to be read.
#[derive(Debug)]
pub struct Archive<'a> {
    bytes: u64,
    names: Vec<String>,
    zip: ZipArchive<Cursor<&'a [u8]>>,
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
        let too_many = |count: usize| {
            let issue = error("zip_too_many_entries").with("limit", limits.entries);
            Err(issue.with("count", count))
        };
        let listed = memmem::find_iter(bytes, CENTRAL).count();
        if listed > MOST_LISTED.max(limits.entries) {
            return too_many(listed);
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        let raw = raw_names(bytes, usize::try_from(zip.central_directory_start()).unwrap_or(usize::MAX));
        if raw.len() > limits.entries {
            return too_many(raw.len());
        }
        let names: Vec<String> = (0..zip.len()).map(|place| name_at(&zip, place)).collect::<Result<_, _>>()?;
        let mut known = BTreeSet::new();
        let mut known_raw = BTreeSet::new();
        let twice = raw.iter().find(|name| !known_raw.insert(**name)).map(|name| String::from_utf8_lossy(name));
        let alike = || names.iter().find(|name| !known.insert(name.as_str())).map(|name| Cow::Borrowed(name.as_str()));
        if let Some(name) = twice.or_else(alike) {
            return Err(error("zip_duplicate_entry").with("entry", name.as_ref()));
        }
        // The library reads as many entries as the end says, and keeps one of those that are called alike.
        // An end that tells of no entries hides those that are there.
        let is_hidden = zip.is_empty() && bytes.starts_with(LOCAL);
        if is_hidden || raw.len() != zip.len() || !matches!(zip.has_overlapping_entries(), Ok(false)) {
            return Err(damaged());
        }
        for (place, name) in names.iter().enumerate() {
            let entry = zip.by_index_data(place).map_err(|_| damaged())?;
            if leads_out(name) {
                return Err(error("zip_entry_leads_out").with("entry", name.as_str()));
            }
            if entry.encrypted() {
                return Err(error("zip_encrypted").with("entry", name.as_str()));
            }
            if ![CompressionMethod::Stored, CompressionMethod::Deflated].contains(&entry.compression()) {
                return Err(error("zip_method_unknown").with("entry", name.as_str()));
            }
        }
        Ok(Self { bytes: size, names, zip })
    }

    /// The names of the entries, folders included, in the order of the archive; `/` sets folders apart.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The place of the entry with a name; capital letters do not tell names of parts apart.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known.eq_ignore_ascii_case(name))
    }

    /// How the entry at a place begins: so many of its bytes, or all.
    pub(super) fn beginning(&mut self, place: usize, length: u64) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.zip.by_index(place).ok()?.take(length).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// The entry at a place as it is packed, to be put into another archive.
    pub(super) fn packed(&mut self, place: usize) -> Result<ZipFile<'_, Cursor<&'a [u8]>>, Issue> {
        self.zip.by_index_raw(place).map_err(|_| damaged())
    }

    /// Inflates every entry, piece by piece. `take` gets an entry and its next piece; an empty entry has one empty piece.
    /// An archive within the archive is refused unless `may_nest` lets an entry of this name pass.
    ///
    /// # Errors
    /// When an entry is damaged, an archive itself, or too large; when all together are too large; when `take` refuses;
    /// when the reading is cancelled.
    pub fn read(
        &mut self,
        limits: &Limits,
        watch: &mut dyn Watch,
        may_nest: fn(&str) -> bool,
        take: &mut TakePiece<'_>,
    ) -> Result<(), Issue> {
        let mut packed_before = 0_u64;
        let mut inflated_before = 0_u64;
        let mut piece = vec![0; PIECE];
        for (place, name) in self.names.iter().enumerate() {
            let about = |issue: Issue| issue.with("entry", name.as_str());
            let mut entry = self.zip.by_index(place).map_err(|_| about(damaged()))?;
            let (packed, size) = (entry.compressed_size(), entry.size());
            let mut inflated = 0_u64;
            loop {
                watch.progress(packed_before.min(self.bytes), self.bytes);
                if watch.cancelled() {
                    return Err(cancelled());
                }
                let length = fill(&mut entry, &mut piece).map_err(|_| about(damaged()))?;
                let part = piece.get(..length).unwrap_or_default();
                if inflated == 0 && sniff::is_archive(part) && !may_nest(name) {
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
                    take(place, name, part)?;
                }
                if length < piece.len() {
                    break;
                }
            }
            // The library compares the sum of an entry, and not its size.
            if inflated != size {
                return Err(about(damaged()));
            }
            packed_before = packed_before.saturating_add(packed);
            inflated_before = inflated_before.saturating_add(inflated);
        }
        watch.progress(self.bytes, self.bytes);
        Ok(())
    }
}

/// The names in the table of contents that begins at a place, as they stand there: the library keeps each once.
fn raw_names(bytes: &[u8], start: usize) -> Vec<&[u8]> {
    let mut names = Vec::new();
    let mut rest = bytes.get(start..).unwrap_or_default();
    while rest.starts_with(CENTRAL) {
        let number = |at: usize| {
            let two = rest.get(at..at.saturating_add(2)).and_then(|two| two.try_into().ok());
            usize::from(two.map_or(0, u16::from_le_bytes))
        };
        let (name, extra, comment) = (number(28), number(30), number(32));
        names.push(rest.get(46..46_usize.saturating_add(name)).unwrap_or_default());
        let length = [46, name, extra, comment].into_iter().fold(0, usize::saturating_add);
        rest = rest.get(length..).unwrap_or_default();
    }
    names
}

/// The name of an entry: UTF-8, or what packers wrote before that, code page 437. `/` sets folders apart.
fn name_at(zip: &ZipArchive<Cursor<&[u8]>>, place: usize) -> Result<String, Issue> {
    let entry = zip.by_index_data(place).map_err(|_| damaged())?;
    if let Ok(name) = std::str::from_utf8(entry.name_raw()) {
        return Ok(name.replace('\\', "/"));
    }
    entry.name().map(|name| name.replace('\\', "/")).map_err(|_| damaged())
}

/// Reads until the piece is full or the entry ends.
fn fill(entry: &mut impl Read, piece: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = piece.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match entry.read(rest)? {
            0 => break,
            more => filled = filled.saturating_add(more),
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

fn damaged() -> Issue {
    error("zip_damaged")
}

fn error(code: &'static str) -> Issue {
    Issue::new(Severity::Error, code)
}

//! Papers of agreements and proofs: which file each is, told by its checksum.

use jiff::civil::Date;

use super::list::line;

/// A paper, such as the PDF of a proof of entitlement. It stays where its owner keeps it; its checksum proves later that
/// a file is the same one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// Name of the file that the line was read from; empty when it was typed.
    pub file: String,
    /// Line in that file.
    pub row: u32,
    /// Name of the paper's own file.
    pub paper: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Number of the agreement that it belongs to.
    pub agreement: String,
    /// Number of the proof of entitlement that it is.
    pub poe: String,
    /// Its day.
    pub date: Option<Date>,
    /// What else there is to say.
    pub note: String,
}

line! {
    Paper as "list.papers", from file row, told by ["paper", "sha256"], keyed by ["sha256"];
    paper: Needed, sha256: Needed, agreement, poe, date, note
}

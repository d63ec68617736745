//! Papers of agreements and proofs: which file each is, told by its checksum.

use jiff::civil::Date;

use crate::model::list::line;

/// How the names of papers end.
const ENDINGS: [&str; 4] = ["pdf", "png", "jpg", "jpeg"];

/// Whether a file of this name may be a paper.
pub fn is_name(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// A paper, such as the PDF of a proof of entitlement. One that was dropped is kept with the estate's other files; of
/// one that was typed only the checksum is, which proves later that a file is the same one.
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
    Paper from file row, detected by ["paper", "sha256"], keyed by ["sha256"];
    paper: Required, sha256: Required, agreement, poe, date, note
}

//! Whether the files of an audit snapshot are as its tool wrote them.

use serde::{Deserialize, Serialize};

/// What checksums and signature say about a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Integrity {
    /// Each file of the archive, sorted by name.
    pub files: Vec<(String, FileIntegrity)>,
    /// Whether the list of checksums is signed with the key that lies beside it.
    pub signature: SignatureStatus,
    /// SHA-256 of the public key (DER), in hexadecimal; `None` without a readable key.
    pub key_fingerprint: Option<String>,
}

/// Whether one file is as the list of checksums has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileIntegrity {
    /// Its SHA-256 is the listed one.
    Intact,
    /// Its SHA-256 is another one: the file was changed after the list was written.
    Altered,
    /// The list does not name it.
    NotListed,
}

/// Whether the list of checksums is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureStatus {
    /// The signature fits the list and the key.
    Valid,
    /// It does not fit.
    Invalid,
    /// List, signature or key is missing.
    Absent,
}

//! The workspace as one file that travels: a backup, and what one person hands to another.
//!
//! It holds the original bytes of every file that the workspace rests on, so whoever opens it can verify them again.
//! A file of a newer version is refused with a sentence, never half read; the caller keeps its bytes.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::model::issue::{Issue, Severity};
use crate::model::workspace::Workspace;

/// What stands in `type`: tells a workspace from any other JSON.
pub const TYPE: &str = "highwater-workspace";

/// The version that is written.
pub const VERSION: u32 = 1;

/// The newest version that is read: with steps behind the workspace, as public/panic.js writes it. Newer ones are
/// refused.
pub const NEWEST: u32 = 2;

/// How the names of workspace files end.
pub const SUFFIX: &str = ".highwater.json";

/// Media type of a workspace file.
pub const MEDIA_TYPE: &str = "application/json";

/// A workspace file as it is written.
#[derive(Serialize)]
struct Envelope<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    version: u32,
    /// Version of the program that wrote it.
    app: &'a str,
    /// When it was written, in UTC.
    saved_at: &'a str,
    workspace: &'a Workspace,
    /// Base64 of the bytes of each file, by SHA-256.
    files: BTreeMap<String, String>,
}

/// A workspace file as it comes in: nothing in it is believed yet.
#[derive(Deserialize)]
struct Incoming {
    workspace: Workspace,
    #[serde(default)]
    steps: Vec<serde_json::Value>,
    #[serde(default)]
    saved_at: String,
    #[serde(default)]
    files: BTreeMap<String, String>,
}

/// The part of any edition's file that never changes.
#[derive(Deserialize)]
struct EnvelopeHead {
    #[serde(rename = "type")]
    kind: String,
    version: u32,
}

/// A workspace that was read from a file, with the files it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedEnvelope {
    /// The workspace.
    pub workspace: Workspace,
    /// The steps since it was written ([`crate::edit::journal`]), which are not made yet.
    pub steps: Vec<String>,
    /// The bytes of its sources, in their order; each fits its SHA-256.
    pub files: Vec<Vec<u8>>,
    /// When the file was written; empty when it does not say.
    pub saved_at: String,
}

/// Why a workspace file cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is not JSON, or not a workspace.
    #[error("this is not a Highwater workspace: {0}")]
    NotAWorkspace(String),
    /// A newer version of the program wrote it.
    #[error("a newer Highwater wrote this file (version {0})")]
    Newer(u32),
    /// It names a source whose bytes it does not hold.
    #[error("the bytes of {0} are missing")]
    FileMissing(String),
    /// The bytes of a source are not those that were kept: the file was changed or damaged.
    #[error("the bytes of {0} do not fit its checksum")]
    FileAltered(String),
}

impl Refused {
    /// The same, before it has words.
    pub fn issue(&self) -> Issue {
        let because = |code| Issue::new(Severity::Error, code);
        match self {
            Self::NotAWorkspace(reason) => because("workspace_not_one").with("reason", reason.as_str()),
            Self::Newer(version) => because("workspace_newer").with("version", *version),
            Self::FileMissing(name) => because("workspace_file_missing").with("source", name.as_str()),
            Self::FileAltered(name) => because("workspace_file_altered").with("source", name.as_str()),
        }
    }
}

/// Whether a file with this name can only be a workspace: no other format that is read is JSON.
pub fn is_name(name: &str) -> bool {
    name.len() >= 5 && name.get(name.len() - 5..).is_some_and(|ending| ending.eq_ignore_ascii_case(".json"))
}

/// Writes a workspace and the bytes of its sources (by SHA-256) as one file. `saved_at` is a time stamp in UTC.
///
/// # Errors
/// When bytes of a source are missing.
///
/// # Examples
///
/// ```rust
/// use highwater::model::workspace::{SourceFile, Workspace};
/// use highwater::persist::envelope::{open, seal};
/// use highwater::work::sources::sha256;
///
/// let bytes = b"server,product\ns1,IBM MQ\n".as_slice();
/// let source = SourceFile { name: "estate.csv".to_owned(), sha256: sha256(bytes), size: 25 };
/// let workspace = Workspace { name: "Northwind".to_owned(), sources: vec![source], ..Workspace::default() };
///
/// // What was sealed opens as it was, down to the last byte of its files.
/// let text = seal(&workspace, |_| Some(bytes), "2026-11-21T14:02:05Z").unwrap();
/// let opened = open(&text, sha256).unwrap();
/// assert_eq!((opened.workspace, opened.files), (workspace, vec![bytes.to_vec()]));
/// ```
pub fn seal<'a>(
    workspace: &Workspace,
    mut bytes_of: impl FnMut(&str) -> Option<&'a [u8]>,
    saved_at: &str,
) -> Result<String, Refused> {
    let mut files = BTreeMap::new();
    for source in &workspace.sources {
        let bytes = bytes_of(&source.sha256).ok_or_else(|| Refused::FileMissing(source.name.clone()))?;
        files.insert(source.sha256.clone(), STANDARD.encode(bytes));
    }
    let app = env!("CARGO_PKG_VERSION");
    let envelope = Envelope { kind: TYPE, version: VERSION, app, saved_at, workspace, files };
    serde_json::to_string(&envelope).map_err(|error| Refused::NotAWorkspace(error.to_string()))
}

/// Reads a workspace file. `sha256` computes the checksum of bytes in lower-case hexadecimal.
///
/// # Errors
/// When it is no workspace, was written by a newer version, or a source is missing or was changed.
///
/// # Examples
///
/// ```rust
/// use highwater::persist::envelope::{Refused, open};
/// use highwater::work::sources::sha256;
///
/// // A version that nobody has written yet: whatever else the file holds, it is not half read.
/// let newer = r#"{"type":"highwater-workspace","version":1000,"workspace":{}}"#;
/// assert_eq!(open(newer, sha256), Err(Refused::Newer(1000)));
/// // JSON that does not say that it is a workspace.
/// assert!(matches!(open("{}", sha256), Err(Refused::NotAWorkspace(_))));
/// ```
pub fn open(text: &str, sha256: impl Fn(&[u8]) -> String) -> Result<OpenedEnvelope, Refused> {
    let no_workspace = |error: serde_json::Error| Refused::NotAWorkspace(error.to_string());
    let text = text.trim_start_matches('\u{feff}');
    let head: EnvelopeHead = serde_json::from_str(text).map_err(no_workspace)?;
    if head.kind != TYPE {
        return Err(Refused::NotAWorkspace(format!("its type is {:?}", head.kind)));
    }
    if head.version > NEWEST {
        return Err(Refused::Newer(head.version));
    }
    let incoming: Incoming = serde_json::from_str(text).map_err(no_workspace)?;
    let mut files = Vec::with_capacity(incoming.workspace.sources.len());
    for source in &incoming.workspace.sources {
        let encoded = incoming.files.get(&source.sha256).ok_or_else(|| Refused::FileMissing(source.name.clone()))?;
        let bytes = STANDARD.decode(encoded).map_err(|_| Refused::FileAltered(source.name.clone()))?;
        if !sha256(&bytes).eq_ignore_ascii_case(&source.sha256) {
            return Err(Refused::FileAltered(source.name.clone()));
        }
        files.push(bytes);
    }
    let steps = incoming.steps.iter().map(ToString::to_string).collect();
    Ok(OpenedEnvelope { workspace: incoming.workspace, steps, files, saved_at: incoming.saved_at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::workspace::SourceFile;

    /// Stands in for a checksum: the tests are about its comparison, not its computation.
    fn checksum(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn example() -> (Workspace, Vec<Vec<u8>>) {
        let files = vec![b"server,product\n".to_vec(), vec![0, 159, 146, 150, 255]];
        let names = ["estate.csv", "snapshot.zip"];
        let sources = names.iter().zip(&files).map(|(name, bytes)| SourceFile {
            name: (*name).to_owned(),
            sha256: checksum(bytes),
            size: bytes.len().try_into().unwrap(),
        });
        (Workspace { name: "Northwind".to_owned(), sources: sources.collect(), ..Workspace::default() }, files)
    }

    fn sealed() -> String {
        let (workspace, files) = example();
        let bytes_of = |sha256: &str| files.iter().find(|bytes| checksum(bytes) == sha256).map(Vec::as_slice);
        seal(&workspace, bytes_of, "2026-11-21T14:02:05.000Z").unwrap()
    }

    #[test]
    fn a_workspace_file_opens_with_every_byte_of_its_sources() {
        let (workspace, files) = example();
        let saved_at = "2026-11-21T14:02:05.000Z".to_owned();
        assert_eq!(open(&sealed(), checksum), Ok(OpenedEnvelope { workspace, steps: Vec::new(), files, saved_at }));
    }

    #[test]
    fn the_head_of_the_file_says_what_it_is_to_whoever_reads_json() {
        let value: serde_json::Value = serde_json::from_str(&sealed()).unwrap();
        assert_eq!(value["type"], "highwater-workspace");
        assert_eq!(value["version"], 1);
        assert_eq!(value["saved_at"], "2026-11-21T14:02:05.000Z");
        assert_eq!(value["files"].as_object().unwrap().len(), 2);
    }

    #[test]
    fn a_newer_version_is_refused_whatever_else_it_holds() {
        let newer = r#"{"type":"highwater-workspace","version":3,"workspace":{"shape":"unheard of"}}"#;
        assert_eq!(open(newer, checksum), Err(Refused::Newer(3)));
    }

    #[test]
    fn other_json_is_not_a_workspace() {
        for text in
            ["", "[]", "null", "{}", r#"{"type":"excalidraw","version":1}"#, r#"{"type":"highwater-workspace"}"#]
        {
            assert!(matches!(open(text, checksum), Err(Refused::NotAWorkspace(_))), "{text}");
        }
    }

    #[test]
    fn bytes_that_do_not_fit_their_checksum_are_refused() {
        let forged = sealed().replace("c2VydmVy", "c2VydmVZ");
        assert_eq!(open(&forged, checksum), Err(Refused::FileAltered("estate.csv".to_owned())));
    }

    #[test]
    fn a_source_without_its_bytes_is_refused_on_both_ways() {
        let (workspace, _) = example();
        assert_eq!(seal(&workspace, |_| None, ""), Err(Refused::FileMissing("estate.csv".to_owned())));
        let mut value: serde_json::Value = serde_json::from_str(&sealed()).unwrap();
        value["files"] = serde_json::json!({});
        assert_eq!(open(&value.to_string(), checksum), Err(Refused::FileMissing("estate.csv".to_owned())));
    }

    #[test]
    fn fields_of_a_later_edition_survive_a_round_trip() {
        let mut value: serde_json::Value = serde_json::from_str(&sealed()).unwrap();
        value["workspace"]["scenarios"] = serde_json::json!([1, 2, 3]);
        let opened = open(&value.to_string(), checksum).unwrap();
        assert_eq!(opened.workspace.extra["scenarios"], serde_json::json!([1, 2, 3]));
    }

    #[test]
    fn only_json_files_are_taken_for_workspaces_by_their_name() {
        assert!(is_name("Northwind 2026-11-21.highwater.json"));
        assert!(is_name("renamed (1).JSON"));
        assert!(!is_name("audit_snapshot.zip"));
        assert!(!is_name("json"));
    }
}

//! What a file is, told by what it holds and never by its name alone.

use std::borrow::Cow;

use super::text::{self, Encoding};
use super::zip::{self, Archive};
use super::{Limits, ilmt};
use crate::model::issue::{Issue, Severity};
use crate::model::snapshot::TableKind;

/// How the JSON of a workspace names itself.
const WORKSPACE: &str = "highwater-workspace";

/// How far into a JSON file its type must stand.
const JSON_HEAD: usize = 4 << 10;

/// How old Excel workbooks and those under a password begin.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What a file was recognised as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognised<'a> {
    /// A zip archive with the tables of an ILMT audit snapshot: for [`ilmt::read`].
    Snapshot,
    /// A single table out of an audit snapshot: for [`ilmt::read_table`].
    SnapshotTable(TableKind, Table<'a>),
    /// An xlsx workbook: for [`super::xlsx::read`].
    Workbook,
    /// A table that is no file of ILMT: an estate template, as its header must tell.
    Table(Table<'a>),
    /// A workspace that Highwater saved, as JSON.
    Workspace,
}

/// A table as text: for [`super::csv::read`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<'a> {
    /// The text without its byte order mark.
    pub text: Cow<'a, str>,
    /// How it was written. [`Encoding::Windows1252`] is a guess that deserves a warning.
    pub encoding: Encoding,
    /// What sets its cells apart.
    pub delimiter: u8,
}

/// Tells what a file is. The name only decides between tables of ILMT whose headers are in an unknown language, and
/// which sentence a file that cannot be used gets.
///
/// # Errors
/// When the file is empty, too large, damaged, or nothing that can be read.
pub fn recognise<'a>(name: &str, bytes: &'a [u8], limits: &Limits) -> Result<Recognised<'a>, Issue> {
    told_by_content(name, bytes, limits).map_err(|issue| issue.in_file(name))
}

fn told_by_content<'a>(name: &str, bytes: &'a [u8], limits: &Limits) -> Result<Recognised<'a>, Issue> {
    if bytes.is_empty() {
        return Err(error("file_empty"));
    }
    if zip::is_zip(bytes) {
        let archive = Archive::open(bytes, limits)?;
        let is_workbook = archive.names().iter().any(|name| name == "xl/workbook.xml");
        return match (is_workbook, ilmt::is_snapshot(archive.names())) {
            (true, _) => Ok(Recognised::Workbook),
            (false, true) => Ok(Recognised::Snapshot),
            (false, false) => Err(error("zip_unknown")),
        };
    }
    if zip::is_archive(bytes) {
        return Err(error("archive_unsupported"));
    }
    if bytes.starts_with(COMPOUND) {
        return Err(error("workbook_old_or_locked"));
    }
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limits.text_bytes {
        return Err(error("file_too_large").with("limit", limits.text_bytes));
    }
    let (text, encoding) = text::decode(bytes)?;
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("zip") => return Err(error("zip_is_text")),
        Some("xlsx") => return Err(error("workbook_is_text")),
        _ => {}
    }
    if text.trim().is_empty() {
        return Err(error("file_empty"));
    }
    if text.trim_start().starts_with('{') {
        let head: String = text.chars().take(JSON_HEAD).collect();
        return if head.contains(WORKSPACE) { Ok(Recognised::Workspace) } else { Err(error("json_unknown")) };
    }
    let delimiter = text::delimiter(&text).ok_or_else(|| error("file_unknown"))?;
    let kind = ilmt::kind_by_header(&header(&text, delimiter)).or_else(|| ilmt::kind_by_name(name));
    let table = Table { text, encoding, delimiter };
    Ok(match kind {
        Some(kind) => Recognised::SnapshotTable(kind, table),
        None => Recognised::Table(table),
    })
}

/// The cells of the first record. One that is longer than any header is cut: it is none.
fn header(text: &str, delimiter: u8) -> Vec<String> {
    const LONGEST: usize = 1 << 20;
    let start = text.trim_start();
    let end = (0..=LONGEST.min(start.len())).rev().find(|end| start.is_char_boundary(*end)).unwrap_or(0);
    let head = start.get(..end).unwrap_or_default();
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(head.as_bytes());
    let mut record = ::csv::StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(true) => record.iter().map(|cell| cell.trim().to_owned()).collect(),
        Ok(false) | Err(_) => Vec::new(),
    }
}

fn error(code: &'static str) -> Issue {
    Issue::new(Severity::Error, code)
}

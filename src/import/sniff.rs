//! What a file is, told by what it holds and never by its name alone.

use std::borrow::Cow;

use super::sheet::Sheet;
use super::text;
use super::{Limits, csv, headers, ilmt, quotes};
use crate::model::issue::{Issue, Severity};
use crate::model::snapshot::TableKind;

/// How the JSON of a workspace names itself.
const WORKSPACE: &str = "highwater-workspace";

/// How far into a file its kind must show.
const HEAD: usize = 64 << 10;

/// How old Excel workbooks and those under a password begin.
pub(super) const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

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

/// Whether bytes begin like a zip archive; most workbooks are one too.
fn is_zip(bytes: &[u8]) -> bool {
    ARCHIVES.iter().take(2).any(|magic| bytes.starts_with(magic))
}

/// Whether a file has to be opened before anybody knows what is in it.
pub fn is_closed(bytes: &[u8]) -> bool {
    is_zip(bytes) || bytes.starts_with(COMPOUND)
}

/// What a file was recognised as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognised<'a> {
    /// A zip archive or a compound file, which has to be opened before anybody knows what is in it: for an
    /// [`super::opened::Opener`].
    Closed,
    /// A single table out of an audit snapshot: for [`ilmt::read_table`].
    SnapshotTable(TableKind, TextTable<'a>),
    /// A table that is no file of ILMT: an estate template, as its header must tell.
    Table(TextTable<'a>),
    /// A workspace that Highwater saved, as JSON.
    Workspace,
    /// A paper: what it says is for people, and only its checksum is kept.
    Paper,
}

/// How papers begin, and how their names end: PDF, and the PNG and JPEG of scans. A picture that calls itself a table is
/// no paper: somebody expected a table.
const PAPERS: [(&[u8], &[&str]); 3] =
    [(b"%PDF-", &["pdf"]), (b"\x89PNG", &["png"]), (b"\xFF\xD8\xFF", &["jpg", "jpeg"])];

/// A table as text: for [`super::csv::read`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextTable<'a> {
    /// The text without its byte order mark.
    pub text: Cow<'a, str>,
    /// What sets its cells apart.
    pub delimiter: u8,
    /// What was odd about the text, such as an encoding that had to be assumed.
    pub issues: Vec<Issue>,
}

impl TextTable<'_> {
    /// Its first rows, of which one may be its header.
    ///
    /// # Errors
    /// When a limit is reached in them, or when there is none.
    pub fn head(&self, limits: &Limits) -> Result<Sheet, Issue> {
        csv::head(&self.text, self.delimiter, limits)
    }
}

/// Tells what a file is. The name only decides between tables of ILMT whose headers are in an unknown language, and
/// which sentence a file that cannot be used gets.
///
/// # Errors
/// When the file is empty, too large, damaged, or nothing that can be read.
///
/// # Examples
///
/// ```rust
/// use highwater::import::Limits;
/// use highwater::import::sniff::{Recognised, recognise};
///
/// // A text with cells that semicolons set apart is a table, whatever its name.
/// let file = recognise("export.txt", b"server;cores\ns1;32\n", &Limits::TERMINAL);
/// assert!(matches!(file, Ok(Recognised::Table(table)) if table.delimiter == b';'));
///
/// // 1F 8B is how gzip begins, whatever its name: only zip archives are opened.
/// let refused = recognise("estate.csv", b"\x1F\x8B\x08\x00", &Limits::TERMINAL).unwrap_err();
/// assert_eq!((refused.file.as_str(), &*refused.code), ("estate.csv", "archive_unsupported"));
/// ```
pub fn recognise<'a>(name: &str, bytes: &'a [u8], limits: &Limits) -> Result<Recognised<'a>, Issue> {
    detect_by_content(name, bytes, limits).map_err(|issue| issue.in_file(name))
}

fn detect_by_content<'a>(name: &str, bytes: &'a [u8], limits: &Limits) -> Result<Recognised<'a>, Issue> {
    if bytes.is_empty() {
        return Err(error("file_empty"));
    }
    let extension = extension_of(name);
    let is_paper = |(magic, names): &(&[u8], &[&str])| {
        bytes.starts_with(magic) && extension.as_deref().is_some_and(|extension| names.contains(&extension))
    };
    if PAPERS.iter().any(is_paper) {
        return Ok(Recognised::Paper);
    }
    if is_closed(bytes) {
        return Ok(Recognised::Closed);
    }
    if is_archive(bytes) {
        return Err(error("archive_unsupported"));
    }
    let (text, issues) = text::decode(name, bytes, limits)?;
    if text.bytes().take(HEAD).any(is_binary) {
        return Err(error("file_not_text"));
    }
    match extension.as_deref() {
        Some("zip") => return Err(error("zip_is_text")),
        Some("xlsx" | "xlsm" | "xls" | "xlsb" | "ods") => return Err(error("workbook_is_text")),
        _ => {}
    }
    if text.trim().is_empty() {
        return Err(error("file_empty"));
    }
    if text.trim_start().starts_with('{') {
        return if head(&text).contains(WORKSPACE) { Ok(Recognised::Workspace) } else { Err(error("json_unknown")) };
    }
    let delimiter = text::delimiter(&text);
    if !head(&text).contains(char::from(delimiter)) {
        return Err(error("file_unknown"));
    }
    if let Some(line) = quotes::stray_quote(&text, delimiter) {
        return Err(error("quote_not_closed").at_row(line));
    }
    let kind = ilmt::kind_by_header(&header(&text, delimiter, limits)).or_else(|| {
        // A title may stand above: the name decides only where no row says what it is.
        let rows = csv::head(&text, delimiter, limits).ok();
        let says = |sheet: &Sheet| headers::first_rows(sheet).any(|(_, cells)| ilmt::kind_by_header(&cells).is_some());
        ilmt::kind_by_name(name).filter(|_| !rows.as_ref().is_some_and(says))
    });
    let table = TextTable { text, delimiter, issues };
    Ok(match kind {
        Some(kind) => Recognised::SnapshotTable(kind, table),
        None => Recognised::Table(table),
    })
}

pub(super) fn extension_of(name: &str) -> Option<String> {
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}

/// The cells of the first record, as many as a table may have.
fn header(text: &str, delimiter: u8, limits: &Limits) -> Vec<String> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(head(text).as_bytes());
    let mut record = ::csv::StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(true) => record.iter().take(limits.columns).map(|cell| text::clean(cell).into_owned()).collect(),
        Ok(false) | Err(_) => Vec::new(),
    }
}

/// The beginning of a text.
fn head(text: &str) -> &str {
    let text = text.trim_start();
    text.get(..text.floor_char_boundary(HEAD)).unwrap_or(text)
}

/// Whether a byte stands in no text: a control character other than tab and the ends of line, page and file.
const fn is_binary(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0E..=0x19 | 0x1B..=0x1F)
}

fn error(code: &'static str) -> Issue {
    Issue::new(Severity::Error, code)
}

//! The door: what of a packed file is opened, told by what it holds and never by its name alone.

pub mod archive;
mod cells;
mod compound;
mod markup;
mod number;
mod ods;
mod pack;
mod part;
mod records;
mod texts;
mod xls;
mod xlsb;
mod xlsx;

use self::archive::Archive;
use super::{NamedSheet, Opened};
use crate::import::{Limits, Watch, ilmt, sniff};
use crate::model::issue::{Issue, Severity};

/// Formats that are archives and nothing that is read: an entry that tells, and what the format is called.
const OTHER_FORMATS: [(&str, &str); 2] =
    [("content.xml", "OpenDocument file (.odt, .odp)"), ("Index/Document.iwa", "Apple Numbers document (.numbers)")];

/// Opens an archive that is a workbook of some kind.
type Open = fn(&mut Archive<'_>, &Limits, &mut dyn Watch) -> Result<Vec<NamedSheet>, Issue>;

/// Opens a file that is packed: a workbook of any kind, or an audit snapshot.
///
/// # Errors
/// When the file is too large, damaged, hostile, under a password, or nothing that can be read; when the reading is
/// cancelled. The issue names the file.
pub fn open(name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Opened, Issue> {
    opened(name, bytes, limits, watch).map_err(|issue| issue.in_file(name))
}

fn opened(name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Opened, Issue> {
    if bytes.starts_with(sniff::COMPOUND) {
        return xls::open(bytes, limits, watch).map(Opened::Workbook);
    }
    let mut archive = Archive::open(bytes, limits)?;
    let workbook: Open = if archive.find(xlsx::WORKBOOK).is_some() {
        xlsx::open
    } else if archive.find(xlsb::WORKBOOK).is_some() {
        xlsb::open
    } else if ilmt::archive::is_snapshot(archive.names()) {
        let snapshot = ilmt::archive::read_archive(name, archive, limits, watch)?;
        return Ok(Opened::Snapshot(Box::new(snapshot)));
    } else if ods::is_one(&mut archive, name) {
        ods::open
    } else {
        let other = OTHER_FORMATS.into_iter().find(|(entry, _)| archive.find(entry).is_some());
        return Err(match other {
            Some((_, format)) => error("workbook_of_another_format").with("format", format),
            None => error("zip_unknown"),
        });
    };
    workbook(&mut archive, limits, watch).map(Opened::Workbook)
}

fn error(code: &'static str) -> Issue {
    Issue::new(Severity::Error, code)
}

/// The workbook is damaged, or something in it is written in a way that no spreadsheet writes it.
fn unreadable() -> Issue {
    error("workbook_unreadable")
}

//! Audit snapshots of the IBM License Metric Tool (ILMT), in any language.

mod columns;
mod condition;
mod health;
mod integrity;
mod tables;
mod words;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use self::integrity::Proof;
use super::zip::Archive;
use super::{Limits, Watch, csv, text};
use crate::model::assessment::{FileKind, FileReport, HealthStatus};
use crate::model::issue::{Issue, Severity};
use crate::model::names::Names;
use crate::model::snapshot::{Condition, Snapshot, Table, TableKind};

pub(super) use self::columns::{kind_by_header, kind_by_name};

/// What ILMT says about the data.
const CONDITION: &str = "data_condition.txt";

/// Whether an archive with these entries is an audit snapshot.
pub(super) fn is_snapshot(names: &[String]) -> bool {
    names.iter().any(|name| base(name) == CONDITION || kind_by_name(name).is_some())
}

/// Reads an audit snapshot: a zip archive with the tables of ILMT.
///
/// # Errors
/// When the archive is damaged, hostile or no snapshot, or when the reading is cancelled. A table that cannot be used
/// is an issue of the snapshot, not an error.
pub fn read(name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Snapshot, Issue> {
    read_archive(name, bytes, limits, watch).map_err(|issue| issue.in_file(name))
}

fn read_archive(name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Snapshot, Issue> {
    let mut archive = Archive::open(bytes, limits)?;
    if !is_snapshot(archive.names()) {
        return Err(Issue::new(Severity::Error, "zip_unknown"));
    }
    let members = Members::read(&mut archive, limits, watch)?;
    let mut snapshot = empty(name, FileKind::IlmtSnapshot);
    if let Some(bytes) = members.kept.get(CONDITION) {
        let inside = inside(name, CONDITION);
        match text::decode(&inside, bytes, limits) {
            Ok((text, issues)) => {
                snapshot.condition = Some(condition::read(&text));
                snapshot.issues.extend(issues);
            }
            Err(issue) => snapshot.issues.push(issue),
        }
    } else {
        snapshot.issues.push(Issue::new(Severity::Warning, "condition_missing").in_file(name));
    }
    for kind in TableKind::ALL {
        for (member, bytes) in members.kept.iter().filter(|(member, _)| kind_by_name(member) == Some(kind)) {
            read_member(kind, &inside(name, member), member, bytes, limits, watch, &mut snapshot)?;
        }
        for (member, counter) in members.counted.iter().filter(|(member, _)| kind_by_name(member) == Some(kind)) {
            let (file, rows) = (inside(name, member), counter.rows());
            snapshot.tables.push(Table { kind, file, rows, left_out: 0, headers: BTreeMap::new() });
        }
    }
    let unused = members.hashes.keys().filter(|member| {
        has_extension(member, "csv") && !members.kept.contains_key(*member) && !members.counted.contains_key(*member)
    });
    for member in unused {
        snapshot.issues.push(Issue::new(Severity::Info, "snapshot_file_unused").in_file(&inside(name, member)));
    }
    let proof = Proof {
        checksums: members.kept.get(integrity::CHECKSUMS).map(Vec::as_slice),
        signature: members.kept.get(integrity::SIGNATURE).map(Vec::as_slice),
        key: members.kept.get(integrity::KEY).map(Vec::as_slice),
    };
    let checked = integrity::check(&members.hashes, proof);
    snapshot.issues.extend(integrity::issues(&checked, proof).into_iter().map(|issue| issue.in_file(name)));
    snapshot.report.integrity = Some(checked);
    snapshot.report.health = health::checks(&snapshot);
    let weak = snapshot.report.health.iter().filter(|check| check.status == HealthStatus::Weak).count();
    if weak > 0 {
        let issue = Issue::new(Severity::Warning, "snapshot_health_weak").in_file(name);
        snapshot.issues.push(issue.with("count", weak));
    }
    Ok(counted(snapshot))
}

/// Reads a single table out of a snapshot. `kind` is what [`super::sniff`] recognised it as.
///
/// # Errors
/// When the table reaches a limit or has no header, or when the reading is cancelled.
pub fn read_table(
    name: &str,
    text: &str,
    kind: TableKind,
    delimiter: u8,
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<Snapshot, Issue> {
    let sheet = csv::read(text, delimiter, limits, watch).map_err(|issue| issue.in_file(name))?;
    let mut snapshot = empty(name, FileKind::IlmtFile);
    tables::read(kind, name, &sheet, None, &mut snapshot);
    Ok(counted(snapshot))
}

fn read_member(
    kind: TableKind,
    file: &str,
    member: &str,
    bytes: &[u8],
    limits: &Limits,
    watch: &mut dyn Watch,
    snapshot: &mut Snapshot,
) -> Result<(), Issue> {
    let sheet = text::decode(file, bytes, limits).and_then(|(text, issues)| {
        snapshot.issues.extend(issues);
        csv::read(&text, text::delimiter(&text), limits, watch)
    });
    match sheet {
        Ok(sheet) => {
            let condition = snapshot.condition.take();
            tables::read(kind, file, &sheet, condition.as_ref().and_then(|known| listed(known, member)), snapshot);
            snapshot.condition = condition;
            Ok(())
        }
        Err(issue) if watch.cancelled() => Err(issue),
        Err(issue) => {
            snapshot.issues.push(issue.in_file(file));
            Ok(())
        }
    }
}

/// The English names of a table's columns. The dates in the name of the daily file may differ from those in the list.
fn listed<'a>(condition: &'a Condition, member: &str) -> Option<&'a [String]> {
    let kind = kind_by_name(member);
    let exact = condition.columns.iter().find(|(name, _)| name == member);
    let found =
        exact.or_else(|| condition.columns.iter().find(|(name, _)| kind.is_some() && kind_by_name(name) == kind));
    found.map(|(_, columns)| columns.as_slice())
}

/// The entries of a snapshot by name, without the folder that somebody may have packed them in.
#[derive(Default)]
struct Members {
    /// SHA-256 of each file, in hexadecimal.
    hashes: BTreeMap<String, String>,
    /// The bytes of the files that are read.
    kept: BTreeMap<String, Vec<u8>>,
    /// The files whose rows are only counted.
    counted: BTreeMap<String, RowCounter>,
}

impl Members {
    fn read(archive: &mut Archive<'_>, limits: &Limits, watch: &mut dyn Watch) -> Result<Self, Issue> {
        let mut paths: BTreeMap<&str, &str> = BTreeMap::new();
        for path in archive.names().iter().filter(|path| !is_clutter(path)) {
            if paths.insert(base(path), path).is_some() {
                return Err(Issue::new(Severity::Error, "zip_duplicate_entry").with("entry", base(path)));
            }
        }
        let mut members = Self::default();
        let mut hashers: BTreeMap<String, Sha256> = BTreeMap::new();
        archive.read(limits, watch, is_attachment, &mut |path, piece| {
            if is_clutter(path) {
                return Ok(());
            }
            let name = base(path);
            hashers.entry(name.to_owned()).or_default().update(piece);
            match kind_by_name(name) {
                Some(TableKind::Bundling | TableKind::Trails) => {
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
        let hashes = hashers.into_iter().map(|(name, hasher)| (name, integrity::hexadecimal(&hasher.finalize())));
        members.hashes = hashes.collect();
        Ok(members)
    }
}

/// Counts the rows of a table without keeping them: lines outside of quotes that are not blank.
#[derive(Default)]
struct RowCounter {
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
    fn rows(&self) -> u64 {
        self.lines.saturating_add(u64::from(self.filled)).saturating_sub(1)
    }
}

fn empty(name: &str, kind: FileKind) -> Snapshot {
    let report = FileReport {
        name: name.to_owned(),
        kind,
        language: None,
        rows: 0,
        left_out: 0,
        columns: Vec::new(),
        integrity: None,
        health: Vec::new(),
    };
    Snapshot {
        report,
        tables: Vec::new(),
        condition: None,
        names: Names::default(),
        usage: Vec::new(),
        daily: Vec::new(),
        summary: Vec::new(),
        cloud_paks: Vec::new(),
        parts: Vec::new(),
        issues: Vec::new(),
    }
}

/// The same snapshot with the rows of its report: those of the table that the numbers rest on, else all of them.
fn counted(mut snapshot: Snapshot) -> Snapshot {
    let count = |tables: &mut dyn Iterator<Item = &Table>| {
        tables.fold((0_u64, 0_u64), |(rows, left_out), table| {
            (rows.saturating_add(table.rows), left_out.saturating_add(table.left_out))
        })
    };
    let (rows, left_out) = match snapshot.table(TableKind::Usage) {
        Some(usage) => (usage.rows, usage.left_out),
        None => count(&mut snapshot.tables.iter()),
    };
    snapshot.report.rows = rows;
    snapshot.report.left_out = left_out;
    snapshot
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn inside(archive: &str, member: &str) -> String {
    format!("{archive}/{member}")
}

fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, known)| known.eq_ignore_ascii_case(extension))
}

/// Folders, and what operating systems leave in archives.
fn is_clutter(path: &str) -> bool {
    path.ends_with('/') || path.starts_with("__MACOSX/") || base(path) == ".DS_Store"
}

/// The file that a person attached to a snapshot may be anything. It is hashed and never opened.
fn is_attachment(path: &str) -> bool {
    base(path).starts_with("audit_attachment")
}

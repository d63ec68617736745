//! A whole snapshot: a zip archive with its tables, what ILMT says about them, and the proof that nobody changed them.

mod condition;
mod days;
mod health;
mod integrity;
mod members;

use litemap::LiteMap;

use self::integrity::Proof;
use self::members::{Members, base};
use super::{counted, empty, kind_by_name, tables};
use crate::import::opened::door::archive::Archive;
use crate::import::{Limits, Watch, csv, text};
use crate::model::assessment::{FileKind, HealthStatus};
use crate::model::issue::{Issue, Severity};
use crate::model::snapshot::{Condition, Snapshot, SnapshotTable, TableKind};

/// What ILMT says about the data.
const CONDITION: &str = "data_condition.txt";

/// Whether an archive with these entries is an audit snapshot.
pub(in crate::import) fn is_snapshot(names: &[String]) -> bool {
    names.iter().any(|name| base(name) == CONDITION || kind_by_name(name).is_some())
}

/// Reads an audit snapshot: a zip archive with the tables of ILMT.
///
/// # Errors
/// When the archive is damaged, hostile or no snapshot, or when the reading is cancelled. A table that cannot be used
/// is an issue of the snapshot, not an error.
pub fn read(name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Snapshot, Issue> {
    Archive::open(bytes, limits)
        .and_then(|archive| read_archive(name, archive, limits, watch))
        .map_err(|issue| issue.in_file(name))
}

/// The same from an archive that is opened; the issue names no file yet.
pub(in crate::import) fn read_archive(
    name: &str,
    mut archive: Archive<'_>,
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<Snapshot, Issue> {
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
            read_member(kind, &inside(name, member), member, bytes, limits, &mut Quiet(watch), &mut snapshot)?;
        }
        for (member, counter) in members.counted.iter().filter(|(member, _)| kind_by_name(member) == Some(kind)) {
            let (file, rows) = (inside(name, member), counter.rows());
            snapshot.issues.extend((kind == TableKind::Bundled).then(|| tables::bundled_not_read(&file)));
            snapshot.tables.push(SnapshotTable { kind, file, rows, left_out: 0, headers: LiteMap::new() });
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

/// Listens for a cancel and reports nothing: the archive has been counted in full when its tables are read.
struct Quiet<'a>(&'a mut dyn Watch);

impl Watch for Quiet<'_> {
    fn progress(&mut self, _done: u64, _total: u64) {}

    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }
}

fn inside(archive: &str, member: &str) -> String {
    format!("{archive}/{member}")
}

fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, known)| known.eq_ignore_ascii_case(extension))
}

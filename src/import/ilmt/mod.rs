//! Audit snapshots of the IBM License Metric Tool (ILMT), in any language.

#[cfg(feature = "files")]
pub mod archive;
mod columns;
mod figures;
mod names;
mod tables;
mod words;

use super::sheet::Sheet;
use super::{Limits, Watch, csv};
use crate::model::assessment::{FileKind, FileReport};
use crate::model::issue::Issue;
use crate::model::names::Names;
use crate::model::snapshot::{Snapshot, SnapshotTable, TableKind};

pub(super) use self::columns::{kind_by_header, kind_by_name};

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
    Ok(read_sheet(name, &sheet, kind))
}

/// Reads a single table whose cells are known already: one of a workbook, or one that stands under a title.
pub fn read_sheet(name: &str, sheet: &Sheet, kind: TableKind) -> Snapshot {
    // The License Service gives both daily files the same beginning: the name keeps components from being products.
    let is_bundled = kind_by_name(name) == Some(TableKind::Bundled);
    let kind = if is_bundled { TableKind::Bundled } else { kind };
    let of_demand = matches!(kind, TableKind::Usage | TableKind::Daily | TableKind::Summary | TableKind::CloudPaks);
    let mut snapshot = empty(name, if of_demand { FileKind::IlmtFile } else { FileKind::IlmtList });
    tables::read(kind, name, sheet, None, &mut snapshot);
    counted(snapshot)
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
    let count = |tables: &mut dyn Iterator<Item = &SnapshotTable>| {
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

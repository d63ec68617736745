//! What the parts of a snapshot say about each other. They should agree; where they do not, an issue says how.

use litemap::LiteMap;

use super::evidence::Evidence;
use super::product::{Product, StatedServer};
use super::series::{metric_named, not_counted};
use crate::engine::Settings;
use crate::model::issue::{Issue, Severity};
use crate::model::metric;
use crate::model::quantity::Cores;
use crate::model::snapshot::{SnapshotColumn, SnapshotTable, TableKind, UsageRow};

/// Everything that disagrees about one product. `quantity` is what its rows add up to.
pub(super) fn of_product(
    evidence: &Evidence<'_>,
    product: &Product<'_>,
    quantity: u64,
    settings: &Settings,
) -> Vec<Issue> {
    let Some(table) = evidence.table(TableKind::Usage) else { return Vec::new() };
    let about = |issue: Issue| issue.with("product", product.name);
    let mut issues: Vec<Issue> =
        product.servers().iter().flat_map(|server| of_server(table, server)).map(about).collect();
    let reported = product.reported();
    if let Some((reported, row)) = reported {
        if product.rows().any(|row| row.quantity.is_some_and(|other| other != reported)) {
            let issue = at(table, row, SnapshotColumn::MetricQuantity, Severity::Warning, "snapshot_quantities_differ");
            issues.push(about(issue).with("reported", reported));
        }
        if reported != quantity {
            let issue = at(table, row, SnapshotColumn::MetricQuantity, Severity::Warning, "snapshot_quantity_differs");
            issues.push(about(issue).with("reported", reported).with("quantity", quantity));
        }
    }
    if let Some((summary, line)) = product.summary.filter(|(summary, _)| *summary != quantity) {
        let file = evidence.table(TableKind::Summary).map_or("", |table| table.file.as_str());
        let issue = Issue::new(Severity::Warning, "snapshot_summary_differs").in_file(file).at_row(line);
        issues.push(about(issue).with("summary", summary).with("quantity", quantity));
    }
    issues.extend(of_series(product, quantity, settings));
    issues
}

/// The rows of a server against each other and against its partitions.
fn of_server(table: &SnapshotTable, server: &StatedServer<'_>) -> Vec<Issue> {
    let row = server.row;
    let mut issues = Vec::new();
    let about = |column, code| at(table, row, column, Severity::Warning, code).with("server", server.name);
    let figures = |row: &UsageRow| (row.cores, row.pvu_per_core, row.core_limit);
    if server.rows.iter().any(|other| figures(other) != figures(row)) {
        issues.push(about(SnapshotColumn::CoreSubcapacity, "snapshot_server_differs"));
    }
    let computed = StatedServer::at_rate(row.cores, row.pvu_per_core);
    if let Some(stated) = row.pvu.filter(|stated| *stated != computed) {
        let issue = about(SnapshotColumn::PvuSubcapacity, "snapshot_pvu_differs");
        issues.push(issue.with("stated", stated).with("computed", computed));
    }
    if !server.counts() {
        if row.cores > 0 {
            let issue = about(SnapshotColumn::ExclusionComment, "snapshot_excluded_counts");
            issues.push(issue.with("stated", computed));
        }
    } else if let Some(available) = cores_available(server).filter(|available| *available != row.cores) {
        let issue = about(SnapshotColumn::CoreSubcapacity, "snapshot_partitions_differ");
        issues.push(issue.with("stated", row.cores).with("available", available));
    }
    issues
}

/// The lower of what the distinct partitions want together and what the server has; `None` when a partition does not
/// say.
pub(super) fn cores_available(server: &StatedServer<'_>) -> Option<u64> {
    let wanted = cores_wanted(server)?.to_whole();
    Some(server.row.core_limit.map_or(wanted, |limit| wanted.min(limit)))
}

/// What the distinct partitions of a server want together.
pub(super) fn cores_wanted(server: &StatedServer<'_>) -> Option<Cores> {
    server.partitions.iter().try_fold(Cores::ZERO, |sum, row| Some(sum.plus(row.partition_cores?)))
}

/// The quantity and its day against the daily series.
fn of_series(product: &Product<'_>, quantity: u64, settings: &Settings) -> Vec<Issue> {
    let figure = product.counted_series().and_then(|series| series.at_peak().first());
    let Some((figure, (daily, day))) = figure.zip(product.daily_peak()) else { return Vec::new() };
    let issue = |severity, code| {
        Issue::new(severity, code)
            .in_file(&figure.table.file)
            .at_row(figure.line)
            .with("product", product.name)
            .with("quantity", quantity)
    };
    let stated_on = product.rows().filter_map(|row| row.peak_on).max();
    let clipped = settings.from.is_some() || settings.to.is_some();
    let outside = |day| settings.from.is_some_and(|from| day < from) || settings.to.is_some_and(|to| day > to);
    let mut issues = Vec::new();
    if let Some(peak) = stated_on.filter(|day| outside(*day)) {
        // The rows state the peak only: what the product needed in the period, the series alone says.
        issues.push(issue(Severity::Info, "snapshot_peak_outside").with("day", peak).with("daily", daily));
    } else if daily != quantity {
        issues.push(issue(Severity::Warning, "snapshot_daily_differs").with("daily", daily).with("day", day));
    } else if let Some(stated) = stated_on.filter(|stated| *stated != day && quantity > 0 && !clipped) {
        issues.push(issue(Severity::Info, "snapshot_peak_day_differs").with("stated", stated).with("day", day));
    }
    issues
}

/// What is to say about a snapshot as a whole: metrics that are not counted here, and names that differ by case only.
pub(super) fn of_evidence(evidence: &Evidence<'_>) -> Vec<Issue> {
    let mut issues = Vec::new();
    if let Some((snapshot, table)) = evidence.summary.zip(evidence.table(TableKind::Summary)) {
        let rows = snapshot.summary.iter().filter(|row| row.bundle.is_none());
        for row in rows.filter(|row| metric_named(snapshot.text(row.metric)).is_none()) {
            issues.push(not_counted(snapshot, table, row.line, (row.product, row.metric), row.quantity));
        }
    }
    if let Some((snapshot, table)) = evidence.cloud_paks.zip(evidence.table(TableKind::CloudPaks)) {
        // Cloud Paks are licensed in many metrics: only a word that nobody knows is odd.
        for row in snapshot.cloud_paks.iter().filter(|row| !metric::is_known(snapshot.text(row.metric))) {
            issues.push(not_counted(snapshot, table, row.line, (row.product, row.metric), row.quantity));
        }
    }
    for part in &evidence.daily {
        let mut written: LiteMap<String, &str> = LiteMap::new();
        let mut names: Vec<&str> = part.names(|row| Some(row.product)).collect();
        names.sort_unstable();
        for name in names {
            let first = *written.entry(name.to_lowercase()).or_insert(name);
            let row = part.rows().find(|row| part.snapshot.text(row.product) == name).filter(|_| first != name);
            let table = row.and_then(|row| part.snapshot.daily_table(part.snapshot.text(row.file)));
            if let Some((row, table)) = row.zip(table) {
                let issue = Issue::new(Severity::Warning, "names_differ_by_case").in_file(&table.file).at_row(row.line);
                issues.push(issue.in_column(table.header(SnapshotColumn::ProductName)).with("subject", name));
            }
        }
    }
    if let Some((snapshot, table)) = evidence.usage.zip(evidence.table(TableKind::Usage)) {
        for column in [SnapshotColumn::ProductName, SnapshotColumn::ServerName] {
            let mut written: LiteMap<String, &str> = LiteMap::new();
            for row in &snapshot.usage {
                let name = snapshot.text(if column == SnapshotColumn::ProductName { row.product } else { row.server });
                let first = *written.entry(name.to_lowercase()).or_insert(name);
                if first != name {
                    let issue = at(table, row, column, Severity::Warning, "names_differ_by_case");
                    issues.push(issue.with("subject", name));
                    written.insert(name.to_lowercase(), name);
                }
            }
        }
    }
    issues
}

fn at(table: &SnapshotTable, row: &UsageRow, column: SnapshotColumn, severity: Severity, code: &'static str) -> Issue {
    Issue::new(severity, code).in_file(&table.file).at_row(row.line).in_column(table.header(column))
}

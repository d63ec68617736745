//! What a snapshot reports under a metric that nobody knows: it stands in no product, and is never nothing.

use litemap::LiteMap;

use super::evidence::Evidence;
use super::series::metric_named;
use crate::model::assessment::UnreadDemand;
use crate::model::metric;
use crate::model::names::Name;
use crate::model::snapshot::{Snapshot, SnapshotColumn, SnapshotTable, TableKind};

/// The highest quantity of each product and unknown word that evidence of the same computers reports, sorted by both.
pub(super) fn of_group(group: &[Evidence<'_>]) -> Vec<UnreadDemand> {
    let mut found: LiteMap<(String, String), UnreadDemand> = LiteMap::new();
    for one in group.iter().flat_map(of_evidence) {
        let key = (one.product.clone(), one.metric.clone());
        let known = found.entry(key).or_insert_with(|| one.clone());
        if one.quantity > known.quantity {
            *known = one;
        }
    }
    found.into_iter().map(|(_, one)| one).collect()
}

fn of_evidence(evidence: &Evidence<'_>) -> Vec<UnreadDemand> {
    let mut found = Vec::new();
    let mut take = |from: &Snapshot, table: Option<&SnapshotTable>, line, product: Name, word: Name, quantity| {
        let metric = from.text(word).trim();
        if metric_named(metric).is_none() && !metric::is_known(metric) {
            found.push(UnreadDemand {
                product: from.text(product).to_owned(),
                metric: metric.to_owned(),
                quantity,
                file: table.map_or_else(String::new, |table| table.file.clone()),
                row: line,
                column: table.map_or("", |table| table.header(SnapshotColumn::MetricQuantity)).to_owned(),
            });
        }
    };
    if let Some(from) = evidence.cloud_paks {
        for row in from.cloud_paks.iter().filter(|row| row.bundle.is_none()) {
            take(from, evidence.table(TableKind::CloudPaks), row.line, row.product, row.metric, row.quantity);
        }
    }
    if let Some(from) = evidence.summary {
        for row in from.summary.iter().filter(|row| row.bundle.is_none()) {
            take(from, evidence.table(TableKind::Summary), row.line, row.product, row.metric, row.quantity);
        }
    }
    for part in &evidence.daily {
        for row in part.rows() {
            let table = part.snapshot.daily_table(part.snapshot.text(row.file));
            take(part.snapshot, table, row.line, row.product, row.metric, row.quantity);
        }
    }
    found
}

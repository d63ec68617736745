//! Where a product of a snapshot runs: by the operating systems and the processors of its rows.

use super::demand;
use super::evidence::{self, Evidence};
use super::product::{Product, StatedServer};
use crate::engine::Settings;
use crate::model::metric::Metric;
use crate::model::platform::{HostPlatform, NeededAt};
use crate::model::snapshot::{Snapshot, UsageRow};
use crate::rules::platform::{Clues, host_platform, is_processor_of_z};

/// What snapshots need of a product, place by place. Of the same computers in different periods those count whose demand
/// does.
pub fn needed_at(snapshots: &[&Snapshot], settings: &Settings, product: &str, metric: Metric) -> NeededAt {
    let groups = evidence::groups(snapshots).unwrap_or_default();
    groups.iter().fold(NeededAt::default(), |sum, group| {
        let found = group.iter().filter_map(|evidence| {
            let (products, _) = Product::all(evidence, settings);
            let known = products.into_iter().find(|known| known.name == product && known.metric == metric)?;
            let (demand, _) = demand::of(evidence, &known, settings);
            Some(((demand.sub_capacity, demand.peak_on), of_product(evidence, &known)))
        });
        sum.plus(found.max_by_key(|(rank, _)| *rank).map_or_else(NeededAt::default, |(_, at)| at))
    })
}

/// What the servers of a product need, each where all of its partitions run.
fn of_product(evidence: &Evidence<'_>, product: &Product<'_>) -> NeededAt {
    let mut at = NeededAt::default();
    for server in product.servers() {
        if let Some(host_platform) = runs_at(evidence, server) {
            at.sub_capacity.add(host_platform, server.pvu());
            at.full_capacity.add(host_platform, server.full_pvu().unwrap_or_default());
        }
    }
    at
}

/// Where a server's partitions run; `None` when one of them is not known or they differ: whose cores count is not stated.
fn runs_at(evidence: &Evidence<'_>, server: &StatedServer<'_>) -> Option<HostPlatform> {
    let snapshot = evidence.usage?;
    let mut host_platforms = server.partitions.iter().map(|row| of_row(snapshot, row));
    let first = host_platforms.next()??;
    host_platforms.all(|other| other == Some(first)).then_some(first)
}

fn of_row(snapshot: &Snapshot, row: &UsageRow) -> Option<HostPlatform> {
    let text = |name: Option<_>| name.map_or("", |name| snapshot.text(name));
    let processor_of_z = is_processor_of_z(text(row.processor)).or_else(|| is_processor_of_z(text(row.brand)));
    host_platform(Clues { os: text(row.os), linux: row.linux, processor_of_z, under_z_vm: false })
}

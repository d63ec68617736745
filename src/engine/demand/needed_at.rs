//! Where a product runs at its peaks: what rights for one platform can cover (docs/decisions/0039-platforms-of-rights.md).

use super::estate::{EstateQuery, candidates_on, every_server, peaks_only};
use super::inputs::InputRows;
use super::partitions::{HostServer, RowOnDay};
use super::rates::{HostRating, RateSetting, Rates};
use super::server_demand::{full_capacity, sub_capacity};
use super::tracer::NoTrace;
use crate::engine::Settings;
use crate::engine::snapshot;
use crate::model::day_number::DayNumber;
use crate::model::estate::Estate;
use crate::model::metric::Metric;
use crate::model::names::Name;
use crate::model::platform::{ByHostPlatform, HostPlatform, NeededAt};
use crate::model::region::Region;
use crate::model::snapshot::Snapshot;
use crate::model::technology::Technology;
use crate::rules::platform::{Clues, host_platform, is_of_z};
use crate::rules::rvu_tiers;

/// What an estate needs of a product at its peaks, place by place; what may run anywhere is left out.
pub fn needed_at(
    estate: &Estate,
    snapshots: &[Snapshot],
    settings: &Settings,
    product: &str,
    metric: Metric,
) -> NeededAt {
    let snapshots: Vec<&Snapshot> = snapshots.iter().collect();
    let measured = snapshot::needed_at(&snapshots, settings, product, metric);
    let name = estate.names.find(product);
    let planned = super::question(estate, &snapshots, settings).ok().zip(name).map(|(question, name)| {
        let both = [false, true].map(|full| of_estate(estate, question, (name, metric), full));
        let [sub_capacity, full_capacity] = both;
        NeededAt { sub_capacity, full_capacity }
    });
    measured.plus(planned.unwrap_or_default())
}

/// What rows of templates need of one of the capacities: each region on the day of its peak.
fn of_estate(estate: &Estate, question: EstateQuery, product: (Name, Metric), full: bool) -> ByHostPlatform {
    let peaks = peaks_only(estate, question, HostRating::AsPublished, product);
    let days = peaks
        .regions
        .iter()
        .filter_map(|peak| Some((peak.region, if full { peak.full.day } else { peak.sub.day }?.into())));
    let days: Vec<(Region, DayNumber)> = days.collect();
    let (rates, rows) = (Rates::new(&estate.names, HostRating::AsPublished), InputRows { estate });
    let mut at = ByHostPlatform::default();
    let mut anywhere = false;
    every_server(estate, question, &rates, |server| {
        for (region, day) in &days {
            let candidates = candidates_on(server, product, *day);
            let site = &server.site;
            let quantity = |candidates: &[RowOnDay<'_>]| {
                let mut parts = if full {
                    full_capacity(site, product.1, candidates, *day, &rows, NoTrace)
                } else {
                    sub_capacity(site, product.1, candidates, *day, &rows, NoTrace)
                };
                parts.of(*region).demand.quantity
            };
            let all = quantity(&candidates);
            let of_place = |wanted: Option<HostPlatform>| -> Vec<RowOnDay<'_>> {
                let there = |candidate: &&RowOnDay<'_>| runs_at(site, candidate, *day) == wanted;
                candidates.iter().filter(there).copied().collect()
            };
            let of_places =
                HostPlatform::ALL.map(|host_platform| (host_platform, quantity(&of_place(Some(host_platform)))));
            let unknown = quantity(&of_place(None));
            let sum = of_places.iter().fold(unknown, |sum, (_, quantity)| sum.saturating_add(*quantity));
            // Where places share what caps them it is not known whose cores count: they may run anywhere.
            if sum == all {
                for (host_platform, quantity) in of_places {
                    at.add(host_platform, quantity);
                }
                anywhere |= unknown > 0;
            } else {
                anywhere |= all > 0;
            }
        }
    });
    if product.1 == Metric::Rvu { through_tiers(at, anywhere) } else { at }
}

/// Resource value units of cores at one place. Cores at several go through the tiers together: whose they are then is not
/// known.
fn through_tiers(cores: ByHostPlatform, anywhere: bool) -> ByHostPlatform {
    let mut at = ByHostPlatform::default();
    let filled: Vec<(HostPlatform, u64)> = cores.iter().filter(|(_, cores)| *cores > 0).collect();
    if let ([(host_platform, cores)], false) = (filled.as_slice(), anywhere) {
        at.add(*host_platform, rvu_tiers::rvu(*cores));
    }
    at
}

/// Where a row runs on a day; `None` when that is not known.
fn runs_at(site: &HostServer<'_>, candidate: &RowOnDay<'_>, day: DayNumber) -> Option<HostPlatform> {
    let row = candidate.row;
    let (processor, sockets) = site.hardware(row, day);
    let rated = processor.map(|name| site.rates.rate(Some(name), RateSetting { sockets, linux: false, cloud: false }));
    host_platform(Clues {
        os: row.os.map_or("", |os| site.names.text(os)),
        linux: row.linux,
        processor_of_z: rated.and_then(|rated| is_of_z(&rated.rating)),
        under_z_vm: row.technology == Technology::Zvm,
    })
}

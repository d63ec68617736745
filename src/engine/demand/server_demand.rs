//! What a product needs on one server on one day, per region: sub-capacity and full capacity.

use smallvec::SmallVec;

use super::high_water::DayChange;
use super::inputs::InputRows;
use super::partitions::{HostServer, RowOnDay};
use super::sub_capacity::{Caps, CoreShare, Demand, count, uncapped};
use super::tracer::Tracer;
use crate::engine::steps;
use crate::model::day_number::DayNumber;
use crate::model::derivation::Operation;
use crate::model::message::Message;
use crate::model::metric::Metric;
use crate::model::region::Region;
use crate::rules::counting;

/// A value for each region.
#[derive(Clone, Debug, Default)]
pub(super) struct PerRegion<T>([T; 4]);

impl<T> PerRegion<T> {
    pub(super) fn of(&mut self, region: Region) -> &mut T {
        let [americas, apac, emea, unknown] = &mut self.0;
        match region {
            Region::Americas => americas,
            Region::Apac => apac,
            Region::Emea => emea,
            Region::Unknown => unknown,
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Region, &T)> {
        Region::ALL.into_iter().zip(&self.0)
    }

    pub(super) fn into_iter(self) -> impl Iterator<Item = (Region, T)> {
        Region::ALL.into_iter().zip(self.0)
    }
}

/// A part of a region's demand and how it comes about.
pub(super) struct DemandPart<T> {
    pub(super) demand: Demand,
    pub(super) unknown: bool,
    pub(super) traces: Vec<T>,
}

impl<T> Default for DemandPart<T> {
    fn default() -> Self {
        Self { demand: Demand::default(), unknown: false, traces: Vec::new() }
    }
}

impl<T> DemandPart<T> {
    fn add(&mut self, demand: Demand) {
        self.demand.quantity = self.demand.quantity.saturating_add(demand.quantity);
        self.demand.at_stake = self.demand.at_stake.saturating_add(demand.at_stake);
    }
}

/// The levels of both capacities together.
pub(super) fn level<T>(sub: &DemandPart<T>, full: &DemandPart<T>) -> DayChange {
    let signed = |quantity: u64| i64::try_from(quantity).unwrap_or(i64::MAX);
    DayChange {
        sub: signed(sub.demand.quantity),
        full: signed(full.demand.quantity),
        at_stake: signed(sub.demand.at_stake),
        sub_unknown: sub.unknown.into(),
        full_unknown: full.unknown.into(),
    }
}

/// Sub-capacity: the shares of the server counted together, and each partition without a known host by itself.
pub(super) fn sub_capacity<T: Tracer>(
    site: &HostServer<'_>,
    metric: Metric,
    candidates: &[RowOnDay<'_>],
    day: DayNumber,
    rows: &InputRows<'_>,
    tracer: T,
) -> PerRegion<DemandPart<T::Trace>>
where
    T::Trace: Clone,
{
    let mut parts = PerRegion::default();
    let mut shares: SmallVec<[CoreShare<T::Trace>; 4]> = SmallVec::new();
    for candidate in candidates {
        let region = site.region(candidate.row);
        match candidate.cores {
            None => {
                let part: &mut DemandPart<T::Trace> = parts.of(region);
                part.unknown = true;
                part.traces.push(tracer.step(Vec::new(), || rows.unknown_cores(metric, candidate)));
            }
            Some(_) if !candidate.is_capped() => {
                let part = parts.of(region);
                let counted = share(candidate, rows, tracer);
                let (demand, trace) = uncapped(metric, counted, || rows.rate(site, candidate, day), tracer);
                part.add(demand);
                part.traces.push(trace);
            }
            Some(_) => shares.push(share(candidate, rows, tracer)),
        }
    }
    if !shares.is_empty() {
        let caps = Caps {
            server: site
                .facts
                .cores
                .on(day)
                .map(|cores| (cores, tracer.step(Vec::new(), || rows.server_cores(candidates, cores)))),
            pool: &|pool| {
                let cores = site.facts.pools.get(&pool)?.on(day)?;
                Some((cores, tracer.step(Vec::new(), || steps::pool_cores(site.names.text(pool), cores))))
            },
            rate: &|rate| match candidates.iter().find(|candidate| candidate.is_capped() && candidate.rate == rate) {
                Some(candidate) => rows.rate(site, candidate, day),
                None => steps::rate(rate, None, ""),
            },
        };
        let (demand, traces) = count(metric, &shares, &caps, tracer);
        let part = parts.of(site.facts.region);
        part.add(demand);
        part.traces.extend(traces);
    }
    parts
}

fn share<T: Tracer>(candidate: &RowOnDay<'_>, rows: &InputRows<'_>, tracer: T) -> CoreShare<T::Trace> {
    CoreShare {
        pool: candidate.row.pool,
        rate: candidate.rate,
        cores: candidate.cores.unwrap_or_default(),
        host_unknown: candidate.host_unknown,
        trace: tracer.step(Vec::new(), || rows.partition(candidate)),
    }
}

/// Full capacity: all cores of the server at the highest rate of the product's rows; what no server caps counts as in
/// sub-capacity.
pub(super) fn full_capacity<T: Tracer>(
    site: &HostServer<'_>,
    metric: Metric,
    candidates: &[RowOnDay<'_>],
    day: DayNumber,
    rows: &InputRows<'_>,
    tracer: T,
) -> PerRegion<DemandPart<T::Trace>>
where
    T::Trace: Clone,
{
    let mut parts = PerRegion::default();
    for candidate in candidates.iter().filter(|candidate| !candidate.is_capped() && candidate.cores.is_some()) {
        let part: &mut DemandPart<T::Trace> = parts.of(site.region(candidate.row));
        let counted = share(candidate, rows, tracer);
        let (demand, trace) = uncapped(metric, counted, || rows.rate(site, candidate, day), tracer);
        part.add(demand);
        part.traces.push(trace);
    }
    let Some(dearest) =
        candidates.iter().filter(|candidate| candidate.is_capped()).max_by_key(|candidate| candidate.rate)
    else {
        return parts;
    };
    let part = parts.of(site.facts.region);
    match site.facts.cores.on(day) {
        None => {
            part.unknown = true;
            part.traces.push(tracer.step(Vec::new(), || {
                let label = Message::new("label.server_cores_unknown");
                steps::step(label, None, steps::unit(metric), Operation::Given, counting::full_capacity())
            }));
        }
        Some(cores) => {
            let whole = u64::from(cores.get());
            let quantity = whole.saturating_mul(u64::from(dearest.rate));
            let at_stake = if dearest.host_unknown { quantity } else { 0 };
            part.add(Demand { quantity, at_stake });
            let trace = tracer.step(Vec::new(), || rows.full_server(candidates, cores));
            let rate = || rows.rate(site, dearest, day);
            part.traces.push(steps::licences(metric, dearest.rate, whole, trace, rate, tracer));
        }
    }
    parts
}

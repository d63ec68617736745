//! The cores available to one product on one server at one moment: distinct partitions, pools, the server's own
//! limit. The lower of what is wanted and what is there is taken here and only here.

use smallvec::SmallVec;

use super::tracer::Tracer;
use crate::engine::steps;
use crate::model::derivation::Derivation;
use crate::model::metric::Metric;
use crate::model::names::Name;
use crate::model::quantity::{Cores, Count};

/// The cores of a partition, or of several that are alike: what one product may use on a server.
#[derive(Clone, Debug)]
pub(super) struct CoreShare<T> {
    /// The pool that caps it before the server does.
    pub(super) pool: Option<Name>,
    /// Licences for each core: PVU per core, or 1.
    pub(super) rate: u32,
    /// Its cores, rounded already where its technology asks for it.
    pub(super) cores: Cores,
    /// Whether its rate rests on a host that is not known.
    pub(super) host_unknown: bool,
    /// Where the cores come from.
    pub(super) trace: T,
}

/// What caps the shares of a server.
pub(super) struct Caps<'a, T> {
    /// Activated cores of the server; `None` is not known and caps nothing.
    pub(super) server: Option<(Count, T)>,
    /// Cores of a pool; `None` caps nothing.
    pub(super) pool: &'a dyn Fn(Name) -> Option<(Cores, T)>,
    /// Where a rate is from.
    pub(super) rate: &'a dyn Fn(u32) -> Derivation,
}

/// The demand of a product on a server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Demand {
    /// Licences needed.
    pub(super) quantity: u64,
    /// How many of them rest on a host that is not known.
    pub(super) at_stake: u64,
}

/// Counts the shares of a server: pools first, then the server's own cores, the dearest cores first, fractions added
/// exactly and the running total rounded up at each rate.
pub(super) fn count<T: Tracer>(
    metric: Metric,
    shares: &[CoreShare<T::Trace>],
    caps: &Caps<'_, T::Trace>,
    tracer: T,
) -> (Demand, Vec<T::Trace>)
where
    T::Trace: Clone,
{
    let mut rates: SmallVec<[u32; 4]> = shares.iter().map(|share| share.rate).collect();
    rates.sort_unstable_by(|one, other| other.cmp(one));
    rates.dedup();
    let mut demand = Demand::default();
    let mut parts: SmallVec<[(u32, u64, T::Trace); 2]> = SmallVec::new();
    let mut before: Option<(u64, T::Trace)> = None;
    for rate in rates {
        let (counted, trace) = counted_down_to(rate, shares, caps, tracer);
        let (already, added) = match before.take() {
            None => (0, trace.clone()),
            Some((already, earlier)) => {
                let added = counted.saturating_sub(already);
                (already, tracer.step(vec![trace.clone(), earlier], || steps::cores_at_rate(added, rate)))
            }
        };
        let cores = counted.saturating_sub(already);
        let quantity = cores.saturating_mul(u64::from(rate));
        demand.quantity = demand.quantity.saturating_add(quantity);
        if shares.iter().any(|share| share.rate == rate && share.host_unknown) {
            demand.at_stake = demand.at_stake.saturating_add(quantity);
        }
        parts.push((rate, cores, added));
        before = Some((counted, trace));
    }
    let traces = parts
        .into_iter()
        .map(|(rate, cores, trace)| steps::licences(metric, rate, cores, trace, || (caps.rate)(rate), tracer));
    (demand, traces.collect())
}

/// Whole cores that count at this rate or a dearer one.
fn counted_down_to<T: Tracer>(
    rate: u32,
    shares: &[CoreShare<T::Trace>],
    caps: &Caps<'_, T::Trace>,
    tracer: T,
) -> (u64, T::Trace)
where
    T::Trace: Clone,
{
    let mut wanted = Cores::ZERO;
    let mut traces = Vec::new();
    let mut pools: Vec<Name> = Vec::new();
    for share in shares.iter().filter(|share| share.rate >= rate) {
        match share.pool {
            None => {
                wanted = wanted.plus(share.cores);
                traces.push(share.trace.clone());
            }
            Some(pool) if pools.contains(&pool) => {}
            Some(pool) => pools.push(pool),
        }
    }
    for pool in pools {
        let members = || shares.iter().filter(|share| share.rate >= rate && share.pool == Some(pool));
        let sum = members().fold(Cores::ZERO, |sum, share| sum.plus(share.cores));
        let trace = tracer.step(members().map(|share| share.trace.clone()).collect(), || steps::pool_wants(sum));
        let (taken, trace) = match (caps.pool)(pool) {
            None => (sum, trace),
            Some((cap, limit)) => {
                let taken = sum.min(cap);
                (taken, tracer.step(vec![trace, limit], || steps::pool_cap(taken)))
            }
        };
        wanted = wanted.plus(taken);
        traces.push(trace);
    }
    let rounded = wanted.to_whole();
    let trace = tracer.step(traces, || steps::cores_wanted(rounded, wanted));
    match &caps.server {
        None => (rounded, trace),
        Some((cores, limit)) => {
            let counted = rounded.min(u64::from(cores.get()));
            (counted, tracer.step(vec![trace, limit.clone()], || steps::server_cap(counted)))
        }
    }
}

/// The demand of a partition that no server caps: cores times rate.
pub(super) fn uncapped<T: Tracer>(
    metric: Metric,
    share: CoreShare<T::Trace>,
    rate: impl FnOnce() -> Derivation,
    tracer: T,
) -> (Demand, T::Trace) {
    let cores = share.cores.to_whole();
    let quantity = cores.saturating_mul(u64::from(share.rate));
    let at_stake = if share.host_unknown { quantity } else { 0 };
    (Demand { quantity, at_stake }, steps::licences(metric, share.rate, cores, share.trace, rate, tracer))
}

//! The steps of a derivation: what each value is called, which rule gives it, how it follows from its children.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::demand::rates::HostedRate;
use super::demand::tracer::Tracer;
use crate::model::derivation::{Derivation, Operation, RuleReference, Unit};
use crate::model::message::Message;
use crate::model::metric::Metric;
use crate::model::quantity::{Cores, Count};
use crate::model::region::Region;
use crate::rules::{RateStatus, counting};

/// The unit of a metric's quantities.
pub(super) const fn unit(metric: Metric) -> Unit {
    match metric {
        Metric::Pvu => Unit::Pvu,
        Metric::Rvu => Unit::Rvu,
        Metric::Vpc => Unit::Vpc,
    }
}

/// The unit in which servers and regions are counted: RVU add up cores first.
const fn unit_of_parts(metric: Metric) -> Unit {
    match metric {
        Metric::Pvu => Unit::Pvu,
        Metric::Rvu => Unit::Cores,
        Metric::Vpc => Unit::Vpc,
    }
}

/// A step without children, inputs and notes yet.
pub(super) fn step(
    label: Message,
    value: Option<Decimal>,
    unit: Unit,
    operation: Operation,
    rule: RuleReference,
) -> Derivation {
    Derivation {
        label,
        value,
        unit,
        operation,
        rule,
        inputs: Vec::new(),
        notes: Vec::new(),
        children: Vec::new(),
        further: 0,
    }
}

fn cores(label: Message, value: impl Into<Decimal>, operation: Operation, rule: RuleReference) -> Derivation {
    step(label, Some(value.into()), Unit::Cores, operation, rule)
}

/// What the partitions of a pool want together.
pub(super) fn pool_wants(sum: Cores) -> Derivation {
    cores(Message::new("label.pool_wants"), sum, Operation::Sum, counting::partition_cores())
}

/// What the pool lets them have.
pub(super) fn pool_cap(taken: Cores) -> Derivation {
    cores(Message::new("label.pool_cap"), taken, Operation::Least, counting::pool_cap())
}

/// The cores of a pool.
pub(super) fn pool_cores(pool: &str, limit: Cores) -> Derivation {
    let label = Message::new("label.pool_cores").with("pool", pool);
    cores(label, limit, Operation::Given, counting::pool_cap())
}

/// What the product wants on a server, in whole cores.
pub(super) fn cores_wanted(rounded: u64, exact: Cores) -> Derivation {
    let (operation, rule) = if exact.is_whole() {
        (Operation::Sum, counting::partition_cores())
    } else {
        (Operation::SumRoundedUp, counting::fractions_rounded_up())
    };
    cores(Message::new("label.cores_wanted"), rounded, operation, rule)
}

/// The lower of what is wanted and what the server has.
pub(super) fn server_cap(counted: u64) -> Derivation {
    cores(Message::new("label.cores_counted"), counted, Operation::Least, counting::server_cap())
}

/// The activated cores of a server.
pub(super) fn server_cores(limit: Count) -> Derivation {
    cores(Message::new("label.server_cores"), limit.get(), Operation::Given, counting::server_cap())
}

/// The cores that a cheaper rate adds to those of the dearer ones.
pub(super) fn cores_at_rate(added: u64, rate: u32) -> Derivation {
    let label = Message::new("label.cores_at_rate").with("rate", rate);
    cores(label, added, Operation::Difference, counting::dearest_first())
}

/// Cores times rate for PVU; the cores themselves for the other metrics. `describe_rate` tells where the rate is from.
pub(super) fn licences<T: Tracer>(
    metric: Metric,
    rate: u32,
    whole: u64,
    trace: T::Trace,
    describe_rate: impl FnOnce() -> Derivation,
    tracer: T,
) -> T::Trace {
    match metric {
        Metric::Pvu => {
            let factor = tracer.step(Vec::new(), describe_rate);
            tracer.step(vec![trace, factor], || {
                let quantity = Decimal::from(whole).saturating_mul(rate.into());
                let label = Message::new("label.cores_times_rate");
                step(label, Some(quantity), Unit::Pvu, Operation::Product, counting::cores_times_rate())
            })
        }
        Metric::Rvu | Metric::Vpc => trace,
    }
}

/// A rate: the row of the table that gives it, how it was found, and what else there is to know.
pub(super) fn rate(rate: u32, rated: Option<&HostedRate>, processor: &str) -> Derivation {
    let rule = rated.map_or_else(counting::cores_times_rate, |rated| rated.rating.rule());
    let mut derivation = step(Message::new("label.rate"), Some(rate.into()), Unit::PvuPerCore, Operation::Given, rule);
    let Some(HostedRate { rating, pvu_per_core, .. }) = rated else { return derivation };
    let status = match rating.status {
        RateStatus::Matched => "note.rate_matched",
        RateStatus::HighestTier => "note.rate_highest_tier",
        RateStatus::Ambiguous => "note.rate_ambiguous",
        RateStatus::Fallback => "note.rate_fallback",
        RateStatus::Cloud => "note.rate_cloud",
    };
    derivation.notes.push(if *pvu_per_core < rating.pvu_per_core {
        Message::new("note.rate_at_best").with("rate", *pvu_per_core).with("published", rating.pvu_per_core)
    } else {
        Message::new(status).with("processor", processor)
    });
    derivation.notes.extend(rating.notes.iter().cloned());
    derivation
}

/// The flat rate of containers.
pub(super) fn container_rate(rate: u32) -> Derivation {
    step(Message::new("label.rate"), Some(rate.into()), Unit::PvuPerCore, Operation::Given, counting::container_rate())
}

/// The demand of a server.
pub(super) fn server(metric: Metric, name: &str, quantity: Option<u64>, rule: RuleReference) -> Derivation {
    let label = Message::new("label.server").with("server", name);
    step(label, quantity.map(Decimal::from), unit_of_parts(metric), Operation::Sum, rule)
}

/// The demand of a region on the day of its peak.
pub(super) fn region(metric: Metric, region: Region, quantity: Option<u64>, day: Option<Date>) -> Derivation {
    let name = Message::new(match region {
        Region::Americas => "label.americas",
        Region::Apac => "label.apac",
        Region::Emea => "label.emea",
        Region::Unknown => "label.region_unknown",
    });
    let label = match day {
        Some(day) => Message::new("label.region_on").with("region", name).with("day", day),
        None => Message::new("label.region").with("region", name),
    };
    step(label, quantity.map(Decimal::from), unit_of_parts(metric), Operation::Sum, counting::peak())
}

/// The demand of a product: its regions added, and put through the tiers for RVU.
pub(super) fn product(metric: Metric, label: &'static str, name: &str, quantity: Option<u64>) -> Derivation {
    let (operation, rule) = match metric {
        Metric::Pvu | Metric::Vpc => (Operation::Sum, counting::regions_added()),
        Metric::Rvu => (Operation::RvuTiers, counting::rvu_tiers()),
    };
    let label = Message::new(label).with("product", name);
    step(label, quantity.map(Decimal::from), unit(metric), operation, rule)
}

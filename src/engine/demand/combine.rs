//! Estate templates and snapshots together: the sum of their peaks per product, an upper bound, because the peaks may
//! fall on different days and the same server may stand in both.

use crate::engine::steps;
use crate::model::assessment::{Assessment, Basis, ProductDemand, Recoverable, RegionDemand};
use crate::model::derivation::{Derivation, Operation};
use crate::model::message::Message;
use crate::model::metric::Metric;
use crate::rules::counting;

/// Both assessments as one.
pub(super) fn assessment(planned: Assessment, measured: Assessment) -> Assessment {
    let mut products = planned.products;
    for demand in measured.products {
        let same = |known: &&mut ProductDemand| known.product == demand.product && known.metric == demand.metric;
        match products.iter_mut().find(same) {
            Some(known) => add(known, demand),
            None => products.push(demand),
        }
    }
    products.sort_by(|one, other| (&one.product, one.metric).cmp(&(&other.product, other.metric)));
    Assessment {
        period: planned.period.or(measured.period),
        products,
        cloud_paks: measured.cloud_paks,
        unread: measured.unread,
        files: [planned.files, measured.files].concat(),
        issues: [planned.issues, measured.issues].concat(),
        table_date: planned.table_date,
    }
}

fn add(known: &mut ProductDemand, measured: ProductDemand) {
    known.sub_capacity = sum(known.sub_capacity, measured.sub_capacity);
    known.full_capacity = sum(known.full_capacity, measured.full_capacity);
    known.peak_on = known.peak_on.max(measured.peak_on).filter(|_| is_some_demand(known.sub_capacity));
    known.full_peak_on = known.full_peak_on.max(measured.full_peak_on).filter(|_| is_some_demand(known.full_capacity));
    for region in measured.regions {
        match known.regions.iter_mut().find(|other| other.region == region.region) {
            Some(other) => {
                *other = RegionDemand {
                    region: region.region,
                    sub_capacity: sum(other.sub_capacity, region.sub_capacity),
                    full_capacity: sum(other.full_capacity, region.full_capacity),
                    peak_on: other.peak_on.max(region.peak_on),
                    full_peak_on: other.full_peak_on.max(region.full_peak_on),
                };
            }
            None => known.regions.push(region),
        }
    }
    known.regions.sort_by_key(|region| region.region);
    // The measured part has its peaks alone: no day shows the sum.
    known.timeline = None;
    known.reported = measured.reported;
    known.reported_on = measured.reported_on;
    known.reasons.extend(measured.reasons);
    known.reasons.push(Message::new("note.files_added"));
    known.excluded.extend(measured.excluded);
    known.recoverable = match (known.recoverable, measured.recoverable) {
        (Some(one), Some(other)) => Some(Recoverable {
            low: one.low.saturating_add(other.low),
            high: one.high.saturating_add(other.high),
            at_stake: one.at_stake.saturating_add(other.at_stake),
        }),
        (one, other) => one.or(other),
    };
    known.basis.extend(measured.basis);
    known.basis.push(Basis::UpperBound);
    known.basis.sort_unstable();
    known.basis.dedup();
}

fn sum(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    Some(one?.saturating_add(other?))
}

fn is_some_demand(quantity: Option<u64>) -> bool {
    quantity.is_some_and(|quantity| quantity > 0)
}

/// Both derivations as one.
pub(super) fn derivation(
    product: &str,
    metric: Metric,
    planned: Option<Derivation>,
    measured: Option<Derivation>,
) -> Option<Derivation> {
    match (planned, measured) {
        (Some(planned), Some(measured)) => {
            let value = planned.value.zip(measured.value).map(|(one, other)| one.saturating_add(other));
            let label = Message::new("label.files_added").with("product", product);
            let mut both = steps::step(label, value, steps::unit(metric), Operation::Sum, counting::files_added());
            both.children = vec![planned, measured];
            Some(both)
        }
        (one, other) => one.or(other),
    }
}

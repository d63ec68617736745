//! The derivation of one number: the same calculation once more, with its steps kept.

use jiff::civil::Date;

use super::estate::{EstateQuery, RegionPeak, candidates_on, every_server, peaks_only};
use super::high_water::Peak;
use super::inputs::InputRows;
use super::rates::{HostRating, Rates};
use super::server_demand::{full_capacity, sub_capacity};
use super::tracer::FullTrace;
use crate::engine::Quantity;
use crate::engine::steps;
use crate::model::day_number::DayNumber;
use crate::model::derivation::{Derivation, Operation};
use crate::model::estate::Estate;
use crate::model::message::Message;
use crate::model::metric::Metric;
use crate::model::names::Name;
use crate::model::region::Region;
use crate::rules::{counting, rvu_tiers};

/// Which of the two capacities is followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Capacity {
    Sub,
    Full,
}

/// How a number of a product comes about.
pub(super) fn explain(
    estate: &Estate,
    question: EstateQuery,
    product: (Name, Metric),
    quantity: Quantity,
) -> Option<Derivation> {
    let published = |capacity| derive(estate, question, product, capacity, HostRating::AsPublished);
    match quantity {
        Quantity::SubCapacity => Some(published(Capacity::Sub)),
        Quantity::FullCapacity => Some(published(Capacity::Full)),
        // Templates carry no figure of ILMT to compare with, and no rights.
        Quantity::Difference | Quantity::Entitled | Quantity::Balance | Quantity::FullBalance | Quantity::Unbundled => {
            None
        }
        Quantity::Recoverable => {
            let now = published(Capacity::Sub);
            let best = derive(estate, question, product, Capacity::Sub, HostRating::AtBest);
            let value = now.value.zip(best.value).map(|(now, best)| now.saturating_sub(best));
            let label = Message::new("label.recoverable").with("product", estate.names.text(product.0));
            let unit = steps::unit(product.1);
            let mut derivation = steps::step(label, value, unit, Operation::Difference, counting::recoverable());
            derivation.notes.push(Message::new("note.recoverable"));
            derivation.children = vec![now, Derivation { label: Message::new("label.best_case"), ..best }];
            Some(derivation)
        }
    }
}

fn derive(
    estate: &Estate,
    question: EstateQuery,
    product: (Name, Metric),
    capacity: Capacity,
    host: HostRating,
) -> Derivation {
    let found = peaks_only(estate, question, host, product);
    let pick = |peak: &RegionPeak| if capacity == Capacity::Sub { peak.sub } else { peak.full };
    let mut regions = Vec::new();
    for peak in &found.regions {
        regions.push(region(estate, question, product, capacity, host, peak.region, pick(peak)));
    }
    let sum = found
        .regions
        .iter()
        .map(|peak| pick(peak).quantity)
        .try_fold(0_u64, |sum, quantity| Some(sum.saturating_add(quantity?)));
    let total = if product.1 == Metric::Rvu { sum.map(rvu_tiers::rvu) } else { sum };
    let label = if capacity == Capacity::Sub { "label.product_sub_capacity" } else { "label.product_full_capacity" };
    let mut derivation = steps::product(product.1, label, estate.names.text(product.0), total);
    let excluded = estate.rows.iter().filter(|row| (row.product, row.metric) == product && row.excluded.is_some());
    for row in excluded {
        let reason = row.excluded.map_or("", |name| estate.names.text(name));
        derivation.notes.push(Message::new("note.excluded").with("row", row.origin.line).with("reason", reason));
    }
    if found.regions.is_empty() {
        derivation.operation = Operation::Given;
        derivation.notes.push(Message::new("note.nothing_counts"));
    }
    derivation.children = regions;
    derivation
}

/// A region on the day of its peak: its servers added.
fn region(
    estate: &Estate,
    question: EstateQuery,
    product: (Name, Metric),
    capacity: Capacity,
    host: HostRating,
    region: Region,
    peak: Peak,
) -> Derivation {
    let rates = Rates::new(&estate.names, host);
    let rows = InputRows { estate };
    let metric = product.1;
    // A peak of 0 has no day of its own: any day shows it.
    let day: Date = peak.day.unwrap_or(question.period.to());
    let number = DayNumber::from(day);
    let mut servers = Vec::new();
    every_server(estate, question, &rates, |server| {
        let candidates = candidates_on(server, product, number);
        if candidates.is_empty() {
            return;
        }
        let mut parts = match capacity {
            Capacity::Sub => sub_capacity(&server.site, metric, &candidates, number, &rows, FullTrace),
            Capacity::Full => full_capacity(&server.site, metric, &candidates, number, &rows, FullTrace),
        };
        let part = std::mem::take(parts.of(region));
        if part.traces.is_empty() {
            return;
        }
        let rule = if capacity == Capacity::Sub { counting::server_cap() } else { counting::full_capacity() };
        let quantity = (!part.unknown).then_some(part.demand.quantity);
        let mut derivation = steps::server(metric, estate.names.text(server.name), quantity, rule);
        derivation.children = part.traces;
        servers.push(derivation);
    });
    let shown = peak.day.filter(|_| question.dated && peak.quantity.is_some_and(|quantity| quantity > 0));
    let mut derivation = steps::region(metric, region, peak.quantity, shown);
    if peak.quantity.is_none() {
        derivation.notes.push(Message::new("note.unknown_on").with("day", day));
    }
    if servers.is_empty() {
        derivation.operation = Operation::Given;
    }
    derivation.children = servers;
    derivation
}

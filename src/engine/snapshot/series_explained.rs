//! How the peak of a daily series comes about, cluster by cluster.

use rust_decimal::Decimal;

use super::derive::{input, label};
use super::product::Product;
use super::references;
use super::series::{DailySeries, Figure, named};
use crate::engine::steps;
use crate::model::derivation::{Derivation, Input, Operation};
use crate::model::message::Message;
use crate::model::snapshot::SnapshotColumn;

/// The highest day of a series. One cluster states it; those of several are added.
pub(super) fn peak(product: &Product<'_>, series: &DailySeries<'_>) -> Derivation {
    let (quantity, day) = series.peak().map_or((0, None), |(quantity, day)| (quantity, Some(day)));
    let key = if series.has_clusters() { "snapshot.clusters" } else { "snapshot.highest_day" };
    let rule = references::clusters_added();
    let unit = steps::unit(product.metric);
    let value = Some(Decimal::from(quantity));
    let mut total = steps::step(label(key, product.name), value, unit, Operation::Given, rule);
    let figures = series.at_peak();
    if series.has_clusters() {
        total.operation = Operation::Sum;
        total.children = figures.iter().map(|figure| of_cluster(product, figure)).collect();
    } else {
        total.inputs = figures.iter().map(cell).collect();
    }
    total.notes.extend(day.map(|day| Message::new("snapshot.peak_day").with("day", day)));
    if day.is_none() {
        total.operation = Operation::Given;
        total.notes.push(Message::new("snapshot.no_day"));
    }
    total.notes.push(Message::new("snapshot.no_rows"));
    total
}

fn of_cluster(product: &Product<'_>, figure: &Figure<'_>) -> Derivation {
    let value = Some(Decimal::from(figure.quantity));
    let mut given =
        steps::step(named(figure.cluster), value, steps::unit(product.metric), Operation::Given, references::of_day());
    given.inputs.push(cell(figure));
    given
}

fn cell(figure: &Figure<'_>) -> Input {
    input(figure.table, figure.line, SnapshotColumn::MetricQuantity, figure.quantity.to_string())
}

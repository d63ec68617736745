//! The demand of a product, from one snapshot and from several.

use litemap::LiteMap;

use jiff::civil::Date;

use super::checks;
use super::evidence::Evidence;
use super::product::{FigureSource, Product, StatedServer, SummaryFigure};
use super::recoverable;
use super::timeline;
use crate::engine::Settings;
use crate::model::assessment::{Basis, ExcludedRow, ProductDemand, Recoverable, RegionDemand};
use crate::model::issue::{Issue, Severity};
use crate::model::metric::Metric;
use crate::model::region::Region;
use crate::model::snapshot::TableKind;

/// What a snapshot says that a product needs, and what is wrong with how it says so.
pub(super) fn of(evidence: &Evidence<'_>, product: &Product<'_>, settings: &Settings) -> (ProductDemand, Vec<Issue>) {
    let (mut demand, issues) = match &product.source {
        FigureSource::Rows(servers) => by_rows(evidence, product, servers, settings),
        FigureSource::Stated(stated) => as_stated(evidence, product, *stated),
        FigureSource::Series => by_series(evidence, product),
    };
    demand.timeline = timeline::of(product, &demand);
    (demand, issues)
}

fn by_rows(
    evidence: &Evidence<'_>,
    product: &Product<'_>,
    servers: &[StatedServer<'_>],
    settings: &Settings,
) -> (ProductDemand, Vec<Issue>) {
    let quantity = servers.iter().map(StatedServer::pvu).fold(0, u64::saturating_add);
    let full = servers.iter().map(StatedServer::full_pvu).try_fold(0_u64, |sum, pvu| Some(sum.saturating_add(pvu?)));
    let reported = product.reported().map(|(quantity, _)| quantity);
    let reported = reported.or(product.summary.map(|(quantity, _)| quantity));
    let reported_on = product.rows().filter_map(|row| row.peak_on).max();
    let issues = checks::of_product(evidence, product, quantity, settings);
    let differs = reported.is_some_and(|reported| reported != quantity);
    let tells = |issue: &&Issue| differs && issue.severity != Severity::Info;
    let reasons = issues.iter().filter(tells).map(Issue::message).collect();
    let mut demand = plain(product, Some(quantity), full, reported_on);
    demand.reported = reported;
    demand.reported_on = reported_on;
    demand.reasons = reasons;
    demand.excluded = excluded(evidence, product);
    demand.recoverable = recoverable::of(evidence, servers);
    if servers.iter().any(|server| server.counts() && !server.row.host_known) {
        demand.basis.push(Basis::HostUnknown);
    }
    (demand, issues)
}

/// A product without rows: ILMT's own figure stands, and nothing checks it.
fn as_stated(evidence: &Evidence<'_>, product: &Product<'_>, stated: SummaryFigure) -> (ProductDemand, Vec<Issue>) {
    let full = stated.is_full.then_some(stated.quantity);
    let mut demand = plain(product, Some(stated.quantity), full, stated.day);
    demand.reported = Some(stated.quantity);
    demand.reported_on = stated.day;
    let file = evidence.table(TableKind::Summary).map_or("", |table| table.file.as_str());
    (demand, vec![without_rows(product, stated.quantity).in_file(file).at_row(stated.line)])
}

/// A product of which nothing but daily values are there: the highest day counts. Without a day in the period it needs
/// nothing in it, and is listed all the same.
fn by_series(evidence: &Evidence<'_>, product: &Product<'_>) -> (ProductDemand, Vec<Issue>) {
    let Some(series) = product.counted_series() else { return (plain(product, None, None, None), Vec::new()) };
    let (quantity, day) = series.peak().map_or((0, None), |(quantity, day)| (quantity, Some(day)));
    let full = product.full_series.as_ref().map(|series| series.peak().unwrap_or_default());
    let mut demand = plain(product, Some(quantity), full.map(|(quantity, _)| quantity), day);
    demand.full_peak_on = full.filter(|(quantity, _)| *quantity > 0).map(|(_, day)| day);
    for region in &mut demand.regions {
        region.full_peak_on = demand.full_peak_on;
    }
    // Daily values alone may be those of the License Service, and the sum of several clusters is ours.
    if !evidence.is_series_only() && !series.has_clusters() {
        demand.reported = Some(quantity);
        demand.reported_on = day;
    }
    // Clusters have no rows of instances; where a snapshot has them, a product without is odd.
    let missing = (!evidence.is_series_only()).then(|| {
        let issue = without_rows(product, quantity);
        match series.at_peak().first() {
            Some(figure) => issue.in_file(&figure.table.file).at_row(figure.line),
            None => issue.in_file(evidence.name()),
        }
    });
    (demand, missing.into_iter().collect())
}

fn without_rows(product: &Product<'_>, quantity: u64) -> Issue {
    let issue = Issue::new(Severity::Warning, "product_without_rows");
    issue.with("product", product.name).with("quantity", quantity)
}

fn plain(product: &Product<'_>, sub: Option<u64>, full: Option<u64>, day: Option<Date>) -> ProductDemand {
    // A quantity of 0 has no day.
    let dated = |quantity: Option<u64>| day.filter(|_| quantity.is_some_and(|quantity| quantity > 0));
    let region = RegionDemand {
        region: Region::Unknown,
        sub_capacity: sub,
        full_capacity: full,
        peak_on: dated(sub),
        full_peak_on: dated(full),
    };
    ProductDemand {
        product: product.name.to_owned(),
        metric: product.metric,
        sub_capacity: sub,
        full_capacity: full,
        peak_on: region.peak_on,
        full_peak_on: region.full_peak_on,
        regions: vec![region],
        timeline: None,
        reported: None,
        reported_on: None,
        reasons: Vec::new(),
        excluded: Vec::new(),
        recoverable: None,
        basis: vec![Basis::Snapshot],
    }
}

fn excluded(evidence: &Evidence<'_>, product: &Product<'_>) -> Vec<ExcludedRow> {
    let Some((snapshot, table)) = evidence.usage.zip(evidence.table(TableKind::Usage)) else { return Vec::new() };
    let mut excluded: Vec<ExcludedRow> = product
        .rows()
        .filter_map(|row| {
            let reason = snapshot.text(row.exclusion?).to_owned();
            Some(ExcludedRow { file: table.file.clone(), row: row.line, reason })
        })
        .collect();
    excluded.sort_by_key(|row| row.row);
    excluded
}

/// Puts a demand among others; one of the same product and metric is combined with it.
pub(super) fn insert(
    demands: &mut LiteMap<(String, Metric), ProductDemand>,
    demand: ProductDemand,
    combine: fn(ProductDemand, ProductDemand) -> ProductDemand,
) {
    let key = (demand.product.clone(), demand.metric);
    let combined = match demands.remove(&key) {
        Some(known) => combine(known, demand),
        None => demand,
    };
    demands.insert(key, combined);
}

/// The demand of the same computers in two periods: the higher one, and of equals the later one.
pub(super) fn higher(one: ProductDemand, other: ProductDemand) -> ProductDemand {
    if rank(&one) > rank(&other) { one } else { other }
}

/// By what the demand of one period counts more than that of another.
pub(super) const fn rank(demand: &ProductDemand) -> (Option<u64>, Option<Date>) {
    (demand.sub_capacity, demand.peak_on)
}

/// The demand of different computers: everything added. Peaks on different days make the sum an upper bound.
pub(super) fn added(mut one: ProductDemand, other: ProductDemand) -> ProductDemand {
    let needs = |demand: &ProductDemand| demand.sub_capacity.is_some_and(|quantity| quantity > 0);
    if needs(&one) && needs(&other) && (one.peak_on != other.peak_on || one.peak_on.is_none()) {
        one.basis.push(Basis::UpperBound);
    }
    one.sub_capacity = sum(one.sub_capacity, other.sub_capacity);
    one.full_capacity = sum(one.full_capacity, other.full_capacity);
    one.peak_on = one.peak_on.max(other.peak_on).filter(|_| needs(&one));
    one.full_peak_on = one.full_peak_on.max(other.full_peak_on).filter(|_| one.full_capacity.is_some());
    one.regions = vec![RegionDemand {
        region: Region::Unknown,
        sub_capacity: one.sub_capacity,
        full_capacity: one.full_capacity,
        peak_on: one.peak_on,
        full_peak_on: one.full_peak_on,
    }];
    // Of several sets of computers the peaks are added, which no single day shows.
    one.timeline = None;
    one.reported = sum(one.reported, other.reported);
    one.reported_on = one.reported_on.max(other.reported_on);
    one.reasons.extend(other.reasons);
    one.excluded.extend(other.excluded);
    one.recoverable = match (one.recoverable, other.recoverable) {
        (Some(one), Some(other)) => Some(Recoverable {
            low: one.low.saturating_add(other.low),
            high: one.high.saturating_add(other.high),
            at_stake: one.at_stake.saturating_add(other.at_stake),
        }),
        (one, other) => one.or(other),
    };
    one.basis.extend(other.basis);
    one.basis.sort_unstable();
    one.basis.dedup();
    one
}

fn sum(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    Some(one?.saturating_add(other?))
}

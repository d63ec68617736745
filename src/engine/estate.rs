//! The demand of estate templates: every product on every server, day by day where something changes, and the peaks.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::facts::Clipped;
use super::high_water::{Level, Peak, Series};
use super::inputs::Rows;
use super::partitions::{Candidate, Site};
use super::rates::{HostRating, Rates};
use super::servers::{Server, clip, each_server, product_of};
use super::standing::{PerRegion, full_capacity, level, sub_capacity};
use super::tracer::NoTrace;
use super::warnings::Warnings;
use crate::model::assessment::{Basis, ExcludedRow, ProductDemand, Recoverable, RegionDemand};
use crate::model::estate::{Estate, EstateRow};
use crate::model::issue::Issue;
use crate::model::metric::Metric;
use crate::model::names::Name;
use crate::model::period::Period;
use crate::model::workspace::RoundingPlace;
use crate::rules::rvu_tiers;

/// What is asked of an estate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question {
    pub(super) period: Period,
    /// Whether the period is real; without any date the quantities are constant and have no day.
    pub(super) dated: bool,
    pub(super) rounding: RoundingPlace,
}

/// The peaks of a product in each region where it counts.
#[derive(Default)]
pub(super) struct Peaks {
    pub(super) regions: Vec<RegionPeak>,
}

/// The peaks of a product in a region.
pub(super) struct RegionPeak {
    pub(super) region: crate::model::region::Region,
    pub(super) sub: Peak,
    pub(super) full: Peak,
}

/// Peaks by product and metric.
pub(super) type ProductPeaks = BTreeMap<(Name, Metric), Peaks>;

/// The demand of each product, sorted by name and metric, and what is odd about the rows.
pub(super) fn assess(estate: &Estate, question: Question) -> (Vec<ProductDemand>, Vec<Issue>) {
    let mut warnings = Warnings::of(estate, question);
    let published = peaks(estate, question, HostRating::AsPublished, None, |server| warnings.server(server));
    let any_at_stake = published.values().flat_map(|peaks| &peaks.regions).any(|peak| peak.sub.at_stake > 0);
    let if_known = |host| if any_at_stake { peaks(estate, question, host, None, |_| {}) } else { BTreeMap::new() };
    let best = if_known(HostRating::AtBest);
    let certain = if_known(HostRating::ForCertain);
    let mut excluded: BTreeMap<(Name, Metric), Vec<ExcludedRow>> = BTreeMap::new();
    for row in &estate.rows {
        if let Some(reason) = row.excluded {
            let file = estate.files.get(usize::from(row.origin.file)).cloned().unwrap_or_default();
            let reason = estate.names.text(reason).to_owned();
            excluded.entry(product_of(row)).or_default().push(ExcludedRow { file, row: row.origin.line, reason });
        }
    }
    let mut products: Vec<ProductDemand> = published
        .iter()
        .map(|(&(product, metric), found)| {
            let sub = total(metric, found, |peak| peak.sub);
            let full = total(metric, found, |peak| peak.full);
            let sub_with = |peaks: &ProductPeaks| {
                peaks.get(&(product, metric)).and_then(|peaks| total(metric, peaks, |peak| peak.sub).quantity)
            };
            let recoverable = recoverable(metric, found, sub.quantity, sub_with(&best), sub_with(&certain));
            let dated = |day: Option<Date>| day.filter(|_| question.dated);
            let regions = found.regions.iter().map(|peak| RegionDemand {
                region: peak.region,
                sub_capacity: peak.sub.quantity,
                full_capacity: peak.full.quantity,
                peak_on: dated(known_day(peak.sub)),
                full_peak_on: dated(known_day(peak.full)),
            });
            ProductDemand {
                product: estate.names.text(product).to_owned(),
                metric,
                sub_capacity: sub.quantity,
                full_capacity: full.quantity,
                peak_on: dated(sub.day),
                full_peak_on: dated(full.day),
                regions: regions.collect(),
                reported: None,
                reported_on: None,
                reasons: Vec::new(),
                excluded: excluded.remove(&(product, metric)).unwrap_or_default(),
                recoverable,
                basis: vec![Basis::Estate],
            }
        })
        .collect();
    products.sort_by(|one, other| (&one.product, one.metric).cmp(&(&other.product, other.metric)));
    (products, warnings.issues())
}

/// A peak of 0, or one that is unknown, has no day.
const fn known_day(peak: Peak) -> Option<Date> {
    match peak.quantity {
        Some(0) | None => None,
        Some(_) => peak.day,
    }
}

/// The regions added; for RVU their cores are added and put through the tiers once.
fn total(metric: Metric, peaks: &Peaks, pick: impl Fn(&RegionPeak) -> Peak) -> Peak {
    let sum = peaks
        .regions
        .iter()
        .map(|peak| pick(peak).quantity)
        .try_fold(0_u64, |sum, quantity| Some(sum.saturating_add(quantity?)));
    let quantity = match metric {
        Metric::Rvu => sum.map(rvu_tiers::rvu),
        Metric::Pvu | Metric::Vpc => sum,
    };
    let day = peaks.regions.iter().filter_map(|peak| known_day(pick(peak))).max();
    Peak { quantity, day: day.filter(|_| quantity.is_some_and(|quantity| quantity > 0)), at_stake: 0 }
}

/// What falls away: for certain, and at best.
fn recoverable(
    metric: Metric,
    peaks: &Peaks,
    now: Option<u64>,
    best: Option<u64>,
    certain: Option<u64>,
) -> Option<Recoverable> {
    let at_stake = peaks.regions.iter().map(|peak| peak.sub.at_stake).fold(0_u64, u64::saturating_add);
    if metric != Metric::Pvu || at_stake == 0 {
        return None;
    }
    let now = now?;
    Some(Recoverable { low: now.saturating_sub(certain?), high: now.saturating_sub(best?), at_stake })
}

/// The peaks of every product, or of one. `observe` is shown each server on the way.
pub(super) fn peaks(
    estate: &Estate,
    question: Question,
    host: HostRating,
    only: Option<(Name, Metric)>,
    mut observe: impl FnMut(&Server<'_>),
) -> ProductPeaks {
    let rates = Rates::new(&estate.names, host);
    // A product none of whose rows counts is listed all the same.
    let products: FxHashSet<(Name, Metric)> = estate.rows.iter().map(product_of).collect();
    let mut series: BTreeMap<(Name, Metric), PerRegion<Option<Series>>> =
        products.into_iter().map(|product| (product, PerRegion::default())).collect();
    each_server(estate, question.period, &rates, question.rounding, |server| {
        observe(server);
        for group in server.groups() {
            let Some(product) = group.first().map(|clipped| product_of(clipped.row)) else { continue };
            if only.is_none_or(|only| only == product)
                && let Some(regions) = series.get_mut(&product)
            {
                sweep(estate, &server.site, product.1, group, regions);
            }
        }
    });
    series
        .into_iter()
        .map(|(product, regions)| {
            let regions = regions.into_iter().filter_map(|(region, series)| {
                let (sub, full) = series?.peaks(question.period);
                Some(RegionPeak { region, sub, full })
            });
            (product, Peaks { regions: regions.collect() })
        })
        .collect()
}

/// Follows one product on one server through the period and tells the regions what changes on which day.
fn sweep(
    estate: &Estate,
    site: &Site<'_>,
    metric: Metric,
    group: &[Clipped<'_>],
    regions: &mut PerRegion<Option<Series>>,
) {
    let rows = Rows { estate };
    // A partition with its rows; those that hold on the day being looked at; and the one of them that counts.
    let mut partitions: Vec<(Vec<&EstateRow>, Option<Candidate<'_>>)> = Vec::new();
    let mut events: Vec<(Date, usize, bool, &EstateRow)> = Vec::new();
    let counted = group.iter().filter(|clipped| clipped.row.excluded.is_none());
    let mut last_partition = None;
    for clipped in counted {
        if last_partition != Some(clipped.row.partition) {
            last_partition = Some(clipped.row.partition);
            partitions.push((Vec::new(), None));
        }
        let place = partitions.len().saturating_sub(1);
        events.push((clipped.days.from(), place, true, clipped.row));
        if let Ok(after) = clipped.days.to().tomorrow() {
            events.push((after, place, false, clipped.row));
        }
    }
    if events.is_empty() {
        return;
    }
    events.sort_unstable_by_key(|&(day, place, opens, row)| (day, place, opens, row.origin));
    let mut days: Vec<Date> = events.iter().map(|event| event.0).collect();
    let first = days.first().copied();
    let changes = site.facts.changes().chain(site.own.values().flat_map(super::facts::ServerFacts::changes));
    let fact_days: Vec<Date> = changes.filter(|&day| first.is_some_and(|first| day > first)).collect();
    days.extend(&fact_days);
    days.sort_unstable();
    days.dedup();

    let mut events = events.into_iter().peekable();
    let mut before: PerRegion<Level> = PerRegion::default();
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    let mut touched: Vec<usize> = Vec::new();
    for day in days {
        touched.clear();
        while let Some((_, place, opens, row)) = events.next_if(|event| event.0 == day) {
            if let Some((active, _)) = partitions.get_mut(place) {
                if opens {
                    active.push(row);
                } else if let Some(at) = active.iter().position(|known| known.origin == row.origin) {
                    active.swap_remove(at);
                }
                touched.push(place);
            }
        }
        if fact_days.contains(&day) {
            touched = (0..partitions.len()).collect();
        }
        for &place in &touched {
            if let Some((active, chosen)) = partitions.get_mut(place) {
                *chosen = site.choose(active.iter().copied(), day);
            }
        }
        candidates.clear();
        candidates.extend(partitions.iter().filter_map(|(_, chosen)| chosen.clone()));
        let mut sub = sub_capacity(site, metric, &candidates, day, &rows, NoTrace);
        let full = full_capacity(site, metric, &candidates, day, &rows, NoTrace);
        for candidate in &candidates {
            regions.of(site.region(candidate.row)).get_or_insert_default();
        }
        for (region, full) in full.iter() {
            let now = level(sub.of(region), full);
            let then = before.of(region);
            if now != *then {
                regions.of(region).get_or_insert_default().change(day, now.since(*then));
                *then = now;
            }
        }
    }
}

/// The rows of one product on a server that count on a day, one for each partition.
pub(super) fn candidates_on<'a>(server: &Server<'a>, product: (Name, Metric), day: Date) -> Vec<Candidate<'a>> {
    let group = server.groups().find(|group| group.first().is_some_and(|clipped| product_of(clipped.row) == product));
    let active: Vec<&EstateRow> = group
        .unwrap_or_default()
        .iter()
        .filter(|clipped| clipped.row.excluded.is_none() && clipped.days.contains(day))
        .map(|clipped| clipped.row)
        .collect();
    active
        .chunk_by(|one, other| one.partition == other.partition)
        .filter_map(|rows| server.site.choose(rows.iter().copied(), day))
        .collect()
}

/// The earliest and the latest day that any row names.
pub(super) fn days_named(estate: &Estate) -> Option<(Date, Date)> {
    let mut named = estate.rows.iter().flat_map(|row| [row.from, row.to]).flatten();
    let first = named.next()?;
    Some(named.fold((first, first), |(earliest, latest), day| (earliest.min(day), latest.max(day))))
}

/// Whether a row lies within the period at all.
pub(super) fn is_within(row: &EstateRow, period: Period) -> bool {
    clip(row, period).is_some()
}

//! The demand of estate templates: every product on every server, day by day where something changes, and the peaks.

use litemap::LiteMap;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::high_water::{DemandSeries, Followed, Peak};
use super::partitions::RowOnDay;
use super::rates::{HostRating, Rates};
use super::server_demand::PerRegion;
use super::servers::{EstateServer, RowsByServer, ServerShare, each_server, product_of};
use super::sweep::Sweep;
use super::timeline;
use super::warnings::Warnings;
use crate::model::assessment::{Basis, ExcludedRow, ProductDemand, Recoverable, RegionDemand};
use crate::model::day_number::DayNumber;
use crate::model::estate::{Estate, EstateRow};
use crate::model::issue::Issue;
use crate::model::metric::Metric;
use crate::model::names::Name;
use crate::model::period::Period;
use crate::model::timeline::{DemandTimeline, RegionTimeline, TimelineStep};
use crate::model::workspace::RoundingPlace;

/// What is asked of an estate.
#[derive(Clone, Copy, Debug)]
pub(super) struct EstateQuery {
    pub(super) period: Period,
    /// Whether the period is real; without any date the quantities are constant and have no day.
    pub(super) dated: bool,
    pub(super) rounding: RoundingPlace,
    /// How many threads may share the work.
    pub(super) threads: usize,
}

/// Calls `visit` with each server of an estate that has rows within the period that is asked for, in the order in which they
/// were first named.
pub(super) fn every_server<'a>(
    estate: &'a Estate,
    question: EstateQuery,
    rates: &'a Rates<'a>,
    visit: impl FnMut(&EstateServer<'a>),
) {
    let by_server = RowsByServer::of(estate);
    each_server(&by_server, question.period.into(), ServerShare::WHOLE, rates, question.rounding, visit);
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
    pub(super) steps: Vec<TimelineStep>,
}

/// Peaks by product and metric.
type ProductPeaks = LiteMap<(Name, Metric), Peaks>;

/// The demand of each product, sorted by name and metric, and what is odd about the rows.
pub(super) fn assess(estate: &Estate, question: EstateQuery) -> (Vec<ProductDemand>, Vec<Issue>) {
    let mut warnings = Warnings::of(estate, question);
    let by_server = RowsByServer::of(estate);
    let (mut published, of_servers) = peaks(
        &by_server,
        question,
        HostRating::AsPublished,
        None,
        |server, warnings: &mut Warnings<'_>| warnings.server(server),
        || Warnings::none(estate),
    );
    for others in of_servers {
        warnings.extend(others);
    }
    let any_at_stake = published.values().flat_map(|peaks| &peaks.regions).any(|peak| peak.sub.at_stake > 0);
    let if_known = |host| if any_at_stake { peaks_of(&by_server, question, host, None) } else { LiteMap::new() };
    let best = if_known(HostRating::AtBest);
    let certain = if_known(HostRating::ForCertain);
    // A product none of whose rows counts is listed all the same.
    let mut excluded: FxHashMap<(Name, Metric), Vec<ExcludedRow>> = FxHashMap::default();
    for row in &estate.rows {
        let excluded = excluded.entry(product_of(row)).or_default();
        if let Some(reason) = row.excluded {
            let file = estate.files.get(usize::from(row.origin.file)).cloned().unwrap_or_default();
            let reason = estate.names.text(reason).to_owned();
            excluded.push(ExcludedRow { file, row: row.origin.line, reason });
        }
    }
    let mut products: Vec<ProductDemand> = excluded
        .into_iter()
        .map(|((product, metric), excluded)| {
            let found = published.remove(&(product, metric)).unwrap_or_default();
            let sub = total(metric, &found, |peak| peak.sub);
            let full = total(metric, &found, |peak| peak.full);
            let sub_with = |peaks: &ProductPeaks| {
                peaks.get(&(product, metric)).and_then(|peaks| total(metric, peaks, |peak| peak.sub).quantity)
            };
            let recoverable = recoverable(metric, &found, sub.quantity, sub_with(&best), sub_with(&certain));
            let dated = |day: Option<Date>| day.filter(|_| question.dated);
            let regions = found.regions.iter().map(|peak| RegionDemand {
                region: peak.region,
                sub_capacity: peak.sub.quantity,
                full_capacity: peak.full.quantity,
                peak_on: dated(known_day(peak.sub)),
                full_peak_on: dated(known_day(peak.full)),
            });
            let regions = regions.collect();
            let parts = found.regions.into_iter().map(|peak| RegionTimeline { region: peak.region, steps: peak.steps });
            let timeline = question.dated.then(|| DemandTimeline { period: question.period, regions: parts.collect() });
            ProductDemand {
                product: estate.names.text(product).to_owned(),
                metric,
                sub_capacity: sub.quantity,
                full_capacity: full.quantity,
                peak_on: dated(sub.day),
                full_peak_on: dated(full.day),
                regions,
                timeline: timeline.map(Arc::new),
                reported: None,
                reported_on: None,
                reasons: Vec::new(),
                excluded,
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
    let quantity = timeline::total(metric, peaks.regions.iter().map(|peak| pick(peak).quantity));
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

/// The peaks of one product.
pub(super) fn peaks_only(estate: &Estate, question: EstateQuery, host: HostRating, only: (Name, Metric)) -> Peaks {
    peaks_of(&RowsByServer::of(estate), question, host, Some(only)).remove(&only).unwrap_or_default()
}

/// The peaks of every product, or of one.
fn peaks_of(
    by_server: &RowsByServer<'_>,
    question: EstateQuery,
    host: HostRating,
    only: Option<(Name, Metric)>,
) -> ProductPeaks {
    peaks(by_server, question, host, only, |_, ()| {}, || ()).0
}

/// What the products need over time, region by region.
type ProductSeries = LiteMap<(Name, Metric), PerRegion<Option<DemandSeries>>>;

/// The peaks of every product, or of one. `observe` is shown each server on the way; each part of the work notes what
/// it sees for itself, beginning with `notes`. Everything is added exactly, so the parts change no number.
fn peaks<N: Send>(
    by_server: &RowsByServer<'_>,
    question: EstateQuery,
    host: HostRating,
    only: Option<(Name, Metric)>,
    observe: impl Fn(&EstateServer<'_>, &mut N) + Sync,
    notes: impl Fn() -> N + Sync,
) -> (ProductPeaks, Vec<N>) {
    let follow = |part: ServerShare| {
        let mut notes = notes();
        let series = series(by_server, question, host, only, part, |server| observe(server, &mut notes));
        (series, notes)
    };
    let of = question.threads.max(1);
    let parts: Vec<(ProductSeries, N)> = if of == 1 {
        vec![follow(ServerShare::WHOLE)]
    } else {
        let follow = &follow;
        thread::scope(|scope| {
            let parts: Vec<_> = (0..of).map(|number| scope.spawn(move || follow(ServerShare { number, of }))).collect();
            parts.into_iter().map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
        })
    };
    let mut together = ProductSeries::new();
    let mut all_notes = Vec::with_capacity(parts.len());
    for (series, notes) in parts {
        all_notes.push(notes);
        for (product, regions) in series {
            let sum = together.entry(product).or_default();
            for (region, part) in regions.into_iter() {
                if let Some(part) = part {
                    sum.of(region).get_or_insert_default().add(part);
                }
            }
        }
    }
    let peaks = together.into_iter().map(|(product, regions)| {
        let regions = regions.into_iter().filter_map(|(region, series)| {
            let Followed { sub, full, steps } = series?.followed(question.period);
            Some(RegionPeak { region, sub, full, steps })
        });
        (product, Peaks { regions: regions.collect() })
    });
    (peaks.collect(), all_notes)
}

/// What the servers of a part need over time.
fn series(
    by_server: &RowsByServer<'_>,
    question: EstateQuery,
    host: HostRating,
    only: Option<(Name, Metric)>,
    part: ServerShare,
    mut observe: impl FnMut(&EstateServer<'_>),
) -> ProductSeries {
    let rates = Rates::new(&by_server.estate.names, host);
    let mut series = ProductSeries::new();
    let mut sweep = Sweep::new(by_server.estate);
    each_server(by_server, question.period.into(), part, &rates, question.rounding, |server| {
        observe(server);
        for group in server.groups() {
            let Some(product) = group.first().map(|clipped| product_of(clipped.row)) else { continue };
            if only.is_none_or(|only| only == product) {
                sweep.follow(&server.site, product.1, group, series.entry(product).or_default());
            }
        }
    });
    series
}

/// The rows of one product on a server that count on a day, one for each partition.
pub(super) fn candidates_on<'a>(
    server: &EstateServer<'a>,
    product: (Name, Metric),
    day: DayNumber,
) -> Vec<RowOnDay<'a>> {
    let group = server.groups().find(|group| group.first().is_some_and(|clipped| product_of(clipped.row) == product));
    let active: Vec<&EstateRow> = group
        .unwrap_or_default()
        .iter()
        .filter(|clipped| clipped.row.excluded.is_none() && clipped.days.contains(day))
        .map(|clipped| clipped.row)
        .collect();
    active
        .chunk_by(|one, other| one.partition == other.partition)
        .filter_map(|rows| server.site.choose(rows.iter().map(|row| server.site.on_day(row, day))))
        .collect()
}

/// The earliest and the latest day that any row names.
pub(super) fn days_named(estate: &Estate) -> Option<(Date, Date)> {
    let mut named = estate.rows.iter().flat_map(|row| [row.from, row.to]).flatten();
    let first = named.next()?;
    let (first, last) = named.fold((first, first), |(first, last), day| (first.min(day), last.max(day)));
    Some((first.date(), last.date()))
}

//! One server after the other: its facts, and the rows that count on it.

use litemap::LiteMap;

use super::facts::{Clipped, Disagreement, ServerFacts};
use super::partitions::HostServer;
use super::rates::Rates;
use crate::model::day_number::DaySpan;
use crate::model::estate::{Estate, EstateRow};
use crate::model::metric::Metric;
use crate::model::names::Name;
use crate::model::technology::Technology;
use crate::model::workspace::RoundingPlace;

/// A server with its facts and its rows within the period.
pub(super) struct EstateServer<'a> {
    pub(super) name: Name,
    pub(super) site: HostServer<'a>,
    /// All its rows, excluded ones too, sorted by product, metric and partition.
    pub(super) rows: Vec<Clipped<'a>>,
    /// What its rows disagree about.
    pub(super) disagreements: Vec<Disagreement<'a>>,
}

impl<'a> EstateServer<'a> {
    /// The rows that count, product by product.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[Clipped<'a>]> {
        self.rows.chunk_by(|one, other| product_of(one.row) == product_of(other.row))
    }
}

/// A part of the servers: every so many of them, for several threads to share the work.
#[derive(Clone, Copy, Debug)]
pub(super) struct ServerShare {
    pub(super) number: usize,
    pub(super) of: usize,
}

impl ServerShare {
    /// All servers.
    pub(super) const WHOLE: Self = Self { number: 0, of: 1 };
}

/// A product in a metric: what is counted apart from the rest.
pub(super) const fn product_of(row: &EstateRow) -> (Name, Metric) {
    (row.product, row.metric)
}

/// The days of the period on which a row holds; `None` when it lies outside.
pub(super) fn clip(row: &EstateRow, period: DaySpan) -> Option<DaySpan> {
    period.within(row.from, row.to)
}

/// The rows of an estate, server by server, in the order in which the servers were first named.
pub(super) struct RowsByServer<'a> {
    pub(super) estate: &'a Estate,
    rows: Vec<&'a EstateRow>,
    /// Where the rows of each server end.
    ends: Vec<usize>,
}

impl<'a> RowsByServer<'a> {
    /// Counted first and then placed: a sort would cost more.
    pub(super) fn of(estate: &'a Estate) -> Self {
        let mut places = vec![0_usize; estate.names.len()];
        for row in &estate.rows {
            if let Some(count) = places.get_mut(row.server.index()) {
                *count = count.saturating_add(1);
            }
        }
        let mut ends = Vec::new();
        let mut end = 0_usize;
        for place in places.iter_mut().filter(|count| **count > 0) {
            let start = end;
            end = end.saturating_add(*place);
            *place = start;
            ends.push(end);
        }
        let mut rows: Vec<&EstateRow> = estate.rows.iter().collect();
        for row in &estate.rows {
            if let Some(place) = places.get_mut(row.server.index())
                && let Some(placed) = rows.get_mut(*place)
            {
                *placed = row;
                *place = place.saturating_add(1);
            }
        }
        Self { estate, rows, ends }
    }

    /// The rows of each server of a part.
    fn servers(&self, part: ServerShare) -> impl Iterator<Item = &[&'a EstateRow]> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        let all = starts.zip(&self.ends).filter_map(|(start, &end)| self.rows.get(start..end));
        all.skip(part.number).step_by(part.of.max(1))
    }
}

/// Calls `visit` with each server of a part that has rows within the period, in the order in which they were first named.
pub(super) fn each_server<'a>(
    by_server: &RowsByServer<'a>,
    period: DaySpan,
    part: ServerShare,
    rates: &'a Rates<'a>,
    rounding: RoundingPlace,
    mut visit: impl FnMut(&EstateServer<'a>),
) {
    let estate = by_server.estate;
    for rows in by_server.servers(part) {
        let within = rows.iter().filter_map(|&row| Some(Clipped { row, days: clip(row, period)? }));
        let mut rows = Vec::with_capacity(rows.len());
        rows.extend(within);
        let Some(name) = rows.first().map(|clipped| clipped.row.server) else { continue };
        let of_unknown = |clipped: &Clipped<'_>| clipped.row.technology == Technology::Unknown;
        let mut own: LiteMap<Option<Name>, ServerFacts> = LiteMap::new();
        let (mut facts, disagreements) = if rows.iter().any(of_unknown) {
            let (unknown, stating): (Vec<Clipped<'_>>, Vec<Clipped<'_>>) = rows.iter().copied().partition(of_unknown);
            let mut partitions: LiteMap<Option<Name>, Vec<Clipped<'_>>> = LiteMap::new();
            for clipped in unknown {
                partitions.entry(clipped.row.partition).or_default().push(clipped);
            }
            own.extend(partitions.iter().map(|(&name, rows)| (name, ServerFacts::of_partition(rows, rates))));
            ServerFacts::gather(&stating, rates)
        } else {
            ServerFacts::gather(&rows, rates)
        };
        if let Some(region) = estate.assigned.get(&name) {
            facts.assign(*region);
            own.iter_mut().for_each(|(_, facts)| facts.assign(*region));
        }
        rows.sort_unstable_by_key(|clipped| {
            (product_of(clipped.row), clipped.row.partition, clipped.days.from(), clipped.row.origin)
        });
        let site = HostServer { facts, own, rates, names: &estate.names, rounding };
        visit(&EstateServer { name, site, rows, disagreements });
    }
}

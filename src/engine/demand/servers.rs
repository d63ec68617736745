//! One server after the other: its facts, and the rows that count on it.

use litemap::LiteMap;

use super::facts::{Clipped, Disagreement, ServerFacts};
use super::partitions::HostServer;
use super::rates::Rates;
use crate::model::estate::{Estate, EstateRow};
use crate::model::metric::Metric;
use crate::model::names::Name;
use crate::model::period::Period;
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
pub(super) fn clip(row: &EstateRow, period: Period) -> Option<Period> {
    Period::new(row.from.unwrap_or(period.from()), row.to.unwrap_or(period.to()))?.intersection(period)
}

/// Calls `visit` with each server of a part that has rows within the period, in the order in which they were first named.
pub(super) fn each_server<'a>(
    estate: &'a Estate,
    period: Period,
    part: ServerShare,
    rates: &'a Rates<'a>,
    rounding: RoundingPlace,
    mut visit: impl FnMut(&EstateServer<'a>),
) {
    for (name, mut rows) in rows_by_server(estate, period, part) {
        let stating: Vec<Clipped<'_>> =
            rows.iter().copied().filter(|clipped| clipped.row.technology != Technology::Unknown).collect();
        let (mut facts, disagreements) = ServerFacts::gather(&stating, rates);
        let mut own: LiteMap<Option<Name>, ServerFacts> = LiteMap::new();
        if stating.len() < rows.len() {
            let mut partitions: LiteMap<Option<Name>, Vec<Clipped<'_>>> = LiteMap::new();
            for clipped in rows.iter().filter(|clipped| clipped.row.technology == Technology::Unknown) {
                partitions.entry(clipped.row.partition).or_default().push(*clipped);
            }
            own.extend(partitions.iter().map(|(&name, rows)| (name, ServerFacts::of_partition(rows, rates))));
        }
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

/// The rows within the period, server by server. Counted first and then placed: a sort would cost more.
fn rows_by_server(
    estate: &Estate,
    period: Period,
    part: ServerShare,
) -> impl Iterator<Item = (Name, Vec<Clipped<'_>>)> {
    let mut counts = vec![0_usize; estate.names.len()];
    for row in &estate.rows {
        if let Some(count) = counts.get_mut(row.server.index()) {
            *count += 1;
        }
    }
    let servers = counts.iter_mut().filter(|count| **count > 0).enumerate();
    for (_, count) in servers.filter(|(server, _)| server % part.of.max(1) != part.number) {
        *count = 0;
    }
    let mut servers: Vec<Option<(Name, Vec<Clipped<'_>>)>> = counts.iter().map(|_| None).collect();
    for row in &estate.rows {
        let Some(days) = clip(row, period) else { continue };
        let index = row.server.index();
        if let (Some(server), Some(&count @ 1..)) = (servers.get_mut(index), counts.get(index)) {
            server.get_or_insert_with(|| (row.server, Vec::with_capacity(count))).1.push(Clipped { row, days });
        }
    }
    servers.into_iter().flatten()
}

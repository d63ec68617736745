//! The rows of a snapshot by product and by server.

use jiff::civil::Date;
use litemap::LiteMap;

use super::evidence::Evidence;
use super::series::{self, DailySeries, metric_named};
use super::timeline;
use crate::engine::Settings;
use crate::model::assessment::CloudPakUse;
use crate::model::issue::Issue;
use crate::model::metric::Metric;
use crate::model::period::Period;
use crate::model::snapshot::{Snapshot, SnapshotColumn, TableKind, UsageRow};

/// A product of a snapshot, and what states its quantity.
#[derive(Debug)]
pub(super) struct Product<'a> {
    pub(super) name: &'a str,
    pub(super) metric: Metric,
    pub(super) source: FigureSource<'a>,
    /// What it needed day by day within the period that is asked for.
    pub(super) series: Option<DailySeries<'a>>,
    /// The same at full capacity, where files state both.
    pub(super) full_series: Option<DailySeries<'a>>,
    /// The days that are stated of any product, where none between them is left out.
    pub(super) days: Option<Period>,
    /// The quantity of the summary, and its line.
    pub(super) summary: Option<(u64, u32)>,
}

/// What states the quantity of a product.
#[derive(Debug)]
pub(super) enum FigureSource<'a> {
    /// The rows of its instances.
    Rows(Vec<StatedServer<'a>>),
    /// Nothing but a figure of the summary.
    Stated(SummaryFigure),
    /// Nothing but the daily series.
    Series,
}

/// A figure of the summary that no rows confirm.
#[derive(Clone, Copy, Debug)]
pub(super) struct SummaryFigure {
    pub(super) line: u32,
    pub(super) quantity: u64,
    pub(super) day: Option<Date>,
    /// Whether the figure is full capacity: then every core counts.
    pub(super) is_full: bool,
}

/// A server on which a product runs, with the rows that state it.
#[derive(Debug)]
pub(super) struct StatedServer<'a> {
    pub(super) name: &'a str,
    /// The row whose figures count: the one that states the most PVU.
    pub(super) row: &'a UsageRow,
    /// Every row of the product on the server.
    pub(super) rows: Vec<&'a UsageRow>,
    /// One row for each distinct partition that is not excluded.
    pub(super) partitions: Vec<&'a UsageRow>,
}

impl<'a> Product<'a> {
    /// The products of a snapshot that stand alone, sorted by name and metric, and what is wrong with the daily series.
    pub(super) fn all(evidence: &Evidence<'a>, settings: &Settings) -> (Vec<Self>, Vec<Issue>) {
        let mut products: LiteMap<(&'a str, Metric), Self> = LiteMap::new();
        for (name, rows) in rows_by_product(evidence, |row| row.bundle.is_none()) {
            let source = FigureSource::Rows(servers(evidence, &rows));
            products.insert((name, Metric::Pvu), Self::new(name, Metric::Pvu, source));
        }
        for (snapshot, row) in evidence.summary.iter().flat_map(|from| from.summary.iter().map(move |row| (from, row)))
        {
            let metric = metric_named(snapshot.text(row.metric));
            let Some((metric, is_full)) = metric.filter(|_| row.bundle.is_none()) else { continue };
            let name = snapshot.text(row.product);
            let stated = FigureSource::Stated(SummaryFigure {
                line: row.line,
                quantity: row.quantity,
                day: row.peak_on,
                is_full,
            });
            let product = products.entry((name, metric)).or_insert_with(|| Self::new(name, metric, stated));
            product.summary = product.summary.max(Some((row.quantity, row.line)));
        }
        let from = settings.from.unwrap_or(Date::MIN);
        let found = series::of(&evidence.daily, Period::new(from, settings.to.unwrap_or(Date::MAX)));
        let days = timeline::days(&found.series);
        for series in found.series {
            let key = (series.product, series.metric);
            if !products.contains_key(&key) && !stands_in_bundle(evidence, series.product) {
                products.insert(key, Self::new(series.product, series.metric, FigureSource::Series));
            }
            if let Some(product) = products.get_mut(&key) {
                product.days = days;
                product.take(series);
            }
        }
        (products.into_iter().map(|(_, one)| one).collect(), found.issues)
    }

    const fn new(name: &'a str, metric: Metric, source: FigureSource<'a>) -> Self {
        Self { name, metric, source, series: None, full_series: None, days: None, summary: None }
    }

    /// A product that is used under a bundle, with the rows that state it; `None` when there are none.
    pub(super) fn bundled(evidence: &Evidence<'a>, product: &str, bundle: &str) -> Option<Self> {
        let snapshot = evidence.usage?;
        let of_it = |row: &&UsageRow| {
            snapshot.text(row.product) == product && row.bundle.is_some_and(|known| snapshot.text(known) == bundle)
        };
        let rows: Vec<&UsageRow> = snapshot.usage.iter().filter(of_it).collect();
        let name = snapshot.text(rows.first()?.product);
        Some(Self::new(name, Metric::Pvu, FigureSource::Rows(servers(evidence, &rows))))
    }

    /// Takes a series. A figure of the summary, which has no day of its own, gets the last one on which the series
    /// reached it.
    fn take(&mut self, series: DailySeries<'a>) {
        if let (FigureSource::Stated(stated), Some((quantity, day))) = (&mut self.source, series.peak())
            && (stated.quantity, stated.is_full) == (quantity, series.is_full)
        {
            stated.day = stated.day.or(Some(day));
        }
        let index = if series.is_full { &mut self.full_series } else { &mut self.series };
        *index = Some(series);
    }

    /// The series that the number rests on or is held against: that of sub-capacity, where there is one.
    pub(super) const fn counted_series(&self) -> Option<&DailySeries<'a>> {
        if self.series.is_some() { self.series.as_ref() } else { self.full_series.as_ref() }
    }

    /// The highest quantity of the daily series and the last day on which it holds.
    pub(super) fn daily_peak(&self) -> Option<(u64, Date)> {
        self.counted_series()?.peak()
    }

    /// The rows of the product, by server.
    pub(super) fn servers(&self) -> &[StatedServer<'a>] {
        match &self.source {
            FigureSource::Rows(servers) => servers,
            FigureSource::Stated(_) | FigureSource::Series => &[],
        }
    }

    /// Every row of the product, in the order of the servers.
    pub(super) fn rows(&self) -> impl Iterator<Item = &'a UsageRow> {
        self.servers().iter().flat_map(|server| server.rows.iter().copied())
    }

    /// PVU that ILMT states for the product, and the row that does. Where rows differ, the highest is taken.
    pub(super) fn reported(&self) -> Option<(u64, &'a UsageRow)> {
        self.rows()
            .filter_map(|row| Some((row.quantity?, row)))
            .max_by_key(|(quantity, row)| (*quantity, u32::MAX - row.line))
    }
}

impl StatedServer<'_> {
    /// Whether at least one instance counts.
    pub(super) fn counts(&self) -> bool {
        self.rows.iter().any(|row| row.exclusion.is_none())
    }

    /// PVU of the server: the stated cores times the rate; 0 when every instance is excluded.
    pub(super) fn pvu(&self) -> u64 {
        if self.counts() { Self::at_rate(self.row.cores, self.row.pvu_per_core) } else { 0 }
    }

    /// PVU of all activated cores of the server; `None` when their number is not stated.
    pub(super) fn full_pvu(&self) -> Option<u64> {
        if self.counts() { Some(Self::at_rate(self.row.core_limit?, self.row.pvu_per_core)) } else { Some(0) }
    }

    /// Cores at a rate.
    pub(super) fn at_rate(cores: u64, rate: u32) -> u64 {
        cores.saturating_mul(u64::from(rate))
    }
}

/// Products that are used under a bundle: they are licensed through it, and are no demand of their own.
pub(super) fn bundled(evidence: &Evidence<'_>) -> Vec<CloudPakUse> {
    let Some(snapshot) = evidence.usage else { return Vec::new() };
    let mut bundles: LiteMap<(&str, &str), Vec<&UsageRow>> = LiteMap::new();
    for row in &snapshot.usage {
        if let Some(bundle) = row.bundle {
            bundles.entry((snapshot.text(row.product), snapshot.text(bundle))).or_default().push(row);
        }
    }
    let table = evidence.table(TableKind::Usage);
    let uses = bundles.into_iter().map(|((product, bundle), rows)| CloudPakUse {
        product: product.to_owned(),
        bundle: Some(bundle.to_owned()),
        metric: Metric::Pvu.name().to_owned(),
        quantity: servers(evidence, &rows).iter().map(StatedServer::pvu).fold(0, u64::saturating_add),
        contribution: None,
        peak_on: rows.iter().filter_map(|row| row.peak_on).max(),
        file: table.map_or_else(String::new, |table| table.file.clone()),
        row: rows.iter().map(|row| row.line).min().unwrap_or_default(),
        column: table.map_or("", |table| table.header(SnapshotColumn::PvuSubcapacity)).to_owned(),
    });
    uses.collect()
}

fn stands_in_bundle(evidence: &Evidence<'_>, name: &str) -> bool {
    let in_usage =
        |from: &Snapshot| from.usage.iter().any(|row| row.bundle.is_some() && from.text(row.product) == name);
    let in_paks = |from: &Snapshot| from.cloud_paks.iter().any(|row| from.text(row.product) == name);
    evidence.usage.is_some_and(in_usage) || evidence.cloud_paks.is_some_and(in_paks)
}

fn rows_by_product<'a>(evidence: &Evidence<'a>, takes: fn(&UsageRow) -> bool) -> LiteMap<&'a str, Vec<&'a UsageRow>> {
    let mut products: LiteMap<&'a str, Vec<&'a UsageRow>> = LiteMap::new();
    if let Some(snapshot) = evidence.usage {
        for row in snapshot.usage.iter().filter(|row| takes(row)) {
            products.entry(snapshot.text(row.product)).or_default().push(row);
        }
    }
    products
}

fn servers<'a>(evidence: &Evidence<'a>, rows: &[&'a UsageRow]) -> Vec<StatedServer<'a>> {
    let Some(snapshot) = evidence.usage else { return Vec::new() };
    let name = |row: &UsageRow| snapshot.text(row.server);
    let mut rows = rows.to_vec();
    // There may be many servers: sorted once they cost less than in a map. Rows of one server keep their order.
    rows.sort_by_key(|row| name(row));
    let servers = rows.chunk_by(|one, other| name(one) == name(other));
    servers.filter_map(|rows| StatedServer::new(snapshot, name(rows.first()?), rows.to_vec())).collect()
}

impl<'a> StatedServer<'a> {
    fn new(snapshot: &'a Snapshot, name: &'a str, rows: Vec<&'a UsageRow>) -> Option<Self> {
        let states = |row: &UsageRow| row.cores.saturating_mul(u64::from(row.pvu_per_core));
        let counted = |row: &&UsageRow| row.exclusion.is_none();
        // Rows that count go before those that do not; of equals the first of the file is taken.
        let row = rows.iter().copied().rev().max_by_key(|row| (counted(row), states(row)))?;
        let mut partitions: LiteMap<&str, &'a UsageRow> = LiteMap::new();
        for row in rows.iter().copied().filter(counted) {
            let partition = snapshot.text(row.layer.or(row.computer).unwrap_or(row.server));
            let known = partitions.entry(partition).or_insert(row);
            if row.partition_cores > known.partition_cores {
                *known = row;
            }
        }
        Some(Self { name, row, rows, partitions: partitions.into_iter().map(|(_, one)| one).collect() })
    }
}

//! What the rows of an estate do not say, say twice, or say differently.

use litemap::LiteMap;

use rustc_hash::FxHashSet;

use super::estate::EstateQuery;
use super::facts::Clipped;
use super::rates::RateSetting;
use super::servers::{EstateServer, clip};
use crate::model::day_number::{DayNumber, DaySpan};
use crate::model::estate::{Estate, EstateRow};
use crate::model::issue::{Issue, Severity};
use crate::model::metric::Metric;
use crate::model::names::Name;
use crate::model::technology::Technology;
use crate::rules::RateStatus;

/// The issues so far, each with the place of its row.
pub(super) struct Warnings<'a> {
    estate: &'a Estate,
    found: Vec<((u16, u32, &'static str), Issue)>,
}

impl<'a> Warnings<'a> {
    /// Nothing yet.
    pub(super) const fn none(estate: &'a Estate) -> Self {
        Self { estate, found: Vec::new() }
    }

    /// What others have found too.
    pub(super) fn extend(&mut self, others: Self) {
        self.found.extend(others.found);
    }

    /// What can be told from the rows alone.
    pub(super) fn of(estate: &'a Estate, question: EstateQuery) -> Self {
        let mut warnings = Self::none(estate);
        warnings.names_that_differ_by_case();
        warnings.rows_one_by_one(question);
        warnings
    }

    /// All issues, in the order of the files and rows.
    pub(super) fn issues(mut self) -> Vec<Issue> {
        self.found.sort_by_key(|&(index, _)| index);
        self.found.into_iter().map(|(_, issue)| issue).collect()
    }

    fn text(&self, name: Name) -> &str {
        self.estate.names.text(name)
    }

    fn add(&mut self, row: &EstateRow, column: &'static str, severity: Severity, code: &'static str, subject: &str) {
        let file = self.estate.files.get(usize::from(row.origin.file)).map_or("", String::as_str);
        let issue =
            Issue::new(severity, code).in_file(file).at_row(row.origin.line).in_column(column).with("subject", subject);
        self.found.push(((row.origin.file, row.origin.line, code), issue));
    }

    fn names_that_differ_by_case(&mut self) {
        type Pick = fn(&EstateRow) -> Option<Name>;
        let names = &self.estate.names;
        // Of two names that differ by case alone, one at least is not in lower case.
        let is_lower = |name: &str| name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        let mut spellings: FxHashSet<String> = FxHashSet::default();
        let differ = names.iter().filter(|name| !is_lower(name)).any(|name| {
            let lower = name.to_lowercase();
            lower != name && names.find(&lower).is_some() || !spellings.insert(lower)
        });
        if !differ {
            return;
        }
        let columns: [(&'static str, Pick); 4] = [
            ("server", |row| Some(row.server)),
            ("partition", |row| row.partition),
            ("pool", |row| row.pool),
            ("product", |row| Some(row.product)),
        ];
        for (column, pick) in columns {
            let mut first_rows: Vec<Option<&EstateRow>> = vec![None; self.estate.names.len()];
            for row in &self.estate.rows {
                if let Some(first) = pick(row).and_then(|name| first_rows.get_mut(name.index())) {
                    first.get_or_insert(row);
                }
            }
            let mut spellings: FxHashSet<String> = FxHashSet::default();
            for row in first_rows.into_iter().flatten() {
                let Some(name) = pick(row) else { continue };
                if !spellings.insert(self.text(name).to_lowercase()) {
                    let subject = self.text(name).to_owned();
                    self.add(row, column, Severity::Warning, "names_differ_by_case", &subject);
                }
            }
        }
    }

    /// How many rows lie outside of the period, and which partitions stand on several servers.
    fn rows_one_by_one(&mut self, question: EstateQuery) {
        let period: DaySpan = question.period.into();
        let mut outside: (usize, Option<&EstateRow>) = (0, None);
        // The only server of each partition; a partition that has several of them is looked at more closely.
        let mut homes: Vec<Option<Name>> = vec![None; self.estate.names.len()];
        let mut several: Vec<bool> = vec![false; self.estate.names.len()];
        for row in &self.estate.rows {
            if clip(row, period).is_none() {
                outside = (outside.0.saturating_add(1), outside.1.or(Some(row)));
            }
            if let Some(partition) = row.partition
                && let Some(home) = homes.get_mut(partition.index())
                && *home.get_or_insert(row.server) != row.server
                && let Some(several) = several.get_mut(partition.index())
            {
                *several = true;
            }
        }
        if let (count, Some(first)) = outside {
            self.add(first, "to", Severity::Info, "rows_outside_period", &count.to_string());
        }
        if several.contains(&true) {
            self.partitions_on_two_servers(&several, question);
        }
    }

    /// Partitions that stand on two servers at once, of those that stand on several.
    fn partitions_on_two_servers(&mut self, several: &[bool], question: EstateQuery) {
        let period: DaySpan = question.period.into();
        let mut moving: Vec<(Name, DayNumber, DayNumber, &EstateRow)> = Vec::new();
        for row in self.estate.rows.iter().filter(|row| row.excluded.is_none()) {
            if let (Some(partition), Some(days)) = (row.partition, clip(row, period))
                && several.get(partition.index()) == Some(&true)
            {
                moving.push((partition, days.from(), days.to(), row));
            }
        }
        moving.sort_by_key(|&(partition, from, to, row)| (partition, from, to, row.origin));
        for stays in moving.chunk_by(|one, other| one.0 == other.0) {
            // The stay that lasts longest on each server so far: a later one elsewhere that begins within it overlaps.
            let mut ends: LiteMap<Name, DayNumber> = LiteMap::new();
            let overlapping = stays.iter().find(|&&(_, from, to, row)| {
                let elsewhere = ends.iter().any(|(&server, &end)| server != row.server && end >= from);
                let end = ends.entry(row.server).or_insert(to);
                *end = (*end).max(to);
                elsewhere
            });
            if let Some(&(partition, _, _, row)) = overlapping {
                let subject = self.text(partition).to_owned();
                self.add(row, "partition", Severity::Warning, "partition_on_two_servers", &subject);
            }
        }
    }

    /// What can be told of a server from its facts and rows.
    pub(super) fn server(&mut self, server: &EstateServer<'_>) {
        let name = self.text(server.name).to_owned();
        for disagreement in &server.disagreements {
            let column = match disagreement.code {
                "region_differs" => "region",
                "cores_differ" => "cores",
                "sockets_differ" => "sockets",
                "processors_differ" => "processor",
                _ => "pool_cores",
            };
            self.add(disagreement.row, column, Severity::Warning, disagreement.code, &name);
        }
        let counted = || server.rows.iter().map(|clipped| clipped.row).filter(|row| row.excluded.is_none());
        if server.site.facts.cores.on(DayNumber::last()).is_none()
            && let Some(row) = counted().find(|row| !row.technology.is_uncapped())
        {
            self.add(row, "cores", Severity::Error, "cores_unknown", &name);
        }
        let mut pools: Vec<Name> = counted().filter_map(|row| row.pool).collect();
        pools.sort_unstable();
        pools.dedup();
        for pool in pools {
            let known = server.site.facts.pools.get(&pool).is_some_and(|cores| cores.on(DayNumber::last()).is_some());
            if !known && let Some(row) = counted().find(|row| row.pool == Some(pool)) {
                let subject = self.text(pool).to_owned();
                self.add(row, "pool_cores", Severity::Warning, "pool_without_cores", &subject);
            }
        }
        self.rates(server);
        for group in server.groups() {
            self.partitions_described_twice(group);
        }
    }

    /// Each way in which the processor of a server is not fully known, once per server.
    fn rates(&mut self, server: &EstateServer<'_>) {
        let rated = server.rows.iter().filter(|clipped| {
            let row = clipped.row;
            let flat = matches!(row.technology, Technology::Cloud | Technology::Container);
            row.metric == Metric::Pvu && row.excluded.is_none() && !flat
        });
        let mut told: LiteMap<(Option<Name>, &'static str), ()> = LiteMap::new();
        for Clipped { row, days } in rated {
            let (processor, sockets) = server.site.hardware(row, days.from());
            let rated = server.site.rates.rate(processor, RateSetting { sockets, linux: row.linux, cloud: false });
            let (column, code) = match (rated.rating.status, processor) {
                (RateStatus::Fallback, None) => ("processor", "processor_blank"),
                (RateStatus::Fallback, Some(_)) => ("processor", "processor_without_rate"),
                (RateStatus::Ambiguous, _) => ("processor", "rate_ambiguous"),
                (RateStatus::HighestTier, _) if rated.host_unknown => ("sockets", "sockets_unknown"),
                (RateStatus::Matched, _) if rated.rating.is_beyond_tiers() => ("sockets", "sockets_beyond_tiers"),
                (RateStatus::HighestTier | RateStatus::Matched | RateStatus::Cloud, _) => continue,
            };
            if told.insert((processor, code), ()).is_none() {
                let subject =
                    processor.map_or_else(|| self.text(server.name).to_owned(), |name| self.text(name).to_owned());
                self.add(row, column, Severity::Warning, code, &subject);
            }
        }
    }

    /// A partition whose rows of one product differ in what it is, on one day.
    fn partitions_described_twice(&mut self, group: &[Clipped<'_>]) {
        for rows in group.chunk_by(|one, other| one.row.partition == other.row.partition) {
            // Sorted by first day: a row can only overlap with those before it that last long enough.
            let mut earlier: Option<&Clipped<'_>> = None;
            for clipped in rows.iter().filter(|clipped| clipped.row.excluded.is_none()) {
                if let Some(before) = earlier
                    && before.days.to() >= clipped.days.from()
                {
                    let differs = (before.row.technology, before.row.pool, before.row.os)
                        != (clipped.row.technology, clipped.row.pool, clipped.row.os);
                    if differs {
                        let subject = clipped.row.partition.map_or(String::new(), |name| self.text(name).to_owned());
                        self.add(clipped.row, "partition", Severity::Warning, "partition_described_twice", &subject);
                        break;
                    }
                }
                if earlier.is_none_or(|before| before.days.to() <= clipped.days.to()) {
                    earlier = Some(clipped);
                }
            }
        }
    }
}

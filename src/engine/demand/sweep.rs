//! One product on one server through the period: only the days on which something changes are looked at.

use jiff::civil::Date;
use smallvec::SmallVec;

use super::facts::{Clipped, ServerFacts};
use super::high_water::{DayChange, DemandSeries};
use super::inputs::InputRows;
use super::partitions::{HostServer, RowOnDay};
use super::server_demand::{PerRegion, full_capacity, level, sub_capacity};
use super::tracer::NoTrace;
use crate::model::estate::{Estate, EstateRow};
use crate::model::metric::Metric;

/// A partition: its rows that hold on the day that is looked at, and the one of them that counts.
#[derive(Default)]
struct Partition<'a> {
    active: SmallVec<[&'a EstateRow; 2]>,
    chosen: Option<RowOnDay<'a>>,
}

/// A row that begins or ends to hold.
struct Event<'a> {
    day: Date,
    /// Index of its partition.
    index: usize,
    opens: bool,
    row: &'a EstateRow,
}

/// Follows products through the period. What it writes on is kept from one to the next: an estate has half a million
/// of them, most with a row or two.
pub(super) struct Sweep<'a> {
    rows: InputRows<'a>,
    partitions: Vec<Partition<'a>>,
    events: Vec<Event<'a>>,
    days: Vec<Date>,
    fact_days: Vec<Date>,
    candidates: Vec<RowOnDay<'a>>,
    touched: Vec<usize>,
}

impl<'a> Sweep<'a> {
    pub(super) const fn new(estate: &'a Estate) -> Self {
        Self {
            rows: InputRows { estate },
            partitions: Vec::new(),
            events: Vec::new(),
            days: Vec::new(),
            fact_days: Vec::new(),
            candidates: Vec::new(),
            touched: Vec::new(),
        }
    }

    /// Follows one product on one server and tells the regions what changes on which day. `group` are its rows, those
    /// of one partition next to each other.
    pub(super) fn follow(
        &mut self,
        site: &HostServer<'a>,
        metric: Metric,
        group: &[Clipped<'a>],
        regions: &mut PerRegion<Option<DemandSeries>>,
    ) {
        self.set_out(site, group);
        let mut next = 0_usize;
        let mut before: PerRegion<DayChange> = PerRegion::default();
        let days = std::mem::take(&mut self.days);
        for &day in &days {
            next = self.step(site, day, next);
            let mut sub = sub_capacity(site, metric, &self.candidates, day, &self.rows, NoTrace);
            let full = full_capacity(site, metric, &self.candidates, day, &self.rows, NoTrace);
            for candidate in &self.candidates {
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
        self.days = days;
    }

    /// Notes when the rows begin and end to hold, and on which days there is anything to look at.
    fn set_out(&mut self, site: &HostServer<'a>, group: &[Clipped<'a>]) {
        self.partitions.clear();
        self.events.clear();
        self.days.clear();
        self.fact_days.clear();
        let mut last_partition = None;
        for clipped in group.iter().filter(|clipped| clipped.row.excluded.is_none()) {
            if last_partition != Some(clipped.row.partition) {
                last_partition = Some(clipped.row.partition);
                self.partitions.push(Partition::default());
            }
            let (index, row) = (self.partitions.len().saturating_sub(1), clipped.row);
            self.events.push(Event { day: clipped.days.from(), index, opens: true, row });
            if let Ok(day) = clipped.days.to().tomorrow() {
                self.events.push(Event { day, index, opens: false, row });
            }
        }
        self.events.sort_unstable_by_key(|event| (event.day, event.index, event.opens, event.row.origin));
        let Some(first) = self.events.first().map(|event| event.day) else { return };
        let changes = site.facts.changes().chain(site.own.values().flat_map(ServerFacts::changes));
        self.fact_days.extend(changes.filter(|&day| day > first));
        self.days.extend(self.events.iter().map(|event| event.day));
        if !self.fact_days.is_empty() {
            self.days.extend(&self.fact_days);
            self.days.sort_unstable();
        }
        self.days.dedup();
    }

    /// The candidates of a day, and the place of the first event after it.
    fn step(&mut self, site: &HostServer<'a>, day: Date, mut next: usize) -> usize {
        self.touched.clear();
        while let Some(event) = self.events.get(next).filter(|event| event.day == day) {
            next = next.saturating_add(1);
            if let Some(Partition { active, .. }) = self.partitions.get_mut(event.index) {
                if event.opens {
                    active.push(event.row);
                } else if let Some(at) = active.iter().position(|known| known.origin == event.row.origin) {
                    active.swap_remove(at);
                }
                self.touched.push(event.index);
            }
        }
        if self.fact_days.contains(&day) {
            self.touched.clear();
            self.touched.extend(0..self.partitions.len());
        }
        for &index in &self.touched {
            if let Some(Partition { active, chosen }) = self.partitions.get_mut(index) {
                *chosen = site.choose(active.iter().copied(), day);
            }
        }
        self.candidates.clear();
        self.candidates.extend(self.partitions.iter().filter_map(|partition| partition.chosen.clone()));
        next
    }
}

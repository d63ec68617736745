//! One product on one server through the period: only the days on which something changes are looked at.

use smallvec::SmallVec;

use super::facts::{Clipped, ServerFacts};
use super::high_water::{DayChange, DemandSeries};
use super::inputs::InputRows;
use super::partitions::{HostServer, RowOnDay};
use super::server_demand::{PerRegion, full_capacity, level, sub_capacity};
use super::tracer::NoTrace;
use crate::model::day_number::DayNumber;
use crate::model::estate::Estate;
use crate::model::metric::Metric;

/// A partition: the indices of its rows that hold on the day that is looked at, and the row that counts.
#[derive(Default)]
struct Partition<'a> {
    active: SmallVec<[usize; 2]>,
    chosen: Option<RowOnDay<'a>>,
}

/// A row that begins or ends to hold.
#[derive(Clone, Copy)]
struct Event {
    day: DayNumber,
    /// Index of its partition.
    partition: usize,
    /// Index of the row.
    row: usize,
    opens: bool,
}

/// Follows products through the period. What it writes on is kept from one to the next: an estate has half a million
/// of them, most with a row or two.
pub(super) struct Sweep<'a> {
    inputs: InputRows<'a>,
    /// The rows as they count; anew on each day on which a fact of the server changes.
    rows: Vec<RowOnDay<'a>>,
    partitions: Vec<Partition<'a>>,
    events: Vec<Event>,
    days: Vec<DayNumber>,
    fact_days: Vec<DayNumber>,
    candidates: Vec<RowOnDay<'a>>,
    touched: Vec<usize>,
}

impl<'a> Sweep<'a> {
    pub(super) const fn new(estate: &'a Estate) -> Self {
        Self {
            inputs: InputRows { estate },
            rows: Vec::new(),
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
            let mut sub = sub_capacity(site, metric, &self.candidates, day, &self.inputs, NoTrace);
            let full = full_capacity(site, metric, &self.candidates, day, &self.inputs, NoTrace);
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
        self.rows.clear();
        self.partitions.clear();
        self.events.clear();
        self.days.clear();
        self.fact_days.clear();
        let mut last_partition = None;
        for Clipped { row, days } in group.iter().filter(|clipped| clipped.row.excluded.is_none()) {
            if last_partition != Some(row.partition) {
                last_partition = Some(row.partition);
                self.partitions.push(Partition::default());
            }
            let (partition, index) = (self.partitions.len().saturating_sub(1), self.rows.len());
            self.rows.push(site.on_day(row, days.from()));
            self.events.push(Event { day: days.from(), partition, row: index, opens: true });
            self.events.push(Event { day: days.to().tomorrow(), partition, row: index, opens: false });
        }
        self.events.sort_unstable_by_key(|event| (event.day, event.partition));
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
    fn step(&mut self, site: &HostServer<'a>, day: DayNumber, mut next: usize) -> usize {
        self.touched.clear();
        while let Some(&event) = self.events.get(next).filter(|event| event.day == day) {
            next = next.saturating_add(1);
            if let Some(Partition { active, .. }) = self.partitions.get_mut(event.partition) {
                if event.opens {
                    active.push(event.row);
                } else {
                    active.retain(|row| *row != event.row);
                }
            }
            if self.touched.last() != Some(&event.partition) {
                self.touched.push(event.partition);
            }
        }
        if self.fact_days.contains(&day) {
            for &index in self.partitions.iter().flat_map(|partition| &partition.active) {
                if let Some(row) = self.rows.get_mut(index) {
                    *row = site.on_day(row.row, day);
                }
            }
            self.touched.clear();
            self.touched.extend(0..self.partitions.len());
        }
        for &index in &self.touched {
            if let Some(Partition { active, chosen }) = self.partitions.get_mut(index) {
                *chosen = site.choose(active.iter().filter_map(|&row| self.rows.get(row)).copied());
            }
        }
        self.candidates.clear();
        self.candidates.extend(self.partitions.iter().filter_map(|partition| partition.chosen));
        next
    }
}

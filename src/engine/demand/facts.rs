//! What is known of a server on each day: its region, cores, sockets, processor and pools.
//!
//! All rows that name the server speak, excluded ones too, whatever their product. On one day the largest value
//! counts; a day on which nobody speaks takes the nearest earlier value, else the nearest later one.

use litemap::LiteMap;

use super::rates::Rates;
use crate::model::day_number::{DayNumber, DaySpan};
use crate::model::estate::EstateRow;
use crate::model::names::Name;
use crate::model::quantity::{Cores, Count};
use crate::model::region::Region;

/// A row and the days of the period on which it holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clipped<'a> {
    pub(super) row: &'a EstateRow,
    pub(super) days: DaySpan,
}

/// A value that changes over time: each entry holds from its day until the next; the first also before.
#[derive(Clone, Debug)]
pub(super) struct Timeline<T>(Vec<(DayNumber, T)>);

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy + PartialEq> Timeline<T> {
    /// The value on a day; `None` when it is never known.
    pub(super) fn on(&self, day: DayNumber) -> Option<T> {
        let later = self.0.partition_point(|&(since, _)| since <= day);
        self.0.get(later.saturating_sub(1)).map(|&(_, value)| value)
    }

    /// The days on which the value becomes another one.
    pub(super) fn changes(&self) -> impl Iterator<Item = DayNumber> {
        self.0.iter().skip(1).map(|&(since, _)| since)
    }

    fn push(&mut self, since: DayNumber, value: T) {
        if self.0.last().is_none_or(|&(_, last)| last != value) {
            self.0.push((since, value));
        }
    }
}

/// What a fact looks like to its rows, and where two of them disagree about one day.
struct StatedFact<T> {
    timeline: Timeline<T>,
    /// A row that says something else than another one on the same day.
    dissent: Option<usize>,
}

/// Everything that is known of one server.
#[derive(Clone, Debug, Default)]
pub(super) struct ServerFacts {
    pub(super) region: Region,
    pub(super) cores: Timeline<Count>,
    pub(super) sockets: Timeline<Count>,
    pub(super) processor: Timeline<Name>,
    pub(super) pools: LiteMap<Name, Timeline<Cores>>,
}

/// A fact on which rows of one server disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Disagreement<'a> {
    /// Code of the warning.
    pub(super) code: &'static str,
    /// One of the rows.
    pub(super) row: &'a EstateRow,
}

impl ServerFacts {
    /// Gathers the facts of a server from its rows, which must not be of unknown technology.
    pub(super) fn gather<'a>(rows: &[Clipped<'a>], rates: &Rates<'_>) -> (Self, Vec<Disagreement<'a>>) {
        let mut disagreements = Vec::new();
        let mut disagree = |code, dissent: Option<usize>| {
            if let Some(clipped) = dissent.and_then(|index| rows.get(index)) {
                disagreements.push(Disagreement { code, row: clipped.row });
            }
        };
        let (region, dissent) = region_of(rows.iter().map(|clipped| clipped.row.region));
        disagree("region_differs", dissent);
        let cores = largest(rows, |row| row.cores);
        disagree("cores_differ", cores.dissent);
        let sockets = largest(rows, |row| row.sockets);
        disagree("sockets_differ", sockets.dissent);
        let sockets = sockets.timeline;
        let processor = processor_of(rows, &sockets, rates);
        disagree("processors_differ", processor.dissent);
        let mut names: Vec<Name> = rows.iter().filter_map(|clipped| clipped.row.pool).collect();
        names.sort_unstable();
        names.dedup();
        let mut pools = LiteMap::new();
        for name in names {
            let pool = largest(rows, |row| row.pool_cores.filter(|_| row.pool == Some(name)));
            disagree("pool_cores_differ", pool.dissent);
            pools.insert(name, pool.timeline);
        }
        (Self { region, cores: cores.timeline, sockets, processor: processor.timeline, pools }, disagreements)
    }

    /// The facts of a partition without hypervisor data: a server of its own, whose sockets and cores are not known.
    pub(super) fn of_partition(rows: &[Clipped<'_>], rates: &Rates<'_>) -> Self {
        let (region, _) = region_of(rows.iter().map(|clipped| clipped.row.region));
        let processor = processor_of(rows, &Timeline::default(), rates).timeline;
        Self { region, processor, ..Self::default() }
    }

    /// Takes the region that the user assigns, where the rows give none or differ.
    pub(super) const fn assign(&mut self, region: Region) {
        if matches!(self.region, Region::Unknown) {
            self.region = region;
        }
    }

    /// The days on which something other than the region changes.
    pub(super) fn changes(&self) -> impl Iterator<Item = DayNumber> {
        let pools = self.pools.values().flat_map(Timeline::changes);
        self.cores.changes().chain(self.sockets.changes()).chain(self.processor.changes()).chain(pools)
    }
}

/// One region for the whole period; if two differ or none is given, it is unknown.
fn region_of(stated: impl Iterator<Item = Option<Region>>) -> (Region, Option<usize>) {
    let mut found = None;
    for (index, region) in stated.enumerate() {
        match (found, region) {
            (None, Some(region)) => found = Some(region),
            (Some(first), Some(region)) if first != region => return (Region::Unknown, Some(index)),
            _ => {}
        }
    }
    (found.unwrap_or_default(), None)
}

/// The largest value that the rows state for each day.
fn largest<T: Copy + Ord>(rows: &[Clipped<'_>], fact: impl Fn(&EstateRow) -> Option<T>) -> StatedFact<T> {
    stated(rows, fact, |_, values| values.last().copied())
}

/// The processor with the highest rate on each day: not under Linux, then under Linux, then by name.
fn processor_of(rows: &[Clipped<'_>], sockets: &Timeline<Count>, rates: &Rates<'_>) -> StatedFact<Name> {
    let mut stated = stated(
        rows,
        |row| row.processor,
        |day, names| names.iter().copied().max_by_key(|&name| rates.rank(name, sockets.on(day))),
    );
    // Which processor has the highest rate may also change with the sockets: then each day is asked again.
    if stated.dissent.is_some() && sockets.changes().next().is_some() {
        let days: Vec<DayNumber> = sockets.changes().collect();
        stated = self::stated_on(
            rows,
            |row| row.processor,
            &days,
            |day, names| names.iter().copied().max_by_key(|&name| rates.rank(name, sockets.on(day))),
        );
    }
    stated
}

fn stated<T: Copy + Ord>(
    rows: &[Clipped<'_>],
    fact: impl Fn(&EstateRow) -> Option<T>,
    choose: impl Fn(DayNumber, &[T]) -> Option<T>,
) -> StatedFact<T> {
    stated_on(rows, fact, &[], choose)
}

/// What the rows state over time. `choose` picks from the distinct values of a day, sorted; it is also asked on the
/// `further` days.
fn stated_on<T: Copy + Ord>(
    rows: &[Clipped<'_>],
    fact: impl Fn(&EstateRow) -> Option<T>,
    further: &[DayNumber],
    choose: impl Fn(DayNumber, &[T]) -> Option<T>,
) -> StatedFact<T> {
    let mut timeline = Timeline::default();
    let spoken =
        || rows.iter().enumerate().filter_map(|(index, clipped)| Some((index, clipped.days, fact(clipped.row)?)));
    let Some((_, first_days, first)) = spoken().next() else {
        return StatedFact { timeline, dissent: None };
    };
    if spoken().all(|(_, _, value)| value == first) {
        timeline.push(first_days.from(), first);
        return StatedFact { timeline, dissent: None };
    }
    let mut events: Vec<(DayNumber, bool, usize, T)> = Vec::new();
    for (index, days, value) in spoken() {
        events.push((days.from(), true, index, value));
        events.push((days.to().tomorrow(), false, index, value));
    }
    events.sort_unstable();
    let mut active: LiteMap<T, usize> = LiteMap::new();
    let mut dissent = None;
    let mut days: Vec<DayNumber> = events.iter().map(|event| event.0).chain(further.iter().copied()).collect();
    days.sort_unstable();
    days.dedup();
    let mut events = events.into_iter().peekable();
    for day in days {
        let mut opened = None;
        while let Some((_, opens, index, value)) = events.next_if(|event| event.0 == day) {
            let rows = active.entry(value).or_default();
            if opens {
                *rows += 1;
                opened = Some(index);
            } else {
                *rows = rows.saturating_sub(1);
                if *rows == 0 {
                    active.remove(&value);
                }
            }
        }
        let values: Vec<T> = active.keys().copied().collect();
        if values.len() > 1 && dissent.is_none() {
            dissent = opened;
        }
        if let Some(value) = choose(day, &values) {
            timeline.push(day, value);
        }
    }
    StatedFact { timeline, dissent }
}

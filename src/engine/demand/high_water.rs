//! The peak of a quantity over a period: the high-water mark.
//!
//! Only days on which something changes are looked at, so the cost grows with the number of rows and not with the
//! length of the period.

use jiff::civil::Date;

use crate::model::day_number::DayNumber;
use crate::model::period::Period;
use crate::model::timeline::TimelineStep;

/// What changes on a day. Unknown parts are counted: one of them makes the day's quantity unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DayChange {
    pub(super) sub: i64,
    pub(super) full: i64,
    pub(super) at_stake: i64,
    pub(super) sub_unknown: i32,
    pub(super) full_unknown: i32,
}

impl DayChange {
    fn plus(self, change: Self) -> Self {
        Self {
            sub: self.sub.saturating_add(change.sub),
            full: self.full.saturating_add(change.full),
            at_stake: self.at_stake.saturating_add(change.at_stake),
            sub_unknown: self.sub_unknown.saturating_add(change.sub_unknown),
            full_unknown: self.full_unknown.saturating_add(change.full_unknown),
        }
    }

    /// This level of sub-capacity; `None` where a part of it is not known.
    fn sub_capacity(self) -> Option<u64> {
        (self.sub_unknown <= 0).then(|| u64::try_from(self.sub).unwrap_or(0))
    }

    /// This level of full capacity; `None` where a part of it is not known.
    fn full_capacity(self) -> Option<u64> {
        (self.full_unknown <= 0).then(|| u64::try_from(self.full).unwrap_or(0))
    }

    /// What turns `before` into this level.
    pub(super) fn since(self, before: Self) -> Self {
        Self {
            sub: self.sub.saturating_sub(before.sub),
            full: self.full.saturating_sub(before.full),
            at_stake: self.at_stake.saturating_sub(before.at_stake),
            sub_unknown: self.sub_unknown.saturating_sub(before.sub_unknown),
            full_unknown: self.full_unknown.saturating_sub(before.full_unknown),
        }
    }
}

/// How the demand of a product in a region changes over a period.
#[derive(Clone, Debug, Default)]
pub(super) struct DemandSeries {
    /// Days come in the order of the servers. Whenever there is no room for another one they are sorted, and what changes
    /// on one day is added up.
    changes: Vec<(DayNumber, DayChange)>,
}

/// The highest value of a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Peak {
    /// The value; `None` when it is unknown on some day.
    pub(super) quantity: Option<u64>,
    /// The last day on which it holds, or the last day on which it is unknown; `None` for a peak of 0.
    pub(super) day: Option<Date>,
    /// How much of it rests on hosts that are not known.
    pub(super) at_stake: u64,
}

/// What a series comes to over a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Followed {
    pub(super) sub: Peak,
    pub(super) full: Peak,
    /// What holds from each day of change on.
    pub(super) steps: Vec<TimelineStep>,
}

impl DemandSeries {
    /// From this day on the level is another one.
    pub(super) fn change(&mut self, day: DayNumber, change: DayChange) {
        if self.changes.len() == self.changes.capacity() {
            self.add_up();
            self.changes.reserve(self.changes.len());
        }
        self.changes.push((day, change));
    }

    /// Makes one change of all that stand for a day, in the order of the days.
    fn add_up(&mut self) {
        self.changes.sort_by_key(|&(day, _)| day);
        self.changes.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = kept.1.plus(next.1);
            }
            same
        });
    }

    /// Adds what other servers need.
    pub(super) fn add(&mut self, other: Self) {
        if self.changes.is_empty() {
            *self = other;
            return;
        }
        for (day, change) in other.changes {
            self.change(day, change);
        }
    }

    /// The peaks of sub-capacity and of full capacity, and the steps on the way.
    pub(super) fn followed(mut self, period: Period) -> Followed {
        self.add_up();
        let days = self.changes;
        let last = DayNumber::from(period.to());
        let mut level = DayChange::default();
        let (mut sub, mut full) = (Running::default(), Running::default());
        let mut steps: Vec<TimelineStep> = Vec::with_capacity(days.len());
        for (index, &(from, change)) in days.iter().enumerate() {
            level = level.plus(change);
            let (sub_capacity, full_capacity) = (level.sub_capacity(), level.full_capacity());
            let same = |step: &TimelineStep| (step.sub_capacity, step.full_capacity) == (sub_capacity, full_capacity);
            if from <= last && !steps.last().is_some_and(same) {
                steps.push(TimelineStep { from: from.date(), sub_capacity, full_capacity });
            }
            let last_day = days.get(index.saturating_add(1)).map_or(last, |&(next, _)| next.yesterday());
            sub.see(level.sub, level.sub_unknown > 0, level.at_stake, last_day);
            full.see(level.full, level.full_unknown > 0, 0, last_day);
        }
        Followed { sub: sub.peak(), full: full.peak(), steps }
    }
}

/// The highest value so far.
#[derive(Default)]
struct Running {
    highest: i64,
    at_stake: i64,
    day: Option<DayNumber>,
    unknown_on: Option<DayNumber>,
}

impl Running {
    fn see(&mut self, value: i64, unknown: bool, at_stake: i64, last_day: DayNumber) {
        if unknown {
            self.unknown_on = Some(last_day);
        }
        if value > 0 && value >= self.highest {
            self.highest = value;
            self.at_stake = at_stake;
            self.day = Some(last_day);
        }
    }

    fn peak(&self) -> Peak {
        match self.unknown_on {
            Some(day) => Peak { quantity: None, day: Some(day.date()), at_stake: 0 },
            None => Peak {
                quantity: Some(u64::try_from(self.highest).unwrap_or(0)),
                day: self.day.map(DayNumber::date),
                at_stake: u64::try_from(self.at_stake).unwrap_or(0),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn changes_of_a_day_add_up_in_any_order_and_take_room_for_their_days_alone() {
        let days = [date(2026, 1, 3), date(2026, 1, 1), date(2026, 1, 2)];
        let mut series = DemandSeries::default();
        for _ in 0..100 {
            for day in days {
                series.change(day.into(), DayChange { sub: 1, full: 2, ..DayChange::default() });
            }
        }
        assert!(series.changes.capacity() <= 8, "three days, not 300 changes: {}", series.changes.capacity());
        let followed = series.followed(Period::new(date(2026, 1, 1), date(2026, 1, 31)).unwrap());
        let steps = followed.steps.iter().map(|step| (step.from, step.sub_capacity, step.full_capacity));
        let level = |day, rounds| (date(2026, 1, day), Some(rounds), Some(2 * rounds));
        assert_eq!(steps.collect::<Vec<_>>(), [level(1, 100), level(2, 200), level(3, 300)]);
        let sub = Peak { quantity: Some(300), day: Some(date(2026, 1, 31)), at_stake: 0 };
        assert_eq!((followed.sub, followed.full), (sub, Peak { quantity: Some(600), ..sub }));
    }
}

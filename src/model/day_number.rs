//! Civil days as numbers: as cheap to compare, and to go on from, as an integer.
//!
//! A civil day is three numbers, compared one after the other. An estate has millions of days, and most of what is done
//! with them is comparing.

use std::num::NonZeroU32;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::day;
use super::period::Period;

/// A civil day, numbered from the first one of the calendar, -9999-01-01, which is 1. There is a day behind the last one of the
/// calendar: what lasts to its end is over by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DayNumber(NonZeroU32);

impl DayNumber {
    /// The last day of the calendar, 9999-12-31.
    pub fn last() -> Self {
        Date::MAX.into()
    }

    /// The day after it.
    #[must_use]
    pub const fn tomorrow(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The day before it; the first day of the calendar is its own.
    #[must_use]
    pub fn yesterday(self) -> Self {
        Self(NonZeroU32::new(self.0.get().saturating_sub(1)).unwrap_or(NonZeroU32::MIN))
    }

    /// The civil day; the last one of the calendar for the day behind it.
    pub fn date(self) -> Date {
        day::after(Date::MIN, i64::from(self.0.get().saturating_sub(1))).unwrap_or(Date::MAX)
    }
}

impl From<Date> for DayNumber {
    fn from(date: Date) -> Self {
        let days = u32::try_from(day::between(Date::MIN, date)).unwrap_or(0);
        Self(NonZeroU32::MIN.saturating_add(days))
    }
}

/// First and last day, both included, as numbers. `from` is never after `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaySpan {
    from: DayNumber,
    to: DayNumber,
}

impl DaySpan {
    /// The days that lie within both this span and another one from `from` to `to`; a side that is `None` is open.
    pub fn within(self, from: Option<DayNumber>, to: Option<DayNumber>) -> Option<Self> {
        let from = from.map_or(self.from, |from| from.max(self.from));
        let to = to.map_or(self.to, |to| to.min(self.to));
        (from <= to).then_some(Self { from, to })
    }

    /// The first day.
    pub const fn from(self) -> DayNumber {
        self.from
    }

    /// The last day.
    pub const fn to(self) -> DayNumber {
        self.to
    }

    /// Whether the day lies within.
    pub fn contains(self, day: DayNumber) -> bool {
        self.from <= day && day <= self.to
    }
}

impl From<Period> for DaySpan {
    fn from(period: Period) -> Self {
        Self { from: period.from().into(), to: period.to().into() }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_numbered_one_by_one_through_the_whole_calendar() {
        let mut number = DayNumber::from(Date::MIN);
        assert_eq!((number.0.get(), number.yesterday()), (1, number));
        for day in [date(-4, 2, 28), date(0, 2, 29), date(1900, 3, 1), date(2024, 2, 29), date(2024, 12, 31)] {
            let number = DayNumber::from(day);
            assert_eq!((number.date(), number.tomorrow().date()), (day, day.tomorrow().unwrap()));
            assert_eq!(number.tomorrow().yesterday(), number);
        }
        // 19,999 years, of which the year 0 and 2,424 on each side of it have a day more.
        number = DayNumber::last();
        assert_eq!(number.0.get(), 19_999 * 365 + 1 + 2 * 2_424);
        assert!(number.tomorrow() > number && number.tomorrow().date() == Date::MAX);
    }

    #[test]
    fn a_span_is_cut_at_its_edges_and_open_sides_reach_them() {
        let number = |day| DayNumber::from(date(2026, 1, day));
        let span: DaySpan = Period::new(date(2026, 1, 10), date(2026, 1, 20)).unwrap().into();
        let cut = |from: Option<i8>, to: Option<i8>| {
            span.within(from.map(number), to.map(number)).map(|days| (days.from(), days.to()))
        };
        assert_eq!(cut(None, None), Some((number(10), number(20))));
        assert_eq!(cut(Some(1), Some(12)), Some((number(10), number(12))));
        assert_eq!(cut(Some(20), Some(31)), Some((number(20), number(20))));
        assert_eq!(cut(Some(21), None), None);
        assert_eq!(cut(None, Some(9)), None);
        assert!(span.contains(number(10)) && span.contains(number(20)) && !span.contains(number(21)));
    }
}

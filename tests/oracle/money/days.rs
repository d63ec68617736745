//! Civil days by own arithmetic: a day is the number of days since 1 January of the year 1.

use std::fmt;

/// A civil day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(pub(crate) i64);

fn leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days a month has.
pub(crate) fn length(year: i64, month: i64) -> i64 {
    match month {
        2 if leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days from 1 January of the year 1 to 1 January of `year`.
fn before(year: i64) -> i64 {
    let past = year - 1;
    past * 365 + past / 4 - past / 100 + past / 400
}

impl Day {
    pub(crate) fn new(year: i64, month: i64, day: i64) -> Self {
        Self(before(year) + (1..month).map(|month| length(year, month)).sum::<i64>() + day - 1)
    }

    /// `YYYY-MM-DD`, if that is a day.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() != 10 || !text.is_ascii() {
            return None;
        }
        let mut parts = text.split('-').map(str::parse::<i64>);
        let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
        ((1..=12).contains(&month) && day >= 1 && day <= length(year, month)).then(|| Self::new(year, month, day))
    }

    pub(crate) fn parts(self) -> (i64, i64, i64) {
        let mut year = self.0 / 366 + 1;
        while before(year + 1) <= self.0 {
            year += 1;
        }
        let mut left = self.0 - before(year);
        let mut month = 1;
        while left >= length(year, month) {
            left -= length(year, month);
            month += 1;
        }
        (year, month, left + 1)
    }

    pub(crate) fn year(self) -> i64 {
        self.parts().0
    }

    pub(crate) fn next(self) -> Self {
        Self(self.0 + 1)
    }

    pub(crate) fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    /// So many months later, the day clipped to the month's end.
    pub(crate) fn months_later(self, months: i64) -> Self {
        let (year, month, day) = self.parts();
        let all = year * 12 + month - 1 + months;
        let (year, month) = (all.div_euclid(12), all.rem_euclid(12) + 1);
        Self::new(year, month, day.min(length(year, month)))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

/// The first day strictly after `day` that has this month and day; 29 February is the 28th in other years.
pub(crate) fn next_anniversary((month, number): (i64, i64), day: Day) -> Day {
    let mut year = day.year();
    loop {
        let found = Day::new(year, month, number.min(length(year, month)));
        if found > day {
            return found;
        }
        year += 1;
    }
}

//! From when to when coverages run, and how much of a year each is (semantics of money, 5.1 and 5.2).

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::engine::volume::anniversaries;
use crate::model::assumption::Proration;
use crate::model::day;
use crate::model::fraction::Fraction;

/// When an agreement has its anniversary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anniversary {
    /// On this day and month of every year.
    Given(Date),
    /// As its first order has it.
    OfOrder(Date),
}

impl Anniversary {
    /// The first one after a day.
    pub(super) fn after(self, day: Date) -> Option<Date> {
        match self {
            Self::Given(given) => anniversaries(day, Some(given)).next(),
            Self::OfOrder(first) => anniversaries(first, None).find(|anniversary| *anniversary > day),
        }
    }
}

/// How the coverages of an agreement follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Calendar {
    /// When it has its anniversary; `None` where it has none.
    pub(super) anniversary: Option<Anniversary>,
    /// How a part of a year is paid.
    pub(super) proration: Proration,
}

/// A coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CoveragePeriod {
    /// Its first day.
    pub(super) from: Date,
    /// Its last day.
    pub(super) to: Date,
    /// How much of a year is paid.
    pub(super) years: Fraction,
}

impl Calendar {
    /// The coverages from a day on, one after the other, until the calendar ends.
    pub(super) fn coverages(self, start: Date) -> impl Iterator<Item = CoveragePeriod> {
        let anniversary = self.anniversary.filter(|_| self.proration != Proration::None);
        let ends = std::iter::successors(Some((0_i16, start)), move |(count, from)| {
            let count = count.checked_add(1)?;
            let next = match anniversary {
                Some(anniversary) => anniversary.after(*from)?,
                None => day::months_after(start, count.checked_mul(12)?)?,
            };
            Some((count, next))
        });
        let starts = ends.clone().map(|(_, from)| from);
        starts.zip(ends.skip(1)).filter_map(move |(from, (_, next))| {
            let whole = anniversary.is_none_or(|anniversary| {
                let before = from.yesterday().ok();
                before.and_then(|before| anniversary.after(before)) == Some(from)
            });
            let years = if whole { Some(Fraction::ONE) } else { self.span(from, next) };
            Some(CoveragePeriod { from, to: next.yesterday().ok()?, years: years? })
        })
    }

    /// The anniversaries after a day, to a year after another one.
    pub(super) fn anniversaries(self, after: Date, until: Date) -> Vec<Date> {
        let Some(anniversary) = self.anniversary else { return Vec::new() };
        let last = day::a_year_after(until).unwrap_or(until);
        let days = std::iter::successors(anniversary.after(after), |day| anniversary.after(*day));
        days.take_while(|day| *day <= last).collect()
    }

    /// How much of a year lies from a day to another one, which is not included: by the day where it is prorated so,
    /// else by the month that has started.
    pub(super) fn span(self, from: Date, to: Date) -> Option<Fraction> {
        if self.proration == Proration::Day { days(from, to) } else { months(from, to) }
    }
}

/// Started months, as twelfths.
pub(super) fn months(from: Date, to: Date) -> Option<Fraction> {
    // Of two months that differ by so many, the span is that or one more.
    let years = i32::from(to.year()).checked_sub(from.year().into())?;
    let least = years.checked_mul(12)?.checked_add(i32::from(to.month()))?.checked_sub(from.month().into())?;
    let least = i16::try_from(least).ok()?.max(0);
    let reached = |months: &i16| day::months_after(from, *months).is_some_and(|day| day >= to);
    let months = [least, least.checked_add(1)?].into_iter().find(reached)?;
    Fraction::of(months.into(), 12.into())
}

/// Whole years, and the days that are left of the next one.
fn days(from: Date, to: Date) -> Option<Fraction> {
    let year = |years: i16| day::months_after(from, years.checked_mul(12)?);
    let most = to.year().checked_sub(from.year())?.max(0);
    let whole = [most, most.checked_sub(1)?].into_iter().find(|years| year(*years).is_some_and(|day| day <= to))?;
    let (begins, ends) = (year(whole)?, year(whole.checked_add(1)?)?);
    let left = Fraction::of(day::between(begins, to).into(), day::between(begins, ends).into())?;
    Fraction::of(Decimal::from(whole), Decimal::ONE)?.plus(left)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn text(span: Option<Fraction>) -> String {
        span.map(|span| span.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_span_is_told_by_started_months_or_by_days() {
        // Semantics of money, 5.1: 15 November 2026 to 1 March 2027.
        let (from, to) = (date(2026, 11, 15), date(2027, 3, 1));
        assert_eq!((text(months(from, to)), text(days(from, to))), ("1/3".to_owned(), "106/365".to_owned()));
        // The day is clipped to the month's end, and a month that has started counts.
        assert_eq!(text(months(date(2027, 1, 31), date(2027, 2, 28))), "1/12");
        assert_eq!(text(months(date(2027, 1, 31), date(2027, 3, 1))), "1/6");
        assert_eq!(text(months(date(2027, 1, 1), date(2027, 1, 1))), "0");
        assert_eq!(text(months(date(2027, 1, 1), date(2028, 1, 2))), "13/12");
        assert_eq!(text(days(date(2027, 1, 1), date(2028, 1, 1))), "1");
        assert_eq!(text(days(date(2027, 3, 1), date(2028, 2, 29))), "365/366");
        assert_eq!(text(days(date(2026, 3, 1), date(2027, 9, 1))), "275/183");
    }

    fn starts(calendar: Calendar, from: Date) -> Vec<(String, String, String)> {
        let told = |one: CoveragePeriod| (one.from.to_string(), one.to.to_string(), one.years.to_string());
        calendar.coverages(from).take(3).map(told).collect()
    }

    fn line(from: &str, to: &str, years: &str) -> (String, String, String) {
        (from.to_owned(), to.to_owned(), years.to_owned())
    }

    #[test]
    fn coverages_run_to_the_day_before_the_next_anniversary() {
        let anniversary = Some(Anniversary::Given(date(2020, 2, 29)));
        let calendar = Calendar { anniversary, proration: Proration::Month };
        assert_eq!(
            starts(calendar, date(2026, 11, 15)),
            [
                line("2026-11-15", "2027-02-27", "1/3"),
                line("2027-02-28", "2028-02-28", "1"),
                line("2028-02-29", "2029-02-27", "1"),
            ]
        );
    }

    #[test]
    fn without_an_anniversary_or_a_proration_each_coverage_is_twelve_months_from_the_first() {
        let leap = [
            line("2028-02-29", "2029-02-27", "1"),
            line("2029-02-28", "2030-02-27", "1"),
            line("2030-02-28", "2031-02-27", "1"),
        ];
        for (anniversary, proration) in
            [(None, Proration::Day), (Some(Anniversary::OfOrder(date(2025, 3, 1))), Proration::None)]
        {
            assert_eq!(starts(Calendar { anniversary, proration }, date(2028, 2, 29)), leap);
        }
    }

    #[test]
    fn the_first_term_of_a_first_order_has_no_anniversary_within() {
        let anniversary = Anniversary::OfOrder(date(2025, 3, 15));
        assert_eq!(anniversary.after(date(2025, 3, 20)), Some(date(2026, 4, 1)));
        assert_eq!(anniversary.after(date(2026, 4, 1)), Some(date(2027, 4, 1)));
    }
}

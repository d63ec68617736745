//! 5.5, and semantics 10: the level of an agreement on a day.

use super::case::Case;
use super::days::{Day, next_anniversary};
use super::lists::LADDER;

/// The lowest points of the levels BL to H.
const THRESHOLDS: [i64; 6] = [0, 500, 1_000, 2_500, 5_000, 10_000];

/// The place on the ladder that points earn.
fn earned(points: i64) -> usize {
    THRESHOLDS.iter().rposition(|least| *least <= points).unwrap_or(0)
}

pub(crate) fn level(case: &Case<'_>, agreement: &str, day: Day) -> String {
    if let Some(level) = case.of_agreement("level", agreement, day) {
        return level.to_owned();
    }
    if case.express(agreement) {
        return "BL".to_owned();
    }
    let sites = &case.world.sites;
    let sectors: Vec<&str> = (0..sites.rows.len())
        .filter(|row| sites.cell(*row, "agreement") == agreement)
        .map(|row| sites.cell(row, "sector"))
        .collect();
    for (sector, level) in [("government", "GV"), ("academic", "ED")] {
        if !sectors.is_empty() && sectors.iter().all(|one| *one == sector) {
            return level.to_owned();
        }
    }
    LADDER[of_points(case, agreement, day)].to_owned()
}

/// A term: its first day, and the first day of the next one.
type Term = (Day, Day);

/// The place on the ladder that the orders give, term after term.
fn of_points(case: &Case<'_>, agreement: &str, day: Day) -> usize {
    let orders = case.orders(agreement);
    let Some((first, _)) = orders.first().copied() else { return 0 };
    let anniversary = case.own_anniversary(agreement).expect("an order tells one");
    let end_of_first = if Day::read(case.said_of(agreement, "anniversary")).is_some() {
        next_anniversary(anniversary, first)
    } else {
        after_twelve_full_months(first)
    };
    let mut terms: Vec<Term> = vec![(first, end_of_first)];
    loop {
        let start = terms.last().unwrap().1;
        if start > day && start > case.on {
            break;
        }
        terms.push((start, next_anniversary(anniversary, start)));
    }
    let ordered = |term: Term| -> i64 {
        orders.iter().filter(|(day, _)| term.0 <= *day && *day < term.1).map(|(_, points)| points).sum()
    };
    let open = terms.iter().position(|term| term.0 <= case.on && case.on < term.1).unwrap();
    let yearly = match case.of_agreement("points", agreement, case.on) {
        Some(points) => points.parse().unwrap(),
        None => ordered(terms[open]).max(if open == 0 { 0 } else { ordered(terms[open - 1]) }),
    };

    let mut level = 0;
    for (number, term) in terms.iter().enumerate() {
        let mut points = 0;
        let mut events: Vec<(Day, i64)> =
            orders.iter().copied().filter(|(day, _)| term.0 <= *day && *day < term.1).collect();
        if number > open {
            events.push((term.0, yearly));
        }
        for (_, more) in events.into_iter().filter(|(on, _)| *on <= day) {
            points += more;
            level = level.max(earned(points));
        }
        if day < term.1 {
            return level;
        }
        level = earned(points).max(level.saturating_sub(1));
    }
    level
}

/// A first term runs to the last day of the twelfth full month; an order on the first of a month has it as the first.
fn after_twelve_full_months(first: Day) -> Day {
    let (year, month, day) = first.parts();
    Day::new(year, month, 1).months_later(if day == 1 { 12 } else { 13 })
}

//! The volume level over time: the ledger of terms (semantics, section 10; commercial facts, A2).

mod by_hand;
pub mod cost;
mod explain;
pub mod merge;
mod orders;
pub mod points;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use crate::model::agreement::{Sector, Site};
use crate::model::day;
use crate::model::issue::{Issue, Severity};
pub use crate::model::order::Customer;
use crate::model::order::{LevelByHand, OrderLine};
use crate::rules::volume_levels::{LADDER, VolumeLevel};
use by_hand::ByHand;
pub use explain::explain;
use orders::Order;

/// The level that holds whatever the points are.
const fn fixed(customer: Customer) -> Option<VolumeLevel> {
    match customer {
        Customer::Commercial => None,
        Customer::Express => Some(VolumeLevel::Bl),
        Customer::Government => Some(VolumeLevel::Gv),
        Customer::Academic => Some(VolumeLevel::Ed),
    }
}

/// The level that so many points earn.
fn earned(customer: Customer, points: Decimal) -> VolumeLevel {
    fixed(customer).unwrap_or_else(|| VolumeLevel::earned(points))
}

/// The higher of the level earned by a term's points and one step below the level in force at its end.
fn reset(customer: Customer, points: Decimal, in_force: VolumeLevel) -> VolumeLevel {
    fixed(customer).unwrap_or_else(|| VolumeLevel::earned(points).max(in_force.one_step_down()))
}

/// What is asked of a list of orders.
#[derive(Clone, Copy, Debug, Default)]
pub struct VolumeQuery<'a> {
    /// Day and month of the anniversary; `None` follows the first order.
    pub anniversary: Option<Date>,
    /// The day on which to look; `None` is that of the last order.
    pub on: Option<Date>,
    /// Whose prices.
    pub customer: Customer,
    /// Levels above H that the user has set; beside a level that holds whatever the points are, they are nothing.
    pub by_hand: &'a [Arc<LevelByHand>],
    /// The sites, of which some may have prices of their own.
    pub sites: &'a [Site],
}

/// An order as it was priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedOrder {
    /// When.
    pub date: Date,
    /// Which site.
    pub site: String,
    /// Its points.
    pub points: Decimal,
    /// Name of the file of its first line; empty when it was typed.
    pub file: String,
    /// Row of its first line.
    pub row: u32,
    /// The level that its own points earn, as long as its site has no prices of its own.
    pub svp: VolumeLevel,
    /// The level in force when it was placed.
    pub rsvp: VolumeLevel,
    /// The higher of the two: the level of its prices.
    pub applied: VolumeLevel,
}

/// Twelve months, the first one a little longer, whose points set the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Points ordered in it.
    pub points: Decimal,
    /// The level with which it begins.
    pub begins: VolumeLevel,
    /// The level that its points earn.
    pub earned: VolumeLevel,
    /// The level in force at its end, or on the day if that is in it.
    pub in_force: VolumeLevel,
    /// The level after the reset at its end.
    pub after_reset: VolumeLevel,
}

/// The orders and terms up to a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLedger {
    /// The orders, in the order in which they count.
    pub orders: Vec<PricedOrder>,
    /// The terms from the first order on to the one that holds the day.
    pub terms: Vec<Term>,
    /// The level that the next order finds on that day.
    pub level: VolumeLevel,
    /// The first anniversary after that day; `None` before the first order.
    pub anniversary: Option<Date>,
    /// What to know about the orders.
    pub issues: Vec<Issue>,
}

impl OrderLedger {
    /// The next level, and the points that are missing to it in the open term; `None` at the top, and where points do not
    /// count.
    pub fn next_level(&self) -> Option<(VolumeLevel, Decimal)> {
        let points = self.terms.last().map_or(Decimal::ZERO, |term| term.points);
        let mut higher = LADDER.iter().map(|(level, least)| (*level, Decimal::from(*least)));
        let next = higher.find(|(level, least)| *level > self.level && *least > points);
        let (level, least) = next.filter(|_| self.level <= VolumeLevel::H)?;
        Some((level, least.saturating_sub(points)))
    }
}

/// The ledger of a list of orders.
pub fn ledger(lines: &[Arc<OrderLine>], question: &VolumeQuery<'_>) -> OrderLedger {
    let (orders, issues) = orders::of(lines);
    of_orders(orders, issues, question)
}

/// The ledger of orders that stand in the order in which they count, with what to know about them.
fn of_orders(orders: Vec<Order>, mut issues: Vec<Issue>, question: &VolumeQuery<'_>) -> OrderLedger {
    let customer = question.customer;
    let first_level = fixed(customer).unwrap_or(VolumeLevel::Bl);
    let nothing =
        |level, issues| OrderLedger { orders: Vec::new(), terms: Vec::new(), level, anniversary: None, issues };
    let Some(on) = question.on.or_else(|| orders.iter().map(|order| order.date).max()) else {
        return nothing(first_level, issues);
    };
    let by_hand = ByHand::new(question, on);
    issues.extend(by_hand.issues());
    let later = orders.iter().filter(|order| order.date > on);
    issues.extend(later.map(|order| {
        let issue = Issue::new(Severity::Info, "order_after_day").in_file(&order.file).at_row(order.line);
        issue.with("date", order.date).with("day", on)
    }));
    let mut counted = orders.into_iter().filter(|order| order.date <= on).peekable();
    let Some(first) = counted.peek().map(|order| order.date) else {
        return nothing(by_hand.raised(first_level, Date::MIN..=on), issues);
    };

    let mut ledger = nothing(first_level, issues);
    let own_prices = own_prices(question);
    let mut start = first;
    // What is set before the first order holds in the first term.
    let mut since = Date::MIN;
    for anniversary in anniversaries(first, question.anniversary) {
        let mut points = Decimal::ZERO;
        let begins = ledger.level;
        while let Some(order) = counted.next_if(|order| order.date < anniversary) {
            let svp = earned(customer, order.points);
            let Order { date, site, points: own, file, line: row, .. } = order;
            let rsvp = by_hand.raised(ledger.level, since..=date);
            let priced = PricedOrder { date, site, points: own, file, row, svp, rsvp, applied: rsvp.max(svp) };
            ledger.orders.push(match own_prices.get(priced.site.as_str()) {
                Some(own) => PricedOrder { svp: *own, rsvp: *own, applied: *own, ..priced },
                None => priced,
            });
            points = points.saturating_add(own);
            // A level that is reached counts from the next order on.
            ledger.level = rsvp.max(earned(customer, points));
        }
        let end = anniversary.yesterday().unwrap_or(anniversary);
        ledger.level = by_hand.raised(ledger.level, since..=end.min(on));
        let after_reset = reset(customer, points, ledger.level);
        let (earned, in_force) = (earned(customer, points), ledger.level);
        ledger.terms.push(Term { start, end, points, begins, earned, in_force, after_reset });
        ledger.anniversary = Some(anniversary);
        if anniversary > on {
            break;
        }
        ledger.level = after_reset;
        start = anniversary;
        since = anniversary;
    }
    ledger
}

/// The sites whose prices stand beside the ladder; under Express all have the base level.
fn own_prices<'a>(question: &VolumeQuery<'a>) -> BTreeMap<&'a str, VolumeLevel> {
    let sites = question.sites.iter().filter(|_| question.customer != Customer::Express);
    // Of a site that stands twice the first line counts.
    let own = sites.rev().filter_map(|site| match site.sector? {
        Sector::Commercial => None,
        Sector::Government => Some((site.site.as_str(), VolumeLevel::Gv)),
        Sector::Academic => Some((site.site.as_str(), VolumeLevel::Ed)),
    });
    own.collect()
}

/// The anniversaries after the first order, one after the other, until the calendar ends.
pub(in crate::engine) fn anniversaries(first: Date, given: Option<Date>) -> impl Iterator<Item = Date> {
    let (month, day) = match given {
        Some(given) => (given.month(), given.day()),
        // The day after the twelfth full month; a first order on the first of a month begins a full one.
        None if first.day() == 1 => (first.month(), 1),
        None if first.month() == 12 => (1, 1),
        None => (first.month().saturating_add(1), 1),
    };
    // Twelve full months have to pass: with a first order in the middle of a month that is more than a year.
    let from = match given {
        Some(_) => first,
        None => day::a_year_after(first).and_then(|day| day.yesterday().ok()).unwrap_or(Date::MAX),
    };
    (first.year()..=Date::MAX.year())
        .filter_map(move |year| occurrence(year, month, day))
        .filter(move |day| *day > from)
}

/// A day of a year. 29 February is the 28th in a year without it.
fn occurrence(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok().or_else(|| Some(date(year, month, 1).last_of_month()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::list::SharedLines;

    pub(super) fn line(day: &str, points: i64) -> OrderLine {
        OrderLine {
            file: String::new(),
            line: 2,
            date: day.parse().unwrap(),
            site: String::new(),
            order: None,
            part_number: String::new(),
            quantity: None,
            points: Some(points.into()),
        }
    }

    fn ends(first: &str, given: Option<&str>) -> Vec<String> {
        let given = given.map(|day| day.parse().unwrap());
        let days = anniversaries(first.parse().unwrap(), given).take(2);
        days.map(|day| day.yesterday().unwrap().to_string()).collect()
    }

    #[test]
    fn the_first_term_ends_with_the_twelfth_full_month() {
        // commercial facts, A2: first order 1 March 2025, term to 28 February 2026.
        assert_eq!(ends("2025-03-01", None), ["2026-02-28", "2027-02-28"]);
        assert_eq!(ends("2025-03-15", None), ["2026-03-31", "2027-03-31"]);
        assert_eq!(ends("2025-12-31", None), ["2026-12-31", "2027-12-31"]);
        assert_eq!(ends("2024-02-29", None), ["2025-02-28", "2026-02-28"]);
        assert_eq!(ends("2023-03-01", None), ["2024-02-29", "2025-02-28"]);
    }

    #[test]
    fn a_given_anniversary_ends_the_first_term_the_day_before_it_comes() {
        assert_eq!(ends("2025-03-15", Some("2020-07-01")), ["2025-06-30", "2026-06-30"]);
        assert_eq!(ends("2025-07-01", Some("2020-07-01")), ["2026-06-30", "2027-06-30"]);
        assert_eq!(ends("2025-03-15", Some("2024-02-29")), ["2026-02-27", "2027-02-27"]);
    }

    #[test]
    fn an_anniversary_of_29_february_is_the_28th_in_other_years_and_the_29th_in_leap_years() {
        let begin = |first: &str, count| {
            let days = anniversaries(first.parse().unwrap(), Some("2020-02-29".parse().unwrap())).take(count);
            days.map(|day| day.to_string()).collect::<Vec<_>>()
        };
        let days = ["2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"];
        assert_eq!(begin("2025-03-15", 7), days);
        // 2100 is no leap year, 2000 is one.
        assert_eq!(
            begin("2095-06-01", 6)[..],
            ["2096-02-29", "2097-02-28", "2098-02-28", "2099-02-28", "2100-02-28", "2101-02-28"]
        );
        assert_eq!(begin("1999-06-01", 2), ["2000-02-29", "2001-02-28"]);
        assert_eq!(begin("2028-02-28", 1), ["2028-02-29"], "the day before it is of the term that ends");
    }

    #[test]
    fn a_level_counts_from_the_next_order_and_never_falls_more_than_a_step() {
        let orders = [line("2025-03-01", 600), line("2025-06-01", 5_000), line("2025-07-01", 10)];
        let on = Some("2027-03-01".parse().unwrap());
        let ledger = ledger(&SharedLines::of(&orders), &VolumeQuery { on, ..VolumeQuery::default() });
        let applied: Vec<&str> = ledger.orders.iter().map(|order| order.applied.name()).collect();
        let rsvp: Vec<&str> = ledger.orders.iter().map(|order| order.rsvp.name()).collect();
        assert_eq!((applied, rsvp), (vec!["D", "G", "G"], vec!["BL", "D", "G"]));
        let resets: Vec<(&str, &str)> =
            ledger.terms.iter().map(|term| (term.earned.name(), term.after_reset.name())).collect();
        // 5,610 points earn G; the empty terms after it earn BL and fall one step each.
        assert_eq!(resets, [("G", "G"), ("BL", "F"), ("BL", "E")]);
        assert_eq!(ledger.level.name(), "F");
        assert_eq!(ledger.anniversary.map(|day| day.to_string()).as_deref(), Some("2028-03-01"));
    }

    #[test]
    fn before_the_first_order_there_is_nothing() {
        let on = Some("2024-01-01".parse().unwrap());
        let ledger =
            ledger(&SharedLines::of(&[line("2025-03-01", 600)]), &VolumeQuery { on, ..VolumeQuery::default() });
        assert_eq!((ledger.orders.len(), ledger.terms.len(), ledger.anniversary), (0, 0, None));
        assert_eq!((ledger.level, ledger.issues[0].code.as_ref()), (VolumeLevel::Bl, "order_after_day"));
    }

    #[test]
    fn government_academic_and_express_have_one_level_throughout() {
        for (customer, name) in [(Customer::Government, "GV"), (Customer::Academic, "ED"), (Customer::Express, "BL")] {
            let question = VolumeQuery { customer, on: Some("2026-06-01".parse().unwrap()), ..VolumeQuery::default() };
            let ledger = ledger(&SharedLines::of(&[line("2025-03-01", 12_000)]), &question);
            let order = &ledger.orders[0];
            assert_eq!([order.svp, order.rsvp, order.applied, ledger.level].map(VolumeLevel::name), [name; 4]);
            assert!(ledger.terms.iter().all(|term| (term.earned.name(), term.after_reset.name()) == (name, name)));
            assert_eq!(ledger.terms[0].points, 12_000.into());
        }
    }

    #[test]
    fn a_site_with_prices_of_its_own_orders_at_them_and_its_points_count_for_the_others() {
        let order = |site: &str, day, points| OrderLine { site: site.to_owned(), ..line(day, points) };
        let orders = [order("gov", "2025-03-01", 600), order("com", "2025-04-01", 10), order("edu", "2025-05-01", 10)];
        let site = |site: &str, sector| Site { site: site.to_owned(), sector: Some(sector), ..Site::default() };
        let sites = [
            site("gov", Sector::Government),
            site("com", Sector::Commercial),
            site("edu", Sector::Academic),
            site("gov", Sector::Academic),
        ];
        let question = VolumeQuery { sites: &sites, ..VolumeQuery::default() };
        let seen = ledger(&SharedLines::of(&orders), &question);
        let levels: Vec<_> =
            seen.orders.iter().map(|one| [one.svp, one.rsvp, one.applied].map(VolumeLevel::name)).collect();
        assert_eq!(levels, [["GV"; 3], ["BL", "D", "D"], ["ED"; 3]]);
        assert_eq!((seen.level.name(), seen.terms[0].points), ("D", 620.into()));
        let express = ledger(&SharedLines::of(&orders), &VolumeQuery { customer: Customer::Express, ..question });
        assert!(express.orders.iter().all(|order| order.applied == VolumeLevel::Bl));
    }

    #[test]
    fn lines_of_one_day_and_site_are_one_order_unless_they_have_numbers() {
        let numbered = |number: &str| OrderLine { order: Some(number.to_owned()), ..line("2025-03-01", 300) };
        let together =
            ledger(&SharedLines::of(&[line("2025-03-01", 300), line("2025-03-01", 300)]), &VolumeQuery::default());
        assert_eq!(together.orders.iter().map(|order| order.svp.name()).collect::<Vec<_>>(), ["D"]);
        let apart = ledger(&SharedLines::of(&[numbered("b"), numbered("a")]), &VolumeQuery::default());
        assert_eq!(apart.orders.iter().map(|order| order.svp.name()).collect::<Vec<_>>(), ["BL", "BL"]);
        assert_eq!(apart.level.name(), "D");
    }
}

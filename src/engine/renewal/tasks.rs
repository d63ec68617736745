//! What is to be done before renewals, and when: the twelve-month cycle and the window of 90 days (semantics of money,
//! section 11; commercial facts, C4, C5 and E6).

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::lines::RenewalKind;
use super::{Forecast, RenewalLine, RenewalStatus};
use crate::model::day;
use crate::model::decision::DecisionKind;
use crate::model::task::{TaskKey, TaskKind};

/// So long before an anniversary.
enum Before {
    Months(i16),
    Days(i64),
}

/// What is done before each anniversary.
const CYCLE: [(TaskKind, Before); 13] = [
    (TaskKind::Entitlements, Before::Months(12)),
    (TaskKind::Ilmt, Before::Months(10)),
    (TaskKind::Bundles, Before::Months(8)),
    (TaskKind::MigrationPaths, Before::Months(6)),
    (TaskKind::PriceRise, Before::Months(5)),
    (TaskKind::Anchor, Before::Months(4)),
    (TaskKind::Contacts, Before::Days(120)),
    (TaskKind::Quote, Before::Days(90)),
    (TaskKind::QuoteLate, Before::Days(75)),
    (TaskKind::Notice, Before::Days(60)),
    (TaskKind::LastNotice, Before::Days(30)),
    (TaskKind::ProofOfLess, Before::Days(30)),
    (TaskKind::Order, Before::Days(14)),
];

/// Before the end of a term that renews by itself, in days (commercial facts, C5).
const NOTICE_OF_TERM: i64 = 30;

/// Something to be done on a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Task {
    /// When.
    pub on: Date,
    /// What, of what, and before which day.
    pub key: TaskKey,
}

/// What is to be done before the anniversaries from the day of a forecast to its end, by day. What should have been done
/// before that day is among them as long as its anniversary lies ahead.
pub fn tasks(forecast: &Forecast) -> Vec<Task> {
    let mut tasks = BTreeSet::new();
    for (agreement, anniversaries) in &forecast.anniversaries {
        for anniversary in anniversaries {
            tasks.extend(cycle(agreement, "", "", *anniversary));
        }
    }
    let has_anniversary = |agreement: &str| forecast.anniversaries.get(agreement).is_some_and(|days| !days.is_empty());
    let active = forecast.lines.iter().filter(|line| line.key.status == RenewalStatus::Active);
    for line in active {
        let key = &line.key;
        let Some(start) = key.ends.0.and_then(|end| end.tomorrow().ok()) else { continue };
        if !has_anniversary(&key.agreement) {
            tasks.extend(cycle(&key.agreement, &key.site, &key.product, start));
        }
        if key.kind == RenewalKind::Term {
            tasks.extend(
                before(&Before::Days(NOTICE_OF_TERM), start).map(|on| of_line(line, TaskKind::LastNotice, on, start)),
            );
        }
        if line.decision == Some(DecisionKind::Lapse)
            && let Some(last) = line.frozen_on
        {
            tasks.insert(of_line(line, TaskKind::Versions, last, last.tomorrow().unwrap_or(last)));
        }
    }
    for year in forecast.on.year()..=forecast.to.year() {
        let on = Date::new(year, 9, 15).unwrap_or(date(1, 1, 1));
        let anniversary = Date::new(year.saturating_add(1), 1, 1).unwrap_or(on);
        let blank = String::new;
        let (agreement, site, product) = (blank(), blank(), blank());
        tasks.insert(Task { on, key: TaskKey { kind: TaskKind::NewPrices, agreement, site, product, anniversary } });
    }
    tasks.into_iter().filter(|task| task.on <= forecast.to && forecast.on <= task.key.anniversary).collect()
}

fn cycle(agreement: &str, site: &str, product: &str, anniversary: Date) -> impl Iterator<Item = Task> {
    CYCLE.iter().filter_map(move |(kind, span)| {
        let (agreement, site, product) = (agreement.to_owned(), site.to_owned(), product.to_owned());
        let key = TaskKey { kind: *kind, agreement, site, product, anniversary };
        Some(Task { on: before(span, anniversary)?, key })
    })
}

fn of_line(line: &RenewalLine, kind: TaskKind, on: Date, anniversary: Date) -> Task {
    let key = &line.key;
    let (agreement, site, product) = (key.agreement.clone(), key.site.clone(), key.product.clone());
    Task { on, key: TaskKey { kind, agreement, site, product, anniversary } }
}

fn before(span: &Before, day: Date) -> Option<Date> {
    match span {
        Before::Months(months) => day::months_after(day, months.checked_neg()?),
        Before::Days(days) => day::after(day, days.checked_neg()?),
    }
}

//! What is to be done before renewals, and when: the twelve-month cycle and the window of 90 days (semantics of money,
//! section 11; commercial facts, C4, C5 and E6).

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::lines::RenewalKind;
use super::{Forecast, RenewalLine, RenewalStatus};
use crate::model::day;
use crate::model::decision::DecisionKind;

/// Something to be done; in the order of the cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaskKind {
    /// Look through what is owned.
    Entitlements,
    /// See that ILMT proves sub-capacity.
    Ilmt,
    /// Look at bundles and what they cover.
    Bundles,
    /// Look at what could come in the place of what there is.
    MigrationPaths,
    /// Look at how prices rise.
    PriceRise,
    /// Set the anchor and the best alternative (ours).
    Anchor,
    /// See that the contacts are still those that IBM writes to.
    Contacts,
    /// The window opens and the quote comes.
    Quote,
    /// A quote that has not come by now is late.
    QuoteLate,
    /// The comfortable day for a notice against automatic renewal.
    Notice,
    /// The last day for a notice against automatic renewal.
    LastNotice,
    /// The proof that less is used.
    ProofOfLess,
    /// Order (ours).
    Order,
    /// Download the versions of what lapses.
    Versions,
    /// IBM tells the prices of the next year.
    NewPrices,
}

impl TaskKind {
    /// The name in calendars and in keys of texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entitlements => "entitlements",
            Self::Ilmt => "ilmt",
            Self::Bundles => "bundles",
            Self::MigrationPaths => "migration_paths",
            Self::PriceRise => "price_rise",
            Self::Anchor => "anchor",
            Self::Contacts => "contacts",
            Self::Quote => "quote",
            Self::QuoteLate => "quote_late",
            Self::Notice => "notice",
            Self::LastNotice => "last_notice",
            Self::ProofOfLess => "proof_of_less",
            Self::Order => "order",
            Self::Versions => "versions",
            Self::NewPrices => "new_prices",
        }
    }
}

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
    /// What.
    pub kind: TaskKind,
    /// Of which agreement; blank for none.
    pub agreement: String,
    /// Of which site; blank for the whole agreement.
    pub site: String,
    /// Of which product; blank for all of them.
    pub product: String,
    /// Before which day.
    pub anniversary: Date,
}

/// What is to be done from the day of a forecast to its end, by day.
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
        tasks.insert(Task {
            on,
            kind: TaskKind::NewPrices,
            agreement: blank(),
            site: blank(),
            product: blank(),
            anniversary,
        });
    }
    tasks.into_iter().filter(|task| (forecast.on..=forecast.to).contains(&task.on)).collect()
}

fn cycle(agreement: &str, site: &str, product: &str, anniversary: Date) -> impl Iterator<Item = Task> {
    CYCLE.iter().filter_map(move |(kind, span)| {
        Some(Task {
            on: before(span, anniversary)?,
            kind: *kind,
            agreement: agreement.to_owned(),
            site: site.to_owned(),
            product: product.to_owned(),
            anniversary,
        })
    })
}

fn of_line(line: &RenewalLine, kind: TaskKind, on: Date, anniversary: Date) -> Task {
    let key = &line.key;
    let (agreement, site, product) = (key.agreement.clone(), key.site.clone(), key.product.clone());
    Task { on, kind, agreement, site, product, anniversary }
}

fn before(span: &Before, day: Date) -> Option<Date> {
    match span {
        Before::Months(months) => day::months_after(day, months.checked_neg()?),
        Before::Days(days) => day::after(day, days.checked_neg()?),
    }
}

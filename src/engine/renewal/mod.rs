//! What renewals will cost, and what each decision changes (semantics of money, sections 1 to 8).
//!
//! `lines` finds what there is to renew, `plan` what becomes of each line by a decision, `charges` what each
//! coverage is and `offers` by which price of `prices` and at which of the `levels` it is bought; none of that follows
//! from what is assumed of costs. `costs` then answers what is assumed of each, `amounts` says what it comes to, and `totals`
//! adds it up. [`explain()`] tells how an amount comes about, [`price_rises`] what many of them have in common.

mod amounts;
pub mod anchor;
mod assumed;
mod books;
mod calendar;
mod catalogue;
mod charges;
mod contradictions;
mod costing;
mod costs;
mod decided;
mod examples;
mod explain;
mod figure;
mod levels;
mod lines;
mod offers;
mod plan;
pub mod price_changes;
mod price_standing;
mod priced;
mod prices;
pub mod quotes;
mod rises;
pub mod tasks;
mod totals;
pub mod work_list;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::engine::agreements::AgreementBook;
use crate::engine::position::{Rights, read_lines};
use crate::model::assumption::Assumption;
use crate::model::decision::{Decision, DecisionKind};
use crate::model::issue::{Issue, Severity};
use crate::model::message::Message;
use crate::model::order::PriceTerms;
use crate::model::price::Price;
use crate::model::workspace::Lists;
use crate::rules::parts::Parts;
pub use amounts::{Gaps, assumed_again};
pub use assumed::PriceCaps;
use books::Books;
pub use charges::{Charge, ChargeKind, ChargedUnits};
pub use contradictions::contradictions;
pub use costing::{CostItem, Costing};
pub use costs::AssumedCosts;
use decided::Decisions;
pub use examples::example_said;
pub use explain::explain;
pub use figure::{ChargePlace, ChargeScope, RenewalFigure, Renewing};
pub use levels::LevelBasis;
use lines::LineSources;
pub use lines::{NoneLast, Renewable, RenewalKey, RenewalKind, RenewalStatus};
use offers::NumberedOffer;
use plan::{Course, Planned, ReinstatementGap};
pub use price_standing::{PriceStanding, price_standings, prices_on};
pub use priced::{OfferedPrice, PriceBasis, Priced};
pub use prices::paid_months;
pub use rises::{CapsInForce, ExchangeRate, IndexSeries, PriceRises, UpliftOfYear, exchange_rates, price_rises};
pub use totals::{ChargeTotal, Converted, ConvertedYear, YearTotal, charge_totals};

/// The most years that a forecast looks ahead.
pub const MOST_YEARS: i16 = 5;

/// What is asked of a forecast.
#[derive(Clone, Copy)]
pub struct RenewalQuery<'a> {
    /// The ledger, prices, assumptions, decisions, agreements with their sites and orders, and aliases.
    pub lists: &'a Lists,
    /// What is said of the estate's agreement as a whole.
    pub terms: PriceTerms,
    /// What is known of part numbers.
    pub parts: &'a Parts,
    /// The day of the forecast.
    pub on: Date,
    /// How many calendar years after that day's it looks ahead, from 1 to [`MOST_YEARS`].
    pub years: i16,
}

/// A line of a forecast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenewalLine {
    /// What is renewed, whose, and until when it runs.
    pub key: RenewalKey,
    /// How much of it, and the lines of the ledger that say so.
    pub renewable: Renewable,
    /// What was decided and is carried out; `None` for what is over and stays so.
    pub decision: Option<DecisionKind>,
    /// The line of the list that says so; `None` where none does.
    pub decided_by: Option<Arc<Decision>>,
    /// Whether a line of the list decides on it, be it what cannot be carried out.
    pub is_decided: bool,
    /// How many of its units go on once that is carried out; of support, so many stay under it.
    pub kept: Decimal,
    /// The last day on which new versions may be used.
    pub frozen_on: Option<Date>,
    /// The year from which the decision is no dearer than renewing, to the end of the forecast.
    pub break_even: Option<i16>,
    /// Reinstatement beside what renewing costs; `None` where there is nothing to reinstate.
    gap: Option<ReinstatementGap>,
    /// What it costs, by the first days of the coverages.
    pub charges: Vec<Charge>,
    /// What it would cost if it were renewed; `None` where it is, or is over.
    pub if_renewed: Option<Vec<Charge>>,
}

impl RenewalLine {
    /// What it costs as it is decided, or if nothing were.
    pub fn charges_of(&self, course: Renewing) -> &[Charge] {
        match (course, &self.if_renewed) {
            (Renewing::Unchanged, Some(renewed)) => renewed,
            (Renewing::Unchanged | Renewing::AsDecided, _) => &self.charges,
        }
    }

    /// Why an amount of it is not known; `None` where it is.
    pub fn what_is_missing(&self, charge: &Charge) -> Option<Message> {
        match (&charge.priced, &charge.part, &self.key.currency.0) {
            (Some(priced), _, _) => priced.assumed.added.is_none().then(|| Message::new("note.uplift_missing")),
            (None, None, _) => Some(Message::new("note.part_missing")),
            (None, Some(part), None) => Some(Message::new("note.currency_missing").with("part", part.as_str())),
            (None, Some(part), Some(currency)) => {
                let missing = Message::new("note.price_missing").with("part", part.as_str());
                Some(missing.with("currency", currency.code()))
            }
        }
    }
}

/// What renewals will cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// Its day.
    pub on: Date,
    /// Its last day.
    pub to: Date,
    /// Its lines, sorted by what tells them apart.
    pub lines: Vec<RenewalLine>,
    /// What is charged in each year, by currency.
    pub totals: Vec<YearTotal>,
    /// What is charged in all years, by currency.
    pub sums: Vec<ChargeTotal>,
    /// The totals in the currency of the report; `None` where none is chosen.
    pub converted: Option<Converted>,
    /// The anniversaries of each agreement with anything to renew, from the day after the forecast's to a year after its
    /// end, so that what is done before them can be told; none where it has no anniversary.
    pub anniversaries: BTreeMap<String, Vec<Date>>,
    /// The assumptions that were taken.
    pub assumptions: Vec<Arc<Assumption>>,
    /// What to know about it.
    pub issues: Vec<Issue>,
    /// What of that does not follow from what is assumed of costs.
    issues_of_plan: Vec<Issue>,
    /// What is bought, each thing once; charges say which by its place.
    offers: Vec<NumberedOffer>,
    /// What a gap in support is told by, likewise.
    offers_of_gaps: Vec<NumberedOffer>,
}

/// What renewals will cost until the end of a year.
///
/// # Examples
///
/// ```rust
/// # use highwater::import::{Limits, Unwatched, list};
/// # use highwater::model::list::{Listed, SharedLines};
/// use highwater::engine::renewal::{ChargePlace, RenewalFigure, RenewalQuery, explain, forecast};
/// use highwater::model::bound::Bound;
/// use highwater::model::order::PriceTerms;
/// use highwater::model::workspace::Lists;
/// use highwater::rules::parts::Parts;
///
/// # fn lines<T: Listed>(text: &str) -> SharedLines<T> {
/// #     let read = list::read("list.csv", text.as_bytes(), &Limits::TERMINAL, &mut Unwatched);
/// #     read.unwrap().0.into_iter().collect()
/// # }
/// // Support of seven licences ends on 28 February 2027; one part of it costs 1,270 a year.
/// let rights = "agreement,site,part_number,product,metric,quantity,ss_end,currency,kind\n\
///     A,London,E1,IBM Concert,PVU,7,2027-02-28,EUR,renewal\n";
/// let prices = "part_number,level,price,currency\nE1,BL,1270,EUR\n";
/// // Prices rise by 6 % with the year, and the agreement's anniversary is 1 July.
/// let assumed = "name,scope,expected\nuplift,,6\nanniversary,agreement:A,2027-07-01\n";
/// let lists = Lists {
///     entitlements: lines(rights),
///     prices: lines(prices),
///     assumptions: lines(assumed),
///     ..Lists::default()
/// };
/// let on = "2026-11-27".parse().unwrap();
/// let parts = Parts::default();
/// let query = RenewalQuery { lists: &lists, terms: PriceTerms::default(), parts: &parts, on, years: 1 };
///
/// let found = forecast(query);
/// let charge = &found.lines[0].charges[0];
/// assert_eq!((charge.from.to_string(), charge.to.to_string()), ("2027-03-01".into(), "2027-06-30".into()));
/// // 1,270 x 1.06 x 7 parts x 4/12 of a year, rounded once.
/// assert_eq!(charge.amount.unwrap().expected.to_string(), "3141.13");
///
/// let figure = RenewalFigure::Charge(ChargePlace { line: 0, charge: 0 });
/// let why = explain(query, &found, &figure, Bound::Expected).unwrap();
/// let factors: Vec<String> = why.children.iter().map(|factor| factor.value.unwrap().to_string()).collect();
/// assert_eq!(factors, ["1346.20", "7", "4"]); // The last one is four of twelve months.
/// ```
pub fn forecast(query: RenewalQuery<'_>) -> Forecast {
    assumed_again(plan(query), query.lists)
}

/// What is renewed when, and by which prices; without amounts.
fn plan(query: RenewalQuery<'_>) -> Forecast {
    let RenewalQuery { lists, on, .. } = query;
    let to = last_day(on, query.years);
    let book = AgreementBook::of(lists);
    let owners = book.owners();
    let books = Books::of(query, &book);
    let Books { assumptions, prices, parts, terms, .. } = &books;
    let pricing = books.pricing(None);

    let rights =
        Rights { ledger: &lists.entitlements, aliases: &lists.aliases, covers: None, parts: query.parts, on: Some(on) };
    let sources = LineSources { owners: &owners, parts, prices, assumptions, on };
    let found: Vec<(RenewalKey, Renewable)> = lines::lines(&read_lines(rights), sources).into_iter().collect();

    let planned: Vec<Planned<'_>> = found
        .iter()
        .map(|(key, renewable)| Planned {
            pricing: &pricing,
            key,
            units: renewable.units,
            calendar: terms.calendar(&key.agreement, assumptions),
            to,
        })
        .collect();
    let Decisions { courses, issues } = decided::decide(&planned, &lists.decisions);
    let each = planned.iter().zip(&found).zip(courses);
    let lines: Vec<RenewalLine> =
        each.map(|((planned, (_, renewable)), decided)| planned.line(renewable.clone(), decided)).collect();
    let anniversaries = planned
        .iter()
        .filter(|line| line.key.status == RenewalStatus::Active)
        .map(|line| (line.key.agreement.clone(), line.calendar.anniversaries(on, to)))
        .collect();
    let (offers, offers_of_gaps) = (books.offers.into_offers(), books.offers_of_gaps.into_offers());
    Forecast {
        on,
        to,
        sums: Vec::new(),
        converted: None,
        totals: Vec::new(),
        anniversaries,
        assumptions: Vec::new(),
        issues: Vec::new(),
        issues_of_plan: issues.into_iter().chain(of_prices(&lines, &offers, lists)).collect(),
        lines,
        offers,
        offers_of_gaps,
    }
}

impl Forecast {
    /// All charges, each with its place and its line.
    pub fn charges(&self) -> impl Iterator<Item = (ChargePlace, &RenewalLine, &Charge)> + Clone {
        self.lines.iter().enumerate().flat_map(|(line_place, line)| {
            let each = line.charges.iter().enumerate();
            each.map(move |(charge, told)| (ChargePlace { line: line_place, charge }, line, told))
        })
    }
}

/// The last day of a forecast: the end of the year so many after that of its day.
fn last_day(on: Date, years: i16) -> Date {
    Date::new(on.year().saturating_add(years.clamp(1, MOST_YEARS)), 12, 31).unwrap_or(Date::MAX)
}

impl RenewalLine {
    /// A line of which nothing is charged yet.
    fn of(key: RenewalKey, renewable: Renewable) -> Self {
        Self {
            kept: renewable.units,
            key,
            renewable,
            decision: None,
            decided_by: None,
            is_decided: false,
            frozen_on: None,
            break_even: None,
            gap: None,
            charges: Vec::new(),
            if_renewed: None,
        }
    }
}

impl Planned<'_> {
    /// The line, with what becomes of it.
    fn line(&self, renewable: Renewable, (decided, is_decided): (decided::Decided<'_>, bool)) -> RenewalLine {
        let decided::Decided { decision, by, course, frozen_on } = decided;
        let charges = self.charges(&course);
        let is_active = self.key.status == RenewalStatus::Active;
        let changes = is_active && decision.is_some_and(|decision| decision != DecisionKind::Renew);
        let if_renewed = changes.then(|| self.charges(&Course::Renewed));
        let has_gap = is_active && self.key.kind == RenewalKind::Support;
        RenewalLine {
            decision,
            decided_by: by.map(Arc::clone),
            is_decided,
            kept: self.kept(&course),
            frozen_on,
            gap: has_gap.then(|| self.gap()).flatten(),
            charges,
            if_renewed,
            ..RenewalLine::of(self.key.clone(), renewable)
        }
    }
}

/// What is to be said of the prices that were taken: those of nothing, those that another one contradicts, and examples.
fn of_prices(lines: &[RenewalLine], offers: &[NumberedOffer], lists: &Lists) -> Vec<Issue> {
    let told = |row: &Price, code| {
        let issue = Issue::new(Severity::Warning, code).at_line(&row.file, row.row).in_column("price");
        issue.with("part", row.part_number.as_str())
    };
    let charged = || lines.iter().flat_map(|line| &line.charges).filter_map(|charge| offers.get(charge.offer));
    let prices = || charged().filter_map(|known| known.offer.price.as_deref());
    let tied = prices().filter(|price| price.is_tied).map(|price| told(&price.row, "price_contradicted"));
    let examples = prices().filter(|price| price.row.is_example()).map(|price| told(&price.row, "price_is_example"));
    let free = lists.prices.iter().filter(|row| row.price.is_zero()).map(|row| told(row, "price_zero"));
    let mut issues: Vec<Issue> = free.collect();
    for issue in tied.chain(examples) {
        if !issues.contains(&issue) {
            issues.push(issue);
        }
    }
    issues
}

//! Which volume level an agreement will have on a day to come (semantics of money, 5.5).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::assumed::AssumptionBook;
use super::calendar::{Anniversary, Calendar};
use crate::engine::agreements::{Account, AgreementBook};
use crate::engine::volume::{self, Customer, anniversaries};
use crate::model::agreement::Agreement;
use crate::model::order::{OrderLine, PriceTerms};
use crate::rules::volume_levels::VolumeLevel;

/// What a level rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelBasis {
    /// The user's assumption.
    Assumed,
    /// The orders, and for later terms points that the user assumes.
    Orders,
    /// The orders, and for later terms as many points as those of the better of the last two.
    PointsRepeated,
    /// No orders: the level at which everybody begins.
    NoOrders,
    /// None: it is asked what would be if it held.
    Considered,
}

/// The agreements of a forecast, with their calendars and their levels.
pub(super) struct Terms<'a> {
    accounts: BTreeMap<&'a str, Account<'a>>,
    book: &'a AgreementBook<'a>,
    on: Date,
    /// What was answered already: a forecast asks for the same few days line by line.
    known: RefCell<BTreeMap<(String, Date), (VolumeLevel, LevelBasis)>>,
}

impl<'a> Terms<'a> {
    pub(super) fn of(book: &'a AgreementBook<'a>, terms: PriceTerms, on: Date) -> Self {
        let (accounts, _) = book.accounts(terms, Some(on));
        let accounts = accounts.into_iter().map(|account| (account.agreement, account)).collect();
        Self { accounts, book, on, known: RefCell::default() }
    }

    /// The line of an agreement in the list of agreements.
    pub(super) fn listed(&self, agreement: &str) -> Option<&'a Agreement> {
        self.accounts.get(agreement)?.listed()
    }

    /// The most by which the prices of an agreement may rise in a year, in percent, as its terms say.
    pub(super) fn cap(&self, agreement: &str) -> Option<Decimal> {
        self.listed(agreement)?.price_cap_percent
    }

    /// When the coverages of an agreement begin.
    pub(super) fn calendar(&self, agreement: &str, assumptions: &AssumptionBook<'_>) -> Calendar {
        let assumed = assumptions.anniversary(agreement).map(Anniversary::Given);
        let of_agreement = || {
            let account = self.accounts.get(agreement)?;
            let question = account.question(&self.book.sites, Some(self.on));
            let of_order = || {
                let orders = account.orders.iter().map(|order| order.date).filter(|day| *day <= self.on);
                orders.min().map(Anniversary::OfOrder)
            };
            let has_one = question.customer != Customer::Express;
            // Express has none: each of its orders is renewed by itself.
            has_one.then(|| question.anniversary.map(Anniversary::Given).or_else(of_order)).flatten()
        };
        Calendar { anniversary: assumed.or_else(of_agreement), proration: assumptions.proration(agreement) }
    }

    /// The level of an agreement on a day, and what it rests on.
    pub(super) fn level(
        &self,
        agreement: &str,
        day: Date,
        assumptions: &AssumptionBook<'_>,
    ) -> (VolumeLevel, LevelBasis) {
        if let Some(level) = assumptions.level(agreement, day) {
            return (level, LevelBasis::Assumed);
        }
        let key = (agreement.to_owned(), day);
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        let level = self.of_orders(agreement, day, assumptions.points(agreement));
        self.known.borrow_mut().insert(key, level);
        level
    }

    /// The level that the orders of an agreement give on a day, each later term earning points on its first day.
    fn of_orders(&self, agreement: &str, day: Date, points: Option<Decimal>) -> (VolumeLevel, LevelBasis) {
        let Some(account) = self.accounts.get(agreement) else { return (VolumeLevel::Bl, LevelBasis::NoOrders) };
        let mut orders: Vec<Arc<OrderLine>> =
            account.orders.iter().filter(|order| order.date <= self.on).map(Arc::clone).collect();
        let now = volume::ledger(&orders, &account.question(&self.book.sites, Some(self.on)));
        let mut terms = now.terms.iter().rev();
        let basis = match (terms.next(), points) {
            (None, _) => LevelBasis::NoOrders,
            (Some(open), assumed) => {
                let before = terms.next().map_or(Decimal::ZERO, |term| term.points);
                let points = assumed.unwrap_or_else(|| open.points.max(before));
                let given = account.question(&self.book.sites, Some(self.on)).anniversary;
                let first = orders.iter().map(|order| order.date).min().unwrap_or(self.on);
                let later = anniversaries(first, given).skip_while(|start| *start <= open.end);
                let later = later.take_while(|start| *start <= day);
                orders.extend(later.map(|start| Arc::new(order(start, points))));
                if assumed.is_some() { LevelBasis::Orders } else { LevelBasis::PointsRepeated }
            }
        };
        (volume::ledger(&orders, &account.question(&self.book.sites, Some(day))).level, basis)
    }
}

/// An order of nothing but points.
fn order(date: Date, points: Decimal) -> OrderLine {
    OrderLine {
        file: String::new(),
        line: 0,
        date,
        site: String::new(),
        order: None,
        part_number: String::new(),
        quantity: None,
        points: Some(points),
    }
}

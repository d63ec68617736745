//! How totals of charges come about: what is known is added, and what is not is counted.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::AmountSources;
use super::charge::ChargeSteps;
use super::steps::{cell, difference, given, rounded_product, sum};
use crate::engine::renewal::assumed::AssumptionBook;
use crate::engine::renewal::figure::{ChargeScope, Renewing};
use crate::engine::renewal::{Charge, Forecast, RenewalLine};
use crate::engine::steps::step;
use crate::model::bound::Bound;
use crate::model::derivation::{Derivation, Operation, Unit};
use crate::model::message::Message;
use crate::model::money::Currency;
use crate::rules::renewals;

/// The most charges that a total explains to their ends; of more, each says only what it is.
const MOST_EXPLAINED: usize = 200;

/// The totals of a forecast in one currency, in one of their three values.
pub(super) struct CurrencyTotals<'t> {
    pub(super) known: AmountSources<'t>,
    pub(super) forecast: &'t Forecast,
    pub(super) currency: &'t Currency,
    pub(super) bound: Bound,
}

impl<'t> CurrencyTotals<'t> {
    /// What some of the charges add up to, in a year or in all of them; `None` where there is none of them.
    pub(super) fn total(&self, year: Option<i16>, of: &ChargeScope) -> Option<Derivation> {
        let label = match year {
            Some(year) => Message::new("label.charges_of_year").with("year", year.to_string()),
            None => Message::new("label.charges"),
        };
        let charges = self.forecast.charges().filter(|(place, line, charge)| {
            self.is_of_currency(line)
                && of.holds(&line.key.agreement, *place)
                && year.is_none_or(|year| charge.from.year() == year)
        });
        self.sum(label, charges.map(|(_, line, charge)| (line, charge)).collect())
    }

    /// What lines cost from their first charge to the end of a year; `None` where there are none.
    pub(super) fn so_far(&self, lines: &[&'t RenewalLine], year: i16, course: Renewing) -> Option<Derivation> {
        let label = Message::new(match course {
            Renewing::AsDecided => "label.decided_so_far",
            Renewing::Unchanged => "label.renewed_so_far",
        });
        let charges = lines.iter().flat_map(|line| line.charges_of(course).iter().map(|charge| (*line, charge)));
        let until = charges.filter(|(_, charge)| charge.from.year() <= year);
        let label = label.with("year", year.to_string());
        self.sum(label.clone(), until.collect()).or_else(|| {
            let nothing = given(label, Decimal::ZERO, Unit::Money(self.currency.clone()), renewals::total());
            (!lines.is_empty()).then_some(nothing)
        })
    }

    /// By how much the decisions change what all years cost; `None` where nothing is decided, or an amount is not known.
    pub(super) fn decided(&self) -> Option<Derivation> {
        let lines = self.forecast.lines.iter().filter(|line| line.if_renewed.is_some() && self.is_of_currency(line));
        let decided: Vec<&RenewalLine> = lines.collect();
        let mut charges = decided.iter().flat_map(|line| Renewing::ALL.map(|course| line.charges_of(course))).flatten();
        if charges.any(|charge| charge.amount.is_none()) {
            return None;
        }
        let last = self.forecast.to.year();
        let [then, now] = Renewing::ALL.map(|course| self.so_far(&decided, last, course));
        Some(difference(Message::new("label.decided_change"), renewals::total(), then?, now?))
    }

    fn is_of_currency(&self, line: &RenewalLine) -> bool {
        line.key.currency.0.as_ref() == Some(self.currency)
    }

    /// The exact sum of what is known of charges; `None` of none.
    fn sum(&self, label: Message, charges: Vec<(&RenewalLine, &Charge)>) -> Option<Derivation> {
        let unknown = charges.iter().filter(|(_, charge)| charge.amount.is_none()).count();
        let is_empty = charges.is_empty();
        let known = charges.into_iter().filter(|(_, charge)| charge.amount.is_some());
        let steps: Vec<ChargeSteps<'_>> =
            known.map(|(line, charge)| self.known.charge(line, charge, self.bound)).collect();
        let money = Unit::Money(self.currency.clone());
        let mut total = if steps.is_empty() {
            step(label, None, money, Operation::Given, renewals::total())
        } else if steps.len() > MOST_EXPLAINED {
            let mut total = sum(label, money, renewals::total(), steps.iter().map(ChargeSteps::amount).collect());
            total.notes.push(Message::new("note.charges_apart"));
            total
        } else {
            sum(label, money, renewals::total(), steps.iter().map(ChargeSteps::explain).collect())
        };
        if unknown > 0 {
            total.notes.push(Message::new("note.charges_unknown").with("count", unknown));
        }
        (!is_empty).then_some(total)
    }
}

/// What a year comes to in the currency of the report: the totals by the user's rates, each rounded; `None` where none is
/// chosen, or the year has nothing.
pub(super) fn converted(
    forecast: &Forecast,
    assumptions: &AssumptionBook<'_>,
    year: i16,
    bound: Bound,
) -> Option<Derivation> {
    let into = &forecast.converted.as_ref()?.currency;
    let mut amounts: BTreeMap<&Currency, Option<Decimal>> = BTreeMap::new();
    for total in forecast.totals.iter().filter(|total| total.year == year) {
        if let Some(currency) = &total.total.currency {
            amounts.insert(currency, total.total.amount.map(|amount| amount.of(bound)));
        }
    }
    let known = amounts.into_iter().filter_map(|(currency, amount)| Some((currency, amount?)));
    let parts: Vec<Derivation> =
        known.map(|(currency, amount)| exchanged(assumptions, currency, amount, into, year)).collect();
    let label = Message::new("label.converted").with("year", year.to_string()).with("currency", into.code());
    (!parts.is_empty()).then(|| sum(label, Unit::Money(into.clone()), renewals::conversion(), parts))
}

/// A total in another currency; itself where it is the same.
fn exchanged(
    assumptions: &AssumptionBook<'_>,
    currency: &Currency,
    amount: Decimal,
    into: &Currency,
    year: i16,
) -> Derivation {
    let label = Message::new("label.charges_in").with("year", year.to_string()).with("currency", currency.code());
    let total = given(label, amount, Unit::Money(currency.clone()), renewals::total());
    if currency == into {
        return total;
    }
    let label = Message::new("label.exchange_rate").with("from", currency.code()).with("into", into.code());
    let value = assumptions.exchange(currency, into);
    let mut rate = Derivation { value, ..given(label, 0, Unit::NUMBER, renewals::conversion()) };
    match assumptions.exchange_line(currency, into) {
        Some(line) => rate.inputs.extend(cell(&line.file, line.row, "expected", line.expected.as_str())),
        None => rate.notes.push(Message::new("note.exchange_missing")),
    }
    let label = Message::new("label.converted_from").with("currency", currency.code());
    let unit = (Unit::Money(into.clone()), into.decimals());
    rounded_product(label, unit, renewals::conversion(), vec![total, rate])
}

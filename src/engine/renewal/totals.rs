//! Totals of charges: what is known is added, and what is not is counted (semantics of money, 1.4, 6 and 8.6).

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::assumed::AssumptionBook;
use super::charges::Charge;
use super::lines::NoneLast;
use crate::model::assumption::Estimate;
use crate::model::fraction::Fraction;
use crate::model::money::Currency;
use crate::model::number;

/// What charges of a currency add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeTotal {
    /// The currency; `None` where it is not known.
    pub currency: Option<Currency>,
    /// The sum of what is known; `None` where nothing is.
    pub amount: Option<Estimate<Decimal>>,
    /// How many charges are not known.
    pub unknown: usize,
}

/// What the charges of a year add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearTotal {
    /// The year in which the coverages begin.
    pub year: i16,
    /// What they add up to.
    pub total: ChargeTotal,
}

/// Totals in another currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Converted {
    /// The currency.
    pub currency: Currency,
    /// By year.
    pub totals: Vec<ConvertedYear>,
}

/// What the charges of a year add up to in another currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConvertedYear {
    /// The year in which the coverages begin.
    pub year: i16,
    /// The sum; `None` where nothing is known, or a rate is missing.
    pub amount: Option<Estimate<Decimal>>,
    /// How many charges are not known, in all currencies.
    pub unknown: usize,
}

/// What is known of some amounts.
#[derive(Default)]
pub(super) struct Sum {
    amount: Option<Estimate<Decimal>>,
    unknown: usize,
}

impl Sum {
    pub(super) fn add(&mut self, amount: Option<Estimate<Decimal>>) {
        match amount {
            Some(amount) => {
                let before = self.amount.unwrap_or_else(|| Estimate::flat(Decimal::ZERO));
                self.amount = Some(before.with(amount, Decimal::saturating_add));
            }
            None => self.unknown = self.unknown.saturating_add(1),
        }
    }

    fn of(self, currency: &NoneLast<Currency>) -> ChargeTotal {
        let Self { amount, unknown } = self;
        ChargeTotal { currency: currency.0.clone(), amount, unknown }
    }
}

/// Sums of charges by currency, then by year; what has no known currency comes last.
#[derive(Default)]
pub(super) struct YearSums<'c>(BTreeMap<&'c NoneLast<Currency>, SumsOfYears>);

/// Sums in one currency, by year.
pub(super) type SumsOfYears = BTreeMap<i16, Sum>;

impl<'c> YearSums<'c> {
    /// Those of a currency so far.
    pub(super) fn of(&mut self, currency: &'c NoneLast<Currency>) -> &mut SumsOfYears {
        self.0.entry(currency).or_default()
    }

    /// All of them.
    pub(super) fn totals(self) -> Vec<YearTotal> {
        let of_currency = |(currency, years): (&'c NoneLast<Currency>, SumsOfYears)| {
            years.into_iter().map(move |(year, sum)| YearTotal { year, total: sum.of(currency) })
        };
        self.0.into_iter().flat_map(of_currency).collect()
    }
}

/// What the totals of years add up to, by currency; what has no known currency comes last.
pub(super) fn of_all_years(totals: &[YearTotal]) -> Vec<ChargeTotal> {
    let mut sums: BTreeMap<NoneLast<Currency>, Sum> = BTreeMap::new();
    for YearTotal { total, .. } in totals {
        let sum = sums.entry(NoneLast(total.currency.clone())).or_default();
        sum.unknown = sum.unknown.saturating_add(total.unknown);
        if total.amount.is_some() {
            sum.add(total.amount);
        }
    }
    sums.into_iter().map(|(currency, sum)| sum.of(&currency)).collect()
}

/// What charges add up to, by currency; what has no known currency comes last.
pub fn charge_totals<'c>(charges: impl IntoIterator<Item = (&'c NoneLast<Currency>, &'c Charge)>) -> Vec<ChargeTotal> {
    let mut sums: BTreeMap<&NoneLast<Currency>, Sum> = BTreeMap::new();
    for (currency, charge) in charges {
        sums.entry(currency).or_default().add(charge.amount);
    }
    sums.into_iter().map(|(currency, sum)| sum.of(currency)).collect()
}

/// Each year's totals in one currency, by the rates of the user.
pub(super) fn convert(totals: &[YearTotal], into: &Currency, assumptions: &AssumptionBook<'_>) -> Converted {
    let years: BTreeSet<i16> = totals.iter().map(|total| total.year).collect();
    let year = |year: i16| {
        let known = totals.iter().filter(|total| total.year == year);
        let known = known.filter_map(|total| Some((total.total.currency.as_ref()?, total.total.amount?)));
        let mut sum = None;
        for (currency, amount) in known {
            let rate = assumptions.exchange(currency, into)?;
            let converted = amount.map(|amount| exchanged(amount, rate, into)).all()?;
            let before = sum.unwrap_or_else(|| Estimate::flat(Decimal::ZERO));
            sum = Some(before.with(converted, Decimal::saturating_add));
        }
        sum
    };
    let unknown = |year: i16| totals.iter().filter(|total| total.year == year).map(|total| total.total.unknown).sum();
    let converted = |one: i16| ConvertedYear { year: one, amount: year(one), unknown: unknown(one) };
    let totals = years.into_iter().map(converted).collect();
    Converted { currency: into.clone(), totals }
}

fn exchanged(amount: Decimal, rate: Decimal, into: &Currency) -> Option<Decimal> {
    Fraction::of(amount, Decimal::ONE)?.times(rate)?.rounded(into.decimals())
}

/// The first year from which to the end the one course, as expected, has never cost more than the other; `None` where
/// there is none, or an amount is not known.
pub(super) fn break_even(decided: &[Charge], renewed: &[Charge], last: i16) -> Option<i16> {
    let first = decided.iter().chain(renewed).map(|charge| charge.from.year()).min()?;
    let mut since = None;
    let (mut one, mut other) = (Decimal::ZERO, Decimal::ZERO);
    for year in first..=last {
        one = number::sum(one, of_year(decided, year)?)?;
        other = number::sum(other, of_year(renewed, year)?)?;
        since = if one <= other { since.or(Some(year)) } else { None };
    }
    since
}

fn of_year(charges: &[Charge], year: i16) -> Option<Decimal> {
    let of_it = charges.iter().filter(|charge| charge.from.year() == year);
    of_it
        .map(|charge| charge.amount.map(|amount| amount.expected))
        .try_fold(Decimal::ZERO, |sum, amount| number::sum(sum, amount?))
}

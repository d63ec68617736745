//! How an amount of a forecast comes about: from the price row, the rule of the year and the index to proration and
//! rounding.

mod price;
mod quantity;
mod steps;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::assumed::{About, AssumptionBook};
use super::books::Books;
use super::levels::Terms;
use super::{Charge, ChargeKind, ChargeTotal, Forecast, PriceBasis, Priced, RenewalLine, RenewalQuery};
use crate::engine::agreements::AgreementBook;
use crate::engine::steps::step;
use crate::engine::volume::points::PointsOfParts;
use crate::model::assumption::AssumptionName;
use crate::model::bound::Bound;
use crate::model::derivation::{Derivation, Operation, Unit};
use crate::model::message::Message;
use crate::model::money::Currency;
use crate::rules::renewals;

/// The most charges that a total explains to their ends; of more, each says only what it is.
const MOST_EXPLAINED: usize = 200;

/// An amount of a forecast.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RenewalFigure {
    /// A charge of a line, both by their places.
    Charge {
        /// The place of the line among those of the forecast.
        line: usize,
        /// The place of the charge among those of the line.
        charge: usize,
    },
    /// What is charged in a currency.
    Total {
        /// The currency.
        currency: Currency,
        /// The year in which the coverages begin; `None` for all years.
        year: Option<i16>,
    },
}

/// How an amount of a forecast comes about. `None` when the forecast has no such amount; one that is not known is
/// explained like one that is.
pub fn explain(
    query: RenewalQuery<'_>,
    forecast: &Forecast,
    figure: &RenewalFigure,
    bound: Bound,
) -> Option<Derivation> {
    let book = AgreementBook::of(query.lists);
    let books = Books::of(query, &book);
    let known = AmountSources::of(&books);
    match figure {
        RenewalFigure::Charge { line, charge } => {
            let line = forecast.lines.get(*line)?;
            Some(known.charge(line, line.charges.get(*charge)?, bound).explain())
        }
        RenewalFigure::Total { currency, year } => known.total(forecast, currency, *year, bound),
    }
}

/// What the steps of amounts are told from.
#[derive(Clone, Copy)]
pub(super) struct AmountSources<'a> {
    assumptions: &'a AssumptionBook<'a>,
    terms: &'a Terms<'a>,
    points: &'a PointsOfParts<'a>,
    /// The day of the forecast.
    on: Date,
}

impl<'a> AmountSources<'a> {
    pub(super) const fn of(books: &'a Books<'a>) -> Self {
        Self { assumptions: &books.assumptions, terms: &books.terms, points: books.prices.points(), on: books.on }
    }

    pub(super) fn charge<'s>(&'s self, line: &'s RenewalLine, charge: &'s Charge, bound: Bound) -> ChargeSteps<'s> {
        let money = Unit::Money(line.key.currency.0.clone().unwrap_or_default());
        ChargeSteps { known: *self, line, charge, bound, money }
    }

    /// What is charged in a currency, in a year or in all of them.
    fn total(&self, forecast: &Forecast, currency: &Currency, year: Option<i16>, bound: Bound) -> Option<Derivation> {
        let is_it = |total: &&ChargeTotal| total.currency.as_ref() == Some(currency);
        let total = match year {
            Some(year) => {
                let of_year = forecast.totals.iter().filter(|total| total.year == year);
                of_year.map(|total| &total.total).find(is_it)?
            }
            None => forecast.sums.iter().find(is_it)?,
        };
        let of_it = forecast.lines.iter().filter(|line| line.key.currency.0.as_ref() == Some(currency));
        let charges = of_it.flat_map(|line| line.charges.iter().map(move |charge| (line, charge)));
        let of_time = charges.filter(|(_, charge)| year.is_none_or(|year| charge.from.year() == year));
        let steps: Vec<ChargeSteps<'_>> = of_time
            .filter(|(_, charge)| charge.amount.is_some())
            .map(|(line, charge)| self.charge(line, charge, bound))
            .collect();
        let label = match year {
            Some(year) => Message::new("label.charges_of_year").with("year", year.to_string()),
            None => Message::new("label.charges"),
        };
        let value = total.amount.map(|amount| amount.of(bound));
        let operation = if steps.is_empty() { Operation::Given } else { Operation::Sum };
        let mut sum = step(label, value, Unit::Money(currency.clone()), operation, renewals::total());
        if steps.len() > MOST_EXPLAINED {
            sum.children = steps.iter().map(ChargeSteps::amount).collect();
            sum.notes.push(Message::new("note.charges_apart"));
        } else {
            sum.children = steps.iter().map(ChargeSteps::explain).collect();
        }
        if total.unknown > 0 {
            sum.notes.push(Message::new("note.charges_unknown").with("count", total.unknown));
        }
        Some(sum)
    }
}

/// The steps of one amount of a charge.
pub(super) struct ChargeSteps<'s> {
    known: AmountSources<'s>,
    line: &'s RenewalLine,
    charge: &'s Charge,
    bound: Bound,
    money: Unit,
}

impl ChargeSteps<'_> {
    /// The amount by itself.
    fn amount(&self) -> Derivation {
        let label = Message::new(match self.charge.kind {
            ChargeKind::BackCharge => "label.charge_back",
            ChargeKind::Licence if self.line.decided_by.is_none() => "label.charge_bought",
            ChargeKind::Licence => "label.charge_licence",
            ChargeKind::Reinstatement => "label.charge_reinstatement",
            ChargeKind::Renewal => "label.charge_renewal",
            ChargeKind::Term => "label.charge_term",
        });
        let label = label.with("product", self.line.key.product.as_str()).with("from", self.charge.from);
        let label = if self.charge.kind == ChargeKind::BackCharge { label } else { label.with("to", self.charge.to) };
        let value = self.charge.amount.map(|amount| amount.of(self.bound));
        step(label, value, self.money.clone(), Operation::Given, renewals::charge())
    }

    /// The amount with all that it follows from.
    pub(super) fn explain(&self) -> Derivation {
        let mut amount = self.amount();
        let Some(priced) = &self.charge.priced else {
            amount.notes.extend(self.line.what_is_missing(self.charge));
            return amount;
        };
        let decimals = self.line.key.currency.0.as_ref().map_or(2, Currency::decimals);
        amount.operation = Operation::RoundedProduct { decimals };
        amount.children = vec![self.price_then(priced)];
        amount.children.extend(self.rate(priced));
        amount.children.extend(self.discounted(priced));
        amount.children.extend(self.added(priced));
        amount.children.push(self.parts());
        amount.children.extend(self.covered(priced));
        amount.children.extend(self.year_by_price(priced));
        amount
    }

    /// The priced part.
    fn part(&self) -> &str {
        self.charge.part.as_deref().unwrap_or_default()
    }

    fn about(&self) -> About<'_> {
        About { agreement: &self.line.key.agreement, product: &self.line.key.product, part: self.part() }
    }

    /// What is paid of the licence's price, where the part itself has none.
    fn rate(&self, priced: &Priced) -> Option<Derivation> {
        let (label, name, rule) = match (priced.basis, self.charge.kind) {
            (PriceBasis::Part, _) => return None,
            (PriceBasis::Rate, ChargeKind::Reinstatement) => {
                ("label.reinstatement_rate", AssumptionName::ReinstatementRate, renewals::reinstatement_rate())
            }
            (
                PriceBasis::Rate,
                ChargeKind::BackCharge | ChargeKind::Licence | ChargeKind::Renewal | ChargeKind::Term,
            ) => ("label.support_rate", AssumptionName::SsRate, renewals::support_rate()),
        };
        let value = Some(priced.rate.of(self.bound));
        Some(self.assumed(Message::new(label), value, (name, self.charge.priced_on), rule))
    }

    /// What is left of a price after a discount, where there is one.
    fn discounted(&self, priced: &Priced) -> Option<Derivation> {
        let discount: Decimal = priced.discount.of(self.bound);
        let when = (AssumptionName::Discount, self.charge.priced_on);
        let discount = (!discount.is_zero())
            .then(|| self.assumed(Message::new("label.discount"), Some(discount), when, renewals::assumed()))?;
        let all = steps::whole("label.whole_price", renewals::charge());
        Some(steps::difference(Message::new("label.price_left"), renewals::charge(), all, discount))
    }

    /// The price with what is added to it, where support of a time gone by is paid.
    fn added(&self, priced: &Priced) -> Option<Derivation> {
        if self.charge.kind != ChargeKind::BackCharge {
            return None;
        }
        let value = priced.added.map(|added| added.of(self.bound));
        let when = (AssumptionName::ReinstatementUplift, self.charge.priced_on);
        let mut uplift = self.assumed(Message::new("label.reinstatement_uplift"), value, when, renewals::back_charge());
        uplift.notes.extend(self.line.what_is_missing(self.charge));
        let all = steps::whole("label.whole_price", renewals::charge());
        let label = Message::new("label.with_uplift");
        Some(steps::sum(label, Unit::PERCENT, renewals::back_charge(), vec![all, uplift]))
    }
}

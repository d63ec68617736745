//! How an amount of a forecast comes about: from the price row, the rule of the year and the index to proration and
//! rounding, and what follows from such amounts.

mod alternative;
mod charge;
mod gap;
mod price;
mod quantity;
mod steps;
mod totals;

use jiff::civil::Date;

use super::assumed::AssumptionBook;
use super::books::Books;
use super::figure::{ChargePlace, RenewalFigure};
use super::levels::Terms;
use super::{Charge, Forecast, RenewalLine, RenewalQuery, anchor};
use crate::engine::agreements::AgreementBook;
use crate::engine::volume::points::PointsOfParts;
use crate::model::bound::Bound;
use crate::model::derivation::{Derivation, Unit};
use charge::ChargeSteps;
use totals::CurrencyTotals;

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
    let line = |place: usize| forecast.lines.get(place);
    let alternative = |place: usize| query.lists.alternatives.lines().nth(place);
    let totals = |currency| CurrencyTotals { known, forecast, currency, bound };
    match figure {
        RenewalFigure::Charge(ChargePlace { line: place, charge }) => {
            let line = line(*place)?;
            Some(known.charge(line, line.charges.get(*charge)?, bound).explain())
        }
        RenewalFigure::Total { currency, year, of } => totals(currency).total(*year, of),
        RenewalFigure::Converted { year } => totals::converted(forecast, &books.assumptions, *year, bound),
        RenewalFigure::Decided { currency } => totals(currency).decided(),
        RenewalFigure::SoFar { line: place, year, course } => {
            let line = line(*place)?;
            let currency = line.key.currency.0.clone().unwrap_or_default();
            totals(&currency).so_far(&[line], *year, *course)
        }
        RenewalFigure::Gap { line: place } => gap::explain(&books, forecast, line(*place)?),
        RenewalFigure::ReinstatedToday { line: place } => {
            let line = line(*place)?;
            let pricing = books.pricing(None);
            let charge = books.planned(line, &pricing).reinstated_on(query.on)?;
            Some(known.charge(line, &charge, bound).explain())
        }
        RenewalFigure::WalkAway { alternative: place } => alternative::walk_away(&alternative(*place)?),
        RenewalFigure::Anchor { alternative: place } => alternative::anchor(&alternative(*place)?),
        RenewalFigure::Beside { alternative: place, year, course } => {
            let alternative = alternative(*place)?;
            match course {
                Some(course) => {
                    let of_it = anchor::renewed_instead(&alternative, forecast);
                    // Where it names no currency its renewals have one at most.
                    let own = Some(alternative.currency()).filter(|currency| !currency.is_blank());
                    let theirs = || of_it.iter().find_map(|line| line.key.currency.0.clone());
                    totals(&own.or_else(theirs).unwrap_or_default()).so_far(&of_it, *year, *course)
                }
                None => alternative::so_far(&alternative, forecast, *year),
            }
        }
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
}

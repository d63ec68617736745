//! What a forecast costs by what is assumed of costs: rises, caps, rates, discounts and rates of exchange. From these no
//! row, part, level, day or decision follows (semantics of money, 6.1), so that a forecast is planned once for all of them.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::assumed::AssumptionBook;
use super::costs::{AssumedCosts, CostBook, CostQuestion};
use super::offers::PartOffer;
use super::priced::{OfferedPrice, Priced};
use super::totals::YearSums;
use super::{Charge, Forecast, RenewalLine, totals};
use crate::model::assumption::Estimate;
use crate::model::fraction::Fraction;
use crate::model::issue::{Issue, Severity};
use crate::model::multiples::Multiples;
use crate::model::workspace::Lists;

/// A forecast after a change of assumptions of costs: the one of [`super::forecast`], sooner. `lists` are those that it was made
/// of but for these assumptions, which [`AssumptionName::plans`](crate::model::assumption::AssumptionName::plans) tells
/// from the others.
pub fn assumed_again(mut forecast: Forecast, lists: &Lists) -> Forecast {
    let (assumptions, misfits) = AssumptionBook::of(&lists.assumptions, forecast.on);
    let mut costs = CostBook::of(&assumptions);
    let offers: Vec<AssumedOffer<'_>> = forecast.offers.iter().map(|offer| offer.assumed(&mut costs)).collect();
    let last = forecast.to.year();
    let mut sums = YearSums::default();
    for RenewalLine { key, charges, if_renewed, break_even, .. } in &mut forecast.lines {
        for charge in charges.iter_mut().chain(if_renewed.iter_mut().flatten()) {
            if let Some(offer) = offers.get(charge.offer) {
                charge.assume(offer);
            }
        }
        *break_even = if_renewed.as_ref().and_then(|renewed| totals::break_even(charges, renewed, last));
        if !charges.is_empty() {
            let years = sums.of(&key.currency);
            for charge in &*charges {
                years.entry(charge.from.year()).or_default().add(charge.amount);
            }
        }
    }
    forecast.totals = sums.totals();
    forecast.sums = totals::of_all_years(&forecast.totals);
    forecast.converted =
        assumptions.report_currency().map(|into| totals::convert(&forecast.totals, into, &assumptions));
    forecast.assumptions = lists.assumptions.iter().filter(|line| line.read().is_ok()).map(Arc::clone).collect();
    let misfits = misfits.into_iter().filter_map(|line| {
        let (field, code) = line.read().err()?;
        Some(Issue::new(Severity::Error, code).at_line(&line.file, line.row).in_column(field))
    });
    forecast.issues = misfits.chain(forecast.issues_of_plan.iter().cloned()).collect();
    forecast
}

/// An offer with what is assumed of it.
pub(super) struct AssumedOffer<'a> {
    /// By which price, and what is assumed of that; `None` where nothing has a price.
    priced: Option<(&'a Arc<OfferedPrice>, Arc<AssumedCosts>)>,
    /// What one part costs for the coverage; `None` also where its numbers are too long to be multiplied quickly.
    multiples: Option<Estimate<Multiples>>,
    /// Of its amounts.
    decimals: u32,
}

impl<'a> AssumedOffer<'a> {
    /// An offer by what is assumed of it; that is asked where it has a price.
    pub(super) fn of(offer: &'a PartOffer, assumed: impl FnOnce(CostQuestion) -> Arc<AssumedCosts>) -> Self {
        let priced = offer.price.as_ref().zip(offer.question().map(assumed));
        let decimals = offer.decimals;
        let per_part = priced.as_ref().map(|(offered, assumed)| offered.per_part(assumed));
        let multiples = per_part.and_then(|one| one.map(|one| Multiples::of(one?, decimals)).all());
        Self { priced, multiples, decimals }
    }

    /// What so many parts cost, rounded; `None` where that is not known.
    fn amount(&self, parts: u64) -> Option<Estimate<Decimal>> {
        let quickly = || self.multiples.as_ref()?.map(|one| one.rounded(parts)).all();
        let exactly = || {
            let (offered, assumed) = self.priced.as_ref()?;
            let parts = Fraction::of(parts.into(), Decimal::ONE)?;
            offered.per_part(assumed).map(|one| one?.product(parts)?.rounded(self.decimals)).all()
        };
        quickly().or_else(exactly)
    }
}

impl Charge {
    /// Prices it by what is assumed of its offer.
    pub(super) fn assume(&mut self, offer: &AssumedOffer<'_>) {
        self.amount = offer.amount(self.parts);
        match (&mut self.priced, &offer.priced) {
            // The price is the one of the plan, and only what is assumed of it is new.
            (Some(priced), Some((_, assumed))) => priced.assumed = Arc::clone(assumed),
            (priced, known) => {
                let known = known.as_ref();
                *priced = known
                    .map(|(offered, assumed)| Priced { offered: Arc::clone(offered), assumed: Arc::clone(assumed) });
            }
        }
    }
}

/// After how many months without support reinstating it costs what renewing would have, line by line for who asks.
pub struct Gaps<'a> {
    forecast: &'a Forecast,
    assumptions: AssumptionBook<'a>,
}

impl<'a> Gaps<'a> {
    /// Those of the lines of a forecast.
    pub fn of(forecast: &'a Forecast) -> Self {
        Self { forecast, assumptions: AssumptionBook::of(&forecast.assumptions, forecast.on).0 }
    }

    /// That of a line; `None` where there is nothing to reinstate, or where a price is not known.
    pub fn in_months(&self, line: &RenewalLine) -> Option<u64> {
        line.gap?.in_months(&self.forecast.offers_of_gaps, &self.assumptions)
    }
}

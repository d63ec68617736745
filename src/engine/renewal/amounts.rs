//! What a forecast costs by what is assumed of costs: rises, caps, rates, discounts and rates of exchange. From these no
//! row, part, level, day or decision follows (semantics of money, 6.1), so that a forecast is planned once for all of them.

use std::sync::Arc;

use super::assumed::AssumptionBook;
use super::offers::AssumedOffer;
use super::{Forecast, RenewalLine, totals};
use crate::model::issue::{Issue, Severity};
use crate::model::workspace::Lists;

/// A forecast after a change of assumptions of costs: the one of [`super::forecast`], sooner. `lists` are those that it was made
/// of but for these assumptions, which [`AssumptionName::plans`](crate::model::assumption::AssumptionName::plans) tells
/// from the others.
pub fn assumed_again(mut forecast: Forecast, lists: &Lists) -> Forecast {
    let (assumptions, misfits) = AssumptionBook::of(&lists.assumptions, forecast.on);
    let offers: Vec<AssumedOffer> = forecast.offers.iter().map(|offer| offer.assumed(&assumptions)).collect();
    let last = forecast.to.year();
    for line in &mut forecast.lines {
        for charge in line.charges.iter_mut().chain(line.if_renewed.iter_mut().flatten()) {
            if let Some(offer) = offers.get(charge.offer) {
                charge.assume(offer);
            }
        }
        let renewed = line.if_renewed.as_ref();
        line.break_even = renewed.and_then(|renewed| totals::break_even(&line.charges, renewed, last));
    }
    forecast.totals = totals::by_year(&forecast.lines);
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

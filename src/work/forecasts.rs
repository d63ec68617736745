//! The forecast of renewals, kept from one question to the next: a row that is opened, a filter and a derivation follow from
//! the same one. After a change of what is assumed of costs, only its amounts are worked out again.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::engine::renewal::{Forecast, RenewalQuery, YearTotal, assumed_again, forecast};
use crate::model::assumption::Assumption;
use crate::model::list::SharedLines;
use crate::model::money::Currency;
use crate::model::number;
use crate::model::order::PriceTerms;
use crate::model::workspace::{Lists, Workspace};
use crate::rules::parts::Parts;

/// The forecast that was asked for last, and what came to be different with it.
#[derive(Default)]
pub struct Forecasts(RefCell<Option<KeptForecast>>);

/// A forecast with what it follows from.
struct KeptForecast {
    inputs: ForecastInputs,
    forecast: Rc<Forecast>,
    /// The totals of the forecast before it, of the same days.
    before: Vec<YearTotal>,
}

/// What a forecast follows from.
#[derive(PartialEq, Eq)]
struct ForecastInputs {
    plan: PlanInputs,
    assumptions: SharedLines<Assumption>,
}

/// What all of it but the amounts follows from.
#[derive(PartialEq, Eq)]
struct PlanInputs {
    /// The lists that it looks at; the others are empty. They are shared with the workspace, and compared as quickly.
    lists: Lists,
    /// Those of the assumptions that are no costs.
    assumptions: Vec<Arc<Assumption>>,
    terms: PriceTerms,
    /// Whether part numbers are known: there is one table of them.
    parts: bool,
    on: Date,
    years: i16,
}

impl Forecasts {
    /// The forecast of a workspace on a day.
    pub fn of(&self, workspace: &Workspace, parts: &Parts, on: Date, years: i16) -> Rc<Forecast> {
        if let Some(kept) = self.kept(workspace, parts, on, years) {
            return kept;
        }
        let inputs = ForecastInputs::of(workspace, parts, on, years);
        let query = RenewalQuery { lists: &workspace.lists, terms: workspace.price_terms, parts, on, years };
        let last = self.0.take().filter(|known| (known.inputs.plan.on, known.inputs.plan.years) == (on, years));
        let before = last.as_ref().map(|known| known.forecast.totals.clone()).unwrap_or_default();
        let forecast = match last.filter(|known| known.inputs.plan == inputs.plan) {
            Some(planned) => assumed_again(Rc::unwrap_or_clone(planned.forecast), &workspace.lists),
            None => forecast(query),
        };
        let forecast = Rc::new(forecast);
        self.0.replace(Some(KeptForecast { inputs, forecast: Rc::clone(&forecast), before }));
        forecast
    }

    /// The same, where it was asked for last; `None` where it would have to be made.
    pub fn kept(&self, workspace: &Workspace, parts: &Parts, on: Date, years: i16) -> Option<Rc<Forecast>> {
        let kept = self.0.borrow();
        let known = kept.as_ref().filter(|known| known.inputs == ForecastInputs::of(workspace, parts, on, years))?;
        Some(Rc::clone(&known.forecast))
    }

    /// By how much the last change moved what a year is expected to cost in a currency; `None` where it did not, or where an
    /// amount is not known.
    pub fn moved(&self, year: i16, currency: Option<&Currency>) -> Option<Decimal> {
        let kept = self.0.borrow();
        let KeptForecast { forecast, before, .. } = kept.as_ref()?;
        let of = |totals: &[YearTotal]| {
            let total = totals.iter().find(|total| total.year == year && total.total.currency.as_ref() == currency)?;
            total.total.amount.map(|amount| amount.expected)
        };
        let moved = number::sum(of(&forecast.totals)?, -of(before)?)?;
        (!moved.is_zero()).then(|| currency.map_or(moved, |currency| currency.in_full(moved)))
    }
}

impl ForecastInputs {
    fn of(workspace: &Workspace, parts: &Parts, on: Date, years: i16) -> Self {
        let Lists { entitlements, aliases, agreements, sites, orders, part_points, .. } = workspace.lists.clone();
        let Lists { levels_by_hand, prices, decisions, assumptions, .. } = workspace.lists.clone();
        let of_agreements = Lists { agreements, sites, orders, part_points, levels_by_hand, ..Lists::default() };
        let lists = Lists { entitlements, aliases, prices, decisions, ..of_agreements };
        let plans = assumptions.iter().filter(|line| line.name.plans()).map(Arc::clone).collect();
        let terms = workspace.price_terms;
        let plan = PlanInputs { lists, assumptions: plans, terms, parts: !parts.is_empty(), on, years };
        Self { plan, assumptions }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::import::{Limits, Unwatched, list};
    use crate::model::list::Listed;

    fn lines<T: Listed>(text: &str) -> SharedLines<T> {
        let read = list::read("list.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched);
        read.unwrap().0.into_iter().collect()
    }

    /// Of seven parts that are renewed on 1 March 2027, by what is assumed.
    fn expected(forecasts: &Forecasts, assumed: &str) -> Option<String> {
        let rights = "agreement,part_number,product,metric,quantity,ss_end,currency,kind\n\
                      A,E1,IBM Concert,PVU,7,2027-02-28,EUR,renewal\n";
        let lists = Lists {
            entitlements: lines(rights),
            prices: lines("part_number,level,price,currency\nE1,BL,100,EUR\nE1,D,90,EUR\n"),
            assumptions: lines(&format!("name,scope,expected\n{assumed}")),
            ..Lists::default()
        };
        let workspace = Workspace { lists, ..Workspace::default() };
        let forecast = forecasts.of(&workspace, &Parts::default(), date(2026, 11, 27), 1);
        Some(forecast.sums.first()?.amount?.expected.to_string())
    }

    #[test]
    fn a_forecast_that_is_kept_follows_each_assumption_that_changes() {
        let forecasts = Forecasts::default();
        let expected = |assumed| expected(&forecasts, assumed);
        assert_eq!(expected("uplift,,10\n").as_deref(), Some("770.00"));
        assert_eq!(expected("uplift,,20\n").as_deref(), Some("840.00"));
        assert_eq!(forecasts.moved(2027, Some(&Currency::of("EUR"))), Some(70.into()));
        assert_eq!(expected("uplift,,20\nlevel,,D\n").as_deref(), Some("756.00"));
        assert_eq!(expected("uplift,,20\nlevel,,D\ndiscount,,50\n").as_deref(), Some("378.00"));
        assert_eq!(expected("uplift,,10\n").as_deref(), Some("770.00"));
    }
}

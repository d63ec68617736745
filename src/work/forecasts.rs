//! The forecast of renewals, kept from one question to the next: a row that is opened, a filter and a derivation follow from
//! the same one, and of a large ledger it takes seconds.

use std::cell::RefCell;
use std::rc::Rc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::engine::renewal::{Forecast, RenewalQuery, YearTotal, forecast};
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
    /// The lists that it looks at; the others are empty. They are shared with the workspace, and compared as quickly.
    lists: Lists,
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
        let forecast = Rc::new(forecast(query));
        let before = self.0.take().filter(|known| (known.inputs.on, known.inputs.years) == (on, years));
        let before = before.map(|known| known.forecast.totals.clone()).unwrap_or_default();
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
        let lists = Lists { entitlements, aliases, prices, decisions, assumptions, ..of_agreements };
        Self { lists, terms: workspace.price_terms, parts: !parts.is_empty(), on, years }
    }
}

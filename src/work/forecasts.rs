//! The forecast of renewals, kept from one question to the next: a row that is opened, a filter and a derivation follow from
//! the same one, and of a large ledger it takes seconds.

use std::cell::RefCell;
use std::rc::Rc;

use jiff::civil::Date;

use crate::engine::renewal::{Forecast, RenewalQuery, forecast};
use crate::model::order::PriceTerms;
use crate::model::workspace::{Lists, Workspace};
use crate::rules::parts::Parts;

/// The forecast that was asked for last.
#[derive(Default)]
pub struct Forecasts(RefCell<Option<(ForecastInputs, Rc<Forecast>)>>);

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
        let inputs = ForecastInputs::of(workspace, parts, on, years);
        if let Some((known, forecast)) = &*self.0.borrow()
            && *known == inputs
        {
            return Rc::clone(forecast);
        }
        let query = RenewalQuery { lists: &workspace.lists, terms: workspace.price_terms, parts, on, years };
        let forecast = Rc::new(forecast(query));
        self.0.replace(Some((inputs, Rc::clone(&forecast))));
        forecast
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

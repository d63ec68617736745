//! What the prices of a forecast rise by, each thing once: uplifts of years, caps, and the indexes that follow from them.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use super::assumed::{About, AssumptionBook, PriceCaps};
use super::levels::Terms;
use super::{Charge, Forecast, RenewalLine, RenewalQuery, last_day};
use crate::engine::agreements::AgreementBook;
use crate::model::assumption::{Assumption, AssumptionName, Estimate};
use crate::model::money::Currency;

/// What the prices of charges rise by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceRises {
    /// By how much prices rise with a year.
    pub uplifts: Vec<UpliftOfYear>,
    /// The caps that bind them.
    pub caps: Vec<CapsInForce>,
    /// What becomes of prices year by year.
    pub indexes: Vec<IndexSeries>,
    /// For each charge the place of its index; `None` where it has no price.
    pub of_charges: Vec<Option<usize>>,
}

/// By how much prices rise with a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpliftOfYear {
    /// The year.
    pub year: i16,
    /// In percent.
    pub percent: Estimate<Decimal>,
    /// Who assumes it; `None` is what holds where nobody does.
    pub assumed_by: Option<Arc<Assumption>>,
}

/// Caps, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapsInForce {
    /// The caps; none where none is agreed.
    pub caps: PriceCaps,
    /// Who assumes the one of the price at first.
    pub fixed_by: Option<Arc<Assumption>>,
    /// Who assumes the one of the year before.
    pub compounding_by: Option<Arc<Assumption>>,
    /// The agreement whose terms have that one.
    pub agreement: Option<String>,
}

/// What becomes of prices from a year on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexSeries {
    /// The year in which they are what they are.
    pub base_year: i16,
    /// The place of the caps that bind them; `None` where none can.
    pub caps: Option<usize>,
    /// Each later year of the forecast.
    pub years: Vec<IndexOfYear>,
}

/// What has become of prices in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexOfYear {
    /// The year.
    pub year: i16,
    /// The place of its uplift.
    pub uplift: usize,
    /// The index; `None` where it is too large to be told.
    pub index: Option<Estimate<Decimal>>,
}

/// What one unit of a currency is in that of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeRate {
    /// The currency.
    pub currency: Currency,
    /// The rate; `None` where nobody says.
    pub rate: Option<Decimal>,
    /// Who says so; `None` for the currency of the report itself.
    pub by: Option<Arc<Assumption>>,
}

/// What the prices of charges of a forecast rise by; the charges keep their order.
pub fn price_rises<'c>(
    query: RenewalQuery<'_>,
    charges: impl IntoIterator<Item = (&'c RenewalLine, &'c Charge)>,
) -> PriceRises {
    let book = AgreementBook::of(query.lists);
    let mut found = FoundRises {
        assumptions: AssumptionBook::of(&query.lists.assumptions, query.on).0,
        terms: Terms::of(&book, query.terms, query.on),
        on: query.on,
        to: last_day(query.on, query.years).year(),
        rises: PriceRises::default(),
        uplifts: BTreeMap::new(),
        caps: BTreeMap::new(),
        indexes: BTreeMap::new(),
    };
    let of_charges = charges.into_iter().map(|(line, charge)| found.index_of(line, charge)).collect();
    PriceRises { of_charges, ..found.rises }
}

/// The rates by which the totals of a forecast are converted, one for each currency.
pub fn exchange_rates(query: RenewalQuery<'_>, forecast: &Forecast) -> Vec<ExchangeRate> {
    let Some(converted) = &forecast.converted else { return Vec::new() };
    let (assumptions, _) = AssumptionBook::of(&query.lists.assumptions, query.on);
    let currencies = forecast.sums.iter().filter_map(|sum| sum.currency.clone());
    let rate = |currency: Currency| ExchangeRate {
        rate: assumptions.exchange(&currency, &converted.currency),
        by: assumptions.exchange_line(&currency, &converted.currency).map(Arc::clone),
        currency,
    };
    currencies.map(rate).collect()
}

/// What tells an assumption from all others.
type AssumedAt = Option<usize>;

/// What was found so far.
struct FoundRises<'a> {
    assumptions: AssumptionBook<'a>,
    terms: Terms<'a>,
    on: Date,
    /// The last year of the forecast.
    to: i16,
    rises: PriceRises,
    uplifts: BTreeMap<(i16, AssumedAt), usize>,
    caps: BTreeMap<(AssumedAt, AssumedAt, Option<String>), usize>,
    indexes: BTreeMap<(i16, Option<usize>, Vec<usize>), usize>,
}

impl FoundRises<'_> {
    fn index_of(&mut self, line: &RenewalLine, charge: &Charge) -> Option<usize> {
        let priced = charge.priced.as_ref()?;
        let part = charge.part.as_deref().unwrap_or_default();
        let about = About { agreement: &line.key.agreement, product: &line.key.product, part };
        let caps = priced.offered.is_capped.then(|| self.caps_of(about));
        let base = priced.offered.base_year;
        let years = base.saturating_add(1)..=self.to.max(charge.priced_on.year());
        let uplifts: Vec<usize> = years.clone().map(|year| self.uplift_of(about, year)).collect();
        let key = (base, caps, uplifts.clone());
        if let Some(known) = self.indexes.get(&key) {
            return Some(*known);
        }
        let indexes = self.assumptions.indexes(about, base, priced.assumed.caps);
        let told = years.zip(uplifts).zip(indexes);
        let years = told.map(|((year, uplift), index)| IndexOfYear { year, uplift, index }).collect();
        let place = push(&mut self.rises.indexes, IndexSeries { base_year: base, caps, years });
        self.indexes.insert(key, place);
        Some(place)
    }

    fn uplift_of(&mut self, about: About<'_>, year: i16) -> usize {
        let new_year = Date::new(year, 1, 1).unwrap_or(date(1, 1, 1));
        let line = self.assumptions.line(AssumptionName::Uplift, about, new_year);
        *self.uplifts.entry((year, line.map(address))).or_insert_with(|| {
            let percent = self.assumptions.uplift(about, year);
            let uplift = UpliftOfYear { year, percent, assumed_by: line.map(Arc::clone) };
            push(&mut self.rises.uplifts, uplift)
        })
    }

    fn caps_of(&mut self, about: About<'_>) -> usize {
        let fixed = self.assumptions.line(AssumptionName::CapFixed, about, self.on);
        let compounding = self.assumptions.line(AssumptionName::CapCompounding, about, self.on);
        let of_agreement = self.terms.cap(about.agreement);
        let agreement = (compounding.is_none() && of_agreement.is_some()).then(|| about.agreement.to_owned());
        let key = (fixed.map(address), compounding.map(address), agreement.clone());
        *self.caps.entry(key).or_insert_with(|| {
            let caps = CapsInForce {
                caps: self.assumptions.caps(about, of_agreement),
                fixed_by: fixed.map(Arc::clone),
                compounding_by: compounding.map(Arc::clone),
                agreement,
            };
            push(&mut self.rises.caps, caps)
        })
    }
}

fn address(line: &Arc<Assumption>) -> usize {
    Arc::as_ptr(line).addr()
}

/// Adds something at the end, and says its place.
fn push<T>(all: &mut Vec<T>, one: T) -> usize {
    let place = all.len();
    all.push(one);
    place
}

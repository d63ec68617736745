//! What single things cost by the prices, levels and assumptions of a forecast: support for a year, support after a gap,
//! licences to buy. For what nobody has decided yet.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::books::Books;
use super::calendar::CoveragePeriod;
use super::charges::{Charge, ChargeKind, ChargedUnits, Offered, Purchase};
use super::explain::AmountSources;
use super::levels::LevelBasis;
use super::lines::{NoneLast, Renewable, RenewalKey, RenewalKind, RenewalStatus, is_term, priced_parts};
use super::{RenewalLine, RenewalQuery};
use crate::engine::agreements::AgreementBook;
use crate::engine::position::{Rights, read_lines};
use crate::model::bound::Bound;
use crate::model::day;
use crate::model::derivation::Derivation;
use crate::model::fraction::Fraction;
use crate::rules::parts::PartKind;
use crate::rules::volume_levels::VolumeLevel;

/// What single things cost.
pub struct Costing<'a> {
    books: Books<'a>,
    /// By which part each product in a metric is licensed, and for which agreement.
    licences: BTreeMap<LicensedKey, LicenceOf>,
}

/// A product in a metric.
type LicensedKey = (String, String);

/// By which part a product is licensed, and for which agreement (semantics of money, 9.3).
#[derive(Clone, Default)]
struct LicenceOf {
    /// Number of the part, in capitals.
    part: Option<String>,
    /// Number of the agreement; blank where there are several, or none.
    agreement: String,
}

/// Something that costs: a charge, and the line that it would stand on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostItem {
    /// The line.
    pub line: RenewalLine,
    /// The charge.
    pub charge: Charge,
}

impl<'a> Costing<'a> {
    /// What things cost by the lists of an estate; `agreements` are those of the same lists.
    pub fn of(query: RenewalQuery<'a>, agreements: &'a AgreementBook<'a>) -> Self {
        let books = Books::of(query, agreements);
        let owners = agreements.owners();
        let RenewalQuery { lists, parts, on, .. } = query;
        let rights = Rights { ledger: &lists.entitlements, aliases: &lists.aliases, covers: None, parts, on: Some(on) };
        let mut stated: BTreeMap<LicensedKey, (Vec<String>, Vec<&str>)> = BTreeMap::new();
        let read = read_lines(rights);
        for line in &read {
            let (product, metric) = line.grant.key();
            let (licences, whose) = stated.entry((product.to_owned(), metric.to_owned())).or_default();
            whose.push(owners.of_right(&line.line));
            if !is_term(line) {
                licences.extend(priced_parts(&books.parts, line, RenewalKind::Support).1);
            }
        }
        let licences = stated.into_iter().map(|(key, (licences, whose))| {
            let part = only(licences);
            let agreement = only(whose).unwrap_or_default().to_owned();
            (key, LicenceOf { part, agreement })
        });
        let licences = licences.collect();
        Self { books, licences }
    }

    /// A year of what a line renews, for so many units from its next coverage on, not prorated; `None` where that is
    /// nothing.
    pub fn year(&self, line: &RenewalLine, units: Decimal) -> Option<CostItem> {
        self.year_at(line, units, None)
    }

    /// The same at a level that is considered.
    pub fn year_at(&self, line: &RenewalLine, units: Decimal, level: Option<VolumeLevel>) -> Option<CostItem> {
        let pricing = self.books.pricing(level);
        let charge = self.books.planned(line, &pricing).year(ChargedUnits::of(units))?;
        Some(CostItem { line: line.clone(), charge })
    }

    /// Reinstatement of what a line renews, if it were to end on its last day; `None` where that is nothing.
    pub fn reinstatement(&self, line: &RenewalLine) -> Option<CostItem> {
        let pricing = self.books.pricing(None);
        let charge = self.books.planned(line, &pricing).reinstated_at_once()?;
        Some(CostItem { line: line.clone(), charge })
    }

    /// Reinstatement of support that is over, on the day of the forecast; `None` where that is nothing.
    pub fn reinstatement_today(&self, line: &RenewalLine) -> Option<CostItem> {
        let pricing = self.books.pricing(None);
        let charge = self.books.planned(line, &pricing).reinstated_on(self.books.on)?;
        Some(CostItem { line: line.clone(), charge })
    }

    /// So many licences more of a product, bought on the day of the forecast at the customer's level; `None` where that
    /// is nothing.
    pub fn licence(&self, product: &str, metric: &str, units: Decimal) -> Option<CostItem> {
        let Books { assumptions, prices, parts, on, .. } = &self.books;
        let known = self.licences.get(&(product.to_owned(), metric.to_owned())).cloned().unwrap_or_default();
        let assumed = assumptions.licence_part(product).map(str::to_owned);
        let of_kind = || parts.of_kind(PartKind::License, "", product, metric).map(|part| part.number.clone());
        let part = assumed.or(known.part).or_else(of_kind);
        let agreement = known.agreement;
        let priced = || prices.only_currency(part.as_deref()).cloned();
        let currency = assumptions.currency(&agreement).cloned().or_else(priced);
        let until = day::a_year_after(*on).and_then(|day| day.yesterday().ok()).unwrap_or(*on);
        let purchase = Purchase {
            kind: ChargeKind::Licence,
            coverage: CoveragePeriod { from: *on, to: until, years: Fraction::ONE },
            priced_on: *on,
            units: ChargedUnits::of(units),
            part: part.as_deref(),
            licence_part: None,
            is_capped: false,
        };
        let subject = Offered { agreement: &agreement, product, metric, currency: currency.as_ref() };
        let charge = self.books.pricing(None).charge(subject, &purchase)?;
        let key = RenewalKey {
            site: String::new(),
            product: product.to_owned(),
            metric: metric.to_owned(),
            kind: RenewalKind::Support,
            status: RenewalStatus::Active,
            ends: NoneLast(None),
            renewal_part: NoneLast(None),
            licence_part: NoneLast(part),
            currency: NoneLast(currency),
            agreement,
        };
        Some(CostItem { line: RenewalLine::of(key, Renewable::default()), charge })
    }

    /// Whether a price at a level that is considered is that of a lower one, as the level has none: it says nothing of what
    /// the level is worth.
    pub fn is_of_lower_level(&self, item: &CostItem) -> bool {
        let CostItem { charge, .. } = item;
        let part = charge.part.as_deref().unwrap_or_default();
        let points = self.books.prices.points().on(part, charge.priced_on);
        let follows = points.is_none_or(|points| points.entitled_discount != Some(false));
        let is_lower = charge.priced.as_ref().is_some_and(|priced| priced.offered.level != charge.level);
        charge.level_basis == LevelBasis::Considered && follows && is_lower
    }

    /// How an amount comes about, as expected.
    pub fn explain(&self, item: &CostItem) -> Derivation {
        AmountSources::of(&self.books).charge(&item.line, &item.charge, Bound::Expected).explain()
    }
}

/// The only one of its kind, however often it is there.
fn only<T: PartialEq>(all: Vec<T>) -> Option<T> {
    let mut all = all.into_iter();
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

//! What is found of products: what is short and what would make less of it, what is paid for and not needed, what ends soon.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::bill::Bill;
use super::{FindingFact, FindingSources, Money, ProductMetric};
use crate::engine::renewal::{CostItem, RenewalKind, RenewalLine, RenewalStatus};
use crate::model::day;
use crate::model::position::ProductPosition;
use crate::rules::product_names;

/// So many days before its end support is said to end soon: those of the last notice (semantics of money, section 11).
const SOON: i64 = 30;

/// What is found of each product, with what it changes on the bill.
pub(super) fn facts(sources: FindingSources<'_>) -> Vec<(FindingFact, Bill)> {
    let lines = sources.money.map(|money| active_lines(&money.forecast.lines)).unwrap_or_default();
    let mut facts = Vec::new();
    for position in &sources.position.products {
        let key = (position.product.as_str(), position.metric.as_str());
        let lines = lines.get(&key).map(Vec::as_slice).unwrap_or_default();
        let one = OfProduct { position, lines, sources };
        let all = [one.short(), one.other_name(), one.cover(), one.hosts(), one.unused(), one.ends_soon()];
        facts.extend(all.into_iter().flatten());
        facts.extend(one.not_measured().map(|fact| (fact, Bill::default())));
    }
    facts
}

/// The lines that run, by what they renew.
fn active_lines(lines: &[RenewalLine]) -> BTreeMap<(&str, &str), Vec<&RenewalLine>> {
    let mut active: BTreeMap<_, Vec<&RenewalLine>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.key.status == RenewalStatus::Active) {
        active.entry((line.key.product.as_str(), line.key.metric.as_str())).or_default().push(line);
    }
    active
}

/// A product, with the lines by which it is renewed.
#[derive(Clone, Copy)]
struct OfProduct<'a> {
    position: &'a ProductPosition,
    lines: &'a [&'a RenewalLine],
    sources: FindingSources<'a>,
}

impl<'a> OfProduct<'a> {
    fn name(&self) -> ProductMetric {
        ProductMetric { product: self.position.product.clone(), metric: self.position.metric.clone() }
    }

    /// How much is missing; nothing where that is not known.
    fn shortfall(&self) -> Decimal {
        self.position.balance().map_or(Decimal::ZERO, |balance| (-balance).max(Decimal::ZERO))
    }

    /// The lines on which nothing is decided.
    fn undecided(&self) -> impl Iterator<Item = &'a RenewalLine> {
        self.lines.iter().copied().filter(|line| !line.is_decided)
    }

    /// How much of what is needed the lines on which nothing is decided have to carry.
    fn needed_of_undecided(&self) -> Option<Decimal> {
        let needed = Decimal::from(self.position.needed?.sub_capacity?);
        let decided = self.lines.iter().filter(|line| line.is_decided);
        let kept = decided.fold(Decimal::ZERO, |sum, line| sum.saturating_add(line.kept));
        Some(needed.saturating_sub(kept).max(Decimal::ZERO))
    }

    /// Licences to buy.
    fn licences(&self, units: Decimal) -> Vec<CostItem> {
        let money = self.sources.money;
        let bought =
            money.and_then(|money| money.costing.licence(&self.position.product, &self.position.metric, units));
        bought.into_iter().collect()
    }

    /// A year of what is renewed while nothing is decided, for so many units in all: the first lines keep theirs.
    fn years(&self, units: Decimal) -> Vec<CostItem> {
        let Some(Money { costing, .. }) = self.sources.money else { return Vec::new() };
        let mut left = units;
        let keep = |line: &'a RenewalLine| {
            let kept = line.renewable.units.min(left);
            left = left.saturating_sub(kept);
            costing.year(line, kept)
        };
        self.undecided().filter_map(keep).collect()
    }

    /// What needing so much less saves: licences to buy where it is short, else support.
    fn lowered(&self, by: Decimal) -> Bill {
        let short = self.shortfall();
        if short > Decimal::ZERO {
            let left = short.saturating_sub(by).max(Decimal::ZERO);
            return Bill { now: self.licences(short), instead: self.licences(left), unknown: 0 };
        }
        let Some(needed) = self.needed_of_undecided() else { return Bill::default() };
        let left = needed.saturating_sub(by).max(Decimal::ZERO);
        difference(self.years(needed), self.years(left))
    }

    fn short(&self) -> Option<(FindingFact, Bill)> {
        let units = self.shortfall();
        let bill = || Bill { now: self.licences(units), ..Bill::default() };
        (units > Decimal::ZERO).then(|| (FindingFact::Short { of: self.name(), units }, bill()))
    }

    /// A right that nothing needs, under a name that may be another one of this product.
    fn other_name(&self) -> Option<(FindingFact, Bill)> {
        let short = self.shortfall();
        if short.is_zero() {
            return None;
        }
        let idle = |other: &&ProductPosition| {
            other.metric == self.position.metric
                && other.product != self.position.product
                && other.needed.is_some_and(|needed| !needed.found)
                && other.balance().is_some_and(|balance| balance > Decimal::ZERO)
                && product_names::may_be_same(&other.product, &self.position.product)
        };
        let other = self.sources.position.products.iter().find(idle)?;
        let units = other.balance()?.min(short);
        let fact = FindingFact::OtherName { of: self.name(), other: other.product.clone(), units };
        Some((fact, self.lowered(units)))
    }

    /// A principal with which the product comes, and which nobody has claimed.
    fn cover(&self) -> Option<(FindingFact, Bill)> {
        let needed = Decimal::from(self.position.needed?.sub_capacity.filter(|needed| *needed > 0)?);
        let known = self.sources.suggestions.iter().find(|one| one.product == self.position.product)?;
        let fact = FindingFact::Cover { of: self.name(), principal: known.principal.clone(), units: needed };
        Some((fact, Bill::default()))
    }

    /// Hosts that nobody names.
    fn hosts(&self) -> Option<(FindingFact, Bill)> {
        let mut products = self.sources.assessment.products.iter();
        let recoverable = products.find(|one| self.position.is_of(one))?.recoverable.filter(|one| one.high > 0)?;
        let (high, at_stake) = (recoverable.high, recoverable.at_stake);
        Some((FindingFact::Hosts { of: self.name(), high, at_stake }, self.lowered(high.into())))
    }

    /// Support, or a term, that is paid for more than is needed.
    fn unused(&self) -> Option<(FindingFact, Bill)> {
        // What is short may be owned for another platform: which of it is idle is not known.
        if self.shortfall() > Decimal::ZERO {
            return None;
        }
        let of = self.name();
        if self.sources.money.is_none() {
            let paid = self.position.supported?;
            let needed = Decimal::from(self.position.needed?.sub_capacity?).min(paid);
            return (paid > needed).then(|| (FindingFact::Unused { of, paid, needed }, Bill::default()));
        }
        let paid = self.undecided().fold(Decimal::ZERO, |sum, line| sum.saturating_add(line.renewable.units));
        let needed = self.needed_of_undecided()?.min(paid);
        let bill = || difference(self.years(paid), self.years(needed));
        (paid > needed).then(|| (FindingFact::Unused { of, paid, needed }, bill()))
    }

    /// Support of what is in use that ends soon and is to be renewed.
    fn ends_soon(&self) -> Option<(FindingFact, Bill)> {
        let costing = self.sources.money?.costing;
        self.position.needed.filter(|needed| needed.sub_capacity != Some(0))?;
        let ends = |line: &RenewalLine| line.key.ends.0.filter(|end| self.is_soon(*end));
        let soon: Vec<&RenewalLine> = self
            .lines
            .iter()
            .copied()
            .filter(|line| line.key.kind == RenewalKind::Support && line.kept > Decimal::ZERO)
            .filter(|line| ends(line).is_some())
            .collect();
        let first = soon.iter().filter_map(|line| ends(line)).min()?;
        let units = soon.iter().fold(Decimal::ZERO, |sum, line| sum.saturating_add(line.renewable.units));
        let bill = Bill {
            now: soon.iter().filter_map(|line| costing.reinstatement(line)).collect(),
            instead: soon.iter().filter_map(|line| costing.year(line, line.renewable.units)).collect(),
            unknown: 0,
        };
        Some((FindingFact::EndsSoon { of: self.name(), units, ends: first }, bill))
    }

    fn is_soon(&self, end: Date) -> bool {
        day::between(self.sources.on, end) <= SOON
    }

    /// What nothing measures.
    fn not_measured(&self) -> Option<FindingFact> {
        let known = self.position.needed.and_then(|needed| needed.sub_capacity).is_some();
        let entitled = self.position.entitled;
        (!known).then(|| FindingFact::NotMeasured { of: self.name(), entitled })
    }
}

/// What two bills of the same lines differ in: what is the same on both is on neither.
fn difference(now: Vec<CostItem>, instead: Vec<CostItem>) -> Bill {
    let is_on = |items: &[CostItem], item: &CostItem| items.contains(item);
    let changed = now.iter().filter(|item| !is_on(&instead, item)).cloned().collect();
    let to = instead.iter().filter(|item| !is_on(&now, item)).cloned().collect();
    Bill { now: changed, instead: to, unknown: 0 }
}

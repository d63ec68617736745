//! What is assumed on a day, and what holds where nobody assumes anything (semantics of money, section 7).

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, date};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::assumption::{Assumed, Assumption, AssumptionName, Estimate, Proration, Scope};
use crate::model::money::Currency;
use crate::model::number;
use crate::rules::renewals;
use crate::rules::volume_levels::VolumeLevel;

/// The assumptions of a forecast.
pub(super) struct AssumptionBook<'a> {
    /// Those of each name, the ones that go before others last: the narrowest, then the one from the latest day, then
    /// the later line.
    by_name: BTreeMap<AssumptionName, Vec<AssumptionEntry<'a>>>,
    on: Date,
}

struct AssumptionEntry<'a> {
    /// Its place in the list.
    place: usize,
    line: &'a Arc<Assumption>,
    scope: Scope,
    assumed: Assumed,
}

/// Of what something is asked.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) agreement: &'a str,
    pub(super) product: &'a str,
    /// The priced part, in capitals; blank for none.
    pub(super) part: &'a str,
}

impl About<'_> {
    fn is_within(self, scope: &Scope) -> bool {
        match scope {
            Scope::Everything => true,
            Scope::Agreement(agreement) => agreement == self.agreement,
            Scope::Product(product) => product == self.product,
            Scope::Part(part) => part == self.part,
            Scope::Currencies(..) => false,
        }
    }
}

impl<'a> AssumptionBook<'a> {
    /// The assumptions that fit their names, and those that do not.
    pub(super) fn of(lines: &'a [Arc<Assumption>], on: Date) -> (Self, Vec<&'a Arc<Assumption>>) {
        let mut by_name: BTreeMap<_, Vec<AssumptionEntry<'a>>> = BTreeMap::new();
        let mut misfits = Vec::new();
        for (place, line) in lines.iter().enumerate() {
            match line.read() {
                Ok(read) => by_name.entry(line.name).or_default().push(AssumptionEntry {
                    place,
                    line,
                    scope: read.scope,
                    assumed: read.assumed,
                }),
                Err(_) => misfits.push(line),
            }
        }
        for entries in by_name.values_mut() {
            entries.sort_by_key(|entry| (width(&entry.scope), entry.line.from));
        }
        (Self { by_name, on }, misfits)
    }

    /// The day of the forecast.
    pub(super) const fn on(&self) -> Date {
        self.on
    }

    /// What is assumed of something on a day: the one that goes before all others that hold.
    fn pick(&self, name: AssumptionName, about: About<'_>, day: Date) -> Option<&AssumptionEntry<'a>> {
        let entries = self.by_name.get(&name)?.iter().rev();
        let mut begun = entries.filter(|entry| entry.line.from.is_none_or(|from| from <= day));
        begun.find(|entry| about.is_within(&entry.scope))
    }

    /// The places of what is assumed of the costs of something, be it from a later day on: where they are the same, so is
    /// what is assumed.
    pub(super) fn of_costs(&self, about: About<'_>) -> impl Iterator<Item = usize> {
        let of_costs = self.by_name.iter().filter(|(name, _)| !name.plans());
        let entries = of_costs.flat_map(|(_, entries)| entries);
        entries.filter(move |entry| about.is_within(&entry.scope)).map(|entry| entry.place)
    }

    /// The line that says what is assumed of something on a day.
    pub(super) fn line(&self, name: AssumptionName, about: About<'_>, day: Date) -> Option<&'a Arc<Assumption>> {
        self.pick(name, about, day).map(|entry| entry.line)
    }

    fn range(&self, name: AssumptionName, about: About<'_>, day: Date) -> Option<Estimate<Decimal>> {
        if let Assumed::Estimate(range) = self.pick(name, about, day)?.assumed { Some(range) } else { None }
    }

    fn number(&self, name: AssumptionName, about: About<'_>, day: Date) -> Option<Decimal> {
        if let Assumed::Number(number) = self.pick(name, about, day)?.assumed { Some(number) } else { None }
    }

    /// By how much prices rise with a year, in percent.
    pub(super) fn uplift(&self, about: About<'_>, year: i16) -> Estimate<Decimal> {
        self.range(AssumptionName::Uplift, about, new_year(year)).unwrap_or_else(|| renewals::uplift(year))
    }

    /// What becomes of a price of one year in another one (3.3, 3.4); `None` where it is too large.
    pub(super) fn index(
        &self,
        about: About<'_>,
        (base, year): (i16, i16),
        caps: PriceCaps,
    ) -> Option<Estimate<Decimal>> {
        let years = usize::try_from(year.saturating_sub(base)).unwrap_or_default();
        let Some(last) = years.checked_sub(1) else { return Some(Estimate::flat(Decimal::ONE)) };
        self.indexes(about, base, caps).nth(last).flatten()
    }

    /// What becomes of a price of one year in each later one (3.3, 3.4); `None` from where it is too large on.
    pub(super) fn indexes(
        &self,
        about: About<'_>,
        base: i16,
        caps: PriceCaps,
    ) -> impl Iterator<Item = Option<Estimate<Decimal>>> {
        let years = base.saturating_add(1)..=i16::MAX;
        years.scan(Some(Estimate::flat(Decimal::ONE)), move |index, year| {
            *index = index.and_then(|index| caps.bound(index, self.uplift(about, year), year.saturating_sub(base)));
            Some(*index)
        })
    }

    /// The most by which prices rise, in percent of the price at first, and in percent of the year before; of the
    /// second, what the agreement says holds where nothing is assumed.
    pub(super) fn caps(&self, about: About<'_>, of_agreement: Option<Decimal>) -> PriceCaps {
        PriceCaps {
            fixed: self.number(AssumptionName::CapFixed, about, self.on),
            compounding: self.number(AssumptionName::CapCompounding, about, self.on).or(of_agreement),
        }
    }

    /// Yearly support, in percent of the licence's price.
    pub(super) fn support_rate(&self, about: About<'_>, day: Date) -> Estimate<Decimal> {
        let assumed = self.range(AssumptionName::SsRate, about, day);
        assumed.unwrap_or_else(|| Estimate::flat(renewals::SUPPORT_RATE))
    }

    /// Reinstatement, in percent of the licence's price.
    pub(super) fn reinstatement_rate(&self, about: About<'_>, day: Date) -> Estimate<Decimal> {
        let assumed = self.range(AssumptionName::ReinstatementRate, about, day);
        assumed.unwrap_or_else(|| Estimate::flat(renewals::REINSTATEMENT_RATE))
    }

    /// What is added to support that is paid for a time gone by, in percent; `None` where nobody says.
    pub(super) fn reinstatement_uplift(&self, about: About<'_>, day: Date) -> Option<Estimate<Decimal>> {
        self.range(AssumptionName::ReinstatementUplift, about, day)
    }

    /// Percent off.
    pub(super) fn discount(&self, about: About<'_>, day: Date) -> Estimate<Decimal> {
        self.range(AssumptionName::Discount, about, day).unwrap_or_else(|| Estimate::flat(Decimal::ZERO))
    }

    /// How a part of a year is paid by an agreement.
    pub(super) fn proration(&self, agreement: &str) -> Proration {
        let assumed = self.of_agreement(AssumptionName::Proration, agreement, self.on);
        if let Some(Assumed::Proration(proration)) = assumed { *proration } else { Proration::default() }
    }

    /// Day and month of the anniversary of an agreement.
    pub(super) fn anniversary(&self, agreement: &str) -> Option<Date> {
        let assumed = self.of_agreement(AssumptionName::Anniversary, agreement, self.on)?;
        if let Assumed::Day(day) = assumed { Some(*day) } else { None }
    }

    /// The level of an agreement on a day.
    pub(super) fn level(&self, agreement: &str, day: Date) -> Option<VolumeLevel> {
        let assumed = self.of_agreement(AssumptionName::Level, agreement, day)?;
        if let Assumed::Level(level) = assumed { Some(*level) } else { None }
    }

    /// The points of each later term of an agreement.
    pub(super) fn points(&self, agreement: &str) -> Option<Decimal> {
        let assumed = self.of_agreement(AssumptionName::Points, agreement, self.on)?;
        if let Assumed::Number(points) = assumed { Some(*points) } else { None }
    }

    /// The currency of an agreement's lines.
    pub(super) fn currency(&self, agreement: &str) -> Option<&Currency> {
        let assumed = self.of_agreement(AssumptionName::Currency, agreement, self.on)?;
        if let Assumed::Currency(currency) = assumed { Some(currency) } else { None }
    }

    fn of_agreement(&self, name: AssumptionName, agreement: &str, day: Date) -> Option<&Assumed> {
        self.pick(name, About { agreement, product: "", part: "" }, day).map(|entry| &entry.assumed)
    }

    /// The part by whose price a product is licensed.
    pub(super) fn licence_part(&self, product: &str) -> Option<&str> {
        let about = About { agreement: "", product, part: "" };
        let assumed = &self.pick(AssumptionName::LicencePart, about, self.on)?.assumed;
        if let Assumed::Part(part) = assumed { Some(part) } else { None }
    }

    /// The currency into which totals are converted.
    pub(super) fn report_currency(&self) -> Option<&Currency> {
        let assumed = self.of_agreement(AssumptionName::ReportCurrency, "", self.on)?;
        if let Assumed::Currency(currency) = assumed { Some(currency) } else { None }
    }

    /// What one unit of a currency is in another one: by the latest rate, then the later line.
    pub(super) fn exchange(&self, from: &Currency, to: &Currency) -> Option<Decimal> {
        if from == to {
            return Some(Decimal::ONE);
        }
        if let Assumed::Number(rate) = self.latest_rate(from, to)?.assumed { Some(rate) } else { None }
    }

    /// The line that says what one unit of a currency is in another one.
    pub(super) fn exchange_line(&self, from: &Currency, to: &Currency) -> Option<&'a Arc<Assumption>> {
        self.latest_rate(from, to).filter(|_| from != to).map(|entry| entry.line)
    }

    fn latest_rate(&self, from: &Currency, to: &Currency) -> Option<&AssumptionEntry<'a>> {
        self.by_name.get(&AssumptionName::Fx)?.iter().rev().find(|entry| {
            entry.line.from.is_none_or(|day| day <= self.on)
                && matches!(&entry.scope, Scope::Currencies(one, other) if one == from && other == to)
        })
    }
}

fn new_year(year: i16) -> Date {
    Date::new(year, 1, 1).unwrap_or(date(1, 1, 1))
}

/// How narrow a scope is.
const fn width(scope: &Scope) -> u8 {
    match scope {
        Scope::Everything | Scope::Currencies(..) => 0,
        Scope::Agreement(_) => 1,
        Scope::Product(_) => 2,
        Scope::Part(_) => 3,
    }
}

/// The most by which prices may rise, by contract, in percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PriceCaps {
    /// Of the price at first, for each year.
    pub fixed: Option<Decimal>,
    /// Of the year before.
    pub compounding: Option<Decimal>,
}

impl PriceCaps {
    /// An index a year later, so many years after it was one.
    fn bound(self, index: Estimate<Decimal>, uplift: Estimate<Decimal>, years: i16) -> Option<Estimate<Decimal>> {
        let most = match self.fixed {
            Some(cap) => Some(grown_at_once(cap, years)?),
            None => None,
        };
        let bound = index.with(uplift, |index, uplift| {
            let uplift = self.compounding.map_or(uplift, |cap| uplift.min(cap));
            let grown = grown(index, uplift)?;
            Some(most.map_or(grown, |most| grown.min(most)))
        });
        bound.all()
    }

    /// What a price may grow to in so many years at most; `None` where no cap is agreed.
    pub(super) fn growth(self, years: i16) -> Option<Decimal> {
        [self.growth_by_years(years), self.growth_at_once(years)].into_iter().flatten().min()
    }

    /// What a price may grow to in so many years by the cap of the rise from year to year.
    pub fn growth_by_years(self, years: i16) -> Option<Decimal> {
        let cap = self.compounding?;
        (0..years).try_fold(Decimal::ONE, |factor, _| grown(factor, cap))
    }

    /// The same by the cap of the price at first.
    pub fn growth_at_once(self, years: i16) -> Option<Decimal> {
        grown_at_once(self.fixed?, years)
    }
}

/// An index a year later, to six decimals.
fn grown(index: Decimal, percent: Decimal) -> Option<Decimal> {
    let factor = Decimal::ONE_HUNDRED.checked_add(percent)?.checked_mul(Decimal::new(1, 2))?;
    let grown = number::product(index, factor)?;
    Some(grown.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero))
}

/// The most that an index may be after so many years, by a cap of the price at first.
fn grown_at_once(cap: Decimal, years: i16) -> Option<Decimal> {
    let percent = cap.checked_mul(years.into())?.checked_mul(Decimal::new(1, 2))?;
    Decimal::ONE.checked_add(percent)
}

//! What a coverage costs: price, index, rate, discount, parts and how much of a year, rounded once (semantics of money,
//! sections 3 and 5).

use std::num::NonZeroU32;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::assumed::{About, AssumptionBook, PriceCaps};
use super::calendar::CoveragePeriod;
use super::catalogue::{PartBook, parts_of};
use super::levels::{LevelBasis, Terms};
use super::prices::{PriceBook, TWELVE, paid_months};
use crate::model::assumption::Estimate;
use crate::model::fraction::Fraction;
use crate::model::money::Currency;
use crate::model::number;
use crate::model::price::Price;
use crate::rules::parts::PartKind;
use crate::rules::volume_levels::VolumeLevel;

/// What a charge is for; in the order of the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChargeKind {
    /// Support for a time that has gone by.
    BackCharge,
    /// A licence, with its first twelve months of support.
    Licence,
    /// Support after a gap.
    Reinstatement,
    /// Support for another year.
    Renewal,
    /// A term.
    Term,
}

impl ChargeKind {
    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BackCharge => "back_charge",
            Self::Licence => "licence",
            Self::Reinstatement => "reinstatement",
            Self::Renewal => "renewal",
            Self::Term => "term",
        }
    }

    /// Whether one price pays for a year, or a part of one; else it is paid once.
    pub(super) const fn is_yearly(self) -> bool {
        matches!(self, Self::BackCharge | Self::Renewal | Self::Term)
    }
}

/// A charge: a coverage and what it costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// First day of the coverage.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// How many years that is.
    pub years: Fraction,
    /// What it is for.
    pub kind: ChargeKind,
    /// Number of the priced part; where nothing has a price, of the part that should have one.
    pub part: Option<String>,
    /// The level of the customer then.
    pub level: VolumeLevel,
    /// What that level rests on.
    pub level_basis: LevelBasis,
    /// The day whose price, level, index and percentages hold: its first one, or that of its term.
    pub priced_on: Date,
    /// How many units.
    pub units: ChargedUnits,
    /// How many units one part is.
    pub pack: u32,
    /// How many parts.
    pub parts: u64,
    /// How it is priced; `None` where nothing has a price.
    pub priced: Option<Priced>,
    /// What it costs, rounded; `None` where that is not known.
    pub amount: Option<Estimate<Decimal>>,
}

/// Units, and the ratio by which others come in their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChargedUnits {
    /// Units of what is there, or as many as a decision says.
    pub units: Decimal,
    /// So many of them are so many of what comes in their place.
    pub ratio: Option<(NonZeroU32, NonZeroU32)>,
}

impl ChargedUnits {
    /// So many, whatever they come in the place of.
    pub(super) const fn of(units: Decimal) -> Self {
        Self { units, ratio: None }
    }

    /// How many there are in the end; `None` when they are too many.
    fn exactly(self) -> Option<Fraction> {
        let units = Fraction::of(self.units, Decimal::ONE)?;
        let Some((there, instead)) = self.ratio else { return Some(units) };
        units.product(Fraction::of(instead.get().into(), there.get().into())?)
    }
}

/// What a price follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceBasis {
    /// The price of the part itself.
    Part,
    /// A rate of the price of the licence.
    Rate,
}

/// How a charge is priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// What the price follows from.
    pub basis: PriceBasis,
    /// The row of the price.
    pub row: Arc<Price>,
    /// Whether another row with another price is set aside only because it stands before this one.
    pub is_tied: bool,
    /// The level of the row: a lower one than the customer's where that has no price.
    pub level: VolumeLevel,
    /// How many months the price pays.
    pub months: NonZeroU32,
    /// Whether anything says so; else twelve is assumed.
    pub months_known: bool,
    /// The year of whose prices the row is.
    pub base_year: i16,
    /// What of the price is paid, in percent.
    pub rate: Estimate<Decimal>,
    /// What has become of the price since the row's year; `None` where it is too large to be told.
    pub index: Option<Estimate<Decimal>>,
    /// Whether the contract can bound it.
    pub is_capped: bool,
    /// The most by which the contract lets prices rise.
    pub caps: PriceCaps,
    /// The price on the day of the forecast, which bounds that of a row that begins later.
    pub first: Option<Arc<Price>>,
    /// The most that the contract lets the price be; of several, each holds.
    pub limits: Vec<Decimal>,
    /// Percent off.
    pub discount: Estimate<Decimal>,
    /// What is added, in percent; `None` where that is not known.
    pub added: Option<Estimate<Decimal>>,
    /// How often one price is paid.
    pub factor: Fraction,
}

/// Of whose lines something is priced.
#[derive(Clone, Copy)]
pub(super) struct Offered<'a> {
    pub(super) agreement: &'a str,
    pub(super) product: &'a str,
    /// The metric in which the units are counted.
    pub(super) metric: &'a str,
    pub(super) currency: Option<&'a Currency>,
}

/// What is to be priced.
#[derive(Clone, Copy)]
pub(super) struct Purchase<'a> {
    pub(super) kind: ChargeKind,
    pub(super) coverage: CoveragePeriod,
    /// The day whose price, level, index and percentages hold.
    pub(super) priced_on: Date,
    pub(super) units: ChargedUnits,
    /// The part whose price it is.
    pub(super) part: Option<&'a str>,
    /// The licence of whose price it is a rate, where the part has none.
    pub(super) licence_part: Option<&'a str>,
    /// Whether the caps of the contract bind it.
    pub(super) is_capped: bool,
}

/// What everything is priced with.
#[derive(Clone, Copy)]
pub(super) struct Pricing<'a> {
    pub(super) prices: &'a PriceBook<'a>,
    pub(super) parts: &'a PartBook<'a>,
    pub(super) assumptions: &'a AssumptionBook<'a>,
    pub(super) terms: &'a Terms<'a>,
    /// The level of every agreement, where one is considered.
    pub(super) level: Option<VolumeLevel>,
    pub(super) on: Date,
}

impl Pricing<'_> {
    /// The level of who buys something, and what it rests on.
    fn level(&self, subject: Offered<'_>, purchase: &Purchase<'_>) -> (VolumeLevel, LevelBasis) {
        let of_agreement = || self.terms.level(subject.agreement, purchase.priced_on, self.assumptions);
        self.level.map_or_else(of_agreement, |level| (level, LevelBasis::Considered))
    }

    /// What something costs; `None` where it is nothing at all.
    pub(super) fn charge(&self, subject: Offered<'_>, purchase: &Purchase<'_>) -> Option<Charge> {
        let (level, level_basis) = self.level(subject, purchase);
        let found = self.price(subject, purchase, level);
        let part = found.as_ref().map(|(part, _)| *part).or(purchase.part).or(purchase.licence_part);
        let pack = part.map_or(1, |part| self.parts.pack(part, subject.metric));
        let parts = parts_of(purchase.units.exactly()?, pack).unwrap_or(u64::MAX);
        if parts == 0 {
            return None;
        }
        let decimals = subject.currency.map_or(2, Currency::decimals);
        let priced = found.map(|(_, priced)| priced);
        let amount = priced.as_ref().and_then(|priced| {
            let parts = Fraction::of(parts.into(), Decimal::ONE)?;
            priced.per_part()?.map(|one| one?.product(priced.factor)?.product(parts)?.rounded(decimals)).all()
        });
        let CoveragePeriod { from, to, years } = purchase.coverage;
        Some(Charge {
            from,
            to,
            years,
            kind: purchase.kind,
            part: part.map(str::to_owned),
            level,
            level_basis,
            priced_on: purchase.priced_on,
            units: purchase.units,
            pack,
            parts,
            priced,
            amount,
        })
    }

    /// What one unit costs in a year, or once, as expected and not rounded; `None` where that is not known.
    pub(super) fn per_unit(&self, subject: Offered<'_>, purchase: &Purchase<'_>) -> Option<Fraction> {
        let (level, _) = self.level(subject, purchase);
        let (part, priced) = self.price(subject, purchase, level)?;
        priced.per_unit(self.parts.pack(part, subject.metric))
    }

    /// The part with a price, and how it is priced: the part itself, else the licence; by examples only where neither has
    /// another price.
    fn price<'o>(
        &self,
        subject: Offered<'_>,
        purchase: &Purchase<'o>,
        level: VolumeLevel,
    ) -> Option<(&'o str, Priced)> {
        let of_part = || Some((purchase.part?, PriceBasis::Part));
        let of_licence = || Some((purchase.licence_part?, PriceBasis::Rate));
        let priced = |(part, basis)| Some((part, self.priced(subject, purchase, level, part, basis)?));
        let found = of_part().and_then(priced).or_else(|| of_licence().and_then(priced));
        found.or_else(|| self.by_examples()?.price(subject, purchase, level))
    }

    fn by_examples(&self) -> Option<Self> {
        Some(Self { prices: self.prices.examples()?, ..*self })
    }

    fn priced(
        &self,
        subject: Offered<'_>,
        purchase: &Purchase<'_>,
        level: VolumeLevel,
        part: &str,
        basis: PriceBasis,
    ) -> Option<Priced> {
        let day = purchase.priced_on;
        let currency = subject.currency?;
        let found = self.prices.in_force(part, level, currency, day)?;
        let of_part = self.parts.find(part);
        let is_monthly = of_part.is_some_and(|part| part.kind == Some(PartKind::Monthly));
        let months = |row: &Price| paid_months(Some(row), of_part.and_then(|part| part.months), is_monthly);
        let (paid, months_known) = months(found.row);
        let about = About { agreement: subject.agreement, product: subject.product, part };
        let caps = if purchase.is_capped {
            self.assumptions.caps(about, self.terms.cap(subject.agreement))
        } else {
            PriceCaps::default()
        };
        let base_year = found.row.valid_from.map_or(self.on.year(), |from| from.year().max(self.on.year()));
        let begins_later = found.row.valid_from.is_some_and(|from| from > self.on);
        let first = begins_later
            .then(|| self.prices.at_first(part, found.level, currency, |row| months(row).0 == paid))
            .flatten();
        let years = day.year().saturating_sub(self.on.year());
        let limits = first.map(|row| caps.limits(row.price, years)).unwrap_or_default();
        let rate = match (basis, purchase.kind) {
            (PriceBasis::Part, _) => Estimate::flat(Decimal::ONE_HUNDRED),
            (PriceBasis::Rate, ChargeKind::Reinstatement) => self.assumptions.reinstatement_rate(about, day),
            (
                PriceBasis::Rate,
                ChargeKind::BackCharge | ChargeKind::Licence | ChargeKind::Renewal | ChargeKind::Term,
            ) => self.assumptions.support_rate(about, day),
        };
        // A rate of the licence's price is that of a year.
        let (months, months_known) = match basis {
            PriceBasis::Part => (paid, months_known),
            PriceBasis::Rate => (TWELVE, true),
        };
        let factor = if purchase.kind.is_yearly() {
            purchase.coverage.years.product(Fraction::of(TWELVE.get().into(), months.get().into())?)?
        } else {
            Fraction::ONE
        };
        let added = match purchase.kind {
            ChargeKind::BackCharge => self.assumptions.reinstatement_uplift(about, day),
            ChargeKind::Licence | ChargeKind::Reinstatement | ChargeKind::Renewal | ChargeKind::Term => {
                Some(Estimate::flat(Decimal::ZERO))
            }
        };
        Some(Priced {
            basis,
            row: Arc::clone(found.row),
            is_tied: found.is_tied,
            level: found.level,
            months,
            months_known,
            base_year,
            rate,
            index: self.index(about, base_year, day.year(), caps),
            is_capped: purchase.is_capped,
            caps,
            first: first.map(Arc::clone),
            limits,
            discount: self.assumptions.discount(about, day),
            added,
            factor,
        })
    }

    /// What becomes of a price of one year in another one (3.3, 3.4).
    fn index(&self, about: About<'_>, base: i16, year: i16, caps: PriceCaps) -> Option<Estimate<Decimal>> {
        let Some(last) = usize::from(year.saturating_sub(base).max(0).unsigned_abs()).checked_sub(1) else {
            return Some(Estimate::flat(Decimal::ONE));
        };
        self.assumptions.indexes(about, base, caps).nth(last)?
    }
}

impl Charge {
    /// How often one price of a part is paid; of what has no price, as if one paid for a year.
    pub fn times(&self) -> Fraction {
        self.priced.as_ref().map_or(self.years, |priced| priced.factor)
    }
}

/// The decimals of the price of one part as proposals write it (semantics of money, section 12).
const UNIT_DECIMALS: u32 = 6;

impl Priced {
    /// What one part costs at a time, with index, caps, rate and discount, rounded to be written down: an amount follows
    /// from what is not rounded yet. `None` where something of that is not known.
    pub fn unit_price(&self) -> Option<Estimate<Decimal>> {
        self.per_part()?.map(|one| one?.rounded(UNIT_DECIMALS)).all()
    }

    /// What one unit costs in a year, or once, where so many make a part: as expected, exactly. `None` where something of
    /// that is not known.
    pub(super) fn per_unit(&self, pack: u32) -> Option<Fraction> {
        let pack = Fraction::of(pack.into(), Decimal::ONE)?;
        self.per_part()?.expected?.product(self.factor)?.quotient(pack)
    }

    /// What one part costs at a time: the price with its index, as much as the contract allows, of which the rate is
    /// paid, less the discount; exactly. `None` where something of that is not known.
    fn per_part(&self) -> Option<Estimate<Option<Fraction>>> {
        let added = self.added?;
        let priced = self.index?.map(|index| {
            let price = number::product(self.row.price, index)?;
            Some(self.limits.iter().fold(price, |price, limit| price.min(*limit)))
        });
        let factors = self.rate.with(self.discount, |rate, discount| {
            percent(rate)?.product(percent(Decimal::ONE_HUNDRED.checked_sub(discount)?)?)
        });
        let factors =
            factors.with(added, |factor, added| factor?.product(percent(Decimal::ONE_HUNDRED.checked_add(added)?)?));
        Some(priced.with(factors, |price, factor| Fraction::of(price?, Decimal::ONE)?.product(factor?)))
    }
}

fn percent(of_hundred: Decimal) -> Option<Fraction> {
    Fraction::of(of_hundred, Decimal::ONE_HUNDRED)
}

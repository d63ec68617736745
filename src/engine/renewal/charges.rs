//! What a coverage costs: price, index, rate, discount, parts and how much of a year, rounded once (semantics of money,
//! sections 3 and 5).

use std::num::NonZeroU32;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::assumed::AssumptionBook;
use super::calendar::CoveragePeriod;
use super::catalogue::{PartBook, parts_of};
use super::levels::{LevelBasis, Terms};
use super::offers::{OfferBook, OfferKey, PartOffer};
use super::priced::{OfferedPrice, PriceBasis, Priced};
use super::prices::{PriceBook, TWELVE, paid_months};
use crate::model::assumption::Estimate;
use crate::model::fraction::Fraction;
use crate::model::money::Currency;
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
    /// The place of its offer among those of the forecast.
    pub(super) offer: usize,
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
    pub(super) offers: &'a OfferBook,
    pub(super) offers_of_gaps: &'a OfferBook,
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
        let offer = self.offer(subject, purchase);
        let mut charge = Charge::of(&offer, 0, purchase)?;
        charge.assume(&offer.assumed(self.assumptions));
        Some(charge)
    }

    /// The same before anything is assumed of costs: its offer is kept with the others.
    pub(super) fn planned(&self, subject: Offered<'_>, purchase: &Purchase<'_>) -> Option<Charge> {
        let place = self.place(self.offers, subject, purchase);
        self.offers.with(place, |offer| Charge::of(offer, place, purchase)).flatten()
    }

    /// The place of what is offered for a gap.
    pub(super) fn place_of_gap(&self, subject: Offered<'_>, purchase: &Purchase<'_>) -> usize {
        self.place(self.offers_of_gaps, subject, purchase)
    }

    fn place(&self, offers: &OfferBook, subject: Offered<'_>, purchase: &Purchase<'_>) -> usize {
        offers.place(OfferKey::of(subject, purchase), || self.offer(subject, purchase))
    }

    /// What is offered: the part with a price, and how it is priced; the part itself, else the licence.
    fn offer(&self, subject: Offered<'_>, purchase: &Purchase<'_>) -> PartOffer {
        let (level, level_basis) = self.level(subject, purchase);
        let found = self.found(subject, purchase, level);
        let part = found.as_ref().map(|(part, _)| *part).or(purchase.part).or(purchase.licence_part);
        PartOffer {
            agreement: subject.agreement.to_owned(),
            product: subject.product.to_owned(),
            part: part.map(str::to_owned),
            kind: purchase.kind,
            day: purchase.priced_on,
            level,
            level_basis,
            pack: part.map_or(1, |part| self.parts.pack(part, subject.metric)),
            decimals: subject.currency.map_or(2, Currency::decimals),
            price: found.map(|(_, price)| Arc::new(price)),
        }
    }

    /// The part with a price, and how it is priced: the part itself, else the licence; by examples only where neither has
    /// another price.
    fn found<'o>(
        &self,
        subject: Offered<'_>,
        purchase: &Purchase<'o>,
        level: VolumeLevel,
    ) -> Option<(&'o str, OfferedPrice)> {
        let of_part = || Some((purchase.part?, PriceBasis::Part));
        let of_licence = || Some((purchase.licence_part?, PriceBasis::Rate));
        let priced = |(part, basis)| Some((part, self.price(subject, purchase, level, part, basis)?));
        let found = of_part().and_then(priced).or_else(|| of_licence().and_then(priced));
        found.or_else(|| self.by_examples()?.found(subject, purchase, level))
    }

    fn by_examples(&self) -> Option<Self> {
        Some(Self { prices: self.prices.examples()?, ..*self })
    }

    fn price(
        &self,
        subject: Offered<'_>,
        purchase: &Purchase<'_>,
        level: VolumeLevel,
        part: &str,
        basis: PriceBasis,
    ) -> Option<OfferedPrice> {
        let currency = subject.currency?;
        let found = self.prices.in_force(part, level, currency, purchase.priced_on)?;
        let of_part = self.parts.find(part);
        let is_monthly = of_part.is_some_and(|part| part.kind == Some(PartKind::Monthly));
        let months = |row: &Price| paid_months(Some(row), of_part.and_then(|part| part.months), is_monthly);
        let (paid, months_known) = months(found.row);
        let begins_later = found.row.valid_from.is_some_and(|from| from > self.on);
        let at_first = || self.prices.at_first(part, found.level, currency, |row| months(row).0 == paid);
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
        let first = begins_later.then(at_first).flatten();
        let in_all = |row: &Price| Some(Fraction::of(row.price, Decimal::ONE)?.product(factor)?.reduced());
        Some(OfferedPrice {
            basis,
            row: Arc::clone(found.row),
            is_tied: found.is_tied,
            level: found.level,
            months,
            months_known,
            base_year: found.row.valid_from.map_or(self.on.year(), |from| from.year().max(self.on.year())),
            is_capped: purchase.is_capped,
            cap: self.terms.cap(subject.agreement),
            first: first.map(Arc::clone),
            factor,
            in_all: in_all(found.row),
            first_in_all: first.and_then(|row| in_all(row)),
        })
    }
}

impl Charge {
    /// What is charged of an offer, before anything is assumed of costs; `None` where it is nothing at all.
    fn of(offer: &PartOffer, place: usize, purchase: &Purchase<'_>) -> Option<Self> {
        let parts = parts_of(purchase.units.exactly()?, offer.pack).unwrap_or(u64::MAX);
        if parts == 0 {
            return None;
        }
        let CoveragePeriod { from, to, years } = purchase.coverage;
        Some(Self {
            from,
            to,
            years,
            kind: purchase.kind,
            part: offer.part.clone(),
            level: offer.level,
            level_basis: offer.level_basis,
            priced_on: purchase.priced_on,
            units: purchase.units,
            pack: offer.pack,
            parts,
            offer: place,
            priced: None,
            amount: None,
        })
    }

    /// How often one price of a part is paid; of what has no price, as if one paid for a year.
    pub fn times(&self) -> Fraction {
        self.priced.as_ref().map_or(self.years, |priced| priced.offered.factor)
    }
}

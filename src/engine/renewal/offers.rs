//! What charges are priced by, each thing once: many lines of an agreement renew one part on one day, at one price.
//!
//! What an offer is never depends on what is assumed of costs (semantics of money, 6.1): row, level, months and parts stay as
//! they are while rises, caps, rates and discounts change.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::assumed::{About, AssumptionBook, PriceCaps};
use super::charges::{ChargeKind, Offered, Purchase};
use super::levels::LevelBasis;
use crate::model::assumption::Estimate;
use crate::model::fraction::Fraction;
use crate::model::multiples::Multiples;
use crate::model::number;
use crate::model::price::Price;
use crate::rules::volume_levels::VolumeLevel;

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

/// A part that somebody buys for a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PartOffer {
    pub(super) agreement: String,
    pub(super) product: String,
    /// Number of the priced part; where nothing has a price, of the part that should have one.
    pub(super) part: Option<String>,
    pub(super) kind: ChargeKind,
    /// The day whose price, level, index and percentages hold.
    pub(super) day: Date,
    /// The level of the customer then.
    pub(super) level: VolumeLevel,
    pub(super) level_basis: LevelBasis,
    /// How many units one part is.
    pub(super) pack: u32,
    /// Of the amounts of its currency.
    pub(super) decimals: u32,
    /// `None` where nothing has a price.
    pub(super) price: Option<OfferedPrice>,
}

/// The price of an offer; its fields are those of [`Priced`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OfferedPrice {
    pub(super) basis: PriceBasis,
    pub(super) row: Arc<Price>,
    pub(super) is_tied: bool,
    pub(super) level: VolumeLevel,
    pub(super) months: NonZeroU32,
    pub(super) months_known: bool,
    pub(super) base_year: i16,
    pub(super) is_capped: bool,
    /// The most by which the agreement lets it rise in a year, in percent, as its terms say.
    pub(super) cap: Option<Decimal>,
    pub(super) first: Option<Arc<Price>>,
    pub(super) factor: Fraction,
}

/// An offer with what is assumed of it.
pub(super) struct AssumedOffer {
    pub(super) priced: Option<Arc<Priced>>,
    /// What one part costs for the coverage; `None` where that is not known.
    per_part: Option<Estimate<Option<Fraction>>>,
    /// The same, to be multiplied quickly; `None` also where its numbers are too long for that.
    multiples: Option<Estimate<Multiples>>,
    pack: u32,
    decimals: u32,
}

impl PartOffer {
    /// The offer as it is priced by what is assumed.
    pub(super) fn assumed(&self, assumptions: &AssumptionBook<'_>) -> AssumedOffer {
        let priced = self.price.as_ref().map(|price| self.priced(price, assumptions));
        let per_part =
            priced.as_ref().and_then(|priced| Some(priced.per_part()?.map(|one| one?.product(priced.factor))));
        let multiples = per_part.and_then(|one| one.map(|one| Multiples::of(one?, self.decimals)).all());
        let (pack, decimals) = (self.pack, self.decimals);
        AssumedOffer { priced: priced.map(Arc::new), per_part, multiples, pack, decimals }
    }

    fn priced(&self, price: &OfferedPrice, assumptions: &AssumptionBook<'_>) -> Priced {
        let part = self.part.as_deref().unwrap_or_default();
        let about = About { agreement: &self.agreement, product: &self.product, part };
        let caps = if price.is_capped { assumptions.caps(about, price.cap) } else { PriceCaps::default() };
        let years = self.day.year().saturating_sub(assumptions.on().year());
        let rate = match (price.basis, self.kind) {
            (PriceBasis::Part, _) => Estimate::flat(Decimal::ONE_HUNDRED),
            (PriceBasis::Rate, ChargeKind::Reinstatement) => assumptions.reinstatement_rate(about, self.day),
            (
                PriceBasis::Rate,
                ChargeKind::BackCharge | ChargeKind::Licence | ChargeKind::Renewal | ChargeKind::Term,
            ) => assumptions.support_rate(about, self.day),
        };
        let added = match self.kind {
            ChargeKind::BackCharge => assumptions.reinstatement_uplift(about, self.day),
            ChargeKind::Licence | ChargeKind::Reinstatement | ChargeKind::Renewal | ChargeKind::Term => {
                Some(Estimate::flat(Decimal::ZERO))
            }
        };
        Priced {
            basis: price.basis,
            row: Arc::clone(&price.row),
            is_tied: price.is_tied,
            level: price.level,
            months: price.months,
            months_known: price.months_known,
            base_year: price.base_year,
            rate,
            index: assumptions.index(about, (price.base_year, self.day.year()), caps),
            is_capped: price.is_capped,
            caps,
            first: price.first.clone(),
            limits: price.first.as_ref().map(|row| caps.limits(row.price, years)).unwrap_or_default(),
            discount: assumptions.discount(about, self.day),
            added,
            factor: price.factor,
        }
    }
}

impl AssumedOffer {
    /// What so many parts cost, rounded; `None` where that is not known.
    pub(super) fn amount(&self, parts: u64) -> Option<Estimate<Decimal>> {
        let quickly = || self.multiples?.map(|one| one.rounded(parts)).all();
        let exactly = || {
            let parts = Fraction::of(parts.into(), Decimal::ONE)?;
            self.per_part?.map(|one| one?.product(parts)?.rounded(self.decimals)).all()
        };
        quickly().or_else(exactly)
    }

    /// What one unit costs for the coverage, as expected and not rounded; `None` where that is not known.
    pub(super) fn per_unit(&self) -> Option<Fraction> {
        self.priced.as_ref()?.per_unit(self.pack)
    }
}

/// What tells one offer from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OfferKey {
    day: Date,
    kind: ChargeKind,
    is_capped: bool,
    /// How much of a year is paid.
    years: (u128, u128),
    part: Option<String>,
    licence_part: Option<String>,
    product: String,
    metric: String,
    agreement: String,
    currency: Option<String>,
}

impl OfferKey {
    pub(super) fn of(subject: Offered<'_>, purchase: &Purchase<'_>) -> Self {
        let Offered { agreement, product, metric, currency } = subject;
        let Purchase { kind, coverage, priced_on, part, licence_part, is_capped, .. } = *purchase;
        Self {
            day: priced_on,
            kind,
            is_capped,
            years: coverage.years.terms(),
            part: part.map(str::to_owned),
            licence_part: licence_part.map(str::to_owned),
            product: product.to_owned(),
            metric: metric.to_owned(),
            agreement: agreement.to_owned(),
            currency: currency.map(|currency| currency.code().to_owned()),
        }
    }
}

/// The offers of a forecast, in the order in which they were met.
#[derive(Default)]
pub(super) struct OfferBook {
    offers: RefCell<Vec<PartOffer>>,
    places: RefCell<BTreeMap<OfferKey, usize>>,
}

impl OfferBook {
    /// The place of an offer, which is made where it is not known yet.
    pub(super) fn place(&self, key: OfferKey, offer: impl FnOnce() -> PartOffer) -> usize {
        if let Some(known) = self.places.borrow().get(&key) {
            return *known;
        }
        let offer = offer();
        let mut offers = self.offers.borrow_mut();
        let place = offers.len();
        offers.push(offer);
        self.places.borrow_mut().insert(key, place);
        place
    }

    /// What is made of an offer.
    pub(super) fn with<T>(&self, place: usize, of: impl FnOnce(&PartOffer) -> T) -> Option<T> {
        self.offers.borrow().get(place).map(of)
    }

    /// All of them, by their places.
    pub(super) fn into_offers(self) -> Vec<PartOffer> {
        self.offers.into_inner()
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

    /// What one unit costs for the coverage, where so many make a part: as expected and not rounded. `None` where something of
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
    if of_hundred == Decimal::ONE_HUNDRED {
        return Some(Fraction::ONE);
    }
    Fraction::of(of_hundred, Decimal::ONE_HUNDRED)
}

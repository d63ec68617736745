//! What charges are priced by, each thing once: many lines of an agreement renew one part on one day, at one price.
//!
//! What an offer is never depends on what is assumed of costs (semantics of money, 6.1): row, level, months and parts stay as
//! they are while rises, caps, rates and discounts change.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::amounts::AssumedOffer;
use super::assumed::{About, AssumptionBook};
use super::charges::{ChargeKind, Offered, Purchase};
use super::costs::{AssumedCosts, CostBook, CostQuestion};
use super::levels::LevelBasis;
use super::priced::{OfferedPrice, Priced};
use crate::rules::volume_levels::VolumeLevel;

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
    pub(super) price: Option<Arc<OfferedPrice>>,
}

impl PartOffer {
    /// What is asked of the assumptions for it; `None` where nothing has a price.
    pub(super) fn question(&self) -> Option<CostQuestion> {
        let OfferedPrice { basis, base_year, is_capped, cap, .. } = **self.price.as_ref()?;
        Some(CostQuestion { kind: self.kind, basis, day: self.day, base_year, is_capped, cap })
    }

    /// Of what it is asked.
    pub(super) fn about(&self) -> About<'_> {
        let part = self.part.as_deref().unwrap_or_default();
        About { agreement: &self.agreement, product: &self.product, part }
    }

    /// The offer by what is assumed of it.
    pub(super) fn assumed(&self, assumptions: &AssumptionBook<'_>) -> AssumedOffer<'_> {
        AssumedOffer::of(self, |question| Arc::new(AssumedCosts::of(question, self.about(), assumptions)))
    }

    /// How it is priced by what is assumed; `None` where nothing has a price.
    pub(super) fn priced(&self, assumptions: &AssumptionBook<'_>) -> Option<Priced> {
        let assumed = Arc::new(AssumedCosts::of(self.question()?, self.about(), assumptions));
        Some(Priced { offered: Arc::clone(self.price.as_ref()?), assumed })
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

/// An offer of a forecast, with numbers for what is asked of the assumptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NumberedOffer {
    pub(super) offer: PartOffer,
    /// The same for the same agreement, product and part.
    pub(super) subject: usize,
    /// The same for the same question, and for what has no price.
    pub(super) question: usize,
}

impl NumberedOffer {
    /// The offer by what is assumed of it.
    pub(super) fn assumed(&self, costs: &mut CostBook<'_>) -> AssumedOffer<'_> {
        let Self { offer, subject, question } = self;
        AssumedOffer::of(offer, |asked| costs.answer((*subject, offer.about()), (*question, asked)))
    }
}

/// The offers of a forecast, in the order in which they were met.
#[derive(Default)]
pub(super) struct OfferBook(RefCell<OffersMet>);

#[derive(Default)]
struct OffersMet {
    offers: Vec<NumberedOffer>,
    places: BTreeMap<OfferKey, usize>,
    subjects: BTreeMap<(String, String, Option<String>), usize>,
    questions: BTreeMap<Option<CostQuestion>, usize>,
}

impl OfferBook {
    /// The place of an offer, which is made where it is not known yet.
    pub(super) fn place(&self, key: OfferKey, offer: impl FnOnce() -> PartOffer) -> usize {
        let known = self.0.borrow().places.get(&key).copied();
        known.unwrap_or_else(|| self.0.borrow_mut().add(key, offer()))
    }

    /// What is made of an offer.
    pub(super) fn with<T>(&self, place: usize, of: impl FnOnce(&PartOffer) -> T) -> Option<T> {
        self.0.borrow().offers.get(place).map(|known| of(&known.offer))
    }

    /// All of them, by their places.
    pub(super) fn into_offers(self) -> Vec<NumberedOffer> {
        self.0.into_inner().offers
    }
}

impl OffersMet {
    fn add(&mut self, key: OfferKey, offer: PartOffer) -> usize {
        let subject = (offer.agreement.clone(), offer.product.clone(), offer.part.clone());
        let subject = number(&mut self.subjects, subject);
        let question = number(&mut self.questions, offer.question());
        self.offers.push(NumberedOffer { offer, subject, question });
        number(&mut self.places, key)
    }
}

/// The number of a thing: that of its first time, else the next one.
fn number<T: Ord>(known: &mut BTreeMap<T, usize>, thing: T) -> usize {
    let next = known.len();
    *known.entry(thing).or_insert(next)
}

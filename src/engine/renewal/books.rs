//! What amounts are looked up in: prices, parts, assumptions, and the terms of agreements.

use jiff::civil::Date;

use super::assumed::AssumptionBook;
use super::catalogue::PartBook;
use super::charges::Pricing;
use super::levels::Terms;
use super::offers::OfferBook;
use super::plan::Planned;
use super::prices::PriceBook;
use super::{RenewalLine, RenewalQuery};
use crate::engine::agreements::AgreementBook;
use crate::rules::volume_levels::VolumeLevel;

/// What amounts are looked up in.
pub(super) struct Books<'a> {
    pub(super) assumptions: AssumptionBook<'a>,
    pub(super) prices: PriceBook<'a>,
    pub(super) parts: PartBook<'a>,
    pub(super) terms: Terms<'a>,
    pub(super) offers: OfferBook,
    /// What the gap before a reinstatement is told by.
    pub(super) offers_of_gaps: OfferBook,
    /// The day of the forecast.
    pub(super) on: Date,
}

impl<'a> Books<'a> {
    pub(super) fn of(query: RenewalQuery<'a>, agreements: &'a AgreementBook<'a>) -> Self {
        let RenewalQuery { lists, terms, parts, on, .. } = query;
        Self {
            assumptions: AssumptionBook::of(&lists.assumptions, on).0,
            prices: PriceBook::of(&lists.prices, &lists.part_points, on),
            parts: PartBook::of(parts),
            terms: Terms::of(agreements, terms, on),
            offers: OfferBook::default(),
            offers_of_gaps: OfferBook::default(),
            on,
        }
    }

    /// What everything is priced with, at the level of each agreement, or at one that is considered.
    pub(super) const fn pricing(&self, level: Option<VolumeLevel>) -> Pricing<'_> {
        Pricing {
            prices: &self.prices,
            parts: &self.parts,
            assumptions: &self.assumptions,
            terms: &self.terms,
            offers: &self.offers,
            offers_of_gaps: &self.offers_of_gaps,
            level,
            on: self.on,
        }
    }

    /// A line of a forecast with what its charges are made of, for as long as there are days.
    pub(super) fn planned<'p>(&'p self, line: &'p RenewalLine, pricing: &'p Pricing<'p>) -> Planned<'p> {
        Planned {
            pricing,
            key: &line.key,
            units: line.renewable.units,
            calendar: self.terms.calendar(&line.key.agreement, &self.assumptions),
            to: Date::MAX,
        }
    }
}

//! What becomes of a line of a forecast by a decision, charge by charge (semantics of money, section 8).

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::assumed::AssumptionBook;
use super::calendar::{Calendar, CoveragePeriod, months};
use super::charges::{Charge, ChargeKind, ChargedUnits, Offered, Pricing, Purchase};
use super::lines::{RenewalKey, RenewalKind};
use super::offers::NumberedOffer;
use crate::model::assumption::Proration;
use crate::model::day;
use crate::model::decision::{Decision, ReinstatementModel};
use crate::model::fraction::Fraction;
use crate::rules::parts::PartKind;

/// A line, with all that its charges are made of.
#[derive(Clone, Copy)]
pub(super) struct Planned<'a> {
    pub(super) pricing: &'a Pricing<'a>,
    pub(super) key: &'a RenewalKey,
    pub(super) units: Decimal,
    pub(super) calendar: Calendar,
    /// The last day of the forecast.
    pub(super) to: Date,
}

/// What becomes of a line.
pub(super) enum Course<'a> {
    /// It is over, or has no end: nothing is charged.
    Unchanged,
    /// It goes on.
    Renewed,
    /// It goes on for fewer units from a day on.
    Reduced(Date, Decimal),
    /// It ends the day before, and may be reinstated later.
    Lapsed(Date, Option<Reinstated>),
    /// From a day on, another part comes in its place.
    Replaced(Date, &'a Decision),
}

/// When and how support is reinstated.
#[derive(Clone, Copy)]
pub(super) struct Reinstated {
    pub(super) on: Date,
    pub(super) model: ReinstatementModel,
}

/// The parts by whose prices something is charged from year to year.
#[derive(Clone, Copy)]
struct Yearly<'a> {
    kind: ChargeKind,
    part: Option<&'a str>,
    licence_part: Option<&'a str>,
}

impl<'a> Planned<'a> {
    fn subject(&self) -> Offered<'a> {
        let RenewalKey { agreement, product, metric, currency, .. } = self.key;
        Offered { agreement, product, metric, currency: currency.0.as_ref() }
    }

    fn yearly(&self) -> Yearly<'a> {
        let kind = match self.key.kind {
            RenewalKind::Support => ChargeKind::Renewal,
            RenewalKind::Term => ChargeKind::Term,
        };
        Yearly { kind, part: self.key.renewal_part.0.as_deref(), licence_part: self.key.licence_part.0.as_deref() }
    }

    /// The day after the line's last one.
    pub(super) fn start(&self) -> Option<Date> {
        self.key.ends.0?.tomorrow().ok()
    }

    /// The first start of a coverage on or after a day, be it after the forecast's end.
    pub(super) fn start_on(&self, wanted: Option<Date>) -> Option<Date> {
        let start = self.start()?;
        let wanted = wanted.unwrap_or(start);
        self.calendar.coverages(start).map(|coverage| coverage.from).find(|from| *from >= wanted)
    }

    /// The charges of a course within the forecast, by their first days.
    pub(super) fn charges(&self, course: &Course<'_>) -> Vec<Charge> {
        let units = ChargedUnits::of(self.units);
        let mut charges = match (course, self.start()) {
            (Course::Lapsed(from, reinstated), _) if self.is_over() => self.reinstated(*from, *reinstated),
            (Course::Unchanged, _) | (_, None) => Vec::new(),
            (Course::Renewed, Some(start)) => self.yearly_charges(self.yearly(), units, start, None),
            (Course::Reduced(from, kept), Some(start)) => {
                let before = self.yearly_charges(self.yearly(), units, start, Some(*from));
                let after = self.yearly_charges(self.yearly(), ChargedUnits::of(*kept), *from, None);
                before.into_iter().chain(after).collect()
            }
            (Course::Lapsed(from, reinstated), Some(start)) => {
                let before = self.yearly_charges(self.yearly(), units, start, Some(*from));
                before.into_iter().chain(self.reinstated(*from, *reinstated)).collect()
            }
            (Course::Replaced(from, decision), Some(start)) => {
                let before = self.yearly_charges(self.yearly(), units, start, Some(*from));
                before.into_iter().chain(self.replaced(*from, decision)).collect()
            }
        };
        charges.retain(|charge| charge.from >= self.pricing.on && charge.from <= self.to);
        charges.sort_by_key(|charge| (charge.from, charge.kind));
        charges
    }

    /// How many of its units go on in the end; of what comes in its place, all of them unless the decision says how
    /// many of the same metric.
    pub(super) fn kept(&self, course: &Course<'_>) -> Decimal {
        match course {
            Course::Unchanged | Course::Lapsed(_, None) => Decimal::ZERO,
            Course::Renewed | Course::Lapsed(_, Some(_)) => self.units,
            Course::Reduced(_, kept) => *kept,
            Course::Replaced(_, decision) => {
                let part = self.pricing.parts.find(&decision.to_part.trim().to_ascii_uppercase());
                let is_same = part.is_none_or(|part| part.metric == self.key.metric);
                decision.quantity.filter(|_| is_same).map_or(self.units, |quantity| quantity.min(self.units))
            }
        }
    }

    /// Whether its support is over already.
    fn is_over(&self) -> bool {
        self.key.ends.0.is_none_or(|end| end < self.pricing.on)
    }

    /// The coverages of the forecast from a day on; `before` another one, if that is given.
    fn coverages(&self, start: Date, before: Option<Date>) -> impl Iterator<Item = CoveragePeriod> {
        let (to, ends) = (self.to, before);
        self.calendar
            .coverages(start)
            .take_while(move |coverage| coverage.from <= to && ends.is_none_or(|end| coverage.from < end))
    }

    fn yearly_charges(&self, by: Yearly<'_>, units: ChargedUnits, start: Date, before: Option<Date>) -> Vec<Charge> {
        self.yearly_charges_of(self.subject(), by, units, start, before)
    }

    fn yearly_charges_of(
        &self,
        subject: Offered<'_>,
        by: Yearly<'_>,
        units: ChargedUnits,
        start: Date,
        before: Option<Date>,
    ) -> Vec<Charge> {
        let charge = |coverage: CoveragePeriod| {
            let Yearly { kind, part, licence_part } = by;
            let purchase =
                Purchase { kind, coverage, priced_on: coverage.from, units, part, licence_part, is_capped: true };
            self.pricing.planned(subject, &purchase)
        };
        self.coverages(start, before).filter_map(charge).collect()
    }

    /// The part that reinstates the line's support.
    fn reinstatement_part(&self) -> Option<&'a str> {
        let RenewalKey { renewal_part, licence_part, product, metric, .. } = self.key;
        let parts = self.pricing.parts;
        let known = [licence_part.0.as_deref(), renewal_part.0.as_deref()];
        let from = known.into_iter().flatten().find(|part| parts.find(part).is_some()).unwrap_or_default();
        parts.of_kind(PartKind::Reinstatement, from, product, metric).map(|part| part.number.as_str())
    }

    /// Reinstatement on a day, for twelve months.
    fn reinstatement(&self, on: Date, units: ChargedUnits) -> Option<Purchase<'a>> {
        let next = day::a_year_after(on)?;
        let coverage = CoveragePeriod { from: on, to: next.yesterday().ok()?, years: Fraction::ONE };
        Some(Purchase {
            kind: ChargeKind::Reinstatement,
            coverage,
            priced_on: on,
            units,
            part: self.reinstatement_part(),
            licence_part: self.key.licence_part.0.as_deref(),
            is_capped: false,
        })
    }

    /// A year of it from its next coverage on, not prorated.
    pub(super) fn year(&self, units: ChargedUnits) -> Option<Charge> {
        self.pricing.charge(self.subject(), &self.year_of(units)?)
    }

    /// Reinstatement on the day after its last one.
    pub(super) fn reinstated_at_once(&self) -> Option<Charge> {
        self.reinstated_on(self.start()?)
    }

    /// Reinstatement on a day.
    pub(super) fn reinstated_on(&self, day: Date) -> Option<Charge> {
        let purchase = self.reinstatement(day, ChargedUnits::of(self.units))?;
        self.pricing.charge(self.subject(), &purchase)
    }

    fn year_of(&self, units: ChargedUnits) -> Option<Purchase<'a>> {
        let from = self.start()?;
        let Yearly { kind, part, licence_part } = self.yearly();
        let to = day::a_year_after(from)?.yesterday().ok()?;
        let coverage = CoveragePeriod { from, to, years: Fraction::ONE };
        Some(Purchase { kind, coverage, priced_on: from, units, part, licence_part, is_capped: true })
    }

    /// What is charged when support that ended before a day is reinstated, and from then on.
    fn reinstated(&self, from: Date, reinstated: Option<Reinstated>) -> Vec<Charge> {
        let Some(reinstated) = reinstated else { return Vec::new() };
        let (on, units) = (reinstated.on, ChargedUnits::of(self.units));
        let (first, start) = match reinstated.model {
            ReinstatementModel::Again => (self.reinstatement(on, units), day::a_year_after(on)),
            ReinstatementModel::Back => {
                let years = match self.calendar.proration {
                    Proration::Day => self.calendar.span(from, on),
                    Proration::Month | Proration::None => months(from, on),
                };
                let Yearly { part, licence_part, .. } = self.yearly();
                let purchase = years.map(|years| Purchase {
                    kind: ChargeKind::BackCharge,
                    coverage: CoveragePeriod { from: on, to: on, years },
                    priced_on: on,
                    units,
                    part,
                    licence_part,
                    is_capped: true,
                });
                (purchase, Some(on))
            }
        };
        let first = first.and_then(|purchase| self.pricing.planned(self.subject(), &purchase));
        let after = start.map(|start| self.yearly_charges(self.yearly(), units, start, None));
        first.into_iter().chain(after.unwrap_or_default()).collect()
    }

    /// What is charged of the part that comes in its place from a day on.
    fn replaced(&self, from: Date, decision: &Decision) -> Vec<Charge> {
        let number = decision.to_part.trim().to_ascii_uppercase();
        let parts = self.pricing.parts;
        let part = parts.find(&number);
        // One of a pack is of the part's own metric.
        let metric = part.map_or(self.key.metric.as_str(), |part| part.metric.as_str());
        let subject = Offered { metric, ..self.subject() };
        let units = converted(self.units, decision);
        match part.and_then(|part| part.kind) {
            Some(kind @ (PartKind::License | PartKind::TradeUp)) => {
                let Some(next) = day::a_year_after(from) else { return Vec::new() };
                let coverage = CoveragePeriod { from, to: next.yesterday().unwrap_or(from), years: Fraction::ONE };
                let licence = Purchase {
                    kind: ChargeKind::Licence,
                    coverage,
                    priced_on: from,
                    units,
                    part: Some(&number),
                    licence_part: None,
                    is_capped: false,
                };
                let of_kind = |kind| parts.of_kind(kind, &number, self.key.product.as_str(), metric);
                let renewal = of_kind(PartKind::Renewal).map(|part| part.number.as_str());
                let of_licence = if kind == PartKind::License {
                    Some(number.as_str())
                } else {
                    of_kind(PartKind::License).map(|part| part.number.as_str())
                };
                let by = Yearly { kind: ChargeKind::Renewal, part: renewal, licence_part: of_licence };
                let first = self.pricing.planned(subject, &licence);
                let after = self.yearly_charges_of(subject, by, units, next, None);
                first.into_iter().chain(after).collect()
            }
            Some(
                PartKind::Monthly
                | PartKind::FixedTerm
                | PartKind::FixedTermRenewal
                | PartKind::Renewal
                | PartKind::Reinstatement,
            )
            | None => self.committed(subject, &number, units, from, decision.months().unwrap_or(12)),
        }
    }

    /// Terms of so many months, each at the price of its first day.
    fn committed(
        &self,
        subject: Offered<'_>,
        part: &str,
        units: ChargedUnits,
        start: Date,
        months: i16,
    ) -> Vec<Charge> {
        let mut begun = start;
        let charge = |coverage: CoveragePeriod| {
            if day::months_after(begun, months).is_some_and(|next| coverage.from >= next) {
                begun = coverage.from;
            }
            let purchase = Purchase {
                kind: ChargeKind::Term,
                coverage,
                priced_on: begun,
                units,
                part: Some(part),
                licence_part: None,
                is_capped: false,
            };
            self.pricing.planned(subject, &purchase)
        };
        self.coverages(start, None).filter_map(charge).collect()
    }

    /// What reinstatement is compared with, per unit; `None` where the line has no end.
    pub(super) fn gap(&self) -> Option<ReinstatementGap> {
        let unit = ChargedUnits::of(Decimal::ONE);
        let again = self.pricing.place_of_gap(self.subject(), &self.reinstatement(self.start()?, unit)?);
        Some(ReinstatementGap { again, yearly: self.pricing.place_of_gap(self.subject(), &self.year_of(unit)?) })
    }
}

/// Reinstatement beside what renewing costs in a year, by the places of their offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ReinstatementGap {
    again: usize,
    yearly: usize,
}

impl ReinstatementGap {
    /// After how many months without support reinstating costs what renewing would have; `None` where a price is not
    /// known.
    pub(super) fn in_months(self, offers: &[NumberedOffer], assumptions: &AssumptionBook<'_>) -> Option<u64> {
        let per_unit = |place: usize| {
            let offer = &offers.get(place)?.offer;
            offer.priced(assumptions)?.per_unit(offer.pack)
        };
        let (again, yearly) = (per_unit(self.again)?, per_unit(self.yearly)?);
        if yearly == Fraction::ZERO {
            return None;
        }
        let Some(more) = again.minus(yearly) else { return Some(0) };
        more.times(12.into())?.quotient(yearly)?.ceil()
    }
}

/// How many units of what comes in the place of others: as the decision says, or by its ratio.
fn converted(units: Decimal, decision: &Decision) -> ChargedUnits {
    match decision.quantity {
        Some(quantity) => ChargedUnits::of(quantity),
        None => ChargedUnits { units, ratio: decision.ratio() },
    }
}

//! How many parts a charge pays, and for how much of a year.

use std::num::NonZeroU32;

use rust_decimal::Decimal;

use super::ChargeSteps;
use super::steps::{cell, given, product};
use crate::engine::renewal::assumed::About;
use crate::engine::renewal::{ChargeKind, Priced, RenewalStatus};
use crate::engine::steps::step;
use crate::model::assumption::{AssumptionName, Proration};
use crate::model::decision::DecisionKind;
use crate::model::derivation::{Derivation, Operation, Unit};
use crate::model::fraction::Fraction;
use crate::model::message::Message;
use crate::rules::renewals;

impl ChargeSteps<'_> {
    /// Whole parts.
    pub(super) fn parts(&self) -> Derivation {
        let units = self.units();
        let pack = self.charge.pack;
        let number = |label, value: u32| given(Message::new(label), value, Unit::NUMBER, renewals::whole_parts());
        let in_part = || number("label.units_of_part", pack);
        let (operation, children) = match self.charge.units.ratio {
            None if pack == 1 && self.charge.units.units.is_integer() => return units,
            None if pack == 1 => (Operation::SumRoundedUp, vec![units]),
            None => (Operation::Converted, vec![units, number("label.one_part", 1), in_part()]),
            Some((there, instead)) => {
                let ratio = |label, value: NonZeroU32| {
                    let mut ratio = given(Message::new(label), value.get(), Unit::NUMBER, renewals::decided());
                    let decision = self.line.decided_by.as_deref();
                    ratio.inputs.extend(decision.and_then(|by| cell(&by.file, by.row, "ratio", by.ratio.as_str())));
                    ratio
                };
                let there = ratio("label.ratio_there", there);
                let label = Message::new("label.there_by_part");
                let divisor = product(label, Unit::NUMBER, renewals::whole_parts(), vec![there, in_part()]);
                (Operation::Converted, vec![units, ratio("label.ratio_instead", instead), divisor])
            }
        };
        let label = Message::new("label.parts").with("part", self.part());
        let parts = step(label, Some(self.charge.parts.into()), Unit::Units, operation, renewals::whole_parts());
        Derivation { children, ..parts }
    }

    /// The units of the ledger, or as many as were decided.
    fn units(&self) -> Derivation {
        let value = self.charge.units.units;
        if value == self.line.renewable.units {
            let label = Message::new("label.units_renewed").with("product", self.line.key.product.as_str());
            let mut units = given(label, value, Unit::Units, renewals::units());
            units.inputs = self
                .line
                .renewable
                .lines
                .iter()
                .filter_map(|line| cell(&line.file, line.row, "quantity", line.quantity.normalize().to_string()))
                .collect();
            if self.line.key.status == RenewalStatus::Lapsed {
                units.notes.push(Message::new("note.left_of_owned"));
            }
            return units;
        }
        if self.line.decided_by.is_none() {
            let label = Message::new("label.units_considered").with("product", self.line.key.product.as_str());
            return given(label, value, Unit::Units, renewals::units());
        }
        let mut units = given(Message::new("label.units_decided"), value, Unit::Units, renewals::decided());
        if let Some(by) = &self.line.decided_by {
            let quantity = by.quantity.map(|quantity| quantity.normalize().to_string()).unwrap_or_default();
            units.inputs.extend(cell(&by.file, by.row, "quantity", quantity));
            if by.decision == DecisionKind::Reduce {
                units.notes.push(Message::new("note.reduced"));
            }
        }
        units
    }

    /// How much of a year is covered; nothing where a charge is paid once.
    pub(super) fn covered(&self, priced: &Priced) -> Option<Derivation> {
        if !self.charge.kind.is_yearly() {
            return None;
        }
        let twelve = Fraction::of(12.into(), Decimal::ONE)?;
        let months = Fraction::of(priced.offered.months.get().into(), Decimal::ONE)?;
        let years = priced.offered.factor.product(months)?.quotient(twelve)?;
        let agreement = self.line.key.agreement.as_str();
        let calendar = self.known.terms.calendar(agreement, self.known.assumptions);
        let by_day = calendar.proration == Proration::Day && years.denominator() > 1;
        let kinds: &[u32] = if by_day { &[365, 366] } else { &[12] };
        let of = kinds.iter().find(|of| years.common_denominator(u128::from(**of)) == Some(u128::from(**of)))?;
        let value = u64::try_from(years.in_parts(u128::from(*of))?).ok()?;
        let label = match self.charge.kind {
            ChargeKind::BackCharge => Message::new("label.time_without"),
            ChargeKind::Licence | ChargeKind::Reinstatement | ChargeKind::Renewal | ChargeKind::Term => {
                let label = Message::new(if by_day { "label.covered_days" } else { "label.covered_months" });
                label.with("from", self.charge.from).with("to", self.charge.to)
            }
        };
        let rule = if years == Fraction::ONE { renewals::co_termination() } else { renewals::proration() };
        let mut covered = given(label, value, Unit::Ratio { of: NonZeroU32::new(*of)? }, rule);
        let whose = About { agreement, product: "", part: "" };
        for name in [AssumptionName::Proration, AssumptionName::Anniversary] {
            let line = self.known.assumptions.line(name, whose, self.known.on);
            let input = line.and_then(|line| cell(&line.file, line.row, "expected", line.expected.as_str()));
            covered.inputs.extend(input);
        }
        covered.notes.extend(match (calendar.proration, calendar.anniversary) {
            (Proration::None, _) => Some(Message::new("note.proration_none")),
            (Proration::Month | Proration::Day, None) => Some(Message::new("note.anniversary_none")),
            (Proration::Month | Proration::Day, Some(anniversary)) => {
                let next = anniversary.after(self.charge.from);
                next.map(|next| Message::new("note.anniversary_next").with("day", next))
            }
        });
        covered.notes.extend(by_day.then(|| Message::new("note.proration_day")));
        Some(covered)
    }

    /// How often a price is paid in a year; nothing where it is paid once, or pays a year.
    pub(super) fn year_by_price(&self, priced: &Priced) -> Option<Derivation> {
        let pays_less = self.charge.kind.is_yearly() && priced.offered.months.get() != 12;
        let label = Message::new("label.year_by_price");
        pays_less.then(|| given(label, 12, Unit::Ratio { of: priced.offered.months }, renewals::months()))
    }
}

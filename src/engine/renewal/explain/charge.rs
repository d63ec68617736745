//! How one charge comes about: price, rate, discount, parts and how much of a year, rounded once.

use rust_decimal::Decimal;

use super::AmountSources;
use super::steps;
use crate::engine::renewal::assumed::About;
use crate::engine::renewal::{Charge, ChargeKind, PriceBasis, Priced, RenewalLine};
use crate::engine::steps::step;
use crate::model::assumption::AssumptionName;
use crate::model::bound::Bound;
use crate::model::derivation::{Derivation, Operation, Unit};
use crate::model::message::Message;
use crate::model::money::Currency;
use crate::rules::renewals;

/// The steps of one amount of a charge.
pub(in crate::engine::renewal) struct ChargeSteps<'s> {
    pub(super) known: AmountSources<'s>,
    pub(super) line: &'s RenewalLine,
    pub(super) charge: &'s Charge,
    pub(super) bound: Bound,
    pub(super) money: Unit,
}

impl ChargeSteps<'_> {
    /// The amount by itself.
    pub(super) fn amount(&self) -> Derivation {
        let label = Message::new(match self.charge.kind {
            ChargeKind::BackCharge => "label.charge_back",
            ChargeKind::Licence if self.line.decided_by.is_none() => "label.charge_bought",
            ChargeKind::Licence => "label.charge_licence",
            ChargeKind::Reinstatement => "label.charge_reinstatement",
            ChargeKind::Renewal => "label.charge_renewal",
            ChargeKind::Term => "label.charge_term",
        });
        let label = label.with("product", self.line.key.product.as_str()).with("from", self.charge.from);
        let label = if self.charge.kind == ChargeKind::BackCharge { label } else { label.with("to", self.charge.to) };
        let value = self.charge.amount.map(|amount| amount.of(self.bound));
        step(label, value, self.money.clone(), Operation::Given, renewals::charge())
    }

    /// The amount with all that it follows from.
    pub(in crate::engine::renewal) fn explain(&self) -> Derivation {
        let mut amount = self.amount();
        let Some(priced) = &self.charge.priced else {
            amount.notes.extend(self.line.what_is_missing(self.charge));
            return amount;
        };
        let decimals = self.line.key.currency.0.as_ref().map_or(2, Currency::decimals);
        amount.operation = Operation::RoundedProduct { decimals };
        amount.children = vec![self.price_then(priced)];
        amount.children.extend(self.rate(priced));
        amount.children.extend(self.discounted(priced));
        amount.children.extend(self.added(priced));
        amount.children.push(self.parts());
        amount.children.extend(self.covered(priced));
        amount.children.extend(self.year_by_price(priced));
        amount
    }

    /// The priced part.
    pub(super) fn part(&self) -> &str {
        self.charge.part.as_deref().unwrap_or_default()
    }

    pub(super) fn about(&self) -> About<'_> {
        About { agreement: &self.line.key.agreement, product: &self.line.key.product, part: self.part() }
    }

    /// What is paid of the licence's price, where the part itself has none.
    pub(super) fn rate(&self, priced: &Priced) -> Option<Derivation> {
        let (label, name, rule) = match (priced.offered.basis, self.charge.kind) {
            (PriceBasis::Part, _) => return None,
            (PriceBasis::Rate, ChargeKind::Reinstatement) => {
                ("label.reinstatement_rate", AssumptionName::ReinstatementRate, renewals::reinstatement_rate())
            }
            (
                PriceBasis::Rate,
                ChargeKind::BackCharge | ChargeKind::Licence | ChargeKind::Renewal | ChargeKind::Term,
            ) => ("label.support_rate", AssumptionName::SsRate, renewals::support_rate()),
        };
        let value = Some(priced.assumed.rate.of(self.bound));
        Some(self.assumed(Message::new(label), value, (name, self.charge.priced_on), rule))
    }

    /// What is left of a price after a discount, where there is one.
    pub(super) fn discounted(&self, priced: &Priced) -> Option<Derivation> {
        let discount: Decimal = priced.assumed.discount.of(self.bound);
        let when = (AssumptionName::Discount, self.charge.priced_on);
        let discount = (!discount.is_zero())
            .then(|| self.assumed(Message::new("label.discount"), Some(discount), when, renewals::assumed()))?;
        let all = steps::whole("label.whole_price", renewals::charge());
        Some(steps::difference(Message::new("label.price_left"), renewals::charge(), all, discount))
    }

    /// The price with what is added to it, where support of a time gone by is paid.
    fn added(&self, priced: &Priced) -> Option<Derivation> {
        if self.charge.kind != ChargeKind::BackCharge {
            return None;
        }
        let value = priced.assumed.added.map(|added| added.of(self.bound));
        let when = (AssumptionName::ReinstatementUplift, self.charge.priced_on);
        let mut uplift = self.assumed(Message::new("label.reinstatement_uplift"), value, when, renewals::back_charge());
        uplift.notes.extend(self.line.what_is_missing(self.charge));
        let all = steps::whole("label.whole_price", renewals::charge());
        let label = Message::new("label.with_uplift");
        Some(steps::sum(label, Unit::PERCENT, renewals::back_charge(), vec![all, uplift]))
    }
}

//! How the months come about after which reinstating support costs what renewing it would have (semantics of money, 8.6).

use std::num::NonZeroU32;

use rust_decimal::Decimal;

use super::AmountSources;
use super::charge::ChargeSteps;
use super::steps::{difference, given};
use crate::engine::renewal::books::Books;
use crate::engine::renewal::charges::ChargedUnits;
use crate::engine::renewal::{Charge, Forecast, Gaps, RenewalLine};
use crate::engine::steps::step;
use crate::model::bound::Bound;
use crate::model::derivation::{Derivation, Operation, Unit};
use crate::model::fraction::Fraction;
use crate::model::message::Message;
use crate::rules::renewals;

/// The months; `None` where one of the two prices is not known.
pub(super) fn explain(books: &Books<'_>, forecast: &Forecast, line: &RenewalLine) -> Option<Derivation> {
    let months = Gaps::of(forecast).in_months(line)?;
    let pricing = books.pricing(None);
    let planned = books.planned(line, &pricing);
    let (again, yearly) = (planned.reinstated_at_once()?, planned.year(ChargedUnits::of(line.renewable.units))?);
    // As many units as make both a number with an end, so that what is told is exact.
    let count = [&again, &yearly].into_iter().try_fold(1, |count: u128, charge| {
        Some(count.saturating_mul(endless_part(charge.unit_price()?.times(count_of(count)?)?.denominator())))
    })?;
    let known = AmountSources::of(books);
    let again = known.charge(line, &again, Bound::Expected).units_cost(count)?;
    let yearly = known.charge(line, &yearly, Bound::Expected).units_cost(count)?;
    let more = difference(Message::new("label.reinstated_more"), renewals::gap(), again, yearly.clone());
    let twelve = given(Message::new("label.months_of_year"), 12, Unit::NUMBER, renewals::gap());
    let is_cheaper = more.value.is_some_and(|more| more.is_sign_negative());
    let label = Message::new("label.gap");
    let gap = step(label, Some(months.into()), Unit::NUMBER, Operation::Converted, renewals::gap());
    if is_cheaper {
        let mut gap = Derivation { operation: Operation::Given, ..gap };
        gap.notes.push(Message::new("note.gap_none"));
        return Some(gap);
    }
    Some(Derivation { children: vec![more, twelve, yearly], ..gap })
}

/// What is left of a number without its factors 2 and 5: what makes a quotient without an end.
fn endless_part(mut number: u128) -> u128 {
    for factor in [2, 5] {
        while let (Some(quotient), Some(0)) = (number.checked_div(factor), number.checked_rem(factor)) {
            number = quotient;
        }
    }
    number
}

fn count_of(count: u128) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(i128::try_from(count).ok()?, 0).ok()
}

/// The decimals that a quotient with an end has; `None` where it has none.
fn decimals(exact: Fraction) -> Option<u32> {
    (0..=Decimal::MAX_SCALE).find(|decimals| {
        10_u128.checked_pow(*decimals).and_then(|power| power.checked_rem(exact.denominator())) == Some(0)
    })
}

impl Charge {
    /// What one unit costs in a year, or once, as expected and not rounded.
    fn unit_price(&self) -> Option<Fraction> {
        self.priced.as_ref()?.per_unit(self.pack)
    }
}

impl ChargeSteps<'_> {
    /// What so many units cost in a year, or once, not rounded; `None` where that is not known.
    fn units_cost(&self, count: u128) -> Option<Derivation> {
        let priced = self.charge.priced.as_ref()?;
        let exact = self.charge.unit_price()?.times(count_of(count)?)?;
        let decimals = decimals(exact)?;
        let mut children = vec![self.price_then(priced)];
        children.extend(self.rate(priced));
        children.extend(self.discounted(priced));
        children.extend(self.year_by_price(priced));
        if let Some(of) = NonZeroU32::new(self.charge.pack).filter(|pack| pack.get() > 1) {
            children.push(given(Message::new("label.unit_of_part"), 1, Unit::Ratio { of }, renewals::whole_parts()));
        }
        if count > 1 {
            children.push(given(Message::new("label.units_together"), count_of(count)?, Unit::NUMBER, renewals::gap()));
        }
        let label = match (self.charge.kind.is_yearly(), count) {
            (true, 1) => Message::new("label.unit_renewed"),
            (false, 1) => Message::new("label.unit_reinstated"),
            (true, _) => Message::new("label.units_renewed_together").with("count", count.to_string()),
            (false, _) => Message::new("label.units_reinstated_together").with("count", count.to_string()),
        };
        // Where no factor divides by anything but 2 and 5 nothing is left to be rounded on the way.
        let is_exact = children.iter().all(|child| endless_part(child.unit.divisor().get().into()) == 1);
        let operation = if is_exact { Operation::Product } else { Operation::RoundedProduct { decimals } };
        let mut cost = step(label, exact.rounded(decimals), self.money.clone(), operation, renewals::gap());
        cost.children = children;
        Some(cost)
    }
}

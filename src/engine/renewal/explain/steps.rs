//! Steps of money: each value follows from those below it by its operation.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::engine::steps::step;
use crate::model::derivation::{Derivation, Input, Operation, RuleReference, Unit};
use crate::model::fraction::Fraction;
use crate::model::message::Message;
use crate::model::number;

/// A value that is read or known.
pub(super) fn given(label: Message, value: impl Into<Decimal>, unit: Unit, rule: RuleReference) -> Derivation {
    step(label, Some(value.into()), unit, Operation::Given, rule)
}

/// The whole of something, of which percentages are added or taken off.
pub(super) fn whole(label: &'static str, rule: RuleReference) -> Derivation {
    given(Message::new(label), Decimal::ONE_HUNDRED, Unit::PERCENT, rule)
}

pub(super) fn sum(label: Message, unit: Unit, rule: RuleReference, children: Vec<Derivation>) -> Derivation {
    let value = children.iter().try_fold(Decimal::ZERO, |sum, child| number::sum(sum, child.value?));
    Derivation { children, ..step(label, value, unit, Operation::Sum, rule) }
}

pub(super) fn difference(label: Message, rule: RuleReference, from: Derivation, less: Derivation) -> Derivation {
    let value = from.value.zip(less.value).and_then(|(from, less)| number::sum(from, -less));
    let unit = from.unit.clone();
    Derivation { children: vec![from, less], ..step(label, value, unit, Operation::Difference, rule) }
}

pub(super) fn least(label: Message, rule: RuleReference, first: Derivation, others: Vec<Derivation>) -> Derivation {
    let unit = first.unit.clone();
    let children: Vec<Derivation> = std::iter::once(first).chain(others).collect();
    let values: Option<Vec<Decimal>> = children.iter().map(|child| child.value).collect();
    let value = values.and_then(|values| values.into_iter().min());
    Derivation { children, ..step(label, value, unit, Operation::Least, rule) }
}

/// The exact product; percentages count as hundredths.
pub(super) fn product(label: Message, unit: Unit, rule: RuleReference, children: Vec<Derivation>) -> Derivation {
    let factor = |child: &Derivation| {
        let hundredth = if child.unit == Unit::PERCENT { Decimal::new(1, 2) } else { Decimal::ONE };
        number::product(child.value?, hundredth)
    };
    let value = children.iter().try_fold(Decimal::ONE, |product, child| number::product(product, factor(child)?));
    Derivation { children, ..step(label, value, unit, Operation::Product, rule) }
}

/// The product of ratios, rounded once.
pub(super) fn rounded_product(
    label: Message,
    (unit, decimals): (Unit, u32),
    rule: RuleReference,
    children: Vec<Derivation>,
) -> Derivation {
    let factor = |child: &Derivation| Fraction::of(child.value?, child.unit.divisor().get().into());
    let exact = children.iter().try_fold(Fraction::ONE, |product, child| product.product(factor(child)?));
    let value = exact.and_then(|exact| exact.rounded(decimals));
    Derivation { children, ..step(label, value, unit, Operation::RoundedProduct { decimals }, rule) }
}

/// The cell of a line; none where the line was typed.
pub(super) fn cell(file: &str, row: u32, column: &'static str, value: impl Into<String>) -> Option<Input> {
    (row > 0).then(|| Input { file: file.to_owned(), row, column: Cow::Borrowed(column), value: value.into() })
}

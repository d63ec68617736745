//! How what components use of a bundle comes about.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{BundleUse, ComponentUse};
use crate::engine::steps::{self, step};
use crate::model::bundle::{BundlePart, Rounding};
use crate::model::derivation::{Derivation, Input, Operation, RuleReference, Unit};
use crate::model::fraction::Fraction;
use crate::model::issue::Issue;
use crate::model::message::Message;
use crate::model::metric::{self, Metric};
use crate::rules::bundles::{self, Conversion, Counted};

/// How the total of a bundle comes about: what its components use, rounded up where the user says.
pub fn explain(one: &BundleUse) -> Derivation {
    let label = Message::new("label.bundle").with("bundle", one.title());
    let total = |operation, rule: RuleReference| step(label, one.total.map(Decimal::from), unit(one), operation, rule);
    let rule = match one.rounding {
        Rounding::Each => bundles::rounded_each(),
        Rounding::Once => bundles::rounded_once(),
    };
    let shares = match (one.rounding, one.total) {
        (Rounding::Once, Some(_)) => shares(one),
        (Rounding::Each, _) | (_, None) => None,
    };
    let Some((parts_of_one, shares)) = shares else {
        let mut each = total(Operation::Sum, rule);
        each.children = one.components.iter().map(|component| explain_component(one, component)).collect();
        each.notes = one.reasons();
        if one.total.is_none() && each.children.iter().all(|child| child.value.is_some()) {
            // Each part is known, and the sum too large.
            each.operation = Operation::Given;
            each.children = Vec::new();
        }
        return each;
    };
    let mut once = total(Operation::Converted, rule);
    let factor =
        |value: Decimal, label| step(label, Some(value), Unit::Units, Operation::Given, bundles::rounded_once());
    once.children = vec![
        shares,
        factor(Decimal::ONE, Message::new("label.bundle_one").with("bundle", one.bundle.as_str())),
        factor(parts_of_one, Message::new("label.bundle_parts").with("bundle", one.bundle.as_str())),
    ];
    once
}

/// How what a component uses of its bundle comes about, rounded up by itself; what cannot be converted is not known, and
/// says why.
pub fn explain_component(bundle: &BundleUse, one: &ComponentUse) -> Derivation {
    let label = Message::new("label.bundle_component").with("component", one.component.as_str());
    let contribution = one.contribution.map(Decimal::from);
    let rule = one.conversion.map_or_else(bundles::no_ratio, Conversion::rule);
    let mut used = step(label, contribution, unit(bundle), Operation::Converted, rule.clone());
    used.notes.extend(one.unconverted.as_ref().map(Issue::message));
    let side =
        |label, value: Option<Decimal>| step(Message::new(label), value, Unit::Units, Operation::Given, rule.clone());
    used.children = vec![
        quantity(one),
        side("label.ratio_bundle", one.ratio().map(|ratio| ratio.bundle)),
        side("label.ratio_component", one.ratio().map(|ratio| ratio.component)),
    ];
    let as_it_is = match one.conversion {
        Some(row) if row.counted == Counted::Nowhere => Some("note.not_counted"),
        Some(row) if row.is_free_in(one.environment) => Some("note.not_counted_in_non_production"),
        None if contribution.is_some() => Some("note.nothing_used"),
        _ => None,
    };
    // What does not follow from its quantity and ratio stands with the cells alone.
    if as_it_is.is_some() || one.conversion.is_some() && contribution.is_none() {
        given(&mut used, one);
    }
    used.notes.extend(as_it_is.map(Message::new));
    used
}

/// Lets a value stand as given, with the cells that speak of the component.
fn given(step: &mut Derivation, one: &ComponentUse) {
    step.operation = Operation::Given;
    step.children = Vec::new();
    step.inputs = one.parts.iter().filter(|part| part.line > 0).map(|part| input(part)).collect();
    step.notes.extend(reported_or_typed(&one.parts));
}

fn reported_or_typed(parts: &[Arc<BundlePart>]) -> Option<Message> {
    parts.iter().any(|part| part.line == 0).then(|| Message::new("note.reported_or_typed"))
}

/// How much of a component there is: its parts added.
fn quantity(one: &ComponentUse) -> Derivation {
    let label = Message::new("label.bundle_quantity").with("component", one.component.as_str());
    let label = label.with("metric", metric::written(&one.metric));
    let given = |label, value, parts: &[Arc<BundlePart>]| {
        let mut given = step(label, Some(value), Unit::Units, Operation::Given, bundles::quantity());
        given.inputs = parts.iter().filter(|part| part.line > 0).map(|part| input(part)).collect();
        given.notes.extend(reported_or_typed(parts));
        given
    };
    if one.parts.len() < 2 {
        return given(label, one.quantity, &one.parts);
    }
    let mut sum = step(label.clone(), Some(one.quantity), Unit::Units, Operation::Sum, bundles::quantity());
    sum.children =
        one.parts.iter().map(|part| given(label.clone(), part.quantity, std::slice::from_ref(part))).collect();
    sum
}

fn input(part: &BundlePart) -> Input {
    let value = part.quantity.normalize().to_string();
    Input { file: part.file.clone(), row: part.line, column: "quantity".into(), value }
}

/// What components use together in parts of one unit of the bundle, exactly, and how many parts make one. `None` when
/// a number is too large to be written.
fn shares(one: &BundleUse) -> Option<(Decimal, Derivation)> {
    let used: Option<Vec<Fraction>> = one.components.iter().map(|component| component.exact).collect();
    let used = used?;
    let sum = used.iter().try_fold(Fraction::ZERO, |sum, exact| sum.plus(*exact))?;
    let parts_of_one = used.iter().try_fold(sum.denominator(), |least, exact| exact.common_denominator(least))?;
    let children = one.components.iter().zip(&used);
    let children: Option<Vec<Derivation>> =
        children.map(|(component, exact)| share(component, *exact, parts_of_one)).collect();
    let label = Message::new("label.bundle_shares").with("bundle", one.bundle.as_str());
    let value = decimal(sum.in_parts(parts_of_one)?)?;
    let mut shares = step(label, Some(value), Unit::Units, Operation::Sum, bundles::rounded_once());
    shares.children = children?;
    Some((decimal(parts_of_one)?, shares))
}

fn share(component: &ComponentUse, exact: Fraction, parts_of_one: u128) -> Option<Derivation> {
    let label = Message::new("label.bundle_share").with("component", component.component.as_str());
    let label = label.with("exact", exact.to_string());
    let value = decimal(exact.in_parts(parts_of_one)?)?;
    let rule = component.conversion.map_or_else(bundles::no_ratio, Conversion::rule);
    let mut share = step(label, Some(value), Unit::Units, Operation::Given, rule);
    given(&mut share, component);
    Some(share)
}

fn decimal(whole: u128) -> Option<Decimal> {
    i128::try_from(whole).ok().and_then(|whole| Decimal::try_from_i128_with_scale(whole, 0).ok())
}

fn unit(one: &BundleUse) -> Unit {
    Metric::parse(&one.unit).map_or(Unit::Units, steps::unit)
}

#[cfg(test)]
mod tests {
    use super::super::used_rounded;
    use super::*;
    use crate::model::list::SharedLines;

    fn part(component: &str, quantity: i64, line: u32) -> BundlePart {
        BundlePart {
            file: "parts.csv".to_owned(),
            line,
            bundle: "IBM Cloud Pak for Applications".to_owned(),
            version: String::new(),
            component: component.to_owned(),
            environment: None,
            metric: None,
            quantity: quantity.into(),
        }
    }

    fn values(of: &Derivation) -> Vec<Option<Decimal>> {
        of.children.iter().map(|child| child.value).collect()
    }

    #[test]
    fn a_contribution_is_the_quantity_of_all_rows_times_and_by_the_sides_of_its_ratio() {
        let (uses, _) = used_rounded(
            &SharedLines::of(&[part("WebSphere Application Server", 2, 2), part("WebSphere Application Server", 3, 3)]),
            Rounding::Each,
        );
        let seen = explain(&uses[0]);
        assert_eq!((seen.value, seen.operation, values(&seen)), (Some(2.into()), Operation::Sum, vec![Some(2.into())]));
        // 4:1, golden example 32: 5 x 1 / 4 = 1.25, rounded up.
        let used = &seen.children[0];
        assert_eq!(used.operation, Operation::Converted);
        assert_eq!(values(used), [Some(5.into()), Some(1.into()), Some(4.into())]);
        let rows: Vec<u32> = used.children[0].children.iter().map(|row| row.inputs[0].row).collect();
        assert_eq!((values(&used.children[0]), rows), (vec![Some(2.into()), Some(3.into())], vec![2, 3]));
        assert!(!used.rule.source.is_empty());
    }

    #[test]
    fn what_is_rounded_once_is_added_in_parts_of_one_unit() {
        let parts =
            [part("WebSphere Application Server", 5, 2), part("WebSphere Application Server Network Deployment", 2, 3)];
        let (uses, _) = used_rounded(&SharedLines::of(&parts), Rounding::Once);
        let seen = explain(&uses[0]);
        // 5 at 4:1 and 2 at 1:1 are five and eight quarters: 13 / 4 = 3.25, rounded up.
        assert_eq!((seen.value, seen.operation), (Some(4.into()), Operation::Converted));
        assert_eq!(values(&seen), [Some(13.into()), Some(1.into()), Some(4.into())]);
        assert_eq!(values(&seen.children[0]), [Some(5.into()), Some(8.into())]);
    }

    #[test]
    fn what_is_not_known_of_a_component_makes_the_whole_unknown_and_says_why() {
        let parts = [part("WebSphere Application Server", 5, 2), part("no such", 7, 3)];
        for rounding in Rounding::ALL {
            let (uses, _) = used_rounded(&SharedLines::of(&parts), rounding);
            let seen = explain(&uses[0]);
            assert_eq!((seen.value, seen.operation, values(&seen)), (None, Operation::Sum, vec![Some(2.into()), None]));
            let unknown = &seen.children[1];
            assert_eq!(unknown.notes[0].key, "issue.bundle_component_unknown");
            assert_eq!(values(unknown), [Some(7.into()), None, None]);
            assert_eq!((unknown.operation, unknown.children[0].inputs[0].row), (Operation::Converted, 3));
        }
    }

    #[test]
    fn nothing_of_a_component_without_a_ratio_is_a_part_of_the_sum_that_is_0() {
        let parts = [part("WebSphere Application Server", 5, 2), part("no such", 0, 3)];
        let (uses, _) = used_rounded(&SharedLines::of(&parts), Rounding::Once);
        let seen = explain(&uses[0]);
        assert_eq!((seen.value, values(&seen.children[0])), (Some(2.into()), vec![Some(5.into()), Some(0.into())]));
        let (uses, _) = used_rounded(&SharedLines::of(&parts), Rounding::Each);
        assert_eq!(values(&explain(&uses[0])), [Some(2.into()), Some(0.into())]);
    }
}

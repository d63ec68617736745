//! How what components use of a bundle comes about.

use rust_decimal::Decimal;

use super::{BundleUse, ComponentUse};
use crate::engine::steps::step;
use crate::model::bundle::{Part, Rounding};
use crate::model::derivation::{Derivation, Input, Operation, RuleReference, Unit};
use crate::model::fraction::Fraction;
use crate::model::message::Message;
use crate::rules::bundles::{self, Conversion, Counted};

/// How the total of a bundle comes about: what its components use, rounded up where the user says.
pub fn explain(one: &BundleUse) -> Derivation {
    let label = Message::new("label.bundle").with("bundle", one.bundle.as_str());
    let total = |operation, rule: RuleReference| step(label, Some(one.total.into()), unit(one), operation, rule);
    let shares = match one.rounding {
        Rounding::Each => None,
        Rounding::Once => shares(one),
    };
    let Some((parts_of_one, shares)) = shares else {
        let mut each = total(Operation::Sum, bundles::rounded_each());
        each.children = one.components.iter().filter_map(|component| explain_component(one, component)).collect();
        return each;
    };
    let mut once = total(Operation::Converted, bundles::rounded_once());
    let factor =
        |value: Decimal, label| step(label, Some(value), Unit::Units, Operation::Given, bundles::rounded_once());
    once.children = vec![
        shares,
        factor(Decimal::ONE, Message::new("label.bundle_one").with("bundle", one.bundle.as_str())),
        factor(parts_of_one, Message::new("label.bundle_parts").with("bundle", one.bundle.as_str())),
    ];
    once
}

/// How what a component uses of its bundle comes about, rounded up by itself. `None` when it cannot be converted.
pub fn explain_component(bundle: &BundleUse, one: &ComponentUse) -> Option<Derivation> {
    let row = one.conversion?;
    let label = Message::new("label.bundle_component").with("component", one.component.as_str());
    let contribution = one.contribution.map(Decimal::from);
    let mut used = step(label, contribution, unit(bundle), Operation::Converted, row.rule());
    let Some(ratio) = row.ratio.filter(|_| !row.is_free_in(one.environment)) else {
        used.operation = Operation::Given;
        let anywhere = row.counted == Counted::Nowhere;
        let note = if anywhere { "note.not_counted" } else { "note.not_counted_in_non_production" };
        used.notes.push(Message::new(note));
        used.children = vec![quantity(one)];
        return Some(used);
    };
    let side =
        |label, value: Decimal| step(Message::new(label), Some(value), Unit::Units, Operation::Given, row.rule());
    used.children =
        vec![quantity(one), side("label.ratio_bundle", ratio.bundle), side("label.ratio_component", ratio.component)];
    Some(used)
}

/// How much of a component there is: its parts added.
fn quantity(one: &ComponentUse) -> Derivation {
    let label = Message::new("label.bundle_quantity").with("component", one.component.as_str());
    let label = label.with("metric", one.metric.as_str());
    let given = |label, value, parts: &[Part]| {
        let mut given = step(label, Some(value), Unit::Units, Operation::Given, bundles::quantity());
        given.inputs = parts.iter().filter(|part| part.line > 0).map(input).collect();
        if parts.iter().any(|part| part.line == 0) {
            given.notes.push(Message::new("note.reported_or_typed"));
        }
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

fn input(part: &Part) -> Input {
    let value = part.quantity.normalize().to_string();
    Input { file: part.file.clone(), row: part.line, column: "quantity".into(), value }
}

/// What components use together in parts of one unit of the bundle, exactly, and how many parts make one. `None` when
/// a number is too large to be written.
fn shares(one: &BundleUse) -> Option<(Decimal, Derivation)> {
    let used =
        || one.components.iter().filter_map(|component| Some((component, component.conversion?, component.exact?)));
    let sum = used().try_fold(Fraction::ZERO, |sum, (_, _, exact)| sum.plus(exact))?;
    let parts_of_one = used().try_fold(sum.denominator(), |least, (_, _, exact)| exact.common_denominator(least))?;
    let children: Option<Vec<Derivation>> =
        used().map(|(component, row, exact)| share(component, row, exact, parts_of_one)).collect();
    let label = Message::new("label.bundle_shares").with("bundle", one.bundle.as_str());
    let value = decimal(sum.in_parts(parts_of_one)?)?;
    let mut shares = step(label, Some(value), Unit::Units, Operation::Sum, bundles::rounded_once());
    shares.children = children?;
    Some((decimal(parts_of_one)?, shares))
}

fn share(component: &ComponentUse, row: &Conversion, exact: Fraction, parts_of_one: u128) -> Option<Derivation> {
    let label = Message::new("label.bundle_share").with("component", component.component.as_str());
    let label = label.with("exact", exact.to_string());
    let value = decimal(exact.in_parts(parts_of_one)?)?;
    let mut share = step(label, Some(value), Unit::Units, Operation::Given, row.rule());
    share.children = vec![quantity(component)];
    Some(share)
}

fn decimal(whole: u128) -> Option<Decimal> {
    i128::try_from(whole).ok().and_then(|whole| Decimal::try_from_i128_with_scale(whole, 0).ok())
}

fn unit(one: &BundleUse) -> Unit {
    if one.unit == "VPC" { Unit::Vpc } else { Unit::Units }
}

#[cfg(test)]
mod tests {
    use super::super::used_rounded;
    use super::*;

    fn part(component: &str, quantity: i64, line: u32) -> Part {
        Part {
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
            &[part("WebSphere Application Server", 2, 2), part("WebSphere Application Server", 3, 3)],
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
        let (uses, _) = used_rounded(&parts, Rounding::Once);
        let seen = explain(&uses[0]);
        // 5 at 4:1 and 2 at 1:1 are five and eight quarters: 13 / 4 = 3.25, rounded up.
        assert_eq!((seen.value, seen.operation), (Some(4.into()), Operation::Converted));
        assert_eq!(values(&seen), [Some(13.into()), Some(1.into()), Some(4.into())]);
        assert_eq!(values(&seen.children[0]), [Some(5.into()), Some(8.into())]);
    }
}

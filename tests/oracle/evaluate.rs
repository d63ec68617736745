//! A derivation, worked out again from its leaves.

use highwater::model::derivation::{Derivation, Operation, Unit};
use rust_decimal::Decimal;

use super::money::numbers::{Fraction, with_places};

/// Checks that every value of the tree follows from those below it by the operation that it names.
pub(crate) fn check(node: &Derivation) -> Result<(), String> {
    node.children.iter().try_for_each(check)?;
    let says = |what: String| format!("{} ({:?}): {what}", node.label.key, node.operation);
    if node.operation == Operation::Given {
        return match node.children.len() {
            0 => Ok(()),
            count => Err(says(format!("is given, and has {count} children"))),
        };
    }
    let follows = follow(node);
    if follows == node.value {
        Ok(())
    } else {
        Err(says(format!("shows {:?}, but {follows:?} follows from {:?}", node.value, factors(node))))
    }
}

/// The values of the children, each with how many of it make one.
fn factors(node: &Derivation) -> Option<Vec<(Decimal, Decimal)>> {
    let of = |unit: &Unit| if let Unit::Ratio { of } = unit { of.get().into() } else { Decimal::ONE };
    node.children.iter().map(|child| Some((child.value?, of(&child.unit)))).collect()
}

/// The product in whole numbers of any size, rounded a half up.
fn rounded_product(factors: &[(Decimal, Decimal)], decimals: u32) -> Decimal {
    let fraction = |number: &Decimal| {
        let digits = u128::try_from(number.mantissa()).expect("a factor that is not below 0");
        Fraction::new(digits, 10_u128.pow(number.scale()))
    };
    let exact = factors
        .iter()
        .fold(Fraction::whole(1), |product, (value, of)| product.times(&fraction(value)).over(&fraction(of)));
    with_places(exact.rounded(decimals), decimals).parse().unwrap()
}

/// What follows from the children; nothing is known where one of them is not.
fn follow(node: &Derivation) -> Option<Decimal> {
    let factors = factors(node)?;
    let children: Vec<Decimal> = factors.iter().map(|(value, _)| *value).collect();
    let sum: Decimal = children.iter().sum();
    match node.operation {
        Operation::Given => None,
        Operation::Product => Some(factors.iter().map(|(value, of)| value / of).product()),
        Operation::RoundedProduct { decimals } => Some(rounded_product(&factors, decimals)),
        Operation::Sum => Some(sum),
        Operation::Least => children.into_iter().min(),
        Operation::Greatest => children.into_iter().max(),
        Operation::SumRoundedUp => Some(sum.ceil()),
        Operation::Difference => {
            let (first, others) = children.split_first()?;
            Some(first - others.iter().sum::<Decimal>())
        }
        Operation::Converted => {
            // The smallest whole number that, divided again, is not too small.
            let &[quantity, times, by] = children.as_slice() else { return None };
            let whole = (quantity * times / by).trunc();
            Some(if whole * by < quantity * times { whole + Decimal::ONE } else { whole })
        }
        Operation::RvuTiers => {
            // Each core counts what the tier counts in which it lies (golden examples 16 to 18).
            let tiers: [(i64, i64, &str); 5] = [
                (0, 2_500, "1"),
                (2_500, 10_000, "0.8"),
                (10_000, 50_000, "0.6"),
                (50_000, 150_000, "0.4"),
                (150_000, i64::MAX, "0.2"),
            ];
            let in_tier = |above: i64, to: i64| (sum.min(to.into()) - Decimal::from(above)).max(Decimal::ZERO);
            let units = tiers.iter().map(|&(above, to, each)| in_tier(above, to) * each.parse::<Decimal>().unwrap());
            Some(units.sum::<Decimal>().ceil())
        }
    }
}

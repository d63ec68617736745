//! What is owned and not used, product by product, and what was paid for it.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::entitlement::Entitlement;
use crate::model::position::{Position, ProductPosition, Standing};

/// Decimals of an amount of money: the one place where an average is rounded.
const CENTS: u32 = 2;

/// A product of which more is owned than needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelfware {
    /// Name of the product.
    pub product: String,
    /// Code of the metric.
    pub metric: String,
    /// What the ledger grants.
    pub entitled: Decimal,
    /// What is needed; `None` when nothing measures it.
    pub needed: Option<u64>,
    /// What is owned beyond that.
    pub unused: Decimal,
    /// How much of what is owned is under Subscription and Support; `None` when no line says.
    pub supported: Option<Decimal>,
    /// What was paid for all of it; `None` when a line gives no price, or two give different currencies.
    pub paid: Option<Amount>,
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// How much.
    pub amount: Decimal,
    /// The currency as the ledger writes it; blank when it does not say.
    pub currency: String,
}

impl Shelfware {
    /// What was paid for the part that is not used, at the average price of all that is owned, rounded to cents.
    pub fn paid_for_unused(&self) -> Option<Decimal> {
        let paid = self.paid.as_ref()?.amount.checked_mul(self.unused)?.checked_div(self.entitled)?;
        Some(paid.round_dp_with_strategy(CENTS, RoundingStrategy::MidpointAwayFromZero))
    }
}

/// The products of which more is owned than needed, sorted as the position is. What nothing measures is not among
/// them: nobody knows whether it is used.
pub fn shelfware(ledger: &[Entitlement], position: &Position) -> Vec<Shelfware> {
    let unused = |product: &ProductPosition| product.balance().filter(|balance| *balance > Decimal::ZERO);
    let of_product = |product: &ProductPosition| {
        Some(Shelfware {
            product: product.product.clone(),
            metric: product.metric.clone(),
            entitled: product.entitled,
            needed: product.needed.and_then(|needed| needed.sub_capacity),
            unused: unused(product)?,
            supported: product.supported,
            paid: paid(ledger, position, product),
        })
    };
    position.products.iter().filter_map(of_product).collect()
}

fn paid(ledger: &[Entitlement], position: &Position, product: &ProductPosition) -> Option<Amount> {
    let key = (product.product.as_str(), product.metric.as_str());
    let lines = ledger.iter().zip(&position.grants);
    let counted = lines.filter(|(_, grant)| grant.standing == Standing::Counts && grant.key() == key);
    let mut paid: Option<Amount> = None;
    for (line, _) in counted {
        let amount = line.quantity.checked_mul(line.unit_price?)?;
        let sum = paid.get_or_insert_with(|| Amount { amount: Decimal::ZERO, currency: line.currency.clone() });
        if sum.currency != line.currency {
            return None;
        }
        sum.amount = sum.amount.checked_add(amount)?;
    }
    paid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::position::{Rights, position};
    use crate::model::assessment::{Assessment, ProductDemand};
    use crate::model::metric::Metric;
    use crate::rules::parts::Parts;

    fn line(product: &str, quantity: i64, price: Option<&str>, currency: &str) -> Entitlement {
        Entitlement {
            product: product.to_owned(),
            metric: "PVU".to_owned(),
            quantity: quantity.into(),
            unit_price: price.map(|price| price.parse().unwrap()),
            currency: currency.to_owned(),
            ..Entitlement::default()
        }
    }

    /// What is unused when 200 PVU of Db2 are needed.
    fn of(ledger: &[Entitlement]) -> Vec<Shelfware> {
        let (sub_capacity, full_capacity) = (Some(200), Some(300));
        let db2 = ProductDemand {
            product: "Db2".to_owned(),
            metric: Metric::Pvu,
            sub_capacity,
            full_capacity,
            ..ProductDemand::default()
        };
        let assessment = Assessment { products: vec![db2], ..Assessment::default() };
        let rights = Rights { ledger, aliases: &[], covers: None, parts: &Parts::default(), on: None };
        shelfware(ledger, &position(rights, &assessment, &[]))
    }

    #[test]
    fn what_is_owned_beyond_what_is_needed_is_worth_its_share_of_what_was_paid() {
        let ledger = [line("Db2", 100, Some("30"), "EUR"), line("Db2", 200, Some("50.50"), "EUR")];
        let found = of(&ledger);
        // 3,000 + 10,100 for 300; a third of it is not used.
        assert_eq!((found[0].unused, found[0].needed), (100.into(), Some(200)));
        assert_eq!(found[0].paid, Some(Amount { amount: 13_100.into(), currency: "EUR".to_owned() }));
        assert_eq!(found[0].paid_for_unused(), Some("4366.67".parse().unwrap()));
        // A product of which nothing is deployed is not used at all.
        let other = of(&[line("MQ", 10, None, "")]);
        assert_eq!((other[0].product.as_str(), other[0].unused, other[0].needed), ("MQ", 10.into(), Some(0)));
    }

    #[test]
    fn what_was_paid_is_not_known_when_a_price_is_missing_or_currencies_differ() {
        for other in [line("Db2", 200, None, "EUR"), line("Db2", 200, Some("1"), "USD")] {
            let found = of(&[line("Db2", 100, Some("30"), "EUR"), other]);
            assert_eq!((found[0].unused, &found[0].paid, found[0].paid_for_unused()), (100.into(), &None, None));
        }
    }

    #[test]
    fn what_is_short_or_just_enough_is_no_shelfware() {
        assert_eq!(of(&[line("Db2", 200, Some("1"), "EUR")]), []);
        assert_eq!(of(&[line("Db2", 1, Some("1"), "EUR")]), []);
    }
}

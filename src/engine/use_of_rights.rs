//! What is owned against what is allocated and needed, product by product: shelfware, and what was paid for it.

use std::sync::Arc;

use rust_decimal::{Decimal, RoundingStrategy};

use super::allocation::Allocated;
use crate::model::entitlement::Entitlement;
use crate::model::position::{LineStatus, Position, ProductPosition};

/// Decimals of an amount of money: the one place where an average is rounded.
const CENTS: u32 = 2;

/// How a product is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseOfRights {
    /// Name of the product.
    pub product: String,
    /// Code of the metric.
    pub metric: String,
    /// What the ledger grants.
    pub entitled: Decimal,
    /// What of that is allocated to sites and departments.
    pub allocated: Decimal,
    /// What is needed; `None` when nothing measures it.
    pub needed: Option<u64>,
    /// What is owned beyond that: shelfware. `None` when nothing measures it.
    pub unused: Option<Decimal>,
    /// How much of what is owned is under Subscription and Support; `None` when no line says.
    pub supported: Option<Decimal>,
    /// What was paid for all of it; `None` when a line gives no price, or two give different currencies.
    pub paid: Option<MoneyAmount>,
    /// What its S&S cost, as far as the ledger has lines that renew or reinstate it; `None` as for `paid`.
    pub support: Option<MoneyAmount>,
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoneyAmount {
    /// How much.
    pub amount: Decimal,
    /// The currency as the ledger writes it; blank when it does not say.
    pub currency: String,
}

impl UseOfRights {
    /// What was paid for the part that is not used, at the average price of all that is owned, rounded to cents.
    pub fn paid_for_unused(&self) -> Option<Decimal> {
        self.share(self.paid.as_ref()?)
    }

    /// What the S&S of that part cost, likewise.
    pub fn support_of_unused(&self) -> Option<Decimal> {
        self.share(self.support.as_ref()?)
    }

    fn share(&self, all: &MoneyAmount) -> Option<Decimal> {
        let share = all.amount.checked_mul(self.unused?)?.checked_div(self.entitled)?;
        Some(share.round_dp_with_strategy(CENTS, RoundingStrategy::MidpointAwayFromZero))
    }
}

/// The products that are owned, sorted as the position is.
pub fn use_of_rights(ledger: &[Arc<Entitlement>], position: &Position, allocated: &Allocated) -> Vec<UseOfRights> {
    let owned = position.products.iter().filter(|product| product.entitled > Decimal::ZERO);
    let of_product = |product: &ProductPosition| {
        let key = (product.product.as_str(), product.metric.as_str());
        let share = allocated.shares.iter().find(|share| (share.product.as_str(), share.metric.as_str()) == key);
        UseOfRights {
            product: product.product.clone(),
            metric: product.metric.clone(),
            entitled: product.entitled,
            allocated: share.map_or(Decimal::ZERO, |share| share.held),
            needed: product.needed.and_then(|needed| needed.sub_capacity),
            unused: product.balance().map(|balance| balance.max(Decimal::ZERO)),
            supported: product.supported,
            paid: paid(ledger, position, product, LineStatus::Counts),
            support: paid(ledger, position, product, LineStatus::SupportOnly),
        }
    };
    owned.map(of_product).collect()
}

fn paid(
    ledger: &[Arc<Entitlement>],
    position: &Position,
    product: &ProductPosition,
    standing: LineStatus,
) -> Option<MoneyAmount> {
    let key = (product.product.as_str(), product.metric.as_str());
    let lines = ledger.iter().zip(&position.grants);
    let counted = lines.filter(|(_, grant)| grant.standing == standing && grant.key() == key);
    let mut paid: Option<MoneyAmount> = None;
    for (line, _) in counted {
        let amount = line.quantity.checked_mul(line.unit_price?)?;
        let sum = paid.get_or_insert_with(|| MoneyAmount { amount: Decimal::ZERO, currency: line.currency.clone() });
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
    use crate::engine::allocation::allocate;
    use crate::engine::position::{Rights, position};
    use crate::model::agreement::Allocation;
    use crate::model::assessment::{Assessment, ProductDemand};
    use crate::model::list::SharedLines;
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

    /// What is used when 200 PVU of Db2 are needed, and 50 allocated.
    fn of(ledger: &[Entitlement]) -> Vec<UseOfRights> {
        let (sub_capacity, full_capacity) = (Some(200), Some(300));
        let db2 = ProductDemand {
            product: "Db2".to_owned(),
            metric: Metric::Pvu,
            sub_capacity,
            full_capacity,
            ..ProductDemand::default()
        };
        let assessment = Assessment { products: vec![db2], ..Assessment::default() };
        let rights =
            Rights { ledger: &SharedLines::of(ledger), aliases: &[], covers: None, parts: &Parts::default(), on: None };
        let position = position(rights, &assessment, &[]);
        let to_oslo = Allocation {
            product: "Db2".to_owned(),
            site: "Oslo".to_owned(),
            quantity: 50.into(),
            ..Allocation::default()
        };
        use_of_rights(&SharedLines::of(ledger), &position, &allocate(&position.grants, &[to_oslo]))
    }

    #[test]
    fn what_is_owned_beyond_what_is_needed_is_worth_its_share_of_what_was_paid() {
        let ledger = [line("Db2", 100, Some("30"), "EUR"), line("Db2", 200, Some("50.50"), "EUR")];
        let db2 = &of(&ledger)[0];
        // 3,000 + 10,100 for 300; a third of it is not used.
        assert_eq!((db2.allocated, db2.needed, db2.unused), (50.into(), Some(200), Some(100.into())));
        assert_eq!(db2.paid, Some(MoneyAmount { amount: 13_100.into(), currency: "EUR".to_owned() }));
        assert_eq!(db2.paid_for_unused(), Some("4366.67".parse().unwrap()));
        assert_eq!((&db2.support, db2.support_of_unused()), (&None, None));
        // A product of which nothing is deployed is not used at all.
        let other = of(&[line("MQ", 10, None, "")]);
        assert_eq!((other[0].product.as_str(), other[0].unused, other[0].needed), ("MQ", Some(10.into()), Some(0)));
    }

    #[test]
    fn the_support_of_what_is_not_used_costs_its_share_of_all_support() {
        let support = MoneyAmount { amount: 1_000.into(), currency: "EUR".to_owned() };
        let one = UseOfRights { support: Some(support), ..of(&[line("Db2", 300, Some("1"), "EUR")])[0].clone() };
        assert_eq!(one.support_of_unused(), Some("333.33".parse().unwrap()));
    }

    #[test]
    fn what_was_paid_is_not_known_when_a_price_is_missing_or_currencies_differ() {
        for other in [line("Db2", 200, None, "EUR"), line("Db2", 200, Some("1"), "USD")] {
            let found = of(&[line("Db2", 100, Some("30"), "EUR"), other]);
            assert_eq!((found[0].unused, &found[0].paid, found[0].paid_for_unused()), (Some(100.into()), &None, None));
        }
    }

    #[test]
    fn of_what_is_short_nothing_is_unused() {
        let short = of(&[line("Db2", 100, Some("1"), "EUR")]);
        assert_eq!((short[0].unused, short[0].paid_for_unused()), (Some(0.into()), Some(0.into())));
    }
}

//! What the lines of a table that waits would change of the position.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::model::position::{BalanceState, Position, ProductPosition};

/// So many products are named; of the others only the number is told.
const NAMED: usize = 5;

/// The products whose balances would be other ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportEffect {
    /// The first of them: those of which another quantity is entitled, then those with a shortfall afterwards, then those
    /// that are covered, then by name.
    pub changes: Vec<BalanceChange>,
    /// How many more there are.
    pub more: usize,
}

/// A product whose balance would be another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BalanceChange {
    /// Name of the product.
    pub product: String,
    /// Code of the metric, such as `PVU`.
    pub metric: String,
    /// Its balance now, in units of the metric; `None` when it is not known.
    pub from: Option<Decimal>,
    /// Its balance with the lines of the table; `None` when it is not known.
    pub to: Option<Decimal>,
}

/// What a position says about a product.
#[derive(Default)]
struct ProductFigures {
    entitled: Decimal,
    balance: Option<Decimal>,
}

impl ProductFigures {
    fn of(product: &ProductPosition) -> Self {
        Self { entitled: product.entitled, balance: product.balance() }
    }
}

impl ImportEffect {
    /// What differs between two positions. A product that only one of them has is one of no known balance in the other.
    pub fn between(before: &Position, after: &Position) -> Self {
        let mut products = BTreeMap::<_, (ProductFigures, ProductFigures)>::new();
        for product in &before.products {
            products.entry((&product.product, &product.metric)).or_default().0 = ProductFigures::of(product);
        }
        for product in &after.products {
            products.entry((&product.product, &product.metric)).or_default().1 = ProductFigures::of(product);
        }
        let mut changed: Vec<_> = products.into_iter().filter(|(_, (old, new))| old.balance != new.balance).collect();
        changed.sort_by_key(|(_, (old, new))| (old.entitled == new.entitled, BalanceState::of(new.balance)));
        let more = changed.len().saturating_sub(NAMED);
        changed.truncate(NAMED);
        let changes = changed.into_iter().map(|((product, metric), (old, new))| BalanceChange {
            product: product.clone(),
            metric: metric.clone(),
            from: old.balance,
            to: new.balance,
        });
        Self { changes: changes.collect(), more }
    }
}

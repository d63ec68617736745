//! What the lines of a table that waits would change of the position.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::model::position::{BalanceState, Position};

/// So many products are named; of the others only the number is told.
const NAMED: usize = 5;

/// The products whose balances would be other ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportEffect {
    /// The first of them: those with a shortfall afterwards, then those that are covered, then by name.
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

impl ImportEffect {
    /// What differs between two positions. A product that only one of them has is one of no known balance in the other.
    pub fn between(before: &Position, after: &Position) -> Self {
        let mut balances = BTreeMap::<_, (Option<Decimal>, Option<Decimal>)>::new();
        for product in &before.products {
            balances.entry((&product.product, &product.metric)).or_default().0 = product.balance();
        }
        for product in &after.products {
            balances.entry((&product.product, &product.metric)).or_default().1 = product.balance();
        }
        let changed = balances.into_iter().filter(|(_, (from, to))| from != to);
        let mut changes: Vec<BalanceChange> = changed
            .map(|((product, metric), (from, to))| BalanceChange {
                product: product.clone(),
                metric: metric.clone(),
                from,
                to,
            })
            .collect();
        changes.sort_by_key(|change| BalanceState::of(change.to));
        let more = changes.len().saturating_sub(NAMED);
        changes.truncate(NAMED);
        Self { changes, more }
    }
}

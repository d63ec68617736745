//! What the page shows of shelfware: a table that is calculated from the ledger and the position.

use super::computed::{Computed, field};
use crate::engine::shelfware::{Shelfware, shelfware};
use crate::model::entitlement::Entitlement;
use crate::model::list::{Field, FieldType, Kind, Value};
use crate::model::position::Position;

const FIELDS: &[Field] = &[
    field("product", Kind::Text),
    field("metric", Kind::Text),
    field("entitled", Kind::Number),
    field("needed", Kind::Number),
    field("unused", Kind::Number),
    field("supported", Kind::Number),
    field("paid", Kind::Number),
    field("paid_for_unused", Kind::Number),
    field("currency", Kind::Text),
];

/// What is owned and not used.
pub fn view(ledger: &[Entitlement], position: &Position) -> Computed {
    Computed { fields: FIELDS, rows: shelfware(ledger, position).into_iter().map(row).collect() }
}

fn row(one: Shelfware) -> Vec<Value> {
    let paid_for_unused = one.paid_for_unused();
    let (paid, currency) = one.paid.map(|paid| (paid.amount, paid.currency)).unzip();
    vec![
        one.product.value(),
        one.metric.value(),
        one.entitled.value(),
        one.needed.map(rust_decimal::Decimal::from).value(),
        one.unused.value(),
        one.supported.value(),
        paid.value(),
        paid_for_unused.value(),
        currency.unwrap_or_default().value(),
    ]
}

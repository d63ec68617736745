//! What the page shows of how rights are used: tables that are calculated from the ledger and the position.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::engine::allocation::Allocated;
use crate::engine::inventory::{OwnedAt, inventory};
use crate::engine::use_of_rights::{UseOfRights, use_of_rights};
use crate::model::entitlement::Entitlement;
use crate::model::list::{Field, FieldKind, FieldType, Value};
use crate::model::metric;
use crate::model::position::Position;
use crate::work::computed::{Computed, field};

const USE: &[Field] = &[
    field("product", FieldKind::Text),
    field("metric", FieldKind::Text),
    field("entitled", FieldKind::Number),
    field("allocated", FieldKind::Number),
    field("needed", FieldKind::Number),
    field("unused", FieldKind::Number),
    field("supported", FieldKind::Number),
    field("paid", FieldKind::Number),
    field("paid_for_unused", FieldKind::Number),
    field("support_of_unused", FieldKind::Number),
    field("currency", FieldKind::Text),
];

const INVENTORY: &[Field] = &[
    field("agreement", FieldKind::Text),
    field("site", FieldKind::Text),
    field("product", FieldKind::Text),
    field("metric", FieldKind::Text),
    field("entitled", FieldKind::Number),
    field("ss_end", FieldKind::Day),
];

/// What is owned against what is allocated and needed.
pub(super) fn view(ledger: &[Arc<Entitlement>], position: &Position, allocated: &Allocated) -> Computed {
    Computed { fields: USE, rows: use_of_rights(ledger, position, allocated).into_iter().map(used).collect() }
}

/// What each site owns.
pub(super) fn by_site(ledger: &[Arc<Entitlement>], position: &Position) -> Computed {
    Computed { fields: INVENTORY, rows: inventory(ledger, &position.grants).iter().map(owned).collect() }
}

fn used(one: UseOfRights) -> Vec<Value> {
    let (paid_for_unused, support_of_unused) = (one.paid_for_unused(), one.support_of_unused());
    // Of a product whose licences have no price, its S&S may have one.
    let currency = one.paid.as_ref().or(one.support.as_ref()).map_or(String::new(), |paid| paid.currency.clone());
    let paid = one.paid.map(|paid| paid.amount);
    vec![
        one.product.value(),
        metric::written(&one.metric).value(),
        one.entitled.value(),
        one.allocated.value(),
        one.needed.map(Decimal::from).value(),
        one.unused.value(),
        one.supported.value(),
        paid.value(),
        paid_for_unused.value(),
        support_of_unused.value(),
        currency.value(),
    ]
}

fn owned(one: &OwnedAt<'_>) -> Vec<Value> {
    let text = |text: &str| text.to_owned().value();
    vec![
        text(one.agreement),
        text(one.site),
        text(one.product),
        metric::written(one.metric).value(),
        one.entitled.value(),
        one.supported_until.value(),
    ]
}

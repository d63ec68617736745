//! What the page shows of agreements: a table that is calculated from the lists.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::engine::agreements::{Activity, AgreementBook, AgreementOnDay};
use crate::model::agreement::Programme;
use crate::model::list::{Field, FieldKind, FieldType, Value};
use crate::model::order::PriceTerms;
use crate::model::workspace::Lists;
use crate::work::computed::{Computed, field};

const FIELDS: &[Field] = &[
    field("agreement", FieldKind::Text),
    field("customer", FieldKind::Text),
    field("programme", FieldKind::Text),
    field("country", FieldKind::Text),
    field("sites", FieldKind::Number),
    field("anniversary", FieldKind::Day),
    field("level", FieldKind::Text),
    field("points", FieldKind::Number),
    field("last_order", FieldKind::Day),
    field("inactive_on", FieldKind::Day),
    field("activity", FieldKind::Text),
];

/// The agreements as they stand today, or on the day of the last order if that is later.
pub(super) fn view(lists: &Lists, terms: PriceTerms, today: Option<Date>) -> Computed {
    let last = lists.orders.iter().map(|line| line.date).max();
    let agreements = AgreementBook::of(lists).agreements(terms, today.max(last)).agreements;
    Computed { fields: FIELDS, rows: agreements.into_iter().map(row).collect() }
}

fn row(one: AgreementOnDay) -> Vec<Value> {
    let text = |name: Option<&str>| name.map_or(Value::Blank, |name| Value::Text(name.to_owned()));
    vec![
        one.agreement.value(),
        one.customer.value(),
        text(one.programme.map(Programme::name)),
        one.country.value(),
        Value::Number(Decimal::from(one.sites)),
        one.anniversary.value(),
        text(Some(one.level.name())),
        Value::Number(one.points),
        one.last_order.value(),
        one.inactive_on.value(),
        text(one.activity.map(Activity::name)),
    ]
}

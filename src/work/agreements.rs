//! What the page shows of agreements: a table that is calculated from the lists.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::computed::{Computed, field};
use crate::engine::agreements::{Activity, AgreementOnDay, Told};
use crate::model::agreement::Programme;
use crate::model::list::{Field, FieldType, Kind, Value};
use crate::model::order::PriceTerms;
use crate::model::workspace::Lists;

const FIELDS: &[Field] = &[
    field("agreement", Kind::Text),
    field("customer", Kind::Text),
    field("programme", Kind::Text),
    field("country", Kind::Text),
    field("sites", Kind::Number),
    field("anniversary", Kind::Day),
    field("level", Kind::Text),
    field("points", Kind::Number),
    field("last_order", Kind::Day),
    field("inactive_on", Kind::Day),
    field("activity", Kind::Text),
];

/// The agreements as they stand today, or on the day of the last order if that is later.
pub fn view(lists: &Lists, terms: PriceTerms, today: Option<Date>) -> Computed {
    let last = lists.orders.iter().map(|line| line.date).max();
    let agreements = Told::of(lists).agreements(terms, today.max(last)).agreements;
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

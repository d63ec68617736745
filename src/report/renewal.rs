//! Forecasts and price lists as JSON (semantics of money, section 10). Money has the decimals of its currency; other
//! numbers are as short as they can be; what is not known is null.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::json::{issues, quantity};
use crate::engine::renewal::price_changes::{ChangedPrice, PriceChanges, PriceKey, WithdrawnPrice};
use crate::engine::renewal::{Charge, ChargeTotal, Converted, ConvertedYear, Forecast, Gaps, PriceBasis, RenewalLine};
use crate::model::assumption::{Assumption, Estimate};
use crate::model::decision::DecisionKind;
use crate::model::issue::Issue;
use crate::model::message::Words;
use crate::model::money::Currency;

/// A forecast.
pub fn forecast(forecast: &Forecast, found: &[Issue], words: &impl Words) -> Value {
    let gaps = Gaps::of(forecast);
    let totals = forecast.totals.iter().map(|of_year| total(&of_year.total, Some(of_year.year)));
    json!({
        "on": forecast.on,
        "to": forecast.to,
        "lines": forecast.lines.iter().map(|one| line(one, &gaps)).collect::<Vec<_>>(),
        "totals": totals.collect::<Vec<_>>(),
        "sums": forecast.sums.iter().map(|sum| total(sum, None)).collect::<Vec<_>>(),
        "converted": forecast.converted.as_ref().map(converted),
        "assumptions": forecast.assumptions.iter().map(assumption).collect::<Vec<_>>(),
        "issues": issues(found, words),
    })
}

fn line(line: &RenewalLine, gaps: &Gaps<'_>) -> Value {
    let key = &line.key;
    let currency = key.currency.0.as_ref();
    json!({
        "agreement": key.agreement,
        "site": key.site,
        "product": key.product,
        "metric": key.metric,
        "kind": key.kind.name(),
        "status": key.status.name(),
        "ends": key.ends.0,
        "units": quantity(line.renewable.units),
        "renewal_part": key.renewal_part.0,
        "licence_part": key.licence_part.0,
        "currency": currency.map(Currency::code),
        "decision": line.decision.map(DecisionKind::name),
        "frozen_on": line.frozen_on,
        "break_even": line.break_even,
        "reinstatement_gap_months": gaps.in_months(line),
        "charges": line.charges.iter().map(|one| charge(one, currency)).collect::<Vec<_>>(),
    })
}

fn charge(charge: &Charge, currency: Option<&Currency>) -> Value {
    let priced = charge.priced.as_ref();
    let basis = priced.map_or("unknown", |priced| match priced.offered.basis {
        PriceBasis::Part => "part",
        PriceBasis::Rate => "rate",
    });
    let index = priced.and_then(|priced| priced.assumed.index).map(|index| {
        let Estimate { low, expected, high } = index.map(plain);
        json!({"low": low, "expected": expected, "high": high})
    });
    let mut shape = Map::new();
    let mut put = |name: &str, value: Value| shape.insert(name.to_owned(), value);
    put("from", json!(charge.from));
    put("to", json!(charge.to));
    put("type", json!(charge.kind.name()));
    put("part", json!(charge.part));
    put("basis", json!(basis));
    put("level", json!(charge.level.name()));
    put("price_level", json!(priced.map(|priced| priced.offered.level.name())));
    put("price", json!(priced.map(|priced| plain(priced.offered.row.price))));
    put("index", json!(index));
    put("factor", json!(priced.map(|priced| priced.offered.factor.to_string())));
    put("parts", json!(charge.parts));
    add_amount(&mut shape, charge.amount, currency);
    Value::Object(shape)
}

fn total(total: &ChargeTotal, year: Option<i16>) -> Value {
    let mut shape = Map::new();
    shape.insert("currency".to_owned(), json!(total.currency.as_ref().map(Currency::code)));
    if let Some(year) = year {
        shape.insert("year".to_owned(), json!(year));
    }
    add_amount(&mut shape, total.amount, total.currency.as_ref());
    shape.insert("unknown".to_owned(), json!(total.unknown));
    Value::Object(shape)
}

fn converted(converted: &Converted) -> Value {
    let year = |year: &ConvertedYear| {
        let mut shape = Map::new();
        shape.insert("year".to_owned(), json!(year.year));
        add_amount(&mut shape, year.amount, Some(&converted.currency));
        shape.insert("unknown".to_owned(), json!(year.unknown));
        Value::Object(shape)
    };
    json!({
        "currency": converted.currency.code(),
        "totals": converted.totals.iter().map(year).collect::<Vec<_>>(),
    })
}

fn assumption(line: &Arc<Assumption>) -> Value {
    json!({
        "name": line.name.name(),
        "scope": line.scope,
        "from": line.from,
        "low": line.low,
        "expected": line.expected,
        "high": line.high,
        "reason": line.reason,
    })
}

/// What a price list has, and how it differs from an older one.
pub fn price_changes(changes: &PriceChanges, found: &[Issue], words: &impl Words) -> Value {
    let of = |key: &PriceKey| {
        let mut shape = Map::new();
        shape.insert("part_number".to_owned(), json!(key.part_number));
        shape.insert("level".to_owned(), json!(key.level.name()));
        shape.insert("currency".to_owned(), json!(key.currency.code()));
        shape
    };
    let changed = |one: &ChangedPrice| {
        let mut shape = of(&one.of);
        shape.insert("old".to_owned(), json!(plain(one.old)));
        shape.insert("new".to_owned(), json!(plain(one.new)));
        shape.insert("difference".to_owned(), json!(plain(one.difference)));
        shape.insert("percent".to_owned(), json!(one.percent.map(|percent| with_decimals(percent, 2))));
        Value::Object(shape)
    };
    let new = |(key, price): &(PriceKey, Decimal)| {
        let mut shape = of(key);
        shape.insert("price".to_owned(), json!(plain(*price)));
        Value::Object(shape)
    };
    let withdrawn = |one: &WithdrawnPrice| {
        let mut shape = of(&one.of);
        shape.insert("price".to_owned(), json!(plain(one.price)));
        shape.insert("part_gone".to_owned(), json!(one.part_gone));
        Value::Object(shape)
    };
    json!({
        "rows": changes.rows,
        "currencies": changes.currencies.iter().map(Currency::code).collect::<Vec<_>>(),
        "changed": changes.changed.iter().map(changed).collect::<Vec<_>>(),
        "new": changes.new.iter().map(new).collect::<Vec<_>>(),
        "withdrawn": changes.withdrawn.iter().map(withdrawn).collect::<Vec<_>>(),
        "unchanged": changes.unchanged,
        "issues": issues(found, words),
    })
}

/// The three amounts, each with the decimals of its currency; null where they are not known.
fn add_amount(shape: &mut Map<String, Value>, amount: Option<Estimate<Decimal>>, currency: Option<&Currency>) {
    let decimals = currency.map_or(2, Currency::decimals);
    let money = |amount: Decimal| json!(with_decimals(amount, decimals));
    let Estimate { low, expected, high } =
        amount.map_or_else(|| Estimate::flat(Value::Null), |amount| amount.map(money));
    for (name, value) in [("low", low), ("expected", expected), ("high", high)] {
        shape.insert(name.to_owned(), value);
    }
}

/// A number with so many decimals, which it has already or fewer.
fn with_decimals(mut number: Decimal, decimals: u32) -> String {
    number.rescale(decimals);
    number.to_string()
}

/// A number as short as it can be.
fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

//! An independent count of renewal forecasts: slow, obvious, written from the page "Semantics of money" and from nothing
//! else. Each function writes one sentence or paragraph of that page down; the numbers in the comments are its.
//!
//! | file | what it is |
//! |---|---|
//! | [`world`] | what is given: lists as they stand in files |
//! | [`days`], [`numbers`] | civil days, decimals, fractions of any size |
//! | [`lists`] | the lists as values; what the page leaves out is left out |
//! | [`case`] | parts of a kind, assumptions of a day, terms of an agreement |
//! | [`level`] | 5.5 |
//! | [`prices`] | 2 and 3: the price of one part on one day |
//! | [`lines`] | 4 |
//! | [`charges`] | 5 |
//! | [`decisions`] | 8.1 to 8.6 |
//! | [`totals`] | 6 |

pub(crate) mod case;
pub(crate) mod charges;
pub(crate) mod days;
pub(crate) mod decisions;
pub(crate) mod level;
pub(crate) mod lines;
pub(crate) mod lists;
pub(crate) mod numbers;
pub(crate) mod prices;
pub(crate) mod totals;
pub(crate) mod world;

use serde_json::{Value, json};

use case::Case;
use charges::Charge;
use decisions::Outcome;
use lines::Line;
use numbers::with_places;
pub(crate) use world::World;

/// The answer of `forecast` (10), without `assumptions` and `issues`.
pub(crate) fn forecast(world: &World) -> Value {
    let case = Case::new(world);
    let lines = lines::lines(&case);
    let outcomes = decisions::carried_out(&case, &lines);
    let listed: Vec<(Option<&str>, &Charge)> = lines
        .iter()
        .zip(&outcomes)
        .flat_map(|(line, outcome)| outcome.charges.iter().map(|charge| (line.currency.as_deref(), charge)))
        .collect();
    json!({
        "on": case.on.to_string(),
        "to": case.to.to_string(),
        "lines": lines.iter().zip(&outcomes).map(|(line, outcome)| shown(line, outcome)).collect::<Vec<_>>(),
        "totals": totals::by_year(&listed),
        "sums": totals::sums(&listed),
        "converted": totals::converted(&case, &listed),
    })
}

fn shown(line: &Line, outcome: &Outcome) -> Value {
    let currency = line.currency.as_deref();
    json!({
        "agreement": line.agreement,
        "site": line.site,
        "product": line.product,
        "metric": line.metric,
        "kind": line.kind,
        "status": line.status,
        "ends": line.ends.map(|day| day.to_string()),
        "units": line.units,
        "renewal_part": line.renewal_part,
        "licence_part": line.licence_part,
        "currency": line.currency,
        "decision": outcome.decision,
        "frozen_on": outcome.frozen_on.map(|day| day.to_string()),
        "break_even": outcome.break_even,
        "reinstatement_gap_months": outcome.gap.map(|months| i64::try_from(months).unwrap()),
        "charges": outcome.charges.iter().map(|charge| shown_charge(charge, currency)).collect::<Vec<_>>(),
    })
}

fn shown_charge(charge: &Charge, currency: Option<&str>) -> Value {
    let quote = charge.quote.as_ref();
    let index = quote.map(|quote| {
        let [low, expected, high] = quote.index.map(|index| numbers::Decimal::new(index, 6).to_string());
        json!({ "low": low, "expected": expected, "high": high })
    });
    let [low, expected, high] = [0, 1, 2].map(|third| charge.amounts.map(|amounts| money(amounts[third], currency)));
    json!({
        "from": charge.from.to_string(),
        "to": charge.to.to_string(),
        "type": charge.kind,
        "part": charge.part,
        "basis": quote.map_or("unknown", |quote| quote.basis),
        "level": charge.level,
        "price_level": quote.map(|quote| &quote.level),
        "price": quote.map(|quote| quote.price.to_string()),
        "index": index,
        "factor": quote.map(|_| charge.factor.shown()),
        "parts": i64::try_from(charge.parts).unwrap(),
        "low": low,
        "expected": expected,
        "high": high,
    })
}

/// Smallest units of a currency, as a string with its decimals.
pub(crate) fn money(amount: i128, currency: Option<&str>) -> String {
    with_places(amount, currency.map_or(2, totals::decimals))
}

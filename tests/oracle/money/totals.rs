//! 1.1, 1.3, 1.4, 6.2, 6.3: decimals, totals, conversion.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::case::Case;
use super::charges::Charge;
use super::lists::Scope;
use super::money;
use super::numbers::{Decimal, half_up};

const NONE: [&str; 17] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
    "XPF",
];
const THREE: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// Decimals of a currency.
pub(crate) fn decimals(currency: &str) -> u32 {
    if NONE.contains(&currency) {
        0
    } else if THREE.contains(&currency) {
        3
    } else {
        2
    }
}

/// What is known, and how many charges are not.
#[derive(Clone, Copy, Debug, Default)]
struct Total {
    known: Option<[i128; 3]>,
    unknown: i64,
}

impl Total {
    fn add(&mut self, amounts: Option<[i128; 3]>) {
        match amounts {
            Some(more) => {
                let known = self.known.unwrap_or_default();
                self.known = Some([0, 1, 2].map(|third| known[third] + more[third]));
            }
            None => self.unknown += 1,
        }
    }

    fn shown(self, currency: Option<&str>) -> [Value; 3] {
        [0, 1, 2].map(|third| json!(self.known.map(|known| money(known[third], currency))))
    }
}

/// A charge and the currency of its line.
type Listed<'a> = (Option<&'a str>, &'a Charge);

/// Currencies by name, null last.
fn place(currency: Option<&str>) -> (bool, Option<&str>) {
    (currency.is_none(), currency)
}

/// 6.2: per currency and year.
pub(crate) fn by_year(charges: &[Listed<'_>]) -> Vec<Value> {
    let mut totals: BTreeMap<_, Total> = BTreeMap::new();
    for (currency, charge) in charges {
        totals.entry((place(*currency), charge.from.year())).or_default().add(charge.amounts);
    }
    let shown = |(((_, currency), year), total): (((bool, Option<&str>), i64), Total)| {
        let [low, expected, high] = total.shown(currency);
        json!({ "currency": currency, "year": year, "low": low, "expected": expected, "high": high,
            "unknown": total.unknown })
    };
    totals.into_iter().map(shown).collect()
}

/// 6.2: per currency.
pub(crate) fn sums(charges: &[Listed<'_>]) -> Vec<Value> {
    let mut totals: BTreeMap<_, Total> = BTreeMap::new();
    for (currency, charge) in charges {
        totals.entry(place(*currency)).or_default().add(charge.amounts);
    }
    let shown = |((_, currency), total): ((bool, Option<&str>), Total)| {
        let [low, expected, high] = total.shown(currency);
        json!({ "currency": currency, "low": low, "expected": expected, "high": high, "unknown": total.unknown })
    };
    totals.into_iter().map(shown).collect()
}

/// 6.3: in the currency of the report, if one is asked for.
pub(crate) fn converted(case: &Case<'_>, charges: &[Listed<'_>]) -> Value {
    let Some(target) = case.of_agreement("report_currency", "", case.on) else { return Value::Null };
    let mut years: BTreeMap<i64, BTreeMap<Option<&str>, Total>> = BTreeMap::new();
    for (currency, charge) in charges {
        years.entry(charge.from.year()).or_default().entry(*currency).or_default().add(charge.amounts);
    }
    let shown = |(year, totals): (i64, BTreeMap<Option<&str>, Total>)| {
        let unknown: i64 = totals.values().map(|total| total.unknown).sum();
        let mut sum = Total { known: None, unknown };
        let mut without_rate = false;
        for (currency, total) in totals {
            let (Some(currency), Some(known)) = (currency, total.known) else { continue };
            match rate(case, currency, target) {
                Some(rate) => sum.add(Some(known.map(|amount| exchanged(amount, currency, rate, target)))),
                None => without_rate = true,
            }
        }
        if without_rate {
            sum.known = None;
        }
        let [low, expected, high] = sum.shown(Some(target));
        json!({ "year": year, "low": low, "expected": expected, "high": high, "unknown": unknown })
    };
    json!({ "currency": target, "totals": years.into_iter().map(shown).collect::<Vec<_>>() })
}

/// Own currency 1; else the user's, the latest up to `on`, then the later line.
fn rate(case: &Case<'_>, currency: &str, target: &str) -> Option<Decimal> {
    if currency == target {
        return Some(Decimal::whole(1));
    }
    let pair = Scope::Pair(currency.to_owned(), target.to_owned());
    let rows = case.assumptions.iter().enumerate().filter(|(_, row)| row.name == "fx" && row.scope == pair);
    let rows = rows.filter(|(_, row)| row.from.is_none_or(|from| from <= case.on));
    let latest = rows.max_by_key(|(line, row)| (row.from, *line))?;
    latest.1.values.map(|values| values[1])
}

/// Rounded in the target's decimals, half up.
fn exchanged(amount: i128, currency: &str, rate: Decimal, target: &str) -> i128 {
    let above = amount * rate.value * 10_i128.pow(decimals(target));
    half_up(above, 10_i128.pow(decimals(currency) + rate.places))
}

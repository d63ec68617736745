//! What differs between two price lists, as a table.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{ReportCell, ReportTable};
use crate::engine::renewal::price_changes::{PriceChanges, PriceKey};
use crate::model::message::{Message, Words};

const COLUMNS: [&str; 9] = [
    "report.price_outcome",
    "report.part_number",
    "report.product",
    "report.level",
    "report.currency",
    "report.old_price",
    "report.new_price",
    "report.price_difference",
    "report.percent",
];

/// Changed prices with the largest percent first, then new and withdrawn ones; `products` are what parts are called.
pub fn table(changes: &PriceChanges, products: &BTreeMap<String, String>, words: &impl Words) -> ReportTable {
    let say = |key| words.say(&Message::new(key));
    let row = |key, of: &PriceKey, numbers: [Option<Decimal>; 4]| -> Vec<ReportCell> {
        let product = products.get(&of.part_number).map_or("", String::as_str);
        let texts =
            [say(key).as_str(), &of.part_number, product, of.level.name(), of.currency.code()].map(ReportCell::from);
        texts.into_iter().chain(numbers.map(|number| number.map_or(ReportCell::Blank, ReportCell::Number))).collect()
    };
    let mut changed: Vec<_> = changes.changed.iter().collect();
    changed.sort_by_key(|one| std::cmp::Reverse(one.percent));
    let changed = changed.into_iter().map(|one| {
        row("report.price_changed", &one.of, [Some(one.old), Some(one.new), Some(one.difference), one.percent])
    });
    let new = changes.new.iter().map(|(of, price)| row("report.price_new", of, [None, Some(*price), None, None]));
    let withdrawn = changes.withdrawn.iter().map(|one| {
        let key = if one.part_gone { "report.part_withdrawn" } else { "report.level_withdrawn" };
        row(key, &one.of, [Some(one.price), None, None, None])
    });
    let rows = changed.chain(new).chain(withdrawn).collect();
    ReportTable {
        title: say("report.price_changes"),
        header: COLUMNS.map(say).to_vec(),
        rows,
        ..ReportTable::default()
    }
}

//! Part numbers, each with what it sells, what it costs today and what comes next; opened, with all that is known of it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::known_parts::{KnownPart, known_parts};
use super::{detail, money, price, published};
use crate::engine::renewal::PriceStanding;
use crate::model::message::{Argument, Message};
use crate::model::money::Currency;
use crate::model::price::Price;
use crate::work::arranged::{Arrangeable, Arrangement, ColumnKey, RowGroup, SHOWN, arrange};
use crate::work::blocks::Block;
use crate::work::cell::Cell;
use crate::work::data_table::{ColumnKind, DataCell, DataColumn, DataRow, DataTable};
use crate::work::own_price::OwnPrice;
use crate::work::screen_query::ScreenQuery;
use crate::work::screens::OpenWorkspace;

/// Names of the columns, the keys of their headers, and what their cells hold.
const COLUMNS: [(&str, &str, ColumnKind); 4] = [
    ("part", "page.catalogue.part_number", ColumnKind::Name),
    ("sells", "page.catalogue.sells", ColumnKind::Words),
    ("price", "page.catalogue.price_today", ColumnKind::Number),
    ("comes", "page.catalogue.price_next", ColumnKind::Further),
];

/// The most levels that are named one by one.
const NAMED: usize = 4;

/// The table, what is missing where the shipped parts could not be fetched, and published example prices.
pub(super) fn blocks(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Block> {
    let table = Block::Data(table(open, query));
    let missing = open.parts.is_empty().then(|| Block::Note(Message::new("page.catalogue.parts_missing")));
    let examples = published::block(&open.workspace.lists.prices);
    missing.into_iter().chain([table, examples]).collect()
}

fn table(open: OpenWorkspace<'_>, query: &ScreenQuery) -> DataTable {
    let known: Vec<(String, KnownPart<'_>)> = known_parts(open, query.today).into_iter().collect();
    let rows: Vec<Arrangeable> = known.iter().map(|(number, part)| arrangeable(number, part, query.today)).collect();
    let make = |index: usize, is_open: bool| {
        let Some((number, part)) = known.get(index) else { return DataRow::blank() };
        DataRow {
            key: number.clone(),
            cells: cells(number, part, query.today),
            detail: is_open.then(|| detail::of(number, part, &usual(part, open))),
        }
    };
    let arrangement = Arrangement {
        name: "",
        title: "page.catalogue.parts",
        columns: COLUMNS.map(DataColumn::of).into(),
        sorted: "part",
        groupings: vec![
            ("named", "page.catalogue.by_place"),
            ("product", "page.catalogue.by_product"),
            ("kind", "page.catalogue.by_kind"),
        ],
        grouped: "named",
        shown: SHOWN,
        query,
    };
    arrange(arrangement, &rows, make, None)
}

/// What a price of one's own of this part likely begins with: the currency that all its prices have, else all prices of
/// the workspace; and the only level of its prices. Examples say nothing of what somebody pays.
fn usual(part: &KnownPart<'_>, open: OpenWorkspace<'_>) -> OwnPrice {
    let lists = &open.workspace.lists;
    let of_part = only(part.own_prices().map(Price::currency));
    let of_all = || only(lists.prices.iter().filter(|price| !price.is_example()).map(|price| price.currency()));
    let of_ledger = || only(lists.entitlements.iter().map(|line| Currency::of(&line.currency)));
    let currency = of_part.or_else(of_all).or_else(of_ledger).map_or_else(String::new, |one| one.code().to_owned());
    let level = only(part.own_prices().map(|price| price.level)).unwrap_or_default();
    OwnPrice { part_number: String::new(), level, currency }
}

/// The only one, however often it is there.
fn only<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

/// The day on which the next price comes in the place of one of today's.
fn next_day<'p>(part: &'p KnownPart<'_>, today: Option<Date>) -> Option<(Date, Vec<&'p Price>)> {
    let mut by_day: BTreeMap<Date, Vec<&Price>> = BTreeMap::new();
    for price in part.standing(PriceStanding::Next) {
        // One that holds already comes when the one before it ends; the row says when that is.
        if let Some(from) = price.valid_from.filter(|from| today.is_some_and(|today| *from > today)) {
            by_day.entry(from).or_default().push(price);
        }
    }
    by_day.into_iter().next()
}

fn arrangeable(number: &str, part: &KnownPart<'_>, today: Option<Date>) -> Arrangeable {
    let kind = detail::kind_word(part.shipped.and_then(|part| part.kind));
    let highest = part.standing(PriceStanding::InForce).iter().map(|price| price.price).max();
    let next = next_day(part, today).map_or_else(String::new, |(day, _)| day.to_string());
    let named: RowGroup = if part.is_of_estate() {
        ("0".to_owned(), Message::new("page.catalogue.of_estate"))
    } else {
        ("1".to_owned(), Message::new("page.catalogue.of_table"))
    };
    let product: RowGroup = match part.product.as_str() {
        "" => (String::new(), Message::new("page.not_known")),
        product => (product.to_owned(), Message::new("page.renewals.group").with("name", product)),
    };
    Arrangeable {
        key: number.to_owned(),
        keys: vec![
            ColumnKey::Words(number.to_owned()),
            ColumnKey::Words(format!("{kind} {}", part.metric)),
            ColumnKey::Number(highest),
            ColumnKey::Words(next),
        ],
        words: [number, &part.product, &part.metric].join(" "),
        state: None,
        groups: vec![named, product, (kind.to_owned(), Message::new(kind))],
        amount: None,
        unit: "".into(),
    }
}

fn cells(number: &str, part: &KnownPart<'_>, today: Option<Date>) -> Vec<DataCell> {
    let product = (!part.product.is_empty()).then(|| Message::new("page.renewals.group").with("name", &*part.product));
    let metric = (!part.metric.is_empty()).then(|| Message::new("page.renewals.group").with("name", &*part.metric));
    let kind = Cell::Word(detail::kind_word(part.shipped.and_then(|part| part.kind)).into());
    let in_force = part.standing(PriceStanding::InForce);
    let price = match (part.prices.is_empty(), in_force.is_empty()) {
        (true, _) => DataCell::of(Cell::Word("page.catalogue.no_price".into())),
        (false, true) => DataCell::of(Cell::Word("page.catalogue.none_today".into())),
        (false, false) => {
            let is_example = in_force.iter().all(|price| price.is_example());
            let label = is_example.then(|| Message::new("page.catalogue.only_examples"));
            amounts(&in_force).above(label)
        }
    };
    let next = next_day(part, today).map_or_else(
        || DataCell::of(Cell::Unknown),
        |(day, prices)| {
            let DataCell { value, unit, .. } = amounts(&prices);
            DataCell { value, unit, ..DataCell::of(Cell::Unknown) }
                .above([Message::new("page.catalogue.from_day").with("day", day)])
        },
    );
    vec![DataCell::of(number.into()).above(product), DataCell::of(kind).above(metric), price, next]
}

/// Prices in one cell: the one, or from the lowest to the highest, with their currency and levels; several currencies are
/// counted.
fn amounts(prices: &[&Price]) -> DataCell {
    let Some(currency) = only(prices.iter().map(|price| price.currency())) else {
        let mut currencies: Vec<String> = prices.iter().map(|price| price.currency().code().to_owned()).collect();
        currencies.sort();
        currencies.dedup();
        return DataCell::of(Cell::Text(currencies.join(", "))).above([levels(prices)]);
    };
    let (lowest, highest) = prices
        .iter()
        .fold((Decimal::MAX, Decimal::ZERO), |(lowest, highest), one| (lowest.min(one.price), highest.max(one.price)));
    let value = if lowest == highest {
        money(lowest, &currency)
    } else {
        let told = |amount| Argument::Money(price(amount, &currency));
        Cell::Said(vec![Message::new("page.renewals.range").with("low", told(lowest)).with("high", told(highest))])
    };
    DataCell { unit: currency.code().to_owned().into(), ..DataCell::of(value) }.above([levels(prices)])
}

fn levels(prices: &[&Price]) -> Message {
    let mut levels: Vec<_> = prices.iter().map(|price| price.level).collect();
    levels.sort_by_key(|level| detail::level_place(*level));
    levels.dedup();
    match levels.as_slice() {
        [one] => Message::new("page.catalogue.at_level").with("level", one.name()),
        few if few.len() <= NAMED => {
            let names: Vec<&str> = few.iter().map(|level| level.name()).collect();
            Message::new("page.catalogue.at_levels").with("levels", names.join(", "))
        }
        many => Message::new("page.catalogue.at_many_levels").with("count", many.len()),
    }
}

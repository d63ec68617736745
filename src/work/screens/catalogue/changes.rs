//! What differs between two price lists: changed, new and withdrawn prices, part by part.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::price_lists::{PriceList, Side, asked, choice, first_day, of_files};
use super::{detail, money, price, price_files, published};
use crate::engine::renewal::price_changes::{PriceChanges, PriceKey, price_changes};
use crate::model::message::{Argument, Message};
use crate::model::price::Price;
use crate::rules::parts::Parts;
use crate::work::arranged::{Arrangeable, Arrangement, ColumnKey, SHOWN, arrange};
use crate::work::blocks::{Block, FieldInput, Form, FormField, Sets, Tile, Tiles};
use crate::work::cell::Cell;
use crate::work::data_table::{ColumnKind, DataCell, DataColumn, DataRow, DataTable};
use crate::work::screen_query::ScreenQuery;
use crate::work::screens::OpenWorkspace;

/// Names of the columns, the keys of their headers, and what their cells hold.
const COLUMNS: [(&str, &str, ColumnKind); 6] = [
    ("priced", "page.catalogue.part_number", ColumnKind::Name),
    ("level", "column.level", ColumnKind::Words),
    ("old", "page.catalogue.old_price", ColumnKind::Number),
    ("new", "page.catalogue.new_price", ColumnKind::Number),
    ("more", "page.catalogue.difference", ColumnKind::Further),
    ("percent", "page.catalogue.percent", ColumnKind::Number),
];

/// What became of a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum PriceOutcome {
    Changed,
    New,
    /// The part has prices, and none at this level in this currency.
    Withdrawn,
    /// The part has no price any more.
    PartGone,
}

impl PriceOutcome {
    const ALL: [Self; 4] = [Self::Changed, Self::New, Self::Withdrawn, Self::PartGone];

    const fn word(self) -> &'static str {
        match self {
            Self::Changed => "page.catalogue.changed",
            Self::New => "page.catalogue.new",
            Self::Withdrawn => "page.catalogue.level_withdrawn",
            Self::PartGone => "page.catalogue.part_withdrawn",
        }
    }
}

/// A price that differs.
struct DifferingPrice {
    of: PriceKey,
    outcome: PriceOutcome,
    old: Option<Decimal>,
    new: Option<Decimal>,
    difference: Option<Decimal>,
    percent: Option<Decimal>,
}

/// Two lists, and what differs.
struct Compared {
    before: Vec<Arc<Price>>,
    after: Vec<Arc<Price>>,
    changes: PriceChanges,
}

/// What parts are called, by their numbers.
type PartNames = BTreeMap<String, String>;

/// What differs between the two lists that are asked for, as the engine compares them, and what their parts are called;
/// `None` where there are no two.
pub(in crate::work) fn compared(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Option<(PriceChanges, PartNames)> {
    let compared = compare(open, &asked(&open.workspace.lists.prices, query))?;
    let products = products(&compared, open.parts);
    Some((compared.changes, products))
}

fn compare(open: OpenWorkspace<'_>, (before, after): &(Option<PriceList>, Option<PriceList>)) -> Option<Compared> {
    let prices: &[_] = &open.workspace.lists.prices;
    let (before, after) = (before.as_ref()?.prices(prices), after.as_ref()?.prices(prices));
    let changes = price_changes(&after, Some(&before));
    Some(Compared { before, after, changes })
}

/// The choice of two lists, how much differs, what does, and the days of the price files. Without a price there is none.
pub(super) fn blocks(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Block> {
    let prices: &[_] = &open.workspace.lists.prices;
    if prices.is_empty() {
        return Vec::new();
    }
    let sides = asked(prices, query);
    let mut blocks = vec![Block::Form(form(prices, &sides, query))];
    match compare(open, &sides) {
        Some(compared) => {
            blocks.push(Block::Tiles(tiles(&compared.changes)));
            blocks.push(Block::Data(table(&compared, open.parts, query)));
        }
        None => blocks.push(Block::Note(Message::new("page.catalogue.one_list"))),
    }
    blocks.push(published::block(prices));
    blocks.extend(price_files::blocks(open, query));
    blocks
}

fn form(prices: &[Arc<Price>], sides: &(Option<PriceList>, Option<PriceList>), query: &ScreenQuery) -> Form {
    let lists = of_files(prices);
    let side = |side: Side, list: Option<&PriceList>, label: &'static str, on_label: &'static str| {
        let (argument, on) = side.arguments();
        let today = query.today.map(PriceList::OnDay);
        let day = if let Some(PriceList::OnDay(day)) = list { Some(*day) } else { query.today };
        let list = list.cloned().or(today);
        let on_day = day.map(PriceList::OnDay);
        let choices = on_day.iter().chain(&lists).map(choice).collect();
        let choose = FormField {
            label: label.into(),
            input: FieldInput::Choice(choices),
            value: list.as_ref().map_or_else(String::new, PriceList::name),
            sets: Sets::Argument(argument.into()),
        };
        let day = matches!(list, Some(PriceList::OnDay(_))).then(|| FormField {
            label: on_label.into(),
            input: FieldInput::Day,
            value: first_day(day),
            sets: Sets::Argument(on.into()),
        });
        [choose].into_iter().chain(day)
    };
    let (before, after) = sides;
    let before = side(Side::Before, before.as_ref(), "page.catalogue.before", "page.catalogue.before_on");
    let after = side(Side::After, after.as_ref(), "page.catalogue.after", "page.catalogue.after_on");
    Form { title: Some("page.catalogue.compare".into()), fields: before.chain(after).collect(), answer: Vec::new() }
}

fn tiles(changes: &PriceChanges) -> Tiles {
    let tile = |title: &'static str, count: usize, texts: Vec<Message>| Tile {
        title: title.into(),
        amount: Cell::Number(count.into()),
        unit: "".into(),
        question: None,
        texts,
        screen: None,
    };
    let (up, down): (Vec<_>, Vec<_>) = changes.changed.iter().partition(|one| one.difference > Decimal::ZERO);
    let way = |key: &'static str, count: usize| Message::new(key).with("count", count);
    let gone = changes.withdrawn.iter().filter(|one| one.part_gone).count();
    Tiles {
        label: "page.catalogue.how_much".into(),
        tiles: vec![
            tile(
                "page.catalogue.changed",
                changes.changed.len(),
                vec![way("page.catalogue.dearer", up.len()), way("page.catalogue.cheaper", down.len())],
            ),
            tile("page.catalogue.new", changes.new.len(), Vec::new()),
            tile(
                "page.catalogue.withdrawn",
                changes.withdrawn.len(),
                if gone > 0 { vec![way("page.catalogue.of_parts_gone", gone)] } else { Vec::new() },
            ),
            tile("page.catalogue.unchanged", changes.unchanged, Vec::new()),
        ],
    }
}

fn differences(changes: &PriceChanges) -> Vec<DifferingPrice> {
    let changed = changes.changed.iter().map(|one| DifferingPrice {
        of: one.of.clone(),
        outcome: PriceOutcome::Changed,
        old: Some(one.old),
        new: Some(one.new),
        difference: Some(one.difference),
        percent: one.percent,
    });
    let bare = |of: &PriceKey, outcome, old, new| DifferingPrice {
        of: of.clone(),
        outcome,
        old,
        new,
        difference: None,
        percent: None,
    };
    let new = changes.new.iter().map(|(of, price)| bare(of, PriceOutcome::New, None, Some(*price)));
    let withdrawn = changes.withdrawn.iter().map(|one| {
        let outcome = if one.part_gone { PriceOutcome::PartGone } else { PriceOutcome::Withdrawn };
        bare(&one.of, outcome, Some(one.price), None)
    });
    changed.chain(new).chain(withdrawn).collect()
}

fn table(compared: &Compared, parts: &Parts, query: &ScreenQuery) -> DataTable {
    let differences = differences(&compared.changes);
    let products = products(compared, parts);
    let product = |of: &PriceKey| products.get(&of.part_number).map_or("", String::as_str);
    let rows: Vec<Arrangeable> = differences.iter().map(|one| arrangeable(one, product(&one.of))).collect();
    let make = |index: usize, is_open: bool| {
        let (Some(one), Some(row)) = (differences.get(index), rows.get(index)) else { return DataRow::blank() };
        DataRow {
            key: row.key.clone(),
            cells: cells(one, product(&one.of)),
            detail: is_open.then(|| {
                let of_list = |key, prices: &[Arc<Price>]| {
                    let those = prices.iter().filter(|price| PriceKey::of(price) == one.of);
                    Block::Table(detail::sources(key, those.map(AsRef::as_ref)))
                };
                vec![
                    of_list("page.catalogue.before", &compared.before),
                    of_list("page.catalogue.after", &compared.after),
                ]
            }),
        }
    };
    let arrangement = Arrangement {
        name: "",
        title: "page.catalogue.changes",
        columns: COLUMNS.map(DataColumn::of).into(),
        sorted: "-percent",
        groupings: vec![
            ("outcome", "page.catalogue.by_outcome"),
            ("product", "page.catalogue.by_product"),
            ("level", "page.catalogue.by_level"),
            ("currency", "page.catalogue.by_currency"),
        ],
        grouped: "outcome",
        shown: SHOWN,
        query,
    };
    arrange(arrangement, &rows, make, None)
}

/// What the parts of both lists are called: by the shipped table, else by the lists.
fn products(compared: &Compared, parts: &Parts) -> PartNames {
    let name = |price: &Arc<Price>| {
        let number = price.part();
        let product = parts.find(&number).map_or(&price.description, |part| &part.product).clone();
        (!product.is_empty()).then_some((number, product))
    };
    compared.before.iter().chain(&compared.after).filter_map(name).collect()
}

fn arrangeable(one: &DifferingPrice, product: &str) -> Arrangeable {
    let PriceKey { part_number, level, currency } = &one.of;
    let place = |word: String| (word.clone(), Message::new("page.renewals.group").with("name", word));
    let outcome = PriceOutcome::ALL.iter().position(|known| *known == one.outcome).unwrap_or_default();
    Arrangeable {
        key: format!("{part_number}/{}/{currency}", level.name()),
        keys: vec![
            ColumnKey::Words(part_number.clone()),
            ColumnKey::Words(level_place(one)),
            ColumnKey::Number(one.old),
            ColumnKey::Number(one.new),
            ColumnKey::Number(one.difference),
            ColumnKey::Number(one.percent),
        ],
        words: [part_number, product, level.name(), currency.code()].join(" "),
        state: None,
        groups: vec![
            (outcome.to_string(), Message::new(one.outcome.word())),
            place(if product.is_empty() { part_number.clone() } else { product.to_owned() }),
            (level_place(one), Message::new("page.catalogue.at_level").with("level", level.name())),
            place(currency.code().to_owned()),
        ],
        amount: None,
        unit: "".into(),
    }
}

/// The place of the level among the others, as a word.
fn level_place(one: &DifferingPrice) -> String {
    detail::level_place(one.of.level).to_string()
}

fn cells(one: &DifferingPrice, product: &str) -> Vec<DataCell> {
    let PriceKey { part_number, level, currency } = &one.of;
    let product = (!product.is_empty()).then(|| Message::new("page.renewals.group").with("name", product));
    let amount = |amount: Option<Decimal>| match amount {
        Some(amount) => DataCell { unit: currency.code().to_owned().into(), ..DataCell::of(money(amount, currency)) },
        None => DataCell::of(Cell::Unknown),
    };
    let percent = match (one.outcome, one.percent) {
        (PriceOutcome::Changed, Some(percent)) => {
            let mut percent = percent;
            percent.rescale(2);
            let percent = Argument::Money(percent);
            Cell::Said(vec![Message::new("page.catalogue.percents").with("percent", percent)])
        }
        (PriceOutcome::Changed, None) => Cell::Word("page.catalogue.from_nothing".into()),
        (PriceOutcome::New | PriceOutcome::Withdrawn | PriceOutcome::PartGone, _) => {
            Cell::Word(one.outcome.word().into())
        }
    };
    let more = one.difference.map_or(Cell::Unknown, |more| Cell::Money(Some(price(more, currency)), None));
    vec![
        DataCell::of(part_number.as_str().into()).above(product),
        DataCell::of(level.name().into()),
        amount(one.old),
        amount(one.new),
        DataCell::of(more),
        DataCell::of(percent),
    ]
}

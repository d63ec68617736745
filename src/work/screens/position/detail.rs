//! What stands below a product while its row is open: its days, what counts of them, and all of its numbers.

use rust_decimal::Decimal;

use super::{ProductLine, bars, picture, standing};
use crate::model::assessment::RegionDemand;
use crate::model::message::Message;
use crate::model::metric::Metric;
use crate::work::Quantity;
use crate::work::blocks::{Block, Section};
use crate::work::cell::{Cell, CellRow};

const REGIONS: [(&str, bool); 5] = [
    ("page.products.region", false),
    ("page.products.sub_capacity", true),
    ("page.products.peak_on", true),
    ("page.products.full_capacity", true),
    ("page.products.peak_on", true),
];

const NUMBERS: [(&str, bool); 3] =
    [("page.products.number", false), ("page.products.amount", true), ("page.products.remark", false)];

/// The blocks below a product.
pub(super) fn of(line: ProductLine<'_>) -> Vec<Block> {
    let demand = line.demand;
    let picture = picture::chart(line).or_else(|| bars::chart(line));
    let regions = demand.regions.iter().map(region).collect();
    let mut counts = Section::new("page.products.counts", &REGIONS, regions);
    counts.notes.extend((demand.metric == Metric::Rvu).then(|| Message::new("page.products.in_cores")));
    let numbers = Section::new("page.products.numbers", &NUMBERS, numbers(line));
    let excluded = demand.excluded.iter().map(|row| {
        Message::new("page.products.excluded_row")
            .with("file", row.file.as_str())
            .with("row", row.row.to_string())
            .with("reason", row.reason.as_str())
    });
    let notes = demand.basis.iter().filter_map(|basis| standing::basis(*basis));
    let notes = notes.chain(standing::at_stake(demand)).chain(demand.reasons.iter().cloned()).chain(excluded);
    let blocks = picture.map(Block::Chart).into_iter();
    blocks.chain([Block::Table(counts), Block::Table(numbers)]).chain(notes.map(Block::Note)).collect()
}

fn region(part: &RegionDemand) -> CellRow {
    let known = |quantity: Option<u64>| match quantity {
        Some(quantity) => Cell::Number(quantity.into()),
        None => Cell::Word("page.not_known".into()),
    };
    vec![
        Cell::Word(picture::region_word(part.region).into()),
        known(part.sub_capacity),
        part.peak_on.into(),
        known(part.full_capacity),
        part.full_peak_on.into(),
    ]
}

/// Every number of the product, each with its derivation.
fn numbers(line: ProductLine<'_>) -> Vec<CellRow> {
    let ProductLine { demand, owned } = line;
    let figure = |word: &'static str, quantity: Quantity, value: Option<u64>, remarks: Vec<Message>| {
        vec![Cell::Word(word.into()), Cell::Figure(value.map(Decimal::from), line.ask(quantity)), Cell::Said(remarks)]
    };
    let balance = |word: &'static str, quantity: Quantity, value: Option<Decimal>, remarks: Vec<Message>| {
        vec![Cell::Word(word.into()), Cell::Balance(value, line.ask(quantity)), Cell::Said(remarks)]
    };
    let mut rows = vec![
        figure("page.products.sub_capacity", Quantity::SubCapacity, demand.sub_capacity, Vec::new()),
        figure("page.products.full_capacity", Quantity::FullCapacity, demand.full_capacity, Vec::new()),
    ];
    if let Some(owned) = owned {
        rows.push(vec![
            Cell::Word("page.products.entitled".into()),
            Cell::Figure(Some(owned.entitled), line.ask(Quantity::Entitled)),
            Cell::Said(standing::beside(owned)),
        ]);
        let why = standing::covered_by(owned).into_iter().chain(owned.reasons.iter().cloned()).collect();
        rows.push(balance("page.products.balance", Quantity::Balance, owned.balance(), why));
        rows.push(balance("page.products.full_balance", Quantity::FullBalance, owned.full_balance(), Vec::new()));
        if let Some(alone) = owned.unbundled_balance() {
            let difference = standing::difference_if_unbundled(owned).into_iter().collect();
            rows.push(balance("page.products.unbundled", Quantity::Unbundled, Some(alone), difference));
        }
    }
    if let Some(reported) = demand.reported {
        let said = standing::against_ilmt(demand).into_iter().collect();
        rows.push(vec![Cell::Word("page.products.reported".into()), Cell::Number(reported.into()), Cell::Said(said)]);
    }
    if let Some(difference) = demand.difference().filter(|difference| *difference != 0) {
        let value = Cell::Figure(Some(difference.into()), line.ask(Quantity::Difference));
        rows.push(vec![Cell::Word("page.products.difference".into()), value, Cell::Said(Vec::new())]);
    }
    if let Some(part) = demand.recoverable {
        let range = (part.low != part.high).then(|| standing::saving(part.low, part.high));
        let remarks = range.into_iter().collect();
        rows.push(figure("page.products.saving", Quantity::Recoverable, Some(part.high), remarks));
    }
    rows
}

//! What to look at first: what is not known or not proved, what is short, what could be saved, what ends. Ranked within a
//! kind by quantity, metrics apart; money ranks all of it once prices are there.

use rust_decimal::Decimal;

use super::super::OpenWorkspace;
use super::super::volume_level::Meter;
use crate::model::evidence;
use crate::model::message::Message;
use crate::model::metric;
use crate::model::position::ProductPosition;
use crate::model::screen::Screen;
use crate::work::blocks::Section;
use crate::work::cell::{Cell, CellRow};
use crate::work::{Quantity, Question};

const COLUMNS: [(&str, bool); 4] = [
    ("page.overview.what", false),
    ("page.overview.why", false),
    ("page.overview.quantity", true),
    ("page.overview.where", false),
];

/// How many are shown of one kind; the screen that is named has all of them.
const SHOWN: usize = 5;

/// The table; a sentence in it says so when there is nothing to look at.
pub(super) fn table(open: OpenWorkspace<'_>, meter: Option<&Meter>) -> Section {
    let kinds = [unproved(open), unknown(open), short(open), savings(open), shelfware(open), level(meter)];
    let hidden: usize = kinds.iter().map(|kind| kind.len().saturating_sub(SHOWN)).sum();
    let rows: Vec<CellRow> = kinds.into_iter().flat_map(|kind| kind.into_iter().take(SHOWN)).collect();
    let mut section = Section::new("page.overview.first", &COLUMNS, rows);
    if section.rows.is_empty() {
        section.notes.push(Message::new("page.overview.nothing"));
    }
    if hidden > 0 {
        section.notes.push(Message::new("page.overview.hidden").with("count", hidden));
    }
    section
}

fn row(what: Message, why: Option<Message>, quantity: Cell, screen: Screen) -> CellRow {
    vec![Cell::Said(vec![what]), Cell::Said(why.into_iter().collect()), quantity, Cell::Screen(screen)]
}

/// What is weak about the evidence.
fn unproved(open: OpenWorkspace<'_>) -> Vec<CellRow> {
    let weaknesses = evidence::weaknesses(open.assessment).into_iter();
    weaknesses.map(|(what, why)| row(what, why, Cell::Text(String::new()), Screen::Position)).collect()
}

/// Products of which nobody knows what they need.
fn unknown(open: OpenWorkspace<'_>) -> Vec<CellRow> {
    let unknown = open.assessment.products.iter().filter(|product| product.sub_capacity.is_none());
    let told = unknown.map(|product| {
        let question = ask(&product.product, product.metric.name(), Quantity::SubCapacity);
        let what = Message::new("page.overview.unknown").with("product", product.product.as_str());
        row(what, None, Cell::Figure(None, question), Screen::Position)
    });
    told.collect()
}

/// Products that are short, the largest shortfall of each metric first.
fn short(open: OpenWorkspace<'_>) -> Vec<CellRow> {
    let balance = |product: &ProductPosition| product.balance().filter(|balance| *balance < Decimal::ZERO);
    let mut short: Vec<(&ProductPosition, Decimal)> =
        open.position.products.iter().filter_map(|product| Some((product, balance(product)?))).collect();
    short.sort_by(|(one, a), (other, b)| (one.metric.as_str(), a).cmp(&(other.metric.as_str(), b)));
    let told = short.into_iter().map(|(product, balance)| {
        let what = Message::new("page.overview.buy")
            .with("product", product.product.as_str())
            .with("units", balance.abs())
            .with("metric", metric::written(&product.metric));
        let question = ask(&product.product, &product.metric, Quantity::Balance);
        let why = Message::new("page.overview.buy_text");
        row(what, Some(why), Cell::Balance(Some(balance), question), Screen::Position)
    });
    told.collect()
}

/// Products whose need may fall once their hosts are known, the largest saving first.
fn savings(open: OpenWorkspace<'_>) -> Vec<CellRow> {
    let mut found: Vec<_> = open
        .assessment
        .products
        .iter()
        .filter_map(|product| Some((product, product.recoverable.filter(|part| part.high > 0)?)))
        .collect();
    found.sort_by_key(|(_, part)| std::cmp::Reverse(part.high));
    let told = found.into_iter().map(|(product, part)| {
        let what = Message::new("page.overview.hosts").with("product", product.product.as_str());
        let why = Message::new("page.overview.hosts_text").with("high", part.high).with("at_stake", part.at_stake);
        let question = ask(&product.product, product.metric.name(), Quantity::Recoverable);
        row(what, Some(why), Cell::Figure(Some(part.high.into()), question), Screen::Position)
    });
    told.collect()
}

/// Support that is paid for what is not used, the largest quantity of each metric first.
fn shelfware(open: OpenWorkspace<'_>) -> Vec<CellRow> {
    let supported = |product: &ProductPosition| Some(product.balance()?.min(product.supported?));
    let mut found: Vec<(&ProductPosition, Decimal)> = open
        .position
        .products
        .iter()
        .filter_map(|product| Some((product, supported(product)?)))
        .filter(|(_, quantity)| *quantity > Decimal::ZERO)
        .collect();
    found.sort_by(|(one, a), (other, b)| (one.metric.as_str(), b).cmp(&(other.metric.as_str(), a)));
    let told = found.into_iter().map(|(one, quantity)| {
        let what = Message::new("page.overview.shelfware")
            .with("product", one.product.as_str())
            .with("units", quantity)
            .with("metric", metric::written(&one.metric));
        let why = Message::new("page.overview.shelfware_text");
        row(what, Some(why), Cell::Number(quantity), Screen::Entitlements)
    });
    told.collect()
}

/// The points that are missing to the next level.
fn level(meter: Option<&Meter>) -> Vec<CellRow> {
    let next = meter.and_then(|meter| meter.next.as_ref());
    let told = next.map(|(level, points)| {
        let what = Message::new("page.overview.next_level").with("level", level.as_str()).with("points", *points);
        row(what, Some(Message::new("page.overview.next_level_text")), Cell::Number(*points), Screen::VolumeLevel)
    });
    told.into_iter().collect()
}

fn ask(product: &str, metric: &str, quantity: Quantity) -> Question {
    Question::Product { product: product.to_owned(), metric: metric.to_owned(), quantity }
}

//! What stands below a part while its row is open: what it is, each of its prices with who said so, and the way to enter
//! one.

use jiff::civil::Date;

use super::known_parts::KnownPart;
use super::money;
use crate::engine::renewal::{PriceStanding, example_said, paid_months};
use crate::model::message::Message;
use crate::model::price::Price;
use crate::model::volume_level::VolumeLevel;
use crate::rules::parts::{self, Part, PartKind};
use crate::work::blocks::{Block, Section};
use crate::work::cell::{Cell, CellRow};
use crate::work::own_price::OwnPrice;

const FACTS: [(&str, bool); 2] = [("page.catalogue.fact", false), ("page.catalogue.known", false)];

const PRICES: [(&str, bool); 8] = [
    ("column.level", false),
    ("column.price", true),
    ("column.currency", false),
    ("column.valid_from", false),
    ("column.valid_to", false),
    ("column.months", true),
    ("page.catalogue.standing", false),
    ("page.catalogue.said_by", false),
];

const SOURCES: [(&str, bool); 5] = [
    ("column.price", true),
    ("column.currency", false),
    ("column.valid_from", false),
    ("column.valid_to", false),
    ("page.catalogue.said_by", false),
];

/// The blocks below a part.
pub(super) fn of(number: &str, part: &KnownPart<'_>, usual: &OwnPrice) -> Vec<Block> {
    let mut blocks = vec![Block::Table(facts(part))];
    if part.prices.is_empty() {
        blocks.push(Block::Note(Message::new("page.catalogue.no_price_text")));
    } else {
        let mut standings = part.prices.clone();
        standings.sort_by_key(|(price, standing)| {
            (price.currency(), level_place(price.level), *standing, std::cmp::Reverse(price.valid_from))
        });
        let rows = standings.into_iter().map(|(price, standing)| row(price, standing, part.shipped)).collect();
        blocks.push(Block::Table(Section::new("page.catalogue.prices", &PRICES, rows)));
    }
    let suggested = OwnPrice { part_number: number.to_owned(), ..usual.clone() };
    blocks.push(Block::Entry(suggested.entry()));
    blocks
}

/// The place of a level among the others.
pub(super) fn level_place(level: VolumeLevel) -> usize {
    VolumeLevel::ALL.iter().position(|known| *known == level).unwrap_or_default()
}

fn facts(part: &KnownPart<'_>) -> Section {
    let fact = |title: &'static str, value: Cell| -> CellRow { vec![Cell::Word(title.into()), value] };
    let text = |text: &str| if text.is_empty() { Cell::Word("page.not_known".into()) } else { text.into() };
    let mut rows = vec![
        fact("page.catalogue.product", text(&part.product)),
        fact("page.catalogue.metric", text(&part.metric)),
        fact("page.catalogue.sells", Cell::Word(kind_word(part.shipped.and_then(|part| part.kind)).into())),
    ];
    let count = |key: &'static str, count: usize| (count > 0).then(|| Message::new(key).with("count", count));
    let named: Vec<Message> = [
        count("page.catalogue.in_prices", part.own_prices().count()),
        count("page.catalogue.in_ledger", part.ledger_lines),
        count("page.catalogue.in_renewals", part.renewal_lines),
    ]
    .into_iter()
    .flatten()
    .collect();
    let named = if named.is_empty() { Cell::Word("page.catalogue.nowhere".into()) } else { Cell::Said(named) };
    let source = match part.shipped {
        Some(shipped) => {
            let paid = match months(None, part.shipped) {
                (months, true) => Cell::Number(months.into()),
                (_, false) => Cell::Word("page.catalogue.twelve_assumed".into()),
            };
            rows.extend([
                fact("page.catalogue.pack", Cell::Number(shipped.pack.into())),
                fact("page.catalogue.months", paid),
                fact("page.catalogue.platform", platform(shipped)),
                fact("page.catalogue.environment", environment(shipped)),
            ]);
            let sure = Message::new(parts::CONFIDENCE.key());
            let source = Message::new("page.catalogue.shipped").with("source", parts::SOURCE);
            source.with("row", shipped.line.to_string()).with("confidence", sure)
        }
        None if part.is_of_estate() => Message::new("page.catalogue.not_shipped"),
        None => Message::new("page.catalogue.published_alone"),
    };
    rows.push(fact("page.catalogue.named_in", named));
    rows.push(fact("page.catalogue.source", Cell::Said(vec![source])));
    Section::new("page.catalogue.facts", &FACTS, rows)
}

/// The word for what a part sells.
pub(super) const fn kind_word(kind: Option<PartKind>) -> &'static str {
    match kind {
        Some(PartKind::License) => "page.catalogue.licence",
        Some(PartKind::TradeUp) => "page.catalogue.trade_up",
        Some(PartKind::Monthly) => "page.catalogue.monthly",
        Some(PartKind::FixedTerm) => "page.catalogue.fixed_term",
        Some(PartKind::FixedTermRenewal) => "page.catalogue.fixed_term_renewal",
        Some(PartKind::Renewal) => "page.catalogue.renewal",
        Some(PartKind::Reinstatement) => "page.catalogue.reinstatement",
        None => "page.not_known",
    }
}

/// How many months a price of the part pays, and whether anything says so.
fn months(price: Option<&Price>, part: Option<&Part>) -> (u32, bool) {
    let is_monthly = part.is_some_and(|part| part.kind == Some(PartKind::Monthly));
    let of_part = part.and_then(|part| part.months);
    let (months, is_known) = paid_months(price, of_part, is_monthly);
    (months.get(), is_known)
}

fn platform(part: &Part) -> Cell {
    Cell::Word(part.platform.map_or("page.catalogue.any_platform", |platform| platform.word()).into())
}

fn environment(part: &Part) -> Cell {
    let word = if part.non_production { "page.bundles.non_production" } else { "page.catalogue.any_environment" };
    Cell::Word(word.into())
}

fn row(price: &Price, standing: Option<PriceStanding>, part: Option<&Part>) -> CellRow {
    let [amount, currency, from, to, said] = said(price);
    vec![
        price.level.name().into(),
        amount,
        currency,
        from,
        to,
        Cell::Number(months(Some(price), part).0.into()),
        standing.map_or(Cell::Unknown, |standing| Cell::Word(standing_word(standing).into())),
        said,
    ]
}

const fn standing_word(standing: PriceStanding) -> &'static str {
    match standing {
        PriceStanding::InForce => "page.catalogue.in_force",
        PriceStanding::Next => "page.catalogue.next",
        PriceStanding::Later => "page.catalogue.later",
        PriceStanding::SetAside => "page.catalogue.set_aside",
        PriceStanding::Over => "page.catalogue.over",
    }
}

/// Prices with the days from and to which they hold, and who said so.
pub(super) fn sources<'a>(title: &'static str, prices: impl Iterator<Item = &'a Price>) -> Section {
    Section::new(title, &SOURCES, prices.map(|price| said(price).to_vec()).collect())
}

/// A price, its currency, the days from and to which it holds, and who said so.
fn said(price: &Price) -> [Cell; 5] {
    let source = match price.source.as_str() {
        _ if price.is_example() => Some(example_said(price)),
        "" => None,
        source => Some(Message::new("page.catalogue.stated_source").with("source", source)),
    };
    let place = match (price.is_own(), price.file.is_empty()) {
        (true, _) => Message::new("page.catalogue.own_price").with("reason", price.reason.as_str()),
        (false, true) => Message::new("page.catalogue.typed_price"),
        (false, false) => {
            let place = Message::new("page.catalogue.file_row").with("file", price.file.as_str());
            place.with("row", price.row.to_string())
        }
    };
    let always = |day: Option<Date>| day.map_or(Cell::Word("page.catalogue.always".into()), Cell::from);
    let open_end = |day: Option<Date>| day.map_or(Cell::Word("page.catalogue.no_end".into()), Cell::from);
    [
        money(price.price, &price.currency()),
        price.currency().code().into(),
        always(price.valid_from),
        open_end(price.valid_to),
        Cell::Said([place].into_iter().chain(source).collect()),
    ]
}

//! What stands below a line while its row is open: what is decided, and every charge with what it is made of.

use jiff::civil::Date;

use super::{amounts, course, decide};
use crate::engine::renewal::{
    Charge, ChargePlace, Forecast, LevelBasis, PriceBasis, RenewalFigure, RenewalKind, RenewalLine, RenewalStatus,
};
use crate::model::decision::DecisionKind;
use crate::model::message::Message;
use crate::report::forecast::words::{by_example, charge_word, decision_word};
use crate::work::blocks::{Block, FieldInput, Form, FormField, Section, Sets};
use crate::work::cell::{Cell, CellRow};
use crate::work::last_version;
use crate::work::own_price::OwnPrice;
use crate::work::screen_query::ScreenQuery;
use crate::work::screens::OpenWorkspace;
use crate::work::setting::{RenewedOf, Setting};

/// What can be decided without saying more.
const PLAIN: [DecisionKind; 2] = [DecisionKind::Renew, DecisionKind::Lapse];

const CHARGES: [(&str, bool); 12] = [
    ("page.renewals.from", false),
    ("page.renewals.to", false),
    ("page.renewals.type", false),
    ("column.part_number", false),
    ("page.renewals.parts", true),
    ("column.level", false),
    ("column.price", true),
    ("page.renewals.index", true),
    ("page.renewals.factor", true),
    ("page.renewals.low", true),
    ("page.renewals.expected", true),
    ("page.renewals.high", true),
];

/// The blocks below a line.
pub(super) fn of(
    forecast: &Forecast,
    (index, key): (usize, &str),
    open: OpenWorkspace<'_>,
    query: &ScreenQuery,
) -> Vec<Block> {
    let Some(line) = forecast.lines.get(index) else { return Vec::new() };
    let mut blocks = Vec::new();
    if matches!(line.key.status, RenewalStatus::Active) {
        blocks.push(Block::Form(form(line, open)));
        blocks.push(Block::Form(decide::form(line, key, forecast, open, query)));
    }
    if !line.charges.is_empty() {
        let figure = |charge| RenewalFigure::Charge(ChargePlace { line: index, charge });
        let row = |(place, one): (usize, &Charge)| charge(one, amounts(forecast, one.amount, &figure(place)));
        let rows = line.charges.iter().enumerate().map(row).collect();
        let mut charges = Section::new("page.renewals.charges", &CHARGES, rows);
        for note in line.charges.iter().filter_map(level) {
            if !charges.notes.contains(&note) {
                charges.notes.push(note);
            }
        }
        let examples = line.charges.iter().filter(|charge| charge.is_by_example()).count();
        charges.notes.extend((examples > 0).then(|| by_example(examples)));
        blocks.push(Block::Table(charges));
    }
    blocks.extend(missing_price(line));
    blocks.extend(course::blocks(forecast, (index, line)));
    if let Some(last_day) = line.frozen_on.filter(|_| line.key.kind == RenewalKind::Support) {
        blocks.extend(last_version(&line.key.product, last_day, open, query));
    }
    blocks.extend(line.renewable.lines.iter().map(|one| {
        let message = Message::new(if one.row > 0 { "page.renewals.of_row" } else { "page.renewals.of_typed" });
        let message = message.with("file", one.file.as_str()).with("row", one.row.to_string());
        let named = [&one.part_number, &one.product, &one.description].into_iter().find(|name| !name.is_empty());
        Block::Note(message.with("part", named.map_or("", String::as_str)).with("quantity", one.quantity))
    }));
    blocks
}

/// The way to a price where a charge has none: the user's own, at the level and in the currency of the line.
fn missing_price(line: &RenewalLine) -> Option<Block> {
    let unpriced = line.charges.iter().find(|charge| charge.priced.is_none())?;
    let Some(part) = &unpriced.part else { return Some(Block::Note(Message::new("page.renewals.no_part"))) };
    let currency = line.key.currency.0.as_ref().map_or_else(String::new, |currency| currency.code().to_owned());
    let own = OwnPrice { part_number: part.clone(), level: unpriced.level, currency };
    Some(Block::Entry(own.entry()))
}

/// Which version was downloaded last of what gets no new ones any more, and the fields to note one.
fn last_version(product: &str, last_day: Date, open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Block> {
    let known = last_version::of(product, last_day, open.workspace.lists.records.lines());
    let known = known.map(|record| {
        let note = Message::new("page.last_version.known").with("version", record.result.as_str());
        Block::Note(note.with("day", record.date))
    });
    known.into_iter().chain([Block::Entry(last_version::entry(product, query.today, last_day))]).collect()
}

fn form(line: &RenewalLine, open: OpenWorkspace<'_>) -> Form {
    let key = &line.key;
    let of = RenewedOf {
        agreement: key.agreement.clone(),
        site: key.site.clone(),
        product: key.product.clone(),
        metric: key.metric.clone(),
    };
    let decided = of.find(&open.workspace.lists.decisions).map(|(_, decision)| decision);
    let now = decided.map_or(DecisionKind::Renew, |decision| decision.decision);
    let kinds = PLAIN.into_iter().chain((!PLAIN.contains(&now)).then_some(now));
    let choices = kinds.map(|kind| (kind.name().to_owned(), Cell::Word(decision_word(kind).into()))).collect();
    let reduced = decided.filter(|decision| decision.decision == DecisionKind::Reduce);
    let reduced = reduced.and_then(|decision| decision.quantity);
    Form {
        title: None,
        fields: vec![
            FormField {
                label: "column.decision".into(),
                input: FieldInput::Choice(choices),
                value: now.name().to_owned(),
                sets: Sets::Setting(Setting::Decision(of.clone())),
            },
            FormField {
                label: "page.renewals.reduce_to".into(),
                input: FieldInput::Number(12),
                value: reduced.map_or_else(String::new, |units| units.normalize().to_string()),
                sets: Sets::Setting(Setting::ReducedTo(of)),
            },
        ],
        answer: Vec::new(),
    }
}

fn charge(charge: &Charge, amounts: [Cell; 3]) -> CellRow {
    let priced = charge.priced.as_ref();
    let [low, expected, high] = amounts;
    let price = priced.map_or(Cell::Word("page.not_known".into()), |priced| match priced.offered.basis {
        PriceBasis::Part => Cell::Number(priced.offered.row.price),
        PriceBasis::Rate => Cell::Said(vec![
            Message::new("page.renewals.rate_of")
                .with("price", priced.offered.row.price)
                .with("percent", priced.assumed.rate.expected),
        ]),
    });
    vec![
        Cell::Day(Some(charge.from)),
        Cell::Day(Some(charge.to)),
        Cell::Word(charge_word(charge.kind).into()),
        charge.part.as_deref().unwrap_or_default().into(),
        Some(charge.parts).into(),
        priced.map_or(charge.level, |priced| priced.offered.level).name().into(),
        price,
        priced.and_then(|priced| priced.assumed.index).map(|index| index.expected).into(),
        Cell::Text(priced.map_or_else(String::new, |priced| priced.offered.factor.to_string())),
        low,
        expected,
        high,
    ]
}

/// What is to be said of the level whose prices a charge has.
fn level(charge: &Charge) -> Option<Message> {
    let of = |key| Message::new(key).with("level", charge.level.name());
    match charge.priced.as_ref().map(|priced| priced.offered.level) {
        Some(lower) if lower != charge.level => Some(of("page.renewals.lower_level").with("price_level", lower.name())),
        Some(_) | None => match charge.level_basis {
            LevelBasis::PointsRepeated => Some(of("page.renewals.level_repeated")),
            LevelBasis::NoOrders => Some(of("page.renewals.level_none")),
            LevelBasis::Assumed => Some(of("page.renewals.level_assumed")),
            LevelBasis::Orders | LevelBasis::Considered => None,
        },
    }
}

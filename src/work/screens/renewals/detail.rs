//! What stands below a line while its row is open: what is decided, and every charge with what it is made of.

use super::lines::decision_word;
use crate::engine::renewal::{Charge, ChargeKind, LevelBasis, PriceBasis, RenewalLine, RenewalStatus};
use crate::model::assumption::Estimate;
use crate::model::decision::DecisionKind;
use crate::model::message::Message;
use crate::work::blocks::{Block, FieldInput, Form, FormField, Section, Sets};
use crate::work::cell::{Cell, CellRow};
use crate::work::screens::OpenWorkspace;
use crate::work::setting::{RenewedOf, Setting};

/// What can be decided without saying more.
const PLAIN: [DecisionKind; 2] = [DecisionKind::Renew, DecisionKind::Lapse];

const CHARGES: [(&str, bool); 11] = [
    ("page.renewals.from", false),
    ("page.renewals.to", false),
    ("page.renewals.type", false),
    ("column.part_number", false),
    ("page.renewals.parts", true),
    ("column.level", false),
    ("column.price", true),
    ("page.renewals.index", true),
    ("page.renewals.factor", true),
    ("page.renewals.expected", true),
    ("page.renewals.low_high", true),
];

/// The blocks below a line.
pub(super) fn of(line: &RenewalLine, open: OpenWorkspace<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if matches!(line.key.status, RenewalStatus::Active) {
        blocks.push(Block::Form(form(line, open)));
    }
    if !line.charges.is_empty() {
        let rows = line.charges.iter().map(charge).collect();
        blocks.push(Block::Table(Section::new("page.renewals.charges", &CHARGES, rows)));
    }
    let gap = line.gap_in_months.map(|months| Message::new("page.renewals.gap").with("count", months));
    let even = line.break_even.map(|year| Message::new("page.renewals.break_even").with("year", year.to_string()));
    let never =
        (line.if_renewed.is_some() && line.break_even.is_none()).then(|| Message::new("page.renewals.no_break_even"));
    blocks.extend(gap.into_iter().chain(even).chain(never).map(Block::Note));
    blocks.extend(line.renewable.lines.iter().map(|one| {
        let message = Message::new(if one.row > 0 { "page.renewals.of_row" } else { "page.renewals.of_typed" });
        let message = message.with("file", one.file.as_str()).with("row", one.row.to_string());
        Block::Note(message.with("part", one.part_number.as_str()).with("quantity", one.quantity))
    }));
    blocks
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
        answer: vec![Message::new("page.renewals.further_decisions")],
    }
}

const fn kind_word(kind: ChargeKind) -> &'static str {
    match kind {
        ChargeKind::BackCharge => "page.renewals.back_charge",
        ChargeKind::Licence => "page.renewals.licence",
        ChargeKind::Reinstatement => "page.renewals.reinstatement",
        ChargeKind::Renewal => "page.renewals.renewal",
        ChargeKind::Term => "page.renewals.term",
    }
}

fn charge(charge: &Charge) -> CellRow {
    let priced = charge.priced.as_ref();
    let amount = charge.amount.map_or(Estimate::flat(None), |amount| amount.map(Some));
    let level = match priced {
        Some(priced) if priced.level != charge.level => Message::new("page.renewals.lower_level")
            .with("level", charge.level.name())
            .with("price_level", priced.level.name()),
        Some(_) | None => match charge.level_basis {
            LevelBasis::PointsRepeated => {
                Message::new("page.renewals.level_repeated").with("level", charge.level.name())
            }
            LevelBasis::NoOrders => Message::new("page.renewals.level_none").with("level", charge.level.name()),
            LevelBasis::Assumed | LevelBasis::Orders => {
                Message::new("page.renewals.level").with("level", charge.level.name())
            }
        },
    };
    let price = priced.map_or(Cell::Word("page.not_known".into()), |priced| match priced.basis {
        PriceBasis::Part => Cell::Number(priced.row.price),
        PriceBasis::Rate => Cell::Said(vec![
            Message::new("page.renewals.rate_of").with("price", priced.row.price).with("percent", priced.rate.expected),
        ]),
    });
    vec![
        Cell::Day(Some(charge.from)),
        Cell::Day(Some(charge.to)),
        Cell::Word(kind_word(charge.kind).into()),
        charge.part.as_deref().unwrap_or_default().into(),
        Some(charge.parts).into(),
        Cell::Said(vec![level]),
        price,
        priced.and_then(|priced| priced.index).map(|index| index.expected).into(),
        Cell::Text(priced.map_or_else(String::new, |priced| priced.factor.to_string())),
        Cell::Money(amount.expected),
        match amount.low.zip(amount.high) {
            Some((low, high)) => Cell::Said(vec![super::range(Estimate { low, expected: low, high })]),
            None => Cell::Unknown,
        },
    ]
}

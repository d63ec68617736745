//! What can be offered: support that has lapsed, levels within reach, and parts that take the place of another licence.

use rust_decimal::Decimal;

use crate::engine::agreements::AgreementBook;
use crate::engine::renewal::{Costing, RenewalFigure, RenewalLine, RenewalStatus};
use crate::engine::volume;
use crate::model::bound::Bound;
use crate::model::message::Message;
use crate::model::metric;
use crate::report::forecast::words::by_example;
use crate::rules::parts::PartKind;
use crate::work::blocks::Section;
use crate::work::cell::{Cell, CellRow};
use crate::work::screen_query::ScreenQuery;
use crate::work::screens::OpenWorkspace;
use crate::work::screens::renewals::{forecast_with_query, money};

const LAPSED: [(&str, bool); 8] = [
    ("page.reports.lapsed_on", false),
    ("column.agreement", false),
    ("column.site", false),
    ("column.product", false),
    ("page.renewals.units", true),
    ("column.part_number", false),
    ("column.currency", false),
    ("page.reports.reinstatement", true),
];

const LEVELS: [(&str, bool); 5] = [
    ("column.agreement", false),
    ("column.level", false),
    ("page.reports.next_level", false),
    ("page.reports.points_missing", true),
    ("column.anniversary", false),
];

const TRADE_UPS: [(&str, bool); 4] = [
    ("column.product", false),
    ("column.metric", false),
    ("page.reports.short_by", true),
    ("column.part_number", false),
];

/// A table for each kind of which there is any.
pub(super) fn sections(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Section> {
    [lapsed(open, query), levels(open, query), trade_ups(open)].into_iter().flatten().collect()
}

/// Support that is over, and what reinstating it would cost today.
fn lapsed(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Option<Section> {
    let (asked, forecast) = forecast_with_query(open, query.today)?;
    let agreements = AgreementBook::of(asked.lists);
    let costing = Costing::of(asked, &agreements);
    let mut by_examples = 0_usize;
    let row = |(place, line): (usize, &RenewalLine)| -> CellRow {
        let key = &line.key;
        let cost = costing.reinstatement_today(line);
        by_examples = by_examples.saturating_add(cost.as_ref().is_some_and(|cost| cost.charge.is_by_example()).into());
        let part = cost.as_ref().and_then(|cost| cost.charge.part.clone());
        let amount = cost.and_then(|cost| cost.charge.amount);
        vec![
            Cell::Day(key.ends.0),
            key.agreement.as_str().into(),
            key.site.as_str().into(),
            key.product.as_str().into(),
            Cell::Number(line.renewable.units),
            part.unwrap_or_default().as_str().into(),
            key.currency.0.as_ref().map_or(Cell::Unknown, |currency| currency.code().into()),
            money(
                &forecast,
                amount.map(|amount| amount.expected),
                RenewalFigure::ReinstatedToday { line: place },
                Bound::Expected,
            ),
        ]
    };
    let lapsed = forecast.lines.iter().enumerate().filter(|(_, line)| line.key.status == RenewalStatus::Lapsed);
    let mut section = some("page.reports.lapsed", &LAPSED, lapsed.map(row).collect(), "page.reports.lapsed_note")?;
    section.notes.extend((by_examples > 0).then(|| by_example(by_examples)));
    Some(section)
}

/// How many points agreements lack to the next level.
fn levels(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Option<Section> {
    let book = AgreementBook::of(&open.workspace.lists);
    let (accounts, _) = book.accounts(open.workspace.price_terms, query.today);
    let ordering = accounts.iter().filter(|account| !account.orders.is_empty());
    let mut within: Vec<(Decimal, CellRow)> = ordering
        .filter_map(|account| {
            let ledger = volume::ledger(&account.orders, &account.question(&book.sites, query.today));
            let (next, points) = ledger.next_level()?;
            let row = vec![
                account.agreement.into(),
                ledger.level.name().into(),
                next.name().into(),
                points.into(),
                Cell::Day(ledger.anniversary),
            ];
            Some((points, row))
        })
        .collect();
    within.sort_by_key(|(points, _)| *points);
    let rows = within.into_iter().map(|(_, row)| row).collect();
    some("page.reports.levels", &LEVELS, rows, "page.reports.levels_note")
}

/// Products that are short, and parts that grant them in the place of another licence.
fn trade_ups(open: OpenWorkspace<'_>) -> Option<Section> {
    let short = open.position.products.iter().filter_map(|product| {
        let balance = product.balance().filter(|balance| balance.is_sign_negative() && !balance.is_zero())?;
        let is_trade_up = |kind: Option<PartKind>| kind == Some(PartKind::TradeUp);
        let parts = open
            .parts
            .iter()
            .filter(|part| is_trade_up(part.kind) && part.product == product.product && part.metric == product.metric);
        let numbers: Vec<&str> = parts.map(|part| part.number.as_str()).collect();
        let row: CellRow = vec![
            product.product.as_str().into(),
            metric::written(&product.metric).as_str().into(),
            (-balance).into(),
            numbers.join(", ").as_str().into(),
        ];
        (!numbers.is_empty()).then_some(row)
    });
    some("page.reports.trade_ups", &TRADE_UPS, short.collect(), "page.reports.trade_ups_note")
}

fn some(
    title: &'static str,
    columns: &[(&'static str, bool)],
    rows: Vec<CellRow>,
    note: &'static str,
) -> Option<Section> {
    let mut section = Section::new(title, columns, rows);
    section.notes.push(Message::new(note));
    (!section.rows.is_empty()).then_some(section)
}

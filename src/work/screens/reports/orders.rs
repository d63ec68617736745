//! What was ordered: order by order with the level that it had, and line by line.

use crate::engine::agreements::AgreementBook;
use crate::engine::volume;
use crate::model::order::OrderLine;
use crate::work::blocks::Section;
use crate::work::cell::{Cell, CellRow};
use crate::work::screens::OpenWorkspace;

const SHORT: [(&str, bool); 6] = [
    ("column.date", false),
    ("column.agreement", false),
    ("column.site", false),
    ("column.points", true),
    ("page.reports.level_before", false),
    ("page.reports.level_of_order", false),
];

const DETAILED: [(&str, bool); 8] = [
    ("column.date", false),
    ("column.agreement", false),
    ("column.site", false),
    ("column.order", false),
    ("column.part_number", false),
    ("column.product", false),
    ("column.quantity", true),
    ("column.points", true),
];

/// The short history, and the detailed one; the last order first.
pub(super) fn sections(open: OpenWorkspace<'_>) -> Vec<Section> {
    let book = AgreementBook::of(&open.workspace.lists);
    if book.orders.is_empty() {
        return Vec::new();
    }
    let (accounts, _) = book.accounts(open.workspace.price_terms, None);
    let mut orders: Vec<_> = accounts
        .iter()
        .flat_map(|account| {
            let ledger = volume::ledger(&account.orders, &account.question(&book.sites, None));
            ledger.orders.into_iter().map(|order| (account.agreement, order))
        })
        .collect();
    orders.sort_by_key(|(_, order)| std::cmp::Reverse(order.date));
    let short = orders.into_iter().map(|(agreement, order)| -> CellRow {
        vec![
            order.date.into(),
            agreement.into(),
            order.site.as_str().into(),
            order.points.into(),
            order.rsvp.name().into(),
            order.applied.name().into(),
        ]
    });
    let short = Section::new("page.reports.orders_short", &SHORT, short.collect());
    let owners = book.owners();
    let mut lines: Vec<&OrderLine> = book.orders.iter().map(AsRef::as_ref).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.date));
    let detailed = lines.into_iter().map(|line| -> CellRow {
        let product = open.parts.find(&line.part_number).map_or("", |part| part.product.as_str());
        vec![
            line.date.into(),
            owners.of_site(&line.site).into(),
            line.site.as_str().into(),
            line.order.as_deref().unwrap_or_default().into(),
            line.part_number.as_str().into(),
            product.into(),
            known(line.quantity),
            known(line.points),
        ]
    });
    vec![short, Section::new("page.reports.orders_detailed", &DETAILED, detailed.collect())]
}

fn known(number: Option<rust_decimal::Decimal>) -> Cell {
    number.map_or(Cell::Word("page.not_known".into()), Cell::Number)
}

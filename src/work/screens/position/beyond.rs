//! What is entitled beyond the products that are needed, and Cloud Paks as ILMT reports them.

use super::standing;
use crate::model::assessment::{Assessment, CloudPakUse};
use crate::model::message::Message;
use crate::model::metric;
use crate::model::position::{BalanceState, Position, ProductPosition};
use crate::work::blocks::Section;
use crate::work::cell::{Cell, CellRow};
use crate::work::{Quantity, Question};

const OWNED: [(&str, bool); 6] = [
    ("page.products.product", false),
    ("page.products.metric", false),
    ("page.products.entitled", true),
    ("page.owned.needed", true),
    ("page.products.balance", true),
    ("page.owned.why", false),
];

const PAKS: [(&str, bool); 6] = [
    ("page.products.product", false),
    ("page.paks.bundle", false),
    ("page.products.metric", false),
    ("page.paks.quantity", true),
    ("page.paks.contribution", true),
    ("page.products.peak_on", true),
];

/// What is entitled and stands in no row of demand; `None` where all of it does.
pub(super) fn owned(position: &Position, assessment: &Assessment) -> Option<Section> {
    let needed = |one: &ProductPosition| {
        let key = (one.product.as_str(), one.metric.as_str());
        assessment.products.binary_search_by(|known| (known.product.as_str(), known.metric.name()).cmp(&key)).is_ok()
    };
    let rows: Vec<CellRow> = position.products.iter().filter(|one| !needed(one)).map(owned_row).collect();
    let mut section = Section::new("page.owned.title", &OWNED, rows);
    section.notes = vec![Message::new("page.owned.text")];
    (!section.rows.is_empty()).then_some(section)
}

fn owned_row(one: &ProductPosition) -> CellRow {
    let ask = |quantity| Question::Product { product: one.product.clone(), metric: one.metric.clone(), quantity };
    let needed = one.needed.and_then(|needed| needed.sub_capacity);
    let unbundled = one.unbundled_balance().map(|balance| {
        let key = match BalanceState::of(Some(balance)) {
            BalanceState::Shortfall => "page.products.alone_short",
            BalanceState::Covered | BalanceState::Surplus | BalanceState::Unknown => "page.products.alone_over",
        };
        Message::new(key).with("units", balance.abs())
    });
    let why = standing::covered_by(one).into_iter().chain(unbundled).chain(standing::beside(one));
    vec![
        one.product.as_str().into(),
        metric::written(&one.metric).as_str().into(),
        Cell::Figure(Some(one.entitled), ask(Quantity::Entitled)),
        Cell::Figure(needed.map(Into::into), ask(Quantity::SubCapacity)),
        Cell::Balance(one.balance(), ask(Quantity::Balance)),
        Cell::Said(why.chain(one.reasons.iter().cloned()).collect()),
    ]
}

/// Cloud Paks; `None` where ILMT reports none.
pub(super) fn cloud_paks(assessment: &Assessment) -> Option<Section> {
    let rows: Vec<CellRow> = assessment.cloud_paks.iter().map(pak).collect();
    let mut section = Section::new("page.paks.title", &PAKS, rows);
    section.notes = vec![Message::new("page.paks.text")];
    (!section.rows.is_empty()).then_some(section)
}

fn pak(pak: &CloudPakUse) -> CellRow {
    let (product, file) = (pak.product.clone(), pak.file.clone());
    let quantity = Cell::Figure(Some(pak.quantity.into()), Question::Reported { product, file, row: pak.row });
    vec![
        pak.product.as_str().into(),
        pak.bundle.as_deref().unwrap_or_default().into(),
        metric::written(&pak.metric).as_str().into(),
        quantity,
        pak.contribution.into(),
        pak.peak_on.into(),
    ]
}

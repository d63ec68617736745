//! What is used of subscriptions and other terms above what is entitled.

use std::collections::BTreeSet;

use crate::engine::renewal::{Forecast, RenewalKind};
use crate::model::metric;
use crate::model::position::ProductPosition;
use crate::work::blocks::Section;
use crate::work::cell::{Cell, CellRow};
use crate::work::screens::OpenWorkspace;

const COLUMNS: [(&str, bool); 5] = [
    ("column.product", false),
    ("column.metric", false),
    ("report.entitled", true),
    ("page.reports.used", true),
    ("page.reports.above", true),
];

/// Products that are licensed for a term, where more is used than entitled, or where nobody measures it.
pub(super) fn sections(open: OpenWorkspace<'_>, forecast: &Forecast) -> Vec<Section> {
    let terms = forecast.lines.iter().filter(|line| line.key.kind == RenewalKind::Term);
    let terms: BTreeSet<(&str, &str)> =
        terms.map(|line| (line.key.product.as_str(), line.key.metric.as_str())).collect();
    let of_terms =
        open.position.products.iter().filter(|one| terms.contains(&(one.product.as_str(), one.metric.as_str())));
    let rows: Vec<CellRow> = of_terms.filter_map(row).collect();
    if rows.is_empty() { Vec::new() } else { vec![Section::new("page.reports.overage", &COLUMNS, rows)] }
}

fn row(product: &ProductPosition) -> Option<CellRow> {
    let not_known = || Cell::Word("page.not_known".into());
    let above = match product.balance() {
        Some(balance) if balance.is_sign_negative() && !balance.is_zero() => Cell::Number(-balance),
        Some(_) => return None,
        None => not_known(),
    };
    let used = product.needed.and_then(|needed| needed.sub_capacity);
    Some(vec![
        product.product.as_str().into(),
        metric::written(&product.metric).as_str().into(),
        product.entitled.into(),
        used.map_or_else(not_known, |used| Cell::Number(used.into())),
        above,
    ])
}

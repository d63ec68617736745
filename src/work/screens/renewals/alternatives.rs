//! Where to open a negotiation, and what the alternatives cost beside the renewal.

use rust_decimal::Decimal;

use crate::engine::renewal::Forecast;
use crate::engine::renewal::anchor::{AlternativeYear, anchor, by_year};
use crate::model::alternative::Alternative;
use crate::model::message::{Argument, Message};
use crate::work::blocks::Section;
use crate::work::cell::{Cell, CellRow};
use crate::work::screens::OpenWorkspace;

const ANCHORS: [(&str, bool); 6] = [
    ("column.name", false),
    ("column.benchmark", true),
    ("page.alternatives.walk_away", true),
    ("page.alternatives.anchor", true),
    ("column.currency", false),
    ("page.alternatives.why", false),
];

const YEARS: [(&str, bool); 6] = [
    ("column.name", false),
    ("page.renewals.year", false),
    ("page.alternatives.renewed", true),
    ("page.alternatives.decided", true),
    ("page.alternatives.alternative", true),
    ("page.renewals.not_known", true),
];

/// The tables; none while no alternative is written down.
pub(super) fn tables(open: OpenWorkspace<'_>, forecast: &Forecast) -> Vec<Section> {
    let lines: Vec<Alternative> = open.workspace.lists.alternatives.lines().collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let mut anchors = Section::new("page.alternatives.anchors", &ANCHORS, lines.iter().map(opening).collect());
    anchors.notes.push(Message::new("page.alternatives.note"));
    let rows: Vec<CellRow> =
        lines.iter().flat_map(|line| by_year(line, forecast).into_iter().map(|year| row(line, year))).collect();
    let mut years = Section::new("page.alternatives.by_year", &YEARS, rows);
    years.notes.push(Message::new("page.alternatives.cumulated"));
    let has_years = !years.rows.is_empty();
    std::iter::once(anchors).chain(has_years.then_some(years)).collect()
}

fn opening(line: &Alternative) -> CellRow {
    let found = anchor(line);
    vec![
        line.name.as_str().into(),
        Cell::Money(Some(line.currency().in_full(line.benchmark)), None),
        Cell::Money(found.map(|found| found.walk_away), None),
        Cell::Money(found.map(|found| found.anchor), None),
        line.currency().code().into(),
        Cell::Said(vec![why(line)]),
    ]
}

/// The sum in words.
fn why(line: &Alternative) -> Message {
    let money = |amount| Argument::Money(line.currency().in_full(amount));
    let once = line.one_time_cost.unwrap_or_default();
    let is_dearer = anchor(line).is_some_and(|found| found.walk_away > line.benchmark);
    let told = Message::new(if is_dearer { "page.alternatives.above" } else { "page.alternatives.below" });
    told.with("yearly", money(line.yearly()))
        .with("once", money(once))
        .with("years", line.years)
        .with("weight", line.weight)
}

fn row(line: &Alternative, year: AlternativeYear) -> CellRow {
    let money = |amount: Decimal| Cell::Money(Some(line.currency().in_full(amount)), None);
    vec![
        line.name.as_str().into(),
        Cell::Text(year.year.to_string()),
        money(year.renewed),
        money(year.decided),
        money(year.alternative),
        Cell::Number(year.unknown.into()),
    ]
}

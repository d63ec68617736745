//! Where to open a negotiation, and what the alternatives cost beside the renewal.

use rust_decimal::Decimal;

use super::money;
use crate::engine::renewal::anchor::{AlternativeYear, anchor, by_year};
use crate::engine::renewal::{Forecast, RenewalFigure, Renewing};
use crate::model::alternative::Alternative;
use crate::model::bound::Bound;
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
    let mut anchors = Section::new(
        "page.alternatives.anchors",
        &ANCHORS,
        lines.iter().enumerate().map(|line| opening(forecast, line)).collect(),
    );
    anchors.notes.push(Message::new("page.alternatives.note"));
    let of_line =
        |(place, line)| by_year(line, forecast).into_iter().map(move |year| row(forecast, (place, line), year));
    let rows: Vec<CellRow> = lines.iter().enumerate().flat_map(of_line).collect();
    let mut years = Section::new("page.alternatives.by_year", &YEARS, rows);
    years.notes.push(Message::new("page.alternatives.cumulated"));
    let has_years = !years.rows.is_empty();
    std::iter::once(anchors).chain(has_years.then_some(years)).collect()
}

fn opening(forecast: &Forecast, (place, line): (usize, &Alternative)) -> CellRow {
    let found = anchor(line);
    let figure = |amount: Option<Decimal>, figure| money(forecast, amount, figure, Bound::Expected);
    vec![
        line.name.as_str().into(),
        Cell::Money(Some(line.currency().in_full(line.benchmark)), None),
        figure(found.map(|found| found.walk_away), RenewalFigure::WalkAway { alternative: place }),
        figure(found.map(|found| found.anchor), RenewalFigure::Anchor { alternative: place }),
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

fn row(forecast: &Forecast, (place, line): (usize, &Alternative), year: AlternativeYear) -> CellRow {
    let money = |amount: Decimal, course: Option<Renewing>| {
        let figure = RenewalFigure::Beside { alternative: place, year: year.year, course };
        money(forecast, Some(line.currency().in_full(amount)), figure, Bound::Expected)
    };
    vec![
        line.name.as_str().into(),
        Cell::Text(year.year.to_string()),
        money(year.renewed, Some(Renewing::Unchanged)),
        money(year.decided, Some(Renewing::AsDecided)),
        money(year.alternative, None),
        Cell::Number(year.unknown.into()),
    ]
}

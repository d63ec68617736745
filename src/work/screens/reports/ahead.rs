//! What ends within 180 days, and licences for a term.

use jiff::ToSpan;

use crate::engine::renewal::{ChargePlace, Forecast, RenewalFigure, RenewalKind, RenewalLine, RenewalStatus};
use crate::model::bound::Bound;
use crate::model::decision::DecisionKind;
use crate::model::message::Message;
use crate::report::forecast::words::{decision_word, status_word};
use crate::work::blocks::Section;
use crate::work::cell::{Cell, CellRow};
use crate::work::screens::renewals::money;

/// So many days ahead is what the portal for resellers reports.
const DAYS: i32 = 180;

const COLUMNS: [(&str, bool); 12] = [
    ("page.renewals.ends", false),
    ("column.agreement", false),
    ("column.site", false),
    ("column.product", false),
    ("column.part_number", false),
    ("page.renewals.units", true),
    ("column.standing", false),
    ("column.licence_type", false),
    ("column.decision", false),
    ("column.currency", false),
    ("page.reports.next_until", false),
    ("page.reports.next_coverage", true),
];

/// What ends within so many days, the next first.
pub(super) fn days(forecast: &Forecast) -> Vec<Section> {
    let last = forecast.on.saturating_add(DAYS.days());
    let is_ahead =
        |line: &RenewalLine| line.key.status == RenewalStatus::Active && line.key.ends.0.is_some_and(|end| end <= last);
    let mut section = section("page.reports.ahead", forecast, is_ahead);
    for section in &mut section {
        section.notes.push(Message::new("page.reports.ahead_until").with("day", last));
    }
    section
}

/// Licences for a term, and what is decided to become one.
pub(super) fn terms(forecast: &Forecast) -> Vec<Section> {
    let is_term =
        |line: &RenewalLine| line.key.kind == RenewalKind::Term || line.decision == Some(DecisionKind::ToCommittedTerm);
    section("page.reports.terms", forecast, is_term)
}

fn section(title: &'static str, forecast: &Forecast, is_of_it: impl Fn(&RenewalLine) -> bool) -> Vec<Section> {
    let mut lines: Vec<(usize, &RenewalLine)> =
        forecast.lines.iter().enumerate().filter(|(_, line)| is_of_it(line)).collect();
    lines.sort_by(|(_, one), (_, other)| one.key.ends.cmp(&other.key.ends));
    if lines.is_empty() {
        return Vec::new();
    }
    vec![Section::new(title, &COLUMNS, lines.into_iter().map(|line| row(forecast, line)).collect())]
}

fn row(forecast: &Forecast, (place, line): (usize, &RenewalLine)) -> CellRow {
    let key = &line.key;
    let part = key.renewal_part.0.as_ref().or(key.licence_part.0.as_ref());
    let types = line.renewable.lines.iter().find_map(|line| line.licence_type);
    // Of what is not renewed nothing is charged.
    let next = line.charges.first();
    let cost = next.map_or(Cell::Unknown, |next| {
        let figure = RenewalFigure::Charge(ChargePlace { line: place, charge: 0 });
        money(forecast, next.amount.map(|amount| amount.expected), figure, Bound::Expected)
    });
    vec![
        Cell::Day(key.ends.0),
        key.agreement.as_str().into(),
        key.site.as_str().into(),
        key.product.as_str().into(),
        part.map_or("", String::as_str).into(),
        Cell::Number(line.renewable.units),
        Cell::Word(status_word(key.status).into()),
        types.map_or("", |one| one.name()).into(),
        line.decision.map_or(Cell::Unknown, |decision| Cell::Word(decision_word(decision).into())),
        key.currency.0.as_ref().map_or(Cell::Unknown, |currency| currency.code().into()),
        // A first coverage may be a month up to the anniversary: what it costs is no price of a year.
        Cell::Day(next.map(|next| next.to)),
        cost,
    ]
}

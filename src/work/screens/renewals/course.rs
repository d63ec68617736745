//! What a line costs over the years as it is decided, beside renewing it: where the one overtakes the other.

use rust_decimal::Decimal;

use super::{currency, money};
use crate::engine::renewal::{Charge, Forecast, Gaps, RenewalFigure, RenewalLine, Renewing};
use crate::model::bound::Bound;
use crate::model::message::{Argument, Message};
use crate::model::number;
use crate::work::blocks::{Block, Section};
use crate::work::cell::{Cell, CellRow};
use crate::work::drawing::{Chart, Drawing, Ink, Shape, Share};
use crate::work::geometry::{AmountScale, fraction};

/// Its height in pixels.
const HEIGHT: u16 = 160;

const YEARS: [(&str, bool); 4] = [
    ("page.renewals.year", false),
    ("page.alternatives.decided", true),
    ("page.renewals.if_renewed", true),
    ("page.renewals.less_or_more", true),
];

const GAP: [(&str, bool); 2] = [("page.renewals.gap_months", true), ("page.renewals.gap_means", false)];

/// A year with what the line is expected to cost up to its end.
struct YearSoFar {
    year: i16,
    decided: Decimal,
    renewed: Decimal,
}

/// When reinstating costs what renewing would have; where something else is decided, the years as a picture and as a table,
/// and from when on the decision is no dearer.
pub(super) fn blocks(forecast: &Forecast, (index, line): (usize, &RenewalLine)) -> Vec<Block> {
    let mut blocks: Vec<Block> = gap(forecast, (index, line)).into_iter().collect();
    let Some(renewed) = &line.if_renewed else { return blocks };
    let years = so_far(forecast, &line.charges, renewed);
    blocks.extend(chart(line, &years).map(Block::Chart));
    let in_full = |amount| line.key.currency.0.as_ref().map_or(amount, |currency| currency.in_full(amount));
    let row = |year: &YearSoFar| -> CellRow {
        let so_far = |amount, course| {
            let figure = RenewalFigure::SoFar { line: index, year: year.year, course };
            money(forecast, Some(in_full(amount)), figure, Bound::Expected)
        };
        vec![
            Cell::Text(year.year.to_string()),
            so_far(year.decided, Renewing::AsDecided),
            so_far(year.renewed, Renewing::Unchanged),
            Cell::Money(number::sum(year.decided, -year.renewed).map(in_full), None),
        ]
    };
    if line.charges.is_empty() && renewed.is_empty() {
        return blocks;
    }
    if years.is_empty() {
        blocks.push(Block::Note(Message::new("page.renewals.course_unknown")));
    } else {
        let mut table = Section::new("page.renewals.course", &YEARS, years.iter().map(row).collect());
        let even = line.break_even.map(|year| Message::new("page.renewals.break_even").with("year", year.to_string()));
        table.notes.push(even.unwrap_or_else(|| Message::new("page.renewals.no_break_even")));
        blocks.push(Block::Table(table));
    }
    blocks
}

/// After how many months without support reinstating costs what renewing would have.
fn gap(forecast: &Forecast, (index, line): (usize, &RenewalLine)) -> Option<Block> {
    let months = Gaps::of(forecast).in_months(line)?;
    let question = super::ask(forecast, RenewalFigure::Gap { line: index }, Bound::Expected);
    let row = vec![
        Cell::Figure(Some(months.into()), question),
        Cell::Said(vec![Message::new("page.renewals.gap").with("count", months)]),
    ];
    Some(Block::Table(Section::new("page.renewals.gap_title", &GAP, vec![row])))
}

/// The years from the first charge to the forecast's last; none where an amount is not known.
fn so_far(forecast: &Forecast, decided: &[Charge], renewed: &[Charge]) -> Vec<YearSoFar> {
    let first = decided.iter().chain(renewed).map(|charge| charge.from.year()).min();
    let until = |charges: &[Charge], year: i16| {
        let charges = charges.iter().filter(|charge| charge.from.year() <= year);
        super::expected(charges)
    };
    let years = first.into_iter().flat_map(|first| first..=forecast.to.year());
    let known: Option<Vec<YearSoFar>> = years
        .map(|year| Some(YearSoFar { year, decided: until(decided, year)?, renewed: until(renewed, year)? }))
        .collect();
    known.unwrap_or_default()
}

/// Both as lines from year to year; `None` of fewer than two years.
fn chart(line: &RenewalLine, years: &[YearSoFar]) -> Option<Chart> {
    let ([first, .., last], code) = (years, currency(line.key.currency.0.as_ref())) else { return None };
    let amounts: Vec<Decimal> = years.iter().flat_map(|year| [year.decided, year.renewed]).collect();
    let scale = AmountScale::of(&amounts);
    let count = Decimal::from(years.len());
    let middle = |index: usize| fraction(Decimal::from(index).saturating_add(Decimal::new(5, 1)), count);
    let points = |of: fn(&YearSoFar) -> Decimal| -> Vec<[Share; 2]> {
        let at = |(index, year): (usize, &YearSoFar)| [middle(index), scale.share(of(year))];
        years.iter().enumerate().map(at).collect()
    };
    let mut shapes: Vec<Shape> = scale.grid().collect();
    shapes.extend(joined(Ink::Entitled, &points(|year| year.renewed)));
    shapes.extend(joined(Ink::Mark, &points(|year| year.decided)));
    let finding = Message::new("page.renewals.course_finding")
        .with("from", first.year.to_string())
        .with("to", last.year.to_string())
        .with("decided", Argument::Money(last.decided))
        .with("renewed", Argument::Money(last.renewed))
        .with("currency", code.as_str());
    let below = years.iter().enumerate().map(|(index, year)| (middle(index), Cell::Text(year.year.to_string())));
    Some(Chart {
        title: Message::new("page.renewals.course_title").with("currency", code),
        drawing: Drawing { finding, height: HEIGHT, shapes },
        left: scale.axis(),
        below: below.collect(),
        legend: vec![
            (Ink::Mark, Message::new("page.alternatives.decided")),
            (Ink::Entitled, Message::new("page.renewals.if_renewed")),
        ],
        note: None,
    })
}

/// Lines from each point to the next.
fn joined(ink: Ink, points: &[[Share; 2]]) -> impl Iterator<Item = Shape> {
    let ends = points.iter().zip(points.iter().skip(1));
    ends.map(move |([x1, y1], [x2, y2])| Shape::Line(ink, [*x1, *x2, *y1, *y2]))
}

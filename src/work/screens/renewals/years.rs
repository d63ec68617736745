//! What each year costs, as a picture and as a table.

use rust_decimal::Decimal;

use super::{amounts, currency, total_of};
use crate::engine::renewal::{ChargeTotal, ConvertedYear, Forecast, RenewalFigure};
use crate::model::assumption::Estimate;
use crate::model::message::{Argument, Message};
use crate::model::money::Currency;
use crate::work::blocks::{Block, Section};
use crate::work::cell::{Cell, CellRow};
use crate::work::drawing::{Chart, Drawing, Ink, Shape, Share};
use crate::work::geometry::{AmountScale, bars, fraction};

/// Its height in pixels.
const HEIGHT: u16 = 240;

const YEARS: [(&str, bool); 6] = [
    ("page.renewals.year", false),
    ("page.renewals.low", true),
    ("page.renewals.expected", true),
    ("page.renewals.high", true),
    ("column.currency", false),
    ("page.renewals.not_known", true),
];

const CONVERTED: [(&str, bool); 5] = [
    ("page.renewals.year", false),
    ("page.renewals.low", true),
    ("page.renewals.expected", true),
    ("page.renewals.high", true),
    ("page.renewals.not_known", true),
];

/// A picture for each currency, and the table of all; nothing while nothing is charged.
pub(super) fn blocks(forecast: &Forecast) -> Vec<Block> {
    let mut currencies: Vec<&Currency> =
        forecast.totals.iter().filter_map(|total| total.total.currency.as_ref()).collect();
    currencies.dedup();
    let charts = currencies.into_iter().filter_map(|one| chart(forecast, one)).map(Block::Chart);
    let mut blocks: Vec<Block> = charts.collect();
    let all = forecast.sums.iter().map(|sum| (None, sum));
    let totals: Vec<(Option<i16>, &ChargeTotal)> =
        forecast.totals.iter().map(|of_year| (Some(of_year.year), &of_year.total)).chain(all).collect();
    let rows: Vec<CellRow> = rows(forecast, &totals);
    if !rows.is_empty() {
        blocks.push(Block::Table(Section::new("page.renewals.by_year", &YEARS, rows)));
        blocks.extend(converted(forecast).map(Block::Table));
    }
    blocks
}

/// A row for each total. Charges whose currency is not known stand in the row of the year where it has only one.
fn rows(forecast: &Forecast, totals: &[(Option<i16>, &ChargeTotal)]) -> Vec<CellRow> {
    let of_year = |year: Option<i16>| totals.iter().filter(move |(other, _)| *other == year).map(|(_, total)| *total);
    let row = |(year, total): &(Option<i16>, &ChargeTotal)| {
        let is_only = of_year(*year).filter(|other| other.currency.is_some()).count() == 1;
        if total.currency.is_none() && is_only {
            return None;
        }
        let beside = of_year(*year).filter(|other| other.currency.is_none() && is_only).map(|other| other.unknown);
        let unknown = beside.fold(total.unknown, usize::saturating_add);
        let title = match year {
            Some(year) => Cell::Text(year.to_string()),
            None => Cell::Word("page.renewals.all_years".into()),
        };
        let code = Cell::Text(currency(total.currency.as_ref()));
        let [low, expected, high] = match total_of(total, *year) {
            Some(figure) => amounts(forecast, total.amount, &figure),
            None => [const { Cell::Money(None, None) }; 3],
        };
        Some(vec![title, low, expected, high, code, Cell::Number(unknown.into())])
    };
    let total = |total: &(Option<i16>, &ChargeTotal)| {
        let currency = total.1.currency.is_some();
        (total.0.is_none(), !currency)
    };
    let mut sorted = totals.to_vec();
    sorted.sort_by_key(total);
    sorted.iter().filter_map(row).collect()
}

/// What the years come to in the currency of the report; `None` where none is chosen.
fn converted(forecast: &Forecast) -> Option<Section> {
    let converted = forecast.converted.as_ref()?;
    let row = |of_year: &ConvertedYear| -> CellRow {
        let title = Cell::Text(of_year.year.to_string());
        let [low, expected, high] = amounts(forecast, of_year.amount, &RenewalFigure::Converted { year: of_year.year });
        vec![title, low, expected, high, Cell::Number(of_year.unknown.into())]
    };
    let mut section = Section::new("page.renewals.by_year", &CONVERTED, converted.totals.iter().map(row).collect());
    section.title =
        Cell::Said(vec![Message::new("page.renewals.converted").with("currency", converted.currency.code())]);
    if converted.totals.iter().any(|of_year| of_year.amount.is_none()) {
        section.notes.push(Message::new("page.renewals.not_converted").with("currency", converted.currency.code()));
    }
    (!section.rows.is_empty()).then_some(section)
}

/// A column for each year up to what is expected, and over it the range from low to high.
fn chart(forecast: &Forecast, of: &Currency) -> Option<Chart> {
    let of_it = forecast.totals.iter().filter(|total| total.total.currency.as_ref() == Some(of));
    let years: Vec<(i16, Estimate<Decimal>)> =
        of_it.filter_map(|total| Some((total.year, total.total.amount?))).collect();
    let (first, last) = (years.first()?, years.last()?);
    let most: Vec<Decimal> = years.iter().map(|(_, amount)| amount.high).collect();
    let scale = AmountScale::of(&most);
    let columns: Vec<(Ink, [Decimal; 2])> =
        years.iter().map(|(_, amount)| (Ink::Area, [Decimal::ZERO, amount.low])).collect();
    let ranges: Vec<(Ink, [Decimal; 2])> =
        years.iter().map(|(_, amount)| (Ink::Second, [amount.low, amount.high])).collect();
    let mut shapes: Vec<Shape> = scale.grid().collect();
    let low = bars(scale, &columns);
    // What is expected is a line across its column.
    let marks = low.iter().zip(&years).filter_map(|(column, (_, amount))| {
        let Shape::Area(_, [left, _, width, _]) = column else { return None };
        let at = scale.share(amount.expected);
        let right = Share(left.0.saturating_add(width.0));
        Some(Shape::Line(Ink::Mark, [*left, right, at, at]))
    });
    let marks: Vec<Shape> = marks.collect();
    shapes.extend(low);
    shapes.extend(bars(scale, &ranges));
    shapes.extend(marks);
    let count = Decimal::from(years.len());
    let middle = |index: usize| fraction(Decimal::from(index).saturating_add(Decimal::new(5, 1)), count);
    let years_below = years.iter().enumerate().map(|(index, (year, _))| (middle(index), Cell::Text(year.to_string())));
    let finding = Message::new("page.renewals.picture")
        .with("currency", of.code())
        .with("first", first.0.to_string())
        .with("from", Argument::Money(first.1.expected))
        .with("last", last.0.to_string())
        .with("to", Argument::Money(last.1.expected));
    Some(Chart {
        title: Message::new("page.renewals.picture_title").with("currency", of.code()),
        drawing: Drawing { finding, height: HEIGHT, shapes },
        left: scale.axis(),
        below: years_below.collect(),
        legend: vec![
            (Ink::Mark, Message::new("page.renewals.legend_expected")),
            (Ink::Second, Message::new("page.renewals.legend_range")),
        ],
        note: None,
    })
}

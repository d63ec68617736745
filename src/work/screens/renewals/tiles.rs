//! The figures over a forecast. Currencies are never added; what is not known is counted beside what is.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{ask, currency, expected, first_year, range, total_of};
use crate::engine::renewal::{ChargeTotal, Forecast, RenewalFigure, RenewalLine};
use crate::model::bound::Bound;
use crate::model::day;
use crate::model::message::{Argument, Message};
use crate::model::screen::Screen;
use crate::work::blocks::{Tile, Tiles};
use crate::work::cell::Cell;
use crate::work::forecasts::Forecasts;

/// The tiles.
pub(super) fn of(forecast: &Forecast, forecasts: &Forecasts) -> Tiles {
    let tiles = [
        next(forecast).map(|tile| moved(tile, forecast, forecasts)),
        first_day(forecast),
        all_years(forecast),
        decided(forecast),
        unknown(forecast),
    ];
    Tiles { label: "page.renewals.tiles".into(), tiles: tiles.into_iter().flatten().collect() }
}

fn tile(title: &'static str, amount: Cell, unit: String, texts: Vec<Message>) -> Tile {
    Tile { title: title.into(), amount, unit: Cow::Owned(unit), question: None, texts, screen: None }
}

/// Totals of several currencies: the first one as the figure, the others below it.
fn totals(
    forecast: &Forecast,
    title: &'static str,
    totals: &[&ChargeTotal],
    year: Option<i16>,
    about: Message,
) -> Option<Tile> {
    let (main, others) = totals.split_first()?;
    let mut texts = vec![about];
    texts.extend(main.amount.map(range));
    texts.extend(others.iter().filter_map(|other| {
        let amount = other.amount?;
        let message = Message::new("page.renewals.and").with("amount", Argument::Money(amount.expected));
        Some(message.with("currency", currency(other.currency.as_ref())))
    }));
    let unknown = totals.iter().fold(0_usize, |sum, total| sum.saturating_add(total.unknown));
    texts.extend((unknown > 0).then(|| Message::new("page.renewals.unknown_charges").with("count", unknown)));
    let examples = forecast.charges_by_example(year);
    texts.extend((examples > 0).then(|| Message::new("page.renewals.by_example").with("count", examples)));
    let amount = Cell::Money(main.amount.map(|amount| amount.expected), None);
    let question = total_of(main, year).map(|figure| ask(forecast, figure, Bound::Expected));
    Some(Tile { question, ..tile(title, amount, currency(main.currency.as_ref()), texts) })
}

/// The first year with charges.
pub(super) fn next(forecast: &Forecast) -> Option<Tile> {
    let year = first_year(forecast)?;
    let of_it: Vec<&ChargeTotal> =
        forecast.totals.iter().filter(|total| total.year == year).map(|total| &total.total).collect();
    totals(
        forecast,
        "page.renewals.next",
        &of_it,
        Some(year),
        Message::new("page.renewals.in_year").with("year", year.to_string()),
    )
}

/// The tile of the next renewals with what the last change moved.
fn moved(mut tile: Tile, forecast: &Forecast, forecasts: &Forecasts) -> Tile {
    let year = first_year(forecast);
    let total = forecast.totals.iter().find(|total| Some(total.year) == year);
    let moved = total.and_then(|total| forecasts.moved(total.year, total.total.currency.as_ref()));
    tile.texts.extend(moved.map(|moved| {
        let more = moved.is_sign_positive();
        let key = if more { "page.renewals.moved_up" } else { "page.renewals.moved_down" };
        Message::new(key).with("amount", Argument::Money(moved.abs()))
    }));
    tile
}

/// When the first coverage begins that has to be paid.
fn first_day(forecast: &Forecast) -> Option<Tile> {
    let first = forecast.lines.iter().flat_map(|line| &line.charges).map(|charge| charge.from).min()?;
    let days = day::between(forecast.on, first);
    let text = Message::new("page.renewals.in_days").with("count", days);
    Some(tile("page.renewals.first_day", Cell::Day(Some(first)), String::new(), vec![text]))
}

/// All years of the forecast.
fn all_years(forecast: &Forecast) -> Option<Tile> {
    let sums: Vec<&ChargeTotal> = forecast.sums.iter().collect();
    totals(
        forecast,
        "page.renewals.all_years",
        &sums,
        None,
        Message::new("page.renewals.until").with("day", forecast.to),
    )
}

/// What the decisions change, in the currency of the first line that has one.
fn decided(forecast: &Forecast) -> Option<Tile> {
    let decided: Vec<&RenewalLine> = forecast.lines.iter().filter(|line| line.if_renewed.is_some()).collect();
    let of = decided.first()?.key.currency.0.as_ref();
    let of_it = decided.iter().filter(|line| line.key.currency.0.as_ref() == of);
    let difference = of_it.map(|line| {
        let before = expected(line.if_renewed.iter().flatten())?;
        expected(&line.charges)?.checked_sub(before)
    });
    let text = Message::new("page.renewals.decided_lines").with("count", decided.len());
    let difference: Option<Decimal> = difference.sum();
    let figure = of.map(|of| RenewalFigure::Decided { currency: of.clone() });
    let question = figure.filter(|_| difference.is_some()).map(|figure| ask(forecast, figure, Bound::Expected));
    let tile = tile("page.renewals.decided", Cell::Money(difference, None), currency(of), vec![text]);
    Some(Tile { question, ..tile })
}

/// How many lines have a charge that is not known.
fn unknown(forecast: &Forecast) -> Option<Tile> {
    let is_unknown = |line: &&RenewalLine| line.charges.iter().any(|charge| charge.amount.is_none());
    let lines: Vec<&RenewalLine> = forecast.lines.iter().filter(is_unknown).collect();
    if lines.is_empty() {
        return None;
    }
    let products: Vec<&str> = lines.iter().map(|line| line.key.product.as_str()).collect();
    let mut named: Vec<&str> = products.clone();
    named.dedup();
    let text = if forecast.lines.iter().all(|line| line.charges.iter().all(|charge| charge.priced.is_none())) {
        Message::new("page.renewals.no_prices")
    } else {
        Message::new("page.renewals.missing").with("products", named.join(", "))
    };
    let mut tile = tile("page.renewals.unknown", Cell::Number(lines.len().into()), String::new(), vec![text]);
    tile.screen = lines.iter().all(|line| line.key.renewal_part.0.is_none()).then_some(Screen::Entitlements);
    Some(tile)
}

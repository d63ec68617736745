//! What renewals will cost: figures, the years, the lines with what was decided, and what is assumed.

mod alternatives;
pub(super) mod assumed;
mod course;
mod decide;
mod detail;
mod lines;
mod quoted;
mod task_detail;
pub(super) mod tasks;
mod tiles;
mod years;

use std::rc::Rc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::OpenWorkspace;
use crate::engine::renewal::quotes;
use crate::engine::renewal::{
    Charge, ChargeScope, ChargeTotal, Forecast, MOST_YEARS, RenewalFigure, RenewalLine, RenewalQuery, contradictions,
};
use crate::model::assumption::Estimate;
use crate::model::bound::Bound;
use crate::model::message::{Argument, Message};
use crate::model::money::Currency;
use crate::model::screen::Screen;
use crate::work::Question;
use crate::work::blocks::{Block, Tile};
use crate::work::cell::Cell;
use crate::work::screen_query::ScreenQuery;

/// The forecast of the day on which it is looked at; its lists alone while there is nothing to renew.
pub(super) fn show(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Block> {
    let Some(forecast) = of(open, query) else { return vec![Block::Lists(Vec::new())] };
    let tiles = tiles::of(&forecast, open.forecasts);
    let years = years::blocks(&forecast);
    let compared = quotes::compare(&open.workspace.lists.quotes, &forecast);
    let (table, found) = lines::table(&forecast, &compared, open, query);
    let mut blocks: Vec<Block> = [Block::Tiles(tiles)].into_iter().chain(years).collect();
    blocks.extend(decide::for_many(&found, &forecast, open, query).map(Block::Form));
    blocks.push(Block::Data(table));
    blocks.extend(quoted::table(&compared, &forecast).map(Block::Table));
    blocks.push(Block::Way(Message::new("page.renewals.to_proposal"), Screen::Reports));
    blocks.push(Block::Data(tasks::table(&forecast, open, query)));
    blocks.push(Block::Table(assumed::table(&forecast)));
    blocks.extend(alternatives::tables(open, &forecast).into_iter().map(Block::Table));
    let issues = [contradictions(&forecast, open.position).as_slice(), &forecast.issues].concat();
    if !issues.is_empty() {
        blocks.push(Block::Issues(issues));
    }
    blocks.push(Block::Note(Message::new("page.renewals.fine_print")));
    blocks.push(Block::Lists(Vec::new()));
    blocks
}

/// What the next renewals are expected to cost, and the way to all of it; `None` where nothing is to be renewed.
pub(super) fn figure(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Option<Tile> {
    let tile = tiles::next(of(open, query)?.as_ref())?;
    Some(Tile { screen: Some(Screen::Renewals), ..tile })
}

/// The forecast; `None` without a day, or while nothing is owned.
fn of(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Option<Rc<Forecast>> {
    forecast_on(open, query.today)
}

/// The forecast of a day with what it was asked for; `None` without a day, or while nothing is owned.
pub(in crate::work) fn forecast_with_query(
    open: OpenWorkspace<'_>,
    today: Option<Date>,
) -> Option<(RenewalQuery<'_>, Rc<Forecast>)> {
    let OpenWorkspace { workspace, parts, .. } = open;
    let (lists, terms) = (&workspace.lists, workspace.price_terms);
    let query = RenewalQuery { lists, terms, parts, on: today?, years: MOST_YEARS };
    Some((query, forecast_on(open, today)?))
}

/// The forecast of a day; `None` without a day, or while nothing is owned.
pub(in crate::work) fn forecast_on(open: OpenWorkspace<'_>, today: Option<Date>) -> Option<Rc<Forecast>> {
    if open.workspace.lists.entitlements.is_empty() {
        return None;
    }
    Some(open.forecasts.of(open.workspace, open.parts, today?, MOST_YEARS))
}

/// So many lines of a ledger are forecast in less time than anybody notices.
const FEW_LINES: usize = 1_000;

/// The forecast of a day, where it costs nothing to have it: of a short ledger, or as it was asked for last. What is told
/// beside something else waits for no other.
pub(super) fn forecast_at_hand(open: OpenWorkspace<'_>, today: Option<Date>) -> Option<Rc<Forecast>> {
    if open.workspace.lists.entitlements.len() <= FEW_LINES {
        return forecast_on(open, today);
    }
    open.forecasts.kept(open.workspace, open.parts, today?, MOST_YEARS)
}

/// What presses on a day, in a sentence; `None` where nothing does, or nobody has looked at the renewals of a long ledger.
pub(in crate::work) fn reminder(open: OpenWorkspace<'_>, today: Option<Date>) -> Option<Message> {
    tasks::reminder(forecast_at_hand(open, today)?.as_ref(), open)
}

/// What charges are expected to come to; `None` where one of them is not known.
fn expected<'a>(charges: impl IntoIterator<Item = &'a Charge>) -> Option<Decimal> {
    charges.into_iter().map(|charge| charge.amount.map(|amount| amount.expected)).sum()
}

/// What charges come to; `None` where one of them is not known.
fn sum<'a>(charges: impl IntoIterator<Item = &'a Charge>) -> Option<Estimate<Decimal>> {
    let nothing = Estimate::flat(Decimal::ZERO);
    charges.into_iter().try_fold(nothing, |sum, charge| Some(sum.with(charge.amount?, Decimal::saturating_add)))
}

/// The first year in which anything is charged.
fn first_year(forecast: &Forecast) -> Option<i16> {
    forecast.totals.iter().map(|total| total.year).min()
}

/// The charges of a line in a year.
fn in_year(line: &RenewalLine, year: i16) -> impl Iterator<Item = &Charge> {
    line.charges.iter().filter(move |charge| charge.from.year() == year)
}

/// From the lowest to the highest amount.
fn range(amount: Estimate<Decimal>) -> Message {
    Message::new("page.renewals.range")
        .with("low", Argument::Money(amount.low))
        .with("high", Argument::Money(amount.high))
}

/// A currency as its code; one that no file names has words.
fn currency(currency: Option<&Currency>) -> String {
    currency.map_or_else(String::new, |currency| currency.code().to_owned())
}

/// The question how a figure of a forecast comes about.
pub(super) fn ask(forecast: &Forecast, figure: RenewalFigure, bound: Bound) -> Question {
    Question::Renewal { figure, bound, on: forecast.on, years: MOST_YEARS }
}

/// An amount of a figure, with its derivation.
pub(super) fn money(forecast: &Forecast, amount: Option<Decimal>, figure: RenewalFigure, bound: Bound) -> Cell {
    Cell::Money(amount, Some(Box::new(ask(forecast, figure, bound))))
}

/// What a total of some charges is expected to come to, with its derivation where its currency is known.
pub(super) fn total_money(forecast: &Forecast, total: &ChargeTotal, year: Option<i16>, of: ChargeScope) -> Cell {
    let amount = total.amount.map(|amount| amount.expected);
    match &total.currency {
        Some(currency) => {
            let figure = RenewalFigure::Total { currency: currency.clone(), year, of };
            money(forecast, amount, figure, Bound::Expected)
        }
        None => Cell::Money(amount, None),
    }
}

/// The three amounts of a figure, each with its derivation.
fn amounts(forecast: &Forecast, amount: Option<Estimate<Decimal>>, figure: &RenewalFigure) -> [Cell; 3] {
    Bound::ALL.map(|bound| money(forecast, amount.map(|amount| amount.of(bound)), figure.clone(), bound))
}

/// What a total is of, as a figure; `None` where its currency is not known.
fn total_of(total: &ChargeTotal, year: Option<i16>) -> Option<RenewalFigure> {
    Some(RenewalFigure::Total { currency: total.currency.clone()?, year, of: ChargeScope::All })
}

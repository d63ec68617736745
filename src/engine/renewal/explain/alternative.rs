//! How the figures of an alternative come about, from what the user wrote of it (semantics of money, 8.7).

use std::num::NonZeroU32;

use rust_decimal::Decimal;

use super::steps::{cell, given, product, rounded_product, sum};
use crate::engine::renewal::Forecast;
use crate::engine::renewal::anchor;
use crate::model::alternative::Alternative;
use crate::model::derivation::{Derivation, Input, Unit};
use crate::model::message::Message;
use crate::rules::renewals;

/// What the alternative costs in a year, with its share of what it costs once; `None` where its years are no whole number.
pub(super) fn walk_away(line: &Alternative) -> Option<Derivation> {
    Some(by_year(line, Message::new("label.walk_away"), of_all_years(line)?))
}

/// The price at which to open; `None` where a figure does not fit.
pub(super) fn anchor(line: &Alternative) -> Option<Derivation> {
    let label = || Message::new("label.anchor");
    if anchor::anchor(line)?.walk_away <= line.benchmark {
        let mut anchor = by_year(line, label(), of_all_years(line)?);
        anchor.notes.push(Message::new("note.anchor_below"));
        return Some(anchor);
    }
    let weight = given(Message::new("label.weight"), line.weight, Unit::PERCENT, renewals::anchor());
    let weight = Derivation { inputs: input(line, "weight", line.weight), ..weight };
    let rest = Decimal::ONE_HUNDRED.saturating_sub(line.weight);
    let rest = given(Message::new("label.weight_left"), rest, Unit::PERCENT, renewals::anchor());
    let money = || Unit::Money(line.currency());
    let benchmark = product(
        Message::new("label.benchmark_share"),
        money(),
        renewals::anchor(),
        vec![benchmark(line), years(line)?, rest],
    );
    let alternative = product(
        Message::new("label.alternative_share"),
        money(),
        renewals::anchor(),
        vec![of_all_years(line)?, weight],
    );
    let both = sum(Message::new("label.anchor_of_years"), money(), renewals::anchor(), vec![benchmark, alternative]);
    Some(by_year(line, label(), both))
}

/// What the alternative costs from the first year of the renewals to the end of another one; `None` outside of these years.
pub(super) fn so_far(line: &Alternative, forecast: &Forecast, year: i16) -> Option<Derivation> {
    let years = anchor::by_year(line, forecast);
    let first = years.first()?.year;
    years.iter().find(|one| one.year == year)?;
    let count = i64::from(year.checked_sub(first)?.checked_add(1)?);
    let count = given(Message::new("label.years"), count, Unit::NUMBER, renewals::anchor());
    let label = Message::new("label.alternative_so_far").with("year", year.to_string());
    Some(of_years(line, label, count))
}

/// What it costs over all the years over which the change is spread.
fn of_all_years(line: &Alternative) -> Option<Derivation> {
    Some(of_years(line, Message::new("label.alternative_of_years"), years(line)?))
}

fn of_years(line: &Alternative, label: Message, years: Derivation) -> Derivation {
    let money = || Unit::Money(line.currency());
    let yearly = if let Some(run_cost) = line.run_cost {
        let yearly = given(Message::new("label.run_cost"), run_cost, money(), renewals::anchor());
        Derivation { inputs: input(line, "run_cost", run_cost), ..yearly }
    } else {
        let mut yearly = benchmark(line);
        yearly.notes.push(Message::new("note.run_cost_blank"));
        yearly
    };
    let running = product(Message::new("label.run_cost_of_years"), money(), renewals::anchor(), vec![yearly, years]);
    let once = line.one_time_cost.unwrap_or_default();
    let once_step = given(Message::new("label.one_time_cost"), once, money(), renewals::anchor());
    let once = Derivation { inputs: input(line, "one_time_cost", once), ..once_step };
    sum(label, money(), renewals::anchor(), vec![running, once])
}

fn benchmark(line: &Alternative) -> Derivation {
    let money = Unit::Money(line.currency());
    let benchmark = given(Message::new("label.benchmark"), line.benchmark, money, renewals::anchor());
    Derivation { inputs: input(line, "benchmark", line.benchmark), ..benchmark }
}

fn years(line: &Alternative) -> Option<Derivation> {
    let years = given(Message::new("label.years_spread"), line.whole_years()?, Unit::NUMBER, renewals::anchor());
    Some(Derivation { inputs: input(line, "years", line.years), ..years })
}

/// What one of its years comes to, rounded once.
fn by_year(line: &Alternative, label: Message, of_years: Derivation) -> Derivation {
    let of = NonZeroU32::new(line.whole_years().unwrap_or(1).into()).unwrap_or(NonZeroU32::MIN);
    let share = given(Message::new("label.one_year"), 1, Unit::Ratio { of }, renewals::anchor());
    let unit = (Unit::Money(line.currency()), line.currency().decimals());
    rounded_product(label, unit, renewals::anchor(), vec![of_years, share])
}

fn input(line: &Alternative, column: &'static str, value: Decimal) -> Vec<Input> {
    cell(&line.file, line.row, column, value.normalize().to_string()).into_iter().collect()
}

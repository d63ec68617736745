//! What the orders of a term cost at each level, by the prices of the user: what a level is worth.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::order::OrderLine;
use crate::model::price::Price;
use crate::rules::volume_levels::{LADDER, VolumeLevel};

/// What the lines of orders cost at a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelCost {
    /// The currency; blank when the prices do not say.
    pub currency: String,
    /// The level.
    pub level: VolumeLevel,
    /// The cost of all lines that have a price at the level in force; `None` when one of them has none at this level.
    pub cost: Option<Decimal>,
    /// That less what they cost at the level in force: below 0 is a saving.
    pub difference: Option<Decimal>,
}

/// What lines of orders cost at each level of the ladder and at the one in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    /// By currency, then by level.
    pub levels: Vec<LevelCost>,
    /// How many lines have a price at the level in force.
    pub priced: usize,
    /// How many have none, or no quantity.
    pub unpriced: usize,
}

/// What lines of orders cost by the prices that hold on a day, without examples: they have no levels to be compared. Of
/// two prices of one part, level and currency the one that began last holds, and of those that began on one day the later
/// line.
pub fn costs(lines: &[Arc<OrderLine>], prices: &[Arc<Price>], on: Date, in_force: VolumeLevel) -> Costs {
    // A price file has tens of thousands of parts, a term has few.
    let mut parts: Vec<String> = lines.iter().map(|line| line.part_number.to_ascii_uppercase()).collect();
    parts.sort_unstable();
    let is_ordered = |price: &&Arc<Price>| parts.binary_search(&price.part_number.to_ascii_uppercase()).is_ok();
    let holding: Vec<&Arc<Price>> =
        prices.iter().filter(|price| price.holds_on(on) && !price.is_example()).filter(is_ordered).collect();
    let price = |line: &OrderLine, currency: &str, level: VolumeLevel| {
        let of_it = holding.iter().filter(|price| (price.currency.as_str(), price.level) == (currency, level));
        let of_it = of_it.filter(|price| price.part_number.eq_ignore_ascii_case(&line.part_number));
        of_it.max_by_key(|price| price.valid_from).map(|price| price.price)
    };
    let mut currencies: Vec<&str> = holding.iter().map(|price| price.currency.as_str()).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let mut costs = Costs::default();
    for line in lines {
        let has = |currency: &&str| price(line, currency, in_force).is_some();
        let priced = line.quantity.is_some() && currencies.iter().any(has);
        let count = if priced { &mut costs.priced } else { &mut costs.unpriced };
        *count = count.saturating_add(1);
    }
    for currency in currencies {
        let at = |level: VolumeLevel| {
            let mut sum = None;
            for line in lines {
                let Some(quantity) = line.quantity else { continue };
                if price(line, currency, in_force).is_some() {
                    let cost = price(line, currency, level)?.checked_mul(quantity)?;
                    sum = Some(sum.unwrap_or(Decimal::ZERO).checked_add(cost)?);
                }
            }
            sum
        };
        let Some(now) = at(in_force) else { continue };
        let mut levels: Vec<VolumeLevel> = LADDER.iter().map(|(level, _)| *level).chain([in_force]).collect();
        levels.sort_unstable();
        levels.dedup();
        costs.levels.extend(levels.into_iter().map(|level| {
            let cost = at(level);
            let difference = cost.and_then(|cost| cost.checked_sub(now));
            LevelCost { currency: currency.to_owned(), level, cost, difference }
        }));
    }
    costs
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::tests::line;
    use super::*;
    use crate::model::list::SharedLines;

    const DAY: Date = date(2026, 4, 1);

    fn price(part: &str, level: VolumeLevel, price: &str) -> Price {
        Price {
            part_number: part.to_owned(),
            level,
            price: price.parse().unwrap(),
            currency: "EUR".to_owned(),
            ..Price::default()
        }
    }

    fn ordered(part: &str, quantity: i64) -> OrderLine {
        OrderLine { part_number: part.to_owned(), quantity: Some(quantity.into()), ..line("2026-03-01", 0) }
    }

    fn at(costs: &Costs, level: VolumeLevel) -> (Option<Decimal>, Option<Decimal>) {
        let found = costs.levels.iter().find(|cost| cost.level == level).unwrap();
        (found.cost, found.difference)
    }

    #[test]
    fn the_same_lines_cost_what_the_prices_of_each_level_say() {
        let prices = [
            price("D1", VolumeLevel::D, "10.10"),
            price("d1", VolumeLevel::E, "9.60"),
            price("D2", VolumeLevel::D, "5"),
            price("D2", VolumeLevel::E, "4"),
            price("D2", VolumeLevel::F, "3"),
        ];
        let costs = costs(
            &SharedLines::of(&[ordered("D1", 10), ordered("D2", 2), ordered("D3", 1)]),
            &SharedLines::of(&prices),
            DAY,
            VolumeLevel::D,
        );
        assert_eq!((costs.priced, costs.unpriced), (2, 1));
        // 101 + 10 at D, 96 + 8 at E; at F one of them has no price.
        assert_eq!(at(&costs, VolumeLevel::D), (Some(111.into()), Some(0.into())));
        assert_eq!(at(&costs, VolumeLevel::E), (Some(104.into()), Some((-7).into())));
        assert_eq!(at(&costs, VolumeLevel::F), (None, None));
    }

    #[test]
    fn the_price_that_began_last_holds_and_one_that_has_ended_does_not() {
        let dated =
            |text: &str, from, to| Price { valid_from: from, valid_to: to, ..price("D1", VolumeLevel::Bl, text) };
        let prices = [
            dated("3", Some(date(2026, 1, 1)), None),
            dated("2", Some(date(2025, 1, 1)), None),
            dated("9", Some(date(2026, 3, 1)), Some(date(2026, 3, 31))),
            dated("8", Some(date(2026, 5, 1)), None),
        ];
        let costs = costs(&SharedLines::of(&[ordered("D1", 1)]), &SharedLines::of(&prices), DAY, VolumeLevel::Bl);
        assert_eq!(at(&costs, VolumeLevel::Bl).0, Some(3.into()));
    }

    #[test]
    fn an_example_says_nothing_of_what_a_level_is_worth() {
        let example = Price { example: Some(true), ..price("D1", VolumeLevel::Bl, "2") };
        let costs = costs(&SharedLines::of(&[ordered("D1", 3)]), &SharedLines::of(&[example]), DAY, VolumeLevel::Bl);
        assert_eq!((costs.levels.len(), costs.priced, costs.unpriced), (0, 0, 1));
    }

    #[test]
    fn currencies_are_never_added() {
        let dollars = Price { currency: "USD".to_owned(), ..price("D1", VolumeLevel::Bl, "2") };
        let costs = costs(
            &SharedLines::of(&[ordered("D1", 3)]),
            &SharedLines::of(&[price("D1", VolumeLevel::Bl, "1"), dollars]),
            DAY,
            VolumeLevel::Bl,
        );
        let seen: Vec<_> = costs.levels.iter().filter_map(|cost| Some((cost.currency.as_str(), cost.cost?))).collect();
        assert_eq!(seen, [("EUR", 3.into()), ("USD", 6.into())]);
        assert_eq!(super::costs(&SharedLines::of(&[ordered("D1", 3)]), &[], DAY, VolumeLevel::Bl).levels, []);
    }
}

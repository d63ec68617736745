//! How the prices of a part stand beside each other on a day (semantics of money, 2.4).

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::price_changes::PriceKey;
use super::prices::PriceBook;
use crate::model::price::Price;

/// How a price stands among those of the same part, level and currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PriceStanding {
    /// It is the price of the day.
    InForce,
    /// It comes next in the place of the price of the day.
    Next,
    /// It begins after that.
    Later,
    /// It holds, and another one goes before it.
    SetAside,
    /// It has ended.
    Over,
}

/// The prices that are those of a day: one for each part, level and currency that has one.
pub fn prices_on(prices: &[Arc<Price>], day: Date) -> Vec<Arc<Price>> {
    let book = PriceBook::of(prices, &[], day);
    let ids: BTreeSet<PriceKey> = prices.iter().map(|price| PriceKey::of(price)).collect();
    let held = |of: PriceKey| book.held(&of, day).cloned();
    ids.into_iter().filter_map(held).collect()
}

/// How each of these prices stands on a day among all of them.
pub fn price_standings(prices: &[Arc<Price>], day: Date) -> Vec<PriceStanding> {
    let book = PriceBook::of(prices, &[], day);
    let standing = |price: &Arc<Price>| {
        let of = PriceKey::of(price);
        let held = |day| book.held(&of, day);
        let is_it = |held: Option<&Arc<Price>>| held.is_some_and(|held| Arc::ptr_eq(held, price));
        let now = held(day);
        if is_it(now) {
            return PriceStanding::InForce;
        }
        let same = prices.iter().filter(|other| PriceKey::of(other) == of);
        let changes: BTreeSet<Date> = same.flat_map(|other| changes(other)).filter(|change| *change > day).collect();
        let is_now = |next: &Arc<Price>| now.is_some_and(|now| Arc::ptr_eq(now, next));
        let next = changes.into_iter().find_map(|change| held(change).filter(|next| !is_now(next)));
        if is_it(next) {
            PriceStanding::Next
        } else if price.valid_to.is_some_and(|to| to < day) {
            PriceStanding::Over
        } else if price.valid_from.is_some_and(|from| from > day) {
            PriceStanding::Later
        } else {
            PriceStanding::SetAside
        }
    };
    prices.iter().map(standing).collect()
}

/// The days from which another price may hold because of this one.
fn changes(price: &Price) -> impl Iterator<Item = Date> {
    let after = price.valid_to.and_then(|to| to.tomorrow().ok());
    price.valid_from.into_iter().chain(after)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::list::SharedLines;
    use crate::model::volume_level::VolumeLevel;

    const TODAY: Date = date(2026, 11, 28);

    fn row(price: i64, from: Option<Date>, to: Option<Date>, reason: &str) -> Price {
        Price {
            part_number: "e1".to_owned(),
            level: VolumeLevel::D,
            price: price.into(),
            currency: "EUR".to_owned(),
            valid_from: from,
            valid_to: to,
            reason: reason.to_owned(),
            ..Price::default()
        }
    }

    fn standings(rows: &[Price]) -> Vec<PriceStanding> {
        price_standings(&SharedLines::of(rows), TODAY)
    }

    #[test]
    fn the_price_of_today_the_next_one_and_what_is_over_are_told_apart() {
        use PriceStanding::{InForce, Later, Next, Over, SetAside};
        let rows = [
            row(1, None, None, ""),
            row(2, Some(date(2026, 1, 1)), None, ""),
            row(3, Some(date(2027, 1, 1)), None, ""),
            row(4, Some(date(2028, 1, 1)), None, ""),
            row(5, None, Some(date(2025, 12, 31)), ""),
        ];
        assert_eq!(standings(&rows), [SetAside, InForce, Next, Later, Over]);
        // The user's own goes before all others, and before what begins later too.
        let own = [rows.as_slice(), &[row(6, None, None, "as agreed")]].concat();
        assert_eq!(standings(&own), [SetAside, SetAside, Later, Later, Over, InForce]);
    }

    #[test]
    fn when_a_price_ends_the_one_that_it_had_set_aside_comes_next() {
        let rows = [row(1, None, None, ""), row(2, Some(date(2026, 1, 1)), Some(date(2026, 12, 31)), "")];
        assert_eq!(standings(&rows), [PriceStanding::Next, PriceStanding::InForce]);
    }

    #[test]
    fn on_a_day_each_level_and_currency_of_a_part_has_one_price() {
        let other = Price { level: VolumeLevel::E, ..row(7, None, None, "") };
        let dollars = Price { currency: "usd".to_owned(), ..row(8, None, None, "") };
        let rows = [row(1, None, None, ""), row(3, Some(date(2027, 1, 1)), None, ""), other, dollars];
        let lines = SharedLines::of(&rows);
        let on = |day| prices_on(&lines, day).iter().map(|price| price.price.to_string()).collect::<Vec<_>>();
        assert_eq!(on(TODAY), ["1", "8", "7"]);
        assert_eq!(on(date(2027, 1, 1)), ["3", "8", "7"]);
    }
}

//! How the prices of a part stand beside each other on a day (semantics of money, 2.4).

use std::collections::{BTreeMap, BTreeSet};
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
    let mut days: BTreeMap<PriceKey, BTreeSet<Date>> = BTreeMap::new();
    for price in prices {
        days.entry(PriceKey::of(price)).or_default().extend(changes(price).filter(|change| *change > day));
    }
    let is_one = |one: &Arc<Price>, other: Option<&Arc<Price>>| other.is_some_and(|other| Arc::ptr_eq(one, other));
    let current = |(of, days): (PriceKey, BTreeSet<Date>)| {
        let now = book.held(&of, day);
        let next = days.into_iter().filter_map(|day| book.held(&of, day)).find(|next| !is_one(next, now));
        (of, (now, next))
    };
    let current: BTreeMap<PriceKey, _> = days.into_iter().map(current).collect();
    let standing = |price: &Arc<Price>| {
        let (now, next) = current.get(&PriceKey::of(price)).copied().unwrap_or_default();
        if is_one(price, now) {
            PriceStanding::InForce
        } else if is_one(price, next) {
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
    fn an_example_is_the_price_of_the_day_only_where_no_other_price_is() {
        let example = Price { example: Some(true), ..row(9, Some(date(2026, 6, 1)), None, "published") };
        let undated = row(1, None, None, "");
        assert_eq!(standings(&[example.clone(), undated]), [PriceStanding::SetAside, PriceStanding::InForce]);
        let over = row(1, None, Some(date(2025, 12, 31)), "");
        assert_eq!(standings(&[over, example]), [PriceStanding::Over, PriceStanding::InForce]);
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

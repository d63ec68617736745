//! Which price a part has on a day (semantics of money, section 2). Examples are a book of their own: it is opened only
//! where the user's prices have nothing (docs/decisions/0068-published-prices-as-examples.md).

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::Arc;

use jiff::civil::Date;

use super::price_changes::PriceKey;
use crate::engine::volume::points::PointsOfParts;
use crate::model::money::Currency;
use crate::model::part_points::PartPoints;
use crate::model::price::Price;
use crate::rules::volume_levels::VolumeLevel;

/// The prices of parts: the user's, and behind them examples.
pub(super) struct PriceBook<'a> {
    /// The rows of each part, by its number in capitals, each with its currency and its place in the list.
    rows: BTreeMap<String, Vec<PriceRow<'a>>>,
    points: PointsOfParts<'a>,
    /// The day of the forecast.
    on: Date,
    /// The same of example prices alone; `None` where there is none.
    examples: Option<Box<Self>>,
}

#[derive(Clone)]
struct PriceRow<'a> {
    row: &'a Arc<Price>,
    currency: Currency,
    place: usize,
}

/// The price of a part on a day.
pub(super) struct PriceInForce<'a> {
    /// Its row.
    pub(super) row: &'a Arc<Price>,
    /// The level that the row is for: that of the customer, or the nearest lower one that has a price.
    pub(super) level: VolumeLevel,
    /// Whether another row with another price is set aside only because it stands before this one.
    pub(super) is_tied: bool,
}

/// Which of two rows goes before: the user's own, then the one that begins last, then the later one in the list.
type Precedence = (bool, Option<Date>);

impl<'a> PriceBook<'a> {
    pub(super) fn of(prices: &'a [Arc<Price>], points: &'a [Arc<PartPoints>], on: Date) -> Self {
        let empty = || Self { rows: BTreeMap::new(), points: PointsOfParts::of(points).0, on, examples: None };
        let mut book = empty();
        for (place, row) in prices.iter().enumerate() {
            let rows = if row.is_example() {
                &mut book.examples.get_or_insert_with(|| Box::new(empty())).rows
            } else {
                &mut book.rows
            };
            rows.entry(row.part()).or_default().push(PriceRow { row, currency: row.currency(), place });
        }
        book
    }

    /// The book of example prices, which count only where this one has no price; `None` where there is none.
    pub(super) fn examples(&self) -> Option<&Self> {
        self.examples.as_deref()
    }

    /// Points of parts, and whether their prices follow the level.
    pub(super) const fn points(&self) -> &PointsOfParts<'a> {
        &self.points
    }

    /// The only currency of all rows of the first of these parts that has any (4.7); `None` where none has, or it has
    /// several currencies.
    pub(super) fn only_currency<'p>(&self, parts: impl IntoIterator<Item = &'p str> + Clone) -> Option<&Currency> {
        match parts.clone().into_iter().find_map(|part| self.rows.get(part)) {
            None => self.examples()?.only_currency(parts),
            Some(rows) => {
                let mut currencies = rows.iter().map(|row| &row.currency);
                let first = currencies.next()?;
                currencies.all(|other| other == first).then_some(first)
            }
        }
    }

    /// The price of a part, by its number in capitals, at a level on a day.
    pub(super) fn in_force(
        &self,
        part: &str,
        level: VolumeLevel,
        currency: &Currency,
        day: Date,
    ) -> Option<PriceInForce<'a>> {
        self.levels(part, level, day).find_map(|level| {
            let rows = || self.at(part, level, currency);
            let held = best(rows().filter(|row| row.row.holds_on(day)), |row| precedence(row));
            let ended = || {
                let until = |row: &&PriceRow<'a>| {
                    row.row.valid_from.is_none_or(|from| from <= day)
                        && row.row.valid_to.is_some_and(|to| self.on <= to && to < day)
                };
                best(rows().filter(until), |row| (row.row.valid_to, precedence(row)))
            };
            let (row, is_tied) = held.or_else(ended)?;
            Some(PriceInForce { row, level, is_tied })
        })
    }

    /// The price of a part at one level and no other that holds on a day.
    pub(super) fn held(&self, of: &PriceKey, day: Date) -> Option<&'a Arc<Price>> {
        let rows = self.at(&of.part_number, of.level, &of.currency).filter(|row| row.row.holds_on(day));
        let found = best(rows, precedence).map(|(row, _)| row);
        found.or_else(|| self.examples()?.held(of, day))
    }

    /// The price of a part at one level that holds on the day of the forecast and pays so many months, as `months_of`
    /// tells them.
    pub(super) fn at_first(
        &self,
        part: &str,
        level: VolumeLevel,
        currency: &Currency,
        fits: impl Fn(&Price) -> bool,
    ) -> Option<&'a Arc<Price>> {
        let rows = self.at(part, level, currency).filter(|row| row.row.holds_on(self.on) && fits(row.row));
        best(rows, |row| precedence(row)).map(|(row, _)| row)
    }

    fn at<'s>(
        &'s self,
        part: &str,
        level: VolumeLevel,
        currency: &'s Currency,
    ) -> impl Iterator<Item = &'s PriceRow<'a>> {
        let rows = self.rows.get(part).map(Vec::as_slice).unwrap_or_default();
        rows.iter().filter(move |row| row.row.level == level && row.currency == *currency)
    }

    /// The level, and then the lower ones from the nearest on. A part whose price does not follow the level has that
    /// of the base level (commercial facts, A4).
    fn levels(&self, part: &str, level: VolumeLevel, day: Date) -> impl Iterator<Item = VolumeLevel> {
        let undiscounted = self.points.on(part, day).is_some_and(|part| part.entitled_discount == Some(false));
        let first = if undiscounted { VolumeLevel::Bl } else { level };
        std::iter::successors(Some(first), |level| match level {
            VolumeLevel::Bl => None,
            VolumeLevel::Gv | VolumeLevel::Ed => Some(VolumeLevel::Bl),
            VolumeLevel::D
            | VolumeLevel::E
            | VolumeLevel::F
            | VolumeLevel::G
            | VolumeLevel::H
            | VolumeLevel::I
            | VolumeLevel::J => Some(level.one_step_down()),
        })
    }
}

fn precedence(row: &PriceRow<'_>) -> Precedence {
    (row.row.is_own(), row.row.valid_from)
}

/// The row that goes before all others, and whether only its place in the list decides that between unequal prices.
fn best<'s, 'a: 's, K: Ord>(
    rows: impl Iterator<Item = &'s PriceRow<'a>>,
    key: impl Fn(&PriceRow<'a>) -> K,
) -> Option<(&'a Arc<Price>, bool)> {
    let mut rows: Vec<(K, &PriceRow<'a>)> = rows.map(|row| (key(row), row)).collect();
    rows.sort_by(|(one, first), (other, second)| (one, first.place).cmp(&(other, second.place)));
    let (key, row) = rows.last()?;
    let mut equal = rows.iter().rev().take_while(|(other, _)| other == key);
    Some((row.row, equal.any(|(_, other)| other.row.price != row.row.price)))
}

/// How many months a price pays, and whether anything says so: its row, else its part, else twelve.
pub fn paid_months(row: Option<&Price>, of_part: Option<NonZeroU32>, is_monthly: bool) -> (NonZeroU32, bool) {
    let known = row.and_then(Price::paid_months).or(of_part).or_else(|| is_monthly.then_some(NonZeroU32::MIN));
    (known.unwrap_or(TWELVE), known.is_some())
}

/// A year.
pub(super) const TWELVE: NonZeroU32 = NonZeroU32::MIN.saturating_add(11);

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::list::SharedLines;

    const ON: Date = date(2026, 11, 27);

    /// A price of part E1 at level E in euro that holds from one day to another.
    fn row(price: i64, valid_from: Option<Date>, valid_to: Option<Date>, reason: &str) -> Price {
        Price {
            part_number: "e1".to_owned(),
            level: VolumeLevel::E,
            price: price.into(),
            currency: "EUR".to_owned(),
            valid_from,
            valid_to,
            reason: reason.to_owned(),
            ..Price::default()
        }
    }

    fn at(level: VolumeLevel, price: i64) -> Price {
        Price { level, ..row(price, None, None, "") }
    }

    /// Price, level and whether only the place decides, at a level on a day.
    fn found(rows: &[Price], level: VolumeLevel, day: Date) -> Option<(String, VolumeLevel, bool)> {
        let rows = SharedLines::of(rows);
        let book = PriceBook::of(&rows, &[], ON);
        let found = book.in_force("E1", level, &Currency::of("EUR"), day)?;
        Some((found.row.price.to_string(), found.level, found.is_tied))
    }

    fn price(rows: &[Price], day: Date) -> Option<String> {
        found(rows, VolumeLevel::E, day).map(|(price, ..)| price)
    }

    #[test]
    fn of_the_rows_that_hold_the_users_own_goes_first_then_the_latest_start_then_the_later_line() {
        let (year, later) = (Some(date(2026, 1, 1)), Some(date(2027, 1, 1)));
        let day = date(2027, 3, 1);
        assert_eq!(price(&[row(2, later, None, ""), row(1, year, None, "")], day).as_deref(), Some("2"));
        assert_eq!(price(&[row(2, later, None, ""), row(1, None, None, "")], day).as_deref(), Some("2"));
        assert_eq!(price(&[row(3, None, None, "as agreed"), row(2, later, None, "")], day).as_deref(), Some("3"));
        let twice = [row(1, year, None, ""), row(2, year, None, "")];
        assert_eq!(found(&twice, VolumeLevel::E, day), Some(("2".to_owned(), VolumeLevel::E, true)));
        let alike = [row(2, year, None, ""), row(2, year, None, "")];
        assert_eq!(found(&alike, VolumeLevel::E, day), Some(("2".to_owned(), VolumeLevel::E, false)));
    }

    #[test]
    fn where_no_row_holds_any_more_the_one_that_ends_last_goes_on() {
        let ended = |price, to| row(price, None, Some(to), "");
        let rows = [ended(2, date(2027, 6, 30)), ended(1, date(2026, 12, 31))];
        assert_eq!(price(&rows, date(2028, 1, 1)).as_deref(), Some("2"));
        // What ended before the day of the forecast is no price, nor is what has yet to begin.
        assert_eq!(price(&[ended(2, date(2026, 11, 26))], date(2027, 1, 1)), None);
        assert_eq!(price(&[ended(2, ON)], date(2027, 1, 1)).as_deref(), Some("2"));
        assert_eq!(price(&[row(2, Some(date(2028, 1, 1)), None, "")], date(2027, 1, 1)), None);
    }

    #[test]
    fn a_level_without_a_price_takes_that_of_the_nearest_lower_one_and_never_of_a_higher_one() {
        use VolumeLevel as Level;
        let rows = [at(Level::Bl, 100), at(Level::D, 95), at(Level::F, 85)];
        let level = |wanted| found(&rows, wanted, ON).map(|(_, level, _)| level);
        assert_eq!(
            [Level::J, Level::F, Level::E, Level::Gv, Level::Ed].map(level),
            [Some(Level::F), Some(Level::F), Some(Level::D), Some(Level::Bl), Some(Level::Bl)]
        );
        assert_eq!(found(&[at(Level::D, 95)], Level::Bl, ON), None);
        assert_eq!(found(&[at(Level::D, 95)], Level::Gv, ON), None);
    }

    #[test]
    fn a_part_without_entitled_discount_has_the_price_of_the_base_level() {
        let rows = SharedLines::of(&[at(VolumeLevel::Bl, 100), at(VolumeLevel::E, 90)]);
        let newest =
            |entitled_discount| PartPoints { part_number: "E1".to_owned(), entitled_discount, ..PartPoints::default() };
        for (says, level) in [(Some(false), VolumeLevel::Bl), (Some(true), VolumeLevel::E), (None, VolumeLevel::E)] {
            let points = SharedLines::of(&[newest(says)]);
            let book = PriceBook::of(&rows, &points, ON);
            let found = book.in_force("E1", VolumeLevel::E, &Currency::of("EUR"), ON);
            assert_eq!(found.map(|found| found.level), Some(level), "{says:?}");
        }
    }

    #[test]
    fn months_of_a_price_are_those_of_its_row_then_of_its_part_then_one_or_twelve() {
        let six = NonZeroU32::new(6);
        let three = Price { months: Some(3.into()), ..row(1, None, None, "") };
        let plain = row(1, None, None, "");
        let told = |row: &Price, of_part, is_monthly| {
            let (months, known) = paid_months(Some(row), of_part, is_monthly);
            (months.get(), known)
        };
        assert_eq!(told(&three, six, true), (3, true));
        assert_eq!(told(&plain, six, true), (6, true));
        assert_eq!(told(&plain, None, true), (1, true));
        assert_eq!(told(&plain, None, false), (12, false));
    }
}

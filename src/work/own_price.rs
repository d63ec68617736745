//! A price that the user enters where a part is shown, with the reason for it.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::blocks::{BETWEEN, EntryField, EntryForm, FieldInput};
use super::cell::Cell;
use super::setting::Setting;
use crate::edit::command::Command;
use crate::model::day;
use crate::model::issue::{Issue, Severity};
use crate::model::list::{Line, List};
use crate::model::message::Message;
use crate::model::price::Price;
use crate::model::volume_level::VolumeLevel;

/// What the fields begin with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnPrice {
    /// Number of the part.
    pub part_number: String,
    /// The level at which it is bought.
    pub level: VolumeLevel,
    /// The currency in which it is paid.
    pub currency: String,
}

impl OwnPrice {
    /// The fields, and the button that makes a line of the list of prices of them.
    pub fn entry(&self) -> EntryForm {
        let levels = VolumeLevel::ALL.map(|level| (level.name().to_owned(), Cell::Text(level.name().to_owned())));
        let field = |label: &'static str, input, value: &str| EntryField {
            label: label.into(),
            input,
            value: value.to_owned(),
        };
        EntryForm {
            title: Message::new("page.own_price.title").with("part", self.part_number.as_str()),
            fields: vec![
                field("column.level", FieldInput::Choice(levels.to_vec()), self.level.name()),
                field("column.price", FieldInput::Number(14), ""),
                field("column.currency", FieldInput::Text(3), &self.currency),
                field("page.own_price.from", FieldInput::Day, ""),
                field("page.own_price.reason", FieldInput::Text(60), ""),
            ],
            submit: "page.own_price.enter".into(),
            setting: Setting::OwnPrice(self.part_number.clone()),
        }
    }
}

/// The command that enters the price that stands in the fields, in the place of the user's own from the same day on.
///
/// # Errors
/// When a text is none that its field can be, or price or reason are missing.
pub(super) fn command(part_number: &str, texts: &str, prices: &[Arc<Price>]) -> Result<Command, Issue> {
    let mut texts = texts.split(BETWEEN).map(str::trim);
    let mut next = || texts.next().unwrap_or_default();
    let refused = |text: &str| Issue::new(Severity::Error, "setting_invalid").with("value", text);
    let level = next();
    let level = VolumeLevel::parse(level).ok_or_else(|| refused(level))?;
    let price = next();
    if price.is_empty() {
        return Err(Issue::new(Severity::Error, "own_price_without_price"));
    }
    let price: Decimal = price.parse().map_err(|_| refused(price))?;
    if price < Decimal::ZERO {
        return Err(refused(&price.to_string()));
    }
    let currency = next().to_uppercase();
    let from = next();
    let valid_from: Option<Date> =
        if from.is_empty() { None } else { Some(day::parse(from).ok_or_else(|| refused(from))?) };
    let reason = next();
    if reason.is_empty() {
        return Err(Issue::new(Severity::Error, "own_price_without_reason"));
    }
    let (part_number, reason) = (part_number.to_owned(), reason.to_owned());
    let own = Price { part_number, level, price, currency, valid_from, reason, ..Price::default() };
    let is_same = |known: &Arc<Price>| {
        let of = |price: &Price| (price.part(), price.level, price.currency(), price.valid_from);
        known.is_own() && of(known) == of(&own)
    };
    let index = prices.iter().position(is_same);
    Ok(Command::PutLines { list: List::Prices, lines: vec![(index, own.values())] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::list::SharedLines;

    fn entered(texts: &str, prices: &[Price]) -> Result<Command, String> {
        command("E1", texts, &SharedLines::of(prices)).map_err(|issue| issue.code.into_owned())
    }

    fn own(price: &str, reason: &str) -> Price {
        Price {
            part_number: "E1".to_owned(),
            level: VolumeLevel::D,
            price: price.parse().unwrap(),
            currency: "EUR".to_owned(),
            reason: reason.to_owned(),
            ..Price::default()
        }
    }

    #[test]
    fn a_price_of_ones_own_needs_a_number_and_a_reason() {
        assert_eq!(entered("D\t\tEUR\t\tquote 7", &[]), Err("own_price_without_price".to_owned()));
        assert_eq!(entered("D\t12.50\tEUR\t\t ", &[]), Err("own_price_without_reason".to_owned()));
        assert_eq!(entered("D\tcheap\tEUR\t\tquote 7", &[]), Err("setting_invalid".to_owned()));
        assert_eq!(entered("D\t-1\tEUR\t\tquote 7", &[]), Err("setting_invalid".to_owned()));
        assert_eq!(entered("K\t1\tEUR\t\tquote 7", &[]), Err("setting_invalid".to_owned()));
        assert_eq!(entered("D\t1\tEUR\tsoon\tquote 7", &[]), Err("setting_invalid".to_owned()));
        let lines = vec![(None, own("12.50", "quote 7").values())];
        assert_eq!(entered("D\t12.50\t eur\t\tquote 7", &[]), Ok(Command::PutLines { list: List::Prices, lines }));
    }

    #[test]
    fn another_own_price_of_the_same_comes_in_its_place_and_leaves_that_of_a_file() {
        let of_file = Price { reason: String::new(), ..own("10", "") };
        let lines = vec![(Some(1), own("11", "quote 8").values())];
        let known = [of_file, own("12.50", "quote 7")];
        assert_eq!(entered("D\t11\tEUR\t\tquote 8", &known), Ok(Command::PutLines { list: List::Prices, lines }));
    }
}

//! How the values of options are read: as what they are, or refused with a sentence beside which clap names the option.

use std::ffi::{OsStr, OsString};
use std::num::NonZeroU32;

use clap::builder::{OsStringValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error};
use jiff::civil::Date;

use crate::import::cell::Style;
use crate::model::bundle::Rounding;
use crate::model::order::{Customer, LevelAboveH};

/// A text without the blanks around it; what is no UTF-8 in it becomes a mark.
pub(super) fn text() -> impl TypedValueParser<Value = String> {
    OsStringValueParser::new().map(|value: OsString| value.to_string_lossy().trim().to_owned())
}

/// A day.
pub(super) fn day() -> impl TypedValueParser<Value = Date> {
    text().try_map(|text| crate::model::day::parse(&text).ok_or("that is no day; write it as 2026-11-21"))
}

/// How many there are.
pub(super) fn count() -> impl TypedValueParser<Value = NonZeroU32> {
    text().try_map(|text| text.parse::<NonZeroU32>().map_err(|_| "that is not a whole number above 0"))
}

/// How numbers are written: 1.234,5 or 1,234.5.
pub(super) fn numbers() -> OneOf<Style> {
    OneOf(vec![("de", Style::Comma), ("en", Style::Point)])
}

/// Where what components use is rounded up.
pub(super) fn rounding() -> OneOf<Rounding> {
    OneOf(Rounding::ALL.map(|place| (place.name(), place)).to_vec())
}

/// Whose prices; Express has an option of its own.
pub(super) fn kind() -> OneOf<Customer> {
    let kinds = Customer::ALL.into_iter().filter(|kind| *kind != Customer::Express);
    OneOf(kinds.map(|kind| (kind.name(), kind)).collect())
}

/// A level that no points earn.
pub(super) fn level() -> OneOf<LevelAboveH> {
    OneOf(LevelAboveH::ALL.map(|level| (level.name(), level)).to_vec())
}

/// One of a few words, in any case and with blanks around it, and what it means.
#[derive(Clone)]
pub(super) struct OneOf<T>(Vec<(&'static str, T)>);

impl<T: Clone + Send + Sync + 'static> TypedValueParser for OneOf<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, option: Option<&Arg>, value: &OsStr) -> Result<T, Error> {
        let text = value.to_string_lossy();
        if let Some((_, meant)) = self.0.iter().find(|(word, _)| word.eq_ignore_ascii_case(text.trim())) {
            return Ok(meant.clone());
        }
        // What clap says of a word that it does not know names those that there are, and one that is near.
        let refused = PossibleValuesParser::new(self.0.iter().map(|(word, _)| *word)).parse_ref(command, option, value);
        Err(refused.err().unwrap_or_else(|| Error::new(ErrorKind::InvalidValue).with_cmd(command)))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().map(|(word, _)| PossibleValue::new(*word))))
    }
}

//! Prices of parts, as the price file of a buyer or reseller gives them. IBM publishes none per level; what others have made
//! public comes as examples (docs/decisions/0068-published-prices-as-examples.md).

use std::num::NonZeroU32;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::list::line;
use crate::model::money::Currency;
use crate::model::volume_level::VolumeLevel;

/// The price of a part at a level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Price {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file.
    pub row: u32,
    /// Number of the part.
    pub part_number: String,
    /// What the part is.
    pub description: String,
    /// The level whose price it is.
    pub level: VolumeLevel,
    /// Price of one, in `currency`.
    pub price: Decimal,
    /// The currency; blank when not given.
    pub currency: String,
    /// First day on which it holds; `None` has no beginning.
    pub valid_from: Option<Date>,
    /// Last day on which it holds; `None` has no end.
    pub valid_to: Option<Date>,
    /// Points of one, where the price file says so.
    pub points: Option<Decimal>,
    /// How many months one price pays; `None` follows the part.
    pub months: Option<Decimal>,
    /// Why, where it is the user's own price; blank for that of a price file.
    pub reason: String,
    /// Who says so, such as a page and its day; blank when not given.
    pub source: String,
    /// Whether it is an example and nobody's price: any other that holds goes before it. `None` is no example.
    pub example: Option<bool>,
}

line! {
    Price from file row, detected by ["part_number", "level", "price"],
    keyed by ["part_number", "level", "currency", "valid_from", "reason", "example"];
    part_number: Required, description, level: Required, price: Required, currency, valid_from, valid_to,
    points: LeaveBlank, months, reason, source, example: LeaveBlank; misfit
}

/// What leaves a price out: too many decimals, months that are no whole number, or an end before its start.
fn misfit(price: &Price) -> Option<(&'static str, &'static str)> {
    if price.price.normalize().scale() > MOST_DECIMALS {
        Some(("price", "price_decimals"))
    } else if price.months.is_some() && price.paid_months().is_none() {
        Some(("months", "price_months"))
    } else if price.valid_from.zip(price.valid_to).is_some_and(|(from, to)| from > to) {
        Some(("valid_to", "entitlement_ends_before_start"))
    } else {
        None
    }
}

/// The most decimals of a price.
const MOST_DECIMALS: u32 = 6;

impl Price {
    /// The number of its part, in capitals.
    pub fn part(&self) -> String {
        self.part_number.trim().to_ascii_uppercase()
    }

    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// How many months it pays, where it says so.
    pub fn paid_months(&self) -> Option<NonZeroU32> {
        self.months.filter(Decimal::is_integer)?.to_u32().and_then(NonZeroU32::new)
    }

    /// Its currency.
    pub fn currency(&self) -> Currency {
        Currency::of(&self.currency)
    }

    /// Whether it is the user's own.
    pub const fn is_own(&self) -> bool {
        !self.reason.is_empty()
    }

    /// Whether it is an example.
    pub fn is_example(&self) -> bool {
        self.example == Some(true)
    }
}

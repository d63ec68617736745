//! Quotes of IBM or a partner for renewals: what is offered for each part, to stand beside the forecast.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::list::line;
use crate::model::money::Currency;
use crate::model::number;

/// A line of a quote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuoteLine {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file, the header being line 1; 0 when it was typed.
    pub row: u32,
    /// Number of the quote; blank where it has none.
    pub quote: String,
    /// Number of the agreement; blank is any.
    pub agreement: String,
    /// The site; blank is any.
    pub site: String,
    /// Number of the part.
    pub part_number: String,
    /// What the part is.
    pub description: String,
    /// How many parts.
    pub quantity: Decimal,
    /// First day of the coverage; `None` is the next one.
    pub ss_start: Option<Date>,
    /// Its last day.
    pub ss_end: Option<Date>,
    /// Price of one part for the coverage.
    pub unit_price: Option<Decimal>,
    /// What the line comes to; `None` is price times quantity.
    pub amount: Option<Decimal>,
    /// The currency; blank when not given.
    pub currency: String,
    /// Points of the line.
    pub points: Option<Decimal>,
    /// The last day on which the quote can be accepted.
    pub expires: Option<Date>,
}

line! {
    QuoteLine from file row, detected by ["quote", "part_number"],
    keyed by ["quote", "agreement", "site", "part_number", "ss_start"];
    quote, agreement, site, part_number: Required, description, quantity: Required, ss_start, ss_end, unit_price, amount,
    currency, points: LeaveBlank, expires; misfit
}

/// What leaves a line out: a coverage that ends before it starts.
fn misfit(line: &QuoteLine) -> Option<(&'static str, &'static str)> {
    let ends_before = line.ss_start.zip(line.ss_end).is_some_and(|(start, end)| end < start);
    ends_before.then_some(("ss_end", "entitlement_ends_before_start"))
}

impl QuoteLine {
    /// Number of the part in capitals.
    pub fn part(&self) -> String {
        self.part_number.trim().to_ascii_uppercase()
    }

    /// What the line comes to; `None` where it does not say.
    pub fn total(&self) -> Option<Decimal> {
        self.amount.or_else(|| number::product(self.unit_price?, self.quantity))
    }

    /// The currency.
    pub fn currency(&self) -> Currency {
        Currency::of(&self.currency)
    }
}

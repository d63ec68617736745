//! Alternatives to a renewal, by the user's own figures: what the renewal is benchmarked at, and what the way out costs
//! (semantics of money, 8.7).

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::list::line;
use crate::model::money::Currency;

/// An alternative, as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternative {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file, the header being line 1; 0 when it was typed.
    pub row: u32,
    /// What it is called.
    pub name: String,
    /// Number of the agreement whose renewal it is an alternative to; blank is all of them.
    pub agreement: String,
    /// What the renewal should cost in a year, by a benchmark.
    pub benchmark: Decimal,
    /// What the alternative costs in a year; `None` is as much as the benchmark.
    pub run_cost: Option<Decimal>,
    /// What it costs once, to change over; `None` is nothing.
    pub one_time_cost: Option<Decimal>,
    /// Over how many years that is spread.
    pub years: Decimal,
    /// How much of what the alternative costs more is conceded, from 0 to 100 percent.
    pub weight: Decimal,
    /// The currency; blank when not given.
    pub currency: String,
    /// Where the figures are from.
    pub reason: String,
}

line! {
    Alternative from file row, detected by ["name", "benchmark"], keyed by ["name", "agreement"];
    name: Required, agreement, benchmark: Required, run_cost, one_time_cost, years: Required, weight: Required, currency,
    reason; misfit
}

/// The most years over which a change is spread.
const MOST_YEARS: u16 = 100;

/// What does not fit: a cost below 0, years that are no whole number, a weight beyond 100 percent.
fn misfit(line: &Alternative) -> Option<(&'static str, &'static str)> {
    let costs =
        [("benchmark", Some(line.benchmark)), ("run_cost", line.run_cost), ("one_time_cost", line.one_time_cost)];
    let below = costs.into_iter().find(|(_, cost)| cost.is_some_and(|cost| cost < Decimal::ZERO));
    if let Some((field, _)) = below {
        Some((field, "alternative_negative"))
    } else if line.whole_years().is_none() {
        Some(("years", "alternative_years"))
    } else if line.weight < Decimal::ZERO || line.weight > Decimal::ONE_HUNDRED {
        Some(("weight", "alternative_weight"))
    } else {
        None
    }
}

impl Alternative {
    /// Over how many years the change is spread; `None` where that is no whole number of them.
    pub fn whole_years(&self) -> Option<u16> {
        let years = Some(self.years).filter(Decimal::is_integer)?.to_u16()?;
        (1..=MOST_YEARS).contains(&years).then_some(years)
    }

    /// What it costs in a year.
    pub fn yearly(&self) -> Decimal {
        self.run_cost.unwrap_or(self.benchmark)
    }

    /// The currency.
    pub fn currency(&self) -> Currency {
        Currency::of(&self.currency)
    }
}

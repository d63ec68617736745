//! What renewals cost where no contract and no price file says so, each with its source (commercial facts, part C).

use rust_decimal::Decimal;

use crate::model::assumption::Estimate;

/// Yearly Subscription and Support (S&S), in percent of the licence's price.
pub const SUPPORT_RATE: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// Reinstatement, in percent of the licence's price.
pub const REINSTATEMENT_RATE: Decimal = Decimal::from_parts(60, 0, 0, false, 0);

/// By how much IBM raises its prices with a year, in percent: as announced worldwide, else what its letters were at
/// least, usually, and at most.
pub fn uplift(year: i16) -> Estimate<Decimal> {
    match year {
        2022 => Estimate::flat(3.into()),
        2024 | 2026 => Estimate::flat(6.into()),
        _ => Estimate { low: 3.into(), expected: 6.into(), high: 9.into() },
    }
}

//! The price at which to open a negotiation, and what the best alternative costs beside the renewal, by the user's own figures
//! (semantics of money, 8.7; docs/decisions/0066-anchor-and-alternatives.md).

use rust_decimal::Decimal;

use super::figure::Renewing;
use super::{Charge, Forecast, RenewalLine};
use crate::model::alternative::Alternative;
use crate::model::fraction::Fraction;
use crate::model::money::Currency;

/// Where to open, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// What the alternative costs in a year, with its share of what it costs once; rounded to be shown.
    pub walk_away: Decimal,
    /// The price at which to open, rounded once.
    pub anchor: Decimal,
}

/// A year of the alternative beside the renewal, each with all years before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlternativeYear {
    /// The year.
    pub year: i16,
    /// What renewing everything is expected to cost, as far as it is known.
    pub renewed: Decimal,
    /// What is expected as it is decided, as far as it is known.
    pub decided: Decimal,
    /// What the alternative costs: its run cost, and in the first year what it costs once.
    pub alternative: Decimal,
    /// How many charges are not known, of both together.
    pub unknown: usize,
}

/// The anchor: what the alternative costs where that is no more than the benchmark; else the benchmark and so much of the
/// difference as is conceded. `None` when a figure is too large.
pub fn anchor(line: &Alternative) -> Option<Anchor> {
    let exactly = |amount: Decimal| Fraction::of(amount, Decimal::ONE);
    let once = Fraction::of(line.one_time_cost.unwrap_or_default(), line.whole_years()?.into())?;
    let walk_away = exactly(line.yearly())?.plus(once)?;
    let benchmark = exactly(line.benchmark)?;
    let anchor = match walk_away.minus(benchmark) {
        None => walk_away,
        Some(over) => {
            let conceded = Fraction::of(line.weight, Decimal::ONE_HUNDRED)?;
            benchmark.plus(over.product(conceded)?)?
        }
    };
    let decimals = line.currency().decimals();
    Some(Anchor { walk_away: walk_away.rounded(decimals)?, anchor: anchor.rounded(decimals)? })
}

/// The lines of a forecast to which something is an alternative: those of its agreement in its currency. Where it names none,
/// in theirs, and none of them where they have several: currencies are never added.
pub(super) fn renewed_instead<'f>(line: &Alternative, forecast: &'f Forecast) -> Vec<&'f RenewalLine> {
    let is_of_agreement = |one: &&RenewalLine| line.agreement.is_empty() || one.key.agreement == line.agreement;
    let of_agreement = || forecast.lines.iter().filter(is_of_agreement);
    let own = Some(line.currency()).filter(|currency| !currency.is_blank());
    let mut theirs: Vec<&Currency> = of_agreement().filter_map(|one| one.key.currency.0.as_ref()).collect();
    theirs.sort_unstable();
    theirs.dedup();
    match (&own, theirs.as_slice()) {
        (None, [_, _, ..]) => Vec::new(),
        (None, _) => of_agreement().collect(),
        (Some(own), _) => of_agreement().filter(|one| one.key.currency.0.as_ref().is_none_or(|of| of == own)).collect(),
    }
}

/// The years of the forecast from the first one with a charge on, as many as the change is spread over at most.
pub fn by_year(line: &Alternative, forecast: &Forecast) -> Vec<AlternativeYear> {
    let of_it = renewed_instead(line, forecast);
    let charges = |course| of_it.iter().flat_map(move |one: &&RenewalLine| one.charges_of(course));
    let all: Vec<&Charge> = charges(Renewing::Unchanged).collect();
    let decided: Vec<&Charge> = charges(Renewing::AsDecided).collect();
    let Some(first) = all.iter().chain(&decided).map(|charge| charge.from.year()).min() else { return Vec::new() };
    let spread = line.whole_years().and_then(|years| i16::try_from(years).ok()).unwrap_or(i16::MAX);
    let last = forecast.to.year().min(first.saturating_add(spread).saturating_sub(1));
    let mut sum = AlternativeYear {
        year: first,
        renewed: Decimal::ZERO,
        decided: Decimal::ZERO,
        alternative: line.one_time_cost.unwrap_or_default(),
        unknown: 0,
    };
    let mut years = Vec::new();
    for year in first..=last {
        let of_year = |charge: &&&Charge| charge.from.year() == year;
        let add =
            |sum: Decimal, charge: &&Charge| charge.amount.map_or(sum, |amount| sum.saturating_add(amount.expected));
        sum.renewed = all.iter().filter(of_year).fold(sum.renewed, add);
        sum.decided = decided.iter().filter(of_year).fold(sum.decided, add);
        sum.alternative = sum.alternative.saturating_add(line.yearly());
        let unknown = all.iter().chain(&decided).filter(of_year).filter(|charge| charge.amount.is_none());
        sum.unknown = sum.unknown.saturating_add(unknown.count());
        years.push(AlternativeYear { year, ..sum });
    }
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(benchmark: i64, run_cost: Option<i64>, once: i64, years: i64, weight: i64) -> Alternative {
        Alternative {
            name: "Leave".to_owned(),
            benchmark: benchmark.into(),
            run_cost: run_cost.map(Decimal::from),
            one_time_cost: Some(once.into()),
            years: years.into(),
            weight: weight.into(),
            currency: "USD".to_owned(),
            ..Alternative::default()
        }
    }

    #[test]
    fn the_anchor_concedes_its_weight_of_what_the_alternative_costs_more() {
        // Semantics of money, 8.7: 800,000; 700,000; 600,000; 3; 25.
        let found = anchor(&line(800_000, Some(700_000), 600_000, 3, 25)).unwrap();
        assert_eq!(found, Anchor { walk_away: 900_000.into(), anchor: 825_000.into() });
    }

    #[test]
    fn an_alternative_that_costs_no_more_than_the_benchmark_is_the_anchor() {
        let found = anchor(&line(800_000, Some(500_000), 600_000, 3, 25)).unwrap();
        assert_eq!(found.anchor, Decimal::from(700_000));
        let even = anchor(&line(800_000, Some(800_000), 0, 1, 25)).unwrap();
        assert_eq!(even.anchor, Decimal::from(800_000));
    }

    #[test]
    fn a_blank_run_cost_is_the_benchmark_and_the_anchor_is_rounded_once() {
        // 100 + 100/3 = 133.33…; 100 + 33.33… x 50 % = 116.67.
        let found = anchor(&line(100, None, 100, 3, 50)).unwrap();
        assert_eq!((found.walk_away.to_string(), found.anchor.to_string()), ("133.33".into(), "116.67".into()));
    }
}

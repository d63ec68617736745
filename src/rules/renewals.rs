//! What renewals cost where no contract and no price file says so, each with its source (commercial facts, part C).

use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use crate::model::assumption::Estimate;
use crate::model::derivation::{Confidence, RuleReference};

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

const OURS: &str = "Highwater";
const LISTED: &str = "as listed by the user";

/// A charge is a product, rounded once.
pub const fn charge() -> RuleReference {
    ours("renewals.charge", "rule.renewals_charge")
}

/// A total is the exact sum of rounded amounts; what is not known is counted beside it.
pub const fn total() -> RuleReference {
    ours("renewals.total", "rule.renewals_total")
}

/// Totals in another currency follow from the user's rates, each rounded.
pub const fn conversion() -> RuleReference {
    ours("renewals.conversion", "rule.renewals_conversion")
}

/// After so many months without support reinstating costs what renewing would have.
pub const fn gap() -> RuleReference {
    ours("renewals.gap", "rule.renewals_gap")
}

/// Where to open a negotiation, by the user's own figures.
pub const fn anchor() -> RuleReference {
    ours("renewals.anchor", "rule.renewals_anchor")
}

/// The row of a price list that holds on a day.
pub const fn price() -> RuleReference {
    rule("renewals.price", "rule.renewals_price", LISTED, None, Confidence::High)
}

/// Where a level has no price, that of the nearest lower one is an upper bound.
pub const fn price_of_lower_level() -> RuleReference {
    ours("renewals.price_of_lower_level", "rule.renewals_price_of_lower_level")
}

/// A price that somebody has published, where nobody has brought one: its row says who.
pub const fn example() -> RuleReference {
    let source = "as published; the price says by whom";
    rule("renewals.example", "rule.renewals_example", source, None, Confidence::Low)
}

/// What a coverage pays follows from the day on which it starts.
pub const fn price_of_year() -> RuleReference {
    let source = "IBM letters 318-013, 322-015 and 324-653";
    rule("renewals.price_of_year", "rule.renewals_price_of_year", source, Some(date(2018, 1, 1)), Confidence::High)
}

/// Uplifts of the years follow each other.
pub const fn index() -> RuleReference {
    ours("renewals.index", "rule.renewals_index")
}

/// By how much IBM raises its prices with a year: as announced, else as its letters usually did.
pub const fn uplift_of(year: i16) -> RuleReference {
    let (source, since) = match year {
        2022 => ("IBM letter 322-015", date(2022, 1, 1)),
        2024 => ("IBM letter 324-653", date(2024, 1, 1)),
        2026 => {
            let source = "https://www.i-guazu.co.jp/products/ibm_software/ibm_software_general/8195.html (a distributor \
                          reprints IBM's letter of 2025-09-16)";
            (source, date(2026, 1, 1))
        }
        _ => {
            let source = "Highwater: from IBM letters 322-015 (3 %) and 324-653 (6 %), and ibmlicensingexperts.com (7 to \
                          9 % unless capped)";
            return rule("renewals.uplift_range", "rule.renewals_uplift_range", source, None, Confidence::Ours);
        }
    };
    rule("renewals.uplift_announced", "rule.renewals_uplift_announced", source, Some(since), Confidence::High)
}

/// What the user assumes.
pub const fn assumed() -> RuleReference {
    rule("renewals.assumed", "rule.renewals_assumed", LISTED, None, Confidence::Low)
}

/// A cap that a contract sets to the rise of prices.
pub const fn cap() -> RuleReference {
    let source = "the customer's contract, as listed by the user";
    rule("renewals.cap", "rule.renewals_cap", source, None, Confidence::Low)
}

/// The most that a price may be by a cap, from what it was at first.
pub const fn limit() -> RuleReference {
    ours("renewals.limit", "rule.renewals_limit")
}

/// Yearly support as a rate of the licence's price.
pub const fn support_rate() -> RuleReference {
    let source = "IBM Concert and Rational price rows: renewal / licence 19.97 to 20.04 %";
    rule("renewals.support_rate", "rule.renewals_support_rate", source, None, Confidence::Medium)
}

/// Reinstatement as a rate of the licence's price.
pub const fn reinstatement_rate() -> RuleReference {
    let source = "IBM Concert and Rational Test Automation Server price rows: reinstatement / licence 60 %";
    rule("renewals.reinstatement_rate", "rule.renewals_reinstatement_rate", source, None, Confidence::Medium)
}

/// Support of a time gone by is charged again, with an uplift.
pub const fn back_charge() -> RuleReference {
    let source = "https://admodumcompliance.com/blog/ibm/sns-reinstatement (formula unverified)";
    rule("renewals.back_charge", "rule.renewals_back_charge", source, None, Confidence::Low)
}

/// Parts are whole.
pub const fn whole_parts() -> RuleReference {
    ours("renewals.whole_parts", "rule.renewals_whole_parts")
}

/// Each unit is renewed once.
pub const fn units() -> RuleReference {
    ours("renewals.units", "rule.renewals_units")
}

/// What is decided of a line.
pub const fn decided() -> RuleReference {
    rule("renewals.decided", "rule.renewals_decided", LISTED, None, Confidence::High)
}

/// Coverages run to the anniversary.
pub const fn co_termination() -> RuleReference {
    let source = "IBM Passport Advantage programme overview";
    rule("renewals.co_termination", "rule.renewals_co_termination", source, None, Confidence::High)
}

/// A part of a year is paid by the month that has started.
pub const fn proration() -> RuleReference {
    ours("renewals.proration", "rule.renewals_proration")
}

/// How many months one price pays.
pub const fn months() -> RuleReference {
    ours("renewals.months", "rule.renewals_months")
}

const fn ours(id: &'static str, title: &'static str) -> RuleReference {
    rule(id, title, OURS, None, Confidence::Ours)
}

const fn rule(
    id: &'static str,
    title: &'static str,
    source: &'static str,
    since: Option<Date>,
    confidence: Confidence,
) -> RuleReference {
    RuleReference::keyed(id, title, source, since, confidence)
}

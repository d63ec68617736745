//! Quotes beside the forecast: which charges a line of a quote stands for, and what differs
//! (docs/decisions/0063-quotes-beside-the-forecast.md).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Charge, ChargePlace, Forecast, RenewalLine};
use crate::model::money::Currency;
use crate::model::number;
use crate::model::quote_line::QuoteLine;

/// What is offered or expected for a part and a coverage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteOffer {
    /// How many parts.
    pub parts: Decimal,
    /// First day of the coverage; `None` where it is not said.
    pub from: Option<Date>,
    /// Its last day.
    pub to: Option<Date>,
    /// What it costs, as offered or as expected; `None` is not known.
    pub amount: Option<Decimal>,
    /// The currency; blank where it is not known.
    pub currency: Currency,
}

/// A part of a quote, or one that a quote should have, beside what the forecast expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotedPart {
    /// Number of the quote; blank for what no quote has.
    pub quote: String,
    /// Number of the part, in capitals; blank where nothing says which.
    pub part: String,
    /// What it is, as the quote says; else the product.
    pub description: String,
    /// What is offered; `None` for what no quote has.
    pub offered: Option<QuoteOffer>,
    /// What is expected; `None` for what no line needs.
    pub expected: Option<QuoteOffer>,
    /// The charges that are expected.
    pub charges: Vec<ChargePlace>,
    /// What differs.
    pub differences: Vec<QuoteDifference>,
}

/// What differs between a quote and the forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuoteDifference {
    /// No line of the forecast is renewed by this part then.
    NotExpected,
    /// No quote has it, though one has others of the same time.
    NotQuoted,
    /// Another number of parts.
    Quantity,
    /// The coverage starts or ends on another day.
    Coverage,
    /// Another currency.
    Currency,
    /// Another amount.
    Amount,
}

impl QuotedPart {
    /// What is offered less what is expected; `None` where one of them is not known, or their currencies differ.
    pub fn difference(&self) -> Option<Decimal> {
        let (offered, expected) = (self.offered.as_ref()?, self.expected.as_ref()?);
        if offered.currency != expected.currency {
            return None;
        }
        Some(offered.currency.in_full(number::sum(offered.amount?, -expected.amount?)?))
    }
}

/// Quote, part, agreement, site and first day: by which lines of a quote are one.
type QuotedKey<'a> = (&'a str, String, &'a str, &'a str, Option<Date>);

/// A charge with its places.
#[derive(Clone, Copy)]
struct Placed<'a> {
    place: ChargePlace,
    line: &'a RenewalLine,
    charge: &'a Charge,
}

/// The parts of all quotes by quote, part and coverage, each beside what is expected; then what they do not have. Each
/// charge stands beside one part at most.
pub fn compare(quotes: &[Arc<QuoteLine>], forecast: &Forecast) -> Vec<QuotedPart> {
    let charges: Vec<Placed<'_>> =
        forecast.charges().map(|(place, line, charge)| Placed { place, line, charge }).collect();
    let mut groups: BTreeMap<QuotedKey<'_>, Vec<&QuoteLine>> = BTreeMap::new();
    for line in quotes {
        let key = (line.quote.as_str(), line.part(), line.agreement.as_str(), line.site.as_str(), line.ss_start);
        groups.entry(key).or_default().push(line);
    }
    let mut taken: BTreeSet<ChargePlace> = BTreeSet::new();
    let mut compared = Vec::new();
    for ((quote, part, ..), lines) in &groups {
        let Some(first) = lines.first() else { continue };
        let found = matching(first, part, &charges, &taken);
        taken.extend(found.iter().map(|one| one.place));
        compared.push(beside(quote, part, lines, &found));
    }
    let missing = charges.iter().filter(|one| !taken.contains(&one.place) && should_be_quoted(one, quotes));
    compared.extend(missing.map(not_quoted));
    compared
}

/// The charges that a part of a quote stands for: those of its part, agreement and site that start with its coverage, else
/// those whose coverage holds its first day; without a day the next ones.
fn matching<'a>(
    line: &QuoteLine,
    part: &str,
    charges: &[Placed<'a>],
    taken: &BTreeSet<ChargePlace>,
) -> Vec<Placed<'a>> {
    let is = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
    let of_it: Vec<Placed<'_>> = charges
        .iter()
        .filter(|one| !taken.contains(&one.place))
        .filter(|one| one.charge.part.as_deref() == Some(part))
        .filter(|one| is(&line.agreement, &one.line.key.agreement) && is(&line.site, &one.line.key.site))
        .copied()
        .collect();
    let starts = of_it.iter().map(|one| one.charge.from);
    let start = match line.ss_start {
        None => starts.min(),
        Some(day) => {
            let holds = |one: &&Placed<'_>| one.charge.from <= day && day <= one.charge.to;
            let holding = of_it.iter().filter(holds).map(|one| one.charge.from);
            starts.filter(|start| *start == day).chain(holding).next()
        }
    };
    of_it.into_iter().filter(|one| Some(one.charge.from) == start).collect()
}

/// A part of a quote beside the charges that it stands for.
fn beside(quote: &str, part: &str, lines: &[&QuoteLine], charges: &[Placed<'_>]) -> QuotedPart {
    let offered = offered(lines);
    let expected = expected(charges);
    let mut differences = Vec::new();
    match &expected {
        None => differences.push(QuoteDifference::NotExpected),
        Some(expected) => {
            let differ =
                |one: Option<Date>, other: Option<Date>| one.zip(other).is_some_and(|(one, other)| one != other);
            let coverage = differ(offered.from, expected.from) || differ(offered.to, expected.to);
            let amounts = offered.amount.zip(expected.amount);
            let same_currency = offered.currency == expected.currency;
            let found = [
                (offered.parts != expected.parts, QuoteDifference::Quantity),
                (coverage, QuoteDifference::Coverage),
                (!same_currency, QuoteDifference::Currency),
                (
                    // Other parts or days cost something else anyway.
                    same_currency
                        && !coverage
                        && offered.parts == expected.parts
                        && amounts.is_some_and(|(offered, expected)| offered != expected),
                    QuoteDifference::Amount,
                ),
            ];
            differences.extend(found.into_iter().filter(|(differs, _)| *differs).map(|(_, what)| what));
        }
    }
    let named = lines.iter().map(|line| line.description.as_str()).find(|text| !text.is_empty());
    let product = || charges.first().map_or("", |one| one.line.key.product.as_str());
    QuotedPart {
        quote: quote.to_owned(),
        part: part.to_owned(),
        description: named.unwrap_or_else(product).to_owned(),
        offered: Some(offered),
        expected,
        charges: charges.iter().map(|one| one.place).collect(),
        differences,
    }
}

fn offered(lines: &[&QuoteLine]) -> QuoteOffer {
    let first = lines.first();
    let total = |sum: Decimal, line: &&QuoteLine| number::sum(sum, line.total()?);
    let currency = first.map(|line| line.currency()).unwrap_or_default();
    let is_one = lines.iter().all(|line| line.currency() == currency);
    QuoteOffer {
        parts: lines.iter().fold(Decimal::ZERO, |sum, line| sum.saturating_add(line.quantity)),
        from: first.and_then(|line| line.ss_start),
        to: lines.iter().filter_map(|line| line.ss_end).max(),
        amount: lines.iter().try_fold(Decimal::ZERO, total).filter(|_| is_one).map(|amount| currency.in_full(amount)),
        currency,
    }
}

/// What charges that start on one day come to; `None` where there are none.
fn expected(charges: &[Placed<'_>]) -> Option<QuoteOffer> {
    let first = charges.first()?;
    let currency = |one: &Placed<'_>| one.line.key.currency.0.clone().unwrap_or_default();
    let is_one = charges.iter().all(|one| currency(one) == currency(first));
    let total = |sum: Decimal, one: &Placed<'_>| number::sum(sum, one.charge.amount?.expected);
    let currency = currency(first);
    let amount = charges.iter().try_fold(Decimal::ZERO, total).filter(|_| is_one);
    Some(QuoteOffer {
        parts: charges.iter().fold(Decimal::ZERO, |sum, one| sum.saturating_add(one.charge.parts.into())),
        from: Some(first.charge.from),
        to: charges.iter().map(|one| one.charge.to).max(),
        amount: amount.map(|amount| currency.in_full(amount)),
        currency,
    })
}

/// Whether a quote that has parts of the same time, agreement and site should have a charge too.
fn should_be_quoted(one: &Placed<'_>, quotes: &[Arc<QuoteLine>]) -> bool {
    let is = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
    let of_it = quotes.iter().filter(|line| is(&line.agreement, &one.line.key.agreement));
    let starts = of_it.filter(|line| is(&line.site, &one.line.key.site)).filter_map(|line| line.ss_start);
    let (first, last) = starts.fold((None, None), |(first, last): (Option<Date>, Option<Date>), day| {
        (Some(first.map_or(day, |first| first.min(day))), last.max(Some(day)))
    });
    first.is_some_and(|first| first <= one.charge.from) && last.is_some_and(|last| one.charge.from <= last)
}

fn not_quoted(one: &Placed<'_>) -> QuotedPart {
    QuotedPart {
        quote: String::new(),
        part: one.charge.part.clone().unwrap_or_default(),
        description: one.line.key.product.clone(),
        offered: None,
        expected: expected(&[*one]),
        charges: vec![one.place],
        differences: vec![QuoteDifference::NotQuoted],
    }
}

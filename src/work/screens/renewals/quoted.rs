//! Quotes beside the forecast, part by part, and what differs.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::money;
use crate::engine::renewal::quotes::{QuoteDifference, QuoteOffer, QuotedPart};
use crate::engine::renewal::{ChargeScope, Forecast, RenewalFigure};
use crate::model::bound::Bound;
use crate::model::message::{Argument, Message};
use crate::model::number;
use crate::work::blocks::Section;
use crate::work::cell::{Cell, CellRow};

const COLUMNS: [(&str, bool); 9] = [
    ("column.quote", false),
    ("page.quotes.part", false),
    ("page.renewals.from", false),
    ("page.renewals.to", false),
    ("page.renewals.parts", true),
    ("page.quotes.offered", true),
    ("page.renewals.expected", true),
    ("page.quotes.difference", true),
    ("page.quotes.differs", false),
];

/// The table; `None` while there is no quote.
pub(super) fn table(compared: &[QuotedPart], forecast: &Forecast) -> Option<Section> {
    if compared.is_empty() {
        return None;
    }
    let rows = compared.iter().map(|one| row(one, forecast)).collect();
    let mut section = Section::new("page.quotes.title", &COLUMNS, rows);
    section.notes = totals(compared);
    Some(section)
}

fn row(one: &QuotedPart, forecast: &Forecast) -> CellRow {
    let expected = one.expected.as_ref().map_or(Cell::Unknown, |expected| {
        let figure = match one.charges.as_slice() {
            [charge] => RenewalFigure::Charge(*charge),
            charges => {
                let of = ChargeScope::Charges(charges.to_vec());
                RenewalFigure::Total { currency: expected.currency.clone(), year: None, of }
            }
        };
        money(forecast, expected.amount, figure, Bound::Expected)
    });
    let quote = if one.quote.is_empty() { Cell::Unknown } else { one.quote.as_str().into() };
    vec![
        quote,
        Cell::Said(vec![
            Message::new("page.quotes.part_named")
                .with("part", one.part.as_str())
                .with("name", one.description.as_str()),
        ]),
        Cell::Day(coverage(one, |offer| offer.from)),
        Cell::Day(coverage(one, |offer| offer.to)),
        parts(one),
        one.offered.as_ref().map_or(Cell::Unknown, |offer| Cell::Money(offer.amount, None)),
        expected,
        if one.offered.is_some() && one.expected.is_some() {
            Cell::Money(one.difference(), None)
        } else {
            Cell::Unknown
        },
        Cell::Said(differences(one)),
    ]
}

/// A day of the coverage, as offered; else as expected.
fn coverage(one: &QuotedPart, day: impl Fn(&QuoteOffer) -> Option<Date>) -> Option<Date> {
    [&one.offered, &one.expected].into_iter().flatten().find_map(day)
}

fn parts(one: &QuotedPart) -> Cell {
    let parts = |offer: &Option<QuoteOffer>| offer.as_ref().map(|offer| offer.parts);
    parts(&one.offered).or(parts(&one.expected)).into()
}

/// What differs, in words with both values.
fn differences(one: &QuotedPart) -> Vec<Message> {
    if one.differences.is_empty() {
        let is_known = one.expected.as_ref().is_some_and(|expected| expected.amount.is_some());
        return vec![Message::new(if is_known { "page.quotes.same" } else { "page.quotes.price_missing" })];
    }
    let said = |difference: &QuoteDifference| match (difference, &one.offered, &one.expected) {
        (QuoteDifference::NotExpected, _, _) => Message::new("page.quotes.not_expected"),
        (QuoteDifference::NotQuoted, _, _) => Message::new("page.quotes.not_quoted"),
        (QuoteDifference::Quantity, Some(offered), Some(expected)) => {
            Message::new("page.quotes.quantity").with("offered", offered.parts).with("expected", expected.parts)
        }
        (QuoteDifference::Coverage, _, Some(QuoteOffer { from: Some(from), to: Some(to), .. })) => {
            Message::new("page.quotes.other_coverage").with("from", *from).with("to", *to)
        }
        (QuoteDifference::Currency, _, Some(expected)) => {
            Message::new("page.quotes.currency").with("currency", expected.currency.code())
        }
        (
            QuoteDifference::Amount,
            Some(QuoteOffer { amount: Some(offered), .. }),
            Some(QuoteOffer { amount: Some(expected), .. }),
        ) if offered > expected => Message::new("page.quotes.dearer"),
        (QuoteDifference::Amount, _, _) => Message::new("page.quotes.cheaper"),
        (QuoteDifference::Quantity | QuoteDifference::Coverage | QuoteDifference::Currency, _, _) => {
            Message::new("page.not_known")
        }
    };
    one.differences.iter().map(said).collect()
}

/// What the parts of a quote come to, and what is expected of them; `None` where one of them is not known.
struct QuoteTotal<'a> {
    quote: &'a str,
    currency: &'a str,
    offered: Option<Decimal>,
    expected: Option<Decimal>,
}

/// What each quote comes to beside what is expected of the same parts, by currency.
fn totals(compared: &[QuotedPart]) -> Vec<Message> {
    let mut totals: Vec<QuoteTotal<'_>> = Vec::new();
    for one in compared {
        let Some(offered) = &one.offered else { continue };
        let (quote, currency) = (one.quote.as_str(), offered.currency.code());
        let expected = one.expected.as_ref().and_then(|expected| expected.amount);
        // The parts of a quote stand together.
        match totals.iter_mut().find(|total| (total.quote, total.currency) == (quote, currency)) {
            Some(total) => {
                let add = |sum: Option<Decimal>, amount: Option<Decimal>| {
                    Some(offered.currency.in_full(number::sum(sum?, amount?)?))
                };
                total.offered = add(total.offered, offered.amount);
                total.expected = add(total.expected, expected);
            }
            None => totals.push(QuoteTotal { quote, currency, offered: offered.amount, expected }),
        }
    }
    let said = |total: QuoteTotal<'_>| {
        let money = |amount: Option<Decimal>| {
            amount.map_or_else(|| Argument::from(Message::new("page.not_known")), Argument::Money)
        };
        let told = Message::new("page.quotes.total").with("quote", total.quote).with("currency", total.currency);
        told.with("offered", money(total.offered)).with("expected", money(total.expected))
    };
    totals.into_iter().map(said).collect()
}

//! The forecast of renewals as a workbook that calculates (semantics of money, section 12): what a reviewer changes of
//! prices, percentages, caps, parts and rates changes all that follows.
//!
//! | sheet | what it has |
//! |---|---|
//! | `summary` | what it amounts to by year and currency, and what decisions change |
//! | `lines` | what is renewed, each with the sum of its charges |
//! | `charges` | each charge, as a product that is rounded once |
//! | `index` | what prices rise by |
//! | `assumptions` | what is assumed, by whom |

mod assumptions;
mod charges;
mod index;
mod lines;
mod summary;
pub mod words;

use rust_decimal::Decimal;

use super::formula::TablePlace;
use super::{ReportCell, ReportSheet, ReportTable};
use crate::engine::renewal::{Charge, Forecast, PriceRises, Priced, RenewalLine, RenewalQuery, price_rises};
use crate::model::assumption::{Assumption, Estimate};
use crate::model::message::{Message, Words};
use crate::model::money::Currency;

// The places of the sheets that formulas name; before the last one stand the assumptions.
const SUMMARY: usize = 0;
const LINES: usize = 1;
const CHARGES: usize = 2;
const INDEX: usize = 3;
const IF_RENEWED: usize = 5;

/// The sheets of a forecast, made by this query for an estate of this name.
pub fn sheets(query: RenewalQuery<'_>, forecast: &Forecast, estate: &str, words: &impl Words) -> Vec<ReportSheet> {
    let placed = || forecast.lines.iter().enumerate();
    let charge = |place, line, charge| LineCharge { place, line, charge, index: None, like: None };
    let decided = placed().flat_map(|(at, line)| line.charges.iter().map(move |one| charge(at, line, one)));
    let renewed =
        placed().flat_map(|(at, line)| line.if_renewed.iter().flatten().map(move |one| charge(at, line, one)));
    let (mut charges, mut if_renewed): (Vec<_>, Vec<_>) = (decided.collect(), renewed.collect());
    let rises = price_rises(query, charges.iter().chain(&if_renewed).map(|one| (one.line, one.charge)));
    for (charge, index) in charges.iter_mut().chain(&mut if_renewed).zip(&rises.of_charges) {
        charge.index = *index;
    }
    for renewed in &mut if_renewed {
        let first = charges.partition_point(|decided| decided.place < renewed.place);
        let mut of_line =
            (first..).zip(charges.iter().skip(first)).take_while(|(_, decided)| decided.place == renewed.place);
        renewed.like = of_line.find(|(_, decided)| renewed.is_priced_like(decided)).map(|(row, _)| row);
    }
    let book = ForecastBook { query, forecast, estate, rises: &rises, charges, if_renewed, words };
    let mut sheets = Vec::with_capacity(IF_RENEWED.saturating_add(1));
    // In the order of their places.
    sheets.push(book.summary());
    sheets.push(ReportSheet::of(book.lines()));
    sheets.push(ReportSheet::of(book.charges(CHARGES, "report.charges", &book.charges)));
    sheets.push(book.index());
    sheets.push(ReportSheet::of(book.assumptions()));
    if !book.if_renewed.is_empty() {
        sheets.push(ReportSheet::of(book.charges(IF_RENEWED, "report.if_renewed", &book.if_renewed)));
    }
    sheets
}

/// What a forecast assumes, as its workbook tells it.
pub fn assumed(query: RenewalQuery<'_>, forecast: &Forecast, words: &impl Words) -> ReportTable {
    let rises = price_rises(query, std::iter::empty());
    let (charges, if_renewed) = (Vec::new(), Vec::new());
    ForecastBook { query, forecast, estate: "", rises: &rises, charges, if_renewed, words }.assumptions()
}

/// A charge, and whose it is.
#[derive(Clone, Copy)]
struct LineCharge<'a> {
    /// The place of its line.
    place: usize,
    line: &'a RenewalLine,
    charge: &'a Charge,
    /// The place of its index.
    index: Option<usize>,
    /// Of what would be charged otherwise: the place of the charge that is priced alike.
    like: Option<usize>,
}

impl LineCharge<'_> {
    /// Whether another charge of its line is for the same time at the same price.
    fn is_priced_like(&self, other: &Self) -> bool {
        let (Some(one), Some(another)) = (&self.charge.priced, &other.charge.priced) else { return false };
        let time = |of: &Self| (of.charge.from, of.charge.kind);
        let terms = |of: &Priced| {
            (of.offered.basis, of.offered.is_capped, of.offered.row.price, of.assumed.rate, of.assumed.discount)
        };
        time(self) == time(other) && self.charge.part == other.charge.part && terms(one) == terms(another)
    }
}

/// What the sheets are made of.
struct ForecastBook<'a, W> {
    query: RenewalQuery<'a>,
    forecast: &'a Forecast,
    /// The name of the estate; blank where it has none.
    estate: &'a str,
    rises: &'a PriceRises,
    charges: Vec<LineCharge<'a>>,
    /// What the lines that are decided otherwise would cost if they were renewed.
    if_renewed: Vec<LineCharge<'a>>,
    words: &'a W,
}

impl<W: Words> ForecastBook<'_, W> {
    fn say(&self, key: &'static str) -> String {
        self.words.say(&Message::new(key))
    }

    fn word(&self, key: &'static str) -> ReportCell {
        self.say(key).into()
    }

    /// Not known, because of this.
    fn unknown(&self, key: &'static str) -> ReportCell {
        ReportCell::Unknown(self.say(key))
    }

    fn table(&self, title: &'static str, header: &[&'static str], rows: Vec<Vec<ReportCell>>) -> ReportTable {
        let header = header.iter().map(|key| self.say(key)).collect();
        ReportTable { title: self.say(title), header, rows, ..ReportTable::default() }
    }

    /// A total, not known where nothing of it is.
    fn total(&self, amount: Option<Decimal>, currency: Option<&Currency>) -> ReportCell {
        amount.map_or_else(|| self.unknown("report.nothing_known"), |amount| ReportCell::money(amount, currency))
    }

    /// Where an assumption stands.
    fn source(&self, line: &Assumption) -> String {
        if line.row == 0 { self.say("report.typed") } else { format!("{}:{}", line.file, line.row) }
    }
}

/// The first table of a sheet.
const fn only_table(sheet: usize) -> TablePlace {
    TablePlace { sheet, table: 0 }
}

/// What charges add up to as far as they are known; `None` where nothing is.
fn known_sum<'c>(charges: impl IntoIterator<Item = &'c Charge>) -> Option<Estimate<Decimal>> {
    let known = charges.into_iter().filter_map(|charge| charge.amount);
    known.reduce(|sum, amount| sum.with(amount, Decimal::saturating_add))
}

/// The code of a currency; nothing where it is blank or not known, which are alike to a reader.
fn code(currency: Option<&Currency>) -> ReportCell {
    currency.filter(|currency| !currency.is_blank()).map_or(ReportCell::Blank, |currency| currency.code().into())
}

/// A text; nothing where it is blank.
fn text(text: &str) -> ReportCell {
    if text.is_empty() { ReportCell::Blank } else { text.into() }
}

/// The number of what stands at a place.
fn numbered(place: usize) -> ReportCell {
    ReportCell::Number(Decimal::from(place).saturating_add(Decimal::ONE))
}

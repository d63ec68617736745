//! The first sheet: what the forecast amounts to.

use rust_decimal::Decimal;

use super::charges::ChargeColumn;
use super::lines::{number_of, sum_of_line};
use super::words::{by_example, decision_word};
use super::{CHARGES, ForecastBook, IF_RENEWED, SUMMARY, code, numbered};
use crate::engine::renewal::{
    Charge, ChargeTotal, Converted, ConvertedYear, ExchangeRate, RenewalLine, exchange_rates,
};
use crate::model::bound::Bound;
use crate::model::message::Words;
use crate::model::money::Currency;
use crate::report::formula::{CellRange, Formula, TablePlace};
use crate::report::{ReportCell, ReportSheet, ReportTable};

const TOTALS: TablePlace = TablePlace { sheet: SUMMARY, table: 1 };
const CONVERTED: TablePlace = TablePlace { sheet: SUMMARY, table: 2 };
const RATES: TablePlace = TablePlace { sheet: SUMMARY, table: 3 };

const TOTAL_COLUMNS: [&str; 7] = [
    "column.currency",
    "page.renewals.year",
    "page.renewals.low",
    "page.renewals.expected",
    "page.renewals.high",
    "page.renewals.not_known",
    "report.change",
];
const CONVERTED_COLUMNS: [&str; 7] = TOTAL_COLUMNS;
const RATE_COLUMNS: [&str; 4] = ["column.currency", "report.into", "report.exchange_rate", "page.renewals.source"];
const DECISION_COLUMNS: [&str; 7] = [
    "column.currency",
    "page.renewals.line",
    "report.as_decided",
    "report.if_renewed",
    "report.against_renewing",
    "column.decision",
    "column.product",
];

/// The first of the three amounts of a row.
const AMOUNTS: usize = 2;
const EXPECTED: usize = 3;
/// What a decision changes, in its row.
const CHANGE: usize = 4;
/// The rate of exchange in its row.
const RATE: usize = 2;

/// A row of the totals.
#[derive(Clone, Copy)]
struct TotalRow<'a> {
    total: &'a ChargeTotal,
    /// `None` for all years.
    year: Option<i16>,
}

impl<W: Words> ForecastBook<'_, W> {
    pub(super) fn summary(&self) -> ReportSheet {
        let mut tables = vec![self.facts(), self.totals()];
        if let Some(converted) = &self.forecast.converted {
            let rates = exchange_rates(self.query, self.forecast);
            tables.push(self.converted(converted, &rates));
            tables.push(self.rates(converted, &rates));
        }
        let decided = self.decided();
        if !decided.rows.is_empty() {
            tables.push(decided);
        }
        ReportSheet { title: self.say("report.summary"), tables }
    }

    fn facts(&self) -> ReportTable {
        let fact = |key, value| vec![self.word(key), value];
        let mut rows = Vec::new();
        if !self.estate.is_empty() {
            rows.push(fact("report.estate", self.estate.into()));
        }
        rows.push(fact("report.day", ReportCell::Day(self.forecast.on)));
        rows.push(fact("report.until", ReportCell::Day(self.forecast.to)));
        rows.push(vec![self.word("report.no_offer")]);
        let examples = self.forecast.charges_by_example(None);
        if examples > 0 {
            rows.push(vec![self.words.say(&by_example(examples)).into()]);
        }
        rows.push(vec![self.word("report.blue")]);
        rows.push(vec![self.word("report.unknown_left_out")]);
        self.table("report.renewals", &[], rows)
    }

    /// Year by year, and all years, by currency.
    fn total_rows(&self) -> Vec<TotalRow<'_>> {
        let mut rows = Vec::new();
        for sum in &self.forecast.sums {
            let years = self.forecast.totals.iter().filter(|of_year| of_year.total.currency == sum.currency);
            rows.extend(years.map(|of_year| TotalRow { total: &of_year.total, year: Some(of_year.year) }));
            rows.push(TotalRow { total: sum, year: None });
        }
        rows
    }

    fn totals(&self) -> ReportTable {
        let rows = self.total_rows();
        let total_rows = (0..).zip(&rows).filter(|(_, row)| row.year.is_none()).map(|(place, _)| place).collect();
        let cells = rows.iter().enumerate().map(|(place, row)| {
            let currency = row.total.currency.as_ref();
            let amounts = Bound::ALL.map(|bound| {
                let amount = self.total(row.total.amount.map(|amount| amount.of(bound)), currency);
                match self.total_formula(&rows, place, bound) {
                    Some(formula) if row.total.amount.is_some() => amount.by(formula),
                    Some(_) | None => amount,
                }
            });
            let mut cells = vec![self.currency(currency), self.year(row.year)];
            cells.extend(amounts);
            cells.push(ReportCell::Number(Decimal::from(row.total.unknown)));
            cells.push(change(&rows, place).unwrap_or_default());
            cells
        });
        ReportTable { total_rows, ..self.table("report.totals", &TOTAL_COLUMNS, cells.collect()) }
    }

    /// The code of a currency.
    fn currency(&self, currency: Option<&Currency>) -> ReportCell {
        if currency.is_none() { self.word("report.not_known") } else { code(currency) }
    }

    fn year(&self, year: Option<i16>) -> ReportCell {
        year.map_or_else(|| self.word("page.renewals.all_years"), ReportCell::Year)
    }

    /// The charges of a year, or the years above.
    fn total_formula(&self, rows: &[TotalRow<'_>], place: usize, bound: Bound) -> Option<Formula> {
        if rows.get(place)?.year.is_none() {
            let years = rows.iter().take(place).rev().take_while(|row| row.year.is_some()).count();
            let first = TOTALS.cell(place.checked_sub(years)?, column(bound));
            return Some(Formula::Sum(CellRange { first, last: place.checked_sub(1)? }));
        }
        let cells = |column: ChargeColumn| column.cells(CHARGES, self.charges.len());
        Some(Formula::SumOfLike {
            amounts: cells(ChargeColumn::Amount(bound))?,
            like: vec![
                (cells(ChargeColumn::Currency)?, TOTALS.cell(place, 0)),
                (cells(ChargeColumn::Year)?, TOTALS.cell(place, 1)),
            ],
        })
    }

    fn converted(&self, converted: &Converted, rates: &[ExchangeRate]) -> ReportTable {
        let totals = self.total_rows();
        let mut before: Option<&ConvertedYear> = None;
        let mut rows = Vec::new();
        for (place, of_year) in converted.totals.iter().enumerate() {
            let amounts = Bound::ALL.map(|bound| {
                let amount = of_year.amount.map(|amount| amount.of(bound));
                let formula = converted_formula(&totals, rates, &converted.currency, of_year.year, bound);
                let cell = amount.map(|amount| ReportCell::money(amount, Some(&converted.currency)));
                let cell = cell.zip(formula).map(|(cell, formula)| cell.by(formula));
                cell.unwrap_or_else(|| self.unknown("report.rate_missing"))
            });
            let known = before.and_then(|before| before.amount).zip(of_year.amount);
            let change = known.and_then(|(before, now)| now.expected.checked_sub(before.expected)).map(|change| {
                let above = CONVERTED.cell(place.saturating_sub(1), EXPECTED);
                let formula = Formula::from(CONVERTED.cell(place, EXPECTED)) - above;
                ReportCell::money(change, Some(&converted.currency)).by(formula)
            });
            let mut cells = vec![code(Some(&converted.currency)), ReportCell::Year(of_year.year)];
            cells.extend(amounts);
            cells.push(ReportCell::Number(Decimal::from(of_year.unknown)));
            cells.push(change.unwrap_or_default());
            rows.push(cells);
            before = Some(of_year);
        }
        self.table("report.converted", &CONVERTED_COLUMNS, rows)
    }

    fn rates(&self, converted: &Converted, rates: &[ExchangeRate]) -> ReportTable {
        let rows = rates.iter().map(|rate| {
            let is_own = rate.currency == converted.currency;
            let number = rate.rate.map_or_else(|| self.unknown("report.rate_missing"), ReportCell::Number);
            let number = if is_own { number } else { number.changeable() };
            let source = rate.by.as_ref().map_or(ReportCell::Blank, |line| self.source(line).into());
            vec![self.currency(Some(&rate.currency)), code(Some(&converted.currency)), number, source]
        });
        self.table("report.rates", &RATE_COLUMNS, rows.collect())
    }

    /// What each decision changes in all years, as expected.
    fn decided(&self) -> ReportTable {
        let lines = self.forecast.lines.iter().enumerate();
        let decided: Vec<_> = lines.filter(|(_, line)| line.if_renewed.is_some()).collect();
        let place = TablePlace { table: if self.forecast.converted.is_some() { 4 } else { 2 }, ..TOTALS };
        let mut rows: Vec<Vec<ReportCell>> = Vec::new();
        for (at, line) in &decided {
            rows.push(self.decision(place, rows.len(), *at, line));
        }
        let mut total_rows = Vec::new();
        for sum in &self.forecast.sums {
            let of_it = decided.iter().filter(|(_, line)| line.key.currency.0 == sum.currency);
            let changes: Vec<Option<Decimal>> = of_it.map(|(_, line)| against_renewing(line)).collect();
            let (Some(_), Some(changes)) = (changes.first(), changes.iter().copied().sum::<Option<Decimal>>()) else {
                continue;
            };
            let at = rows.len();
            let like = place.column(0, decided.len()).map(|currencies| vec![(currencies, place.cell(at, 0))]);
            let formula = like.zip(place.column(CHANGE, decided.len()));
            let change = ReportCell::money(changes, sum.currency.as_ref());
            let change = match formula {
                Some((like, amounts)) => change.by(Formula::SumOfLike { amounts, like }),
                None => change,
            };
            total_rows.push(at);
            let blank = || ReportCell::Blank;
            let currency = self.currency(sum.currency.as_ref());
            rows.push(vec![currency, self.word("report.all_decisions"), blank(), blank(), change, blank(), blank()]);
        }
        ReportTable { total_rows, ..self.table("report.decisions", &DECISION_COLUMNS, rows) }
    }

    fn decision(&self, table: TablePlace, row: usize, place: usize, line: &RenewalLine) -> Vec<ReportCell> {
        let currency = line.key.currency.0.as_ref();
        let amount = |charges: &[_], sheet, rows| {
            let sum = expected(charges).map(|sum| ReportCell::money(sum, currency));
            let sum = sum.unwrap_or_else(|| self.unknown("report.charge_unknown"));
            match sum_of_line(sheet, rows, place, Bound::Expected) {
                Some(formula) if !matches!(sum, ReportCell::Unknown(_)) => sum.by(formula),
                Some(_) | None => sum,
            }
        };
        let renewed = line.if_renewed.as_deref().unwrap_or_default();
        let change = against_renewing(line).map(|change| {
            let formula = Formula::from(table.cell(row, AMOUNTS)) - table.cell(row, EXPECTED);
            ReportCell::money(change, currency).by(formula)
        });
        vec![
            code(currency),
            numbered(place).by(number_of(place).into()),
            amount(&line.charges, CHARGES, self.charges.len()),
            amount(renewed, IF_RENEWED, self.if_renewed.len()),
            change.unwrap_or_else(|| self.unknown("report.charge_unknown")),
            line.decision.map_or(ReportCell::Blank, |decision| self.word(decision_word(decision))),
            line.key.product.as_str().into(),
        ]
    }
}

/// What is expected more than in the year before.
fn change(rows: &[TotalRow<'_>], place: usize) -> Option<ReportCell> {
    let before = place.checked_sub(1)?;
    let (row, last) = (rows.get(place)?, rows.get(before)?);
    last.year.filter(|year| row.year == Some(year.saturating_add(1)))?;
    let change = row.total.amount?.expected.checked_sub(last.total.amount?.expected)?;
    let formula = Formula::from(TOTALS.cell(place, EXPECTED)) - TOTALS.cell(before, EXPECTED);
    Some(ReportCell::money(change, row.total.currency.as_ref()).by(formula))
}

const fn column(bound: Bound) -> usize {
    match bound {
        Bound::Low => AMOUNTS,
        Bound::Expected => EXPECTED,
        Bound::High => CHANGE,
    }
}

/// The totals of a year in each currency, converted and rounded one by one.
fn converted_formula(
    totals: &[TotalRow<'_>],
    rates: &[ExchangeRate],
    into: &Currency,
    year: i16,
    bound: Bound,
) -> Option<Formula> {
    let known = totals.iter().enumerate().filter(|(_, row)| row.year == Some(year) && row.total.amount.is_some());
    let converted = known.filter_map(|(place, row)| {
        let total = Formula::from(TOTALS.cell(place, column(bound)));
        let currency = row.total.currency.as_ref()?;
        if currency == into {
            return Some(total);
        }
        let rate = rates.iter().position(|rate| rate.currency == *currency)?;
        Some((total * RATES.cell(rate, RATE)).rounded(into.decimals()))
    });
    converted.reduce(|sum, converted| sum + converted)
}

/// What charges are expected to come to; `None` where one of them is not known.
fn expected<'c>(charges: impl IntoIterator<Item = &'c Charge>) -> Option<Decimal> {
    charges.into_iter().map(|charge| charge.amount.map(|amount| amount.expected)).sum()
}

/// What a decision changes of what is expected.
fn against_renewing(line: &RenewalLine) -> Option<Decimal> {
    expected(&line.charges)?.checked_sub(expected(line.if_renewed.as_deref()?)?)
}

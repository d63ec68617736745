//! The sheet of lines: what is renewed, and what that costs in all years.

use rust_decimal::Decimal;

use super::charges::ChargeColumn;
use super::words::{decision_word, renewal_word, status_word};
use super::{CHARGES, ForecastBook, LINES, code, known_sum, numbered, only_table, text};
use crate::engine::renewal::{Gaps, RenewalLine};
use crate::model::bound::Bound;
use crate::model::message::Words;
use crate::report::formula::{CellPlace, Formula};
use crate::report::{ReportCell, ReportTable};

const COLUMNS: [&str; 22] = [
    "page.renewals.line",
    "column.product",
    "column.agreement",
    "column.site",
    "column.metric",
    "report.renewed",
    "column.standing",
    "page.renewals.ends",
    "page.renewals.units",
    "report.kept",
    "column.renewal_part",
    "report.licence_part",
    "column.decision",
    "report.frozen_on",
    "report.break_even",
    "report.gap_in_months",
    "column.currency",
    "page.renewals.low",
    "page.renewals.expected",
    "page.renewals.high",
    "report.charges_unknown",
    "report.ledger_lines",
];

/// Number and product stay in view.
const KEPT: u16 = 2;

/// The cell with the number of the line at a place.
pub(super) const fn number_of(place: usize) -> CellPlace {
    only_table(LINES).cell(place, 0)
}

impl<W: Words> ForecastBook<'_, W> {
    pub(super) fn lines(&self) -> ReportTable {
        let gaps = Gaps::of(self.forecast);
        let rows = self.forecast.lines.iter().enumerate().map(|(place, line)| self.line(place, line, &gaps));
        let table = self.table("page.renewals.lines", &COLUMNS, rows.collect());
        ReportTable { kept_columns: KEPT, ..table }
    }

    fn line(&self, place: usize, line: &RenewalLine, gaps: &Gaps<'_>) -> Vec<ReportCell> {
        let key = &line.key;
        let currency = key.currency.0.as_ref();
        let optional = |part: Option<&String>| part.map_or(ReportCell::Blank, |part| text(part));
        let known = known_sum(&line.charges);
        let amounts = Bound::ALL.map(|bound| {
            if line.charges.is_empty() {
                return ReportCell::Blank;
            }
            let amount = self.total(known.map(|known| known.of(bound)), currency);
            match sum_of_line(CHARGES, self.charges.len(), place, bound) {
                Some(sum) if known.is_some() => amount.by(sum),
                Some(_) | None => amount,
            }
        });
        let unknown = line.charges.iter().filter(|charge| charge.amount.is_none()).count();
        let ledger = line.renewable.lines.iter().filter(|line| line.row > 0);
        let ledger: Vec<String> = ledger.map(|line| format!("{}:{}", line.file, line.row)).collect();
        let ends = key.ends.0.map_or(ReportCell::Blank, ReportCell::Day);
        let mut cells = vec![
            numbered(place),
            key.product.as_str().into(),
            text(&key.agreement),
            text(&key.site),
            text(&key.metric),
            self.word(renewal_word(key.kind)),
            self.word(status_word(key.status)),
            ends,
            ReportCell::Number(line.renewable.units),
            ReportCell::Number(line.kept),
            optional(key.renewal_part.0.as_ref()),
            optional(key.licence_part.0.as_ref()),
            line.decision.map_or(ReportCell::Blank, |decision| self.word(decision_word(decision))),
            line.frozen_on.into(),
            line.break_even.map_or(ReportCell::Blank, ReportCell::Year),
            gaps.in_months(line).into(),
            code(currency),
        ];
        cells.extend(amounts);
        cells.push(ReportCell::Number(Decimal::from(unknown)));
        cells.push(text(&ledger.join(", ")));
        cells
    }
}

/// What the charges of a line on a sheet with so many of them add up to; `None` where it has none at all.
pub(super) fn sum_of_line(sheet: usize, rows: usize, place: usize, bound: Bound) -> Option<Formula> {
    let amounts = ChargeColumn::Amount(bound).cells(sheet, rows)?;
    let numbers = ChargeColumn::Line.cells(sheet, rows)?;
    Some(Formula::SumOfNumber { amounts, numbers, number: number_of(place) })
}

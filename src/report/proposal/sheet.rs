//! A proposal as a sheet of a workbook.

use rust_decimal::Decimal;

use super::{Proposal, ProposedAgreement, ProposedCharge, times_said};
use crate::model::message::{Message, Words};
use crate::report::forecast::words::{by_example, charge_word, level_said};
use crate::report::formula::{CellRange, Formula, TablePlace};
use crate::report::{ReportCell, ReportSheet, ReportTable};

/// Keys of the headers of the charges.
const CHARGES: [&str; 14] = [
    "column.agreement",
    "column.site",
    "column.part_number",
    "column.description",
    "page.renewals.type",
    "page.renewals.from",
    "page.renewals.to",
    "column.level",
    "page.renewals.parts",
    "report.times",
    "report.unit_price",
    "report.amount",
    "column.currency",
    "report.notes",
];
/// The places of amount and currency among them.
const AMOUNT: usize = 11;
const CURRENCY: usize = 12;

const TOTALS: [&str; 3] = ["column.currency", "report.amount", "page.renewals.not_known"];

/// The sheet: what is proposed to whom, its charges, what they add up to, and what is assumed.
pub fn sheet(proposal: &Proposal, assumed: ReportTable, words: &impl Words) -> ReportSheet {
    let paper = ProposalSheet { proposal, words };
    let tables = vec![paper.facts(), paper.charges(), paper.totals(), assumed];
    ReportSheet { title: paper.say("report.proposal"), tables }
}

struct ProposalSheet<'a, W> {
    proposal: &'a Proposal,
    words: &'a W,
}

impl<W: Words> ProposalSheet<'_, W> {
    fn say(&self, key: &'static str) -> String {
        self.words.say(&Message::new(key))
    }

    fn table(&self, title: &'static str, header: &[&'static str], rows: Vec<Vec<ReportCell>>) -> ReportTable {
        let header = header.iter().map(|key| self.say(key)).collect();
        ReportTable { title: self.say(title), header, rows, ..ReportTable::default() }
    }

    fn facts(&self) -> ReportTable {
        let Proposal { terms, customer, day, year, agreements, .. } = self.proposal;
        let fact = |key, value: ReportCell| vec![self.say(key).into(), value];
        let given = |text: &str| if text.is_empty() { self.say("report.not_stated").into() } else { text.into() };
        let mut rows = vec![
            fact("report.proposal_number", given(&terms.number)),
            fact("report.proposal_day", ReportCell::Day(*day)),
            fact("report.valid_until", terms.valid_until.map_or_else(|| given(""), ReportCell::Day)),
            fact("report.customer", given(customer)),
            fact("report.proposal_year", ReportCell::Year(*year)),
        ];
        for one in agreements {
            rows.push(fact("column.agreement", given(&one.agreement)));
            rows.push(fact("report.sites", given(&one.sites.join(", "))));
            let level = |(level, basis)| fact("column.level", self.words.say(&level_said(level, basis)).into());
            rows.extend(one.levels.iter().copied().map(level));
        }
        rows.push(vec![self.say("report.no_offer").into()]);
        let examples = self.proposal.by_example();
        if examples > 0 {
            rows.push(vec![self.words.say(&by_example(examples)).into()]);
        }
        self.table("report.proposal", &[], rows)
    }

    fn charges(&self) -> ReportTable {
        let each = self.proposal.agreements.iter().flat_map(|one| one.charges.iter().map(move |charge| (one, charge)));
        let rows = each.map(|(agreement, charge)| self.charge(agreement, charge)).collect();
        self.table("report.charges", &CHARGES, rows)
    }

    fn charge(&self, of: &ProposedAgreement, charge: &ProposedCharge) -> Vec<ReportCell> {
        let why = charge.missing.as_ref().map(|why| self.words.say(why));
        let unknown = || why.clone().map_or(ReportCell::Blank, ReportCell::Unknown);
        let text = |text: &str| if text.is_empty() { ReportCell::Blank } else { text.into() };
        let amount = charge.amount.map(|amount| ReportCell::money(amount, charge.currency.as_ref()));
        let currency = charge.currency.as_ref().map_or("", |currency| currency.code());
        let described = if charge.description.is_empty() { &charge.product } else { &charge.description };
        vec![
            text(&of.agreement),
            text(&charge.site),
            text(charge.part.as_deref().unwrap_or_default()),
            text(described),
            self.say(charge_word(charge.kind)).into(),
            ReportCell::Day(charge.from),
            ReportCell::Day(charge.to),
            charge.level.name().into(),
            ReportCell::Number(charge.parts.into()),
            times_said(charge.times).into(),
            charge.unit_price.map_or_else(unknown, |price| ReportCell::Fixed { number: price, decimals: 6 }),
            amount.unwrap_or_else(unknown),
            text(currency),
            charge
                .missing
                .as_ref()
                .or(charge.example.as_ref())
                .map_or(ReportCell::Blank, |note| self.words.say(note).into()),
        ]
    }

    /// By currency, added by the sheet itself.
    fn totals(&self) -> ReportTable {
        let (charges, totals) = (TablePlace { sheet: 0, table: 1 }, TablePlace { sheet: 0, table: 2 });
        let count = self.proposal.agreements.iter().map(|one| one.charges.len()).sum();
        let column = |column| -> Option<CellRange> { charges.column(column, count) };
        let rows = self.proposal.totals.iter().enumerate().map(|(row, total)| {
            let currency = total.currency.as_ref();
            let sum = total.amount.map(|amount| ReportCell::money(amount.expected, currency));
            let like = column(CURRENCY).map(|currencies| vec![(currencies, totals.cell(row, 0))]);
            let sum = match (sum, column(AMOUNT).zip(like)) {
                (Some(sum), Some((amounts, like))) => sum.by(Formula::SumOfLike { amounts, like }),
                (Some(sum), None) => sum,
                (None, _) => ReportCell::Unknown(self.say("report.nothing_known")),
            };
            let code = currency.filter(|currency| !currency.is_blank());
            let code = code.map_or(ReportCell::Blank, |currency| currency.code().into());
            vec![code, sum, ReportCell::Number(Decimal::from(total.unknown))]
        });
        self.table("report.totals_by_currency", &TOTALS, rows.collect())
    }
}

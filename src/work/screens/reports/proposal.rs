//! The proposal on the page: what is written on it, its charges, what they add up to, and what is assumed.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{forecast_on, nothing};
use crate::engine::renewal::{ChargeScope, ChargeTotal, Forecast};
use crate::model::assumption::Assumption;
use crate::model::bound::Bound;
use crate::model::message::Message;
use crate::report::forecast::words::{by_example, charge_word, level_said};
use crate::report::proposal::{Proposal, ProposalQuery, ProposedAgreement, ProposedCharge, proposal, times_said};
use crate::work::blocks::{Block, FieldInput, Form, FormField, Section, Sets};
use crate::work::cell::{Cell, CellRow};
use crate::work::report_view::ReportView;
use crate::work::screen_query::ScreenQuery;
use crate::work::screens::OpenWorkspace;
use crate::work::screens::renewals::{ask, assumed, total_money};
use crate::work::setting::Setting;

/// The argument that names the year.
const YEAR: &str = "year";
/// The argument that names the agreement: its number behind this sign, so that a blank number is one too.
const AGREEMENT: &str = "agreement";
const NUMBER_SIGN: char = '=';

const FACTS: [(&str, bool); 2] = [("page.reports.about", false), ("page.reports.stated", false)];
const CHARGES: [(&str, bool); 10] = [
    ("column.part_number", false),
    ("column.description", false),
    ("column.site", false),
    ("page.renewals.from", false),
    ("page.renewals.to", false),
    ("column.level", false),
    ("page.renewals.parts", true),
    ("report.times", true),
    ("report.unit_price", true),
    ("report.amount", true),
];
const ASSUMPTIONS: [(&str, bool); 7] = [
    ("page.renewals.assumption", false),
    ("column.scope", false),
    ("page.renewals.from", false),
    ("page.renewals.low", true),
    ("page.renewals.expected", true),
    ("page.renewals.high", true),
    ("column.reason", false),
];
const TOTALS: [(&str, bool); 3] =
    [("column.currency", false), ("report.amount", true), ("page.renewals.not_known", true)];

/// The blocks; a sentence while nothing is owned.
pub(super) fn blocks(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Block> {
    let Some(forecast) = forecast_on(open, query.today) else {
        return vec![Block::Note(Message::new(nothing(ReportView::Proposal)))];
    };
    let proposal = of(open, query, &forecast);
    let mut blocks = vec![Block::Form(form(&proposal, &forecast, query)), Block::Table(facts(&proposal))];
    blocks.extend(proposal.agreements.iter().map(|one| Block::Table(charges(one, &forecast))));
    if proposal.agreements.is_empty() {
        blocks.push(Block::Note(Message::new("page.reports.nothing_proposed").with("year", proposal.year.to_string())));
    } else {
        blocks.push(Block::Table(totals(&proposal, &forecast, asked_agreement(query))));
    }
    blocks.extend(own_assumptions(&forecast).map(Block::Table));
    blocks.push(Block::Table(Section { notes: Vec::new(), ..assumed::table(&forecast) }));
    blocks.push(Block::Note(Message::new("report.no_offer")));
    let examples = proposal.by_example();
    if examples > 0 {
        blocks.push(Block::Note(by_example(examples)));
    }
    blocks
}

/// The proposal that is asked for.
pub(super) fn of(open: OpenWorkspace<'_>, query: &ScreenQuery, forecast: &Forecast) -> Proposal {
    let asked = ProposalQuery {
        terms: &open.workspace.proposal,
        customer: &open.workspace.name,
        agreement: asked_agreement(query),
        year: query.argument(YEAR).parse().unwrap_or_else(|_| ProposalQuery::next_year(forecast)),
        parts: open.parts,
    };
    proposal(forecast, asked)
}

/// The agreement that is asked for; `None` for all of them.
fn asked_agreement(query: &ScreenQuery) -> Option<&str> {
    query.argument(AGREEMENT).strip_prefix(NUMBER_SIGN)
}

fn form(proposal: &Proposal, forecast: &Forecast, query: &ScreenQuery) -> Form {
    let years = forecast.on.year()..=forecast.to.year();
    let years = years.map(|year| (year.to_string(), Cell::Text(year.to_string()))).collect();
    let agreements: BTreeSet<&str> = forecast.lines.iter().map(|line| line.key.agreement.as_str()).collect();
    let agreement = |number: &str| {
        let word = if number.is_empty() { Cell::Word("page.renewals.of_no_agreement".into()) } else { number.into() };
        (format!("{NUMBER_SIGN}{number}"), word)
    };
    let all = (String::new(), Cell::Word("page.reports.all_agreements".into()));
    let agreements = std::iter::once(all).chain(agreements.into_iter().map(agreement)).collect();
    let field = |label: &'static str, input, value: String, sets| FormField { label: label.into(), input, value, sets };
    let until = proposal.terms.valid_until.map_or_else(String::new, |day| day.to_string());
    Form {
        title: None,
        fields: vec![
            field(
                "report.proposal_number",
                FieldInput::Text(24),
                proposal.terms.number.clone(),
                Sets::Setting(Setting::ProposalNumber),
            ),
            field("report.valid_until", FieldInput::Day, until, Sets::Setting(Setting::ProposalValidUntil)),
            field(
                "report.proposal_year",
                FieldInput::Choice(years),
                proposal.year.to_string(),
                Sets::Argument(YEAR.into()),
            ),
            field(
                "column.agreement",
                FieldInput::Choice(agreements),
                query.argument(AGREEMENT).to_owned(),
                Sets::Argument(AGREEMENT.into()),
            ),
        ],
        answer: Vec::new(),
    }
}

fn given(text: &str) -> Cell {
    if text.is_empty() { Cell::Word("report.not_stated".into()) } else { text.into() }
}

fn facts(proposal: &Proposal) -> Section {
    let Proposal { terms, customer, day, year, agreements, .. } = proposal;
    let fact = |key: &'static str, value: Cell| -> CellRow { vec![Cell::Word(key.into()), value] };
    let mut rows = vec![
        fact("report.proposal_number", given(&terms.number)),
        fact("report.proposal_day", Cell::Day(Some(*day))),
        fact("report.valid_until", terms.valid_until.map_or_else(|| given(""), |day| Cell::Day(Some(day)))),
        fact("report.customer", given(customer)),
        fact("report.proposal_year", Cell::Text(year.to_string())),
    ];
    for one in agreements {
        rows.push(fact("column.agreement", given(&one.agreement)));
        rows.push(fact("report.sites", given(&one.sites.join(", "))));
        rows.push(fact(
            "column.level",
            Cell::Said(one.levels.iter().map(|(level, basis)| level_said(*level, *basis)).collect()),
        ));
    }
    Section::new("report.proposal", &FACTS, rows)
}

fn charges(of: &ProposedAgreement, forecast: &Forecast) -> Section {
    let rows = of.charges.iter().map(|one| charge(one, forecast)).collect();
    let mut section = Section::new("report.charges", &CHARGES, rows);
    if !of.agreement.is_empty() {
        section.title =
            Cell::Said(vec![Message::new("page.reports.of_agreement").with("agreement", of.agreement.as_str())]);
    }
    for note in of.charges.iter().filter_map(|one| one.missing.as_ref().or(one.example.as_ref())) {
        if !section.notes.contains(note) {
            section.notes.push(note.clone());
        }
    }
    section
}

fn charge(charge: &ProposedCharge, forecast: &Forecast) -> CellRow {
    let described = if charge.description.is_empty() { &charge.product } else { &charge.description };
    let kind = Message::new(charge_word(charge.kind));
    let what = Message::new("page.reports.charged").with("what", described.as_str()).with("kind", kind);
    let question = ask(forecast, charge.figure.clone(), Bound::Expected);
    vec![
        charge.part.as_deref().map_or(Cell::Word("page.not_known".into()), Cell::from),
        Cell::Said(vec![what]),
        charge.site.as_str().into(),
        Cell::Day(Some(charge.from)),
        Cell::Day(Some(charge.to)),
        charge.level.name().into(),
        Some(charge.parts).into(),
        Cell::Text(times_said(charge.times)),
        Cell::Money(charge.unit_price, None),
        Cell::Money(charge.amount, Some(Box::new(question))),
    ]
}

fn totals(proposal: &Proposal, forecast: &Forecast, agreement: Option<&str>) -> Section {
    let scope = || agreement.map_or(ChargeScope::All, |agreement| ChargeScope::Agreement(agreement.to_owned()));
    let row = |total: &ChargeTotal| -> CellRow {
        vec![
            total.currency.as_ref().map_or(Cell::Unknown, |currency| currency.code().into()),
            total_money(forecast, total, Some(proposal.year), scope()),
            Cell::Number(total.unknown.into()),
        ]
    };
    Section::new("report.totals_by_currency", &TOTALS, proposal.totals.iter().map(row).collect())
}

/// What the user assumes; `None` where that is nothing.
fn own_assumptions(forecast: &Forecast) -> Option<Section> {
    let row = |line: &Arc<Assumption>| -> CellRow {
        let [low, expected, high] = [&line.low, &line.expected, &line.high].map(|text| text.as_str().into());
        let scope =
            if line.scope.is_empty() { Cell::Word("report.everything".into()) } else { line.scope.as_str().into() };
        let from = line.from.map_or_else(|| "".into(), |day| Cell::Day(Some(day)));
        vec![line.name.name().into(), scope, from, low, expected, high, line.reason.as_str().into()]
    };
    let rows: Vec<CellRow> = forecast.assumptions.iter().map(row).collect();
    (!rows.is_empty()).then(|| Section::new("report.assumptions", &ASSUMPTIONS, rows))
}

//! What to do, by money: what would change the bill, each with what it is worth and the way to do it. Without prices, by
//! quantity.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::OpenWorkspace;
use crate::engine::agreements::AgreementBook;
use crate::engine::findings::{self, Finding, FindingFact, FindingKey, FindingSources, Money, ProductMetric, Worth};
use crate::engine::position::{Suggestion, suggestions};
use crate::engine::renewal::{Costing, MOST_YEARS, RenewalQuery};
use crate::model::decision::DecisionKind;
use crate::model::derivation::Derivation;
use crate::model::list::List;
use crate::model::message::Message;
use crate::model::metric;
use crate::model::screen::Screen;
use crate::model::supporting::SupportedBy;
use crate::work::Question;
use crate::work::arranged::{Arrangeable, Arrangement, ColumnKey, arrange};
use crate::work::blocks::{Block, FieldInput, Form, FormField, Sets};
use crate::work::cell::Cell;
use crate::work::data_table::{ColumnKind, DataCell, DataColumn, DataRow, DataTable, FIND};
use crate::work::hits::LIST;
use crate::work::screen_query::ScreenQuery;
use crate::work::screens::renewals::forecast_on;
use crate::work::setting::{RenewedOf, Setting};

/// So many are shown unless all are asked for.
const SHOWN: usize = 10;

const COLUMNS: [(&str, &str, ColumnKind); 4] = [
    ("rank", "page.to_do.rank", ColumnKind::Number),
    ("what", "page.to_do.what", ColumnKind::Name),
    ("worth", "page.to_do.worth", ColumnKind::Number),
    ("where", "page.to_do.where", ColumnKind::Words),
];

/// The list; `None` where there is nothing to do.
pub(super) fn table(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Option<DataTable> {
    let on = day(open, query.today)?;
    let found = with_sources(open, on, findings::findings);
    if found.is_empty() {
        return None;
    }
    let prices = &open.workspace.lists.prices;
    let (has_prices, has_examples) = (!prices.is_empty(), prices.iter().any(|price| price.is_example()));
    let rows: Vec<Arrangeable> = (1..).zip(&found).map(|(rank, finding)| row(rank, finding)).collect();
    let arrangement = Arrangement {
        name: "",
        title: if has_prices { "page.to_do.by_money" } else { "page.to_do.by_quantity" },
        columns: COLUMNS.map(DataColumn::of).into(),
        sorted: "rank",
        groupings: vec![("kind", "page.to_do.by_kind")],
        grouped: "",
        shown: SHOWN,
        query,
    };
    let make = |index: usize, is_open: bool| {
        let Some(finding) = found.get(index) else { return DataRow::blank() };
        let what = what(&finding.fact);
        DataRow {
            key: key(&finding.fact),
            cells: cells(index.saturating_add(1), finding, what, on),
            detail: is_open.then(|| detail(finding)),
        }
    };
    let note = match (has_prices, has_examples) {
        (false, _) => "page.to_do.note_without_prices",
        (true, false) => "page.to_do.note",
        (true, true) => "page.to_do.note_by_example",
    };
    Some(arrange(arrangement, &rows, make, Some(Message::new(note))))
}

/// That there is nothing to do, or what would tell.
pub(super) fn nothing(open: OpenWorkspace<'_>) -> &'static str {
    if open.workspace.lists.entitlements.is_empty() { "page.to_do.no_ledger" } else { "page.to_do.nothing" }
}

/// How what something is worth comes about.
pub(in crate::work::screens) fn explain(open: OpenWorkspace<'_>, key: &FindingKey, on: Date) -> Option<Derivation> {
    with_sources(open, on, |sources| findings::explain(sources, key))
}

/// The day on which it is looked at: today, or the last one that the files show.
fn day(open: OpenWorkspace<'_>, today: Option<Date>) -> Option<Date> {
    today.or(open.position.on)
}

/// Runs something on all that findings follow from.
fn with_sources<R>(open: OpenWorkspace<'_>, on: Date, run: impl FnOnce(FindingSources<'_>) -> R) -> R {
    let lists = &open.workspace.lists;
    let terms = open.workspace.price_terms;
    let agreements = AgreementBook::of(lists);
    let supported: Vec<SupportedBy> = lists.supported.lines().collect();
    let suggestions: Vec<Suggestion> = suggestions(&open.position.products, &supported);
    let forecast = forecast_on(open, Some(on)).filter(|_| !lists.prices.is_empty());
    let query = RenewalQuery { lists, terms, parts: open.parts, on, years: MOST_YEARS };
    let costing = forecast.is_some().then(|| Costing::of(query, &agreements));
    let money = forecast.as_deref().zip(costing.as_ref());
    run(FindingSources {
        assessment: open.assessment,
        position: open.position,
        suggestions: &suggestions,
        agreements: &agreements,
        terms,
        on,
        money: money.map(|(forecast, costing)| Money { forecast, costing }),
    })
}

/// What tells a row from the others.
fn key(fact: &FindingFact) -> String {
    let FindingKey { kind, subject, other } = fact.key();
    [kind, subject, other].join("/")
}

fn row(rank: u64, finding: &Finding) -> Arrangeable {
    let (amount, unit) = match &finding.worth {
        Worth::Known { currency, amount, .. } => (Some(*amount), currency.code().to_owned()),
        Worth::Unknown(_) => (None, String::new()),
    };
    let FindingKey { kind, subject, other } = finding.fact.key();
    let way = way(finding);
    Arrangeable {
        key: key(&finding.fact),
        keys: vec![
            ColumnKey::Number(Some(rank.into())),
            ColumnKey::Words(subject.clone()),
            ColumnKey::Number(amount),
            ColumnKey::Words(place(&finding.fact).0.name().to_owned()),
        ],
        words: [kind, subject, other].join(" "),
        state: None,
        groups: vec![(format!("{}{way}", u8::from(amount.is_none())), Message::new(way))],
        amount,
        unit: unit.into(),
    }
}

fn cells(rank: usize, finding: &Finding, what: Message, on: Date) -> Vec<DataCell> {
    let question = || Some(Box::new(Question::Finding { key: finding.fact.key(), on }));
    let worth = match &finding.worth {
        Worth::Known { currency, amount, unknown, .. } => {
            let unit = currency.code().to_owned().into();
            let missing = (*unknown > 0).then(|| Message::new("page.to_do.lines_unknown").with("count", *unknown));
            let below = std::iter::once(Message::new(way(finding))).chain(missing);
            DataCell { unit, ..DataCell::of(Cell::Money(Some(*amount), question())) }.above(below)
        }
        Worth::Unknown(missing) => DataCell::of(Cell::Money(None, None)).above([missing.clone()]),
    };
    let (screen, arguments) = place(&finding.fact);
    vec![
        DataCell::of(Some(u64::try_from(rank).unwrap_or(u64::MAX)).into()),
        DataCell::of(Cell::Said(vec![what])).above([why(&finding.fact)]),
        worth,
        DataCell::of(Cell::Screen(screen, arguments)),
    ]
}

/// How an amount changes the bill.
const fn way(finding: &Finding) -> &'static str {
    match (&finding.worth, &finding.fact) {
        (Worth::Unknown(_), _) => "page.not_known",
        (Worth::Known { .. }, FindingFact::Short { .. }) => "page.to_do.to_pay",
        (Worth::Known { .. }, FindingFact::EndsSoon { .. }) => "page.to_do.if_late",
        (Worth::Known { is_yearly: true, .. }, _) => "page.to_do.a_year",
        (Worth::Known { is_yearly: false, .. }, _) => "page.to_do.not_bought",
    }
}

/// What is to be done.
fn what(fact: &FindingFact) -> Message {
    let of = |key, of: &ProductMetric| {
        Message::new(key).with("product", of.product.as_str()).with("metric", metric::written(&of.metric))
    };
    match fact {
        FindingFact::Short { of: product, units } => of("page.to_do.buy", product).with("units", *units),
        FindingFact::OtherName { of: product, other, .. } => {
            of("page.to_do.name", product).with("other", other.as_str())
        }
        FindingFact::Cover { of: product, principal, .. } => {
            of("page.to_do.cover", product).with("principal", principal.as_str())
        }
        FindingFact::Hosts { of: product, .. } => of("page.to_do.hosts", product),
        FindingFact::Unused { of: product, paid, needed } if needed.is_zero() => {
            of("page.to_do.stop", product).with("units", *paid)
        }
        FindingFact::Unused { of: product, paid, needed } => {
            of("page.to_do.reduce", product).with("units", paid.saturating_sub(*needed))
        }
        FindingFact::NextLevel { next, points, .. } => {
            Message::new("page.to_do.level").with("points", *points).with("level", next.name())
        }
        FindingFact::Merge { kept, joining, level } => Message::new("page.to_do.merge")
            .with("kept", kept.as_str())
            .with("joining", joining.as_str())
            .with("level", level.name()),
        FindingFact::EndsSoon { of: product, ends, .. } => of("page.to_do.renew", product).with("day", *ends),
        FindingFact::NotMeasured { of: product, .. } => of("page.to_do.measure", product),
    }
}

/// Why.
fn why(fact: &FindingFact) -> Message {
    let units = |key, of: &ProductMetric, units: Decimal| {
        Message::new(key).with("units", units).with("metric", metric::written(&of.metric))
    };
    match fact {
        FindingFact::Short { .. } => Message::new("page.to_do.buy_text"),
        FindingFact::OtherName { of, units: known, .. } => units("page.to_do.name_text", of, *known),
        FindingFact::Cover { of, units: needed, .. } => units("page.to_do.cover_text", of, *needed),
        FindingFact::Hosts { of, high, at_stake } => {
            units("page.to_do.hosts_text", of, (*high).into()).with("at_stake", *at_stake)
        }
        FindingFact::Unused { of, paid, needed } => units("page.to_do.reduce_text", of, *needed).with("paid", *paid),
        FindingFact::NextLevel { agreement, .. } if agreement.is_empty() => Message::new("page.to_do.level_text"),
        FindingFact::NextLevel { agreement, .. } => {
            Message::new("page.to_do.level_of").with("agreement", agreement.as_str())
        }
        FindingFact::Merge { .. } => Message::new("page.to_do.merge_text"),
        FindingFact::EndsSoon { of, units: ending, .. } => units("page.to_do.renew_text", of, *ending),
        FindingFact::NotMeasured { of, entitled } => units("page.to_do.measure_text", of, *entitled),
    }
}

/// Where it is done: a screen, and what it begins with.
fn place(fact: &FindingFact) -> (Screen, Vec<(String, String)>) {
    let find = |screen, of: &ProductMetric| (screen, vec![(FIND.to_owned(), of.product.clone())]);
    let list = |list: List| (list.screen(), vec![(LIST.to_owned(), list.name().to_owned())]);
    match fact {
        FindingFact::Short { of, .. } | FindingFact::Hosts { of, .. } | FindingFact::NotMeasured { of, .. } => {
            find(Screen::Position, of)
        }
        FindingFact::OtherName { .. } => list(List::Aliases),
        FindingFact::Cover { .. } => list(List::Supported),
        FindingFact::Unused { of, .. } | FindingFact::EndsSoon { of, .. } => find(Screen::Renewals, of),
        FindingFact::NextLevel { agreement, .. } => {
            (Screen::VolumeLevel, vec![("agreement".to_owned(), agreement.clone())])
        }
        FindingFact::Merge { kept, .. } => (Screen::VolumeLevel, vec![("agreement".to_owned(), kept.clone())]),
    }
}

/// What stands below a row while it is open: one button that does it, where that can be, and what it does.
fn detail(finding: &Finding) -> Vec<Block> {
    let button = |setting, value: String, text| {
        let field = FormField {
            label: "page.to_do.do_it".into(),
            input: FieldInput::Button(text),
            value,
            sets: Sets::Setting(setting),
        };
        Block::Form(Form { title: None, fields: vec![field], answer: Vec::new() })
    };
    match &finding.fact {
        FindingFact::Unused { of, needed, .. } => {
            let renewed = RenewedOf {
                agreement: String::new(),
                site: String::new(),
                product: of.product.clone(),
                metric: of.metric.clone(),
            };
            let (setting, value, text) = if needed.is_zero() {
                let value = DecisionKind::Lapse.name().to_owned();
                (Setting::Decision(renewed), value, Message::new("page.to_do.decide_stop"))
            } else {
                let text = Message::new("page.to_do.decide_reduce").with("units", *needed);
                let text = text.with("metric", metric::written(&of.metric));
                (Setting::ReducedTo(renewed), needed.normalize().to_string(), text)
            };
            vec![button(setting, value, text), Block::Note(Message::new("page.to_do.decide_text"))]
        }
        FindingFact::OtherName { .. } => vec![Block::Note(Message::new("page.to_do.name_detail"))],
        FindingFact::Short { .. } => vec![Block::Note(Message::new("page.to_do.buy_detail"))],
        FindingFact::Cover { .. } => vec![Block::Note(Message::new("page.to_do.cover_detail"))],
        FindingFact::Hosts { .. } => vec![Block::Note(Message::new("page.to_do.hosts_detail"))],
        FindingFact::NextLevel { .. } => vec![Block::Note(Message::new("page.to_do.level_detail"))],
        FindingFact::Merge { .. } => vec![Block::Note(Message::new("page.to_do.merge_detail"))],
        FindingFact::EndsSoon { .. } => vec![Block::Note(Message::new("page.to_do.renew_detail"))],
        FindingFact::NotMeasured { .. } => vec![Block::Note(Message::new("page.to_do.measure_detail"))],
    }
}

//! The position as tables: what each product needs, per region, what was left out, what the numbers rest on.

use rust_decimal::Decimal;

use super::{ReportCell, ReportSheet, ReportTable};
use crate::model::assessment::{Assessment, ProductDemand};
use crate::model::issue::Severity;
use crate::model::message::{Message, Words};
use crate::model::position::{Position, ProductPosition};

/// The sheets of the position, the one with the products first.
pub fn sheets(assessment: &Assessment, position: &Position, words: &impl Words) -> Vec<ReportSheet> {
    vec![
        products(assessment, position, words),
        rights(position, words),
        regions(assessment, words),
        cloud_paks(assessment, words),
        files(assessment, words),
        issues(assessment, words),
    ]
    .into_iter()
    .enumerate()
    .filter(|(index, table)| *index == 0 || !table.rows.is_empty())
    .map(|(_, table)| ReportSheet::of(table))
    .collect()
}

fn table(words: &impl Words, title: &'static str, columns: &[&'static str], rows: Vec<Vec<ReportCell>>) -> ReportTable {
    let say = |key| words.say(&Message::new(key));
    // What a row is about stays in view.
    let header = columns.iter().map(|key| say(key)).collect();
    ReportTable { title: say(title), header, rows, kept_columns: 1, ..ReportTable::default() }
}

/// One row per product and metric that is needed, with what is owned of it where anything is owned; behind them those that
/// are owned and that no file measures, such as Cloud Paks.
pub fn products(assessment: &Assessment, position: &Position, words: &impl Words) -> ReportTable {
    let rights = !position.products.is_empty();
    let unknown = words.say(&Message::new("report.not_known"));
    let known = |number: Option<Decimal>| number.map_or_else(|| unknown.as_str().into(), ReportCell::Number);
    let rows = assessment.products.iter().map(|product| {
        let mut row = vec![
            product.product.as_str().into(),
            product.metric.name().into(),
            known(product.full_capacity.map(Decimal::from)),
            product.full_peak_on.into(),
            known(product.sub_capacity.map(Decimal::from)),
            product.peak_on.into(),
        ];
        if rights {
            let owned = position.products.iter().find(|one| one.is_of(product));
            row.extend([
                number(owned.map(|owned| owned.entitled)),
                known(owned.and_then(ProductPosition::balance)),
                known(owned.and_then(ProductPosition::full_balance)),
            ]);
        }
        row.extend([
            product.reported.into(),
            product.difference().map_or(ReportCell::Blank, |difference| ReportCell::Number(Decimal::from(difference))),
            product.recoverable.map(|range| range.low).into(),
            product.recoverable.map(|range| range.high).into(),
            notes(product, words).into(),
        ]);
        row
    });
    let is_measured = |one: &&ProductPosition| assessment.products.iter().any(|product| one.is_of(product));
    let unmeasured = position.products.iter().filter(|one| !is_measured(one)).map(|one| {
        let blanks = |count: usize| std::iter::repeat_n(ReportCell::Blank, count);
        let mut row = vec![
            one.product.as_str().into(),
            one.metric.as_str().into(),
            known(one.needed.and_then(|needed| needed.full_capacity).map(Decimal::from)),
            ReportCell::Blank,
            known(one.needed.and_then(|needed| needed.sub_capacity).map(Decimal::from)),
            ReportCell::Blank,
            ReportCell::Number(one.entitled),
            known(one.balance()),
            known(one.full_balance()),
        ];
        row.extend(blanks(4));
        row.push(one.reasons.iter().map(|reason| words.say(reason)).collect::<Vec<_>>().join(" ").into());
        row
    });
    let needed = [
        "report.product",
        "report.metric",
        "report.full_capacity",
        "report.full_peak_on",
        "report.sub_capacity",
        "report.peak_on",
    ];
    let owned = ["report.entitled", "report.balance", "report.full_balance"];
    let others =
        ["report.reported", "report.difference", "report.recoverable_low", "report.recoverable_high", "report.notes"];
    let columns = [needed.as_slice(), if rights { &owned } else { &[] }, &others].concat();
    table(words, "report.position", &columns, rows.chain(unmeasured).collect())
}

/// One row per product and metric that is owned or needed.
fn rights(position: &Position, words: &impl Words) -> ReportTable {
    // What is not known is no empty cell, which a sum would take for nothing.
    let unknown = words.say(&Message::new("report.not_known"));
    let known = |number: Option<Decimal>| number.map_or_else(|| unknown.as_str().into(), ReportCell::Number);
    let rows = position.products.iter().map(|one| {
        vec![
            one.product.as_str().into(),
            one.metric.as_str().into(),
            ReportCell::Number(one.entitled),
            known(one.needed.and_then(|needed| needed.sub_capacity).map(Decimal::from)),
            known(one.balance()),
            known(one.needed.and_then(|needed| needed.full_capacity).map(Decimal::from)),
            known(one.full_balance()),
            number(one.supported),
            one.reasons.iter().map(|reason| words.say(reason)).collect::<Vec<_>>().join(" ").into(),
            ReportCell::Number(one.support_not_stated),
            ReportCell::Number(one.non_production),
            number(one.needed.map(|needed| one.left_aside(needed, false))),
        ]
    });
    let columns = [
        "report.product",
        "report.metric",
        "report.entitled",
        "report.sub_capacity",
        "report.balance",
        "report.full_capacity",
        "report.full_balance",
        "report.supported",
        "report.notes",
        "report.support_not_stated",
        "report.non_production",
        "report.other_platform",
    ];
    table(words, "report.rights", &columns, rows.collect())
}

fn number(number: Option<Decimal>) -> ReportCell {
    number.map_or(ReportCell::Blank, ReportCell::Number)
}

fn notes(product: &ProductDemand, words: &impl Words) -> String {
    let reasons = product.reasons.iter().map(|reason| words.say(reason));
    let excluded = product.excluded.iter().map(|excluded| {
        let message =
            Message::new("report.excluded").with("row", excluded.row).with("reason", excluded.reason.as_str());
        words.say(&message)
    });
    reasons.chain(excluded).collect::<Vec<_>>().join(" ")
}

fn regions(assessment: &Assessment, words: &impl Words) -> ReportTable {
    let unknown = words.say(&Message::new("report.not_known"));
    let known =
        |number: Option<u64>| number.map_or_else(|| unknown.as_str().into(), |number| ReportCell::from(Some(number)));
    let rows = assessment.products.iter().flat_map(|product| {
        product.regions.iter().map(|region| {
            vec![
                product.product.as_str().into(),
                product.metric.name().into(),
                region.region.name().into(),
                known(region.full_capacity),
                region.full_peak_on.into(),
                known(region.sub_capacity),
                region.peak_on.into(),
            ]
        })
    });
    let columns = [
        "report.product",
        "report.metric",
        "report.region",
        "report.full_capacity",
        "report.full_peak_on",
        "report.sub_capacity",
        "report.peak_on",
    ];
    table(words, "report.regions", &columns, rows.collect())
}

fn cloud_paks(assessment: &Assessment, words: &impl Words) -> ReportTable {
    let rows = assessment.cloud_paks.iter().map(|pak| {
        vec![
            pak.product.as_str().into(),
            pak.bundle.as_deref().map_or(ReportCell::Blank, ReportCell::from),
            pak.metric.as_str().into(),
            Some(pak.quantity).into(),
            pak.contribution.into(),
            pak.peak_on.into(),
        ]
    });
    let columns = [
        "report.product",
        "report.bundle",
        "report.metric",
        "report.quantity",
        "report.contribution",
        "report.peak_on",
    ];
    table(words, "report.cloud_paks", &columns, rows.collect())
}

fn files(assessment: &Assessment, words: &impl Words) -> ReportTable {
    let rows = assessment
        .files
        .iter()
        .map(|file| vec![file.name.as_str().into(), Some(file.rows).into(), Some(file.left_out).into()]);
    table(words, "report.files", &["report.file", "report.rows", "report.left_out"], rows.collect())
}

fn issues(assessment: &Assessment, words: &impl Words) -> ReportTable {
    let rows = assessment.issues.iter().map(|issue| {
        let severity = match issue.severity {
            Severity::Error => "report.error",
            Severity::Warning => "report.warning",
            Severity::Info => "report.info",
        };
        vec![
            words.say(&Message::new(severity)).into(),
            issue.file.as_str().into(),
            issue.row.map(u64::from).into(),
            issue.column.as_deref().map_or(ReportCell::Blank, ReportCell::from),
            words.say(&issue.message()).into(),
        ]
    });
    let columns = ["report.severity", "report.file", "report.row", "report.column", "report.message"];
    table(words, "report.issues", &columns, rows.collect())
}

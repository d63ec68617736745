//! The lines of a forecast, to be sorted, grouped and opened.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{currency, detail, expected, first_year, in_year, money, range, sum};
use crate::engine::renewal::quotes::QuotedPart;
use crate::engine::renewal::{Charge, ChargeScope, Forecast, RenewalFigure, RenewalLine};
use crate::model::bound::Bound;
use crate::model::decision::DecisionKind;
use crate::model::message::Message;
use crate::model::metric;
use crate::report::forecast::words::{decision_word, status_word};
use crate::work::arranged::{Arrangeable, Arrangement, ColumnKey, RowGroup, SHOWN, arrange, found};
use crate::work::cell::Cell;
use crate::work::data_table::{ColumnKind, DataCell, DataColumn, DataRow, DataTable};
use crate::work::screen_query::ScreenQuery;
use crate::work::screens::OpenWorkspace;

/// Names of the columns, the keys of their headers, and what their cells hold.
const COLUMNS: [(&str, &str, ColumnKind); 6] = [
    ("name", "page.renewals.line", ColumnKind::Name),
    ("units", "page.renewals.units", ColumnKind::Number),
    ("ends", "page.renewals.ends", ColumnKind::Words),
    ("decision", "column.decision", ColumnKind::Words),
    ("next", "page.renewals.next_year", ColumnKind::Number),
    ("all", "page.renewals.all_years", ColumnKind::Further),
];

/// The lines as they were asked for, and the places of those that are found.
pub(super) fn table(
    forecast: &Forecast,
    compared: &[QuotedPart],
    open: OpenWorkspace<'_>,
    query: &ScreenQuery,
) -> (DataTable, Vec<usize>) {
    let year = first_year(forecast);
    let mut quotes: BTreeMap<usize, &str> = BTreeMap::new();
    for part in compared.iter().filter(|part| !part.quote.is_empty()) {
        for place in &part.charges {
            quotes.entry(place.line).or_insert(&part.quote);
        }
    }
    let each = forecast.lines.iter().enumerate();
    let rows: Vec<Arrangeable> = each
        .map(|(index, line)| arrangeable(index, line, quotes.get(&index).copied().unwrap_or_default(), year))
        .collect();
    let make = |index: usize, is_open: bool| {
        let (Some(line), Some(row)) = (forecast.lines.get(index), rows.get(index)) else { return DataRow::blank() };
        DataRow {
            key: row.key.clone(),
            cells: cells(forecast, (index, line), year),
            detail: is_open.then(|| detail::of(forecast, (index, &row.key), open, query)),
        }
    };
    let arrangement = Arrangement {
        name: "",
        title: "page.renewals.lines",
        columns: COLUMNS.map(DataColumn::of).into(),
        sorted: "ends",
        groupings: vec![
            ("date", "page.renewals.by_date"),
            ("agreement", "page.renewals.by_agreement"),
            ("site", "page.renewals.by_site"),
            ("product", "page.renewals.by_product"),
            ("quote", "column.quote"),
            ("status", "page.renewals.by_status"),
        ],
        grouped: "status",
        shown: SHOWN,
        query,
    };
    let found = found(arrangement.name, query, &rows);
    (arrange(arrangement, &rows, make, None), found)
}

fn arrangeable(index: usize, line: &RenewalLine, quote: &str, year: Option<i16>) -> Arrangeable {
    let key = &line.key;
    let next = year.map(|year| expected(in_year(line, year)));
    let all = expected(&line.charges);
    let word = line.decision.map_or("", DecisionKind::name);
    let ends = key.ends.0.map_or_else(|| "9999".to_owned(), |end| end.to_string());
    let named = |text: &str, none: &'static str| -> RowGroup {
        let title =
            if text.is_empty() { Message::new(none) } else { Message::new("page.renewals.group").with("name", text) };
        (text.to_owned(), title)
    };
    let date = match key.ends.0 {
        Some(end) => (ends.clone(), Message::new("page.renewals.group_date").with("day", end)),
        None => (ends.clone(), Message::new("page.renewals.group_no_date")),
    };
    Arrangeable {
        key: format!("{index}/{}/{}/{}", key.agreement, key.product, ends),
        keys: vec![
            ColumnKey::Words(key.product.clone()),
            ColumnKey::Number(Some(line.renewable.units)),
            ColumnKey::Words(ends),
            ColumnKey::Words(word.to_owned()),
            ColumnKey::Number(next.flatten()),
            ColumnKey::Number(all),
        ],
        words: [&key.product, &key.site, &key.agreement, &key.metric].map(String::as_str).join(" ")
            + " "
            + key.renewal_part.0.as_deref().unwrap_or_default(),
        state: None,
        groups: vec![
            date,
            named(&key.agreement, "page.renewals.of_no_agreement"),
            named(&key.site, "page.renewals.of_no_site"),
            named(&key.product, "page.renewals.of_no_product"),
            named(quote, "page.quotes.of_none"),
            (format!("{:?}", key.status), Message::new(status_word(key.status))),
        ],
        amount: next.flatten().filter(|amount| !amount.is_zero()),
        unit: Cow::Owned(currency(key.currency.0.as_ref())),
    }
}

fn cells(forecast: &Forecast, (index, line): (usize, &RenewalLine), year: Option<i16>) -> Vec<DataCell> {
    let key = &line.key;
    let part = key.renewal_part.0.as_ref().or(key.licence_part.0.as_ref());
    let site = Some(key.site.as_str()).filter(|site| !site.is_empty());
    let about = match (site, part) {
        (Some(site), Some(part)) => {
            Some(Message::new("page.renewals.site_part").with("site", site).with("part", part.as_str()))
        }
        (Some(site), None) => Some(Message::new("page.renewals.group").with("name", site)),
        (None, Some(part)) => Some(Message::new("page.renewals.group").with("name", part.as_str())),
        (None, None) => None,
    };
    let decision = line.decision.map_or(Cell::Unknown, |decision| Cell::Word(decision_word(decision).into()));
    let frozen = line.frozen_on.filter(|_| line.decision.is_some());
    let frozen = frozen.map(|day| Message::new("page.renewals.frozen").with("day", day));
    let amount = |charges: &[&Charge], year: Option<i16>| {
        if charges.is_empty() {
            return DataCell::of(Cell::Unknown);
        }
        let total = sum(charges.iter().copied());
        let below = total.map(range).or_else(|| Some(Message::new("page.renewals.price_missing")));
        let cell = match (total, &key.currency.0) {
            (Some(total), Some(currency)) => {
                let figure = RenewalFigure::Total { currency: currency.clone(), year, of: ChargeScope::Line(index) };
                money(forecast, Some(total.expected), figure, Bound::Expected)
            }
            (total, _) => Cell::Money(total.map(|total| total.expected), None),
        };
        let is_example = charges.iter().any(|charge| charge.is_by_example());
        let example = is_example.then(|| Message::new("page.renewals.example_price"));
        DataCell::of(cell).above(below).above(example)
    };
    let next: Vec<_> = year.into_iter().flat_map(|year| in_year(line, year)).collect();
    let all: Vec<_> = line.charges.iter().collect();
    vec![
        DataCell::of(key.product.as_str().into()).above(about),
        DataCell { unit: Cow::Owned(metric::written(&key.metric)), ..DataCell::of(Cell::Number(line.renewable.units)) },
        DataCell::of(Cell::Day(key.ends.0)),
        DataCell::of(decision).above(frozen),
        amount(&next, year),
        amount(&all, None),
    ]
}

//! What a forecast assumes where nobody says otherwise, each with where it is from.

use rust_decimal::Decimal;

use crate::engine::renewal::Forecast;
use crate::model::assumption::{AssumptionName, Estimate};
use crate::model::message::Message;
use crate::rules::renewals;
use crate::work::blocks::Section;
use crate::work::cell::{Cell, CellRow};

const COLUMNS: [(&str, bool); 5] = [
    ("page.renewals.assumption", false),
    ("page.renewals.low", true),
    ("page.renewals.expected", true),
    ("page.renewals.high", true),
    ("page.renewals.source", false),
];

/// The assumptions in force: each default that no line of the user's list replaces for everything.
pub(in crate::work::screens) fn table(forecast: &Forecast) -> Section {
    let is_set = |name: AssumptionName| {
        forecast.assumptions.iter().any(|line| line.name == name && line.scope.is_empty() && line.from.is_none())
    };
    let row = |title: Message, amount: Estimate<Decimal>, source: &'static str| -> CellRow {
        let Estimate { low, expected, high } = amount;
        vec![Cell::Said(vec![title]), low.into(), expected.into(), high.into(), Cell::Word(source.into())]
    };
    let years = forecast.on.year().saturating_add(1)..=forecast.to.year();
    let mut rows = Vec::new();
    if !is_set(AssumptionName::Uplift) {
        let uplifts: Vec<(i16, Estimate<Decimal>)> = years.map(|year| (year, renewals::uplift(year))).collect();
        for same in uplifts.chunk_by(|(_, one), (_, other)| one == other) {
            let Some(((first, uplift), (last, _))) = same.first().zip(same.last()) else { continue };
            let title =
                Message::new("page.renewals.uplift").with("from", first.to_string()).with("to", last.to_string());
            rows.push(row(title, *uplift, "page.renewals.uplift_source"));
        }
    }
    if !is_set(AssumptionName::SsRate) {
        let rate = Estimate::flat(renewals::SUPPORT_RATE);
        rows.push(row(Message::new("page.renewals.support_rate"), rate, "page.renewals.rate_source"));
    }
    if !is_set(AssumptionName::ReinstatementRate) {
        let rate = Estimate::flat(renewals::REINSTATEMENT_RATE);
        rows.push(row(Message::new("page.renewals.reinstatement_rate"), rate, "page.renewals.rate_source"));
    }
    if !is_set(AssumptionName::Discount) {
        rows.push(row(
            Message::new("page.renewals.discount"),
            Estimate::flat(Decimal::ZERO),
            "page.renewals.none_agreed",
        ));
    }
    if !is_set(AssumptionName::Proration) {
        let title = Message::new("page.renewals.proration");
        rows.push(vec![
            Cell::Said(vec![title]),
            Cell::Unknown,
            Cell::Word("page.renewals.by_month".into()),
            Cell::Unknown,
            Cell::Word("page.renewals.ours".into()),
        ]);
    }
    let mut section = Section::new("page.renewals.defaults", &COLUMNS, rows);
    section.notes.push(match forecast.assumptions.len() {
        0 => Message::new("page.renewals.no_own_assumptions"),
        own => Message::new("page.renewals.own_assumptions").with("count", own),
    });
    section
}

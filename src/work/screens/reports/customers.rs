//! End customers: agreements with their sites, and what they renew in the next year.

use std::collections::BTreeSet;

use crate::engine::agreements::{AgreementBook, AgreementOnDay};
use crate::engine::renewal::{ChargeScope, ChargeTotal, Forecast, RenewalLine, RenewalStatus, charge_totals};
use crate::model::message::Message;
use crate::model::workspace::Lists;
use crate::report::proposal::ProposalQuery;
use crate::work::blocks::Section;
use crate::work::cell::{Cell, CellRow};
use crate::work::screen_query::ScreenQuery;
use crate::work::screens::OpenWorkspace;
use crate::work::screens::renewals::{forecast_on, total_money};

const COLUMNS: [(&str, bool); 11] = [
    ("column.agreement", false),
    ("report.customer", false),
    ("column.country", false),
    ("report.sites", true),
    ("column.level", false),
    ("column.anniversary", false),
    ("page.reports.active_lines", true),
    ("page.reports.first_end", false),
    ("column.currency", false),
    ("report.amount", true),
    ("page.renewals.not_known", true),
];

/// A row for each agreement and currency.
pub(super) fn sections(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Section> {
    let Some(forecast) = forecast_on(open, query.today) else { return Vec::new() };
    let lists = &open.workspace.lists;
    let agreements = AgreementBook::of(lists).agreements(open.workspace.price_terms, query.today).agreements;
    let rows: Vec<CellRow> = agreements.iter().flat_map(|one| rows(one, lists, &forecast)).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let mut section = Section::new("page.reports.customers", &COLUMNS, rows);
    let year = ProposalQuery::next_year(&forecast).to_string();
    section.notes.push(Message::new("page.renewals.in_year").with("year", year));
    vec![section]
}

/// The sites that are listed for an agreement, and those that its lines name.
fn sites(agreement: &str, lists: &Lists, lines: &[&RenewalLine]) -> usize {
    let listed = lists.sites.lines().filter(|site| site.agreement == agreement).map(|site| site.site);
    let named = lines.iter().map(|line| line.key.site.clone());
    let names: BTreeSet<String> = listed.chain(named).map(|site| site.trim().to_lowercase()).collect();
    names.iter().filter(|site| !site.is_empty()).count()
}

fn rows(of: &AgreementOnDay, lists: &Lists, forecast: &Forecast) -> Vec<CellRow> {
    let lines: Vec<&RenewalLine> = forecast.lines.iter().filter(|line| line.key.agreement == of.agreement).collect();
    let year = ProposalQuery::next_year(forecast);
    let charges = lines.iter().flat_map(|line| line.charges.iter().map(|charge| (&line.key.currency, charge)));
    let totals = charge_totals(charges.filter(|(_, charge)| charge.from.year() == year));
    let active = || lines.iter().filter(|line| line.key.status == RenewalStatus::Active);
    let row = |total: Option<&ChargeTotal>| -> CellRow {
        let currency = total.and_then(|total| total.currency.as_ref());
        vec![
            of.agreement.as_str().into(),
            of.customer.as_str().into(),
            of.country.as_str().into(),
            Cell::Number(sites(&of.agreement, lists, &lines).into()),
            of.level.name().into(),
            Cell::Day(of.anniversary),
            Cell::Number(active().count().into()),
            active().filter_map(|line| line.key.ends.0).min().into(),
            currency.map_or(Cell::Unknown, |currency| currency.code().into()),
            total.map_or(Cell::Unknown, |total| {
                let scope = ChargeScope::Agreement(of.agreement.clone());
                total_money(forecast, total, Some(year), scope)
            }),
            total.map_or(Cell::Unknown, |total| Cell::Number(total.unknown.into())),
        ]
    };
    if totals.is_empty() { vec![row(None)] } else { totals.iter().map(|total| row(Some(total))).collect() }
}

//! What is put on a table: a proposal, and what resellers report of their customers (`PAO for Resellers`). A report is
//! tables ([`Section`]): the page draws them, and they leave as CSV and as a workbook.

mod ahead;
mod customers;
mod opportunities;
mod orders;
mod overage;
mod price_notices;
mod proposal;

use std::rc::Rc;

use super::OpenWorkspace;
use super::renewals::{forecast_on, forecast_with_query};
use crate::engine::renewal::Forecast;
use crate::model::message::{Message, Words};
use crate::report::forecast::words::by_example;
use crate::report::{ReportSheet, forecast, proposal as proposed};
use crate::work::blocks::{Block, Section};
use crate::work::report_view::ReportView;
use crate::work::screen_query::ScreenQuery;
use crate::work::section_table;

/// The report that is asked for; none while there is nothing to report.
pub(super) fn show(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Block> {
    if ReportView::of(query) == ReportView::Proposal {
        return proposal::blocks(open, query);
    }
    let sections = sections(open, query);
    if sections.is_empty() {
        return vec![Block::Note(Message::new(nothing(ReportView::of(query))))];
    }
    sections.into_iter().map(Block::Table).collect()
}

/// The report that is asked for as sheets of a workbook; `None` while there is nothing to report.
pub(in crate::work) fn sheets(
    open: OpenWorkspace<'_>,
    query: &ScreenQuery,
    words: &impl Words,
) -> Option<Vec<ReportSheet>> {
    if ReportView::of(query) == ReportView::Proposal {
        let (asked, found) = forecast_with_query(open, query.today)?;
        let proposal = proposal::of(open, query, &found);
        return Some(vec![proposed::sheet(&proposal, forecast::assumed(asked, &found, words), words)]);
    }
    let sections = sections(open, query);
    let sheets: Vec<ReportSheet> =
        sections.iter().map(|section| ReportSheet::of(section_table::table(section, words))).collect();
    (!sheets.is_empty()).then_some(sheets)
}

/// The tables of a report but the proposal; the first one of a report with amounts says how many charges rest on example
/// prices.
fn sections(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Section> {
    let mut sections = tables(open, query);
    let has_amounts =
        !matches!(ReportView::of(query), ReportView::Orders | ReportView::Overage | ReportView::Opportunities);
    if let Some(first) = sections.first_mut().filter(|_| has_amounts) {
        let examples = forecast_on(open, query.today).map_or(0, |forecast| forecast.charges_by_example(None));
        first.notes.extend((examples > 0).then(|| by_example(examples)));
    }
    sections
}

fn tables(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Section> {
    let forecast = || forecast_on(open, query.today);
    let of_forecast = |report: fn(&Forecast) -> Vec<Section>| {
        forecast().map_or_else(Vec::new, |forecast: Rc<Forecast>| report(&forecast))
    };
    match ReportView::of(query) {
        ReportView::Proposal => Vec::new(),
        ReportView::Ahead => of_forecast(ahead::days),
        ReportView::Terms => of_forecast(ahead::terms),
        ReportView::Customers => customers::sections(open, query),
        ReportView::Orders => orders::sections(open),
        ReportView::Opportunities => opportunities::sections(open, query),
        ReportView::PriceNotices => {
            forecast().map_or_else(Vec::new, |forecast| price_notices::sections(open, &forecast))
        }
        ReportView::Overage => forecast().map_or_else(Vec::new, |forecast| overage::sections(open, &forecast)),
    }
}

/// Why a report is empty.
const fn nothing(view: ReportView) -> &'static str {
    match view {
        ReportView::Proposal | ReportView::Customers => "page.reports.no_ledger",
        ReportView::Ahead => "page.reports.nothing_ends",
        ReportView::Terms => "page.reports.no_terms",
        ReportView::Orders => "page.reports.no_orders",
        ReportView::Opportunities => "page.reports.no_opportunities",
        ReportView::PriceNotices => "page.reports.no_notices",
        ReportView::Overage => "page.reports.no_overage",
    }
}

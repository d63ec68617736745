//! Files that leave the workspace.

use std::collections::BTreeMap;

use super::{Session, kept_files};
use crate::engine::renewal::work_list::work_list;
use crate::model::issue::{Issue, Severity};
use crate::model::list::List;
use crate::model::message::{Message, Words};
use crate::persist::envelope;
use crate::report::{ReportSheet, ReportTable, calendar, csv, forecast, list, position, price_changes};
use crate::work::report_view::ReportView;
use crate::work::screen_query::ScreenQuery;
use crate::work::screens;
use crate::work::{Export, Response};

impl Session {
    /// Writes a file: what to answer, and the bytes that follow.
    pub(super) fn export(&self, export: &Export) -> Result<(Response, Vec<u8>), Issue> {
        let words = &self.language;
        let (ending, media_type, bytes) = match export {
            Export::PositionCsv => {
                (".csv", "text/csv", csv::write(&position::products(&self.assessment, &self.position, words)))
            }
            Export::PositionXlsx => {
                return self.workbook("", &position::sheets(&self.assessment, &self.position, words));
            }
            Export::List(list) => {
                let name = format!("{}-{}.csv", file_name(&self.workspace.name, ""), list.name());
                let bytes = csv::write(&self.list(*list));
                return Ok((Response::File { name, media_type: "text/csv".to_owned() }, bytes));
            }
            Export::ListXlsx(list) => return self.workbook(list.name(), &[ReportSheet::of(self.list(*list))]),
            Export::ForecastXlsx { today } => {
                let (query, found) = screens::renewals::forecast_with_query(self.screens(), *today)
                    .ok_or_else(|| Issue::new(Severity::Error, "nothing_to_renew"))?;
                return self.workbook("renewals", &forecast::sheets(query, &found, &self.workspace.name, words));
            }
            Export::Paper(sha256) => {
                let source = self.workspace.sources.iter().find(|source| source.sha256 == *sha256);
                let kept = source.and_then(|source| Some((source, kept_files::bytes_of(&self.bytes, source)?)));
                let (source, bytes) = kept.ok_or_else(|| Issue::new(Severity::Error, "paper_not_kept"))?;
                let media_type = "application/octet-stream".to_owned();
                return Ok((Response::File { name: source.name.clone(), media_type }, bytes?.into_owned()));
            }
            Export::PriceChanges(query) => {
                let compared = screens::catalogue::compared(self.screens(), query);
                let (changes, products) = compared.ok_or_else(|| Issue::new(Severity::Error, "nothing_to_compare"))?;
                let table = price_changes::table(&changes, &products, words);
                ("-price-changes.csv", "text/csv", csv::write(&table))
            }
            Export::ReportXlsx(query) => {
                return self.workbook(ReportView::of(query).name(), &self.report(query)?);
            }
            Export::ReportCsv(query) => {
                let name = format!("{}-{}.csv", file_name(&self.workspace.name, ""), ReportView::of(query).name());
                let tables = self.report(query)?.into_iter().flat_map(|sheet| sheet.tables);
                let bytes = tables.map(|table| csv::write(&table)).collect::<Vec<_>>().join(b"\r\n".as_slice());
                return Ok((Response::File { name, media_type: "text/csv".to_owned() }, bytes));
            }
            Export::Calendar { today } => {
                let forecast = screens::renewals::forecast_on(self.screens(), *today);
                let forecast = forecast.ok_or_else(|| Issue::new(Severity::Error, "nothing_to_renew"))?;
                let text = calendar::calendar(&work_list(&forecast, &self.workspace.lists), forecast.on, words);
                (".ics", "text/calendar", text.into_bytes())
            }
            Export::Workspace { saved_at } => {
                let mut files = BTreeMap::new();
                for source in &self.workspace.sources {
                    if let Some(bytes) = kept_files::bytes_of(&self.bytes, source) {
                        files.insert(source.sha256.as_str(), bytes?);
                    }
                }
                let bytes_of = |sha256: &str| files.get(sha256).map(|bytes| &**bytes);
                let text =
                    envelope::seal(&self.workspace, bytes_of, saved_at).map_err(|error| failed(error.to_string()))?;
                (envelope::SUFFIX, envelope::MEDIA_TYPE, text.into_bytes())
            }
        };
        let name = file_name(&self.workspace.name, ending);
        Ok((Response::File { name, media_type: media_type.to_owned() }, bytes))
    }

    fn report(&self, query: &ScreenQuery) -> Result<Vec<ReportSheet>, Issue> {
        let sheets = screens::reports::sheets(self.screens(), query, &self.language);
        sheets.ok_or_else(|| Issue::new(Severity::Error, "nothing_to_report"))
    }

    fn list(&self, list: List) -> ReportTable {
        let title = self.language.say(&Message::keyed(format!("page.list.{}", list.name())));
        list::table(self.workspace.lists.lines(list), title)
    }

    /// Sheets for the worker that writes workbooks, and the name of the file: that of the workspace and what it has of it.
    fn workbook(&self, of: &str, sheets: &[ReportSheet]) -> Result<(Response, Vec<u8>), Issue> {
        let bytes = postcard::to_allocvec(sheets).map_err(|error| failed(error.to_string()))?;
        let ending = if of.is_empty() { ".xlsx".to_owned() } else { format!("-{of}.xlsx") };
        Ok((Response::Workbook { name: file_name(&self.workspace.name, &ending) }, bytes))
    }
}

/// The name of a file: that of the workspace, without what a file system may refuse.
fn file_name(workspace: &str, ending: &str) -> String {
    let kept = |letter: char| if letter.is_alphanumeric() || "-_. ".contains(letter) { letter } else { '-' };
    let name: String = workspace.chars().map(kept).take(80).collect();
    let name = name.trim_matches([' ', '.', '-']);
    format!("{}{ending}", if name.is_empty() { "highwater" } else { name })
}

/// The file could not be written, because of this.
pub(super) fn failed(reason: String) -> Issue {
    Issue::new(Severity::Error, "export_failed").with("reason", reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_one_that_every_file_system_takes() {
        assert_eq!(file_name("Northwind: EMEA/2026", ".csv"), "Northwind- EMEA-2026.csv");
        assert_eq!(file_name("../..", ".csv"), "highwater.csv");
        assert_eq!(file_name("", ".csv"), "highwater.csv");
    }
}

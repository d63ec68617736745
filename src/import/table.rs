//! A table out of a file, from its header on: whatever stands above it, and on whichever sheets of a workbook it stands.

use super::detection::{self, RecognisedKind};
use super::headers;
use super::opened::NamedSheet;
use super::sheet::Sheet;
use super::sniff;
use super::{Limits, Watch, csv};
use crate::model::issue::{Issue, Severity};

/// So many sheets of a workbook are looked at.
pub(super) const MOST_SHEETS: usize = 40;

/// A table, and what was odd about where it stood. The issues name its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadTable {
    /// Its cells.
    pub sheet: Sheet,
    /// What was odd.
    pub issues: Vec<Issue>,
}

/// Reads a table out of a text. It begins at the first of its rows that is known as a header.
///
/// # Errors
/// When a limit is reached, when there is no header, or when the reading is cancelled.
pub fn of_text(
    file: &str,
    text: sniff::TextTable<'_>,
    limits: &Limits,
    watch: &mut dyn Watch,
    is_known: &dyn Fn(&[String]) -> bool,
) -> Result<ReadTable, Issue> {
    let mut sheet = csv::read(&text.text, text.delimiter, limits, watch).map_err(|issue| issue.in_file(file))?;
    let above = headers::begin(&mut sheet, is_known).map(|issue| issue.in_file(file));
    Ok(ReadTable { sheet, issues: text.issues.into_iter().chain(above).collect() })
}

/// Reads a table out of a workbook: the first sheet that people see and that has a known header, with all others that
/// have the same one. A hidden sheet is read only where no other one is known. Where none is known at all, the first one
/// with a cell is read.
///
/// # Errors
/// When no sheet has a cell, or when the only ones that may have the table could not be read.
pub fn of_workbook(
    file: &str,
    mut sheets: Vec<NamedSheet>,
    is_known: &dyn Fn(&[String]) -> bool,
) -> Result<ReadTable, Issue> {
    let alone = |issue: Issue| issue.in_file(file);
    // Those that people see come first, each kind in the order of the workbook.
    sheets.sort_by_key(|sheet| sheet.hidden);
    let mut found: Option<FoundSheet> = None;
    let mut unknown: Option<(String, Sheet)> = None;
    let mut failed = None;
    let mut others = Vec::new();
    let mut alike = Vec::new();
    for (seen, NamedSheet { name, hidden, content }) in sheets.into_iter().enumerate() {
        if seen >= MOST_SHEETS {
            others.push(name);
            continue;
        }
        let mut sheet = match content {
            Ok(sheet) => sheet,
            // A sheet without cells is none; what is wrong with one that may not be the table is told if none is.
            Err(issue) => {
                if issue.code != "table_empty" {
                    others.push(name);
                }
                failed = failed.or(Some(issue));
                continue;
            }
        };
        if !headers::has_known(&sheet, is_known) {
            match unknown {
                None => unknown = Some((name, sheet)),
                Some(_) => others.push(name),
            }
            continue;
        }
        let above = headers::begin(&mut sheet, is_known).map(alone);
        match &mut found {
            None => found = Some(FoundSheet { name, sheet, hidden, above: above.into_iter().collect() }),
            Some(first) if first.hidden == hidden && first.is_continued_by(&sheet) => {
                first.sheet.join(&first.name, &sheet, &name);
                first.above.extend(above);
            }
            Some(first) if !hidden && first.is_like(&sheet) => alike.push(name),
            Some(_) => others.push(name),
        }
    }
    let mut issues = Vec::new();
    let sheet = match (found, unknown) {
        (Some(found), unknown) => {
            others.extend(unknown.map(|(name, _)| name));
            if found.hidden {
                let told = Issue::new(Severity::Warning, "sheet_hidden").in_file(file);
                issues.push(told.with("sheet", found.name.as_str()));
            }
            issues.extend(found.above);
            found.sheet
        }
        (None, Some((_, mut sheet))) => {
            issues.extend(headers::begin(&mut sheet, is_known).map(alone));
            sheet
        }
        (None, None) => {
            let issue = failed.unwrap_or_else(|| Issue::new(Severity::Error, "table_empty"));
            return Err(alone(issue));
        }
    };
    if !alike.is_empty() {
        let told = Issue::new(Severity::Warning, "sheets_alike_not_read").in_file(file);
        issues.push(told.with("sheets", alike.join("; ")));
    }
    if !others.is_empty() {
        let told = Issue::new(Severity::Info, "sheets_not_read").in_file(file);
        issues.push(told.with("sheets", others.join("; ")));
    }
    Ok(ReadTable { sheet, issues })
}

/// The sheet with the table.
struct FoundSheet {
    name: String,
    sheet: Sheet,
    hidden: bool,
    above: Vec<Issue>,
}

impl FoundSheet {
    /// Whether a sheet has the same columns, in whatever order. One with others may say the same once more, in sum.
    fn is_continued_by(&self, other: &Sheet) -> bool {
        headers::are_the_same(self.sheet.header(), other.header())
    }

    /// Whether a sheet is taken for the same as this one.
    fn is_like(&self, other: &Sheet) -> bool {
        kind(&self.sheet).is_some_and(|known| kind(other) == Some(known))
    }
}

/// What a sheet is by its header; `None` when nothing that is known has such columns.
fn kind(sheet: &Sheet) -> Option<RecognisedKind> {
    detection::detect(sheet.header()).map(|verdict| verdict.kind)
}

//! The tables of a snapshot to typed rows. A row that cannot be used is left out with an issue that names the cell.

use std::collections::BTreeSet;

use super::columns::Columns;
use super::figures::{Unread, cores, day, rounded_up, whole};
use super::words::{is_bundle, language_of, says_excluded, says_host_unknown, yes_or_no};
use crate::import::sheet::{Row, Sheet};
use crate::model::issue::{Issue, Severity};
use crate::model::message::{Argument, Message};
use crate::model::names::{Name, Names};
use crate::model::operating_system::is_linux;
use crate::model::snapshot::{
    CloudPakRow, Column, DailyRow, PartRow, Snapshot, SummaryRow, Table, TableKind, UsageRow,
};

/// How ILMT names a server that it does not know: each partition is a server of its own then.
const DEFAULT_SERVER: &str = "TLM_VM";

/// The row cannot be used; why stands among the issues.
struct LeftOut;

/// Reads a table into the snapshot. `listed` are the English names of its columns in order, where
/// `data_condition.txt` gives them.
pub(super) fn read(kind: TableKind, file: &str, sheet: &Sheet, listed: Option<&[String]>, snapshot: &mut Snapshot) {
    let columns = Columns::find(kind, sheet.header(), listed);
    if kind == TableKind::Bundled {
        snapshot.issues.push(bundled_not_read(file));
    }
    report_columns(kind, file, sheet, &columns, snapshot);
    let rows = u64::try_from(sheet.len()).unwrap_or(u64::MAX);
    let mut left_out = rows;
    let missing: Vec<Issue> = columns
        .missing(kind)
        .map(|column| Issue::new(Severity::Error, "snapshot_column_missing").with("name", column.english()))
        .map(|issue| issue.in_file(file))
        .collect();
    let mut language = columns.language;
    if missing.is_empty() {
        let mut reader = Reader {
            file,
            name: snapshot.names.add(file),
            sheet,
            columns: &columns,
            names: &mut snapshot.names,
            issues: &mut snapshot.issues,
            words: BTreeSet::new(),
            unknown_words: BTreeSet::new(),
        };
        let taken = match kind {
            TableKind::Usage => reader.all(Reader::usage, &mut snapshot.usage),
            TableKind::Daily => reader.all(Reader::daily, &mut snapshot.daily),
            TableKind::Summary => reader.all(Reader::summary, &mut snapshot.summary),
            TableKind::CloudPaks => reader.all(Reader::cloud_pak, &mut snapshot.cloud_paks),
            TableKind::Parts => reader.all(Reader::part, &mut snapshot.parts),
            TableKind::Bundling | TableKind::Trails | TableKind::Bundled => rows,
        };
        left_out = rows.saturating_sub(taken);
        language = language.or_else(|| language_of(reader.words.iter().map(String::as_str)));
    } else {
        snapshot.issues.extend(missing);
    }
    let headers = sheet.header().iter().enumerate();
    let headers = headers.filter_map(|(place, header)| Some((columns.at(place)?, header.clone()))).collect();
    snapshot.tables.push(Table { kind, file: file.to_owned(), rows, left_out, headers });
    if snapshot.report.language.is_none() {
        snapshot.report.language = language.map(str::to_owned);
    }
}

/// What is said of a table whose columns nobody has published.
pub(super) fn bundled_not_read(file: &str) -> Issue {
    Issue::new(Severity::Warning, "bundled_daily_not_read").in_file(file)
}

fn report_columns(kind: TableKind, file: &str, sheet: &Sheet, columns: &Columns, snapshot: &mut Snapshot) {
    for (place, header) in sheet.header().iter().enumerate() {
        let column = columns.at(place);
        let field = column.map(|column| format!("{}.{}", kind.name(), column.field()));
        snapshot.report.columns.push((header.clone(), field));
        if column.is_none() && kind != TableKind::Bundled {
            let issue = Issue::new(Severity::Info, "snapshot_column_unknown").in_file(file);
            snapshot.issues.push(issue.at_row(sheet.header_line()).in_column(header));
        }
    }
    if columns.by_position {
        snapshot.issues.push(Issue::new(Severity::Warning, "snapshot_columns_by_position").in_file(file));
    }
}

/// Reads the rows of one table.
struct Reader<'a> {
    file: &'a str,
    /// The file among the names of the snapshot.
    name: Name,
    sheet: &'a Sheet,
    columns: &'a Columns,
    names: &'a mut Names,
    issues: &'a mut Vec<Issue>,
    /// The words for yes and no that were met: they tell the language.
    words: BTreeSet<String>,
    /// Words where yes or no was expected and neither was understood; each is told once.
    unknown_words: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    /// Reads every row, and says how many were taken.
    fn all<T>(&mut self, read: fn(&mut Self, Row<'a>) -> Result<T, LeftOut>, into: &mut Vec<T>) -> u64 {
        let before = into.len();
        for row in self.sheet.rows() {
            if let Ok(taken) = read(self, row) {
                into.push(taken);
            }
        }
        u64::try_from(into.len() - before).unwrap_or(u64::MAX)
    }

    fn usage(&mut self, row: Row<'a>) -> Result<UsageRow, LeftOut> {
        let product = self.needed_name(row, Column::ProductName)?;
        let server = self.needed_name(row, Column::ServerName)?;
        let pvu_per_core = self.needed(row, Column::PvuPerCore, whole)?;
        let counted = self.needed(row, Column::CoreSubcapacity, whole)?;
        let core_limit = self.optional(row, Column::CoreLimit, whole);
        let remark = self.cell(row, Column::Comment);
        let nothing_counts = counted == 0 && core_limit == Some(0);
        let remarked = !remark.is_empty() && (nothing_counts || says_excluded(remark));
        let why = if remarked { Column::Comment } else { Column::ExclusionComment };
        let why = if self.cell(row, Column::ExclusionComment).is_empty() { why } else { Column::ExclusionComment };
        Ok(UsageRow {
            line: row.line(),
            product,
            server,
            pvu_per_core,
            cores: counted,
            core_limit,
            host_known: !self.cell(row, Column::ServerName).starts_with(DEFAULT_SERVER) && !says_host_unknown(remark),
            exclusion: self.name(row, why),
            number: self.cell(row, Column::RowNo).parse().ok(),
            bundle: self.bundle(row),
            quantity: self.optional(row, Column::MetricQuantity, whole),
            peak_on: self.optional(row, Column::PeakTime, day),
            recalculation_needed: self.yes_or_no(row, Column::RecalculationNeeded),
            processor: self.name(row, Column::Processor),
            brand: self.name(row, Column::ProcessorBrand),
            rate_changed: self.yes_or_no(row, Column::RateChanged),
            pvu: self.optional(row, Column::PvuSubcapacity, whole),
            comment: self.name(row, Column::Comment),
            partition_cores: self.optional(row, Column::PartitionCores, cores),
            layer: self.name(row, Column::LayerId),
            computer: self.name(row, Column::Computer),
            os: self.name(row, Column::OperatingSystem),
            linux: is_linux(self.cell(row, Column::OperatingSystem)),
            last_seen: self.optional(row, Column::LastSeen, day),
        })
    }

    fn daily(&mut self, row: Row<'a>) -> Result<DailyRow, LeftOut> {
        Ok(DailyRow {
            file: self.name,
            line: row.line(),
            cluster: self.name(row, Column::ClusterId),
            day: self.needed(row, Column::Day, day)?,
            product: self.needed_name(row, Column::ProductName)?,
            metric: self.needed_name(row, Column::Metric)?,
            quantity: self.rounded_up(row, Column::MetricQuantity)?,
        })
    }

    fn summary(&mut self, row: Row<'a>) -> Result<SummaryRow, LeftOut> {
        self.yes_or_no(row, Column::RecalculationNeeded);
        Ok(SummaryRow {
            line: row.line(),
            product: self.needed_name(row, Column::ProductName)?,
            bundle: self.bundle(row),
            metric: self.needed_name(row, Column::Metric)?,
            quantity: self.needed(row, Column::MetricQuantity, whole)?,
            peak_on: self.optional(row, Column::PeakTime, day),
        })
    }

    fn cloud_pak(&mut self, row: Row<'a>) -> Result<CloudPakRow, LeftOut> {
        self.yes_or_no(row, Column::RecalculationNeeded);
        Ok(CloudPakRow {
            line: row.line(),
            product: self.needed_name(row, Column::ProductName)?,
            bundle: self.bundle(row),
            metric: self.name(row, Column::Metric).unwrap_or_else(|| self.names.add("")),
            quantity: self.needed(row, Column::MetricQuantity, whole)?,
            contribution: self.optional(row, Column::BundleContribution, whole),
            peak_on: self.optional(row, Column::PeakTime, day),
        })
    }

    fn part(&mut self, row: Row<'a>) -> Result<PartRow, LeftOut> {
        Ok(PartRow {
            product: self.needed_name(row, Column::ProductName)?,
            part: self.needed_name(row, Column::PartNumber)?,
            imported: self.yes_or_no(row, Column::IsImported),
        })
    }

    fn cell(&self, row: Row<'a>, column: Column) -> &'a str {
        self.columns.place(column).map_or("", |place| row.cell(place))
    }

    /// A name; `None` when the cell is blank.
    fn name(&mut self, row: Row<'a>, column: Column) -> Option<Name> {
        let text = self.cell(row, column);
        (!text.is_empty()).then(|| self.names.add(text))
    }

    fn bundle(&mut self, row: Row<'a>) -> Option<Name> {
        let text = self.cell(row, Column::Bundle);
        is_bundle(text).then(|| self.names.add(text))
    }

    fn needed_name(&mut self, row: Row<'a>, column: Column) -> Result<Name, LeftOut> {
        match self.name(row, column) {
            Some(name) => Ok(name),
            None => Err(self.leave_out(row, column, "snapshot_cell_blank")),
        }
    }

    fn needed<T>(&mut self, row: Row<'a>, column: Column, read: fn(&str) -> Result<T, Unread>) -> Result<T, LeftOut> {
        let text = self.cell(row, column);
        read(text).map_err(|why| {
            let code = match why {
                Unread::NotUnderstood if text.is_empty() => "snapshot_cell_blank",
                Unread::NotUnderstood => "snapshot_cell_invalid",
                Unread::TooLarge => "snapshot_cell_too_large",
            };
            self.leave_out(row, column, code)
        })
    }

    /// The quantity of a day. The License Service writes whole numbers, for it rounds each day up: so is a fraction,
    /// with a warning.
    fn rounded_up(&mut self, row: Row<'a>, column: Column) -> Result<u64, LeftOut> {
        let (quantity, was_rounded) = self.needed(row, column, rounded_up)?;
        if was_rounded {
            let issue = self.issue(Severity::Warning, "daily_rounded_up", row, column);
            self.issues.push(issue.with("quantity", quantity));
        }
        Ok(quantity)
    }

    /// A value; `None` when the cell is blank, and with a warning when it is not understood.
    fn optional<T>(&mut self, row: Row<'a>, column: Column, read: fn(&str) -> Result<T, Unread>) -> Option<T> {
        let text = self.cell(row, column);
        if text.is_empty() {
            return None;
        }
        let value = read(text);
        if let Err(why) = value {
            let code = match why {
                Unread::NotUnderstood => "snapshot_cell_ignored",
                Unread::TooLarge => "snapshot_cell_ignored_large",
            };
            let issue = self.issue(Severity::Warning, code, row, column);
            self.issues.push(issue);
        }
        value.ok()
    }

    fn yes_or_no(&mut self, row: Row<'a>, column: Column) -> Option<bool> {
        let text = self.cell(row, column);
        let value = yes_or_no(text);
        if value.is_some() {
            if !self.words.contains(text) {
                self.words.insert(text.to_owned());
            }
        } else if !text.is_empty() && self.unknown_words.insert(text.to_owned()) {
            let issue = self.issue(Severity::Info, "snapshot_word_unknown", row, column);
            self.issues.push(issue);
        }
        value
    }

    fn leave_out(&mut self, row: Row<'a>, column: Column, code: &'static str) -> LeftOut {
        let issue = self.issue(Severity::Error, code, row, column);
        self.issues.push(issue);
        LeftOut
    }

    /// An issue about a cell. ILMT's own number of the row goes into the sentence.
    fn issue(&self, severity: Severity, code: &'static str, row: Row<'a>, column: Column) -> Issue {
        let header = self.columns.place(column).and_then(|place| self.sheet.header().get(place));
        Issue::new(severity, code)
            .in_file(self.file)
            .at_row(row.line())
            .in_column(header.map_or(column.english(), String::as_str))
            .with("value", self.cell(row, column))
            .with("ilmt_row", ilmt_row(self.cell(row, Column::RowNo)))
    }
}

/// ILMT's own number of a row, as a remark in brackets; nothing for a table that has none.
fn ilmt_row(number: &str) -> Argument {
    if number.is_empty() { "".into() } else { Message::new("snapshot.ilmt_row").with("number", number).into() }
}

//! The tables of a snapshot to typed rows. A row that cannot be used is left out with an issue that names the cell.

use std::collections::BTreeSet;

use super::columns::SnapshotColumns;
use super::figures::{UnreadCell, cores, day, rounded_up, whole};
use super::words::{is_bundle, language_of, says_excluded, says_host_unknown, yes_or_no};
use crate::import::sheet::{Sheet, SheetRow};
use crate::model::issue::{Issue, Severity};
use crate::model::message::{Argument, Message};
use crate::model::names::{Name, Names};
use crate::model::operating_system::is_linux;
use crate::model::snapshot::{
    CloudPakRow, DailyRow, PartRow, Snapshot, SnapshotColumn, SnapshotTable, SummaryRow, TableKind, UsageRow,
};

/// How ILMT names a server that it does not know: each partition is a server of its own then.
const DEFAULT_SERVER: &str = "TLM_VM";

/// The row cannot be used; why stands among the issues.
struct LeftOut;

/// Reads a table into the snapshot. `listed` are the English names of its columns in order, where
/// `data_condition.txt` gives them.
pub(super) fn read(kind: TableKind, file: &str, sheet: &Sheet, listed: Option<&[String]>, snapshot: &mut Snapshot) {
    let columns = SnapshotColumns::find(kind, sheet.header(), listed);
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
        let mut reader = TableReader {
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
            TableKind::Usage => reader.all(TableReader::usage, &mut snapshot.usage),
            TableKind::Daily => reader.all(TableReader::daily, &mut snapshot.daily),
            TableKind::Summary => reader.all(TableReader::summary, &mut snapshot.summary),
            TableKind::CloudPaks => reader.all(TableReader::cloud_pak, &mut snapshot.cloud_paks),
            TableKind::Parts => reader.all(TableReader::part, &mut snapshot.parts),
            TableKind::Bundling | TableKind::Trails | TableKind::Bundled => rows,
        };
        left_out = rows.saturating_sub(taken);
        language = language.or_else(|| language_of(reader.words.iter().map(String::as_str)));
    } else {
        snapshot.issues.extend(missing);
    }
    let headers = sheet.header().iter().enumerate();
    let headers = headers.filter_map(|(index, header)| Some((columns.at(index)?, header.clone()))).collect();
    snapshot.tables.push(SnapshotTable { kind, file: file.to_owned(), rows, left_out, headers });
    if snapshot.report.language.is_none() {
        snapshot.report.language = language.map(str::to_owned);
    }
}

/// What is said of a table whose columns nobody has published.
pub(super) fn bundled_not_read(file: &str) -> Issue {
    Issue::new(Severity::Warning, "bundled_daily_not_read").in_file(file)
}

fn report_columns(kind: TableKind, file: &str, sheet: &Sheet, columns: &SnapshotColumns, snapshot: &mut Snapshot) {
    for (index, header) in sheet.header().iter().enumerate() {
        let column = columns.at(index);
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
struct TableReader<'a> {
    file: &'a str,
    /// The file among the names of the snapshot.
    name: Name,
    sheet: &'a Sheet,
    columns: &'a SnapshotColumns,
    names: &'a mut Names,
    issues: &'a mut Vec<Issue>,
    /// The words for yes and no that were met: they tell the language.
    words: BTreeSet<String>,
    /// Words where yes or no was expected and neither was understood; each is told once.
    unknown_words: BTreeSet<String>,
}

impl<'a> TableReader<'a> {
    /// Reads every row, and says how many were taken.
    fn all<T>(&mut self, read: fn(&mut Self, SheetRow<'a>) -> Result<T, LeftOut>, into: &mut Vec<T>) -> u64 {
        let before = into.len();
        for row in self.sheet.rows() {
            if let Ok(taken) = read(self, row) {
                into.push(taken);
            }
        }
        u64::try_from(into.len() - before).unwrap_or(u64::MAX)
    }

    fn usage(&mut self, row: SheetRow<'a>) -> Result<UsageRow, LeftOut> {
        let product = self.needed_name(row, SnapshotColumn::ProductName)?;
        let server = self.needed_name(row, SnapshotColumn::ServerName)?;
        let pvu_per_core = self.needed(row, SnapshotColumn::PvuPerCore, whole)?;
        let counted = self.needed(row, SnapshotColumn::CoreSubcapacity, whole)?;
        let core_limit = self.optional(row, SnapshotColumn::CoreLimit, whole);
        let remark = self.cell(row, SnapshotColumn::Comment);
        let nothing_counts = counted == 0 && core_limit == Some(0);
        let remarked = !remark.is_empty() && (nothing_counts || says_excluded(remark));
        let why = if remarked { SnapshotColumn::Comment } else { SnapshotColumn::ExclusionComment };
        let why = if self.cell(row, SnapshotColumn::ExclusionComment).is_empty() {
            why
        } else {
            SnapshotColumn::ExclusionComment
        };
        Ok(UsageRow {
            line: row.line(),
            product,
            server,
            pvu_per_core,
            cores: counted,
            core_limit,
            host_known: !self.cell(row, SnapshotColumn::ServerName).starts_with(DEFAULT_SERVER)
                && !says_host_unknown(remark),
            exclusion: self.name(row, why),
            number: self.cell(row, SnapshotColumn::RowNo).parse().ok(),
            bundle: self.bundle(row),
            quantity: self.optional(row, SnapshotColumn::MetricQuantity, whole),
            peak_on: self.optional(row, SnapshotColumn::PeakTime, day),
            recalculation_needed: self.yes_or_no(row, SnapshotColumn::RecalculationNeeded),
            processor: self.name(row, SnapshotColumn::Processor),
            brand: self.name(row, SnapshotColumn::ProcessorBrand),
            rate_changed: self.yes_or_no(row, SnapshotColumn::RateChanged),
            pvu: self.optional(row, SnapshotColumn::PvuSubcapacity, whole),
            comment: self.name(row, SnapshotColumn::Comment),
            partition_cores: self.optional(row, SnapshotColumn::PartitionCores, cores),
            layer: self.name(row, SnapshotColumn::LayerId),
            computer: self.name(row, SnapshotColumn::Computer),
            os: self.name(row, SnapshotColumn::OperatingSystem),
            linux: is_linux(self.cell(row, SnapshotColumn::OperatingSystem)),
            last_seen: self.optional(row, SnapshotColumn::LastSeen, day),
        })
    }

    fn daily(&mut self, row: SheetRow<'a>) -> Result<DailyRow, LeftOut> {
        Ok(DailyRow {
            file: self.name,
            line: row.line(),
            cluster: self.name(row, SnapshotColumn::ClusterId),
            day: self.needed(row, SnapshotColumn::Day, day)?,
            product: self.needed_name(row, SnapshotColumn::ProductName)?,
            metric: self.needed_name(row, SnapshotColumn::Metric)?,
            quantity: self.rounded_up(row, SnapshotColumn::MetricQuantity)?,
        })
    }

    fn summary(&mut self, row: SheetRow<'a>) -> Result<SummaryRow, LeftOut> {
        self.yes_or_no(row, SnapshotColumn::RecalculationNeeded);
        Ok(SummaryRow {
            line: row.line(),
            product: self.needed_name(row, SnapshotColumn::ProductName)?,
            bundle: self.bundle(row),
            metric: self.needed_name(row, SnapshotColumn::Metric)?,
            quantity: self.needed(row, SnapshotColumn::MetricQuantity, whole)?,
            peak_on: self.optional(row, SnapshotColumn::PeakTime, day),
        })
    }

    fn cloud_pak(&mut self, row: SheetRow<'a>) -> Result<CloudPakRow, LeftOut> {
        self.yes_or_no(row, SnapshotColumn::RecalculationNeeded);
        Ok(CloudPakRow {
            line: row.line(),
            product: self.needed_name(row, SnapshotColumn::ProductName)?,
            bundle: self.bundle(row),
            metric: self.name(row, SnapshotColumn::Metric).unwrap_or_else(|| self.names.add("")),
            quantity: self.needed(row, SnapshotColumn::MetricQuantity, whole)?,
            contribution: self.optional(row, SnapshotColumn::BundleContribution, whole),
            peak_on: self.optional(row, SnapshotColumn::PeakTime, day),
        })
    }

    fn part(&mut self, row: SheetRow<'a>) -> Result<PartRow, LeftOut> {
        Ok(PartRow {
            product: self.needed_name(row, SnapshotColumn::ProductName)?,
            part: self.needed_name(row, SnapshotColumn::PartNumber)?,
            imported: self.yes_or_no(row, SnapshotColumn::IsImported),
        })
    }

    fn cell(&self, row: SheetRow<'a>, column: SnapshotColumn) -> &'a str {
        self.columns.index(column).map_or("", |index| row.cell(index))
    }

    /// A name; `None` when the cell is blank.
    fn name(&mut self, row: SheetRow<'a>, column: SnapshotColumn) -> Option<Name> {
        let text = self.cell(row, column);
        (!text.is_empty()).then(|| self.names.add(text))
    }

    fn bundle(&mut self, row: SheetRow<'a>) -> Option<Name> {
        let text = self.cell(row, SnapshotColumn::Bundle);
        is_bundle(text).then(|| self.names.add(text))
    }

    fn needed_name(&mut self, row: SheetRow<'a>, column: SnapshotColumn) -> Result<Name, LeftOut> {
        match self.name(row, column) {
            Some(name) => Ok(name),
            None => Err(self.leave_out(row, column, "snapshot_cell_blank")),
        }
    }

    fn needed<T>(
        &mut self,
        row: SheetRow<'a>,
        column: SnapshotColumn,
        read: fn(&str) -> Result<T, UnreadCell>,
    ) -> Result<T, LeftOut> {
        let text = self.cell(row, column);
        read(text).map_err(|why| {
            let code = match why {
                UnreadCell::NotUnderstood if text.is_empty() => "snapshot_cell_blank",
                UnreadCell::NotUnderstood => "snapshot_cell_invalid",
                UnreadCell::TooLarge => "snapshot_cell_too_large",
            };
            self.leave_out(row, column, code)
        })
    }

    /// The quantity of a day. The License Service writes whole numbers, for it rounds each day up: so is a fraction,
    /// with a warning.
    fn rounded_up(&mut self, row: SheetRow<'a>, column: SnapshotColumn) -> Result<u64, LeftOut> {
        let (quantity, was_rounded) = self.needed(row, column, rounded_up)?;
        if was_rounded {
            let issue = self.issue(Severity::Warning, "daily_rounded_up", row, column);
            self.issues.push(issue.with("quantity", quantity));
        }
        Ok(quantity)
    }

    /// A value; `None` when the cell is blank, and with a warning when it is not understood.
    fn optional<T>(
        &mut self,
        row: SheetRow<'a>,
        column: SnapshotColumn,
        read: fn(&str) -> Result<T, UnreadCell>,
    ) -> Option<T> {
        let text = self.cell(row, column);
        if text.is_empty() {
            return None;
        }
        let value = read(text);
        if let Err(why) = value {
            let code = match why {
                UnreadCell::NotUnderstood => "snapshot_cell_ignored",
                UnreadCell::TooLarge => "snapshot_cell_ignored_large",
            };
            let issue = self.issue(Severity::Warning, code, row, column);
            self.issues.push(issue);
        }
        value.ok()
    }

    fn yes_or_no(&mut self, row: SheetRow<'a>, column: SnapshotColumn) -> Option<bool> {
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

    fn leave_out(&mut self, row: SheetRow<'a>, column: SnapshotColumn, code: &'static str) -> LeftOut {
        let issue = self.issue(Severity::Error, code, row, column);
        self.issues.push(issue);
        LeftOut
    }

    /// An issue about a cell. ILMT's own number of the row goes into the sentence.
    fn issue(&self, severity: Severity, code: &'static str, row: SheetRow<'a>, column: SnapshotColumn) -> Issue {
        let header = self.columns.index(column).and_then(|index| self.sheet.header().get(index));
        Issue::new(severity, code)
            .in_file(self.file)
            .at_row(row.line())
            .in_column(header.map_or(column.english(), String::as_str))
            .with("value", self.cell(row, column))
            .with("ilmt_row", ilmt_row(self.cell(row, SnapshotColumn::RowNo)))
    }
}

/// ILMT's own number of a row, as a remark in brackets; nothing for a table that has none.
fn ilmt_row(number: &str) -> Argument {
    if number.is_empty() { "".into() } else { Message::new("snapshot.ilmt_row").with("number", number).into() }
}

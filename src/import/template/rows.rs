//! Records to rows: what each blank and each bad cell means (docs/estate-template.md).

use super::cells::{ParsedCell, ParsedColumn, parse_cores, parse_count, parse_day};
use super::field::{FIELDS, TemplateField};
use super::header::Header;
use super::record::CellRecord;
use super::taken::{RowsTaken, TIME_LEFT_ASIDE};
use crate::import::cell::{self, Style};
use crate::import::{Watch, total};
use crate::model::day_number::DayNumber;
use crate::model::estate::{EstateRow, Origin};
use crate::model::issue::{Issue, Severity};
use crate::model::list::FieldKind;
use crate::model::message::Message;
use crate::model::metric::Metric;
use crate::model::names::Name;
use crate::model::operating_system::is_linux;
use crate::model::quantity::{Cores, Count};
use crate::model::region::Region;
use crate::model::technology::Technology;

/// How many records are read between two reports of progress.
const STEP: u64 = 8192;

/// The columns of a file, each with the cells that were met in it.
struct TemplateColumns {
    server: ParsedColumn<Option<Name>>,
    processor: ParsedColumn<Option<Name>>,
    sockets: ParsedColumn<ParsedCell<Count>>,
    cores: ParsedColumn<ParsedCell<Count>>,
    region: ParsedColumn<ParsedCell<Region>>,
    technology: ParsedColumn<ParsedCell<Technology>>,
    partition: ParsedColumn<Option<Name>>,
    partition_cores: ParsedColumn<ParsedCell<Cores>>,
    os: ParsedColumn<(Option<Name>, bool)>,
    product: ParsedColumn<Option<Name>>,
    metric: ParsedColumn<ParsedCell<Metric>>,
    from: ParsedColumn<(ParsedCell<DayNumber>, bool)>,
    to: ParsedColumn<(ParsedCell<DayNumber>, bool)>,
    environment: ParsedColumn<Option<Name>>,
    /// Why the row counts nothing, and whether it is hardly a reason.
    excluded_reason: ParsedColumn<(Option<Name>, bool)>,
    pool: ParsedColumn<Option<Name>>,
    pool_cores: ParsedColumn<ParsedCell<Cores>>,
}

impl TemplateColumns {
    /// Finds each column by its index.
    fn find(at: impl Fn(TemplateField) -> Option<usize>) -> Self {
        Self {
            server: ParsedColumn::at(at(TemplateField::Server)),
            processor: ParsedColumn::at(at(TemplateField::Processor)),
            sockets: ParsedColumn::at(at(TemplateField::Sockets)),
            cores: ParsedColumn::at(at(TemplateField::Cores)),
            region: ParsedColumn::at(at(TemplateField::Region)),
            technology: ParsedColumn::at(at(TemplateField::Technology)),
            partition: ParsedColumn::at(at(TemplateField::Partition)),
            partition_cores: ParsedColumn::at(at(TemplateField::PartitionCores)),
            os: ParsedColumn::at(at(TemplateField::Os)),
            product: ParsedColumn::at(at(TemplateField::Product)),
            metric: ParsedColumn::at(at(TemplateField::Metric)),
            from: ParsedColumn::at(at(TemplateField::From)),
            to: ParsedColumn::at(at(TemplateField::To)),
            environment: ParsedColumn::at(at(TemplateField::Environment)),
            excluded_reason: ParsedColumn::at(at(TemplateField::ExcludedReason)),
            pool: ParsedColumn::at(at(TemplateField::Pool)),
            pool_cores: ParsedColumn::at(at(TemplateField::PoolCores)),
        }
    }
}

/// Turns the records of a file, or of a part of one, into rows.
pub(super) struct RowReader<'a> {
    header: &'a Header<'a>,
    columns: TemplateColumns,
    taken: RowsTaken,
}

/// A problem of a row: which column, which code, how bad.
type CellProblem = (TemplateField, &'static str, Severity);

/// What is wrong with a row.
#[derive(Default)]
struct Problems {
    /// What is taken differently from how it is written.
    kept: Vec<CellProblem>,
    /// Why the row is left out.
    left_out: Vec<CellProblem>,
}

impl Problems {
    fn warn(&mut self, field: TemplateField, code: &'static str) {
        self.kept.push((field, code, Severity::Warning));
    }

    fn leave_out(&mut self, field: TemplateField, code: &'static str) {
        self.left_out.push((field, code, Severity::Error));
    }

    /// What to tell: a row that is left out states nothing, so only the reasons for leaving it out.
    fn told(self) -> Vec<CellProblem> {
        if self.left_out.is_empty() { self.kept } else { self.left_out }
    }
}

impl<'a> RowReader<'a> {
    /// A reader of a file with this header.
    pub(super) fn new(header: &'a Header<'a>) -> Self {
        Self { header, columns: TemplateColumns::find(|field| header.at(field)), taken: RowsTaken::default() }
    }

    /// What was read.
    pub(super) fn finish(self) -> RowsTaken {
        self.taken
    }

    /// Tells how far it has come, and stops when somebody wants it to.
    pub(super) fn watch(&mut self, done: u64, total: u64, watch: &mut dyn Watch) -> Result<(), Issue> {
        if self.taken.records.is_multiple_of(STEP) {
            if self.taken.records == STEP {
                self.make_room(done, total);
            }
            watch.progress(done, total);
            if watch.cancelled() {
                return Err(Issue::new(Severity::Error, "cancelled").in_file(self.header.file));
            }
        }
        Ok(())
    }

    /// Makes room for as many rows as there will be if the rest is like the first ones, and a few more: rows that move as
    /// they become more take up to three times their memory meanwhile.
    fn make_room(&mut self, done: u64, total: u64) {
        let expected = STEP.saturating_mul(total).checked_div(done).unwrap_or(0).min(self.header.limits.rows);
        let expected = usize::try_from(expected.saturating_add(expected / 32)).unwrap_or(0);
        // Where there is no room for as many, there may be for those that come.
        let _ = self.taken.rows.try_reserve_exact(expected.saturating_sub(self.taken.rows.len()));
    }

    /// Takes one record, or leaves it out with an issue for each reason.
    pub(super) fn row(&mut self, line: u32, sheet: &str, record: CellRecord<'_>) -> Result<(), Issue> {
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return Ok(());
        }
        self.taken.records = self.taken.records.saturating_add(1);
        let limits = self.header.limits;
        if record.len() > limits.columns {
            return Err(self.header.refuse("table_too_wide", line).with("limit", limits.columns));
        }
        let longest = limits.cell_chars;
        if record.longest() > longest {
            return Err(self.header.refuse("table_cell_too_long", line).with("limit", longest));
        }
        if self.taken.records > limits.rows {
            return Err(self.header.refuse("table_too_long", line).with("limit", limits.rows));
        }
        if let Some(beyond) = self.header.beyond(record) {
            let told = Issue::new(Severity::Error, "cells_beyond_header").in_file(&self.header.file_of(sheet));
            let told = told.at_row(line).with("value", String::from_utf8_lossy(beyond).into_owned());
            self.taken.issues.push(told.with("outcome", Message::new("issue.line_left_out")));
            self.taken.left_out = self.taken.left_out.saturating_add(1);
            return Ok(());
        }
        let mut problems = Problems::default();
        let row = self.parse((line, sheet), record, &mut problems).filter(|_| problems.left_out.is_empty());
        if row.is_none()
            && let Some(first) = total_of(record)
        {
            let told = Issue::new(Severity::Info, crate::import::line::TOTAL).in_file(&self.header.file_of(sheet));
            let told = told.at_row(line).with("value", first);
            self.taken.issues.push(told.with("outcome", Message::new("issue.line_left_out")));
            problems = Problems::default();
        }
        for (field, code, severity) in problems.told() {
            let issue = self.issue((line, sheet), record, field, code, severity);
            if code != TIME_LEFT_ASIDE
                || self.taken.issues.iter().all(|known| known.code != code || known.column != issue.column)
            {
                self.taken.issues.push(issue);
            }
        }
        match row {
            Some(row) => self.taken.rows.push(row),
            None => self.taken.left_out = self.taken.left_out.saturating_add(1),
        }
        Ok(())
    }

    /// The row as far as it can be read.
    fn parse(
        &mut self,
        (line, sheet): (u32, &str),
        record: CellRecord<'_>,
        problems: &mut Problems,
    ) -> Option<EstateRow> {
        let names = &mut self.taken.names;
        // What Excel writes where a formula failed names nothing.
        let mut name = |column: &mut ParsedColumn<Option<Name>>| {
            column.read(record, |text| (!text.is_empty() && !cell::is_failed_formula(text)).then(|| names.add(text)))
        };
        let columns = &mut self.columns;
        let server = name(&mut columns.server);
        let processor = name(&mut columns.processor);
        let partition = name(&mut columns.partition);
        let product = name(&mut columns.product);
        let environment = name(&mut columns.environment);
        let pool = name(&mut columns.pool);
        let (excluded, odd) = columns.excluded_reason.read(record, |text| {
            ((!text.is_empty()).then(|| names.add(text)), cell::is_failed_formula(text) || says_no(text))
        });
        if odd {
            problems.warn(TemplateField::ExcludedReason, "excluded_by_flag");
        }
        let (os, linux) = columns.os.read(record, |text| ((!text.is_empty()).then(|| names.add(text)), is_linux(text)));
        if server.is_none() {
            problems.leave_out(TemplateField::Server, "server_blank");
        }
        if product.is_none() {
            problems.leave_out(TemplateField::Product, "product_blank");
        }
        let (sockets, cores, region) = self.server_facts(record, problems);
        let technology = self.technology(record, partition, problems);
        let partition_cores = self.partition_cores(record, technology, problems);
        let pool = self.pool(record, technology, pool, problems);
        let metric = self.metric(record, problems);
        let (from, to) = self.days(record, problems);
        Some(EstateRow {
            origin: Origin { file: self.header.index_of(sheet), line },
            server: server?,
            processor,
            sockets,
            cores,
            region,
            technology,
            partition: partition.filter(|_| technology != Technology::None),
            partition_cores,
            os,
            linux,
            product: product?,
            metric,
            from,
            to,
            pool: pool.map(|(pool, _)| pool),
            pool_cores: pool.and_then(|(_, cores)| cores),
            environment,
            excluded,
        })
    }

    fn server_facts(
        &mut self,
        record: CellRecord<'_>,
        problems: &mut Problems,
    ) -> (Option<Count>, Option<Count>, Option<Region>) {
        let (styles, texts) = (&self.header.styles, &mut self.taken.texts);
        let mut count = |field: TemplateField, text: &str| {
            ParsedCell::parse(texts.met(field, text), |text| parse_count(text, styles.of(field)))
        };
        let sockets = self.columns.sockets.read(record, |text| count(TemplateField::Sockets, text));
        if sockets == ParsedCell::Invalid {
            problems.warn(TemplateField::Sockets, "sockets_invalid");
        }
        let cores = self.columns.cores.read(record, |text| count(TemplateField::Cores, text));
        if cores == ParsedCell::Invalid {
            problems.kept.push((TemplateField::Cores, "cores_invalid", Severity::Error));
        }
        let region = self.columns.region.read(record, |text| ParsedCell::parse(text, Region::parse));
        if region == ParsedCell::Invalid {
            problems.warn(TemplateField::Region, "region_invalid");
        }
        (sockets.value(), cores.value(), region.value().filter(|&region| region != Region::Unknown))
    }

    fn technology(&mut self, record: CellRecord<'_>, partition: Option<Name>, problems: &mut Problems) -> Technology {
        let technology = match self.columns.technology.read(record, |text| ParsedCell::parse(text, Technology::parse)) {
            ParsedCell::Value(technology) => technology,
            ParsedCell::Blank if partition.is_none() => Technology::None,
            ParsedCell::Blank => Technology::Unknown,
            ParsedCell::Invalid => {
                problems.warn(TemplateField::Technology, "technology_invalid");
                Technology::Unknown
            }
        };
        match (technology, partition) {
            (Technology::None, Some(_)) => problems.warn(TemplateField::Partition, "partition_ignored"),
            (Technology::None, None) | (_, Some(_)) => {}
            (_, None) => problems.leave_out(TemplateField::Partition, "partition_blank"),
        }
        technology
    }

    fn partition_cores(
        &mut self,
        record: CellRecord<'_>,
        technology: Technology,
        problems: &mut Problems,
    ) -> Option<Cores> {
        let (style, texts) = (self.header.styles.of(TemplateField::PartitionCores), &mut self.taken.texts);
        let parse = |text: &str| {
            ParsedCell::parse(texts.met(TemplateField::PartitionCores, text), |text| parse_cores(text, style))
        };
        let cell = self.columns.partition_cores.read(record, parse);
        match (technology, cell) {
            (Technology::None, _) | (Technology::Container, ParsedCell::Blank) => None,
            (_, ParsedCell::Blank) => {
                problems.leave_out(TemplateField::PartitionCores, "partition_cores_blank");
                None
            }
            (_, ParsedCell::Invalid) => {
                problems.leave_out(TemplateField::PartitionCores, "partition_cores_invalid");
                None
            }
            (_, ParsedCell::Value(cores)) => {
                if !cores.is_whole() && !technology.adds_fractions() {
                    problems.warn(TemplateField::PartitionCores, "partition_cores_rounded");
                }
                Some(cores)
            }
        }
    }

    fn pool(
        &mut self,
        record: CellRecord<'_>,
        technology: Technology,
        pool: Option<Name>,
        problems: &mut Problems,
    ) -> Option<(Name, Option<Cores>)> {
        let (style, texts) = (self.header.styles.of(TemplateField::PoolCores), &mut self.taken.texts);
        let parse =
            |text: &str| ParsedCell::parse(texts.met(TemplateField::PoolCores, text), |text| parse_cores(text, style));
        let cores = self.columns.pool_cores.read(record, parse);
        let pool = pool?;
        if !technology.is_pooled() {
            problems.warn(TemplateField::Pool, "pool_ignored");
            return None;
        }
        if cores == ParsedCell::Invalid {
            problems.warn(TemplateField::PoolCores, "pool_cores_invalid");
        }
        Some((pool, cores.value()))
    }

    fn metric(&mut self, record: CellRecord<'_>, problems: &mut Problems) -> Metric {
        match self.columns.metric.read(record, |text| ParsedCell::parse(text, Metric::parse)) {
            ParsedCell::Value(metric) => metric,
            ParsedCell::Blank => {
                problems.warn(TemplateField::Metric, "metric_blank");
                Metric::Pvu
            }
            ParsedCell::Invalid => {
                problems.leave_out(TemplateField::Metric, "metric_invalid");
                Metric::Pvu
            }
        }
    }

    fn days(&mut self, record: CellRecord<'_>, problems: &mut Problems) -> (Option<DayNumber>, Option<DayNumber>) {
        let (styles, texts) = (&self.header.styles, &mut self.taken.texts);
        let mut day = |field: TemplateField, text: &str| parse_day(texts.met(field, text), styles.of(field));
        let (from, from_within) = self.columns.from.read(record, |text| day(TemplateField::From, text));
        let (to, to_within) = self.columns.to.read(record, |text| day(TemplateField::To, text));
        for (field, within) in [(TemplateField::From, from_within), (TemplateField::To, to_within)] {
            if within {
                problems.kept.push((field, TIME_LEFT_ASIDE, Severity::Info));
            }
        }
        if from == ParsedCell::Invalid {
            problems.leave_out(TemplateField::From, "from_invalid");
        }
        if to == ParsedCell::Invalid {
            problems.leave_out(TemplateField::To, "to_invalid");
        }
        let (from, to) = (from.value(), to.value());
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            problems.leave_out(TemplateField::To, "period_reversed");
        }
        (from, to)
    }

    fn issue(
        &self,
        (line, sheet): (u32, &str),
        record: CellRecord<'_>,
        field: TemplateField,
        code: &'static str,
        severity: Severity,
    ) -> Issue {
        let index = self.header.at(field);
        let header = index.and_then(|index| self.header.columns.get(index)).map_or(field.name(), |(header, _)| header);
        let cell = index.and_then(|index| record.get(index)).unwrap_or_default();
        let value: String = String::from_utf8_lossy(cell).trim().chars().take(80).collect();
        if self.is_ambiguous(field, &value) {
            let leaves_out = matches!(code, "partition_cores_invalid" | "from_invalid" | "to_invalid");
            let outcome = if leaves_out { "issue.line_left_out" } else { "issue.cell_as_blank" };
            let issue = Issue::new(severity, "cell_ambiguous").in_file(&self.header.file_of(sheet)).at_row(line);
            return issue.in_column(header).with("value", value).with("outcome", Message::new(outcome));
        }
        Issue::new(severity, code)
            .in_file(&self.header.file_of(sheet))
            .at_row(line)
            .in_column(header)
            .with("value", value)
    }

    /// Whether a number or a day can be read, if only somebody knew how.
    fn is_ambiguous(&self, field: TemplateField, value: &str) -> bool {
        let kind = FIELDS.iter().find(|known| known.name == field.name()).map_or(FieldKind::Text, |known| known.kind);
        self.header.styles.of(field) == Style::Either
            && Style::of(kind).iter().any(|style| cell::read(kind, value, *style).is_some())
    }
}

/// The first text of a record, where that is a word for a sum: the row adds up the others.
fn total_of(record: CellRecord<'_>) -> Option<String> {
    let first = record.iter().map(String::from_utf8_lossy).find(|cell| !cell.trim().is_empty())?;
    total::is_word(&first).then(|| first.trim().to_owned())
}

/// Whether a reason for leaving a row out reads like the answer "no".
fn says_no(text: &str) -> bool {
    ["no", "false", "0", "-", "–", "n/a", "na", "none", "nein", "non", "nie"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(text))
}

//! Records to rows: what each blank and each bad cell means (docs/estate-template.md).

use jiff::civil::Date;

use super::cells::{Cell, Column, parse_cores, parse_count, parse_day};
use super::field::{FIELDS, Field};
use super::header::Header;
use super::taken::{TIME_LEFT_ASIDE, Taken};
use crate::import::cell::{self, Style};
use crate::import::{Watch, total};
use crate::model::estate::{EstateRow, Origin};
use crate::model::issue::{Issue, Severity};
use crate::model::list::Kind;
use crate::model::message::Message;
use crate::model::metric::Metric;
use crate::model::names::Name;
use crate::model::operating_system::is_linux;
use crate::model::quantity::{Cores, Count};
use crate::model::region::Region;
use crate::model::technology::Technology;

/// The columns of a file, each with the cells that were met in it.
struct Columns {
    server: Column<Option<Name>>,
    processor: Column<Option<Name>>,
    sockets: Column<Cell<Count>>,
    cores: Column<Cell<Count>>,
    region: Column<Cell<Region>>,
    technology: Column<Cell<Technology>>,
    partition: Column<Option<Name>>,
    partition_cores: Column<Cell<Cores>>,
    os: Column<(Option<Name>, bool)>,
    product: Column<Option<Name>>,
    metric: Column<Cell<Metric>>,
    from: Column<(Cell<Date>, bool)>,
    to: Column<(Cell<Date>, bool)>,
    environment: Column<Option<Name>>,
    /// Why the row counts nothing, and whether it is hardly a reason.
    excluded_reason: Column<(Option<Name>, bool)>,
    pool: Column<Option<Name>>,
    pool_cores: Column<Cell<Cores>>,
}

impl Columns {
    /// Finds each column by its place.
    fn find(at: impl Fn(Field) -> Option<usize>) -> Self {
        Self {
            server: Column::at(at(Field::Server)),
            processor: Column::at(at(Field::Processor)),
            sockets: Column::at(at(Field::Sockets)),
            cores: Column::at(at(Field::Cores)),
            region: Column::at(at(Field::Region)),
            technology: Column::at(at(Field::Technology)),
            partition: Column::at(at(Field::Partition)),
            partition_cores: Column::at(at(Field::PartitionCores)),
            os: Column::at(at(Field::Os)),
            product: Column::at(at(Field::Product)),
            metric: Column::at(at(Field::Metric)),
            from: Column::at(at(Field::From)),
            to: Column::at(at(Field::To)),
            environment: Column::at(at(Field::Environment)),
            excluded_reason: Column::at(at(Field::ExcludedReason)),
            pool: Column::at(at(Field::Pool)),
            pool_cores: Column::at(at(Field::PoolCores)),
        }
    }
}

/// Turns the records of a file, or of a part of one, into rows.
pub(super) struct RowReader<'a> {
    header: &'a Header<'a>,
    columns: Columns,
    taken: Taken,
}

/// A problem of a row: which column, which code, how bad.
type Problem = (Field, &'static str, Severity);

/// What is wrong with a row.
#[derive(Default)]
struct Problems {
    /// What is taken differently from how it is written.
    kept: Vec<Problem>,
    /// Why the row is left out.
    left_out: Vec<Problem>,
}

impl Problems {
    fn warn(&mut self, field: Field, code: &'static str) {
        self.kept.push((field, code, Severity::Warning));
    }

    fn leave_out(&mut self, field: Field, code: &'static str) {
        self.left_out.push((field, code, Severity::Error));
    }

    /// What to tell: a row that is left out states nothing, so only the reasons for leaving it out.
    fn told(self) -> Vec<Problem> {
        if self.left_out.is_empty() { self.kept } else { self.left_out }
    }
}

impl<'a> RowReader<'a> {
    /// A reader of a file with this header.
    pub(super) fn new(header: &'a Header<'a>) -> Self {
        Self { header, columns: Columns::find(|field| header.at(field)), taken: Taken::default() }
    }

    /// What was read.
    pub(super) fn finish(self) -> Taken {
        self.taken
    }

    /// Tells how far it has come, and stops when somebody wants it to.
    pub(super) fn watch(&self, done: u64, total: u64, watch: &mut dyn Watch) -> Result<(), Issue> {
        if self.taken.records.is_multiple_of(8192) {
            watch.progress(done, total);
            if watch.cancelled() {
                return Err(Issue::new(Severity::Error, "cancelled").in_file(self.header.file));
            }
        }
        Ok(())
    }

    /// Takes one record, or leaves it out with an issue for each reason.
    pub(super) fn row(&mut self, line: u32, sheet: &str, record: &csv::ByteRecord) -> Result<(), Issue> {
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return Ok(());
        }
        self.taken.records = self.taken.records.saturating_add(1);
        let limits = self.header.limits;
        if record.len() > limits.columns {
            return Err(self.header.refuse("table_too_wide", line).with("limit", limits.columns));
        }
        let longest = limits.cell_chars;
        if record.as_slice().len() > longest && record.iter().any(|cell| cell.len() > longest) {
            return Err(self.header.refuse("table_cell_too_long", line).with("limit", longest));
        }
        if self.taken.records > limits.rows {
            return Err(self.header.refuse("table_too_long", line).with("limit", limits.rows));
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
        record: &csv::ByteRecord,
        problems: &mut Problems,
    ) -> Option<EstateRow> {
        let names = &mut self.taken.names;
        // What Excel writes where a formula failed names nothing.
        let mut name = |column: &mut Column<Option<Name>>| {
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
            problems.warn(Field::ExcludedReason, "excluded_by_flag");
        }
        let (os, linux) = columns.os.read(record, |text| ((!text.is_empty()).then(|| names.add(text)), is_linux(text)));
        if server.is_none() {
            problems.leave_out(Field::Server, "server_blank");
        }
        if product.is_none() {
            problems.leave_out(Field::Product, "product_blank");
        }
        let (sockets, cores, region) = self.server_facts(record, problems);
        let technology = self.technology(record, partition, problems);
        let partition_cores = self.partition_cores(record, technology, problems);
        let pool = self.pool(record, technology, pool, problems);
        let metric = self.metric(record, problems);
        let (from, to) = self.days(record, problems);
        Some(EstateRow {
            origin: Origin { file: self.header.place_of(sheet), line },
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
        record: &csv::ByteRecord,
        problems: &mut Problems,
    ) -> (Option<Count>, Option<Count>, Option<Region>) {
        let (styles, texts) = (&self.header.styles, &mut self.taken.texts);
        let mut count =
            |field: Field, text: &str| Cell::parse(texts.met(field, text), |text| parse_count(text, styles.of(field)));
        let sockets = self.columns.sockets.read(record, |text| count(Field::Sockets, text));
        if sockets == Cell::Invalid {
            problems.warn(Field::Sockets, "sockets_invalid");
        }
        let cores = self.columns.cores.read(record, |text| count(Field::Cores, text));
        if cores == Cell::Invalid {
            problems.kept.push((Field::Cores, "cores_invalid", Severity::Error));
        }
        let region = self.columns.region.read(record, |text| Cell::parse(text, Region::parse));
        if region == Cell::Invalid {
            problems.warn(Field::Region, "region_invalid");
        }
        (sockets.value(), cores.value(), region.value().filter(|&region| region != Region::Unknown))
    }

    fn technology(&mut self, record: &csv::ByteRecord, partition: Option<Name>, problems: &mut Problems) -> Technology {
        let technology = match self.columns.technology.read(record, |text| Cell::parse(text, Technology::parse)) {
            Cell::Value(technology) => technology,
            Cell::Blank if partition.is_none() => Technology::None,
            Cell::Blank => Technology::Unknown,
            Cell::Invalid => {
                problems.warn(Field::Technology, "technology_invalid");
                Technology::Unknown
            }
        };
        match (technology, partition) {
            (Technology::None, Some(_)) => problems.warn(Field::Partition, "partition_ignored"),
            (Technology::None, None) | (_, Some(_)) => {}
            (_, None) => problems.leave_out(Field::Partition, "partition_blank"),
        }
        technology
    }

    fn partition_cores(
        &mut self,
        record: &csv::ByteRecord,
        technology: Technology,
        problems: &mut Problems,
    ) -> Option<Cores> {
        let (style, texts) = (self.header.styles.of(Field::PartitionCores), &mut self.taken.texts);
        let parse = |text: &str| Cell::parse(texts.met(Field::PartitionCores, text), |text| parse_cores(text, style));
        let cell = self.columns.partition_cores.read(record, parse);
        match (technology, cell) {
            (Technology::None, _) | (Technology::Container, Cell::Blank) => None,
            (_, Cell::Blank) => {
                problems.leave_out(Field::PartitionCores, "partition_cores_blank");
                None
            }
            (_, Cell::Invalid) => {
                problems.leave_out(Field::PartitionCores, "partition_cores_invalid");
                None
            }
            (_, Cell::Value(cores)) => {
                if !cores.is_whole() && !technology.adds_fractions() {
                    problems.warn(Field::PartitionCores, "partition_cores_rounded");
                }
                Some(cores)
            }
        }
    }

    fn pool(
        &mut self,
        record: &csv::ByteRecord,
        technology: Technology,
        pool: Option<Name>,
        problems: &mut Problems,
    ) -> Option<(Name, Option<Cores>)> {
        let (style, texts) = (self.header.styles.of(Field::PoolCores), &mut self.taken.texts);
        let parse = |text: &str| Cell::parse(texts.met(Field::PoolCores, text), |text| parse_cores(text, style));
        let cores = self.columns.pool_cores.read(record, parse);
        let pool = pool?;
        if !technology.is_pooled() {
            problems.warn(Field::Pool, "pool_ignored");
            return None;
        }
        if cores == Cell::Invalid {
            problems.warn(Field::PoolCores, "pool_cores_invalid");
        }
        Some((pool, cores.value()))
    }

    fn metric(&mut self, record: &csv::ByteRecord, problems: &mut Problems) -> Metric {
        match self.columns.metric.read(record, |text| Cell::parse(text, Metric::parse)) {
            Cell::Value(metric) => metric,
            Cell::Blank => {
                problems.warn(Field::Metric, "metric_blank");
                Metric::Pvu
            }
            Cell::Invalid => {
                problems.leave_out(Field::Metric, "metric_invalid");
                Metric::Pvu
            }
        }
    }

    fn days(&mut self, record: &csv::ByteRecord, problems: &mut Problems) -> (Option<Date>, Option<Date>) {
        let (styles, texts) = (&self.header.styles, &mut self.taken.texts);
        let mut day = |field: Field, text: &str| parse_day(texts.met(field, text), styles.of(field));
        let (from, from_within) = self.columns.from.read(record, |text| day(Field::From, text));
        let (to, to_within) = self.columns.to.read(record, |text| day(Field::To, text));
        for (field, within) in [(Field::From, from_within), (Field::To, to_within)] {
            if within {
                problems.kept.push((field, TIME_LEFT_ASIDE, Severity::Info));
            }
        }
        if from == Cell::Invalid {
            problems.leave_out(Field::From, "from_invalid");
        }
        if to == Cell::Invalid {
            problems.leave_out(Field::To, "to_invalid");
        }
        let (from, to) = (from.value(), to.value());
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            problems.leave_out(Field::To, "period_reversed");
        }
        (from, to)
    }

    fn issue(
        &self,
        (line, sheet): (u32, &str),
        record: &csv::ByteRecord,
        field: Field,
        code: &'static str,
        severity: Severity,
    ) -> Issue {
        let place = self.header.at(field);
        let header = place.and_then(|place| self.header.columns.get(place)).map_or(field.name(), |(header, _)| header);
        let cell = place.and_then(|place| record.get(place)).unwrap_or_default();
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
    fn is_ambiguous(&self, field: Field, value: &str) -> bool {
        let kind = FIELDS.iter().find(|known| known.name == field.name()).map_or(Kind::Text, |known| known.kind);
        self.header.styles.of(field) == Style::Either
            && Style::of(kind).iter().any(|style| cell::read(kind, value, *style).is_some())
    }
}

/// The first text of a record, where that is a word for a sum: the row adds up the others.
fn total_of(record: &csv::ByteRecord) -> Option<String> {
    let first = record.iter().map(String::from_utf8_lossy).find(|cell| !cell.trim().is_empty())?;
    total::is_word(&first).then(|| first.trim().to_owned())
}

/// Whether a reason for leaving a row out reads like the answer "no".
fn says_no(text: &str) -> bool {
    ["no", "false", "0", "-", "–", "n/a", "na", "none", "nein", "non", "nie"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(text))
}

//! The estate template: one row per product on a partition for a period, from CSV or from the first sheet of a
//! workbook. What each blank and each bad cell means: `docs/estate-template.md`.
//!
//! Files of this kind have up to millions of rows and few distinct cells. Each distinct text of a column is therefore
//! parsed once and remembered ([`Memo`]); a row is then a handful of look-ups.

use std::hash::Hash;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::sheet::Sheet;
use super::{Limits, Watch, text};
use crate::model::assessment::{FileKind, FileReport};
use crate::model::estate::{Estate, EstateRow, Origin};
use crate::model::issue::{Issue, Severity};
use crate::model::metric::Metric;
use crate::model::names::{Name, Names};
use crate::model::quantity::{Cores, Count};
use crate::model::region::Region;
use crate::model::technology::Technology;

/// The columns of the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The physical server.
    Server,
    /// Brand string or IBM model.
    Processor,
    /// The most sockets the server can hold.
    Sockets,
    /// Activated physical cores of the server.
    Cores,
    /// Licensing region of the server.
    Region,
    /// What the partition is.
    Technology,
    /// Name of the partition.
    Partition,
    /// Cores of the partition.
    PartitionCores,
    /// Operating system.
    Os,
    /// The product.
    Product,
    /// What the product is counted in.
    Metric,
    /// First day.
    From,
    /// Last day.
    To,
    /// Production, test and so on.
    Environment,
    /// Why the row counts nothing.
    ExcludedReason,
    /// Shared processor pool.
    Pool,
    /// Cores of that pool.
    PoolCores,
}

impl Field {
    /// All columns, in the order of the blank template; the last two are optional there.
    pub const ALL: [Self; 17] = [
        Self::Server,
        Self::Processor,
        Self::Sockets,
        Self::Cores,
        Self::Region,
        Self::Technology,
        Self::Partition,
        Self::PartitionCores,
        Self::Os,
        Self::Product,
        Self::Metric,
        Self::From,
        Self::To,
        Self::Environment,
        Self::ExcludedReason,
        Self::Pool,
        Self::PoolCores,
    ];

    /// The header of the column.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Processor => "processor",
            Self::Sockets => "sockets",
            Self::Cores => "cores",
            Self::Region => "region",
            Self::Technology => "technology",
            Self::Partition => "partition",
            Self::PartitionCores => "partition_cores",
            Self::Os => "os",
            Self::Product => "product",
            Self::Metric => "metric",
            Self::From => "from",
            Self::To => "to",
            Self::Environment => "environment",
            Self::ExcludedReason => "excluded_reason",
            Self::Pool => "pool",
            Self::PoolCores => "pool_cores",
        }
    }

    fn parse(header: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(header))
    }
}

/// Whether a header row is that of an estate template: it names servers and products.
pub fn is_template(header: &[String]) -> bool {
    let named = |field| header.iter().any(|text| Field::parse(text.trim()) == Some(field));
    named(Field::Server) && named(Field::Product)
}

/// Reads a template written as text into the estate and says what was made of it.
///
/// # Errors
/// When the text cannot be read as a template at all; the estate has not changed then.
pub fn read(
    estate: &mut Estate,
    file: &str,
    bytes: &[u8],
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<FileReport, Issue> {
    let (text, issues) = text::decode(file, bytes, limits)?;
    let report = read_text(estate, file, &text, text::delimiter(&text), limits, watch)?;
    estate.issues.extend(issues);
    Ok(report)
}

/// Reads a template from text that is decoded already.
///
/// # Errors
/// When the text cannot be read as a template at all; the estate has not changed then.
pub fn read_text(
    estate: &mut Estate,
    file: &str,
    text: &str,
    delimiter: u8,
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<FileReport, Issue> {
    let mut csv = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .buffer_capacity(1 << 20)
        .from_reader(text.as_bytes());
    let mut record = csv::ByteRecord::new();
    let unreadable = |error: &csv::Error| {
        Issue::new(Severity::Error, "file_not_csv").in_file(file).with("reason", error.to_string())
    };
    csv.read_byte_record(&mut record).map_err(|error| unreadable(&error))?;
    let header: Vec<String> = record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
    let header_line = record.position().map_or(1, csv::Position::line);
    let mut reader = RowReader::new(estate, file, &header, header_line, limits)?;
    let total = u64::try_from(text.len()).unwrap_or(u64::MAX);
    while csv.read_byte_record(&mut record).map_err(|error| unreadable(&error))? {
        let (line, byte) = record.position().map_or((0, 0), |position| (position.line(), position.byte()));
        reader.watch(byte, total, watch)?;
        reader.row(u32::try_from(line).unwrap_or(u32::MAX), &record)?;
    }
    watch.progress(total, total);
    let taken = reader.finish();
    Ok(taken.into_estate(estate, file))
}

/// Reads a template from the sheet of a workbook.
///
/// # Errors
/// When the sheet cannot be read as a template at all; the estate has not changed then.
pub fn read_sheet(
    estate: &mut Estate,
    file: &str,
    sheet: &Sheet,
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<FileReport, Issue> {
    let mut reader = RowReader::new(estate, file, sheet.header(), sheet.header_line().into(), limits)?;
    let total = u64::try_from(sheet.len()).unwrap_or(u64::MAX);
    let mut record = csv::ByteRecord::new();
    for (done, row) in (0_u64..).zip(sheet.rows()) {
        record.clear();
        row.cells().for_each(|cell| record.push_field(cell.as_bytes()));
        reader.watch(done, total, watch)?;
        reader.row(row.line(), &record)?;
    }
    let taken = reader.finish();
    Ok(taken.into_estate(estate, file))
}

/// Turns the records of one file into rows.
struct RowReader<'a> {
    names: &'a mut Names,
    file: &'a str,
    place: u16,
    columns: Columns,
    memos: Memos,
    limits: &'a Limits,
    taken: Taken,
}

/// What a file adds to the estate once it is read to its end.
struct Taken {
    report: FileReport,
    rows: Vec<EstateRow>,
    issues: Vec<Issue>,
}

impl Taken {
    fn into_estate(self, estate: &mut Estate, file: &str) -> FileReport {
        estate.files.push(file.to_owned());
        estate.rows.extend(self.rows);
        estate.issues.extend(self.issues);
        self.report
    }
}

/// Which cell of a record holds which field; `None` where the file has no such column.
struct Columns {
    server: Option<usize>,
    processor: Option<usize>,
    sockets: Option<usize>,
    cores: Option<usize>,
    region: Option<usize>,
    technology: Option<usize>,
    partition: Option<usize>,
    partition_cores: Option<usize>,
    os: Option<usize>,
    product: Option<usize>,
    metric: Option<usize>,
    from: Option<usize>,
    to: Option<usize>,
    environment: Option<usize>,
    excluded_reason: Option<usize>,
    pool: Option<usize>,
    pool_cores: Option<usize>,
}

/// The cells met so far, parsed.
#[derive(Default)]
struct Memos {
    names: [Memo<Option<Name>>; 7],
    os: Memo<(Option<Name>, bool)>,
    counts: Memo<Cell<Count>>,
    cores: Memo<Cell<Cores>>,
    regions: Memo<Cell<Region>>,
    technologies: Memo<Cell<Technology>>,
    metrics: Memo<Cell<Metric>>,
    days: Memo<Cell<Date>>,
}

/// Each distinct text of a column, parsed once. Most cells are blank or repeat the row above: those are not even
/// looked up.
struct Memo<T> {
    known: FxHashMap<Box<[u8]>, T>,
    blank: Option<T>,
    last: Option<(Box<[u8]>, T)>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self { known: FxHashMap::default(), blank: None, last: None }
    }
}

impl<T: Copy> Memo<T> {
    fn get(&mut self, cell: &[u8], parse: impl FnOnce(&str) -> T) -> T {
        if cell.is_empty() {
            return *self.blank.get_or_insert_with(|| parse(""));
        }
        if let Some((text, value)) = &self.last
            && **text == *cell
        {
            return *value;
        }
        if let Some(&value) = self.known.get(cell) {
            return value;
        }
        let value = parse(String::from_utf8_lossy(cell).trim());
        self.known.insert(cell.into(), value);
        self.last = Some((cell.into(), value));
        value
    }
}

/// A cell that was parsed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Cell<T> {
    Blank,
    Value(T),
    Invalid,
}

impl<T> Cell<T> {
    fn parse(text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Self {
        if text.is_empty() { Self::Blank } else { parse(text).map_or(Self::Invalid, Self::Value) }
    }

    fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Blank | Self::Invalid => None,
        }
    }
}

/// A problem of a row: which column, which code, and whether the row is left out for it.
struct Problem {
    field: Field,
    code: &'static str,
    severity: Severity,
}

const fn error(field: Field, code: &'static str) -> Problem {
    Problem { field, code, severity: Severity::Error }
}

const fn warning(field: Field, code: &'static str) -> Problem {
    Problem { field, code, severity: Severity::Warning }
}

impl<'a> RowReader<'a> {
    fn new(
        estate: &'a mut Estate,
        file: &'a str,
        header: &[String],
        header_line: u64,
        limits: &'a Limits,
    ) -> Result<Self, Issue> {
        let header_line = u32::try_from(header_line).unwrap_or(u32::MAX);
        let refuse = |code| Issue::new(Severity::Error, code).in_file(file);
        if !is_template(header) {
            return Err(refuse("file_not_template"));
        }
        if header.len() > limits.columns {
            return Err(refuse("file_too_many_columns").with("limit", limits.columns));
        }
        let place = u16::try_from(estate.files.len()).map_err(|_| refuse("too_many_files"))?;
        let at = |field: Field| header.iter().position(|text| Field::parse(text) == Some(field));
        let columns = Columns {
            server: at(Field::Server),
            processor: at(Field::Processor),
            sockets: at(Field::Sockets),
            cores: at(Field::Cores),
            region: at(Field::Region),
            technology: at(Field::Technology),
            partition: at(Field::Partition),
            partition_cores: at(Field::PartitionCores),
            os: at(Field::Os),
            product: at(Field::Product),
            metric: at(Field::Metric),
            from: at(Field::From),
            to: at(Field::To),
            environment: at(Field::Environment),
            excluded_reason: at(Field::ExcludedReason),
            pool: at(Field::Pool),
            pool_cores: at(Field::PoolCores),
        };
        let mut issues = Vec::new();
        let mut recognised = Vec::new();
        for (column, text) in header.iter().enumerate() {
            // Of two columns with one name the first is used, the other is kept like an unknown one.
            let field = Field::parse(text).filter(|&field| at(field) == Some(column));
            if field.is_none() && !text.is_empty() {
                let code = if Field::parse(text).is_some() { "column_twice" } else { "column_unknown" };
                let severity = if code == "column_twice" { Severity::Warning } else { Severity::Info };
                issues.push(Issue::new(severity, code).in_file(file).at_row(header_line).in_column(text));
            }
            recognised.push((text.clone(), field.map(|field| field.name().to_owned())));
        }
        let report = FileReport {
            name: file.to_owned(),
            kind: FileKind::EstateTemplate,
            language: None,
            rows: 0,
            left_out: 0,
            columns: recognised,
            integrity: None,
            health: Vec::new(),
        };
        let taken = Taken { report, rows: Vec::new(), issues };
        let names = &mut estate.names;
        Ok(Self { names, file, place, columns, memos: Memos::default(), limits, taken })
    }

    fn finish(self) -> Taken {
        self.taken
    }

    /// Tells how far it has come, and stops when somebody wants it to.
    fn watch(&self, done: u64, total: u64, watch: &mut dyn Watch) -> Result<(), Issue> {
        if self.taken.report.rows.is_multiple_of(8192) {
            watch.progress(done, total);
            if watch.cancelled() {
                return Err(Issue::new(Severity::Error, "cancelled").in_file(self.file));
            }
        }
        Ok(())
    }

    /// Takes one record, or leaves it out with an issue for each reason.
    fn row(&mut self, line: u32, record: &csv::ByteRecord) -> Result<(), Issue> {
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return Ok(());
        }
        self.taken.report.rows = self.taken.report.rows.saturating_add(1);
        if self.taken.report.rows > self.limits.rows {
            return Err(Issue::new(Severity::Error, "file_too_many_rows")
                .in_file(self.file)
                .with("limit", self.limits.rows));
        }
        let mut problems = Vec::new();
        let row = self.parse(line, record, &mut problems);
        if !problems.is_empty() {
            let issues = problems.iter().map(|problem| self.issue(line, record, problem)).collect::<Vec<_>>();
            self.taken.issues.extend(issues);
        }
        match row {
            Some(row) => self.taken.rows.push(row),
            None => self.taken.report.left_out = self.taken.report.left_out.saturating_add(1),
        }
        Ok(())
    }

    /// The row, or nothing when one of the problems leaves it out. Semantics: `docs/estate-template.md`.
    fn parse(&mut self, line: u32, record: &csv::ByteRecord, problems: &mut Vec<Problem>) -> Option<EstateRow> {
        let before = problems.len();
        let columns = &self.columns;
        let cell = |place: Option<usize>| place.and_then(|place| record.get(place)).unwrap_or_default();
        let [servers, processors, partitions, products, environments, reasons, pools] = &mut self.memos.names;
        let names = &mut *self.names;
        let mut name = |memo: &mut Memo<Option<Name>>, place| {
            memo.get(cell(place), |text| (!text.is_empty()).then(|| names.add(text)))
        };
        let server = name(servers, columns.server);
        let processor = name(processors, columns.processor);
        let partition = name(partitions, columns.partition);
        let product = name(products, columns.product);
        let environment = name(environments, columns.environment);
        let excluded = name(reasons, columns.excluded_reason);
        let pool = name(pools, columns.pool);
        let (os, linux) = self
            .memos
            .os
            .get(cell(columns.os), |text| ((!text.is_empty()).then(|| self.names.add(text)), is_linux(text)));
        let mut left_out = Vec::new();
        if server.is_none() {
            left_out.push(error(Field::Server, "server_blank"));
        }
        if product.is_none() {
            left_out.push(error(Field::Product, "product_blank"));
        }

        let mut count = |place| self.memos.counts.get(cell(place), |text| Cell::parse(text, parse_count));
        let (sockets, cores) = (count(columns.sockets), count(columns.cores));
        if sockets == Cell::Invalid {
            problems.push(warning(Field::Sockets, "sockets_invalid"));
        }
        if cores == Cell::Invalid {
            problems.push(error(Field::Cores, "cores_invalid"));
        }
        let region = self.memos.regions.get(cell(columns.region), |text| Cell::parse(text, Region::parse));
        if region == Cell::Invalid {
            problems.push(warning(Field::Region, "region_invalid"));
        }

        let technology =
            match self.memos.technologies.get(cell(columns.technology), |text| Cell::parse(text, Technology::parse)) {
                Cell::Value(technology) => technology,
                Cell::Blank if partition.is_none() => Technology::None,
                Cell::Blank => Technology::Unknown,
                Cell::Invalid => {
                    problems.push(warning(Field::Technology, "technology_invalid"));
                    Technology::Unknown
                }
            };
        let on_host = technology == Technology::None;
        if on_host && partition.is_some() {
            problems.push(warning(Field::Partition, "partition_ignored"));
        }
        if !on_host && partition.is_none() {
            left_out.push(error(Field::Partition, "partition_blank"));
        }

        let mut amount = |place| self.memos.cores.get(cell(place), |text| Cell::parse(text, parse_cores));
        let partition_cores = match amount(columns.partition_cores) {
            Cell::Value(_) | Cell::Invalid | Cell::Blank if on_host => None,
            Cell::Value(cores) => Some(cores),
            Cell::Blank if technology == Technology::Container => None,
            Cell::Blank => {
                left_out.push(error(Field::PartitionCores, "partition_cores_blank"));
                None
            }
            Cell::Invalid => {
                left_out.push(error(Field::PartitionCores, "partition_cores_invalid"));
                None
            }
        };
        if partition_cores.is_some_and(|cores| !cores.is_whole()) && !technology.adds_fractions() {
            problems.push(warning(Field::PartitionCores, "partition_cores_rounded"));
        }
        let pool_cores = amount(columns.pool_cores);
        let pooled = technology.is_pooled();
        if pool.is_some() && !pooled {
            problems.push(warning(Field::Pool, "pool_ignored"));
        }
        if pool.is_some() && pooled && pool_cores == Cell::Invalid {
            problems.push(warning(Field::PoolCores, "pool_cores_invalid"));
        }

        let metric = match self.memos.metrics.get(cell(columns.metric), |text| Cell::parse(text, Metric::parse)) {
            Cell::Value(metric) => metric,
            Cell::Blank => {
                problems.push(warning(Field::Metric, "metric_blank"));
                Metric::Pvu
            }
            Cell::Invalid => {
                left_out.push(error(Field::Metric, "metric_invalid"));
                Metric::Pvu
            }
        };
        let mut day = |place, field, code| {
            let day = self.memos.days.get(cell(place), |text| Cell::parse(text, parse_day));
            if day == Cell::Invalid {
                left_out.push(error(field, code));
            }
            day.value()
        };
        let from = day(columns.from, Field::From, "from_invalid");
        let to = day(columns.to, Field::To, "to_invalid");
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            left_out.push(error(Field::To, "period_reversed"));
        }
        if !left_out.is_empty() {
            // A row that is left out states nothing, so only the reasons for leaving it out are told.
            problems.truncate(before);
            problems.append(&mut left_out);
            return None;
        }
        Some(EstateRow {
            origin: Origin { file: self.place, line },
            server: server?,
            processor,
            sockets: sockets.value(),
            cores: cores.value(),
            region: region.value().filter(|&region| region != Region::Unknown),
            technology,
            partition: partition.filter(|_| !on_host),
            partition_cores,
            os,
            linux,
            product: product?,
            metric,
            from,
            to,
            pool: pool.filter(|_| pooled),
            pool_cores: pool_cores.value().filter(|_| pooled && pool.is_some()),
            environment,
            excluded,
        })
    }

    fn issue(&self, line: u32, record: &csv::ByteRecord, problem: &Problem) -> Issue {
        let place =
            self.taken.report.columns.iter().position(|(_, field)| field.as_deref() == Some(problem.field.name()));
        let header = place.and_then(|place| self.taken.report.columns.get(place)).map(|(header, _)| header.as_str());
        let cell = place.and_then(|place| record.get(place)).unwrap_or_default();
        let value: String = String::from_utf8_lossy(cell).trim().chars().take(80).collect();
        Issue::new(problem.severity, problem.code)
            .in_file(self.file)
            .at_row(line)
            .in_column(header.unwrap_or(problem.field.name()))
            .with("value", value)
    }
}

/// Whether the text names a Linux: any of these, in any case.
pub(crate) fn is_linux(text: &str) -> bool {
    const LINUXES: [&str; 13] = [
        "linux",
        "red hat",
        "rhel",
        "sles",
        "suse",
        "ubuntu",
        "debian",
        "centos",
        "rocky",
        "alma",
        "oracle linux",
        "amazon linux",
        "coreos",
    ];
    let text = text.to_lowercase();
    LINUXES.iter().any(|linux| text.contains(linux))
}

/// A whole number above 0; `2.0` is one.
fn parse_count(text: &str) -> Option<Count> {
    let number = parse_decimal(text)?;
    if !number.is_integer() || number > Decimal::from(Cores::MOST) {
        return None;
    }
    Count::new(number.try_into().ok()?)
}

/// A number of cores, 0 or more, fractions allowed.
fn parse_cores(text: &str) -> Option<Cores> {
    Cores::new(parse_decimal(text)?)
}

/// A plain decimal number: digits with at most one point. No separators of thousands, no exponent: what is ambiguous
/// is refused.
fn parse_decimal(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: Decimal =
        Some(text).filter(|_| plain && digits.bytes().any(|byte| byte.is_ascii_digit()))?.parse().ok()?;
    // A decimal keeps 28 digits: more would be rounded, and nothing here is rounded silently.
    let fraction = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    (usize::try_from(number.scale()).ok()? == fraction).then_some(number)
}

/// A civil day as `YYYY-MM-DD`, and nothing else.
pub(crate) fn parse_day(text: &str) -> Option<Date> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if shape { text.parse().ok() } else { None }
}

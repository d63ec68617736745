//! What an audit snapshot of the IBM License Metric Tool (ILMT) holds, as read.
//!
//! Nothing is computed here: every figure is the one that ILMT wrote, and every row knows the line it stands on.
//! Source: IBM, content of the audit snapshot, <https://www.ibm.com/docs/en/license-metric-tool?topic=purposes-content-audit-snapshot>.

mod column;

use litemap::LiteMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::column::SnapshotColumn;
use super::assessment::FileReport;
use super::issue::Issue;
use super::names::{Name, Names};
use super::period::Period;
use super::quantity::Cores;

/// An audit snapshot, or a single file out of one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Snapshot {
    /// What was made of the file: its rows, columns, integrity and health.
    pub report: FileReport,
    /// The tables that were read, in the order of [`TableKind`].
    pub tables: Vec<SnapshotTable>,
    /// What `data_condition.txt` says; `None` when it is not there.
    pub condition: Option<Condition>,
    /// The names that rows refer to.
    pub names: Names,
    /// Rows of `pvu_sub_capacity.csv`: one software instance each.
    pub usage: Vec<UsageRow>,
    /// Rows of `products_daily_*.csv`: what each product needed on each day, in each cluster.
    pub daily: Vec<DailyRow>,
    /// Rows of `audit_snapshot_summary.csv`: what each product needs.
    pub summary: Vec<SummaryRow>,
    /// Rows of `cloud_paks.csv`: Cloud Paks and their components.
    pub cloud_paks: Vec<CloudPakRow>,
    /// Rows of `part_numbers.csv`.
    pub parts: Vec<PartRow>,
    /// What was found while reading: rows left out, columns not known, files altered.
    pub issues: Vec<Issue>,
}

impl Snapshot {
    /// The table of this kind, if it was read.
    pub fn table(&self, kind: TableKind) -> Option<&SnapshotTable> {
        self.tables.iter().find(|table| table.kind == kind)
    }

    /// The daily table with this file name, if it was read: an archive may hold several.
    pub fn daily_table(&self, file: &str) -> Option<&SnapshotTable> {
        self.tables.iter().find(|table| table.kind == TableKind::Daily && table.file == file)
    }

    /// The clusters of the daily rows, each once, sorted; `None` is that of the rows that name none.
    pub fn clusters(&self) -> Vec<Option<Name>> {
        let mut clusters: Vec<Option<Name>> = self.daily.iter().map(|row| row.cluster).collect();
        clusters.sort_unstable();
        clusters.dedup();
        clusters
    }

    /// The text of a name of this snapshot.
    pub fn text(&self, name: Name) -> &str {
        self.names.text(name)
    }

    /// First and last day of the daily series.
    pub fn daily_period(&self) -> Option<Period> {
        let from = self.daily.iter().map(|row| row.day).min()?;
        Period::new(from, self.daily.iter().map(|row| row.day).max()?)
    }
}

/// The tables of a snapshot that are recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// `pvu_sub_capacity.csv`.
    Usage,
    /// `products_daily_*.csv`.
    Daily,
    /// `audit_snapshot_summary.csv`.
    Summary,
    /// `cloud_paks.csv`.
    CloudPaks,
    /// `part_numbers.csv`.
    Parts,
    /// `bundling_definitions.csv`: its rows are counted, not kept.
    Bundling,
    /// `audit_trails.csv`: its rows are counted, not kept.
    Trails,
    /// `bundled_products_daily_*.csv` of the License Service: its rows are counted, not read.
    Bundled,
}

impl TableKind {
    /// Every kind, in the order of reports.
    pub const ALL: [Self; 8] = [
        Self::Usage,
        Self::Daily,
        Self::Summary,
        Self::CloudPaks,
        Self::Parts,
        Self::Bundling,
        Self::Trails,
        Self::Bundled,
    ];

    /// The word that stands before a field of the table, as in `usage.server_name`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::Daily => "daily",
            Self::Summary => "summary",
            Self::CloudPaks => "cloud_paks",
            Self::Parts => "parts",
            Self::Bundling => "bundling",
            Self::Trails => "trails",
            Self::Bundled => "bundled",
        }
    }
}

/// A table that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotTable {
    /// Which one it is.
    pub kind: TableKind,
    /// Where it stands: the file as the user knows it, or the archive, a slash and the file inside.
    pub file: String,
    /// Data rows found.
    pub rows: u64,
    /// Data rows left out; each has an issue.
    pub left_out: u64,
    /// The header of each column that was recognised, as it is written in the file.
    pub headers: LiteMap<SnapshotColumn, String>,
}

impl SnapshotTable {
    /// The header of a column as it is written in the file; IBM's English name when the file has no such column.
    pub fn header(&self, column: SnapshotColumn) -> &str {
        self.headers.get(&column).map_or(column.english(), String::as_str)
    }
}

/// One software instance of `pvu_sub_capacity.csv`: a component at a path of a partition. Values of the product, the
/// server and the partition repeat on each of their rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageRow {
    /// Line in the file, the header being line 1.
    pub line: u32,
    /// ILMT's own number of the row.
    pub number: Option<u32>,
    /// The product.
    pub product: Name,
    /// The bundle that it is used under; `None` when it stands alone.
    pub bundle: Option<Name>,
    /// PVU that ILMT states for the product over the whole period.
    pub quantity: Option<u64>,
    /// Day on which ILMT dates that quantity.
    #[serde(deserialize_with = "super::day::read_optional")]
    pub peak_on: Option<Date>,
    /// Whether ILMT must recalculate first; `None` when the cell is not understood.
    pub recalculation_needed: Option<bool>,
    /// The physical server, or the partition in its place when the server is not known.
    pub server: Name,
    /// Name of the processor in the PVU table.
    pub processor: Option<Name>,
    /// Brand string of the processor.
    pub brand: Option<Name>,
    /// Rate: PVU for each core.
    pub pvu_per_core: u32,
    /// Whether a person changed the rate.
    pub rate_changed: Option<bool>,
    /// Activated cores of the server at the peak.
    pub core_limit: Option<u64>,
    /// Cores of the server that count for the product.
    pub cores: u64,
    /// PVU of the server that count for the product, as stated.
    pub pvu: Option<u64>,
    /// What ILMT remarks.
    pub comment: Option<Name>,
    /// Cores of the partition.
    pub partition_cores: Option<Cores>,
    /// Identifier of the partition.
    pub layer: Option<Name>,
    /// Name of the computer in the partition.
    pub computer: Option<Name>,
    /// Its operating system, as written.
    pub os: Option<Name>,
    /// Whether that is a Linux.
    pub linux: bool,
    /// Day on which the computer was last seen.
    #[serde(deserialize_with = "super::day::read_optional")]
    pub last_seen: Option<Date>,
    /// Why the instance is excluded; `None` when it counts.
    pub exclusion: Option<Name>,
    /// Whether ILMT knows the host; where it does not, the server is the partition itself, without a cap, and the rate
    /// is that of the most sockets.
    pub host_known: bool,
}

/// One product on one day in one cluster, from `products_daily_*.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyRow {
    /// The file that it stands in, as [`SnapshotTable::file`] has it.
    pub file: Name,
    /// Line in the file, the header being line 1.
    pub line: u32,
    /// The cluster of the License Service, or the server of ILMT; `None` when the cell is blank.
    pub cluster: Option<Name>,
    /// The day.
    #[serde(deserialize_with = "super::day::read")]
    pub day: Date,
    /// The product.
    pub product: Name,
    /// The metric as it is written, for example `PROCESSOR_VALUE_UNIT`.
    pub metric: Name,
    /// What it needed on that day.
    pub quantity: u64,
}

/// One product of `audit_snapshot_summary.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryRow {
    /// Line in the file, the header being line 1.
    pub line: u32,
    /// The product.
    pub product: Name,
    /// The bundle that it is used under; `None` when it stands alone.
    pub bundle: Option<Name>,
    /// The metric as it is written, for example `PVU - Subcapacity`.
    pub metric: Name,
    /// What it needs.
    pub quantity: u64,
    /// Day of the peak: the summary of a snapshot has none, an export of a view may.
    #[serde(deserialize_with = "super::day::read_optional")]
    pub peak_on: Option<Date>,
}

/// One row of `cloud_paks.csv`: a Cloud Pak, or a component of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloudPakRow {
    /// Line in the file, the header being line 1.
    pub line: u32,
    /// The Cloud Pak or the component.
    pub product: Name,
    /// The Cloud Pak of a component; `None` for the Cloud Pak itself.
    pub bundle: Option<Name>,
    /// The metric as it is written.
    pub metric: Name,
    /// The quantity measured.
    pub quantity: u64,
    /// What the component contributes to its Cloud Pak.
    pub contribution: Option<u64>,
    /// Day of the peak.
    #[serde(deserialize_with = "super::day::read_optional")]
    pub peak_on: Option<Date>,
}

/// One part of `part_numbers.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartRow {
    /// The product.
    pub product: Name,
    /// The part number.
    pub part: Name,
    /// Whether it was imported; `None` when the cell is not understood.
    pub imported: Option<bool>,
}

/// What `data_condition.txt` says about the data beside it. Each text is as written; each day is `None` when it is
/// missing or not understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Version of the tool, for example `IBM License Metric Tool 9.2.24.0-20210420-1604`.
    pub tool: Option<String>,
    /// When the snapshot was generated.
    #[serde(deserialize_with = "super::day::read_optional")]
    pub generated_on: Option<Date>,
    /// When the tool was installed.
    #[serde(deserialize_with = "super::day::read_optional")]
    pub installed_on: Option<Date>,
    /// First day of the snapshot.
    #[serde(deserialize_with = "super::day::read_optional")]
    pub from: Option<Date>,
    /// Last day of the snapshot.
    #[serde(deserialize_with = "super::day::read_optional")]
    pub to: Option<Date>,
    /// Time zone of the days.
    pub time_zone: Option<String>,
    /// Number of the group of computers; `0` is all of them.
    pub group_id: Option<String>,
    /// Name of the group of computers.
    pub group: Option<String>,
    /// Filters that were on when the snapshot was made.
    pub filters: Vec<String>,
    /// Edition of the PVU table.
    #[serde(deserialize_with = "super::day::read_optional")]
    pub pvu_table_on: Option<Date>,
    /// Version of the software catalogue.
    pub catalogue: Option<String>,
    /// The English names of the columns of each file, in order.
    pub columns: Vec<(String, Vec<String>)>,
    /// How the last import went.
    pub import: Option<String>,
    /// When the metrics were last aggregated.
    pub aggregation: Option<String>,
    /// Whether a recalculation is needed.
    pub recalculation: Option<String>,
    /// How many computers were disconnected, as written, for example `11 (61%).`.
    pub disconnected: Option<String>,
    /// Percentage of computers with delayed uploads, outdated capacity scans and missing software scans, in this
    /// order, on average over the period.
    pub accuracy: Vec<u32>,
}

impl Condition {
    /// First and last day of the snapshot.
    pub fn period(&self) -> Option<Period> {
        Period::new(self.from?, self.to?)
    }
}

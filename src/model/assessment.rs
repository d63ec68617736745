//! What the engine answers: the demand of every product, and what there is to know about it.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::integrity::Integrity;
use super::issue::Issue;
use super::list::List;
use super::message::Message;
use super::metric::Metric;
use super::period::Period;
use super::region::Region;
use super::timeline::DemandTimeline;

/// The demand of an estate over a period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessment {
    /// The period looked at; `None` when no date is named anywhere.
    pub period: Option<Period>,
    /// The products, sorted bytewise by name, then by metric.
    pub products: Vec<ProductDemand>,
    /// Cloud Paks and their components as ILMT reports them.
    pub cloud_paks: Vec<CloudPakUse>,
    /// What is reported under a metric that nobody knows, and stands in no product above.
    pub unread: Vec<UnreadDemand>,
    /// What the numbers rest on, file by file.
    pub files: Vec<FileReport>,
    /// What is wrong or worth knowing.
    pub issues: Vec<Issue>,
    /// Newest edition of the rate table that was used.
    pub table_date: Option<Date>,
}

/// What one product needs in one metric.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProductDemand {
    /// Name of the product.
    pub product: String,
    /// The unit of all quantities here.
    pub metric: Metric,
    /// Sub-capacity at its peak; `None` is not known.
    pub sub_capacity: Option<u64>,
    /// Full capacity at its peak; `None` is not known.
    pub full_capacity: Option<u64>,
    /// Last day on which the sub-capacity peak holds.
    pub peak_on: Option<Date>,
    /// Last day on which the full-capacity peak holds.
    pub full_peak_on: Option<Date>,
    /// The same per region. For RVU the quantities are cores.
    pub regions: Vec<RegionDemand>,
    /// What is needed from day to day; `None` where only peaks are known, or no day at all.
    pub timeline: Option<Arc<DemandTimeline>>,
    /// What ILMT reports for the product.
    pub reported: Option<u64>,
    /// Day of the peak that ILMT reports.
    pub reported_on: Option<Date>,
    /// Why ours differs from what ILMT reports; empty when it agrees or nothing is reported.
    pub reasons: Vec<Message>,
    /// Rows that count nothing, with their reason.
    pub excluded: Vec<ExcludedRow>,
    /// What may fall away once the hosts are known; `None` when nothing rests on an unknown host.
    pub recoverable: Option<Recoverable>,
    /// Where the numbers come from and what they are worth.
    pub basis: Vec<Basis>,
}

impl ProductDemand {
    /// Ours less what ILMT reports, where both are known.
    pub fn difference(&self) -> Option<i64> {
        let ours = i64::try_from(self.sub_capacity?).ok()?;
        ours.checked_sub(i64::try_from(self.reported?).ok()?)
    }
}

/// The demand of a product in one region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionDemand {
    /// The region.
    pub region: Region,
    /// Sub-capacity at its peak; `None` is not known.
    pub sub_capacity: Option<u64>,
    /// Full capacity at its peak; `None` is not known.
    pub full_capacity: Option<u64>,
    /// Last day on which the sub-capacity peak holds.
    pub peak_on: Option<Date>,
    /// Last day on which the full-capacity peak holds.
    pub full_peak_on: Option<Date>,
}

/// A row that counts nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExcludedRow {
    /// Name of the file.
    pub file: String,
    /// Line in the file, the header being line 1.
    pub row: u32,
    /// The reason as it is written there.
    pub reason: String,
}

/// A range of quantities that may fall away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recoverable {
    /// What falls away for certain.
    pub low: u64,
    /// What falls away at best.
    pub high: u64,
    /// The quantity that rests on hosts that are not known.
    pub at_stake: u64,
}

/// What a product's numbers are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Computed from the rows of an estate template.
    Estate,
    /// Computed from the rows of an ILMT snapshot; full capacity is ILMT's limit at the peak of sub-capacity.
    Snapshot,
    /// Peaks of several sources added: an upper bound, as the peaks may fall on different days.
    UpperBound,
    /// Full capacity is not known for a part whose host is not known, and equals sub-capacity there.
    HostUnknown,
}

/// A Cloud Pak, or a component of one, as ILMT reports it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CloudPakUse {
    /// Name of the product.
    pub product: String,
    /// The Cloud Pak it belongs to; `None` for the Cloud Pak itself.
    pub bundle: Option<String>,
    /// The metric as it is written.
    pub metric: String,
    /// The quantity measured.
    pub quantity: u64,
    /// What the component contributes to its Cloud Pak.
    pub contribution: Option<u64>,
    /// Day of the peak.
    pub peak_on: Option<Date>,
    /// Name of the file that says so.
    pub file: String,
    /// Line in that file, the header being line 1; the first one where several are added.
    pub row: u32,
    /// Header of the column with the quantity.
    pub column: String,
}

/// What a product needs in a metric whose word nobody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadDemand {
    /// Name of the product.
    pub product: String,
    /// The metric as it is written; blank where no word stands.
    pub metric: String,
    /// So much of it: the highest that is reported.
    pub quantity: u64,
    /// Name of the file that says so.
    pub file: String,
    /// Line in that file, the header being line 1.
    pub row: u32,
    /// Header of the column with the quantity.
    pub column: String,
}

/// What was made of one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileReport {
    /// Name of the file, as the user knows it.
    pub name: String,
    /// What it was recognised as.
    pub kind: FileKind,
    /// Language of its headers, as a tag such as `pl`; `None` when it cannot be told.
    pub language: Option<String>,
    /// Data rows found.
    pub rows: u64,
    /// Data rows left out; each has an issue.
    pub left_out: u64,
    /// Headers, and the field that each was taken as; a column without a field is kept but not used.
    pub columns: Vec<(String, Option<String>)>,
    /// Whether the files of a snapshot are as they were signed.
    pub integrity: Option<Integrity>,
    /// How far the evidence can be relied on.
    pub health: Vec<HealthCheck>,
}

impl FileReport {
    /// Whether the file says what runs where: it is of such a kind, and has a row.
    pub const fn is_evidence(&self) -> bool {
        self.kind.is_evidence() && self.rows > 0
    }
}

/// What a file was recognised as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Audit snapshot of ILMT, the whole zip.
    IlmtSnapshot,
    /// One report of ILMT or License Service.
    IlmtFile,
    /// A report of ILMT that says nothing of what is needed, such as that of part numbers.
    IlmtList,
    /// Estate template.
    EstateTemplate,
    /// A list that the user keeps, and no evidence of what is needed.
    List(List),
    /// Workspace that Highwater saved.
    Workspace,
    /// None of these.
    Unknown,
}

impl FileKind {
    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::IlmtSnapshot => "ilmt_snapshot",
            Self::IlmtFile | Self::IlmtList => "ilmt_file",
            Self::EstateTemplate => "estate_template",
            Self::List(list) => list.name(),
            Self::Workspace => "workspace",
            Self::Unknown => "unknown",
        }
    }

    /// What it is called.
    pub fn title(self) -> Message {
        Message::new(match self {
            Self::IlmtSnapshot => "list.snapshot",
            Self::IlmtFile => "list.report",
            Self::IlmtList => "list.ilmt_list",
            Self::EstateTemplate => "list.estate",
            Self::List(list) => list.title(),
            Self::Workspace => "list.workspace",
            Self::Unknown => "list.unknown",
        })
    }

    /// Whether such a file says what runs where.
    const fn is_evidence(self) -> bool {
        matches!(self, Self::IlmtSnapshot | Self::IlmtFile | Self::EstateTemplate)
    }
}

/// One thing that decides how far the evidence of a snapshot can be relied on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthCheck {
    /// What is looked at: the text's key is `health.` and this word.
    pub check: String,
    /// How it stands.
    pub status: HealthStatus,
    /// What was found, in words.
    pub finding: Message,
}

/// How a check of the evidence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HealthStatus {
    /// As it should be.
    Good,
    /// The numbers may be too low, or the evidence may be questioned.
    Weak,
    /// The file does not say.
    Unknown,
}

//! The columns of a snapshot's tables.

use serde::{Deserialize, Serialize};

/// The columns that are understood, whatever table they stand in and whatever language they are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SnapshotColumn {
    /// ILMT's own number of the row.
    RowNo,
    /// Who publishes the product.
    Publisher,
    /// Part numbers of the product that were imported, joined with `;`.
    ImportedPartNumbers,
    /// Name of the product.
    ProductName,
    /// Bundle that the product is used under; one word, `None` in the user's language, when it stands alone.
    Bundle,
    /// Name of the metric.
    Metric,
    /// What the product needs over the whole period, repeated on each of its rows.
    MetricQuantity,
    /// When it needed that.
    PeakTime,
    /// Whether ILMT must recalculate before its figures hold.
    RecalculationNeeded,
    /// The physical server; `TLM_VM_…` when ILMT does not know it.
    ServerName,
    /// Name of the processor in the PVU table.
    Processor,
    /// Brand string of the processor as the operating system gives it.
    ProcessorBrand,
    /// Rate of the processor.
    PvuPerCore,
    /// Whether a person changed the rate.
    RateChanged,
    /// Activated cores of the server at the peak.
    CoreLimit,
    /// Cores of the server that count for the product.
    CoreSubcapacity,
    /// Activated cores times rate.
    PvuLimit,
    /// Cores that count times rate.
    PvuSubcapacity,
    /// What ILMT remarks, such as an incomplete hierarchy.
    Comment,
    /// Cores of the partition.
    PartitionCores,
    /// Which partition.
    LayerId,
    /// Name of the computer that runs in the partition.
    Computer,
    /// Whether the computer has been deleted since.
    ComputerDeleted,
    /// Its operating system.
    OperatingSystem,
    /// Its address.
    IpAddress,
    /// Release of the product.
    Release,
    /// Component that was found.
    Component,
    /// Where it was found.
    Path,
    /// Whether nobody has confirmed to which product the component belongs.
    Unconfirmed,
    /// When the computer was last seen.
    LastSeen,
    /// Why the instance is excluded.
    ExclusionComment,
    /// What a component contributes to its bundle.
    BundleContribution,
    /// A civil day.
    Day,
    /// Identifier of the product.
    ProductId,
    /// Identifier of the ILMT server or cluster.
    ClusterId,
    /// A part number.
    PartNumber,
    /// Whether the part number was imported.
    IsImported,
    /// What is remarked on a part number.
    Comments,
    /// First day on which the instance was found.
    DiscoveryStart,
    /// Last day on which the instance was found.
    DiscoveryEnd,
    /// Whether the instance is charged.
    Charged,
    /// What a person changed.
    ModificationType,
    /// Who changed it.
    ModifiedBy,
    /// When it was changed.
    ModificationDate,
    /// How it was changed.
    Details,
}

impl SnapshotColumn {
    /// IBM's English name of the column in its newest version.
    pub const fn english(self) -> &'static str {
        match self {
            Self::RowNo => "Row No.",
            Self::Publisher => "Publisher",
            Self::ImportedPartNumbers => "Imported Part Numbers",
            Self::ProductName => "Product Name",
            Self::Bundle => "FlexPoint or Cloud Pak Bundle",
            Self::Metric => "Metric",
            Self::MetricQuantity => "Metric Quantity",
            Self::PeakTime => "Metric Peak Value Time",
            Self::RecalculationNeeded => "Recalculation Needed",
            Self::ServerName => "Server Name",
            Self::Processor => "Processor",
            Self::ProcessorBrand => "Processor Brand String",
            Self::PvuPerCore => "PVU Per Core",
            Self::RateChanged => "Changed PVU Per Core",
            Self::CoreLimit => "Physical Server CPU Core Subcapacity Limit",
            Self::CoreSubcapacity => "Physical Server CPU Core Subcapacity",
            Self::PvuLimit => "Physical Server PVU Subcapacity Limit",
            Self::PvuSubcapacity => "Physical Server PVU Subcapacity",
            Self::Comment => "Comment",
            Self::PartitionCores => "Partition Cores",
            Self::LayerId => "Virtualization Layer ID",
            Self::Computer => "Computer",
            Self::ComputerDeleted => "Computer Deleted",
            Self::OperatingSystem => "OS",
            Self::IpAddress => "IP Address",
            Self::Release => "Product Release",
            Self::Component => "Component",
            Self::Path => "Path",
            Self::Unconfirmed => "Unconfirmed Product Instance",
            Self::LastSeen => "Computer Last Seen",
            Self::ExclusionComment => "Exclusion Comment",
            Self::BundleContribution => "Bundle Metric Contribution",
            Self::Day => "date",
            Self::ProductId => "id",
            Self::ClusterId => "clusterId",
            Self::PartNumber => "Part Number",
            Self::IsImported => "Is Imported",
            Self::Comments => "Comments",
            Self::DiscoveryStart => "Discovery Start",
            Self::DiscoveryEnd => "Discovery End",
            Self::Charged => "Charged",
            Self::ModificationType => "Modification Type",
            Self::ModifiedBy => "Modified By",
            Self::ModificationDate => "Modification Date",
            Self::Details => "Details",
        }
    }

    /// The word for the column in reports and JSON: lower case, words joined with `_`.
    pub fn field(self) -> String {
        self.english().trim_end_matches('.').to_ascii_lowercase().replace(' ', "_")
    }
}

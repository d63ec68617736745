//! The columns of the estate template.

use crate::model::list::{self, FieldKind, OnBadCell};

/// The columns of the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TemplateField {
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

impl TemplateField {
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

    /// What stands in the column.
    const fn kind(self) -> FieldKind {
        match self {
            Self::Sockets | Self::Cores | Self::PartitionCores | Self::PoolCores => FieldKind::Number,
            Self::From | Self::To => FieldKind::Day,
            Self::Server
            | Self::Processor
            | Self::Region
            | Self::Technology
            | Self::Partition
            | Self::Os
            | Self::Product
            | Self::Metric
            | Self::Environment
            | Self::ExcludedReason
            | Self::Pool => FieldKind::Text,
        }
    }
}

/// The name under which headers of other spellings are looked up.
pub const NAME: &str = "estate";

/// The columns as fields of a list, in the order of [`TemplateField::ALL`]: headers, numbers and days are read as those of every
/// list.
pub const FIELDS: &[list::Field] = &{
    let mut fields =
        [list::Field { name: "", kind: FieldKind::Text, on_bad_cell: OnBadCell::LeaveOut }; TemplateField::ALL.len()];
    let mut index = 0;
    #[expect(clippy::indexing_slicing, reason = "a constant: what is out of bounds does not compile")]
    while index < fields.len() {
        fields[index].name = TemplateField::ALL[index].name();
        fields[index].kind = TemplateField::ALL[index].kind();
        index += 1;
    }
    fields
};

/// The columns by which a table is told to be an estate.
pub const DETECTED_BY: &[&[&str]] = &[&["server", "product"]];

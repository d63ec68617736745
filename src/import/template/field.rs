//! The columns of the estate template.

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

    /// Reads a header, whatever its case.
    pub fn parse(header: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(header))
    }
}

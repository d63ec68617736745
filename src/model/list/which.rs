//! Which lists a workspace has.

use serde::{Deserialize, Serialize};

/// The lists of a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// The ledger of entitlements.
    Entitlements,
    /// The orders with their points.
    Orders,
    /// What is deployed of the components of bundles.
    BundleParts,
    /// Agreements, each with its programme and its terms.
    Agreements,
    /// The sites of agreements.
    Sites,
    /// The contacts of agreements.
    Contacts,
    /// To whom entitlements are given: sites and departments.
    Allocations,
    /// Which owned product counts for which needed one.
    Aliases,
    /// What one unit of a part earns.
    PartPoints,
    /// Levels above H, which only the user can set.
    LevelsByHand,
    /// Prices of parts at each level.
    Prices,
    /// Which programs are used only in support of which principal.
    Supported,
    /// What draws on the pool of which Flexible Bundle.
    Flexible,
    /// Whose work the cores of `OpenShift` clusters do.
    Clusters,
    /// Subscriptions of Red Hat.
    RedHat,
    /// Regions of servers whose files give none.
    Regions,
    /// Processors to be rated.
    Processors,
    /// Papers of agreements and proofs, with their checksums.
    Papers,
    /// What was done outside, with its day.
    Records,
    /// How the columns of tables were taken: kept for the next one, and no content of its own.
    HeaderShapes,
}

impl List {
    /// All of them.
    pub const ALL: [Self; 20] = [
        Self::Entitlements,
        Self::Orders,
        Self::BundleParts,
        Self::Agreements,
        Self::Sites,
        Self::Contacts,
        Self::Allocations,
        Self::Aliases,
        Self::PartPoints,
        Self::LevelsByHand,
        Self::Prices,
        Self::Supported,
        Self::Flexible,
        Self::Clusters,
        Self::RedHat,
        Self::Regions,
        Self::Processors,
        Self::Papers,
        Self::Records,
        Self::HeaderShapes,
    ];

    /// Those that a table can be, those first whose fields no other one has.
    pub const DETECTABLE: [Self; 19] = [
        Self::Prices,
        Self::Papers,
        Self::Records,
        Self::Flexible,
        Self::BundleParts,
        Self::Supported,
        Self::Clusters,
        Self::RedHat,
        Self::Allocations,
        Self::LevelsByHand,
        Self::Aliases,
        Self::Contacts,
        Self::Sites,
        Self::Orders,
        Self::PartPoints,
        Self::Entitlements,
        Self::Agreements,
        Self::Regions,
        Self::Processors,
    ];

    /// The key of the words for it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Entitlements => "list.entitlements",
            Self::Orders => "list.orders",
            Self::BundleParts => "list.bundle_parts",
            Self::Agreements => "list.agreements",
            Self::Sites => "list.sites",
            Self::Contacts => "list.contacts",
            Self::Allocations => "list.allocations",
            Self::Aliases => "list.aliases",
            Self::PartPoints => "list.part_points",
            Self::LevelsByHand => "list.levels_by_hand",
            Self::Prices => "list.prices",
            Self::Supported => "list.supported",
            Self::Flexible => "list.flexible",
            Self::Clusters => "list.clusters",
            Self::RedHat => "list.red_hat",
            Self::Regions => "list.regions",
            Self::Processors => "list.processors",
            Self::Papers => "list.papers",
            Self::Records => "list.records",
            Self::HeaderShapes => "list.header_shapes",
        }
    }

    /// Its name in documents, in the keys of texts and in the names of files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entitlements => "entitlements",
            Self::Orders => "orders",
            Self::BundleParts => "bundle_parts",
            Self::Agreements => "agreements",
            Self::Sites => "sites",
            Self::Contacts => "contacts",
            Self::Allocations => "allocations",
            Self::Aliases => "aliases",
            Self::PartPoints => "part_points",
            Self::LevelsByHand => "levels_by_hand",
            Self::Prices => "prices",
            Self::Supported => "supported",
            Self::Flexible => "flexible",
            Self::Clusters => "clusters",
            Self::RedHat => "red_hat",
            Self::Regions => "regions",
            Self::Processors => "processors",
            Self::Papers => "papers",
            Self::Records => "records",
            Self::HeaderShapes => "header_shapes",
        }
    }
}

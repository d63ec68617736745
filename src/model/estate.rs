//! The rows of estate templates: which product runs where, on what, and when.

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use super::day_number::DayNumber;
use super::issue::Issue;
use super::metric::Metric;
use super::names::{Name, Names};
use super::quantity::{Cores, Count};
use super::region::Region;
use super::technology::Technology;

/// The place of a row: which file, and which line of it (the header is line 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// Index of the file in [`Estate::files`].
    pub file: u16,
    /// Line in the file.
    pub line: u32,
}

/// One product on a partition of a server for a period, as read. Blank is `None`; what a blank means is decided by
/// the engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EstateRow {
    /// Where the row stands.
    pub origin: Origin,
    /// The physical server.
    pub server: Name,
    /// Brand string or IBM model of its processor.
    pub processor: Option<Name>,
    /// The most sockets that the server can hold.
    pub sockets: Option<Count>,
    /// Activated physical cores of the server.
    pub cores: Option<Count>,
    /// Where the server stands; `None` when not given or not known.
    pub region: Option<Region>,
    /// How the product runs.
    pub technology: Technology,
    /// The partition; `None` only on the physical server itself.
    pub partition: Option<Name>,
    /// vCPUs, virtual processors, entitled capacity or CPU limit.
    pub partition_cores: Option<Cores>,
    /// Operating system as written.
    pub os: Option<Name>,
    /// Whether that is a Linux.
    pub linux: bool,
    /// The product.
    pub product: Name,
    /// The metric it is counted in.
    pub metric: Metric,
    /// First day, included; `None` is the period's edge.
    pub from: Option<DayNumber>,
    /// Last day, included; `None` is the period's edge.
    pub to: Option<DayNumber>,
    /// Shared processor pool that caps the partition before the server does; only on `PowerVM` shared partitions.
    pub pool: Option<Name>,
    /// Cores of that pool.
    pub pool_cores: Option<Cores>,
    /// Environment as written; it changes no number.
    pub environment: Option<Name>,
    /// Why the row counts nothing; such a row is listed with its reason.
    pub excluded: Option<Name>,
}

impl EstateRow {
    /// Every name that it refers to.
    pub fn names_mut(&mut self) -> impl Iterator<Item = &mut Name> {
        let optional = [
            &mut self.processor,
            &mut self.partition,
            &mut self.os,
            &mut self.pool,
            &mut self.environment,
            &mut self.excluded,
        ];
        [&mut self.server, &mut self.product].into_iter().chain(optional.into_iter().flatten())
    }
}

/// The rows of all estate templates that were given together.
#[derive(Clone, Debug, Default)]
pub struct Estate {
    /// Names of the files, in the order in which they were given.
    pub files: Vec<String>,
    /// The names that rows refer to.
    pub names: Names,
    /// The rows that were taken, in the order of the files.
    pub rows: Vec<EstateRow>,
    /// Regions that the user assigns to servers, where the rows give none.
    pub assigned: LiteMap<Name, Region>,
    /// What was found while reading: rows left out, fields taken as blank, columns not known.
    pub issues: Vec<Issue>,
}

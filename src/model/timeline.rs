//! What is needed of a product from day to day.

use jiff::civil::Date;

use super::period::Period;
use super::region::Region;

/// What is needed of a product in each region where it counts, from day to day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemandTimeline {
    /// The days that it tells of.
    pub period: Period,
    /// The regions where the product counts, in their order.
    pub regions: Vec<RegionTimeline>,
}

/// What is needed of a product in a region, from day to day. Before the first step nothing is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionTimeline {
    /// The region.
    pub region: Region,
    /// What holds from each day of change on, in the order of the days. For RVU the quantities are cores.
    pub steps: Vec<TimelineStep>,
}

/// What is needed from a day on, until the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineStep {
    /// The first day on which it holds.
    pub from: Date,
    /// Sub-capacity; `None` is not known.
    pub sub_capacity: Option<u64>,
    /// Full capacity; `None` is not known.
    pub full_capacity: Option<u64>,
}

//! Flexible Bundles: components that draw on one pool of points.

use rust_decimal::Decimal;

use crate::model::list::line;
use crate::model::metric;

/// A needed product that draws on the pool of a bundle, and how many points one unit of it takes. IBM publishes no list
/// of points: they stand in the user's own agreement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlexibleComponent {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file, the header being line 1; 0 when it was typed.
    pub row: u32,
    /// Name of the bundle, as it is owned.
    pub bundle: String,
    /// Name of the component, as it is needed.
    pub component: String,
    /// What the component is counted in, as written; empty is PVU.
    pub metric: String,
    /// Points for one unit of that metric, above 0; `None` when the user has not entered them.
    pub points: Option<Decimal>,
    /// How much of it is used, 0 or more, where no file measures it; `None` when not given.
    pub quantity: Option<Decimal>,
}

/// The pool of a Flexible Bundle: what is entitled, and what its components draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Name of the bundle.
    pub bundle: String,
    /// Code of the metric in which its points are entitled; empty when nothing of it is.
    pub metric: String,
    /// Points that are entitled.
    pub entitled: Decimal,
    /// Points that are needed at the peaks of sub-capacity, rounded up once; `None` when not known.
    pub sub_capacity: Option<u64>,
    /// Points that are needed at the peaks of full capacity, rounded up once; `None` when not known.
    pub full_capacity: Option<u64>,
    /// The components, in the order of the list.
    pub draws: Vec<Draw>,
}

impl Pool {
    /// Entitled less what sub-capacity needs, in points: above 0 a surplus, below 0 a shortfall.
    pub fn balance(&self) -> Option<Decimal> {
        self.sub_capacity.map(|needed| self.entitled - Decimal::from(needed))
    }

    /// Entitled less what full capacity needs, in points: above 0 a surplus, below 0 a shortfall.
    pub fn full_balance(&self) -> Option<Decimal> {
        self.full_capacity.map(|needed| self.entitled - Decimal::from(needed))
    }
}

/// What a component draws from its pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// Name of the component.
    pub component: String,
    /// Code of the metric that it is counted in.
    pub metric: String,
    /// Points for one unit; `None` when not entered.
    pub points: Option<Decimal>,
    /// How much of it is needed at the peak of sub-capacity, in its own metric; `None` when not known.
    pub sub_capacity: Option<Decimal>,
    /// How much of it is needed at the peak of full capacity, in its own metric; `None` when not known.
    pub full_capacity: Option<Decimal>,
    /// How many whole units could be added to sub-capacity with what the pool has left; `None` when not known.
    pub room: Option<u64>,
    /// Name of the file that gives the points; empty when they were typed.
    pub file: String,
    /// Line in that file, the header being line 1; 0 when they were typed.
    pub row: u32,
}

impl Draw {
    /// The exact points that sub-capacity draws; `None` when not known.
    pub fn sub_points(&self) -> Option<Decimal> {
        crate::model::number::product(self.sub_capacity?, self.points?)
    }

    /// The exact points that full capacity draws; `None` when not known.
    pub fn full_points(&self) -> Option<Decimal> {
        crate::model::number::product(self.full_capacity?, self.points?)
    }
}

impl FlexibleComponent {
    /// Code of the metric that the component is counted in.
    pub fn metric_code(&self) -> String {
        if self.metric.is_empty() { "PVU".to_owned() } else { metric::code(&self.metric) }
    }
}

line! {
    FlexibleComponent from file row, detected by ["bundle", "component", "points"],
    keyed by ["bundle", "component", "metric"];
    bundle: Required, component: Required, metric, points: CountAsZero, quantity: LeaveBlank
}

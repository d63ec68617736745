//! The vocabulary: plain data and its invariants, no behaviour that needs a rule.
//!
//! | word | what it is |
//! |---|---|
//! | server | a physical machine with processors in sockets and activated cores |
//! | partition | a virtual machine, LPAR, zone or container on a server: what a product runs in |
//! | pool | a shared processor pool of a server that caps its partitions before the server does |
//! | product | a program as its publisher names it, counted in one metric |
//! | metric | the unit a product is licensed in: PVU, VPC or RVU |
//! | PVU | processor value unit: cores times the rate of the processor |
//! | full capacity | what a product needs when every activated core of its servers counts |
//! | sub-capacity | what it needs when only the cores available to it count, never more than the server has |
//! | peak | the high-water mark: the highest value within a period, dated by the last day on which it holds |
//! | demand | what the estate needs, per product: full capacity and sub-capacity at their peaks |
//! | recoverable | the part of the demand that rests on an unknown host and may fall once it is known |
//! | derivation | how a number comes about: inputs, rule, arithmetic, result |
//! | entitlement | what a proof of entitlement grants: so much of a metric of a product |
//! | position | entitled less demand, per product and metric |
//! | principal | the product or bundle whose entitlement covers the programs that come with it |
//! | supporting program | a program that may be used only in support of its principal |
//! | unbundled | what would be needed if no principal and no pool covered anything: how an auditor may read it |
//! | pool of points | what is entitled of a Flexible Bundle: its components draw on it, each by its points |
//! | snapshot | the audit snapshot that the IBM License Metric Tool (ILMT) exports |

pub mod assessment;
pub mod bound;
pub mod day;
pub mod day_number;
pub mod derivation;
pub(crate) mod document;
pub mod estate;
pub mod evidence;
pub mod formula_guard;
pub mod fraction;
pub mod headline;
pub mod integrity;
pub mod issue;
pub mod list;
mod lists;
pub mod message;
pub mod metric;
pub mod money;
pub mod multiples;
pub mod names;
pub mod number;
pub mod operating_system;
pub mod period;
pub mod platform;
pub mod position;
pub mod proposal;
pub mod quantity;
pub mod region;
pub mod screen;
pub mod snapshot;
pub mod technology;
pub mod timeline;
pub mod volume_level;
pub mod workspace;

// The lines of lists are words like any: `lists/paper.rs` is `model::paper`.
pub use lists::*;

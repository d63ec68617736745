//! Subscriptions of Red Hat: a ledger of their own, never mixed with PVU or VPC.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::list::{line, words};

/// A subscription, as a buyer's list gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedHatSubscription {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file, the header being line 1; 0 when it was typed.
    pub row: u32,
    /// Name of the product, as written.
    pub product: String,
    /// What it is counted in.
    pub unit: SubscriptionUnit,
    /// How many of that unit, 0 or more.
    pub quantity: Decimal,
    /// Its first day; `None` when not given.
    pub start: Option<Date>,
    /// Its last day; `None` when not given.
    pub end: Option<Date>,
    /// What else there is to say.
    pub note: String,
}

line! {
    RedHatSubscription from file row, detected by ["product", "unit", "quantity"],
    keyed by ["product", "unit", "start", "end"];
    product: Required, unit: Required, quantity: Required, start, end, note; ends_before_start
}

/// A subscription does not end before it begins.
fn ends_before_start(line: &RedHatSubscription) -> Option<(&'static str, &'static str)> {
    line.start.zip(line.end).is_some_and(|(start, end)| start > end).then_some(("end", "entitlement_ends_before_start"))
}

/// What a subscription is counted in. No source gives a rule that turns one into another or into cores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubscriptionUnit {
    /// Physical nodes.
    Node,
    /// Pairs of sockets.
    SocketPair,
    /// Pairs of cores.
    CorePair,
}

impl SubscriptionUnit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Node, Self::SocketPair, Self::CorePair];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Node => "node",
            Self::SocketPair => "socket_pair",
            Self::CorePair => "core_pair",
        }
    }
}

words!(SubscriptionUnit);

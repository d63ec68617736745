//! The ledger of entitlements: what proofs of entitlement (`PoE`) grant, as a buyer's list gives them.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::model::list::{line, words};

/// A line of the ledger, as it was written. What its part number adds is found when it is counted, so that a better
/// catalogue finds more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entitlement {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file, the header being line 1; 0 when it was typed.
    pub row: u32,
    /// Number of the agreement.
    pub agreement: String,
    /// The site that owns it.
    pub site: String,
    /// Part number.
    pub part_number: String,
    /// Name of the product; empty follows the part.
    pub product: String,
    /// The seller's words for the part, such as `IBM MQ Processor Value Unit (PVU) Annual SW S&S Rnwl`.
    pub description: String,
    /// What the line sells, where the user says so; `None` follows the part, then the words, then the part's number.
    pub kind: Option<LineKind>,
    /// Metric, as written; empty follows the part.
    pub metric: String,
    /// How many of the part, or of the metric where the part is not known; 0 or more.
    pub quantity: Decimal,
    /// Type of the licence; `None` follows the part.
    pub licence_type: Option<LicenceType>,
    /// Environment that it is for, as written.
    pub environment: String,
    /// First day of Subscription and Support (S&S), or of the term.
    pub ss_start: Option<Date>,
    /// Last day of S&S, or of the term.
    pub ss_end: Option<Date>,
    /// When it was ordered.
    pub order_date: Option<Date>,
    /// Number of the proof of entitlement.
    pub poe: String,
    /// Price paid for one, in `currency`.
    pub unit_price: Option<Decimal>,
    /// Currency of the price, as written.
    pub currency: String,
    /// Number of the part by whose price it is renewed; empty follows the part.
    pub renewal_part: String,
}

line! {
    Entitlement from file row, detected by ["part_number", "quantity"] | ["product", "quantity"] | ["description", "quantity"],
    keyed by ["poe", "part_number", "product|description", "metric", "site"]
        | ["agreement", "site", "part_number", "product|description", "metric", "order_date"];
    agreement, site, part_number, product, description, kind: LeaveBlank, metric, quantity: Required, licence_type: LeaveBlank, environment, ss_start, ss_end,
    order_date, poe, unit_price: LeaveBlank, currency, renewal_part; contradiction
}

/// A line is for a part or a product, and does not end before it begins.
fn contradiction(line: &Entitlement) -> Option<(&'static str, &'static str)> {
    if line.part_number.is_empty() && line.product.is_empty() && line.description.is_empty() {
        Some(("product", "entitlement_without_product"))
    } else if line.ss_start.zip(line.ss_end).is_some_and(|(start, end)| start > end) {
        Some(("ss_end", "entitlement_ends_before_start"))
    } else {
        None
    }
}

/// A product that is owned under one name and needed under another: only the user knows, and says why.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Alias {
    /// Name of the file that it was read from; empty when it was typed.
    #[serde(default)]
    pub file: String,
    /// Line in that file.
    #[serde(default)]
    pub row: u32,
    /// The name under which it is owned.
    pub name: String,
    /// The name under which it is needed.
    pub product: String,
    /// Why they are the same.
    pub reason: String,
}

line! {
    Alias from file row, detected by ["name", "product", "reason"], keyed by ["name"];
    name: Required, product: Required, reason: Required; same_name
}

/// A name needs no alias for itself.
fn same_name(alias: &Alias) -> Option<(&'static str, &'static str)> {
    (alias.name == alias.product).then_some(("product", "alias_incomplete"))
}

/// How long a licence lasts (commercial facts, C5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenceType {
    /// For ever, whatever becomes of its support.
    Perpetual,
    /// For the term of a subscription.
    Subscription,
    /// For a committed term.
    CommittedTerm,
    /// For a fixed term.
    FixedTerm,
    /// By the month.
    Monthly,
    /// Software as a service, for its term.
    Saas,
}

impl LicenceType {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Perpetual, Self::Subscription, Self::CommittedTerm, Self::FixedTerm, Self::Monthly, Self::Saas];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Perpetual => "perpetual",
            Self::Subscription => "subscription",
            Self::CommittedTerm => "committed_term",
            Self::FixedTerm => "fixed_term",
            Self::Monthly => "monthly",
            Self::Saas => "saas",
        }
    }
}

words!(LicenceType);

/// What a line of the ledger sells (semantics, section 13).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// A licence, for ever or for a term.
    #[default]
    Licence,
    /// Subscription and Support (S&S) for one more year: it grants no licence.
    Renewal,
    /// S&S after a gap: it grants no licence.
    Reinstatement,
    /// A licence in the place of another one, which ends.
    TradeUp,
    /// Support beyond S&S, such as Extended Support: it grants no licence.
    SupportOption,
}

impl LineKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Licence, Self::Renewal, Self::Reinstatement, Self::TradeUp, Self::SupportOption];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Licence => "licence",
            Self::Renewal => "renewal",
            Self::Reinstatement => "reinstatement",
            Self::TradeUp => "trade_up",
            Self::SupportOption => "support_option",
        }
    }

    /// Whether it only supports what is owned already.
    pub const fn is_support(self) -> bool {
        matches!(self, Self::Renewal | Self::Reinstatement | Self::SupportOption)
    }
}

words!(LineKind);

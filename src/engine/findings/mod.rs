//! What would change the bill, over the whole estate: what is short and what is not used, hosts that nobody names, rights
//! under another name, covers that nobody claims, levels within reach, support that is about to end. Each with what it is
//! worth, the largest first (docs/decisions/0062-what-to-do-by-money.md).

mod bill;
mod of_agreements;
mod of_products;

use std::cmp::Reverse;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::agreements::AgreementBook;
use super::position::Suggestion;
use super::renewal::{Costing, Forecast};
use crate::model::assessment::Assessment;
use crate::model::derivation::Derivation;
use crate::model::message::Message;
use crate::model::order::PriceTerms;
use crate::model::position::Position;
use crate::rules::volume_levels::VolumeLevel;
use bill::Bill;
pub use bill::Worth;

/// What is found from.
#[derive(Clone, Copy)]
pub struct FindingSources<'a> {
    /// What is needed.
    pub assessment: &'a Assessment,
    /// What is entitled less what is needed.
    pub position: &'a Position,
    /// What the catalogue knows of products that come with others.
    pub suggestions: &'a [Suggestion],
    /// The agreements with their orders.
    pub agreements: &'a AgreementBook<'a>,
    /// What is said of the estate's agreement as a whole.
    pub terms: PriceTerms,
    /// The day.
    pub on: Date,
    /// What is renewed, and what things cost; `None` while there are no prices.
    pub money: Option<Money<'a>>,
}

/// What things are worth by.
#[derive(Clone, Copy)]
pub struct Money<'a> {
    /// What is renewed.
    pub forecast: &'a Forecast,
    /// What single things cost.
    pub costing: &'a Costing<'a>,
}

/// Something that would change the bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub fact: FindingFact,
    /// What it is worth: what is saved, or what has to be paid for it.
    pub worth: Worth,
    bill: Bill,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindingFact {
    /// More of a product is needed than entitled: licences have to be bought.
    Short {
        /// The product.
        of: ProductMetric,
        /// How much is missing.
        units: Decimal,
    },
    /// Rights to a product that nothing needs, under a name that may be another one of a product that is short.
    OtherName {
        /// The product that is short.
        of: ProductMetric,
        /// The product that is owned.
        other: String,
        /// How much of the shortfall would be gone.
        units: Decimal,
    },
    /// A product that comes with another one in use, which nobody has claimed.
    Cover {
        /// The product.
        of: ProductMetric,
        /// The other one.
        principal: String,
        /// How much is needed of it.
        units: Decimal,
    },
    /// Hosts that nobody names: less may be needed once they are known.
    Hosts {
        /// The product.
        of: ProductMetric,
        /// The most that may fall away.
        high: u64,
        /// How much rests on hosts that are not known.
        at_stake: u64,
    },
    /// Support, or a term, is paid for more than is needed.
    Unused {
        /// The product.
        of: ProductMetric,
        /// How much is paid for.
        paid: Decimal,
        /// How much of it is needed.
        needed: Decimal,
    },
    /// An order of so many points reaches the next level.
    NextLevel {
        /// Number of the agreement; blank for orders of none.
        agreement: String,
        /// The next level.
        next: VolumeLevel,
        /// The points that are missing.
        points: Decimal,
    },
    /// Merging two agreements raises the level of one and lowers none.
    Merge {
        /// The agreement that stays.
        kept: String,
        /// The one that joins it.
        joining: String,
        /// The level of both then.
        level: VolumeLevel,
    },
    /// Support of what is in use ends soon: to reinstate it later costs more.
    EndsSoon {
        /// The product.
        of: ProductMetric,
        /// How much of it.
        units: Decimal,
        /// The first day on which some of it ends.
        ends: Date,
    },
    /// A product is owned or in use, and nothing measures what is needed.
    NotMeasured {
        /// The product.
        of: ProductMetric,
        /// How much is owned.
        entitled: Decimal,
    },
}

/// A product in a metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductMetric {
    /// Name of the product.
    pub product: String,
    /// Code of the metric.
    pub metric: String,
}

/// What tells a finding from the others, also on another day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingKey {
    /// What kind it is, by name.
    pub kind: String,
    /// The product, or the agreement.
    pub subject: String,
    /// Code of the metric, or the agreement that joins; blank for none.
    pub other: String,
}

impl FindingFact {
    /// What tells it from the others.
    pub fn key(&self) -> FindingKey {
        let (kind, subject, other) = match self {
            Self::Short { of, .. } => ("buy", &of.product, &of.metric),
            Self::OtherName { of, .. } => ("name", &of.product, &of.metric),
            Self::Cover { of, .. } => ("cover", &of.product, &of.metric),
            Self::Hosts { of, .. } => ("hosts", &of.product, &of.metric),
            Self::Unused { of, .. } => ("reduce", &of.product, &of.metric),
            Self::NextLevel { agreement, .. } => ("level", agreement, &String::new()),
            Self::Merge { kept, joining, .. } => ("merge", kept, joining),
            Self::EndsSoon { of, .. } => ("renew", &of.product, &of.metric),
            Self::NotMeasured { of, .. } => ("measure", &of.product, &of.metric),
        };
        FindingKey { kind: kind.to_owned(), subject: subject.clone(), other: other.clone() }
    }

    /// What it is ranked by where nobody knows what it is worth: what is short before what is not used, then the unit and
    /// how much of it.
    fn rank(&self) -> (u8, &str, Reverse<Decimal>) {
        match self {
            Self::Short { of, units } => (0, &of.metric, Reverse(*units)),
            Self::OtherName { of, units, .. } => (1, &of.metric, Reverse(*units)),
            Self::Cover { of, units, .. } => (2, &of.metric, Reverse(*units)),
            Self::Hosts { of, high, .. } => (3, &of.metric, Reverse((*high).into())),
            Self::Unused { of, paid, needed } => (4, &of.metric, Reverse(paid.saturating_sub(*needed))),
            Self::EndsSoon { of, units, .. } => (5, &of.metric, Reverse(*units)),
            Self::NextLevel { agreement, points, .. } => (6, agreement, Reverse(*points)),
            Self::Merge { kept, .. } => (7, kept, Reverse(Decimal::ZERO)),
            Self::NotMeasured { of, entitled } => (8, &of.metric, Reverse(*entitled)),
        }
    }
}

/// What would change the bill: amounts of a currency together, the largest first; then what nobody can tell the worth of.
pub fn findings(sources: FindingSources<'_>) -> Vec<Finding> {
    let facts = of_products::facts(sources).into_iter().chain(of_agreements::facts(sources));
    let judged = facts.filter_map(|(fact, bill)| Finding::of(fact, bill, sources.money));
    let mut findings: Vec<Finding> = judged.collect();
    findings.sort_by(|one, other| {
        let by_worth = match (&one.worth, &other.worth) {
            (Worth::Known { currency, amount, .. }, Worth::Known { currency: currency2, amount: amount2, .. }) => {
                (currency, Reverse(amount)).cmp(&(currency2, Reverse(amount2)))
            }
            (one, other) => matches!(one, Worth::Unknown(_)).cmp(&matches!(other, Worth::Unknown(_))),
        };
        by_worth.then_with(|| one.fact.rank().cmp(&other.fact.rank()))
    });
    findings
}

impl Finding {
    /// A fact with what it is worth; `None` where it changes nothing on the bill.
    fn of(fact: FindingFact, bill: Bill, money: Option<Money<'_>>) -> Option<Self> {
        let worth = match money {
            _ if matches!(fact, FindingFact::NotMeasured { .. }) => Worth::Unknown(Message::new("note.need_missing")),
            // Nobody says how much of it only supports the principal.
            _ if matches!(fact, FindingFact::Cover { .. }) => Worth::Unknown(Message::new("note.share_missing")),
            None => Worth::Unknown(Message::new("note.prices_none")),
            Some(_) if bill.is_empty() => return None,
            Some(money) => bill.worth(money.costing),
        };
        let saves = match &worth {
            Worth::Known { amount, .. } => *amount > Decimal::ZERO,
            Worth::Unknown(_) => true,
        };
        // What is short is short, whatever it costs.
        (saves || matches!(fact, FindingFact::Short { .. })).then_some(Self { fact, worth, bill })
    }
}

/// How the worth of a finding comes about; `None` when there is no such finding.
pub fn explain(sources: FindingSources<'_>, key: &FindingKey) -> Option<Derivation> {
    let found = findings(sources).into_iter().find(|finding| finding.fact.key() == *key)?;
    let label = Message::new("label.worth");
    let costing = sources.money?.costing;
    Some(found.bill.explain(label, costing))
}

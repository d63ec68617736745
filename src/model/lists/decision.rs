//! Decisions on renewals: what is to become of which entitlement, and from when (semantics of money, section 8).

use std::num::NonZeroU32;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::list::{line, words};

/// A decision, as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file, the header being line 1; 0 when it was typed.
    pub row: u32,
    /// Number of the agreement; blank is any.
    pub agreement: String,
    /// The site; blank is any.
    pub site: String,
    /// Name of the product.
    pub product: String,
    /// The metric; blank is any.
    pub metric: String,
    /// What is decided.
    pub decision: DecisionKind,
    /// The day from which it is carried out, at the first start of coverage on or after it; `None` is the next one.
    pub date: Option<Date>,
    /// The day on which support that has lapsed is reinstated; `None` is never.
    pub until: Option<Date>,
    /// How it is reinstated; `None` is [`ReinstatementModel::Again`].
    pub model: Option<ReinstatementModel>,
    /// How many units are kept, or bought.
    pub quantity: Option<Decimal>,
    /// The part in its place.
    pub to_part: String,
    /// How many units of the component use how many of the bundle: `2:1`.
    pub ratio: String,
    /// Months of the committed term; `None` is twelve.
    pub term: Option<Decimal>,
    /// Why.
    pub reason: String,
}

line! {
    Decision from file row, detected by ["product", "decision"],
    keyed by ["agreement", "site", "product", "metric"];
    agreement, site, product: Required, metric, decision: Required, date, until, model, quantity, to_part, ratio, term,
    reason; misfit
}

/// What does not fit the decision: the field, and the code of the issue.
fn misfit(line: &Decision) -> Option<(&'static str, &'static str)> {
    if line.decision == DecisionKind::Reduce && line.quantity.is_none() {
        Some(("quantity", "decision_without_quantity"))
    } else if line.decision.replaces() && line.to_part.trim().is_empty() {
        Some(("to_part", "decision_without_part"))
    } else if !line.ratio.trim().is_empty() && line.ratio().is_none() {
        Some(("ratio", "decision_ratio"))
    } else if line.term.is_some() && line.months().is_none() {
        Some(("term", "decision_term"))
    } else {
        None
    }
}

impl Decision {
    /// How many units of the component use how many of the bundle; `None` where it does not say.
    pub fn ratio(&self) -> Option<(NonZeroU32, NonZeroU32)> {
        let (component, bundle) = self.ratio.split_once(':')?;
        Some((component.trim().parse().ok()?, bundle.trim().parse().ok()?))
    }

    /// Months of the committed term; `None` where it does not say.
    pub fn months(&self) -> Option<i16> {
        let months = self.term.filter(Decimal::is_integer)?.to_i16()?;
        (1..=MOST_MONTHS).contains(&months).then_some(months)
    }
}

/// The most months of a term: a hundred years.
const MOST_MONTHS: i16 = 1_200;

/// What is decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DecisionKind {
    /// It goes on.
    #[default]
    Renew,
    /// It goes on for fewer units.
    Reduce,
    /// It ends, and may be reinstated later.
    Lapse,
    /// A subscription comes in its place.
    ToSubscription,
    /// A committed term comes in its place.
    ToCommittedTerm,
    /// A Cloud Pak comes in its place.
    ToCloudPak,
}

impl DecisionKind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Renew, Self::Reduce, Self::Lapse, Self::ToSubscription, Self::ToCommittedTerm, Self::ToCloudPak];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Renew => "renew",
            Self::Reduce => "reduce",
            Self::Lapse => "lapse",
            Self::ToSubscription => "to_subscription",
            Self::ToCommittedTerm => "to_committed_term",
            Self::ToCloudPak => "to_cloud_pak",
        }
    }

    /// Whether another part comes in its place.
    pub const fn replaces(self) -> bool {
        matches!(self, Self::ToSubscription | Self::ToCommittedTerm | Self::ToCloudPak)
    }
}

words!(DecisionKind);

/// How support that has lapsed is reinstated (commercial facts, C1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReinstatementModel {
    /// By a part of its own, which pays for the twelve months from then on.
    #[default]
    Again,
    /// By paying for the time gone by, and more.
    Back,
}

impl ReinstatementModel {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Again, Self::Back];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Again => "1",
            Self::Back => "2",
        }
    }
}

words!(ReinstatementModel);

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &Decision) -> Option<(&'static str, &'static str)> {
        misfit(line)
    }

    #[test]
    fn a_decision_says_what_it_needs() {
        let reduce = Decision { decision: DecisionKind::Reduce, ..Decision::default() };
        assert_eq!(told(&reduce), Some(("quantity", "decision_without_quantity")));
        assert_eq!(told(&Decision { quantity: Some(0.into()), ..reduce }), None);
        let pak = Decision { decision: DecisionKind::ToCloudPak, ..Decision::default() };
        assert_eq!(told(&pak), Some(("to_part", "decision_without_part")));
        let pak = Decision { to_part: "D1".to_owned(), ratio: "2:1".to_owned(), ..pak };
        assert_eq!((told(&pak), pak.ratio().map(|(a, b)| (a.get(), b.get()))), (None, Some((2, 1))));
        for ratio in ["2", "0:1", "1.5:1", "a:b", "-1:2"] {
            assert_eq!(told(&Decision { ratio: ratio.to_owned(), ..pak.clone() }), Some(("ratio", "decision_ratio")));
        }
        for term in ["0", "1.5", "99999"] {
            let term = Some(term.parse().unwrap());
            assert_eq!(told(&Decision { term, ..pak.clone() }), Some(("term", "decision_term")));
        }
    }
}

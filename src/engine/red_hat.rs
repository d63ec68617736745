//! Subscriptions of Red Hat that are in force, and how far they go (docs/decisions/0022-openshift.md).

use litemap::LiteMap;
use std::num::NonZeroU32;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::issue::{Issue, Severity};
use crate::model::position::LineStatus;
use crate::model::red_hat::{RedHatSubscription, SubscriptionUnit};

/// What is asked of the ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RedHatQuery {
    /// The day on which to look at it; `None` counts every subscription.
    pub on: Option<Date>,
    /// How many cores the user takes a core pair for. No source confirms any number: `None` compares nothing.
    pub cores_per_core_pair: Option<NonZeroU32>,
}

/// The ledger on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubscriptionLedger {
    /// Whether each line counts on that day, in the order of the lines.
    pub standings: Vec<LineStatus>,
    /// What is in force, by product and unit.
    pub held: Vec<HeldSubscription>,
    /// Cores that subscriptions of `OpenShift` in core pairs are taken for; `None` when none says how many a pair is.
    pub open_shift_cores: Option<Decimal>,
}

impl SubscriptionLedger {
    /// Cores of subscriptions less cores that need them: above 0 a surplus, below 0 a shortfall.
    pub fn balance(&self, uncovered: Option<Decimal>) -> Option<Decimal> {
        Some(self.open_shift_cores?.saturating_sub(uncovered?))
    }
}

/// So much of a product in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldSubscription {
    /// Name of the product.
    pub product: String,
    /// What it is counted in.
    pub unit: SubscriptionUnit,
    /// How many of that unit.
    pub quantity: Decimal,
}

impl HeldSubscription {
    /// Whether it is a subscription of `OpenShift`, by its name.
    fn is_open_shift(&self) -> bool {
        self.product.to_lowercase().contains("openshift")
    }
}

/// The ledger on the day that is asked about.
pub fn ledger(lines: &[RedHatSubscription], question: RedHatQuery) -> (SubscriptionLedger, Vec<Issue>) {
    let standings: Vec<LineStatus> = lines.iter().map(|line| standing(line, question.on)).collect();
    let mut sums: LiteMap<(&str, SubscriptionUnit), Decimal> = LiteMap::new();
    for (line, _) in lines.iter().zip(&standings).filter(|(_, standing)| **standing == LineStatus::Counts) {
        let sum = sums.entry((&line.product, line.unit)).or_default();
        *sum = sum.saturating_add(line.quantity);
    }
    let held = sums.into_iter().map(|((product, unit), quantity)| HeldSubscription {
        product: product.to_owned(),
        unit,
        quantity,
    });
    let held: Vec<HeldSubscription> = held.collect();
    let (pairs, others): (Vec<&HeldSubscription>, Vec<&HeldSubscription>) =
        held.iter().filter(|one| one.is_open_shift()).partition(|one| one.unit == SubscriptionUnit::CorePair);
    let mut issues: Vec<Issue> = Vec::new();
    for one in others {
        let issue = Issue::new(Severity::Info, "red_hat_not_compared").with("product", one.product.as_str());
        issues.push(issue.with("unit", one.unit.name()));
    }
    let count = pairs.iter().fold(Decimal::ZERO, |all, one| all.saturating_add(one.quantity));
    let open_shift_cores = question.cores_per_core_pair.map(|cores| count.saturating_mul(cores.get().into()));
    match question.cores_per_core_pair {
        Some(cores) if !pairs.is_empty() => {
            issues.push(Issue::new(Severity::Warning, "core_pair_assumed").with("cores", cores.get()));
        }
        None if !pairs.is_empty() => issues.push(Issue::new(Severity::Info, "core_pair_not_compared")),
        _ => {}
    }
    (SubscriptionLedger { standings, held, open_shift_cores }, issues)
}

/// Whether a subscription is in force on a day; both its first and its last day are days of it.
fn standing(line: &RedHatSubscription, on: Option<Date>) -> LineStatus {
    match on {
        Some(on) if line.end.is_some_and(|end| end < on) => LineStatus::Ended,
        Some(on) if line.start.is_some_and(|start| start > on) => LineStatus::NotYet,
        _ => LineStatus::Counts,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn line(
        product: &str,
        unit: SubscriptionUnit,
        quantity: u32,
        days: (Option<Date>, Option<Date>),
    ) -> RedHatSubscription {
        RedHatSubscription {
            file: String::new(),
            row: 0,
            product: product.to_owned(),
            unit,
            quantity: quantity.into(),
            start: days.0,
            end: days.1,
            note: String::new(),
        }
    }

    const ALWAYS: (Option<Date>, Option<Date>) = (None, None);

    fn codes(issues: &[Issue]) -> Vec<&str> {
        issues.iter().map(|issue| issue.code.as_ref()).collect()
    }

    #[test]
    fn a_subscription_counts_from_its_first_day_to_its_last() {
        let days = (Some(date(2026, 1, 1)), Some(date(2026, 12, 31)));
        let lines = [line("OpenShift", SubscriptionUnit::Node, 4, days)];
        let on = |on| {
            let (found, _) = ledger(&lines, RedHatQuery { on, ..RedHatQuery::default() });
            (found.standings[0], found.held.first().map(|one| one.quantity))
        };
        assert_eq!(on(Some(date(2025, 12, 31))), (LineStatus::NotYet, None));
        for day in [None, Some(date(2026, 1, 1)), Some(date(2026, 12, 31))] {
            assert_eq!(on(day), (LineStatus::Counts, Some(4.into())));
        }
        assert_eq!(on(Some(date(2027, 1, 1))), (LineStatus::Ended, None));
    }

    #[test]
    fn units_are_never_mixed() {
        let lines = [
            SubscriptionUnit::Node,
            SubscriptionUnit::SocketPair,
            SubscriptionUnit::CorePair,
            SubscriptionUnit::CorePair,
        ]
        .map(|unit| line("Red Hat OpenShift", unit, 4, ALWAYS));
        let (found, issues) = ledger(&lines, RedHatQuery::default());
        let held: Vec<_> = found.held.iter().map(|one| (one.unit.name(), one.quantity)).collect();
        assert_eq!(held, [("node", 4.into()), ("socket_pair", 4.into()), ("core_pair", 8.into())]);
        assert_eq!(codes(&issues), ["red_hat_not_compared", "red_hat_not_compared", "core_pair_not_compared"]);
        assert_eq!(found.balance(Some(10.into())), None);
    }

    #[test]
    fn core_pairs_are_compared_only_by_the_number_that_the_user_gives() {
        let lines = [
            line("Red Hat OpenShift", SubscriptionUnit::CorePair, 4, ALWAYS),
            line("Red Hat Enterprise Linux", SubscriptionUnit::CorePair, 50, ALWAYS),
        ];
        let question = RedHatQuery { on: None, cores_per_core_pair: NonZeroU32::new(2) };
        let (found, issues) = ledger(&lines, question);
        assert_eq!((found.balance(Some(10.into())), found.balance(None)), (Some((-2).into()), None));
        assert_eq!(codes(&issues), ["core_pair_assumed"], "the number is an assumption, and said to be one");
        let (found, issues) = ledger(&[], question);
        assert_eq!((found.balance(Some(10.into())), issues), (Some((-10).into()), Vec::new()));
    }
}

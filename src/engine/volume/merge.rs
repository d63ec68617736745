//! Two agreements merged into one: a what-if (semantics, section 10; commercial facts, A2, rule 12).
//!
//! Points of both add up, so a merged level is never lower while both agreements share their first term and their
//! anniversary. Otherwise it can be: an order may fall into a term that ends earlier, or into one that has ended.

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Customer, OrderLedger, VolumeQuery, anniversaries, of_orders, orders};
use crate::model::issue::{Issue, Severity};
use crate::model::order::{LevelByHand, OrderLine};

/// An agreement that is to be merged.
#[derive(Clone, Copy, Debug, Default)]
pub struct MergingAgreement<'a> {
    /// Its orders.
    pub lines: &'a [Arc<OrderLine>],
    /// Day and month of its anniversary; `None` follows its first order.
    pub anniversary: Option<Date>,
    /// Levels above H that the user has set for it.
    pub by_hand: &'a [Arc<LevelByHand>],
}

/// What merging does to the level of an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The merged level is higher.
    Higher,
    /// It is the same.
    Same,
    /// It is lower: orders become dearer.
    Lower,
}

impl Change {
    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Same => "same",
            Self::Lower => "lower",
        }
    }
}

/// An agreement by itself, and what merging does to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alone {
    /// Its orders and terms as long as it stays by itself.
    pub ledger: OrderLedger,
    /// How the merged level compares with its own, on the same day.
    pub change: Change,
}

impl Alone {
    fn new(ledger: OrderLedger, merged: &OrderLedger) -> Self {
        let change = match merged.level.cmp(&ledger.level) {
            Ordering::Greater => Change::Higher,
            Ordering::Equal => Change::Same,
            Ordering::Less => Change::Lower,
        };
        Self { ledger, change }
    }
}

/// Two agreements by themselves and merged, on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeComparison {
    /// Each by itself, the one that is kept first.
    pub alone: [Alone; 2],
    /// Both as if they had been one from their first order on, under the anniversary of the one that is kept. Its
    /// issues are those that merging brings; what to know about the orders stands with each agreement.
    pub merged: OrderLedger,
}

/// Merges two agreements of one kind of customer into the first of them, and looks at all three ledgers on one day:
/// `on`, or the day of the last order of both.
///
/// Orders stay as they were placed: equal numbers, or days and sites, of two agreements make no common order. Levels
/// that are set by hand for either hold for both.
pub fn merge(agreements: [MergingAgreement<'_>; 2], on: Option<Date>, customer: Customer) -> MergeComparison {
    let [kept, other] = agreements;
    let (of_kept, issues_of_kept) = orders::of(kept.lines);
    let (of_other, issues_of_other) = orders::of(other.lines);
    let both = orders::together(&of_kept, &of_other);
    let on = on.or_else(|| both.last().map(|order| order.date));
    let of_either = [kept.by_hand, other.by_hand].concat();

    let anniversary = match (of_kept.first(), of_other.first()) {
        // The first term of the one that is kept begins earlier than it did: only its day and month can stay. A day that
        // is given stays as it is: 29 February is the 28th in some years only.
        (Some(own), Some(earlier)) if earlier.date < own.date => {
            kept.anniversary.or_else(|| anniversaries(own.date, None).next())
        }
        _ => kept.anniversary,
    };
    let question = VolumeQuery { anniversary, on, customer, by_hand: &of_either, sites: &[] };
    let mut merged = of_orders(both, Vec::new(), &question);
    let own = |agreement: MergingAgreement<'_>, orders, issues| {
        let MergingAgreement { anniversary, by_hand, .. } = agreement;
        Alone::new(of_orders(orders, issues, &VolumeQuery { anniversary, by_hand, ..question }), &merged)
    };
    let alone = [own(kept, of_kept, issues_of_kept), own(other, of_other, issues_of_other)];
    let lowered = agreements.iter().zip(&alone).filter(|(_, alone)| alone.change == Change::Lower);
    merged.issues = lowered
        .map(|(agreement, alone)| {
            let file = agreement.lines.first().map_or("", |line| line.file.as_str());
            let issue = Issue::new(Severity::Warning, "merge_lowers_level").in_file(file);
            issue.with("alone", alone.ledger.level.name()).with("merged", merged.level.name())
        })
        .collect();
    MergeComparison { alone, merged }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::list::SharedLines;

    fn line(file: &str, day: &str, points: i64) -> OrderLine {
        OrderLine { file: file.to_owned(), ..super::super::tests::line(day, points) }
    }

    fn merged(kept: &[OrderLine], other: &[OrderLine], on: &str) -> MergeComparison {
        let lines = [kept, other].map(SharedLines::of);
        let agreements = lines.each_ref().map(|lines| MergingAgreement { lines, ..MergingAgreement::default() });
        merge(agreements, Some(on.parse().unwrap()), Customer::Commercial)
    }

    fn ends(ledger: &OrderLedger) -> Vec<String> {
        ledger.terms.iter().map(|term| term.end.to_string()).collect()
    }

    #[test]
    fn an_earlier_reset_can_lower_a_level_and_an_issue_says_so() {
        let kept = [line("kept.csv", "2025-01-01", 100)];
        let other = [line("other.csv", "2025-07-01", 1_000)];
        let MergeComparison { alone: [kept, other], merged } = merged(&kept, &other, "2027-01-15");
        // Kept alone: 100 points earn BL. The other alone: 1,000 points earn E, which the reset of 1 July 2026 leaves,
        // and the term after it is still open. Merged: 1,100 points earn E, and the year 2026 without orders leaves D.
        assert_eq!([&kept.ledger, &other.ledger, &merged].map(|ledger| ledger.level.name()), ["BL", "E", "D"]);
        assert_eq!((kept.change, other.change), (Change::Higher, Change::Lower));
        let issues: Vec<_> = merged.issues.iter().map(|issue| (issue.file.as_str(), issue.code.as_ref())).collect();
        assert_eq!(issues, [("other.csv", "merge_lowers_level")]);
    }

    #[test]
    fn the_terms_of_the_agreement_that_is_kept_stay() {
        let kept = [line("", "2025-03-15", 10)];
        let later = merged(&kept, &[line("", "2025-05-20", 10)], "2026-03-31").merged;
        assert_eq!(ends(&later), ["2026-03-31"], "its first term is not cut");
        let earlier = merged(&kept, &[line("", "2024-09-10", 10)], "2026-03-31").merged;
        assert_eq!(ends(&earlier), ["2025-03-31", "2026-03-31"], "its anniversary is 1 April");
    }

    #[test]
    fn an_anniversary_of_29_february_stays_one_whichever_agreement_ordered_first() {
        let given = Some("2024-02-29".parse().unwrap());
        let lines = SharedLines::of(&[line("", "2025-03-15", 10), line("", "2024-09-10", 10)]);
        for indices in [[0, 1], [1, 0]] {
            let [kept, other] = indices.map(|index| MergingAgreement {
                lines: std::slice::from_ref(&lines[index]),
                anniversary: given,
                by_hand: &[],
            });
            let seen = merge([kept, other], Some("2029-01-01".parse().unwrap()), Customer::Commercial);
            // Terms begin on the 28th of 2025, 2026 and 2027, and on the 29th of 2028.
            let days = ["2025-02-27", "2026-02-27", "2027-02-27", "2028-02-28", "2029-02-27"];
            assert_eq!(ends(&seen.merged), days);
        }
    }

    #[test]
    fn orders_of_two_agreements_are_never_put_together() {
        let numbered = |file| OrderLine { order: Some("1".to_owned()), ..line(file, "2025-03-01", 300) };
        for (kept, other) in
            [(line("a", "2025-03-01", 300), line("b", "2025-03-01", 300)), (numbered("a"), numbered("b"))]
        {
            let ledger = merged(&[kept], &[other], "2025-03-01").merged;
            let placed: Vec<_> = ledger.orders.iter().map(|order| (order.svp.name(), order.rsvp.name())).collect();
            // 300 points are BL each, and 600 points are D for the order after them.
            assert_eq!((placed, ledger.level.name()), (vec![("BL", "BL"), ("BL", "BL")], "D"));
        }
    }

    #[test]
    fn all_three_ledgers_are_looked_at_on_the_day_of_the_last_order_of_both() {
        let lines = SharedLines::of(&[line("", "2025-03-01", 500), line("", "2028-03-01", 0)]);
        let (kept, other) = lines.split_at(1);
        let agreements = [kept, other].map(|lines| MergingAgreement { lines, ..MergingAgreement::default() });
        let MergeComparison { alone: [kept, _], merged } = merge(agreements, None, Customer::Commercial);
        // 500 points earn D, and the second term, without points, leaves BL. 2028-03-01 is the first day of the fourth.
        assert_eq!((kept.ledger.level.name(), kept.ledger.terms.len()), ("BL", 4));
        assert_eq!((merged.level.name(), merged.terms.len()), ("BL", 4));
    }
}

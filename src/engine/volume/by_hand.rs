//! Levels above H, which no points earn: they hold where the user sets them (decision 0014).

use std::ops::RangeInclusive;
use std::sync::Arc;

use jiff::civil::Date;

use super::{VolumeQuery, fixed};
use crate::model::issue::{Issue, Severity};
use crate::model::message::{Argument, Message};
use crate::model::order::LevelByHand;
use crate::rules::volume_levels::VolumeLevel;

/// The levels that are set by hand, as they are seen on a day.
pub(super) struct ByHand<'a> {
    levels: &'a [Arc<LevelByHand>],
    on: Date,
}

impl<'a> ByHand<'a> {
    /// Those of a question. A customer whose level holds whatever the points are has none.
    pub(super) fn new(question: &VolumeQuery<'a>, on: Date) -> Self {
        let levels = if fixed(question.customer).is_none() { question.by_hand } else { &[] };
        Self { levels, on }
    }

    /// A level, or the highest one that is set from one of these days on: never a lower one.
    pub(super) fn raised(&self, level: VolumeLevel, days: RangeInclusive<Date>) -> VolumeLevel {
        let set = self.levels.iter().filter(|set| days.contains(&set.from));
        set.map(|set| VolumeLevel::from(set.level)).fold(level, Ord::max)
    }

    /// That a level is set by hand, and why.
    pub(super) fn issues(&self) -> impl Iterator<Item = Issue> {
        self.levels.iter().map(|set| {
            if set.from > self.on {
                let issue = Issue::new(Severity::Info, "level_by_hand_later");
                return issue.with("level", set.level.name()).with("from", set.from).with("day", self.on);
            }
            let reason = if set.reason.is_empty() {
                Argument::from(Message::new("issue.reason_not_given"))
            } else {
                Argument::from(set.reason.as_str())
            };
            let issue = Issue::new(Severity::Info, "level_by_hand");
            issue.with("level", set.level.name()).with("from", set.from).with("reason", reason)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::line;
    use super::super::{Customer, OrderLedger, ledger};
    use super::*;
    use crate::model::list::SharedLines;
    use crate::model::order::LevelAboveH;

    fn set(level: LevelAboveH, from: &str) -> LevelByHand {
        LevelByHand {
            file: String::new(),
            row: 0,
            level,
            from: from.parse().unwrap(),
            reason: "letter of IBM".to_owned(),
            agreement: String::new(),
        }
    }

    /// 600 points on 1 March 2025, and none on two later days; terms begin in March.
    fn seen(by_hand: &[LevelByHand], on: &str) -> OrderLedger {
        let orders = [line("2025-03-01", 600), line("2025-09-01", 0), line("2026-04-01", 0)];
        ledger(
            &SharedLines::of(&orders),
            &VolumeQuery {
                on: Some(on.parse().unwrap()),
                by_hand: &SharedLines::of(by_hand),
                ..VolumeQuery::default()
            },
        )
    }

    fn rsvp(ledger: &OrderLedger) -> Vec<&str> {
        ledger.orders.iter().map(|order| order.rsvp.name()).collect()
    }

    #[test]
    fn a_level_set_by_hand_holds_from_its_day_to_the_next_anniversary_and_then_falls_by_one_step() {
        let by_hand = [set(LevelAboveH::J, "2025-09-01")];
        assert_eq!(seen(&by_hand, "2025-08-31").level.name(), "D");
        assert_eq!(seen(&by_hand, "2026-02-28").level.name(), "J");
        let ledger = seen(&by_hand, "2028-03-01");
        // J on the day from which it is set, I in the term after it, then H, then G: one step at each anniversary.
        assert_eq!(rsvp(&ledger), ["BL", "J", "I"]);
        let resets: Vec<&str> = ledger.terms.iter().map(|term| term.after_reset.name()).collect();
        assert_eq!((resets, ledger.level.name()), (vec!["I", "H", "G", "F"], "G"));
        let codes: Vec<&str> = ledger.issues.iter().map(|issue| issue.code.as_ref()).collect();
        assert_eq!(codes, ["level_by_hand"]);
    }

    #[test]
    fn a_level_set_between_two_orders_or_after_the_last_one_counts_from_its_day() {
        assert_eq!(rsvp(&seen(&[set(LevelAboveH::I, "2025-05-01")], "2025-10-01")), ["BL", "I"]);
        assert_eq!(seen(&[set(LevelAboveH::I, "2026-06-01")], "2026-06-01").level.name(), "I");
        let later = seen(&[set(LevelAboveH::I, "2026-06-02")], "2026-06-01");
        assert_eq!((later.level.name(), later.issues[0].code.as_ref()), ("D", "level_by_hand_later"));
    }

    #[test]
    fn a_level_set_before_the_first_order_holds_in_the_first_term() {
        let by_hand = [set(LevelAboveH::I, "2024-12-01")];
        assert_eq!(rsvp(&seen(&by_hand, "2026-04-01")), ["I", "I", "H"]);
        // Before any order the next one, which is the first, finds it.
        assert_eq!(seen(&by_hand, "2025-01-01").level.name(), "I");
    }

    #[test]
    fn a_level_set_on_an_anniversary_belongs_to_the_term_that_begins() {
        let ledger = seen(&[set(LevelAboveH::I, "2026-03-01")], "2027-03-01");
        let resets: Vec<&str> = ledger.terms.iter().map(|term| term.after_reset.name()).collect();
        // 600 points leave D, I holds in the second term and leaves H, and the open third one would leave G.
        assert_eq!((resets, ledger.level.name()), (vec!["D", "H", "G"], "H"));
    }

    #[test]
    fn a_lower_level_set_by_hand_takes_nothing_away() {
        let by_hand = [set(LevelAboveH::J, "2025-05-01"), set(LevelAboveH::I, "2025-06-01")];
        assert_eq!(rsvp(&seen(&by_hand, "2025-10-01")), ["BL", "J"]);
    }

    #[test]
    fn prices_of_their_own_know_no_level_set_by_hand() {
        for (customer, name) in [(Customer::Government, "GV"), (Customer::Academic, "ED"), (Customer::Express, "BL")] {
            let by_hand = [set(LevelAboveH::J, "2025-03-01")];
            let question = VolumeQuery { customer, by_hand: &SharedLines::of(&by_hand), ..VolumeQuery::default() };
            let ledger = ledger(&SharedLines::of(&[line("2025-03-01", 600)]), &question);
            assert_eq!((ledger.level.name(), rsvp(&ledger)), (name, vec![name]));
            assert_eq!(ledger.issues, []);
        }
    }
}

//! The laws of the volume level (commercial facts, A2), on random lists of orders.

use highwater::engine::volume::merge::{Change, MergeComparison, MergingAgreement, merge};
use highwater::engine::volume::points::fill;
use highwater::engine::volume::{OrderLedger, VolumeQuery, ledger};
use highwater::model::list::SharedLines;
use highwater::model::order::{Customer, LevelAboveH, LevelByHand, OrderLine};
use highwater::model::part_points::PartPoints;
use highwater::rules::volume_levels::VolumeLevel;
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use proptest::prelude::{Strategy, prop, proptest};
use rust_decimal::Decimal;

use crate::generated::the_same;

/// Orders over some five years, most of them small: day, site, points in tenths.
fn orders() -> impl Strategy<Value = Vec<OrderLine>> {
    let order =
        (0_i32..1_900, 0_u8..3, prop::sample::select(vec![0_i64, 1, 4_990, 5_000, 9_999, 26_000, 60_000, 101_000]));
    prop::collection::vec(order, 1..30).prop_map(|orders| {
        let line = |(line, (days, site, tenths)): (u32, (i32, u8, i64))| OrderLine {
            file: String::new(),
            line,
            date: day(days),
            site: format!("site {site}"),
            order: None,
            part_number: String::new(),
            quantity: None,
            points: Some(Decimal::new(tenths, 1)),
        };
        (2..).zip(orders).map(line).collect()
    })
}

/// Levels that are set by selection, some before the first order and some after the last one.
fn by_hand() -> impl Strategy<Value = Vec<LevelByHand>> {
    let set = (-100_i32..2_400, prop::sample::select(LevelAboveH::ALL.to_vec()));
    let set = set.prop_map(|(days, level)| LevelByHand {
        file: String::new(),
        row: 0,
        level,
        from: day(days),
        reason: String::new(),
        agreement: String::new(),
    });
    prop::collection::vec(set, 0..3)
}

fn day(days: i32) -> Date {
    date(2021, 3, 15).checked_add(Span::new().days(days)).unwrap()
}

fn points_of<'a>(lines: impl IntoIterator<Item = &'a OrderLine>) -> Decimal {
    lines.into_iter().filter_map(|line| line.points).sum()
}

/// Points of two parts from some days on, and from ever.
fn part_points() -> impl Strategy<Value = Vec<PartPoints>> {
    let row = (0_u8..3, prop::option::of(0_i32..1_900), 0_i64..500).prop_map(|(part, days, tenths)| PartPoints {
        file: String::new(),
        row: 0,
        part_number: format!("D{part}"),
        points: Decimal::new(tenths, 1),
        from: days.map(day),
        entitled_discount: None,
        note: String::new(),
    });
    prop::collection::vec(row, 0..8)
}

/// The ledger on a day, some time after the last order.
fn on(lines: &[OrderLine], on: Date, anniversary: Option<Date>) -> OrderLedger {
    ledger(&SharedLines::of(lines), &VolumeQuery { on: Some(on), anniversary, ..VolumeQuery::default() })
}

/// The ledger on a day with levels that are set by selection.
fn raised(lines: &[OrderLine], by_hand: &[LevelByHand], on: Date) -> OrderLedger {
    ledger(
        &SharedLines::of(lines),
        &VolumeQuery { on: Some(on), by_hand: &SharedLines::of(by_hand), ..VolumeQuery::default() },
    )
}

/// Two agreements merged into the first, on a day, each with its own anniversary.
fn merged(kept: (&[OrderLine], Option<Date>), other: (&[OrderLine], Option<Date>), on: Date) -> MergeComparison {
    let orders = [kept, other].map(|(lines, anniversary)| (SharedLines::of(lines), anniversary));
    let agreements = orders.each_ref().map(|(lines, anniversary)| MergingAgreement {
        lines,
        anniversary: *anniversary,
        by_hand: &[],
    });
    merge(agreements, Some(on), Customer::Commercial)
}

/// The same orders after a first one, without points, on the first day of all.
fn after_first(lines: &[OrderLine]) -> Vec<OrderLine> {
    let first = OrderLine { date: day(0), points: Some(Decimal::ZERO), ..lines[0].clone() };
    [&[first], lines].concat()
}

/// The ledger counted by selection, day by day: every day has a level, every anniversary resets it, and what is set from a
/// day on raises it on that day, or on the first day of all when it was set before.
fn day_by_day(lines: &[OrderLine], by_hand: &[LevelByHand], until: Date, month: i8, first_term: Date) -> VolumeLevel {
    let first = lines.iter().map(|line| line.date).min().unwrap();
    let (mut level, mut points, mut day) = (VolumeLevel::Bl, Decimal::ZERO, first);
    while day <= until {
        if day > first_term && day.day() == 1 && day.month() == month {
            level = VolumeLevel::earned(points).max(level.one_step_down());
            points = Decimal::ZERO;
        }
        for set in by_hand.iter().filter(|set| set.from.max(first) == day) {
            level = level.max(if set.level == LevelAboveH::J { VolumeLevel::J } else { VolumeLevel::I });
        }
        points += points_of(lines.iter().filter(|line| line.date == day));
        level = level.max(VolumeLevel::earned(points));
        day = day.tomorrow().unwrap();
    }
    level
}

proptest! {
    #![proptest_config(the_same(300))]

    #[test]
    fn a_level_never_falls_inside_a_term_and_by_one_step_at_most_at_its_end(lines in orders(), levels in by_hand()) {
        let ledger = raised(&lines, &levels, day(2_500));
        let level_at = |day: Date| raised(&lines, &levels, day).level;
        for pair in ledger.orders.windows(2) {
            let reset = ledger.terms.iter().any(|term| pair[0].date <= term.end && term.end < pair[1].date);
            assert!(reset || pair[0].rsvp <= pair[1].rsvp, "{pair:?}");
        }
        for term in &ledger.terms {
            let before = level_at(term.end);
            assert!(term.after_reset >= before.one_step_down(), "{term:?} after {before:?}");
            assert!(term.after_reset >= term.earned, "{term:?}");
        }
    }

    #[test]
    fn the_level_of_an_order_never_makes_it_dearer(lines in orders()) {
        for order in on(&lines, day(2_500), None).orders {
            assert!(order.applied >= order.rsvp && order.applied >= order.svp, "{order:?}");
        }
    }

    #[test]
    fn a_level_set_by_hand_never_lowers_a_level(lines in orders(), levels in by_hand(), days in 0_i32..2_500) {
        let (without, with) = (on(&lines, day(days), None), raised(&lines, &levels, day(days)));
        assert!(with.level >= without.level, "{with:?}");
        for (order, before) in with.orders.iter().zip(&without.orders) {
            assert!(order.rsvp >= before.rsvp && order.applied >= before.applied, "{order:?} was {before:?}");
        }
        for set in &levels {
            let on_its_day = raised(&lines, &levels, set.from).level;
            assert!(on_its_day >= VolumeLevel::from(set.level), "{set:?} does not hold on its day");
        }
    }

    #[test]
    fn the_terms_follow_one_another_and_hold_every_order(lines in orders(), after in 0_i32..1_000) {
        let last = lines.iter().map(|line| line.date).max().unwrap();
        let ledger = on(&lines, last.checked_add(after.days()).unwrap(), None);
        for pair in ledger.terms.windows(2) {
            assert_eq!(pair[0].end.tomorrow().unwrap(), pair[1].start);
        }
        let points: Decimal = ledger.terms.iter().map(|term| term.points).sum();
        assert_eq!(points, points_of(&lines));
    }

    #[test]
    fn the_order_of_the_lines_changes_nothing(lines in orders()) {
        let turned: Vec<OrderLine> = lines.iter().rev().cloned().collect();
        let (one, other) = (on(&lines, day(2_500), None), on(&turned, day(2_500), None));
        assert_eq!((one.orders, one.terms, one.level), (other.orders, other.terms, other.level));
    }

    #[test]
    fn merging_agreements_that_share_first_term_and_anniversary_never_lowers_a_level(
        one in (orders(), by_hand()), other in (orders(), by_hand()), given in prop::option::of(0_i32..365),
    ) {
        let (lines, other_lines) = (after_first(&one.0), after_first(&other.0));
        let anniversary = given.map(day);
        for days in (0..2_500).step_by(97) {
            let kept = MergingAgreement { lines: &SharedLines::of(&lines), anniversary, by_hand: &SharedLines::of(&one.1) };
            let joining = MergingAgreement { lines: &SharedLines::of(&other_lines), anniversary, by_hand: &SharedLines::of(&other.1) };
            let MergeComparison { alone, merged } = merge([kept, joining], Some(day(days)), Customer::Commercial);
            assert!(alone.iter().all(|alone| alone.change != Change::Lower), "on {}: {merged:?}", day(days));
            assert!(alone.iter().all(|alone| merged.level >= alone.ledger.level), "on {}", day(days));
            assert_eq!(merged.issues, []);
        }
    }

    #[test]
    fn which_agreement_is_kept_changes_no_points(
        one in orders(), other in orders(), days in 0_i32..2_500, anniversaries in (0_i32..365, 0_i32..365),
    ) {
        let until = day(days);
        let (one_side, other_side) = ((&*one, Some(day(anniversaries.0))), (&*other, Some(day(anniversaries.1))));
        let (there, back) = (merged(one_side, other_side, until), merged(other_side, one_side, until));
        let ordered = points_of(one.iter().chain(&other).filter(|line| line.date <= until));
        for merge in [&there, &back] {
            assert_eq!(merge.merged.terms.iter().map(|term| term.points).sum::<Decimal>(), ordered);
            assert_eq!(merge.merged.orders.iter().map(|order| order.points).sum::<Decimal>(), ordered);
        }
        // Each agreement by itself is what it is, kept or not.
        let [first, second] = there.alone.map(|alone| alone.ledger);
        assert_eq!(back.alone.map(|alone| alone.ledger), [second, first]);
    }

    #[test]
    fn which_of_two_agreements_with_one_anniversary_is_kept_changes_no_term(
        one in orders(), other in orders(), days in 0_i32..2_500, anniversary in 0_i32..365,
    ) {
        let anniversary = Some(day(anniversary));
        let there = merged((&one, anniversary), (&other, anniversary), day(days)).merged;
        let back = merged((&other, anniversary), (&one, anniversary), day(days)).merged;
        assert_eq!((there.terms, there.level, there.anniversary), (back.terms, back.level, back.anniversary));
    }

    #[test]
    fn a_level_that_merging_lowers_is_always_told(
        one in orders(), other in orders(), days in 0_i32..2_500, anniversaries in (0_i32..365, 0_i32..365),
    ) {
        let (one_side, other_side) = ((&*one, Some(day(anniversaries.0))), (&*other, Some(day(anniversaries.1))));
        let MergeComparison { alone, merged } = merged(one_side, other_side, day(days));
        let lowered = alone.iter().filter(|alone| alone.ledger.level > merged.level).count();
        assert_eq!(merged.issues.iter().filter(|issue| issue.code == "merge_lowers_level").count(), lowered);
    }

    #[test]
    fn points_of_parts_fill_lines_without_points_and_no_others(
        lines in orders(), parts in part_points(), asked in prop::collection::vec((0_u8..4, 0_i64..50, 0_u8..3), 30),
    ) {
        let lines: Vec<OrderLine> = lines
            .into_iter()
            .zip(asked)
            .map(|(line, (part, quantity, given))| OrderLine {
                part_number: format!("d{part}"),
                quantity: (quantity > 0).then(|| quantity.into()),
                points: line.points.filter(|_| given == 0),
                ..line
            })
            .collect();
        let (filled, issues) = fill(&SharedLines::of(&lines), &SharedLines::of(&parts));
        let mut count = 0;
        for (before, after) in lines.iter().zip(&filled) {
            // Day by day back from the day of the line, until a row of the part begins; then those without a day.
            let rows = parts.iter().rev().filter(|row| row.part_number == before.part_number.to_uppercase());
            let mut days = (0..=1_900).rev().map(day).filter(|day| *day <= before.date).map(Some).chain([None]);
            let row = days.find_map(|day| rows.clone().find(|row| row.from == day));
            let expected = before.points.or_else(|| Some(row?.points * before.quantity?));
            assert_eq!(after.points, expected, "{before:?}");
            assert_eq!(&OrderLine { points: before.points, ..OrderLine::clone(after) }, before);
            count += usize::from(before.points.is_none() && expected.is_some());
        }
        let told: Vec<_> = issues.iter().filter(|issue| issue.code == "order_points_filled").collect();
        assert_eq!(told.len(), usize::from(count > 0));
        assert!(told.iter().all(|issue| issue.args[0].1 == count.into()));
        let missing = filled.iter().filter(|line| line.points.is_none()).count();
        let told = ledger(&filled, &VolumeQuery { on: Some(day(2_500)), ..VolumeQuery::default() }).issues;
        assert_eq!(told.iter().filter(|issue| issue.code == "order_points_missing").count(), missing);
    }

    #[test]
    fn an_independent_count_day_by_day_agrees(lines in orders(), levels in by_hand(), until in 0_i32..2_500) {
        let first = lines.iter().map(|line| line.date).min().unwrap();
        let until = day(until).max(first);
        // The twelfth full month after the first order, by counting months.
        let mut end = first;
        let mut full = 0;
        while full < 12 {
            end = end.tomorrow().unwrap();
            let month_ends = end.tomorrow().unwrap().day() == 1;
            let whole_month = end.first_of_month() >= first;
            full += i32::from(month_ends && whole_month);
        }
        let counted: Vec<OrderLine> = lines.iter().filter(|line| line.date <= until).cloned().collect();
        let month = end.tomorrow().unwrap().month();
        assert_eq!(raised(&lines, &levels, until).level, day_by_day(&counted, &levels, until, month, end));
    }
}

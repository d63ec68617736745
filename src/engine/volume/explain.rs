//! How the points of a term come about, and what they do to the level.

use jiff::civil::Date;

use super::{OrderLedger, PricedOrder, Term};
use crate::engine::steps::step;
use crate::model::derivation::{Derivation, Input, Operation, Unit};
use crate::model::message::Message;
use crate::rules::volume_levels;

/// How the points of the term that begins on a day come about: order by order, each with its level. `None` when no
/// term of the ledger begins then.
pub fn explain(ledger: &OrderLedger, start: Date) -> Option<Derivation> {
    let term = ledger.terms.iter().find(|term| term.start == start)?;
    let label = Message::new("label.term_points").with("start", term.start).with("end", term.end);
    let mut points = step(label, Some(term.points), Unit::Points, Operation::Sum, volume_levels::term_points());
    let within = ledger.orders.iter().filter(|order| (term.start..=term.end).contains(&order.date));
    points.children = within.map(order).collect();
    if points.children.is_empty() {
        points.operation = Operation::Given;
    }
    points.notes = vec![what_is_earned(term), what_is_left(term)];
    Some(points)
}

fn what_is_earned(term: &Term) -> Message {
    let note = Message::new("note.term_level").with("begins", term.begins.name()).with("points", term.points);
    note.with("earned", term.earned.name()).with("in_force", term.in_force.name())
}

fn what_is_left(term: &Term) -> Message {
    let note = Message::new("note.term_reset").with("earned", term.earned.name());
    let note = note.with("step", term.in_force.one_step_down().name());
    note.with("after_reset", term.after_reset.name())
}

fn order(order: &PricedOrder) -> Derivation {
    let label = Message::new("label.order").with("day", order.date).with("site", order.site.as_str());
    let mut points = step(label, Some(order.points), Unit::Points, Operation::Given, volume_levels::order());
    if order.row > 0 {
        let value = order.points.normalize().to_string();
        points.inputs.push(Input { file: order.file.clone(), row: order.row, column: "points".into(), value });
    }
    let levels = Message::new("note.order_levels").with("rsvp", order.rsvp.name()).with("svp", order.svp.name());
    points.notes.push(levels.with("applied", order.applied.name()));
    points
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::super::tests::line;
    use super::super::{VolumeQuery, ledger};
    use super::*;
    use crate::model::list::SharedLines;

    #[test]
    fn the_points_of_a_term_are_those_of_its_orders_and_the_notes_say_what_they_earn() {
        let orders = [line("2025-03-01", 600), line("2025-06-01", 500), line("2026-04-01", 10)];
        let ledger = ledger(&SharedLines::of(&orders), &VolumeQuery::default());
        let first = explain(&ledger, "2025-03-01".parse().unwrap()).unwrap();
        let points: Vec<Option<Decimal>> = first.children.iter().map(|order| order.value).collect();
        assert_eq!((first.value, points), (Some(1_100.into()), vec![Some(600.into()), Some(500.into())]));
        let second = explain(&ledger, "2026-03-01".parse().unwrap()).unwrap();
        let said: Vec<String> = second.notes[0].args.iter().map(|(name, value)| format!("{name} {value:?}")).collect();
        // 1,100 points earned E; 10 earn the base level, and E holds until the end of the term.
        assert!(said[0].contains('E') && said[2].contains("BL") && said[3].contains('E'), "{said:?}");
        assert_eq!(explain(&ledger, "2025-03-02".parse().unwrap()), None);
    }
}

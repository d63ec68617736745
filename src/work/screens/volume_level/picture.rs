//! Points over time: a staircase in each term, over the levels that it can reach.

use rust_decimal::Decimal;

use crate::engine::volume::OrderLedger;
use crate::model::message::Message;
use crate::model::period::Period;
use crate::rules::volume_levels::LADDER;
use crate::work::drawing::{Chart, Drawing, Ink, Shape, Share};
use crate::work::geometry::{AmountScale, DayScale, band, level, staircase, upright};

/// Its height in pixels.
const HEIGHT: u16 = 260;

/// How much of the height a line of words takes.
const WORDS: u16 = 600;

/// The picture of a ledger; `None` before the first order.
pub(super) fn of(ledger: &OrderLedger) -> Option<Chart> {
    let (first, last) = (ledger.terms.first()?, ledger.terms.last()?);
    let days = DayScale::of(Period::new(first.start, last.end)?);
    let most = ledger.terms.iter().map(|term| term.points).max()?;
    // Up to the next level above everything, so that what is missing can be seen.
    let levels = LADDER.iter().map(|(level, least)| (level.name(), Decimal::from(*least)));
    let above = levels.clone().map(|(_, least)| least).find(|least| *least > most);
    let amounts = AmountScale::of(&[most, above.unwrap_or(most)]);
    let mut shapes: Vec<Shape> = amounts.grid().collect();
    let mut steps = Vec::new();
    for term in &ledger.terms {
        let mut points = Decimal::ZERO;
        steps.push((days.share(term.start), points));
        for order in ledger.orders.iter().filter(|order| (term.start..=term.end).contains(&order.date)) {
            points = points.saturating_add(order.points);
            steps.push((days.share(order.date), points));
        }
    }
    let bottom = amounts.share(Decimal::ZERO);
    let tops: Vec<(Share, Share)> = steps.iter().map(|(at, points)| (*at, amounts.share(*points))).collect();
    let edges: Vec<_> = tops.iter().map(|(at, top)| (*at, Some([*top, bottom]))).collect();
    let tops: Vec<_> = tops.iter().map(|(at, top)| (*at, Some(*top))).collect();
    shapes.extend(band(Ink::Area, &edges));
    shapes.extend(ledger.terms.iter().skip(1).map(|term| upright(Ink::Axis, days.share(term.start))));
    shapes.extend(staircase(Ink::Mark, &tops));
    let mut last = Share::WHOLE;
    for (name, least) in levels.filter(|(_, least)| !least.is_zero() && amounts.holds(*least)) {
        let at = amounts.share(least);
        shapes.push(level(Ink::Threshold, at));
        // Words that would lie on those of the level below are left out.
        if at.to(last).0 >= WORDS {
            let word = Message::new("page.volume.picture_level").with("level", name);
            shapes.push(Shape::Label(Ink::Threshold, [Share::WHOLE, at], word));
            last = at;
        }
    }
    Some(Chart {
        title: Message::new("page.volume.picture_title"),
        drawing: Drawing { finding: Message::new("page.volume.picture"), height: HEIGHT, shapes },
        left: amounts.axis(),
        below: days.axis(),
        legend: Vec::new(),
        note: Some(Message::new("page.volume.picture_text")),
    })
}

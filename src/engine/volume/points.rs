//! Points of order lines that give none, from the points of their parts (commercial facts, A2, rules 1 and 2).

use std::sync::Arc;

use litemap::LiteMap;

use jiff::civil::Date;

use crate::model::issue::{Issue, Severity};
use crate::model::order::OrderLine;
use crate::model::part_points::PartPoints;

/// The order lines with their points: where a line gives none, those of its part on the day of the line times its
/// quantity. With them comes, per file, how many lines were filled, and how many are of parts whose price does not
/// follow the level.
///
/// A line that gives no points and whose part has none stays as it is: the ledger tells of it. Of two rows of one part
/// and day the later one holds.
pub fn fill(lines: &[Arc<OrderLine>], parts: &[Arc<PartPoints>]) -> (Vec<Arc<OrderLine>>, Vec<Issue>) {
    let (parts, twice) = PointsOfParts::of(parts);
    let (mut filled, mut undiscounted) = (LiteMap::<&str, usize>::new(), LiteMap::<&str, usize>::new());
    let mut with_points = Vec::with_capacity(lines.len());
    for line in lines {
        let part = parts.on(&line.part_number, line.date);
        if part.is_some_and(|part| part.entitled_discount == Some(false)) {
            count(&mut undiscounted, &line.file);
        }
        let followed = part.zip(line.quantity).map(|(part, quantity)| part.points.saturating_mul(quantity));
        if line.points.is_none() && followed.is_some() {
            count(&mut filled, &line.file);
        }
        with_points.push(match (line.points, followed) {
            (None, Some(_)) => Arc::new(OrderLine { points: followed, ..OrderLine::clone(line) }),
            _ => Arc::clone(line),
        });
    }
    let filled = filled
        .into_iter()
        .map(|(file, count)| Issue::new(Severity::Info, "order_points_filled").in_file(file).with("count", count));
    let undiscounted = undiscounted.into_iter().map(|(file, count)| {
        Issue::new(Severity::Info, "order_without_entitled_discount").in_file(file).with("count", count)
    });
    (with_points, twice.into_iter().chain(filled).chain(undiscounted).collect())
}

fn count<'a>(lines: &mut LiteMap<&'a str, usize>, file: &'a str) {
    let lines = lines.entry(file).or_default();
    *lines = lines.saturating_add(1);
}

/// The points of parts, sorted by number and first day; of two rows of one part and day the later one stands last.
pub struct PointsOfParts<'a>(Vec<(String, &'a PartPoints)>);

impl<'a> PointsOfParts<'a> {
    /// Those of a list, with what to know about them.
    pub fn of(parts: &'a [Arc<PartPoints>]) -> (Self, Vec<Issue>) {
        let numbered = parts.iter().filter(|part| !part.part_number.is_empty());
        let mut known: Vec<(String, &PartPoints)> =
            numbered.map(|part| (part.part_number.to_ascii_uppercase(), part.as_ref())).collect();
        known.sort_by(|(one, first), (other, second)| (one, first.from).cmp(&(other, second.from)));
        let twice = known.windows(2).filter_map(|pair| match pair {
            [(one, before), (other, part)]
                if (one, before.from) == (other, part.from) && before.points != part.points =>
            {
                let issue = Issue::new(Severity::Warning, "part_points_twice").in_file(&part.file).at_row(part.row);
                Some(issue.with("part", part.part_number.as_str()))
            }
            _ => None,
        });
        let issues = twice.collect();
        (Self(known), issues)
    }

    /// The newest points of a part that hold on a day.
    pub fn on(&self, part_number: &str, day: Date) -> Option<&'a PartPoints> {
        let number = part_number.to_ascii_uppercase();
        let after = self.0.partition_point(|(known, part)| (known, part.from) <= (&number, Some(day)));
        let (known, part) = self.0.get(after.checked_sub(1)?)?;
        (*known == number).then_some(*part)
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::super::{VolumeQuery, ledger};
    use super::*;
    use crate::model::list::SharedLines;

    fn part(number: &str, points: &str, from: Option<&str>) -> PartPoints {
        PartPoints {
            file: String::new(),
            row: 0,
            part_number: number.to_owned(),
            points: points.parse().unwrap(),
            from: from.map(|day| day.parse().unwrap()),
            entitled_discount: None,
            note: String::new(),
        }
    }

    /// Ten units of a part, without points.
    fn ten(part: &str, day: &str) -> OrderLine {
        OrderLine {
            file: "orders.csv".to_owned(),
            line: 7,
            date: day.parse().unwrap(),
            site: String::new(),
            order: None,
            part_number: part.to_owned(),
            quantity: Some(10.into()),
            points: None,
        }
    }

    fn points(line: OrderLine, parts: &[PartPoints]) -> Option<Decimal> {
        let (lines, _) = fill(&SharedLines::of(&[line]), &SharedLines::of(parts));
        lines[0].points
    }

    #[test]
    fn the_newest_points_that_hold_on_the_day_of_the_line_count() {
        let later = part("D1", "5", Some("2026-01-01"));
        let parts = [later, part("D1", "2", None), part("D1", "3", Some("2025-01-01")), part("D2", "9", None)];
        for (day, points_of_ten) in [("2024-12-31", 20), ("2025-01-01", 30), ("2025-12-31", 30), ("2026-01-01", 50)] {
            assert_eq!(points(ten("D1", day), &parts), Some(points_of_ten.into()), "{day}");
        }
    }

    #[test]
    fn points_that_a_line_gives_stay() {
        let given = OrderLine { points: Some(Decimal::ZERO), ..ten("D1", "2025-03-01") };
        let (lines, issues) =
            fill(&SharedLines::of(std::slice::from_ref(&given)), &SharedLines::of(&[part("D1", "2", None)]));
        assert_eq!((lines, issues), (vec![Arc::new(given)], Vec::new()));
    }

    #[test]
    fn points_per_part_may_be_zero_or_a_fraction() {
        assert_eq!(points(ten("D1", "2025-03-01"), &[part("d1", "0.25", None)]), Some(Decimal::new(25, 1)));
        assert_eq!(points(ten("d1", "2025-03-01"), &[part("D1", "0", None)]), Some(Decimal::ZERO));
    }

    #[test]
    fn lines_that_are_filled_are_counted_for_each_file() {
        let other = |line| OrderLine { file: "b.csv".to_owned(), ..line };
        let lines = [ten("D1", "2025-03-01"), ten("D9", "2025-03-01"), other(ten("D1", "2025-03-01"))];
        let (_, issues) = fill(
            &SharedLines::of(&[lines.as_slice(), &[ten("D1", "2025-03-02")]].concat()),
            &SharedLines::of(&[part("D1", "2", None)]),
        );
        let told: Vec<_> =
            issues.iter().map(|one| (one.file.as_str(), one.code.as_ref(), one.args[0].1.clone())).collect();
        let told_of = |file, count: usize| (file, "order_points_filled", count.into());
        assert_eq!(told, [told_of("b.csv", 1), told_of("orders.csv", 2)]);
    }

    #[test]
    fn a_line_that_cannot_be_filled_is_an_error_and_counts_none() {
        let parts = [part("D1", "2", Some("2025-03-02")), part("", "4", None)];
        let no_quantity = OrderLine { quantity: None, ..ten("D1", "2025-03-02") };
        for line in [ten("D1", "2025-03-01"), ten("D9", "2025-03-02"), ten("", "2025-03-02"), no_quantity] {
            let (lines, issues) = fill(&SharedLines::of(&[line]), &SharedLines::of(&parts));
            assert_eq!((lines[0].points, issues), (None, Vec::new()));
            let ledger = ledger(&lines, &VolumeQuery::default());
            assert_eq!(ledger.orders[0].points, Decimal::ZERO);
            let issue = &ledger.issues[0];
            assert_eq!((issue.code.as_ref(), issue.severity), ("order_points_missing", Severity::Error));
            assert_eq!(
                (issue.file.as_str(), issue.row, issue.column.as_deref()),
                ("orders.csv", Some(7), Some("points"))
            );
        }
    }

    #[test]
    fn lines_of_parts_whose_price_does_not_follow_the_level_are_counted_on_their_day() {
        let without = PartPoints { entitled_discount: Some(false), ..part("D1", "2", Some("2020-07-01")) };
        let parts = [without, part("D1", "2", None)];
        let told = |day: &str| {
            let given = OrderLine { points: Some(1.into()), ..ten("D1", day) };
            fill(&SharedLines::of(&[given]), &SharedLines::of(&parts))
                .1
                .iter()
                .map(|issue| issue.code.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            (told("2020-06-30"), told("2020-07-01")),
            (vec![], vec!["order_without_entitled_discount".to_owned()])
        );
    }
}

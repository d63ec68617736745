//! Orders: the lines of a list put together (semantics, section 10).

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::issue::{Issue, Severity};
use crate::model::order::OrderLine;

/// An order: its lines put together.
#[derive(Clone)]
pub(super) struct Order {
    /// Name of the file of its first line.
    pub(super) file: String,
    /// Row of its first line.
    pub(super) line: u32,
    /// When it was placed: the day of its first line.
    pub(super) date: Date,
    /// The site that placed it.
    pub(super) site: String,
    /// Its number, where one is given.
    number: Option<String>,
    /// Points of all its lines.
    pub(super) points: Decimal,
}

/// The orders of one agreement, in the order in which they count, and what is odd about them.
pub(super) fn of(lines: &[Arc<OrderLine>]) -> (Vec<Order>, Vec<Issue>) {
    // A number makes an order of its lines, whatever their day and site; without one, day and site do.
    type OrderKey<'a> = (Option<&'a str>, Option<(Date, &'a str)>);
    fn key(line: &OrderLine) -> OrderKey<'_> {
        match &line.order {
            Some(number) => (Some(number), None),
            None => (None, Some((line.date, &line.site))),
        }
    }
    let mut sorted: Vec<&OrderLine> = lines.iter().map(Arc::as_ref).collect();
    sorted.sort_by_key(|line| key(line));
    let without_points = lines.iter().filter(|line| line.points.is_none());
    let mut issues: Vec<Issue> = without_points
        .map(|line| {
            let issue = Issue::new(Severity::Error, "order_points_missing").in_file(&line.file);
            issue.at_row(line.line).in_column("points")
        })
        .collect();
    let mut orders = Vec::new();
    for lines in sorted.chunk_by(|one, other| key(one) == key(other)) {
        // Placed on the day of its first line, by the site that comes first.
        let Some(first) = lines.iter().min_by_key(|line| (line.date, &line.site, line.line)) else { continue };
        if let Some(other) = lines.iter().find(|line| (line.date, &line.site) != (first.date, &first.site)) {
            let issue = Issue::new(Severity::Warning, "order_lines_differ").in_file(&other.file).at_row(other.line);
            let issue = issue.with("order", first.order.as_deref().unwrap_or_default()).with("date", first.date);
            issues.push(issue.with("site", first.site.as_str()));
        }
        orders.push(Order {
            file: first.file.clone(),
            line: first.line,
            date: first.date,
            site: first.site.clone(),
            number: first.order.clone(),
            points: lines.iter().filter_map(|line| line.points).fold(Decimal::ZERO, Decimal::saturating_add),
        });
    }
    sort(&mut orders);
    (orders, issues)
}

/// The orders of two agreements, in the order in which they count.
pub(super) fn together(one: &[Order], other: &[Order]) -> Vec<Order> {
    let mut orders = [one, other].concat();
    sort(&mut orders);
    orders
}

/// By day, then site, then number.
fn sort(orders: &mut [Order]) {
    orders.sort_by(|one, other| (one.date, &one.site, &one.number).cmp(&(other.date, &other.site, &other.number)));
}

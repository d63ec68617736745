//! Which decision each line of a forecast has, and whether it can be carried out (semantics of money, 8.1 to 8.4).

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::lines::{RenewalKind, RenewalStatus};
use super::plan::{Course, Planned, Reinstated};
use crate::model::decision::{Decision, DecisionKind};
use crate::model::issue::{Issue, Severity};
use crate::model::list::Line;
use crate::model::metric;

/// What becomes of a line.
pub(super) struct Decided<'a> {
    /// What is carried out; `None` for what is over and stays so.
    pub(super) decision: Option<DecisionKind>,
    /// The line of the list that says so.
    pub(super) by: Option<&'a Arc<Decision>>,
    pub(super) course: Course<'a>,
    /// The last day on which new versions may be used.
    pub(super) frozen_on: Option<Date>,
}

/// What becomes of all lines, in their order.
pub(super) struct Decisions<'a> {
    /// Each with whether the list decides on the line, be it what cannot be carried out.
    pub(super) courses: Vec<(Decided<'a>, bool)>,
    pub(super) issues: Vec<Issue>,
}

/// What the decisions make of the lines.
pub(super) fn decide<'a>(lines: &[Planned<'_>], decisions: &'a [Arc<Decision>]) -> Decisions<'a> {
    let mut issues = Vec::new();
    let valid: Vec<&Arc<Decision>> = decisions
        .iter()
        .filter(|decision| match decision.contradiction() {
            None => true,
            Some((field, code)) => {
                issues.push(at(decision, Severity::Error, code, field));
                false
            }
        })
        .collect();
    let chosen = choose(lines, &valid, &mut issues);
    let mut left: Vec<Option<Decimal>> = valid.iter().map(|decision| decision.quantity).collect();
    let active_with = |index: usize| {
        let of_row = lines.iter().zip(&chosen).filter(|(_, chosen)| **chosen == Some(index));
        of_row.filter(|(line, _)| line.key.status == RenewalStatus::Active).count()
    };
    let mut courses = Vec::with_capacity(lines.len());
    for (line, chosen) in lines.iter().zip(&chosen) {
        let decision = chosen.and_then(|index| Some((index, *valid.get(index)?)));
        let mut told = None;
        let mut decided = match line.key.status {
            RenewalStatus::Active => active(line, decision, &mut left, &active_with, &mut told),
            RenewalStatus::Lapsed => lapsed(line, decision.map(|(_, decision)| decision.as_ref()), &mut told),
            RenewalStatus::Ended | RenewalStatus::NoEnd | RenewalStatus::Unsupported => {
                Decided { decision: None, by: None, course: Course::Unchanged, frozen_on: None }
            }
        };
        let by = decision.map(|(_, decision)| decision);
        decided.by = by.filter(|by| decided.decision == Some(by.decision));
        if let Some(issue) = told.filter(|issue| !issues.contains(issue)) {
            issues.push(issue);
        }
        courses.push((decided, by.is_some()));
    }
    Decisions { courses, issues }
}

/// The decision of each line, by its index: the first one that matches. Further ones are told, and those that match
/// nothing.
fn choose(lines: &[Planned<'_>], decisions: &[&Arc<Decision>], issues: &mut Vec<Issue>) -> Vec<Option<usize>> {
    let mut used = vec![false; decisions.len()];
    let mut further = vec![false; decisions.len()];
    let mut chosen = Vec::with_capacity(lines.len());
    for line in lines {
        let decides = matches!(line.key.status, RenewalStatus::Active | RenewalStatus::Lapsed);
        let matching = decisions.iter().enumerate().filter(|(_, decision)| decides && matches(decision, line));
        let mut matching = matching.map(|(index, _)| index);
        let first = matching.next();
        if let Some(used) = first.and_then(|first| used.get_mut(first)) {
            *used = true;
        }
        for index in matching {
            if let Some(further) = further.get_mut(index) {
                *further = true;
            }
        }
        chosen.push(first);
    }
    for ((decision, used), further) in decisions.iter().zip(used).zip(further) {
        if further {
            issues.push(at(decision, Severity::Warning, "decision_after_another", "product"));
        } else if !used {
            issues.push(at(decision, Severity::Warning, "decision_without_line", "product"));
        }
    }
    chosen
}

/// Whether a decision is on a line: what it leaves blank matches any.
fn matches(decision: &Decision, line: &Planned<'_>) -> bool {
    let is = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
    is(&decision.agreement, &line.key.agreement)
        && is(&decision.site, &line.key.site)
        && decision.product == line.key.product
        && is(&metric::code(&decision.metric), &line.key.metric)
}

/// What becomes of a line that runs.
fn active<'a>(
    line: &Planned<'_>,
    decision: Option<(usize, &'a Arc<Decision>)>,
    left: &mut [Option<Decimal>],
    active_with: &dyn Fn(usize) -> usize,
    told: &mut Option<Issue>,
) -> Decided<'a> {
    let renewed = Decided { decision: Some(DecisionKind::Renew), by: None, course: Course::Renewed, frozen_on: None };
    let Some((index, decision)) = decision else { return renewed };
    let Some(from) = line.start_on(decision.date) else { return renewed };
    let kind = decision.decision;
    let carried_out = |course, frozen_on| Decided { decision: Some(kind), by: None, course, frozen_on };
    match kind {
        DecisionKind::Renew => renewed,
        DecisionKind::Reduce => {
            let left = left.get_mut(index).and_then(Option::as_mut);
            let kept = left.map_or(line.units, |left| {
                let kept = line.units.min(*left);
                *left = left.saturating_sub(kept);
                kept
            });
            carried_out(Course::Reduced(from, kept), None)
        }
        DecisionKind::Lapse => match reinstated(line, decision, from) {
            Ok(reinstated) => carried_out(Course::Lapsed(from, reinstated), from.yesterday().ok()),
            Err(issue) => {
                *told = Some(*issue);
                renewed
            }
        },
        DecisionKind::ToSubscription | DecisionKind::ToCommittedTerm | DecisionKind::ToCloudPak => {
            if decision.quantity.is_some() && active_with(index) > 1 {
                *told = Some(at(decision, Severity::Error, "decision_quantity_of_several", "quantity"));
                return renewed;
            }
            carried_out(Course::Replaced(from, decision), None)
        }
    }
}

/// What becomes of a line whose support is over: it stays so, unless it is reinstated.
fn lapsed<'a>(line: &Planned<'_>, decision: Option<&'a Decision>, told: &mut Option<Issue>) -> Decided<'a> {
    let frozen_on = line.key.ends.0;
    let stays = Decided { decision: None, by: None, course: Course::Unchanged, frozen_on };
    let lapse = decision.filter(|decision| decision.decision == DecisionKind::Lapse && decision.until.is_some());
    let Some((decision, from)) = lapse.zip(line.start()) else { return stays };
    match reinstated(line, decision, from) {
        Ok(reinstated) => Decided {
            decision: Some(DecisionKind::Lapse),
            by: None,
            course: Course::Lapsed(from, reinstated),
            frozen_on,
        },
        Err(issue) => {
            *told = Some(*issue);
            stays
        }
    }
}

/// When and how support that ends before a day is reinstated, if it is.
fn reinstated(line: &Planned<'_>, decision: &Decision, from: Date) -> Result<Option<Reinstated>, Box<Issue>> {
    let Some(on) = decision.until else { return Ok(None) };
    let refused = |code| Err(Box::new(at(decision, Severity::Error, code, "until")));
    if line.key.kind != RenewalKind::Support {
        refused("decision_reinstates_term")
    } else if on <= from || on < line.pricing.on {
        refused("decision_reinstates_early")
    } else {
        Ok(Some(Reinstated { on, model: decision.model.unwrap_or_default() }))
    }
}

fn at(decision: &Decision, severity: Severity, code: &'static str, field: &str) -> Issue {
    let issue = Issue::new(severity, code).at_line(&decision.file, decision.row).in_column(field);
    issue.with("product", decision.product.as_str())
}

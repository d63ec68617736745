//! 8.1 to 8.6: what is decided about each line, and what follows.

use std::cmp::Ordering;

use super::case::Case;
use super::charges::{Charge, Coverage, Held, Sort, coverages, span};
use super::days::Day;
use super::lines::Line;
use super::lists::Decision;
use super::numbers::Fraction;

/// What becomes of a line.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// As carried out; null unless active or reinstated.
    pub(crate) decision: Option<String>,
    pub(crate) frozen_on: Option<Day>,
    pub(crate) break_even: Option<i64>,
    pub(crate) gap: Option<i128>,
    pub(crate) charges: Vec<Charge>,
}

pub(crate) fn carried_out(case: &Case<'_>, lines: &[Line]) -> Vec<Outcome> {
    let rows: Vec<Option<usize>> = lines.iter().map(|line| row(case, line)).collect();
    let mut left: Vec<i64> = case.decisions.iter().map(|decision| decision.quantity.unwrap_or(0)).collect();
    let mut outcomes = Vec::new();
    for (line, row) in lines.iter().zip(&rows) {
        let decision = row.map(|row| &case.decisions[row]);
        outcomes.push(match line.status {
            "active" => {
                let active = |(other, its): (&Line, &Option<usize>)| other.status == "active" && its == row;
                let several = lines.iter().zip(&rows).filter(|pair| active(*pair)).count() > 1;
                let mut kept = 0;
                if let Some(row) = row {
                    kept = line.units.min(left[*row]);
                    left[*row] -= kept;
                }
                active_line(case, line, decision, several, kept)
            }
            "lapsed" => lapsed_line(case, line, decision),
            _ => nothing(),
        });
    }
    outcomes
}

/// The first valid row that matches an active or lapsed line.
fn row(case: &Case<'_>, line: &Line) -> Option<usize> {
    let blank_or = |said: &str, is: &str| said.is_empty() || said == is;
    let matches = |row: &Decision| {
        blank_or(&row.agreement, &line.agreement)
            && blank_or(&row.site, &line.site)
            && row.product == line.product
            && blank_or(&row.metric, &line.metric)
    };
    let decided = matches!(line.status, "active" | "lapsed");
    case.decisions.iter().position(|row| decided && matches(row))
}

fn nothing() -> Outcome {
    Outcome { decision: None, frozen_on: None, break_even: None, gap: None, charges: Vec::new() }
}

fn held(line: &Line, units: Fraction) -> Held<'_> {
    Held {
        agreement: &line.agreement,
        product: &line.product,
        metric: line.metric.clone(),
        currency: line.currency.as_deref(),
        renewal: line.renewal_part.clone(),
        licence: line.licence_part.clone(),
        units,
    }
}

/// The charges of renewals whose coverage starts from `start` on, within the horizon.
fn renewals(case: &Case<'_>, held: &Held<'_>, sort: Sort, start: Day) -> Vec<Charge> {
    let all = coverages(case, held.agreement, start, case.to);
    let listed = all.iter().filter(|coverage| coverage.from <= case.to);
    listed.filter_map(|coverage| held.charge(case, sort, coverage, coverage.from)).collect()
}

fn active_line(case: &Case<'_>, line: &Line, decision: Option<&Decision>, several: bool, kept: i64) -> Outcome {
    let start = line.ends.expect("an active line ends").next();
    let held = held(line, Fraction::whole(line.units));
    let sort = if line.kind == "support" { Sort::Renewal } else { Sort::Term };
    let renew = renewals(case, &held, sort, start);
    let mut outcome = Outcome {
        decision: Some("renew".to_owned()),
        gap: if line.kind == "support" { gap(case, &held, start) } else { None },
        charges: renew.clone(),
        ..nothing()
    };
    let Some(decision) = decision.filter(|decision| decision.word != "renew") else { return outcome };

    // C: the line's first start on or after the date, even past the horizon.
    let date = decision.date.unwrap_or(start);
    let all = coverages(case, held.agreement, start, date.max(start));
    let change = all.iter().map(|coverage| coverage.from).find(|from| *from >= date).unwrap();
    let later = match decision.word.as_str() {
        "lapse" => match decision.until {
            Some(until) if line.kind == "term" || until <= change || until < case.on => return outcome,
            Some(until) => reinstated(case, &held, decision, change, until),
            None => Vec::new(),
        },
        "reduce" => {
            let held = self::held(line, Fraction::whole(kept));
            renewals(case, &held, sort, start).into_iter().filter(|charge| charge.from >= change).collect()
        }
        _ if decision.quantity.is_some() && several => return outcome,
        _ => converted(case, line, decision, change),
    };
    outcome.decision = Some(decision.word.clone());
    outcome.frozen_on = (decision.word == "lapse").then(|| change.previous());
    outcome.charges.retain(|charge| charge.from < change);
    outcome.charges.extend(later);
    in_order(&mut outcome.charges);
    outcome.break_even = break_even(case, &outcome.charges, &renew);
    outcome
}

fn in_order(charges: &mut [Charge]) {
    charges.sort_by_key(|charge| (charge.from, charge.kind));
}

/// 8.2: a lapsed line stays lapsed, or comes back.
fn lapsed_line(case: &Case<'_>, line: &Line, decision: Option<&Decision>) -> Outcome {
    let end = line.ends.expect("a lapsed line has ended");
    let mut outcome = Outcome { frozen_on: Some(end), ..nothing() };
    let change = end.next();
    let until = decision.filter(|decision| decision.word == "lapse").and_then(|decision| decision.until);
    if let (Some(decision), Some(until)) = (decision, until)
        && until > change
        && until >= case.on
    {
        let held = held(line, Fraction::whole(line.units));
        outcome.decision = Some("lapse".to_owned());
        outcome.charges = reinstated(case, &held, decision, change, until);
        in_order(&mut outcome.charges);
    }
    outcome
}

/// 8.2: the two models.
fn reinstated(case: &Case<'_>, held: &Held<'_>, decision: &Decision, change: Day, until: Day) -> Vec<Charge> {
    let mut charges = Vec::new();
    let renewed_from = if decision.second_model {
        let share = span(change, until, case.proration(held.agreement) == "day");
        let coverage = Coverage { from: until, next: until.next(), share };
        charges.extend(held.charge(case, Sort::BackCharge, &coverage, until));
        until
    } else {
        let coverage = Coverage { from: until, next: until.months_later(12), share: Fraction::whole(1) };
        charges.extend(held.charge(case, Sort::Reinstatement, &coverage, until));
        coverage.next
    };
    charges.retain(|charge| charge.from <= case.to);
    charges.extend(renewals(case, held, Sort::Renewal, renewed_from));
    charges
}

/// 8.3: from C `to_part`.
fn converted(case: &Case<'_>, line: &Line, decision: &Decision, change: Day) -> Vec<Charge> {
    let to = decision.to_part.clone().unwrap();
    let units = match (decision.quantity, decision.ratio) {
        (Some(quantity), _) => Fraction::whole(quantity),
        (None, Some((component, bundle))) => {
            Fraction::whole(line.units).times(&Fraction::whole(bundle)).over(&Fraction::whole(component))
        }
        (None, None) => Fraction::whole(line.units),
    };
    let known = case.part(&to);
    let metric = known.map_or_else(|| line.metric.clone(), |part| part.metric.clone());
    let mut held = Held { metric, renewal: Some(to.clone()), licence: None, ..held(line, units) };
    let kind = known.map_or("", |part| part.kind.as_str());
    if kind == "license" || kind == "trade_up" {
        let coverage = Coverage { from: change, next: change.months_later(12), share: Fraction::whole(1) };
        let mut charges: Vec<Charge> = held.charge(case, Sort::Licence, &coverage, change).into_iter().collect();
        charges.retain(|charge| charge.from <= case.to);
        held.renewal = case.of_kind("renewal", Some(&to), "", "");
        held.licence = if kind == "license" { Some(to) } else { case.of_kind("license", Some(&to), "", "") };
        charges.extend(renewals(case, &held, Sort::Renewal, coverage.next));
        return charges;
    }
    let (mut first, mut charges) = (change, Vec::new());
    for coverage in coverages(case, held.agreement, change, case.to) {
        if coverage.from > case.to {
            break;
        }
        if coverage.from >= first.months_later(decision.term) {
            first = coverage.from;
        }
        charges.extend(held.charge(case, Sort::NewTerm, &coverage, first));
    }
    charges
}

/// 8.6: the first year from which to the horizon's end the expected cost so far never exceeds that of renewing.
fn break_even(case: &Case<'_>, decided: &[Charge], renewed: &[Charge]) -> Option<i64> {
    let both = decided.iter().chain(renewed);
    if both.clone().any(|charge| charge.amounts.is_none()) {
        return None;
    }
    let first = both.map(|charge| charge.from.year()).min()?;
    let so_far = |charges: &[Charge], year: i64| -> i128 {
        let past = charges.iter().filter(|charge| charge.from.year() <= year);
        past.filter_map(|charge| charge.amounts).map(|amounts| amounts[1]).sum()
    };
    let never_more =
        |year: &i64| (*year..=case.to.year()).all(|later| so_far(decided, later) <= so_far(renewed, later));
    (first..=case.to.year()).find(never_more)
}

/// 8.6: least whole number not below 12 (r - s) / s, at least 0.
fn gap(case: &Case<'_>, held: &Held<'_>, start: Day) -> Option<i128> {
    let each = |sort| {
        let (quote, _) = held.quoted(case, sort, start);
        let quote = quote?;
        let pack = Fraction::whole(case.pack(Some(&quote.part), &held.metric));
        let yearly = if sort == Sort::Renewal {
            Fraction::new(12, u128::try_from(quote.months).unwrap())
        } else {
            Fraction::whole(1)
        };
        Some(quote.each[1].times(&yearly).over(&pack))
    };
    let (reinstatement, renewal) = (each(Sort::Reinstatement)?, each(Sort::Renewal)?);
    if renewal.is_zero() {
        return None;
    }
    if reinstatement.compare(&renewal) != Ordering::Greater {
        return Some(0);
    }
    Some(reinstatement.minus(&renewal).over(&renewal).times(&Fraction::whole(12)).rounded_up())
}

//! Where what is decided contradicts what is in use (semantics of money, 8.5).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Forecast, RenewalKind, RenewalLine, RenewalStatus};
use crate::model::decision::DecisionKind;
use crate::model::issue::{Issue, Severity};
use crate::model::position::Position;

/// What to know of the decisions of a forecast beside what the estate needs: those that keep less of a product than it
/// needs, and products in use of which only a part at a site goes on under support.
pub fn contradictions(forecast: &Forecast, position: &Position) -> Vec<Issue> {
    let needed: BTreeMap<(&str, &str), u64> = position
        .products
        .iter()
        .filter_map(|one| Some(((one.product.as_str(), one.metric.as_str()), one.needed?.sub_capacity?)))
        .filter(|(_, needed)| *needed > 0)
        .collect();
    let in_use = |line: &RenewalLine| needed.contains_key(&(line.key.product.as_str(), line.key.metric.as_str()));
    let of_use: Vec<&RenewalLine> = forecast.lines.iter().filter(|line| in_use(line)).collect();

    let mut products: BTreeMap<(&str, &str), Vec<&RenewalLine>> = BTreeMap::new();
    let mut holdings: BTreeMap<(&str, &str, &str, &str), Vec<&RenewalLine>> = BTreeMap::new();
    for line in of_use {
        let key = &line.key;
        products.entry((&key.product, &key.metric)).or_default().push(line);
        if key.kind == RenewalKind::Support {
            holdings.entry((&key.agreement, &key.site, &key.product, &key.metric)).or_default().push(line);
        }
    }
    let below = products.iter().filter_map(|(key, lines)| below_need(lines, *needed.get(key)?));
    below.chain(holdings.values().filter_map(|lines| in_part(lines))).collect()
}

/// That decisions keep less of a product than it needs, at all sites together.
fn below_need(lines: &[&RenewalLine], needed: u64) -> Option<Issue> {
    let lowers = lines.iter().find(|line| right_kept(line) < line.renewable.units && line.decided_by.is_some())?;
    let kept = lines.iter().fold(Decimal::ZERO, |sum, line| sum.saturating_add(right_kept(line)));
    (kept < needed.into()).then(|| {
        let told = about(lowers, "decision_below_need");
        let by = lowers.decided_by.as_deref();
        let told = by.map_or(told.clone(), |by| told.at_line(&by.file, by.row).in_column("decision"));
        told.with("kept", kept).with("needed", needed)
    })
}

/// So much of a line may be used after its decision: a licence for ever whose support lapses as before, a term that
/// ends no more. Support is reduced to what is in use, so what it is reduced to is what is kept.
fn right_kept(line: &RenewalLine) -> Decimal {
    let stays = line.key.kind == RenewalKind::Support && line.decision == Some(DecisionKind::Lapse);
    match line.key.status {
        RenewalStatus::Active if !stays => line.kept,
        RenewalStatus::Active | RenewalStatus::Lapsed | RenewalStatus::NoEnd | RenewalStatus::Unsupported => {
            line.renewable.units
        }
        RenewalStatus::Ended => Decimal::ZERO,
    }
}

/// That of a product in use only a part goes on under support at a site.
fn in_part(lines: &[&RenewalLine]) -> Option<Issue> {
    let sum =
        |of: fn(&RenewalLine) -> Decimal| lines.iter().fold(Decimal::ZERO, |sum, line| sum.saturating_add(of(line)));
    let (supported, entitled) = (sum(|line| line.kept), sum(|line| line.renewable.units));
    let first = lines.first().filter(|_| !supported.is_zero() && supported < entitled)?;
    let told = about(first, "support_in_part");
    let of_ledger = first.renewable.lines.first();
    let told = of_ledger.map_or(told.clone(), |line| told.at_line(&line.file, line.row).in_column("quantity"));
    Some(told.with("supported", supported).with("entitled", entitled))
}

fn about(line: &RenewalLine, code: &'static str) -> Issue {
    Issue::new(Severity::Warning, code).with("product", line.key.product.as_str())
}

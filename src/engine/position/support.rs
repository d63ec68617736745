//! How much of a product is under Subscription and Support (S&S) on a day.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::GrantedLine;
use crate::model::entitlement::LineKind;
use crate::model::issue::{Issue, Severity};
use crate::model::position::{LineStatus, ProductPosition};

/// What lines state of S&S on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Support {
    /// What is stated to be covered; `None` when nothing is, and something may be.
    pub(super) covered: Option<Decimal>,
    /// Units of the lines that state nothing.
    pub(super) not_stated: Decimal,
}

/// Adds what the lines of a product state: those that are over and those that begin later add nothing, and what states
/// nothing is not known.
pub(super) fn on(lines: &[GrantedLine<'_>], day: Date) -> Support {
    let (mut covered, mut not_stated) = (Decimal::ZERO, Decimal::ZERO);
    let counts = |standing| matches!(standing, LineStatus::Counts | LineStatus::SupportOnly);
    // A support option comes beside S&S, or after it.
    let of_it = lines.iter().filter(|(_, grant)| grant.kind != LineKind::SupportOption);
    for (line, grant) in of_it.filter(|(_, grant)| counts(grant.standing)) {
        let later = |first: Option<Date>| first.is_some_and(|first| first > day);
        let ordered_later = later(line.order_date) && line.ss_start.is_none();
        if later(line.ss_start) || ordered_later {
            continue;
        }
        match line.ss_end {
            Some(end) if end < day => {}
            Some(_) => covered = covered.saturating_add(grant.units),
            None => not_stated = not_stated.saturating_add(grant.units),
        }
    }
    let nothing_known = covered.is_zero() && !not_stated.is_zero();
    Support { covered: (!nothing_known).then_some(covered), not_stated }
}

/// That only a part of a product is under S&S, whatever the lines that state nothing may cover.
pub(super) fn in_part(position: &ProductPosition) -> Option<Issue> {
    let supported = position.supported.filter(|supported| !supported.is_zero())?;
    if supported.saturating_add(position.support_not_stated) >= position.entitled {
        return None;
    }
    let partly = Issue::new(Severity::Warning, "support_in_part").with("product", position.product.as_str());
    Some(partly.with("supported", supported).with("entitled", position.entitled))
}

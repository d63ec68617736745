//! What is found of agreements: a level within reach of an order, and one that a merge would bring.

use rust_decimal::Decimal;

use super::bill::Bill;
use super::{FindingFact, FindingSources, Money};
use crate::engine::agreements::Account;
use crate::engine::renewal::{RenewalLine, RenewalStatus};
use crate::engine::volume;
use crate::engine::volume::merge::Change;
use crate::rules::volume_levels::VolumeLevel;

/// What is found of each agreement that has ordered, with what it changes on the bill of a year.
pub(super) fn facts(sources: FindingSources<'_>) -> Vec<(FindingFact, Bill)> {
    let (accounts, _) = sources.agreements.accounts(sources.terms, Some(sources.on));
    let levels = accounts.iter().filter(|account| !account.orders.is_empty());
    let levels = levels.filter_map(|account| next_level(account, sources));
    levels.chain(merges(&accounts, sources)).collect()
}

/// The next level, and the points that an order must have to reach it.
fn next_level(account: &Account<'_>, sources: FindingSources<'_>) -> Option<(FindingFact, Bill)> {
    let ledger = volume::ledger(&account.orders, &account.question(&sources.agreements.sites, Some(sources.on)));
    let (next, points) = ledger.next_level()?;
    let agreement = account.agreement.to_owned();
    let bill = years(&[(&agreement, ledger.level)], next, sources);
    Some((FindingFact::NextLevel { agreement, next, points }, bill))
}

/// Merges that raise a level and lower none.
fn merges(accounts: &[Account<'_>], sources: FindingSources<'_>) -> Vec<(FindingFact, Bill)> {
    let merged = sources.agreements.merges(accounts, Some(sources.on)).into_iter();
    let gains = merged.filter(|one| one.change.contains(&Change::Higher) && !one.change.contains(&Change::Lower));
    let mut found: Vec<(FindingFact, Bill)> = Vec::new();
    for one in gains {
        // Whichever of two stays, it is one merge.
        let known = found.iter().any(|(fact, _)| {
            matches!(fact, FindingFact::Merge { kept, joining, .. } if *kept == one.joining && *joining == one.kept)
        });
        if known {
            continue;
        }
        let [kept, joining] = one.before;
        let bill = years(&[(&one.kept, kept), (&one.joining, joining)], one.level, sources);
        found.push((FindingFact::Merge { kept: one.kept, joining: one.joining, level: one.level }, bill));
    }
    found
}

/// A year of all that agreements renew, each at its level, and at another one.
fn years(agreements: &[(&str, VolumeLevel)], then: VolumeLevel, sources: FindingSources<'_>) -> Bill {
    let Some(Money { forecast, costing }) = sources.money else { return Bill::default() };
    let level_of = |line: &RenewalLine| {
        let of_it = agreements.iter().find(|(agreement, _)| line.key.agreement == *agreement);
        of_it.map(|(_, level)| *level).filter(|level| *level != then)
    };
    let goes_on = |line: &&RenewalLine| line.key.status == RenewalStatus::Active && line.kept > Decimal::ZERO;
    let both = |line: &RenewalLine| {
        let at = |level| costing.year_at(line, line.kept, Some(level));
        Some([at(level_of(line)?)?, at(then)?])
    };
    Bill::of_lines(forecast.lines.iter().filter(goes_on).filter_map(both).collect(), costing)
}

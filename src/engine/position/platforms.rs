//! Rights for one platform alone (semantics, section 13; docs/decisions/0039-platforms-of-rights.md).

use rust_decimal::Decimal;

use super::GrantedLine;
use crate::model::issue::{Issue, Severity};
use crate::model::message::Message;
use crate::model::platform::{HostPlatform, Platform, PlatformRights, cover};
use crate::model::position::{LineStatus, Needed, ProductPosition};

/// The name of a platform.
pub(super) const fn platform_name(platform: Platform) -> Message {
    Message::new(platform.word())
}

/// What the lines that count grant for each platform alone.
pub(super) fn rights(lines: &[GrantedLine<'_>]) -> Vec<PlatformRights> {
    let units = |platform| {
        let of_it = lines.iter().filter(|(_, grant)| grant.platform == Some(platform));
        of_it.filter(|(_, grant)| grant.standing == LineStatus::Counts).map(|(_, grant)| grant.units).sum::<Decimal>()
    };
    let each = Platform::ALL.map(|platform| PlatformRights { platform, units: units(platform) });
    each.into_iter().filter(|one| !one.units.is_zero()).collect()
}

/// The platforms of which no right is used in either capacity while something stays short: their lines do not count.
pub(super) fn idle(position: &ProductPosition) -> Vec<Platform> {
    let Some(needed) = position.needed else { return Vec::new() };
    let used = |full| {
        let coverage = coverage(position, needed, full)?;
        // Where nothing stays short all of them count.
        let all = coverage.short.is_zero();
        Some(coverage.used.into_iter().map(|used| all || !used.is_zero()).collect::<Vec<bool>>())
    };
    let (sub, full) = (used(false), used(true));
    if sub.is_none() && full.is_none() {
        return Vec::new();
    }
    let is_used = |used: &Option<Vec<bool>>, host_platform: usize| {
        used.as_ref().is_some_and(|used| used.get(host_platform) == Some(&true))
    };
    let idle = position
        .platforms
        .iter()
        .enumerate()
        .filter(|(host_platform, _)| !is_used(&sub, *host_platform) && !is_used(&full, *host_platform));
    idle.map(|(_, one)| one.platform).collect()
}

/// Takes lines that do not count out of a position.
pub(super) fn set_aside(position: &mut ProductPosition, idle: &[Platform]) {
    position.platforms.retain(|one| {
        let stays = !idle.contains(&one.platform);
        if !stays {
            position.entitled = position.entitled.saturating_sub(one.units);
        }
        stays
    });
}

fn coverage(position: &ProductPosition, needed: Needed, full: bool) -> Option<crate::model::platform::Coverage> {
    let for_platforms: Decimal = position.platforms.iter().map(|one| one.units).sum();
    let general = position.entitled.saturating_sub(for_platforms);
    Some(cover(needed.of(full)?, position.at(full), general, &position.platforms))
}

/// What is to be said of the lines that are for one platform, each at its row.
pub(super) fn told(position: &ProductPosition, lines: &[GrantedLine<'_>]) -> Vec<Issue> {
    let Some((needed, quantity)) = position.needed.and_then(|needed| Some((needed, needed.of(false)?))) else {
        return Vec::new();
    };
    let at = position.at(false);
    let anywhere = coverage(position, needed, false).map_or(Decimal::ZERO, |coverage| coverage.anywhere);
    let aside = position.left_aside(needed, false);
    let mut issues = Vec::new();
    for (line, grant) in lines {
        let Some(platform) = grant.platform else { continue };
        let elsewhere = HostPlatform::ALL
            .into_iter()
            .filter(|host_platform| !platform.covers(*host_platform))
            .map(|host_platform| at.at(host_platform));
        let elsewhere = elsewhere.fold(0_u64, u64::saturating_add).min(quantity);
        let issue = |code| {
            let issue = Issue::new(Severity::Warning, code).at_line(&line.file, line.row);
            let issue = issue.with("platform", platform_name(platform)).with("product", position.product.as_str());
            issue.with("units", grant.units)
        };
        match grant.standing {
            LineStatus::OtherPlatform => {
                issues.push(issue("entitlement_other_platform").with("needed", elsewhere));
            }
            LineStatus::Counts if !aside.is_zero() => {
                issues.push(issue("entitlement_platform_in_part").with("aside", aside).with("needed", elsewhere));
            }
            LineStatus::Counts if !anywhere.is_zero() => {
                issues.push(issue("entitlement_platform_unknown").with("needed", anywhere));
            }
            LineStatus::Counts | LineStatus::SupportOnly | LineStatus::Ended | LineStatus::NotYet => {}
        }
    }
    issues
}

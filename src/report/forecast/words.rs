//! The words for what a forecast has, on the page and on paper.

use crate::engine::renewal::{ChargeKind, LevelBasis, RenewalKind, RenewalStatus};
use crate::model::decision::DecisionKind;
use crate::model::message::Message;
use crate::rules::volume_levels::VolumeLevel;

/// The word for what was decided.
pub const fn decision_word(decision: DecisionKind) -> &'static str {
    match decision {
        DecisionKind::Renew => "page.renewals.renew",
        DecisionKind::Reduce => "page.renewals.reduce",
        DecisionKind::Lapse => "page.renewals.lapse",
        DecisionKind::ToSubscription => "page.renewals.to_subscription",
        DecisionKind::ToCommittedTerm => "page.renewals.to_committed_term",
        DecisionKind::ToCloudPak => "page.renewals.to_cloud_pak",
    }
}

/// The word for how a line stands.
pub const fn status_word(status: RenewalStatus) -> &'static str {
    match status {
        RenewalStatus::Active => "page.renewals.active",
        RenewalStatus::Ended => "page.renewals.ended",
        RenewalStatus::Lapsed => "page.renewals.lapsed",
        RenewalStatus::NoEnd => "page.renewals.no_end",
        RenewalStatus::Unsupported => "page.renewals.unsupported",
    }
}

/// The word for what a charge is for.
pub const fn charge_word(kind: ChargeKind) -> &'static str {
    match kind {
        ChargeKind::BackCharge => "page.renewals.back_charge",
        ChargeKind::Licence => "page.renewals.licence",
        ChargeKind::Reinstatement => "page.renewals.reinstatement",
        ChargeKind::Renewal => "page.renewals.renewal",
        ChargeKind::Term => "page.renewals.term",
    }
}

/// The word for what is renewed.
pub(super) const fn renewal_word(kind: RenewalKind) -> &'static str {
    match kind {
        RenewalKind::Support => "report.support",
        RenewalKind::Term => "page.renewals.term",
    }
}

/// That so many charges rest on example prices.
pub fn by_example(count: usize) -> Message {
    Message::new("report.by_example").with("count", count)
}

/// A level, and what it rests on.
pub fn level_said(level: VolumeLevel, basis: LevelBasis) -> Message {
    let why = match basis {
        LevelBasis::Assumed => "page.renewals.level_assumed",
        LevelBasis::Orders => "report.level_of_orders",
        LevelBasis::PointsRepeated => "page.renewals.level_repeated",
        LevelBasis::NoOrders => "page.renewals.level_none",
        LevelBasis::Considered => "report.level_considered",
    };
    Message::new(why).with("level", level.name())
}

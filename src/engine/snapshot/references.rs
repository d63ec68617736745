//! The rules that a number from a snapshot rests on.

use std::borrow::Cow;

use crate::model::derivation::{Confidence, RuleReference, Title};

const COLUMNS: &str = "https://www.ibm.com/docs/en/license-metric-tool?topic=purposes-snapshot-columns";
const CONTENT: &str = "https://www.ibm.com/docs/en/license-metric-tool?topic=purposes-content-audit-snapshot";
const PVU: &str = "https://www.ibm.com/docs/en/license-metric-tool?topic=metrics-processor-value-unit-pvu";
const CLUSTERS: &str = "https://www.ibm.com/docs/en/cloud-paks/foundational-services/4.9, tracking license usage in a multicluster environment";
const DEFAULT: &str = "https://www.ibm.com/docs/en/license-metric-tool?topic=managers-default-subcapacity-counting";

/// The quantity of a product is the sum over its distinct servers. It holds for every product of a real snapshot.
pub(super) fn servers_added() -> RuleReference {
    rule("snapshot.servers_added", "snapshot.rule_servers_added", CONTENT, Confidence::High)
}

/// Cores times rate.
pub(super) fn cores_times_rate() -> RuleReference {
    rule("snapshot.cores_times_rate", "snapshot.rule_cores_times_rate", PVU, Confidence::High)
}

/// The lower of what the partitions want and what the server has.
pub(super) fn lower_of_both() -> RuleReference {
    rule("snapshot.lower_of_both", "snapshot.rule_lower_of_both", PVU, Confidence::High)
}

/// A figure that ILMT states.
pub(super) fn stated() -> RuleReference {
    rule("snapshot.stated", "snapshot.rule_stated", COLUMNS, Confidence::High)
}

/// The clusters of a day are added, then the highest day counts.
pub(super) fn clusters_added() -> RuleReference {
    rule("snapshot.clusters_added", "snapshot.rule_clusters_added", CLUSTERS, Confidence::High)
}

/// A value of a daily file.
pub(super) fn of_day() -> RuleReference {
    rule("snapshot.daily", "snapshot.rule_daily", CONTENT, Confidence::High)
}

/// Full capacity is the limit at the peak of sub-capacity.
pub(super) fn limit_at_peak() -> RuleReference {
    rule("snapshot.limit_at_peak", "snapshot.rule_limit_at_peak", COLUMNS, Confidence::Medium)
}

/// Excluded instances count nothing.
pub(super) fn excluded() -> RuleReference {
    rule("snapshot.excluded", "snapshot.rule_excluded", CONTENT, Confidence::High)
}

/// Ours less ILMT's.
pub(super) fn difference() -> RuleReference {
    rule("snapshot.difference", "snapshot.rule_difference", CONTENT, Confidence::Ours)
}

/// A host that is not known is rated as the largest one; IBM's tool does so since its version 9.2.11.
pub(super) fn host_unknown() -> RuleReference {
    rule("snapshot.host_unknown", "snapshot.rule_host_unknown", DEFAULT, Confidence::High)
}

/// What may fall away once the hosts are known.
pub(super) fn recoverable() -> RuleReference {
    rule("snapshot.recoverable", "snapshot.rule_recoverable", DEFAULT, Confidence::Ours)
}

/// The lowest tier of a family.
pub(super) fn lowest_tier() -> RuleReference {
    rule("snapshot.lowest_tier", "snapshot.rule_lowest_tier", PVU, Confidence::Ours)
}

/// Snapshots of different computers are added.
pub(super) fn snapshots_added() -> RuleReference {
    rule("snapshot.snapshots_added", "snapshot.rule_snapshots_added", CONTENT, Confidence::Ours)
}

/// Of snapshots of the same computers in different periods the higher one counts.
pub(super) fn highest_period() -> RuleReference {
    rule("snapshot.highest_period", "snapshot.rule_highest_period", CONTENT, Confidence::Ours)
}

fn rule(id: &'static str, title: &'static str, source: &'static str, confidence: Confidence) -> RuleReference {
    let title = Title::Key(Cow::Borrowed(title));
    RuleReference { id: Cow::Borrowed(id), title, source: Cow::Borrowed(source), since: None, confidence }
}

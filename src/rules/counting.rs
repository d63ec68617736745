//! stub
#![allow(missing_docs)]
use crate::model::derivation::*;
fn r(id: &'static str) -> RuleReference {
    RuleReference {
        id: id.into(),
        title: Title::Key(id.into()),
        source: "".into(),
        since: None,
        confidence: Confidence::High,
    }
}
pub fn server_cap() -> RuleReference {
    r("server_cap")
}
pub fn pool_cap() -> RuleReference {
    r("pool_cap")
}
pub fn partition_cores() -> RuleReference {
    r("partition_cores")
}
pub fn host_all_cores() -> RuleReference {
    r("host_all_cores")
}
pub fn container_limit() -> RuleReference {
    r("container_limit")
}
pub fn fractions_rounded_up() -> RuleReference {
    r("fractions_rounded_up")
}
pub fn dearest_first() -> RuleReference {
    r("dearest_first")
}
pub fn full_capacity() -> RuleReference {
    r("full_capacity")
}
pub fn default_subcapacity() -> RuleReference {
    r("default_subcapacity")
}
pub fn cloud_vcpu() -> RuleReference {
    r("cloud_vcpu")
}
pub fn linux_on_power() -> RuleReference {
    r("linux_on_power")
}
pub fn peak() -> RuleReference {
    r("peak")
}
pub fn regions_added() -> RuleReference {
    r("regions_added")
}
pub fn rvu_tiers() -> RuleReference {
    r("rvu_tiers")
}
pub fn recoverable() -> RuleReference {
    r("recoverable")
}
pub fn files_added() -> RuleReference {
    r("files_added")
}
pub fn excluded() -> RuleReference {
    r("excluded")
}
pub fn cores_times_rate() -> RuleReference {
    r("cores_times_rate")
}
pub fn snapshot_server_quantity() -> RuleReference {
    r("snapshot_server_quantity")
}
pub fn snapshot_daily_peak() -> RuleReference {
    r("snapshot_daily_peak")
}

//! The rules by which cores are counted, each with its source: what the engine names in a derivation.
//!
//! A rule that is marked [`Confidence::Ours`] is a decision of Highwater where IBM publishes nothing. `since` is the
//! day of the page that states the rule, or the day from which it applies; blank where neither is known.

use jiff::civil::{Date, date};

use crate::model::derivation::{Confidence, RuleReference};

const COUNTING_PAGE: &str = "https://www.ibm.com/software/passportadvantage/counting-software-licenses-using-specific-virtualization-technologies (2026-01-01)";
const COUNTING_PAGE_DAY: Option<Date> = Some(date(2026, 1, 1));
const TERMS_PAGE: &str = "https://www.ibm.com/it-it/software/passportadvantage/subcaplicensing (2026-02-10)";
const TERMS_PAGE_DAY: Option<Date> = Some(date(2026, 2, 10));
const PVU_PAGE: &str = "https://www.ibm.com/software/passportadvantage/pvu-licensing-for-customers (as of 2026-01-09)";
const PVU_PAGE_DAY: Option<Date> = Some(date(2026, 1, 9));
const ILMT_DEFAULT_PAGE: &str =
    "https://www.ibm.com/docs/en/license-metric-tool?topic=managers-default-subcapacity-counting";
const ILMT_RVU_PAGE: &str =
    "https://www.ibm.com/docs/en/license-metric-tool?topic=metrics-resource-value-unit-rvu-mapc";
const ROUNDING_SOURCES: &str = "i5/OS Information Center, rzaitlparlicense (adds, then rounds); IBM p5-590 handbook, 4.10.1 (rounds each partition)";
const REAL_EXPORT: &str = "audit snapshot of ILMT 9.2.24 (github:tstopa/LMT-Explorer test/audit_snapshot.zip)";
const OURS: &str = "Highwater";

/// Full capacity: all activated cores of each server on which the product runs.
pub const fn full_capacity() -> RuleReference {
    RuleReference::keyed(
        "full_capacity.activated_cores",
        "rule.full_capacity_activated_cores",
        PVU_PAGE,
        PVU_PAGE_DAY,
        Confidence::High,
    )
}

/// The partitions of a server never need more cores than the server has.
pub const fn server_cap() -> RuleReference {
    RuleReference::keyed(
        "sub_capacity.server_cap",
        "rule.sub_capacity_server_cap",
        COUNTING_PAGE,
        COUNTING_PAGE_DAY,
        Confidence::High,
    )
}

/// The partitions of a shared pool never need more cores than the pool has.
pub const fn pool_cap() -> RuleReference {
    RuleReference::keyed(
        "sub_capacity.pool_cap",
        "rule.sub_capacity_pool_cap",
        "public.dhe.ibm.com/software/passportadvantage/SubCapacity/Scenarios_Power_Systems.pdf, p. 13",
        None,
        Confidence::Medium,
    )
}

/// A partition counts once, with the cores available to it, however many instances run in it.
pub const fn partition_cores() -> RuleReference {
    RuleReference::keyed(
        "sub_capacity.partition_cores",
        "rule.sub_capacity_partition_cores",
        TERMS_PAGE,
        TERMS_PAGE_DAY,
        Confidence::High,
    )
}

/// A product on the physical server itself can use all its cores.
pub const fn host_all_cores() -> RuleReference {
    RuleReference::keyed(
        "sub_capacity.host_all_cores",
        "rule.sub_capacity_host_all_cores",
        "github:ServiceNow/ServiceNowDocs ibm-licensing-vmware-vsphere-environment.md",
        None,
        Confidence::Medium,
    )
}

/// A container counts by its CPU limit, and as the whole node without one.
pub const fn container_limit() -> RuleReference {
    RuleReference::keyed(
        "sub_capacity.container_limit",
        "rule.sub_capacity_container_limit",
        "IBM Cloud Pak for Integration 16.1.0, Node licensing",
        None,
        Confidence::High,
    )
}

/// A core in a container is rated 70, whatever the processor.
pub const fn container_rate() -> RuleReference {
    RuleReference::keyed(
        "rate.container",
        "rule.rate_container",
        "github:IBM/ibm-license-usage-aggregator-for-fargate",
        None,
        Confidence::High,
    )
}

/// Fractions of cores are added exactly, then rounded up once for each server and product.
pub const fn fractions_rounded_up() -> RuleReference {
    RuleReference::keyed(
        "sub_capacity.fractions_rounded_up",
        "rule.sub_capacity_fractions_rounded_up",
        ROUNDING_SOURCES,
        None,
        Confidence::Low,
    )
}

/// Where the rates on one server differ, the dearest cores count first.
pub const fn dearest_first() -> RuleReference {
    RuleReference::keyed("sub_capacity.dearest_first", "rule.sub_capacity_dearest_first", OURS, None, Confidence::Ours)
}

/// Without hypervisor data each virtual machine is a server of its own, without a cap.
pub const fn default_subcapacity() -> RuleReference {
    RuleReference::keyed(
        "sub_capacity.default_subcapacity",
        "rule.sub_capacity_default_subcapacity",
        ILMT_DEFAULT_PAGE,
        None,
        Confidence::High,
    )
}

/// A processor that cannot be identified is rated as ILMT rates it.
pub const fn fallback_rate() -> RuleReference {
    RuleReference::keyed("rate.fallback", "rule.rate_fallback", ILMT_DEFAULT_PAGE, None, Confidence::High)
}

/// In an eligible public cloud each vCPU counts as a core, and nothing caps it.
pub const fn cloud_vcpu() -> RuleReference {
    RuleReference::keyed(
        "sub_capacity.cloud_vcpu",
        "rule.sub_capacity_cloud_vcpu",
        "github:ServiceNow/ServiceNowDocs ibm-licensing-public-cloud-environments.md (2026-03-12)",
        Some(date(2026, 3, 12)),
        Confidence::Medium,
    )
}

/// A POWER core under Linux is rated 70, whatever the model.
pub const fn linux_on_power() -> RuleReference {
    RuleReference::keyed("rate.linux_on_power", "rule.rate_linux_on_power", PVU_PAGE, PVU_PAGE_DAY, Confidence::High)
}

/// A product on a server: its cores times the rate of the processor.
pub const fn cores_times_rate() -> RuleReference {
    RuleReference::keyed("pvu.cores_times_rate", "rule.pvu_cores_times_rate", PVU_PAGE, PVU_PAGE_DAY, Confidence::High)
}

/// The servers of a region are added at one moment.
pub const fn servers_added() -> RuleReference {
    RuleReference::keyed(
        "high_water.servers_added",
        "rule.high_water_servers_added",
        "help.hcl-software.com/bigfix/11.0, c_high_water_mark.html",
        None,
        Confidence::High,
    )
}

/// What counts is the peak of the period, never the average.
pub const fn peak() -> RuleReference {
    RuleReference::keyed(
        "high_water.peak",
        "rule.high_water_peak",
        "help.hcl-software.com/bigfix/11.0, c_high_water_mark.html",
        None,
        Confidence::High,
    )
}

/// Each region has a peak of its own; the regions are added.
pub const fn regions_added() -> RuleReference {
    RuleReference::keyed(
        "high_water.regions_added",
        "rule.high_water_regions_added",
        COUNTING_PAGE,
        COUNTING_PAGE_DAY,
        Confidence::High,
    )
}

/// Cores of all servers go through the tiers of the resource value unit.
pub const fn rvu_tiers() -> RuleReference {
    RuleReference::keyed("rvu.mapc_tiers", "rule.rvu_mapc_tiers", ILMT_RVU_PAGE, None, Confidence::High)
}

/// What may fall away once the sockets of unknown hosts are known.
pub const fn recoverable() -> RuleReference {
    RuleReference::keyed("recoverable.unknown_hosts", "rule.recoverable_unknown_hosts", OURS, None, Confidence::Ours)
}

/// Peaks of several files are added: an upper bound.
pub const fn files_added() -> RuleReference {
    RuleReference::keyed("high_water.files_added", "rule.high_water_files_added", OURS, None, Confidence::Ours)
}

/// Instances that are excluded count nothing.
pub const fn excluded() -> RuleReference {
    RuleReference::keyed("sub_capacity.excluded", "rule.sub_capacity_excluded", REAL_EXPORT, None, Confidence::High)
}

/// A product of a snapshot: the cores of each distinct server times its rate.
pub const fn snapshot_server_quantity() -> RuleReference {
    RuleReference::keyed(
        "snapshot.server_quantity",
        "rule.snapshot_server_quantity",
        REAL_EXPORT,
        None,
        Confidence::High,
    )
}

/// The highest day of a snapshot's daily file, dated by the last day on which it holds.
pub const fn snapshot_daily_peak() -> RuleReference {
    RuleReference::keyed("snapshot.daily_peak", "rule.snapshot_daily_peak", REAL_EXPORT, None, Confidence::High)
}

/// Ours less what ILMT reports.
pub const fn difference() -> RuleReference {
    RuleReference::keyed("snapshot.difference", "rule.snapshot_difference", OURS, None, Confidence::Ours)
}

/// Every counting rule, for the catalogue.
pub fn all() -> [RuleReference; 24] {
    [
        full_capacity(),
        cores_times_rate(),
        partition_cores(),
        server_cap(),
        pool_cap(),
        host_all_cores(),
        container_limit(),
        container_rate(),
        cloud_vcpu(),
        default_subcapacity(),
        fallback_rate(),
        linux_on_power(),
        fractions_rounded_up(),
        dearest_first(),
        servers_added(),
        peak(),
        regions_added(),
        rvu_tiers(),
        excluded(),
        recoverable(),
        files_added(),
        snapshot_server_quantity(),
        snapshot_daily_peak(),
        difference(),
    ]
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::derivation::Title;

    #[test]
    fn every_rule_has_a_name_of_its_own_and_a_title_made_of_it() {
        let names: BTreeSet<Cow<'static, str>> = all().into_iter().map(|rule| rule.id).collect();
        assert_eq!(names.len(), all().len());
        for rule in all() {
            assert_eq!(rule.title, Title::Key(format!("rule.{}", rule.id.replace('.', "_")).into()));
        }
    }

    #[test]
    fn a_decision_of_ours_names_us_as_its_source() {
        for rule in all() {
            assert_eq!(rule.confidence == Confidence::Ours, rule.source == OURS, "{}", rule.id);
        }
    }
}

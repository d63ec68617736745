//! The rules by which cores are counted, each with its source: what the engine names in a derivation.
//!
//! A rule that is marked [`Confidence::Ours`] is a decision of Highwater where IBM publishes nothing. `since` is the
//! day of the page that states the rule, or the day from which it applies; blank where neither is known.

use std::borrow::Cow;

use jiff::civil::{Date, date};

use crate::model::derivation::{Confidence, RuleReference, Title};

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
const P5_590_HANDBOOK: &str = "IBM eServer p5 590 and 595 System Handbook, 4.10.1 (2005)";
const REAL_EXPORT: &str = "audit snapshot of ILMT 9.2.24 (github:tstopa/LMT-Explorer test/audit_snapshot.zip)";
const OURS: &str = "Highwater";

/// Full capacity: all activated cores of each server on which the product runs.
pub const FULL_CAPACITY: RuleReference = rule(
    "full_capacity.activated_cores",
    "rule.full_capacity_activated_cores",
    PVU_PAGE,
    PVU_PAGE_DAY,
    Confidence::High,
);

/// The partitions of a server never need more cores than the server has.
pub const SERVER_CAP: RuleReference =
    rule("sub_capacity.server_cap", "rule.sub_capacity_server_cap", COUNTING_PAGE, COUNTING_PAGE_DAY, Confidence::High);

/// The partitions of a shared pool never need more cores than the pool has.
pub const POOL_CAP: RuleReference = rule(
    "sub_capacity.pool_cap",
    "rule.sub_capacity_pool_cap",
    "public.dhe.ibm.com/software/passportadvantage/SubCapacity/Scenarios_Power_Systems.pdf, p. 13",
    None,
    Confidence::Medium,
);

/// A partition counts once, with the cores available to it, however many instances run in it.
pub const PARTITION_CORES: RuleReference = rule(
    "sub_capacity.partition_cores",
    "rule.sub_capacity_partition_cores",
    TERMS_PAGE,
    TERMS_PAGE_DAY,
    Confidence::High,
);

/// A product on the physical server itself can use all its cores.
pub const HOST_ALL_CORES: RuleReference = rule(
    "sub_capacity.host_all_cores",
    "rule.sub_capacity_host_all_cores",
    "github:ServiceNow/ServiceNowDocs ibm-licensing-vmware-vsphere-environment.md",
    None,
    Confidence::Medium,
);

/// A container counts by its CPU limit, and as the whole node without one.
pub const CONTAINER_LIMIT: RuleReference = rule(
    "sub_capacity.container_limit",
    "rule.sub_capacity_container_limit",
    "IBM Cloud Pak for Integration 16.1.0, Node licensing",
    None,
    Confidence::High,
);

/// A core in a container is rated 70, whatever the processor.
pub const CONTAINER_RATE: RuleReference = rule(
    "rate.container",
    "rule.rate_container",
    "github:IBM/ibm-license-usage-aggregator-for-fargate",
    None,
    Confidence::High,
);

/// Fractions of cores are added exactly, then rounded up once for each server and product.
pub const FRACTIONS_ROUNDED_UP: RuleReference = rule(
    "sub_capacity.fractions_rounded_up",
    "rule.sub_capacity_fractions_rounded_up",
    P5_590_HANDBOOK,
    None,
    Confidence::Low,
);

/// Where the rates on one server differ, the dearest cores count first.
pub const DEAREST_FIRST: RuleReference =
    rule("sub_capacity.dearest_first", "rule.sub_capacity_dearest_first", OURS, None, Confidence::Ours);

/// Without hypervisor data each virtual machine is a server of its own, without a cap.
pub const DEFAULT_SUBCAPACITY: RuleReference = rule(
    "sub_capacity.default_subcapacity",
    "rule.sub_capacity_default_subcapacity",
    ILMT_DEFAULT_PAGE,
    None,
    Confidence::High,
);

/// A processor that cannot be identified is rated as ILMT rates it.
pub const FALLBACK_RATE: RuleReference =
    rule("rate.fallback", "rule.rate_fallback", ILMT_DEFAULT_PAGE, None, Confidence::High);

/// In an eligible public cloud each vCPU counts as a core, and nothing caps it.
pub const CLOUD_VCPU: RuleReference = rule(
    "sub_capacity.cloud_vcpu",
    "rule.sub_capacity_cloud_vcpu",
    "github:ServiceNow/ServiceNowDocs ibm-licensing-public-cloud-environments.md (2026-03-12)",
    Some(date(2026, 3, 12)),
    Confidence::Medium,
);

/// A POWER core under Linux is rated 70, whatever the model.
pub const LINUX_ON_POWER: RuleReference =
    rule("rate.linux_on_power", "rule.rate_linux_on_power", PVU_PAGE, PVU_PAGE_DAY, Confidence::High);

/// A product on a server: its cores times the rate of the processor.
pub const CORES_TIMES_RATE: RuleReference =
    rule("pvu.cores_times_rate", "rule.pvu_cores_times_rate", PVU_PAGE, PVU_PAGE_DAY, Confidence::High);

/// The servers of a region are added at one moment.
pub const SERVERS_ADDED: RuleReference = rule(
    "high_water.servers_added",
    "rule.high_water_servers_added",
    "help.hcl-software.com/bigfix/11.0, c_high_water_mark.html",
    None,
    Confidence::High,
);

/// What counts is the peak of the period, never the average.
pub const PEAK: RuleReference = rule(
    "high_water.peak",
    "rule.high_water_peak",
    "help.hcl-software.com/bigfix/11.0, c_high_water_mark.html",
    None,
    Confidence::High,
);

/// Each region has a peak of its own; the regions are added.
pub const REGIONS_ADDED: RuleReference = rule(
    "high_water.regions_added",
    "rule.high_water_regions_added",
    COUNTING_PAGE,
    COUNTING_PAGE_DAY,
    Confidence::High,
);

/// Cores of all servers go through the tiers of the resource value unit.
pub const RVU_TIERS: RuleReference =
    rule("rvu.mapc_tiers", "rule.rvu_mapc_tiers", ILMT_RVU_PAGE, None, Confidence::High);

/// What may fall away once the sockets of unknown hosts are known.
pub const RECOVERABLE: RuleReference =
    rule("recoverable.unknown_hosts", "rule.recoverable_unknown_hosts", OURS, None, Confidence::Ours);

/// Peaks of several files are added: an upper bound.
pub const FILES_ADDED: RuleReference =
    rule("high_water.files_added", "rule.high_water_files_added", OURS, None, Confidence::Ours);

/// Instances that are excluded count nothing.
pub const EXCLUDED: RuleReference =
    rule("sub_capacity.excluded", "rule.sub_capacity_excluded", REAL_EXPORT, None, Confidence::High);

/// A product of a snapshot: the cores of each distinct server times its rate.
pub const SNAPSHOT_SERVER_QUANTITY: RuleReference =
    rule("snapshot.server_quantity", "rule.snapshot_server_quantity", REAL_EXPORT, None, Confidence::High);

/// The highest day of a snapshot's daily file, dated by the last day on which it holds.
pub const SNAPSHOT_DAILY_PEAK: RuleReference =
    rule("snapshot.daily_peak", "rule.snapshot_daily_peak", REAL_EXPORT, None, Confidence::High);

/// Ours less what ILMT reports.
pub const DIFFERENCE: RuleReference =
    rule("snapshot.difference", "rule.snapshot_difference", OURS, None, Confidence::Ours);

/// Every counting rule, for the catalogue.
pub const ALL: [&RuleReference; 24] = [
    &FULL_CAPACITY,
    &CORES_TIMES_RATE,
    &PARTITION_CORES,
    &SERVER_CAP,
    &POOL_CAP,
    &HOST_ALL_CORES,
    &CONTAINER_LIMIT,
    &CONTAINER_RATE,
    &CLOUD_VCPU,
    &DEFAULT_SUBCAPACITY,
    &FALLBACK_RATE,
    &LINUX_ON_POWER,
    &FRACTIONS_ROUNDED_UP,
    &DEAREST_FIRST,
    &SERVERS_ADDED,
    &PEAK,
    &REGIONS_ADDED,
    &RVU_TIERS,
    &EXCLUDED,
    &RECOVERABLE,
    &FILES_ADDED,
    &SNAPSHOT_SERVER_QUANTITY,
    &SNAPSHOT_DAILY_PEAK,
    &DIFFERENCE,
];

const fn rule(
    id: &'static str,
    title: &'static str,
    source: &'static str,
    since: Option<Date>,
    confidence: Confidence,
) -> RuleReference {
    RuleReference {
        id: Cow::Borrowed(id),
        title: Title::Key(Cow::Borrowed(title)),
        source: Cow::Borrowed(source),
        since,
        confidence,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own_and_a_title_made_of_it() {
        let names: BTreeSet<&str> = ALL.iter().map(|rule| rule.id.as_ref()).collect();
        assert_eq!(names.len(), ALL.len());
        for rule in ALL {
            assert_eq!(rule.title, Title::Key(format!("rule.{}", rule.id.replace('.', "_")).into()));
        }
    }

    #[test]
    fn a_decision_of_ours_names_us_as_its_source() {
        for rule in ALL {
            assert_eq!(rule.confidence == Confidence::Ours, rule.source == OURS, "{}", rule.id);
        }
    }
}

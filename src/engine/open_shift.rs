//! The `OpenShift` cores that come with bundles against the cores of clusters (docs/decisions/0022-openshift.md).
//!
//! What comes with a bundle covers the bundle's own workload only; other work on the same cluster needs subscriptions
//! of Red Hat.

use litemap::LiteMap;

use rust_decimal::Decimal;

use super::bundles::BundleUse;
use crate::model::issue::{Issue, Severity};
use crate::model::open_shift::ClusterCores;
use crate::rules::bundles::{bundle_known_as, bundle_matched_as};

/// The `OpenShift` cores that come with a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantedCores {
    /// Name of the bundle.
    pub bundle: String,
    /// How many cores; `None` when the licence text of its version gives no ratio, or what is used of it is not known.
    pub cores: Option<u64>,
}

impl From<&BundleUse> for GrantedCores {
    fn from(one: &BundleUse) -> Self {
        Self { bundle: one.bundle.clone(), cores: one.open_shift }
    }
}

/// What comes with bundles against the cores of clusters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciliation {
    /// Every bundle that cores come with, or whose workload runs on a cluster; sorted by name.
    pub bundles: Vec<BundleCores>,
    /// Every cluster; sorted by name.
    pub clusters: Vec<Cluster>,
    /// Cores of other work: nothing that comes with a bundle covers them.
    pub other: Decimal,
}

impl Reconciliation {
    /// Cores that need subscriptions of Red Hat: other work, and what bundles use beyond what comes with them. `None`
    /// when it is not known what comes with one of them.
    pub fn uncovered(&self) -> Option<Decimal> {
        self.bundles.iter().map(BundleCores::uncovered).try_fold(self.other, |all, one| Some(all.saturating_add(one?)))
    }
}

/// Cores of one bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleCores {
    /// Name of the bundle.
    pub bundle: String,
    /// Cores that come with it; `None` when not known.
    pub granted: Option<u64>,
    /// Cores of clusters that run its workload.
    pub used: Decimal,
}

impl BundleCores {
    /// Cores of its workload that what comes with it covers.
    pub fn covered(&self) -> Option<Decimal> {
        Some(self.used.min(Decimal::from(self.granted?)))
    }

    /// Cores of its workload beyond what comes with it.
    pub fn uncovered(&self) -> Option<Decimal> {
        Some(self.used.saturating_sub(Decimal::from(self.granted?)).max(Decimal::ZERO))
    }

    /// Cores that come with it and do none of its work; they may not do other work.
    pub fn unused(&self) -> Option<Decimal> {
        Some(Decimal::from(self.granted?).saturating_sub(self.used).max(Decimal::ZERO))
    }
}

/// Cores of one cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Name of the cluster.
    pub cluster: String,
    /// Cores that run workloads of bundles.
    pub of_bundles: Decimal,
    /// Cores of other work.
    pub other: Decimal,
}

/// Sets what comes with bundles against the cores of clusters. Bundles are known by any of their names, whatever version
/// these end in; two grants of one bundle are added.
pub fn reconcile(granted: &[GrantedCores], lines: &[ClusterCores]) -> (Reconciliation, Vec<Issue>) {
    let mut issues = Vec::new();
    let mut bundles: LiteMap<String, BundleCores> = LiteMap::new();
    let nothing = |name: &str| {
        let bundle = bundle_known_as(name).to_owned();
        BundleCores { bundle, granted: Some(0), used: Decimal::ZERO }
    };
    for grant in granted {
        let bundle = bundles.entry(bundle_matched_as(&grant.bundle)).or_insert_with(|| nothing(&grant.bundle));
        bundle.granted = bundle.granted.zip(grant.cores).map(|(one, other)| one.saturating_add(other));
    }
    let mut clusters: LiteMap<&str, Cluster> = LiteMap::new();
    for line in lines {
        let none = Cluster { cluster: line.cluster.clone(), of_bundles: Decimal::ZERO, other: Decimal::ZERO };
        let cluster = clusters.entry(&line.cluster).or_insert(none);
        if line.bundle.is_empty() {
            cluster.other = cluster.other.saturating_add(line.cores);
            continue;
        }
        cluster.of_bundles = cluster.of_bundles.saturating_add(line.cores);
        let bundle = bundles.entry(bundle_matched_as(&line.bundle)).or_insert_with(|| {
            let issue = Issue::new(Severity::Warning, "cluster_bundle_not_used").at_line(&line.file, line.row);
            issues.push(issue.with("bundle", bundle_known_as(&line.bundle)));
            nothing(&line.bundle)
        });
        bundle.used = bundle.used.saturating_add(line.cores);
    }
    let mut bundles: Vec<BundleCores> = bundles.into_iter().map(|(_, one)| one).collect();
    bundles.sort_by(|one, other| one.bundle.cmp(&other.bundle));
    let unknown = bundles.iter().filter(|one| one.granted.is_none() && !one.used.is_zero());
    issues.extend(unknown.map(|one| {
        let issue = Issue::new(Severity::Warning, "cluster_grant_unknown").with("bundle", one.bundle.as_str());
        issue.with("cores", one.used)
    }));
    let clusters: Vec<Cluster> = clusters.into_iter().map(|(_, one)| one).collect();
    let other = clusters.iter().fold(Decimal::ZERO, |all, one| all.saturating_add(one.other));
    (Reconciliation { bundles, clusters, other }, issues)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn granted(bundle: &str, cores: Option<u64>) -> GrantedCores {
        GrantedCores { bundle: bundle.to_owned(), cores }
    }

    fn line(cluster: &str, bundle: &str, tenths: i64) -> ClusterCores {
        let (cluster, bundle) = (cluster.to_owned(), bundle.to_owned());
        ClusterCores { cluster, bundle, cores: Decimal::new(tenths, 1), ..ClusterCores::default() }
    }

    const BUSINESS: &str = "IBM Cloud Pak for Business Automation";

    #[test]
    fn what_comes_with_a_bundle_covers_its_own_workload_on_all_clusters_and_no_other() {
        // 135 come with it; 100 + 60 run its work, 40.5 other work: 135 covered, 25 and 40.5 not.
        let lines = [line("a", "CP4BA", 1_000), line("b", BUSINESS, 600), line("b", "", 405)];
        let (found, issues) = reconcile(&[granted(BUSINESS, Some(135))], &lines);
        assert_eq!(issues, []);
        let one = &found.bundles[0];
        assert_eq!((one.covered(), one.uncovered(), one.unused()), (Some(135.into()), Some(25.into()), Some(0.into())));
        assert_eq!((found.other, found.uncovered()), (Decimal::new(405, 1), Some(Decimal::new(655, 1))));
        let clusters: Vec<_> =
            found.clusters.iter().map(|one| (one.cluster.as_str(), one.of_bundles, one.other)).collect();
        assert_eq!(clusters, [("a", 100.into(), 0.into()), ("b", 60.into(), Decimal::new(405, 1))]);
    }

    #[test]
    fn what_a_bundle_leaves_over_covers_nothing_of_another() {
        let grants = [granted(BUSINESS, Some(135)), granted("CP4I", Some(30))];
        let (found, _) = reconcile(&grants, &[line("a", BUSINESS, 100), line("a", "CP4I", 500)]);
        let unused: Vec<_> = found.bundles.iter().map(BundleCores::unused).collect();
        assert_eq!((unused, found.uncovered()), (vec![Some(125.into()), Some(0.into())], Some(20.into())));
    }

    #[test]
    fn what_is_not_known_to_come_with_a_bundle_is_not_zero() {
        let (found, issues) = reconcile(&[granted("CP4I", None)], &[line("a", "CP4I", 80), line("a", "", 10)]);
        assert_eq!((found.bundles[0].covered(), found.uncovered()), (None, None));
        assert_eq!(issues[0].code, "cluster_grant_unknown");
        let (found, issues) = reconcile(&[granted("CP4I", Some(3)), granted("CP4I", None)], &[]);
        assert_eq!((found.bundles[0].granted, issues), (None, Vec::new()), "nothing runs, so nothing is in doubt");
    }

    #[test]
    fn a_bundle_is_the_same_whatever_version_its_name_ends_in_and_however_it_is_spelt() {
        let lines =
            [line("a", "cp4i 2022.2", 80), line("a", "IBM no such Bundle", 10), line("b", "No Such Bundle", 10)];
        let (found, _) = reconcile(&[granted("CP4I", None), granted("no such bundle", None)], &lines);
        let seen: Vec<_> = found.bundles.iter().map(|one| (one.bundle.as_str(), one.granted, one.used)).collect();
        assert_eq!(seen, [("IBM Cloud Pak for Integration", None, 8.into()), ("no such bundle", None, 2.into())]);
    }

    #[test]
    fn a_workload_of_a_bundle_that_is_not_used_is_told_once() {
        let lines = [line("a", "CP4I", 80), line("b", "CP4I", 20)];
        let (found, issues) = reconcile(&[], &lines);
        assert_eq!((found.uncovered(), issues.len()), (Some(10.into()), 1));
        assert_eq!(issues[0].code, "cluster_bundle_not_used");
    }
}

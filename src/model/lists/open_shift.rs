//! Clusters of Red Hat `OpenShift`: whose work their cores do.

use rust_decimal::Decimal;

use crate::model::list::line;

/// Cores of a cluster that do the work of a bundle, or other work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterCores {
    /// Name of the file that it was read from; empty when it was typed.
    pub file: String,
    /// Line in that file, the header being line 1; 0 when it was typed.
    pub row: u32,
    /// Name of the cluster.
    pub cluster: String,
    /// Name of the bundle whose workload they run, as written; empty is other work.
    pub bundle: String,
    /// How many cores, 0 or more.
    pub cores: Decimal,
}

line! {
    ClusterCores from file row, detected by ["cluster", "cores"], keyed by ["cluster", "bundle"];
    cluster: Required, bundle, cores: Required
}

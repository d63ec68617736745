//! Which daily values ILMT wrote itself, where the snapshot came without them: single files say nothing of each other,
//! and files of the License Service look the same.

use litemap::LiteMap;

use super::evidence::{Evidence, EvidencePart};
use super::series::metric_named;
use crate::model::names::Name;

/// What is stated of products, by name.
type StatedByName<'a> = LiteMap<&'a str, u64>;

/// The cluster that is the server of ILMT. It states every product of the snapshot day by day; or at least half of the
/// products that both state reach the quantity of the snapshot. Of several the one that agrees most.
pub(super) fn own_cluster<'a>(evidence: &Evidence<'a>, parts: &[EvidencePart<'a>]) -> Option<&'a str> {
    let stated = stated(evidence);
    let mut best: Option<((usize, usize), &'a str)> = None;
    for (cluster, peaks) in peaks(parts) {
        let shared = stated.iter().filter(|(product, _)| peaks.contains_key(*product)).count();
        let agreeing = stated.iter().filter(|(product, quantity)| peaks.get(*product) == Some(quantity)).count();
        let fits = shared == stated.len() || agreeing.saturating_mul(2) >= shared;
        if shared > 0 && fits && best.is_none_or(|(known, _)| (agreeing, shared) > known) {
            best = Some(((agreeing, shared), cluster));
        }
    }
    best.map(|(_, cluster)| cluster)
}

/// Takes the values of a cluster out of the parts.
pub(super) fn take<'a>(cluster: &str, parts: &mut Vec<EvidencePart<'a>>) -> Vec<EvidencePart<'a>> {
    let mut taken = Vec::new();
    for part in parts.iter_mut() {
        let snapshot = part.snapshot;
        let is_it = |name: &Option<Name>| name.map_or("", |name| snapshot.text(name)) == cluster;
        let (own, others): (Vec<_>, Vec<_>) = part.clusters.iter().copied().partition(is_it);
        part.clusters = others;
        taken.extend((!own.is_empty()).then_some(EvidencePart { snapshot, clusters: own }));
    }
    parts.retain(|part| !part.clusters.is_empty());
    taken
}

/// What the snapshot states of each product that stands alone: by its rows, else by its summary.
fn stated<'a>(evidence: &Evidence<'a>) -> StatedByName<'a> {
    let mut stated = StatedByName::new();
    let mut add = |product: &'a str, quantity: u64| {
        let known = stated.entry(product).or_insert(0);
        *known = quantity.max(*known);
    };
    if let Some(from) = evidence.usage {
        for row in from.usage.iter().filter(|row| row.bundle.is_none()) {
            add(from.text(row.product), row.quantity.unwrap_or_default());
        }
    } else if let Some(from) = evidence.summary {
        for row in from.summary.iter().filter(|row| row.bundle.is_none()) {
            add(from.text(row.product), row.quantity);
        }
    }
    stated
}

/// The highest value of each product in each cluster.
fn peaks<'a>(parts: &[EvidencePart<'a>]) -> LiteMap<&'a str, StatedByName<'a>> {
    let mut peaks: LiteMap<&'a str, StatedByName<'a>> = LiteMap::new();
    for part in parts {
        let text = |name| part.snapshot.text(name);
        let counted: Vec<bool> = part.snapshot.names.iter().map(|text| metric_named(text).is_some()).collect();
        let is_counted = |metric: Name| counted.get(metric.index()).copied().unwrap_or_default();
        let rows = part.rows().filter(|row| is_counted(row.metric));
        let mut rows: Vec<_> = rows.map(|row| (row.cluster, row.product, row.quantity)).collect();
        rows.sort_unstable();
        for same in rows.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let Some((cluster, product, quantity)) = same.last().copied() else { continue };
            let of_cluster = peaks.entry(cluster.map_or("", text)).or_default();
            let known = of_cluster.entry(text(product)).or_insert(0);
            *known = quantity.max(*known);
        }
    }
    peaks
}

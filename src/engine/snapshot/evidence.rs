//! Which files belong together, and which snapshots state the same computers.

use jiff::civil::Date;
use litemap::LiteMap;

use super::owner;
use crate::model::assessment::FileKind;
use crate::model::issue::{Issue, Severity};
use crate::model::names::Name;
use crate::model::period::Period;
use crate::model::snapshot::{DailyRow, Snapshot, SnapshotTable, TableKind};

/// The rows of a daily table that belong to one evidence: those of these clusters.
#[derive(Clone, Debug)]
pub(super) struct EvidencePart<'a> {
    pub(super) snapshot: &'a Snapshot,
    /// Sorted; `None` is the cluster of rows that name none.
    pub(super) clusters: Vec<Option<Name>>,
}

impl<'a> EvidencePart<'a> {
    /// All daily rows of a snapshot, where it has any.
    fn whole(snapshot: &'a Snapshot) -> Option<Self> {
        snapshot.table(TableKind::Daily).map(|_| Self { snapshot, clusters: snapshot.clusters() })
    }

    /// The rows of the part.
    pub(super) fn rows(&self) -> impl Iterator<Item = &'a DailyRow> {
        self.snapshot.daily.iter().filter(|row| self.clusters.binary_search(&row.cluster).is_ok())
    }

    /// Which names of the snapshot the rows use in one of their cells, by the place of the name.
    pub(super) fn used(&self, cell: fn(&DailyRow) -> Option<Name>) -> Vec<bool> {
        let mut used = vec![false; self.snapshot.names.len()];
        for name in self.rows().filter_map(cell) {
            if let Some(index) = used.get_mut(name.index()) {
                *index = true;
            }
        }
        used
    }

    /// The texts that the rows use in one of their cells, each once.
    pub(super) fn names(&self, cell: fn(&DailyRow) -> Option<Name>) -> impl Iterator<Item = &'a str> {
        self.snapshot.names.iter().zip(self.used(cell)).filter(|(_, is_used)| *is_used).map(|(text, _)| text)
    }

    /// First and last day of the rows.
    fn period(&self) -> Option<Period> {
        days(self.rows().map(|row| row.day).collect())
    }
}

/// The tables of one snapshot: all from one archive, or from single files.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence<'a> {
    pub(super) usage: Option<&'a Snapshot>,
    pub(super) daily: Vec<EvidencePart<'a>>,
    pub(super) summary: Option<&'a Snapshot>,
    pub(super) cloud_paks: Option<&'a Snapshot>,
}

impl<'a> Evidence<'a> {
    fn of_archive(snapshot: &'a Snapshot) -> Self {
        let there = |kind| snapshot.table(kind).map(|_| snapshot);
        Self {
            usage: there(TableKind::Usage),
            daily: Vec::new(),
            summary: there(TableKind::Summary),
            cloud_paks: there(TableKind::CloudPaks),
        }
    }

    /// Whether nothing but daily values states what products need: then they are those of clusters.
    pub(super) const fn is_series_only(&self) -> bool {
        self.usage.is_none() && self.summary.is_none() && self.cloud_paks.is_none()
    }

    /// The snapshots in the order of tables.
    fn sources(&self) -> impl Iterator<Item = &'a Snapshot> {
        let daily = self.daily.iter().map(|part| part.snapshot);
        self.usage.into_iter().chain(daily).chain(self.summary).chain(self.cloud_paks)
    }

    /// Name of the file that the numbers rest on.
    pub(super) fn name(&self) -> &'a str {
        self.sources().next().map_or("", |snapshot| snapshot.report.name.as_str())
    }

    /// The table that a kind of row comes from. Daily rows know theirs by themselves.
    pub(super) fn table(&self, kind: TableKind) -> Option<&'a SnapshotTable> {
        let source = match kind {
            TableKind::Usage => self.usage,
            TableKind::Summary => self.summary,
            TableKind::CloudPaks => self.cloud_paks,
            TableKind::Daily | TableKind::Parts | TableKind::Bundling | TableKind::Trails | TableKind::Bundled => None,
        };
        source?.table(kind)
    }

    /// First and last day that the evidence states: those of the daily series, else those of `data_condition.txt`,
    /// else the days of the peaks.
    pub(super) fn period(&self) -> Option<Period> {
        let of_parts = self.daily.iter().filter_map(EvidencePart::period);
        let of_series = days(of_parts.flat_map(|part| [part.from(), part.to()]).collect());
        let stated = || self.sources().find_map(|snapshot| snapshot.condition.as_ref()?.period());
        let of_rows = || self.usage.iter().flat_map(|from| from.usage.iter().filter_map(|row| row.peak_on));
        let of_summary = || self.summary.iter().flat_map(|from| from.summary.iter().filter_map(|row| row.peak_on));
        let of_peaks = || days(of_rows().chain(of_summary()).collect());
        of_series.or_else(stated).or_else(of_peaks)
    }

    /// The computers that it states; where a row names none, the partition or the server stands for it.
    fn computers(&self) -> Vec<&'a str> {
        let rows = self.usage.into_iter().flat_map(|snapshot| {
            snapshot.usage.iter().map(|row| snapshot.text(row.computer.or(row.layer).unwrap_or(row.server)))
        });
        rows.collect()
    }

    /// The products that it names.
    fn products(&self) -> Vec<&'a str> {
        let mut products = Vec::new();
        products.extend(self.usage.iter().flat_map(|from| from.usage.iter().map(|row| from.text(row.product))));
        products.extend(self.daily.iter().flat_map(|part| part.names(|row| Some(row.product))));
        products.extend(self.summary.iter().flat_map(|from| from.summary.iter().map(|row| from.text(row.product))));
        products
            .extend(self.cloud_paks.iter().flat_map(|from| from.cloud_paks.iter().map(|row| from.text(row.product))));
        products
    }

    /// Whether one of its daily values is of this cluster.
    fn has_cluster(&self, cluster: &str) -> bool {
        self.daily.iter().any(|part| part.names_cluster(cluster))
    }

    /// Whether both state some of the same computers. Evidence that names no computer may state any: then the
    /// products tell.
    fn shares_computers(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.computers(), other.computers());
        if ours.is_empty() || theirs.is_empty() {
            share(self.products(), other.products())
        } else {
            share(ours, theirs)
        }
    }

    /// Whether both state some of the same days. Evidence that names no day may state any.
    fn shares_days(&self, period: Option<Period>) -> bool {
        match (self.period(), period) {
            (Some(ours), Some(theirs)) => ours.intersection(theirs).is_some(),
            _ => true,
        }
    }
}

impl EvidencePart<'_> {
    fn names_cluster(&self, cluster: &str) -> bool {
        self.clusters.iter().any(|name| name.map_or("", |name| self.snapshot.text(name)) == cluster)
    }
}

fn days(days: Vec<Date>) -> Option<Period> {
    Period::new(days.iter().copied().min()?, days.into_iter().max()?)
}

/// Whether two lists have a text in common.
fn share(ours: Vec<&str>, mut theirs: Vec<&str>) -> bool {
    theirs.sort_unstable();
    ours.iter().any(|text| theirs.binary_search(text).is_ok())
}

/// The evidence in groups: within a group the same computers in different periods, between groups different computers.
/// The clusters of containers are a group of their own, the last one.
pub(super) fn groups<'a>(snapshots: &[&'a Snapshot]) -> Result<Vec<Vec<Evidence<'a>>>, Issue> {
    let mut found = Pieces::of(snapshots)?;
    found.deal_out();
    let mut groups: Vec<Vec<Evidence<'a>>> = Vec::new();
    for evidence in found.measured {
        let shares = |group: &Vec<Evidence<'a>>| group.iter().any(|known| known.shares_computers(&evidence));
        let (related, mut others): (Vec<_>, Vec<_>) = groups.into_iter().partition(shares);
        let mut group: Vec<Evidence<'a>> = related.into_iter().flatten().collect();
        let overlaps =
            |known: &&Evidence<'a>| known.shares_computers(&evidence) && known.shares_days(evidence.period());
        if let Some(known) = group.iter().find(overlaps) {
            let issue = Issue::new(Severity::Error, "snapshots_overlap").in_file(evidence.name());
            return Err(issue.with("other", known.name()));
        }
        group.push(evidence);
        others.push(group);
        groups = others;
    }
    for (cluster, evidence) in found.of_other_days {
        let of_server = |group: &&mut Vec<Evidence<'a>>| group.iter().any(|known| known.has_cluster(cluster));
        match groups.iter_mut().find(of_server) {
            Some(group) => group.push(evidence),
            None => groups.push(vec![evidence]),
        }
    }
    groups
        .extend((!found.clusters.is_empty()).then(|| vec![Evidence { daily: found.clusters, ..Evidence::default() }]));
    Ok(groups)
}

/// The files while it is told which belongs to which.
#[derive(Default)]
struct Pieces<'a> {
    /// What ILMT states: an archive each, and the single files together.
    measured: Vec<Evidence<'a>>,
    /// Daily values of single files, and of archives that hold nothing else.
    loose: Vec<EvidencePart<'a>>,
    /// Daily values of a server of ILMT in days of which its snapshots say nothing, by its name.
    of_other_days: LiteMap<&'a str, Evidence<'a>>,
    /// Daily values of clusters.
    clusters: Vec<EvidencePart<'a>>,
}

impl<'a> Pieces<'a> {
    /// Archives each by itself; single files put together, as long as there is one of each kind. Daily tables may be
    /// any number.
    fn of(snapshots: &[&'a Snapshot]) -> Result<Self, Issue> {
        let mut pieces = Self::default();
        let mut single = Evidence::default();
        for snapshot in snapshots.iter().copied() {
            let mut one = Evidence::of_archive(snapshot);
            let daily = EvidencePart::whole(snapshot);
            if snapshot.report.kind != FileKind::IlmtFile {
                if one.is_series_only() {
                    pieces.loose.extend(daily);
                } else {
                    one.daily.extend(daily);
                    pieces.measured.push(one);
                }
                continue;
            }
            pieces.loose.extend(daily);
            let indices = [
                (&mut single.usage, one.usage),
                (&mut single.summary, one.summary),
                (&mut single.cloud_paks, one.cloud_paks),
            ];
            for (index, table) in indices {
                if let (Some(known), Some(_)) = (*index, table) {
                    let issue = Issue::new(Severity::Error, "snapshot_files_ambiguous").in_file(&snapshot.report.name);
                    return Err(issue.with("other", known.report.name.as_str()));
                }
                *index = index.or(table);
            }
        }
        pieces.measured.extend((!single.is_series_only()).then_some(single));
        Ok(pieces)
    }

    /// Gives each loose daily value to the snapshot whose server wrote it; what is left is of clusters.
    fn deal_out(&mut self) {
        for part in std::mem::take(&mut self.loose) {
            let mut left = Vec::new();
            for cluster in part.clusters.iter().copied() {
                let name = cluster.map_or("", |cluster| part.snapshot.text(cluster));
                let one = EvidencePart { snapshot: part.snapshot, clusters: vec![cluster] };
                if !self.measured.iter().any(|known| known.has_cluster(name)) {
                    left.push(cluster);
                    continue;
                }
                let period = one.period();
                let within = |known: &&mut Evidence<'a>| known.has_cluster(name) && known.shares_days(period);
                match self.measured.iter_mut().find(within) {
                    Some(known) => known.daily.push(one),
                    None => self.of_other_days.entry(name).or_default().daily.push(one),
                }
            }
            let is_some = !left.is_empty();
            self.clusters.extend(is_some.then_some(EvidencePart { snapshot: part.snapshot, clusters: left }));
        }
        for evidence in self.measured.iter_mut().filter(|evidence| evidence.daily.is_empty()) {
            if let Some(server) = owner::own_cluster(evidence, &self.clusters) {
                evidence.daily = owner::take(server, &mut self.clusters);
            }
        }
    }
}

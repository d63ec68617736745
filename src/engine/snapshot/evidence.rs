//! Which files belong together, and which snapshots state the same computers.

use crate::model::assessment::FileKind;
use crate::model::issue::{Issue, Severity};
use crate::model::period::Period;
use crate::model::snapshot::{Snapshot, Table, TableKind};

/// The tables of one snapshot: all from one archive, or from single files.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence<'a> {
    pub(super) usage: Option<&'a Snapshot>,
    pub(super) daily: Option<&'a Snapshot>,
    pub(super) summary: Option<&'a Snapshot>,
    pub(super) cloud_paks: Option<&'a Snapshot>,
}

impl<'a> Evidence<'a> {
    fn of_archive(snapshot: &'a Snapshot) -> Self {
        let there = |kind| snapshot.table(kind).map(|_| snapshot);
        Self {
            usage: there(TableKind::Usage),
            daily: there(TableKind::Daily),
            summary: there(TableKind::Summary),
            cloud_paks: there(TableKind::CloudPaks),
        }
    }

    /// The snapshots in the order of tables.
    fn sources(&self) -> impl Iterator<Item = &'a Snapshot> {
        [self.usage, self.daily, self.summary, self.cloud_paks].into_iter().flatten()
    }

    /// Name of the file that the numbers rest on.
    pub(super) fn name(&self) -> &'a str {
        self.sources().next().map_or("", |snapshot| snapshot.report.name.as_str())
    }

    /// The table that a kind of row comes from.
    pub(super) fn table(&self, kind: TableKind) -> Option<&'a Table> {
        let source = match kind {
            TableKind::Usage => self.usage,
            TableKind::Daily => self.daily,
            TableKind::Summary => self.summary,
            TableKind::CloudPaks => self.cloud_paks,
            TableKind::Parts | TableKind::Bundling | TableKind::Trails => None,
        };
        source?.table(kind)
    }

    /// First and last day that the evidence states: those of the daily series, else those of `data_condition.txt`,
    /// else the days of the peaks.
    pub(super) fn period(&self) -> Option<Period> {
        let stated = || self.sources().find_map(|snapshot| snapshot.condition.as_ref()?.period());
        self.daily.and_then(Snapshot::daily_period).or_else(stated).or_else(|| {
            let days =
                || self.usage.into_iter().flat_map(|snapshot| snapshot.usage.iter().filter_map(|row| row.peak_on));
            Period::new(days().min()?, days().max()?)
        })
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
        products.extend(self.daily.iter().flat_map(|from| from.daily.iter().map(|row| from.text(row.product))));
        products.extend(self.summary.iter().flat_map(|from| from.summary.iter().map(|row| from.text(row.product))));
        products
            .extend(self.cloud_paks.iter().flat_map(|from| from.cloud_paks.iter().map(|row| from.text(row.product))));
        products
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
    fn shares_days(&self, other: &Self) -> bool {
        match (self.period(), other.period()) {
            (Some(ours), Some(theirs)) => ours.intersection(theirs).is_some(),
            _ => true,
        }
    }
}

/// Whether two lists have a text in common.
fn share(ours: Vec<&str>, mut theirs: Vec<&str>) -> bool {
    theirs.sort_unstable();
    ours.iter().any(|text| theirs.binary_search(text).is_ok())
}

/// The evidence in groups: within a group the same computers in different periods, between groups different computers.
pub(super) fn groups<'a>(snapshots: &[&'a Snapshot]) -> Result<Vec<Vec<Evidence<'a>>>, Issue> {
    let mut groups: Vec<Vec<Evidence<'a>>> = Vec::new();
    for evidence in evidence(snapshots)? {
        let shares = |group: &Vec<Evidence<'a>>| group.iter().any(|known| known.shares_computers(&evidence));
        let (related, mut others): (Vec<_>, Vec<_>) = groups.into_iter().partition(shares);
        let mut group: Vec<Evidence<'a>> = related.into_iter().flatten().collect();
        let twice = group.iter().find(|known| known.shares_computers(&evidence) && known.shares_days(&evidence));
        if let Some(known) = twice {
            let issue = Issue::new(Severity::Error, "snapshots_overlap").in_file(evidence.name());
            return Err(issue.with("other", known.name()));
        }
        group.push(evidence);
        others.push(group);
        groups = others;
    }
    Ok(groups)
}

/// Archives each by itself; single files put together, as long as there is one of each kind.
fn evidence<'a>(snapshots: &[&'a Snapshot]) -> Result<Vec<Evidence<'a>>, Issue> {
    let mut all = Vec::new();
    let mut loose = Evidence::default();
    let mut has_loose = false;
    for snapshot in snapshots.iter().copied() {
        let one = Evidence::of_archive(snapshot);
        if snapshot.report.kind != FileKind::IlmtFile {
            all.push(one);
            continue;
        }
        has_loose = true;
        let places = [
            (&mut loose.usage, one.usage),
            (&mut loose.daily, one.daily),
            (&mut loose.summary, one.summary),
            (&mut loose.cloud_paks, one.cloud_paks),
        ];
        for (place, table) in places {
            if let (Some(known), Some(_)) = (*place, table) {
                let issue = Issue::new(Severity::Error, "snapshot_files_ambiguous").in_file(&snapshot.report.name);
                return Err(issue.with("other", known.report.name.as_str()));
            }
            *place = place.or(table);
        }
    }
    all.extend(has_loose.then_some(loose));
    Ok(all)
}

//! What ILMT snapshots amount to: the demand that their rows state, checked against each other.
//!
//! ILMT has counted already; its rows say which cores of which server count for a product. The quantity of a product
//! is computed from them again (per distinct server the stated cores times the rate) and held against everything else
//! that the snapshot says: the partitions, the quantity that ILMT states, the summary, and the daily series.

mod checks;
mod demand;
mod derive;
mod evidence;
mod needed_at;
mod owner;
mod product;
mod recoverable;
mod references;
mod series;
mod series_explained;
mod timeline;
mod unread;

use jiff::civil::Date;
use litemap::LiteMap;

use crate::engine::{Quantity, Settings};
use crate::model::assessment::{Assessment, CloudPakUse, ProductDemand};
use crate::model::derivation::Derivation;
use crate::model::issue::{Issue, Severity};
use crate::model::metric::Metric;
use crate::model::period::Period;
use crate::model::snapshot::{Snapshot, SnapshotColumn, TableKind};
use crate::rules;
use evidence::Evidence;
pub use needed_at::needed_at;
use product::Product;

/// The demand of snapshots together. Those of different computers add up; of those of the same computers in different
/// periods the higher counts, product by product. Single files of one snapshot are put together first, and the daily
/// values of all clusters are one table.
///
/// # Errors
/// When two snapshots state the same computers in the same period, or when it cannot be told which files belong
/// together.
pub fn assess(snapshots: &[&Snapshot], settings: &Settings) -> Result<Assessment, Issue> {
    let groups = evidence::groups(snapshots)?;
    let period = period(&groups, settings)?;
    let mut assessment = Assessment {
        period,
        files: snapshots.iter().map(|snapshot| snapshot.report.clone()).collect(),
        issues: snapshots.iter().flat_map(|snapshot| snapshot.issues.iter().cloned()).collect(),
        table_date: rules::pvu_table::table_date(),
        ..Assessment::default()
    };
    let mut together: LiteMap<(String, Metric), ProductDemand> = LiteMap::new();
    for group in &groups {
        let mut of_group: LiteMap<(String, Metric), ProductDemand> = LiteMap::new();
        let mut of_paks = Vec::new();
        for evidence in group {
            let (products, of_series) = Product::all(evidence, settings);
            assessment.issues.extend(of_series);
            for product in products {
                let (demand, issues) = demand::of(evidence, &product, settings);
                assessment.issues.extend(issues);
                demand::insert(&mut of_group, demand, demand::higher);
            }
            of_paks = higher(of_paks, cloud_paks(evidence));
            assessment.issues.extend(checks::of_evidence(evidence));
        }
        assessment.cloud_paks.append(&mut of_paks);
        let unread = unread::of_group(group);
        assessment.unread.extend(unread);
        for demand in of_group.into_iter().map(|(_, one)| one) {
            demand::insert(&mut together, demand, demand::added);
        }
    }
    assessment.products = together.into_iter().map(|(_, one)| one).collect();
    assessment.cloud_paks.sort_by(|one, other| (&one.product, &one.metric).cmp(&(&other.product, &other.metric)));
    Ok(assessment)
}

/// How a number of a product comes about; `None` when no snapshot has that number.
pub fn explain(
    snapshots: &[&Snapshot],
    settings: &Settings,
    product: &str,
    metric: Metric,
    quantity: Quantity,
) -> Option<Derivation> {
    let groups = evidence::groups(snapshots).ok()?;
    let of_groups = groups.iter().filter_map(|group| {
        let mut ranked = Vec::new();
        for evidence in group {
            let (products, _) = Product::all(evidence, settings);
            let mut products = products.into_iter();
            let Some(found) = products.find(|known| known.name == product && known.metric == metric) else { continue };
            let Some(explained) = derive::explain(evidence, &found, settings, quantity) else { continue };
            let (demand, _) = demand::of(evidence, &found, settings);
            ranked.push((demand::rank(&demand), (evidence.name(), explained)));
        }
        if quantity == Quantity::FullCapacity {
            // Full capacity is that of the period whose sub-capacity counts.
            let highest = ranked.iter().map(|(rank, _)| *rank).max();
            let counts = ranked.iter().rposition(|(rank, _)| Some(*rank) == highest)?;
            return ranked.into_iter().nth(counts).map(|(_, (_, explained))| explained);
        }
        derive::highest(ranked.into_iter().map(|(_, found)| found).collect(), product)
    });
    derive::sum(of_groups.collect(), product)
}

/// The days of the daily series, else those that `data_condition.txt` states, within the period that is asked for.
///
/// # Errors
/// When no day is left of it.
fn period(groups: &[Vec<Evidence<'_>>], settings: &Settings) -> Result<Option<Period>, Issue> {
    let known = named(groups);
    let from = settings.from.or(known.map(Period::from));
    let to = settings.to.or(known.map(Period::to));
    let Some((from, to)) = from.zip(to) else { return Ok(None) };
    let empty = || Issue::new(Severity::Error, "period_empty").with("from", from).with("to", to);
    Period::new(from, to).map(Some).ok_or_else(empty)
}

/// The first and the last day that snapshots name; `None` when they name none.
pub fn days_named(snapshots: &[&Snapshot]) -> Option<(Date, Date)> {
    let groups = evidence::groups(snapshots).ok()?;
    named(&groups).map(|period| (period.from(), period.to()))
}

fn named(groups: &[Vec<Evidence<'_>>]) -> Option<Period> {
    let known = || groups.iter().flatten().filter_map(Evidence::period);
    Period::new(known().map(Period::from).min()?, known().map(Period::to).max()?)
}

/// Cloud Paks of the same computers in two periods: of each the one of which more is reported.
fn higher(one: Vec<CloudPakUse>, other: Vec<CloudPakUse>) -> Vec<CloudPakUse> {
    let key = |pak: &CloudPakUse| (pak.product.clone(), pak.bundle.clone(), pak.metric.clone());
    let sums = |paks: &[CloudPakUse]| {
        let mut sums: LiteMap<_, u64> = LiteMap::new();
        for pak in paks {
            let sum = sums.entry(key(pak)).or_insert(0);
            *sum = sum.saturating_add(pak.quantity);
        }
        sums
    };
    let (of_one, of_other) = (sums(&one), sums(&other));
    let of_one_counts = |pak: &CloudPakUse| of_one.get(&key(pak)) > of_other.get(&key(pak));
    let one = one.into_iter().filter(|pak| of_one_counts(pak)).collect::<Vec<_>>();
    let other = other.into_iter().filter(|pak| !of_one_counts(pak)).collect();
    [one, other].concat()
}

/// How the quantity of a Cloud Pak, of a component, or of a product that is used under a bundle comes about.
pub fn explain_reported(snapshots: &[&Snapshot], settings: &Settings, pak: &CloudPakUse) -> Derivation {
    let evidence = evidence::groups(snapshots).unwrap_or_default().into_iter().flatten();
    let of_rows = evidence.filter(|one| one.table(TableKind::Usage).is_some_and(|table| table.file == pak.file));
    let mut explained = of_rows.filter_map(|one| {
        let product = Product::bundled(&one, &pak.product, pak.bundle.as_deref()?)?;
        derive::explain(&one, &product, settings, Quantity::SubCapacity)
    });
    explained.next().unwrap_or_else(|| derive::reported(pak))
}

/// Cloud Paks and their components, and products that are used under a bundle.
fn cloud_paks(evidence: &Evidence<'_>) -> Vec<CloudPakUse> {
    let table = evidence.table(TableKind::CloudPaks);
    let listed = evidence.cloud_paks.iter().flat_map(|snapshot| {
        snapshot.cloud_paks.iter().map(|row| CloudPakUse {
            product: snapshot.text(row.product).to_owned(),
            bundle: row.bundle.map(|bundle| snapshot.text(bundle).to_owned()),
            metric: snapshot.text(row.metric).to_owned(),
            quantity: row.quantity,
            contribution: row.contribution,
            peak_on: row.peak_on,
            file: table.map_or_else(String::new, |table| table.file.clone()),
            row: row.line,
            column: table.map_or("", |table| table.header(SnapshotColumn::MetricQuantity)).to_owned(),
        })
    });
    listed.chain(product::bundled(evidence)).collect()
}

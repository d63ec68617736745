//! What ILMT snapshots amount to: the demand that their rows state, checked against each other.
//!
//! ILMT has counted already; its rows say which cores of which server count for a product. The quantity of a product
//! is computed from them again (per distinct server the stated cores times the rate) and held against everything else
//! that the snapshot says: the partitions, the quantity that ILMT states, the summary, and the daily series.

mod checks;
mod demand;
mod derive;
mod evidence;
mod places;
mod product;
mod recoverable;
mod references;

use litemap::LiteMap;

use crate::engine::{Quantity, Settings};
use crate::model::assessment::{Assessment, CloudPakUse, ProductDemand};
use crate::model::derivation::Derivation;
use crate::model::issue::Issue;
use crate::model::metric::Metric;
use crate::model::period::Period;
use crate::model::snapshot::Snapshot;
use crate::rules;
use evidence::Evidence;
pub use places::needed_at;
use product::Product;

/// The demand of snapshots together. Those of different computers add up; of those of the same computers in different
/// periods the higher counts, product by product. Single files of one snapshot are put together first.
///
/// # Errors
/// When two snapshots state the same computers in the same period, or when it cannot be told which files belong
/// together.
pub fn assess(snapshots: &[&Snapshot], settings: &Settings) -> Result<Assessment, Issue> {
    let groups = evidence::groups(snapshots)?;
    let period = period(&groups, settings);
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
        for evidence in group {
            for product in Product::all(evidence, settings) {
                let (demand, issues) = demand::of(evidence, &product, settings);
                assessment.issues.extend(issues);
                demand::insert(&mut of_group, demand, demand::higher);
            }
            assessment.cloud_paks.extend(cloud_paks(evidence));
            assessment.issues.extend(checks::of_evidence(evidence));
        }
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
        let found = group.iter().filter_map(|evidence| {
            let mut products = Product::all(evidence, settings).into_iter();
            let found = products.find(|known| known.name == product && known.metric == metric)?;
            let explained = derive::explain(evidence, &found, settings, quantity)?;
            Some((evidence.name(), explained))
        });
        derive::highest(found.collect(), product)
    });
    derive::sum(of_groups.collect(), product)
}

/// The days of the daily series, else those that `data_condition.txt` states, within the period that is asked for.
fn period(groups: &[Vec<Evidence<'_>>], settings: &Settings) -> Option<Period> {
    let known: Vec<Period> = groups.iter().flatten().filter_map(Evidence::period).collect();
    let from = settings.from.or_else(|| known.iter().map(|period| period.from()).min())?;
    let to = settings.to.or_else(|| known.iter().map(|period| period.to()).max())?;
    Period::new(from, to)
}

/// Cloud Paks and their components, and products that are used under a bundle.
fn cloud_paks(evidence: &Evidence<'_>) -> Vec<CloudPakUse> {
    let listed = evidence.cloud_paks.iter().flat_map(|snapshot| {
        snapshot.cloud_paks.iter().map(|row| CloudPakUse {
            product: snapshot.text(row.product).to_owned(),
            bundle: row.bundle.map(|bundle| snapshot.text(bundle).to_owned()),
            metric: snapshot.text(row.metric).to_owned(),
            quantity: row.quantity,
            contribution: row.contribution,
            peak_on: row.peak_on,
        })
    });
    listed.chain(product::bundled(evidence)).collect()
}

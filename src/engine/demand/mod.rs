//! What every product needs, at its peaks: the demand of estate templates and of snapshots, and how it comes about.

mod combine;
mod estate;
mod explain;
mod facts;
mod high_water;
mod inputs;
mod needed_at;
mod partitions;
pub(super) mod rates;
mod server_demand;
mod servers;
mod sub_capacity;
mod sweep;
pub mod timeline;
pub(super) mod tracer;
mod warnings;

pub use needed_at::needed_at;

use jiff::civil::Date;

use super::{Quantity, Settings, snapshot};
use crate::model::assessment::{Assessment, CloudPakUse};
use crate::model::derivation::Derivation;
use crate::model::estate::Estate;
use crate::model::issue::{Issue, Severity};
use crate::model::metric::Metric;
use crate::model::period::Period;
use crate::model::snapshot::Snapshot;
use crate::rules;

/// The demand of estate templates and snapshots together.
///
/// # Errors
/// When the period has no days, or one of its edges is named nowhere; when two snapshots state the same computers in
/// the same period.
///
/// # Examples
///
/// ```rust
/// use highwater::engine::{Settings, assess};
/// use highwater::import::{Limits, Unwatched, template};
/// use highwater::model::estate::Estate;
///
/// // Two virtual machines with 20 cores each, on a server that has 32.
/// let csv = "server,processor,sockets,cores,technology,partition,partition_cores,product,metric\n\
///     s1,Intel Xeon Gold 6130,2,32,vmware,vm1,20,IBM MQ,PVU\n\
///     s1,Intel Xeon Gold 6130,2,32,vmware,vm2,20,IBM MQ,PVU\n";
/// let mut estate = Estate::default();
/// template::read(&mut estate, "estate.csv", csv.as_bytes(), &Limits::TERMINAL, &mut Unwatched).unwrap();
///
/// // They want 40 cores and cannot use more than the server has: 32 cores x 70 PVU.
/// let assessment = assess(&estate, &[], &Settings::default()).unwrap();
/// assert_eq!(assessment.products[0].sub_capacity, Some(2_240));
/// ```
pub fn assess(estate: &Estate, snapshots: &[Snapshot], settings: &Settings) -> Result<Assessment, Issue> {
    if snapshots.is_empty() {
        return assess_estate(estate, &[], settings);
    }
    let snapshots: Vec<&Snapshot> = snapshots.iter().collect();
    let measured = snapshot::assess(&snapshots, settings)?;
    if estate.rows.is_empty() {
        return Ok(Assessment { issues: [estate.issues.clone(), measured.issues].concat(), ..measured });
    }
    Ok(combine::assessment(assess_estate(estate, &snapshots, settings)?, measured))
}

fn assess_estate(estate: &Estate, snapshots: &[&Snapshot], settings: &Settings) -> Result<Assessment, Issue> {
    let question = question(estate, snapshots, settings)?;
    let mut issues = estate.issues.clone();
    let (products, warnings) = estate::assess(estate, question);
    issues.extend(warnings);
    Ok(Assessment {
        period: question.dated.then_some(question.period),
        products,
        issues,
        table_date: rules::pvu_table::table_date(),
        ..Assessment::default()
    })
}

/// How a number of a product comes about; `None` when nothing has that product in that metric, or not that number.
///
/// # Examples
///
/// ```rust
/// # use highwater::import::{Limits, Unwatched, template};
/// # use highwater::model::estate::Estate;
/// use highwater::engine::{Quantity, Settings, explain};
/// use highwater::model::{derivation::Operation, metric::Metric};
///
/// let csv = "server,processor,sockets,cores,technology,partition,partition_cores,product,metric\n\
///     s1,Intel Xeon Gold 6130,2,32,vmware,vm1,8,IBM MQ,PVU\n";
/// # let mut estate = Estate::default();
/// # template::read(&mut estate, "estate.csv", csv.as_bytes(), &Limits::TERMINAL, &mut Unwatched).unwrap();
/// let settings = Settings::default();
/// let product = explain(&estate, &[], &settings, "IBM MQ", Metric::Pvu, Quantity::FullCapacity).unwrap();
///
/// // A product is the sum of its regions, a region that of its servers. The server has 32 cores at 70 PVU each.
/// let server = &product.children[0].children[0].children[0];
/// assert_eq!((server.operation, server.value), (Operation::Product, Some(2_240.into())));
/// assert_eq!((server.children[0].value, server.children[1].value), (Some(32.into()), Some(70.into())));
/// ```
pub fn explain(
    estate: &Estate,
    snapshots: &[Snapshot],
    settings: &Settings,
    product: &str,
    metric: Metric,
    quantity: Quantity,
) -> Option<Derivation> {
    let snapshots: Vec<&Snapshot> = snapshots.iter().collect();
    let measured = snapshot::explain(&snapshots, settings, product, metric, quantity);
    let of_estate =
        question(estate, &snapshots, settings).ok().zip(estate.names.find(product)).and_then(|(question, name)| {
            let known = estate.rows.iter().any(|row| (row.product, row.metric) == (name, metric));
            known.then(|| explain::explain(estate, question, (name, metric), quantity)).flatten()
        });
    combine::derivation(product, metric, of_estate, measured)
}

/// How what ILMT reports of a Cloud Pak, a component, or a product under a bundle comes about.
pub fn explain_reported(snapshots: &[Snapshot], settings: &Settings, pak: &CloudPakUse) -> Derivation {
    let snapshots: Vec<&Snapshot> = snapshots.iter().collect();
    snapshot::explain_reported(&snapshots, settings, pak)
}

/// The period to assess, each edge by itself.
fn question(estate: &Estate, snapshots: &[&Snapshot], settings: &Settings) -> Result<estate::EstateQuery, Issue> {
    let of_snapshots = if snapshots.is_empty() { None } else { snapshot::days_named(snapshots) };
    let named = match (estate::days_named(estate), of_snapshots) {
        (Some((from, to)), Some((first, last))) => Some((from.min(first), to.max(last))),
        (one, other) => one.or(other),
    };
    let from = settings.from.or(named.map(|(first, _)| first));
    let to = settings.to.or(named.map(|(_, last)| last));
    let refuse = |code| Err(Issue::new(Severity::Error, code));
    let (period, dated) = match (from, to) {
        (Some(from), Some(to)) => match Period::new(from, to) {
            Some(period) => (period, true),
            None => return Err(Issue::new(Severity::Error, "period_empty").with("from", from).with("to", to)),
        },
        // No date anywhere: the quantities are constant, and any one day stands for all.
        (None, None) => match Period::new(Date::ZERO, Date::ZERO) {
            Some(period) => (period, false),
            None => return refuse("period_empty"),
        },
        (Some(_), None) => return refuse("period_without_end"),
        (None, Some(_)) => return refuse("period_without_start"),
    };
    Ok(estate::EstateQuery { period, dated, rounding: settings.rounding, threads: settings.threads })
}

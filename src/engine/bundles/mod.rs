//! What components use of their bundles (semantics, section 11).

mod explain;

use litemap::LiteMap;

use rust_decimal::Decimal;

use crate::model::bundle::{Environment, Part, Rounding};
use crate::model::fraction::Fraction;
use crate::model::issue::{Issue, Severity};
use crate::rules::additional_entitlements::{self, AdditionalEntitlement};
use crate::rules::bundles::{self, Conversion, Counted, Ratio, known_as};

pub use explain::{explain, explain_component};

/// A bundle and what is needed of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleUse {
    /// Its name in the catalogue.
    pub bundle: String,
    /// The version whose text counts; `None` where the texts name none, or the catalogue has not that one.
    pub version: Option<String>,
    /// What it is counted in; empty when nothing of it could be converted.
    pub unit: String,
    /// What its components use together.
    pub total: u64,
    /// Where the total was rounded up.
    pub rounding: Rounding,
    /// The `OpenShift` cores that come with it; `None` when the text gives no ratio.
    pub open_shift: Option<u64>,
    /// Its components, sorted by name, environment and metric.
    pub components: Vec<ComponentUse>,
}

impl BundleUse {
    /// What is entitled of other programs on top of what is needed of the bundle, with the rows that say so.
    pub fn additional(&self) -> Vec<Additional> {
        let rows = additional_entitlements::with(&self.bundle, self.version.as_deref().unwrap_or_default());
        rows.map(|row| Additional { row, quantity: row.quantity(self.total) }).collect()
    }
}

/// An entitlement of another program that comes on top of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Additional {
    /// The row with its licence text.
    pub row: &'static AdditionalEntitlement,
    /// How much of the row's metric, which may be a fraction; `None` when it is too large.
    pub quantity: Option<Decimal>,
}

/// A component and what it uses of its bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentUse {
    /// Its name: that of the catalogue, else as written.
    pub component: String,
    /// Where it is used.
    pub environment: Environment,
    /// What it is counted in.
    pub metric: String,
    /// How much of it there is.
    pub quantity: Decimal,
    /// The parts that say so, by their files and lines.
    pub parts: Vec<Part>,
    /// How it is converted; `None` when the catalogue has no row for it.
    pub conversion: Option<&'static Conversion>,
    /// What it uses of the bundle, exactly; `None` when it cannot be converted.
    pub exact: Option<Fraction>,
    /// The same, rounded up by itself: the parts of the total when each is rounded.
    pub contribution: Option<u64>,
}

impl ComponentUse {
    /// What else the licence text says about it: that it is not counted here, and the note of its row.
    pub fn note(&self) -> Option<String> {
        let row = self.conversion?;
        let free = match row.counted {
            Counted::Nowhere => "Not counted",
            Counted::InProduction if row.is_free_in(self.environment) => "Not counted in non-production",
            Counted::InProduction | Counted::Everywhere => "",
        };
        let notes = [free, row.note.as_str()];
        let said: Vec<&str> = notes.into_iter().filter(|note| !note.is_empty()).collect();
        (!said.is_empty()).then(|| said.join("; "))
    }

    /// The ratio that counts; `None` where nothing is counted, too.
    pub fn ratio(&self) -> Option<Ratio> {
        self.conversion.and_then(|conversion| conversion.ratio)
    }
}

/// A bundle of the catalogue, and one of its versions.
type Version = (&'static str, Option<&'static str>);

/// A component in an environment and metric.
type Key = (String, Environment, String);

/// What the parts use of their bundles, sorted by name and version, and what could not be converted. Each component is
/// rounded up.
pub fn used(parts: &[Part]) -> (Vec<BundleUse>, Vec<Issue>) {
    used_rounded(parts, Rounding::default())
}

/// The same, rounded up where the user says.
pub fn used_rounded(parts: &[Part], rounding: Rounding) -> (Vec<BundleUse>, Vec<Issue>) {
    let mut issues = Vec::new();
    let mut found: LiteMap<Version, LiteMap<Key, Vec<&Part>>> = LiteMap::new();
    for part in parts {
        let Some(bundle) = bundles::find(&part.bundle, &part.version) else {
            let issue = Issue::new(Severity::Error, "bundle_unknown").in_column("bundle");
            let issue = issue.in_file(&part.file).at_row(part.line);
            issues.push(issue.with("bundle", part.bundle.as_str()));
            continue;
        };
        let (component, speaks_of) = known_as(&part.component);
        let (metric, _) = known_as(part.metric.as_deref().unwrap_or("VPC"));
        let environment = part.environment.or(speaks_of).unwrap_or(Environment::Production);
        let key = (component.to_owned(), environment, metric.to_owned());
        found.entry(bundle).or_default().entry(key).or_default().push(part);
    }
    let mut uses = Vec::new();
    for ((bundle, version), components) in found {
        let components: Vec<ComponentUse> = components
            .into_iter()
            .map(|((component, environment, metric), mut parts)| {
                parts.sort_by_key(|part| (&part.file, part.line, part.quantity));
                let quantity = parts.iter().map(|part| part.quantity).fold(Decimal::ZERO, Decimal::saturating_add);
                let conversion =
                    version.and_then(|version| conversion(bundle, version, &component, environment, &metric));
                let exact = conversion.and_then(|row| exact(row, environment, quantity));
                let contribution = exact.and_then(Fraction::ceil);
                if contribution.is_none() {
                    let issue = unconverted(bundle, version, &component, environment, &metric);
                    issues.extend(parts.first().map(|first| issue.in_file(&first.file).at_row(first.line)));
                }
                let parts = parts.into_iter().cloned().collect();
                ComponentUse { component, environment, metric, quantity, parts, conversion, exact, contribution }
            })
            .collect();
        let total = total(&components, rounding);
        let unit = components.iter().find_map(|one| one.conversion).map_or(String::new(), |row| row.unit.clone());
        let grant = version.and_then(|version| bundles::open_shift(bundle, version, total));
        if grant.is_none() {
            let text = [bundle, version.unwrap_or_default()].join(" ");
            issues.push(Issue::new(Severity::Info, "bundle_without_open_shift").with("bundle", text.trim_end()));
        }
        uses.push(BundleUse {
            bundle: bundle.to_owned(),
            version: version.filter(|version| !version.is_empty()).map(str::to_owned),
            unit,
            total,
            rounding,
            open_shift: grant.map(|(cores, _)| cores),
            components,
        });
    }
    (uses, issues)
}

/// The row for a component: one for its environment goes before one for both.
fn conversion(
    bundle: &str,
    version: &str,
    component: &str,
    environment: Environment,
    metric: &str,
) -> Option<&'static Conversion> {
    let fits = |row: &&'static Conversion| {
        row.bundle == bundle
            && row.version == version
            && row.component == component
            && row.metric == metric
            && row.environment.is_none_or(|known| known == environment)
    };
    bundles::conversions().iter().filter(fits).max_by_key(|row| row.environment.is_some())
}

fn exact(row: &Conversion, environment: Environment, quantity: Decimal) -> Option<Fraction> {
    if row.is_free_in(environment) {
        return Some(Fraction::ZERO);
    }
    row.ratio?.exact(quantity)
}

/// What the components that could be converted use together; a sum that is too large stays at the largest number.
fn total(components: &[ComponentUse], rounding: Rounding) -> u64 {
    let converted = components.iter().filter(|one| one.contribution.is_some());
    match rounding {
        Rounding::Each => converted.filter_map(|one| one.contribution).fold(0, u64::saturating_add),
        Rounding::Once => {
            let sum = converted.filter_map(|one| one.exact).try_fold(Fraction::ZERO, Fraction::plus);
            sum.and_then(Fraction::ceil).unwrap_or(u64::MAX)
        }
    }
}

fn unconverted(bundle: &str, version: Option<&str>, component: &str, environment: Environment, metric: &str) -> Issue {
    let issue = if version.is_none() {
        Issue::new(Severity::Error, "bundle_version_unknown")
    } else {
        Issue::new(Severity::Error, "bundle_component_unknown")
            .with("environment", environment.name())
            .with("metric", metric)
    };
    issue.with("bundle", bundle).with("component", component)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(bundle: &str, component: &str, environment: Option<Environment>, quantity: i64) -> Part {
        Part {
            file: String::new(),
            line: 2,
            bundle: bundle.to_owned(),
            version: String::new(),
            component: component.to_owned(),
            environment,
            metric: None,
            quantity: quantity.into(),
        }
    }

    #[test]
    fn contributions_are_rounded_up_each_and_then_added() {
        // Golden example 32: WAS ND 3 (1:1) and WAS 4 (4:1) are 4 of Cloud Pak for Applications.
        let parts = [
            part("IBM Cloud Pak for Applications", "IBM WebSphere Application Server Network Deployment", None, 3),
            part("IBM Cloud Pak for Applications", "IBM WebSphere Application Server", None, 4),
        ];
        let (uses, issues) = used(&parts);
        assert_eq!((uses.len(), uses[0].total, uses[0].version.clone()), (1, 4, None));
        assert!(issues.iter().all(|issue| issue.severity == Severity::Info), "{issues:?}");
    }

    #[test]
    fn what_comes_on_top_follows_what_is_needed_of_the_bundle() {
        let studio = "IBM Watson Studio Premium Extension for IBM Cloud Pak for Data";
        let part = Part {
            metric: Some("PVU".to_owned()),
            ..part(studio, "IBM ILOG CPLEX Optimizer Deployment Edition", None, 210)
        };
        let (uses, _) = used(&[part]);
        let additional: Vec<_> =
            uses[0].additional().iter().map(|one| (one.row.metric.as_str(), one.quantity)).collect();
        assert_eq!((uses[0].total, additional), (3, vec![("VPC", Some(38.into())), ("VPC", Some(3.into()))]));
    }

    #[test]
    fn rounded_once_the_fractions_of_all_components_are_added_first() {
        // 2/3 and 2/11 are 28/33: 1 when rounded once, 2 when each is rounded.
        let advanced = "IBM Cloud Pak for Applications Advanced";
        let parts = [
            part(advanced, "IBM WebSphere Application Server Network Deployment", None, 1),
            part(advanced, "IBM WebSphere Application Server", None, 1),
        ];
        let of = |rounding| {
            let (uses, _) = used_rounded(&parts, rounding);
            let exact: Vec<_> =
                uses[0].components.iter().filter_map(|one| one.exact).map(|one| one.to_string()).collect();
            (exact.join(" "), uses[0].total, uses[0].rounding)
        };
        assert_eq!(of(Rounding::Once), ("2/11 2/3".to_owned(), 1, Rounding::Once));
        assert_eq!(of(Rounding::Each), ("2/11 2/3".to_owned(), 2, Rounding::Each));
    }

    #[test]
    fn what_cannot_be_converted_counts_nothing_in_either_total() {
        let parts = [part("CP4I", "IBM MQ Advanced", None, 3), part("CP4I", "no such", None, 3)];
        let totals = Rounding::ALL.map(|rounding| used_rounded(&parts, rounding).0[0].total);
        assert_eq!(totals, [2, 2]);
    }

    #[test]
    fn lines_of_one_component_are_added_before_they_are_converted() {
        let parts = [part("CP4I", "IBM MQ Advanced", None, 1), part("CP4I", "mq advanced", None, 1)];
        let (uses, _) = used(&parts);
        assert_eq!((uses[0].total, uses[0].components.len()), (1, 1));
    }

    #[test]
    fn a_metric_is_the_same_however_it_is_spelt() {
        let spelt = |metric: &str| Part { metric: Some(metric.to_owned()), ..part("CP4I", "IBM MQ Advanced", None, 1) };
        let (uses, _) = used(&[spelt("VPC"), spelt("vpc"), spelt("Virtual Processor Core")]);
        assert_eq!((uses[0].components.len(), uses[0].total), (1, 2));
    }

    #[test]
    fn a_name_of_ilmt_speaks_of_the_environment() {
        let (uses, _) = used(&[part("CP4I", "IBM MQ Advanced for Non-Production Environment", None, 9)]);
        let one = &uses[0].components[0];
        assert_eq!((one.component.as_str(), one.environment), ("IBM MQ Advanced", Environment::NonProduction));
        assert_eq!((one.ratio().map(Ratio::text), one.contribution), (Some("4:1".to_owned()), Some(3)));
    }

    #[test]
    fn what_is_not_counted_outside_of_production_contributes_nothing_there() {
        let non_production = Some(Environment::NonProduction);
        let parts = [
            part("CP4BA", "Business Automation Insights", non_production, 8),
            part("CP4BA", "Business Automation Insights", None, 8),
        ];
        let (uses, _) = used(&parts);
        let contributions: Vec<_> = uses[0].components.iter().map(|one| one.contribution).collect();
        assert_eq!((contributions, uses[0].total, uses[0].open_shift), (vec![Some(0), Some(8)], 8, Some(24)));
    }

    #[test]
    fn what_the_text_lists_as_not_counted_contributes_nothing_anywhere() {
        let (uses, issues) = used(&[part("CP4D", "Cloud Pak for Data control plane", None, 24)]);
        let one = &uses[0].components[0];
        assert_eq!((one.contribution, one.ratio(), uses[0].total), (Some(0), None, 0));
        assert!(one.note().unwrap().starts_with("Not counted; "));
        assert!(issues.iter().all(|issue| issue.severity == Severity::Info), "{issues:?}");
    }

    #[test]
    fn a_replica_outside_of_production_has_the_ratio_of_that_environment() {
        let name = "MQ Advanced High Availability Replica for Non-Production Environment";
        let (uses, _) = used(&[part("CP4I", name, None, 60)]);
        // 20:1 outside of production.
        assert_eq!(uses[0].total, 3);
        // The column goes before the name: 10:1 in production.
        assert_eq!(used(&[part("CP4I", name, Some(Environment::Production), 60)]).0[0].total, 6);
    }

    #[test]
    fn what_has_no_row_is_not_converted_and_told() {
        let (uses, issues) = used(&[part("CP4I", "IBM MQ for Non-Production", None, 1), part("CP9", "x", None, 1)]);
        assert_eq!((uses[0].components[0].contribution, uses[0].total), (None, 0));
        let codes: Vec<_> = issues.iter().map(|issue| issue.code.as_ref()).collect();
        assert_eq!(codes, ["bundle_unknown", "bundle_component_unknown", "bundle_without_open_shift"]);
    }
}

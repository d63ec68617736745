//! What components use of their bundles (semantics, section 11).

mod convert;
mod explain;

use std::sync::Arc;

use litemap::LiteMap;

use rust_decimal::Decimal;

use crate::model::bundle::{BundlePart, Environment, Rounding};
use crate::model::fraction::Fraction;
use crate::model::issue::{Issue, Severity};
use crate::model::message::Message;
use crate::rules::additional_entitlements::{self, AdditionalEntitlement};
use crate::rules::bundles::{self, Conversion, Counted, Ratio, known_as, metric_as};

use convert::{conversion, exact, total, unconverted};
pub use explain::{explain, explain_component};

/// Which licence text of a bundle the catalogue has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LicenceText {
    /// That of its version.
    #[default]
    OfVersion,
    /// Only of other versions.
    OfOthers,
    /// None: it knows no such bundle.
    Nothing,
}

/// A bundle and what is needed of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleUse {
    /// Its name in the catalogue; as it is written when the catalogue has no such bundle.
    pub bundle: String,
    /// The version whose text counts, or as it is written where the catalogue has not that one; `None` where neither
    /// names one.
    pub version: Option<String>,
    /// Which text of it the catalogue has.
    pub text: LicenceText,
    /// What it is counted in, as the catalogue knows it of any version; empty when it knows no such bundle.
    pub unit: String,
    /// What its components use together; `None` when it is not known of one of them.
    pub total: Option<u64>,
    /// Where the total was rounded up.
    pub rounding: Rounding,
    /// The `OpenShift` cores that come with it; `None` when the text gives no ratio, or the total is not known.
    pub open_shift: Option<u64>,
    /// Its components, sorted by name, environment and metric.
    pub components: Vec<ComponentUse>,
}

impl BundleUse {
    /// Its name with its version.
    pub fn title(&self) -> String {
        titled(&self.bundle, self.version.as_deref().unwrap_or_default())
    }

    /// What is entitled of other programs on top of what is needed of the bundle, with the rows that say so.
    pub fn additional(&self) -> Vec<Additional> {
        let rows = additional_entitlements::with(&self.bundle, self.version.as_deref().unwrap_or_default());
        rows.map(|row| Additional { row, quantity: self.total.and_then(|total| row.quantity(total)) }).collect()
    }

    /// Why its total is not known, sentence by sentence; empty when it is.
    pub fn reasons(&self) -> Vec<Message> {
        if self.total.is_some() {
            return Vec::new();
        }
        let of_components = self.components.iter().filter(|one| one.contribution.is_none());
        let reasons: Vec<Message> =
            of_components.filter_map(|one| one.unconverted.as_ref()).map(Issue::message).collect();
        if reasons.is_empty() { vec![self.too_large().message()] } else { reasons }
    }

    fn too_large(&self) -> Issue {
        Issue::new(Severity::Error, "bundle_total_too_large").with("bundle", self.title())
    }
}

/// An entitlement of another program that comes on top of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Additional {
    /// The row with its licence text.
    pub row: &'static AdditionalEntitlement,
    /// How much of the row's metric, which may be a fraction; `None` when what is needed of the bundle is not known, or it
    /// is too large.
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
    pub parts: Vec<Arc<BundlePart>>,
    /// How it is converted; `None` when the catalogue has no row for it.
    pub conversion: Option<&'static Conversion>,
    /// What it uses of the bundle, exactly; `None` when it cannot be converted. Nothing of it uses nothing.
    pub exact: Option<Fraction>,
    /// The same, rounded up by itself: the parts of the total when each is rounded.
    pub contribution: Option<u64>,
    /// Why it cannot be converted.
    pub unconverted: Option<Issue>,
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

/// The version that parts speak of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NamedVersion {
    /// One that the catalogue has.
    Known(&'static str),
    /// Another one, in small letters.
    NoVersion(String),
    /// One of a bundle that the catalogue has not, in small letters.
    NoBundle(String),
}

impl NamedVersion {
    const fn text(&self) -> LicenceText {
        match self {
            Self::Known(_) => LicenceText::OfVersion,
            Self::NoVersion(_) => LicenceText::OfOthers,
            Self::NoBundle(_) => LicenceText::Nothing,
        }
    }
}

/// A bundle as it is compared, and its version.
type BundleVersionKey = (String, NamedVersion);

/// A component in an environment and metric.
type ComponentKey = (String, Environment, String);

/// What the parts use of their bundles, sorted by name and version, and what could not be converted. `rounding`
/// says whether each component is rounded up, or their sum.
pub fn used_rounded(parts: &[Arc<BundlePart>], rounding: Rounding) -> (Vec<BundleUse>, Vec<Issue>) {
    let mut found: LiteMap<BundleVersionKey, LiteMap<ComponentKey, Vec<&Arc<BundlePart>>>> = LiteMap::new();
    for part in parts {
        let bundle = match bundles::find(&part.bundle, &part.version) {
            Some((bundle, bundles::BundleVersion::Known(version))) => (bundle.to_owned(), NamedVersion::Known(version)),
            Some((bundle, bundles::BundleVersion::Unknown(version))) => {
                (bundle.to_owned(), NamedVersion::NoVersion(version.to_lowercase()))
            }
            None => (bundles::matched_as(&part.bundle), NamedVersion::NoBundle(part.version.trim().to_lowercase())),
        };
        let (component, speaks_of) = known_as(&part.component);
        let metric = metric_as(part.metric.as_deref().unwrap_or("VPC"));
        let environment = part.environment.or(speaks_of).unwrap_or(Environment::Production);
        let key = (component.to_owned(), environment, metric);
        found.entry(bundle).or_default().entry(key).or_default().push(part);
    }
    let mut uses: Vec<BundleUse> = found
        .into_iter()
        .map(|((bundle, spoken), components)| used_of(bundle, &spoken, components, rounding))
        .collect();
    uses.sort_by(|one, other| (&one.bundle, &one.version).cmp(&(&other.bundle, &other.version)));
    let issues = uses.iter().flat_map(issues).collect();
    (uses, issues)
}

/// What is used of one bundle.
fn used_of(
    bundle: String,
    spoken: &NamedVersion,
    components: LiteMap<ComponentKey, Vec<&Arc<BundlePart>>>,
    rounding: Rounding,
) -> BundleUse {
    let parts = || components.values().flatten();
    // Spelt in several ways, it does not depend on the order of the lines which one is shown.
    let (name, version) = match spoken {
        NamedVersion::Known(version) => (bundle, (*version).to_owned()),
        NamedVersion::NoVersion(_) => {
            let written = parts().filter_map(|part| match bundles::find(&part.bundle, &part.version)?.1 {
                bundles::BundleVersion::Unknown(version) => Some(version),
                bundles::BundleVersion::Known(_) => None,
            });
            (bundle, written.min().unwrap_or_default().to_owned())
        }
        NamedVersion::NoBundle(_) => {
            let name = parts().map(|part| part.bundle.trim()).min().unwrap_or_default().to_owned();
            (name, parts().map(|part| part.version.trim()).min().unwrap_or_default().to_owned())
        }
    };
    let components: Vec<ComponentUse> = components
        .into_iter()
        .map(|((component, environment, metric), mut parts)| {
            parts.sort_by_key(|part| (&part.file, part.line, part.quantity));
            let quantity = parts.iter().map(|part| part.quantity).fold(Decimal::ZERO, Decimal::saturating_add);
            let conversion = match spoken {
                NamedVersion::Known(version) => conversion(&name, version, &component, environment, &metric),
                NamedVersion::NoVersion(_) | NamedVersion::NoBundle(_) => None,
            };
            let exact = match conversion {
                Some(row) => exact(row, environment, quantity),
                None => quantity.is_zero().then_some(Fraction::ZERO),
            };
            let contribution = exact.and_then(Fraction::ceil);
            let parts = parts.into_iter().cloned().collect();
            let mut one = ComponentUse {
                component,
                environment,
                metric,
                quantity,
                parts,
                conversion,
                exact,
                contribution,
                unconverted: None,
            };
            one.unconverted = unconverted(&name, &version, spoken, &one);
            one
        })
        .collect();
    let total = total(&components, rounding);
    let open_shift = match spoken {
        NamedVersion::Known(version) => total.and_then(|total| bundles::open_shift(&name, version, total)),
        NamedVersion::NoVersion(_) | NamedVersion::NoBundle(_) => None,
    };
    let (unit, text) = (bundles::unit_of(&name).to_owned(), spoken.text());
    let version = Some(version).filter(|version| !version.is_empty());
    let open_shift = open_shift.map(|(cores, _)| cores);
    BundleUse { bundle: name, version, text, unit, total, rounding, open_shift, components }
}

/// What is to be said of a bundle.
fn issues(one: &BundleUse) -> Vec<Issue> {
    let mut issues: Vec<Issue> = one.components.iter().filter_map(|part| part.unconverted.clone()).collect();
    if one.total.is_none() && one.components.iter().all(|part| part.contribution.is_some()) {
        issues.push(one.too_large());
    }
    let version = one.version.as_deref().unwrap_or_default();
    let follows =
        one.text == LicenceText::OfOthers || one.total.is_none() && bundles::brings_open_shift(&one.bundle, version);
    let told = match one.open_shift {
        Some(_) => None,
        None if one.text == LicenceText::Nothing => None,
        None if follows => Some(Issue::new(Severity::Info, "bundle_open_shift_unknown")),
        None => Some(Issue::new(Severity::Info, "bundle_without_open_shift")),
    };
    issues.extend(told.map(|issue| issue.with("bundle", one.title())));
    issues
}

/// A bundle with its version.
fn titled(bundle: &str, version: &str) -> String {
    [bundle, version].join(" ").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::list::SharedLines;

    fn used_rounded(parts: &[BundlePart], rounding: Rounding) -> (Vec<BundleUse>, Vec<Issue>) {
        super::used_rounded(&SharedLines::of(parts), rounding)
    }

    fn used(parts: &[BundlePart]) -> (Vec<BundleUse>, Vec<Issue>) {
        used_rounded(parts, Rounding::default())
    }

    fn part(bundle: &str, component: &str, environment: Option<Environment>, quantity: i64) -> BundlePart {
        BundlePart {
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
        assert_eq!((uses.len(), uses[0].total, uses[0].version.clone()), (1, Some(4), None));
        assert!(issues.iter().all(|issue| issue.severity == Severity::Info), "{issues:?}");
    }

    #[test]
    fn what_comes_on_top_follows_what_is_needed_of_the_bundle() {
        let studio = "IBM Watson Studio Premium Extension for IBM Cloud Pak for Data";
        let part = BundlePart {
            metric: Some("PVU".to_owned()),
            ..part(studio, "IBM ILOG CPLEX Optimizer Deployment Edition", None, 210)
        };
        let (uses, _) = used(&[part]);
        let additional: Vec<_> =
            uses[0].additional().iter().map(|one| (one.row.metric.as_str(), one.quantity)).collect();
        assert_eq!((uses[0].total, additional), (Some(3), vec![("VPC", Some(38.into())), ("VPC", Some(3.into()))]));
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
        assert_eq!(of(Rounding::Once), ("2/11 2/3".to_owned(), Some(1), Rounding::Once));
        assert_eq!(of(Rounding::Each), ("2/11 2/3".to_owned(), Some(2), Rounding::Each));
    }

    #[test]
    fn what_cannot_be_converted_makes_the_total_unknown_however_it_is_rounded() {
        let parts = [part("CP4I", "IBM MQ Advanced", None, 3), part("CP4I", "no such", None, 3)];
        for rounding in Rounding::ALL {
            let (uses, _) = used_rounded(&parts, rounding);
            let reasons: Vec<_> = uses[0].reasons().into_iter().map(|reason| reason.key).collect();
            assert_eq!((uses[0].total, reasons), (None, vec!["issue.bundle_component_unknown".into()]));
        }
    }

    #[test]
    fn nothing_of_what_cannot_be_converted_uses_nothing() {
        let parts = [part("CP4I", "IBM MQ Advanced", None, 3), part("CP4I", "no such", None, 0)];
        for rounding in Rounding::ALL {
            let (uses, issues) = used_rounded(&parts, rounding);
            assert_eq!((uses[0].total, uses[0].reasons()), (Some(2), Vec::new()));
            assert_eq!((issues[0].code.as_ref(), issues[0].severity), ("bundle_component_unknown", Severity::Warning));
        }
    }

    #[test]
    fn what_is_too_large_to_be_told_is_not_known() {
        let (uses, issues) = used(&[part("CP4I", "IBM App Connect Enterprise", None, i64::MAX)]);
        assert_eq!((uses[0].total, issues[0].code.as_ref()), (None, "bundle_quantity_too_large"));
        // 1:1 and 1:3: each can be told, and their sum, 1.1 times the largest number, cannot.
        let parts = [
            part("CP4I", "IBM App Connect Enterprise", None, i64::MAX / 5),
            part("CP4I", "IBM API Connect", None, i64::MAX),
            part("CP4I", "IBM Event Streams", None, i64::MAX / 2),
        ];
        let (uses, issues) = used(&parts);
        assert_eq!((uses[0].total, uses[0].reasons().len()), (None, 1), "{issues:?}");
        assert_eq!(issues[0].code, "bundle_total_too_large");
    }

    #[test]
    fn versions_that_the_catalogue_has_not_stand_each_by_itself_as_written() {
        let of_version = |version: &str| BundlePart { version: version.to_owned(), ..part("CP4I", "IBM MQ", None, 7) };
        let parts = [
            of_version("0.0.9"),
            of_version("0.0.8"),
            part("Cloud Pak for Integration 9.9x", "IBM MQ", None, 1),
            of_version("9.9X"),
            of_version(""),
        ];
        let (uses, issues) = used(&parts);
        let seen: Vec<_> = uses.iter().map(|one| (one.version.as_deref(), one.unit.as_str(), one.total)).collect();
        // 4:1: 7 of the component are two of the bundle.
        let unknown = |version| (Some(version), "VPC", None);
        assert_eq!(
            seen,
            [unknown("0.0.8"), unknown("0.0.9"), (Some("2020.1.1"), "VPC", Some(2)), unknown("9.9X")],
            "9.9x and 9.9X are one version"
        );
        let named: Vec<_> = issues.iter().filter(|issue| issue.code == "bundle_version_unknown").map(said).collect();
        for (version, sentence) in ["0.0.8", "0.0.9", "9.9X"].into_iter().zip(&named) {
            assert!(sentence.contains(version), "{sentence}");
        }
        assert_eq!(named.len(), 3);
    }

    fn said(issue: &Issue) -> String {
        format!("{:?}", issue.args)
    }

    #[test]
    fn a_version_whose_text_gives_no_ratio_has_the_unit_of_the_others() {
        let (uses, issues) = used(&[BundlePart { version: "2022.2".to_owned(), ..part("CP4I", "IBM MQ", None, 10) }]);
        assert_eq!((uses[0].total, uses[0].unit.as_str(), uses[0].open_shift), (None, "VPC", None));
        let codes: Vec<_> = issues.iter().map(|issue| issue.code.as_ref()).collect();
        assert_eq!(codes, ["bundle_component_unknown", "bundle_open_shift_unknown"]);
    }

    #[test]
    fn what_follows_from_an_unknown_total_is_not_known() {
        let unknown = part("CP4BA", "no such", None, 8);
        let (uses, issues) = used(&[unknown]);
        assert_eq!((uses[0].total, uses[0].open_shift), (None, None));
        assert!(issues.iter().any(|issue| issue.code == "bundle_open_shift_unknown"));
        let studio = "IBM Watson Studio Premium Extension for IBM Cloud Pak for Data";
        let (uses, _) = used(&[part(studio, "no such", None, 8)]);
        let additional: Vec<_> = uses[0].additional().iter().map(|one| one.quantity).collect();
        assert_eq!(additional, [None, None]);
    }

    #[test]
    fn lines_of_one_component_are_added_before_they_are_converted() {
        let parts = [part("CP4I", "IBM MQ Advanced", None, 1), part("CP4I", "mq advanced", None, 1)];
        let (uses, _) = used(&parts);
        assert_eq!((uses[0].total, uses[0].components.len()), (Some(1), 1));
    }

    #[test]
    fn a_metric_is_the_same_however_it_is_spelt() {
        let spelt =
            |metric: &str| BundlePart { metric: Some(metric.to_owned()), ..part("CP4I", "IBM MQ Advanced", None, 1) };
        let (uses, _) = used(&[spelt("VPC"), spelt("vpc"), spelt("Virtual Processor Core")]);
        assert_eq!((uses[0].components.len(), uses[0].total), (1, Some(2)));
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
        assert_eq!((contributions, uses[0].total, uses[0].open_shift), (vec![Some(0), Some(8)], Some(8), Some(24)));
    }

    #[test]
    fn what_the_text_lists_as_not_counted_contributes_nothing_anywhere() {
        let (uses, issues) = used(&[part("CP4D", "Cloud Pak for Data control plane", None, 24)]);
        let one = &uses[0].components[0];
        assert_eq!((one.contribution, one.ratio(), uses[0].total), (Some(0), None, Some(0)));
        assert!(one.note().unwrap().starts_with("Not counted; "));
        assert!(issues.iter().all(|issue| issue.severity == Severity::Info), "{issues:?}");
    }

    #[test]
    fn a_replica_outside_of_production_has_the_ratio_of_that_environment() {
        let name = "MQ Advanced High Availability Replica for Non-Production Environment";
        let (uses, _) = used(&[part("CP4I", name, None, 60)]);
        // 20:1 outside of production.
        assert_eq!(uses[0].total, Some(3));
        // The column goes before the name: 10:1 in production.
        assert_eq!(used(&[part("CP4I", name, Some(Environment::Production), 60)]).0[0].total, Some(6));
    }

    #[test]
    fn a_bundle_that_the_catalogue_does_not_know_is_listed_with_an_unknown_total() {
        let other = |name: &str| BundlePart { version: "1".to_owned(), ..part(name, "x", None, 1) };
        let (uses, issues) =
            used(&[other("CP9"), other("IBM cp9"), part("CP4I", "IBM MQ for Non-Production", None, 1)]);
        let seen: Vec<_> = uses.iter().map(|one| (one.bundle.as_str(), one.unit.as_str(), one.total)).collect();
        assert_eq!(seen, [("CP9", "", None), ("IBM Cloud Pak for Integration", "VPC", None)]);
        assert_eq!((uses[0].version.as_deref(), uses[0].components[0].quantity), (Some("1"), 2.into()));
        let codes: Vec<_> = issues.iter().map(|issue| issue.code.as_ref()).collect();
        assert_eq!(codes, ["bundle_unknown", "bundle_component_unknown", "bundle_without_open_shift"]);
    }
}

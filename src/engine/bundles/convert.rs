//! What one component uses of its bundle, and why nobody can tell.

use rust_decimal::Decimal;

use super::{ComponentUse, NamedVersion, titled};
use crate::model::bundle::{Environment, Rounding};
use crate::model::fraction::Fraction;
use crate::model::issue::{Issue, Severity};
use crate::model::metric;
use crate::rules::bundles::{self, Conversion};

/// The row for a component: one for its environment goes before one for both.
pub(super) fn conversion(
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

pub(super) fn exact(row: &Conversion, environment: Environment, quantity: Decimal) -> Option<Fraction> {
    if row.is_free_in(environment) {
        return Some(Fraction::ZERO);
    }
    row.ratio?.exact(quantity)
}

/// What the components use together; not known when it is not known of one of them, or too large to be told.
pub(super) fn total(components: &[ComponentUse], rounding: Rounding) -> Option<u64> {
    match rounding {
        Rounding::Each => components.iter().try_fold(0_u64, |sum, one| sum.checked_add(one.contribution?)),
        Rounding::Once => {
            components.iter().try_fold(Fraction::ZERO, |sum, one| sum.plus(one.exact?)).and_then(Fraction::ceil)
        }
    }
}

/// Why a component cannot be converted, at the first of its parts; `None` when it can. Of what nothing is used that
/// changes no number.
pub(super) fn unconverted(bundle: &str, version: &str, spoken: &NamedVersion, one: &ComponentUse) -> Option<Issue> {
    if one.conversion.is_some() && one.contribution.is_some() {
        return None;
    }
    let severity = if one.contribution.is_some() { Severity::Warning } else { Severity::Error };
    let issue = match spoken {
        _ if one.conversion.is_some() => Issue::new(severity, "bundle_quantity_too_large"),
        NamedVersion::Known(_) => Issue::new(severity, "bundle_component_unknown")
            .with("environment", one.environment.name())
            .with("metric", metric::written(&one.metric)),
        NamedVersion::NoVersion(_) => Issue::new(severity, "bundle_version_unknown").in_column("version"),
        NamedVersion::NoBundle(_) => Issue::new(severity, "bundle_unknown").in_column("bundle"),
    };
    let first = one.parts.first()?;
    let issue = issue.with("bundle", titled(bundle, version)).with("component", one.component.as_str());
    Some(issue.at_line(&first.file, first.line))
}

//! What the page shows of bundles and Cloud Paks.

use super::cell::{Cell, Cells};
use super::{BundleRow, BundlesView};
use crate::engine::bundles::{self, BundleUse, ComponentUse};
use crate::model::assessment::CloudPakUse;
use crate::model::bundle::{Environment, Part};

/// What the parts of the list and those that ILMT reports use of their bundles, by our ratios.
pub fn view(listed: &[Part], reported: &[CloudPakUse]) -> BundlesView {
    let parts: Vec<Part> = listed.iter().cloned().chain(reported.iter().filter_map(part)).collect();
    let (uses, issues) = bundles::used(&parts);
    BundlesView { bundles: uses.iter().map(bundle).collect(), issues }
}

/// A component that ILMT reports, as a part of its bundle.
fn part(reported: &CloudPakUse) -> Option<Part> {
    Some(Part {
        file: String::new(),
        line: 0,
        bundle: reported.bundle.clone()?,
        version: String::new(),
        component: reported.product.clone(),
        environment: None,
        metric: Some(reported.metric.clone()).filter(|metric| !metric.is_empty()),
        quantity: reported.quantity.into(),
    })
}

fn bundle(one: &BundleUse) -> BundleRow {
    BundleRow {
        bundle: one.bundle.clone(),
        version: one.version.clone(),
        unit: one.unit.clone(),
        total: one.total,
        open_shift: one.open_shift,
        components: one.components.iter().map(component).collect(),
    }
}

fn component(one: &ComponentUse) -> Cells {
    let environment = match one.environment {
        Environment::Production => "page.bundles.production",
        Environment::NonProduction => "page.bundles.non_production",
    };
    let source = one.conversion.map(|row| format!("{} {}", row.source, row.as_of));
    vec![
        one.component.as_str().into(),
        Cell::Word(environment.into()),
        one.metric.as_str().into(),
        one.quantity.into(),
        one.ratio().map_or(Cell::Unknown, |ratio| Cell::Text(ratio.text())),
        one.contribution.into(),
        source.map_or(Cell::Unknown, Cell::Text),
    ]
}

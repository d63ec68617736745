//! Every number that a list of products shows, with how it comes about: one way for the page and the terminal.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::near::nearest;
use super::sources::Sources;
use crate::engine::bundles::{self, BundleUse, ComponentUse};
use crate::engine::position::{self, Rights, ShownDemand};
use crate::engine::{Quantity, Settings};
use crate::model::assessment::{Assessment, CloudPakUse};
use crate::model::derivation::{Derivation, Operation};
use crate::model::issue::{Issue, Severity};
use crate::model::message::Message;
use crate::model::metric::{self, Metric};
use crate::model::position::{Position, ProductPosition};
use crate::rules::rights;

/// How many names are told for one that is not there.
const NEAR: usize = 5;

/// Everything that the numbers of products rest on.
#[derive(Clone, Copy)]
pub struct Numbers<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// How they were assessed.
    pub settings: Settings,
    /// What they amount to.
    pub assessment: &'a Assessment,
    /// What the listed parts use of bundles.
    pub bundles: &'a [BundleUse],
    /// What is owned.
    pub rights: Rights<'a>,
    /// The position of all of it.
    pub position: &'a Position,
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub enum NamedSubject<'a> {
    /// A row of the position.
    Row(&'a ProductPosition),
    /// A bundle in one version.
    Bundle(&'a BundleUse),
    /// A component of a bundle.
    Component(&'a BundleUse, &'a ComponentUse),
    /// What ILMT reports under bundles, all in one metric.
    Reported(Vec<&'a CloudPakUse>),
}

impl<'a> Numbers<'a> {
    /// What a name stands for that `assess`, `bundle` or `position` lists, in a metric where one is named.
    ///
    /// # Errors
    /// When nothing has that name, or not in that metric; when a metric or a bundle has to be named.
    pub fn find(&self, name: &str, metric: Option<&str>) -> Result<NamedSubject<'a>, Issue> {
        let rows: Vec<&ProductPosition> = self.position.products.iter().filter(|one| one.product == name).collect();
        let reported: Vec<&CloudPakUse> = self.under_bundles().filter(|one| one.product == name).collect();
        let (of_rows, of_reported) = (
            rows.iter().map(|one| one.metric.clone()).collect::<BTreeSet<_>>(),
            reported.iter().map(|one| metric::code(&one.metric)).collect::<BTreeSet<_>>(),
        );
        let wanted = |known: &String| metric.is_none_or(|text| metric::code(text) == *known || text == known);
        if let Some(known) = one_of(name, of_rows.iter().filter(|known| wanted(known)))? {
            let found = rows.into_iter().find(|one| one.metric == *known);
            return found.map(NamedSubject::Row).ok_or_else(|| self.unknown(name));
        }
        if let Some(known) = one_of(name, of_reported.iter().filter(|known| wanted(known)))? {
            return Ok(NamedSubject::Reported(
                reported.into_iter().filter(|one| metric::code(&one.metric) == *known).collect(),
            ));
        }
        if let Some(found) = self.bundled(name, wanted)? {
            return Ok(found);
        }
        let others: BTreeSet<&String> = of_rows.iter().chain(&of_reported).collect();
        Err(match metric {
            Some(metric) if !others.is_empty() => Issue::new(Severity::Error, "product_in_other_metric")
                .with("product", name)
                .with("metric", metric::code(metric))
                .with("metrics", listed(others.into_iter())),
            _ => self.unknown(name),
        })
    }

    /// The bundle with a name, or the component of one, in a metric that is wanted.
    fn bundled(&self, name: &str, wanted: impl Fn(&String) -> bool) -> Result<Option<NamedSubject<'a>>, Issue> {
        let of_metric = |text: &str| wanted(&metric::code(text));
        if let Some(one) = self.bundles.iter().find(|one| one.title() == name && of_metric(&one.unit)) {
            return Ok(Some(NamedSubject::Bundle(one)));
        }
        // A bundle in one version needs no name of the version.
        let mut versions = self.bundles.iter().filter(|one| one.bundle == name);
        if let (Some(one), None) = (versions.next(), versions.next())
            && of_metric(&one.unit)
        {
            return Ok(Some(NamedSubject::Bundle(one)));
        }
        let each = self.bundles.iter().flat_map(|one| one.components.iter().map(move |component| (one, component)));
        let of_it: Vec<(&BundleUse, &ComponentUse)> =
            each.filter(|(_, one)| one.component == name && of_metric(&one.metric)).collect();
        match of_it.as_slice() {
            [] => Ok(None),
            [(bundle, component)] => Ok(Some(NamedSubject::Component(bundle, component))),
            [(first, _), others @ ..] if others.iter().all(|(other, _)| other == first) => {
                Ok(Some(NamedSubject::Bundle(first)))
            }
            all => {
                let titles: BTreeSet<String> = all.iter().map(|(bundle, _)| bundle.title()).collect();
                let issue = Issue::new(Severity::Error, "component_of_bundles").with("product", name);
                Err(issue.with("bundles", titles.into_iter().collect::<Vec<_>>().join("; ")))
            }
        }
    }

    /// Nothing has that name: what may be meant.
    fn unknown(&self, name: &str) -> Issue {
        let products = self.position.products.iter().map(|one| one.product.as_str());
        let titles: Vec<String> = self.bundles.iter().map(BundleUse::title).collect();
        let components = self.bundles.iter().flat_map(|one| &one.components).map(|one| one.component.as_str());
        let reported = self.assessment.cloud_paks.iter().map(|one| one.product.as_str());
        let all: BTreeSet<&str> =
            products.chain(titles.iter().map(String::as_str)).chain(components).chain(reported).collect();
        let near = nearest(name, all.iter().copied(), NEAR);
        match (all.len(), near.as_slice()) {
            (0, _) => Issue::new(Severity::Error, "product_of_none").with("product", name),
            (count, []) => Issue::new(Severity::Error, "product_not_near").with("product", name).with("count", count),
            (_, near) => {
                Issue::new(Severity::Error, "product_unknown").with("product", name).with("known", near.join("; "))
            }
        }
    }

    fn under_bundles(&self) -> impl Iterator<Item = &'a CloudPakUse> {
        self.assessment.cloud_paks.iter().filter(|one| one.bundle.is_some())
    }

    /// How what a name stands for comes about: of a row of the position the quantity that is asked for, of everything
    /// else the one number that it has. `None` when there is no such number.
    pub fn explain(&self, named: &NamedSubject<'_>, quantity: Quantity) -> Option<Derivation> {
        let full = matches!(quantity, Quantity::FullCapacity | Quantity::FullBalance);
        match named {
            NamedSubject::Row(row) => self.explain_row(row, quantity),
            _ if full => None,
            NamedSubject::Bundle(one) => Some(bundles::explain(one)),
            NamedSubject::Component(bundle, one) => Some(bundles::explain_component(bundle, one)),
            NamedSubject::Reported(of_it) => self.reported(of_it),
        }
    }

    /// How a number of a row of the position comes about.
    pub fn explain_row(&self, row: &ProductPosition, quantity: Quantity) -> Option<Derivation> {
        let demand = match quantity {
            Quantity::Entitled => None,
            Quantity::FullCapacity | Quantity::FullBalance => Some(self.demand(row, true)),
            Quantity::SubCapacity
            | Quantity::Difference
            | Quantity::Recoverable
            | Quantity::Balance
            | Quantity::Unbundled => Some(self.demand(row, false)),
        };
        position::explain(self.rights, self.position, row, quantity, demand)
    }

    /// How the balance of a row would come about if nothing were covered; where nothing is, that is its balance.
    pub fn explain_unbundled(&self, row: &ProductPosition, full: bool) -> Option<Derivation> {
        let quantity = if full { Quantity::FullBalance } else { Quantity::Balance };
        position::explain_unbundled(self.rights, self.position, row, full, Some(self.demand(row, full)))
            .or_else(|| self.explain_row(row, quantity))
    }

    /// How what the estate needs of a row comes about, whatever covers it.
    pub fn demand(&self, row: &ProductPosition, full: bool) -> Derivation {
        let quantity = if full { Quantity::FullCapacity } else { Quantity::SubCapacity };
        let measured = Metric::parse(&row.metric)
            .and_then(|metric| self.sources.explain(&self.settings, &row.product, metric, quantity));
        ShownDemand::new(self.assessment, self.bundles).explain(row, full, measured)
    }

    /// How much ILMT reports of something under bundles.
    fn reported(&self, of_it: &[&CloudPakUse]) -> Option<Derivation> {
        let each = of_it.iter().map(|one| {
            let mut explained = self.sources.explain_reported(&self.settings, one);
            let bundle = one.bundle.as_deref().unwrap_or_default();
            explained.notes.push(Message::new("note.under_bundle").with("bundle", bundle));
            explained
        });
        let mut each: Vec<Derivation> = each.collect();
        if each.len() < 2 {
            return each.pop();
        }
        let (label, unit) = (each.first()?.label.clone(), each.first()?.unit.clone());
        let value = each.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one.value?));
        Some(Derivation {
            label,
            value,
            unit,
            operation: Operation::Sum,
            rule: rights::needed(),
            inputs: Vec::new(),
            notes: Vec::new(),
            children: each,
            further: 0,
        })
    }
}

/// The only one of several metrics, if there is any.
fn one_of<'m>(name: &str, mut metrics: impl Iterator<Item = &'m String> + Clone) -> Result<Option<&'m String>, Issue> {
    let all = metrics.clone();
    let first = metrics.next();
    if metrics.next().is_none() {
        return Ok(first);
    }
    let issue = Issue::new(Severity::Error, "product_in_two_metrics").with("product", name);
    Err(issue.with("metrics", listed(all)))
}

/// Metrics in the form in which they can be asked for.
fn listed<'m>(metrics: impl Iterator<Item = &'m String>) -> String {
    let quoted = |metric: &String| {
        if metric.contains(char::is_whitespace) || metric.is_empty() { format!("'{metric}'") } else { metric.clone() }
    };
    metrics.map(quoted).collect::<Vec<_>>().join(", ")
}

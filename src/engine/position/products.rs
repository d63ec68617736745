//! The rows of a position while it is made up: sorted by product and metric, found by both.

use crate::model::issue::{Issue, Severity};
use crate::model::position::ProductPosition;

/// The rows, at most one of each product and metric.
#[derive(Debug, Default)]
pub(super) struct Products(Vec<ProductPosition>);

impl Products {
    fn index(&self, product: &str, metric: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|one| (one.product.as_str(), one.metric.as_str()).cmp(&(product, metric)))
    }

    /// The row of a product in a metric.
    pub(super) fn get(&self, product: &str, metric: &str) -> Option<&ProductPosition> {
        self.index(product, metric).ok().and_then(|index| self.0.get(index))
    }

    /// The row of a product in a metric, to change it.
    pub(super) fn get_mut(&mut self, product: &str, metric: &str) -> Option<&mut ProductPosition> {
        self.index(product, metric).ok().and_then(|index| self.0.get_mut(index))
    }

    /// Changes the row of a product in a metric; where there is none, one of which nothing is owned or needed yet.
    pub(super) fn change(&mut self, product: &str, metric: &str, change: impl FnOnce(&mut ProductPosition)) {
        let index = self.index(product, metric).unwrap_or_else(|index| {
            let (product, metric) = (product.to_owned(), metric.to_owned());
            self.0.insert(index, ProductPosition { product, metric, ..ProductPosition::default() });
            index
        });
        if let Some(row) = self.0.get_mut(index) {
            change(row);
        }
    }

    /// The rows of a product, one for each metric.
    pub(super) fn named(&self, product: &str) -> &[ProductPosition] {
        let first = self.0.partition_point(|one| one.product.as_str() < product);
        let all = self.0.get(first..).unwrap_or_default();
        all.get(..all.partition_point(|one| one.product == product)).unwrap_or_default()
    }

    /// Changes every row, by product and metric.
    pub(super) fn each(&mut self, change: impl FnMut(&mut ProductPosition)) {
        self.0.iter_mut().for_each(change);
    }

    /// All rows, by product and metric.
    pub(super) fn into_all(self) -> Vec<ProductPosition> {
        self.0
    }
}

/// Names that are owned and names that are needed are compared exactly; those that differ only by case are told.
pub(super) fn near_names(products: &[ProductPosition]) -> Vec<Issue> {
    let mut spellings: Vec<(String, &str)> =
        products.iter().map(|one| (one.product.to_lowercase(), one.product.as_str())).collect();
    spellings.sort();
    spellings.dedup();
    let several = spellings.chunk_by(|one, other| one.0 == other.0).filter(|names| names.len() > 1);
    let told = several.map(|names| {
        let names: Vec<&str> = names.iter().map(|(_, name)| *name).collect();
        Issue::new(Severity::Warning, "entitlement_names_differ").with("names", names.join("; "))
    });
    told.collect()
}

//! What an estate needs in one number for each metric, with what is not known of it beside the number.

use super::assessment::{Assessment, ProductDemand};
use super::metric::Metric;

/// A sum of quantities of which some may not be known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// The sum of what is known.
    pub known: u64,
    /// How many products are not known.
    pub unknown: usize,
}

impl Total {
    /// Nothing of it is known, not even a part.
    pub const fn is_unknown(self) -> bool {
        self.known == 0 && self.unknown > 0
    }

    fn of(quantities: impl Iterator<Item = Option<u64>>) -> Self {
        quantities.fold(Self::default(), |total, quantity| match quantity {
            Some(quantity) => Self { known: total.known.saturating_add(quantity), ..total },
            None => Self { unknown: total.unknown.saturating_add(1), ..total },
        })
    }
}

/// The headline of one metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Headline {
    /// The metric.
    pub metric: Metric,
    /// Its products.
    pub products: usize,
    /// Sub-capacity at the peaks.
    pub sub_capacity: Total,
    /// Full capacity at the peaks.
    pub full_capacity: Total,
}

impl Headline {
    /// How many times full capacity is of sub-capacity, in tenths and rounded down; none where that says nothing.
    pub fn times(&self) -> Option<u64> {
        let Self { sub_capacity, full_capacity, .. } = self;
        let comparable = sub_capacity.unknown == 0 && full_capacity.unknown == 0 && sub_capacity.known > 0;
        comparable.then(|| full_capacity.known.saturating_mul(10).checked_div(sub_capacity.known)).flatten()
    }
}

/// One headline for each metric that occurs, PVU first, then by name.
pub fn headlines(assessment: &Assessment) -> Vec<Headline> {
    let of = |metric| {
        let products: Vec<&ProductDemand> = assessment.products.iter().filter(|one| one.metric == metric).collect();
        (!products.is_empty()).then(|| Headline {
            metric,
            products: products.len(),
            sub_capacity: Total::of(products.iter().map(|one| one.sub_capacity)),
            full_capacity: Total::of(products.iter().map(|one| one.full_capacity)),
        })
    };
    [Metric::Pvu, Metric::Rvu, Metric::Vpc].into_iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(sub_capacity: Option<u64>, full_capacity: Option<u64>) -> ProductDemand {
        ProductDemand { product: "Db2".to_owned(), sub_capacity, full_capacity, ..ProductDemand::default() }
    }

    fn assessment(products: Vec<ProductDemand>) -> Assessment {
        Assessment { products, ..Assessment::default() }
    }

    #[test]
    fn unknown_products_are_counted_beside_the_total_and_never_as_zero() {
        let all = assessment(vec![product(Some(70), Some(140)), product(None, Some(280))]);
        let [headline] = headlines(&all)[..] else { panic!("one metric") };
        assert_eq!(headline.sub_capacity, Total { known: 70, unknown: 1 });
        assert_eq!(headline.times(), None);
        assert!(!headline.sub_capacity.is_unknown());
        let none = assessment(vec![product(None, None)]);
        assert!(headlines(&none)[0].sub_capacity.is_unknown(), "a total of which nothing is known is not 0");
    }

    #[test]
    fn metrics_are_never_added_to_each_other() {
        let vpc = ProductDemand { metric: Metric::Vpc, ..product(Some(8), Some(8)) };
        let all = assessment(vec![product(Some(70), Some(140)), vpc]);
        let totals: Vec<_> = headlines(&all).iter().map(|one| (one.metric, one.sub_capacity.known)).collect();
        assert_eq!(totals, [(Metric::Pvu, 70), (Metric::Vpc, 8)]);
    }

    #[test]
    fn the_factor_is_in_tenths_and_rounded_down() {
        assert_eq!(headlines(&assessment(vec![product(Some(480), Some(1_159))]))[0].times(), Some(24));
    }
}

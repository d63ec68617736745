//! Numbers of the open workspace, each with how it comes about.

use super::Session;
use crate::engine::{self, Quantity};
use crate::model::derivation::Derivation;
use crate::model::metric::Metric;
use crate::model::workspace::Workspace;
use crate::work::{Question, bundles, volume};

impl Session {
    /// How a number comes about; `None` when there is no such number.
    pub(super) fn explain(&self, question: &Question) -> Option<Derivation> {
        let Workspace { lists, price_terms, .. } = &self.workspace;
        match question {
            Question::Product { product, metric, quantity } => self.explain_product(product, metric, *quantity),
            Question::Bundle { bundle, component } => {
                bundles::explain(&self.workspace, &self.assessment.cloud_paks, bundle, component)
            }
            Question::Term { agreement, start, on } => volume::explain(lists, *price_terms, agreement, *start, *on),
        }
    }

    fn explain_product(&self, product: &str, metric: &str, quantity: Quantity) -> Option<Derivation> {
        let demand = |quantity| {
            Metric::parse(metric).and_then(|metric| self.sources.explain(&self.settings(), product, metric, quantity))
        };
        let needed = match quantity {
            Quantity::Entitled => None,
            Quantity::Balance | Quantity::Unbundled => demand(Quantity::SubCapacity),
            Quantity::FullBalance => demand(Quantity::FullCapacity),
            Quantity::SubCapacity | Quantity::FullCapacity | Quantity::Difference | Quantity::Recoverable => {
                return demand(quantity);
            }
        };
        let owned = self.position.products.iter().find(|one| one.product == product && one.metric == metric)?;
        engine::position::explain(self.rights(), &self.position, owned, quantity, needed)
    }
}

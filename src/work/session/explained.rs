//! Numbers of the open workspace, each with how it comes about.

use super::Session;
use crate::engine::{self, Quantity};
use crate::model::assessment::CloudPakUse;
use crate::model::derivation::Derivation;
use crate::model::issue::{Issue, Severity};
use crate::model::metric::Metric;
use crate::model::workspace::Workspace;
use crate::work::explained::Numbers;
use crate::work::{Question, screens};

impl Session {
    /// How a number comes about, or that there is no such number.
    pub(super) fn explained(&self, question: &Question) -> Result<Derivation, Vec<Issue>> {
        self.explain(question).ok_or_else(|| vec![Issue::new(Severity::Error, "nothing_to_explain")])
    }

    /// How a number comes about; `None` when there is no such number.
    fn explain(&self, question: &Question) -> Option<Derivation> {
        match question {
            Question::Product { product, metric, quantity } => self.explain_product(product, metric, *quantity),
            Question::Reported { product, file, row } => {
                let of_it = |pak: &&CloudPakUse| pak.product == *product && pak.file == *file && pak.row == *row;
                let pak = self.assessment.cloud_paks.iter().find(of_it)?;
                Some(self.sources.explain_reported(&self.settings(), pak))
            }
            Question::Bundle { .. } | Question::Term { .. } | Question::Renewal { .. } | Question::Finding { .. } => {
                screens::explain(self.screens(), question)
            }
        }
    }

    /// A number of a product: what the files measure of it, or a number of its row in the position; of what ILMT reports
    /// under bundles, so much as it reports.
    fn explain_product(&self, product: &str, metric: &str, quantity: Quantity) -> Option<Derivation> {
        let settings = self.settings();
        let measured =
            || Metric::parse(metric).and_then(|metric| self.sources.explain(&settings, product, metric, quantity));
        let of_files = matches!(
            quantity,
            Quantity::SubCapacity | Quantity::FullCapacity | Quantity::Difference | Quantity::Recoverable
        );
        if of_files && let Some(measured) = measured() {
            return Some(measured);
        }
        let Workspace { lists, bundle_terms, .. } = &self.workspace;
        let (listed, _) = engine::bundles::used_rounded(&lists.bundle_parts, bundle_terms.rounding);
        // Without a ledger no position is kept; what is needed stands in one all the same.
        let needed;
        let position = if lists.entitlements.is_empty() {
            needed = engine::position::position(self.rights(), &self.assessment, &listed);
            &needed
        } else {
            &self.position
        };
        let numbers = Numbers {
            sources: &self.sources,
            settings,
            assessment: &self.assessment,
            bundles: &listed,
            rights: self.rights(),
            position,
        };
        let found = numbers.find(product, Some(metric)).ok()?;
        numbers.explain(&found, quantity)
    }
}

//! Several files together: what they were recognised as, and what they amount to.

use crate::engine::{self, Quantity, Settings};
use crate::import::{Limits, Watch, template};
use crate::model::assessment::{Assessment, FileReport};
use crate::model::derivation::Derivation;
use crate::model::estate::Estate;
use crate::model::issue::Issue;
use crate::model::metric::Metric;

/// The files of one estate, read.
#[derive(Default)]
pub struct Sources {
    /// Rows of all estate templates.
    pub estate: Estate,
    /// What was made of each file that could be used.
    pub reports: Vec<FileReport>,
    /// Why the others could not be used.
    pub refused: Vec<Issue>,
    /// Settings that came with a workspace file.
    pub settings: Settings,
}

impl Sources {
    /// Reads one more file. One that cannot be used adds nothing but an issue to [`Sources::refused`].
    pub fn add(&mut self, name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) {
        match template::read(&mut self.estate, name, bytes, limits, watch) {
            Ok(report) => self.reports.push(report),
            Err(issue) => self.refused.push(issue),
        }
    }

    /// What was found while reading.
    pub fn issues(&self) -> Vec<Issue> {
        self.estate.issues.clone()
    }

    /// The demand of everything together.
    ///
    /// # Errors
    /// When the period has no days, or one of its edges is named nowhere.
    pub fn assess(&self, settings: &Settings) -> Result<Assessment, Issue> {
        let assessment = engine::assess(&self.estate, settings)?;
        Ok(Assessment { files: self.reports.clone(), ..assessment })
    }

    /// How a number of a product comes about.
    pub fn explain(
        &self,
        settings: &Settings,
        product: &str,
        metric: Metric,
        quantity: Quantity,
    ) -> Option<Derivation> {
        engine::explain(&self.estate, settings, product, metric, quantity)
    }
}

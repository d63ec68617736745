//! What the open workspace amounts to, calculated anew only when what it follows from has changed.

use super::Session;
use crate::engine::position::ByWord;
use crate::engine::{self, Settings, allocation};
use crate::model::agreement::Allocation;
use crate::model::assessment::Assessment;
use crate::model::bundle::BundleTerms;
use crate::model::issue::{Issue, Severity};
use crate::model::position::Position;
use crate::model::workspace::{Lists, Workspace};
use crate::work::reading::Progress;

/// What a position follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PositionInputs {
    /// The lists that it looks at; the others are empty. They are shared with the workspace, and compared as quickly.
    lists: Lists,
    bundle_terms: BundleTerms,
    /// Which assessment.
    assessments: u32,
    /// Whether part numbers are known.
    parts: bool,
}

impl Session {
    /// Makes assessment and position those of the workspace as it is now. A change that touches neither files nor
    /// settings leaves the assessment as it is: it may have taken seconds. So does one the position, where it touches
    /// none of the lists that a position looks at.
    pub(super) fn settle(&mut self, progress: Progress<'_>) -> Result<(), Issue> {
        if !self.read.iter().eq(self.workspace.sources.iter().map(|source| &source.sha256)) {
            self.read_again(progress);
        }
        let settings = self.settings();
        if self.sources.assign(self.workspace.lists.regions.lines()) {
            self.assessed = None;
        }
        if self.assessed != Some(settings) {
            self.assessment =
                if self.sources.reports.is_empty() { Assessment::default() } else { self.sources.assess(&settings)? };
            self.assessed = Some(settings);
            self.assessments = self.assessments.wrapping_add(1);
        }
        let needed = self.workspace.lists.entitlements.iter().any(|line| !line.part_number.is_empty());
        if needed {
            self.fetch_parts();
        }
        let inputs = self.position_inputs();
        if self.position_of.as_ref() != Some(&inputs) {
            self.calculate_position(&settings, needed);
            self.position_of = Some(inputs);
        }
        self.look_at_first();
        Ok(())
    }

    fn position_inputs(&self) -> PositionInputs {
        let Workspace { lists, bundle_terms, .. } = &self.workspace;
        let Lists { entitlements, allocations, aliases, bundle_parts, supported, flexible, .. } = lists.clone();
        PositionInputs {
            lists: Lists { entitlements, allocations, aliases, bundle_parts, supported, flexible, ..Lists::default() },
            bundle_terms: *bundle_terms,
            assessments: self.assessments,
            parts: !self.parts.is_empty(),
        }
    }

    fn calculate_position(&mut self, settings: &Settings, needs_parts: bool) {
        self.position = if self.workspace.lists.entitlements.is_empty() {
            Position::default()
        } else {
            let Workspace { lists, bundle_terms, .. } = &self.workspace;
            self.covers = ByWord::of(lists);
            let (bundles, _) = engine::bundles::used_rounded(&lists.bundle_parts, bundle_terms.rounding);
            let needed_at = |product: &str, metric| self.sources.needed_at(settings, product, metric);
            let mut lines = std::mem::take(&mut self.line_grants);
            let position =
                engine::position::position_of_lines(self.rights(), &mut lines, &self.assessment, &bundles, &needed_at);
            self.line_grants = lines;
            position
        };
        if needs_parts && self.parts.is_empty() {
            self.position.issues.insert(0, Issue::new(Severity::Warning, "parts_missing"));
        }
        let allocations: Vec<Allocation> = self.workspace.lists.allocations.lines().collect();
        self.allocated = allocation::allocate(&self.position.grants, &allocations);
        self.position.issues.append(&mut self.allocated.issues);
    }
}

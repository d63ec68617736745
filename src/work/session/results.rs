//! What the open workspace amounts to, calculated anew only when what it follows from has changed.

use super::Session;
use crate::engine::position::{ByWord, LineGrants};
use crate::engine::{self, allocation};
use crate::model::agreement::Allocation;
use crate::model::assessment::Assessment;
use crate::model::bundle::BundleTerms;
use crate::model::issue::{Issue, Severity};
use crate::model::position::Position;
use crate::model::workspace::Lists;
use crate::work::import_effect::ImportEffect;
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
        let needed = names_parts(&self.workspace.lists);
        if needed {
            self.fetch_parts();
        }
        let inputs = self.position_inputs();
        if self.position_of.as_ref() != Some(&inputs) {
            self.calculate_position(needed);
            self.position_of = Some(inputs);
        }
        self.look_at_first();
        Ok(())
    }

    fn position_inputs(&self) -> PositionInputs {
        PositionInputs {
            lists: looked_at(&self.workspace.lists),
            bundle_terms: self.workspace.bundle_terms,
            assessments: self.assessments,
            parts: !self.parts.is_empty(),
        }
    }

    fn calculate_position(&mut self, needs_parts: bool) {
        self.covers = ByWord::of(&self.workspace.lists);
        let mut lines = std::mem::take(&mut self.line_grants);
        self.position = self.position_by(&self.workspace.lists, &self.covers, &mut lines);
        self.line_grants = lines;
        if needs_parts && self.parts.is_empty() {
            self.position.issues.insert(0, Issue::new(Severity::Warning, "parts_missing"));
        }
        let allocations: Vec<Allocation> = self.workspace.lists.allocations.lines().collect();
        self.allocated = allocation::allocate(&self.position.grants, &allocations);
        self.position.issues.append(&mut self.allocated.issues);
    }

    /// The position that follows from these lists, whose words on what covers what are `covers`; `lines` are what the
    /// lines of a ledger granted before.
    fn position_by(&self, lists: &Lists, covers: &ByWord, lines: &mut LineGrants) -> Position {
        if lists.entitlements.is_empty() {
            return Position::default();
        }
        let settings = self.settings();
        let (bundles, _) = engine::bundles::used_rounded(&lists.bundle_parts, self.workspace.bundle_terms.rounding);
        let needed_at = |product: &str, metric| self.sources.needed_at(&settings, product, metric);
        let rights = self.rights_by(lists, covers);
        engine::position::position_of_lines(rights, lines, &self.assessment, &bundles, &needed_at)
    }

    /// What the table that waits first would change of the position.
    pub(super) fn effect_of_first(&mut self) -> ImportEffect {
        let Some(first) = self.pending.first() else { return ImportEffect::default() };
        let mut lists = looked_at(&self.workspace.lists);
        let before = lists.clone();
        lists.merge(&looked_at(first.lines()));
        if lists == before {
            return ImportEffect::default();
        }
        if names_parts(&lists) {
            self.fetch_parts();
        }
        let after = self.position_by(&lists, &ByWord::of(&lists), &mut LineGrants::default());
        ImportEffect::between(&self.position, &after)
    }
}

/// The lists that a position looks at, and no others.
fn looked_at(lists: &Lists) -> Lists {
    let Lists { entitlements, allocations, aliases, bundle_parts, supported, flexible, .. } = lists.clone();
    Lists { entitlements, allocations, aliases, bundle_parts, supported, flexible, ..Lists::default() }
}

/// Whether a line of the ledger names its part, so that the parts have to be known.
fn names_parts(lists: &Lists) -> bool {
    lists.entitlements.iter().any(|line| !line.part_number.is_empty())
}

//! Lines that are typed cell by cell and are not whole yet. They belong to no workspace, and nothing typed into them is
//! lost: what means nothing stays as it was typed until it is mended.

use std::collections::BTreeMap;

use crate::model::list::List;

/// A line that is not whole yet, among those of its list.
pub(super) type DraftId = u32;

/// The lines of every list that are not whole yet.
#[derive(Default)]
pub(super) struct Drafts {
    /// Field by field what was typed.
    lines: BTreeMap<(List, DraftId), Vec<String>>,
    last: DraftId,
}

impl Drafts {
    /// The lines of a list, in the order in which they were begun.
    pub(super) fn of(&self, list: List) -> impl Iterator<Item = DraftId> {
        self.lines.range((list, 0)..=(list, DraftId::MAX)).map(|((_, id), _)| *id)
    }

    /// What was typed into a line, field by field; nothing where there is none.
    pub(super) fn texts(&self, list: List, id: DraftId) -> &[String] {
        self.lines.get(&(list, id)).map_or(&[], Vec::as_slice)
    }

    /// Begins a line.
    pub(super) fn begin(&mut self, list: List) -> DraftId {
        self.last = self.last.saturating_add(1);
        self.lines.insert((list, self.last), Vec::new());
        self.last
    }

    /// What is typed into a line now.
    pub(super) fn put(&mut self, list: List, id: DraftId, texts: Vec<String>) {
        self.lines.insert((list, id), texts);
    }

    /// Forgets a line.
    pub(super) fn remove(&mut self, list: List, id: DraftId) {
        self.lines.remove(&(list, id));
    }

    /// Forgets the lines of a list into which nothing is typed.
    pub(super) fn sweep(&mut self, list: List) {
        self.lines.retain(|(of, _), texts| *of != list || texts.iter().any(|text| !text.is_empty()));
    }
}

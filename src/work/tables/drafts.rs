//! Lines that are typed cell by cell and are not whole yet. They are no part of the document, and nothing typed into them is
//! lost: what means nothing stays as it was typed until it is mended, and all of it is kept beside the document.

use std::collections::BTreeMap;

use crate::model::list::{Field, List};
use crate::model::workspace::Lists;

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

    /// All of them as JSON, list by list, each by the names of its fields; blank where there is none.
    pub(super) fn written(&self) -> String {
        let lists = Lists::default();
        let mut written: BTreeMap<&str, Vec<BTreeMap<&str, &str>>> = BTreeMap::new();
        for ((list, _), texts) in &self.lines {
            let fields = lists.lines(*list).fields().iter().map(|field| field.name);
            let typed = fields.zip(texts).filter(|(_, text)| !text.is_empty());
            let line: BTreeMap<&str, &str> = typed.map(|(name, text)| (name, text.as_str())).collect();
            if !line.is_empty() {
                written.entry(list.name()).or_default().push(line);
            }
        }
        if written.is_empty() { String::new() } else { serde_json::to_string(&written).unwrap_or_default() }
    }

    /// The lines that [`Self::written`] wrote; of what cannot be read nothing.
    pub(super) fn read(text: &str) -> Self {
        let (lists, mut drafts) = (Lists::default(), Self::default());
        let written: BTreeMap<String, Vec<BTreeMap<String, String>>> = serde_json::from_str(text).unwrap_or_default();
        for (name, lines) in written {
            let Some(list) = List::ALL.into_iter().find(|list| list.name() == name) else { continue };
            for line in lines {
                let text = |field: &Field| line.get(field.name).cloned().unwrap_or_default();
                let texts = lists.lines(list).fields().iter().map(text).collect();
                let id = drafts.begin(list);
                drafts.put(list, id, texts);
            }
        }
        drafts
    }

    /// Forgets the lines of a list into which nothing is typed.
    pub(super) fn sweep(&mut self, list: List) {
        self.lines.retain(|(of, _), texts| *of != list || texts.iter().any(|text| !text.is_empty()));
    }
}

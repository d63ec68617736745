//! What the lines of a ledger grant by themselves, kept from one position to the next: a line that has not changed is not
//! read again, whatever else of the ledger has.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use jiff::civil::Date;

use super::Rights;
use super::aliases::Aliases;
use crate::model::entitlement::{Alias, Entitlement};
use crate::model::issue::Issue;
use crate::model::position::Grant;

/// What each line of a ledger grants by itself.
#[derive(Clone, Debug, Default)]
pub struct LineGrants {
    basis: Option<GrantBasis>,
    lines: Vec<Rc<LineGrant>>,
}

/// What a line grants by itself, and what is to be said of it alone.
#[derive(Debug)]
pub(super) struct LineGrant {
    line: Arc<Entitlement>,
    pub(super) grant: Grant,
    pub(super) issues: Vec<Issue>,
}

/// What a grant follows from beside its line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct GrantBasis {
    aliases: Vec<Arc<Alias>>,
    /// The day that the user names, and the day of the position.
    days: (Option<Date>, Option<Date>),
    /// Whether part numbers are known: there is one table of them.
    parts: bool,
}

impl LineGrants {
    /// Makes them those of the ledger as it is now, on a day. Only lines that it did not have are read.
    pub(super) fn follow(&mut self, rights: Rights<'_>, on: Option<Date>) {
        let parts = !rights.parts.is_empty();
        let basis = GrantBasis { aliases: rights.aliases.to_vec(), days: (rights.on, on), parts };
        if self.basis.as_ref() != Some(&basis) {
            self.lines.clear();
            self.basis = Some(basis);
        }
        let aliases = Aliases::of(rights.aliases);
        let is_same = |(known, line): &(&Rc<LineGrant>, &Arc<Entitlement>)| Arc::ptr_eq(&known.line, line);
        let before = self.lines.iter().zip(rights.ledger).take_while(is_same).count();
        let room = self.lines.len().min(rights.ledger.len()).saturating_sub(before);
        let pairs = self.lines.iter().rev().zip(rights.ledger.iter().rev());
        let after = pairs.take(room).take_while(is_same).count();
        let between = before..self.lines.len().saturating_sub(after);
        let changed = rights.ledger.get(before..rights.ledger.len().saturating_sub(after)).unwrap_or_default();
        // Lines between that were only moved together are found by what they are, not by where they stand.
        let known = self.lines.get(between.clone()).unwrap_or_default();
        let known: BTreeMap<_, _> = known.iter().map(|known| (Arc::as_ptr(&known.line), Rc::clone(known))).collect();
        let line = |line: &Arc<Entitlement>| {
            let read = || {
                let grant = rights.grant(line, &aliases, on);
                let issues = rights.of_line(line, &grant);
                Rc::new(LineGrant { line: Arc::clone(line), grant, issues })
            };
            known.get(&Arc::as_ptr(line)).cloned().unwrap_or_else(read)
        };
        self.lines.splice(between, changed.iter().map(line).collect::<Vec<_>>());
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &LineGrant> {
        self.lines.iter().map(Rc::as_ref)
    }
}

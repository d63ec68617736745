//! What a file, or a part of one, adds to the estate.

use super::styles::Texts;
use crate::model::estate::{Estate, EstateRow};
use crate::model::issue::Issue;
use crate::model::names::{Name, Names};

/// The code of what is told where a time of day stands behind a day.
pub(super) const TIME_LEFT_ASIDE: &str = "time_left_aside";

/// What a file, or a part of one, adds to the estate.
#[derive(Default)]
pub(super) struct RowsTaken {
    /// Records that were met, blank ones left aside.
    pub(super) records: u64,
    pub(super) left_out: u64,
    pub(super) names: Names,
    pub(super) rows: Vec<EstateRow>,
    pub(super) issues: Vec<Issue>,
    /// The texts of numbers and days that were met, those of digits alone left aside.
    pub(super) texts: Texts,
}

impl RowsTaken {
    /// Adds what comes after it. Names are numbered in the order in which they are met, as in one go.
    pub(super) fn extend(&mut self, next: Self) {
        self.records = self.records.saturating_add(next.records);
        self.left_out = self.left_out.saturating_add(next.left_out);
        // What is told once for a column is told once for all parts.
        let told = |known: &[Issue], one: &Issue| {
            one.code == TIME_LEFT_ASIDE
                && known.iter().any(|known| known.code == one.code && known.column == one.column)
        };
        for issue in next.issues {
            if !told(&self.issues, &issue) {
                self.issues.push(issue);
            }
        }
        self.texts.extend(next.texts);
        if self.rows.is_empty() && self.names.is_empty() {
            // The usual case is one file in one part, and its rows may be a hundred megabytes.
            (self.names, self.rows) = (next.names, next.rows);
            return;
        }
        let numbers: Vec<Name> = next.names.iter().map(|text| self.names.add(text)).collect();
        let renumber = |name: &mut Name| *name = numbers.get(name.index()).copied().unwrap_or(*name);
        self.rows.reserve(next.rows.len());
        self.rows.extend(next.rows.into_iter().map(|mut row| {
            row.names_mut().for_each(renumber);
            row
        }));
    }

    /// Adds it to the estate.
    pub(super) fn add_to(self, estate: &mut Estate) {
        let mut all = Self {
            names: std::mem::take(&mut estate.names),
            rows: std::mem::take(&mut estate.rows),
            issues: std::mem::take(&mut estate.issues),
            ..Self::default()
        };
        all.extend(self);
        (estate.names, estate.rows, estate.issues) = (all.names, all.rows, all.issues);
    }
}

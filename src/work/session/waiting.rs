//! Tables that came in: what is clear goes straight into the lists, the rest waits until somebody has seen it.

use super::{Imported, Progress, Session};
use crate::edit::command::Command;
use crate::model::issue::{Issue, Severity};
use crate::model::list::{Line, Lines};
use crate::model::workspace::Lists;
use crate::work::pending::Pending;
use crate::work::{MapStep, Response};

impl Session {
    /// The lines of the tables that are clear, and what there is to say about them. The others wait.
    pub(super) fn take_listed(&mut self) -> (Lists, Vec<Issue>) {
        let (mut lists, mut there) = (Lists::default(), self.workspace.lists.clone());
        let mut left_out = std::mem::take(&mut self.sources.list_issues);
        for listed in std::mem::take(&mut self.sources.listed) {
            let pending = Pending::new(listed, &there);
            if pending.is_clear() {
                left_out.extend(pending.issues());
                there.merge(pending.lines());
                lists.merge(pending.lines());
            } else {
                self.pending.push(pending);
            }
        }
        (lists, left_out)
    }

    /// Reads the table that waits first anew: it, or what it stands beside, has changed.
    pub(super) fn look_at_first(&mut self) {
        if let Some(first) = self.pending.first_mut() {
            first.read(&self.workspace.lists);
        }
        self.revision = self.revision.wrapping_add(1);
    }

    /// A step with the table that waits first.
    pub(super) fn map(&mut self, step: MapStep, progress: Progress<'_>) -> Result<Response, Vec<Issue>> {
        let Some(first) = self.pending.first_mut() else {
            return Err(vec![Issue::new(Severity::Error, "mapping_gone")]);
        };
        let mut left_out = Vec::new();
        match step {
            MapStep::List(list) => first.choose(list),
            MapStep::Header(line) => {
                if !first.begin_at(line, &self.workspace.lists.header_shapes) {
                    return Err(vec![Issue::new(Severity::Error, "mapping_without_row").with("line", line)]);
                }
            }
            MapStep::Field { column, field } => taken(first.take(column, field.as_deref()))?,
            MapStep::Style { column, style } => taken(first.write(column, &style))?,
            MapStep::FirstDay(day) => first.begin_on(day),
            MapStep::Cancel => drop(self.pending.remove(0)),
            MapStep::Accept => {
                let mut lists = first.lines().clone();
                if lists.is_empty() {
                    return Err(vec![Issue::new(Severity::Error, "mapping_without_lines")]);
                }
                if let Some(shape) = first.shape(&self.workspace.lists.header_shapes) {
                    // The values come from such a line.
                    let _ = lists.header_shapes.put(None, "", 0, &shape.values());
                }
                left_out = first.issues();
                // It no longer waits while its lines are there; when they cannot be, it waits on.
                let accepted = self.pending.remove(0);
                let command = Command::Import { sources: Vec::new(), replaced: None, lists: Box::new(lists) };
                if let Err(issue) = self.carry_out(command, progress) {
                    self.pending.insert(0, accepted);
                    return Err(vec![issue]);
                }
                if let Some(next) = self.pending.first_mut() {
                    next.remember(&self.workspace.lists.header_shapes);
                }
            }
        }
        self.look_at_first();
        Ok(self.state(Imported { left_out, ..Imported::default() }))
    }
}

/// Refuses what a column cannot be taken for.
fn taken(is_taken: bool) -> Result<(), Vec<Issue>> {
    if is_taken { Ok(()) } else { Err(vec![Issue::new(Severity::Error, "mapping_without_field")]) }
}

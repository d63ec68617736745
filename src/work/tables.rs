//! The worker's side of tables: finds, orders and sends the rows of a list, and turns what is typed or pasted into
//! lines of it.

mod aliases;
mod block;
mod columns;
mod criterion;
mod drafts;
mod fill;
mod order;
mod queried_lines;
mod typed_line;

use rust_decimal::Decimal;

use self::drafts::Drafts;
use self::fill::{spread, texts_of};
use self::queried_lines::{QueriedLines, ShownRow};
use self::typed_line::{Target, TypedLine};
use super::cell::{Cell, CellRow};
use super::computed::Computed;
use super::pending::Pending;
use super::server;
use super::table::{CellBlock, ColumnView, Subject, TableAction, TableQuery, TableView, WrongCell};
use crate::edit::command::Command;
use crate::engine::allocation::{self, Allocated};
use crate::import::styles;
use crate::model::agreement::Allocation;
use crate::model::list::{Field, FieldKind, Line, Lines, List, Value};
use crate::model::listed_processor::ListedProcessor;
use crate::model::message::Message;
use crate::model::metric;
use crate::model::position::{Grant, LineStatus, Position};
use crate::model::workspace::Lists;

/// What was found for the last query, so that scrolling does not find it anew; and what is being typed.
#[derive(Default)]
pub struct Tables {
    found: Option<QueriedLines>,
    /// The rows of new lines that the command brings to which the last action came, and their indices then.
    coming: Vec<(usize, usize)>,
    drafts: Drafts,
}

/// What becomes of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActionOutcome {
    /// The text of the block.
    Text(String),
    /// A command that carries it out.
    Command(Command),
    /// Nothing has changed yet: the new line is not whole.
    Drafted,
    /// Cells cannot be filled so; nothing has changed.
    Wrong(Vec<WrongCell>),
}

/// A column of a table: a field of the line, or what is calculated for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ColumnSource {
    Field(usize),
    Grants,
    Standing,
    Held,
    Left,
    PvuPerCore,
    RatedBy,
    Pvu,
    /// A cell of the table that waits.
    Pending(usize),
}

/// The lists of a workspace, and what is calculated for their lines.
#[derive(Clone, Copy)]
pub struct Contents<'a> {
    /// The lists.
    pub lists: &'a Lists,
    /// What the entitlements grant.
    pub position: &'a Position,
    /// What is held of the allocations.
    pub allocated: &'a Allocated,
    /// The table that is looked at, where it is no list.
    pub computed: &'a Computed,
    /// The table that waits, if any.
    pub pending: Option<&'a Pending>,
    /// Counts the changes.
    pub revision: u32,
}

impl Contents<'_> {
    fn lines(&self, subject: Subject) -> &dyn Lines {
        subject.list().map_or(self.computed, |list| self.lists.lines(list))
    }

    fn grant(&self, subject: Subject, index: usize) -> Option<&Grant> {
        self.position.grants.get(index).filter(|_| subject == Subject::List(List::Entitlements))
    }

    /// How much of an allocation is held, and what is left beside all of them.
    fn held(&self, subject: Subject, index: usize) -> Option<(Decimal, Decimal)> {
        let of_line = self.allocated.lines.get(index).copied().flatten();
        let held = of_line.filter(|_| subject == Subject::List(List::Allocations))?;
        Some((held.quantity, self.allocated.shares.get(held.share)?.left()))
    }

    /// The cells of a line.
    fn cells(&self, subject: Subject, index: usize, sources: &[ColumnSource]) -> CellRow {
        if subject == Subject::Preview {
            let Some(pending) = self.pending else { return CellRow::new() };
            let cells = pending.row(self.lists, index);
            let cell = |source: &ColumnSource| {
                let of_it = if let ColumnSource::Pending(index) = source { cells.get(*index).cloned() } else { None };
                of_it.unwrap_or(Cell::Unknown)
            };
            return sources.iter().map(cell).collect();
        }
        let values = self.lines(subject).values(index).unwrap_or_default();
        let grant = self.grant(subject, index);
        // What the line leaves to its part number is shown as it was found.
        let followed = |field: usize| match (grant, self.lines(subject).fields().get(field)?.name) {
            (Some(grant), "product") => Some(grant.product.clone()),
            (Some(grant), "metric") => Some(metric::written(&grant.metric)),
            _ => None,
        };
        let is_processor = subject == Subject::List(List::Processors);
        let listed = if is_processor { ListedProcessor::of("", 0, &values) } else { None };
        let rated = listed.as_ref().map(server::rate_listed);
        let cell = |source: &ColumnSource| match source {
            ColumnSource::Field(field) => match values.get(*field) {
                None | Some(Value::Blank) => Cell::Text(followed(*field).unwrap_or_default()),
                Some(value) => Cell::from(value.clone()),
            },
            ColumnSource::Grants => match grant {
                Some(grant) if grant.standing == LineStatus::Counts => grant.units.into(),
                Some(_) | None => Cell::Unknown,
            },
            ColumnSource::Standing => grant.map_or(Cell::Unknown, |grant| Cell::Status(grant.standing)),
            ColumnSource::Held => self.held(subject, index).map(|(held, _)| held).into(),
            ColumnSource::Left => self.held(subject, index).map(|(_, left)| left).into(),
            ColumnSource::PvuPerCore => rated.map(|rated| u64::from(rated.0)).into(),
            ColumnSource::RatedBy => rated.and_then(|rated| rated.1).map_or(Cell::Unknown, Cell::from),
            ColumnSource::Pvu => rated.and_then(|rated| rated.2).into(),
            ColumnSource::Pending(_) => Cell::Unknown,
        };
        sources.iter().map(cell).collect()
    }
}

/// The columns of a table in the order that suits most readers, with the key of what is calculated.
fn sources(subject: Subject, fields: &[Field]) -> Vec<ColumnSource> {
    let (before, calculated, after): (&[&str], &[ColumnSource], &[&str]) = match subject {
        Subject::List(List::Entitlements) => (
            &["part_number", "product", "metric", "quantity"],
            &[ColumnSource::Grants, ColumnSource::Standing],
            &["ss_end", "poe"],
        ),
        Subject::List(List::Allocations) => {
            (&["product", "metric", "site", "department", "quantity"], &[ColumnSource::Held, ColumnSource::Left], &[])
        }
        Subject::List(List::Processors) => (
            &["processor", "sockets", "cores", "os"],
            &[ColumnSource::PvuPerCore, ColumnSource::RatedBy, ColumnSource::Pvu],
            &[],
        ),
        Subject::List(_) | Subject::Agreements { .. } | Subject::Use | Subject::BySite | Subject::Preview => {
            (&[], &[], &[])
        }
    };
    let named = |name: &&str| fields.iter().position(|field| field.name == *name).map(ColumnSource::Field);
    let first = before.iter().filter_map(named).chain(calculated.iter().copied());
    let first: Vec<ColumnSource> = first.chain(after.iter().filter_map(named)).collect();
    let rest = (0..fields.len()).map(ColumnSource::Field).filter(|source| !first.contains(source));
    first.iter().copied().chain(rest).collect()
}

impl Tables {
    /// A window of a table.
    pub fn view(&mut self, contents: Contents<'_>, query: &TableQuery) -> TableView {
        let lines = contents.lines(query.subject);
        let sources = contents.sources(query.subject);
        let list = query.subject.list();
        let found = self.find(contents, query, &sources);
        let (shown, listed, blank) = (found.lines, found.rows.len(), found.blank.clone());
        let window: Vec<ShownRow> = found.rows.iter().skip(query.first).take(query.count).copied().collect();
        let (mut rows, mut unfinished) = (Vec::with_capacity(window.len()), Vec::new());
        for (row, what) in (query.first..).zip(window) {
            if let (ShownRow::Draft(id), Some(list)) = (what, list) {
                unfinished.extend(draft_faults(lines, &sources, self.drafts.texts(list, id), row));
            }
            rows.push(self.cells(contents, query.subject, what, &sources));
        }
        if list.is_some() && (query.first..query.first.saturating_add(query.count)).contains(&listed) {
            rows.push(drafted(&sources, &[]));
        }
        let columns = sources.iter().zip(&blank);
        let columns = columns.map(|(source, blank)| contents.column(query.subject, *source, *blank)).collect();
        let all = contents.count(query.subject);
        TableView { columns, all, shown, listed, first: query.first, rows, unfinished, drafts: None }
    }

    /// The cells of a row.
    fn cells(&self, contents: Contents<'_>, subject: Subject, row: ShownRow, sources: &[ColumnSource]) -> CellRow {
        match (row, subject.list()) {
            (ShownRow::Line(index), _) => contents.cells(subject, index, sources),
            (ShownRow::Draft(id), Some(list)) => drafted(sources, self.drafts.texts(list, id)),
            (ShownRow::Draft(_), None) => CellRow::new(),
        }
    }

    /// What an action comes to; a query says which rows are meant.
    pub fn act(
        &mut self,
        contents: Contents<'_>,
        query: &TableQuery,
        block: &CellBlock,
        action: &TableAction,
    ) -> ActionOutcome {
        let sources = contents.sources(query.subject);
        self.coming.clear();
        let (first, last) = block.rows;
        let height = last.saturating_sub(first).saturating_add(1);
        let found = self.find(contents, query, &sources);
        let chosen: Vec<ShownRow> = found.rows.iter().copied().skip(first).take(height).collect();
        // From here on what was typed behind a text is the whole of it.
        let whole = if let TableAction::Append(text) = action {
            let stood =
                self.texts(contents, query.subject, &chosen, &sources, &block.columns).into_iter().flatten().next();
            Some(TableAction::Type(stood.unwrap_or_default() + text))
        } else {
            None
        };
        let action = whole.as_ref().unwrap_or(action);
        let (list, texts) = match (action, query.subject.list()) {
            (TableAction::Copy, _) => {
                return ActionOutcome::Text(self.copied(contents, query.subject, &chosen, &sources, &block.columns));
            }
            // What is calculated cannot be changed.
            (_, None) => return ActionOutcome::Wrong(Vec::new()),
            (TableAction::Remove, Some(list)) => {
                let mut indices = Vec::new();
                for row in chosen {
                    match row {
                        ShownRow::Line(index) => indices.push(index),
                        ShownRow::Draft(id) => self.drafts.remove(list, id),
                    }
                }
                self.found = None;
                if indices.is_empty() {
                    return ActionOutcome::Drafted;
                }
                return ActionOutcome::Command(Command::RemoveLines { list, indices });
            }
            (TableAction::FillDown, Some(list)) => {
                let (from, rows) = if first < last {
                    // Below the last line there is nothing to fill.
                    let last = first.saturating_add(chosen.len()).saturating_sub(1);
                    (first, (first.saturating_add(1), last))
                } else {
                    (first.saturating_sub(1), (first, last))
                };
                let height = rows.1.saturating_add(1).saturating_sub(rows.0);
                if height == 0 {
                    return ActionOutcome::Drafted;
                }
                let texts = self.typed_texts(contents, list, from, &sources, &block.columns);
                let block = CellBlock { rows, columns: block.columns.clone() };
                return self.fill(contents, list, &sources, &block, &vec![texts; height]);
            }
            // There is nothing to empty in the row of a new line.
            (TableAction::Clear, Some(_)) if chosen.is_empty() => return ActionOutcome::Drafted,
            (TableAction::Clear, Some(list)) => {
                let rows = (first, first.saturating_add(chosen.len()).saturating_sub(1));
                let block = CellBlock { rows, columns: block.columns.clone() };
                return self.fill(contents, list, &sources, &block, &texts_of(action));
            }
            (TableAction::Fill(_) | TableAction::Type(_) | TableAction::Append(_), Some(list)) => {
                (list, texts_of(action))
            }
        };
        self.fill(contents, list, &sources, block, &texts)
    }

    /// Puts texts into cells, from the corner of a block on. Rows below the last one are new lines.
    fn fill(
        &mut self,
        contents: Contents<'_>,
        list: List,
        sources: &[ColumnSource],
        block: &CellBlock,
        texts: &[Vec<String>],
    ) -> ActionOutcome {
        // The action has just found the rows that are meant.
        let Some(found) = &mut self.found else { return ActionOutcome::Wrong(Vec::new()) };
        let lines = contents.lists.lines(list);
        let texts = spread(texts, block);
        let targets = targets(lines.fields(), sources, block, &texts);
        let (mut wrong, mut put, mut begun) = (Vec::new(), Vec::new(), Vec::new());
        let at = |field: usize| column_of(sources, field);
        for (row, of_row) in (block.rows.0..).zip(&texts) {
            let known = found.rows.get(row).copied();
            let index = if let Some(ShownRow::Line(index)) = known { Some(index) } else { None };
            let draft = if let Some(ShownRow::Draft(id)) = known { self.drafts.texts(list, id) } else { &[] };
            let values = index.and_then(|index| lines.values(index));
            let typed = TypedLine::new(lines.fields(), values, draft, &targets, of_row);
            let faults = typed.faults(lines);
            if typed.wrong.is_empty() && faults.is_empty() {
                put.push((row, (index, typed.values)));
            } else if index.is_none() && (texts.len() == 1 || known.is_some()) {
                // A new line that is typed cell by cell waits until it is whole.
                begun.push((row, typed.texts));
            } else {
                let faults = typed.wrong.into_iter().chain(faults);
                wrong.extend(faults.map(|(field, why)| WrongCell { row, column: at(field), why }));
            }
        }
        let (put_rows, put): (Vec<usize>, Vec<_>) = put.into_iter().unzip();
        if wrong.is_empty() {
            let (name, refused) = if list == List::Allocations {
                ("quantity", beyond(contents, &put))
            } else if list == List::Aliases {
                ("product", aliases::refused(&contents.lists.aliases, &put))
            } else {
                ("", Vec::new())
            };
            let column = at(lines.fields().iter().position(|field| field.name == name).unwrap_or_default());
            let wrong_cell =
                |(index, why): (usize, Message)| Some(WrongCell { row: put_rows.get(index).copied()?, column, why });
            wrong.extend(refused.into_iter().filter_map(wrong_cell));
        }
        if !wrong.is_empty() {
            return ActionOutcome::Wrong(wrong);
        }
        for target in &targets {
            if let Some(blank) = found.blank.get_mut(at(target.field)) {
                *blank = false;
            }
        }
        let last = put_rows.iter().copied().chain(begun.iter().map(|(row, _)| *row)).max().unwrap_or_default();
        while found.rows.len() <= last {
            found.rows.push(ShownRow::Draft(self.drafts.begin(list)));
        }
        for (row, texts) in begun {
            if let Some(ShownRow::Draft(id)) = found.rows.get(row) {
                self.drafts.put(list, *id, texts);
            }
        }
        if put.is_empty() {
            return ActionOutcome::Drafted;
        }
        let new = put_rows.iter().zip(&put).filter(|(_, (index, _))| index.is_none()).map(|(row, _)| *row);
        self.coming = new.zip(lines.count()..).collect();
        ActionOutcome::Command(Command::PutLines { list, lines: put })
    }

    /// The tables of a workspace that is opened, with the lines that were begun in it and are not whole.
    pub fn with_drafts(drafts: &str) -> Self {
        Self { drafts: Drafts::read(drafts), ..Self::default() }
    }

    /// The lines that are begun and not whole, as [`Self::with_drafts`] reads them.
    pub fn drafts(&self) -> String {
        self.drafts.written()
    }

    /// The command that the last action came to was carried out, and this is the revision now: the rows stay where they
    /// are, and lines that were begun and are whole now are no longer begun.
    pub fn settle(&mut self, revision: u32) {
        let Some(found) = &mut self.found else { return };
        found.revision = revision;
        found.lines = found.lines.saturating_add(self.coming.len());
        for (row, index) in self.coming.drain(..) {
            let Some(slot) = found.rows.get_mut(row) else { continue };
            if let (ShownRow::Draft(id), Some(list)) = (*slot, found.subject.list()) {
                self.drafts.remove(list, id);
            }
            *slot = ShownRow::Line(index);
        }
    }

    /// The lines that a query shows, found anew only when something has changed.
    fn find(&mut self, contents: Contents<'_>, query: &TableQuery, sources: &[ColumnSource]) -> &QueriedLines {
        let known = self.found.take().filter(|found| {
            (found.revision, found.subject, found.sort, &found.filter, &found.column_filters)
                == (contents.revision, query.subject, query.sort, &query.filter, &query.column_filters)
        });
        let found = known.unwrap_or_else(|| {
            let mut found = QueriedLines::find(contents, query, sources);
            if let Some(list) = query.subject.list() {
                self.drafts.sweep(list);
                found.rows.extend(self.drafts.of(list).map(ShownRow::Draft));
            }
            found
        });
        self.found.insert(found)
    }
}

/// The allocations that would take more than is left of what is entitled, by their indices among those that are put.
fn beyond(contents: Contents<'_>, put: &[(Option<usize>, Vec<Value>)]) -> Vec<(usize, Message)> {
    let line = |(index, values): &(Option<usize>, Vec<Value>)| Some((*index, Allocation::of("", 0, values)?));
    let put: Vec<(Option<usize>, Allocation)> = put.iter().filter_map(line).collect();
    let lines: Vec<Allocation> = contents.lists.allocations.lines().collect();
    let beyond = allocation::beyond(&contents.position.grants, &lines, &put).into_iter();
    let told = beyond.filter_map(|(index, left)| {
        let (_, line) = put.get(index)?;
        let why = Message::new("issue.allocation_beyond_left").with("left", left).with("value", line.quantity);
        let why = why.with("product", allocation::named(&line.product, &line.metric));
        Some((index, why.with("outcome", Message::new("page.table.unchanged"))))
    });
    told.collect()
}

/// What is filled, from the first column of a block on. What is calculated is passed over.
fn targets(fields: &[Field], sources: &[ColumnSource], block: &CellBlock, texts: &[Vec<String>]) -> Vec<Target> {
    let width = texts.iter().map(Vec::len).max().unwrap_or_default();
    let field_of = |(column, index): (usize, &usize)| {
        let ColumnSource::Field(field) = *sources.get(*index)? else { return None };
        Some((column, field, fields.get(field)?))
    };
    let filled: Vec<(usize, usize, &Field)> =
        block.columns.iter().take(width).enumerate().filter_map(field_of).collect();
    let cells_of = |column: usize| texts.iter().filter_map(|row| row.get(column)).cloned().collect();
    let cells: Vec<Vec<String>> = filled.iter().map(|(column, _, _)| cells_of(*column)).collect();
    let cells = cells.iter().map(Vec::as_slice);
    let styles = styles::of_block(filled.iter().map(|(_, _, field)| *field).zip(cells));
    filled.into_iter().zip(styles).map(|((column, field, _), style)| Target { column, field, style }).collect()
}

fn column(source: ColumnSource, fields: &[Field], can_change: bool, blank: bool) -> ColumnView {
    let (name, kind, open) = match source {
        ColumnSource::Field(field) => {
            fields.get(field).map_or(("", FieldKind::Text, false), |field| (field.name, field.kind, can_change))
        }
        ColumnSource::Grants => ("grants", FieldKind::Number, false),
        ColumnSource::Standing => ("standing", FieldKind::Text, false),
        ColumnSource::Held => ("held", FieldKind::Number, false),
        ColumnSource::Left => ("left", FieldKind::Number, false),
        ColumnSource::PvuPerCore => ("pvu_per_core", FieldKind::Number, false),
        ColumnSource::RatedBy => ("rated_by", FieldKind::Text, false),
        ColumnSource::Pvu => ("pvu", FieldKind::Number, false),
        ColumnSource::Pending(_) => ("", FieldKind::Text, false),
    };
    let words = if let FieldKind::Word(words) = kind {
        words.iter().map(|word| (*word).to_owned()).collect()
    } else {
        Vec::new()
    };
    ColumnView { title: format!("column.{name}"), number: kind == FieldKind::Number, open, words, blank: blank && open }
}

/// The column in which a field stands.
fn column_of(sources: &[ColumnSource], field: usize) -> usize {
    sources.iter().position(|source| *source == ColumnSource::Field(field)).unwrap_or_default()
}

/// The cells of a line that is not whole yet.
fn drafted(sources: &[ColumnSource], draft: &[String]) -> CellRow {
    let text = |source: &ColumnSource| {
        let drafted = if let ColumnSource::Field(field) = source { draft.get(*field) } else { None };
        Cell::Text(drafted.cloned().unwrap_or_default())
    };
    sources.iter().map(text).collect()
}

/// What keeps a line that is typed into a row from being whole; nothing while nothing is typed.
fn draft_faults(lines: &dyn Lines, sources: &[ColumnSource], draft: &[String], row: usize) -> Vec<WrongCell> {
    if draft.iter().all(String::is_empty) {
        return Vec::new();
    }
    let typed = TypedLine::new(lines.fields(), None, draft, &[], &[]);
    let faults = typed.faults(lines);
    let faults = typed.wrong.into_iter().chain(faults);
    faults.map(|(field, why)| WrongCell { row, column: column_of(sources, field), why }).collect()
}

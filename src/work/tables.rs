//! The worker's side of tables: finds, orders and sends the rows of a list, and turns what is typed or pasted into
//! lines of it.

mod aliases;
mod columns;
mod order;
mod typed_line;

use litemap::LiteMap;

use rust_decimal::Decimal;

use self::order::{SortKey, plain};
use self::typed_line::{Target, TypedLine};
use super::cell::{Cell, CellRow};
use super::computed::Computed;
use super::pending::Pending;
use super::server;
use super::table::{CellBlock, ColumnView, Subject, TableAction, TableQuery, TableView, WrongCell};
use crate::edit::command::Command;
use crate::engine::allocation::{self, Allocated};
use crate::import::cell::{self, Style, StyleClues};
use crate::model::agreement::Allocation;
use crate::model::list::{Field, FieldKind, Line, Lines, List, OnBadCell, Value};
use crate::model::listed_processor::ListedProcessor;
use crate::model::message::Message;
use crate::model::position::{Grant, LineStatus, Position};
use crate::model::workspace::Lists;

/// What was found for the last query, so that scrolling does not find it anew; and what is being typed.
#[derive(Default)]
pub struct Tables {
    found: Option<QueriedLines>,
    /// The line that is typed anew at the end of each list, field by field.
    drafts: LiteMap<List, Vec<String>>,
}

/// The lines that a query shows.
struct QueriedLines {
    revision: u32,
    subject: Subject,
    sort: Option<(usize, bool)>,
    filter: String,
    /// Their places in the list, in the order in which they are shown.
    indices: Vec<usize>,
    blank: Vec<bool>,
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
    /// Columns of the table that waits are to be taken otherwise: the row as shown, and the column, the cell and the
    /// text of each.
    Choices(Vec<usize>, Vec<(usize, usize, String)>),
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
        if matches!(subject, Subject::Columns | Subject::Preview) {
            let Some(pending) = self.pending else { return CellRow::new() };
            let cells =
                if subject == Subject::Columns { pending.column(index) } else { pending.row(self.lists, index) };
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
            (Some(grant), "metric") => Some(grant.metric.clone()),
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
        Subject::List(_)
        | Subject::Agreements { .. }
        | Subject::Use
        | Subject::BySite
        | Subject::Columns
        | Subject::Preview => (&[], &[], &[]),
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
        let fields = contents.lines(query.subject).fields();
        let sources = contents.sources(query.subject);
        let list = query.subject.list();
        let draft = list.and_then(|list| self.drafts.get(&list)).cloned().unwrap_or_default();
        let found = self.find(contents, query, &sources);
        let shown = found.indices.len();
        let window = found.indices.iter().skip(query.first).take(query.count);
        let mut rows: Vec<CellRow> = window.map(|index| contents.cells(query.subject, *index, &sources)).collect();
        if list.is_some() && (query.first..query.first.saturating_add(query.count)).contains(&shown) {
            let text = |source: &ColumnSource| {
                let drafted = if let ColumnSource::Field(field) = source { draft.get(*field) } else { None };
                Cell::Text(drafted.cloned().unwrap_or_default())
            };
            rows.push(sources.iter().map(text).collect());
        }
        let needed = |source: &ColumnSource| {
            let ColumnSource::Field(field) = source else { return false };
            let blank = draft.get(*field).is_none_or(String::is_empty);
            blank && fields.get(*field).is_some_and(|field| field.on_bad_cell == OnBadCell::Required)
        };
        let missing = if draft.is_empty() { Vec::new() } else { indices_of(&sources, needed) };
        let columns = sources.iter().zip(&found.blank);
        let columns = columns.map(|(source, blank)| contents.column(query.subject, *source, *blank)).collect();
        TableView { columns, all: contents.count(query.subject), shown, first: query.first, rows, missing }
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
        let indices = self.find(contents, query, &sources).indices.clone();
        let (first, last) = block.rows;
        let chosen = indices.iter().copied().skip(first).take(last.saturating_sub(first).saturating_add(1));
        let (list, texts) = match (action, query.subject.list()) {
            (TableAction::Copy, _) => {
                let row = |index: usize| {
                    let cells = contents.cells(query.subject, index, &sources);
                    let texts = block.columns.iter().map(|column| cells.get(*column).map_or(String::new(), plain));
                    texts.collect::<Vec<_>>().join("\t")
                };
                return ActionOutcome::Text(chosen.map(row).collect::<Vec<_>>().join("\n"));
            }
            (TableAction::Fill(_) | TableAction::Clear, None) if query.subject == Subject::Columns => {
                let text = if let TableAction::Fill(text) = action { text.as_str() } else { "" };
                let (mut rows, mut choices) = (Vec::new(), Vec::new());
                for (row, texts) in (first..).zip(spread(&rows_of(text), block)) {
                    let Some(index) = indices.get(row) else { break };
                    for (column, text) in block.columns.iter().zip(texts) {
                        rows.push(row);
                        choices.push((*index, *column, text));
                    }
                }
                return ActionOutcome::Choices(rows, choices);
            }
            // What is calculated cannot be changed.
            (_, None) => return ActionOutcome::Wrong(Vec::new()),
            (TableAction::Remove, Some(list)) => {
                return ActionOutcome::Command(Command::RemoveLines { list, indices: chosen.collect() });
            }
            (TableAction::Clear, Some(list)) => {
                let rows = last.min(indices.len()).saturating_sub(first).saturating_add(1);
                (list, vec![vec![String::new(); block.columns.len()]; rows])
            }
            (TableAction::Fill(text), Some(list)) => (list, rows_of(text)),
        };
        self.fill(contents, list, (&indices, &sources), block, &texts)
    }

    /// Puts texts into cells, from the corner of a block on. Rows below the last one are new lines.
    fn fill(
        &mut self,
        contents: Contents<'_>,
        list: List,
        (indices, sources): (&[usize], &[ColumnSource]),
        block: &CellBlock,
        texts: &[Vec<String>],
    ) -> ActionOutcome {
        let lines = contents.lists.lines(list);
        let texts = spread(texts, block);
        let targets = targets(lines.fields(), sources, block, &texts);
        let (mut wrong, mut put) = (Vec::new(), Vec::new());
        let at =
            |field: usize| sources.iter().position(|source| *source == ColumnSource::Field(field)).unwrap_or_default();
        for (row, texts) in (block.rows.0..).zip(&texts) {
            let index = indices.get(row).copied();
            let draft = self.drafts.get(&list).filter(|_| row == indices.len());
            let typed = TypedLine::new(lines, index, draft, &targets, texts);
            let faults = typed.faults(lines);
            // A new line that is typed cell by cell waits until it is whole.
            if index.is_none() && block.rows == (row, row) && typed.wrong.is_empty() && !faults.is_empty() {
                let nothing = typed.texts.iter().all(String::is_empty);
                self.drafts.insert(list, if nothing { Vec::new() } else { typed.texts });
                return ActionOutcome::Drafted;
            }
            let faults = typed.wrong.into_iter().chain(faults);
            let before = wrong.len();
            wrong.extend(faults.map(|(field, why)| WrongCell { row, column: at(field), why }));
            if wrong.len() == before {
                put.push((index, typed.values));
            }
        }
        if wrong.is_empty() {
            let (name, refused) = if list == List::Allocations {
                ("quantity", beyond(contents, &put))
            } else if list == List::Aliases {
                ("product", aliases::refused(&contents.lists.aliases, &put))
            } else {
                ("", Vec::new())
            };
            let column = at(lines.fields().iter().position(|field| field.name == name).unwrap_or_default());
            let wrong_cell = |(put, why)| WrongCell { row: block.rows.0.saturating_add(put), column, why };
            wrong.extend(refused.into_iter().map(wrong_cell));
        }
        if !wrong.is_empty() {
            return ActionOutcome::Wrong(wrong);
        }
        if put.iter().any(|(index, _)| index.is_none()) {
            self.drafts.remove(&list);
        }
        ActionOutcome::Command(Command::PutLines { list, lines: put })
    }

    /// The lines that a query shows, found anew only when something has changed.
    fn find(&mut self, contents: Contents<'_>, query: &TableQuery, sources: &[ColumnSource]) -> &QueriedLines {
        let known = self.found.take().filter(|found| {
            (found.revision, found.subject, found.sort, &found.filter)
                == (contents.revision, query.subject, query.sort, &query.filter)
        });
        let found = known.unwrap_or_else(|| find(contents, query, sources));
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

/// The texts for each row of a block: one text fills all of it, as in a spreadsheet.
fn spread(texts: &[Vec<String>], block: &CellBlock) -> Vec<Vec<String>> {
    let height = block.rows.1.saturating_sub(block.rows.0).saturating_add(1);
    match texts {
        [row] if row.len() == 1 => vec![row.iter().cycle().take(block.columns.len()).cloned().collect(); height],
        _ => texts.to_vec(),
    }
}

/// What is filled, from the first column of a block on. What is calculated is passed over.
fn targets(fields: &[Field], sources: &[ColumnSource], block: &CellBlock, texts: &[Vec<String>]) -> Vec<Target> {
    let width = texts.iter().map(Vec::len).max().unwrap_or_default();
    let target = |(column, index): (usize, &usize)| {
        let ColumnSource::Field(field) = *sources.get(*index)? else { return None };
        let kind = fields.get(field)?.kind;
        let cells = || texts.iter().filter_map(|row| row.get(column)).map(String::as_str);
        let plain = cells().all(|text| cell::read(kind, text, Style::Plain).is_some());
        let style = match cell::infer(kind, cells()) {
            _ if plain => Style::Plain,
            StyleClues::One(style) => style,
            StyleClues::Ambiguous(_) => Style::Either,
        };
        Some(Target { column, field, style })
    };
    block.columns.iter().take(width).enumerate().filter_map(target).collect()
}

fn find(contents: Contents<'_>, query: &TableQuery, sources: &[ColumnSource]) -> QueriedLines {
    let all = contents.count(query.subject);
    let wanted: Vec<String> = query.filter.split_whitespace().map(str::to_lowercase).collect();
    let mut blank = vec![true; sources.len()];
    let mut keyed = Vec::with_capacity(all);
    for index in 0..all {
        let cells = contents.cells(query.subject, index, sources);
        for (blank, cell) in blank.iter_mut().zip(&cells) {
            *blank &= *cell == Cell::Text(String::new());
        }
        if !wanted.is_empty() {
            let text = cells.iter().map(plain).collect::<Vec<_>>().join("\t").to_lowercase();
            if !wanted.iter().all(|word| text.contains(word.as_str())) {
                continue;
            }
        }
        let key = query.sort.and_then(|(column, _)| cells.into_iter().nth(column)).map_or(SortKey::Last, SortKey::of);
        keyed.push((key, index));
    }
    if let Some((_, turned)) = query.sort {
        // What is blank stands last either way, and equal lines keep their order.
        keyed.sort_by(|(one, _), (other, _)| match (one, other) {
            (SortKey::Last, _) | (_, SortKey::Last) => one.cmp(other),
            _ if turned => other.cmp(one),
            _ => one.cmp(other),
        });
    }
    let indices = keyed.into_iter().map(|(_, index)| index).collect();
    let TableQuery { subject, sort, filter, .. } = query.clone();
    QueriedLines { revision: contents.revision, subject, sort, filter, indices, blank }
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

fn indices_of(sources: &[ColumnSource], fits: impl Fn(&ColumnSource) -> bool) -> Vec<usize> {
    sources.iter().enumerate().filter(|(_, source)| fits(source)).map(|(index, _)| index).collect()
}

/// The cells of a pasted text: rows by line, cells by tab, quoted where a spreadsheet has to.
fn rows_of(text: &str) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b'\t').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows = reader.records().filter_map(Result::ok);
    let rows: Vec<Vec<String>> = rows.map(|row| row.iter().map(str::to_owned).collect()).collect();
    // What is blank is a cell too.
    if rows.is_empty() { vec![vec![String::new()]] } else { rows }
}

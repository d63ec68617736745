//! The changes a workspace knows.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::bundle::BundleTerms;
use crate::model::day;
use crate::model::list::{Line, Lines, Value};
use crate::model::message::Message;
use crate::model::order::PriceTerms;
use crate::model::paper;
use crate::model::price::Price;
use crate::model::proposal::ProposalTerms;
use crate::model::workspace::{List, Lists, PeriodChoice, RoundingPlace, SourceFile, Workspace};

/// One change, with all it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Call the workspace this.
    Rename(String),
    /// No longer rest on the file with this SHA-256.
    RemoveSource(String),
    /// Take lines out of a list.
    RemoveLines {
        /// Which list.
        list: List,
        /// Their places in it.
        indices: Vec<usize>,
    },
    /// Assess this period.
    SetPeriod(PeriodChoice),
    /// Round fractions here.
    SetRounding(RoundingPlace),
    /// The agreement says this about its prices.
    SetPriceTerms(PriceTerms),
    /// This is settled about bundles.
    SetBundleTerms(BundleTerms),
    /// The proposal says this.
    SetProposal(ProposalTerms),
    /// The prices of a file that hold from a day hold from another one.
    SetFirstDay {
        /// Name of the file.
        file: String,
        /// The day; `None` has no beginning.
        #[serde(deserialize_with = "day::read_optional")]
        from: Option<Date>,
        /// The other one.
        #[serde(deserialize_with = "day::read_optional")]
        to: Option<Date>,
    },
    /// Rest on these files too, and take these lines into the lists: what is there already is not added twice, and
    /// what stands under a known key comes in the place of what was there. It is made where files are read and never
    /// travels; it stands behind those that do, as compact formats count the variants.
    #[serde(skip)]
    Import {
        /// The files.
        sources: Vec<SourceFile>,
        /// SHA-256 of the file in whose place the files come, if any.
        replaced: Option<String>,
        /// The lines of lists.
        lists: Box<Lists>,
    },
    /// Put these lines into a list, each in the place of another one or at the end. It is made where cells are read
    /// and never travels.
    #[serde(skip)]
    PutLines {
        /// Which list.
        list: List,
        /// The index of each, `None` for the end, and the values of its fields.
        lines: Vec<(Option<usize>, Vec<Value>)>,
    },
}

/// Why a command was not carried out. The workspace is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// A name is blank.
    #[error("a workspace needs a name")]
    BlankName,
    /// The period would end before it begins.
    #[error("the period ends before it begins")]
    EmptyPeriod,
    /// No source has this SHA-256.
    #[error("the workspace has no such file")]
    NoSuchSource,
    /// The list has no line at this index.
    #[error("the list has no such line")]
    NoSuchLine,
    /// A line would contradict itself.
    #[error("{field}: {code}")]
    LineWrong {
        /// The field to look at.
        field: &'static str,
        /// Code of the issue.
        code: &'static str,
    },
}

impl Command {
    /// What it does, for whoever may want it undone.
    pub fn name(&self) -> Message {
        match self {
            Self::Rename(name) => Message::new("edit.rename").with("name", name.as_str()),
            Self::Import { sources, lists, .. } => match sources.as_slice() {
                [] => {
                    let filled: Vec<List> = List::CONTENT.into_iter().filter(|list| lists.len(*list) > 0).collect();
                    let what = match filled.as_slice() {
                        [list] => lines_of(*list, lists.len(*list)),
                        several => {
                            let count = several.iter().map(|list| lists.len(*list)).sum::<usize>();
                            Message::new("edit.lines").with("count", count)
                        }
                    };
                    Message::new("edit.import_lines").with("what", what)
                }
                [one] => Message::new("edit.import_file").with("file", one.name.as_str()),
                several => Message::new("edit.import_files").with("count", several.len()),
            },
            Self::RemoveSource(_) => Message::new("edit.remove_file"),
            Self::RemoveLines { list, indices } => {
                Message::new("edit.remove_lines").with("what", lines_of(*list, indices.len()))
            }
            Self::SetPeriod(_) => Message::new("edit.set_period"),
            Self::SetRounding(_) => Message::new("edit.set_rounding"),
            Self::SetPriceTerms(_) => Message::new("edit.set_price_terms"),
            Self::SetBundleTerms(_) => Message::new("edit.set_bundle_terms"),
            Self::SetProposal(_) => Message::new("edit.set_proposal"),
            Self::SetFirstDay { file, .. } => Message::new("edit.set_first_day").with("file", file.as_str()),
            Self::PutLines { list, lines } => {
                let new = lines.iter().all(|(index, _)| index.is_none());
                let key = if new { "edit.add_lines" } else { "edit.change_lines" };
                Message::new(key).with("what", lines_of(*list, lines.len()))
            }
        }
    }
}

/// So many lines of a list.
pub fn lines_of(list: List, count: usize) -> Message {
    Message::new(list.count_title()).with("count", count)
}

/// Carries out a command, wholly or not at all.
///
/// # Errors
/// When the command does not fit the workspace; nothing has changed then.
///
/// # Examples
///
/// ```rust
/// use highwater::edit::command::{Command, Rejected, apply};
/// use highwater::model::workspace::Workspace;
///
/// let mut workspace = Workspace::default();
/// apply(&mut workspace, Command::Rename(" Northwind ".to_owned())).unwrap();
/// assert_eq!(workspace.name, "Northwind"); // Blanks around a name are no part of it.
///
/// // A blank name is none: the command is rejected, and the workspace is as it was.
/// assert_eq!(apply(&mut workspace, Command::Rename(" ".to_owned())), Err(Rejected::BlankName));
/// assert_eq!(workspace.name, "Northwind");
/// ```
pub fn apply(workspace: &mut Workspace, command: Command) -> Result<(), Rejected> {
    match command {
        Command::Rename(name) => {
            let name = name.trim();
            if name.is_empty() {
                return Err(Rejected::BlankName);
            }
            name.clone_into(&mut workspace.name);
        }
        Command::Import { sources, replaced, lists } => {
            if let Some(sha256) = replaced {
                remove_source(workspace, &sha256)?;
            }
            for source in sources {
                if workspace.sources.iter().all(|known| known.sha256 != source.sha256) {
                    workspace.sources.push(source);
                }
            }
            workspace.lists.merge(&lists);
        }
        Command::RemoveSource(sha256) => remove_source(workspace, &sha256)?,
        Command::RemoveLines { list, indices } => {
            if indices.iter().any(|index| *index >= workspace.lists.len(list)) {
                return Err(Rejected::NoSuchLine);
            }
            let before = if list == List::Papers { papers(&workspace.lists) } else { Vec::new() };
            workspace.lists.remove(list, indices);
            // A paper goes with its line.
            let left = papers(&workspace.lists);
            let gone = |sha256: &String| before.contains(sha256) && !left.contains(sha256);
            workspace.sources.retain(|source| !(paper::is_name(&source.name) && gone(&source.sha256)));
        }
        Command::SetPeriod(period) => {
            if let PeriodChoice { from: Some(from), to: Some(to) } = period
                && from > to
            {
                return Err(Rejected::EmptyPeriod);
            }
            workspace.period = period;
        }
        Command::SetRounding(rounding) => workspace.rounding = rounding,
        Command::SetPriceTerms(terms) => workspace.price_terms = terms,
        Command::SetBundleTerms(terms) => workspace.bundle_terms = terms,
        Command::SetProposal(terms) => workspace.proposal = terms,
        Command::SetFirstDay { file, from, to } => set_first_day(workspace, &file, from, to)?,
        Command::PutLines { list, lines } => {
            let mut next = workspace.lists.clone();
            for (index, values) in lines {
                let list = next.lines_mut(list);
                if let Ok(Some((field, code))) = list.contradiction(&values) {
                    return Err(Rejected::LineWrong { field, code });
                }
                // What says the same is no change.
                if index.and_then(|index| list.values(index)).is_some_and(|before| before == values) {
                    continue;
                }
                // Whoever changes a line answers for it: it is no longer that of a file.
                list.put(index, "", 0, &values).map_err(|_| Rejected::NoSuchLine)?;
            }
            workspace.lists = next;
        }
    }
    Ok(())
}

/// The prices stay those of their file: only the day was said by somebody else.
fn set_first_day(workspace: &mut Workspace, file: &str, from: Option<Date>, to: Option<Date>) -> Result<(), Rejected> {
    let mut prices = workspace.lists.prices.clone();
    let begin = |price: &Price| price.file == file && price.valid_from == from;
    let those: Vec<(usize, Price)> = (0..)
        .zip(prices.iter())
        .filter(|(_, price)| begin(price))
        .map(|(index, price)| (index, Price { valid_from: to, ..Price::clone(price) }))
        .collect();
    for (index, price) in those {
        if let Some((field, code)) = price.contradiction() {
            return Err(Rejected::LineWrong { field, code });
        }
        prices.put(Some(index), file, price.row, &price.values()).map_err(|_| Rejected::NoSuchLine)?;
    }
    workspace.lists.prices = prices;
    Ok(())
}

/// The checksums of the papers.
fn papers(lists: &Lists) -> Vec<String> {
    lists.papers.lines().map(|paper| paper.sha256).collect()
}

fn remove_source(workspace: &mut Workspace, sha256: &str) -> Result<(), Rejected> {
    let before = workspace.sources.len();
    workspace.sources.retain(|source| source.sha256 != sha256);
    if workspace.sources.len() == before { Err(Rejected::NoSuchSource) } else { Ok(()) }
}

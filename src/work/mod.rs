//! What the page asks of the engine's worker, and what it gets back.
//!
//! The worker holds the open workspace and the catalogue, reads files, runs the engine and writes exports; the page
//! shows, and knows no rule (docs/decisions/0009-the-page-is-thin.md). What is packed is opened by a worker of its own
//! ([`files`]; docs/decisions/0047-two-workers.md). Request and response travel in postcard's format: both sides are of
//! one edition ([`service::BUILD`]), so nothing needs to be named, and its reader is a third of that of JSON. How
//! they are wrapped for the browser stands in `browser::worker` and in `worker`.

#[cfg(feature = "engine")]
pub mod arranged;
pub mod blocks;
#[cfg(feature = "engine")]
pub mod catalogue;
pub mod catalogue_view;
pub mod cell;
#[cfg(feature = "engine")]
pub mod computed;
pub mod data_table;
pub mod decision_answers;
pub mod drawing;
mod example_prices;
#[cfg(feature = "engine")]
pub mod explained;
pub mod file_bytes;
pub mod file_card;
pub mod files;
#[cfg(feature = "engine")]
mod first_day;
#[cfg(feature = "engine")]
pub mod first_steps;
#[cfg(feature = "engine")]
mod forecasts;
pub mod found;
#[cfg(feature = "engine")]
pub mod geometry;
pub mod hits;
pub mod import_effect;
pub mod last_version;
pub mod mapping;
#[cfg(feature = "engine")]
mod near;
pub mod own_price;
pub mod pasted;
#[cfg(feature = "engine")]
pub mod pending;
pub mod question;
pub mod reading;
pub mod report_view;
pub mod screen_query;
#[cfg(feature = "engine")]
pub mod screens;
#[cfg(feature = "engine")]
mod section_table;
#[cfg(feature = "engine")]
pub mod server;
pub mod service;
#[cfg(feature = "engine")]
pub mod session;
pub mod setting;
pub mod sought;
#[cfg(feature = "engine")]
pub mod sources;
#[cfg(feature = "engine")]
pub mod step_text;
pub mod step_words;
pub mod table;
#[cfg(feature = "engine")]
pub mod tables;
pub mod task_field;
pub mod tone;

use std::num::NonZeroU32;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::edit::command::Command;
use crate::edit::journal::Unkept;
pub use crate::engine::Quantity;
pub use crate::engine::findings::FindingKey;
pub use crate::engine::renewal::{ChargePlace, ChargeScope, RenewalFigure, Renewing};
use crate::model::derivation::Derivation;
use crate::model::issue::Issue;
use crate::model::message::Message;
use crate::model::period::Period;
use crate::model::workspace::{List, PeriodChoice, SourceFile};
pub use crate::rules::RateStatus;
use blocks::Block;
use files::{ClosedFile, OpenedFile};
pub use found::{CatalogueMatches, MachineRow, MissingRow, ProcessorRow, RateRow};
use hits::HitGroup;
pub use mapping::{ColumnMatch, MapStep, Mapped, MappedColumn};
pub use question::Question;
use screen_query::ScreenQuery;
pub use setting::Setting;
use table::{BlockSummary, CellBlock, TableAction, TableQuery, TableView, WrongCell};

/// What the page asks.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Request {
    /// Open this workspace, as [`State::unkept`] gave it. The bytes of its sources follow, each with what was parsed of it
    /// behind it, where there is that.
    Open {
        /// The workspace as JSON, as it was written last.
        document: String,
        /// The steps since then.
        steps: Vec<String>,
        /// The lines that were begun and are not whole, as [`TableView::drafts`] gave them.
        drafts: String,
        /// The files that follow.
        files: Vec<KeptFile>,
    },
    /// These files are kept now, by SHA-256, and follow: their bytes need not be held any more. The answer is what was
    /// parsed of them, to be kept beside them ([`Response::Parsed`]).
    Kept(Vec<String>),
    /// Add files to the open workspace; the bytes follow in the order of the names.
    Import {
        /// Names of the files, as the user knows them.
        names: Vec<String>,
        /// SHA-256 of the file in whose place they come, if any.
        replaced: Option<String>,
    },
    /// Take what was in files that had to be opened ([`Response::Closed`]); it follows, for those that were.
    Opened(Vec<OpenedFile>),
    /// Read a workspace file, whose bytes follow. It waits until it is accepted.
    Receive {
        /// Name of the file, as the user knows it.
        name: String,
    },
    /// Put the workspace file that waits in the place of the open workspace.
    Accept,
    /// Change the open workspace in a way that needs no new file.
    Edit(Command),
    /// Take the last change back.
    Undo,
    /// Make the change that was taken back last once more.
    Redo,
    /// Explain one number; the first steps below each step are there then.
    Explain(Question),
    /// More steps of the explanation of a number.
    Steps {
        /// The number.
        question: Question,
        /// The step below which they stand: a child, a child of that, and so on.
        path: Vec<usize>,
        /// The first of them.
        first: usize,
    },
    /// The whole explanation of a number as a text.
    ExplainText(Question),
    /// A step with the table that waits; the answer is a [`State`].
    Map(MapStep),
    /// A window of a table.
    Table(TableQuery),
    /// What a block of cells amounts to.
    Summarise {
        /// What is seen of the table: it says which rows are meant.
        query: TableQuery,
        /// The cells.
        block: CellBlock,
    },
    /// Do something with cells of a table.
    Act {
        /// What is seen of the list: it says which rows are meant.
        query: TableQuery,
        /// The cells.
        block: CellBlock,
        /// What to do.
        action: TableAction,
    },
    /// What a screen shows.
    Show(ScreenQuery),
    /// What is to be remembered on this day; `None` where nobody knows the day.
    Remind(#[serde(deserialize_with = "crate::model::day::read_optional")] Option<Date>),
    /// Settle something about the workspace, as a field was filled in.
    Set {
        /// What.
        setting: Setting,
        /// What stands in the field; blank is not settled.
        text: String,
    },
    /// Write a file.
    Export(Export),
    /// Rate one server.
    Rate(ServerQuery),
    /// The processors that what is typed may mean.
    Suggest {
        /// What is typed.
        typed: String,
        /// How many at most.
        limit: usize,
    },
    /// What in the open workspace and among part numbers answers what is typed.
    Find(String),
    /// Look up rates, processors and parts in the catalogue.
    Search(String),
}

/// A file that is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptFile {
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Whether what was parsed of it is kept too.
    pub parsed: bool,
}

/// From so many bytes on a file is not held in memory once it is kept, and what was parsed of it is kept beside it.
pub const LARGE_FILE: u64 = 1 << 20;

/// Files that the worker writes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Export {
    /// The position as CSV.
    PositionCsv,
    /// The position as a workbook.
    PositionXlsx,
    /// A paper that is kept, by its SHA-256.
    Paper(String),
    /// A list as CSV, in the form in which it can be read again.
    List(List),
    /// The same as a workbook.
    ListXlsx(List),
    /// What renewals will cost, as a workbook that calculates.
    ForecastXlsx {
        /// The day of the forecast.
        #[serde(deserialize_with = "crate::model::day::read_optional")]
        today: Option<Date>,
    },
    /// What differs between two price lists as CSV: those for which the screen is asked.
    PriceChanges(ScreenQuery),
    /// A report as CSV: that for which the screen is asked.
    ReportCsv(ScreenQuery),
    /// The same as a workbook.
    ReportXlsx(ScreenQuery),
    /// What is to be done before renewals, as a calendar.
    Calendar {
        /// The day on which it is written.
        #[serde(deserialize_with = "crate::model::day::read_optional")]
        today: Option<Date>,
    },
    /// The workspace with its files, as one JSON file.
    Workspace {
        /// When, in UTC: the worker's side knows no clock.
        saved_at: String,
    },
}

/// What the worker answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Response {
    /// These files have to be opened first: their bytes follow. Nothing has changed; the request can be made again as
    /// soon as [`Request::Opened`] has brought what is in them.
    Closed(Vec<ClosedFile>),
    /// What was opened was taken in.
    Taken,
    /// What was parsed of these files, by SHA-256, follows in postcard's format. It is of this [`service::BUILD`].
    Parsed(Vec<String>),
    /// The workspace as it is now. After [`Request::Accept`] the bytes of its sources follow, in
    /// their order.
    State(Box<State>),
    /// A workspace file was read and waits.
    Received {
        /// The name of its workspace.
        name: String,
    },
    /// A window of a list.
    Table(Box<TableView>),
    /// What a block of cells amounts to.
    Summary(BlockSummary),
    /// A text, such as that of copied cells.
    Text(String),
    /// Cells could not be filled as asked; nothing has changed.
    Wrong(Vec<WrongCell>),
    /// What a screen shows.
    Blocks(Vec<Block>),
    /// What presses, in a sentence; `None` where nothing does.
    Reminder(Option<Message>),
    /// A derivation.
    Derivation(Box<Derivation>),
    /// Steps of a derivation.
    Steps(Vec<Derivation>),
    /// A file; its bytes follow.
    File {
        /// Name to save it under.
        name: String,
        /// Its media type.
        media_type: String,
    },
    /// Sheets to make a workbook of; they follow, for [`files::FilesRequest::Write`].
    Workbook {
        /// Name to save it under.
        name: String,
    },
    /// The rate of a server.
    Rated(Box<RatedServer>),
    /// Names of processors, the likeliest first.
    Processors(Vec<String>),
    /// What answers best, kind by kind.
    Hits(Vec<HitGroup>),
    /// What was found in the catalogue.
    Found(Box<CatalogueMatches>),
    /// The request could not be carried out; nothing has changed.
    Refused(Vec<Issue>),
}

/// The open workspace as it is now. What it amounts to is asked for where it is shown ([`Request::Show`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// What is to be kept of it: the page stores it and never looks into it.
    pub unkept: Unkept,
    /// What the page shows of it.
    pub workspace: Overview,
    /// What an import has brought, file by file: the place in the request, and the SHA-256 to keep its bytes under.
    pub added: Vec<(usize, String)>,
    /// Files of an import that could not be used, and why.
    pub refused: Vec<Issue>,
    /// Lines of an imported ledger that could not be used, or not as they are written.
    pub left_out: Vec<Issue>,
    /// The table that waits until somebody has seen what it is taken for, if any.
    pub mapping: Option<Mapped>,
    /// The table in which something was done ([`Request::Act`]), as it is now.
    pub table: Option<Box<TableView>>,
}

/// What the page shows of the open workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Its name; empty until somebody gives it one.
    pub name: String,
    /// The files it rests on.
    pub sources: Vec<SourceFile>,
    /// The period that is chosen.
    pub period: PeriodChoice,
    /// The days that are looked at; `None` when no day is named anywhere.
    pub assessed: Option<Period>,
    /// Newest edition of the rate table that was used.
    #[serde(deserialize_with = "crate::model::day::read_optional")]
    pub table_date: Option<Date>,
    /// What it comes to, in a sentence.
    pub summary: Option<Message>,
    /// Counts the changes.
    pub revision: u32,
    /// How many lines each list has, in the order of [`List::ALL`].
    pub lines: [usize; List::ALL.len()],
    /// What undo would take back.
    pub undoes: Option<Message>,
    /// What redo would do once more.
    pub redoes: Option<Message>,
}

impl Overview {
    /// How many lines a list has.
    pub fn lines_of(&self, list: List) -> usize {
        List::ALL.into_iter().zip(self.lines).find(|(known, _)| *known == list).map_or(0, |(_, lines)| lines)
    }

    /// Whether it rests on any file, or any list has a line.
    pub fn has_content(&self) -> bool {
        // What is remembered of tables is no content.
        !self.sources.is_empty() || List::CONTENT.into_iter().any(|list| self.lines_of(list) > 0)
    }
}

/// One server of which little is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerQuery {
    /// Brand string or model of the processor.
    pub processor: String,
    /// The most sockets that the server can hold; `None` when not known.
    pub sockets: Option<NonZeroU32>,
    /// Activated cores; `None` follows sockets and processor.
    pub cores: Option<NonZeroU32>,
    /// Whether its operating system is a Linux.
    pub linux: bool,
    /// Whether it runs in an eligible public cloud.
    pub cloud: bool,
}

/// What one server amounts to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatedServer {
    /// PVU for each core.
    pub pvu_per_core: u32,
    /// How the rate was found.
    pub status: RateStatus,
    /// What the row of the table that decided is called.
    pub row: Option<String>,
    /// The rows that fit when several do with different rates, each with its PVU per core.
    pub candidates: Vec<(String, Option<u32>)>,
    /// The cores of the server when all of its sockets are filled with this processor; `None` when not known.
    pub filled_cores: Option<u32>,
    /// The cores that count; `None` when nobody knows them.
    pub cores: Option<u32>,
    /// PVU of the whole server; `None` while its cores are not known.
    pub total: Option<u64>,
    /// Cores times rate with its steps; the rate alone while the cores are not known.
    pub derivation: Derivation,
}

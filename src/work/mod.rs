//! What the page asks of the worker, and what it gets back.
//!
//! The worker holds the open workspace, reads files, runs the engine and writes exports; the page shows. A request
//! travels as a JavaScript array: the JSON of [`Envelope`], then the files it names as `File` or `Blob` objects, in
//! order. A response travels the same way, with an `ArrayBuffer` when it carries a file.

#[cfg(feature = "files")]
pub mod serve;
#[cfg(feature = "files")]
pub mod sources;

use serde::{Deserialize, Serialize};

use crate::edit::command::Command;
pub use crate::engine::Quantity;
use crate::model::assessment::Assessment;
use crate::model::derivation::Derivation;
use crate::model::issue::Issue;
use crate::model::message::Message;
use crate::model::metric::Metric;
use crate::model::workspace::Workspace;

/// Both sides must speak the same version: a cached worker of an older deployment is refused.
pub const PROTOCOL: u32 = 1;

/// A request or a response, and which request it belongs to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Envelope<T> {
    /// Number of the request; 0 for what nobody asked for.
    pub id: u32,
    /// What is asked or answered.
    pub body: T,
}

/// What the page asks.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Open this workspace; the bytes of its sources follow, in their order.
    Open(Workspace),
    /// Add files to the open workspace; the bytes follow in the order of the names.
    Import {
        /// Names of the files, as the user knows them.
        names: Vec<String>,
    },
    /// Change the open workspace in a way that needs no new file.
    Edit(Command),
    /// Explain one number of the last assessment.
    Explain {
        /// Name of the product.
        product: String,
        /// Its metric.
        metric: Metric,
        /// Which of its numbers.
        quantity: Quantity,
    },
    /// Write a file.
    Export(Export),
}

/// Files that the worker writes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Export {
    /// The position as CSV.
    PositionCsv,
    /// The position as a workbook.
    PositionXlsx,
    /// The workspace with its files, as one JSON file.
    Workspace {
        /// When, in UTC: the worker's side knows no clock.
        saved_at: String,
    },
}

/// What the worker answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// The worker is up.
    Ready {
        /// Its [`PROTOCOL`].
        protocol: u32,
    },
    /// So far a long request has come.
    Progress {
        /// What is being done, for example `progress.reading`.
        stage: Message,
        /// How many of `total` parts are done.
        done: u64,
        /// How many parts there are.
        total: u64,
    },
    /// The workspace as it is now, and its assessment.
    State(Box<State>),
    /// A derivation.
    Derivation(Box<Derivation>),
    /// A file; its bytes follow.
    File {
        /// Name to save it under.
        name: String,
        /// Its media type.
        media_type: String,
    },
    /// The request could not be carried out; nothing has changed.
    Refused(Vec<Issue>),
}

/// The open workspace and what it amounts to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The document to keep.
    pub workspace: Workspace,
    /// What the engine answers.
    pub assessment: Assessment,
    /// What an import has brought, file by file: the place in the request, and the SHA-256 to keep its bytes under.
    pub added: Vec<(usize, String)>,
    /// Files of an import that could not be used, and why.
    pub refused: Vec<Issue>,
}

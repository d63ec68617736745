//! The two workers that the page talks to, and what both of them say around their answers.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::files::{FilesRequest, FilesResponse};
use super::{Request, Response};
use crate::model::message::Message;

/// The build: a hash of the sources. Both sides must be of the same one: a worker of an older deployment that somebody has
/// kept is refused.
pub const BUILD: u64 = match u64::from_str_radix(env!("HIGHWATER_BUILD"), 16) {
    Ok(build) => build,
    Err(_) => 0,
};

/// A worker, as the page knows it.
pub trait Service {
    /// What its program is called beside the page: `engine` lies in `engine_bg.wasm`.
    const PROGRAM: &'static str;
    /// What it is asked.
    type Input: Serialize + DeserializeOwned;
    /// What it answers.
    type Output: Serialize + DeserializeOwned;
}

/// The worker that holds the open workspace and runs the engine.
#[derive(Clone, Copy, Debug)]
pub struct EngineService;

impl Service for EngineService {
    const PROGRAM: &'static str = "engine";
    type Input = Request;
    type Output = Response;
}

/// The worker that opens files that are packed and writes workbooks. It keeps nothing, so that it can be ended and
/// started anew whenever a file is too much for it.
#[derive(Clone, Copy, Debug)]
pub struct FilesService;

impl Service for FilesService {
    const PROGRAM: &'static str = "files";
    type Input = FilesRequest;
    type Output = FilesResponse;
}

/// What a worker says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Reply<R> {
    /// It is up.
    Ready {
        /// Its [`BUILD`].
        build: u64,
        /// The files of texts that the page does not have itself.
        texts: Vec<String>,
    },
    /// So far a long request has come.
    Progress {
        /// What is being done, for example `page.progress.reading`.
        stage: Message,
        /// How many of `total` parts are done.
        done: u64,
        /// How many parts there are.
        total: u64,
    },
    /// What the request came to.
    Answer(R),
}

//! The worker's side of the protocol.

use super::{Request, Response, State};
use crate::model::message::Message;

/// The open workspace.
#[derive(Debug, Default)]
pub struct Session {}

impl Session {
    /// A session with an empty workspace.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers a request; `files` are the bytes that came with it.
    pub fn handle(
        &mut self,
        _request: Request,
        _files: Vec<Vec<u8>>,
        _progress: &mut dyn FnMut(Message, u64, u64),
    ) -> (Response, Option<Vec<u8>>) {
        (Response::State(Box::new(State::default())), None)
    }
}

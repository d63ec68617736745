//! Questions to the worker that follow what the user does, and its answers.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dispatch::Dispatch;
use super::state::Shared;
use crate::work::hits::HitGroup;
use crate::work::{CatalogueMatches, RatedServer, Request, Response};

/// What is known of a question.
#[derive(Clone, Debug, Default)]
pub enum QueryState {
    /// Nothing is asked, or nobody answered.
    #[default]
    Nothing,
    /// The worker is being asked for the first time.
    Looking,
    /// What it answered last.
    Known(Arc<Response>),
}

impl QueryState {
    /// The answer, whatever it is.
    pub fn response(&self) -> Option<&Response> {
        if let Self::Known(response) = self { Some(response) } else { None }
    }

    /// The rate of a server, when that was asked.
    pub fn rated(&self) -> Option<&RatedServer> {
        if let Response::Rated(rated) = self.response()? { Some(rated) } else { None }
    }

    /// The processors that what is typed may mean, when that was asked.
    pub fn processors(&self) -> Option<&[String]> {
        if let Response::Processors(names) = self.response()? { Some(names) } else { None }
    }

    /// What answers what is sought, when that was asked.
    pub fn hits(&self) -> Option<&[HitGroup]> {
        if let Response::Hits(groups) = self.response()? { Some(groups) } else { None }
    }

    /// What a search has found, when that was asked.
    pub fn found(&self) -> Option<&CatalogueMatches> {
        if let Response::Found(found) = self.response()? { Some(found) } else { None }
    }
}

/// A question that follows what the user does.
#[derive(Clone, Copy)]
pub struct Query {
    /// What is known of it.
    pub state: Signal<QueryState>,
    /// Whether something else is asked than what was answered last.
    pub waits: Signal<bool>,
}

/// A question about the open workspace, asked anew whenever that or what the question follows changes.
pub fn workspace_query(question: impl Fn() -> Option<Request> + 'static) -> Query {
    let shared = Shared::here();
    let revision = Memo::new(move |_| shared.workspace(|workspace| workspace.revision));
    follow(Box::new(move || {
        // A memo that is only tracked is never computed, and never changes.
        let _ = revision.get();
        question()
    }))
}

/// The outcome of a question, asked anew whenever what it follows changes. Only the answer to the question that stands
/// counts, and only while somebody looks.
pub fn query(question: impl Fn() -> Option<Request> + 'static) -> Signal<QueryState> {
    follow(Box::new(question)).state
}

/// One copy of this serves every question.
fn follow(question: Box<dyn Fn() -> Option<Request>>) -> Query {
    let dispatch = Dispatch::here();
    let outcome = RwSignal::new(QueryState::Nothing);
    let waits = RwSignal::new(false);
    // Counts the questions: the last one stands.
    let last = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let request = question();
        let number = last.with_value(|last| last.wrapping_add(1));
        last.set_value(number);
        waits.set(request.is_some());
        let Some(request) = request else { return outcome.set(QueryState::Nothing) };
        if outcome.with_untracked(|now| matches!(now, QueryState::Nothing)) {
            outcome.set(QueryState::Looking);
        }
        spawn_local(async move {
            let answer = dispatch.put(request).await;
            if last.try_get_value() == Some(number) {
                outcome.try_set(answer.map_or(QueryState::Nothing, QueryState::Known));
                waits.try_set(false);
            }
        });
    });
    Query { state: outcome.into(), waits: waits.into() }
}

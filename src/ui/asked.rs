//! Questions that follow the typing, and the worker's answers to them.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is known of what is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome<A> {
    /// Nothing is asked, or nobody answered.
    #[default]
    Nothing,
    /// The worker is being asked for the first time.
    Looking,
    /// What it answered last.
    Known(A),
}

impl<A> Outcome<A> {
    /// The answer.
    pub const fn known(&self) -> Option<&A> {
        if let Self::Known(answer) = self { Some(answer) } else { None }
    }
}

/// The outcome of a question, asked anew whenever it changes. Only the answer to the question that stands counts, and
/// only while somebody looks.
pub fn asked<Q, A, F>(
    question: impl Fn() -> Option<Q> + Send + Sync + 'static,
    ask: impl Fn(Q) -> F + 'static,
) -> Signal<Outcome<A>>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    A: Clone + Send + Sync + 'static,
    F: Future<Output = Option<A>> + 'static,
{
    let outcome = RwSignal::new(Outcome::Nothing);
    let question = Memo::new(move |_| question());
    Effect::new(move |_| {
        let Some(asked) = question.get() else { return outcome.set(Outcome::Nothing) };
        if outcome.with_untracked(|now| matches!(now, Outcome::Nothing)) {
            outcome.set(Outcome::Looking);
        }
        let answer = ask(asked.clone());
        spawn_local(async move {
            let answer = answer.await;
            if question.try_get_untracked().flatten() == Some(asked) {
                outcome.try_set(answer.map_or(Outcome::Nothing, Outcome::Known));
            }
        });
    });
    outcome.into()
}

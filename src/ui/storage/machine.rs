//! When the open workspace is written, and what the header may say of it: a state machine that knows no browser and no
//! clock. What happens is a [`StorageEvent`]; what is to be done about it is a [`StorageEffect`].
//!
//! - After a change a write is always under way, or it is shown that the change is not kept.
//! - One write at a time; what has changed during a write is written after it.
//! - What cannot be opened is never written over, and nothing is written before what is kept was read.
//! - What another tab has written meanwhile is never written over: what is open here is kept beside it.

use crate::browser::database::StorageError;
use crate::ui::state::SaveState;

/// How the open workspace is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum StorageState {
    /// No workspace is open: before the first one, and between two. What changes belongs to one that was left.
    #[default]
    Closed,
    /// What is kept is being read.
    Opening {
        /// Whether something has changed already.
        changed: bool,
        /// Why it could not be read the last time.
        failed: Option<StorageError>,
    },
    /// Nothing is kept, and there is nothing to keep yet.
    Empty,
    /// It was written and read back, at this moment.
    Saved {
        /// When.
        at: String,
    },
    /// It is being written and read back.
    Saving {
        /// Whether something has changed since this write began.
        changed: bool,
    },
    /// It could not be written: what has changed is only here, in memory.
    Failed {
        /// Why.
        error: StorageError,
    },
    /// The browser did not say what is kept, so there may be something.
    Unread {
        /// Why.
        error: StorageError,
    },
    /// What is kept cannot be opened: it is left as it is.
    Sealed {
        /// Why.
        error: StorageError,
    },
}

/// Something that happens to the open workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageEvent {
    /// The store of a workspace was chosen, and what is kept there is to be opened.
    Enter,
    /// What is kept was opened; when it was saved, or `None` where nothing is kept.
    Opened(Result<Option<String>, StorageError>),
    /// The worker cannot read what it could read before.
    Unreadable(StorageError),
    /// The workspace has changed.
    Changed,
    /// The workspace is kept in another store from now on, in which there is nothing yet.
    Moved,
    /// The write has ended; when it began.
    SaveFinished(Result<String, StorageError>),
    /// The user wants to try again what has failed.
    Retry,
    /// The page is out of sight and may never come back.
    Hidden,
    /// Another workspace is to be opened, or this one to be deleted.
    Leave(Unsaved),
}

/// What becomes of a workspace that is not saved when another one is to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaved {
    /// It stays open.
    StaysOpen,
    /// It is given up.
    IsGivenUp,
}

/// Something that is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageEffect {
    /// Read what is kept and open it; then comes [`StorageEvent::Opened`].
    Load,
    /// Write the workspace as it is now and read it back; then comes [`StorageEvent::SaveFinished`].
    Write,
    /// Choose a store in which there is nothing yet.
    ChooseNewStore,
    /// Tell the user that what is open is kept beside what another tab has written.
    TellOvertaken,
    /// Ask the browser to keep what was saved until the user deletes it.
    AskToPersist,
}

impl StorageState {
    /// The state after an event, and what is to be done about it in this order.
    #[must_use]
    pub fn step(self, event: StorageEvent) -> (Self, Vec<StorageEffect>) {
        use StorageEvent as Event;
        match (self, event) {
            (Self::Saving { .. }, Event::SaveFinished(Err(StorageError::Overtaken))) => {
                let (state, mut effects) = Self::write_elsewhere();
                effects.push(StorageEffect::TellOvertaken);
                (state, effects)
            }
            (Self::Closed, Event::Enter) => (Self::Opening { changed: false, failed: None }, vec![StorageEffect::Load]),
            (Self::Opening { changed, .. }, Event::Opened(opened)) => Self::opened(opened, changed),
            // What is being written was read by the worker.
            (Self::Empty | Self::Saved { .. } | Self::Failed { .. }, Event::Unreadable(error)) => {
                (Self::Sealed { error }, Vec::new())
            }

            (Self::Empty | Self::Saved { .. } | Self::Failed { .. }, Event::Changed)
            | (
                Self::Empty
                | Self::Saved { .. }
                | Self::Failed { .. }
                | Self::Unread { .. }
                | Self::Sealed { .. }
                | Self::Opening { .. },
                Event::Moved,
            )
            | (Self::Failed { .. }, Event::Retry | Event::Hidden)
            // What failed may succeed with what has changed since.
            | (Self::Saving { changed: true }, Event::SaveFinished(_)) => Self::write(),
            (Self::Opening { failed, .. }, Event::Changed) => (Self::Opening { changed: true, failed }, Vec::new()),
            (Self::Unread { .. }, Event::Changed) => Self::write_elsewhere(),
            (Self::Saving { .. }, Event::Changed | Event::Moved) => (Self::Saving { changed: true }, Vec::new()),

            (Self::Saving { changed: false }, Event::SaveFinished(Ok(at))) => {
                (Self::Saved { at }, vec![StorageEffect::AskToPersist])
            }
            (Self::Saving { changed: false }, Event::SaveFinished(Err(error))) => (Self::Failed { error }, Vec::new()),

            (Self::Unread { error } | Self::Sealed { error }, Event::Retry) => {
                (Self::Opening { changed: false, failed: Some(error) }, vec![StorageEffect::Load])
            }

            (Self::Empty | Self::Saved { .. } | Self::Opening { changed: false, .. }, Event::Leave(_))
            | (
                Self::Failed { .. } | Self::Unread { .. } | Self::Sealed { .. } | Self::Opening { .. },
                Event::Leave(Unsaved::IsGivenUp),
            ) => (Self::Closed, Vec::new()),

            (state, _) => (state, Vec::new()),
        }
    }

    /// The state once what is kept was read.
    fn opened(opened: Result<Option<String>, StorageError>, changed: bool) -> (Self, Vec<StorageEffect>) {
        match opened {
            Ok(_) if changed => Self::write(),
            Ok(Some(at)) => (Self::Saved { at }, Vec::new()),
            Ok(None) => (Self::Empty, Vec::new()),
            Err(StorageError::Refused(_)) if changed => Self::write_elsewhere(),
            Err(error @ StorageError::Refused(_)) => (Self::Unread { error }, Vec::new()),
            Err(error) => (Self::Sealed { error }, Vec::new()),
        }
    }

    fn write() -> (Self, Vec<StorageEffect>) {
        (Self::Saving { changed: false }, vec![StorageEffect::Write])
    }

    /// Writes beside what could not be read, never over it.
    fn write_elsewhere() -> (Self, Vec<StorageEffect>) {
        (Self::Saving { changed: false }, vec![StorageEffect::ChooseNewStore, StorageEffect::Write])
    }

    /// What the header says.
    pub fn shown(&self) -> SaveState {
        match self {
            Self::Closed | Self::Empty | Self::Opening { failed: None, changed: false } => SaveState::Nothing,
            Self::Saved { at } => SaveState::Saved(at.clone()),
            Self::Saving { .. } | Self::Opening { failed: None, changed: true } => SaveState::Saving,
            Self::Opening { failed: Some(error), .. }
            | Self::Failed { error }
            | Self::Unread { error }
            | Self::Sealed { error } => SaveState::Failed(error.clone()),
        }
    }

    /// Whether a workspace is open that may be changed.
    pub const fn is_open(&self) -> bool {
        !matches!(self, Self::Closed | Self::Opening { .. })
    }

    /// Whether nothing is under way that decides what is kept.
    pub const fn is_settled(&self) -> bool {
        !matches!(self, Self::Saving { .. } | Self::Opening { changed: true, .. })
    }
}

#[cfg(test)]
mod tests;

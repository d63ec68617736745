//! Every transition by its name, and what holds whatever happens.

use proptest::prelude::{Just, ProptestConfig, Strategy, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::test_runner::RngSeed;

use super::StorageEffect::{AskToPersist, ChooseNewStore, Load, TellOvertaken, Write};
use super::StorageEvent::{
    Changed, Enter, Hidden, Leave, Moved, Opened, Retry, SaveFinished, Unreadable as WorkerRefused,
};
use super::Unsaved::{IsGivenUp, StaysOpen};
use super::*;
use crate::browser::Refusal;

fn at() -> String {
    "2026-11-21T14:02:05.123Z".to_owned()
}

fn full() -> StorageError {
    StorageError::Refused(Refusal("the disk is full".to_owned()))
}

const NEWER: StorageError = StorageError::Newer(2);

fn opening(changed: bool) -> StorageState {
    StorageState::Opening { changed, failed: None }
}

fn saving(changed: bool) -> StorageState {
    StorageState::Saving { changed }
}

fn saved() -> StorageState {
    StorageState::Saved { at: at() }
}

fn failed() -> StorageState {
    StorageState::Failed { error: full() }
}

fn unread() -> StorageState {
    StorageState::Unread { error: full() }
}

fn sealed() -> StorageState {
    StorageState::Sealed { error: NEWER }
}

/// One state of each kind.
fn all() -> Vec<StorageState> {
    let open = [StorageState::Empty, saved(), saving(false), saving(true), failed(), unread(), sealed()];
    [StorageState::Closed, opening(false), opening(true)].into_iter().chain(open).collect()
}

#[track_caller]
fn leads(from: StorageState, event: StorageEvent, to: StorageState, effects: &[StorageEffect]) {
    assert_eq!(from.clone().step(event.clone()), (to, effects.to_vec()), "{from:?} and {event:?}");
}

#[track_caller]
fn leads_nowhere(from: StorageState, event: StorageEvent) {
    leads(from.clone(), event, from, &[]);
}

#[test]
fn entering_a_store_reads_what_is_kept_there() {
    leads(StorageState::default(), Enter, opening(false), &[Load]);
    for state in all().into_iter().filter(|state| *state != StorageState::Closed) {
        leads_nowhere(state, Enter);
    }
}

#[test]
fn what_was_opened_is_saved_and_where_nothing_is_kept_there_is_nothing_to_keep() {
    leads(opening(false), Opened(Ok(Some(at()))), saved(), &[]);
    leads(opening(false), Opened(Ok(None)), StorageState::Empty, &[]);
}

#[test]
fn a_reading_that_ends_after_the_workspace_was_left_changes_nothing() {
    let elsewhere = |state: &StorageState| !matches!(state, StorageState::Opening { .. });
    for state in all().into_iter().filter(elsewhere) {
        leads_nowhere(state.clone(), Opened(Ok(Some("of another one".to_owned()))));
        leads_nowhere(state, Opened(Err(NEWER)));
    }
}

#[test]
fn a_change_is_written_at_once() {
    for state in [StorageState::Empty, saved(), failed()] {
        leads(state, Changed, saving(false), &[Write]);
    }
}

#[test]
fn a_change_before_what_is_kept_was_read_is_written_after_it() {
    leads(opening(false), Changed, opening(true), &[]);
    leads(opening(true), Opened(Ok(Some(at()))), saving(false), &[Write]);
    leads(opening(true), Opened(Ok(None)), saving(false), &[Write]);
}

#[test]
fn changes_during_a_write_are_one_more_write_after_it() {
    leads(saving(false), Changed, saving(true), &[]);
    leads(saving(true), Changed, saving(true), &[]);
    leads(saving(true), SaveFinished(Ok(at())), saving(false), &[Write]);
}

#[test]
fn a_change_during_a_write_that_fails_is_tried_as_well() {
    leads(saving(true), SaveFinished(Err(full())), saving(false), &[Write]);
}

#[test]
fn a_write_that_succeeds_is_saved_and_the_browser_is_asked_to_keep_it() {
    leads(saving(false), SaveFinished(Ok(at())), saved(), &[AskToPersist]);
}

#[test]
fn a_write_that_fails_is_shown_and_can_be_tried_again() {
    leads(saving(false), SaveFinished(Err(full())), failed(), &[]);
    assert_eq!(failed().shown(), SaveState::Failed(full()));
    leads(failed(), Retry, saving(false), &[Write]);
}

#[test]
fn what_is_not_saved_is_tried_once_more_when_the_page_goes_out_of_sight() {
    leads(failed(), Hidden, saving(false), &[Write]);
    for state in all().into_iter().filter(|state| *state != failed()) {
        leads_nowhere(state, Hidden);
    }
}

#[test]
fn what_a_newer_edition_wrote_or_cannot_be_read_is_left_as_it_is() {
    let damaged = StorageError::Damaged("schema".to_owned());
    let missing = StorageError::FileMissing("estate.csv".to_owned());
    for error in [NEWER, damaged, missing] {
        for changed in [false, true] {
            let sealed = StorageState::Sealed { error: error.clone() };
            leads(opening(changed), Opened(Err(error.clone())), sealed.clone(), &[]);
            leads_nowhere(sealed, Changed);
        }
    }
}

#[test]
fn what_the_worker_cannot_read_any_more_is_left_as_it_is() {
    for state in [StorageState::Empty, saved(), failed()] {
        leads(state, WorkerRefused(NEWER), sealed(), &[]);
    }
    leads_nowhere(saving(false), WorkerRefused(NEWER));
}

#[test]
fn a_change_beside_what_could_not_be_read_is_written_into_a_store_of_its_own() {
    leads(opening(false), Opened(Err(full())), unread(), &[]);
    leads(unread(), Changed, saving(false), &[ChooseNewStore, Write]);
    leads(opening(true), Opened(Err(full())), saving(false), &[ChooseNewStore, Write]);
}

#[test]
fn what_could_not_be_opened_is_read_again_on_demand_and_looks_no_better_meanwhile() {
    for (state, error) in [(unread(), full()), (sealed(), NEWER)] {
        let again = StorageState::Opening { changed: false, failed: Some(error.clone()) };
        leads(state, Retry, again.clone(), &[Load]);
        assert_eq!(again.shown(), SaveState::Failed(error));
    }
}

#[test]
fn what_another_tab_has_written_meanwhile_is_left_as_it_is_and_what_is_open_is_written_beside_it() {
    for changed in [false, true] {
        let overtaken = SaveFinished(Err(StorageError::Overtaken));
        leads(saving(changed), overtaken, saving(false), &[ChooseNewStore, Write, TellOvertaken]);
    }
}

#[test]
fn what_moves_to_another_store_is_written_there() {
    for state in [opening(false), StorageState::Empty, saved(), failed(), unread(), sealed()] {
        leads(state, Moved, saving(false), &[Write]);
    }
    leads(saving(false), Moved, saving(true), &[]);
    leads_nowhere(StorageState::Closed, Moved);
}

#[test]
fn what_is_not_saved_stays_open_unless_it_is_given_up() {
    for state in [failed(), unread(), sealed()] {
        leads_nowhere(state.clone(), Leave(StaysOpen));
        leads(state, Leave(IsGivenUp), StorageState::Closed, &[]);
    }
    for state in [StorageState::Empty, saved(), opening(false)] {
        leads(state, Leave(StaysOpen), StorageState::Closed, &[]);
    }
}

#[test]
fn nobody_leaves_a_workspace_while_it_is_written() {
    for unsaved in [StaysOpen, IsGivenUp] {
        leads_nowhere(saving(false), Leave(unsaved));
        leads_nowhere(saving(true), Leave(unsaved));
    }
    leads_nowhere(opening(true), Leave(StaysOpen));
    for state in all() {
        let busy = matches!(state, StorageState::Saving { .. }) || state == opening(true);
        assert_eq!(state.is_settled(), !busy, "{state:?}");
    }
}

#[test]
fn what_changes_after_a_workspace_was_left_is_not_kept_in_the_next_one() {
    leads_nowhere(StorageState::Closed, Changed);
    leads_nowhere(StorageState::Closed, Retry);
}

#[test]
fn nothing_changes_between_two_workspaces_or_before_one_was_read() {
    let closed = [StorageState::Closed, opening(false), opening(true)];
    for state in all() {
        assert_eq!(state.is_open(), !closed.contains(&state), "{state:?}");
    }
}

/// A browser with one store after the other, and a page whose workspace changes.
#[derive(Debug, Default)]
struct Browser {
    state: StorageState,
    /// How often the open workspace has changed, which change was written last, and which one is being written.
    changes: u32,
    written: u32,
    writing: Option<u32>,
    /// What reading this store has come to, once it has.
    read: Option<Result<(), StorageError>>,
}

impl Browser {
    fn happens(&mut self, event: StorageEvent) {
        // Nothing ends that has not begun.
        if matches!(event, SaveFinished(_)) {
            let Some(writing) = self.writing.take() else { return };
            if matches!(event, SaveFinished(Ok(_))) {
                self.written = writing;
            }
            if event == SaveFinished(Err(StorageError::Overtaken)) {
                self.read = Some(Err(StorageError::Overtaken));
            }
        }
        let before = self.state.clone();
        let is_opening = matches!(before, StorageState::Opening { .. });
        let is_closed = before == StorageState::Closed;
        if matches!(event, Changed | Moved) && !is_closed {
            self.changes += 1;
        }
        if event == Moved && !is_closed {
            self.read = Some(Ok(()));
        }
        if let Opened(opened) = &event
            && is_opening
        {
            self.read = Some(opened.clone().map(|_| ()));
        }
        if let WorkerRefused(error) = &event
            && self.writing.is_none()
        {
            self.read = Some(Err(error.clone()));
        }
        let (state, effects) = before.clone().step(event.clone());
        self.state = state;
        for effect in effects {
            match effect {
                // What was not kept beside a workspace that could not be opened is given up for it.
                Load => (self.changes, self.written, self.read) = (0, 0, None),
                ChooseNewStore => self.read = Some(Ok(())),
                Write => {
                    assert_eq!(self.writing, None, "two writes at once after {before:?} and {event:?}");
                    assert_eq!(self.read, Some(Ok(())), "written over what was not read");
                    self.writing = Some(self.changes);
                }
                AskToPersist | TellOvertaken => {}
            }
        }
        if self.state == StorageState::Closed {
            let may_go = event != Leave(StaysOpen) || self.changes == self.written;
            assert!(may_go || before == StorageState::Closed, "left what was not saved: {before:?}");
            (self.changes, self.written) = (0, 0);
        }
    }
}

fn error() -> impl Strategy<Value = StorageError> {
    prop_oneof![Just(full()), Just(NEWER), Just(StorageError::Differs)]
}

fn event() -> impl Strategy<Value = StorageEvent> {
    let found = prop_oneof![Just(None), Just(Some(at()))];
    prop_oneof![
        3 => Just(Enter),
        3 => found.prop_map(|found| Opened(Ok(found))),
        1 => error().prop_map(|error| Opened(Err(error))),
        1 => error().prop_map(WorkerRefused),
        6 => Just(Changed),
        1 => Just(Moved),
        4 => Just(SaveFinished(Ok(at()))),
        2 => error().prop_map(|error| SaveFinished(Err(error))),
        1 => Just(SaveFinished(Err(StorageError::Overtaken))),
        2 => Just(Retry),
        2 => Just(Hidden),
        1 => Just(Leave(StaysOpen)),
        1 => Just(Leave(IsGivenUp)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_happens_a_change_is_written_or_said_not_to_be(events in prop::collection::vec(event(), 1..60)) {
        let mut browser = Browser::default();
        for event in events {
            let changes = browser.changes;
            browser.happens(event);
            let kept = browser.changes == browser.written;
            match browser.state.shown() {
                SaveState::Saved(_) => prop_assert!(kept && browser.read == Some(Ok(())), "{browser:?}"),
                SaveState::Nothing => prop_assert!(kept, "{browser:?}"),
                SaveState::Saving => {
                    let opening = matches!(browser.state, StorageState::Opening { changed: true, .. });
                    prop_assert!(browser.writing.is_some() || opening, "{browser:?}");
                }
                SaveState::Failed(_) => {}
            }
            if browser.changes > changes && browser.state.is_open() {
                let sealed = matches!(browser.state, StorageState::Sealed { .. });
                let later = browser.state == saving(true) || browser.writing == Some(browser.changes);
                prop_assert!(sealed || later, "{browser:?}");
            }
        }
        // Once nothing more happens, everything is kept that may be.
        for _ in 0..3 {
            browser.happens(SaveFinished(Ok(at())));
        }
        if browser.state == saved() {
            prop_assert_eq!(browser.written, browser.changes);
        }
        prop_assert_eq!(browser.writing, None);
    }
}

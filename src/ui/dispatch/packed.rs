//! Files that are packed, and workbooks: for the worker that opens and writes them. One that is too much for it costs a
//! sentence: the worker is ended, and the next file starts it anew.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Dispatch;
use crate::browser::files::FileHandle;
use crate::browser::page;
use crate::browser::worker::{self, Answer, WorkerError, WorkerHandle};
use crate::model::issue::{Issue, Severity};
use crate::ui::state::Busy;
use crate::work::files::{ClosedFile, FilesRequest, FilesResponse, OpenedFile, WORKBOOK};
use crate::work::service::{EngineService, FilesService};
use crate::work::{Request, Response};

/// Media type of bytes that go from one worker to the other.
const BYTES: &str = "application/octet-stream";

/// How often somebody looks whether the worker is still heard of, in milliseconds.
const LOOK: i32 = 5_000;

/// So many looks in a row without a sign, and the worker is ended.
const LOOKS: u32 = 12;

/// The worker for files.
#[derive(Clone)]
pub(super) struct FilesWorker {
    pub(super) worker: Rc<WorkerHandle<FilesService>>,
    /// Counts what is heard of it.
    signs: Rc<Cell<u32>>,
}

impl Dispatch {
    /// Opens the files that the engine's worker asked for, and hands it what is in them.
    pub(super) async fn open_closed(
        self,
        engine: &WorkerHandle<EngineService>,
        closed: &[ClosedFile],
        answer: &Answer<Response>,
    ) -> Result<(), WorkerError> {
        let (mut opened, mut contents) = (Vec::with_capacity(closed.len()), Vec::with_capacity(closed.len()));
        for (index, ClosedFile { name, sha256 }) in closed.iter().enumerate() {
            let file = answer.file(index, name, BYTES)?;
            let refused = match self.ask_files(FilesRequest::Open { name: name.clone() }, file).await {
                Ok(answer) => match answer.response {
                    FilesResponse::Done => {
                        contents.push(answer.file(0, name, BYTES)?);
                        None
                    }
                    FilesResponse::Refused(issue) => Some(issue),
                },
                Err(WorkerError::Stopped(reason)) => {
                    let issue = Issue::new(Severity::Error, "file_reader_stopped").in_file(name);
                    Some(issue.with("reason", reason))
                }
                Err(lost) => return Err(lost),
            };
            opened.push(OpenedFile { sha256: sha256.clone(), refused });
        }
        engine.ask_at_once(Request::Opened(opened), contents, self.progress()).await?;
        Ok(())
    }

    /// A workbook of the tables that came with an answer. What is refused or lost is told to the user here.
    pub(super) async fn workbook(self, name: &str, answer: &Answer<Response>) -> Option<FileHandle> {
        let written = match answer.file(0, name, BYTES) {
            Ok(tables) => self.ask_files(FilesRequest::Write, tables).await,
            Err(refusal) => Err(refusal.into()),
        };
        self.shared.busy.set(None);
        let file = match written {
            Ok(Answer { response: FilesResponse::Refused(issue), .. }) => {
                self.refuse(vec![issue]);
                return None;
            }
            Ok(written) => written.file(0, name, WORKBOOK).map_err(WorkerError::from),
            Err(lost) => Err(lost),
        };
        file.map_err(|lost| self.tell_lost(lost)).ok()
    }

    /// Asks the worker for files, starting it first if need be. It is gone after anything but an answer.
    async fn ask_files(self, request: FilesRequest, file: FileHandle) -> Result<Answer<FilesResponse>, WorkerError> {
        let FilesWorker { worker, signs } = self.files_worker()?;
        let (busy, heard) = (self.shared.busy, Rc::clone(&signs));
        let progress = move |stage, done, total| {
            heard.set(heard.get().wrapping_add(1));
            busy.set(Some(Busy { stage, done, total }));
        };
        let done = Rc::new(Cell::new(false));
        spawn_local(end_when_silent(Rc::clone(&worker), Rc::clone(&signs), Rc::clone(&done)));
        let answer = worker.ask(request, vec![file], Box::new(progress)).await;
        done.set(true);
        signs.set(signs.get().wrapping_add(1));
        if answer.is_err() {
            let gone = |current: &mut FilesWorker| Rc::ptr_eq(&current.worker, &worker);
            self.page.update_value(|page| drop(page.files.take_if(gone)));
        }
        answer
    }

    /// The worker for files, started if need be.
    fn files_worker(self) -> Result<FilesWorker, WorkerError> {
        if let Some(files) = self.page.with_value(|page| page.files.clone()) {
            return Ok(files);
        }
        // It has no texts.
        let files = FilesWorker { worker: Rc::new(worker::start(|_| ())?), signs: Rc::default() };
        self.page.update_value(|page| page.files = Some(files.clone()));
        Ok(files)
    }
}

/// Ends the worker when no sign of it comes for a minute, unless what it was asked is done by then.
async fn end_when_silent(worker: Rc<WorkerHandle<FilesService>>, signs: Rc<Cell<u32>>, done: Rc<Cell<bool>>) {
    let (mut seen, mut looks) = (signs.get(), 0_u32);
    // Looks are counted, not time: a machine that slept has not waited.
    while looks < LOOKS {
        page::pause(LOOK).await;
        if done.get() {
            return;
        }
        looks = if signs.get() == seen { looks.saturating_add(1) } else { 0 };
        seen = signs.get();
    }
    worker.stop("It did not answer for a minute.");
}

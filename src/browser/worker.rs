//! A worker: started at the first need, asked one thing at a time, ended when the user cancels.
//!
//! A question is an array of its number, the request in postcard's format, and its files as blobs. What comes back is an
//! array of that number, whether it is the last word, the reply, and its files as buffers.

use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{MessageEvent, Worker};

use super::Refusal;
use super::files::{FileHandle, whole};
use crate::model::message::Message;
use crate::work::service::{BUILD, Reply, Service};

/// What starts a worker (`public/worker_loader.js`); the name of its program follows.
const LOADER: &str = "./worker_loader.js#";

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkerError {
    /// The user cancelled it.
    #[error("cancelled")]
    Cancelled,
    /// The worker stopped: out of memory, or by a fault.
    #[error("the worker stopped: {0}")]
    Stopped(String),
    /// The files of the worker could not be loaded.
    #[error("the worker could not be loaded: {0}")]
    NotLoaded(String),
    /// The browser holds a worker of another edition of the program.
    #[error("the worker is of another build")]
    OtherEdition,
    /// It could not be started or understood.
    #[error("{0}")]
    Refused(#[from] Refusal),
}

impl From<JsValue> for WorkerError {
    fn from(value: JsValue) -> Self {
        Self::Refused(value.into())
    }
}

/// What a request came to: the answer, and the buffers of the files that belong to it.
#[derive(Debug)]
pub struct Answer<R> {
    /// What was answered.
    pub response: R,
    files: Array,
}

impl<R> Answer<R> {
    /// The file at this index of those that came with the answer.
    ///
    /// # Errors
    /// When the browser cannot make a file of it.
    pub fn file(&self, index: usize, name: &str, media_type: &str) -> Result<FileHandle, Refusal> {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        FileHandle::from_part(name, media_type, &self.files.get(index))
    }
}

/// Takes files of texts.
type Learn = fn(&[String]);

type Listener = Box<dyn Fn(Message, u64, u64)>;

struct PendingRequest {
    resolve: Function,
    progress: Listener,
}

#[derive(Default)]
struct PendingRequests {
    last: u32,
    /// By the number of the request; there are never many.
    waiting: Vec<(u32, PendingRequest)>,
}

/// A running worker.
pub struct WorkerHandle<S> {
    worker: Worker,
    pending: Rc<RefCell<PendingRequests>>,
    /// Why nothing answers any more, once it was ended or has stopped.
    ended: Rc<RefCell<Option<WorkerError>>>,
    /// Kept when whoever asks may be heard.
    turn: RefCell<Promise>,
    /// Kept once the worker is up: what is sent before that is lost.
    ready: Promise,
    /// Takes the texts that the worker brings, once.
    learn: Learn,
    learnt: Cell<bool>,
    // Kept as long as the worker may call them.
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(web_sys::Event)>,
    service: PhantomData<S>,
}

/// Starts a worker. Whoever asks waits until it is up; `learn` takes the texts that it brings.
///
/// # Errors
/// When the browser has none.
pub fn start<S: Service + 'static>(learn: Learn) -> Result<WorkerHandle<S>, WorkerError> {
    let worker = Worker::new(&format!("{LOADER}{}", S::PROGRAM))?;
    let pending = Rc::new(RefCell::new(PendingRequests::default()));

    let ended = Rc::new(RefCell::new(None));
    let ready = wait(&pending, 0, Box::new(|_, _, _| ()));
    let on_message = Closure::<dyn Fn(MessageEvent)>::new({
        let pending = Rc::clone(&pending);
        move |event: MessageEvent| receive::<S>(&pending, &event.data())
    });
    let on_error = Closure::<dyn Fn(web_sys::Event)>::new({
        let (pending, ended) = (Rc::clone(&pending), Rc::clone(&ended));
        move |event: web_sys::Event| {
            event.prevent_default();
            let reason = event.dyn_ref::<web_sys::ErrorEvent>().map(web_sys::ErrorEvent::message).unwrap_or_default();
            // Before it was up, nothing of it has run.
            let is_up = pending.borrow().waiting.iter().all(|(asked, _)| *asked != 0);
            let lost = if is_up { WorkerError::Stopped } else { WorkerError::NotLoaded };
            ended.replace(Some(lost(reason.clone())));
            give_up(&pending, &JsValue::from_str(&reason));
        }
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    Ok(WorkerHandle {
        worker,
        pending,
        ended,
        turn: RefCell::new(Promise::resolve(&JsValue::UNDEFINED)),
        ready,
        learn,
        learnt: Cell::new(false),
        _on_message: on_message,
        _on_error: on_error,
        service: PhantomData,
    })
}

impl<S: Service> WorkerHandle<S> {
    /// Asks, and waits for the answer; `progress` hears how far it has come. Questions are answered in the order in
    /// which they were asked, from the first on: what counts is when this is called, not when somebody waits.
    ///
    /// # Errors
    /// When the request was cancelled, the worker stopped, or it belongs to another edition of the program.
    pub fn ask(
        self: &Rc<Self>,
        request: S::Input,
        files: Vec<FileHandle>,
        progress: Listener,
    ) -> impl Future<Output = Result<Answer<S::Output>, WorkerError>> + use<S> {
        // Promises tell those first who came first.
        let turn = JsFuture::from(self.turn.borrow().clone());
        let worker = Rc::clone(self);
        async move {
            turn.await?;
            worker.ask_at_once(request, files, progress).await
        }
    }

    /// As [`Self::ask`], without waiting for what [`Self::first`] was given.
    ///
    /// # Errors
    /// See [`Self::ask`].
    pub async fn ask_at_once(
        &self,
        request: S::Input,
        files: Vec<FileHandle>,
        progress: Listener,
    ) -> Result<Answer<S::Output>, WorkerError> {
        self.send(self.ready.clone().into(), request, files, progress).await
    }

    /// Lets everything that is asked from now on wait until this has come to its end.
    pub fn first(&self, first: impl Future<Output = ()> + 'static) {
        *self.turn.borrow_mut() = future_to_promise(async move {
            first.await;
            Ok(JsValue::UNDEFINED)
        });
    }

    async fn send(
        &self,
        ready: JsFuture,
        request: S::Input,
        files: Vec<FileHandle>,
        progress: Listener,
    ) -> Result<Answer<S::Output>, WorkerError> {
        let up = reply::<S>(ready).await.map_err(|lost| self.ended.borrow().clone().unwrap_or(lost))?;
        let (Reply::Ready { build, texts }, _) = up else { return Err(out_of_turn()) };
        if !self.learnt.replace(true) {
            (self.learn)(&texts);
        }
        if build != BUILD {
            return Err(WorkerError::OtherEdition);
        }
        if let Some(error) = self.ended.borrow().clone() {
            return Err(error);
        }
        let id = {
            let mut pending = self.pending.borrow_mut();
            pending.last = pending.last.wrapping_add(1).max(1);
            pending.last
        };
        let request = postcard::to_allocvec(&request).map_err(|error| Refusal(error.to_string()))?;
        let message = Array::of2(&JsValue::from(id), &Uint8Array::from(request.as_slice()));
        for file in files {
            message.push(file.blob());
        }
        let promise = wait(&self.pending, id, progress);
        self.worker.post_message(&message)?;
        match reply::<S>(promise.into()).await? {
            (Reply::Answer(response), files) => Ok(Answer { response, files }),
            (Reply::Ready { .. } | Reply::Progress { .. }, _) => Err(out_of_turn()),
        }
    }

    /// Ends the worker at once; whoever waits hears that it was cancelled.
    pub fn cancel(&self) {
        self.end(WorkerError::Cancelled, &JsValue::NULL);
    }

    /// Ends the worker at once; whoever waits hears that it stopped, and why.
    pub fn stop(&self, reason: &str) {
        self.end(WorkerError::Stopped(reason.to_owned()), &JsValue::from_str(reason));
    }

    fn end(&self, error: WorkerError, told: &JsValue) {
        self.worker.terminate();
        self.ended.replace(Some(error));
        give_up(&self.pending, told);
    }
}

/// Whoever drops it has given the worker up: what it still says may not reach what is no longer there.
impl<S> Drop for WorkerHandle<S> {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// A promise that [`receive`] or [`give_up`] keeps.
fn wait(pending: &Rc<RefCell<PendingRequests>>, id: u32, progress: Listener) -> Promise {
    let mut progress = Some(progress);
    Promise::new(&mut |resolve, _| {
        if let Some(progress) = progress.take() {
            pending.borrow_mut().waiting.push((id, PendingRequest { resolve, progress }));
        }
    })
}

/// What the worker says, and the files that go with it.
async fn reply<S: Service>(message: JsFuture) -> Result<(Reply<S::Output>, Array), WorkerError> {
    let message = message.await?;
    if message.is_null() {
        return Err(WorkerError::Cancelled);
    }
    if let Some(reason) = message.as_string() {
        return Err(WorkerError::Stopped(reason));
    }
    let message: Array = message.unchecked_into();
    Ok((understood::<S>(&message)?, message.slice(3, message.length())))
}

fn understood<S: Service>(message: &Array) -> Result<Reply<S::Output>, Refusal> {
    let bytes = Uint8Array::new(&message.get(2)).to_vec();
    postcard::from_bytes(&bytes).map_err(|error| Refusal(error.to_string()))
}

fn out_of_turn() -> WorkerError {
    WorkerError::Stopped("it spoke out of turn".to_owned())
}

/// Hands a message of the worker to whoever waits for it.
fn receive<S: Service>(pending: &Rc<RefCell<PendingRequests>>, data: &JsValue) {
    let message: &Array = data.unchecked_ref();
    let Some(id) = message.get(0).as_f64().and_then(number) else { return };
    if message.get(1).is_falsy() {
        if let Ok(Reply::Progress { stage, done, total }) = understood::<S>(message)
            && let Some((_, waiting)) = pending.borrow().waiting.iter().find(|(asked, _)| *asked == id)
        {
            (waiting.progress)(stage, done, total);
        }
        return;
    }
    let waiting = {
        let mut pending = pending.borrow_mut();
        let index = pending.waiting.iter().position(|(asked, _)| *asked == id);
        index.map(|index| pending.waiting.swap_remove(index))
    };
    if let Some((_, waiting)) = waiting {
        let _ = waiting.resolve.call1(&JsValue::UNDEFINED, data);
    }
}

/// The number of a request, as JavaScript gives it back.
fn number(id: f64) -> Option<u32> {
    u32::try_from(whole(id)).ok()
}

fn give_up(pending: &Rc<RefCell<PendingRequests>>, reason: &JsValue) {
    let waiting = std::mem::take(&mut pending.borrow_mut().waiting);
    for (_, waiting) in waiting {
        let _ = waiting.resolve.call1(&JsValue::UNDEFINED, reason);
    }
}

//! The worker: started at the first need, asked one thing at a time, ended when the user cancels.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

use super::Refusal;
use super::files::Document;
use crate::model::message::Message;
use crate::work::{Envelope, PROTOCOL, Request, Response};

/// Where trunk puts the worker's start file.
const ADDRESS: &str = "./worker_loader.js";

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lost {
    /// The user cancelled it.
    #[error("cancelled")]
    Cancelled,
    /// The worker stopped: out of memory, or its files could not be loaded.
    #[error("the worker stopped: {0}")]
    Stopped(String),
    /// The browser holds a worker of another edition of the program.
    #[error("the worker speaks protocol {0}")]
    OtherEdition(u32),
    /// It could not be started or understood.
    #[error("{0}")]
    Refused(#[from] Refusal),
}

impl From<JsValue> for Lost {
    fn from(value: JsValue) -> Self {
        Self::Refused(value.into())
    }
}

/// What a request came to: the answer, and the file that belongs to it.
#[derive(Debug)]
pub struct Answer {
    /// What was answered.
    pub response: Response,
    /// The file, where the answer is one.
    pub file: Option<Document>,
}

type Listener = Box<dyn Fn(Message, u64, u64)>;

struct Waiting {
    resolve: Function,
    progress: Listener,
}

#[derive(Default)]
struct Desk {
    last: u32,
    waiting: BTreeMap<u32, Waiting>,
}

/// A running worker.
pub struct Helper {
    worker: Worker,
    desk: Rc<RefCell<Desk>>,
    // Kept as long as the worker may call them.
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(web_sys::Event)>,
}

/// Starts a worker and waits until it is up: what is sent before that is lost.
///
/// # Errors
/// When it cannot be loaded, or belongs to another edition of the program.
pub async fn start() -> Result<Helper, Lost> {
    let worker = Worker::new(ADDRESS)?;
    let desk = Rc::new(RefCell::new(Desk::default()));

    let ready = wait(&desk, 0, Box::new(|_, _, _| ()));
    let on_message = Closure::<dyn Fn(MessageEvent)>::new({
        let desk = Rc::clone(&desk);
        move |event: MessageEvent| receive(&desk, &event.data())
    });
    let on_error = Closure::<dyn Fn(web_sys::Event)>::new({
        let desk = Rc::clone(&desk);
        move |event: web_sys::Event| {
            event.prevent_default();
            let reason = event.dyn_ref::<web_sys::ErrorEvent>().map(web_sys::ErrorEvent::message).unwrap_or_default();
            give_up(&desk, &JsValue::from_str(&reason));
        }
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));

    let helper = Helper { worker, desk, _on_message: on_message, _on_error: on_error };
    let first = answer(ready).await?.response;
    let Response::Ready { protocol } = first else {
        return Err(Lost::Stopped("it did not say that it is ready".to_owned()));
    };
    if protocol == PROTOCOL { Ok(helper) } else { Err(Lost::OtherEdition(protocol)) }
}

impl Helper {
    /// Asks, and waits for the answer; `progress` hears how far it has come.
    ///
    /// # Errors
    /// When the request was cancelled or the worker stopped.
    pub async fn ask(&self, request: Request, files: &[Document], progress: Listener) -> Result<Answer, Lost> {
        let id = {
            let mut desk = self.desk.borrow_mut();
            desk.last = desk.last.wrapping_add(1).max(1);
            desk.last
        };
        let envelope = Envelope { id, body: request };
        let text = serde_json::to_string(&envelope).map_err(|error| Refusal(error.to_string()))?;
        let message = Array::of1(&JsValue::from_str(&text));
        for file in files {
            message.push(file.blob());
        }
        let promise = wait(&self.desk, id, progress);
        self.worker.post_message(&message)?;
        answer(promise).await
    }

    /// Ends the worker at once; whoever waits hears that it was cancelled.
    pub fn cancel(&self) {
        self.worker.terminate();
        give_up(&self.desk, &JsValue::NULL);
    }
}

/// A promise that [`receive`] or [`give_up`] keeps.
fn wait(desk: &Rc<RefCell<Desk>>, id: u32, progress: Listener) -> Promise {
    let mut progress = Some(progress);
    Promise::new(&mut |resolve, _| {
        if let Some(progress) = progress.take() {
            desk.borrow_mut().waiting.insert(id, Waiting { resolve, progress });
        }
    })
}

async fn answer(promise: Promise) -> Result<Answer, Lost> {
    let message = JsFuture::from(promise).await?;
    if message.is_null() {
        return Err(Lost::Cancelled);
    }
    if let Some(reason) = message.as_string() {
        return Err(Lost::Stopped(reason));
    }
    let message: Array = message.unchecked_into();
    let text = message.get(0).as_string().unwrap_or_default();
    let envelope: Envelope<Response> = serde_json::from_str(&text).map_err(|error| Refusal(error.to_string()))?;
    let file = if let Response::File { name, media_type } = &envelope.body {
        Some(Document::from_part(name, media_type, &message.get(1))?)
    } else {
        None
    };
    Ok(Answer { response: envelope.body, file })
}

/// Hands a message of the worker to whoever waits for it.
fn receive(desk: &Rc<RefCell<Desk>>, data: &JsValue) {
    let message: &Array = data.unchecked_ref();
    let Some(text) = message.get(0).as_string() else { return };
    // Only the number is read here; the whole is parsed once, by the one who waits.
    let Ok(Place { id, progress }) = place(&text) else { return };
    if let Some(Response::Progress { stage, done, total }) = progress {
        if let Some(waiting) = desk.borrow().waiting.get(&id) {
            (waiting.progress)(stage, done, total);
        }
        return;
    }
    let waiting = desk.borrow_mut().waiting.remove(&id);
    if let Some(waiting) = waiting {
        let _ = waiting.resolve.call1(&JsValue::UNDEFINED, data);
    }
}

struct Place {
    id: u32,
    progress: Option<Response>,
}

/// Which request a message belongs to, and the progress that it reports, without reading a long answer twice.
fn place(text: &str) -> serde_json::Result<Place> {
    #[derive(serde::Deserialize)]
    struct Number {
        id: u32,
    }
    const LONGEST_PROGRESS: usize = 4096;
    if text.len() <= LONGEST_PROGRESS {
        let envelope: Envelope<Response> = serde_json::from_str(text)?;
        let progress = matches!(envelope.body, Response::Progress { .. }).then_some(envelope.body);
        return Ok(Place { id: envelope.id, progress });
    }
    Ok(Place { id: serde_json::from_str::<Number>(text)?.id, progress: None })
}

fn give_up(desk: &Rc<RefCell<Desk>>, reason: &JsValue) {
    let waiting = std::mem::take(&mut desk.borrow_mut().waiting);
    for (_, waiting) in waiting {
        let _ = waiting.resolve.call1(&JsValue::UNDEFINED, reason);
    }
}

//! The web worker: a message loop around `highwater::work::serve`.
//!
//! A message is an array: the JSON of a request, then its files. They come as `File` or `Blob` objects, so nothing is
//! copied on the page; they are read here, in slices, with progress.

use std::cell::RefCell;
use std::rc::Rc;

use highwater::model::message::Message;
use highwater::work::serve::Session;
use highwater::work::{Envelope, PROTOCOL, Request, Response};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DedicatedWorkerGlobalScope, FileReaderSync, MessageEvent};

/// How much of a file is read at a time.
const SLICE: u32 = 8 << 20;

fn main() {
    console_error_panic_hook::set_once();
    let session = Rc::new(RefCell::new(Session::new()));
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        serve(&mut session.borrow_mut(), &event.data());
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    send(0, Response::Ready { protocol: PROTOCOL }, None);
}

fn serve(session: &mut Session, data: &JsValue) {
    let message: &Array = data.unchecked_ref();
    let text = message.get(0).as_string().unwrap_or_default();
    // Only our own page writes to this worker; what cannot be read is a fault of ours, and onerror reports it.
    let request: Envelope<Request> = match serde_json::from_str(&text) {
        Ok(request) => request,
        Err(error) => wasm_bindgen::throw_str(&error.to_string()),
    };
    let id = request.id;
    let mut progress = |stage, done, total| send(id, Response::Progress { stage, done, total }, None);
    let blobs: Vec<Blob> = message.iter().skip(1).map(JsCast::unchecked_into).collect();
    let files = match read(&blobs, &mut progress) {
        Ok(files) => files,
        Err(error) => wasm_bindgen::throw_val(error),
    };
    let (response, file) = session.handle(request.body, files, &mut progress);
    send(id, response, file);
}

/// The bytes of all files.
#[expect(clippy::float_arithmetic, reason = "sizes are JavaScript numbers, exact below 2^53")]
fn read(blobs: &[Blob], progress: &mut dyn FnMut(Message, u64, u64)) -> Result<Vec<Vec<u8>>, JsValue> {
    let total: f64 = blobs.iter().map(Blob::size).sum();
    let mut done = 0.0;
    let mut files = Vec::with_capacity(blobs.len());
    let reader = FileReaderSync::new()?;
    for blob in blobs {
        let mut bytes = Vec::with_capacity(whole(blob.size()));
        let mut start = 0.0;
        while start < blob.size() {
            let end = blob.size().min(start + f64::from(SLICE));
            let slice = reader.read_as_array_buffer(&blob.slice_with_f64_and_f64(start, end)?)?;
            bytes.extend(Uint8Array::new(&slice).to_vec());
            progress(Message::new("page.progress.reading"), steps(done + end), steps(total));
            start = end;
        }
        done += blob.size();
        files.push(bytes);
    }
    Ok(files)
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are whole and below 2^53"
)]
const fn whole(size: f64) -> usize {
    size as usize
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are whole and below 2^53"
)]
const fn steps(size: f64) -> u64 {
    size as u64
}

fn send(id: u32, response: Response, file: Option<Vec<u8>>) {
    let text = match serde_json::to_string(&Envelope { id, body: response }) {
        Ok(text) => text,
        Err(error) => wasm_bindgen::throw_str(&error.to_string()),
    };
    let message = Array::of1(&JsValue::from_str(&text));
    let transfer = Array::new();
    if let Some(bytes) = file {
        let buffer = Uint8Array::from(bytes.as_slice()).buffer();
        message.push(&buffer);
        transfer.push(&buffer);
    }
    if let Err(error) = scope().post_message_with_transfer(&message, &transfer) {
        wasm_bindgen::throw_val(error);
    }
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

//! The loop of a web worker: what the page sends is read, handed on, and its answer sent back.
//!
//! A message is an array: the number of the request, the request in postcard's format, then its files. They come as
//! `File` or `Blob` objects, so nothing is copied on the page; they are read here, in slices, with progress. What is
//! said back is an array too: the number, whether it is the last word, the reply as a transferred buffer, then its files as
//! `Blob` objects: their bytes never come to the page.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DedicatedWorkerGlobalScope, FileReaderSync, MessageEvent, XmlHttpRequest};

use crate::work::file_bytes::{FileBytes, KeptBytes};
use crate::work::reading::Progress;
use crate::work::service::{BUILD, Reply, Service};

/// How much of a file is read at a time.
const SLICE: usize = 8 << 20;

/// Answers the requests of the page, one after the other, from now on. A request comes with its files, and a response may go
/// with the bytes of some too; `texts` are the files of texts that the page is to learn.
pub fn serve<S: Service + 'static>(
    texts: Vec<String>,
    handle: impl FnMut(S::Input, Vec<FileBytes>, Progress<'_>) -> (S::Output, Vec<Vec<u8>>) + 'static,
) {
    // A panic ends as an error that has its words; it reaches the page as the worker's error event.
    std::panic::set_hook(Box::new(|panic| wasm_bindgen::throw_str(&panic.to_string())));
    let handle = Rc::new(RefCell::new(handle));
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        answer::<S>(&mut *handle.borrow_mut(), &event.data());
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    send::<S>(&JsValue::from(0), true, &Reply::Ready { build: BUILD, texts }, Vec::new());
}

fn answer<S: Service>(
    handle: &mut impl FnMut(S::Input, Vec<FileBytes>, Progress<'_>) -> (S::Output, Vec<Vec<u8>>),
    data: &JsValue,
) {
    let message: &Array = data.unchecked_ref();
    let id = message.get(0);
    let request = Uint8Array::new(&message.get(1)).to_vec();
    // Only our own page writes to this worker; what cannot be read is a fault of ours, and onerror reports it.
    let request: S::Input = match postcard::from_bytes(&request) {
        Ok(request) => request,
        Err(error) => wasm_bindgen::throw_str(&error.to_string()),
    };
    let mut progress = |stage, done, total| send::<S>(&id, false, &Reply::Progress { stage, done, total }, Vec::new());
    let kept = |file: JsValue| FileBytes::Kept(Box::new(BrowserFile(file.unchecked_into())));
    let files = message.iter().skip(2).map(kept).collect();
    let (response, files) = handle(request, files, &mut progress);
    send::<S>(&id, true, &Reply::Answer(response), files);
}

/// A file of the program itself; `None` when it cannot be had. A worker may wait for it, and this one has nothing else to
/// do.
pub fn fetch(name: &str) -> Option<String> {
    let request = XmlHttpRequest::new().ok()?;
    request.open_with_async("GET", name, false).ok()?;
    request.send().ok()?;
    let found = request.status().ok()? == 200;
    request.response_text().ok().flatten().filter(|_| found)
}

/// A file of the program without which the worker cannot do its work: it stops in words when the file cannot be had.
pub fn fetch_needed(name: &str) -> String {
    fetch(name).unwrap_or_else(|| wasm_bindgen::throw_str(&format!("{name} could not be loaded")))
}

/// A file that the browser keeps.
struct BrowserFile(Blob);

impl KeptBytes for BrowserFile {
    fn size(&self) -> u64 {
        whole(self.0.size())
    }

    #[expect(clippy::float_arithmetic, reason = "sizes are JavaScript numbers, exact below 2^53")]
    fn read(&self, progress: &mut dyn FnMut(u64)) -> Result<Vec<u8>, String> {
        let reader = FileReaderSync::new().map_err(reason)?;
        let mut bytes = vec![0; usize::try_from(self.size()).map_err(|error| error.to_string())?];
        let mut start = 0.0;
        for piece in bytes.chunks_mut(SLICE) {
            let end = self.0.size().min(start + as_size(piece.len()));
            let slice = self.0.slice_with_f64_and_f64(start, end).map_err(reason)?;
            let slice = reader.read_as_array_buffer(&slice).map_err(reason)?;
            Uint8Array::new(&slice).copy_to(piece);
            progress(whole(end));
            start = end;
        }
        Ok(bytes)
    }
}

/// What the browser says of what it could not do.
fn reason(error: JsValue) -> String {
    js_sys::Error::from(error).message().into()
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "sizes are below 2^53")]
const fn as_size(bytes: usize) -> f64 {
    bytes as f64
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are whole and below 2^53"
)]
const fn whole(size: f64) -> u64 {
    size as u64
}

fn send<S: Service>(id: &JsValue, last: bool, reply: &Reply<S::Output>, files: Vec<Vec<u8>>) {
    let reply = match postcard::to_allocvec(reply) {
        Ok(bytes) => bytes,
        Err(error) => wasm_bindgen::throw_str(&error.to_string()),
    };
    let reply = Uint8Array::from(reply.as_slice()).buffer();
    let message = Array::of3(id, &JsValue::from_bool(last), &reply);
    let sent = files.into_iter().try_for_each(|bytes| {
        message.push(Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes.as_slice())))?.as_ref());
        Ok(())
    });
    if let Err(error) = sent.and_then(|()| scope().post_message_with_transfer(&message, &Array::of1(&reply))) {
        wasm_bindgen::throw_val(error);
    }
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

//! Files that the user gives, and files that the user gets.

use js_sys::{Array, ArrayBuffer, Function, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, ClipboardEvent, DataTransfer, File, FileList, HtmlAnchorElement, HtmlInputElement, Url,
};

use super::{Refusal, document, window};

/// How much of a file is compared at a time: the page answers between two pieces, so each is a matter of milliseconds.
const SLICE: u32 = 1 << 20;

/// A file with its name. Its bytes stay with the browser until somebody reads them.
#[derive(Clone, Debug)]
pub struct FileHandle {
    name: String,
    blob: Blob,
}

impl FileHandle {
    /// A file made here from text.
    ///
    /// # Errors
    /// When the browser cannot make it.
    pub fn from_text(name: &str, media_type: &str, text: &str) -> Result<Self, Refusal> {
        Self::from_part(name, media_type, &JsValue::from_str(text))
    }

    pub(super) fn from_part(name: &str, media_type: &str, part: &JsValue) -> Result<Self, Refusal> {
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        let blob = Blob::new_with_blob_sequence_and_options(&Array::of1(part), &options)?;
        Ok(Self { name: name.to_owned(), blob })
    }

    pub(super) const fn from_blob(name: String, blob: Blob) -> Self {
        Self { name, blob }
    }

    pub(super) const fn blob(&self) -> &Blob {
        &self.blob
    }

    /// The name as the user knows it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many bytes it has.
    pub fn size(&self) -> u64 {
        whole(self.blob.size())
    }

    /// The whole file as text; what is not UTF-8 is replaced.
    ///
    /// # Errors
    /// When it can no longer be read.
    pub async fn text(&self) -> Result<String, Refusal> {
        let text = JsFuture::from(self.blob.text()).await?;
        Ok(text.as_string().unwrap_or_default())
    }

    /// Whether both files hold the same bytes. They are read in slices, so size does not matter.
    ///
    /// # Errors
    /// When one of them can no longer be read.
    pub async fn same_bytes(&self, other: &Self) -> Result<bool, Refusal> {
        let size = self.size();
        if size != other.size() {
            return Ok(false);
        }
        let mut start = 0_u64;
        while start < size {
            let end = size.min(start.saturating_add(SLICE.into()));
            if slice(&self.blob, start, end).await? != slice(&other.blob, start, end).await? {
                return Ok(false);
            }
            start = end;
        }
        Ok(true)
    }

    /// Hands the file to the user.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn download(&self) -> Result<(), Refusal> {
        let address = Url::create_object_url_with_blob(&self.blob)?;
        let document = document().ok_or_else(|| Refusal("no document".to_owned()))?;
        let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
        link.set_href(&address);
        link.set_download(&self.name);
        link.click();
        // The address is left to the document: revoking it at once stops the download in some browsers.
        Ok(())
    }
}

async fn slice(blob: &Blob, start: u64, end: u64) -> Result<Vec<u8>, Refusal> {
    let part = blob.slice_with_f64_and_f64(fraction(start), fraction(end))?;
    let buffer: ArrayBuffer = JsFuture::from(part.array_buffer()).await?.unchecked_into();
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The size of a file as a whole number.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are whole and below 2^53"
)]
pub(super) const fn whole(size: f64) -> u64 {
    size as u64
}

/// A place in a file as JavaScript counts it.
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "places in a file are below 2^53")]
const fn fraction(index: u64) -> f64 {
    index as f64
}

fn documents(list: &FileList) -> Vec<FileHandle> {
    (0..list.length())
        .filter_map(|index| list.get(index))
        .map(|file| FileHandle::from_blob(file.name(), file.into()))
        .collect()
}

/// The files of a file field, which is emptied so that the same file can be chosen again.
pub fn chosen(event: &web_sys::Event) -> Vec<FileHandle> {
    let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let files = field.files().map(|list| documents(&list)).unwrap_or_default();
    field.set_value("");
    files
}

/// The files that were let go over the page.
pub fn dropped(event: &web_sys::DragEvent) -> Vec<FileHandle> {
    event.data_transfer().and_then(|data| data.files()).map(|list| documents(&list)).unwrap_or_default()
}

/// The rows of a table that are pasted, as a file with this name; none when what is pasted is no table.
pub fn pasted(event: &web_sys::Event, name: &str) -> Option<FileHandle> {
    let text = pasted_text(event)?;
    let is_table = text.trim().contains('\n');
    is_table.then(|| FileHandle::from_text(name, "text/csv", &text).ok()).flatten()
}

/// The text that is pasted.
pub fn pasted_text(event: &web_sys::Event) -> Option<String> {
    event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?.get_data("text/plain").ok().filter(|text| !text.is_empty())
}

/// Whether what is dragged over the page are files, not a piece of text.
pub fn drags_files(event: &web_sys::DragEvent) -> bool {
    event.data_transfer().as_ref().map(DataTransfer::types).is_some_and(|types| types.includes(&"Files".into(), 0))
}

/// Hands over the files of which no listener of the program hears (public/early.js keeps them): those that came before
/// it, and from now on those that are chosen in a field that has left the page meanwhile.
pub fn on_unheard(take: impl Fn(Vec<FileHandle>) + 'static) {
    let Some(early) = window().and_then(|window| Reflect::get(&window, &"highwaterEarly".into()).ok()) else {
        return;
    };
    let Ok(kept) = early.dyn_into::<Array>() else { return };
    let listener = Closure::<dyn Fn()>::new({
        let kept = kept.clone();
        move || {
            let files = kept.iter().filter_map(|file| file.dyn_into::<File>().ok());
            let files = files.map(|file| FileHandle::from_blob(file.name(), file.into())).collect();
            kept.set_length(0);
            take(files);
        }
    });
    let _ = Reflect::set(&kept, &"taken".into(), listener.as_ref());
    let _ = listener.as_ref().unchecked_ref::<Function>().call0(&JsValue::UNDEFINED);
    listener.forget();
}

/// An example that comes with the program, such as the demo estate.
///
/// # Errors
/// When it cannot be fetched.
pub async fn own(name: &str) -> Result<FileHandle, Refusal> {
    let address = format!("examples/{name}");
    let window = window().ok_or_else(|| Refusal("no window".to_owned()))?;
    let response: web_sys::Response = JsFuture::from(window.fetch_with_str(&address)).await?.unchecked_into();
    if !response.ok() {
        return Err(Refusal(format!("{address}: {}", response.status())));
    }
    let blob: Blob = JsFuture::from(response.blob()?).await?.unchecked_into();
    Ok(FileHandle::from_blob(name.to_owned(), blob))
}

//! The bytes of a file, wherever they are.

use std::borrow::Cow;

use super::reading::Progress;
use crate::model::issue::{Issue, Severity};
use crate::model::message::Message;

/// Bytes that stay where they are until they are needed, such as in the database of the browser.
pub trait KeptBytes {
    /// How many there are.
    fn size(&self) -> u64;

    /// Reads them; `progress` hears how many are there so far.
    ///
    /// # Errors
    /// When they can no longer be read, and why.
    fn read(&self, progress: &mut dyn FnMut(u64)) -> Result<Vec<u8>, String>;
}

/// The bytes of a file.
pub enum FileBytes {
    /// Here.
    Held(Vec<u8>),
    /// Where they are kept.
    Kept(Box<dyn KeptBytes>),
}

impl FileBytes {
    /// The bytes.
    ///
    /// # Errors
    /// When they can no longer be read, and why.
    pub fn bytes(&self) -> Result<Cow<'_, [u8]>, String> {
        match self {
            Self::Held(bytes) => Ok(bytes.into()),
            Self::Kept(kept) => kept.read(&mut |_| ()).map(Cow::Owned),
        }
    }

    fn size(&self) -> u64 {
        match self {
            Self::Held(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            Self::Kept(kept) => kept.size(),
        }
    }

    fn into_bytes(self, progress: &mut dyn FnMut(u64)) -> Result<Vec<u8>, String> {
        match self {
            Self::Held(bytes) => Ok(bytes),
            Self::Kept(kept) => kept.read(progress),
        }
    }
}

impl From<Vec<u8>> for FileBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Held(bytes)
    }
}

/// A file can no longer be read, because of this.
pub fn unreadable(name: &str, reason: String) -> Issue {
    Issue::new(Severity::Error, "file_unreadable").in_file(name).with("reason", reason)
}

/// Reads all files.
///
/// # Errors
/// When one of them can no longer be read: which one, and why.
pub fn read_all(files: Vec<FileBytes>, progress: Progress<'_>) -> Result<Vec<Vec<u8>>, (usize, String)> {
    let total = files.iter().map(FileBytes::size).fold(0, u64::saturating_add);
    let mut before = 0_u64;
    let mut read = Vec::with_capacity(files.len());
    for (index, file) in files.into_iter().enumerate() {
        let size = file.size();
        let mut told = |done: u64| progress(Message::new("page.progress.reading"), before.saturating_add(done), total);
        read.push(file.into_bytes(&mut told).map_err(|reason| (index, reason))?);
        before = before.saturating_add(size);
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that are kept elsewhere, or were.
    struct Elsewhere(Option<&'static [u8]>);

    impl KeptBytes for Elsewhere {
        fn size(&self) -> u64 {
            self.0.map_or(7, |bytes| bytes.len().try_into().unwrap())
        }

        fn read(&self, progress: &mut dyn FnMut(u64)) -> Result<Vec<u8>, String> {
            let bytes = self.0.ok_or("gone")?;
            progress(bytes.len().try_into().unwrap());
            Ok(bytes.to_vec())
        }
    }

    #[test]
    fn files_are_read_in_their_order_and_the_progress_is_that_of_all_of_them() {
        let files = vec![FileBytes::Kept(Box::new(Elsewhere(Some(b"abc")))), b"de".to_vec().into()];
        let mut told = Vec::new();
        let read = read_all(files, &mut |_, done, total| told.push((done, total)));
        assert_eq!((read, told), (Ok(vec![b"abc".to_vec(), b"de".to_vec()]), vec![(3, 5)]));
    }

    #[test]
    fn a_file_that_is_gone_is_named() {
        let files = vec![b"de".to_vec().into(), FileBytes::Kept(Box::new(Elsewhere(None)))];
        assert_eq!(read_all(files, &mut |_, _, _| ()), Err((1, "gone".to_owned())));
    }
}

//! An archive that is made for the library: of what a file holds only the parts that were looked at, under the names
//! where the library looks for them, beside parts that are written here. What was not looked at it cannot reach.

use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::archive::Archive;
use super::unreadable;
use crate::model::issue::Issue;

/// An archive that is being made.
pub(super) struct Pack(ZipWriter<Cursor<Vec<u8>>>);

impl Pack {
    pub(super) fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    /// Adds a part that is written here.
    pub(super) fn write(&mut self, name: &str, content: &[u8]) -> Result<(), Issue> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let written: ZipResult<()> =
            self.0.start_file(name, options).and_then(|()| self.0.write_all(content).map_err(Into::into));
        written.map_err(|_| unreadable())
    }

    /// Adds an entry of another archive, as it is packed there.
    pub(super) fn copy(&mut self, archive: &mut Archive<'_>, place: usize, name: &str) -> Result<(), Issue> {
        self.0.raw_copy_file_rename(archive.packed(place)?, name).map_err(|_| unreadable())
    }

    /// The archive.
    pub(super) fn finish(self) -> Result<Cursor<Vec<u8>>, Issue> {
        let bytes = self.0.finish().map_err(|_| unreadable())?.into_inner();
        Ok(Cursor::new(bytes))
    }
}

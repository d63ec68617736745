//! Tells the page how far the reading of a file has come.

use crate::import::Watch;
use crate::model::message::Message;

/// Tells how far a long request has come: what is being done, how many parts of how many.
pub type Progress<'a> = &'a mut dyn FnMut(Message, u64, u64);

/// The reading of one file.
pub struct Reading<'a> {
    /// Its name.
    pub file: &'a str,
    /// Who is told.
    pub progress: Progress<'a>,
}

impl Watch for Reading<'_> {
    fn progress(&mut self, done: u64, total: u64) {
        (self.progress)(Message::new("page.progress.understanding").with("file", self.file), done, total);
    }
}

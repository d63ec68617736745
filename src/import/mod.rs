//! Outside files to typed rows plus issues. Nothing panics, nothing is guessed silently, nothing is dropped silently.
//!
//! [`sniff`] tells what a file is, [`opened`] has what was packed in it, and [`detection`] tells by its header what a
//! table is: an estate ([`template`]), a report of ILMT ([`ilmt`]), or a list that people keep ([`mapping`], [`list`]).

pub mod cell;
pub mod csv;
pub mod detection;
mod headers;
pub mod ilmt;
pub mod line;
pub mod list;
pub mod mapping;
mod number;
pub mod opened;
mod quotes;
mod rvtools;
pub mod sheet;
pub mod sniff;
pub mod styles;
mod suffix;
pub mod table;
pub mod template;
pub mod text;
mod total;
pub mod wide;

use crate::model::issue::{Issue, Severity};

/// What an importer may use up, so that a hostile file costs a sentence and not the page.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of an archive or a workbook.
    pub archive_bytes: u64,
    /// Bytes of a text file.
    pub text_bytes: u64,
    /// Entries of an archive.
    pub entries: usize,
    /// Bytes that one entry of an archive may really inflate to.
    pub entry_bytes: u64,
    /// Bytes that all entries together may really inflate to.
    pub inflated_bytes: u64,
    /// Data rows of a table.
    pub rows: u64,
    /// Columns of a table.
    pub columns: usize,
    /// Characters of one cell.
    pub cell_chars: usize,
    /// How many threads may share the work; 0 and 1 are both the caller's own.
    pub threads: usize,
}

impl Limits {
    /// In the page: memory is what a tab has.
    pub const PAGE: Self = Self {
        archive_bytes: 64 << 20,
        text_bytes: 512 << 20,
        entries: 1_000,
        entry_bytes: 512 << 20,
        inflated_bytes: 1 << 30,
        rows: 5_000_000,
        columns: 1_000,
        cell_chars: 32_767,
        threads: 1,
    };

    /// At the terminal: no limit on the size of a text, only on its rows.
    pub const TERMINAL: Self = Self { text_bytes: u64::MAX, ..Self::PAGE };
}

/// Follows the reading of a file, and may stop it.
pub trait Watch {
    /// So many of the bytes are done.
    fn progress(&mut self, done: u64, total: u64);
    /// Whether somebody wants the reading to stop.
    fn cancelled(&self) -> bool {
        false
    }
}

/// Watches nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn progress(&mut self, _done: u64, _total: u64) {}
}

/// The reading was stopped by whoever watched it.
fn cancelled() -> Issue {
    Issue::new(Severity::Error, "reading_cancelled")
}

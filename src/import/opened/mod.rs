//! What was packed, opened: the sheets of a workbook, or an audit snapshot.
//!
//! The engine takes what stands here and never sees the bytes; what opens them is the door (feature `files`), which on
//! the page stands in a program of its own (docs/decisions/0047-two-workers.md). Both sides speak postcard, which writes by place: no field here may be left out.

#[cfg(feature = "files")]
pub mod door;

use serde::{Deserialize, Serialize};

use super::sheet::Sheet;
use super::{Limits, Watch};
use crate::model::issue::{Issue, Severity};
use crate::model::snapshot::Snapshot;

/// Opens a file that is packed: its name, its bytes, and what it may use up.
pub type Opener = dyn Fn(&str, &[u8], &Limits, &mut dyn Watch) -> Result<Opened, Issue>;

/// What was in a file that is packed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Opened {
    /// An audit snapshot of ILMT.
    Snapshot(Box<Snapshot>),
    /// The sheets of a workbook, in its order.
    Workbook(Vec<NamedSheet>),
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedSheet {
    /// Its name.
    pub name: String,
    /// Whether people do not see it.
    pub hidden: bool,
    /// Its cells, or why they cannot be read: that matters only if it is the sheet that is needed.
    pub content: Result<Sheet, Issue>,
}

/// Opens nothing: for whoever has only files that are text.
///
/// # Errors
/// Always: the file stays closed.
pub fn nothing(name: &str, _bytes: &[u8], _limits: &Limits, _watch: &mut dyn Watch) -> Result<Opened, Issue> {
    Err(Issue::new(Severity::Error, "file_not_opened").in_file(name))
}

//! What is wrong with an input, where, and how bad it is. Problems of data are data, never Rust errors.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::message::{Argument, Message};

/// How much an issue matters to the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A number is unknown or a row is left out because of it.
    Error,
    /// A number rests on an assumption that somebody should look at.
    Warning,
    /// Good to know; no number changes.
    Info,
}

/// One thing to know about an input, at the place where it was found.
///
/// # Examples
///
/// ```rust
/// use highwater::i18n::Language;
/// use highwater::model::issue::{Issue, Severity};
/// use highwater::model::message::Words;
///
/// let issue = Issue::new(Severity::Warning, "processor_blank").in_file("estate.csv").at_row(2).with("subject", "s1");
///
/// // The key of its text is `issue.` and the code, and the argument stands where the text says `{{ subject }}`.
/// let message = issue.message();
/// assert_eq!(message.key, "issue.processor_blank");
/// assert!(Language::english().say(&message).starts_with("The processor of s1 is not known: 120 PVU per core"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Name of the file, as the user knows it; empty when no single file is meant.
    pub file: String,
    /// Line in the file, the header being line 1.
    pub row: Option<u32>,
    /// Text of the column's header.
    pub column: Option<String>,
    /// Stable name of the kind of issue, for example `cores_unknown`.
    pub code: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// What its sentence is filled with; the text's key is `issue.` and the code.
    pub args: Vec<(Cow<'static, str>, Argument)>,
}

impl Issue {
    /// An issue without a place yet.
    pub const fn new(severity: Severity, code: &'static str) -> Self {
        Self { file: String::new(), row: None, column: None, code: Cow::Borrowed(code), severity, args: Vec::new() }
    }

    /// The same issue, found in this file.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        file.clone_into(&mut self.file);
        self
    }

    /// The same issue, found on this line of the file (the header is line 1).
    #[must_use]
    pub const fn at_row(mut self, row: u32) -> Self {
        self.row = Some(row);
        self
    }

    /// The same issue, about a line of a list: in the file that it was read from, and on its line there; a line that was
    /// typed has neither.
    #[must_use]
    pub fn at_line(self, file: &str, row: u32) -> Self {
        let issue = self.in_file(file);
        if row > 0 { issue.at_row(row) } else { issue }
    }

    /// The same issue, found in the column with this header.
    #[must_use]
    pub fn in_column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }

    /// The same issue with one more argument for its sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// The sentence of the issue, before it has words.
    pub fn message(&self) -> Message {
        Message { key: Cow::Owned(format!("issue.{}", self.code)), args: self.args.clone() }
    }
}

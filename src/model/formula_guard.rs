//! Texts that a spreadsheet would take for a formula (CWE-1236): in a file of ours an apostrophe stands before them, and
//! goes when the file is read again.

use std::borrow::Cow;

/// A text as it stands in a file. One that is guarded already, as somebody may have typed it, gets one apostrophe more,
/// so that every text comes back as it was.
///
/// # Examples
///
/// ```rust
/// use highwater::model::formula_guard::{guarded, unguarded};
///
/// assert_eq!(guarded("=1+1"), "'=1+1");
/// assert_eq!(guarded("IBM MQ"), "IBM MQ");
/// assert_eq!(unguarded(&guarded("'+47 22")), "'+47 22");
/// ```
pub fn guarded(text: &str) -> Cow<'_, str> {
    if begins_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A text as it was before it was [`guarded`]. Any other text stays as it is.
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| begins_formula(rest)).unwrap_or(text)
}

/// Whether a formula begins with it, or would behind apostrophes.
fn begins_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back_from_a_file_as_it_was_and_none_in_it_begins_a_formula() {
        for text in ["", "a", "=1", "+47", "-", "@x", "'", "'a", "'=1", "''=1", "\t", "＝1", "it's"] {
            let written = guarded(text);
            assert_eq!(unguarded(&written), text);
            assert!(!written.starts_with(['=', '+', '-', '@', '\t', '＝']), "{written}");
        }
    }
}

//! The records of a workbook of Excel 5 to 2003, and its table of texts, which goes on in records of its own.

use super::part::MOST_STRINGS;
use super::records::{u16_at, u32_at};
use super::unreadable;
use crate::model::issue::{Issue, Severity};

/// A record that goes on with the one before.
pub(super) const CONTINUE: u16 = 0x3C;

/// The most characters of a text that a formula came to, in one record.
pub(super) const MOST_RESULT: u32 = 8_192;

/// The most records that one goes on in. The library moves all that follow for each of them.
const MOST_MORE: usize = 1 << 14;

/// A record, with those that it goes on in.
pub(super) struct TextRecord<'a> {
    pub(super) kind: u16,
    pub(super) body: &'a [u8],
    pub(super) more: Vec<&'a [u8]>,
}

/// The records of a stream, in order.
pub(super) fn records(stream: &[u8]) -> impl Iterator<Item = Result<TextRecord<'_>, Issue>> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some((kind, body, after)) = one(rest) else {
            rest = &[];
            return Some(Err(unreadable()));
        };
        rest = after;
        let mut more = Vec::new();
        while let Some((CONTINUE, body, after)) = one(rest) {
            more.push(body);
            rest = after;
            if more.len() > MOST_MORE {
                return Some(Err(unreadable()));
            }
        }
        Some(Ok(TextRecord { kind, body, more }))
    })
}

fn one(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let (kind, length) = u16_at(bytes, 0).zip(u16_at(bytes, 2))?;
    let (body, after) = bytes.get(4..)?.split_at_checked(length.into())?;
    Some((kind, body, after))
}

/// How many characters each text of the table has. It must be written as the library reads it, to its end.
pub(super) fn lengths(table: &TextRecord<'_>) -> Result<Vec<u32>, Issue> {
    let mut lengths = Vec::new();
    let mut rest = Rest { bytes: table.body.get(8..).ok_or_else(unreadable)?, more: table.more.iter() };
    while !rest.bytes.is_empty() || rest.next().is_some() {
        lengths.push(rest.text().ok_or_else(unreadable)?);
        if u64::try_from(lengths.len()).is_ok_and(|count| count > MOST_STRINGS) {
            return Err(Issue::new(Severity::Error, "table_too_large"));
        }
    }
    Ok(lengths)
}

/// What is left of a record and of those that it goes on in.
struct Rest<'a, 'b> {
    bytes: &'a [u8],
    more: std::slice::Iter<'b, &'a [u8]>,
}

impl Rest<'_, '_> {
    /// Goes on in the next record, which must not be empty.
    fn next(&mut self) -> Option<()> {
        self.bytes = self.more.next().copied()?;
        Some(())
    }

    fn take(&mut self, count: usize) -> Option<()> {
        self.bytes = self.bytes.get(count..)?;
        Some(())
    }

    /// Passes over a text and gives how many characters it has.
    fn text(&mut self) -> Option<u32> {
        let (chars, flags) = (u16_at(self.bytes, 0)?, *self.bytes.get(2)?);
        self.take(3)?;
        let mut after = 0;
        if flags & 8 != 0 {
            after = usize::from(u16_at(self.bytes, 0)?).checked_mul(4)?;
            self.take(2)?;
        }
        if flags & 4 != 0 {
            let more = i32::try_from(u32_at(self.bytes, 0)?).ok()?;
            after = usize::try_from(more).ok()?.checked_add(after)?;
            self.take(4)?;
        }
        let mut width = width(flags);
        let mut left = usize::from(chars);
        loop {
            let here = left.min(self.bytes.len() / width);
            self.take(here.checked_mul(width)?)?;
            left = left.checked_sub(here)?;
            if left == 0 {
                break;
            }
            // A character that is cut in two would be lost.
            if !self.bytes.is_empty() {
                return None;
            }
            self.next()?;
            width = self::width(*self.bytes.first()?);
            self.take(1)?;
        }
        while after > 0 {
            if self.bytes.is_empty() {
                self.next().filter(|()| !self.bytes.is_empty())?;
            }
            let here = after.min(self.bytes.len());
            self.take(here)?;
            after = after.checked_sub(here)?;
        }
        Some(chars.into())
    }
}

/// The bytes of a character, by what stands before a text.
const fn width(flags: u8) -> usize {
    if flags & 1 == 0 { 1 } else { 2 }
}

/// A text that stands in a cell must be as long as it says: the library would cut it short.
pub(super) fn is_whole(text: &[u8], is_new: bool) -> Result<(), Issue> {
    let chars = usize::from(u16_at(text, 0).ok_or_else(unreadable)?);
    let bytes = if is_new {
        let flags = *text.get(2).ok_or_else(unreadable)?;
        chars.saturating_mul(width(flags)).saturating_add(3)
    } else {
        chars.saturating_add(2)
    };
    if bytes <= text.len() { Ok(()) } else { Err(unreadable()) }
}

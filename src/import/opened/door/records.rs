//! The records of binary workbooks: a kind, a length and so many bytes, one after the other.

use super::unreadable;
use crate::model::issue::{Issue, Severity};

/// The most bytes of one record: it stands in memory while it is read.
const MOST_RECORD: usize = 1 << 20;

/// Takes a record: its kind and its body.
pub(super) type Take<'a> = dyn FnMut(u16, &[u8]) -> Result<(), Issue> + 'a;

/// The records of a part of an xlsb workbook, which comes in pieces.
#[derive(Default)]
pub(super) struct Records {
    rest: Vec<u8>,
}

impl Records {
    /// Takes the next piece, and hands out the records that are complete.
    pub(super) fn take(&mut self, piece: &[u8], met: &mut Take<'_>) -> Result<(), Issue> {
        self.rest.extend_from_slice(piece);
        let mut rest = self.rest.as_slice();
        while let Some((kind, length, after)) = head(rest) {
            if length > MOST_RECORD {
                return Err(Issue::new(Severity::Error, "table_too_large"));
            }
            let Some((body, after)) = after.split_at_checked(length) else { break };
            met(kind, body)?;
            rest = after;
        }
        let done = self.rest.len().saturating_sub(rest.len());
        self.rest.drain(..done);
        Ok(())
    }

    /// Ends the part: the last record must be complete.
    pub(super) fn finish(&self) -> Result<(), Issue> {
        if self.rest.is_empty() { Ok(()) } else { Err(unreadable()) }
    }
}

/// Goes through the records of a whole part.
pub(super) fn each(part: &[u8], met: &mut Take<'_>) -> Result<(), Issue> {
    let mut records = Records::default();
    records.take(part, met)?;
    records.finish()
}

/// The kind and the length of the record that begins here, and what follows on them; `None` as long as that is not
/// known.
pub(super) fn head(bytes: &[u8]) -> Option<(u16, usize, &[u8])> {
    let (first, mut rest) = bytes.split_first()?;
    let mut kind = u16::from(*first);
    if *first & 0x80 != 0 {
        let (second, after) = rest.split_first()?;
        kind = u16::from(*first & 0x7F) | (u16::from(*second & 0x7F) << 7);
        rest = after;
    }
    let mut length = 0;
    for shift in [0, 7, 14, 21] {
        let (byte, after) = rest.split_first()?;
        length |= usize::from(*byte & 0x7F) << shift;
        rest = after;
        if *byte & 0x80 == 0 {
            break;
        }
    }
    Some((kind, length, rest))
}

/// Writes a record.
pub(super) fn push(part: &mut Vec<u8>, kind: u16, body: &[u8]) {
    let [low, high] = [kind & 0x7F, kind >> 7].map(|byte| u8::try_from(byte).unwrap_or_default());
    if kind > 0x7F {
        part.extend([low | 0x80, high]);
    } else {
        part.push(low);
    }
    let mut length = body.len();
    loop {
        let byte = u8::try_from(length & 0x7F).unwrap_or_default();
        length >>= 7;
        if length == 0 {
            part.push(byte);
            break;
        }
        part.push(byte | 0x80);
    }
    part.extend_from_slice(body);
}

/// The number of 16 bits at a place, the smallest byte first.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

/// The number of 32 bits at a place, the smallest byte first.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

/// A number as a place or a length.
pub(super) fn size(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The text that stands at a place with its length before it, and where it ends.
pub(super) fn wide_at(body: &[u8], at: usize) -> Option<(String, usize)> {
    let start = at.checked_add(4)?;
    let end = size(u32_at(body, at)?).checked_mul(2)?.checked_add(start)?;
    let units = body.get(start..end)?.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit));
    Some((char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(), end))
}

/// A text as such records write it.
pub(super) fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap_or(u32::MAX);
    length.to_le_bytes().into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

//! An entry of a zip archive, unpacked as it is read.

use std::io::{self, Read};

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

use super::directory::Member;
use crate::model::crc32::crc32;

/// How an entry may be packed.
pub(super) const STORED: u16 = 0;
pub(super) const DEFLATED: u16 = 8;

/// The bytes of an entry. Whoever reads to the end knows that they have the size and the sum that they should have.
pub(crate) struct Entry<'a> {
    packed: &'a [u8],
    /// Nothing for an entry that is stored as it is.
    inflating: Option<Box<InflateState>>,
    /// How many bytes should still come.
    left: u64,
    sum: u32,
    said: u32,
}

impl<'a> Entry<'a> {
    pub(super) fn new(member: &Member<'a>) -> Self {
        let inflating = (member.method == DEFLATED).then(|| InflateState::new_boxed(DataFormat::Raw));
        Self { packed: member.packed, inflating, left: member.size, sum: 0, said: member.crc32 }
    }
}

impl Read for Entry<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        let length = match &mut self.inflating {
            None => self.packed.read(into)?,
            Some(state) => unpack(state, &mut self.packed, into)?,
        };
        let new = u64::try_from(length).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(new).ok_or_else(damaged)?;
        self.sum = crc32(self.sum, into.get(..length).unwrap_or_default());
        if length == 0 && (self.left > 0 || self.sum != self.said) {
            return Err(damaged());
        }
        Ok(length)
    }
}

/// Inflates until there is at least one byte or the end: 0 is the end.
fn unpack(state: &mut InflateState, packed: &mut &[u8], into: &mut [u8]) -> io::Result<usize> {
    loop {
        let step = inflate(state, packed, into, MZFlush::None);
        *packed = packed.get(step.bytes_consumed..).unwrap_or_default();
        match step.status {
            _ if step.bytes_written > 0 => return Ok(step.bytes_written),
            Ok(MZStatus::StreamEnd) => return Ok(0),
            Ok(_) if step.bytes_consumed > 0 => {}
            // Bytes that say nothing, or too few of them.
            _ => return Err(damaged()),
        }
    }
}

fn damaged() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

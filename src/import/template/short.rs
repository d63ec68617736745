//! Short texts as numbers: compared and hashed without a call, and kept in the table itself.

use std::hash::{Hash, Hasher};

/// A text of up to 24 bytes: its first, middle and last eight, and its length.
///
/// Cells of an estate are short, and reading them is mostly looking them up: with texts as keys a look-up follows a
/// pointer to memory that is not in the cache (0.6 s of 1.7 s for 838,000 rows, measured on 2026-11-22).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Short {
    first: u64,
    middle: u64,
    last: u64,
    length: u8,
}

impl Short {
    /// The text, if it is short enough.
    pub(super) fn new(text: &[u8]) -> Option<Self> {
        let length = u8::try_from(text.len()).ok().filter(|&length| length <= 24)?;
        let (first, middle, last) = match (text.first_chunk(), text.last_chunk()) {
            // The parts overlap where they must; with the length they still stand for one text only.
            (Some(&first), Some(&last)) => {
                let middle = text.get(8..16).and_then(|middle| middle.first_chunk()).copied().unwrap_or(last);
                (u64::from_le_bytes(first), u64::from_le_bytes(middle), u64::from_le_bytes(last))
            }
            _ => (few(text), 0, 0),
        };
        Some(Self { first, middle, last, length })
    }
}

/// Fewer than eight bytes.
fn few(text: &[u8]) -> u64 {
    match (text.first_chunk(), text.last_chunk()) {
        (Some(&first), Some(&last)) => u64::from(u32::from_le_bytes(first)) << 32 | u64::from(u32::from_le_bytes(last)),
        _ => text.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)),
    }
}

impl Hash for Short {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.first);
        state.write_u64(self.middle);
        // The length tells apart only what the parts already do, but for a few bytes of zero.
        state.write_u64(self.last);
    }
}

#[cfg(test)]
mod tests {
    use super::Short;

    #[test]
    fn different_texts_are_different_whatever_their_length() {
        let alphabet = b"abcdefghijklmnopqrstuvwxyz";
        let mut texts: Vec<Vec<u8>> = Vec::new();
        for length in 0..=24 {
            let text = alphabet[..length].to_vec();
            for index in 0..length {
                let mut other = text.clone();
                other[index] = 0;
                texts.push(other);
            }
            texts.push(text);
        }
        for (index, one) in texts.iter().enumerate() {
            for other in &texts[..index] {
                assert_ne!(Short::new(one), Short::new(other), "{one:?} and {other:?}");
            }
        }
    }

    #[test]
    fn a_longer_text_is_none() {
        assert!(Short::new(&[b'x'; 24]).is_some());
        assert!(Short::new(&[b'x'; 25]).is_none());
    }
}

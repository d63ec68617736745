//! CRC-32 as zip archives use it: the sum by which a reader sees that bytes are not those that were written.

use std::array;
use std::sync::LazyLock;

/// What each value of a byte adds when no byte follows on it, one, two or three. Made when they are first used: numbers
/// like these cannot be packed, and the program would carry four kilobytes of them to everybody.
static TABLES: LazyLock<[[u32; 256]; 4]> = LazyLock::new(|| {
    let first = array::from_fn(|index| {
        let byte = u32::try_from(index).unwrap_or_default();
        (0..8).fold(byte, |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 })
    });
    let later = |table: [u32; 256]| table.map(|sum| next(&first, sum, 0));
    let (second, third) = (later(first), later(later(first)));
    [first, second, third, later(third)]
});

fn at(table: &[u32; 256], byte: u8) -> u32 {
    table.get(usize::from(byte)).copied().unwrap_or_default()
}

/// The sum when one byte follows.
fn next(first: &[u32; 256], sum: u32, byte: u8) -> u32 {
    let [low, ..] = sum.to_le_bytes();
    at(first, low ^ byte) ^ (sum >> 8)
}

/// The sum of all bytes so far: of `before`, whose sum is given, and of those that follow. The sum of no bytes is 0.
#[must_use]
pub fn crc32(before: u32, bytes: &[u8]) -> u32 {
    let [first, second, third, fourth] = &*TABLES;
    // Four at a time: twice as fast as one by one.
    let (fours, rest) = bytes.as_chunks();
    let sum = fours.iter().fold(!before, |sum, four| {
        let [one, two, three, four] = (sum ^ u32::from_le_bytes(*four)).to_le_bytes();
        at(fourth, one) ^ at(third, two) ^ at(second, three) ^ at(first, four)
    });
    !rest.iter().fold(sum, |sum, byte| next(first, sum, *byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_are_those_that_others_give_as_known_answers() {
        let known: [(&[u8], u32); 5] = [
            (b"", 0),
            (b"a", 0xE8B7_BE43),
            (b"123456789", 0xCBF4_3926),
            (b"The quick brown fox jumps over the lazy dog", 0x414F_A339),
            (&[0xFF; 32], 0xFF6C_AB0B),
        ];
        for (bytes, sum) in known {
            assert_eq!(crc32(0, bytes), sum, "{bytes:?}");
        }
    }

    #[test]
    fn bytes_in_pieces_have_the_sum_of_the_whole() {
        let bytes = b"123456789";
        for index in 0..=bytes.len() {
            let (first, second) = bytes.split_at(index);
            assert_eq!(crc32(crc32(0, first), second), 0xCBF4_3926, "{index}");
        }
    }
}

//! Bytes of a text file to text: encodings and delimiters.

use std::borrow::Cow;

use super::Limits;
use crate::model::issue::{Issue, Severity};

/// The text of a file in UTF-8 or UTF-16, with or without a byte-order mark, and what was odd about it.
///
/// Text in neither is read as Windows-1252, the usual encoding of old spreadsheets, with a warning.
///
/// # Errors
/// When the file is longer than the limits allow, or is no text.
pub fn decode<'a>(file: &str, bytes: &'a [u8], limits: &Limits) -> Result<(Cow<'a, str>, Vec<Issue>), Issue> {
    let refuse = |code| Issue::new(Severity::Error, code).in_file(file);
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limits.text_bytes {
        return Err(refuse("file_too_large").with("limit", limits.text_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return Ok((utf16(rest, u16::from_le_bytes).into(), Vec::new()));
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return Ok((utf16(rest, u16::from_be_bytes).into(), Vec::new()));
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    match bytes {
        // Without a mark: ASCII text in UTF-16 has a zero in every other byte.
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => {
            return Ok((utf16(bytes, u16::from_le_bytes).into(), Vec::new()));
        }
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => {
            return Ok((utf16(bytes, u16::from_be_bytes).into(), Vec::new()));
        }
        _ => {}
    }
    if bytes.iter().take(4096).any(|&byte| byte == 0) {
        return Err(refuse("file_not_text"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.into(), Vec::new()));
    }
    let text: String = bytes.iter().map(|&byte| windows_1252(byte)).collect();
    Ok((text.into(), vec![Issue::new(Severity::Warning, "encoding_assumed").in_file(file)]))
}

/// The delimiter of a CSV text: the one of `,` `;` and tab that its first line has most of, outside quotes.
pub fn delimiter(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0_u32), (b';', 0), (b'\t', 0)];
    for byte in text.bytes().take(65_536) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte) {
                    *count += 1;
                }
            }
        }
    }
    // Of equals the first is taken: a single column has none of them.
    counts.into_iter().rev().max_by_key(|&(_, count)| count).map_or(b',', |(delimiter, _)| delimiter)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok()).map(unit);
    char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Windows-1252 differs from Latin-1 in these 32 places.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80).and_then(|place| HIGH.get(usize::from(place)).copied()).unwrap_or(char::from(byte))
}

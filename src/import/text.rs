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
    let (text, issues) = decode_bytes(file, bytes, limits)?;
    // As old Macs end their lines: whoever counts lines counts LF.
    let is_of_mac =
        memchr::memchr(b'\n', text.as_bytes()).is_none() && memchr::memchr(b'\r', text.as_bytes()).is_some();
    Ok((if is_of_mac { text.replace('\r', "\n").into() } else { text }, issues))
}

fn decode_bytes<'a>(file: &str, bytes: &'a [u8], limits: &Limits) -> Result<(Cow<'a, str>, Vec<Issue>), Issue> {
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

/// A cell without what nobody sees and nobody typed: characters without width (of pages that it was copied from, marks of
/// byte order, soft hyphens, marks of direction), spaces that do not break, which become spaces, and the `="…"` in which
/// Excel keeps a text a text. Trimmed.
pub fn clean(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let visible: Cow<'_, str> = if text.is_ascii() || !text.chars().any(|letter| seen(letter) != Some(letter)) {
        text.into()
    } else {
        text.chars().filter_map(seen).collect::<String>().trim().to_owned().into()
    };
    let kept = visible.strip_prefix("=\"").and_then(|text| text.strip_suffix('"'));
    match kept.map(|kept| kept.replace("\"\"", "\"").trim().to_owned()) {
        Some(kept) => kept.into(),
        None => visible,
    }
}

/// A character as it counts; `None` for one without width.
const fn seen(letter: char) -> Option<char> {
    match letter {
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => None,
        '\u{a0}' | '\u{2007}' | '\u{202f}' => Some(' '),
        seen => Some(seen),
    }
}

/// Lines that are looked at for a delimiter.
const LINES: usize = 40;

/// What may set cells apart.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The delimiter of a CSV text: the one of `,` `;` and tab that its first line has most of, outside quotes. A first line
/// with at most one of them may be a title: then the one of which most lines have the same number.
pub fn delimiter(text: &str) -> u8 {
    let mut lines = vec![[0_usize; DELIMITERS.len()]];
    let mut quoted = false;
    for byte in text.bytes().take(65_536) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                if lines.len() == LINES {
                    break;
                }
                lines.push([0; DELIMITERS.len()]);
            }
            _ if quoted => {}
            _ => {
                let counts = lines.last_mut().into_iter().flatten();
                if let Some((_, count)) = DELIMITERS.iter().zip(counts).find(|(delimiter, _)| **delimiter == byte) {
                    *count = count.saturating_add(1);
                }
            }
        }
    }
    let first = lines.first().copied().unwrap_or_default();
    let of_first = DELIMITERS.into_iter().zip(first).rev().max_by_key(|&(_, count)| count);
    if let Some((delimiter, 2..)) = of_first {
        return delimiter;
    }
    let width = |index: usize| {
        let mut counts: Vec<usize> = lines.iter().filter_map(|line| line.get(index).copied()).collect();
        counts.retain(|count| *count > 0);
        counts.sort_unstable();
        counts.chunk_by(|one, other| one == other).filter_map(|alike| Some((alike.len(), *alike.first()?))).max()
    };
    // Of equals the last one: commas stand in sentences and numbers too. A single column has none of them.
    let widths = (0..DELIMITERS.len()).map(width).zip(DELIMITERS);
    widths.max_by_key(|(width, _)| *width).map_or(b',', |(_, delimiter)| delimiter)
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
    byte.checked_sub(0x80).and_then(|index| HIGH.get(usize::from(index)).copied()).unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_taken_off_a_cell() {
        for (written, read) in [
            ("\u{200b}D55V1LL", "D55V1LL"),
            ("D55\u{ad}V1LL\u{feff}", "D55V1LL"),
            ("\u{a0}1\u{202f}400 ", "1 400"),
            ("=\"D55V1LL\"", "D55V1LL"),
            ("=\" 00\"\"7\"", "00\"7"),
            ("\u{202b}IBM MQ\u{202c}", "IBM MQ"),
            ("=1+1", "=1+1"),
            ("=\"", "=\""),
            ("Größe", "Größe"),
        ] {
            assert_eq!(clean(written), read, "{written:?}");
        }
    }

    #[test]
    fn a_title_does_not_decide_what_sets_cells_apart() {
        assert_eq!(delimiter("Licences, as of 2026\r\n\r\npart;quantity;poe\r\nD1;5;P-1\r\n"), b';');
        assert_eq!(delimiter("a;b\n1,5;2,5\n1,5;2,5\n"), b';');
        assert_eq!(delimiter("Licences, 2026\nname;quantity\nMQ;1,5\nDb2;2,5\n"), b';');
        assert_eq!(delimiter("Licences\nname,quantity\nMQ,1\n"), b',');
        // One row of another width tells nothing.
        assert_eq!(delimiter("name,product\nx; y; z,Db2\nMQ,MQ\n"), b',');
        assert_eq!(delimiter("Licences\nname\tquantity\nMQ\t1\n"), b'\t');
        assert_eq!(delimiter("part\tquantity\tpoe\n1,2;3,4\t5\t6\n"), b'\t');
    }
}

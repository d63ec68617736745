//! Bytes to text: which encoding, and which delimiter.

use std::borrow::Cow;

use crate::model::issue::{Issue, Severity};

/// How a text was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// One byte for each character, as spreadsheets on Windows write in western Europe. A guess: nothing in the file
    /// says so, and who takes it must say that.
    Windows1252,
}

/// The characters that Windows-1252 has where ISO 8859-1 has control characters (0x80 to 0x9F).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a file, without its byte order mark.
///
/// # Errors
/// When the bytes are no text: they hold control characters that no table has, or half characters of UTF-16.
pub fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), Issue> {
    let (text, encoding) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (utf8(rest)?, Encoding::Utf8),
        [0xFF, 0xFE, rest @ ..] => (utf16(rest, u16::from_le_bytes)?, Encoding::Utf16Le),
        [0xFE, 0xFF, rest @ ..] => (utf16(rest, u16::from_be_bytes)?, Encoding::Utf16Be),
        // Without a mark, the first character of a table is ASCII: a zero beside it tells the order of the bytes.
        [first, 0, ..] if *first != 0 => (utf16(bytes, u16::from_le_bytes)?, Encoding::Utf16Le),
        [0, second, ..] if *second != 0 => (utf16(bytes, u16::from_be_bytes)?, Encoding::Utf16Be),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), Encoding::Utf8),
            Err(_) => (Cow::Owned(bytes.iter().copied().map(windows_1252).collect()), Encoding::Windows1252),
        },
    };
    if text.bytes().any(is_binary) { Err(not_text()) } else { Ok((text, encoding)) }
}

/// The delimiter of a table: whichever of comma, semicolon and tab stands most often in its first line, outside of
/// quotes; `None` when there is none of them.
pub fn delimiter(text: &str) -> Option<u8> {
    let mut quoted = false;
    let mut counts = [(b',', 0_u32), (b';', 0), (b'\t', 0)];
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => {
                for (delimiter, count) in &mut counts {
                    *count = count.saturating_add(u32::from(*delimiter == byte));
                }
            }
            _ => {}
        }
    }
    // The first of equals wins: comma before semicolon before tab.
    let (delimiter, count) = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
    (count > 0).then_some(delimiter)
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, Issue> {
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| not_text())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'static, str>, Issue> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(not_text());
    }
    let characters = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    characters.collect::<Result<String, _>>().map(Cow::Owned).map_err(|_| not_text())
}

fn windows_1252(byte: u8) -> char {
    let place = byte.checked_sub(0x80).map(usize::from);
    place.and_then(|place| WINDOWS_1252.get(place)).copied().unwrap_or(char::from(byte))
}

/// Whether a byte stands in no text: a control character other than tab and the ends of line and page.
const fn is_binary(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0E..=0x1F) && byte != 0x1A
}

fn not_text() -> Issue {
    Issue::new(Severity::Error, "file_not_text")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Encoding) {
        let (text, encoding) = decode(bytes).unwrap();
        (text.into_owned(), encoding)
    }

    fn utf16_bytes(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn utf8_is_read_with_and_without_a_byte_order_mark() {
        assert_eq!(text("produkt,ą".as_bytes()), ("produkt,ą".to_owned(), Encoding::Utf8));
        assert_eq!(text("\u{feff}produkt,ą".as_bytes()), ("produkt,ą".to_owned(), Encoding::Utf8));
    }

    #[test]
    fn utf16_is_read_in_both_orders_with_and_without_a_byte_order_mark() {
        for mark in ["", "\u{feff}"] {
            let written = format!("{mark}a;ą😀");
            let little = utf16_bytes(&written, u16::to_le_bytes);
            assert_eq!(text(&little), ("a;ą😀".to_owned(), Encoding::Utf16Le));
            let big = utf16_bytes(&written, u16::to_be_bytes);
            assert_eq!(text(&big), ("a;ą😀".to_owned(), Encoding::Utf16Be));
        }
    }

    #[test]
    fn bytes_that_are_no_utf8_are_read_as_windows_1252() {
        assert_eq!(text(b"Gr\xF6\xDFe \x80"), ("Größe €".to_owned(), Encoding::Windows1252));
    }

    #[test]
    fn binary_data_is_no_text() {
        for bytes in [&b"\x7fELF\x02\x01\x01"[..], b"%PDF-1.4\x01\x02", b"\xFF\xFEa", b"\0\0\0"] {
            assert_eq!(decode(bytes).unwrap_err().code, "file_not_text");
        }
    }

    #[test]
    fn the_delimiter_that_stands_most_often_outside_of_quotes_wins() {
        assert_eq!(delimiter("a,b,c\n1;2;3;4;5"), Some(b','));
        assert_eq!(delimiter("\"a,b,c\";d\r\n"), Some(b';'));
        assert_eq!(delimiter("\n\na\tb,c\td"), Some(b'\t'));
        assert_eq!(delimiter("a,b;c"), Some(b','));
        assert_eq!(delimiter("only words"), None);
        assert_eq!(delimiter(""), None);
    }
}

//! Quotes around the cells of a text, where they do not fit.

/// Where a reader of a text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum QuoteState {
    /// At the beginning of a cell.
    Begin,
    /// Within a cell without quotes.
    Plain,
    /// Within quotes.
    Quoted,
    /// Behind a quote within quotes: the end of them, or the first of two.
    Behind,
}

/// The line on which a cell opens a quote that goes on over the end of a line, and is never closed or closed within a word: all
/// lines between are one cell then, and nobody meant that. `None` where every quote fits.
pub(super) fn stray_quote(text: &str, delimiter: u8) -> Option<u32> {
    memchr::memchr(b'"', text.as_bytes())?;
    let mut state = QuoteState::Begin;
    let (mut line, mut opened) = (1_u32, 1_u32);
    for byte in text.bytes() {
        let ends_cell = byte == delimiter || matches!(byte, b'\n' | b'\r');
        state = match (state, byte) {
            (QuoteState::Begin, b'"') => {
                opened = line;
                QuoteState::Quoted
            }
            (QuoteState::Quoted, b'"') => QuoteState::Behind,
            (QuoteState::Behind, b'"') | (QuoteState::Quoted, _) => QuoteState::Quoted,
            _ if ends_cell => QuoteState::Begin,
            (QuoteState::Behind, b' ' | b'\t') => QuoteState::Behind,
            (QuoteState::Behind, _) if line > opened => return Some(opened),
            (QuoteState::Begin | QuoteState::Plain | QuoteState::Behind, _) => QuoteState::Plain,
        };
        line = line.saturating_add(u32::from(byte == b'\n'));
    }
    (state == QuoteState::Quoted).then_some(opened)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_that_is_never_closed_or_closed_within_a_word_lines_below_is_told_by_the_line_where_it_opens() {
        for (text, line) in [
            ("a,b\n1,\"rack 19\n2,x\n3,y\n", Some(2)),
            ("a,b\n1,x\n2,\"19 inch\n3,5\" disk\n4,y\n", Some(3)),
            ("a,b\n1,\"19 inch\n\"disk\" 5,x\n", Some(2)),
            ("a,b\r\n1,x\r\n2,\"", Some(3)),
            ("a,b\n1,\"two\nlines\"\n2,\"a \"\"b\"\"\"\n3,\"\"\n", None),
            ("a,b\n1,\"two\nlines\" ,3\n", None),
            ("a,b\n1,\"x\"y,3\n", None),
            ("a,b\n1,x\"y\n2,z\n", None),
            ("a,b\n", None),
        ] {
            assert_eq!(stray_quote(text, b','), line, "{text:?}");
        }
    }
}

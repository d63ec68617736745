//! One part of a workbook, element by element.
//!
//! Elements are told by their local names, so that every prefix and both families of namespaces (transitional and
//! strict) read alike. Parts are in UTF-8; a document type, and with it every entity of its own, is refused.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use quick_xml::events::attributes::{Attribute, Attributes};
use quick_xml::{Reader, XmlVersion};

use super::unreadable;
use crate::import::{Limits, Watch, cancelled};
use crate::model::issue::{Issue, Severity};

/// The most bytes of one tag, comment or stretch of text: it stands in memory while it is read.
const MOST_RUN: usize = 1 << 20;

/// The most elements within one another; a workbook needs some ten.
const MOST_DEPTH: usize = 64;

/// The most bytes that one character of a cell is written with; the escape `_x000D_` has seven.
const BYTES_OF_CHAR: usize = 8;

/// How many pieces of markup are read between two looks at the watch.
const STEP: u64 = 4096;

/// A part that is being read. It stands within an element, first within the root.
pub(super) struct Xml<'a, R> {
    reader: Reader<Steady<R>>,
    limits: &'a Limits,
    watch: &'a mut dyn Watch,
    buffer: Vec<u8>,
    /// The tag that was opened last: its name and attributes.
    tag: String,
    name_bytes: usize,
    depth: usize,
    steps: u64,
}

/// The tag that opens an element.
#[derive(Clone, Copy)]
pub(super) struct Tag<'a> {
    content: &'a str,
    name_bytes: usize,
}

/// What comes next in a part. Comments and instructions count as text without characters.
enum Node {
    Open,
    Close,
    Text,
}

impl<'a, R: Read> Xml<'a, R> {
    /// Enters the root element, which must have this name.
    pub(super) fn open(part: R, root: &str, limits: &'a Limits, watch: &'a mut dyn Watch) -> Result<Self, Issue> {
        let mut reader = Reader::from_reader(Steady { part: BufReader::new(part), run: 0 });
        reader.config_mut().expand_empty_elements = true;
        let mut xml =
            Self { reader, limits, watch, buffer: Vec::new(), tag: String::new(), name_bytes: 0, depth: 0, steps: 0 };
        match xml.child()? {
            Some(tag) if tag.name() == root => Ok(xml),
            _ => Err(unreadable()),
        }
    }

    /// Enters the next element within the open one; `None` leaves the open one, at its end.
    pub(super) fn child(&mut self) -> Result<Option<Tag<'_>>, Issue> {
        loop {
            match self.next(None)? {
                Node::Open => return Ok(Some(Tag { content: &self.tag, name_bytes: self.name_bytes })),
                Node::Close => return Ok(None),
                Node::Text => {}
            }
        }
    }

    /// Leaves the open element, whatever is in it.
    pub(super) fn skip(&mut self) -> Result<(), Issue> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next(None)?;
        }
        Ok(())
    }

    /// Appends the text that stands directly within the open element, and leaves it.
    pub(super) fn text(&mut self, text: &mut String) -> Result<(), Issue> {
        loop {
            match self.next(Some(text))? {
                Node::Open => self.skip()?,
                Node::Close => return Ok(()),
                Node::Text => {}
            }
            if text.len() > self.limits.cell_chars.saturating_mul(BYTES_OF_CHAR) {
                let issue = Issue::new(Severity::Error, "table_cell_too_long");
                return Err(issue.with("limit", self.limits.cell_chars));
            }
        }
    }

    fn next(&mut self, text: Option<&mut String>) -> Result<Node, Issue> {
        self.steps = self.steps.wrapping_add(1);
        if self.steps.is_multiple_of(STEP) && self.watch.cancelled() {
            return Err(cancelled());
        }
        self.buffer.clear();
        self.reader.get_mut().run = 0;
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(_) if self.reader.get_ref().run > MOST_RUN => {
                return Err(Issue::new(Severity::Error, "table_too_large"));
            }
            Err(_) => return Err(unreadable()),
        };
        match event {
            Event::Start(start) => {
                self.depth = self.depth.saturating_add(1);
                if self.depth > MOST_DEPTH {
                    return Err(unreadable());
                }
                self.tag.clear();
                self.tag.push_str(&start);
                self.name_bytes = start.name().into_inner().len();
                return Ok(Node::Open);
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                return Ok(Node::Close);
            }
            Event::Decl(declaration) => {
                if let Some(encoding) = declaration.encoding() {
                    let encoding = encoding.map_err(|_| unreadable())?;
                    if !["utf-8", "utf8", "us-ascii"].iter().any(|known| encoding.eq_ignore_ascii_case(known)) {
                        return Err(unreadable());
                    }
                }
            }
            // The end is never reached: reading stops when the root is closed.
            Event::DocType(_) | Event::Eof | Event::Empty(_) => return Err(unreadable()),
            Event::Comment(_) | Event::PI(_) => {}
            Event::Text(more) => {
                if let Some(text) = text {
                    text.push_str(&more.xml10_content());
                }
            }
            Event::CData(more) => {
                if let Some(text) = text {
                    text.push_str(&more.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                let char = reference.resolve_char_ref().map_err(|_| unreadable())?;
                match (text, char) {
                    (Some(text), Some(char)) => text.push(char),
                    (Some(text), None) => {
                        text.push_str(resolve_predefined_entity(&reference).ok_or_else(unreadable)?);
                    }
                    (None, _) => {}
                }
            }
        }
        Ok(Node::Text)
    }
}

impl<'a> Tag<'a> {
    /// The name without its prefix.
    pub(super) fn name(self) -> &'a str {
        let name = self.content.get(..self.name_bytes).unwrap_or_default();
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// The value of the attribute with this name, prefix included.
    pub(super) fn attribute(self, name: &str) -> Result<Option<Cow<'a, str>>, Issue> {
        self.find(|attribute| attribute.key.into_inner() == name)
    }

    /// The value of the attribute `id` that has a prefix, whichever: it names a relationship.
    pub(super) fn relationship(self) -> Result<Option<Cow<'a, str>>, Issue> {
        self.find(|attribute| attribute.key.prefix().is_some() && attribute.key.local_name().into_inner() == "id")
    }

    fn find(self, wanted: impl Fn(&Attribute<'a>) -> bool) -> Result<Option<Cow<'a, str>>, Issue> {
        let mut attributes = Attributes::new(self.content, self.name_bytes);
        for attribute in attributes.with_checks(false) {
            let attribute = attribute.map_err(|_| unreadable())?;
            if wanted(&attribute) {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| unreadable())?;
                return Ok(Some(value));
            }
        }
        Ok(None)
    }
}

/// Hands on bytes, but only so many of them for one piece of markup.
struct Steady<R> {
    part: BufReader<R>,
    run: usize,
}

impl<R: Read> Read for Steady<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.part.read(into)
    }
}

impl<R: Read> BufRead for Steady<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.run > MOST_RUN {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.part.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.run = self.run.saturating_add(bytes);
        self.part.consume(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Unwatched;

    /// The text of the first child of the root `r`.
    fn text(part: impl AsRef<[u8]>) -> Result<String, String> {
        let mut watch = Unwatched;
        let read = |watch: &mut Unwatched| -> Result<String, Issue> {
            let mut xml = Xml::open(part.as_ref(), "r", &Limits::PAGE, watch)?;
            let mut text = String::new();
            xml.child()?.ok_or_else(unreadable)?;
            xml.text(&mut text)?;
            xml.skip()?;
            Ok(text)
        };
        read(&mut watch).map_err(|issue| issue.code.into_owned())
    }

    fn unreadable_text() -> Result<String, String> {
        Err("workbook_unreadable".to_owned())
    }

    #[test]
    fn text_is_read_with_its_references_and_without_what_stands_deeper() {
        assert_eq!(text("<r><t>a&lt;&#x62;<!-- no --><u>no</u><![CDATA[&c]]></t></r>").unwrap(), "a<b&c");
        assert_eq!(
            text("\u{feff}<?xml version='1.0' encoding='UTF-8'?><x:r xmlns:x='y'><x:t>é\r\n</x:t></x:r>").unwrap(),
            "é\n"
        );
    }

    #[test]
    fn nothing_that_a_document_type_declares_is_ever_read() {
        assert_eq!(text("<!DOCTYPE r [<!ENTITY a 'b'>]><r><t>c</t></r>"), unreadable_text());
        assert_eq!(text("<!DOCTYPE r SYSTEM 'file:///etc/passwd'><r><t>c</t></r>"), unreadable_text());
        assert_eq!(text("<r><t>&a;</t></r>"), unreadable_text());
    }

    #[test]
    fn only_utf8_is_read() {
        let part = "<?xml version='1.0' encoding='UTF-16'?><r><t>c</t></r>";
        let little: Vec<u8> = part.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = part.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            part.as_bytes(),
            &little,
            &big,
            &[b"\xFF\xFE", little.as_slice()].concat(),
            &[b"\xFE\xFF", big.as_slice()].concat(),
            b"<r><t>\xE9</t></r>",
        ] {
            assert_eq!(text(bytes), unreadable_text());
        }
    }

    #[test]
    fn a_part_that_is_not_well_formed_is_refused() {
        for part in ["", "r", "<r>", "<r><t>", "<r><t></r></t>", "<s><t></t></s>", "<r><t a='&b;'>&</t></r>", "<r></s>"]
        {
            assert_eq!(text(part), unreadable_text(), "{part}");
        }
    }

    #[test]
    fn depth_and_length_are_bounded() {
        let nested = |deep: usize| format!("<r><t>{}{}</t></r>", "<u>".repeat(deep), "</u>".repeat(deep));
        assert_eq!(text(nested(MOST_DEPTH - 2)), Ok(String::new()));
        assert_eq!(text(nested(MOST_DEPTH - 1)), unreadable_text());
        let long = "x".repeat(2 * MOST_RUN);
        for part in [format!("<r><t>{long}</t></r>"), format!("<r><!--{long}--><t/></r>"), format!("<r {long}")] {
            assert_eq!(text(part), Err("table_too_large".to_owned()));
        }
        assert_eq!(text(format!("<r><t>{}</t></r>", "&amp;".repeat(300_000))), Err("table_cell_too_long".to_owned()));
    }

    #[test]
    fn a_long_part_can_be_cancelled() {
        struct Impatient;
        impl Watch for Impatient {
            fn progress(&mut self, _done: u64, _total: u64) {}
            fn cancelled(&self) -> bool {
                true
            }
        }
        let part = format!("<r>{}</r>", "<t/>".repeat(5_000));
        let mut watch = Impatient;
        let mut xml = Xml::open(part.as_bytes(), "r", &Limits::PAGE, &mut watch).unwrap();
        assert_eq!(xml.skip().unwrap_err().code, "reading_cancelled");
    }
}

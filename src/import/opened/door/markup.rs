//! The markup of a part, looked at piece by piece as it is inflated, before a library reads it.
//!
//! A library keeps whole tags and texts in memory and believes that elements are closed; here each of them is bounded,
//! closed and in UTF-8, and a document type, and with it every entity of its own, is refused.

use std::borrow::Cow;
use std::str;

use memchr::{memchr, memchr3};

use super::unreadable;
use crate::import::Limits;
use crate::model::issue::{Issue, Severity};

/// The most bytes of one tag, comment or stretch of text: it stands in memory while it is read.
const MOST_RUN: usize = 1 << 20;

/// The most elements within one another; a workbook needs some ten.
const MOST_DEPTH: usize = 64;

/// The most pieces of markup in one part. A cell has up to six, a text up to four.
const MOST_MARKUP: u64 = 60_000_000;

/// What is met in a part.
#[derive(Clone, Copy)]
pub(super) enum Met<'a> {
    /// An element begins; an empty one closes at once.
    Open(Tag<'a>),
    /// The element with this name ends.
    Close(&'a str),
    /// Text, its references as they stand there.
    Text(&'a str),
    /// A comment, an instruction, or text that is marked as such: `CDATA`.
    Other,
}

/// The tag that opens an element.
#[derive(Clone, Copy)]
pub(super) struct Tag<'a> {
    /// Its name, with its prefix.
    pub(super) name: &'a str,
    attributes: &'a str,
    /// How many elements it stands in.
    pub(super) depth: usize,
}

/// Looks at a part. Pieces go in; what is met comes out in order.
#[derive(Default)]
pub(super) struct Markup {
    /// What is begun and not yet complete: without its `<` where it is markup.
    run: Vec<u8>,
    in_tag: bool,
    quote: Option<u8>,
    /// The names of the open elements, one after the other, and where each begins.
    open: String,
    begins: Vec<usize>,
    /// Whether the root has been opened.
    begun: bool,
    count: u64,
}

impl Markup {
    /// Takes the next piece.
    pub(super) fn take(
        &mut self,
        piece: &[u8],
        limits: &Limits,
        met: &mut dyn FnMut(Met<'_>) -> Result<(), Issue>,
    ) -> Result<(), Issue> {
        let mut rest = piece;
        while !rest.is_empty() {
            let found = if self.in_tag {
                match self.quote {
                    Some(quote) => memchr(quote, rest),
                    None => memchr3(b'>', b'"', b'\'', rest),
                }
            } else {
                memchr(b'<', rest)
            };
            let (run, after) = rest.split_at(found.unwrap_or(rest.len()));
            self.run.extend_from_slice(run);
            let Some((sign, after)) = after.split_first() else {
                return self.bound(limits);
            };
            rest = after;
            if !self.in_tag {
                self.end_text(limits, met)?;
                self.in_tag = true;
            } else if *sign != b'>' {
                // Quotes matter in tags alone.
                self.run.push(*sign);
                if !matches!(self.run.first(), Some(b'!' | b'?')) {
                    self.quote = if self.quote.is_some() { None } else { Some(*sign) };
                }
            } else if self.is_complete()? {
                self.end_markup(met)?;
                self.in_tag = false;
            } else {
                self.run.push(*sign);
            }
            self.bound(limits)?;
        }
        Ok(())
    }

    /// Ends the part: everything must be closed.
    pub(super) fn finish(&self) -> Result<(), Issue> {
        let is_blank = self.run.iter().all(u8::is_ascii_whitespace);
        if self.begun && self.begins.is_empty() && !self.in_tag && is_blank { Ok(()) } else { Err(unreadable()) }
    }

    fn bound(&self, limits: &Limits) -> Result<(), Issue> {
        if self.run.len() <= MOST_RUN {
            Ok(())
        } else if self.in_tag {
            Err(Issue::new(Severity::Error, "table_too_large"))
        } else {
            Err(Issue::new(Severity::Error, "table_cell_too_long").with("limit", limits.cell_chars))
        }
    }

    /// Whether the sign `>` ends the markup that is begun.
    fn is_complete(&self) -> Result<bool, Issue> {
        let run = self.run.as_slice();
        if run.starts_with(b"!--") {
            Ok(run.len() >= 5 && run.ends_with(b"--"))
        } else if run.starts_with(b"![CDATA[") {
            Ok(run.ends_with(b"]]"))
        } else if run.starts_with(b"?") {
            Ok(run.len() >= 2 && run.ends_with(b"?"))
        } else if run.starts_with(b"!") {
            Err(unreadable())
        } else {
            Ok(true)
        }
    }

    fn end_text(&mut self, limits: &Limits, met: &mut dyn FnMut(Met<'_>) -> Result<(), Issue>) -> Result<(), Issue> {
        self.bound(limits)?;
        let text = str::from_utf8(&self.run).map_err(|_| unreadable())?;
        if self.begins.is_empty() {
            let text = if self.begun { text } else { text.trim_start_matches('\u{feff}') };
            if !text.trim_ascii().is_empty() {
                return Err(unreadable());
            }
        } else if !text.is_empty() {
            met(Met::Text(text))?;
        }
        self.run.clear();
        Ok(())
    }

    fn end_markup(&mut self, met: &mut dyn FnMut(Met<'_>) -> Result<(), Issue>) -> Result<(), Issue> {
        self.count = self.count.saturating_add(1);
        if self.count > MOST_MARKUP {
            return Err(Issue::new(Severity::Error, "table_too_large"));
        }
        let run = std::mem::take(&mut self.run);
        let text = str::from_utf8(&run).map_err(|_| unreadable())?;
        if let Some(declaration) = text.strip_prefix("?xml ") {
            only_utf8(declaration.trim_end_matches('?'))?;
        } else if text.starts_with(['!', '?']) {
            met(Met::Other)?;
        } else if let Some(name) = text.strip_prefix('/') {
            let name = name.trim_ascii_end();
            let begin = self.begins.pop().ok_or_else(unreadable)?;
            if self.open.get(begin..) != Some(name) {
                return Err(unreadable());
            }
            self.open.truncate(begin);
            met(Met::Close(name))?;
        } else {
            self.open(text, met)?;
        }
        self.run = run;
        self.run.clear();
        Ok(())
    }

    fn open(&mut self, text: &str, met: &mut dyn FnMut(Met<'_>) -> Result<(), Issue>) -> Result<(), Issue> {
        let (content, is_empty) = text.strip_suffix('/').map_or((text, false), |content| (content, true));
        let end = content.find(|sign: char| sign.is_ascii_whitespace()).unwrap_or(content.len());
        let (name, attributes) = content.split_at(end);
        let is_sound = !name.is_empty() && !text.bytes().any(|byte| matches!(byte, 0 | b'<'));
        if !is_sound || self.begun && self.begins.is_empty() || self.begins.len() >= MOST_DEPTH {
            return Err(unreadable());
        }
        self.begun = true;
        met(Met::Open(Tag { name, attributes, depth: self.begins.len() }))?;
        if is_empty {
            return met(Met::Close(name));
        }
        self.begins.push(self.open.len());
        self.open.push_str(name);
        Ok(())
    }
}

/// The library follows what a part says of its encoding, and would see other signs than were looked at here.
fn only_utf8(declaration: &str) -> Result<(), Issue> {
    let declared = Tag { name: "xml", attributes: declaration, depth: 0 }.attribute("encoding")?;
    let known = ["utf-8", "utf8", "us-ascii"];
    let is_known = declared.is_none_or(|encoding| known.iter().any(|known| encoding.eq_ignore_ascii_case(known)));
    if is_known { Ok(()) } else { Err(unreadable()) }
}

impl<'a> Tag<'a> {
    /// The name without its prefix.
    pub(super) fn local(self) -> &'a str {
        local(self.name)
    }

    /// How many bytes it has.
    pub(super) const fn len(self) -> usize {
        self.name.len().saturating_add(self.attributes.len())
    }

    /// The value of the attribute with this name, prefix included, its references as they stand there.
    pub(super) fn attribute(self, name: &str) -> Result<Option<&'a str>, Issue> {
        let mut found = None;
        self.each(&mut |key, value| {
            // One that stands there twice could be read either way.
            if key == name && found.replace(value).is_some() { Err(unreadable()) } else { Ok(()) }
        })?;
        Ok(found)
    }

    /// Goes through the attributes: names and values.
    pub(super) fn each(self, take: &mut dyn FnMut(&'a str, &'a str) -> Result<(), Issue>) -> Result<(), Issue> {
        let mut rest = self.attributes.trim_ascii_start();
        while !rest.is_empty() {
            let (key, after) = rest.split_once('=').ok_or_else(unreadable)?;
            let after = after.trim_ascii_start();
            let quote = after.chars().next().filter(|quote| ['"', '\''].contains(quote)).ok_or_else(unreadable)?;
            let (value, after) = after.get(1..).and_then(|after| after.split_once(quote)).ok_or_else(unreadable)?;
            let key = key.trim_ascii_end();
            if key.is_empty() || key.contains(|sign: char| sign.is_ascii_whitespace() || "\"'".contains(sign)) {
                return Err(unreadable());
            }
            take(key, value)?;
            rest = after.trim_ascii_start();
        }
        Ok(())
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A text with its references resolved; those of entities that every part knows, and of characters.
pub(super) fn resolved(text: &str) -> Result<Cow<'_, str>, Issue> {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        let (name, after) = after.split_once(';').ok_or_else(unreadable)?;
        whole.push_str(before);
        let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
        let char = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => match name.strip_prefix('#') {
                Some(digits) => digits.strip_prefix('x').map_or_else(|| number(digits, 10), |hex| number(hex, 16)),
                None => None,
            },
        };
        whole.push(char.ok_or_else(unreadable)?);
        rest = after;
    }
    if whole.is_empty() {
        return Ok(Cow::Borrowed(rest));
    }
    whole.push_str(rest);
    Ok(Cow::Owned(whole))
}

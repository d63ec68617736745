//! The texts of a workbook: a table that cells point into, and texts that stand within a cell.

use std::borrow::Cow;
use std::io::Read;

use super::xml::Xml;
use crate::import::Limits;
use crate::model::issue::{Issue, Severity};

/// The most shared texts: as many as there are cells in a table of 16 full columns.
const MOST_STRINGS: usize = 1 << 24;

/// Space that is no part of a text unless the text says `xml:space="preserve"`.
const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// The texts that cells share, one after the other.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    /// Where each text ends.
    ends: Vec<usize>,
}

impl Strings {
    /// Reads the part with the shared texts.
    pub(super) fn read<R: Read>(xml: &mut Xml<'_, R>, limits: &Limits) -> Result<Self, Issue> {
        let mut strings = Self::default();
        let mut text = String::new();
        while let Some(tag) = xml.child()? {
            if tag.name() != "si" {
                xml.skip()?;
                continue;
            }
            text.clear();
            item(xml, &mut text)?;
            strings.text.push_str(&text);
            strings.ends.push(strings.text.len());
            let bytes = u64::try_from(strings.text.len()).unwrap_or(u64::MAX);
            if strings.ends.len() > MOST_STRINGS || bytes > limits.entry_bytes {
                return Err(Issue::new(Severity::Error, "table_too_large"));
            }
        }
        Ok(strings)
    }

    /// The text at a place; the first is 0.
    pub(super) fn get(&self, place: usize) -> Option<&str> {
        let start = place.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start..*self.ends.get(place)?)
    }
}

/// Appends the text of the open element: its own, or that of its runs of one format each. How a text is pronounced is
/// no part of it.
pub(super) fn item<R: Read>(xml: &mut Xml<'_, R>, text: &mut String) -> Result<(), Issue> {
    let mut in_run = false;
    loop {
        let Some(tag) = xml.child()? else {
            if !in_run {
                return Ok(());
            }
            in_run = false;
            continue;
        };
        match tag.name() {
            "r" if !in_run => in_run = true,
            "t" => {
                let preserved = tag.attribute("xml:space")?.is_some_and(|space| space == "preserve");
                let start = text.len();
                xml.text(text)?;
                let added = text.get(start..).unwrap_or_default();
                let added = unescaped(if preserved { added } else { added.trim_matches(SPACE) }).into_owned();
                text.truncate(start);
                text.push_str(&added);
            }
            _ => xml.skip()?,
        }
    }
}

/// A text with its escapes (`_x000D_`) resolved: they stand for UTF-16 units that XML could not hold.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, mut after)) = rest.find("_x").and_then(|place| rest.split_at_checked(place)) {
        whole.push_str(before);
        let mut units = Vec::new();
        while let Some(unit) = unit(after) {
            units.push(unit);
            after = after.get(ESCAPE..).unwrap_or_default();
        }
        if units.is_empty() {
            whole.push_str("_x");
            after = after.get(2..).unwrap_or_default();
        }
        whole.extend(char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)));
        rest = after;
    }
    if rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    whole.push_str(rest);
    Cow::Owned(whole)
}

/// The bytes of an escape.
const ESCAPE: usize = "_x000D_".len();

/// The unit that a text begins with the escape of.
fn unit(text: &str) -> Option<u16> {
    let digits = text.get(..ESCAPE)?.strip_prefix("_x")?.strip_suffix('_')?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if is_hex { u16::from_str_radix(digits, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Unwatched;

    fn strings(items: &str) -> Result<Strings, Issue> {
        let part = format!("<sst>{items}</sst>");
        let mut watch = Unwatched;
        Strings::read(&mut Xml::open(part.as_bytes(), "sst", &Limits::PAGE, &mut watch)?, &Limits::PAGE)
    }

    #[test]
    fn a_text_is_its_runs_without_its_pronunciation() {
        let read = strings(
            "<si><r><rPr><b/></rPr><t xml:space=\"preserve\">a </t></r><r><t>b</t></r></si><si/>\
             <extLst><si><t>no</t></si></extLst>\
             <si><t> 東京 </t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr fontId=\"1\"/></si>",
        );
        let read = read.unwrap();
        let texts: Vec<Option<&str>> = (0..4).map(|place| read.get(place)).collect();
        assert_eq!(texts, [Some("a b"), Some(""), Some("東京"), None]);
    }

    #[test]
    fn escapes_stand_for_what_xml_cannot_hold() {
        for (written, meant) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_!", "😀!"),
            ("_xD83D_", "\u{FFFD}"),
            ("_x00_x0041_", "_x00A"),
            ("max_x+00D_ _x00é_", "max_x+00D_ _x00é_"),
            ("_x", "_x"),
        ] {
            assert_eq!(unescaped(written), meant, "{written}");
        }
    }
}

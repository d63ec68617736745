//! Which cells of a workbook show their number as a day.

use litemap::LiteMap;
use std::io::Read;

use super::xml::Xml;
use crate::model::issue::Issue;

/// The formats of cells, by their place in the workbook.
#[derive(Debug, Default)]
pub(super) struct Styles {
    days: Vec<bool>,
}

impl Styles {
    /// Reads the part with the styles.
    pub(super) fn read<R: Read>(xml: &mut Xml<'_, R>) -> Result<Self, Issue> {
        let mut own: LiteMap<u32, bool> = LiteMap::new();
        let mut formats: Vec<Option<u32>> = Vec::new();
        while let Some(tag) = xml.child()? {
            match tag.name() {
                "numFmts" => {
                    while let Some(tag) = xml.child()? {
                        let number = tag.attribute("numFmtId")?.and_then(|number| number.parse().ok());
                        if let Some((number, code)) = number.zip(tag.attribute("formatCode")?) {
                            own.insert(number, shows_day(&code));
                        }
                        xml.skip()?;
                    }
                }
                "cellXfs" => {
                    while let Some(tag) = xml.child()? {
                        formats.push(tag.attribute("numFmtId")?.and_then(|number| number.parse().ok()));
                        xml.skip()?;
                    }
                }
                _ => xml.skip()?,
            }
        }
        let is_day = |number: u32| own.get(&number).copied().unwrap_or_else(|| is_builtin_day(number));
        Ok(Self { days: formats.into_iter().map(|format| format.is_some_and(is_day)).collect() })
    }

    /// Whether a cell of this style shows a day or a time of day.
    pub(super) fn is_day(&self, style: usize) -> bool {
        self.days.get(style).copied().unwrap_or(false)
    }
}

/// The formats of days and times that every workbook has without saying so (ECMA-376 part 1, 18.8.30): 27 to 36 and
/// 50 to 58 are those of East Asia, 46 is a duration.
const fn is_builtin_day(number: u32) -> bool {
    matches!(number, 14..=22 | 27..=36 | 45 | 47 | 50..=58)
}

/// Whether a format has a letter of a day or a time outside of what it shows as it stands. A format that counts hours,
/// minutes or seconds beyond the day (`[h]`) shows a duration.
fn shows_day(code: &str) -> bool {
    let mut shows = false;
    let mut chars = code.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' | '_' | '*' => drop(chars.next()),
            '"' => chars.by_ref().take_while(|&char| char != '"').for_each(drop),
            '[' => {
                let inside: String = chars.by_ref().take_while(|&char| char != ']').collect();
                if !inside.is_empty() && inside.chars().all(|char| "hmsHMS".contains(char)) {
                    return false;
                }
            }
            _ => shows |= "dmyhsDMYHS".contains(char),
        }
    }
    shows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Limits, Unwatched};

    #[test]
    fn formats_of_days_are_told_from_those_of_numbers_and_durations() {
        for code in [
            "yyyy-mm-dd",
            "DD/MM/YY",
            "h:mm AM/PM",
            "[$-F800]dddd, mmmm dd, yyyy",
            "[$-404]e\"年\"m\"月\"d\"日\"",
            "*-dd.mm.",
            "[=0]\"\";dd.mm.yyyy",
            "m\"M\"d\"D\";@",
        ] {
            assert!(shows_day(code), "{code}");
        }
        for code in [
            "General",
            "",
            "#,##0.00",
            "0.00E+00",
            "[Red]-0",
            "#,##0.00\\ [$€-407]",
            "[h]:mm:ss",
            "[mm]:ss",
            "[Blue]\\+[h]:mm;[Red]\\-[h]:mm",
            "0 \"days\"",
            "0\\d",
            "0_m",
            "0*y",
            "\"day",
            "[d",
        ] {
            assert!(!shows_day(code), "{code}");
        }
    }

    #[test]
    fn a_style_has_its_own_format_or_one_that_every_workbook_has() {
        let part = "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='&quot;d&quot;0'/>\
            <numFmt numFmtId='165' formatCode='d'/><numFmt numFmtId='15' formatCode='0'/></numFmts>\
            <cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>\
            <cellXfs><xf/><xf numFmtId='14'><alignment/></xf><xf numFmtId='15'/><xf numFmtId='22'/><xf numFmtId='46'/>\
            <xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='-1'/></cellXfs></styleSheet>";
        let mut watch = Unwatched;
        let mut xml = Xml::open(part.as_bytes(), "styleSheet", &Limits::PAGE, &mut watch).unwrap();
        let styles = Styles::read(&mut xml).unwrap();
        let days: Vec<bool> = (0..9).map(|style| styles.is_day(style)).collect();
        assert_eq!(days, [false, true, false, true, false, false, true, false, false]);
    }
}

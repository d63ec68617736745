//! The sheets of an xlsx workbook to [`Sheet`]s.
//!
//! The archive is inflated once, piece by piece, to see that it is no bomb and holds no more markup than a table within
//! the limits needs. Then the few parts that matter are read one after the other, element by element.

mod cells;
mod number;
mod strings;
mod styles;
mod xml;

use std::io::Read;

use litemap::LiteMap;

use self::cells::Book;
use self::number::Epoch;
use self::strings::Strings;
use self::styles::Styles;
use self::xml::Xml;
use super::sheet::Sheet;
use super::zip::{Archive, Entry};
use super::{Limits, Watch};
use crate::model::issue::{Issue, Severity};

/// The most elements of markup in one part of a workbook. A cell has up to six, a text up to four.
const MOST_MARKUP: u64 = 60_000_000;

/// The most relationships of a workbook to its parts and to other files.
const MOST_LINKS: usize = 10_000;

/// The part that names the sheets, where every spreadsheet puts it.
const WORKBOOK: &str = "xl/workbook.xml";

/// The part that says where the parts are that the workbook names.
const LINKS: &str = "xl/_rels/workbook.xml.rels";

/// Reads the first sheet of a workbook. Date cells become civil days (`2025-04-30`), numbers are written out as people
/// see them, without exponent.
///
/// # Errors
/// When the archive is damaged or hostile, when the workbook cannot be understood, when the sheet reaches a limit or
/// has no header, or when the reading is cancelled. The issue names no file yet.
pub fn read(bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Sheet, Issue> {
    Workbook::open(bytes, limits, watch)?.sheet(0, limits, watch)
}

/// A workbook whose sheets can be read one by one.
pub struct Workbook<'a> {
    parts: Parts<'a>,
    sheets: Vec<Named>,
    book: Book,
}

/// A sheet of a workbook.
struct Named {
    name: String,
    /// Its part of the archive.
    part: String,
    /// Whether people do not see it.
    hidden: bool,
}

impl<'a> Workbook<'a> {
    /// Opens a workbook: everything but the cells of its sheets is read.
    ///
    /// # Errors
    /// When the archive is damaged or hostile, when the workbook cannot be understood, or when the reading is cancelled.
    pub fn open(bytes: &'a [u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Self, Issue> {
        let parts = Parts::open(bytes, limits, watch)?;
        let links = links(&mut Xml::open(parts.part(LINKS)?, "Relationships", limits, watch)?)?;
        let (sheets, epoch) = worksheets(&mut Xml::open(parts.part(WORKBOOK)?, "workbook", limits, watch)?, &links)?;
        let mut book = Book { strings: Strings::default(), styles: Styles::default(), epoch };
        for link in links.values() {
            match link.kind.as_str() {
                "styles" => {
                    book.styles = Styles::read(&mut Xml::open(parts.part(&link.part)?, "styleSheet", limits, watch)?)?;
                }
                "sharedStrings" => {
                    book.strings =
                        Strings::read(&mut Xml::open(parts.part(&link.part)?, "sst", limits, watch)?, limits)?;
                }
                _ => {}
            }
        }
        Ok(Self { parts, sheets, book })
    }

    /// The names of its sheets, and whether people do not see them, in the order of the workbook.
    pub fn sheets(&self) -> impl Iterator<Item = (&str, bool)> {
        self.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden))
    }

    /// Reads the sheet at a place.
    ///
    /// # Errors
    /// When it cannot be understood, reaches a limit or has no header, or when the reading is cancelled.
    pub fn sheet(&self, place: usize, limits: &Limits, watch: &mut dyn Watch) -> Result<Sheet, Issue> {
        let part = self.sheets.get(place).map(|sheet| sheet.part.as_str()).ok_or_else(unreadable)?;
        cells::read(&mut Xml::open(self.parts.part(part)?, "worksheet", limits, watch)?, &self.book, limits)
    }
}

/// The parts of a workbook whose archive is known to be harmless.
struct Parts<'a>(Archive<'a>);

impl<'a> Parts<'a> {
    /// Inflates every part, and counts its markup.
    fn open(bytes: &'a [u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Self, Issue> {
        let mut markup: LiteMap<String, u64> = LiteMap::new();
        let archive = Archive::open(bytes, limits)?;
        archive.read(limits, watch, is_embedded, &mut |name, piece| {
            let opened = piece.split(|byte| *byte == b'<').skip(1).count();
            let count = markup.entry(name.to_owned()).or_default();
            *count = count.saturating_add(u64::try_from(opened).unwrap_or(u64::MAX));
            if *count > MOST_MARKUP { Err(Issue::new(Severity::Error, "table_too_large")) } else { Ok(()) }
        })?;
        Ok(Self(archive))
    }

    /// The content of a part. Capital letters do not tell names of parts apart.
    fn part(&self, name: &str) -> Result<Entry<'a>, Issue> {
        let place = self.0.names().iter().position(|known| known.eq_ignore_ascii_case(name));
        place.and_then(|place| self.0.entry(place)).ok_or_else(unreadable)
    }
}

/// Documents and pictures that a person put into the workbook. They are never opened, so they may be archives.
fn is_embedded(name: &str) -> bool {
    name.starts_with("xl/embeddings/") || name.starts_with("xl/media/")
}

/// A part that the workbook names.
struct Link {
    /// What it is: `worksheet`, `styles`.
    kind: String,
    /// Its name in the archive.
    part: String,
}

/// The parts that the workbook names, by the names that it gives them.
fn links<R: Read>(xml: &mut Xml<'_, R>) -> Result<LiteMap<String, Link>, Issue> {
    let mut links = LiteMap::new();
    while let Some(tag) = xml.child()? {
        let is_external = tag.attribute("TargetMode")?.is_some_and(|mode| mode == "External");
        let place = (tag.attribute("Id")?, tag.attribute("Type")?, tag.attribute("Target")?);
        if let (Some(id), Some(kind), Some(target), false) = (place.0, place.1, place.2, is_external) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            links.insert(id.into_owned(), Link { kind, part: part_name(&target) });
        }
        xml.skip()?;
        if links.len() > MOST_LINKS {
            return Err(unreadable());
        }
    }
    Ok(links)
}

/// The name in the archive of what the workbook calls by a path from its own folder, or from the root.
fn part_name(target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut folders = if target.starts_with('/') { Vec::new() } else { vec!["xl"] };
    for folder in target.split('/') {
        match folder {
            "" | "." => {}
            ".." => drop(folders.pop()),
            _ => folders.push(folder),
        }
    }
    folders.join("/")
}

/// The sheets that have cells (a chart may have a sheet of its own), each with its name and part, and how the workbook
/// counts days.
fn worksheets<R: Read>(xml: &mut Xml<'_, R>, links: &LiteMap<String, Link>) -> Result<(Vec<Named>, Epoch), Issue> {
    let mut sheets = Vec::new();
    let mut epoch = Epoch::Year1900;
    while let Some(tag) = xml.child()? {
        match tag.name() {
            "workbookPr" => {
                if tag.attribute("date1904")?.is_some_and(|value| value == "1" || value == "true") {
                    epoch = Epoch::Year1904;
                }
                xml.skip()?;
            }
            "sheets" => {
                while let Some(tag) = xml.child()? {
                    let link = tag.relationship()?.and_then(|id| links.get(id.as_ref()));
                    // Of the sheets behind the first one, those that lead nowhere are passed over.
                    let link = if sheets.is_empty() { Some(link.ok_or_else(unreadable)?) } else { link };
                    if let Some(link) = link.filter(|link| link.kind == "worksheet") {
                        let name = tag.attribute("name")?.map_or_else(String::new, std::borrow::Cow::into_owned);
                        let hidden = tag.attribute("state")?.is_some_and(|state| state != "visible");
                        sheets.push(Named { name, part: link.part.clone(), hidden });
                    }
                    xml.skip()?;
                }
            }
            _ => xml.skip()?,
        }
    }
    if sheets.is_empty() { Err(unreadable()) } else { Ok((sheets, epoch)) }
}

/// The workbook is damaged, or something in it is written in a way that no spreadsheet writes it.
fn unreadable() -> Issue {
    Issue::new(Severity::Error, "workbook_unreadable")
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use ::zip::ZipWriter;
    use ::zip::write::SimpleFileOptions;
    use rust_xlsxwriter::{Chart, ChartType, ExcelDateTime as Day, Format, Workbook, Worksheet};

    use super::*;
    use crate::import::Unwatched;
    use crate::import::sheet::SheetRow;

    fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
        let mut workbook = Workbook::new();
        fill(workbook.add_worksheet());
        workbook.add_worksheet().write(0, 0, "second sheet").unwrap();
        workbook.save_to_buffer().unwrap()
    }

    fn sheet(fill: impl FnOnce(&mut Worksheet)) -> Result<Sheet, Issue> {
        read(&workbook(fill), &Limits::PAGE, &mut Unwatched)
    }

    #[test]
    fn cells_of_the_first_sheet_are_read_as_a_person_sees_them() {
        let read = sheet(|sheet| {
            sheet.write(0, 0, " name ").unwrap();
            sheet.write(0, 2, "value").unwrap();
            for (row, number) in [(2, 0.1 + 0.2), (3, 1e15), (4, 1.5e-7), (5, -12.0), (6, 3.0)] {
                sheet.write(row, 2, number).unwrap();
            }
            let day = Day::from_ymd(2024, 2, 29).unwrap().and_hms(23, 59, 0).unwrap();
            sheet.write_with_format(7, 2, &day, &Format::new().set_num_format("dd/mm/yyyy hh:mm")).unwrap();
            sheet.write(8, 2, true).unwrap();
            sheet.write(9, 0, "1e5").unwrap();
        });
        let sheet = read.unwrap();
        assert_eq!(sheet.header(), ["name", "", "value"]);
        let cells: Vec<(u32, String)> =
            sheet.rows().map(|row| (row.line(), row.cells().collect::<Vec<_>>().join("|"))).collect();
        let expected = [
            (3, "||0.3"),
            (4, "||1000000000000000"),
            (5, "||0.00000015"),
            (6, "||-12"),
            (7, "||3"),
            (8, "||2024-02-29"),
            (9, "||TRUE"),
            (10, "1e5"),
        ];
        assert_eq!(cells, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn a_cell_at_the_far_end_costs_one_cell_or_one_sentence() {
        let far_down = sheet(|sheet| {
            sheet.write(0, 0, "name").unwrap();
            sheet.write(1_048_575, 0, "last").unwrap();
        });
        assert_eq!(far_down.unwrap().rows().map(SheetRow::line).collect::<Vec<_>>(), [1_048_576]);
        let far_right = sheet(|sheet| {
            sheet.write(0, 0, "name").unwrap();
            sheet.write(1, 16_383, "last").unwrap();
        });
        let issue = far_right.unwrap_err();
        assert_eq!((issue.code.as_ref(), issue.row), ("table_too_wide", Some(2)));
    }

    #[test]
    fn an_empty_sheet_has_no_header() {
        assert_eq!(sheet(|_| ()).unwrap_err().code, "table_empty");
    }

    #[test]
    fn the_limits_hold_for_workbooks_too() {
        let bytes = workbook(|sheet| {
            for row in 0..5 {
                sheet.write(row, 0, "text").unwrap();
            }
        });
        let few = Limits { rows: 3, ..Limits::PAGE };
        assert_eq!(read(&bytes, &few, &mut Unwatched).unwrap_err().code, "table_too_long");
        let short = Limits { cell_chars: 3, ..Limits::PAGE };
        assert_eq!(read(&bytes, &short, &mut Unwatched).unwrap_err().code, "table_cell_too_long");
        let small = Limits { archive_bytes: 100, ..Limits::PAGE };
        assert_eq!(read(&bytes, &small, &mut Unwatched).unwrap_err().code, "file_too_large");
    }

    const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";

    /// A workbook of these parts. `~` stands for the address of the relationships.
    fn parts(address: &str, parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.replace('~', address).as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// The header and the first cells of the first sheet.
    fn cells(bytes: &[u8]) -> Result<Vec<String>, String> {
        let sheet = read(bytes, &Limits::PAGE, &mut Unwatched).map_err(|issue| issue.code.into_owned())?;
        let first = sheet.rows().next().map(|row| row.cells().map(str::to_owned).collect::<Vec<_>>());
        Ok(sheet.header().iter().cloned().chain(first.unwrap_or_default()).collect())
    }

    const BOOK: &str = "<x:workbook xmlns:x='m' xmlns:q='~'><x:workbookPr date1904='true'/><x:sheets>\
        <x:sheet name='chart' sheetId='1' q:id='a'/><x:sheet name='table' sheetId='2' q:id='b'/>\
        <x:sheet name='other' sheetId='3' q:id='c'/></x:sheets></x:workbook>";
    const BOOK_LINKS: &str = "<Relationships><Relationship Id='a' Type='~/chartsheet' Target='chartsheets/sheet1.xml'/>\
        <Relationship Id='b' Type='~/worksheet' Target='/xl/./tables/../Sheets/s.xml'/>\
        <Relationship Id='s' Type='~/sharedStrings' Target='strings.xml'/>\
        <Relationship Id='f' Type='~/styles' Target='../styles.xml'/>\
        <Relationship Id='e' Type='~/styles' Target='http://example.org/' TargetMode='External'/></Relationships>";
    const SHEET: &str = "<x:worksheet xmlns:x='m'><x:sheetData><x:row><x:c t='s'><x:v>0</x:v></x:c></x:row>\
        <x:row><x:c s='0'><x:v>0</x:v></x:c><x:c><x:v>44927</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    const STRINGS: &str = "<x:sst xmlns:x='m'><x:si><x:t>name</x:t></x:si></x:sst>";
    const STYLES: &str = "<x:styleSheet xmlns:x='m'><x:cellXfs><x:xf numFmtId='14'/></x:cellXfs></x:styleSheet>";

    #[test]
    fn strict_workbooks_with_prefixes_are_read_like_all_others() {
        for address in [TRANSITIONAL, STRICT] {
            let bytes = parts(
                address,
                &[
                    (WORKBOOK, BOOK),
                    (LINKS, BOOK_LINKS),
                    ("xl/sheets/s.xml", SHEET),
                    ("xl/strings.xml", STRINGS),
                    ("styles.xml", STYLES),
                ],
            );
            // 44927 is 1 January 2023 when counted from 1900: 1462 days later when counted from 1904.
            assert_eq!(cells(&bytes).unwrap(), ["name", "0", "2027-01-02"]);
        }
    }

    #[test]
    fn a_workbook_whose_parts_are_missing_or_not_what_they_are_said_to_be_is_refused() {
        let whole = [
            (WORKBOOK, BOOK),
            (LINKS, BOOK_LINKS),
            ("xl/sheets/s.xml", SHEET),
            ("xl/strings.xml", STRINGS),
            ("styles.xml", STYLES),
        ];
        for place in 0..whole.len() {
            let mut missing = whole.to_vec();
            missing.remove(place);
            assert_eq!(cells(&parts(STRICT, &missing)), Err("workbook_unreadable".to_owned()), "{}", whole[place].0);
            let mut other = whole;
            other[place].1 = "<html/>";
            assert_eq!(cells(&parts(STRICT, &other)), Err("workbook_unreadable".to_owned()), "{}", whole[place].0);
        }
    }

    #[test]
    fn a_sheet_that_leads_nowhere_is_not_passed_over() {
        let book = BOOK.replace("q:id='a'", "q:id='lost'");
        let whole = [
            (WORKBOOK, book.as_str()),
            (LINKS, BOOK_LINKS),
            ("xl/sheets/s.xml", SHEET),
            ("xl/strings.xml", STRINGS),
            ("styles.xml", STYLES),
        ];
        assert_eq!(cells(&parts(STRICT, &whole)), Err("workbook_unreadable".to_owned()));
    }

    #[test]
    fn a_chart_with_a_sheet_of_its_own_is_passed_over() {
        let mut workbook = Workbook::new();
        let mut chart = Chart::new(ChartType::Column);
        chart.add_series().set_values("table!$A$1:$A$2");
        workbook.add_chartsheet().insert_chart(0, 0, &chart).unwrap();
        workbook.add_worksheet().set_name("table").unwrap().write(0, 0, "name").unwrap();
        assert_eq!(cells(&workbook.save_to_buffer().unwrap()).unwrap(), ["name"]);
    }

    #[test]
    fn endless_entities_are_never_expanded() {
        let bomb = "<!DOCTYPE sst [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>\
            <sst><si><t>&b;</t></si></sst>";
        let whole = [
            (WORKBOOK, BOOK),
            (LINKS, BOOK_LINKS),
            ("xl/sheets/s.xml", SHEET),
            ("xl/strings.xml", bomb),
            ("styles.xml", STYLES),
        ];
        assert_eq!(cells(&parts(STRICT, &whole)), Err("workbook_unreadable".to_owned()));
    }

    #[test]
    fn a_text_with_formats_runs_and_control_characters_comes_back_as_it_was_written() {
        let bold = Format::new().set_bold();
        let read = sheet(|sheet| {
            sheet.write_rich_string(0, 0, &[(&Format::new(), "This is "), (&bold, "bold")]).unwrap();
            sheet.write(0, 1, "a\u{1}b_x0041_").unwrap();
            sheet.write(0, 2, "<&\">\n second").unwrap();
            sheet.write_formula(0, 3, rust_xlsxwriter::Formula::new("=1+1").set_result("two")).unwrap();
        });
        assert_eq!(read.unwrap().header(), ["This is bold", "a\u{1}b_x0041_", "<&\">\n second", "two"]);
    }
}

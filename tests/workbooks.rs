//! Workbooks at the door: what is read of them is what a person sees, and what could be read in two ways is refused.

use std::io::{Cursor, Write};

use highwater::import::opened::{self, NamedSheet, Opened};
use highwater::import::sheet::{Sheet, SheetRow};
use highwater::import::{Limits, Unwatched, Watch};
use highwater::model::issue::Issue;
use highwater::report::xlsx::write;
use highwater::report::{ReportCell, ReportSheet, ReportTable};
use jiff::civil::date;
use rust_xlsxwriter::{Chart, ChartType, ExcelDateTime as Day, Format, Formula, Workbook, Worksheet};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::fixture::{self, Builder, ENGLISH};

/// Small limits, so that small tables reach them.
const SMALL: Limits = Limits { columns: 20, cell_chars: 50, ..Limits::PAGE };

fn sheets(bytes: &[u8], limits: &Limits) -> Result<Vec<NamedSheet>, Issue> {
    match opened::door::open("book", bytes, limits, &mut Unwatched)? {
        Opened::Workbook(sheets) => Ok(sheets),
        Opened::Snapshot(_) => panic!("a workbook"),
    }
}

/// The first sheet of a workbook.
fn first(bytes: &[u8], limits: &Limits) -> Result<Sheet, Issue> {
    sheets(bytes, limits)?.swap_remove(0).content
}

fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.add_worksheet().write(0, 0, "second sheet").unwrap();
    workbook.save_to_buffer().unwrap()
}

fn sheet(fill: impl FnOnce(&mut Worksheet)) -> Result<Sheet, Issue> {
    first(&workbook(fill), &Limits::PAGE)
}

/// The line of each row with its cells, the header first.
fn lines(sheet: &Sheet) -> Vec<(u32, String)> {
    let rows = sheet.rows().map(|row| (row.line(), row.cells().collect::<Vec<_>>().join("|")));
    std::iter::once((sheet.header_line(), sheet.header().join("|"))).chain(rows).collect()
}

#[test]
fn a_workbook_that_was_written_is_read_again_cell_by_cell() {
    let table = ReportTable {
        title: "Position: a/b".to_owned(),
        header: ["Product", "PVU", "Peak on"].map(str::to_owned).to_vec(),
        rows: vec![
            vec![
                "=1+1 & <b>".into(),
                ReportCell::Number("1234.5".parse().unwrap()),
                ReportCell::Day(date(2026, 11, 21)),
            ],
            vec!["Größe, حجم".into(), ReportCell::Blank, ReportCell::Blank],
            vec![
                "exact".into(),
                ReportCell::Number("12345678901234567.25".parse().unwrap()),
                ReportCell::Day(date(1899, 1, 1)),
            ],
        ],
        ..ReportTable::default()
    };
    let sheet = ReportSheet::of(table);
    let bytes = write(&[sheet.clone(), sheet]).unwrap();
    let sheets = sheets(&bytes, &Limits::PAGE).unwrap();
    assert_eq!(sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["Position ab", "Position ab 2"]);
    let sheet = sheets[1].content.as_ref().unwrap();
    assert_eq!(sheet.header(), ["Product", "PVU", "Peak on"]);
    let rows: Vec<Vec<&str>> = sheet.rows().map(|row| (0..3).map(|column| row.cell(column)).collect()).collect();
    let expected = [
        vec!["=1+1 & <b>", "1234.5", "2026-11-21"],
        vec!["Größe, حجم", "", ""],
        vec!["exact", "12345678901234567.25", "1899-01-01"],
    ];
    assert_eq!(rows, expected);
}

#[test]
fn a_workbook_of_other_people_is_read() {
    let Some(samples) = std::env::var_os("HIGHWATER_SAMPLES") else {
        println!("skipped: HIGHWATER_SAMPLES is not set");
        return;
    };
    let path = std::path::Path::new(&samples).join("rvtools/rvtools-small-complete.xlsx");
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: {} is not there", path.display());
        return;
    };
    assert_eq!(first(&bytes, &Limits::PAGE).unwrap().len(), 3, "three virtual machines");
}

#[test]
fn what_was_opened_survives_the_way_between_two_programs() {
    let there_and_back =
        |opened: &Opened| -> Opened { postcard::from_bytes(&postcard::to_allocvec(opened).unwrap()).unwrap() };
    let book = workbook(|sheet| {
        sheet.write(0, 0, "name").unwrap();
        sheet.write(3, 2, 1.5).unwrap();
    });
    for bytes in [book, Builder::new(ENGLISH).zip()] {
        let opened = opened::door::open("file", &bytes, &Limits::PAGE, &mut Unwatched).unwrap();
        let back = there_and_back(&opened);
        // The list of names has no order of its own for its lookups.
        if let (Opened::Snapshot(one), Opened::Snapshot(other)) = (&opened, &back) {
            assert_eq!(one.names.iter().collect::<Vec<_>>(), other.names.iter().collect::<Vec<_>>());
            let name = one.names.iter().last().unwrap();
            assert_eq!(one.names.find(name), other.names.find(name));
            let rows = |snapshot: &highwater::model::snapshot::Snapshot| {
                format!("{:?}", (&snapshot.report, &snapshot.tables, &snapshot.condition, &snapshot.usage))
                    + &format!("{:?}", (&snapshot.daily, &snapshot.summary, &snapshot.cloud_paks, &snapshot.parts))
            };
            assert_eq!(rows(one), rows(other));
            assert_eq!(one.issues, other.issues);
        } else {
            assert_eq!(format!("{opened:?}"), format!("{back:?}"));
        }
    }
}

#[test]
fn cells_of_a_sheet_are_read_as_a_person_sees_them() {
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
        sheet.write_with_format(10, 2, 1.5, &Format::new().set_num_format("[h]:mm")).unwrap();
    });
    let expected = [
        (1, "name||value"),
        (3, "||0.3"),
        (4, "||1000000000000000"),
        (5, "||0.00000015"),
        (6, "||-12"),
        (7, "||3"),
        (8, "||2024-02-29"),
        (9, "||TRUE"),
        (10, "1e5"),
        (11, "||1.5"),
    ];
    assert_eq!(lines(&read.unwrap()), expected.map(|(line, text)| (line, text.to_owned())));
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
    let code = |limits: Limits| first(&bytes, &limits).unwrap_err().code;
    assert_eq!(code(Limits { rows: 3, ..Limits::PAGE }), "table_too_long");
    assert_eq!(code(Limits { cell_chars: 3, ..Limits::PAGE }), "table_cell_too_long");
    assert_eq!(code(Limits { archive_bytes: 100, ..Limits::PAGE }), "file_too_large");
}

#[test]
fn a_sheet_that_cannot_be_read_leaves_the_others_readable() {
    let bytes = workbook(|sheet| {
        sheet.write(0, 0, "x".repeat(60)).unwrap();
    });
    let sheets = sheets(&bytes, &SMALL).unwrap();
    assert_eq!(sheets[0].content.as_ref().unwrap_err().code, "table_cell_too_long");
    assert_eq!(sheets[1].content.as_ref().unwrap().header(), ["second sheet"]);
}

#[test]
fn a_text_with_formats_runs_and_control_characters_comes_back_as_it_was_written() {
    let bold = Format::new().set_bold();
    let read = sheet(|sheet| {
        sheet.write_rich_string(0, 0, &[(&Format::new(), "This is "), (&bold, "bold")]).unwrap();
        sheet.write(0, 1, "a\u{1}b_x0041_").unwrap();
        sheet.write(0, 2, "<&\">\n second").unwrap();
        sheet.write_formula(0, 3, Formula::new("=1+1").set_result("two")).unwrap();
    });
    assert_eq!(read.unwrap().header(), ["This is bold", "a\u{1}b_x0041_", "<&\">\n second", "two"]);
}

#[test]
fn a_chart_with_a_sheet_of_its_own_is_passed_over() {
    let mut workbook = Workbook::new();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values("table!$A$1:$A$2");
    workbook.add_chartsheet().insert_chart(0, 0, &chart).unwrap();
    workbook.add_worksheet().set_name("table").unwrap().write(0, 0, "name").unwrap();
    assert_eq!(first(&workbook.save_to_buffer().unwrap(), &Limits::PAGE).unwrap().header(), ["name"]);
}

#[test]
fn reading_stops_when_somebody_cancels() {
    struct Impatient(u32);
    impl Watch for Impatient {
        fn progress(&mut self, _done: u64, _total: u64) {
            self.0 += 1;
        }
        fn cancelled(&self) -> bool {
            self.0 > 3
        }
    }
    let book = workbook(|_| ());
    let issue = opened::door::open("x", &book, &Limits::PAGE, &mut Impatient(0)).unwrap_err();
    assert_eq!(issue.code, "reading_cancelled");
}

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";

const BOOK: &str = "<x:workbook xmlns:x='m' xmlns:q='~'><x:workbookPr date1904='true'/><x:sheets>\
    <x:sheet name='chart' sheetId='1' q:id='a'/><x:sheet name='table' sheetId='2' q:id='b'/>\
    <x:sheet name='other' sheetId='3' q:id='c'/></x:sheets></x:workbook>";
const LINKS: &str = "<Relationships><Relationship Id='a' Type='~/chartsheet' Target='chartsheets/sheet1.xml'/>\
    <Relationship Id='b' Type='~/worksheet' Target='/xl/./tables/../Sheets/s.xml'/>\
    <Relationship Id='s' Type='~/sharedStrings' Target='strings.xml'/>\
    <Relationship Id='f' Type='~/styles' Target='../styles.xml'/>\
    <Relationship Id='e' Type='~/styles' Target='http://example.org/' TargetMode='External'/></Relationships>";
const SHEET: &str = "<x:worksheet xmlns:x='m'><x:sheetData><x:row><x:c t='s'><x:v>0</x:v></x:c></x:row>\
    <x:row><x:c s='0'><x:v>0</x:v></x:c><x:c s='0'><x:v>44927</x:v></x:c></x:row></x:sheetData></x:worksheet>";
const STRINGS: &str = "<x:sst xmlns:x='m'><x:si><x:t>name</x:t></x:si></x:sst>";
const STYLES: &str = "<x:styleSheet xmlns:x='m'><x:cellXfs><x:xf numFmtId='14'/></x:cellXfs></x:styleSheet>";

/// The parts of a workbook: the one that names the sheets, what it leads to, a sheet, its texts, its styles.
const WHOLE: [(&str, &str); 5] = [
    ("xl/workbook.xml", BOOK),
    ("xl/_rels/workbook.xml.rels", LINKS),
    ("xl/sheets/s.xml", SHEET),
    ("xl/strings.xml", STRINGS),
    ("styles.xml", STYLES),
];

/// A workbook of these parts. `~` stands for the address of the relationships.
fn parts(address: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<(&str, Vec<u8>)> =
        parts.iter().map(|(name, content)| (*name, content.replace('~', address).into_bytes())).collect();
    stored(parts.iter().map(|(name, content)| (*name, content.as_slice())))
}

/// An archive of parts as they are, so that what is long does not look like a bomb.
fn stored<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        zip.start_file(name, stored).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The lines of the first sheet, or the code of an issue and its row.
type Read = Result<Vec<(u32, String)>, (String, Option<u32>)>;

fn read(bytes: &[u8], limits: &Limits) -> Read {
    first(bytes, limits).map(|sheet| lines(&sheet)).map_err(|issue| (issue.code.into_owned(), issue.row))
}

fn unreadable() -> Read {
    Err(("workbook_unreadable".to_owned(), None))
}

/// The same workbook with one part that is another.
fn with(place: usize, content: &str) -> Read {
    let mut whole = WHOLE;
    whole[place].1 = content;
    read(&parts(STRICT, &whole), &SMALL)
}

#[test]
fn strict_workbooks_with_prefixes_are_read_like_all_others() {
    for address in [TRANSITIONAL, STRICT] {
        // 44927 is 1 January 2023 when counted from 1900: 1462 days later when counted from 1904.
        let expected = [(1, "name".to_owned()), (2, "0|2027-01-02".to_owned())];
        assert_eq!(read(&parts(address, &WHOLE), &SMALL).unwrap(), expected);
    }
}

#[test]
fn a_workbook_whose_parts_are_missing_or_not_what_they_are_said_to_be_is_refused() {
    for (place, (name, _)) in WHOLE.iter().enumerate() {
        let mut missing = WHOLE.to_vec();
        missing.remove(place);
        let code = if place == 0 { "zip_unknown" } else { "workbook_unreadable" };
        assert_eq!(read(&parts(STRICT, &missing), &SMALL), Err((code.to_owned(), None)), "{name}");
        assert_eq!(with(place, "<html/>"), unreadable(), "{name}");
    }
}

#[test]
fn a_sheet_that_leads_nowhere_is_not_passed_over() {
    assert_eq!(with(0, &BOOK.replace("q:id='a'", "q:id='lost'")), unreadable());
}

/// What is read of a sheet with these rows; texts 0 and 1 are `zero` and `Ane`, style 1 is a day.
fn rows_within(content: &str, limits: &Limits) -> Read {
    let sheet = format!("<worksheet><dimension ref='A1:XFD1048576'/><sheetData>{content}</sheetData></worksheet>");
    let whole = [
        (WHOLE[0].0, &BOOK.replace(" date1904='true'", "")),
        (WHOLE[1].0, &LINKS.to_owned()),
        (WHOLE[2].0, &sheet),
        (WHOLE[3].0, &"<sst><si><t>zero</t></si><si><t>_x0041_ne</t></si></sst>".to_owned()),
        (WHOLE[4].0, &"<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>".to_owned()),
    ];
    read(&parts(STRICT, &whole.map(|(name, content)| (name, content.as_str()))), limits)
}

fn rows(content: &str) -> Read {
    rows_within(content, &SMALL)
}

/// The first row, in which cells of these contents follow each other.
fn row(cells: &str) -> String {
    rows(&format!("<row>{cells}</row>")).unwrap().remove(0).1
}

fn refused(content: &str) -> (String, Option<u32>) {
    rows(content).expect_err(content)
}

fn damaged(row: u32) -> (String, Option<u32>) {
    ("workbook_unreadable".to_owned(), Some(row))
}

#[test]
fn every_kind_of_cell_is_read_as_a_person_sees_it() {
    assert_eq!(row("<c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'/>x<c><v>7</v></c>"), "zero|Ane||7");
    assert_eq!(row("<c t='inlineStr'><is><r><t xml:space='preserve'>a </t></r><r><t>b</t></r></is></c>"), "a b");
    assert_eq!(row("<c t='inlineStr'><is><t>_x005F_x0041_</t></is></c>"), "_x0041_");
    assert_eq!(row("<c t='str'><f>A1&amp;\"x\"</f><v>a_x0042_&lt;</v></c><c><f>1+1</f><v>2</v></c>"), "aB<|2");
    assert_eq!(row("<c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='b'><v>true</v></c>"), "TRUE|FALSE|TRUE");
    assert_eq!(row("<c t='e'><v>#N/A</v></c><c t='e'><v>#DIV/0!</v></c>"), "#N/A|#DIV/0!");
    assert_eq!(row("<c t='d'><v>2024-02-29T12:00:00</v></c><c s='1'><v>45351.75</v></c>"), "2024-02-29|2024-02-29");
    assert_eq!(row("<c s='1'><v>0.25</v></c><c s='1'><v>60</v></c><c s='9'><v>45351</v></c>"), "0.25|60|45351");
    assert_eq!(row("<c t='n'><v>0.30000000000000004</v></c><c><v>1E+5</v></c>"), "0.3|100000");
    assert_eq!(row("<c><v>not one</v></c><c><v>12345678901234567</v></c>"), "not one|12345678901234600");
    assert_eq!(
        row("<c><v>1E+300</v></c><c><f>A1</f></c><c t='str'><f>A1</f><v></v></c><c><v>1</v></c>"),
        "1e300|#FORMULA!||1"
    );
}

#[test]
fn texts_are_their_runs_without_their_pronunciation() {
    let texts = "<sst uniqueCount='4'><si><r><rPr><b/></rPr><t xml:space=\"preserve\">a </t></r><r><t>b</t></r></si>\
        <si/><si><t> 東京 </t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr fontId=\"1\"/></si>\
        <si><t>_xD83D__xDE00_!</t></si></sst>";
    let sheet = "<worksheet><sheetData><row>".to_owned()
        + &(0..4).map(|text| format!("<c t='s'><v>{text}</v></c>")).collect::<String>()
        + "</row></sheetData></worksheet>";
    let mut whole = WHOLE;
    (whole[2].1, whole[3].1) = (&sheet, texts);
    assert_eq!(read(&parts(STRICT, &whole), &SMALL).unwrap(), [(1, "a b||東京|😀!".to_owned())]);
}

#[test]
fn formats_of_days_are_told_from_those_of_numbers_and_durations() {
    let shown = |format: &str| {
        let styles = format!(
            "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='{}'/></numFmts>\
             <cellXfs><xf numFmtId='164'/></cellXfs></styleSheet>",
            format.replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&apos;")
        );
        let sheet = "<worksheet><sheetData><row><c s='0'><v>45351.5</v></c></row></sheetData></worksheet>";
        let mut whole = WHOLE;
        let book = BOOK.replace(" date1904='true'", "");
        (whole[0].1, whole[2].1, whole[4].1) = (&book, sheet, &styles);
        read(&parts(STRICT, &whole), &SMALL).unwrap().remove(0).1
    };
    for format in [
        "yyyy-mm-dd",
        "DD/MM/YY",
        "h:mm AM/PM",
        "[$-F800]dddd, mmmm dd, yyyy",
        "[$-404]e\"年\"m\"月\"d\"日\"",
        "*-dd.mm.",
        "m\"M\"d\"D\";@",
    ] {
        assert_eq!(shown(format), "2024-02-29", "{format}");
    }
    for format in [
        "General",
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
        assert_eq!(shown(format), "45351.5", "{format}");
    }
}

#[test]
fn a_cell_whose_text_is_in_no_table_or_said_in_a_way_that_can_be_read_otherwise_is_damage() {
    for value in ["2", "-1", "zero", " 1 ", "99999999999999999999", "<!-- -->1", "1<!-- -->", "&#49;"] {
        let content = format!("<row r='4'><c t='s'><v>{value}</v></c></row>");
        assert_eq!(refused(&content).0, "workbook_unreadable", "{value}");
    }
    for value in ["1&#50;", "<![CDATA[1]]>", "1<b/>2", "<?p?>1"] {
        assert_eq!(refused(&format!("<row r='4'><c><v>{value}</v></c></row>")), damaged(4), "{value}");
    }
    assert_eq!(refused("<row><c t='x'><v>1</v></c></row>").0, "workbook_unreadable");
}

#[test]
fn rows_and_cells_stand_where_they_say_or_after_the_ones_before() {
    let read = rows(
        "<row><c><v>1</v></c><c r='C1'><v>2</v></c><c><v>3</v></c></row><row/>\
         <row r='5'><c r='b5'><v>4</v></c></row><row><c/><c><v>5</v></c><c><f>no result</f></c></row>\
         <row r='9' spans='1:3'><c><v>6</v></c></row>",
    );
    let expected = [(1, "1||2|3"), (5, "|4"), (6, "|5|#FORMULA!"), (9, "6")];
    assert_eq!(read.unwrap(), expected.map(|(line, cells)| (line, cells.to_owned())));
}

#[test]
fn rows_and_cells_out_of_their_order_are_damage() {
    assert_eq!(refused("<row r='3'><c><v>1</v></c></row><row r='3'><c><v>1</v></c></row>"), damaged(3));
    assert_eq!(refused("<row r='3'/><row r='2'><c r='A2'><v>1</v></c></row>"), damaged(2));
    assert_eq!(refused("<row r='3'><c r='B3'><v>1</v></c><c r='A3'><v>1</v></c></row>"), damaged(3));
    assert_eq!(refused("<row r='3'><c r='B3'><v>1</v></c><c r='B3'><v>1</v></c></row>"), damaged(3));
    assert_eq!(refused("<row r='3'><c r='B4'><v>1</v></c></row>"), damaged(3));
    assert_eq!(refused("<row><c r='B4'><v>1</v></c></row>").0, "workbook_unreadable");
}

#[test]
fn places_beyond_the_last_row_and_column_are_refused() {
    for place in ["XFE1", "A1048577", "A0", "A", "1", "", "A-1", "A1B", "É1", "AAAAAAAAAAAAAAAAAAAAAAAAAA1"] {
        let cell = format!("<row><c r='{place}'><v>1</v></c></row>");
        assert_eq!(refused(&cell).0, "workbook_unreadable", "{place}");
    }
    for number in ["0", "1048577", "+1", "", "99999999999"] {
        assert_eq!(refused(&format!("<row r='{number}'/>")).0, "workbook_unreadable", "{number}");
    }
    assert_eq!(refused("<row r='1048576'/><row/>").0, "workbook_unreadable");
    for size in ["B2:A1", "A1:XFE1", "A99999999999:B1", ""] {
        let sheet = format!("<worksheet><dimension ref='{size}'/><sheetData/></worksheet>");
        assert_eq!(with(2, &sheet), unreadable(), "{size}");
    }
}

#[test]
fn far_away_cells_are_few_or_refused() {
    assert_eq!(refused("<row r='2'><c r='U2'><v>1</v></c></row>"), ("table_too_wide".to_owned(), Some(2)));
    assert_eq!(row("<c><v>1</v></c><c r='XFD1'/>"), "1", "an empty cell stands nowhere");
    // One cell at the end of each row, all others empty: more than there is room for.
    let far = (1..=34_000).map(|row| format!("<row r='{row}'><c r='ALL{row}'><v>1</v></c></row>")).collect::<String>();
    assert_eq!(rows_within(&far, &Limits::PAGE).unwrap_err().0, "table_too_large");
}

#[test]
fn a_cell_that_is_too_long_is_named_by_its_row() {
    for length in [51, 5_000] {
        let content = format!("<row r='7'><c t='str'><v>{}</v></c></row>", "x".repeat(length));
        assert_eq!(refused(&content), ("table_cell_too_long".to_owned(), Some(7)));
    }
    let signs = format!("<row r='7'><c t='str'><v>{}</v></c></row>", "&amp;".repeat(300_000));
    assert_eq!(refused(&signs), ("table_cell_too_long".to_owned(), Some(7)));
}

#[test]
fn one_tag_or_comment_and_the_depth_of_elements_are_bounded() {
    let long = "x".repeat(2 << 20);
    for content in [format!("<!--{long}-->"), format!("<row {long}"), format!("<row a='{long}'/>")] {
        assert_eq!(refused(&content).0, "table_too_large");
    }
    let nested = format!("{}{}", "<u>".repeat(70), "</u>".repeat(70));
    assert_eq!(refused(&nested).0, "workbook_unreadable");
}

#[test]
fn texts_and_styles_that_would_take_up_the_memory_are_refused() {
    let too_large = || Err(("table_too_large".to_owned(), None));
    // The library asks for as much room as a part promises texts.
    assert_eq!(with(3, "<sst uniqueCount='99999999999999'><si/></sst>"), too_large());
    assert_eq!(with(3, "<sst uniqueCount='9000000'><si/></sst>"), unreadable());
    // It copies the name of a font for every style.
    let name = "x".repeat(100_000);
    let styles = format!(
        "<styleSheet><fonts><font><name val='{name}'/></font></fonts><cellXfs>{}</cellXfs></styleSheet>",
        "<xf fontId='0'/>".repeat(5_000)
    );
    assert_eq!(with(4, &styles), too_large());
    // What is no text of its own would move the others.
    assert_eq!(with(3, "<sst><ext><si><t>no</t></si></ext><si><t>name</t></si></sst>"), unreadable());
}

#[test]
fn nothing_that_a_document_type_declares_is_ever_read() {
    let bomb = "<!DOCTYPE sst [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>\
        <sst><si><t>&b;</t></si></sst>";
    for texts in [bomb, "<!DOCTYPE sst SYSTEM 'file:///etc/passwd'><sst/>", "<sst><si><t>&a;</t></si></sst>"] {
        assert_eq!(with(3, texts), unreadable(), "{texts}");
    }
}

#[test]
fn only_utf8_is_read() {
    let part = "<?xml version='1.0' encoding='UTF-16'?><sst><si><t>c</t></si></sst>";
    let little: Vec<u8> = part.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = part.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        part.as_bytes(),
        &little,
        &big,
        &[b"\xFF\xFE", little.as_slice()].concat(),
        &[b"\xFE\xFF", big.as_slice()].concat(),
        b"<sst><si><t>\xE9</t></si></sst>",
        b"<?xml version='1.0' encoding='ISO-2022-JP'?><sst/>",
    ] {
        let whole: Vec<(&str, &[u8])> = WHOLE
            .iter()
            .enumerate()
            .map(|(place, (name, content))| (*name, if place == 3 { bytes } else { content.as_bytes() }))
            .collect();
        assert_eq!(read(&fixture::archive(whole.into_iter()), &SMALL).unwrap_err().0, "workbook_unreadable");
    }
    assert!(with(3, "\u{feff}<?xml version='1.0' encoding='utf-8'?><sst><si><t>é</t></si></sst>").is_ok());
}

#[test]
fn a_part_that_is_not_well_formed_is_refused() {
    for part in
        ["", "sst", "<sst>", "<sst><si>", "<sst><si></sst></si>", "<sst a=b></sst>", "<sst></si>", "<sst/><sst/>"]
    {
        assert_eq!(with(3, part), unreadable(), "{part}");
    }
}

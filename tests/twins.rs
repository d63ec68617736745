//! The same sheets in every format of workbooks give the same; and what each of the others could do to a reader.

use highwater::engine::Settings;
use highwater::import::cell::Style;
use highwater::import::opened::{self, NamedSheet, Opened};
use highwater::import::{Limits, Unwatched, list};
use highwater::model::entitlement::Entitlement;
use highwater::model::issue::Issue;
use highwater::work::sources::{Sources, TakenAs};
use proptest::prelude::{any, prop, proptest};

use crate::books::{self, Held, Written, held, ods, xls, xlsb};
use crate::fixture;
use crate::generated::the_same;

const LEDGER: &str = "part_number,product,metric,quantity,ss_end,unit_price,comment\n\
    D55V1LL,IBM MQ,PVU,1400,2027-03-31,0.30000000000000004,Größe 東京 😀\n\
    E0LKKLL,IBM Db2,VPC,12.5,2026-02-28,1234567.89,=a formula\n\
    D55V1LL,IBM MQ,PVU,seven,2027-03-31,,TRUE\n\
    ,IBM App Connect,PVU,70,,,#N/A";

const ESTATE: &str = "server,processor,sockets,cores,region,technology,partition,partition_cores,os,product,metric,from,to\n\
    alpha,Intel Xeon Gold 6130,2,24,emea,vmware,vm-1,6,Windows,IBM App Connect,PVU,2026-02-01,2026-07-31\n\
    alpha,Intel Xeon Gold 6130,2,24,emea,vmware,vm-2,2.5,Windows,IBM MQ,VPC,2026-02-01,2026-07-31\n\
    beta,Intel Xeon Gold 6130,2,24,apac,vmware,vm-3,six,Windows,IBM MQ,VPC,2026-02-01,2026-07-31";

fn written(name: &'static str, hidden: bool, text: &str) -> Written {
    Written { name, hidden, rows: held(text) }
}

/// The same sheets in every format, by the name of each.
fn twins(sheets: &[Written]) -> [(&'static str, Vec<u8>); 4] {
    [
        ("xlsx", books::xlsx(sheets)),
        ("ods", ods::ods(sheets)),
        ("xlsb", xlsb::packed(&xlsb::parts(sheets))),
        ("xls", xls::xls(sheets)),
    ]
}

fn open(bytes: &[u8]) -> Result<Vec<NamedSheet>, Issue> {
    match opened::door::open("book", bytes, &Limits::PAGE, &mut Unwatched)? {
        Opened::Workbook(sheets) => Ok(sheets),
        Opened::Snapshot(_) => panic!("a workbook"),
    }
}

/// The code of the issue of the first sheet, or of the whole workbook.
fn code(bytes: &[u8]) -> String {
    let read = open(bytes).and_then(|mut sheets| sheets.swap_remove(0).content);
    read.expect_err("it must be refused").code.into_owned()
}

#[test]
fn sheets_of_every_format_are_the_same_sheets() {
    let sheets = [written("Old", true, "old,1\n,2"), written("Größe & Co", false, LEDGER), written("Empty", false, "")];
    let [(_, xlsx), others @ ..] = twins(&sheets);
    let expected = open(&xlsx).unwrap();
    assert_eq!(expected.iter().map(|sheet| sheet.hidden).collect::<Vec<_>>(), [true, false, false]);
    let ledger = expected[1].content.as_ref().unwrap();
    let cells: Vec<&str> = ledger.row(0).unwrap().cells().collect();
    assert_eq!(cells, ["D55V1LL", "IBM MQ", "PVU", "1400", "2027-03-31", "0.3", "Größe 東京 😀"]);
    assert_eq!(ledger.row(2).unwrap().cell(6), "TRUE");
    assert_eq!(ledger.row(3).unwrap().cell(6), "#N/A");
    for (format, bytes) in others {
        assert_eq!(open(&bytes).unwrap(), expected, "{format}");
    }
}

#[test]
fn a_ledger_of_every_format_is_the_same_ledger() {
    let of = |bytes: &[u8]| {
        list::read_written::<Entitlement>("ledger", bytes, None, &opened::door::open, &Limits::PAGE, &mut Unwatched)
            .unwrap()
    };
    let [(_, xlsx), others @ ..] = twins(&[written("2026", false, LEDGER)]);
    let (lines, issues) = of(&xlsx);
    assert_eq!(lines.len(), 3, "{issues:?}");
    for (format, bytes) in others {
        assert_eq!(of(&bytes), (lines.clone(), issues.clone()), "{format}");
    }
}

#[test]
fn an_estate_of_every_format_is_the_same_estate() {
    let of = |bytes: &[u8]| {
        let mut sources = Sources::with(Box::new(opened::door::open));
        let taken = sources.add("estate", bytes, &Limits::PAGE, &mut Unwatched);
        assert_eq!((taken, sources.refused.as_slice()), (TakenAs::Evidence, &[][..]));
        sources.assess(&Settings::default()).unwrap()
    };
    let sheets = [written("Alt", true, "server,product\nold,IBM MQ"), written("Estate", false, ESTATE)];
    let [(_, xlsx), others @ ..] = twins(&sheets);
    let expected = of(&xlsx);
    assert_eq!(expected.products[0].sub_capacity, Some(420));
    for (format, bytes) in others {
        assert_eq!(of(&bytes), expected, "{format}");
    }
}

/// A sheet whose texts write numbers as people of some countries do, beside cells that hold numbers.
fn mixed(header: &str, rows: &[&[Held]]) -> [(&'static str, Vec<u8>); 4] {
    let header = header.split(',').map(|cell| Held::Text(cell.to_owned())).collect();
    let rows = std::iter::once(header).chain(rows.iter().map(|row| row.to_vec())).collect();
    twins(&[Written { name: "Liste", hidden: false, rows }])
}

fn text(text: &str) -> Held {
    Held::Text(text.to_owned())
}

#[test]
fn a_cell_that_holds_a_number_is_that_number_however_the_texts_beside_it_are_written() {
    // German texts beside numbers, numbers with three digits behind the point, and a style that somebody names.
    let cases = [
        ("Produkt,Menge", [text("1.400"), Held::Number(12.5)], None::<Style>, ["1400", "12.5"]),
        ("product,quantity", [text("1.400"), Held::Number(12.5)], Some(Style::Comma), ["1400", "12.5"]),
        ("Produkt,Menge", [Held::Number(1.125), Held::Number(2.375)], None, ["1.125", "2.375"]),
        ("product,Qty", [Held::Number(1.125), Held::Number(2.375)], None, ["1.125", "2.375"]),
    ];
    for (header, [first, second], numbers, expected) in cases {
        for (format, bytes) in mixed(header, &[&[text("IBM MQ"), first.clone()], &[text("IBM Db2"), second.clone()]]) {
            let opener = &opened::door::open;
            let read = list::read_written::<Entitlement>("l", &bytes, numbers, opener, &Limits::PAGE, &mut Unwatched);
            let (lines, issues) = read.unwrap();
            let quantities: Vec<String> = lines.iter().map(|line| line.quantity.to_string()).collect();
            assert_eq!(quantities, expected, "{format}, {header}: {issues:?}");
        }
    }
}

#[test]
fn cores_that_are_numbers_are_those_numbers_beside_texts_with_a_comma() {
    let row = |partition: &str, cores: Held| {
        [text("a"), text("IBM POWER9 E980"), Held::Number(16.0), text("powervm-capped"), text(partition), cores]
            .into_iter()
            .chain([text("IBM MQ"), text("PVU")])
            .collect::<Vec<Held>>()
    };
    let header = "server,processor,cores,technology,partition,partition_cores,product,metric";
    // 1.125 and 2.5 cores are 3.625, whole cores 4, at 120 PVU.
    for (format, bytes) in mixed(header, &[&row("p1", Held::Number(1.125)), &row("p2", text("2,5"))]) {
        let mut sources = Sources::with(Box::new(opened::door::open));
        assert_eq!(sources.add("estate", &bytes, &Limits::PAGE, &mut Unwatched), TakenAs::Evidence);
        let assessed = sources.assess(&Settings::default()).unwrap();
        assert_eq!(assessed.products[0].sub_capacity, Some(480), "{format}: {:?}", assessed.issues);
    }
}

#[test]
fn days_are_counted_from_1904_where_a_workbook_says_so() {
    let sheets = [written("a", false, "day\n2022-12-31")];
    let mut old = xls::stream(&sheets);
    let place = old.windows(6).position(|window| window == [0x22, 0, 2, 0, 0, 0]).unwrap();
    old[place + 4] = 1;
    let mut parts = xlsb::parts(&sheets);
    let book = parts.iter_mut().find(|(name, _)| name == "xl/workbook.bin").unwrap();
    let place = book.1.windows(4).position(|window| window == [0x99, 1, 12, 0]).unwrap();
    book.1[place + 3] = 1;
    for bytes in [books::compound::compound("Workbook", &old), xlsb::packed(&parts)] {
        let sheet = open(&bytes).unwrap().swap_remove(0).content.unwrap();
        assert_eq!(sheet.row(0).unwrap().cell(0), "2027-01-01");
    }
}

#[test]
fn the_texts_of_an_old_workbook_go_on_in_further_records() {
    let rows: String = (0..2_000).map(|row| format!("text {row} of many\n")).collect();
    let sheet = open(&xls::xls(&[written("a", false, &rows)])).unwrap().swap_remove(0).content.unwrap();
    assert_eq!((sheet.len(), sheet.row(1_998).unwrap().cell(0)), (1_999, "text 1999 of many"));
}

#[test]
fn a_cell_far_away_in_an_ods_costs_a_sentence_and_no_memory() {
    let sheet = |rows: &str| ods::with(&format!("<d><table:table table:name=\"a\">{rows}</table:table></d>"));
    let one = "<table:table-cell office:value-type=\"float\" office:value=\"1\"/>";
    let corner = format!(
        "<table:table-row>{one}</table:table-row><table:table-row table:number-rows-repeated=\"1048574\">\
         <table:table-cell/></table:table-row><table:table-row>\
         <table:table-cell table:number-columns-repeated=\"16383\"/>{one}</table:table-row>"
    );
    assert_eq!(code(&sheet(&corner)), "table_too_large");
    let rows = "<table:table-row><table:table-cell table:number-columns-repeated=\"16384\" office:value=\"1\"/>\
        </table:table-row>";
    assert_eq!(code(&sheet(&rows.repeat(600))), "table_too_large", "many cells in few bytes");
    let last =
        format!("<table:table-row><table:table-cell table:number-columns-repeated=\"16383\"/>{one}</table:table-row>");
    assert_eq!(code(&sheet(&last.repeat(600))), "table_too_large", "the library keeps what stands before");
    let long = format!(
        "<table:table-row table:number-rows-repeated=\"100000\"><table:table-cell office:value-type=\"string\">\
         <text:p>{}</text:p></table:table-cell></table:table-row>",
        "long ".repeat(6_000)
    );
    assert_eq!(code(&sheet(&long)), "table_too_large", "a long text in many rows");
    let blanks = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p><text:s text:c=\"4000000000\"/>\
        </text:p></table:table-cell></table:table-row>";
    assert_eq!(code(&sheet(blanks)), "table_cell_too_long");
    let down = format!(
        "<table:table-row>{one}</table:table-row><table:table-row table:number-rows-repeated=\"999998\">\
         <table:table-cell/></table:table-row><table:table-row>{one}</table:table-row>"
    );
    let read = open(&sheet(&down)).unwrap().swap_remove(0).content.unwrap();
    assert_eq!(read.row(0).unwrap().line(), 1_000_000, "a cell far down costs one cell");
}

#[test]
fn an_ods_that_is_cut_short_or_within_itself_comes_to_an_end() {
    let whole = ods::ods(&[written("a", false, LEDGER)]);
    let content = {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&whole)).unwrap();
        let mut content = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("content.xml").unwrap(), &mut content).unwrap();
        content
    };
    // The library reads on for ever where a sheet does not end.
    for end in (0..content.len()).step_by(37).filter(|end| content.is_char_boundary(*end)) {
        assert_eq!(code(&ods::with(&content[..end])), "workbook_unreadable", "{end}");
    }
    let nested = "<d><table:table table:name=\"a\"><table:table table:name=\"b\"></table:table></table:table></d>";
    assert_eq!(code(&ods::with(nested)), "workbook_unreadable");
    let twice = "<d><table:table table:name=\"a\"></table:table><table:table table:name=\"a\"></table:table></d>";
    let sheets = open(&ods::with(twice)).unwrap();
    assert_eq!(sheets[1].content.as_ref().unwrap_err().code, "workbook_unreadable", "two sheets with one name");
}

#[test]
fn a_formula_that_nobody_has_calculated_is_said_to_be_one_in_an_ods() {
    let content = "<d><table:table table:name=\"a\"><table:table-row><table:table-cell table:formula=\"of:=1+1\"/>\
        <table:table-cell office:value-type=\"float\" office:value=\"2\"/>\
        <table:table-cell table:formula=\"of:=1+1\"/></table:table-row></table:table></d>";
    let sheet = open(&ods::with(content)).unwrap().swap_remove(0).content.unwrap();
    assert_eq!(sheet.header(), ["#FORMULA!", "2", "#FORMULA!"]);
}

#[test]
fn text_in_an_ods_whose_cells_do_not_say_what_they_hold_is_read() {
    let content = "<d><table:table table:name=\"a\"><table:table-row><table:table-cell><text:p>name</text:p>\
        </table:table-cell><table:table-cell/><table:table-cell table:style-name='>'><text:p>8</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"float\" office:value=\"2\"><text:p>two</text:p></table:table-cell>\
        <table:covered-table-cell><text:p>x</text:p></table:covered-table-cell></table:table-row></table:table></d>";
    let sheet = open(&ods::with(content)).unwrap().swap_remove(0).content.unwrap();
    assert_eq!(sheet.header(), ["name", "", "8", "2", "x"]);
    let far = content.replace("<table:table-cell/>", "<table:table-cell table:number-columns-repeated=\"9000\"/>");
    let rows = format!("<d><table:table table:name=\"a\">{}</table:table></d>", {
        let row = far.split_once("<table:table-row>").unwrap().1.split_once("</table:table-row>").unwrap().0;
        format!("<table:table-row>{row}</table:table-row>").repeat(1_000)
    });
    assert_eq!(code(&ods::with(&rows)), "table_too_large", "such cells are counted too");
}

#[test]
fn what_is_under_a_password_is_said_to_be() {
    let manifest: &[u8] = b"<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>";
    let ods = [("mimetype", ods::MIMETYPE), ("META-INF/manifest.xml", manifest), ("content.xml", &b"\x8F\x01<"[..])];
    assert_eq!(code(&fixture::archive(ods.into_iter())), "workbook_locked");
    assert_eq!(code(&books::compound::compound("EncryptedPackage", &[7; 5_000])), "workbook_locked");
    let stream = [xls::record(0x809, &[0, 6, 5, 0]), xls::record(0x2F, &[1, 0]), xls::record(0x0A, &[])].concat();
    assert_eq!(code(&books::compound::compound("Workbook", &stream)), "workbook_locked");
    assert_eq!(code(&books::compound::compound("WordDocument", &[7; 5_000])), "workbook_unreadable");
}

/// The stream of a workbook whose only sheet has these records.
fn old(cells: &[Vec<u8>]) -> Vec<u8> {
    let mut stream = xls::stream(&[written("a", false, "")]);
    let end = stream.len() - 4;
    stream.splice(end..end, cells.concat());
    books::compound::compound("Workbook", &stream)
}

#[test]
fn an_old_workbook_cannot_ask_for_more_than_it_holds() {
    let number = |row: u16, column: u16| {
        let place: Vec<u8> = [row, column, 0].into_iter().flat_map(u16::to_le_bytes).collect();
        xls::record(0x203, &[&place[..], &1.0_f64.to_le_bytes()].concat())
    };
    assert_eq!(code(&old(&[number(0, 0), number(65_535, 255)])), "table_too_large", "a corner far away");
    assert_eq!(code(&old(&[number(0, 256)])), "workbook_unreadable", "a column that there is not");
    let size = [u32::MAX.to_le_bytes(), 7_u32.to_le_bytes(), [255, 0, 0, 0], [0; 4]].concat();
    let sheet = open(&old(&[xls::record(0x200, &size[..14]), number(3, 1)])).unwrap().swap_remove(0);
    assert_eq!(sheet.content.unwrap().header(), ["", "1"], "what a sheet says of its size is not believed");
    for cells in [
        xls::record(0xBD, &[0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 2, 0]),
        xls::record(0xFD, &[0, 0, 0, 0, 0, 0, 9, 0, 0, 0]),
        xls::record(0x205, &[0, 0, 0, 0, 0, 0, 99, 1]),
        xls::record(0x204, &[0, 0, 0, 0, 0, 0, 9, 0, 1, 65]),
        xls::record(0x203, &[0, 0]),
    ] {
        assert_eq!(code(&old(std::slice::from_ref(&cells))), "workbook_unreadable", "{cells:?}");
    }
}

#[test]
fn a_binary_workbook_cannot_point_beyond_what_it_holds() {
    let with = |cells: &[u8]| {
        let mut parts = xlsb::parts(&[written("a", false, "name")]);
        let sheet = &mut parts[0].1;
        let end = sheet.len() - 6;
        sheet.splice(end..end, cells.iter().copied());
        xlsb::packed(&parts)
    };
    let row = xlsb::record(0, &[&1_u32.to_le_bytes()[..], &[0; 13]].concat());
    let cell = |kind: u16, value: &[u8]| [row.clone(), xlsb::record(kind, &[&[0; 8], value].concat())].concat();
    assert!(open(&with(&cell(7, &[0; 4]))).unwrap()[0].content.is_ok());
    for bytes in [
        cell(7, &9_u32.to_le_bytes()),
        cell(2, &[0]),
        cell(5, &[0; 4]),
        cell(6, &[255, 0, 0, 0, 65]),
        cell(0x0D, &[0; 8]),
        cell(0x3E, &[0; 8]),
        xlsb::record(0, &[9]),
        xlsb::record(0, &2_000_000_u32.to_le_bytes()),
        vec![5, 0xFF, 0xFF, 0xFF, 0x7F],
    ] {
        let found = code(&with(&bytes));
        assert!(["workbook_unreadable", "table_too_large"].contains(&found.as_str()), "{bytes:?}: {found}");
    }
}

/// Some bytes are others, are gone, or are there once more.
fn mutated(mut bytes: Vec<u8>, changes: &[(usize, u8, u8)]) -> Vec<u8> {
    for (place, value, how) in changes {
        let place = place % bytes.len().max(1);
        match how % 4 {
            0 => bytes[place] = *value,
            1 => bytes[place] ^= 1 << (value % 8),
            2 => bytes.truncate(place.max(1)),
            _ => bytes.insert(place, *value),
        }
    }
    bytes
}

fn small() -> [Written; 2] {
    [
        written("a", false, LEDGER),
        Written { name: "b", hidden: true, rows: vec![vec![Held::Day(45_000), Held::Missing]] },
    ]
}

proptest! {
    #![proptest_config(the_same(400))]

    #[test]
    fn a_mutated_workbook_of_any_format_never_panics(
        changes in prop::collection::vec(any::<(usize, u8, u8)>(), 1..5), which in 0_usize..4,
    ) {
        let (_, bytes) = twins(&small()).into_iter().nth(which).unwrap();
        let _ = open(&mutated(bytes, &changes));
    }

    #[test]
    fn mutated_parts_of_a_binary_workbook_never_panic(
        changes in prop::collection::vec(any::<(usize, u8, u8)>(), 1..5), which in 0_usize..6,
    ) {
        let mut parts = xlsb::parts(&small());
        let part = &mut parts[which].1;
        *part = mutated(std::mem::take(part), &changes);
        let _ = open(&xlsb::packed(&parts));
    }

    #[test]
    fn a_mutated_stream_of_an_old_workbook_never_panics(
        changes in prop::collection::vec(any::<(usize, u8, u8)>(), 1..5),
    ) {
        let _ = open(&books::compound::compound("Workbook", &mutated(xls::stream(&small()), &changes)));
    }

    #[test]
    fn mutated_content_of_an_ods_never_panics_and_comes_to_an_end(
        changes in prop::collection::vec(any::<(usize, u8, u8)>(), 1..4),
    ) {
        let whole = ods::ods(&small());
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&whole)).unwrap();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_name("content.xml").unwrap(), &mut content).unwrap();
        let content = String::from_utf8_lossy(&mutated(content, &changes)).into_owned();
        let _ = open(&ods::with(&content));
    }
}

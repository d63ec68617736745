//! Files that are packed: the engine's worker opens none itself, and the one that does keeps nothing. Here both stand
//! beside each other, and what the page carries between them is carried by hand.

use highwater::i18n::Language;
use highwater::import::Limits;
use highwater::import::opened::door;
use highwater::model::issue::{Issue, Severity};
use highwater::model::workspace::List;
use highwater::persist::envelope;
use highwater::report::{ReportCell, ReportSheet};
use highwater::work::files::handle::handle;
use highwater::work::files::{ClosedFile, FilesRequest, FilesResponse, OpenedFile};
use highwater::work::session::Session;
use highwater::work::sources::{Sources, sha256};
use highwater::work::{Export, MapStep, Request, Response, State};

use crate::books::{Written, held};
use crate::fixture::{Builder, ENGLISH, INSTANCE};
use crate::kept::Kept;

/// Sends a request and reads the answer as the page does.
fn ask(session: &mut Session, request: &Request, files: Vec<Vec<u8>>) -> (Response, Vec<Vec<u8>>) {
    let sent = postcard::to_allocvec(request).unwrap();
    let (response, files) = session.handle(postcard::from_bytes(&sent).unwrap(), files, &mut |_, _, _| ());
    (postcard::from_bytes(&postcard::to_allocvec(&response).unwrap()).unwrap(), files)
}

/// Lets the worker for files answer.
fn ask_files(request: &FilesRequest, bytes: &[u8]) -> (FilesResponse, Vec<Vec<u8>>) {
    let sent = postcard::to_allocvec(request).unwrap();
    let (response, files) = handle(&postcard::from_bytes(&sent).unwrap(), bytes, &mut |_, _, _| ());
    (postcard::from_bytes(&postcard::to_allocvec(&response).unwrap()).unwrap(), files)
}

/// Opens what the engine's worker asks for.
fn open(session: &mut Session, closed: Vec<ClosedFile>, bytes: Vec<Vec<u8>>) {
    let (mut opened, mut contents) = (Vec::new(), Vec::new());
    for (ClosedFile { name, sha256 }, bytes) in closed.into_iter().zip(bytes) {
        let (response, files) = ask_files(&FilesRequest::Open { name }, &bytes);
        contents.extend(files);
        let refused = match response {
            FilesResponse::Done => None,
            FilesResponse::Refused(issue) => Some(issue),
        };
        opened.push(OpenedFile { sha256, refused });
    }
    assert!(matches!(ask(session, &Request::Opened(opened), contents).0, Response::Taken));
}

/// The answer of a request, once everything is opened that it needs; the names of what had to be.
fn settle(session: &mut Session, request: &Request, files: &[Vec<u8>]) -> (Vec<String>, Response, Vec<Vec<u8>>) {
    let (first, bytes) = ask(session, request, files.to_vec());
    let Response::Closed(closed) = first else { return (Vec::new(), first, bytes) };
    let names = closed.iter().map(|file| file.name.clone()).collect();
    open(session, closed, bytes);
    let (response, bytes) = ask(session, request, files.to_vec());
    (names, response, bytes)
}

fn changed(response: Response) -> State {
    let Response::State(state) = response else { panic!("{response:?}") };
    *state
}

fn import(names: &[&str]) -> Request {
    Request::Import { names: names.iter().map(|name| (*name).to_owned()).collect(), replaced: None }
}

fn snapshot() -> Vec<u8> {
    Builder::of(ENGLISH, &[INSTANCE]).zip()
}

fn workbook(text: &str) -> Vec<u8> {
    crate::books::xlsx(&[Written { name: "Sheet1", hidden: false, rows: held(text) }])
}

fn ledger() -> Vec<u8> {
    workbook("part_number,product,metric,quantity,ss_end\nD0I2SLL,,,12,2026-12-31\n")
}

/// A session with a snapshot, the state that it is in, and the snapshot.
fn with_snapshot() -> (Session, State, Vec<u8>) {
    let (mut session, zip) = (Session::new(|_| None, Language::english()), snapshot());
    let (names, response, _) = settle(&mut session, &import(&["audit.zip"]), std::slice::from_ref(&zip));
    assert_eq!(names, ["audit.zip"]);
    (session, changed(response), zip)
}

#[test]
fn a_snapshot_opened_elsewhere_gives_what_it_gives_where_it_is_opened_at_once() {
    let (session, _, zip) = with_snapshot();
    let mut sources = Sources::with(Box::new(door::open));
    sources.add("audit.zip", &zip, &Limits::PAGE, &mut highwater::import::Unwatched);
    let here = sources.assess(&highwater::engine::Settings::default()).unwrap();
    assert!(!here.products.is_empty());
    assert_eq!(*session.assessment(), here);
}

#[test]
fn only_what_has_to_be_opened_is_asked_for_and_nothing_has_changed_until_then() {
    let mut session = Session::new(|_| None, Language::english());
    let files = [b"server,product,metric\nalpha,Db2,PVU\n".to_vec(), snapshot(), ledger()];
    let request = import(&["estate.csv", "audit.zip", "ledger.xlsx"]);
    let (Response::Closed(closed), bytes) = ask(&mut session, &request, files.to_vec()) else { panic!("not closed") };
    let names: Vec<&str> = closed.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["audit.zip", "ledger.xlsx"]);
    assert_eq!(closed[1].sha256, sha256(&files[2]));
    assert_eq!(bytes, files[1..]);
    assert_eq!(changed(ask(&mut session, &Request::Undo, Vec::new()).0).workspace.sources, []);
    open(&mut session, closed, bytes);
    let state = changed(ask(&mut session, &request, files.to_vec()).0);
    assert_eq!((state.workspace.sources.len(), state.workspace.lines_of(List::Entitlements)), (2, 1));
}

#[test]
fn what_was_opened_once_is_there_for_undo_and_for_the_file_that_is_dropped_again() {
    let (mut session, _, zip) = with_snapshot();
    let before = session.assessment().clone();
    let removed = Request::Edit(highwater::edit::command::Command::RemoveSource(sha256(&zip)));
    changed(ask(&mut session, &removed, Vec::new()).0);
    assert!(session.assessment().products.is_empty());
    changed(ask(&mut session, &Request::Undo, Vec::new()).0);
    assert_eq!(*session.assessment(), before);
    let (names, _, _) = settle(&mut session, &import(&["again.zip"]), &[zip]);
    assert_eq!(names, [""; 0]);
}

#[test]
fn a_document_opens_with_its_snapshot_in_whatever_order_its_files_come() {
    let (mut session, _, zip) = with_snapshot();
    let estate =
        b"server,processor,sockets,cores,technology,product,metric\nx,IBM POWER9 E980,4,10,none,Db2,PVU\n".to_vec();
    let kept = changed(settle(&mut session, &import(&["estate.csv"]), std::slice::from_ref(&estate)).1);
    for files in [[zip.clone(), estate.clone()], [estate.clone(), zip.clone()]] {
        let request = Kept::of(&kept).open_with(&files);
        let mut opened = Session::new(|_| None, Language::english());
        let (names, response, _) = settle(&mut opened, &request, &files);
        assert_eq!(names, ["audit.zip"]);
        assert_eq!(changed(response).workspace.sources, kept.workspace.sources);
        assert_eq!(opened.assessment(), session.assessment());
    }
}

#[test]
fn what_is_packed_is_held_after_it_is_kept() {
    let (mut session, _, zip) = with_snapshot();
    let table = workbook("server,processor,cores,product,metric\nx,IBM POWER9 E980,10,Db2,PVU\n");
    settle(&mut session, &import(&["estate.xlsx"]), std::slice::from_ref(&table));
    let kept = Request::Kept([&zip, &table].map(|bytes| sha256(bytes)).to_vec());
    let (Response::Parsed(parsed), files) = ask(&mut session, &kept, vec![Vec::new(), Vec::new()]) else {
        panic!("not parsed")
    };
    assert_eq!((parsed, files), (Vec::new(), Vec::new()));
    let export = Request::Export(Export::Workspace { saved_at: String::new() });
    let (response, file) = ask(&mut session, &export, Vec::new());
    assert!(matches!(response, Response::File { .. }), "{response:?}");
    let opened = envelope::open(std::str::from_utf8(&file[0]).unwrap(), sha256).unwrap();
    assert_eq!(opened.files, [zip, table]);
}

#[test]
fn a_workspace_file_is_accepted_with_the_snapshot_in_it() {
    let (mut session, _, zip) = with_snapshot();
    let export = Request::Export(Export::Workspace { saved_at: "2026-11-28T10:00:00Z".to_owned() });
    let (_, file) = ask(&mut session, &export, Vec::new());
    let mut other = Session::new(|_| None, Language::english());
    ask(&mut other, &Request::Receive { name: "a.highwater.json".to_owned() }, file);
    let (names, response, bytes) = settle(&mut other, &Request::Accept, &[]);
    assert_eq!(names, ["audit.zip"]);
    changed(response);
    assert_eq!((other.assessment(), bytes), (session.assessment(), vec![zip]));
}

#[test]
fn a_file_that_could_not_be_opened_is_told_and_asked_for_again_when_it_is_dropped_again() {
    let (mut session, zip) = (Session::new(|_| None, Language::english()), snapshot());
    let stopped = Issue::new(Severity::Error, "file_reader_stopped").in_file("audit.zip").with("reason", "no room");
    let opened = vec![OpenedFile { sha256: sha256(&zip), refused: Some(stopped.clone()) }];
    ask(&mut session, &Request::Opened(opened), Vec::new());
    let estate = b"server,product,metric\nalpha,Db2,PVU\n".to_vec();
    let request = import(&["audit.zip", "estate.csv"]);
    let state = changed(ask(&mut session, &request, vec![zip.clone(), estate]).0);
    assert_eq!((state.refused, state.workspace.sources.len()), (vec![stopped], 1), "the rest goes on");
    let (names, response, _) = settle(&mut session, &import(&["audit.zip"]), &[zip]);
    assert_eq!(names, ["audit.zip"]);
    assert_eq!(changed(response).workspace.sources.len(), 2);
}

#[test]
fn content_that_is_none_is_told_and_nothing_stops() {
    for content in [Vec::new(), vec![7_u8; 40], vec![0xFF; 9]] {
        let (mut session, zip) = (Session::new(|_| None, Language::english()), snapshot());
        let opened = vec![OpenedFile { sha256: sha256(&zip), refused: None }];
        ask(&mut session, &Request::Opened(opened), vec![content]);
        let (Response::Refused(issues), _) = ask(&mut session, &import(&["audit.zip"]), vec![zip]) else {
            panic!("it was taken in")
        };
        assert_eq!((issues[0].code.as_ref(), issues[0].file.as_str()), ("file_not_opened", "audit.zip"));
    }
}

#[test]
fn a_ledger_of_a_workbook_waits_like_any_other_table_and_is_not_kept_as_a_file() {
    let mut session = Session::new(|_| None, Language::english());
    let book = workbook("part number,qty bought,strange\nD0I2SLL,12,x\n");
    let (names, response, _) = settle(&mut session, &import(&["odd.xlsx"]), &[book]);
    assert_eq!(names, ["odd.xlsx"]);
    assert!(changed(response).mapping.is_some());
    let state = changed(ask(&mut session, &Request::Map(MapStep::Cancel), Vec::new()).0);
    assert_eq!(state.workspace.sources, []);
}

#[test]
fn the_workbook_of_a_position_holds_the_tables_that_the_engine_sends() {
    let (mut session, _, _) = with_snapshot();
    let (Response::Workbook { name }, bytes) = ask(&mut session, &Request::Export(Export::PositionXlsx), Vec::new())
    else {
        panic!("no workbook")
    };
    assert_eq!(name, "highwater.xlsx");
    let sheets: Vec<ReportSheet> = postcard::from_bytes(&bytes[0]).unwrap();
    assert!(sheets[0].tables[0].rows.iter().flatten().any(|cell| matches!(cell, ReportCell::Number(_))));
    let (response, written) = ask_files(&FilesRequest::Write, &bytes[0]);
    assert_eq!(response, FilesResponse::Done);
    assert_eq!(written[0], highwater::report::xlsx::write(&sheets).unwrap());
    let (FilesResponse::Refused(issue), none) = ask_files(&FilesRequest::Write, b"\xFF\xFF") else { panic!("written") };
    assert_eq!((issue.code.as_ref(), none.len()), ("export_failed", 0));
}

/// The parts of a workbook that the worker for files writes of an export, and the name of its file.
fn workbook_of(session: &mut Session, export: Export) -> (String, Vec<ReportSheet>, Vec<u8>) {
    let (Response::Workbook { name }, bytes) = ask(session, &Request::Export(export), Vec::new()) else {
        panic!("no workbook")
    };
    let (response, mut written) = ask_files(&FilesRequest::Write, &bytes[0]);
    assert_eq!(response, FilesResponse::Done);
    (name, postcard::from_bytes(&bytes[0]).unwrap(), written.remove(0))
}

/// A part of an archive as text.
fn part(archive: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

const LEDGER: &str = "agreement,site,part_number,product,metric,quantity,ss_end,currency,kind,unit_price\n\
    A1,Oslo,0012345,MQ,PVU,1200.5,2027-03-31,KWD,renewal,10\nA1,Oslo,E2,Db2,PVU,10,2027-03-31,JPY,renewal,1500\n";

#[test]
fn a_list_leaves_as_a_workbook_in_which_each_cell_is_what_it_is_in_the_list() {
    let mut session = Session::new(|_| None, Language::english());
    settle(&mut session, &import(&["ledger.csv"]), &[LEDGER.as_bytes().to_vec()]);
    let (name, sheets, bytes) = workbook_of(&mut session, Export::ListXlsx(List::Entitlements));
    assert_eq!((name.as_str(), sheets.len(), sheets[0].title.as_str()), ("highwater-entitlements.xlsx", 1, "Ledger"));
    let table = &sheets[0].tables[0];
    let cell = |row: usize, field: &str| {
        let column = table.header.iter().position(|header| header == field).unwrap();
        table.rows[row][column].clone()
    };
    let number = |text: &str| text.parse::<rust_decimal::Decimal>().unwrap();
    assert_eq!(cell(0, "part_number"), ReportCell::Text("0012345".to_owned()));
    assert_eq!(cell(0, "quantity"), ReportCell::Number(number("1200.5")));
    assert_eq!(cell(0, "ss_end"), ReportCell::Day(jiff::civil::date(2027, 3, 31)));
    assert_eq!(cell(0, "unit_price"), ReportCell::Fixed { number: number("10"), decimals: 3 });
    assert_eq!(cell(1, "unit_price"), ReportCell::Fixed { number: number("1500"), decimals: 0 });
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter ref=\"A1:"), "{sheet}");
    let styles = part(&bytes, "xl/styles.xml");
    for format in ["#,##0.0\"", "#,##0.000\"", "yyyy\\-mm\\-dd"] {
        assert!(styles.contains(&format!("formatCode=\"{format}")), "{format}: {styles}");
    }
}

#[test]
fn a_list_that_left_as_a_workbook_is_read_again_as_the_csv_is() {
    let mut session = Session::new(|_| None, Language::english());
    settle(&mut session, &import(&["ledger.csv"]), &[LEDGER.as_bytes().to_vec()]);
    let csv = ask(&mut session, &Request::Export(Export::List(List::Entitlements)), Vec::new()).1;
    let (_, _, bytes) = workbook_of(&mut session, Export::ListXlsx(List::Entitlements));
    let mut other = Session::new(|_| None, Language::english());
    settle(&mut other, &import(&["again.xlsx"]), &[bytes]);
    let again = ask(&mut other, &Request::Export(Export::List(List::Entitlements)), Vec::new()).1;
    assert_eq!(String::from_utf8_lossy(&again[0]), String::from_utf8_lossy(&csv[0]));
}

#[test]
fn the_forecast_leaves_the_page_as_a_workbook_and_without_a_ledger_it_is_told_that_there_is_none() {
    let mut session = Session::new(|_| None, Language::english());
    let export = || Export::ForecastXlsx { today: Some(jiff::civil::date(2026, 11, 28)) };
    let (Response::Refused(issues), _) = ask(&mut session, &Request::Export(export()), Vec::new()) else {
        panic!("written")
    };
    assert_eq!(issues[0].code, "nothing_to_renew");
    settle(&mut session, &import(&["ledger.csv"]), &[LEDGER.as_bytes().to_vec()]);
    let (name, sheets, _) = workbook_of(&mut session, export());
    assert_eq!(name, "highwater-renewals.xlsx");
    let titles: Vec<&str> = sheets.iter().map(|sheet| sheet.title.as_str()).collect();
    assert_eq!(titles, ["Summary", "Lines", "Charges", "Index", "Assumptions"]);
}

//! What was parsed of a large estate is kept beside its file: the workspace opens by it, and the file is read only when its
//! bytes are needed.

use highwater::engine::Quantity;
use highwater::i18n::Language;
use highwater::model::issue::Issue;
use highwater::model::screen::Screen;
use highwater::work::blocks::Block;
use highwater::work::file_bytes::{FileBytes, KeptBytes};
use highwater::work::screen_query::ScreenQuery;
use highwater::work::session::Session;
use highwater::work::sources::sha256;
use highwater::work::{Export, KeptFile, Question, Request, Response, State};

use crate::kept::Kept;

const FIRST: &str = "server,processor,sockets,cores,region,technology,partition,partition_cores,product,metric,from,to\n\
    a,Intel Xeon Gold 6130,2,40,emea,vmware,vm1,8,IBM MQ,PVU,2026-01-01,2026-02-19\n\
    a,Intel Xeon Gold 6130,2,40,emea,vmware,vm1,4,IBM MQ,PVU,2026-02-20,2026-04-10\n\
    ,Intel Xeon Gold 6130,2,40,emea,vmware,vm2,2,Db2,PVU,2026-01-01,2026-04-10\n";
const SECOND: &str = "server;processor;cores;technology;partition;partition_cores;product;metric\n\
    b;IBM POWER9 E980;16;powervm_shared_uncapped;lpar1;2,5;IBM MQ;PVU\n";

/// A file of the browser: what it holds, or nothing where it is gone.
struct BrowserFile(Option<Vec<u8>>);

impl KeptBytes for BrowserFile {
    fn size(&self) -> u64 {
        self.0.as_ref().map_or(0, |bytes| bytes.len().try_into().unwrap())
    }

    fn read(&self, _: &mut dyn FnMut(u64)) -> Result<Vec<u8>, String> {
        self.0.clone().ok_or_else(|| "it is gone".to_owned())
    }
}

fn in_browser(bytes: &[u8]) -> FileBytes {
    FileBytes::Kept(Box::new(BrowserFile(Some(bytes.to_vec()))))
}

fn gone() -> FileBytes {
    FileBytes::Kept(Box::new(BrowserFile(None)))
}

fn session() -> Session {
    Session::new(|_| None, Language::english())
}

fn ask(session: &mut Session, request: Request, files: Vec<FileBytes>) -> (Response, Vec<Vec<u8>>) {
    let sent = postcard::to_allocvec(&request).unwrap();
    session.handle_kept(postcard::from_bytes(&sent).unwrap(), files, &mut |_, _, _| ())
}

fn state(answer: (Response, Vec<Vec<u8>>)) -> State {
    let Response::State(state) = answer.0 else { panic!("{:?}", answer.0) };
    *state
}

fn codes(issues: &[Issue]) -> Vec<(&str, &str)> {
    issues.iter().map(|issue| (issue.file.as_str(), issue.code.as_ref())).collect()
}

/// A session with both files, what the page keeps of it, and what was parsed of them.
fn with_both() -> (Session, Kept, Vec<Vec<u8>>) {
    let mut session = session();
    let names = ["first.csv", "second.csv"].map(str::to_owned).to_vec();
    let import = Request::Import { names, replaced: None };
    let kept = state(ask(&mut session, import, vec![in_browser(FIRST.as_bytes()), in_browser(SECOND.as_bytes())]));
    let (parsed, bytes) = let_go(&mut session, &[FIRST, SECOND]);
    assert_eq!(parsed, [FIRST, SECOND].map(|text| sha256(text.as_bytes())));
    (session, Kept::of(&kept), bytes)
}

/// Tells that these files are kept; what is answered.
fn let_go(session: &mut Session, texts: &[&str]) -> (Vec<String>, Vec<Vec<u8>>) {
    let kept = texts.iter().map(|text| sha256(text.as_bytes())).collect();
    let files = texts.iter().map(|text| in_browser(text.as_bytes())).collect();
    let (Response::Parsed(parsed), bytes) = ask(session, Request::Kept(kept), files) else { panic!("not parsed") };
    (parsed, bytes)
}

/// Opens what is kept with what was parsed of both files.
fn open(session: &mut Session, kept: &Kept, files: [FileBytes; 2], parsed: &[Vec<u8>]) -> State {
    let named = |text: &str| KeptFile { sha256: sha256(text.as_bytes()), parsed: true };
    let (document, steps) = (kept.document.clone(), kept.steps.clone());
    let open = Request::Open { document, steps, drafts: String::new(), files: [FIRST, SECOND].map(named).to_vec() };
    let beside = files.into_iter().zip(parsed).flat_map(|(file, parsed)| [file, in_browser(parsed)]);
    state(ask(session, open, beside.collect()))
}

/// What the page shows of an estate, and how one of its numbers comes about.
fn shown(session: &mut Session) -> (Vec<Vec<Block>>, String) {
    let blocks = [Screen::Position, Screen::Start].map(|screen| {
        let query = ScreenQuery { screen, today: None, arguments: Vec::new() };
        let Response::Blocks(blocks) = ask(session, Request::Show(query), Vec::new()).0 else { panic!("no blocks") };
        blocks
    });
    let (product, metric) = ("IBM MQ".to_owned(), "PVU".to_owned());
    let question = Question::Product { product, metric, quantity: Quantity::SubCapacity };
    let Response::Text(derivation) = ask(session, Request::ExplainText(question), Vec::new()).0 else {
        panic!("no text")
    };
    (blocks.to_vec(), derivation)
}

fn export(session: &mut Session) -> Result<Vec<u8>, Vec<Issue>> {
    let export = Request::Export(Export::Workspace { saved_at: String::new() });
    match ask(session, export, Vec::new()) {
        (Response::File { .. }, mut files) => Ok(files.remove(0)),
        (Response::Refused(issues), _) => Err(issues),
        (other, _) => panic!("{other:?}"),
    }
}

#[test]
fn an_estate_that_opens_by_what_was_parsed_is_the_one_that_was_left_and_no_file_is_read() {
    let (mut left, kept, parsed) = with_both();
    let mut opened = session();
    let state = open(&mut opened, &kept, [gone(), gone()], &parsed);
    assert_eq!((state.refused, state.left_out), (Vec::new(), Vec::new()));
    assert_eq!(opened.assessment(), left.assessment());
    assert!(opened.assessment().products.iter().any(|product| product.product == "IBM MQ"));
    assert_eq!(shown(&mut opened), shown(&mut left));
}

#[test]
fn bytes_that_are_kept_elsewhere_are_read_when_the_estate_is_written_and_compared_then() {
    let (mut left, kept, parsed) = with_both();
    let whole = export(&mut left).unwrap();
    let mut opened = session();
    open(&mut opened, &kept, [in_browser(FIRST.as_bytes()), in_browser(SECOND.as_bytes())], &parsed);
    assert_eq!(export(&mut opened), Ok(whole));

    let mut opened = session();
    open(&mut opened, &kept, [in_browser(FIRST.as_bytes()), gone()], &parsed);
    assert_eq!(codes(&export(&mut opened).unwrap_err()), [("second.csv", "file_unreadable")]);

    let mut opened = session();
    open(&mut opened, &kept, [in_browser(b"server,product\nz,Db2\n"), in_browser(SECOND.as_bytes())], &parsed);
    assert_eq!(codes(&export(&mut opened).unwrap_err()), [("first.csv", "source_altered")]);
}

#[test]
fn where_what_was_parsed_cannot_be_read_the_file_is() {
    let (mut left, kept, parsed) = with_both();
    let damaged = [parsed[0][..parsed[0].len() - 1].to_vec(), parsed[1].clone()];
    let mut opened = session();
    let state = open(&mut opened, &kept, [in_browser(FIRST.as_bytes()), gone()], &damaged);
    assert_eq!((codes(&state.refused), codes(&state.left_out)), (Vec::new(), Vec::new()));
    assert_eq!(shown(&mut opened), shown(&mut left));

    // With neither the file is missing, and the other one counts.
    let mut opened = session();
    let state = open(&mut opened, &kept, [gone(), gone()], &damaged);
    assert_eq!(codes(&state.refused), [("first.csv", "file_unreadable")]);
    assert_eq!(opened.assessment().products.len(), 1);
}

#[test]
fn an_estate_is_read_again_after_an_undo_by_what_was_parsed() {
    let (_, kept, parsed) = with_both();
    let mut opened = session();
    open(&mut opened, &kept, [gone(), gone()], &parsed);
    let before = shown(&mut opened);
    let third = "server,processor,cores,product,metric\nc,IBM POWER9 E980,8,IBM MQ,PVU\n";
    let import = Request::Import { names: vec!["third.csv".to_owned()], replaced: None };
    state(ask(&mut opened, import, vec![in_browser(third.as_bytes())]));
    assert_ne!(shown(&mut opened), before);
    let undone = state(ask(&mut opened, Request::Undo, Vec::new()));
    assert_eq!((undone.refused, undone.workspace.sources.len()), (Vec::new(), 2));
    assert_eq!(shown(&mut opened), before);
}

#[test]
fn a_file_that_is_gone_before_it_is_imported_is_told_by_its_name_and_changes_nothing() {
    let (mut session, kept, _) = with_both();
    let names = ["third.csv", "fourth.csv"].map(str::to_owned).to_vec();
    let import = Request::Import { names, replaced: None };
    let (Response::Refused(issues), _) = ask(&mut session, import, vec![in_browser(FIRST.as_bytes()), gone()]) else {
        panic!("taken")
    };
    assert_eq!(codes(&issues), [("fourth.csv", "file_unreadable")]);
    assert_eq!(state(ask(&mut session, Request::Undo, Vec::new())).workspace.sources.len(), 0);
    assert_eq!(kept.workspace().sources.len(), 2);
}

//! What travels between page and worker arrives as it was sent.

use highwater::edit::command::Command;
use highwater::edit::journal::Unkept;
use highwater::engine::Quantity;
use highwater::i18n::Language;
use highwater::model::message::Words;
use highwater::model::screen::Screen;
use highwater::model::workspace::{List, PeriodChoice, Workspace};
use highwater::work::blocks::Block;
use highwater::work::cell::Cell;
use highwater::work::screen_query::ScreenQuery;
use highwater::work::session::Session;
use highwater::work::table::{Subject, TableQuery};
use highwater::work::{MapStep, Overview, Question, Request, Response, ServerQuery};

use crate::kept::Kept;

const ESTATE: &str = "server,processor,sockets,cores,region,technology,partition,partition_cores,product,metric,from,to\n\
    alpha,Intel Xeon Gold 6130,2,32,emea,vmware,vm-1,8,\"Produkt Ü, 1\",PVU,2026-01-01,2026-06-30\n\
    beta,no such processor,,x,apac,none,,,Db2,PVU,2026-01-01,2026-06-30\n";

/// A session that finds the table of parts beside the program.
fn new_session() -> Session {
    Session::new(
        |name| (name == "parts.csv").then(|| include_str!("../src/rules/parts.csv").to_owned()),
        Language::english(),
    )
}

/// Sends a request as the page does, lets the worker answer, and reads the answer as the page does.
fn ask(session: &mut Session, request: &Request, files: Vec<Vec<u8>>) -> (Response, Vec<Vec<u8>>) {
    let sent = postcard::to_allocvec(request).unwrap();
    let (response, files) = session.handle(postcard::from_bytes(&sent).unwrap(), files, &mut |_, _, _| ());
    let sent = postcard::to_allocvec(&response).unwrap();
    let received: Response = postcard::from_bytes(&sent).unwrap();
    assert_eq!(format!("{received:?}"), format!("{response:?}"), "what arrives is not what was sent");
    (received, files)
}

fn import(session: &mut Session) -> Response {
    let names = vec!["estate.csv".to_owned()];
    ask(session, &Request::Import { names, replaced: None }, vec![ESTATE.as_bytes().to_vec()]).0
}

#[test]
fn a_state_arrives_with_its_period_and_a_sentence_and_its_screen_with_the_issues() {
    let mut session = new_session();
    let Response::State(state) = import(&mut session) else { panic!("the import was refused") };
    assert_eq!(state.workspace.sources.len(), 1);
    assert_eq!(
        state.workspace.assessed.map(highwater::model::period::Period::to),
        Some(jiff::civil::date(2026, 6, 30))
    );
    let said = state.workspace.summary.map(|said| Language::english().say(&said));
    assert_eq!(said.as_deref(), Some("2 products; products whose need in PVU is not known: 1."));
    let query = ScreenQuery { screen: Screen::Position, today: None, arguments: Vec::new() };
    let Response::Blocks(blocks) = ask(&mut session, &Request::Show(query), Vec::new()).0 else { panic!("no screen") };
    let issues = blocks.iter().find_map(|block| if let Block::Issues(issues) = block { Some(issues) } else { None });
    assert!(issues.unwrap().iter().any(|issue| issue.row == Some(3)));
    let files = blocks.iter().find_map(|block| if let Block::Files(files) = block { Some(files) } else { None });
    assert_eq!(files.unwrap()[0].sha256.as_ref(), state.workspace.sources.first().map(|source| &source.sha256));
}

#[test]
fn a_derivation_arrives_with_every_step() {
    let mut session = new_session();
    import(&mut session);
    let product = "Produkt Ü, 1".to_owned();
    let explain =
        Request::Explain(Question::Product { product, metric: "PVU".to_owned(), quantity: Quantity::SubCapacity });
    let (Response::Derivation(derivation), _) = ask(&mut session, &explain, Vec::new()) else {
        panic!("no derivation")
    };
    assert_eq!(derivation.value, Some((8 * 70).into()));
    assert!(!derivation.children.is_empty());
}

#[test]
fn rates_suggestions_and_searches_arrive() {
    let mut session = new_session();
    let server = ServerQuery { processor: "POWER9 E980".to_owned(), ..ServerQuery::default() };
    assert!(
        matches!(ask(&mut session, &Request::Rate(server), Vec::new()).0, Response::Rated(rated) if rated.pvu_per_core == 120)
    );
    let suggest = Request::Suggest { typed: "gold 6130".to_owned(), limit: 3 };
    assert!(
        matches!(ask(&mut session, &suggest, Vec::new()).0, Response::Processors(names) if names.len() <= 3 && names[0].contains("6130"))
    );
    assert!(
        matches!(ask(&mut session, &Request::Search(String::new()), Vec::new()).0, Response::Found(found) if found.processors.len() == 1117)
    );
}

#[test]
fn a_derivation_of_thousands_of_steps_arrives_with_the_first_ones_and_gives_the_others_when_asked() {
    let rows: String =
        (0..200).map(|server| format!("s{server},Intel Xeon Gold 6130,2,32,none,IBM MQ,PVU\n")).collect();
    let mut session = new_session();
    let names = vec!["estate.csv".to_owned()];
    let text = format!("server,processor,sockets,cores,technology,product,metric\n{rows}");
    state(&mut session, &Request::Import { names, replaced: None }, vec![text.into_bytes()]);
    let question =
        Question::Product { product: "IBM MQ".to_owned(), metric: "PVU".to_owned(), quantity: Quantity::SubCapacity };
    let explain = Request::Explain(question.clone());
    let Response::Derivation(whole) = ask(&mut session, &explain, Vec::new()).0 else { panic!("no derivation") };
    // All servers stand below the only region.
    let region = &whole.children[0];
    assert_eq!((region.children.len(), region.further), (60, 140));
    let more = |session: &mut Session, first| {
        let request = Request::Steps { question: question.clone(), path: vec![0], first };
        let Response::Steps(steps) = ask(session, &request, Vec::new()).0 else { panic!("no steps") };
        steps
    };
    let all: Vec<_> = [60, 120, 180].into_iter().flat_map(|first| more(&mut session, first)).collect();
    assert_eq!(all.len(), 140);
    let labels: std::collections::BTreeSet<String> =
        region.children.iter().chain(&all).map(|step| Language::english().say(&step.label)).collect();
    assert_eq!(labels.len(), 200, "a step is missing, or stands twice");
    let Response::Text(text) = ask(&mut session, &Request::ExplainText(question.clone()), Vec::new()).0 else {
        panic!("no text")
    };
    assert!(labels.iter().all(|label| text.contains(&format!("{label}: "))), "the text leaves out steps");
}

#[test]
fn a_document_opens_again_as_it_was() {
    let mut session = new_session();
    let Response::State(kept) = import(&mut session) else { panic!("the import was refused") };
    let files = vec![ESTATE.as_bytes().to_vec()];
    let open = Kept::of(&kept).open_with(&files);
    let mut other = new_session();
    let (Response::State(opened), _) = ask(&mut other, &open, files) else { panic!("the document was refused") };
    // An import is no step of the journal.
    assert_eq!(opened.workspace.undoes, None);
    assert_eq!(opened.unkept, Unkept::default(), "what was kept is written once more");
    assert_eq!((opened.workspace.sources, other.assessment()), (kept.workspace.sources, session.assessment()));
}

#[test]
fn a_document_that_is_none_changes_nothing() {
    let mut session = new_session();
    import(&mut session);
    let open = Request::Open {
        document: r#"{"sources":[]}"#.to_owned(),
        steps: Vec::new(),
        drafts: String::new(),
        files: Vec::new(),
    };
    assert!(matches!(ask(&mut session, &open, Vec::new()).0, Response::Refused(_)));
    let export = Request::Explain(Question::Product {
        product: "Db2".to_owned(),
        metric: "PVU".to_owned(),
        quantity: Quantity::FullCapacity,
    });
    assert!(matches!(ask(&mut session, &export, Vec::new()).0, Response::Derivation(_)));
}

#[test]
fn a_workspace_file_waits_until_it_is_accepted() {
    let mut first = new_session();
    import(&mut first);
    let export = Request::Export(highwater::work::Export::Workspace { saved_at: "2026-11-22T10:00:00Z".to_owned() });
    let (_, files) = ask(&mut first, &export, Vec::new());

    let mut second = new_session();
    assert!(matches!(ask(&mut second, &Request::Accept, Vec::new()).0, Response::Refused(_)));
    let receive = Request::Receive { name: "a.highwater.json".to_owned() };
    assert!(matches!(ask(&mut second, &receive, files).0, Response::Received { .. }));
    let (Response::State(state), bytes) = ask(&mut second, &Request::Accept, Vec::new()) else {
        panic!("not accepted")
    };
    assert_ne!(state.workspace, Overview::default());
    assert_eq!(bytes, [ESTATE.as_bytes()]);
}

const RIGHTS: &str = "part_number,product,metric,quantity,ss_end\nD0I2SLL,,,12,2026-12-31\n,\"Produkt Ü, 1\",PVU,1000,\n,Db2,PVU,many,\n";

/// The state that a request comes to.
fn state(session: &mut Session, request: &Request, files: Vec<Vec<u8>>) -> highwater::work::State {
    let Response::State(state) = ask(session, request, files).0 else { panic!("refused: {request:?}") };
    *state
}

fn import_rights(session: &mut Session) -> highwater::work::State {
    let request = Request::Import { names: vec!["rights.csv".to_owned()], replaced: None };
    let waits = state(session, &request, vec![RIGHTS.as_bytes().to_vec()]).mapping;
    assert_eq!(waits.map(|table| table.left_out), Some(1), "what is left out is shown before");
    state(session, &Request::Map(MapStep::Accept), Vec::new())
}

#[test]
fn a_ledger_becomes_a_position_whose_numbers_explain_themselves() {
    let mut session = new_session();
    import(&mut session);
    let kept = import_rights(&mut session);
    assert_eq!((kept.workspace.lines_of(List::Entitlements), kept.left_out.len(), kept.added.len()), (2, 1, 0));
    let owned = session.position().products.iter().find(|one| one.product == "Produkt Ü, 1").unwrap();
    assert_eq!(owned.balance(), Some((1000 - 8 * 70).into()));
    let explain = Request::Explain(Question::Product {
        product: owned.product.clone(),
        metric: "PVU".to_owned(),
        quantity: Quantity::Balance,
    });
    let Response::Derivation(balance) = ask(&mut session, &explain, Vec::new()).0 else { panic!("no derivation") };
    let values: Vec<_> = balance.children.iter().map(|child| child.value).collect();
    assert_eq!(values, [Some(1000.into()), Some((8 * 70).into())]);
    let query = TableQuery::of(Subject::List(List::Entitlements));
    let Response::Table(view) = ask(&mut session, &Request::Table(query), Vec::new()).0 else { panic!("no lines") };
    assert_eq!(view.rows[0][1], Cell::from("IBM Tivoli Storage Manager for Virtual Environments"));
    assert_eq!(view.rows[0][4], Cell::Number(120.into()));
}

#[test]
fn everything_can_be_undone_to_the_empty_workspace_and_done_again() {
    let mut session = new_session();
    let mut kept = Kept::default();
    let mut workspaces = vec![Workspace::default()];
    let sha256 = {
        let Response::State(imported) = import(&mut session) else { panic!("refused") };
        kept.take(&imported);
        workspaces.push(kept.workspace());
        imported.workspace.sources[0].sha256.clone()
    };
    kept.take(&import_rights(&mut session));
    workspaces.push(kept.workspace());
    let remove = Request::Edit(Command::RemoveLines { list: List::Entitlements, indices: vec![0] });
    let rename = Request::Edit(Command::Rename("Northwind".to_owned()));
    let mut last = None;
    for request in [remove, rename, Request::Edit(Command::RemoveSource(sha256))] {
        let state = state(&mut session, &request, Vec::new());
        kept.take(&state);
        workspaces.push(kept.workspace());
        last = Some(state);
    }
    let (last, assessed) = (last.unwrap(), session.assessment().clone());
    assert!(assessed.products.is_empty() && last.workspace.redoes.is_none());
    for workspace in workspaces.iter().rev().skip(1) {
        kept.take(&state(&mut session, &Request::Undo, Vec::new()));
        assert_eq!(&kept.workspace(), workspace);
    }
    let first = state(&mut session, &Request::Undo, Vec::new());
    assert_eq!((first.unkept, first.workspace.undoes), (Unkept::default(), None));
    for workspace in &workspaces[1..] {
        let state = state(&mut session, &Request::Redo, Vec::new());
        kept.take(&state);
        assert_eq!(&kept.workspace(), workspace);
    }
    assert_eq!(*session.assessment(), assessed);
}

#[test]
fn a_change_that_is_refused_or_changes_nothing_is_no_step() {
    let mut session = new_session();
    import(&mut session);
    let before = import_rights(&mut session).workspace;
    assert!(matches!(
        ask(
            &mut session,
            &Request::Edit(Command::RemoveLines { list: List::Entitlements, indices: vec![7] }),
            Vec::new()
        )
        .0,
        Response::Refused(_)
    ));
    assert!(matches!(
        ask(&mut session, &Request::Edit(Command::Rename(" ".to_owned())), Vec::new()).0,
        Response::Refused(_)
    ));
    let after = import_rights(&mut session).workspace;
    assert_eq!((after.lines, after.undoes), (before.lines, before.undoes));
}

#[test]
fn without_the_table_of_parts_a_ledger_counts_what_it_says_itself() {
    let mut session = Session::new(|_| None, Language::english());
    import(&mut session);
    import_rights(&mut session);
    let position = session.position();
    let balance = |product: &str| position.products.iter().find(|one| one.product == product).unwrap().entitled;
    assert_eq!((balance("Produkt Ü, 1"), balance("D0I2SLL")), (1000.into(), 12.into()));
    assert_eq!(position.issues[0].code, "parts_missing");
}

#[test]
fn files_of_an_import_that_is_refused_leave_nothing_behind() {
    let mut session = new_session();
    let request = |replaced| Request::Import { names: vec!["estate.csv".to_owned()], replaced };
    let files = || vec![ESTATE.as_bytes().to_vec()];
    let refused = ask(&mut session, &request(Some("no such file".to_owned())), files()).0;
    assert!(matches!(refused, Response::Refused(_)));
    let explain = Request::Explain(Question::Product {
        product: "Db2".to_owned(),
        metric: "PVU".to_owned(),
        quantity: Quantity::SubCapacity,
    });
    assert!(matches!(ask(&mut session, &explain, Vec::new()).0, Response::Refused(_)));
    assert_eq!(state(&mut session, &request(None), files()).workspace.sources.len(), 1);
}

#[test]
fn a_change_of_the_period_is_assessed_anew_and_back() {
    let mut session = new_session();
    import(&mut session);
    let whole = session.assessment().clone();
    let to = Some(jiff::civil::date(2026, 2, 28));
    let period = Request::Edit(Command::SetPeriod(PeriodChoice { from: None, to }));
    let part = state(&mut session, &period, Vec::new());
    assert_eq!(part.workspace.assessed.map(highwater::model::period::Period::to), to);
    let part = session.assessment().clone();
    state(&mut session, &Request::Edit(Command::Rename("Northwind".to_owned())), Vec::new());
    assert_eq!(*session.assessment(), part);
    state(&mut session, &Request::Undo, Vec::new());
    state(&mut session, &Request::Undo, Vec::new());
    assert_eq!(*session.assessment(), whole);
}

#[test]
fn what_covers_a_product_arrives_with_the_unbundled_reading() {
    let mut session = new_session();
    let files = [
        ("estate.csv", ESTATE),
        ("rights.csv", "product,metric,quantity\nDb2,PVU,1000\n"),
        ("supported.csv", "product,principal,counts,reason\n\"Produkt Ü, 1\",Db2,no,its repository\n"),
    ];
    let names = files.iter().map(|(name, _)| (*name).to_owned()).collect();
    let bytes = files.iter().map(|(_, text)| text.as_bytes().to_vec()).collect();
    let (response, _) = ask(&mut session, &Request::Import { names, replaced: None }, bytes);
    assert!(matches!(response, Response::State(_)), "the import was refused");
    let covered = session.position().products.iter().find(|one| one.product == "Produkt Ü, 1").unwrap();
    assert_eq!(covered.covered_by.as_ref().map(|cover| cover.name.as_str()), Some("Db2"));
    assert_eq!(covered.unbundled_balance(), Some((-8 * 70).into()));
}

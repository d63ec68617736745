//! What travels between page and worker arrives as it was sent.
#![allow(clippy::unwrap_used, reason = "a test may stop where a program may not")]

use highwater::engine::Quantity;
use highwater::model::metric::Metric;
use highwater::work::serve::Session;
use highwater::work::{Overview, Request, Response, Server};

const ESTATE: &str = "server,processor,sockets,cores,region,technology,partition,partition_cores,product,metric,from,to\n\
    alpha,Intel Xeon Gold 6130,2,32,emea,vmware,vm-1,8,\"Produkt Ü, 1\",PVU,2026-01-01,2026-06-30\n\
    beta,no such processor,,x,apac,none,,,Db2,PVU,2026-01-01,2026-06-30\n";

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
    ask(session, &Request::Import { names }, vec![ESTATE.as_bytes().to_vec()]).0
}

#[test]
fn an_assessment_with_its_issues_arrives_whole() {
    let Response::State(state) = import(&mut Session::new()) else { panic!("the import was refused") };
    assert_eq!(state.assessment.products.len(), 2);
    assert!(!state.assessment.issues.is_empty());
    assert_eq!(state.workspace.sources.len(), 1);
}

#[test]
fn a_derivation_arrives_with_every_step() {
    let mut session = Session::new();
    import(&mut session);
    let product = "Produkt Ü, 1".to_owned();
    let explain = Request::Explain { product, metric: Metric::Pvu, quantity: Quantity::SubCapacity };
    let (Response::Derivation(derivation), _) = ask(&mut session, &explain, Vec::new()) else {
        panic!("no derivation")
    };
    assert_eq!(derivation.value, Some((8 * 70).into()));
    assert!(!derivation.children.is_empty());
}

#[test]
fn rates_suggestions_and_searches_arrive() {
    let mut session = Session::new();
    let server = Server { processor: "POWER9 E980".to_owned(), ..Server::default() };
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
fn a_document_opens_again_as_it_was() {
    let mut session = Session::new();
    let Response::State(kept) = import(&mut session) else { panic!("the import was refused") };
    let open = Request::Open { document: kept.document.clone() };
    let (Response::State(opened), _) = ask(&mut Session::new(), &open, vec![ESTATE.as_bytes().to_vec()]) else {
        panic!("the document was refused")
    };
    assert_eq!(
        (opened.document, opened.workspace, opened.assessment),
        (kept.document, kept.workspace, kept.assessment)
    );
}

#[test]
fn a_document_that_is_none_changes_nothing() {
    let mut session = Session::new();
    import(&mut session);
    let open = Request::Open { document: r#"{"sources":[]}"#.to_owned() };
    assert!(matches!(ask(&mut session, &open, Vec::new()).0, Response::Refused(_)));
    let export = Request::Explain { product: "Db2".to_owned(), metric: Metric::Pvu, quantity: Quantity::FullCapacity };
    assert!(matches!(ask(&mut session, &export, Vec::new()).0, Response::Derivation(_)));
}

#[test]
fn a_workspace_file_waits_until_it_is_accepted() {
    let mut first = Session::new();
    import(&mut first);
    let export = Request::Export(highwater::work::Export::Workspace { saved_at: "2026-11-22T10:00:00Z".to_owned() });
    let (_, files) = ask(&mut first, &export, Vec::new());

    let mut second = Session::new();
    assert!(matches!(ask(&mut second, &Request::Accept, Vec::new()).0, Response::Refused(_)));
    let receive = Request::Receive { name: "a.highwater.json".to_owned() };
    assert!(matches!(ask(&mut second, &receive, files).0, Response::Received { .. }));
    let (Response::State(state), bytes) = ask(&mut second, &Request::Accept, Vec::new()) else {
        panic!("not accepted")
    };
    assert_ne!(state.workspace, Overview::default());
    assert_eq!(bytes, [ESTATE.as_bytes()]);
}

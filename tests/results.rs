//! What a workspace amounts to is kept as long as nothing that it follows from has changed, and is what it would be
//! anew.

use highwater::i18n::Language;
use highwater::model::list::List;
use highwater::work::session::Session;
use highwater::work::table::{CellBlock, Subject, TableAction, TableQuery, TableView};
use highwater::work::{Export, Request, Response, Setting};
use proptest::prelude::*;

use crate::kept::Kept;

const PARTS: &str = "part_number,product,metric,kind,months,platform,environment,pack\n\
    D1,IBM MQ,PVU,license,12,,,10\nE1,IBM MQ,PVU,renewal,12,,,10\nD2,IBM Db2,PVU,license,12,z_os,,1\n";
const LEDGER: &str = "part_number,product,metric,quantity,poe\nD1,,,5,P1\n,IBM Db2,PVU,70,P2\nE1,,,5,P3\n";
const ESTATE: &str =
    "server,processor,cores,product,metric,from,to\ns1,IBM POWER9,8,IBM MQ,PVU,2026-01-01,2026-03-31\n";

fn session() -> Session {
    Session::new(|name| (name == "parts.csv").then(|| PARTS.to_owned()), Language::english())
}

fn ask(session: &mut Session, request: Request, files: &[&str]) -> Response {
    session.handle(request, files.iter().map(|text| text.as_bytes().to_vec()).collect(), &mut |_, _, _| ()).0
}

fn ledger(session: &mut Session) -> TableView {
    // In an order that nothing has asked for before: then lines that are not whole yet stand last.
    let query = TableQuery { sort: Some((3, true)), ..TableQuery::of(Subject::List(List::Entitlements)) };
    let Response::Table(view) = ask(session, Request::Table(query), &[]) else { panic!("no table") };
    *view
}

/// Something that changes what is owned, or what it counts for.
fn request() -> impl Strategy<Value = Request> {
    let list = prop::sample::select(vec![
        List::Entitlements,
        List::Entitlements,
        List::Aliases,
        List::Allocations,
        List::Orders,
    ]);
    let act = |list, rows, columns, action| {
        let query = TableQuery::of(Subject::List(list));
        Request::Act { query, block: CellBlock { rows, columns }, action }
    };
    let text =
        prop::sample::select(vec!["D1", "e1", "D2", "IBM MQ", "IBM Db2", "PVU", "VPC", "7", "1400", "2026-02-01", ""]);
    let type_text = (list.clone(), 0..6_usize, 0..8_usize, text).prop_map(move |(list, row, column, text)| {
        act(list, (row, row), vec![column], TableAction::Type(text.to_owned()))
    });
    let remove = (list.clone(), 0..4_usize, 0..3_usize)
        .prop_map(move |(list, row, more)| act(list, (row, row + more), vec![0], TableAction::Remove));
    let pasted = vec![
        (List::Entitlements, "D1\t\t\t3\n\tIBM MQ\tPVU\t4\n"),
        (List::Entitlements, "D2\t\t\t9"),
        (List::Aliases, "IBM MQ\tIBM Db2\trenamed"),
        (List::Allocations, "IBM MQ\tPVU\tOslo\t\t3"),
    ];
    let paste = (0..4_usize, prop::sample::select(pasted)).prop_map(move |(row, (list, text))| {
        let columns = if list == List::Allocations { vec![0, 1, 2, 3, 4] } else { vec![0, 1, 2, 3] };
        act(list, (row, row), columns, TableAction::Fill(text.to_owned()))
    });
    let down =
        (list, 0..3_usize).prop_map(move |(list, row)| act(list, (row, row + 2), vec![1, 3], TableAction::FillDown));
    prop_oneof![
        8 => type_text,
        2 => remove,
        4 => paste,
        1 => down,
        1 => Just(Request::Set { setting: Setting::Rounding, text: "once".to_owned() }),
        3 => Just(Request::Undo),
        2 => Just(Request::Redo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_position_after_many_edits_is_the_one_that_is_calculated_at_once(
        requests in prop::collection::vec(request(), 1..40), estate in any::<bool>(),
    ) {
        let (mut session, mut kept) = (session(), Kept::default());
        let files = if estate { vec![LEDGER, ESTATE] } else { vec![LEDGER] };
        let names = ["ledger.csv", "estate.csv"].iter().take(files.len()).map(|name| (*name).to_owned()).collect();
        let import = Request::Import { names, replaced: None };
        let answers = std::iter::once((import, files.clone())).chain(requests.into_iter().map(|request| (request, Vec::new())));
        for (request, files) in answers {
            if let Response::State(state) = ask(&mut session, request, &files) {
                kept.take(&state);
            }
        }
        let mut anew = self::session();
        let open = kept.open_with(&files[1..].iter().map(|text| text.as_bytes().to_vec()).collect::<Vec<_>>());
        prop_assert!(matches!(ask(&mut anew, open, &files[1..]), Response::State(_)));
        prop_assert_eq!(anew.position(), session.position());
        prop_assert_eq!(anew.assessment(), session.assessment());
        let (here, there) = (ledger(&mut session), ledger(&mut anew));
        let lines = here.shown.min(there.shown);
        prop_assert_eq!(&here.rows[..lines], &there.rows[..lines]);
    }
}

/// A list as it is written to CSV.
fn written(session: &mut Session, list: List) -> String {
    let (response, files) = session.handle(Request::Export(Export::List(list)), Vec::new(), &mut |_, _, _| ());
    assert!(matches!(response, Response::File { .. }), "{response:?}");
    String::from_utf8(files.into_iter().next().unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_list_that_is_written_as_csv_is_read_again_as_it_was(
        sites in prop::collection::vec("[-+=@'\"a-cÄ;,|]{1,5}|'[+=]4", 1..6), notes in prop::collection::vec("[-+=@'\"a-cÄ;,|]{0,6}", 6),
    ) {
        let orders = List::Orders;
        let mut session = session();
        for (row, (site, note)) in sites.iter().zip(&notes).enumerate() {
            for (column, text) in [(0, "2026-03-01"), (1, site.as_str()), (2, note.as_str()), (4, "100")] {
                let query = TableQuery::of(Subject::List(orders));
                let block = CellBlock { rows: (row, row), columns: vec![column] };
                let _ = ask(&mut session, Request::Act { query, block, action: TableAction::Type(text.to_owned()) }, &[]);
            }
        }
        let first = written(&mut session, orders);
        let mut other = self::session();
        let _ = ask(&mut other, Request::Import { names: vec!["orders.csv".to_owned()], replaced: None }, &[&first]);
        prop_assert_eq!(written(&mut other, orders), first);
        let query = TableQuery::of(Subject::List(orders));
        let (Response::Table(here), Response::Table(there)) =
            (ask(&mut session, Request::Table(query.clone()), &[]), ask(&mut other, Request::Table(query), &[]))
        else {
            panic!("no tables")
        };
        prop_assert_eq!(&there.rows[..there.shown], &here.rows[..here.shown]);
    }
}

//! What is kept of a workspace: a document and the steps since. Whatever is done, what is kept opens as what was left, and
//! what could be undone still can be.

use highwater::edit::command::Command;
use highwater::edit::journal::{Restored, Unkept, restore};
use highwater::i18n::Language;
use highwater::model::list::List;
use highwater::model::workspace::{PeriodChoice, Workspace};
use highwater::persist::envelope;
use highwater::work::session::Session;
use highwater::work::setting::Setting;
use highwater::work::sources::sha256;
use highwater::work::table::{CellBlock, Subject, TableAction, TableQuery};
use highwater::work::{Export, Request, Response, State};
use proptest::prelude::*;

use crate::kept::Kept;

const ORDERS: &str = "date,site,part_number,quantity,points\n2026-03-01,Oslo,D1,1,100\n2026-01-15,Bergen,D2,2,50\n";
const LEDGER: &str = "product,metric,quantity\nIBM MQ,PVU,1400\nIBM Db2,PVU,70\n";

fn session() -> Session {
    Session::new(|_| None, Language::english())
}

fn ask(session: &mut Session, request: Request, files: &[&str]) -> (Response, Vec<Vec<u8>>) {
    session.handle(request, files.iter().map(|text| text.as_bytes().to_vec()).collect(), &mut |_, _, _| ())
}

fn state(session: &mut Session, request: Request, files: &[&str]) -> Box<State> {
    let (response, _) = ask(session, request, files);
    let Response::State(state) = response else { panic!("no state: {response:?}") };
    state
}

/// The workspace that a session has open, as it writes it into a file.
fn open_in(session: &mut Session) -> Workspace {
    let (_, files) = ask(session, Request::Export(Export::Workspace { saved_at: String::new() }), &[]);
    envelope::open(std::str::from_utf8(&files[0]).unwrap(), sha256).unwrap().workspace
}

/// Something that somebody does.
#[derive(Clone, Debug)]
enum Deed {
    /// Types a text into a cell of a list: one that is there, or a new line.
    Type(List, usize, usize, &'static str),
    /// Removes a line.
    Remove(List, usize),
    Rename(&'static str),
    Settle(Setting, &'static str),
    Import(&'static str, &'static str),
    Undo,
    Redo,
}

fn deed() -> impl Strategy<Value = Deed> {
    let list = prop::sample::select(vec![List::Orders, List::Entitlements, List::Sites]);
    let text = prop::sample::select(vec!["2026-05-01", "Aa", "7", "", "\"x\"\ty", "'+47", "PVU", "ü"]);
    prop_oneof![
        6 => (list.clone(), 0..4_usize, 0..6_usize, text).prop_map(|(list, row, column, text)| Deed::Type(list, row, column, text)),
        2 => (list, 0..3_usize).prop_map(|(list, row)| Deed::Remove(list, row)),
        1 => prop::sample::select(vec!["North", "South \"1\"", "ü"]).prop_map(Deed::Rename),
        1 => prop::sample::select(vec!["partition", "server_and_product"]).prop_map(|text| Deed::Settle(Setting::Rounding, text)),
        1 => prop::sample::select(vec![("o.csv", ORDERS), ("l.csv", LEDGER)]).prop_map(|(name, text)| Deed::Import(name, text)),
        4 => Just(Deed::Undo),
        2 => Just(Deed::Redo),
    ]
}

/// Does it as the page would; what came of it, if anything was answered but a refusal.
fn carry_out(session: &mut Session, deed: &Deed) -> Option<Box<State>> {
    let act = |list: List, row: usize, column: usize, action| {
        let query = TableQuery::of(Subject::List(list));
        Request::Act { query, block: CellBlock { rows: (row, row), columns: vec![column] }, action }
    };
    let (request, file) = match deed {
        Deed::Type(list, row, column, text) => (act(*list, *row, *column, TableAction::Type((*text).to_owned())), None),
        Deed::Remove(list, row) => (act(*list, *row, 0, TableAction::Remove), None),
        Deed::Rename(name) => (Request::Edit(Command::Rename((*name).to_owned())), None),
        Deed::Settle(setting, text) => (Request::Set { setting: setting.clone(), text: (*text).to_owned() }, None),
        Deed::Import(name, text) => (Request::Import { names: vec![(*name).to_owned()], replaced: None }, Some(*text)),
        Deed::Undo => (Request::Undo, None),
        Deed::Redo => (Request::Redo, None),
    };
    let (response, _) = ask(session, request, file.as_slice());
    if let Response::State(state) = response { Some(state) } else { None }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_opens_as_what_was_left_and_can_be_undone_as_far(deeds in prop::collection::vec(deed(), 1..60)) {
        let (mut session, mut kept) = (session(), Kept::default());
        for deed in &deeds {
            if let Some(state) = carry_out(&mut session, deed) {
                kept.take(&state);
            }
        }
        if kept.document.is_empty() {
            return Ok(());
        }
        let mut next = self::session();
        let opened = state(&mut next, kept.open(), &[]);
        prop_assert_eq!(&opened.unkept, &Unkept::default());
        prop_assert_eq!(&opened.left_out, &[]);
        prop_assert_eq!(open_in(&mut next), open_in(&mut session));
        // What the opened one offers to undo is what the one before did, in the same order, and so is its keeping.
        let mut undoes = opened.workspace.undoes.clone();
        while undoes.is_some() {
            let (there, here) = (state(&mut next, Request::Undo, &[]), state(&mut session, Request::Undo, &[]));
            prop_assert_eq!(open_in(&mut next), open_in(&mut session));
            kept.take(&there);
            prop_assert_eq!(kept.workspace(), open_in(&mut next));
            prop_assert!(there.workspace.undoes.is_none() || there.workspace.undoes == here.workspace.undoes);
            undoes = there.workspace.undoes;
        }
    }
}

#[test]
fn an_edit_of_a_long_list_is_kept_as_the_edit_alone() {
    let rows: String = (0..5_000).map(|index| format!("2026-03-01,Oslo,D{index},1,100\n")).collect();
    let rows = format!("date,site,part_number,quantity,points\n{rows}");
    let (mut session, mut kept) = (session(), Kept::default());
    kept.take(&state(&mut session, Request::Import { names: vec!["o.csv".to_owned()], replaced: None }, &[&rows]));
    let edit = carry_out(&mut session, &Deed::Type(List::Orders, 4_321, 1, "Bergen")).unwrap();
    let Unkept::Steps(steps) = &edit.unkept else { panic!("the whole list is kept anew") };
    assert!(steps.concat().len() < 300, "{steps:?}");
    kept.take(&edit);
    assert_eq!(kept.workspace(), open_in(&mut session));
}

#[test]
fn a_list_that_was_brought_is_one_step_that_can_be_undone_after_it_was_opened_again() {
    let (mut session, mut kept) = (session(), Kept::default());
    kept.take(&carry_out(&mut session, &Deed::Rename("Northwind")).unwrap());
    let before = open_in(&mut session);
    let import = carry_out(&mut session, &Deed::Import("l.csv", LEDGER)).unwrap();
    assert!(matches!(&import.unkept, Unkept::Steps(steps) if steps.len() == 1), "{:?}", import.unkept);
    kept.take(&import);
    let mut next = self::session();
    let opened = state(&mut next, kept.open(), &[]);
    assert_eq!((open_in(&mut next), opened.workspace.undoes), (open_in(&mut session), import.workspace.undoes));
    let _ = state(&mut next, Request::Undo, &[]);
    assert_eq!(open_in(&mut next), before);
    let _ = state(&mut next, Request::Redo, &[]);
    assert_eq!(open_in(&mut next), open_in(&mut session));
}

#[test]
fn after_many_steps_the_document_is_written_anew_and_two_hundred_can_still_be_undone() {
    let (mut session, mut kept) = (session(), Kept::default());
    let mut whole = 0;
    for index in 0..1_500 {
        let state = state(&mut session, Request::Edit(Command::Rename(format!("name {index}"))), &[]);
        whole += usize::from(matches!(state.unkept, Unkept::Whole { .. }));
        kept.take(&state);
    }
    assert!((5..=9).contains(&whole), "written {whole} times");
    assert!(kept.steps.len() <= 400, "{} steps", kept.steps.len());
    let mut next = self::session();
    let mut undoes = state(&mut next, kept.open(), &[]).workspace.undoes;
    let mut undone = 0;
    while undoes.is_some() {
        undoes = state(&mut next, Request::Undo, &[]).workspace.undoes;
        undone += 1;
    }
    assert_eq!((undone, open_in(&mut next).name.as_str()), (200, "name 1299"));
}

#[test]
fn two_hundred_steps_can_be_undone_of_a_hundred_thousand_lines_also_after_they_were_opened_again() {
    let rows: String = (0..100_000).map(|index| format!("2026-03-01,Oslo,D{index},1,100\n")).collect();
    let rows = format!("date,site,part_number,quantity,points\n{rows}");
    let (mut session, mut kept) = (session(), Kept::default());
    kept.take(&state(&mut session, Request::Import { names: vec!["o.csv".to_owned()], replaced: None }, &[&rows]));
    for index in 0..220 {
        kept.take(&state(&mut session, Request::Edit(Command::Rename(format!("name {index}"))), &[]));
    }
    let mut next = self::session();
    let mut undone = 0;
    let mut undoes = state(&mut next, kept.open(), &[]).workspace.undoes;
    while undoes.is_some() {
        undoes = state(&mut next, Request::Undo, &[]).workspace.undoes;
        let _ = state(&mut session, Request::Undo, &[]);
        undone += 1;
    }
    assert_eq!((undone, open_in(&mut next)), (200, open_in(&mut session)));
}

#[test]
fn steps_that_cannot_be_made_again_are_told_and_kept_and_those_before_them_count() {
    let steps = [r#"{"change":{"rename":"North"}}"#, r#"{"of_a_later_edition":1}"#, r#""undo""#];
    let document = r#"{"name":"","orders":[{"date":"2025-03-01","site":"a","points":"300"}]}"#.to_owned();
    let open =
        Request::Open { document, steps: steps.map(str::to_owned).to_vec(), drafts: String::new(), files: Vec::new() };
    let mut session = session();
    let opened = state(&mut session, open, &[]);
    let told: Vec<_> = opened.left_out.iter().map(|issue| issue.code.as_ref()).collect();
    assert_eq!((opened.workspace.name.as_str(), told), ("North", vec!["steps_unread"]));
    // The next steps would be made after those that cannot be: the document has to be written anew.
    let kept = Kept::of(&opened);
    let again = kept.workspace();
    assert_eq!(again.extra["unread_steps"], serde_json::json!([{"of_a_later_edition": 1}, "undo"]));
    assert_eq!((again.name.as_str(), again.lists.orders.len()), ("North", 1));
}

#[test]
fn steps_are_not_made_on_lists_of_which_a_line_is_missing() {
    let document =
        r#"{"name":"","orders":[{"date":"soon"},{"date":"2025-03-01","site":"a"},{"date":"2025-04-01","site":"b"}]}"#;
    let step = r#"{"change":{"remove_lines":{"list":"orders","indices":[1]}}}"#;
    let open = Request::Open {
        document: document.to_owned(),
        steps: vec![step.to_owned()],
        drafts: String::new(),
        files: Vec::new(),
    };
    let opened = state(&mut session(), open, &[]);
    let told: Vec<_> = opened.left_out.iter().map(|issue| issue.code.as_ref()).collect();
    assert_eq!(told, ["lines_unread", "steps_unread"]);
    assert_eq!(opened.workspace.lines_of(List::Orders), 2, "the step took a line that it did not mean");
    // From now on the line stands apart, and steps are made on the lines that are there.
    let mut kept = Kept::of(&opened);
    kept.steps.push(step.to_owned());
    let again = state(&mut session(), kept.open(), &[]);
    let told: Vec<_> = again.left_out.iter().map(|issue| issue.code.as_ref()).collect();
    assert_eq!((told, again.workspace.lines_of(List::Orders)), (vec!["lines_unread"], 1));
}

#[test]
fn what_the_first_edition_has_written_opens() {
    let opened = envelope::open(include_str!("fixtures/workspaces/version-1.highwater.json"), sha256).unwrap();
    let workspace = opened.workspace;
    assert_eq!((workspace.name.as_str(), workspace.sources.len(), opened.files.len()), ("Northwind", 1, 1));
    let from = highwater::model::day::parse("2026-01-01");
    assert_eq!(workspace.period, PeriodChoice { from, to: None });
    let quantities: Vec<String> =
        workspace.lists.entitlements.iter().map(|line| line.quantity.normalize().to_string()).collect();
    assert_eq!((quantities, workspace.lists.entitlements[0].row), (vec!["1400".to_owned(), "0.5".to_owned()], 2));
    assert_eq!((workspace.lists.orders[0].line, workspace.extra["scenarios"][2].as_u64()), (3, Some(3)));
}

#[test]
fn a_file_with_steps_opens_as_they_leave_it() {
    let mut opened = envelope::open(include_str!("fixtures/workspaces/version-2.highwater.json"), sha256).unwrap();
    let Restored { mut history, issues, .. } = restore(&mut opened.workspace, &opened.steps);
    let workspace = opened.workspace;
    assert_eq!((issues, workspace.name.as_str()), (Vec::new(), "Northwind EMEA"));
    let products: Vec<&str> = workspace.lists.entitlements.iter().map(|line| line.product.as_str()).collect();
    assert_eq!(products, ["IBM MQ", "IBM Db2", "IBM ACE"]);
    assert_eq!((workspace.lists.entitlements[1].quantity, workspace.lists.orders.len()), (70.into(), 1));
    let mut undone = workspace;
    assert!(history.redo(&mut undone) && undone.lists.orders.is_empty());
    // The terminal reads it so, too.
    let mut sources = highwater::work::sources::Sources::default();
    let bytes = include_bytes!("fixtures/workspaces/version-2.highwater.json");
    let limits = highwater::import::Limits::PAGE;
    sources.add("a.highwater.json", bytes, &limits, &mut highwater::import::Unwatched);
    assert_eq!((sources.lists.entitlements.len(), sources.refused), (3, Vec::new()));
}

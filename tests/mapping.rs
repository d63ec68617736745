//! Any spreadsheet comes in: what a table is taken for, what would become of its rows, and what is remembered of it.

use highwater::edit::command::Command;
use highwater::i18n::Language;
use highwater::model::list::List;
use highwater::work::cell::Cell;
use highwater::work::session::Session;
use highwater::work::sources::sha256;
use highwater::work::table::{Subject, TableQuery, TableView};
use highwater::work::{ColumnMatch, Export, MapStep, Mapped, MappedColumn, Request, Response, State};
use proptest::prelude::{prop, proptest};
use proptest::sample::select;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::generated::the_same;
use crate::kept::Kept;

fn session() -> Session {
    Session::new(|_| None, Language::english())
}

fn ask(session: &mut Session, request: Request, files: &[&str]) -> Response {
    let sent = postcard::to_allocvec(&request).unwrap();
    let files = files.iter().map(|text| text.as_bytes().to_vec()).collect();
    let response = session.handle(postcard::from_bytes(&sent).unwrap(), files, &mut |_, _, _| ()).0;
    let received: Response = postcard::from_bytes(&postcard::to_allocvec(&response).unwrap()).unwrap();
    assert_eq!(format!("{response:?}"), format!("{received:?}"), "what arrives is not what was sent");
    response
}

fn state(session: &mut Session, request: Request, files: &[&str]) -> Box<State> {
    let response = ask(session, request, files);
    let Response::State(state) = response else { panic!("no state: {response:?}") };
    state
}

fn drop_in(session: &mut Session, text: &str) -> Box<State> {
    let names = vec!["list.csv".to_owned()];
    state(session, Request::Import { names, replaced: None }, &[text])
}

fn step(session: &mut Session, step: MapStep) -> Box<State> {
    state(session, Request::Map(step), &[])
}

fn query(sheet: Subject) -> TableQuery {
    TableQuery { count: 2_000, ..TableQuery::of(sheet) }
}

fn see(session: &mut Session, sheet: Subject) -> TableView {
    let Response::Table(view) = ask(session, Request::Table(query(sheet)), &[]) else { panic!("no table") };
    *view
}

/// Takes a column for a field, and says what the table would bring then.
fn choose(session: &mut Session, column: usize, field: &str) -> Mapped {
    step(session, MapStep::Field { column, field: Some(field.to_owned()) }).mapping.unwrap()
}

/// Reads a column in a style, and says what the table would bring then.
fn write(session: &mut Session, column: usize, style: &str) -> Mapped {
    step(session, MapStep::Style { column, style: style.to_owned() }).mapping.unwrap()
}

/// The table that waits.
fn waiting(session: &mut Session) -> Mapped {
    state(session, Request::Undo, &[]).mapping.unwrap()
}

fn of_columns<T>(table: &Mapped, of: impl Fn(&MappedColumn) -> T) -> Vec<T> {
    table.columns.iter().map(of).collect()
}

fn headers(table: &Mapped) -> Vec<String> {
    of_columns(table, |column| column.header.clone())
}

fn fields(table: &Mapped) -> Vec<String> {
    of_columns(table, |column| column.field.clone().unwrap_or_default())
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Source(text) => text.clone(),
        Cell::Word(word) => word.to_string(),
        Cell::Number(number) | Cell::Figure(Some(number), _) => number.to_string(),
        Cell::Day(day) => format!("{day:?}"),
        Cell::Said(sentences) => {
            sentences.iter().map(|one| format!("{} {:?}", one.key, one.args)).collect::<Vec<_>>().join("; ")
        }
        Cell::Unknown
        | Cell::Status(_)
        | Cell::Money(..)
        | Cell::Figure(None, _)
        | Cell::Balance(..)
        | Cell::Screen(..) => {
            format!("{cell:?}")
        }
    }
}

fn column(view: &TableView, title: &str) -> Vec<String> {
    let index = view.columns.iter().position(|column| column.title == title).unwrap();
    view.rows[..view.shown].iter().map(|row| text(&row[index])).collect()
}

fn counts(table: &Mapped) -> [usize; 4] {
    [table.added, table.changed, table.known, table.left_out]
}

const UNKNOWN: &str = "Thing;How many;Zzz\nMQ;5;2026-12-31\nDb2;7;\n";

/// A session in which [`UNKNOWN`] waits with all of its columns chosen.
fn with_unknown() -> Session {
    let mut session = session();
    drop_in(&mut session, UNKNOWN);
    for (column, field) in [(0, "product"), (1, "quantity"), (2, "ss_end")] {
        choose(&mut session, column, field);
    }
    session
}

#[test]
fn a_table_of_unknown_headers_waits_until_its_columns_are_chosen() {
    let mut session = session();
    let dropped = drop_in(&mut session, UNKNOWN);
    let waits = dropped.mapping.unwrap();
    assert_eq!((waits.file.as_str(), waits.list, counts(&waits)), ("list.csv", List::Entitlements, [0, 0, 0, 2]));
    assert!(!dropped.workspace.has_content() && dropped.workspace.undoes.is_none());
    assert_eq!(headers(&waits), ["Thing", "How many", "Zzz"]);
    assert_eq!(of_columns(&waits, |column| column.samples.join(" ")), ["MQ Db2", "5 7", "2026-12-31"]);
    assert_eq!((fields(&waits), waits.missing), (vec![String::new(); 3], vec!["quantity".to_owned()]));
    assert!(waits.columns.iter().all(|column| column.found == ColumnMatch::Unmatched && column.styles.is_empty()));
    choose(&mut session, 0, "product");
    let chosen = choose(&mut session, 1, "quantity");
    assert_eq!((counts(&chosen), chosen.missing.len()), ([2, 0, 0, 0], 0));
    let [_, quantity, until] = &chosen.columns[..] else { panic!("three columns") };
    assert_eq!(
        (quantity.style.as_str(), quantity.found, until.found),
        ("plain", ColumnMatch::Chosen, ColumnMatch::Unmatched)
    );
    assert_eq!(quantity.read_as, [Cell::Number(5.into()), Cell::Number(7.into())]);
}

/// What is told of the rows above a header.
fn told_above(state: &State) -> Vec<(Option<u32>, String)> {
    let told = state.left_out.iter().filter(|issue| issue.code == "rows_above_header");
    told.map(|issue| (issue.row, format!("{:?}", issue.args))).collect()
}

#[test]
fn what_is_written_above_a_known_header_is_no_part_of_the_table() {
    let mut session = session();
    let text = "Licences of Northwind, as of 2026\n\nPrepared by;Ada\nPart Number;Quantity;PoE\nD1;5;P-1\nD2;7;P-2\n";
    let taken = drop_in(&mut session, text);
    assert_eq!((taken.mapping.as_ref(), taken.workspace.lines_of(List::Entitlements)), (None, 2));
    let told = told_above(&taken);
    assert_eq!((told.len(), told[0].0), (1, Some(4)), "{told:?}");
}

#[test]
fn an_estate_may_have_a_title_too() {
    let mut session = session();
    let estate = "Estate of Northwind\nserver,processor,sockets,cores,technology,product,metric,from,to\n\
                  a,Intel Xeon Gold 6130,2,8,none,Db2,PVU,2026-01-01,2026-06-30\n";
    drop_in(&mut session, estate);
    let taken = session.assessment();
    assert_eq!(taken.products[0].sub_capacity, Some(8 * 70));
    assert!(taken.issues.iter().any(|issue| issue.code == "rows_above_header"));
}

#[test]
fn the_row_of_the_header_can_be_chosen_and_chosen_again() {
    let mut session = session();
    let waits = drop_in(&mut session, "Licences\nThing;How many;Zzz\nMQ;5;2026-12-31\n").mapping.unwrap();
    assert_eq!((waits.header, counts(&waits)), (2, [0, 0, 0, 1]));
    let higher = step(&mut session, MapStep::Header(1)).mapping.unwrap();
    assert_eq!((higher.header, counts(&higher)), (1, [0, 0, 0, 2]));
    let lower = step(&mut session, MapStep::Header(3)).mapping.unwrap();
    assert_eq!((lower.header, counts(&lower)), (3, [0; 4]));
    assert_eq!(headers(&lower), ["MQ", "5", "2026-12-31"]);
    let Response::Refused(why) = ask(&mut session, Request::Map(MapStep::Header(9)), &[]) else { panic!("taken") };
    assert_eq!(why[0].code, "mapping_without_row");
}

#[test]
fn a_list_of_servers_without_products_waits_for_its_columns() {
    let mut session = session();
    let waits = drop_in(&mut session, "server,processor,sockets,cores\na,IBM POWER9 E980,4,48\n").mapping.unwrap();
    assert_eq!((waits.list, counts(&waits)), (List::Processors, [1, 0, 0, 0]));
}

#[test]
fn an_accepted_table_and_what_is_remembered_of_it_are_one_step() {
    let mut session = with_unknown();
    let preview = see(&mut session, Subject::Preview);
    assert_eq!(column(&preview, "column.becomes"), ["mapping.added", "mapping.added"]);
    assert_eq!(column(&preview, "column.line"), ["2", "3"]);
    assert_eq!(column(&preview, "column.product"), ["MQ", "Db2"]);
    let accepted = step(&mut session, MapStep::Accept);
    assert_eq!((accepted.mapping, accepted.workspace.lines_of(List::Entitlements)), (None, 2));
    assert_eq!(accepted.workspace.lines_of(List::HeaderShapes), 1);
    let name = format!("{:?}", accepted.workspace.undoes.unwrap());
    assert!(name.contains("edit.entitlements"), "{name}");
    let back = state(&mut session, Request::Undo, &[]);
    assert_eq!(back.workspace.lines.iter().sum::<usize>(), 0);
    assert_eq!(state(&mut session, Request::Redo, &[]).workspace.lines_of(List::HeaderShapes), 1);
}

#[test]
fn the_next_table_of_the_same_header_needs_no_choosing() {
    let mut session = with_unknown();
    let kept = Kept::of(&step(&mut session, MapStep::Accept));
    let mut next = self::session();
    state(&mut next, kept.open(), &[]);
    let more = drop_in(&mut next, "Thing;How many;Zzz\nCognos;9;\n");
    assert_eq!((more.mapping, more.workspace.lines_of(List::Entitlements)), (None, 3));
    assert!(more.workspace.has_content());
}

#[test]
fn a_number_that_can_be_read_in_two_ways_is_left_out_until_somebody_says_how() {
    let mut session = session();
    let waits = drop_in(&mut session, "Product\tQty\nMQ\t1.000\nDb2\t2.500\nCognos\t7\n").mapping.unwrap();
    assert_eq!(counts(&waits), [1, 0, 0, 2]);
    let [product, quantity] = &waits.columns[..] else { panic!("two columns") };
    assert_eq!((product.found, quantity.found), (ColumnMatch::Named, ColumnMatch::Ambiguous));
    assert_eq!(
        (quantity.samples.join(" "), quantity.styles.contains(&quantity.style)),
        ("1.000 2.500".to_owned(), false)
    );
    let reasons = column(&see(&mut session, Subject::Preview), "column.reasons");
    assert!(reasons[0].contains("cell_ambiguous") && reasons[2].is_empty(), "{reasons:?}");
    let written = write(&mut session, 1, "decimal_comma");
    assert_eq!((counts(&written), written.columns[1].found), ([3, 0, 0, 0], ColumnMatch::Named));
    assert_eq!(written.columns[1].read_as[..2], [Cell::Number(1_000.into()), Cell::Number(2_500.into())]);
    assert_eq!(column(&see(&mut session, Subject::Preview), "column.quantity"), ["1000", "2500", "7"]);
    step(&mut session, MapStep::Accept);
    assert_eq!(column_of_ledger(&mut session, "column.quantity"), ["1000", "2500", "7"]);
}

fn column_of_ledger(session: &mut Session, title: &str) -> Vec<String> {
    column(&see(session, Subject::List(List::Entitlements)), title)
}

#[test]
fn days_that_can_be_read_in_two_ways_are_read_as_somebody_says() {
    let mut session = session();
    drop_in(&mut session, "Product;Qty;End date\nMQ;1;03/04/2026\n");
    write(&mut session, 2, "month_day_year");
    assert_eq!(column(&see(&mut session, Subject::Preview), "column.ss_end"), ["Some(2026-03-04)"]);
    let before = waiting(&mut session);
    for wrong in [
        MapStep::Style { column: 2, style: "decimal_comma".to_owned() },
        MapStep::Style { column: 0, style: "plain".to_owned() },
        MapStep::Style { column: 99, style: "plain".to_owned() },
        MapStep::Field { column: 2, field: Some("colour".to_owned()) },
        MapStep::Field { column: 99, field: None },
    ] {
        let Response::Refused(why) = ask(&mut session, Request::Map(wrong.clone()), &[]) else { panic!("{wrong:?}") };
        assert_eq!((why[0].code.as_ref(), waiting(&mut session)), ("mapping_without_field", before.clone()));
    }
}

#[test]
fn a_table_whose_columns_would_be_left_out_waits_until_somebody_has_confirmed_that_once() {
    let mut session = session();
    let ledger = |rest: &str| format!("poe,product,quantity,Bemerkung\n{rest}");
    let waits = drop_in(&mut session, &ledger("P1,MQ,10,geprüft\n")).mapping.unwrap();
    let found = of_columns(&waits, |column| column.found);
    assert_eq!((counts(&waits), found[3]), ([1, 0, 0, 0], ColumnMatch::Unmatched));
    let accepted = step(&mut session, MapStep::Accept);
    assert_eq!(accepted.workspace.lines_of(List::HeaderShapes), 1);
    let next = drop_in(&mut session, &ledger("P2,Db2,20,auch\n"));
    assert_eq!((next.mapping, next.workspace.lines_of(List::Entitlements)), (None, 2));
    // What somebody has confirmed can be taken back.
    let remove = Command::RemoveLines { list: List::HeaderShapes, indices: vec![0] };
    state(&mut session, Request::Edit(remove), &[]);
    assert!(drop_in(&mut session, &ledger("P3,Db2,20,auch\n")).mapping.is_some());
}

#[test]
fn a_column_with_nothing_in_it_keeps_no_table_waiting() {
    let mut session = session();
    assert_eq!(drop_in(&mut session, "poe,product,quantity,Bemerkung\nP1,MQ,10,\nP2,Db2,1, \n").mapping, None);
}

const LEDGER: &str = "poe,product,quantity\nP1,MQ,10\nP2,Db2,20\n";

#[test]
fn a_file_that_is_read_again_changes_its_lines_and_says_so_before() {
    let mut session = session();
    assert_eq!(drop_in(&mut session, LEDGER).mapping, None, "all is clear");
    let again = drop_in(&mut session, LEDGER);
    assert_eq!((again.mapping, again.workspace.lines_of(List::Entitlements)), (None, 2));
    let waits = drop_in(&mut session, "poe,product,quantity\nP1,MQ,15\nP2,Db2,20\nP3,Db2,1\n").mapping.unwrap();
    assert_eq!(counts(&waits), [1, 1, 1, 0]);
    let preview = see(&mut session, Subject::Preview);
    assert_eq!(column(&preview, "column.becomes"), ["mapping.changed", "mapping.known", "mapping.added"]);
    let reason = &column(&preview, "column.reasons")[0];
    assert!(reason.contains("column.quantity") && reason.contains("10") && reason.contains("15"), "{reason}");
    let accepted = step(&mut session, MapStep::Accept);
    assert_eq!(accepted.workspace.lines_of(List::HeaderShapes), 0, "its header says it all");
    assert_eq!(column_of_ledger(&mut session, "column.quantity"), ["15", "20", "1"]);
}

/// What the table would change: of which product, from which balance to which.
fn effect(table: &Mapped) -> Vec<(&str, Option<i64>, Option<i64>)> {
    let whole = |balance: Option<Decimal>| balance.and_then(|balance| balance.to_i64());
    let changes = table.effect.changes.iter();
    changes.map(|change| (change.product.as_str(), whole(change.from), whole(change.to))).collect()
}

#[test]
fn what_a_table_would_change_of_the_balances_is_told_before_it_is_imported() {
    let mut session = session();
    // 8 and 4 cores of 70 PVU each.
    drop_in(
        &mut session,
        "server,processor,sockets,cores,technology,product,metric,from,to\n\
         s1,Xeon Gold 6130,2,8,none,MQ,PVU,2026-01-01,2026-01-31\ns2,Xeon Gold 6130,2,4,none,Db2,PVU,2026-01-01,2026-01-31\n",
    );
    let first = drop_in(&mut session, "poe,product,metric,quantity,note\nP1,MQ,PVU,280,?\n,,,many,\n").mapping.unwrap();
    let changes = [("MQ", None, Some(-280)), ("Db2", None, Some(-280))];
    assert_eq!(effect(&first), changes, "nothing was owned before, and what the file names comes first");
    step(&mut session, MapStep::Accept);
    let more = "poe,product,metric,quantity,note\nP1,MQ,PVU,700,?\nP2,Db2,PVU,280,?\nP3,SPSS,PVU,10,?\n";
    let waits = drop_in(&mut session, more).mapping.unwrap();
    let changes = [("Db2", Some(-280), Some(0)), ("MQ", Some(-280), Some(140))];
    assert_eq!(effect(&waits)[..2], changes, "covered before surplus");
    let chosen = step(&mut session, MapStep::List(List::Prices)).mapping.unwrap();
    assert_eq!(effect(&chosen), [], "prices change no balance");
    let back = step(&mut session, MapStep::List(List::Entitlements)).mapping.unwrap();
    assert_eq!(effect(&back)[..2], changes);
    let after = step(&mut session, MapStep::Accept);
    assert_eq!(after.mapping, None);
    assert!(session.position().products.iter().any(|product| product.balance() == Some(Decimal::from(140))));
}

#[test]
fn of_many_balances_that_a_table_would_change_five_are_named_and_the_others_counted() {
    let mut session = session();
    let servers: String =
        (1..9).map(|n| format!("s{n},Xeon Gold 6130,2,{n},none,P{n},PVU,2026-01-01,2026-01-31\n")).collect();
    drop_in(&mut session, &format!("server,processor,sockets,cores,technology,product,metric,from,to\n{servers}"));
    let waits = drop_in(&mut session, "product,metric,quantity,zzz\nP1,PVU,70,?\n").mapping.unwrap();
    assert_eq!((waits.effect.changes.len(), waits.effect.more), (5, 3));
}

#[test]
fn what_a_table_does_not_speak_of_stays_as_it_is() {
    let mut session = session();
    drop_in(&mut session, "poe,product,quantity,environment\nP1,MQ,10,test\n");
    assert_eq!(drop_in(&mut session, "poe,product,quantity\nP1,MQ,10\n").mapping, None);
    drop_in(&mut session, "poe,product,quantity\nP1,MQ,11\n");
    step(&mut session, MapStep::Accept);
    assert_eq!(column_of_ledger(&mut session, "column.environment"), ["test"]);
    assert_eq!(column_of_ledger(&mut session, "column.quantity"), ["11"]);
}

#[test]
fn several_tables_wait_one_after_the_other_and_a_choice_serves_the_next() {
    let mut session = session();
    let names = vec!["a.csv".to_owned(), "b.csv".to_owned()];
    let other = "Thing;How many;Zzz\nCognos;9;\n";
    let waits = state(&mut session, Request::Import { names, replaced: None }, &[UNKNOWN, other]).mapping.unwrap();
    assert_eq!((waits.file.as_str(), waits.behind), ("a.csv", 1));
    choose(&mut session, 0, "product");
    choose(&mut session, 1, "quantity");
    let next = step(&mut session, MapStep::Accept).mapping.unwrap();
    assert_eq!((next.file.as_str(), next.behind, counts(&next)), ("b.csv", 0, [1, 0, 0, 0]));
    assert_eq!(step(&mut session, MapStep::Cancel).mapping, None);
    assert_eq!(column_of_ledger(&mut session, "column.product"), ["MQ", "Db2"]);
    assert!(matches!(ask(&mut session, Request::Map(MapStep::Accept), &[]), Response::Refused(_)));
}

#[test]
fn a_table_can_be_taken_for_another_list() {
    let mut session = session();
    drop_in(&mut session, "who\twhat\te-mail\nAda\tbuyer\ta@b.c\n");
    let contacts = step(&mut session, MapStep::List(List::Contacts)).mapping.unwrap();
    assert_eq!(fields(&contacts), ["", "", "email"]);
    assert!(contacts.fields.contains(&"review_on".to_owned()));
    choose(&mut session, 0, "contact");
    assert_eq!(step(&mut session, MapStep::Accept).workspace.lines_of(List::Contacts), 1);
}

#[test]
fn a_table_of_which_no_line_can_be_used_is_not_taken_and_waits_on() {
    let mut session = session();
    drop_in(&mut session, UNKNOWN);
    let Response::Refused(issues) = ask(&mut session, Request::Map(MapStep::Accept), &[]) else { panic!("taken") };
    assert_eq!(issues[0].code, "mapping_without_lines");
    assert!(state(&mut session, Request::Undo, &[]).mapping.is_some());
}

#[test]
fn a_pasted_text_without_a_known_header_waits_as_well() {
    let mut session = session();
    let names = vec!["pasted text".to_owned()];
    let pasted = "Thing\tHow many\nMQ\t5\n";
    let waits = state(&mut session, Request::Import { names, replaced: None }, &[pasted]).mapping.unwrap();
    assert_eq!(waits.file, "pasted text");
}

#[test]
fn hostile_tables_get_a_sentence_or_wait() {
    let wide = format!("{}\n1\n", vec!["a"; 10_000].join(","));
    for (text, code) in [("one\n1\n2\n", "file_unknown"), (wide.as_str(), "table_too_wide"), ("a,b\n", "")] {
        let names = vec!["list.csv".to_owned()];
        let mut session = session();
        let response = ask(&mut session, Request::Import { names, replaced: None }, &[text]);
        if let Response::Refused(issues) = response {
            assert_eq!(issues[0].code, code);
            continue;
        }
        let Response::State(state) = response else { panic!("{response:?}") };
        assert_eq!((code, state.mapping.map(|table| counts(&table))), ("", Some([0; 4])));
        assert_eq!(see(&mut session, Subject::Preview).all, 0);
        assert!(matches!(ask(&mut session, Request::Map(MapStep::Accept), &[]), Response::Refused(_)));
    }
}

#[test]
fn of_columns_with_one_header_each_can_be_chosen() {
    let mut session = session();
    drop_in(&mut session, "x;x;x\nMQ;5;9\n");
    choose(&mut session, 0, "product");
    choose(&mut session, 2, "quantity");
    let accepted = step(&mut session, MapStep::Accept);
    assert_eq!(column_of_ledger(&mut session, "column.quantity"), ["9"]);
    let mut next = self::session();
    state(&mut next, Kept::of(&accepted).open(), &[]);
    drop_in(&mut next, "x;x;x\nDb2;1;2\n");
    assert_eq!(column_of_ledger(&mut next, "column.quantity"), ["9", "2"]);
}

#[test]
fn nothing_waits_where_there_is_nothing() {
    let mut session = session();
    assert_eq!(see(&mut session, Subject::Preview).all, 0);
    let take = MapStep::Field { column: 0, field: Some("product".to_owned()) };
    assert!(matches!(ask(&mut session, Request::Map(take), &[]), Response::Refused(_)));
}

proptest! {
    #![proptest_config(the_same(60))]

    #[test]
    fn every_row_of_any_table_is_added_changed_known_or_left_out(
        rows in prop::collection::vec(prop::collection::vec(
            select(vec!["", " ", "1.000", "5", "x", "03/04/2026", "2026-01-01", "-1", "\"\"", "yes"]), 0..5), 1..8),
        list in select(List::CONTENT.to_vec()),
        fields in prop::collection::vec(select(vec![0_usize, 1, 2, 3, 4, 5]), 4),
    ) {
        let text = rows.iter().map(|row| row.join(";")).collect::<Vec<_>>().join("\n");
        let mut session = session();
        drop_in(&mut session, "poe,product,quantity\nx,5,5\n");
        let names = vec!["t.csv".to_owned()];
        let Response::State(state) = ask(&mut session, Request::Import { names, replaced: None }, &[&text]) else { return Ok(()) };
        if state.mapping.is_none() {
            return Ok(());
        }
        let known = step(&mut session, MapStep::List(list)).mapping.unwrap().fields;
        for (column, field) in fields.iter().enumerate() {
            let _ = ask(&mut session, Request::Map(MapStep::Field { column, field: known.get(*field).cloned() }), &[]);
        }
        let preview = see(&mut session, Subject::Preview);
        let table = self::state(&mut session, Request::Undo, &[]).mapping.unwrap();
        assert_eq!(counts(&table).iter().sum::<usize>(), preview.all);
        let _ = ask(&mut session, Request::Map(MapStep::Accept), &[]);
    }
}

#[test]
fn a_paper_is_kept_with_its_checksum_and_a_picture_that_calls_itself_a_table_is_none() {
    let mut session = session();
    let import = |name: &str| Request::Import { names: vec![name.to_owned()], replaced: None };
    let Response::State(state) = ask(&mut session, import("PoE \"1\", old.PDF"), &["%PDF-1.7 a proof"]) else {
        panic!()
    };
    assert_eq!((state.workspace.lines_of(List::Papers), state.mapping), (1, None));
    let papers = see(&mut session, Subject::List(List::Papers));
    assert_eq!(column(&papers, "column.paper"), ["PoE \"1\", old.PDF"]);
    assert_eq!(column(&papers, "column.sha256"), [sha256(b"%PDF-1.7 a proof")]);
    let sha256 = sha256(b"%PDF-1.7 a proof");
    assert_eq!(state.added, [(0, sha256.clone())], "its bytes are to be kept");
    let Response::Refused(why) = ask(&mut session, import("again.pdf"), &["%PDF-1.7 a proof"]) else { panic!() };
    assert_eq!(why[0].code, "file_known_already");
    let save = |session: &mut Session| {
        let request = Request::Export(Export::Paper(sha256.clone()));
        let (response, files) = session.handle(request, Vec::new(), &mut |_, _, _| ());
        if let Response::File { name, .. } = response { Some((name, files.concat())) } else { None }
    };
    let kept = Some(("PoE \"1\", old.PDF".to_owned(), b"%PDF-1.7 a proof".to_vec()));
    assert_eq!(save(&mut session), kept);
    // It goes with its line, comes back with it, and is there after the document was opened again, once.
    let remove = Command::RemoveLines { list: List::Papers, indices: vec![0] };
    let Response::State(gone) = ask(&mut session, Request::Edit(remove), &[]) else { panic!() };
    assert_eq!((gone.workspace.sources.len(), save(&mut session)), (0, None));
    let Response::State(back) = ask(&mut session, Request::Undo, &[]) else { panic!() };
    assert_eq!((back.workspace.sources.len(), save(&mut session)), (1, kept.clone()));
    let open = Kept::of(&back).open_with(&[b"%PDF-1.7 a proof".to_vec()]);
    let Response::State(opened) = ask(&mut session, open, &["%PDF-1.7 a proof"]) else { panic!() };
    assert_eq!((opened.workspace.lines_of(List::Papers), opened.refused.len()), (1, 0));
    assert_eq!(save(&mut session), kept);
    ask(&mut session, import("list.csv"), &["product,quantity\nMQ,1\n"]);
    let Response::State(more) = ask(&mut session, import("other.csv"), &["contact,email\nAda,a@b.c\n"]) else {
        panic!()
    };
    assert_eq!((more.workspace.lines_of(List::Papers), more.mapping), (1, None));
    assert!(matches!(
        ask(&mut session, import("proof.csv"), &["%PDF-1.7 a proof"]),
        Response::Refused(_) | Response::State(_)
    ));
}

//! Lists as tables: what is typed, pasted, sorted, filtered and removed, as the page asks for it.

use highwater::i18n::Language;
use highwater::model::list::List;
use highwater::work::cell::Cell;
use highwater::work::session::Session;
use highwater::work::table::{CellBlock, Subject, TableAction, TableQuery, TableView};
use highwater::work::{Question, Request, Response, State};

use crate::kept::Kept;

fn session() -> Session {
    Session::new(
        |name| (name == "parts.csv").then(|| include_str!("../src/rules/parts.csv").to_owned()),
        Language::english(),
    )
}

fn ask(session: &mut Session, request: Request) -> Response {
    session.handle(request, Vec::new(), &mut |_, _, _| ()).0
}

fn orders(sort: Option<(usize, bool)>, filter: &str) -> TableQuery {
    TableQuery { sort, filter: filter.to_owned(), ..TableQuery::of(Subject::List(List::Orders)) }
}

fn see(session: &mut Session, query: TableQuery) -> TableView {
    let Response::Table(view) = ask(session, Request::Table(query)) else { panic!("no table") };
    *view
}

fn fill(session: &mut Session, query: TableQuery, rows: (usize, usize), columns: &[usize], text: &str) -> Response {
    let block = CellBlock { rows, columns: columns.to_vec() };
    ask(session, Request::Act { query, block, action: TableAction::Fill(text.to_owned()) })
}

fn changed(response: Response) -> Box<State> {
    let Response::State(state) = response else { panic!("nothing has changed: {response:?}") };
    state
}

/// The texts of a column, the row for a new line left out.
fn column(view: &TableView, title: &str) -> Vec<String> {
    let index = view.columns.iter().position(|column| column.title == title).unwrap();
    let text = |cell: &Cell| match cell {
        Cell::Text(text) | Cell::Source(text) => text.clone(),
        Cell::Number(number) | Cell::Figure(Some(number), _) => number.to_string(),
        Cell::Day(Some(day)) => day.to_string(),
        Cell::Unknown
        | Cell::Word(_)
        | Cell::Day(None)
        | Cell::Status(_)
        | Cell::Said(_)
        | Cell::Money(..)
        | Cell::Figure(None, _)
        | Cell::Balance(..)
        | Cell::Screen(..) => {
            format!("{cell:?}")
        }
    };
    view.rows[..view.shown.min(view.rows.len())].iter().map(|cells| text(&cells[index])).collect()
}

/// Three orders; the columns are date, site, part, quantity, points and order.
fn with_orders() -> Session {
    let mut session = session();
    let block = "2026-03-01\tOslo\t\t\t100\t\n2026-01-15\tbergen\t\t\t50\t\n2026-02-01\t\t\t\t9\t\n";
    changed(fill(&mut session, orders(None, ""), (0, 0), &[0, 1, 2, 3, 4, 5], block));
    session
}

#[test]
fn a_pasted_block_becomes_lines_and_one_step_of_undo_takes_them_back() {
    let mut session = with_orders();
    let view = see(&mut session, orders(None, ""));
    assert_eq!((view.all, column(&view, "column.points")), (3, vec!["100".into(), "50".into(), "9".into()]));
    let state = changed(ask(&mut session, Request::Undo));
    assert_eq!(state.workspace.lines_of(List::Orders), 0);
}

#[test]
fn a_line_that_is_typed_cell_by_cell_counts_once_it_is_whole() {
    let mut session = session();
    let query = || orders(None, "");
    let state = changed(fill(&mut session, query(), (0, 0), &[1], "Oslo"));
    assert_eq!((state.workspace.lines_of(List::Orders), state.workspace.undoes), (0, None), "it has counted");
    let view = state.table.unwrap();
    assert_eq!((view.all, view.unfinished.len()), (0, 1), "the day is still needed");
    assert_eq!(view.rows[0][1], Cell::Text("Oslo".to_owned()), "what was typed stays in sight");
    let state = changed(fill(&mut session, query(), (0, 0), &[0], "2026-03-01"));
    assert_eq!(state.workspace.lines_of(List::Orders), 1);
    let view = see(&mut session, query());
    assert_eq!((column(&view, "column.site"), view.unfinished), (vec!["Oslo".to_owned()], Vec::new()));
}

#[test]
fn a_line_that_was_begun_in_one_workspace_is_not_found_in_the_next() {
    let mut session = session();
    fill(&mut session, orders(None, ""), (0, 0), &[1], "Oslo");
    changed(ask(
        &mut session,
        Request::Open {
            document: r#"{"name":"another"}"#.to_owned(),
            steps: Vec::new(),
            drafts: String::new(),
            files: Vec::new(),
        },
    ));
    let view = see(&mut session, orders(None, ""));
    assert_eq!((view.rows[0][1].clone(), view.unfinished), (Cell::Text(String::new()), Vec::new()));
}

#[test]
fn a_cell_is_changed_where_the_row_is_shown_and_not_where_it_stands() {
    let mut session = with_orders();
    let by_points = || orders(Some((4, false)), "");
    changed(fill(&mut session, by_points(), (0, 0), &[1], "Voss"));
    let view = see(&mut session, orders(None, ""));
    assert_eq!(column(&view, "column.site"), ["Oslo", "bergen", "Voss"]);
}

#[test]
fn rows_are_sorted_by_value_with_blanks_last_either_way() {
    let mut session = with_orders();
    let mut sites = |turned| column(&see(&mut session, orders(Some((1, turned)), "")), "column.site");
    assert_eq!(sites(false), ["bergen", "Oslo", ""]);
    assert_eq!(sites(true), ["Oslo", "bergen", ""]);
    let points = column(&see(&mut session, orders(Some((4, true)), "")), "column.points");
    assert_eq!(points, ["100", "50", "9"], "numbers are no texts");
}

#[test]
fn a_filter_keeps_the_rows_that_have_all_of_its_words() {
    let mut session = with_orders();
    let view = see(&mut session, orders(None, "2026 BERGEN"));
    assert_eq!((view.all, view.shown, column(&view, "column.points")), (3, 1, vec!["50".to_owned()]));
}

#[test]
fn what_cannot_be_is_told_cell_by_cell_and_changes_nothing() {
    let mut session = with_orders();
    let block = "soon\tOslo\t\t\t7\n2026-05-01\tOslo\t\t\tmany\n";
    let Response::Wrong(cells) = fill(&mut session, orders(None, ""), (1, 1), &[0, 1, 2, 3, 4, 5], block) else {
        panic!("it was taken")
    };
    let indices: Vec<_> = cells.iter().map(|cell| (cell.row, cell.column, cell.why.key.as_ref())).collect();
    assert_eq!(indices, [(1, 0, "issue.cell_day_invalid"), (2, 4, "issue.cell_number_invalid")]);
    assert_eq!(column(&see(&mut session, orders(None, "")), "column.points"), ["100", "50", "9"]);
}

#[test]
fn one_text_fills_the_whole_selection() {
    let mut session = with_orders();
    changed(fill(&mut session, orders(None, ""), (0, 2), &[1], "Voss"));
    assert_eq!(column(&see(&mut session, orders(None, "")), "column.site"), ["Voss", "Voss", "Voss"]);
}

#[test]
fn numbers_of_a_pasted_column_are_read_as_the_whole_column_says() {
    let mut session = with_orders();
    changed(fill(&mut session, orders(None, ""), (0, 0), &[4], "1.000\n2,5\n3"));
    assert_eq!(column(&see(&mut session, orders(None, "")), "column.points"), ["1000", "2.5", "3"]);
}

#[test]
fn copied_cells_are_those_that_are_shown_and_can_be_pasted_again() {
    let mut session = with_orders();
    let query = orders(Some((0, false)), "");
    let block = CellBlock { rows: (0, 1), columns: vec![0, 4] };
    let Response::Text(text) = ask(&mut session, Request::Act { query, block, action: TableAction::Copy }) else {
        panic!()
    };
    assert_eq!(text, "2026-01-15\t50\n2026-02-01\t9");
}

#[test]
fn removed_rows_are_those_that_are_shown() {
    let mut session = with_orders();
    let query = orders(Some((4, false)), "");
    let block = CellBlock { rows: (0, 1), columns: vec![0] };
    changed(ask(&mut session, Request::Act { query, block, action: TableAction::Remove }));
    assert_eq!(column(&see(&mut session, orders(None, "")), "column.points"), ["100"]);
}

#[test]
fn a_window_holds_what_was_asked_for_and_the_row_for_a_new_line_stands_at_the_end() {
    let mut session = with_orders();
    let window = |first, count| TableQuery { first, count, ..orders(None, "") };
    let view = see(&mut session, window(1, 1));
    assert_eq!((view.first, view.rows.len(), column(&view, "column.points")), (1, 1, vec!["50".to_owned()]));
    assert_eq!(see(&mut session, window(2, 10)).rows.len(), 2);
}

#[test]
fn every_list_can_be_typed_into() {
    let mut session = session();
    for list in List::ALL {
        let query = TableQuery::of(Subject::List(list));
        let view = see(&mut session, query.clone());
        assert!(view.columns.iter().all(|column| column.title.starts_with("column.")), "{list:?}");
        assert_eq!((view.all, view.rows.len()), (0, 1), "{list:?}");
    }
}

#[test]
fn what_covers_what_is_kept_as_a_list_and_seen_in_the_position_with_the_unbundled_reading() {
    let mut session = session();
    let estate = "server,processor,sockets,cores,technology,product,metric,from,to\n\
        a,Intel Xeon Gold 6130,2,8,none,FileNet,PVU,2026-01-01,2026-06-30\n\
        a,Intel Xeon Gold 6130,2,8,none,Db2,PVU,2026-01-01,2026-06-30\n";
    let files = [
        ("estate.csv", estate),
        ("rights.csv", "product,metric,quantity\nFileNet,PVU,700\nDb2,PVU,100\nFlex,FlexPoint,500\n"),
        ("supported.csv", "product,principal,counts,reason\nDb2,FileNet,no,its repository\n"),
        ("flexible.csv", "bundle,component,points,metric,quantity\nFlex,Cognos,20,Authorized User,5\n"),
        ("clusters.csv", "cluster,bundle,cores\nc,,10\n"),
        ("red-hat.csv", "product,unit,quantity\nRed Hat OpenShift,core_pair,3\n"),
    ];
    let names = files.iter().map(|(name, _)| (*name).to_owned()).collect();
    let bytes = files.iter().map(|(_, text)| text.as_bytes().to_vec()).collect();
    let import = Request::Import { names, replaced: None };
    changed(session.handle(import, bytes, &mut |_, _, _| ()).0);
    let db2 = session.position().products.iter().find(|one| one.product == "Db2").unwrap();
    // Eight cores at 70 are 560: covered while FileNet is in use, and 460 short if nothing were.
    assert_eq!(db2.covered_by.as_ref().map(|cover| cover.name.as_str()), Some("FileNet"));
    assert_eq!((db2.balance(), db2.unbundled_balance()), (Some(100.into()), Some((-460).into())));
    let quantity = highwater::engine::Quantity::Unbundled;
    let explain = Request::Explain(Question::Product { product: "Db2".to_owned(), metric: "PVU".to_owned(), quantity });
    let Response::Derivation(tree) = ask(&mut session, explain) else { panic!("no derivation") };
    assert_eq!(tree.value, Some((-460).into()));

    let seen = |session: &mut Session| crate::screens::sections(session, highwater::model::screen::Screen::Bundles);
    let sums: Vec<_> = seen(&mut session).iter().map(|section| section.sum.clone()).collect();
    let said = |key: &'static str| highwater::model::message::Message::new(key);
    let pool = said("page.bundles.pool").with("needed", 100_u64).with("entitled", 500_u64);
    assert_eq!(sums, [Some(pool), Some(said("page.bundles.needs_subscriptions").with("cores", 10_u64)), None]);

    // Only the user's own number makes cores of core pairs.
    let terms = highwater::model::bundle::BundleTerms {
        cores_per_core_pair: std::num::NonZeroU32::new(2),
        ..Default::default()
    };
    changed(ask(&mut session, Request::Edit(highwater::edit::command::Command::SetBundleTerms(terms))));
    let last = seen(&mut session).pop().unwrap();
    assert_eq!(last.notes, [said("page.bundles.balance").with("cores", rust_decimal::Decimal::from(-4))]);
    let state = changed(ask(&mut session, Request::Undo));
    assert_eq!(state.workspace.redoes.unwrap().key, "edit.set_bundle_terms");
}

/// A ledger of 100 PVU of MQ, and the allocations as they are shown: product, metric, site, department, quantity, held,
/// left, note.
fn with_rights() -> Session {
    let mut session = session();
    let ledger = b"product,metric,quantity\nMQ,PVU,100\n".to_vec();
    let request = Request::Import { names: vec!["rights.csv".to_owned()], replaced: None };
    changed(session.handle(request, vec![ledger], &mut |_, _, _| ()).0);
    session
}

fn allocations() -> TableQuery {
    TableQuery { subject: Subject::List(List::Allocations), ..orders(None, "") }
}

#[test]
fn an_allocation_that_takes_more_than_is_left_is_refused_in_its_cell() {
    let mut session = with_rights();
    let block = "MQ\t\tParis\tSales\t60\nMQ\tPVU\tOslo\tLabs\t30\n";
    changed(fill(&mut session, allocations(), (0, 0), &[0, 1, 2, 3, 4], block));
    let Response::Wrong(cells) = fill(&mut session, allocations(), (1, 1), &[4], "41") else { panic!("it was taken") };
    assert_eq!((cells.len(), cells[0].row, cells[0].column), (1, 1, 4));
    let why = &cells[0].why;
    assert_eq!((why.key.as_ref(), why.args[0].1.clone()), ("issue.allocation_beyond_left", 40_u32.into()));
    let block = "MQ\tPVU\tBergen\tLabs\t10\nMQ\tPVU\tVoss\tLabs\t1\n";
    let Response::Wrong(cells) = fill(&mut session, allocations(), (2, 2), &[0, 1, 2, 3, 4], block) else { panic!() };
    assert_eq!(cells.iter().map(|cell| cell.row).collect::<Vec<_>>(), [3], "the first line of the block still fits");
    changed(fill(&mut session, allocations(), (1, 1), &[4], "40"));
    let view = see(&mut session, allocations());
    assert_eq!(
        (column(&view, "column.held"), column(&view, "column.left")),
        (vec!["60".into(), "40".into()], vec!["0".into(), "0".to_owned()])
    );
}

#[test]
fn a_second_alias_of_a_name_and_a_circle_are_refused_in_their_cell() {
    let mut session = session();
    let query = || TableQuery { subject: Subject::List(List::Aliases), ..orders(None, "") };
    changed(fill(
        &mut session,
        query(),
        (0, 0),
        &[0, 1, 2],
        "WebSphere MQ\tIBM MQ\trenamed\nOld MQ\tWebSphere MQ\tolder\n",
    ));
    let mut refused = |rows, columns: &[usize], text: &str| {
        let Response::Wrong(cells) = fill(&mut session, query(), rows, columns, text) else {
            panic!("{text} was taken")
        };
        (cells[0].row, cells[0].column, cells[0].why.key.to_string())
    };
    let twice = refused((2, 2), &[0, 1, 2], "Old MQ\tIBM Db2\twrong\n");
    assert_eq!(twice, (2, 1, "issue.alias_twice".to_owned()));
    let circle = refused((0, 0), &[1], "Old MQ");
    assert_eq!(circle, (0, 1, "issue.alias_circle".to_owned()));
    changed(fill(&mut session, query(), (1, 1), &[1], "IBM MQ"));
}

#[test]
fn an_imported_allocation_that_exceeds_is_kept_and_told_and_can_be_made_less() {
    let mut session = with_rights();
    let file = b"product,site,department,quantity\nMQ,Paris,Sales,80\nMQ,Oslo,Labs,50\nmq,Oslo,Labs,1\n".to_vec();
    let request = Request::Import { names: vec!["given.csv".to_owned()], replaced: None };
    changed(session.handle(request, vec![file], &mut |_, _, _| ()).0);
    let told: Vec<_> = session.position().issues.iter().map(|issue| (issue.code.as_ref(), issue.row)).collect();
    assert!(
        told.contains(&("allocation_exceeds", Some(3))) && told.contains(&("allocation_unknown_product", Some(4))),
        "{told:?}"
    );
    let view = see(&mut session, allocations());
    assert_eq!(column(&view, "column.held"), ["80", "20", "Unknown"]);
    changed(fill(&mut session, allocations(), (1, 1), &[4], "30"));
    assert!(session.position().issues.iter().any(|issue| issue.code == "allocation_exceeds"), "it still exceeds");
    changed(fill(&mut session, allocations(), (1, 1), &[4], "20"));
    assert!(session.position().issues.iter().all(|issue| issue.code != "allocation_exceeds"));
}

#[test]
fn what_is_held_of_an_allocation_cannot_be_typed() {
    let mut session = with_rights();
    changed(fill(&mut session, allocations(), (0, 0), &[0, 4, 5], "MQ\t5\t7"));
    let view = see(&mut session, allocations());
    assert_eq!(column(&view, "column.held"), ["5"]);
    assert!(
        view.columns
            .iter()
            .all(|column| column.open != ["column.held", "column.left"].contains(&column.title.as_str()))
    );
}

#[test]
fn a_pasted_list_of_processors_is_rated_at_once() {
    let mut session = session();
    let query = || TableQuery { subject: Subject::List(List::Processors), ..orders(None, "") };
    let block = "Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz\t2\t\t\n\
        IBM POWER9 E980\t4\t40\tAIX\n\
        IBM POWER9 E980\t4\t40\tRed Hat Enterprise Linux\n\
        no such processor\t\t\t\n";
    changed(fill(&mut session, query(), (0, 0), &[0, 1, 2, 3], block));
    let view = see(&mut session, query());
    assert_eq!(column(&view, "column.pvu_per_core"), ["70", "120", "70", "120"]);
    // Two sockets of sixteen cores at 70; the last one counts at the fallback, and nobody knows its cores.
    assert_eq!(column(&view, "column.pvu"), ["2240", "4800", "2800", "Unknown"]);
    assert!(column(&view, "column.rated_by")[1].contains("POWER9"), "{:?}", column(&view, "column.rated_by"));
}

#[test]
fn what_is_owned_and_not_used_is_a_table_with_what_was_paid_for_it() {
    let mut session = session();
    let names = vec!["rights.csv".to_owned()];
    let bytes = vec![b"product,metric,quantity,unit_price,currency\nDb2,PVU,100,30,EUR\nMQ,PVU,10,,\n".to_vec()];
    session.handle(Request::Import { names, replaced: None }, bytes, &mut |_, _, _| ());
    let estate = "server,processor,sockets,cores,technology,product,metric,from,to\n\
                  a,Intel Xeon Gold 6130,2,1,none,Db2,PVU,2026-01-01,2026-06-30\n";
    let import = Request::Import { names: vec!["estate.csv".to_owned()], replaced: None };
    session.handle(import, vec![estate.as_bytes().to_vec()], &mut |_, _, _| ());
    let query = TableQuery::of(Subject::Use);
    let view = see(&mut session, query);
    assert_eq!(column(&view, "column.product"), ["Db2", "MQ"]);
    // One core at 70 of 100: 30 are not used, and 30 of 100 times 3,000.
    assert_eq!(column(&view, "column.unused"), ["30", "10"]);
    assert_eq!(column(&view, "column.paid_for_unused")[0], "900");
    assert!(view.columns.iter().all(|column| !column.open));
}

#[test]
fn each_column_can_be_asked_for_something_else_and_rows_are_those_that_are_all_of_it() {
    let mut session = with_orders();
    let asked = |filters: &[(usize, &str)]| TableQuery {
        column_filters: filters.iter().map(|(column, typed)| (*column, (*typed).to_owned())).collect(),
        ..orders(None, "")
    };
    for (filters, sites) in [
        (vec![(4, ">9")], vec!["Oslo", "bergen"]),
        (vec![(4, ">9"), (0, "<2026-02-01")], vec!["bergen"]),
        (vec![(1, "=")], vec![""]),
        (vec![(1, "<>oslo")], vec!["bergen", ""]),
        (vec![(1, "o"), (4, "100")], vec!["Oslo"]),
        (vec![(0, ">")], vec!["Oslo", "bergen", ""]),
    ] {
        let view = see(&mut session, asked(&filters));
        assert_eq!(
            (column(&view, "column.site"), view.all),
            (sites.iter().map(|site| (*site).to_owned()).collect(), 3),
            "{filters:?}"
        );
    }
}

#[test]
fn the_first_row_of_a_block_fills_those_below_it_and_a_single_one_is_filled_from_above() {
    let mut session = with_orders();
    let down = |session: &mut Session, rows, columns: &[usize]| {
        let block = CellBlock { rows, columns: columns.to_vec() };
        changed(ask(session, Request::Act { query: orders(None, ""), block, action: TableAction::FillDown }));
        let view = see(session, orders(None, ""));
        (column(&view, "column.date"), column(&view, "column.site"), column(&view, "column.points"))
    };
    let texts = |texts: [&str; 3]| texts.map(str::to_owned).to_vec();
    let days = texts(["2026-03-01", "2026-03-01", "2026-03-01"]);
    assert_eq!(
        down(&mut session, (0, 2), &[0, 1]),
        (days.clone(), texts(["Oslo", "Oslo", "Oslo"]), texts(["100", "50", "9"]))
    );
    assert_eq!(down(&mut session, (2, 2), &[4]).2, texts(["100", "50", "50"]));
    changed(ask(&mut session, Request::Undo));
    changed(ask(&mut session, Request::Undo));
    let view = see(&mut session, orders(None, ""));
    assert_eq!(column(&view, "column.site"), texts(["Oslo", "bergen", ""]), "a fill is one step");
}

#[test]
fn what_is_appended_comes_behind_what_stands_in_the_cell_of_the_order_that_was_asked_for() {
    let mut session = with_orders();
    let mut append = |query: TableQuery, row, at, text: &str| {
        let block = CellBlock { rows: (row, row), columns: vec![at] };
        changed(ask(&mut session, Request::Act { query, block, action: TableAction::Append(text.to_owned()) }));
        let view = see(&mut session, orders(None, ""));
        (column(&view, "column.site"), column(&view, "column.points"))
    };
    // By points, 9 comes first: the line whose site is blank.
    let (sites, _) = append(orders(Some((4, false)), ""), 0, 1, "Voss");
    assert_eq!(sites, ["Oslo", "bergen", "Voss"]);
    let (sites, points) = append(orders(None, "bergen"), 0, 4, "7");
    assert_eq!(
        (sites, points),
        (vec!["Oslo".into(), "bergen".into(), "Voss".into()], vec!["100".into(), "507".into(), "9".into()])
    );
}

#[test]
fn what_is_appended_to_a_new_line_is_begun_there() {
    let mut session = with_orders();
    for text in ["Ha", "mar"] {
        let block = CellBlock { rows: (3, 3), columns: vec![1] };
        ask(
            &mut session,
            Request::Act { query: orders(None, ""), block, action: TableAction::Append(text.to_owned()) },
        );
    }
    let view = see(&mut session, orders(None, ""));
    assert_eq!((view.shown, &view.rows[3][1]), (3, &Cell::Text("Hamar".to_owned())));
}

#[test]
fn what_is_filled_down_goes_no_further_than_the_last_line() {
    let mut session = with_orders();
    let block = CellBlock { rows: (1, 9), columns: vec![1] };
    changed(ask(&mut session, Request::Act { query: orders(None, ""), block, action: TableAction::FillDown }));
    let view = see(&mut session, orders(None, ""));
    assert_eq!((view.all, column(&view, "column.site")), (3, vec!["Oslo".into(), "bergen".into(), "bergen".into()]));
}

#[test]
fn a_block_is_summed_over_the_rows_that_are_shown_with_what_is_no_number_left_out() {
    let mut session = with_orders();
    let mut summed = |query: TableQuery, rows, columns: &[usize]| {
        let block = CellBlock { rows, columns: columns.to_vec() };
        let Response::Summary(summary) = ask(&mut session, Request::Summarise { query, block }) else {
            panic!("no sum")
        };
        (summary.filled, summary.numbers, summary.sum.map(|sum| sum.to_string()))
    };
    assert_eq!(summed(orders(None, ""), (0, 2), &[0, 1, 4]), (8, 3, Some("159".to_owned())));
    assert_eq!(summed(orders(Some((4, false)), ""), (0, 1), &[4]), (2, 2, Some("59".to_owned())), "the two smallest");
    assert_eq!(summed(orders(None, "oslo"), (0, 9), &[4]), (1, 1, Some("100".to_owned())), "only what is shown");
    assert_eq!(summed(orders(None, ""), (3, 3), &[4]), (0, 0, Some("0".to_owned())), "the row for a new line");
}

#[test]
fn numbers_that_are_pasted_mean_one_thing_or_are_refused_with_how_to_write_them() {
    let ledger = "product,metric,quantity,unit_price\nMQ,PVU,1,\nDb2,PVU,2,\nX,PVU,3,\n";
    let mut session = Session::new(|_| None, Language::english());
    let import = Request::Import { names: vec!["ledger.csv".to_owned()], replaced: None };
    changed(session.handle(import, vec![ledger.as_bytes().to_vec()], &mut |_, _, _| ()).0);
    let query = TableQuery::of(Subject::List(List::Entitlements));
    let first = see(&mut session, query.clone());
    let at = |title: &str| first.columns.iter().position(|column| column.title == title).unwrap();
    let (quantity, price) = (at("column.quantity"), at("column.unit_price"));
    // Thousands of a country with decimal commas, or fractions; thousands of another one, or fractions of the first.
    for text in ["1.000\n2.500\n8.400", "1,000\n500\n2,500", "1.000", "12,500"] {
        let Response::Wrong(wrong) = fill(&mut session, query.clone(), (0, 0), &[quantity], text) else {
            panic!("{text:?} was taken")
        };
        assert!(wrong.iter().all(|cell| cell.why.key == "issue.typed_ambiguous"), "{text:?}: {wrong:?}");
    }
    // Something in the block tells the others.
    for (text, expected) in [
        ("1.000,5\n2.500\n8.400", ["1000.5", "2500", "8400"]),
        ("1,000.5\n500\n2,500", ["1000.5", "500", "2500"]),
        ("1.5\n2\n1400", ["1.5", "2", "1400"]),
    ] {
        changed(fill(&mut session, query.clone(), (0, 0), &[quantity], text));
        assert_eq!(column(&see(&mut session, query.clone()), "column.quantity"), expected, "{text:?}");
    }
    changed(fill(&mut session, query.clone(), (0, 0), &[quantity, price], "1.400\t12,75\n70\t0,5\n5\t1"));
    let view = see(&mut session, query.clone());
    assert_eq!(column(&view, "column.quantity"), ["1400", "70", "5"]);
    // Prices have thousandths.
    changed(fill(&mut session, query.clone(), (0, 0), &[price], "1.125"));
    assert_eq!(column(&see(&mut session, query), "column.unit_price")[0], "1.125");
}

#[test]
fn lines_that_are_not_whole_are_told_with_each_change_and_stand_below_the_others_when_the_workspace_is_opened_again() {
    let mut session = Session::new(|_| None, Language::english());
    let import = Request::Import { names: vec!["ledger.csv".to_owned()], replaced: None };
    let ledger = b"product,metric,quantity\nMQ,PVU,1\n".to_vec();
    let mut kept = Kept::of(&changed(session.handle(import, vec![ledger], &mut |_, _, _| ()).0));
    let query = TableQuery::of(Subject::List(List::Entitlements));
    let first = see(&mut session, query.clone());
    let at = |title: &str| first.columns.iter().position(|column| column.title == title).unwrap();
    let (product, quantity) = (at("column.product"), at("column.quantity"));
    let drafts_of = |response: Response| {
        let Response::Table(view) = response else { panic!("{response:?}") };
        view.drafts
    };
    let mut drafts = String::new();
    for (row, column, text) in [(1, product, "Db2"), (2, product, "SPSS"), (2, quantity, "many")] {
        let block = CellBlock { rows: (row, row), columns: vec![column] };
        let action = TableAction::Type(text.to_owned());
        let response = ask(&mut session, Request::Act { query: query.clone(), block, action });
        if let Some(told) = drafts_of(response) {
            drafts = told;
        }
    }
    let open = |kept: &Kept, drafts: &str| {
        let mut opened = Session::new(|_| None, Language::english());
        let (document, steps) = (kept.document.clone(), kept.steps.clone());
        changed(ask(&mut opened, Request::Open { document, steps, drafts: drafts.to_owned(), files: Vec::new() }));
        opened
    };
    let rows = |session: &mut Session| {
        let view = see(session, query.clone());
        let text = |row: usize, column: usize| {
            let cell = &view.rows[row][column];
            if let Cell::Text(text) = cell { text.clone() } else { format!("{cell:?}") }
        };
        (
            (1..view.listed).map(|row| (text(row, product), text(row, quantity))).collect::<Vec<_>>(),
            view.unfinished.len(),
        )
    };
    let said = |product: &str, quantity: &str| (product.to_owned(), quantity.to_owned());
    let mut opened = open(&kept, &drafts);
    assert_eq!(rows(&mut opened), rows(&mut session));
    assert_eq!(rows(&mut opened).0, [said("Db2", ""), said("SPSS", "many")]);
    // What is whole is a line of the document, and begun no more.
    let block = CellBlock { rows: (1, 1), columns: vec![quantity] };
    let response =
        ask(&mut opened, Request::Act { query: query.clone(), block, action: TableAction::Type("70".to_owned()) });
    let state = changed(response);
    kept.take(&state);
    let drafts = state.table.as_ref().unwrap().drafts.clone().unwrap();
    assert_eq!(rows(&mut open(&kept, &drafts)).0.last(), Some(&said("SPSS", "many")));
    // What cannot be read, and lists that are not known, are no lines.
    for text in ["", "{", "[]", r#"{"of_later":[{"a":"b"}]}"#] {
        assert_eq!(see(&mut open(&kept, text), query.clone()).listed, 2, "{text}");
    }
}

#[test]
fn a_line_that_is_begun_in_an_empty_workspace_makes_a_document_beside_which_it_is_kept() {
    let mut session = Session::new(|_| None, Language::english());
    let query = TableQuery::of(Subject::List(List::Sites));
    let first = see(&mut session, query.clone());
    let name = first.columns.iter().position(|column| column.title == "column.name").unwrap();
    let block = CellBlock { rows: (0, 0), columns: vec![name] };
    let action = TableAction::Type("Harbour".to_owned());
    let state = changed(ask(&mut session, Request::Act { query: query.clone(), block, action }));
    let kept = Kept::of(&state);
    let drafts = state.table.unwrap().drafts.unwrap();
    assert!(kept.workspace().lists.len(List::Sites) == 0 && drafts.contains("Harbour"), "{drafts}");
    // The next one needs no document of its own.
    let block = CellBlock { rows: (1, 1), columns: vec![name] };
    let action = TableAction::Type("Quay".to_owned());
    let Response::Table(view) = ask(&mut session, Request::Act { query, block, action }) else { panic!("a document") };
    assert!(view.drafts.is_some_and(|drafts| drafts.contains("Quay")));
}

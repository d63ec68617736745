//! Typing into a table against the simplest model of one: every text stands where it was typed, whatever was typed before
//! it, and however the rows are ordered.

use highwater::i18n::Language;
use highwater::model::workspace::List;
use highwater::work::cell::Cell;
use highwater::work::session::Session;
use highwater::work::table::{CellBlock, Subject, TableAction, TableQuery, TableView};
use highwater::work::{Request, Response};
use proptest::prelude::*;

const ORDERS: &str = "date,site,part_number,quantity,points\n2026-03-01,Oslo,D1,1,100\n2026-01-15,Bergen,D2,2,50\n2026-02-01,Voss,D3,3,9\n";

/// A table that does what one expects of it: cells by row and column.
#[derive(Clone, Debug, Default)]
struct Model {
    rows: Vec<Vec<String>>,
}

impl Model {
    fn of(view: &TableView) -> Self {
        Self { rows: view.rows.iter().take(view.listed).map(|row| row.iter().map(text).collect()).collect() }
    }

    fn put(&mut self, row: usize, column: usize, columns: usize, text: &str) {
        self.rows.resize(self.rows.len().max(row + 1), vec![String::new(); columns]);
        text.clone_into(&mut self.rows[row][column]);
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.normalize().to_string(),
        Cell::Day(Some(day)) => day.to_string(),
        Cell::Unknown | Cell::Word(_) | Cell::Day(None) | Cell::Status(_) | Cell::Said(_) | Cell::Figure(..) => {
            String::new()
        }
    }
}

fn query(sort: Option<(usize, bool)>) -> TableQuery {
    TableQuery { sort, ..TableQuery::of(Subject::List(List::Orders)) }
}

fn ask(session: &mut Session, request: Request) -> Response {
    session.handle(request, Vec::new(), &mut |_, _, _| ()).0
}

fn view(session: &mut Session, query: &TableQuery) -> TableView {
    let Response::Table(view) = ask(session, Request::Table(query.clone())) else { panic!("no table") };
    *view
}

fn with_orders() -> Session {
    let mut session = Session::new(|_| None, Language::english());
    let request = Request::Import { names: vec!["orders.csv".to_owned()], replaced: None };
    let (response, _) = session.handle(request, vec![ORDERS.as_bytes().to_vec()], &mut |_, _, _| ());
    assert!(matches!(response, Response::State(_)));
    session
}

/// Types into a cell; whether it was refused.
fn type_into(session: &mut Session, query: &TableQuery, row: usize, column: usize, text: &str) -> bool {
    let block = CellBlock { rows: (row, row), columns: vec![column] };
    let action = TableAction::Type(text.to_owned());
    let response = ask(session, Request::Act { query: query.clone(), block, action });
    if let Response::State(state) = &response {
        assert!(state.table.is_some(), "the table comes with the answer");
    }
    let refused = matches!(response, Response::Wrong(_));
    assert!(refused || matches!(response, Response::State(_) | Response::Table(_)), "{response:?}");
    refused
}

fn names(view: &TableView) -> Vec<&str> {
    view.columns.iter().map(|column| column.title.as_str()).collect()
}

/// A step of typing: a row among those that are there and one below, a column, and a text that fits it, or does not.
fn steps() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    proptest::collection::vec((0..12_usize, 0..5_usize, 0..6_usize), 1..60)
}

const TEXTS: [[&str; 6]; 5] = [
    ["2026-05-01", "2025-12-31", "soon", "", "2026-05-01", "2024-02-29"],
    ["Moss", "a\tb \"c\"", "Aa", "", "Zz", "0"],
    ["D1", "D2", "=1+1", "", "'+47", "D9"],
    ["1", "25", "many", "", "1000", "7"],
    ["1", "2.5", "-", "", "30", "7"],
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_text_stands_where_it_was_typed_and_no_row_moves(
        steps in steps(),
        sort in proptest::option::of((0..5_usize, any::<bool>())),
    ) {
        let (mut session, query) = (with_orders(), query(sort));
        let first = view(&mut session, &query);
        let columns: Vec<usize> = ["date", "site", "part_number", "quantity", "points"]
            .iter()
            .map(|name| names(&first).iter().position(|title| *title == format!("column.{name}")).unwrap())
            .collect();
        let mut model = Model::of(&first);
        let start = model.rows.len();
        for (row, column, text) in steps {
            let row = row.min(model.rows.len());
            let typed = TEXTS[column][text];
            let refused = type_into(&mut session, &query, row, columns[column], typed);
            let seen = view(&mut session, &query);
            // A line that is whole keeps what it had when it is refused; a new one keeps whatever is typed.
            prop_assert!(!refused || row < model.rows.len(), "a new line refuses {typed:?}");
            if !refused {
                model.put(row, columns[column], first.columns.len(), typed);
            }
            prop_assert_eq!(seen.listed, model.rows.len());
            for (index, (row, expected)) in seen.rows.iter().zip(&model.rows).enumerate() {
                let shown: Vec<String> = row.iter().map(self::text).collect();
                prop_assert_eq!(&shown, expected, "row {}", index);
            }
        }
        // What was typed below the last line and has its day is a line of the workspace.
        let whole = model.rows.iter().skip(start).filter(|row| row[columns[0]].starts_with("20"));
        let seen = view(&mut session, &query);
        prop_assert!(seen.all >= start);
        prop_assert!(seen.all <= start + whole.count());
        prop_assert_eq!(seen.rows.last().map(|row| row.iter().all(|cell| text(cell).is_empty())), Some(true));
    }
}

#[test]
fn what_means_nothing_in_a_new_line_stays_as_typed_and_says_why_until_it_is_mended() {
    let (mut session, query) = (with_orders(), query(None));
    type_into(&mut session, &query, 3, 0, "soon");
    type_into(&mut session, &query, 4, 0, "2026-04-01");
    let seen = view(&mut session, &query);
    assert_eq!((text(&seen.rows[3][0]), text(&seen.rows[4][0])), ("soon".to_owned(), "2026-04-01".to_owned()));
    assert_eq!((seen.all, seen.listed, seen.unfinished.len()), (4, 5, 1));
    assert_eq!((seen.unfinished[0].row, seen.unfinished[0].why.key.as_ref()), (3, "issue.cell_day_invalid"));
    type_into(&mut session, &query, 3, 0, "2026-04-02");
    let seen = view(&mut session, &query);
    assert_eq!((seen.all, seen.listed, seen.unfinished.len()), (5, 5, 0));
    assert_eq!(text(&seen.rows[3][0]), "2026-04-02", "it stays in its row");
}

#[test]
fn lines_that_are_not_whole_are_there_after_another_order_and_can_be_removed() {
    let (mut session, plain) = (with_orders(), query(None));
    type_into(&mut session, &plain, 3, 1, "Moss");
    let turned = query(Some((1, true)));
    let seen = view(&mut session, &turned);
    assert_eq!(seen.rows.iter().map(|row| text(&row[1])).collect::<Vec<_>>(), ["Voss", "Oslo", "Bergen", "Moss", ""]);
    let block = CellBlock { rows: (3, 3), columns: vec![0] };
    let action = TableAction::Remove;
    assert!(matches!(ask(&mut session, Request::Act { query: turned.clone(), block, action }), Response::Table(_)));
    assert_eq!(view(&mut session, &turned).listed, 3);
}

#[test]
fn rows_are_found_anew_once_something_else_has_changed_them() {
    let (mut session, query) = (with_orders(), query(Some((1, false))));
    let sites = |view: &TableView| view.rows.iter().map(|row| text(&row[1])).collect::<Vec<_>>();
    assert_eq!(sites(&view(&mut session, &query)), ["Bergen", "Oslo", "Voss", ""]);
    type_into(&mut session, &query, 0, 1, "Zz");
    assert_eq!(sites(&view(&mut session, &query)), ["Zz", "Oslo", "Voss", ""], "no row moves under the hands");
    ask(&mut session, Request::Undo);
    ask(&mut session, Request::Redo);
    assert_eq!(sites(&view(&mut session, &query)), ["Oslo", "Voss", "Zz", ""]);
}

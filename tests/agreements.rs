//! Agreements, at a terminal and as a table of the page.

use crate::terminal::{answer, file, has_keys, out, status};
use highwater::edit::command::Command;
use highwater::i18n::Language;
use highwater::model::screen::Screen;
use highwater::work::cell::Cell;
use highwater::work::session::Session;
use highwater::work::table::{CellBlock, Subject, TableAction, TableQuery, TableView};
use highwater::work::{Request, Response};
use jiff::civil::date;
use serde_json::{Value, json};

const AGREEMENTS: &str = "\
agreement,customer,programme,country,anniversary
A1,Northwind,passport_advantage,NO,2020-04-01
A2,Southwind,passport_advantage,FR,
A3,Eastwind,express,DE,
";
const SITES: &str = "agreement,site,sector\nA1,1,commercial\nA1,2,government\nA2,3,academic\nA3,4,\n";
const ORDERS: &str = "\
date,site,points
2024-05-01,3,700
2026-01-10,1,400
2026-02-10,2,700
2026-03-01,4,9000
2026-03-01,,5
";
const RIGHTS: &str = "agreement,site,product,metric,quantity,ss_end\n,3,MQ,PVU,100,2024-12-31\n";

#[test]
fn agreements_tells_each_with_its_sites_level_anniversary_and_activity() {
    let files = [("a.csv", AGREEMENTS), ("s.csv", SITES), ("o.csv", ORDERS), ("r.csv", RIGHTS)];
    let files = files.map(|(name, text)| file(&format!("agreements-{name}"), text));
    let paths: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
    let arguments = [&["agreements"], paths.as_slice(), &["--on", "2026-12-31", "--json"]].concat();
    let told = answer(&arguments);
    has_keys(&told, &["agreements", "issues"]);
    let row = |number: &str, customer: &str, programme: Value, country: &str, rest: Value| {
        let mut row = rest;
        for (key, value) in [("agreement", json!(number)), ("customer", json!(customer)), ("country", json!(country))] {
            row[key] = value;
        }
        row["programme"] = programme;
        row
    };
    // 1,100 points of A1 earn E in its first term, which ends on 31 March 2026. The last service of A2 ends on 31 December
    // 2024, after its last order: 24 months later is the day that is looked at.
    assert_eq!(
        told["agreements"],
        json!([
            row(
                "",
                "",
                Value::Null,
                "",
                json!({"sites": 0, "anniversary": "2027-03-01", "level": "BL", "points": 5,
                "first_order": "2026-03-01", "last_order": "2026-03-01", "inactive_on": "2028-03-01", "status": "active"})
            ),
            row(
                "A1",
                "Northwind",
                json!("passport_advantage"),
                "NO",
                json!({"sites": 2, "anniversary": "2027-04-01",
                "level": "E", "points": 0, "first_order": "2026-01-10", "last_order": "2026-02-10",
                "inactive_on": "2028-02-10", "status": "active"})
            ),
            row(
                "A2",
                "Southwind",
                json!("passport_advantage"),
                "FR",
                json!({"sites": 1, "anniversary": "2027-05-01",
                "level": "ED", "points": 0, "first_order": "2024-05-01", "last_order": "2024-05-01",
                "inactive_on": "2026-12-31", "status": "inactive"})
            ),
            row(
                "A3",
                "Eastwind",
                json!("express"),
                "DE",
                json!({"sites": 1, "anniversary": null, "level": "BL",
                "points": 9000, "first_order": "2026-03-01", "last_order": "2026-03-01", "inactive_on": null,
                "status": null})
            ),
        ])
    );
    let issues = told["issues"].as_array().unwrap().iter();
    let issues: Vec<_> = issues.map(|issue| json!([issue["code"], issue["severity"], issue["row"]])).collect();
    assert_eq!(issues, [json!(["academic_use", "info", 4]), json!(["agreement_inactive", "warning", 3])]);
    assert_eq!(status(&arguments), 0, "an inactive agreement is no error of the data");
    let said = out(&arguments[..arguments.len() - 1]);
    assert!(said.contains("A2: no order and no active service is known after 2024-12-31"), "{said}");
}

#[test]
fn agreements_looks_at_the_day_of_the_last_order_and_needs_something_to_tell_apart() {
    let orders = file("agreements-orders.csv", "date,points\n2025-03-01,600\n2026-05-01,\n");
    let told = answer(&["agreements", orders.to_str().unwrap(), "--json"]);
    assert_eq!(
        (&told["agreements"][0]["level"], &told["agreements"][0]["anniversary"]),
        (&json!("D"), &json!("2027-03-01"))
    );
    assert_eq!(status(&["agreements", orders.to_str().unwrap()]), 1, "points that are missing are an error");
    let rights = file("agreements-rights.csv", "product,quantity\nMQ,1\n");
    assert_eq!(status(&["agreements", rights.to_str().unwrap()]), 2);
}

fn session() -> Session {
    let mut session = Session::new(|_| None, Language::english());
    let names = ["a.csv", "s.csv", "o.csv"].map(str::to_owned).to_vec();
    let files = [AGREEMENTS, SITES, ORDERS].map(|text| text.as_bytes().to_vec()).to_vec();
    let (response, _) = session.handle(Request::Import { names, replaced: None }, files, &mut |_, _, _| ());
    assert!(matches!(response, Response::State(_)));
    session
}

fn ask(session: &mut Session, request: Request) -> Response {
    session.handle(request, Vec::new(), &mut |_, _, _| ()).0
}

fn query(sort: Option<(usize, bool)>, filter: &str) -> TableQuery {
    let subject = Subject::Agreements { today: Some(date(2026, 12, 31)) };
    TableQuery { sort, filter: filter.to_owned(), ..TableQuery::of(subject) }
}

fn see(session: &mut Session, query: TableQuery) -> TableView {
    let Response::Table(view) = ask(session, Request::Table(query)) else { panic!("no table") };
    *view
}

fn numbers(view: &TableView) -> Vec<String> {
    view.rows.iter().map(|row| if let Cell::Text(text) = &row[0] { text.clone() } else { panic!("{row:?}") }).collect()
}

#[test]
fn the_table_of_agreements_is_sorted_filtered_and_copied_like_a_list() {
    let mut session = session();
    let view = see(&mut session, query(None, ""));
    assert_eq!((numbers(&view), view.all, view.shown), (["", "A1", "A2", "A3"].map(str::to_owned).to_vec(), 4, 4));
    let points = view.columns.iter().position(|column| column.title == "column.points").unwrap();
    assert_eq!(numbers(&see(&mut session, query(Some((points, true)), ""))), ["A3", "", "A1", "A2"]);
    assert_eq!(numbers(&see(&mut session, query(None, "southwind ed"))), ["A2"]);
    let block = CellBlock { rows: (1, 1), columns: vec![0, 3, points] };
    let copy = Request::Act { query: query(None, ""), block, action: TableAction::Copy };
    let Response::Text(text) = ask(&mut session, copy) else { panic!("nothing was copied") };
    assert_eq!(text, "A1\tNO\t0");
}

#[test]
fn the_table_of_agreements_follows_its_day_and_its_lists() {
    let mut session = session();
    let of_day = |session: &mut Session, today| {
        let subject = Subject::Agreements { today };
        see(session, TableQuery { subject, ..query(None, "A1") }).rows[0].clone()
    };
    let first = of_day(&mut session, Some(date(2026, 12, 31)));
    let later = of_day(&mut session, Some(date(2029, 12, 31)));
    assert_ne!(first, later);
    assert_eq!(of_day(&mut session, None)[5], Cell::Day(Some(date(2026, 4, 1))), "the day of the last order");
    let remove = Command::RemoveLines { list: highwater::model::list::List::Orders, indices: vec![1, 2] };
    assert!(matches!(ask(&mut session, Request::Edit(remove)), Response::State(_)));
    assert_ne!(of_day(&mut session, Some(date(2026, 12, 31))), first);
}

#[test]
fn nothing_in_the_table_of_agreements_can_be_changed() {
    let mut session = session();
    let view = see(&mut session, query(None, ""));
    assert!(view.columns.iter().all(|column| !column.open) && view.unfinished.is_empty());
    for action in [TableAction::Clear, TableAction::Remove, TableAction::Fill("x".to_owned())] {
        let block = CellBlock { rows: (0, 4), columns: vec![1] };
        let response = ask(&mut session, Request::Act { query: query(None, ""), block, action });
        assert!(matches!(&response, Response::Wrong(cells) if cells.is_empty()), "{response:?}");
    }
    assert_eq!(see(&mut session, query(None, "")), view);
}

#[test]
fn the_volume_level_warns_of_an_agreement_that_may_be_inactive() {
    let mut session = session();
    let issues = crate::screens::notes(&mut session, Screen::VolumeLevel, Some(date(2026, 12, 31)));
    assert!(issues.iter().any(|issue| issue.code == "agreement_inactive"));
}

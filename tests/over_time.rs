//! The products of the Position screen as the worker sends them: what is needed over time, and the table as it was asked for.

use highwater::i18n::Language;
use highwater::model::message::{Message, Words};
use highwater::model::screen::Screen;
use highwater::work::blocks::Block;
use highwater::work::cell::Cell;
use highwater::work::data_table::{DataRow, DataTable, TableLine};
use highwater::work::drawing::{Chart, Ink, Shape, Share};
use highwater::work::screen_query::ScreenQuery;
use highwater::work::session::Session;
use highwater::work::{Request, Response};

/// A server of 40 cores at 70 PVU. MQ: 8 cores for the first 50 of 100 days, 4 from then on; Db2: 2 cores all the time.
const ESTATE: &str = "server,processor,sockets,cores,region,technology,partition,partition_cores,product,metric,from,to\n\
    a,Intel Xeon Gold 6130,2,40,emea,vmware,vm1,8,IBM MQ,PVU,2026-01-01,2026-02-19\n\
    a,Intel Xeon Gold 6130,2,40,emea,vmware,vm1,4,IBM MQ,PVU,2026-02-20,2026-04-10\n\
    a,Intel Xeon Gold 6130,2,40,emea,vmware,vm2,2,Db2,PVU,2026-01-01,2026-04-10\n";

fn with(files: &[(&str, &str)]) -> Session {
    let mut session = Session::new(|_| None, Language::english());
    for (name, text) in files {
        let request = Request::Import { names: vec![(*name).to_owned()], replaced: None };
        let (response, _) = session.handle(request, vec![text.as_bytes().to_vec()], &mut |_, _, _| ());
        assert!(matches!(response, Response::State(_)), "{response:?}");
    }
    session
}

fn blocks(session: &mut Session, arguments: &[(&str, &str)]) -> Vec<Block> {
    let arguments = arguments.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let query = ScreenQuery { screen: Screen::Position, today: None, arguments };
    let (response, _) = session.handle(Request::Show(query), Vec::new(), &mut |_, _, _| ());
    if let Response::Blocks(blocks) = response { blocks } else { panic!("{response:?}") }
}

fn products(session: &mut Session, arguments: &[(&str, &str)]) -> DataTable {
    let table = |block| if let Block::Data(table) = block { Some(table) } else { None };
    blocks(session, arguments).into_iter().find_map(table).unwrap()
}

fn rows(table: DataTable) -> Vec<DataRow> {
    table.lines.into_iter().filter_map(|line| if let TableLine::Row(row) = line { Some(row) } else { None }).collect()
}

/// What stands below the only row that is open.
fn opened(session: &mut Session, key: &str) -> Vec<Block> {
    rows(products(session, &[("open", key)])).into_iter().find_map(|row| row.detail).unwrap()
}

fn chart(blocks: &[Block]) -> Option<&Chart> {
    blocks.iter().find_map(|block| if let Block::Chart(chart) = block { Some(chart) } else { None })
}

const RIGHTS: &str = "product,metric,quantity\nIBM MQ,PVU,420\nDb2,PVU,200\n";

#[test]
fn a_product_is_seen_with_its_days_its_mark_what_is_entitled_and_what_is_short() {
    let mut session = with(&[("estate.csv", ESTATE), ("rights.csv", RIGHTS)]);
    let below = opened(&mut session, "IBM MQ/PVU");
    let chart = chart(&below).unwrap();
    let shapes = &chart.drawing.shapes;
    // 560 for fifty days, then 280; the scale ends at 630. Nine of 63 are 1,428 hundredths of a per cent.
    let area = |sides: [u16; 4]| Shape::Area(Ink::Third, sides.map(Share));
    assert!(shapes.contains(&area([0, 1_111, 5_000, 8_889])), "{shapes:?}");
    assert!(shapes.contains(&area([5_000, 5_555, 5_000, 4_445])), "{shapes:?}");
    // The mark stays at 560; 420 are entitled; between them it is short from the first day on.
    assert!(shapes.contains(&Shape::Line(Ink::Mark, [0, 10_000, 1_111, 1_111].map(Share))), "{shapes:?}");
    assert!(shapes.contains(&Shape::Line(Ink::Entitled, [0, 10_000, 3_333, 3_333].map(Share))), "{shapes:?}");
    assert!(shapes.contains(&Shape::Area(Ink::Short, [0, 1_111, 10_000, 2_222].map(Share))), "{shapes:?}");
    // The last of the fifty days is 19 February.
    assert!(shapes.contains(&Shape::Ring(Ink::PeakShort, [Share(4_900), Share(1_111)])), "{shapes:?}");
    let words: Vec<&str> = chart.legend.iter().map(|(_, text)| text.key.as_ref()).collect();
    assert!(words.contains(&"page.chart.shortfall") && words.contains(&"page.chart.full_above"), "{words:?}");
}

#[test]
fn what_is_covered_by_another_product_is_not_hatched_as_short() {
    let supporting = "product,principal,counts,reason\nDb2,IBM MQ,no,its store\n";
    let rights = "product,metric,quantity\nIBM MQ,PVU,420\nDb2,PVU,100\n";
    let mut session = with(&[("estate.csv", ESTATE), ("rights.csv", rights), ("supporting.csv", supporting)]);
    let below = opened(&mut session, "Db2/PVU");
    let chart = chart(&below).unwrap();
    assert!(!chart.drawing.shapes.iter().any(|shape| matches!(shape, Shape::Area(Ink::Short, _))));
}

#[test]
fn a_server_whose_cores_nobody_knows_makes_days_unknown_and_never_nothing() {
    let unknown = "server,cores,technology,product,metric,from,to\n\
        a,8,none,Db2,VPC,2026-01-01,2026-04-10\nb,,none,Db2,VPC,2026-02-20,2026-02-20\n";
    let mut session = with(&[("estate.csv", unknown)]);
    let below = opened(&mut session, "Db2/VPC");
    let shapes = &chart(&below).unwrap().drawing.shapes;
    // The 51st of a hundred days.
    let day = Shape::Area(Ink::Unknown, [5_000, 0, 100, 10_000].map(Share));
    assert!(shapes.contains(&day), "{shapes:?}");
    // What was known before is drawn, and the mark ends where it is not known any more.
    let mark = |shape: &&Shape| matches!(shape, Shape::Line(Ink::Mark, _));
    let marks: Vec<_> = shapes.iter().filter(mark).collect();
    assert_eq!(marks.len(), 1, "{marks:?}");
    assert!(matches!(marks[0], Shape::Line(_, [Share(0), Share(5_000), ..])), "{marks:?}");
}

#[test]
fn without_days_the_peak_is_seen_against_what_is_entitled_and_the_picture_says_that_no_days_are_known() {
    let undated = "server,cores,technology,product,metric\na,8,none,Db2,VPC\n";
    let mut session = with(&[("estate.csv", undated), ("rights.csv", "product,metric,quantity\nDb2,VPC,5\n")]);
    let below = opened(&mut session, "Db2/VPC");
    let chart = chart(&below).unwrap();
    assert_eq!(chart.note, Some(Message::new("page.chart.no_days")));
    let finding = Language::english().say(&chart.drawing.finding);
    assert_eq!(finding, "Db2: Sub-capacity 8 VPC at the peak. Entitled: 5; shortfall: 3.");
    // The scale ends at nine: eight are 8,889 hundredths of a per cent of it, five 5,556. Of 72 pixels of height the first
    // bar takes those from 17 to 31.
    let shapes = &chart.drawing.shapes;
    assert!(shapes.contains(&Shape::Area(Ink::Third, [0, 2_361, 8_889, 1_944].map(Share))), "{shapes:?}");
    assert!(shapes.contains(&Shape::Area(Ink::Short, [5_556, 2_361, 3_333, 1_944].map(Share))), "{shapes:?}");
    assert!(shapes.contains(&Shape::Line(Ink::Entitled, [5_556, 5_556, 0, 10_000].map(Share))), "{shapes:?}");
    let table = products(&mut session, &[]);
    assert!(table.columns.iter().all(|column| column.name != "time"), "no empty column");
}

#[test]
fn an_estate_without_days_shows_what_needs_most_and_counts_the_rest() {
    let rows: String = (1..=10).map(|cores| format!("s{cores},{cores},none,P{cores:02},VPC\n")).collect();
    let mut session = with(&[("estate.csv", &format!("server,cores,technology,product,metric\n{rows}"))]);
    let blocks = blocks(&mut session, &[]);
    let chart = chart(&blocks).unwrap();
    let bars = chart.drawing.shapes.iter().filter(|shape| matches!(shape, Shape::Area(Ink::Third, _)));
    assert_eq!(bars.count(), 8);
    assert_eq!(chart.note, Some(Message::new("page.chart.further").with("count", 2_u32)));
    let first = chart
        .drawing
        .shapes
        .iter()
        .find_map(|shape| if let Shape::Label(_, _, words) = shape { Some(words) } else { None });
    assert_eq!(Language::english().say(first.unwrap()), "P10: 10");
}

#[test]
fn without_rights_no_column_and_no_chip_asks_about_them() {
    let mut session = with(&[("estate.csv", ESTATE)]);
    let table = products(&mut session, &[]);
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_ref()).collect();
    assert_eq!(names, ["name", "needed", "time", "full"]);
    assert!(table.states.is_empty() && table.grouped.is_empty());
}

#[test]
fn the_worst_balance_comes_first_and_a_product_is_found_by_its_name() {
    let mut session = with(&[("estate.csv", ESTATE), ("rights.csv", RIGHTS)]);
    let names = |table| rows(table).into_iter().map(|row| plain_name(&row)).collect::<Vec<_>>();
    // MQ is 140 short, Db2 60 over.
    assert_eq!(names(products(&mut session, &[])), ["IBM MQ", "Db2"]);
    assert_eq!(names(products(&mut session, &[("sort", "name"), ("group", "none")])), ["Db2", "IBM MQ"]);
    assert_eq!(names(products(&mut session, &[("find", "db")])), ["Db2"]);
    assert_eq!(names(products(&mut session, &[("state", "shortfall")])), ["IBM MQ"]);
}

#[test]
fn every_number_of_an_open_row_has_a_derivation_that_says_it() {
    let mut session = with(&[("estate.csv", ESTATE), ("rights.csv", RIGHTS)]);
    let mut seen = 0;
    for key in ["IBM MQ/PVU", "Db2/PVU"] {
        let sections = opened(&mut session, key);
        let rows =
            sections.iter().filter_map(|block| if let Block::Table(one) = block { Some(&one.rows) } else { None });
        for cell in rows.flatten().flatten() {
            let (Cell::Figure(value, question) | Cell::Balance(value, question)) = cell else { continue };
            let (response, _) = session.handle(Request::Explain(question.clone()), Vec::new(), &mut |_, _, _| ());
            let Response::Derivation(derivation) = response else { panic!("{question:?}: {response:?}") };
            assert_eq!(derivation.value, *value, "{question:?}");
            seen += 1;
        }
    }
    assert!(seen >= 10, "{seen} numbers");
}

#[test]
fn the_estate_is_one_picture_for_each_metric() {
    let both = format!("{ESTATE}a,Intel Xeon Gold 6130,2,40,emea,vmware,vm2,2,Db2,VPC,2026-01-01,2026-04-10\n");
    let mut session = with(&[("estate.csv", &both)]);
    let charts: Vec<Chart> = blocks(&mut session, &[])
        .into_iter()
        .filter_map(|block| if let Block::Chart(chart) = block { Some(chart) } else { None })
        .collect();
    let [pvu, vpc] = &charts[..] else { panic!("{} charts", charts.len()) };
    // 560 of MQ and 140 of Db2 add up to a mark of 700: the scale ends at 787.5.
    let mark = |chart: &Chart, y: u16| {
        chart.drawing.shapes.contains(&Shape::Line(Ink::Mark, [Share(0), Share(10_000), Share(y), Share(y)]))
    };
    assert!(mark(pvu, 1_111) && mark(vpc, 1_111), "{charts:?}");
}

/// What stands in the name of a row.
fn plain_name(row: &DataRow) -> String {
    let Cell::Text(name) = &row.cells[0].value else { panic!("{row:?}") };
    name.clone()
}

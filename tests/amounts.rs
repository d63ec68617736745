//! Every amount on the screens of money: where it comes from, one press away.

use std::collections::BTreeSet;

use highwater::i18n::Language;
use highwater::model::screen::Screen;
use highwater::work::blocks::{Block, Section, Tile};
use highwater::work::cell::Cell;
use highwater::work::data_table::{DataRow, DataTable, OPEN, TableLine};
use highwater::work::report_view::{ReportView, VIEW};
use highwater::work::screen_query::ScreenQuery;
use highwater::work::session::Session;
use highwater::work::{MapStep, Question, Request, Response};
use jiff::civil::date;
use rust_decimal::Decimal;

/// Two agreements in two currencies, support that runs, support that is over, and a term; what is decided, assumed, quoted
/// and considered; a price that begins later.
const FILES: [(&str, &str); 7] = [
    (
        "ledger.csv",
        "agreement,site,part_number,product,metric,quantity,licence_type,ss_start,ss_end,currency,kind\n\
         A1,Oslo,D1,MQ,PVU,100,perpetual,2025-04-01,2027-03-31,EUR,license\n\
         A1,Rome,D1,MQ,PVU,40,perpetual,2025-04-01,2027-03-31,EUR,license\n\
         A2,Bern,D2,Db2,PVU,10,perpetual,2026-01-01,2027-06-30,USD,license\n\
         A2,Bern,D3,SPSS,PVU,5,perpetual,2024-01-01,2025-12-31,USD,license\n\
         A1,Oslo,T1,Concert,VPC,8,term,2026-05-01,2027-04-30,EUR,\n",
    ),
    (
        "prices.csv",
        "part_number,level,price,currency,valid_from\nD1,BL,50.00,EUR,\nD1,BL,56.00,EUR,2027-01-01\n\
         D2,BL,310.00,USD,\nD3,BL,77.00,USD,\nT1,BL,900.00,EUR,\n",
    ),
    ("decisions.csv", "product,decision,date,quantity\nMQ,reduce,,60\nDb2,lapse,,\n"),
    ("assumed.csv", "name,scope,expected\nreport_currency,,EUR\nfx,USD/EUR,0.9\n"),
    (
        "quote.csv",
        "quote,part_number,description,quantity,amount,currency,ss_start,ss_end\n\
         Q1,D1,MQ,140,1500.00,EUR,2027-04-01,2028-03-31\n",
    ),
    ("ways.csv", "name,benchmark,run_cost,one_time_cost,years,weight,currency\nLeave,800,700,600,3,25,EUR\n"),
    ("orders.csv", "date,site,part_number,quantity,points\n2026-04-02,Oslo,D1,10,310\n"),
];

/// Columns whose amounts no file and no rule stands behind but the row itself: what a file says, and differences of two
/// amounts beside them.
const SAID: [&str; 8] = [
    "column.benchmark",
    "page.quotes.offered",
    "page.quotes.difference",
    "page.renewals.less_or_more",
    "page.reports.price_today",
    "page.reports.price_then",
    "report.unit_price",
    "column.price",
];

fn session() -> Session {
    let mut session = Session::new(|_| None, Language::english());
    let names = FILES.map(|(name, _)| name.to_owned()).to_vec();
    let bytes = FILES.map(|(_, text)| text.as_bytes().to_vec()).to_vec();
    let (response, _) = session.handle(Request::Import { names, replaced: None }, bytes, &mut |_, _, _| ());
    if matches!(response, Response::State(state) if state.mapping.is_some()) {
        session.handle(Request::Map(MapStep::Accept), Vec::new(), &mut |_, _, _| ());
    }
    session
}

fn shown(session: &mut Session, screen: Screen, arguments: Vec<(String, String)>) -> Vec<Block> {
    let query = ScreenQuery { screen, today: Some(date(2026, 11, 28)), arguments };
    let (response, _) = session.handle(Request::Show(query), Vec::new(), &mut |_, _, _| ());
    let Response::Blocks(blocks) = response else { panic!("{response:?}") };
    blocks
}

/// The amount of a tile, which has its question beside it.
fn amount_of(tile: &Tile) -> Cell {
    if let Cell::Money(amount, None) = &tile.amount {
        Cell::Money(*amount, tile.question.clone().map(Box::new))
    } else {
        tile.amount.clone()
    }
}

/// The amounts of blocks, each with where it stands and with its question.
fn amounts(blocks: &[Block]) -> Vec<(String, Cell)> {
    let of_section = |section: &Section| -> Vec<(String, Cell)> {
        let cells = section.rows.iter().flat_map(|row| section.columns.iter().zip(row));
        cells.map(|((column, _), cell)| (column.to_string(), cell.clone())).collect()
    };
    let of_table = |table: &DataTable| -> Vec<(String, Cell)> {
        let rows = table.lines.iter().filter_map(|line| if let TableLine::Row(row) = line { Some(row) } else { None });
        let of_row = |row: &DataRow| {
            let cells = table.columns.iter().zip(&row.cells);
            let own: Vec<_> = cells.map(|(column, cell)| (column.label.to_string(), cell.value.clone())).collect();
            [own, amounts(row.detail.as_deref().unwrap_or_default())].concat()
        };
        rows.flat_map(of_row).collect()
    };
    let found = blocks.iter().flat_map(|block| match block {
        Block::Table(section) => of_section(section),
        Block::Data(table) => of_table(table),
        Block::Tiles(tiles) => tiles.tiles.iter().map(|tile| (tile.title.to_string(), amount_of(tile))).collect(),
        Block::WeakEvidence(_)
        | Block::Form(_)
        | Block::Entry(_)
        | Block::Chart(_)
        | Block::Notes(_)
        | Block::Issues(_)
        | Block::Lists(_)
        | Block::Files(_)
        | Block::Note(_)
        | Block::Way(..) => Vec::new(),
    });
    found.filter(|(_, cell)| matches!(cell, Cell::Money(Some(_), _))).collect()
}

/// The keys of the rows that open.
fn keys(blocks: &[Block]) -> Vec<String> {
    let tables = blocks.iter().filter_map(|block| if let Block::Data(table) = block { Some(table) } else { None });
    let lines = tables.flat_map(|table| &table.lines);
    lines.filter_map(|line| if let TableLine::Row(row) = line { Some(row.key.clone()) } else { None }).collect()
}

fn explained(session: &mut Session, question: &Question) -> Option<Decimal> {
    let (response, _) = session.handle(Request::Explain(question.clone()), Vec::new(), &mut |_, _, _| ());
    let Response::Derivation(why) = response else { panic!("{question:?} has no derivation") };
    why.value
}

#[test]
fn every_amount_that_is_calculated_for_a_renewal_opens_a_derivation_that_ends_in_it() {
    let mut session = session();
    let mut blocks = shown(&mut session, Screen::Renewals, Vec::new());
    for key in keys(&blocks) {
        blocks.extend(shown(&mut session, Screen::Renewals, vec![(OPEN.to_owned(), key)]));
    }
    for view in ReportView::ALL {
        blocks.extend(shown(&mut session, Screen::Reports, vec![(VIEW.to_owned(), view.name().to_owned())]));
    }
    let mut columns = BTreeSet::new();
    for (column, cell) in amounts(&blocks) {
        let Cell::Money(Some(amount), question) = cell else { continue };
        match question {
            Some(question) => assert_eq!(explained(&mut session, &question), Some(amount), "{column}: {question:?}"),
            None => assert!(SAID.contains(&column.as_str()), "{column}: {amount} opens nothing"),
        }
        columns.insert(column);
    }
    // The screens have what this test is about.
    for column in [
        "page.renewals.next",
        "page.renewals.decided",
        "page.renewals.all_years",
        "page.renewals.next_year",
        "page.renewals.expected",
        "page.alternatives.anchor",
        "page.alternatives.walk_away",
        "page.alternatives.renewed",
        "page.alternatives.decided",
        "page.alternatives.alternative",
        "page.reports.next_coverage",
        "page.reports.charged_by_it",
        "page.reports.reinstatement",
        "report.amount",
    ] {
        assert!(columns.contains(column), "{column} has no amount: {columns:?}");
    }
}

//! The screen of reports: the proposal with what is written on it, and what resellers report.

use highwater::i18n::Language;
use highwater::model::screen::Screen;
use highwater::report::{ReportCell, ReportSheet};
use highwater::work::blocks::{Block, Form, Section};
use highwater::work::cell::Cell;
use highwater::work::report_view::{ReportView, VIEW};
use highwater::work::screen_query::ScreenQuery;
use highwater::work::session::Session;
use highwater::work::{Export, MapStep, Request, Response, Setting};
use jiff::civil::date;

const LEDGER: &str = "agreement,site,part_number,product,metric,quantity,ss_end,currency,kind,licence_type\n\
    A1,Oslo,E1,MQ,PVU,100,2027-03-31,EUR,renewal,\n\
    A1,Bergen,E2,Db2,PVU,10,2027-05-27,EUR,renewal,\n\
    A1,Bergen,E2,Later,PVU,10,2027-05-28,EUR,renewal,\n\
    A2,Rome,D1,Old,PVU,20,2025-06-30,EUR,license,perpetual\n\
    A2,Rome,S1,Cloud,VPC,5,2027-09-30,EUR,license,subscription\n";
const PRICES: &str = "part_number,level,price,currency,valid_from\n\
    E1,BL,10.00,EUR,2026-01-01\nE1,BL,12.50,EUR,2027-01-01\nD1,BL,50.00,EUR,2026-01-01\n";
const ORDERS: &str = "date,site,order,part_number,quantity,points\n\
    2026-05-01,Oslo,O-1,E1,3,300\n2026-06-01,Oslo,O-2,E2,1,100\n";
const SITES: &str = "site,agreement,country\nOslo,A1,Norway\nBergen,A1,Norway\nRome,A2,Italy\n";

fn session() -> Session {
    let mut session = Session::new(|_| None, Language::english());
    for (name, text) in [("ledger.csv", LEDGER), ("prices.csv", PRICES), ("orders.csv", ORDERS), ("sites.csv", SITES)] {
        let import = Request::Import { names: vec![name.to_owned()], replaced: None };
        let (response, _) = session.handle(import, vec![text.as_bytes().to_vec()], &mut |_, _, _| ());
        if matches!(response, Response::State(state) if state.mapping.is_some()) {
            session.handle(Request::Map(MapStep::Accept), Vec::new(), &mut |_, _, _| ());
        }
    }
    session
}

fn query(view: ReportView, more: &[(&str, &str)]) -> ScreenQuery {
    let all = std::iter::once((VIEW, view.name())).chain(more.iter().copied());
    let arguments = all.map(|(name, text)| (name.to_owned(), text.to_owned()));
    ScreenQuery { screen: Screen::Reports, today: Some(date(2026, 11, 28)), arguments: arguments.collect() }
}

fn show(session: &mut Session, view: ReportView, more: &[(&str, &str)]) -> Vec<Block> {
    let (response, _) = session.handle(Request::Show(query(view, more)), Vec::new(), &mut |_, _, _| ());
    let Response::Blocks(blocks) = response else { panic!("{response:?}") };
    blocks
}

fn tables(blocks: &[Block]) -> Vec<&Section> {
    blocks.iter().filter_map(|block| if let Block::Table(section) = block { Some(section) } else { None }).collect()
}

fn report(view: ReportView) -> Vec<Section> {
    tables(&show(&mut session(), view, &[])).into_iter().cloned().collect()
}

/// A cell as it would be told.
fn told(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Day(Some(day)) => day.to_string(),
        Cell::Number(number) | Cell::Money(Some(number), _) => number.to_string(),
        Cell::Word(key) => key.to_string(),
        Cell::Unknown
        | Cell::Source(_)
        | Cell::Day(_)
        | Cell::Status(_)
        | Cell::Said(_)
        | Cell::Figure(..)
        | Cell::Money(..)
        | Cell::Screen(..)
        | Cell::Balance(..) => "-".to_owned(),
    }
}

/// These columns of all rows.
fn columns<const N: usize>(section: &Section, keys: [&str; N]) -> Vec<[String; N]> {
    let places = keys.map(|key| section.columns.iter().position(|(known, _)| known == key).expect(key));
    section.rows.iter().map(|row| places.map(|place| told(&row[place]))).collect()
}

fn set(session: &mut Session, setting: Setting, text: &str) {
    let (response, _) = session.handle(Request::Set { setting, text: text.to_owned() }, Vec::new(), &mut |_, _, _| ());
    assert!(matches!(response, Response::State(_)), "{response:?}");
}

fn fields(blocks: &[Block]) -> Vec<String> {
    let Some(Block::Form(Form { fields, .. })) = blocks.first() else { panic!("no form") };
    fields.iter().map(|field| field.value.clone()).collect()
}

#[test]
fn number_and_validity_of_a_proposal_are_kept_with_the_estate_and_undone_one_by_one() {
    let mut session = session();
    let shown = |session: &mut Session| fields(&show(session, ReportView::Proposal, &[]));
    assert_eq!(shown(&mut session), ["", "", "2027", ""]);
    set(&mut session, Setting::ProposalNumber, " P-7 ");
    set(&mut session, Setting::ProposalValidUntil, "2026-12-31");
    assert_eq!(shown(&mut session), ["P-7", "2026-12-31", "2027", ""]);
    session.handle(Request::Undo, Vec::new(), &mut |_, _, _| ());
    assert_eq!(shown(&mut session), ["P-7", "", "2027", ""]);
    session.handle(Request::Undo, Vec::new(), &mut |_, _, _| ());
    assert_eq!(shown(&mut session), ["", "", "2027", ""]);
}

#[test]
fn a_proposal_is_of_the_year_and_the_agreement_that_are_chosen() {
    let mut session = session();
    let mut parts = |arguments: &[(&str, &str)]| {
        let blocks = show(&mut session, ReportView::Proposal, arguments);
        let charges =
            tables(&blocks).into_iter().filter(|one| one.columns.iter().any(|(key, _)| key == "report.unit_price"));
        charges.flat_map(|one| columns(one, ["column.part_number", "report.amount"])).collect::<Vec<_>>()
    };
    let said = |part: &str, amount: &str| [part.to_owned(), amount.to_owned()];
    // The first order makes 1 May the anniversary: 100 x 12.50 for one month of twelve, then for a year.
    assert_eq!(
        parts(&[("agreement", "=A1")]),
        [said("E2", "-"), said("E2", "-"), said("E1", "104.17"), said("E1", "1250.00")]
    );
    assert_eq!(parts(&[("agreement", "=A2")]), [said("S1", "-")]);
    assert!(parts(&[("agreement", "=A1"), ("year", "2026")]).is_empty());
}

#[test]
fn a_hundred_and_eighty_days_ahead_the_last_day_is_in_and_the_next_one_is_not() {
    // 28 November and 180 days are 27 May.
    let [section] = report(ReportView::Ahead).try_into().unwrap();
    let next = ["page.reports.next_until", "page.reports.next_coverage"];
    let rows = columns(&section, ["page.renewals.ends", "column.product", next[0], next[1]]);
    let said = |row: [&str; 4]| row.map(str::to_owned);
    // The anniversary is 1 May: one month of twelve.
    assert_eq!(rows[0], said(["2027-03-31", "MQ", "2027-04-30", "104.17"]));
    assert_eq!(
        (rows.len(), &rows[1][..2], rows[1][3].as_str()),
        (2, &["2027-05-27", "Db2"].map(str::to_owned)[..], "-")
    );
}

#[test]
fn opportunities_are_support_that_has_lapsed_and_levels_within_reach_with_what_they_take() {
    let [lapsed, levels] = report(ReportView::Opportunities).try_into().unwrap();
    // Reinstating costs 60 % of the licence: 20 x 50.00 x 0.6.
    let rows = columns(&lapsed, ["column.product", "page.reports.lapsed_on", "page.reports.reinstatement"]);
    assert_eq!(rows, [["Old", "2025-06-30", "600.00"].map(str::to_owned)]);
    // 400 points; level D begins at 500.
    let rows = columns(
        &levels,
        ["column.agreement", "column.level", "page.reports.next_level", "page.reports.points_missing"],
    );
    assert_eq!(rows, [["A1", "BL", "D", "100"].map(str::to_owned)]);
}

#[test]
fn the_history_of_orders_has_each_order_and_each_line_the_last_one_first() {
    let [short, detailed] = report(ReportView::Orders).try_into().unwrap();
    let said = |row: [&str; 3]| row.map(str::to_owned);
    let rows = columns(&short, ["column.date", "column.agreement", "column.points"]);
    assert_eq!(rows, [said(["2026-06-01", "A1", "100"]), said(["2026-05-01", "A1", "300"])]);
    let rows = columns(&detailed, ["column.order", "column.part_number", "column.quantity"]);
    assert_eq!(rows, [said(["O-2", "E2", "1"]), said(["O-1", "E1", "3"])]);
}

#[test]
fn each_customer_has_its_sites_its_lines_in_force_and_what_is_known_of_its_next_year() {
    let [section] = report(ReportView::Customers).try_into().unwrap();
    let keys =
        ["column.agreement", "report.sites", "page.reports.active_lines", "report.amount", "page.renewals.not_known"];
    let said = |row: [&str; 5]| row.map(str::to_owned);
    assert_eq!(columns(&section, keys), [said(["A1", "2", "3", "1354.17", "2"]), said(["A2", "1", "1", "-", "1"])]);
}

#[test]
fn a_price_that_begins_later_is_told_with_its_percent_and_the_charges_that_have_it() {
    let [section] = report(ReportView::PriceNotices).try_into().unwrap();
    let keys = ["column.part_number", "page.reports.price_today", "page.reports.price_then", "report.percent"];
    // 2.50 of 10.00.
    assert_eq!(columns(&section, keys), [["E1", "10.00", "12.50", "25"].map(str::to_owned)]);
    assert_ne!(columns(&section, ["page.reports.charged_by_it"]), [["page.reports.no_charge".to_owned()]]);
}

#[test]
fn licences_for_a_term_are_told_and_what_nobody_measures_is_not_taken_for_covered() {
    let [terms] = report(ReportView::Terms).try_into().unwrap();
    let rows = columns(&terms, ["column.product", "column.licence_type", "page.renewals.ends"]);
    assert_eq!(rows, [["Cloud", "subscription", "2027-09-30"].map(str::to_owned)]);
    let [overage] = report(ReportView::Overage).try_into().unwrap();
    let rows = columns(&overage, ["column.product", "report.entitled", "page.reports.above"]);
    assert_eq!(rows, [["Cloud", "5", "page.not_known"].map(str::to_owned)]);
}

#[test]
fn without_a_ledger_each_report_says_what_is_missing() {
    let mut session = Session::new(|_| None, Language::english());
    for view in ReportView::ALL {
        let blocks = show(&mut session, view, &[]);
        assert!(matches!(blocks.as_slice(), [Block::Note(_)]), "{view:?}: {blocks:?}");
        let (response, _) =
            session.handle(Request::Export(Export::ReportCsv(query(view, &[]))), Vec::new(), &mut |_, _, _| ());
        assert!(matches!(response, Response::Refused(_)), "{view:?}: {response:?}");
    }
}

#[test]
fn a_report_leaves_with_the_rows_that_the_page_shows_and_says_what_is_not_known() {
    let mut session = session();
    let export = Request::Export(Export::ReportXlsx(query(ReportView::Ahead, &[])));
    let (response, bytes) = session.handle(export, Vec::new(), &mut |_, _, _| ());
    assert!(matches!(response, Response::Workbook { name } if name == "highwater-180-days.xlsx"));
    let sheets: Vec<ReportSheet> = postcard::from_bytes(&bytes[0]).unwrap();
    let table = &sheets[0].tables[0];
    assert_eq!((table.title.as_str(), table.rows.len()), ("180 days ahead", 2));
    assert_eq!(table.rows[0][0], ReportCell::Day(date(2027, 3, 31)));
    assert_eq!(table.rows[1].last(), Some(&ReportCell::Unknown("not known".to_owned())));
    let export = Request::Export(Export::ReportCsv(query(ReportView::Orders, &[])));
    let (_, bytes) = session.handle(export, Vec::new(), &mut |_, _, _| ());
    let text = String::from_utf8(bytes.concat()).unwrap();
    assert!(text.contains("O-2") && text.contains("Level found"), "{text}");
}

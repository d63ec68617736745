//! Numbers in tables that the worker fills: each explains itself.

use highwater::edit::command::Command;
use highwater::i18n::Language;
use highwater::model::bound::Bound;
use highwater::model::bundle::{BundleTerms, Rounding};
use highwater::model::derivation::{Derivation, Operation, Unit};
use highwater::model::list::List;
use highwater::model::money::Currency;
use highwater::model::screen::Screen;
use highwater::work::blocks::{Block, Section, Tile};
use highwater::work::cell::Cell;
use highwater::work::session::Session;

use crate::screens::{sections, shown_on};
use highwater::work::{ChargePlace, ChargeScope, Quantity, Question, RenewalFigure, Request, Response};

const PARTS: &str = "bundle,version,component,environment,metric,quantity
IBM Cloud Pak for Integration,,IBM MQ Advanced,production,VPC,24
IBM Cloud Pak for Integration,,IBM MQ Advanced,non_production,VPC,9
IBM Cloud Pak for Integration,,IBM App Connect Enterprise,production,VPC,6
IBM Cloud Pak for Integration,,IBM App Connect Enterprise,production,VPC,1
IBM Cloud Pak for Applications,,IBM WebSphere Application Server,production,VPC,4
";

const ORDERS: &str = "date,site,part_number,quantity,points
2025-03-11,London,D1,10,640
2026-04-02,London,D1,10,310
";

fn ask(session: &mut Session, request: Request, files: &[&str]) -> Response {
    let bytes = files.iter().map(|text| text.as_bytes().to_vec()).collect();
    session.handle(request, bytes, &mut |_, _, _| ()).0
}

fn session() -> Session {
    let mut session = Session::new(
        |name| (name == "parts.csv").then(|| include_str!("../src/rules/parts.csv").to_owned()),
        Language::english(),
    );
    let names = vec!["parts.csv".to_owned(), "orders.csv".to_owned()];
    ask(&mut session, Request::Import { names, replaced: None }, &[PARTS, ORDERS]);
    session
}

/// Asks how every number of the tables comes about: each value is the number that stands there.
fn all_explained(session: &mut Session, sections: Vec<Section>) -> usize {
    let cells = sections.into_iter().flat_map(|section| section.rows).flatten();
    let figures: Vec<_> = cells
        .filter_map(|cell| if let Cell::Figure(number, question) = cell { Some((number, question)) } else { None })
        .collect();
    for (number, question) in &figures {
        let Response::Derivation(why) = ask(session, Request::Explain(question.clone()), &[]) else {
            panic!("{question:?} has no derivation")
        };
        assert_eq!(why.value, *number, "{question:?}");
    }
    figures.len()
}

#[test]
fn every_contribution_to_a_bundle_and_every_total_has_its_derivation_however_it_is_rounded() {
    let mut session = session();
    for rounding in Rounding::ALL {
        let terms = BundleTerms { rounding, ..BundleTerms::default() };
        ask(&mut session, Request::Edit(Command::SetBundleTerms(terms)), &[]);
        let tables = sections(&mut session, Screen::Bundles);
        // Four components in two bundles; the bundle of several has a total.
        assert_eq!(all_explained(&mut session, tables), 5);
    }
}

#[test]
fn the_points_of_every_term_have_their_derivation() {
    let mut session = session();
    let blocks = shown_on(&mut session, Screen::VolumeLevel, None);
    let tiles = blocks.iter().find_map(|block| if let Block::Tiles(tiles) = block { Some(tiles) } else { None });
    let opens =
        |tile: &Tile| matches!(&tile.question, Some(Question::Term { start, .. }) if start.to_string() == "2026-04-01");
    assert!(tiles.is_some_and(|tiles| tiles.tiles.len() == 3 && tiles.tiles.iter().all(opens)));
    let tables = sections(&mut session, Screen::VolumeLevel);
    assert_eq!(all_explained(&mut session, tables), 2);
}

#[test]
fn an_amount_of_a_forecast_opens_its_price_row_index_and_proration() {
    let mut session = session();
    let lists = [
        (
            "rights.csv",
            "agreement,site,part_number,product,metric,quantity,ss_start,ss_end,currency,kind\n\
            A,S,E9,IBM Concert,PVU,7,2026-03-01,2027-02-28,EUR,renewal\n",
        ),
        ("prices9.csv", "part_number,level,price,currency,valid_from\nE9,BL,1270,EUR,2026-01-01\n"),
        ("assumed.csv", "name,scope,expected,reason\nuplift,,6,as offered\nanniversary,agreement:A,2027-07-01,\n"),
    ];
    for (name, text) in lists {
        let import = Request::Import { names: vec![name.to_owned()], replaced: None };
        assert!(matches!(ask(&mut session, import, &[text]), Response::State(_)), "{name}");
    }
    let explained = |session: &mut Session, figure| {
        let on = "2026-11-27".parse().unwrap();
        let question = Question::Renewal { figure, bound: Bound::Expected, on, years: 1 };
        let Response::Derivation(why) = ask(session, Request::Explain(question), &[]) else { panic!("no derivation") };
        why
    };
    // Semantics of money, 5.4: 1,270 x 1.06 x 7 x 4/12.
    let total = RenewalFigure::Total { currency: Currency::of("EUR"), year: Some(2027), of: ChargeScope::All };
    let amounts = explained(&mut session, total).children;
    let amount = amounts.iter().find(|amount| amount.value == "3141.13".parse().ok()).expect("the charge");
    assert_eq!(amount.unit, Unit::Money(Currency::of("EUR")));
    let [price, units, months] = amount.children.as_slice() else { panic!("{amount:#?}") };
    let [row, index] = price.children.as_slice() else { panic!("{price:#?}") };
    let cells = |step: &Derivation| -> Vec<(String, u32, String)> {
        step.inputs.iter().map(|input| (input.file.clone(), input.row, input.value.clone())).collect()
    };
    let cell = |file: &str, row, value: &str| (file.to_owned(), row, value.to_owned());
    assert_eq!(cells(row), [cell("prices9.csv", 2, "1270")]);
    assert_eq!((index.value, index.operation), ("1.06".parse().ok(), Operation::RoundedProduct { decimals: 6 }));
    assert_eq!(cells(&index.children[1].children[1]), [cell("assumed.csv", 2, "6")]);
    assert_eq!(cells(units), [cell("rights.csv", 2, "7")]);
    assert_eq!((months.value, &months.unit), (Some(4.into()), &Unit::Ratio { of: 12.try_into().unwrap() }));
    assert_eq!(cells(months), [cell("assumed.csv", 3, "2027-07-01")]);
    let none = Question::Renewal {
        figure: RenewalFigure::Charge(ChargePlace { line: 99, charge: 0 }),
        bound: Bound::Low,
        on: "2026-11-27".parse().unwrap(),
        years: 1,
    };
    assert!(matches!(ask(&mut session, Request::Explain(none), &[]), Response::Refused(_)));
}

#[test]
fn a_number_that_is_not_there_is_not_explained() {
    let mut session = session();
    let bundle = "IBM Cloud Pak for Integration".to_owned();
    let question = Question::Bundle { bundle, component: "Nothing/production/VPC".to_owned() };
    assert!(matches!(ask(&mut session, Request::Explain(question), &[]), Response::Refused(_)));
}

#[test]
fn a_price_file_with_a_column_for_each_level_tells_what_the_levels_are_worth() {
    let mut session = session();
    let prices = "part_number,description,BL,D,E,currency,valid_from\nD1,a part,100,95,90.50,EUR,2025-01-01\n";
    let import = Request::Import { names: vec!["prices.csv".to_owned()], replaced: None };
    let Response::State(state) = ask(&mut session, import, &[prices]) else { panic!("not taken in") };
    assert_eq!((state.workspace.lines_of(List::Prices), state.mapping), (3, None));
    let tables = sections(&mut session, Screen::VolumeLevel);
    let worth = Cell::Word("page.volume.worth".into());
    let section = tables.iter().find(|section| section.title == worth).unwrap();
    // Ten of the part in the open term, in which D is in force: 950 there, 905 at E, 1,000 at the base level.
    let row = |level: &str, cost: &str, difference: &str| {
        vec![
            Cell::Text(level.to_owned()),
            Cell::Number(cost.parse().unwrap()),
            Cell::Number(difference.parse().unwrap()),
            Cell::Text("EUR".to_owned()),
        ]
    };
    assert_eq!(
        section.rows.get(..3),
        Some(&[row("BL", "1000", "50"), row("D", "950", "0"), row("E", "905.00", "-45.00")][..])
    );
}

#[test]
fn a_figure_that_is_not_known_opens_and_says_why() {
    let mut session = Session::new(|_| None, Language::english());
    let parts = "bundle,version,component,quantity\nCP4I,,IBM MQ Advanced,6\nCP4I,,No Such,2\nMoon Pak,1,Crater,3\n";
    let ledger = "product,metric,quantity\nIBM Cloud Pak for Integration,VPC,5\n";
    let paks = "Row No.,Publisher,Product Name,FlexPoint or Cloud Pak Bundle,Metric,Metric Quantity,Peak Date,\
        Bundle Metric Contribution,Imported Part Numbers,Recalculation Needed\n\
        1,IBM,IBM Cloud Pak for Data,none,VPC,45,2026-02-02,,,no\n";
    let names = ["parts.csv", "ledger.csv", "cloud_paks.csv"].map(str::to_owned).to_vec();
    let import = Request::Import { names, replaced: None };
    assert!(matches!(ask(&mut session, import, &[parts, ledger, paks]), Response::State(_)));
    let tables = sections(&mut session, Screen::Bundles);
    let unknown = |section: &Section| section.sum.as_ref().is_some_and(|sum| sum.key == "page.not_known");
    assert!(tables.iter().all(|section| unknown(section) && !section.notes.is_empty()));
    // Three components, and the total of two of them.
    assert_eq!(all_explained(&mut session, tables), 4);
    for row in session.position().products.clone() {
        let (product, metric) = (row.product.clone(), row.metric.clone());
        let question = Question::Product { product, metric, quantity: Quantity::Balance };
        let Response::Derivation(why) = ask(&mut session, Request::Explain(question), &[]) else { panic!("{row:?}") };
        assert_eq!(why.value, row.balance());
    }
    let pak = session.assessment().cloud_paks[0].clone();
    let question = Question::Reported { product: pak.product.clone(), file: pak.file.clone(), row: pak.row };
    let Response::Derivation(why) = ask(&mut session, Request::Explain(question), &[]) else { panic!("{pak:?}") };
    assert_eq!((why.value, why.inputs[0].row), (Some(45.into()), 2));
}

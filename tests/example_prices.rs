//! Published example prices: they count for nothing until they are added, then only where no price of the user does, and
//! what rests on one says so.

use highwater::engine::renewal::{ChargePlace, Forecast, PriceBasis, RenewalFigure, RenewalQuery, explain, forecast};
use highwater::i18n::Language;
use highwater::model::bound::Bound;
use highwater::model::derivation::Derivation;
use highwater::model::list::{List, SharedLines};
use highwater::model::message::{Message, Words};
use highwater::model::order::PriceTerms;
use highwater::model::price::Price;
use highwater::model::proposal::ProposalTerms;
use highwater::model::screen::Screen;
use highwater::model::workspace::Lists;
use highwater::report::proposal::{ProposalQuery, proposal, sheet};
use highwater::report::{ReportCell, ReportSheet, ReportTable, forecast as book};
use highwater::rules::parts::Parts;
use highwater::rules::published_prices;
use highwater::work::blocks::{Block, FieldInput, Form, Sets, Tile};
use highwater::work::cell::Cell;
use highwater::work::data_table::{DataTable, FIND, TableLine};
use highwater::work::screen_query::ScreenQuery;
use highwater::work::session::Session;
use highwater::work::{Export, MapStep, Request, Response, Setting, State};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use crate::forecasts::shared;
use crate::kept::Kept;
use crate::terminal::{answer, file};

const TODAY: Date = date(2026, 11, 28);

/// Support of ten resource units of Concert, which one published price is for: 1,270 a year at BL.
const LEDGER: &str = "agreement,site,part_number,product,metric,quantity,ss_start,ss_end,currency,kind\n\
    A1,Oslo,E0MK2ZX,IBM Concert,RESOURCE_UNIT,10,2026-04-01,2027-03-31,USD,renewal\n";

const EXAMPLES: &str = "part_number,level,price,currency,source,example\nE0MK2ZX,BL,1270,USD,a page of 2025,yes\n";

fn session(files: &[(&str, &str)]) -> Session {
    let mut session = Session::new(|_| None, Language::english());
    for (name, text) in files {
        bring(&mut session, name, text);
    }
    session
}

fn ask(session: &mut Session, request: Request) -> Response {
    session.handle(request, Vec::new(), &mut |_, _, _| ()).0
}

fn state(response: Response) -> State {
    let Response::State(state) = response else { panic!("{response:?}") };
    *state
}

fn import(session: &mut Session, name: &str, text: &str) -> State {
    let request = Request::Import { names: vec![name.to_owned()], replaced: None };
    state(session.handle(request, vec![text.as_bytes().to_vec()], &mut |_, _, _| ()).0)
}

/// Brings a file; prices that do not say from when they hold have always held.
fn bring(session: &mut Session, name: &str, text: &str) {
    let state = import(session, name, text);
    if state.mapping.is_some() {
        ask(session, Request::Map(MapStep::Accept));
    }
}

fn show(session: &mut Session, screen: Screen, arguments: &[(&str, &str)]) -> Vec<Block> {
    let arguments = arguments.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let response = ask(session, Request::Show(ScreenQuery { screen, today: Some(TODAY), arguments }));
    let Response::Blocks(blocks) = response else { panic!("{response:?}") };
    blocks
}

/// Presses the button of published example prices on Catalogue.
fn press(session: &mut Session) -> State {
    let blocks = show(session, Screen::Catalogue, &[("view", "parts")]);
    let field = button(&blocks);
    let Sets::Setting(setting) = field.fields[0].sets.clone() else { panic!("{field:?}") };
    state(ask(session, Request::Set { setting, text: field.fields[0].value.clone() }))
}

fn button(blocks: &[Block]) -> &Form {
    let is_it = |form: &&Form| form.title.as_deref() == Some("page.example_prices.title");
    let mut forms = blocks.iter().filter_map(|block| if let Block::Form(form) = block { Some(form) } else { None });
    forms.find(is_it).expect("the button is there")
}

fn next(session: &mut Session) -> Tile {
    let blocks = show(session, Screen::Renewals, &[]);
    let Some(Block::Tiles(tiles)) = blocks.first() else { panic!("no figures") };
    tiles.tiles.iter().find(|tile| tile.title == "page.renewals.next").cloned().unwrap()
}

fn money(text: &str) -> Cell {
    Cell::Money(Some(text.parse::<Decimal>().unwrap()), None)
}

/// The list of prices as CSV.
fn listed(session: &mut Session) -> String {
    let export = Request::Export(Export::List(List::Prices));
    let (_, bytes) = session.handle(export, Vec::new(), &mut |_, _, _| ());
    String::from_utf8(bytes.concat()).unwrap()
}

/// How many prices there are.
fn count(session: &mut Session) -> usize {
    csv::Reader::from_reader(listed(session).as_bytes()).records().count()
}

/// Ten levels of six parts, and fourteen prices at BL.
const PUBLISHED: usize = 74;

#[test]
fn published_prices_count_for_nothing_until_they_are_added_and_undo_takes_them_out() {
    let mut session = session(&[("ledger.csv", LEDGER)]);
    assert_eq!((next(&mut session).amount, count(&mut session)), (Cell::Money(None, None), 0));
    press(&mut session);
    // 1,270.00 x 1.06 x 10.
    assert_eq!((next(&mut session).amount, count(&mut session)), (money("13462.00"), PUBLISHED));
    ask(&mut session, Request::Undo);
    assert_eq!((next(&mut session).amount, count(&mut session)), (Cell::Money(None, None), 0));
}

#[test]
fn the_button_brings_them_once_and_then_takes_them_out_again() {
    let mut session = session(&[("ledger.csv", LEDGER)]);
    press(&mut session);
    let again = Request::Set { setting: Setting::ExamplePrices, text: "add".to_owned() };
    state(ask(&mut session, again));
    assert_eq!(count(&mut session), PUBLISHED, "the second press brings nothing");
    let blocks = show(&mut session, Screen::Catalogue, &[("view", "parts")]);
    let field = &button(&blocks).fields[0];
    let FieldInput::Button(says) = &field.input else { panic!("a button") };
    // The page draws a field anew when its label is another one.
    assert_eq!((says.key.as_ref(), field.label.as_ref()), ("page.example_prices.remove", "page.example_prices.remove"));
    press(&mut session);
    assert_eq!(count(&mut session), 0);
}

#[test]
fn adding_them_leaves_every_price_of_the_user_as_it_is() {
    let own = "part_number,level,price,currency\nE0MK2ZX,BL,1000,USD\n";
    for own_first in [true, false] {
        let mut session = session(&[("ledger.csv", LEDGER)]);
        if own_first {
            bring(&mut session, "own.csv", own);
        }
        press(&mut session);
        if !own_first {
            bring(&mut session, "own.csv", own);
        }
        assert_eq!(count(&mut session), PUBLISHED + 1, "own first: {own_first}");
        // 1,000.00 x 1.06 x 10.
        assert_eq!(next(&mut session).amount, money("10600.00"), "own first: {own_first}");
        press(&mut session);
        assert_eq!(count(&mut session), 1, "own first: {own_first}");
    }
}

fn lists(ledger: &str, prices: &[&str], assumed: &str) -> Lists {
    let prices = prices.iter().flat_map(|text| -> Vec<Price> {
        let prices: SharedLines<Price> = shared("prices.csv", text);
        prices.iter().map(|price| (**price).clone()).collect()
    });
    Lists {
        entitlements: shared("ledger.csv", ledger),
        prices: prices.collect(),
        assumptions: shared("assumed.csv", &format!("name,scope,expected\n{assumed}")),
        ..Lists::default()
    }
}

fn query<'a>(lists: &'a Lists, parts: &'a Parts) -> RenewalQuery<'a> {
    RenewalQuery { lists, terms: PriceTerms::default(), parts, on: TODAY, years: 1 }
}

fn of(lists: &Lists) -> Forecast {
    forecast(query(lists, &Parts::default()))
}

/// The row's price of the first charge, whether it is an example, and whether it is that of the part itself.
fn priced(lists: &Lists) -> Option<(String, bool, bool)> {
    let priced = of(lists).lines[0].charges[0].priced.clone()?;
    Some((
        priced.offered.row.price.normalize().to_string(),
        priced.offered.row.is_example(),
        priced.offered.basis == PriceBasis::Part,
    ))
}

#[test]
fn a_price_of_the_user_goes_before_an_example_wherever_it_stands_and_whatever_its_level() {
    let own = |row: &str| format!("part_number,level,price,currency,valid_from,valid_to,reason\n{row}\n");
    let example = "part_number,level,price,currency,example,valid_from,reason\n\
        E0MK2ZX,BL,1270,USD,yes,2026-06-01,a reason\nE0MK2ZX,D,1200,USD,yes,,\n";
    let rows = [
        "E0MK2ZX,BL,900,USD,,,",
        "E0MK2ZX,BL,900,USD,2020-01-01,,",
        // It ends before the coverage, and goes on.
        "E0MK2ZX,BL,900,USD,,2026-12-31,",
    ];
    for row in rows {
        let own = own(row);
        for prices in [[own.as_str(), example], [example, own.as_str()]] {
            for level in ["", "level,,D\n"] {
                let found = priced(&lists(LEDGER, &prices, level));
                assert_eq!(found, Some(("900".to_owned(), false, true)), "{row}, {level:?}, {prices:?}");
            }
        }
    }
    // What ended before today, or begins after the coverage, is no price that is in force: there the example counts.
    for row in ["E0MK2ZX,BL,900,USD,,2026-11-27,", "E0MK2ZX,BL,900,USD,2028-01-01,,"] {
        let found = priced(&lists(LEDGER, &[&own(row), example], ""));
        assert_eq!(found, Some(("1270".to_owned(), true, true)), "{row}");
    }
}

#[test]
fn a_licence_price_of_the_user_goes_before_an_example_of_the_renewal_part() {
    let ledger = LEDGER.replace("kind\n", "kind,renewal_part\n").replace(
        "E0MK2ZX,IBM Concert,RESOURCE_UNIT,10,2026-04-01,2027-03-31,USD,renewal",
        "D0MK4ZX,IBM Concert,RESOURCE_UNIT,10,2026-04-01,2027-03-31,USD,licence,E0MK2ZX",
    );
    let own = "part_number,level,price,currency\nD0MK4ZX,BL,5000,USD\n";
    assert_eq!(priced(&lists(&ledger, &[EXAMPLES], "")), Some(("1270".to_owned(), true, true)));
    assert_eq!(priced(&lists(&ledger, &[EXAMPLES, own], "")), Some(("5000".to_owned(), false, false)));
}

#[test]
fn an_example_in_another_currency_leaves_the_currency_of_the_users_prices() {
    let ledger = LEDGER.replace("USD", "");
    let own = "part_number,level,price,currency\nE0MK2ZX,BL,1000,EUR\n";
    let currency = |prices: &[&str]| {
        let line = of(&lists(&ledger, prices, "")).lines[0].key.currency.0.clone();
        line.map(|currency| currency.code().to_owned())
    };
    assert_eq!(currency(&[EXAMPLES]).as_deref(), Some("USD"));
    assert_eq!(currency(&[EXAMPLES, own]).as_deref(), Some("EUR"));
    assert_eq!(priced(&lists(&ledger, &[EXAMPLES, own], "")), Some(("1000".to_owned(), false, true)));
}

/// All notes of a derivation.
fn notes(step: &Derivation) -> Vec<Message> {
    step.notes.iter().cloned().chain(step.children.iter().flat_map(notes)).collect()
}

#[test]
fn the_derivation_of_a_charge_by_an_example_says_so_with_its_source_and_that_of_another_does_not() {
    let own = "part_number,level,price,currency,source\nE0MK2ZX,BL,1270,USD,our quote\n";
    for (prices, says) in [(EXAMPLES, true), (own, false)] {
        let (lists, parts) = (lists(LEDGER, &[prices], ""), Parts::default());
        let query = query(&lists, &parts);
        let figure = RenewalFigure::Charge(ChargePlace { line: 0, charge: 0 });
        let why = explain(query, &forecast(query), &figure, Bound::Expected).unwrap();
        let told: Vec<String> = notes(&why)
            .iter()
            .filter(|note| note.key == "note.price_example")
            .map(|note| Language::english().say(note))
            .collect();
        assert_eq!(told.iter().any(|told| told.contains("a page of 2025")), says, "{told:?}");
        assert_eq!(!told.is_empty(), says, "{told:?}");
    }
}

#[test]
fn a_forecast_warns_once_of_each_example_that_it_uses() {
    let prices = format!("{EXAMPLES}D0MK4ZX,BL,6360,USD,a page of 2025,yes\n");
    let [ledger, prices] = [file("example_rights.csv", LEDGER), file("example_prices.csv", &prices)]
        .map(|path| path.display().to_string());
    let told = answer(&["forecast", "--entitlements", &ledger, "--prices", &prices, "--on", "2026-11-28", "--json"]);
    assert!(told["lines"][0]["charges"].as_array().unwrap().len() > 1, "the row is used by several charges");
    let issues = told["issues"].as_array().unwrap().iter();
    let warned: Vec<_> = issues.filter(|issue| issue["code"] == "price_is_example").collect();
    assert_eq!(warned.len(), 1, "{warned:?}");
    let warned = &warned[0];
    assert_eq!((warned["severity"].as_str(), warned["row"].as_u64()), (Some("warning"), Some(2)), "{warned}");
    assert!(warned["message"].as_str().unwrap().contains("E0MK2ZX"), "{warned}");
}

#[test]
fn the_figures_of_renewals_say_how_many_charges_rest_on_examples() {
    let mut session = session(&[("ledger.csv", LEDGER)]);
    let said = |tile: &Tile| {
        let text = tile.texts.iter().find(|text| text.key == "page.renewals.by_example");
        text.map(|text| Language::english().say(text))
    };
    assert_eq!(said(&next(&mut session)), None);
    press(&mut session);
    let told = said(&next(&mut session)).expect("it says so");
    assert!(told.starts_with("one charge"), "{told}");
}

fn texts(tables: &[ReportTable]) -> Vec<&str> {
    let cells = tables.iter().flat_map(|table| table.rows.iter().flatten());
    cells.filter_map(|cell| if let ReportCell::Text(text) = cell { Some(text.as_str()) } else { None }).collect()
}

#[test]
fn the_proposal_and_the_workbook_say_that_charges_rest_on_examples_and_whose_they_are() {
    for (prices, says) in [(EXAMPLES, true), ("part_number,level,price,currency\nE0MK2ZX,BL,1270,USD\n", false)] {
        let (lists, parts, words) = (lists(LEDGER, &[prices], ""), Parts::default(), Language::english());
        let query = query(&lists, &parts);
        let forecast = forecast(query);
        let terms = ProposalTerms::default();
        let asked = ProposalQuery { terms: &terms, customer: "", agreement: None, year: 2027, parts: &parts };
        let paper = sheet(&proposal(&forecast, asked), book::assumed(query, &forecast, &words), &words);
        let book = book::sheets(query, &forecast, "", &words);
        let of_book: Vec<ReportTable> = book.into_iter().flat_map(|sheet: ReportSheet| sheet.tables).collect();
        for tables in [paper.tables, of_book] {
            let texts = texts(&tables);
            let has = |words: &str| texts.iter().any(|text| text.contains(words));
            assert_eq!(has("One charge rests on a published example price"), says, "{texts:?}");
            assert_eq!(has("no price of yours: a page of 2025"), says, "{texts:?}");
        }
    }
}

#[test]
fn every_report_with_amounts_says_that_charges_rest_on_examples() {
    let mut session = session(&[("ledger.csv", LEDGER)]);
    press(&mut session);
    let notes = |session: &mut Session, view: &str| -> Vec<Message> {
        let blocks = show(session, Screen::Reports, &[("view", view)]);
        let of_block = |block: Block| {
            if let Block::Table(section) = block {
                return section.notes;
            }
            if let Block::Note(note) = block { vec![note] } else { Vec::new() }
        };
        blocks.into_iter().flat_map(of_block).collect()
    };
    for view in ["", "ahead", "customers"] {
        let notes = notes(&mut session, view);
        assert!(notes.iter().any(|note| note.key == "report.by_example"), "{view}: {notes:?}");
    }
}

#[test]
fn examples_stay_examples_in_a_file_that_leaves_and_in_a_workspace_that_is_opened_again() {
    let mut session = session(&[]);
    let mut kept = Kept::of(&import(&mut session, "ledger.csv", LEDGER));
    kept.take(&press(&mut session));
    let mut opened = self::session(&[]);
    state(ask(&mut opened, kept.open()));
    assert_eq!(listed(&mut opened), listed(&mut session));
    assert!(next(&mut opened).texts.iter().any(|text| text.key == "page.renewals.by_example"));
    let text = listed(&mut session);
    let mut read = self::session(&[("ledger.csv", LEDGER), ("taken-out.csv", text.trim_start_matches('\u{feff}'))]);
    assert_eq!((count(&mut read), next(&mut read).amount), (PUBLISHED, money("13462.00")));
    assert!(next(&mut read).texts.iter().any(|text| text.key == "page.renewals.by_example"));
}

#[test]
fn a_workspace_without_the_columns_source_and_example_opens_with_prices_that_are_none() {
    let mut session = session(&[]);
    let mut kept = Kept::of(&import(&mut session, "ledger.csv", LEDGER));
    let text = "part_number,level,price,currency,valid_from\nE0MK2ZX,BL,1000,USD,2026-01-01\n";
    kept.take(&import(&mut session, "prices.csv", text));
    // Blank fields are not written: this is what was written before there were these columns.
    let document = serde_json::to_string(&kept.workspace()).unwrap();
    assert!(document.contains("E0MK2ZX"), "{document}");
    assert!(!document.contains("\"example\"") && !document.contains("\"source\""), "{document}");
    let mut opened = self::session(&[]);
    state(ask(&mut opened, Request::Open { document, steps: Vec::new(), drafts: String::new(), files: Vec::new() }));
    assert_eq!(next(&mut opened).amount, money("10600.00"));
    assert!(next(&mut opened).texts.iter().all(|text| text.key != "page.renewals.by_example"));
}

fn table(blocks: &[Block]) -> &DataTable {
    blocks.iter().find_map(|block| if let Block::Data(table) = block { Some(table) } else { None }).unwrap()
}

#[test]
fn the_catalogue_tells_an_example_from_a_price_and_sets_no_price_file_against_it() {
    let dated =
        |day: &str, price: &str| format!("part_number,level,price,currency,valid_from\nE0MK2ZX,BL,{price},USD,{day}\n");
    let mut session = session(&[("2026.csv", &dated("2026-01-01", "100")), ("2027.csv", &dated("2027-01-01", "110"))]);
    let changes = |session: &mut Session| table(&show(session, Screen::Catalogue, &[("view", "changes")])).clone();
    let before = changes(&mut session);
    press(&mut session);
    assert_eq!(changes(&mut session), before, "the two price files are still compared");
    let labelled = |session: &mut Session, part: &str| {
        let blocks = show(session, Screen::Catalogue, &[("view", "parts"), (FIND, part)]);
        let mut rows = table(&blocks).lines.iter();
        let row = rows.find_map(|line| if let TableLine::Row(row) = line { Some(row) } else { None }).unwrap();
        row.cells.iter().flat_map(|cell| &cell.below).any(|text| text.key == "page.catalogue.only_examples")
    };
    assert!(labelled(&mut session, "D0MK4ZX"));
    assert!(!labelled(&mut session, "E0MK2ZX"), "the user's own price is in force");
}

#[test]
fn what_is_added_is_a_price_file_of_its_own_that_cannot_be_mistaken() {
    assert!(published_prices::FILE.contains("example"));
    let own = |price: &&Price| price.file != published_prices::FILE || !price.is_example();
    assert_eq!(published_prices::all().iter().filter(own).count(), 0);
}

//! Prices on the page: what the catalogue says of parts, what differs between two price lists, from which day a price file
//! holds, and prices of the user's own.

use std::collections::BTreeMap;

use highwater::edit::journal::Unkept;
use highwater::i18n::Language;
use highwater::model::list::List;
use highwater::model::message::Words;
use highwater::model::screen::Screen;
use highwater::work::blocks::{Block, EntryForm, FieldInput, Sets, Tile};
use highwater::work::cell::Cell;
use highwater::work::data_table::{DataRow, DataTable, FIND, OPEN, TableLine};
use highwater::work::screen_query::ScreenQuery;
use highwater::work::session::Session;
use highwater::work::{Export, MapStep, Mapped, Request, Response, Setting, State};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::terminal::{answer, file};

const OLD: &str = "part_number,description,level,price,currency,valid_from\n\
    E1,MQ support,BL,100,EUR,2026-01-01\n\
    E1,MQ support,D,90,EUR,2026-01-01\n\
    E2,Db2 support,BL,50,EUR,2026-01-01\n\
    E3,Cognos support,BL,10,EUR,2026-01-01\n\
    E4,gone,BL,7,EUR,2026-01-01\n\
    E5,free once,BL,0,EUR,2026-01-01\n";

const NEW: &str = "part_number,description,level,price,currency,valid_from\n\
    E1,MQ support,BL,106,EUR,2027-01-01\n\
    E2,Db2 support,BL,55,EUR,2027-01-01\n\
    E3,Cognos support,BL,10.00,EUR,2027-01-01\n\
    E5,free once,BL,3,EUR,2027-01-01\n\
    E6,brand new,BL,12,EUR,2027-01-01\n";

const TODAY: Date = date(2026, 11, 28);

fn session() -> Session {
    Session::new(
        |name| (name == "parts.csv").then(|| include_str!("../src/rules/parts.csv").to_owned()),
        Language::english(),
    )
}

fn ask(session: &mut Session, request: Request) -> Response {
    session.handle(request, Vec::new(), &mut |_, _, _| ()).0
}

fn state(response: Response) -> State {
    let Response::State(state) = response else { panic!("{response:?}") };
    *state
}

/// Brings a file.
fn bring(session: &mut Session, name: &str, text: &str) -> State {
    let request = Request::Import { names: vec![name.to_owned()], replaced: None };
    state(session.handle(request, vec![text.as_bytes().to_vec()], &mut |_, _, _| ()).0)
}

/// A session with this year's price file and next year's.
fn with_both() -> Session {
    let mut session = session();
    for (name, text) in [("2026.csv", OLD), ("2027.csv", NEW)] {
        assert_eq!(bring(&mut session, name, text).mapping, None, "each row says from when it holds");
    }
    session
}

fn query(arguments: &[(&str, &str)]) -> ScreenQuery {
    let arguments = arguments.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    ScreenQuery { screen: Screen::Catalogue, today: Some(TODAY), arguments }
}

fn show(session: &mut Session, arguments: &[(&str, &str)]) -> Vec<Block> {
    let response = ask(session, Request::Show(query(arguments)));
    let Response::Blocks(blocks) = response else { panic!("{response:?}") };
    blocks
}

fn table(blocks: &[Block]) -> Option<&DataTable> {
    blocks.iter().find_map(|block| if let Block::Data(table) = block { Some(table) } else { None })
}

fn rows(blocks: &[Block]) -> Vec<&DataRow> {
    let lines = table(blocks).map(|table| table.lines.as_slice()).unwrap_or_default();
    lines.iter().filter_map(|line| if let TableLine::Row(row) = line { Some(row) } else { None }).collect()
}

/// A cell as a reader would say it: amounts with their decimals, words by their keys.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Unknown => "–".to_owned(),
        Cell::Text(text) | Cell::Source(text) => text.clone(),
        Cell::Word(key) => key.to_string(),
        Cell::Number(number) | Cell::Money(Some(number), _) | Cell::Figure(Some(number), _) => number.to_string(),
        Cell::Day(Some(day)) => day.to_string(),
        Cell::Said(sentences) => sentences.iter().map(|one| Language::english().say(one)).collect::<Vec<_>>().join(" "),
        Cell::Day(None)
        | Cell::Status(_)
        | Cell::Money(None, _)
        | Cell::Figure(None, _)
        | Cell::Balance(..)
        | Cell::Screen(..) => format!("{cell:?}"),
    }
}

fn texts(row: &DataRow) -> Vec<String> {
    row.cells.iter().map(|cell| text(&cell.value)).collect()
}

/// The rows of the table with this title below the row that is open.
fn below(blocks: &[Block], title: &str) -> Vec<Vec<String>> {
    let detail = rows(blocks).into_iter().find_map(|row| row.detail.as_ref()).expect("a row is open");
    let is_it = |block: &&Block| matches!(block, Block::Table(section) if text(&section.title) == title);
    let Some(Block::Table(section)) = detail.iter().find(is_it) else { return Vec::new() };
    section.rows.iter().map(|row| row.iter().map(text).collect()).collect()
}

/// The fields of a price of one's own below the row that is open.
fn entry(blocks: &[Block]) -> Option<EntryForm> {
    let detail = rows(blocks).into_iter().find_map(|row| row.detail.clone())?;
    detail.into_iter().find_map(|block| if let Block::Entry(entry) = block { Some(entry) } else { None })
}

fn values(entry: &EntryForm) -> Vec<&str> {
    entry.fields.iter().map(|field| field.value.as_str()).collect()
}

const PARTS: (&str, &str) = ("view", "parts");
const CHANGES: (&str, &str) = ("view", "changes");

#[test]
fn a_search_finds_parts_of_the_shipped_table_and_parts_that_only_files_name() {
    let mut session = with_both();
    bring(&mut session, "ledger.csv", "part_number,product,quantity\nL77,Own Product,5\n");
    let all = show(&mut session, &[PARTS]);
    // 7,103 parts are shipped; six are of the price files, one of the ledger.
    assert_eq!(table(&all).unwrap().count, 7_103 + 6 + 1);
    let found = |session: &mut Session, words: &str| -> Vec<String> {
        rows(&show(session, &[PARTS, (FIND, words)])).iter().map(|row| row.key.clone()).collect()
    };
    assert_eq!(found(&mut session, "d0i2sll"), ["D0I2SLL"]);
    assert_eq!(found(&mut session, "db2 support"), ["E2"]);
    assert_eq!(found(&mut session, "own product"), ["L77"]);
    // What the workspace names comes before what is only shipped.
    assert_eq!(rows(&all)[0].key, "E1");
    // The search over rates counts them too.
    let Response::Found(matches) = ask(&mut session, Request::Search("own product".to_owned())) else { panic!() };
    assert_eq!(matches.parts, 1);
}

#[test]
fn a_part_opens_to_what_is_known_of_it_and_what_is_not_known_is_said() {
    let mut session = session();
    let blocks = show(&mut session, &[PARTS, (FIND, "d0i2sll"), (OPEN, "D0I2SLL")]);
    let facts: BTreeMap<String, String> =
        below(&blocks, "page.catalogue.facts").into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    assert_eq!(facts["page.catalogue.metric"], "PVU");
    assert_eq!(facts["page.catalogue.sells"], "page.catalogue.licence");
    assert_eq!(facts["page.catalogue.pack"], "10");
    assert_eq!(facts["page.catalogue.platform"], "page.catalogue.any_platform");
    assert!(facts["page.catalogue.source"].contains("2021 ILMT export"), "{facts:?}");
    assert_eq!(texts(rows(&blocks)[0])[2], "page.catalogue.no_price");
    let detail = rows(&blocks)[0].detail.clone().unwrap();
    let says = |block: &Block| matches!(block, Block::Note(note) if note.key == "page.catalogue.no_price_text");
    assert!(detail.iter().any(says), "{detail:?}");
    assert!(entry(&blocks).is_some(), "and there is the way to enter one");
}

#[test]
fn prices_of_a_part_say_who_said_so_which_is_in_force_today_and_which_comes_next() {
    let mut session = with_both();
    bring(
        &mut session,
        "own.csv",
        "part_number,level,price,currency,valid_from,reason\nE2,BL,45,EUR,2026-06-01,as agreed\n",
    );
    let blocks = show(&mut session, &[PARTS, (FIND, "e1"), (OPEN, "E1")]);
    let row = rows(&blocks).into_iter().find(|row| row.key == "E1").unwrap();
    // 90 at level D, 100 at BL; from New Year on 106.
    assert_eq!(texts(row)[2..], ["90.00 to 100.00", "106.00"]);
    assert_eq!(
        below(&blocks, "page.catalogue.prices"),
        [
            [
                "BL",
                "100.00",
                "EUR",
                "2026-01-01",
                "page.catalogue.no_end",
                "12",
                "page.catalogue.in_force",
                "2026.csv, row 2"
            ],
            [
                "BL",
                "106.00",
                "EUR",
                "2027-01-01",
                "page.catalogue.no_end",
                "12",
                "page.catalogue.next",
                "2027.csv, row 2"
            ],
            [
                "D",
                "90.00",
                "EUR",
                "2026-01-01",
                "page.catalogue.no_end",
                "12",
                "page.catalogue.in_force",
                "2026.csv, row 3"
            ],
        ]
    );
    let own = show(&mut session, &[PARTS, (FIND, "e2"), (OPEN, "E2")]);
    let prices = below(&own, "page.catalogue.prices");
    assert_eq!(
        [prices[0][1].as_str(), &prices[0][6], &prices[0][7]],
        ["45.00", "page.catalogue.in_force", "Your own price: as agreed"]
    );
}

fn tiles(blocks: &[Block]) -> BTreeMap<String, String> {
    let tiles = blocks.iter().find_map(|block| if let Block::Tiles(tiles) = block { Some(&tiles.tiles) } else { None });
    let tile = |tile: &Tile| (tile.title.to_string(), text(&tile.amount));
    tiles.map(|tiles| tiles.iter().map(tile).collect()).unwrap_or_default()
}

#[test]
fn two_price_files_are_compared_with_the_largest_percent_first() {
    let blocks = show(&mut with_both(), &[CHANGES]);
    let told: Vec<Vec<String>> = rows(&blocks).into_iter().map(texts).collect();
    assert_eq!(
        told,
        [
            ["E2", "BL", "50.00", "55.00", "5.00", "10.00 %"],
            ["E1", "BL", "100.00", "106.00", "6.00", "6.00 %"],
            // From 0 there is no percentage.
            ["E5", "BL", "0.00", "3.00", "3.00", "page.catalogue.from_nothing"],
            ["E6", "BL", "–", "12.00", "–", "page.catalogue.new"],
            ["E1", "D", "90.00", "–", "–", "page.catalogue.level_withdrawn"],
            ["E4", "BL", "7.00", "–", "–", "page.catalogue.part_withdrawn"],
        ]
    );
    let tiles = tiles(&blocks);
    let counts =
        ["changed", "new", "withdrawn", "unchanged"].map(|name| tiles[&format!("page.catalogue.{name}")].clone());
    assert_eq!(counts, ["3", "1", "2", "1"]);
}

/// Part, level, old price, new price and percent.
type Compared = (String, String, Option<Decimal>, Option<Decimal>, Option<Decimal>);

#[test]
fn the_page_and_the_terminal_find_the_same_differences() {
    let [old, new] = [("2026.csv", OLD), ("2027.csv", NEW)].map(|(name, text)| file(name, text).display().to_string());
    let told = answer(&["prices", &new, "--against", &old, "--json"]);
    let numbers = |value: &Value| value.as_str().map(|text| text.parse::<Decimal>().unwrap());
    let mut terminal: Vec<Compared> = Vec::new();
    for kind in ["changed", "new", "withdrawn"] {
        for one in told[kind].as_array().unwrap() {
            let of = |name: &str| one[name].as_str().unwrap().to_owned();
            let (old, new) = match kind {
                "changed" => (numbers(&one["old"]), numbers(&one["new"])),
                "new" => (None, numbers(&one["price"])),
                _ => (numbers(&one["price"]), None),
            };
            terminal.push((of("part_number"), of("level"), old, new, one.get("percent").and_then(numbers)));
        }
    }
    let export = Export::PriceChanges(query(&[CHANGES]));
    let (response, bytes) = with_both().handle(Request::Export(export), Vec::new(), &mut |_, _, _| ());
    let Response::File { name, .. } = response else { panic!("{response:?}") };
    assert_eq!(name, "highwater-price-changes.csv");
    let bytes = bytes.concat();
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    let filled = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
    let mut page: Vec<Compared> = reader
        .records()
        .map(|record| record.unwrap())
        .map(|row| (row[1].to_owned(), row[3].to_owned(), filled(&row[5]), filled(&row[6]), filled(&row[8])))
        .collect();
    // The file has the largest percentage first; the terminal goes by part.
    terminal.sort();
    page.sort();
    assert_eq!(page, terminal);
    assert_eq!(page.len(), 6);
}

#[test]
fn one_file_with_prices_of_two_days_is_compared_by_the_days() {
    let mut session = session();
    let both = format!("{OLD}{}", NEW.split_once('\n').unwrap().1);
    bring(&mut session, "both.csv", &both);
    // Today against the last day from which a price holds: what ended by then is none, and nothing ends here.
    let blocks = show(&mut session, &[CHANGES]);
    let changed = |blocks: &[Block]| rows(blocks).iter().map(|row| row.key.clone()).collect::<Vec<_>>();
    assert_eq!(changed(&blocks), ["E2/BL/EUR", "E1/BL/EUR", "E5/BL/EUR", "E6/BL/EUR"]);
    // What the file says of each of the two days.
    let days = [CHANGES, ("before", "from 2026-01-01 both.csv"), ("after", "from 2027-01-01 both.csv")];
    assert_eq!(changed(&show(&mut session, &days)).len(), 6);
    let before_new_year =
        [CHANGES, ("before", "day"), ("before_on", "2026-12-30"), ("after", "day"), ("after_on", "2026-12-31")];
    assert_eq!(changed(&show(&mut session, &before_new_year)), Vec::<String>::new());
}

#[test]
fn with_one_list_the_screen_says_what_to_bring_and_without_a_price_it_is_empty() {
    let mut session = session();
    assert_eq!(show(&mut session, &[CHANGES]), []);
    bring(&mut session, "2026.csv", OLD);
    let blocks = show(&mut session, &[CHANGES]);
    let says = |block: &Block| matches!(block, Block::Note(note) if note.key == "page.catalogue.one_list");
    assert!(blocks.iter().any(says) && table(&blocks).is_none(), "{blocks:?}");
    let (response, _) =
        session.handle(Request::Export(Export::PriceChanges(query(&[CHANGES]))), Vec::new(), &mut |_, _, _| ());
    assert!(matches!(response, Response::Refused(issues) if issues[0].code == "nothing_to_compare"));
}

const UNDATED: &str = "part_number,level,price,currency\nE1,BL,100,EUR\nE2,BL,50,EUR\n";
const UNDATED_NEXT: &str = "part_number,level,price,currency\nE1,BL,106,EUR\nE2,BL,53,EUR\n";

fn map(session: &mut Session, step: MapStep) -> Option<Mapped> {
    state(ask(session, Request::Map(step))).mapping
}

/// The prices with their files and first days, as they stand in the list.
fn listed(session: &mut Session) -> Vec<(String, String)> {
    let export = Request::Export(Export::List(List::Prices));
    let (_, bytes) = session.handle(export, Vec::new(), &mut |_, _, _| ());
    let bytes = bytes.concat();
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    reader.records().map(|row| row.unwrap()).map(|row| (row[3].to_owned(), row[5].to_owned())).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(price, day)| ((*price).to_owned(), (*day).to_owned())).collect()
}

#[test]
fn a_price_file_without_first_days_asks_for_one_and_next_years_stays_beside_this_years() {
    let mut session = session();
    let mapped =
        bring(&mut session, "prices.csv", UNDATED).mapping.expect("it waits until somebody has said from when");
    let asked = mapped.first_day.expect("it asks");
    assert_eq!((asked.day, asked.lines, mapped.added), (None, 2, 2));
    assert_eq!(map(&mut session, MapStep::Accept), None);
    assert_eq!(listed(&mut session), pairs(&[("100", ""), ("50", "")]));
    // Next year's file has the same name: as it stands it would take the place of this year's.
    let mapped = bring(&mut session, "prices.csv", UNDATED_NEXT).mapping.unwrap();
    assert_eq!((mapped.added, mapped.changed), (0, 2));
    let mapped = map(&mut session, MapStep::FirstDay(Some(date(2027, 1, 1)))).unwrap();
    assert_eq!((mapped.added, mapped.changed, mapped.first_day.unwrap().day), (2, 0, Some(date(2027, 1, 1))));
    map(&mut session, MapStep::Accept);
    let both = pairs(&[("100", ""), ("50", ""), ("106", "2027-01-01"), ("53", "2027-01-01")]);
    assert_eq!(listed(&mut session), both);
    // One step of undo takes the file back.
    ask(&mut session, Request::Undo);
    assert_eq!(listed(&mut session), both[..2]);
}

#[test]
fn a_price_file_that_is_read_again_still_begins_on_the_day_that_was_said() {
    let mut session = session();
    bring(&mut session, "2027.csv", UNDATED_NEXT);
    map(&mut session, MapStep::FirstDay(Some(date(2027, 1, 1))));
    map(&mut session, MapStep::Accept);
    // The same once more brings nothing, and asks nothing.
    let again = Request::Import { names: vec!["2027.csv".to_owned()], replaced: None };
    let (response, _) = session.handle(again, vec![UNDATED_NEXT.as_bytes().to_vec()], &mut |_, _, _| ());
    assert!(matches!(&response, Response::State(state) if state.mapping.is_none()), "{response:?}");
    assert_eq!(listed(&mut session).len(), 2);
    // Other prices of a file of that name come in the place of those of that day.
    let mapped = bring(&mut session, "2027.csv", &UNDATED_NEXT.replace("106", "107")).mapping.unwrap();
    assert_eq!((mapped.changed, mapped.first_day.unwrap().day), (1, Some(date(2027, 1, 1))));
}

#[test]
fn a_price_that_ends_before_the_day_that_is_said_is_left_out_as_at_the_terminal() {
    let text = "part_number,level,price,currency,valid_to\nE1,BL,100,EUR,2026-12-31\nE2,BL,50,EUR,\n";
    let mut session = session();
    bring(&mut session, "prices.csv", text);
    let mapped = map(&mut session, MapStep::FirstDay(Some(date(2027, 1, 1)))).unwrap();
    assert_eq!((mapped.added, mapped.left_out), (1, 1));
    let accepted = state(ask(&mut session, Request::Map(MapStep::Accept)));
    assert_eq!(accepted.left_out[0].code, "entitlement_ends_before_start");
    let dated = format!("{}@2027-01-01", file("ends.csv", text).display());
    let told = answer(&["prices", &dated, "--json"]);
    assert_eq!(
        (told["rows"].as_u64(), told["issues"][0]["code"].as_str()),
        (Some(1), Some("entitlement_ends_before_start"))
    );
}

#[test]
fn the_day_from_which_a_price_file_holds_is_changed_by_one_command_and_undone_by_one_step() {
    let mut session = with_both();
    let blocks = show(&mut session, &[CHANGES, ("dated", "file 2027.csv")]);
    let form = blocks.iter().rev().find_map(|block| if let Block::Form(form) = block { Some(form) } else { None });
    let field = form.unwrap().fields.iter().find(|field| field.input == FieldInput::Day).unwrap();
    assert_eq!(field.value, "2027-01-01");
    let Sets::Setting(setting) = field.sets.clone() else { panic!("a setting") };
    let changed = state(ask(&mut session, Request::Set { setting: setting.clone(), text: "2027-02-01".to_owned() }));
    assert!(changed.workspace.undoes.is_some());
    let days = |session: &mut Session| listed(session).iter().filter(|(_, day)| day == "2027-02-01").count();
    assert_eq!(days(&mut session), 5);
    // They are still the prices of their file.
    let blocks = show(&mut session, &[PARTS, (FIND, "e6"), (OPEN, "E6")]);
    assert_eq!(below(&blocks, "page.catalogue.prices")[0][7], "2027.csv, row 6");
    ask(&mut session, Request::Undo);
    assert_eq!(days(&mut session), 0);
}

#[test]
fn the_day_of_a_price_file_that_was_changed_is_kept_as_a_step() {
    let mut session = session();
    let Unkept::Whole { document, steps } = bring(&mut session, "2026.csv", OLD).unkept else { panic!("a document") };
    let setting = Setting::FirstDay { file: "2026.csv".to_owned(), from: Some(date(2026, 1, 1)) };
    let changed = state(ask(&mut session, Request::Set { setting, text: String::new() }));
    let Unkept::Steps(step) = changed.unkept else { panic!("a step") };
    let mut again = self::session();
    state(ask(
        &mut again,
        Request::Open { document, steps: [steps, step].concat(), drafts: String::new(), files: Vec::new() },
    ));
    assert_eq!(listed(&mut again), listed(&mut session));
    assert!(listed(&mut again).iter().all(|(_, day)| day.is_empty()), "blank is always");
}

#[test]
fn a_price_of_ones_own_is_entered_in_one_step_and_goes_before_that_of_the_file() {
    let mut session = with_both();
    let arguments = [PARTS, (FIND, "e2"), (OPEN, "E2")];
    let fields = entry(&show(&mut session, &arguments)).unwrap();
    // Level and currency are those of the part's prices.
    assert_eq!(values(&fields), ["BL", "", "EUR", "", ""]);
    assert_eq!(fields.setting, Setting::OwnPrice("E2".to_owned()));
    let set = Request::Set { setting: fields.setting, text: "BL\t44.50\tEUR\t\tquote 7".to_owned() };
    state(ask(&mut session, set));
    let prices = below(&show(&mut session, &arguments), "page.catalogue.prices");
    assert_eq!(
        [prices[0][1].as_str(), &prices[0][6], &prices[0][7]],
        ["44.50", "page.catalogue.in_force", "Your own price: quote 7"]
    );
    ask(&mut session, Request::Undo);
    assert_eq!(below(&show(&mut session, &arguments), "page.catalogue.prices").len(), 2);
}

#[test]
fn a_renewal_without_a_price_has_the_way_to_enter_one_for_its_part_level_and_currency() {
    let mut session = session();
    bring(
        &mut session,
        "ledger.csv",
        "agreement,site,part_number,product,metric,quantity,ss_start,ss_end,currency,kind\n\
         A1,Oslo,E9,MQ,PVU,100,2026-04-01,2027-03-31,EUR,renewal\n",
    );
    bring(&mut session, "orders.csv", "date,site,points\n2026-05-01,Oslo,600\n");
    let renewals = |session: &mut Session, open: &str| {
        let arguments = vec![(OPEN.to_owned(), open.to_owned())];
        let query = ScreenQuery { screen: Screen::Renewals, today: Some(TODAY), arguments };
        let Response::Blocks(blocks) = ask(session, Request::Show(query)) else { panic!() };
        blocks
    };
    let key = rows(&renewals(&mut session, ""))[0].key.clone();
    let fields = entry(&renewals(&mut session, &key)).expect("the way to a price");
    assert_eq!(fields.setting, Setting::OwnPrice("E9".to_owned()));
    // 600 points are level D.
    assert_eq!(values(&fields), ["D", "", "EUR", "", ""]);
    let set = Request::Set { setting: fields.setting, text: "D\t10\tEUR\t\tquote 7".to_owned() };
    state(ask(&mut session, set));
    let blocks = renewals(&mut session, &key);
    assert_eq!(entry(&blocks), None);
    // 100 parts at 10.00 are 1,000.00, and 6 % more in 2027 by the usual uplift: a month of that until the anniversary of
    // 1 May, and a year from then on, 88.33 and 1,060.00.
    assert_eq!(tiles(&blocks)["page.renewals.next"], "1148.33");
}

//! The estate on one page: what is not known says what is missing, nothing is netted, and what needs somebody comes first.

use highwater::i18n::Language;
use highwater::model::message::{Message, Words};
use highwater::model::screen::Screen;
use highwater::work::blocks::{Block, Sets, Tile};
use highwater::work::cell::Cell;
use highwater::work::data_table::{DataTable, TableLine};
use highwater::work::screen_query::ScreenQuery;
use highwater::work::session::Session;
use highwater::work::{FindingKey, MapStep, Question, Request, Response};
use jiff::civil::date;

const ESTATE: &str = "server,processor,sockets,cores,technology,product,metric,from,to\n\
    a,Intel Xeon Gold 6130,2,8,none,IBM MQ,PVU,2026-01-01,2026-06-30\n\
    b,Intel Xeon Gold 6130,2,4,none,IBM Db2 Standard Edition,PVU,2026-01-01,2026-06-30\n\
    c,Intel Xeon Gold 6130,2,2,none,IBM Cognos Analytics,PVU,2026-01-01,2026-06-30\n";

// MQ needs 8 × 70 = 560, Db2 280 and Cognos 140 PVU.
const LEDGER: &str = "product,metric,quantity,ss_end\n\
    IBM MQ,PVU,500,2026-12-31\n\
    IBM Db2 Standard Edition,PVU,100,2026-09-30\n\
    IBM Cognos Analytics,PVU,340,2026-09-30\n";

const ORDERS: &str = "date,site,points\n2026-03-01,Oslo,600\n";

fn show(files: &[(&str, &str)]) -> Vec<Block> {
    blocks(&mut opened(files), Vec::new())
}

fn opened(files: &[(&str, &str)]) -> Session {
    let mut session = Session::new(|_| None, Language::english());
    let names = files.iter().map(|(name, _)| (*name).to_owned()).collect();
    let bytes = files.iter().map(|(_, text)| text.as_bytes().to_vec()).collect();
    let (response, _) = session.handle(Request::Import { names, replaced: None }, bytes, &mut |_, _, _| ());
    // Prices that do not say from when they hold have always held.
    if matches!(response, Response::State(state) if state.mapping.is_some()) {
        session.handle(Request::Map(MapStep::Accept), Vec::new(), &mut |_, _, _| ());
    }
    session
}

fn blocks(session: &mut Session, arguments: Vec<(String, String)>) -> Vec<Block> {
    let query = ScreenQuery { screen: Screen::Start, today: Some(date(2026, 7, 1)), arguments };
    let response = session.handle(Request::Show(query), Vec::new(), &mut |_, _, _| ()).0;
    let Response::Blocks(blocks) = response else { panic!("{response:?}") };
    blocks
}

fn say(message: &Message) -> String {
    Language::english().say(message)
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Said(said) => said.iter().map(say).collect::<Vec<_>>().join(" "),
        Cell::Word(key) => say(&Message::keyed(key.clone())),
        Cell::Number(number)
        | Cell::Money(Some(number), _)
        | Cell::Figure(Some(number), _)
        | Cell::Balance(Some(number), _) => number.to_string(),
        Cell::Day(Some(day)) => day.to_string(),
        Cell::Text(text) | Cell::Source(text) => text.clone(),
        Cell::Screen(screen, _) => screen.name().to_owned(),
        Cell::Unknown
        | Cell::Day(None)
        | Cell::Status(_)
        | Cell::Money(None, _)
        | Cell::Figure(None, _)
        | Cell::Balance(None, _) => "?".to_owned(),
    }
}

fn tiles(blocks: &[Block]) -> Vec<(String, String, Option<Screen>)> {
    let of = |block: &&Block| matches!(block, Block::Tiles(_));
    let Some(Block::Tiles(tiles)) = blocks.iter().find(of) else { panic!("no figures") };
    let told = |tile: &Tile| (tile.title.to_string(), plain(&tile.amount), tile.screen);
    tiles.tiles.iter().map(told).collect()
}

/// The list of what to do: what, what it is worth with what stands below, and where.
fn to_do(blocks: &[Block]) -> Vec<[String; 3]> {
    let Some(Block::Data(table)) = blocks.first() else { panic!("nothing to do") };
    let row = |line: &TableLine| {
        let TableLine::Row(row) = line else { panic!("a group") };
        let below = |place: usize| row.cells[place].below.iter().map(say).collect::<Vec<_>>().join(" ");
        let worth = [plain(&row.cells[2].value), row.cells[2].unit.to_string(), below(2)].join(" ");
        [plain(&row.cells[1].value), worth.trim().to_owned(), plain(&row.cells[3].value)]
    };
    table.lines.iter().map(row).collect()
}

#[test]
fn an_empty_estate_has_no_overview() {
    assert_eq!(show(&[]), []);
}

#[test]
fn figures_that_nobody_knows_say_so_and_lead_to_where_they_come_from() {
    let tiles = tiles(&show(&[("estate.csv", ESTATE)]));
    let unknown = |title: &str, screen| tiles.contains(&(title.to_owned(), "not known".to_owned(), Some(screen)));
    assert!(unknown("page.overview.entitled", Screen::Entitlements), "{tiles:?}");
    assert!(unknown("page.overview.evidence", Screen::Position), "{tiles:?}");
    assert!(unknown("page.overview.level", Screen::VolumeLevel), "{tiles:?}");
    assert!(unknown("page.overview.support", Screen::Entitlements), "{tiles:?}");
}

#[test]
fn what_is_short_and_what_is_over_stand_apart_beside_the_level_and_the_next_end() {
    let tiles = tiles(&show(&[("estate.csv", ESTATE), ("ledger.csv", LEDGER), ("orders.csv", ORDERS)]));
    let of = |title: &str| tiles.iter().find(|tile| tile.0 == title).map(|tile| tile.1.clone());
    assert_eq!(of("page.state.shortfall").as_deref(), Some("−240"));
    assert_eq!(of("page.state.surplus").as_deref(), Some("+200"));
    assert_eq!(of("page.overview.level").as_deref(), Some("D"));
    assert_eq!(of("page.overview.support").as_deref(), Some("2026-09-30"));
}

#[test]
fn where_there_is_nothing_to_do_a_sentence_says_what_would_tell() {
    let blocks = show(&[("estate.csv", ESTATE)]);
    let Some(Block::Note(sentence)) = blocks.first() else { panic!("{blocks:?}") };
    assert!(say(sentence).starts_with("Add your entitlements"));
}

fn told(rows: &[[String; 3]]) -> Vec<(&str, &str, &str)> {
    rows.iter().map(|[what, worth, place]| (what.as_str(), worth.as_str(), place.as_str())).collect()
}

#[test]
fn without_prices_the_largest_shortfall_comes_first_then_what_is_paid_and_not_needed_then_the_next_level() {
    let rows = to_do(&show(&[("estate.csv", ESTATE), ("ledger.csv", LEDGER), ("orders.csv", ORDERS)]));
    assert_eq!(
        told(&rows),
        [
            ("Buy 180 PVU of IBM Db2 Standard Edition before it is claimed", "?  price missing", "position"),
            ("Buy 60 PVU of IBM MQ before it is claimed", "?  price missing", "position"),
            ("Reduce IBM Cognos Analytics by 200 PVU", "?  price missing", "renewals"),
            ("An order of 400 points reaches level E", "?  price missing", "volume_level"),
        ]
    );
}

const PRICED: &str = "part_number,renewal_part,product,metric,quantity,ss_end,currency\n\
    L-MQ,R-MQ,IBM MQ,PVU,500,2026-12-31,EUR\n\
    L-DB,R-DB,IBM Db2 Standard Edition,PVU,100,2026-07-31,EUR\n\
    L-CO,R-CO,IBM Cognos Analytics,PVU,340,2026-07-31,EUR\n";

const PRICES: &str = "part_number,level,price,currency\n\
    L-MQ,BL,10,EUR\nR-MQ,BL,2,EUR\nL-DB,BL,20,EUR\nR-CO,BL,3,EUR\n";

#[test]
fn with_prices_the_largest_amount_comes_first_and_what_has_no_price_last() {
    let rows = to_do(&show(&[("estate.csv", ESTATE), ("ledger.csv", PRICED), ("prices.csv", PRICES)]));
    assert_eq!(
        told(&rows),
        [
            // 180 licences of 20.
            ("Buy 180 PVU of IBM Db2 Standard Edition before it is claimed", "3600.00 EUR to pay once", "position"),
            // Reinstated, 60 % of 20 for each of 100; renewed, 20 %: R-DB has no price.
            ("Renew IBM Db2 Standard Edition by 2026-07-31", "800.00 EUR more, if it is late", "renewals"),
            // 60 licences of 10.
            ("Buy 60 PVU of IBM MQ before it is claimed", "600.00 EUR to pay once", "position"),
            // 340 are paid for, 140 needed, at 3 a year.
            ("Reduce IBM Cognos Analytics by 200 PVU", "600.00 EUR saving a year, at most", "renewals"),
            // Its licence has no price, and so its reinstatement has none.
            (
                "Renew IBM Cognos Analytics by 2026-07-31",
                "?  Neither L-CO nor its licence has a price in EUR for that day.",
                "renewals"
            ),
        ]
    );
}

#[test]
fn what_is_decided_is_no_longer_to_be_done() {
    let decided = "product,metric,decision,quantity\nIBM Cognos Analytics,PVU,reduce,140\n";
    let files = [("estate.csv", ESTATE), ("ledger.csv", PRICED), ("prices.csv", PRICES), ("decisions.csv", decided)];
    let rows = to_do(&show(&files));
    assert!(rows.iter().all(|row| !row[0].starts_with("Reduce")), "{rows:?}");
}

#[test]
fn a_level_is_worth_what_a_year_costs_less_at_it_of_what_has_a_price_at_both_levels() {
    // 600 points are level D. A year of 500 from January on costs 1,060 at D, with the 6 % of that year, and 795 at E. Db2 and
    // Cognos have no price at E.
    let of_both = "R-MQ,D,2,EUR\nR-MQ,E,1.5,EUR\n";
    let prices = format!("{PRICES}{of_both}");
    let ledger = ("ledger.csv", PRICED);
    let orders = ("orders.csv", ORDERS);
    let rows = to_do(&show(&[("estate.csv", ESTATE), ledger, orders, ("prices.csv", &prices)]));
    let worth = "265.00 EUR saving a year, at most 2 lines are not known";
    assert!(told(&rows).contains(&("An order of 400 points reaches level E", worth, "volume_level")), "{rows:?}");
}

#[test]
fn a_level_without_a_price_of_its_own_is_worth_nothing_that_is_known() {
    let files = [("estate.csv", ESTATE), ("ledger.csv", PRICED), ("orders.csv", ORDERS), ("prices.csv", PRICES)];
    let rows = to_do(&show(&files));
    let unknown = rows.iter().find(|row| row[0].contains("reaches level E")).unwrap();
    assert!(unknown[1].starts_with('?') && unknown[1].contains("has no price at level"), "{unknown:?}");
}

#[test]
fn a_right_under_another_name_is_worth_the_licences_that_need_not_be_bought() {
    let ledger = format!("{PRICED}L-WM,,WebSphere MQ,PVU,40,,EUR\n");
    let rows = to_do(&show(&[("estate.csv", ESTATE), ("ledger.csv", &ledger), ("prices.csv", PRICES)]));
    let name = ("Say whether WebSphere MQ is IBM MQ", "400.00 EUR not to be bought, at most", "entitlements");
    assert!(told(&rows).contains(&name), "{rows:?}");
}

#[test]
fn what_nothing_measures_is_to_be_counted() {
    let ledger = format!("{PRICED}L-AU,,IBM Maximo,AUTHORIZED_USER,40,,EUR\n");
    let rows = to_do(&show(&[("estate.csv", ESTATE), ("ledger.csv", &ledger), ("prices.csv", PRICES)]));
    let last = told(&rows).last().copied().unwrap();
    assert_eq!(last, ("Count what is used of IBM Maximo", "?  what is needed is not measured", "position"));
}

#[test]
fn an_open_line_reduces_what_is_not_needed_at_one_press_and_undo_takes_it_back() {
    let mut session = opened(&[("estate.csv", ESTATE), ("ledger.csv", PRICED), ("prices.csv", PRICES)]);
    let key = "reduce/IBM Cognos Analytics/PVU";
    let table = |session: &mut Session| {
        let blocks = blocks(session, vec![("open".to_owned(), key.to_owned())]);
        let Some(Block::Data(table)) = blocks.into_iter().next() else { panic!("nothing to do") };
        table
    };
    let row = |table: &DataTable| {
        let rows = table.lines.iter();
        rows.cloned()
            .find_map(|line| if let TableLine::Row(row) = line { (row.key == key).then_some(row) } else { None })
    };
    let detail = row(&table(&mut session)).unwrap().detail.unwrap();
    let Some(Block::Form(form)) = detail.first() else { panic!("{detail:?}") };
    let Sets::Setting(setting) = form.fields[0].sets.clone() else { panic!("{form:?}") };
    let pressed = Request::Set { setting, text: form.fields[0].value.clone() };
    session.handle(pressed, Vec::new(), &mut |_, _, _| ());
    assert_eq!(row(&table(&mut session)), None);
    session.handle(Request::Undo, Vec::new(), &mut |_, _, _| ());
    assert!(row(&table(&mut session)).is_some());
}

#[test]
fn what_something_is_worth_is_explained_down_to_the_rows_of_its_prices() {
    let mut session = opened(&[("estate.csv", ESTATE), ("ledger.csv", PRICED), ("prices.csv", PRICES)]);
    let key = FindingKey { kind: "reduce".into(), subject: "IBM Cognos Analytics".into(), other: "PVU".into() };
    let question = Question::Finding { key, on: date(2026, 7, 1) };
    let answer = session.handle(Request::ExplainText(question), Vec::new(), &mut |_, _, _| ()).0;
    let Response::Text(text) = answer else { panic!("{answer:?}") };
    for told in ["600", "1,020", "420", "prices.csv"] {
        assert!(text.contains(told), "{told} in {text}");
    }
}

#[test]
fn a_position_as_csv_has_what_no_file_measures_too() {
    let estate = "server,processor,cores,product,metric\ns1,IBM POWER9 E980,10,IBM MQ,PVU\n";
    let ledger = "product,metric,quantity\nIBM MQ,PVU,1400\nIBM Cloud Pak for Integration,VPC,6\nTickets,Ticket,5\n";
    let parts =
        "bundle,component,environment,metric,quantity\nIBM Cloud Pak for Integration,IBM MQ,production,VPC,40\n";
    let mut session = opened(&[("estate.csv", estate), ("ledger.csv", ledger), ("parts.csv", parts)]);
    let export = Request::Export(highwater::work::Export::PositionCsv);
    let (_, files) = session.handle(export, Vec::new(), &mut |_, _, _| ());
    let text = String::from_utf8(files[0].clone()).unwrap();
    let row = |product: &str| -> Vec<String> {
        let line = text.lines().find(|line| line.starts_with(product)).unwrap_or_else(|| panic!("{text}"));
        line.split(',').take(9).map(str::to_owned).collect()
    };
    // 10 cores x 120 PVU; what is measured comes first.
    assert_eq!(row("IBM MQ")[6..], ["1400", "200", "200"]);
    let pak = row("IBM Cloud Pak for Integration");
    assert_eq!((pak[1].as_str(), pak[6].as_str()), ("VPC", "6"));
    assert!(pak[7].starts_with('-'), "{pak:?}");
    assert_eq!(row("Tickets")[6], "5");
}

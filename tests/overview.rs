//! The estate on one page: what is not known says what is missing, nothing is netted, and what needs somebody comes first.

use highwater::i18n::Language;
use highwater::model::message::{Message, Words};
use highwater::model::screen::Screen;
use highwater::work::blocks::{Block, Section, Tile};
use highwater::work::cell::Cell;
use highwater::work::screen_query::ScreenQuery;
use highwater::work::session::Session;
use highwater::work::{Request, Response};
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
    let mut session = Session::new(|_| None, Language::english());
    let names = files.iter().map(|(name, _)| (*name).to_owned()).collect();
    let bytes = files.iter().map(|(_, text)| text.as_bytes().to_vec()).collect();
    session.handle(Request::Import { names, replaced: None }, bytes, &mut |_, _, _| ());
    let query = ScreenQuery { screen: Screen::Start, today: Some(date(2026, 7, 1)), arguments: Vec::new() };
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
        Cell::Screen(screen) => screen.name().to_owned(),
        Cell::Unknown
        | Cell::Day(None)
        | Cell::Status(_)
        | Cell::Money(None, _)
        | Cell::Figure(None, _)
        | Cell::Balance(None, _) => "?".to_owned(),
    }
}

fn tiles(blocks: &[Block]) -> Vec<(String, String, Option<Screen>)> {
    let Some(Block::Tiles(tiles)) = blocks.first() else { panic!("no figures") };
    let told = |tile: &Tile| (tile.title.to_string(), plain(&tile.amount), tile.screen);
    tiles.tiles.iter().map(told).collect()
}

fn first(blocks: &[Block]) -> &Section {
    let of = |block: &Block| matches!(block, Block::Table(section) if section.title == Cell::Word("page.overview.first".into()));
    let Some(Block::Table(section)) = blocks.iter().find(|block| of(block)) else { panic!("no table") };
    section
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
fn the_largest_shortfall_comes_first_then_support_that_is_not_needed_then_the_next_level() {
    let blocks = show(&[("estate.csv", ESTATE), ("ledger.csv", LEDGER), ("orders.csv", ORDERS)]);
    let rows: Vec<Vec<String>> = first(&blocks).rows.iter().map(|row| row.iter().map(plain).collect()).collect();
    let told: Vec<(&str, &str, &str)> =
        rows.iter().map(|row| (row[0].as_str(), row[2].as_str(), row[3].as_str())).collect();
    assert_eq!(
        told,
        [
            ("IBM Db2 Standard Edition is short of 180 PVU.", "-180", "position"),
            ("IBM MQ is short of 60 PVU.", "-60", "position"),
            ("S&S is paid for 200 PVU of IBM Cognos Analytics that are not needed.", "200", "entitlements"),
            ("400 points more reach level E.", "400", "volume_level"),
        ]
    );
}

#[test]
fn where_nothing_needs_somebody_the_table_says_so() {
    let blocks = show(&[("estate.csv", ESTATE)]);
    let section = first(&blocks);
    assert_eq!(
        (section.rows.len(), section.notes.iter().map(say).collect::<Vec<_>>()),
        (0, vec!["Nothing is short, unknown or weakly proved.".to_owned()])
    );
}

//! The screen of renewals: what it says of a ledger, of prices that are missing, and of what is decided.

use highwater::i18n::Language;
use highwater::model::message::Words;
use highwater::model::screen::Screen;
use highwater::work::blocks::{Block, Form, FormField, Section, Sets, Tile};
use highwater::work::cell::Cell;
use highwater::work::data_table::{OPEN, TableLine};
use highwater::work::screen_query::ScreenQuery;
use highwater::work::session::Session;
use highwater::work::{MapStep, Request, Response};
use jiff::civil::date;
use rust_decimal::Decimal;

const LEDGER: &str = "agreement,site,part_number,product,metric,quantity,ss_start,ss_end,currency,kind\n\
    A1,Oslo,E1,MQ,PVU,100,2026-04-01,2027-03-31,EUR,renewal\n\
    A1,Oslo,E2,Db2,PVU,10,2026-04-01,2027-03-31,EUR,renewal\n";

const PRICES: &str = "part_number,level,price,currency\nE1,BL,10.00,EUR\n";

fn session(files: &[(&str, &str)]) -> Session {
    let mut session = Session::new(|_| None, Language::english());
    let names = files.iter().map(|(name, _)| (*name).to_owned()).collect();
    let bytes = files.iter().map(|(_, text)| text.as_bytes().to_vec()).collect();
    bring(&mut session, names, bytes);
    session
}

/// Brings files; prices that do not say from when they hold have always held.
fn bring(session: &mut Session, names: Vec<String>, bytes: Vec<Vec<u8>>) {
    let (response, _) = session.handle(Request::Import { names, replaced: None }, bytes, &mut |_, _, _| ());
    if matches!(response, Response::State(state) if state.mapping.is_some()) {
        session.handle(Request::Map(MapStep::Accept), Vec::new(), &mut |_, _, _| ());
    }
}

fn show(session: &mut Session, arguments: &[(&str, &str)]) -> Vec<Block> {
    let arguments = arguments.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let query = ScreenQuery { screen: Screen::Renewals, today: Some(date(2026, 11, 28)), arguments };
    let (response, _) = session.handle(Request::Show(query), Vec::new(), &mut |_, _, _| ());
    let Response::Blocks(blocks) = response else { panic!("{response:?}") };
    blocks
}

fn tile(blocks: &[Block], title: &str) -> Option<Tile> {
    let Some(Block::Tiles(tiles)) = blocks.first() else { panic!("no figures") };
    tiles.tiles.iter().find(|tile| tile.title == title).cloned()
}

/// The keys of the rows, in their order.
fn keys(blocks: &[Block]) -> Vec<String> {
    let table = blocks.iter().find_map(|block| if let Block::Data(table) = block { Some(table) } else { None });
    let lines = table.map(|table| table.lines.as_slice()).unwrap_or_default();
    lines.iter().filter_map(|line| if let TableLine::Row(row) = line { Some(row.key.clone()) } else { None }).collect()
}

/// The fields below a row that is open.
fn fields(blocks: &[Block]) -> Vec<FormField> {
    let table =
        blocks.iter().find_map(|block| if let Block::Data(table) = block { Some(table) } else { None }).unwrap();
    let detail =
        table.lines.iter().find_map(|line| if let TableLine::Row(row) = line { row.detail.clone() } else { None });
    let form =
        detail.into_iter().flatten().find_map(|block| if let Block::Form(form) = block { Some(form) } else { None });
    form.unwrap().fields
}

fn set(session: &mut Session, field: &FormField, text: &str) {
    let Sets::Setting(setting) = field.sets.clone() else { panic!("a setting") };
    let (response, _) = session.handle(Request::Set { setting, text: text.to_owned() }, Vec::new(), &mut |_, _, _| ());
    assert!(matches!(response, Response::State(_)), "{response:?}");
}

fn money(text: &str) -> Cell {
    Cell::Money(Some(text.parse::<Decimal>().unwrap()), None)
}

#[test]
fn without_a_ledger_there_is_nothing_to_renew() {
    assert_eq!(show(&mut session(&[("prices.csv", PRICES)]), &[]), [Block::Lists(Vec::new())]);
}

#[test]
fn without_prices_every_line_is_there_and_its_amount_is_not_known() {
    let blocks = show(&mut session(&[("ledger.csv", LEDGER)]), &[]);
    assert_eq!(keys(&blocks).len(), 2);
    assert_eq!(tile(&blocks, "page.renewals.next").unwrap().amount, Cell::Money(None, None));
    let unknown = tile(&blocks, "page.renewals.unknown").unwrap();
    assert_eq!((unknown.amount, unknown.texts[0].key.as_ref()), (Cell::Number(2.into()), "page.renewals.no_prices"));
}

#[test]
fn what_has_no_price_is_told_beside_what_has_one() {
    let blocks = show(&mut session(&[("ledger.csv", LEDGER), ("prices.csv", PRICES)]), &[]);
    // 100 x 10.00 x 1.06.
    assert_eq!(tile(&blocks, "page.renewals.next").unwrap().amount, money("1060.00"));
    let unknown = tile(&blocks, "page.renewals.unknown").unwrap();
    assert_eq!((unknown.amount, unknown.texts[0].key.as_ref()), (Cell::Number(1.into()), "page.renewals.missing"));
}

#[test]
fn a_decision_made_on_its_line_changes_the_bill_and_can_be_undone() {
    let mut session = session(&[("ledger.csv", LEDGER), ("prices.csv", PRICES)]);
    let mq = keys(&show(&mut session, &[])).into_iter().find(|key| key.contains("MQ")).unwrap();
    let [decision, reduced] = fields(&show(&mut session, &[(OPEN, &mq)])).try_into().unwrap();
    set(&mut session, &reduced, "40");
    let blocks = show(&mut session, &[(OPEN, &mq)]);
    assert_eq!(tile(&blocks, "page.renewals.next").unwrap().amount, money("424.00"));
    assert_eq!(fields(&blocks)[0].value, "reduce");
    set(&mut session, &decision, "lapse");
    assert_eq!(tile(&show(&mut session, &[]), "page.renewals.next").unwrap().amount, Cell::Money(None, None));
    for expected in ["424.00", "1060.00"] {
        session.handle(Request::Undo, Vec::new(), &mut |_, _, _| ());
        assert_eq!(tile(&show(&mut session, &[]), "page.renewals.next").unwrap().amount, money(expected));
    }
    set(&mut session, &decision, "lapse");
    set(&mut session, &decision, "renew");
    assert_eq!(tile(&show(&mut session, &[]), "page.renewals.decided"), None);
}

#[test]
fn a_forecast_follows_whatever_is_brought_after_it_was_shown() {
    let mut session = session(&[("ledger.csv", LEDGER), ("prices.csv", PRICES)]);
    let next = |session: &mut Session| tile(&show(session, &[]), "page.renewals.next").unwrap().amount;
    assert_eq!(next(&mut session), money("1060.00"));
    // No uplift; then a level with a price of its own; then a month until an anniversary; then fewer units.
    for (name, text, expected) in [
        ("assumed.csv", "name,scope,expected\nuplift,,0\n", "1000.00"),
        ("more.csv", "part_number,level,price,currency\nE1,D,9.00,EUR\n", "1000.00"),
        ("orders.csv", "date,site,points\n2026-05-01,Oslo,600\n", "975.00"),
        ("agreements.csv", "agreement,programme,anniversary\nA1,passport_advantage,2020-04-01\n", "900.00"),
        ("aliases.csv", "name,product,reason\nMQ,IBM MQ,renamed\n", "900.00"),
        ("decided.csv", "product,decision,quantity\nIBM MQ,reduce,50\n", "450.00"),
    ] {
        let names = vec![name.to_owned()];
        let bytes = vec![text.as_bytes().to_vec()];
        bring(&mut session, names, bytes);
        assert_eq!(next(&mut session), money(expected), "{name}");
    }
}

#[test]
fn a_quote_with_the_columns_of_ibm_stands_beside_the_forecast_and_groups_the_lines() {
    let quote = "Quote Number,Part Number,Part Description,Quantity,Coverage Starts,Coverage Ends,Total Points,\
        Extended Price,Currency\n\
        4711,E1,MQ support,100,1 Apr 2027,31 Mar 2028,900,\"1,100.00\",EUR\n";
    let mut session = session(&[("ledger.csv", LEDGER), ("prices.csv", PRICES), ("quote.csv", quote)]);
    let blocks = show(&mut session, &[("group", "quote")]);
    let is_it = |section: &&Section| section.title == Cell::Word("page.quotes.title".into());
    let sections =
        blocks.iter().filter_map(|block| if let Block::Table(section) = block { Some(section) } else { None });
    let section = sections.into_iter().find(is_it).expect("quotes");
    // A year of 100 at 10.00, with the 6 % of 2027: 1,060.00 are expected, 1,100.00 quoted.
    let first = &section.rows[0];
    let (quoted, difference) = (&first[5], &first[7]);
    assert_eq!(*quoted, Cell::Money(Some("1100.00".parse().unwrap()), None));
    assert!(matches!(first[6], Cell::Money(Some(amount), Some(_)) if amount == Decimal::from(1_060)), "{first:?}");
    assert_eq!(*difference, Cell::Money(Some(40.into()), None));
    // Db2 is expected then, and not quoted.
    assert_eq!(section.rows.len(), 2);
    let table =
        blocks.iter().find_map(|block| if let Block::Data(table) = block { Some(table) } else { None }).unwrap();
    let groups = table.lines.iter().filter(|line| matches!(line, TableLine::Group(_))).count();
    assert_eq!(groups, 2);
}

#[test]
fn another_decision_says_what_is_missing_then_what_it_changes_and_is_taken_with_one_press() {
    let mut session = session(&[("ledger.csv", LEDGER), ("prices.csv", PRICES)]);
    let key = keys(&show(&mut session, &[])).into_iter().find(|key| key.contains("/MQ/")).unwrap();
    let of = |field: &str| format!("{field}/{key}");
    let (decision, until, scope) = (of("decision"), of("until"), of("scope"));
    let forms = |session: &mut Session, arguments: &[(&str, &str)]| {
        let asked: Vec<(&str, &str)> = [(OPEN, key.as_str())].into_iter().chain(arguments.iter().copied()).collect();
        let blocks = show(session, &asked);
        let table =
            blocks.into_iter().find_map(|block| if let Block::Data(table) = block { Some(table) } else { None });
        let mut rows = table.unwrap().lines.into_iter();
        let detail = rows.find_map(|line| if let TableLine::Row(row) = line { row.detail } else { None }).unwrap();
        let forms =
            detail.into_iter().filter_map(|block| if let Block::Form(form) = block { Some(form) } else { None });
        forms.collect::<Vec<_>>().pop().unwrap()
    };
    let say = |form: &Form| form.answer.iter().map(|one| Language::english().say(one)).collect::<Vec<_>>().join(" ");
    let replaced = forms(&mut session, &[(&decision, "to_cloud_pak")]);
    assert_eq!(say(&replaced), "Say which part comes in its place.");

    // Renewed, 100 parts cost 1,060, 1,123.60, 1,191.02, 1,262.48 and 1,338.23 until 2031. Without support until April 2028,
    // one year is saved and reinstatement has no price.
    let lapsed = forms(&mut session, &[(&decision, "lapse"), (&scope, "everywhere")]);
    assert_eq!(say(&lapsed), "Expected until 2031-12-31: 5,975.33 EUR less than as decided now.");
    let lapsed = forms(&mut session, &[(&decision, "lapse"), (&until, "2028-04-01")]);
    assert_eq!(
        say(&lapsed),
        "Expected until 2031-12-31: 2,183.60 EUR less than as decided now. one charge is not known"
    );

    let button = lapsed.fields.last().unwrap().clone();
    set(&mut session, &button, "");
    let decided = |session: &mut Session| tile(&show(session, &[]), "page.renewals.decided").is_some();
    assert!(decided(&mut session));
    session.handle(Request::Undo, Vec::new(), &mut |_, _, _| ());
    assert!(!decided(&mut session));
}

#[test]
fn alternatives_give_the_anchor_and_stand_beside_the_renewal_year_by_year() {
    let ledger = "agreement,site,part_number,product,metric,quantity,ss_start,ss_end,currency,kind\n\
        A1,Oslo,E1,MQ,PVU,100,2026-04-01,2027-03-31,EUR,renewal\n";
    let ways = "name,benchmark,run_cost,one_time_cost,years,weight,currency\nLeave,800,700,600,3,25,EUR\n";
    let files = [("ledger.csv", ledger), ("prices.csv", PRICES), ("alternatives.csv", ways)];
    let blocks = show(&mut session(&files), &[]);
    let section = |title: &'static str| {
        let sections = blocks.iter().filter_map(|block| if let Block::Table(one) = block { Some(one) } else { None });
        sections.into_iter().find(|one: &&Section| one.title == Cell::Word(title.into())).expect(title).rows.clone()
    };
    let money = |cell: &Cell| if let Cell::Money(Some(amount), _) = cell { amount.to_string() } else { "?".to_owned() };
    // 700 + 600 / 3 = 900 a year, 100 above the benchmark, of which a quarter is conceded.
    let opening = &section("page.alternatives.anchors")[0];
    assert_eq!((money(&opening[2]), money(&opening[3])), ("900.00".to_owned(), "825.00".to_owned()));
    // Renewed, 100 parts cost 1,060, then 1,123.60, then 1,191.02; the alternative 700 a year, and 600 at first.
    let years: Vec<[String; 2]> =
        section("page.alternatives.by_year").iter().map(|row| [money(&row[2]), money(&row[4])]).collect();
    assert_eq!(years, [["1060.00", "1300.00"], ["2183.60", "2000.00"], ["3374.62", "2700.00"]]);
}

#[test]
fn an_assumption_that_changes_says_what_it_moved() {
    let mut session = session(&[("ledger.csv", LEDGER), ("prices.csv", PRICES)]);
    let texts = |session: &mut Session| {
        let tile = tile(&show(session, &[]), "page.renewals.next").unwrap();
        tile.texts.iter().map(|text| Language::english().say(text)).collect::<Vec<_>>()
    };
    assert!(texts(&mut session).iter().all(|text| !text.contains("by the last change")));
    // 6 % were expected of 1,000; 4 % are 20 less.
    let assumed = b"name,scope,from,expected\nuplift,,,4\n".to_vec();
    bring(&mut session, vec!["assumed.csv".to_owned()], vec![assumed]);
    let told = texts(&mut session);
    assert!(told.contains(&"20.00 less by the last change".to_owned()), "{told:?}");
    session.handle(Request::Undo, Vec::new(), &mut |_, _, _| ());
    let told = texts(&mut session);
    assert!(told.contains(&"20.00 more by the last change".to_owned()), "{told:?}");
}

/// The fields of the form that decides for all lines found; none where there is none.
fn of_many(blocks: &[Block]) -> Vec<FormField> {
    let form = blocks.iter().find_map(|block| if let Block::Form(form) = block { Some(form) } else { None });
    form.map(|form| form.fields.clone()).unwrap_or_default()
}

#[test]
fn a_decision_for_all_lines_found_is_one_step_and_leaves_the_lines_that_are_not() {
    let ledger = "agreement,site,part_number,product,metric,quantity,ss_start,ss_end,currency,kind\n\
        A1,Oslo,E1,MQ,PVU,100,2026-04-01,2027-03-31,EUR,renewal\n\
        A1,Rome,E1,MQ,PVU,31,2026-04-01,2027-03-31,EUR,renewal\n\
        A1,Rome,E1,Db2,PVU,10,2026-04-01,2027-03-31,EUR,renewal\n";
    let mut session = session(&[("ledger.csv", ledger), ("prices.csv", PRICES)]);
    let asked = [("find", "mq"), ("decision/", "reduce"), ("share/", "50"), ("reason/", "half is used")];
    // Until a share is given nothing is taken.
    let waiting = of_many(&show(&mut session, &asked[..2]));
    let button =
        waiting.iter().find_map(|field| if let Sets::Setting(setting) = &field.sets { Some(setting) } else { None });
    let request = Request::Set { setting: button.expect("a button").clone(), text: String::new() };
    let (refused, _) = session.handle(request, Vec::new(), &mut |_, _, _| ());
    let Response::Refused(issues) = refused else { panic!("{refused:?}") };
    assert_eq!(issues[0].code, "decision_without_quantity");
    let offered = of_many(&show(&mut session, &asked));
    let taken = offered.iter().find(|field| matches!(field.sets, Sets::Setting(_))).expect("a button");
    set(&mut session, taken, "");
    // 50 % of 100 and of 31: what is kept is whole units.
    let decided = |session: &mut Session| -> Vec<String> {
        let keys = keys(&show(session, &[]));
        let told = |key: &String| {
            let [decision, reduced] = fields(&show(session, &[(OPEN, key)])).try_into().unwrap();
            format!("{} {} {}", key.split('/').nth(2).unwrap(), decision.value, reduced.value)
        };
        keys.iter().map(told).collect()
    };
    assert_eq!(decided(&mut session), ["MQ reduce 50", "Db2 renew ", "MQ reduce 16"]);
    session.handle(Request::Undo, Vec::new(), &mut |_, _, _| ());
    assert_eq!(decided(&mut session), ["MQ renew ", "Db2 renew ", "MQ renew "]);
    // One line alone is decided in its row.
    assert!(of_many(&show(&mut session, &[("find", "db2")])).is_empty());
}

#[test]
fn the_last_version_of_what_lapses_is_noted_on_its_line_and_kept_as_a_record() {
    let decided = "product,decision\nMQ,lapse\n";
    let files = [("ledger.csv", LEDGER), ("prices.csv", PRICES), ("decisions.csv", decided)];
    let mut session = session(&files);
    let detail = |session: &mut Session, product: &str| -> Vec<Block> {
        let of_product = |key: &String| key.contains(&format!("/{product}/"));
        let key = keys(&show(session, &[])).into_iter().find(of_product).unwrap();
        let blocks = show(session, &[(OPEN, &key)]);
        let tables = blocks.iter().filter_map(|block| if let Block::Data(table) = block { Some(table) } else { None });
        let mut lines = tables.flat_map(|table| &table.lines);
        lines.find_map(|line| if let TableLine::Row(row) = line { row.detail.clone() } else { None }).unwrap()
    };
    let entry = |blocks: &[Block]| {
        blocks.iter().find_map(|block| if let Block::Entry(entry) = block { Some(entry.setting.clone()) } else { None })
    };
    // Db2 has no price: its entry is one for that; MQ gets no new versions after its last day.
    let setting = entry(&detail(&mut session, "MQ")).expect("fields for the version");
    let text = "9.4.1\t2027-03-30".to_owned();
    session.handle(Request::Set { setting, text }, Vec::new(), &mut |_, _, _| ());
    let told: Vec<String> = detail(&mut session, "MQ")
        .iter()
        .filter_map(|block| if let Block::Note(note) = block { Some(Language::english().say(note)) } else { None })
        .collect();
    assert!(told.iter().any(|text| text.contains("9.4.1") && text.contains("2027-03-30")), "{told:?}");
}

#[test]
fn a_share_kept_of_many_lines_is_that_of_each_site_also_where_one_has_no_name() {
    let ledger = "agreement,site,part_number,product,metric,quantity,ss_start,ss_end,currency,kind\n\
        A1,,E1,MQ,PVU,100,2026-04-01,2027-03-31,EUR,renewal\n\
        A1,Rome,E1,MQ,PVU,200,2026-04-01,2027-03-31,EUR,renewal\n";
    let mut session = session(&[("ledger.csv", ledger), ("prices.csv", PRICES)]);
    let offered = of_many(&show(&mut session, &[("decision/", "reduce"), ("share/", "50")]));
    let taken = offered.iter().find(|field| matches!(field.sets, Sets::Setting(_))).expect("a button");
    set(&mut session, taken, "");
    // 150 parts of 300 at 10.00, with an uplift of 6 %.
    let next = tile(&show(&mut session, &[]), "page.renewals.next").unwrap();
    assert!(
        matches!(next.amount, Cell::Money(Some(amount), _) if amount.to_string() == "1590.00"),
        "{:?}",
        next.amount
    );
}

//! The tasks before renewals: how far each is, what closes it, and the calendar, read by a reader of calendars that is not
//! ours.

use highwater::i18n::Language;
use highwater::model::list::List;
use highwater::model::message::Words;
use highwater::model::screen::Screen;
use highwater::work::blocks::{Block, FormField, Sets};
use highwater::work::cell::Cell;
use highwater::work::data_table::{DataRow, DataTable, OPEN, STATE, TableLine, argument_of};
use highwater::work::screen_query::ScreenQuery;
use highwater::work::session::Session;
use highwater::work::{Export, Request, Response};
use ical::IcalParser;
use ical::parser::Component;
use ical::parser::ical::component::IcalEvent;
use jiff::civil::{Date, date};

/// Support ends on 31 March 2027, and no order or agreement gives another anniversary: all is before 1 April 2027.
const LEDGER: &str = "agreement,site,part_number,product,metric,quantity,ss_start,ss_end,currency,kind\n\
    A1,Oslo,E1,MQ,PVU,100,2026-04-01,2027-03-31,EUR,renewal\n";

const TODAY: Date = date(2026, 12, 26);

fn session(files: &[(&str, &str)]) -> Session {
    let mut session = Session::new(|_| None, Language::english());
    let names = files.iter().map(|(name, _)| (*name).to_owned()).collect();
    let bytes = files.iter().map(|(_, text)| text.as_bytes().to_vec()).collect();
    let (response, _) = session.handle(Request::Import { names, replaced: None }, bytes, &mut |_, _, _| ());
    assert!(matches!(&response, Response::State(state) if state.mapping.is_none()), "{response:?}");
    session
}

fn blocks(session: &mut Session, screen: Screen, arguments: &[(&'static str, &str)]) -> Vec<Block> {
    let asked = |(name, text): &(&'static str, &str)| (argument_of("tasks", name).into_owned(), (*text).to_owned());
    let query = ScreenQuery { screen, today: Some(TODAY), arguments: arguments.iter().map(asked).collect() };
    let (response, _) = session.handle(Request::Show(query), Vec::new(), &mut |_, _, _| ());
    let Response::Blocks(blocks) = response else { panic!("{response:?}") };
    blocks
}

fn table(session: &mut Session, arguments: &[(&'static str, &str)]) -> DataTable {
    let is_it =
        |block| if let Block::Data(table) = block { Some(table).filter(|table| table.name == "tasks") } else { None };
    blocks(session, Screen::Renewals, arguments).into_iter().find_map(is_it).expect("tasks")
}

fn rows(table: &DataTable) -> Vec<&DataRow> {
    table.lines.iter().filter_map(|line| if let TableLine::Row(row) = line { Some(row) } else { None }).collect()
}

/// The kind of each task in its order, and the word for how it stands.
fn stands(table: &DataTable) -> Vec<(String, String)> {
    let word = |row: &DataRow| {
        let Cell::Word(word) = &row.cells[2].value else { panic!("{row:?}") };
        word.trim_start_matches("page.tasks.").to_owned()
    };
    rows(table).into_iter().map(|row| (row.key.split('/').next().unwrap().to_owned(), word(row))).collect()
}

fn of(table: &DataTable, kind: &str) -> (String, String) {
    stands(table).into_iter().find(|(known, _)| known == kind).unwrap_or_else(|| panic!("{kind} in {table:?}"))
}

/// The fields of a task, by the keys of their labels.
fn fields(session: &mut Session, kind: &str) -> Vec<FormField> {
    let key = rows(&table(session, &[]))
        .into_iter()
        .find(|row| row.key.starts_with(&format!("{kind}/")))
        .unwrap()
        .key
        .clone();
    let opened = table(session, &[(OPEN, &key)]);
    let row = rows(&opened).into_iter().find(|row| row.key == key).unwrap();
    let blocks = row.detail.clone().unwrap();
    blocks.into_iter().find_map(|block| if let Block::Form(form) = block { Some(form.fields) } else { None }).unwrap()
}

fn say(session: &mut Session, kind: &str, label: &str, text: &str) {
    let field = fields(session, kind).into_iter().find(|field| field.label == label).unwrap();
    let Sets::Setting(setting) = field.sets else { panic!("a setting") };
    let (response, _) = session.handle(Request::Set { setting, text: text.to_owned() }, Vec::new(), &mut |_, _, _| ());
    assert!(matches!(response, Response::State(_)), "{response:?}");
}

fn export(session: &mut Session, export: Export) -> String {
    let (response, bytes) = session.handle(Request::Export(export), Vec::new(), &mut |_, _, _| ());
    assert!(matches!(response, Response::File { .. }), "{response:?}");
    String::from_utf8(bytes.concat()).unwrap()
}

fn events(session: &mut Session) -> Vec<IcalEvent> {
    let text = export(session, Export::Calendar { today: Some(TODAY) });
    let mut calendars = IcalParser::new(text.as_bytes());
    let calendar = calendars.next().unwrap().unwrap();
    assert!(calendars.next().is_none());
    calendar.events
}

fn value(event: &IcalEvent, name: &str) -> String {
    event.get_property(name).and_then(|property| property.value.clone()).unwrap_or_else(|| panic!("{name}: {event:?}"))
}

#[test]
fn what_is_overdue_comes_first_then_what_is_near_and_each_says_so_in_words() {
    let table = table(&mut session(&[("ledger.csv", LEDGER)]), &[]);
    let stands = stands(&table);
    // Twelve months before 1 April 2027 is long past, 90 days before it is six days ahead.
    assert_eq!(stands[0], ("entitlements".to_owned(), "overdue".to_owned()));
    assert_eq!(of(&table, "quote").1, "soon");
    assert_eq!(of(&table, "quote_late").1, "open");
    let place = |word: &str| stands.iter().position(|(_, known)| known == word).unwrap();
    assert!(place("overdue") < place("soon") && place("soon") < place("open"), "{stands:?}");
}

#[test]
fn a_task_that_is_done_stays_in_sight_ranks_last_and_undo_opens_it_again() {
    let mut session = session(&[("ledger.csv", LEDGER)]);
    let before = stands(&table(&mut session, &[]));
    say(&mut session, "entitlements", "column.state", "done");
    let after = table(&mut session, &[]);
    assert_eq!(stands(&after).last(), Some(&("entitlements".to_owned(), "done".to_owned())));
    assert_eq!(stands(&after).len(), before.len());
    let done_on = fields(&mut session, "entitlements").into_iter().find(|field| field.label == "column.done_on");
    assert_eq!(done_on.map(|field| field.value).as_deref(), Some("2026-12-26"));
    assert_eq!(stands(&table(&mut session, &[(STATE, "done")])).len(), 1);
    session.handle(Request::Undo, Vec::new(), &mut |_, _, _| ());
    assert_eq!(stands(&table(&mut session, &[])), before);
}

#[test]
fn a_task_of_which_nothing_is_said_any_more_leaves_no_line() {
    let mut session = session(&[("ledger.csv", LEDGER)]);
    say(&mut session, "order", "column.note", "Anna asks");
    say(&mut session, "order", "column.state", "in_work");
    let text = export(&mut session, Export::List(List::Tasks));
    assert_eq!(text.lines().count(), 2, "{text}");
    say(&mut session, "order", "column.state", "open");
    say(&mut session, "order", "column.note", "");
    let text = export(&mut session, Export::List(List::Tasks));
    assert_eq!(text.lines().count(), 1, "{text}");
}

#[test]
fn what_was_said_of_tasks_is_the_same_in_the_workspace_that_reads_it() {
    let mut first = session(&[("ledger.csv", LEDGER)]);
    say(&mut first, "bundles", "column.state", "not_needed");
    say(&mut first, "order", "column.note", "PO 4711");
    let text = export(&mut first, Export::List(List::Tasks));
    let mut second = session(&[("ledger.csv", LEDGER), ("tasks.csv", &text)]);
    assert_eq!(stands(&table(&mut second, &[])), stands(&table(&mut first, &[])));
    let note = fields(&mut second, "order").into_iter().find(|field| field.label == "column.note");
    assert_eq!(note.map(|field| field.value).as_deref(), Some("PO 4711"));
}

#[test]
fn what_is_said_of_a_task_says_nothing_of_the_same_task_a_year_later() {
    let tasks =
        "agreement,site,product,anniversary,task,state,done_on,note\nA1,Oslo,MQ,2026-04-01,quote,done,2026-01-05,\n";
    let table = table(&mut session(&[("ledger.csv", LEDGER), ("tasks.csv", tasks)]), &[]);
    assert_eq!(of(&table, "quote").1, "soon");
}

#[test]
fn a_notice_that_is_recorded_closes_its_tasks_and_no_others() {
    let record = |about: &str, day: &str| format!("date,record,about\n{day},non_renewal_notice,{about}\n");
    let with = |text: &str| table(&mut session(&[("ledger.csv", LEDGER), ("records.csv", text)]), &[]);
    let closed = with(&record("A1", "2026-12-20"));
    assert_eq!((of(&closed, "notice").1.as_str(), of(&closed, "last_notice").1.as_str()), ("done", "done"));
    assert_eq!(of(&closed, "order").1, "open");
    // Of another agreement, of nothing that is named, and of the year before.
    for text in [record("A2", "2026-12-20"), record("", "2026-12-20"), record("A1", "2026-03-31")] {
        assert_eq!(of(&with(&text), "notice").1, "open", "{text}");
    }
    // The first day of the year before the anniversary counts.
    assert_eq!(of(&with(&record("a1", "2026-04-01")), "notice").1, "done");
}

#[test]
fn price_letters_quotes_and_proofs_close_what_they_are_about() {
    let records = "date,record,about\n2026-09-16,price_letter,IBM\n2026-12-01,quote_request,A1\n\
        2026-12-02,proof_of_less,MQ\n";
    let table = table(&mut session(&[("ledger.csv", LEDGER), ("records.csv", records)]), &[]);
    for (kind, expected) in [("quote_late", "done"), ("proof_of_less", "done"), ("quote", "soon")] {
        assert_eq!(of(&table, kind).1, expected, "{kind}");
    }
    // The letter on the prices of 2027 says nothing of those of 2028, told on 15 September 2027.
    let prices = stands(&table).into_iter().filter(|(kind, _)| kind == "new_prices").map(|(_, word)| word);
    assert_eq!(prices.collect::<Vec<_>>(), ["open", "done"]);
}

#[test]
fn a_reminder_counts_what_presses_and_is_silent_when_nothing_does() {
    let mut session = session(&[("ledger.csv", LEDGER)]);
    let said = |session: &mut Session| {
        let (response, _) = session.handle(Request::Remind(Some(TODAY)), Vec::new(), &mut |_, _, _| ());
        let Response::Reminder(message) = response else { panic!("{response:?}") };
        message.map(|message| Language::english().say(&message))
    };
    // Twelve, ten, eight, six, five and four months and 120 days before 1 April 2027, and the prices of 15 September 2026 lie
    // before 26 December; 90 days before it is 1 January.
    let both = "8 tasks before renewals are overdue. One task before a renewal is due within 14 days.";
    assert_eq!(said(&mut session).as_deref(), Some(both));
    for kind in ["entitlements", "ilmt", "bundles", "migration_paths", "price_rise", "anchor", "contacts", "new_prices"]
    {
        say(&mut session, kind, "column.state", "not_needed");
    }
    assert_eq!(said(&mut session).as_deref(), Some("One task before a renewal is due within 14 days."));
    say(&mut session, "quote", "column.state", "done");
    assert_eq!(said(&mut session), None);
}

#[test]
fn start_names_the_next_days_and_not_what_is_closed() {
    let mut session = session(&[("ledger.csv", LEDGER)]);
    let first = |session: &mut Session| {
        let is_it = |block| {
            let Block::Table(section) = block else { return None };
            (section.title == Cell::Word("page.dates.title".into())).then_some(section)
        };
        let section = blocks(session, Screen::Start, &[]).into_iter().find_map(is_it).expect("dates");
        section.rows[0][0].clone()
    };
    assert_eq!(first(&mut session), Cell::Day(Some(date(2027, 1, 1))));
    say(&mut session, "quote", "column.state", "done");
    // 75 days before 1 April 2027.
    assert_eq!(first(&mut session), Cell::Day(Some(date(2027, 1, 16))));
}

#[test]
fn the_calendar_has_the_window_of_ninety_days_before_each_end_that_has_no_anniversary() {
    let mut session = session(&[("ledger.csv", LEDGER)]);
    let events = events(&mut session);
    let on = |day: &str, of: &str| {
        events.iter().filter(|event| value(event, "DTSTART") == day && value(event, "SUMMARY").contains(of)).count()
    };
    // 90 days before 1 April is 1 January, 30 are 2 March.
    assert_eq!(on("20270101", "expect IBM's quote"), 1);
    assert_eq!(on("20270302", "Last day for a notice"), 1);
    assert_eq!(on("20270915", "IBM's prices for next year"), 1);
    for event in &events {
        assert_eq!(value(event, "DTSTAMP"), "20261226T000000Z");
        assert_eq!(value(event, "TRANSP"), "TRANSPARENT");
        let params = &event.get_property("DTSTART").unwrap().params;
        assert_eq!(*params, Some(vec![("VALUE".to_owned(), vec!["DATE".to_owned()])]));
        // What lies before the day on which it is written is not told any more.
        assert!(value(event, "DTSTART").as_str() >= "20261226");
    }
    let mut ids: Vec<String> = events.iter().map(|event| value(event, "UID")).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), events.len());
}

#[test]
fn the_calendar_leaves_out_what_is_closed_and_carries_the_note_of_what_is_not() {
    let mut session = session(&[("ledger.csv", LEDGER)]);
    let has = |events: &[IcalEvent], of: &str| events.iter().any(|event| value(event, "SUMMARY").contains(of));
    let before = events(&mut session);
    assert!(has(&before, "Ask for the quote") && has(&before, "Last day for a notice"));
    say(&mut session, "quote_late", "column.state", "done");
    say(&mut session, "last_notice", "column.state", "not_needed");
    say(&mut session, "order", "column.note", "PO 4711; ask Anna, then Bo\\Ole");
    let after = events(&mut session);
    assert!(!has(&after, "Ask for the quote") && !has(&after, "Last day for a notice"));
    assert_eq!(
        after.iter().filter(|event| before.iter().all(|known| value(known, "UID") != value(event, "UID"))).count(),
        0
    );
    let order = after.iter().find(|event| value(event, "SUMMARY") == "Place the order").unwrap();
    let description = value(order, "DESCRIPTION");
    assert!(description.ends_with("\\nPO 4711\\; ask Anna\\, then Bo\\\\Ole"), "{description}");
}

#[test]
fn nothing_waits_for_the_forecast_of_a_long_ledger_until_somebody_looks_at_renewals() {
    let lines = (0..1_001).map(|number| format!("A1,Site {number},E1,MQ,PVU,100,2026-04-01,2027-03-31,EUR,renewal\n"));
    let (header, _) = LEDGER.split_once('\n').unwrap();
    let ledger: String = [format!("{header}\n")].into_iter().chain(lines).collect();
    let mut session = session(&[("ledger.csv", &ledger)]);
    let reminds = |session: &mut Session| {
        let (response, _) = session.handle(Request::Remind(Some(TODAY)), Vec::new(), &mut |_, _, _| ());
        let Response::Reminder(message) = response else { panic!("{response:?}") };
        message.is_some()
    };
    assert!(!reminds(&mut session));
    blocks(&mut session, Screen::Renewals, &[]);
    assert!(reminds(&mut session));
}

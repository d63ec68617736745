//! What somebody seeks in an open workspace is found: products, servers, lines and part numbers, the best first.

use highwater::engine::Quantity;
use highwater::i18n::Language;
use highwater::model::message::Words;
use highwater::model::screen::Screen;
use highwater::model::workspace::List;
use highwater::work::hits::{HitGroup, HitKind, HitPlace};
use highwater::work::session::Session;
use highwater::work::sought::Fit;
use highwater::work::{Question, Request, Response};

const ESTATE: &str = "server,processor,sockets,cores,product,metric,excluded_reason\n\
    alpha,IBM POWER9 E980,4,10,IBM MQ,PVU,\n\
    alpha,IBM POWER9 E980,4,10,IBM MQ Advanced,PVU,\n\
    mq-host,IBM POWER9 E980,4,10,IBM MQ Advanced,PVU,cold\n\
    second,IBM POWER9 E980,4,10,IBM MQ,PVU,\n\
    gamma,IBM POWER9 E980,4,10,IBM MQ,PVU,cold standby\n\
    beta,IBM POWER9 E980,4,10,IBM Db2 for MQ,PVU,\n";
const LEDGER: &str = "poe,product,metric,quantity\nPOE-7,IBM MQ,PVU,100\nPOE-8,IBM Cognos Analytics,PVU,5\n";

/// The answers of a session with an estate and a ledger.
fn find(typed: &str) -> Vec<HitGroup> {
    let parts = |name: &str| (name == "parts.csv").then(|| include_str!("../src/rules/parts.csv").to_owned());
    let mut session = Session::new(parts, Language::english());
    for (name, text) in [("estate.csv", ESTATE), ("ledger.csv", LEDGER)] {
        let import = Request::Import { names: vec![name.to_owned()], replaced: None };
        let (answer, _) = session.handle(import, vec![text.as_bytes().to_vec()], &mut |_, _, _| ());
        assert!(matches!(answer, Response::State(_)), "{answer:?}");
    }
    let (Response::Hits(groups), _) = session.handle(Request::Find(typed.to_owned()), Vec::new(), &mut |_, _, _| ())
    else {
        panic!("no hits")
    };
    groups
}

/// The hits of a kind by title.
fn titles(groups: &[HitGroup], kind: HitKind) -> Vec<&str> {
    let group = groups.iter().find(|group| group.kind == kind);
    group.map_or_else(Vec::new, |group| group.hits.iter().map(|hit| hit.title.as_str()).collect())
}

#[test]
fn the_name_of_a_product_comes_before_products_that_begin_with_it_and_those_that_hold_it() {
    let groups = find("ibm mq");
    assert_eq!(titles(&groups, HitKind::Products), ["IBM MQ", "IBM MQ Advanced", "IBM Db2 for MQ"]);
}

#[test]
fn a_product_leads_to_its_number_needed_or_else_entitled() {
    let place = |typed: &str| find(typed)[0].hits[0].place.clone();
    let number = |product: &str, quantity| {
        HitPlace::Number(Question::Product { product: product.to_owned(), metric: "PVU".to_owned(), quantity })
    };
    assert_eq!(place("ibm mq advanced"), number("IBM MQ Advanced", Quantity::SubCapacity));
    assert_eq!(place("cognos analytics"), number("IBM Cognos Analytics", Quantity::Entitled));
}

#[test]
fn a_server_leads_to_the_number_in_which_it_counts_most() {
    let groups = find("alpha");
    let question =
        Question::Product { product: "IBM MQ".to_owned(), metric: "PVU".to_owned(), quantity: Quantity::SubCapacity };
    assert_eq!(groups[0].hits[0].place, HitPlace::Number(question));
    let said = Language::english().say(&groups[0].hits[0].detail);
    assert_eq!(said, "IBM POWER9 E980; counts for IBM MQ and one more product");
}

#[test]
fn a_server_on_which_nothing_counts_leads_to_its_rate_with_what_the_files_say_of_it() {
    let groups = find("gamma");
    let HitPlace::Screen(Screen::Rate, arguments) = &groups[0].hits[0].place else { panic!("{groups:?}") };
    let given: Vec<(&str, &str)> = arguments.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(given, [("processor", "IBM POWER9 E980"), ("sockets", "4"), ("cores", "10")]);
}

#[test]
fn a_line_is_found_by_any_of_its_texts() {
    let groups = find("poe-8");
    assert_eq!(groups.len(), 1);
    assert_eq!((groups[0].kind, groups[0].fit), (HitKind::Lines(List::Entitlements), Fit::Exact));
    let hit = &groups[0].hits[0];
    assert!(hit.title.contains("IBM Cognos Analytics"));
    let place = [("list", "entitlements"), ("line", "1")].map(|(name, text)| (name.to_owned(), text.to_owned()));
    assert_eq!(hit.place, HitPlace::Screen(Screen::Entitlements, place.to_vec()));
}

#[test]
fn any_part_number_is_found_and_one_that_is_typed_whole_comes_first() {
    let groups = find("d0i2sll");
    let parts = groups.iter().find(|group| group.kind == HitKind::Parts).unwrap();
    assert!(parts.hits[0].title.starts_with("D0I2SLL ") && parts.fit == Fit::Exact);
    // A part is an answer of its own, whichever estate is open: the last one of the table too.
    let last = include_str!("../src/rules/parts.csv").lines().last().unwrap().split(',').next().unwrap();
    assert!(find(last).iter().any(|group| group.kind == HitKind::Parts && group.fit == Fit::Exact));
}

#[test]
fn of_many_answers_a_few_are_shown_and_all_are_counted() {
    let groups = find("websphere");
    let parts = groups.iter().find(|group| group.kind == HitKind::Parts).unwrap();
    let holds = |line: &&str| line.to_lowercase().contains("websphere");
    let all = include_str!("../src/rules/parts.csv").lines().skip(1).filter(holds).count();
    assert_eq!((parts.hits.len(), parts.all), (5, all));
}

#[test]
fn nothing_typed_finds_nothing() {
    assert_eq!(find("  "), []);
}

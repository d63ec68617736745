//! What a line of a ledger grants, by its kind, its part, its words and its number: a table of lines, and the law that
//! nothing that only supports ever grants (semantics, section 13).

use highwater::engine::position::{Rights, position};
use highwater::import::{Limits, Unwatched, list};
use highwater::model::assessment::Assessment;
use highwater::model::entitlement::Entitlement;
use highwater::model::issue::{Issue, Severity};
use highwater::model::list::SharedLines;
use highwater::model::position::{LineStatus, Position};
use highwater::rules::shipped_parts;
use jiff::civil::date;
use proptest::prelude::{Strategy, prop, proptest};
use proptest::sample::select;
use rust_decimal::Decimal;

use crate::generated::the_same;

fn of(ledger: &[Entitlement]) -> Position {
    let on = Some(date(2026, 6, 30));
    let rights =
        Rights { ledger: &SharedLines::of(ledger), aliases: &[], covers: None, parts: shipped_parts::get(), on };
    position(rights, &Assessment::default(), &[])
}

fn read(text: &str) -> (Vec<Entitlement>, Vec<Issue>) {
    list::read("ledger.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched).unwrap()
}

fn line(part_number: &str, product: &str, description: &str) -> Entitlement {
    let [part_number, product, description] = [part_number, product, description].map(str::to_owned);
    Entitlement { part_number, product, description, quantity: 7.into(), ..Entitlement::default() }
}

/// What a line grants: units, and whether a warning or a note tells of its kind.
fn granted(line: Entitlement) -> (Decimal, Vec<(String, Severity)>) {
    let found = of(&[line]);
    let told = found.issues.iter().filter(|issue| issue.code.contains("support_by") || issue.code.contains("kind"));
    let told = told.map(|issue| (issue.code.to_string(), issue.severity)).collect();
    (found.products.iter().map(|one| one.entitled).sum(), told)
}

/// Part number, product, description, the units that the line grants, and what is told of its kind.
type Case = (&'static str, &'static str, &'static str, u32, &'static [(&'static str, Severity)]);

const BY_WORDS: &[(&str, Severity)] = &[("entitlement_support_by_words", Severity::Info)];
const BY_NUMBER: &[(&str, Severity)] = &[("entitlement_support_by_number", Severity::Warning)];
const DIFFERS: &[(&str, Severity)] = &[("entitlement_kind_differs", Severity::Warning)];

#[test]
fn a_line_grants_what_its_part_its_words_and_its_number_say() {
    // D55V1LL is a licence of IBM MQ, E025SLL and E025TLL are renewals, D0I2SLL is a licence in packs of ten. E0ZZ9LL,
    // D0ZZ9LL and X0ZZ9LL are in no list.
    let cases: &[Case] = &[
        ("D55V1LL", "", "", 7, &[]),
        ("d55v1ll", "IBM MQ", "IBM MQ PVU License + SW Subscription & Support 12 Months", 7, &[]),
        ("D0I2SLL", "", "", 70, &[]),
        ("E025SLL", "", "", 0, &[]),
        ("E025SLL", "IBM MQ", "", 0, &[]),
        ("E025SLL", "", "IBM WAS ND Annual SW Subscription & Support Renewal", 0, &[]),
        ("E025SLL", "", "IBM WAS ND License + SW Subscription & Support", 0, DIFFERS),
        ("D55V1LL", "", "IBM MQ Annual SW S&S Rnwl", 7, DIFFERS),
        ("D0ZZ9LL", "IBM MQ", "", 7, &[]),
        ("", "IBM MQ", "", 7, &[]),
        ("E0ZZ9LL", "IBM MQ", "", 0, BY_NUMBER),
        ("e0zz9ll", "IBM MQ", "", 0, BY_NUMBER),
        ("E0ZZ9ZX", "", "", 0, BY_NUMBER),
        ("E0ZZ9LL", "IBM MQ", "IBM MQ Processor Value Unit License", 0, BY_NUMBER),
        ("X0ZZ9LL", "IBM MQ", "", 0, BY_NUMBER),
        ("E0ZZ9LL", "IBM MQ", "IBM MQ Subsequent Fixed Term License + SW Subscription & Support 12 Months", 7, &[]),
        ("E0ZZ9LL", "", "IBM MQ PVU License + SW S&S", 7, &[]),
        ("E0ZZ9LL", "IBM MQ Annual SW Subscription & Support Renewal", "", 0, BY_WORDS),
        ("D0ZZ9LL", "", "IBM MQ PVU SW S&S Reinstate 12 Mo", 0, BY_WORDS),
        ("D0ZZ9LL", "IBM MQ", "IBM MQ PVU ANNUAL SW S&S REINSTATE 12 MONTHS", 0, BY_WORDS),
        ("D0ZZ9LL", "IBM MQ", "Annual SW Subscription & Support", 0, BY_WORDS),
        ("D0ZZ9LL", "IBM MQ", "SW S&S 12 Mo", 0, BY_WORDS),
        ("D0ZZ9LL", "IBM MQ", "Extended Support 12 Months", 0, BY_WORDS),
        ("D0ZZ9LL", "IBM MQ", "Advanced Support", 0, BY_WORDS),
        ("D0ZZ9LL", "IBM MQ", "Trade Up License + SW S&S 12 Mo", 7, &[]),
        ("D0ZZ9LL", "IBM MQ", "TRADEUP LIC+SW S&S", 7, &[]),
        ("", "IBM MQ Wartungsverlängerung", "", 0, BY_WORDS),
        ("", "IBM MQ", "Verlängerung Subscription und Support", 0, BY_WORDS),
        ("", "IBM MQ", "Wiederaufnahme von Subscription und Support", 0, BY_WORDS),
        ("", "IBM MQ", "Lizenz + Subscription und Support 12 Monate", 7, &[]),
        ("", "IBM MQ", "Renouvellement abonnement et support", 0, BY_WORDS),
        ("", "IBM MQ", "Rétablissement abonnement et support", 0, BY_WORDS),
        ("", "IBM MQ", "Licence + abonnement et support", 7, &[]),
        ("", "IBM MQ", "Renovación de suscripción y soporte", 0, BY_WORDS),
        ("", "IBM MQ", "Restablecimiento de suscripción y soporte", 0, BY_WORDS),
        ("", "IBM MQ", "Licencia + suscripción y soporte", 7, &[]),
        ("", "IBM MQ", "Rinnovo abbonamento e supporto", 0, BY_WORDS),
        ("", "IBM MQ", "Prolongation annuelle", 0, BY_WORDS),
        ("", "IBM MQ", "Proroga", 0, BY_WORDS),
        ("", "IBM MQ", "Soporte anual", 0, BY_WORDS),
        ("", "IBM MQ", "Ripristino abbonamento e supporto", 0, BY_WORDS),
        ("", "IBM MQ", "Licenza + abbonamento e supporto", 7, &[]),
        ("", "IBM Curam Income Support", "", 7, &[]),
        ("", "IBM Predictive Maintenance and Quality", "", 7, &[]),
    ];
    for (part, product, description, units, told) in cases {
        let told: Vec<(String, Severity)> =
            told.iter().map(|(code, severity)| ((*code).to_owned(), *severity)).collect();
        for spelt in [|text: &str| text.to_owned(), |text: &str| text.to_uppercase(), |text: &str| text.to_lowercase()]
        {
            let found = granted(line(part, &spelt(product), &spelt(description)));
            assert_eq!(found, (Decimal::from(*units), told.clone()), "{part} {product} {description}");
        }
    }
}

#[test]
fn the_kind_of_the_line_itself_goes_before_everything() {
    let cases = [
        ("E0ZZ9LL", "", "licence", 7),
        ("E0ZZ9LL", "", "License", 7),
        ("E0ZZ9LL", "", "trade-up", 7),
        ("E025SLL", "", "licence", 7),
        ("D55V1LL", "", "renewal", 0),
        ("D55V1LL", "", "Reinstatement", 0),
        ("D55V1LL", "", "support option", 0),
        ("D0ZZ9LL", "IBM MQ Annual SW S&S Rnwl", "licence", 7),
        ("D0ZZ9LL", "IBM MQ License + SW S&S", "renewal", 0),
    ];
    for (part, product, kind, units) in cases {
        let (ledger, issues) = read(&format!("part_number,product,kind,quantity\n{part},{product},{kind},7\n"));
        assert_eq!(issues, [], "{kind}");
        let found = of(&ledger);
        let entitled: Decimal = found.products.iter().map(|one| one.entitled).sum();
        assert_eq!(entitled, units.into(), "{part} {product} {kind}");
        assert!(found.issues.iter().all(|issue| !issue.code.contains("support_by")), "nothing is guessed: {kind}");
    }
    let (ledger, issues) = read("part_number,kind,quantity\nE0ZZ9LL,moon,7\n");
    assert_eq!((ledger[0].kind, issues[0].code.as_ref()), (None, "cell_word_unknown"));
    assert_eq!((issues[0].severity, issues[0].row), (Severity::Warning, Some(2)));
}

#[test]
fn a_description_is_the_words_of_the_seller_and_not_the_product() {
    for header in ["Part Description", "description", "Bezeichnung", "Désignation", "Descripción"] {
        let text = format!("Part Number,{header},Quantity\nD55V1LL,MQ whatever the seller calls it,1400\n");
        let found = of(&read(&text).0);
        assert_eq!(
            (found.products[0].product.as_str(), found.products[0].entitled),
            ("IBM MQ", 1_400.into()),
            "{header}"
        );
    }
    // Without a part it is all that there is.
    let found = of(&read("description,metric,quantity\nIBM MQ,PVU,10\n").0);
    assert_eq!((found.products[0].product.as_str(), found.products[0].entitled), ("IBM MQ", 10.into()));
}

#[test]
fn a_term_that_the_words_tell_ends_with_its_last_day() {
    let over = |description: &str| {
        let line = Entitlement { ss_end: Some(date(2026, 1, 31)), ..line("D0ZZ9LL", "IBM MQ", description) };
        of(&[line]).grants[0].standing
    };
    assert_eq!(over("IBM MQ Monthly License"), LineStatus::Ended);
    assert_eq!(over("IBM MQ Fixed Term License + SW S&S"), LineStatus::Ended);
    assert_eq!(over("IBM MQ Subscription License"), LineStatus::Ended);
    assert_eq!(over("IBM MQ License + SW S&S"), LineStatus::Counts);
}

#[test]
fn a_line_in_another_metric_than_its_part_is_told_with_both() {
    let told = |metric: &str| {
        let line = Entitlement { metric: metric.to_owned(), ..line("D55V1LL", "", "") };
        of(&[line]).issues.iter().any(|issue| issue.code == "entitlement_metric_differs")
    };
    assert_eq!((told("VPC"), told("PVU"), told("Processor Value Unit"), told("")), (true, false, false, false));
}

#[test]
fn a_note_on_a_part_says_the_name_that_really_counts() {
    let described = "IBM InfoSphere FastTrack Authorized User License + SW Subscription & Support 12 Months";
    let found = of(&[line("D03JMLL", described, "")]);
    let note = found.issues.iter().find(|issue| issue.code == "entitlement_product_differs").unwrap();
    let product = note.args.iter().find(|(name, _)| name == "product").unwrap();
    assert_eq!(product.1, "IBM InfoSphere FastTrack".into());
}

#[test]
fn support_that_is_ordered_after_the_day_supports_nothing_on_it() {
    let renewal = Entitlement { order_date: Some(date(2026, 7, 1)), ..line("E025SLL", "IBM MQ", "") };
    assert_eq!(of(std::slice::from_ref(&renewal)).grants[0].standing, LineStatus::NotYet);
    let ordered = Entitlement { order_date: Some(date(2026, 6, 30)), ..renewal };
    assert_eq!(of(&[ordered]).grants[0].standing, LineStatus::SupportOnly);
}

#[test]
fn a_word_for_an_environment_that_nobody_knows_is_told() {
    let told = |environment: &str| {
        let line = Entitlement { environment: environment.to_owned(), ..line("D55V1LL", "", "") };
        of(&[line]).issues.iter().any(|issue| issue.code == "entitlement_environment_unknown")
    };
    assert_eq!(["", "prod", "UAT", "Pre-Prod", "recette"].map(told), [false; 5]);
    assert!(told("Mars"));
}

/// Lines that only support: by their part, their words, their number, or what they say themselves.
fn supporting() -> impl Strategy<Value = Entitlement> {
    let words = select(vec![
        "Annual SW Subscription & Support Renewal",
        "Annual SW S&S Rnwl",
        "SW S&S Reinstate 12 Mo",
        "Wartungsverlängerung",
        "Renouvellement abonnement et support",
        "renovación de suscripción y soporte",
        "rinnovo abbonamento e supporto",
        "Extended Support 12 Months",
    ]);
    let product = select(vec!["IBM MQ", "IBM WebSphere Application Server Network Deployment", ""]);
    let metric = select(vec!["", "PVU", "VPC"]);
    let by_words = (words, product.clone(), metric.clone()).prop_map(|(words, product, metric)| {
        let line = line("D0ZZ9LL", product, &format!("{product} {words}"));
        Entitlement { metric: metric.to_owned(), ..line }
    });
    let by_number = (select(vec!["E0ZZ9LL", "E025SLL", "D0I2TLL", "E1", "X0ZZ9LL"]), product.clone(), metric.clone());
    let by_number = by_number
        .prop_map(|(part, product, metric)| Entitlement { metric: metric.to_owned(), ..line(part, product, "") });
    let by_kind = (select(vec!["D55V1LL", ""]), product, metric).prop_map(|(part, product, metric)| {
        let kind = Some(highwater::model::entitlement::LineKind::Renewal);
        let product = if part.is_empty() && product.is_empty() { "IBM MQ" } else { product };
        Entitlement { metric: metric.to_owned(), kind, ..line(part, product, "") }
    });
    proptest::prop_oneof![by_words, by_number, by_kind]
}

fn granting() -> impl Strategy<Value = Entitlement> {
    let part = select(vec!["D55V1LL", "D0I2SLL", "D55WJLL", "D0ZZ9LL", ""]);
    (part, select(vec!["IBM MQ", "IBM WebSphere Application Server Network Deployment"]), 0_u32..5_000).prop_map(
        |(part, product, quantity)| Entitlement {
            metric: "PVU".to_owned(),
            quantity: quantity.into(),
            ..line(part, product, "")
        },
    )
}

proptest! {
    #![proptest_config(the_same(300))]

    #[test]
    fn a_line_that_only_supports_never_changes_what_is_entitled(
        ledger in prop::collection::vec(granting(), 0..8), more in supporting(), at in 0_usize..8
    ) {
        let entitled = |ledger: &[Entitlement]| {
            let found = of(ledger).products.into_iter().filter(|one| !one.entitled.is_zero());
            found.map(|one| (one.product, one.metric, one.entitled)).collect::<Vec<_>>()
        };
        let before = entitled(&ledger);
        let mut longer = ledger;
        longer.insert(at.min(longer.len()), more);
        assert_eq!(entitled(&longer), before);
    }
}

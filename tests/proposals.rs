//! A proposal: which charges it has, what each says, and what they add up to.

use highwater::engine::renewal::{LevelBasis, RenewalQuery, forecast};
use highwater::i18n::Language;
use highwater::model::message::Words;
use highwater::model::money::Currency;
use highwater::model::order::PriceTerms;
use highwater::model::proposal::ProposalTerms;
use highwater::model::workspace::Lists;
use highwater::report::formula::Formula;
use highwater::report::proposal::{Proposal, ProposalQuery, proposal, sheet, times_said};
use highwater::report::{ReportCell, ReportSheet, forecast as book};
use highwater::rules::shipped_parts;
use highwater::rules::volume_levels::VolumeLevel;
use jiff::civil::{Date, date};

use crate::forecasts::shared;

/// Support of seven licences until an anniversary, then for a year; a part without a price; another agreement.
fn lists() -> Lists {
    let rights = "agreement,site,part_number,product,metric,quantity,ss_end,currency,kind\n\
        A,London,E1,IBM Concert,PVU,7,2027-02-28,EUR,renewal\n\
        A,Leeds,E2,IBM Unpriced,PVU,7,2027-06-30,EUR,renewal\n\
        B,Oslo,E3,IBM Later,PVU,3,2027-12-31,NOK,renewal\n";
    let prices =
        "part_number,description,level,price,currency\nE1,Concert S&S Renewal,BL,1270,EUR\nE3,,BL,10.015,NOK\n";
    let assumed = "name,scope,expected\nuplift,,6\nanniversary,agreement:A,2027-07-01\ndiscount,product:IBM Later,3\n";
    Lists {
        entitlements: shared("rights.csv", rights),
        prices: shared("prices.csv", prices),
        assumptions: shared("assumed.csv", assumed),
        ..Lists::default()
    }
}

const TODAY: Date = date(2026, 11, 27);

fn query(lists: &Lists) -> RenewalQuery<'_> {
    RenewalQuery { lists, terms: PriceTerms::default(), parts: shipped_parts::get(), on: TODAY, years: 5 }
}

fn of(agreement: Option<&str>, year: i16) -> Proposal {
    let (lists, terms) = (lists(), ProposalTerms { number: "P-7".to_owned(), valid_until: Some(date(2026, 12, 31)) });
    let parts = shipped_parts::get();
    proposal(&forecast(query(&lists)), ProposalQuery { terms: &terms, customer: "Northwind", agreement, year, parts })
}

/// Part, first day, parts, how often a price is paid, price of one, amount.
type ChargeSaid = (String, String, u64, String, Option<String>, Option<String>);

fn charges(proposal: &Proposal) -> Vec<ChargeSaid> {
    let all = proposal.agreements.iter().flat_map(|one| &one.charges);
    let said = all.map(|one| {
        let (part, from) = (one.part.clone().unwrap_or_default(), one.from.to_string());
        let number = |number: Option<rust_decimal::Decimal>| number.map(|number| number.to_string());
        (part, from, one.parts, times_said(one.times), number(one.unit_price), number(one.amount))
    });
    said.collect()
}

fn said(charge: (&str, &str, u64, &str, Option<&str>, Option<&str>)) -> ChargeSaid {
    let (part, from, parts, times, unit, amount) = charge;
    (part.into(), from.into(), parts, times.into(), unit.map(str::to_owned), amount.map(str::to_owned))
}

#[test]
fn a_proposal_has_the_charges_that_begin_in_its_year_each_with_what_multiplies_to_its_amount() {
    // 1,270 x 1.06 is 1,346.20; seven of it for four months, then for a year. Leeds has no price.
    let expected = [
        said(("E2", "2027-07-01", 7, "1", None, None)),
        said(("E1", "2027-03-01", 7, "4/12", Some("1346.200000"), Some("3141.13"))),
        said(("E1", "2027-07-01", 7, "1", Some("1346.200000"), Some("9423.40"))),
    ];
    assert_eq!(charges(&of(None, 2027)), expected);
}

#[test]
fn the_price_of_one_is_told_to_six_decimals_while_its_amount_is_rounded_once() {
    // 10.015 x 1.06 x 1.06 x 0.97 is 10.91526838; three of it are 32.74580514.
    let later = of(Some("B"), 2028);
    assert_eq!(charges(&later), [said(("E3", "2028-01-01", 3, "1", Some("10.915268"), Some("32.75")))]);
}

#[test]
fn a_proposal_for_one_agreement_has_nothing_of_another_one() {
    let names = |proposal: Proposal| proposal.agreements.into_iter().map(|one| one.agreement).collect::<Vec<_>>();
    assert_eq!(names(of(None, 2028)), ["A", "B"]);
    assert_eq!(names(of(Some("B"), 2028)), ["B"]);
    assert!(names(of(Some("B"), 2027)).is_empty());
}

#[test]
fn what_has_no_price_is_in_no_total_and_is_counted_beside_it() {
    let totals = of(None, 2027).totals;
    assert_eq!(totals.len(), 1);
    assert_eq!(totals[0].currency.as_ref().map(Currency::code), Some("EUR"));
    assert_eq!(totals[0].amount.map(|amount| amount.expected.to_string()).as_deref(), Some("12564.53"));
    assert_eq!(totals[0].unknown, 1);
    let missing = of(None, 2027).agreements[0].charges[0].missing.clone().unwrap();
    assert!(Language::english().say(&missing).contains("E2"), "{missing:?}");
}

#[test]
fn a_proposal_says_for_whom_it_is_and_why_it_has_the_prices_of_its_level() {
    let proposal = of(Some("A"), 2027);
    let one = &proposal.agreements[0];
    assert_eq!(
        (proposal.customer.as_str(), proposal.day, one.sites.join(", ").as_str()),
        ("Northwind", TODAY, "Leeds, London")
    );
    assert_eq!(one.levels, [(VolumeLevel::Bl, LevelBasis::NoOrders)]);
    assert_eq!(one.charges[1].description, "Concert S&S Renewal");
}

fn written(proposal: &Proposal) -> ReportSheet {
    let (lists, words) = (lists(), Language::english());
    let query = query(&lists);
    sheet(proposal, book::assumed(query, &forecast(query), &words), &words)
}

#[test]
fn the_sheet_of_a_proposal_adds_its_amounts_itself_and_says_that_it_is_no_offer() {
    let sheet = written(&of(None, 2027));
    let [facts, charges, totals, assumed] = sheet.tables.as_slice() else { panic!("{} tables", sheet.tables.len()) };
    let said = |text: &str| ReportCell::Text(text.to_owned());
    assert!(facts.rows.contains(&vec![said("Number"), said("P-7")]));
    assert!(facts.rows.contains(&vec![said("Valid until"), ReportCell::Day(date(2026, 12, 31))]));
    assert_eq!(facts.rows.last(), Some(&vec![said("An estimate from your own figures, not an offer of IBM.")]));
    assert!(charges.rows.iter().all(|row| row.len() == charges.header.len()));
    assert!(matches!(&charges.rows[0][11], ReportCell::Unknown(why) if why.contains("E2")));
    let ReportCell::Calculated { formula: Formula::SumOfLike { amounts, .. }, .. } = &totals.rows[0][1] else {
        panic!("{:?}", totals.rows[0])
    };
    assert_eq!((amounts.first.row, amounts.first.column, amounts.last), (0, 11, 2));
    assert!(!assumed.rows.is_empty());
}

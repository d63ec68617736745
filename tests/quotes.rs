//! Quotes beside the forecast: matched by part, coverage, agreement and site, and what differs is named.

use highwater::engine::renewal::quotes::{QuoteDifference, QuotedPart, compare};
use highwater::engine::renewal::{RenewalQuery, forecast};
use highwater::import::cell::Style;
use highwater::import::{Limits, Unwatched, list, opened};
use highwater::model::list::{Listed, SharedLines};
use highwater::model::order::PriceTerms;
use highwater::model::workspace::Lists;
use highwater::rules::parts::Parts;

/// Support of two products at two sites ends on 28 February 2027, and the anniversary is 1 March.
const LEDGER: &str = "agreement,site,part_number,product,metric,quantity,ss_end,currency,kind\n\
    A,Oslo,E1,IBM MQ,PVU,7,2027-02-28,EUR,renewal\n\
    A,Rome,E1,IBM MQ,PVU,3,2027-02-28,EUR,renewal\n\
    A,Oslo,E2,IBM Db2,PVU,100,2027-02-28,EUR,renewal\n";

const PRICES: &str = "part_number,level,price,currency,valid_from\nE1,BL,10,EUR,2027-01-01\nE2,BL,2,EUR,2027-01-01\n";

const ASSUMED: &str = "name,scope,expected\nanniversary,agreement:A,2027-03-01\n";

fn read<T: Listed>(text: &str) -> SharedLines<T> {
    let open = &opened::door::open;
    let read =
        list::read_written("list.csv", text.as_bytes(), Some(Style::Point), open, &Limits::TERMINAL, &mut Unwatched);
    read.unwrap().0.into_iter().collect()
}

/// What comes of a quote, beside a forecast of one year.
fn compared(quote: &str) -> Vec<QuotedPart> {
    let lists = Lists {
        entitlements: read(LEDGER),
        prices: read(PRICES),
        assumptions: read(ASSUMED),
        quotes: read(&format!(
            "quote,part_number,quantity,coverage starts,coverage ends,total price,currency,site\n{quote}"
        )),
        ..Lists::default()
    };
    let on = "2026-11-27".parse().unwrap();
    let parts = Parts::default();
    let query = RenewalQuery { lists: &lists, terms: PriceTerms::default(), parts: &parts, on, years: 1 };
    compare(&lists.quotes, &forecast(query))
}

/// The differences of each part, by number.
fn differences(compared: &[QuotedPart]) -> Vec<(&str, &[QuoteDifference])> {
    compared.iter().map(|one| (one.part.as_str(), one.differences.as_slice())).collect()
}

#[test]
fn a_quote_that_is_as_expected_differs_in_nothing_and_adds_the_sites_that_it_does_not_tell_apart() {
    // 10 of E1 at both sites cost 100, 100 of E2 cost 200.
    let found = compared("Q1,e1,10,2027-03-01,2028-02-29,100,EUR,\nQ1,E2,100,2027-03-01,2028-02-29,200,EUR,Oslo\n");
    assert_eq!(differences(&found), [("E1", &[][..]), ("E2", &[])]);
    assert_eq!(found[0].charges.len(), 2);
    assert_eq!(found[0].difference(), Some(0.into()));
}

#[test]
fn parts_days_amounts_and_currencies_that_differ_are_named() {
    use QuoteDifference::{Amount, Coverage, Currency, Quantity};
    let of = |line: &str| compared(line).into_iter().next().unwrap();
    assert_eq!(of("Q1,E2,90,2027-03-01,2028-02-29,200,EUR,\n").differences, [Quantity]);
    assert_eq!(of("Q1,E2,100,2027-03-01,2027-12-31,200,EUR,\n").differences, [Coverage]);
    assert_eq!(of("Q1,E2,100,2027-03-01,2028-02-29,200,USD,\n").differences, [Currency]);
    let dearer = of("Q1,E2,100,2027-03-01,2028-02-29,231.50,EUR,\n");
    assert_eq!((dearer.difference(), dearer.differences.as_slice()), (Some("31.50".parse().unwrap()), &[Amount][..]));
    // It starts within the coverage that is expected.
    assert_eq!(of("Q1,E2,100,2027-04-01,2028-02-29,200,EUR,\n").differences, [Coverage]);
}

#[test]
fn what_is_quoted_and_not_expected_and_what_is_expected_and_not_quoted_are_told() {
    let found = compared("Q1,E9,1,2027-03-01,2028-02-29,5,EUR,\nQ1,E1,7,2027-03-01,2028-02-29,70,EUR,Oslo\n");
    assert_eq!(
        differences(&found),
        [
            ("E1", &[][..]),
            ("E9", &[QuoteDifference::NotExpected]),
            ("E2", &[QuoteDifference::NotQuoted]),
            ("E1", &[QuoteDifference::NotQuoted]),
        ]
    );
}

#[test]
fn a_charge_stands_beside_one_part_at_most() {
    let found = compared("Q1,E2,100,2027-03-01,2028-02-29,200,EUR,\nQ2,E2,100,2027-03-01,2028-02-29,200,EUR,\n");
    assert_eq!(differences(&found)[1], ("E2", &[QuoteDifference::NotExpected][..]));
}

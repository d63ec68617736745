//! A large ledger with all that a forecast looks at, as the files of a buyer give it: five agreements with five sites each,
//! where every one of two hundred products is held under one renewal, so that each line of the ledger is one of the forecast.

use std::fmt::Write as _;

use highwater::rules::parts::{Part, PartKind, Parts};
use jiff::civil::{Date, date};

/// The day of the forecast.
pub(crate) const ON: Date = date(2026, 11, 27);

const AGREEMENTS: usize = 5;
const SITES: usize = 25;
const PRODUCTS: usize = 200;

/// Lines of the ledger, and of the forecast.
pub(crate) const LINES: usize = SITES * PRODUCTS;

/// A list as a file: its name and its text.
pub(crate) type ListFile = (&'static str, String);

/// The lists, each as a file.
pub(crate) fn files(parts: &Parts) -> Vec<ListFile> {
    let products = products(parts);
    vec![
        ("agreements.csv", agreements()),
        ("sites.csv", sites()),
        ("orders.csv", orders()),
        ("prices.csv", prices(&products)),
        ("assumptions.csv", assumptions(6)),
        ("decisions.csv", decisions(&products)),
        ("entitlements.csv", entitlements(&products)),
    ]
}

/// The assumptions; prices rise by so many percent a year.
pub(crate) fn assumptions(uplift: usize) -> String {
    format!(
        "name,scope,from,low,expected,high,reason\n\
         uplift,,,3,{uplift},9,\n\
         discount,agreement:A1,,12,10,5,\n\
         discount,agreement:A2,2028-01-01,10,5,0,\n\
         reinstatement_rate,,,50,60,70,\n\
         cap_fixed,agreement:A3,,,5,,as agreed\n\
         fx,USD/EUR,,,0.92,,\n\
         report_currency,,,,EUR,,\n"
    )
}

/// A product: by which part it is licensed, and by which one that is renewed.
struct Sold<'a> {
    licence: &'a Part,
    renewal: &'a Part,
}

/// Products of which the catalogue knows exactly one part of each kind.
fn products(parts: &Parts) -> Vec<Sold<'_>> {
    let of_kind = |kind: PartKind, like: &Part| {
        let is_it =
            |part: &&Part| part.kind == Some(kind) && (&part.product, &part.metric) == (&like.product, &like.metric);
        let mut found = parts.iter().filter(is_it);
        found.next().filter(|_| found.next().is_none())
    };
    let sold = parts.iter().filter(|part| part.kind == Some(PartKind::License) && !part.metric.is_empty());
    let sold = sold.filter_map(|part| {
        Some(Sold { licence: of_kind(PartKind::License, part)?, renewal: of_kind(PartKind::Renewal, part)? })
    });
    sold.take(PRODUCTS).collect()
}

fn agreement_of(site: usize) -> usize {
    site % AGREEMENTS + 1
}

fn currency_of(agreement: usize) -> &'static str {
    if agreement <= 3 { "EUR" } else { "USD" }
}

fn agreements() -> String {
    let mut text = "agreement,programme,anniversary,price_cap_percent\n".to_owned();
    for agreement in 1..=AGREEMENTS {
        let cap = if agreement == 2 { "4" } else { "" };
        writeln!(text, "A{agreement},Passport Advantage,2020-{:02}-01,{cap}", 2 * agreement).unwrap();
    }
    text
}

fn sites() -> String {
    let mut text = "agreement,site,sector\n".to_owned();
    for site in 0..SITES {
        writeln!(text, "A{},S{site:02},commercial", agreement_of(site)).unwrap();
    }
    text
}

fn orders() -> String {
    let mut text = "date,site,points\n".to_owned();
    for site in 0..SITES {
        for year in [2022, 2023, 2024, 2025, 2026] {
            writeln!(text, "{year}-{:02}-15,S{site:02},{}", site % 9 + 1, 100 * (agreement_of(site) + year % 3))
                .unwrap();
        }
    }
    text
}

/// A price of each level now, and one from next year on. One part in twenty has none, one in ten only that of its licence.
fn prices(products: &[Sold<'_>]) -> String {
    let mut text = "part_number,level,price,currency,valid_from\n".to_owned();
    for (index, sold) in products.iter().enumerate() {
        let part = match index % 20 {
            7 => continue,
            3 | 13 => sold.licence,
            _ => sold.renewal,
        };
        for (step, level) in ["BL", "D", "E", "F", "G"].into_iter().enumerate() {
            for currency in ["EUR", "USD"] {
                for (year, from) in [(0, "2026-01-01"), (1, "2027-01-01")] {
                    let price = 100 * (index + 10) - 5 * (index + 10) * step + 6 * year * index;
                    writeln!(text, "{},{level},{price}.{:02},{currency},{from}", part.number, index % 100).unwrap();
                }
            }
        }
    }
    text
}

fn decisions(products: &[Sold<'_>]) -> String {
    let mut text = "product,site,decision,date,until,quantity\n".to_owned();
    for (index, sold) in products.iter().enumerate().step_by(10) {
        let rest = match index % 30 {
            0 => "lapse,2028-01-01,,",
            10 => "lapse,2027-06-01,2029-03-15,",
            _ => "reduce,2027-06-01,,40",
        };
        writeln!(text, "\"{}\",S{:02},{rest}", sold.licence.product, index % SITES).unwrap();
    }
    text
}

/// Half of the lines are licences with their first support, half the renewal of one. Four sites in five of an agreement pay
/// to its anniversary, as IBM prorates them; the others have yet to come to it.
fn entitlements(products: &[Sold<'_>]) -> String {
    let mut text = "agreement,site,part_number,product,metric,quantity,ss_start,ss_end,currency\n".to_owned();
    for site in 0..SITES {
        let agreement = agreement_of(site);
        for (index, Sold { licence, renewal }) in products.iter().enumerate() {
            let part = if (site + index) % 2 == 0 { licence } else { renewal };
            let month = if site / AGREEMENTS == 2 { index % 11 + 1 } else { 2 * agreement };
            let begins = date(2026, i8::try_from(month).unwrap(), 1);
            let ends = begins.with().year(2027).build().unwrap().yesterday().unwrap();
            let quantity = 1 + (7 * site + 3 * index) % 97;
            let currency = currency_of(agreement);
            let Part { number, product, metric, .. } = part;
            writeln!(
                text,
                "A{agreement},S{site:02},{number},\"{product}\",{metric},{quantity},{begins},{ends},{currency}"
            )
            .unwrap();
        }
    }
    text
}

//! The examples and numbers of the page, and what must be true of every world.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::money::charges::span;
use super::money::days::Day;
use super::money::forecast;
use super::money::numbers::Decimal;
use super::money::world::{PriceFile, Table, World};
use super::money_worlds::{catalogue, files, world};

/// A list: its columns, and lines separated by newlines.
fn table(columns: &str, lines: &str) -> Table {
    let mut table = Table::new(columns);
    let filled = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    table.rows = filled.map(|line| line.split(',').map(|cell| cell.trim().to_owned()).collect()).collect();
    table
}

const RIGHTS: &str =
    "agreement,site,part_number,product,metric,quantity,licence_type,ss_start,ss_end,order_date,currency,kind";
const PRICES: &str = "part_number,level,price,currency,valid_from,valid_to,months,reason";
const DECISIONS: &str = "agreement,site,product,metric,decision,date,until,model,quantity,to_part,ratio,term,reason";

/// A world of one price file, without orders.
fn small(on: &str, rights: &str, prices: &str, assumptions: &str) -> World {
    World {
        on: Day::read(on).unwrap(),
        years: 5,
        parts: catalogue(),
        rights: table(RIGHTS, rights),
        orders: table("date,site,points", ""),
        agreements: table("agreement,programme,anniversary,price_cap_percent", ""),
        sites: table("site,agreement,sector", ""),
        points: table("part_number,points,from,entitled_discount", ""),
        prices: vec![PriceFile { from: None, table: table(PRICES, prices) }],
        assumptions: table("name,scope,from,low,expected,high,reason", assumptions),
        decisions: table(DECISIONS, ""),
    }
}

/// The charges of a line: from, type, amount expected.
fn charges(value: &Value, line: usize) -> Vec<(String, String, Option<String>)> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let charges = value["lines"][line]["charges"].as_array().unwrap();
    let told =
        |charge: &Value| (text(&charge["from"]).unwrap(), text(&charge["type"]).unwrap(), text(&charge["expected"]));
    charges.iter().map(told).collect()
}

fn day(text: &str) -> Day {
    Day::read(text).unwrap()
}

#[test]
fn days_and_their_spans() {
    for text in ["0001-01-01", "1999-12-31", "2000-02-29", "2024-02-29", "2026-11-27"] {
        assert_eq!(day(text).to_string(), text);
    }
    assert_eq!(day("2026-11-27").0 - day("2025-11-27").0, 365);
    assert_eq!(Day::read("2025-02-29"), None);
    assert_eq!(day("2024-02-29").months_later(12), day("2025-02-28"));
    assert_eq!(span(day("2026-11-15"), day("2027-03-01"), false).shown(), "1/3");
    assert_eq!(span(day("2026-11-15"), day("2027-03-01"), true).shown(), "106/365");
    assert_eq!(span(day("2024-02-29"), day("2026-03-01"), true).shown(), "731/365");
    assert_eq!(span(day("2026-01-31"), day("2026-03-01"), false).shown(), "1/6");
}

#[test]
fn decimals_in_shortest_form() {
    for (text, shown) in [("1270", "1270"), ("1.50", "1.5"), ("0.000", "0"), ("-3.25", "-3.25"), ("0.0061", "0.0061")] {
        assert_eq!(Decimal::read(text).unwrap().to_string(), shown);
    }
}

/// 5.4: 1,270 x 1.06 x 7 x 4/12.
#[test]
fn amount_of_the_page() {
    let value = forecast(&small(
        "2026-10-01",
        ",,E0256LL,,,7,,2025-11-15,2027-11-14,2025-11-15,USD,",
        "E0256LL,BL,1270,USD,,,12,",
        "uplift,,,,6,,x\nanniversary,,,,2020-03-01,,x",
    ));
    let charge = &value["lines"][0]["charges"][0];
    assert_eq!(charge["from"], "2027-11-15");
    assert_eq!(charge["to"], "2028-02-29");
    assert_eq!((&charge["factor"], &charge["index"]["expected"]), (&json!("1/3"), &json!("1.06")));
    assert_eq!(charge["expected"], "3141.13");
}

/// 3.3: 5.55 % thrice.
#[test]
fn index_of_the_page() {
    let value = forecast(&small(
        "2026-10-01",
        ",,E0256LL,,,1,,,2026-12-31,,USD,",
        "E0256LL,BL,100,USD,,,12,",
        "uplift,,,,5.55,,x",
    ));
    let index: Vec<&Value> = (0..3).map(|charge| &value["lines"][0]["charges"][charge]["index"]["expected"]).collect();
    assert_eq!(index, [&json!("1.0555"), &json!("1.11408"), &json!("1.175911")]);
}

/// 13, first example.
#[test]
fn cap_over_a_future_row() {
    let value = forecast(&small(
        "2026-11-27",
        ",,E0256LL,,,1,,,2027-03-31,,USD,",
        "E0256LL,BL,100,USD,,,12,\nE0256LL,BL,120,USD,2027-01-01,,12,",
        "uplift,,,,6,,x\ncap_compounding,,,,5,,x",
    ));
    let charges = &value["lines"][0]["charges"];
    assert_eq!((&charges[0]["from"], &charges[0]["price"]), (&json!("2027-04-01"), &json!("120")));
    assert_eq!((&charges[0]["index"]["expected"], &charges[0]["expected"]), (&json!("1"), &json!("105.00")));
    assert_eq!((&charges[1]["from"], &charges[1]["price"]), (&json!("2028-04-01"), &json!("120")));
    assert_eq!((&charges[1]["index"]["expected"], &charges[1]["expected"]), (&json!("1.05"), &json!("110.25")));
}

/// 13, second example.
#[test]
fn renewal_supersedes() {
    let rights = ",Berlin,D55V1LL,,,100,perpetual,2025-04-01,2026-03-31,2025-04-01,USD,
        ,Berlin,E0256LL,,,60,,2026-04-01,2027-03-31,,EUR,
        ,Berlin,D55V1LL,,,50,perpetual,,,2024-01-01,USD,";
    let value = forecast(&small("2026-11-27", rights, "E0256LL,BL,100,USD,,,12,", ""));
    let lines = value["lines"].as_array().unwrap();
    assert_eq!(lines.len(), 2);
    let told = |line: &Value| {
        ["status", "units", "ends", "renewal_part", "licence_part", "currency"].map(|name| line[name].clone())
    };
    assert_eq!(
        told(&lines[0]),
        [json!("active"), json!(60), json!("2027-03-31"), json!("E0256LL"), json!("D55V1LL"), json!("EUR")]
    );
    assert_eq!(
        told(&lines[1]),
        [json!("lapsed"), json!(90), json!("2026-03-31"), json!("E0256LL"), json!("D55V1LL"), json!("USD")]
    );
    assert_eq!(lines[1]["frozen_on"], "2026-03-31");

    let rights = rights.replace("2025-04-01,2026-03-31", "2025-04-01,2026-11-27");
    let value = forecast(&small("2026-11-28", &rights.replace("2026-11-27", ""), "E0256LL,BL,100,USD,,,12,", ""));
    assert_eq!((&value["lines"][1]["status"], &value["lines"][1]["ends"]), (&json!("unsupported"), &Value::Null));
}

/// 13, third example.
#[test]
fn levels_term_after_term() {
    let mut world = small("2026-11-27", "A,B,E0256LL,,,1,,,2027-03-31,,USD,", "E0256LL,BL,100,USD,,,12,", "");
    world.orders.rows = table("", "2025-03-14,B,600\n2026-05-02,B,1200").rows;
    let levels = |world: &World| -> Vec<String> {
        let value = forecast(world);
        let charges = value["lines"][0]["charges"].as_array().unwrap();
        charges.iter().map(|charge| format!("{} {}", charge["from"], charge["level"]).replace('"', "")).collect()
    };
    assert_eq!(levels(&world)[..2], ["2027-04-01 E", "2028-04-01 E"]);
    world.assumptions.rows = table("", "points,,,,300,,x").rows;
    assert_eq!(levels(&world)[..2], ["2027-04-01 E", "2028-04-01 D"]);
}

/// 8.6: 60 and 20 give 24.
#[test]
fn gap_of_the_page() {
    let world = small("2026-11-27", ",,D55V1LL,,,100,perpetual,,2027-03-31,,USD,", "D55V1LL,BL,6360,USD,,,12,", "");
    assert_eq!(forecast(&world)["lines"][0]["reinstatement_gap_months"], 24);
}

/// 8.2, both models by hand.
#[test]
fn lapse_and_reinstate() {
    let prices = "E0256LL,BL,100,USD,,,12,\nD55V2LL,BL,300,USD,,,12,";
    let plain = "uplift,,,,0,,x\nproration,,,,none,,x\nreinstatement_uplift,,,,10,,x";
    let mut world = small("2026-11-27", ",,D55V1LL,,,10,perpetual,,2026-12-31,,USD,", prices, plain);
    world.decisions = table(DECISIONS, ",,IBM MQ,,lapse,2028-01-01,2029-03-10,1,,,,,x");
    let value = forecast(&world);
    let told = |date: &str, kind: &str, amount: &str| (date.to_owned(), kind.to_owned(), Some(amount.to_owned()));
    assert_eq!(
        charges(&value, 0),
        [
            told("2027-01-01", "renewal", "1000.00"),
            told("2029-03-10", "reinstatement", "3000.00"),
            told("2030-03-10", "renewal", "1000.00"),
            told("2031-03-10", "renewal", "1000.00"),
        ]
    );
    assert_eq!(
        (&value["lines"][0]["decision"], &value["lines"][0]["frozen_on"]),
        (&json!("lapse"), &json!("2027-12-31"))
    );
    // 1000, 1000, 4000, 5000, 6000 against 1000 to 5000: cheaper in 2028, dearer from 2029 on.
    assert_eq!(value["lines"][0]["break_even"], Value::Null);

    world.decisions = table(DECISIONS, ",,IBM MQ,,lapse,2028-01-01,2029-03-10,2,,,,,x");
    // 14 months and a started one, 10 % more.
    assert_eq!(
        charges(&forecast(&world), 0)[1..3],
        [told("2029-03-10", "back_charge", "1375.00"), told("2029-03-10", "renewal", "1000.00")]
    );
    world.decisions = table(DECISIONS, ",,IBM MQ,,lapse,2028-01-01,2028-01-01,,,,,,x");
    assert_eq!(forecast(&world)["lines"][0]["decision"], "renew");
}

/// 8.3 and 8.4 by hand.
#[test]
fn convert_and_reduce() {
    let prices = "E0256LL,BL,100,USD,,,12,\nD26UYLL,BL,20,USD,,,,\nD26UULL,BL,500,USD,,,12,";
    let plain = "uplift,,,,10,,x\nproration,,,,none,,x";
    let mut world = small("2026-11-27", ",,D55V1LL,,,100,perpetual,,2026-12-31,,USD,", prices, plain);
    let told = |date: &str, kind: &str, amount: &str| (date.to_owned(), kind.to_owned(), Some(amount.to_owned()));
    // 33 1/3 units: 34 parts at 20 a month, the price fixed for 24 months.
    world.decisions = table(DECISIONS, ",,IBM MQ,PVU,to_subscription,2028-01-01,,,,D26UYLL,3:1,24,x");
    assert_eq!(
        charges(&forecast(&world), 0),
        [
            told("2027-01-01", "renewal", "11000.00"),
            told("2028-01-01", "term", "9873.60"),
            told("2029-01-01", "term", "9873.60"),
            told("2030-01-01", "term", "11947.06"),
            told("2031-01-01", "term", "11947.06"),
        ]
    );
    // A licence, and its support at a fifth.
    world.decisions = table(DECISIONS, ",,IBM MQ,PVU,to_cloud_pak,2030-01-01,,,2,D26UULL,,,x");
    assert_eq!(
        charges(&forecast(&world), 0)[3..],
        [told("2030-01-01", "licence", "1464.10"), told("2031-01-01", "renewal", "322.10")]
    );
    world.decisions = table(DECISIONS, ",,IBM MQ,PVU,reduce,2028-01-01,,,30,,,,x");
    assert_eq!(charges(&forecast(&world), 0)[1], told("2028-01-01", "renewal", "3630.00"));
    assert_eq!(forecast(&world)["lines"][0]["break_even"], 2027);
}

/// In every world: low <= expected <= high, known or unknown alike; totals and sums add the charges.
#[test]
fn worlds_add_up() {
    let minor = |value: &Value| -> Option<i128> { value.as_str().map(|text| text.replace('.', "").parse().unwrap()) };
    for seed in 0..300 {
        let world = world(seed);
        assert!(!files(&world).entitlements.is_empty());
        let value = forecast(&world);
        assert_eq!(value, forecast(&world), "the same twice");
        let mut years: BTreeMap<(String, i64), ([i128; 3], i64, i64)> = BTreeMap::new();
        for line in value["lines"].as_array().unwrap() {
            for charge in line["charges"].as_array().unwrap() {
                let from = charge["from"].as_str().unwrap();
                assert!(from >= value["on"].as_str().unwrap() && from <= value["to"].as_str().unwrap(), "seed {seed}");
                let three = ["low", "expected", "high"].map(|name| minor(&charge[name]));
                let key = (line["currency"].to_string(), from[..4].parse().unwrap());
                let total = years.entry(key).or_default();
                if let [Some(low), Some(expected), Some(high)] = three {
                    assert!(0 <= low && low <= expected && expected <= high, "seed {seed}: {charge}");
                    total.0 = [total.0[0] + low, total.0[1] + expected, total.0[2] + high];
                    total.2 += 1;
                } else {
                    assert_eq!(three, [None; 3]);
                    total.1 += 1;
                }
            }
        }
        let mut sums: BTreeMap<String, ([i128; 3], i64, i64)> = BTreeMap::new();
        assert_eq!(value["totals"].as_array().unwrap().len(), years.len());
        for total in value["totals"].as_array().unwrap() {
            let currency = total["currency"].to_string();
            let expected = years[&(currency.clone(), total["year"].as_i64().unwrap())];
            compare(total, expected);
            let sum = sums.entry(currency).or_default();
            sum.0 = [0, 1, 2].map(|third| sum.0[third] + expected.0[third]);
            (sum.1, sum.2) = (sum.1 + expected.1, sum.2 + expected.2);
        }
        assert_eq!(value["sums"].as_array().unwrap().len(), sums.len());
        for sum in value["sums"].as_array().unwrap() {
            compare(sum, sums[&sum["currency"].to_string()]);
        }
    }
}

fn compare(total: &Value, (amounts, unknown, known): ([i128; 3], i64, i64)) {
    assert_eq!(total["unknown"], unknown);
    for (name, amount) in ["low", "expected", "high"].into_iter().zip(amounts) {
        let told = total[name].as_str().map(|text| text.replace('.', "").parse::<i128>().unwrap());
        assert_eq!(told, (known > 0).then_some(amount));
    }
}

//! What the user assumes and decides.

use super::super::money::world::Table;
use super::parts::FAMILIES;
use super::{Maker, row};

/// Parts to which somebody changes: licences with and without packs, a trade-up, terms, one that nobody knows.
const TARGETS: [&str; 9] =
    ["D26UULL", "D26UYLL", "D1Q4ELL", "D1Q4HLL", "D03JMLL", "D0V8PLL", "D55V4LL", "d26uull", "D9QX3LL"];

pub(crate) fn assumptions(maker: &mut Maker) -> Table {
    let mut table = Table::new("name,scope,from,low,expected,high,reason");
    let mut say = |name: &str, scope: String, from: String, [low, expected, high]: [&str; 3]| {
        let cells = [
            ("name", name.to_owned()),
            ("scope", scope),
            ("from", from),
            ("low", low.to_owned()),
            ("expected", expected.to_owned()),
            ("high", high.to_owned()),
            ("reason", "as agreed".to_owned()),
        ];
        let line = row(&table, &cells);
        table.rows.push(line);
    };
    for _ in 0..maker.dice.below(11) {
        let (name, values) = *maker.dice.one_of(&[
            ("uplift", ["", "5.55", ""]),
            ("uplift", ["2", "4", "7.5"]),
            ("uplift", ["-3", "0", "100"]),
            ("uplift", ["-100", "-2.1234", "3.3333"]),
            ("ss_rate", ["18", "20.25", "25.9"]),
            ("ss_rate", ["", "22.1234", ""]),
            ("reinstatement_rate", ["50", "60", ""]),
            ("reinstatement_rate", ["", "0", "75"]),
            ("reinstatement_uplift", ["0", "10", "33.3333"]),
            ("reinstatement_uplift", ["", "12.5", ""]),
            ("reinstatement_uplift", ["", "0", ""]),
            ("discount", ["20", "12.5", "0"]),
            ("discount", ["", "7.7777", ""]),
            ("discount", ["100", "50", "49.9999"]),
            ("cap_fixed", ["", "4", ""]),
            ("cap_fixed", ["", "2.5555", ""]),
            ("cap_compounding", ["", "5", ""]),
            ("cap_compounding", ["", "3.1415", ""]),
            // Left out: the wrong way round, too fine, too low, too high, unknown.
            ("uplift", ["5", "4", "6"]),
            ("discount", ["0", "10", "20"]),
            ("uplift", ["", "5.55555", ""]),
            ("uplift", ["", "-101", ""]),
            ("discount", ["", "101", ""]),
            ("ss_rate", ["", "-1", ""]),
            ("cap_compounding", ["", "-1", ""]),
        ]);
        let scope = scope(maker);
        let from = if maker.dice.percent(55) { String::new() } else { maker.near(-300, 1_200).to_string() };
        say(name, scope, from, values);
    }
    for _ in 0..maker.dice.below(4) {
        let name =
            *maker.dice.one_of(&["proration", "proration", "anniversary", "level", "level", "points", "currency"]);
        let value = match name {
            "proration" => maker.dice.text(&["day", "day", "none", "month", "weekly"]),
            "anniversary" => match maker.dice.below(4) {
                0 => "2020-02-29".to_owned(),
                1 => "2025-12-31".to_owned(),
                _ => maker.near(-500, 500).to_string(),
            },
            "level" => maker.dice.text(&["BL", "D", "F", "H", "I", "J", "GV", "ED", "K"]),
            "points" => maker.dice.text(&["0", "300", "600", "1200", "6000"]),
            _ => maker.other_currency.to_owned(),
        };
        let scope = if maker.dice.percent(50) {
            String::new()
        } else {
            format!("agreement:{}", maker.dice.text(&maker.agreements))
        };
        // Of these only the level is that of a later day.
        let from = match maker.dice.below(4) {
            0 => maker.near(-300, 0).to_string(),
            1 => maker.near(1, 700).to_string(),
            _ => String::new(),
        };
        say(name, scope, from, ["", &value, ""]);
    }
    if maker.dice.percent(50) {
        let percent = maker.dice.text(&["10", "25", "8.3333"]);
        say("reinstatement_uplift", String::new(), String::new(), ["", &percent, ""]);
    }
    if maker.dice.percent(40) {
        let to = maker.dice.text(&["EUR", "USD", "JPY", "KWD"]);
        say("report_currency", String::new(), String::new(), ["", &to, ""]);
        for of in ["USD", "EUR", "JPY", "KWD"] {
            for _ in 0..maker.dice.below(3) {
                let rate = maker.dice.text(&["0.92", "1.085", "0.0061", "3.25", "157.3", "0.333333"]);
                let from = if maker.dice.percent(40) { String::new() } else { maker.near(-200, 50).to_string() };
                say("fx", format!("{of}/{to}"), from, ["", &rate, ""]);
            }
        }
    }
    table.rows = maker.dice.shuffled(table.rows);
    table
}

fn scope(maker: &mut Maker) -> String {
    match maker.dice.below(8) {
        0 | 1 => format!("agreement:{}", maker.dice.text(&maker.agreements)),
        2 => format!("product:{}", maker.dice.one_of(&maker.families).product),
        3 | 4 => {
            let family = *maker.dice.one_of(&maker.families);
            let part = maker.dice.one_of(family.parts).0;
            format!("part:{}", if maker.dice.percent(10) { part.to_lowercase() } else { part.to_owned() })
        }
        _ => String::new(),
    }
}

/// Decisions about what the ledger holds, some of them impossible.
pub(crate) fn decisions(maker: &mut Maker, rights: &Table) -> Table {
    let mut table =
        Table::new("agreement,site,product,metric,decision,date,until,model,quantity,to_part,ratio,term,reason");
    for _ in 0..maker.dice.below(5) {
        let about = maker.dice.size(0, rights.rows.len() - 1);
        let part = rights.cell(about, "part_number").to_uppercase();
        let known = FAMILIES.iter().find(|family| family.parts.iter().any(|entry| entry.0 == part));
        let said = |column| rights.cell(about, column).to_owned();
        let product = if said("product").is_empty() { known.unwrap().product.to_owned() } else { said("product") };
        let metric = if said("metric").is_empty() { known.unwrap().metric.to_owned() } else { said("metric") };
        let decision = maker.dice.text(&[
            "lapse",
            "lapse",
            "lapse",
            "lapse",
            "lapse",
            "reduce",
            "reduce",
            "to_subscription",
            "to_committed_term",
            "to_cloud_pak",
            "to_cloud_pak",
            "renew",
            "forget",
        ]);
        let day = |maker: &mut Maker, least, most| maker.near(least, most).to_string();
        let date = match maker.dice.below(10) {
            0..=4 => String::new(),
            5..=8 => day(maker, -100, 1_200),
            _ => day(maker, 2_000, 3_000),
        };
        let mut cells = vec![
            ("agreement", if maker.dice.percent(35) { said("agreement") } else { String::new() }),
            ("site", if maker.dice.percent(35) { said("site") } else { String::new() }),
            ("product", product),
            ("metric", if maker.dice.percent(50) { metric } else { String::new() }),
            ("date", date),
            ("reason", "plan of the year".to_owned()),
        ];
        match decision.as_str() {
            "lapse" if maker.dice.percent(80) => {
                let late = maker.dice.percent(70);
                cells.push(("until", day(maker, if late { 100 } else { -200 }, 1_300)));
                cells.push(("model", maker.dice.text(&["", "1", "2", "2", "2", "3"])));
            }
            "reduce" => {
                cells.push(("quantity", maker.dice.text(&["0", "1", "25", "70", "70", "150", "5000", "-1", ""])));
            }
            "to_subscription" | "to_committed_term" | "to_cloud_pak" => {
                let to = target(maker);
                cells.push(("to_part", to));
                match maker.dice.below(4) {
                    0 => cells.push(("quantity", maker.dice.text(&["1", "7", "33", "400"]))),
                    1 | 2 => {
                        cells.push(("ratio", maker.dice.text(&["2:1", "1:3", "3:2", "70:1", "1:1", "0:1", "7:0"])));
                    }
                    _ => {}
                }
                cells.push(("term", maker.dice.text(&["", "", "12", "24", "36", "7", "0"])));
            }
            _ => {}
        }
        cells.push(("decision", decision));
        table.rows.push(row(&table, &cells));
    }
    table
}

fn target(maker: &mut Maker) -> String {
    let part = if maker.dice.percent(35) {
        let family = *maker.dice.one_of(&maker.families);
        maker.dice.one_of(family.parts).0.to_owned()
    } else {
        maker.dice.text(&TARGETS)
    };
    maker.named.push(part.to_uppercase());
    // What its support will cost.
    let family = FAMILIES.iter().find(|family| family.parts.iter().any(|entry| entry.0 == part.to_uppercase()));
    for (number, ..) in family.into_iter().flat_map(|family| family.parts) {
        maker.named.push((*number).to_owned());
    }
    if maker.dice.percent(6) { String::new() } else { part }
}

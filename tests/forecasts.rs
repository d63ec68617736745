//! Forecasts of renewals at the terminal, against an independent count of the same files.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use highwater::engine::renewal::{self, ChargeScope, RenewalFigure, RenewalLine, RenewalQuery, Renewing};
use highwater::import::cell::Style;
use highwater::import::{Limits, Unwatched, list, opened};
use highwater::model::assumption::Assumption;
use highwater::model::bound::Bound;
use highwater::model::derivation::Derivation;
use highwater::model::list::{Listed, SharedLines};
use highwater::model::money::Currency;
use highwater::model::order::PriceTerms;
use highwater::model::price::Price;
use highwater::model::workspace::Lists;
use highwater::rules::shipped_parts;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::oracle::evaluate;
use crate::oracle::money;
use crate::oracle::money_worlds::files::Files;
use crate::oracle::money_worlds::{files, world};
use crate::terminal::{answer, file, highwater};

/// The JSON of a command that runs in a folder.
fn answer_in(folder: &PathBuf, arguments: &[String]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_highwater"));
    // The worlds write plain numbers, also where three decimals could be thousands.
    let output = command.args(arguments).args(["--json", "--numbers", "en"]).current_dir(folder).output().unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn forecasts_of_random_worlds_are_those_of_the_independent_count() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("forecasts");
    for seed in 0..200 {
        let world = world(seed);
        let files = files(&world);
        let folder = folder.join(seed.to_string());
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in files.all() {
            std::fs::write(folder.join(name), text).unwrap();
        }
        let mut told = answer_in(&folder, &files.arguments());
        for beside in ["assumptions", "issues"] {
            told.as_object_mut().unwrap().remove(beside);
        }
        let counted = money::forecast(&world);
        assert!(told == counted, "seed {seed}, in {}:\ntold {told:#}\ncounted {counted:#}", folder.display());
    }
}

/// The lines of a list as the terminal reads them.
fn read<T: Listed>(name: &str, text: &str) -> Vec<T> {
    let open = &opened::door::open;
    list::read_written(name, text.as_bytes(), Some(Style::Point), open, &Limits::TERMINAL, &mut Unwatched).unwrap().0
}

/// The lists of a world.
pub(crate) fn lists(files: &Files) -> Lists {
    let mut lists = Lists { entitlements: shared("entitlements.csv", &files.entitlements), ..Lists::default() };
    for (name, text) in &files.lists {
        match *name {
            "orders.csv" => lists.orders = shared(name, text),
            "agreements.csv" => lists.agreements = read(name, text).into_iter().collect(),
            "sites.csv" => lists.sites = read(name, text).into_iter().collect(),
            "points.csv" => lists.part_points = shared(name, text),
            other => panic!("{other}"),
        }
    }
    let price = |(name, since, text): &(String, Option<money::days::Day>, String)| {
        let since = since.map(|since| since.to_string().parse().unwrap());
        let dated = read::<Price>(name, text);
        dated.into_iter().map(move |price| Price { valid_from: price.valid_from.or(since), ..price })
    };
    let holds = |price: &Price| price.valid_from.zip(price.valid_to).is_none_or(|(from, to)| from <= to);
    lists.prices = files.prices.iter().flat_map(price).filter(holds).collect();
    lists.assumptions = shared("assumptions.csv", files.assumptions.as_deref().unwrap_or("name,scope,expected\n"));
    lists.decisions = shared("decisions.csv", files.decisions.as_deref().unwrap_or("product,decision\n"));
    lists
}

pub(crate) fn shared<T: Listed>(name: &str, text: &str) -> SharedLines<T> {
    read(name, text).into_iter().collect()
}

#[test]
fn a_forecast_after_a_change_of_assumed_costs_is_the_one_that_is_made_anew() {
    let mut changed = 0;
    for seed in 0..100 {
        let files = files(&world(seed));
        let with = lists(&files);
        let plans = with.assumptions.iter().filter(|line| line.name.plans()).map(|line| Assumption::clone(line));
        let without = Lists { assumptions: plans.collect(), ..with.clone() };
        let forecast = |lists| renewal::forecast(query(&files, lists));
        let (one, other) = (forecast(&with), forecast(&without));
        changed += usize::from(one.totals != other.totals);
        assert_eq!(renewal::assumed_again(one.clone(), &without), other, "seed {seed}");
        assert_eq!(renewal::assumed_again(other, &with), one, "seed {seed}");
    }
    assert!(changed > 30, "only {changed} of the worlds assume a cost");
}

/// What a world asks of a forecast of its lists.
fn query<'a>(files: &Files, lists: &'a Lists) -> RenewalQuery<'a> {
    RenewalQuery {
        lists,
        terms: PriceTerms::default(),
        parts: shipped_parts::get(),
        on: files.on.to_string().parse().unwrap(),
        years: files.years.try_into().unwrap(),
    }
}

/// How many steps a derivation has in all.
fn steps(step: &Derivation) -> usize {
    1 + step.children.iter().map(steps).sum::<usize>()
}

#[test]
fn the_derivation_of_every_amount_worked_out_again_from_its_leaves_is_that_amount() {
    let mut known = 0;
    for seed in 0..50 {
        let world = world(seed);
        let files = files(&world);
        let lists = lists(&files);
        let query = query(&files, &lists);
        let forecast = renewal::forecast(query);
        let mut asked = Vec::new();
        for (place, line, told) in forecast.charges() {
            asked.push((RenewalFigure::Charge(place), told.amount));
            let currency = line.key.currency.0.clone().unwrap_or_default();
            let of = ChargeScope::Charges(vec![place]);
            let is_told = line.key.currency.0.is_some();
            asked.extend(is_told.then_some((RenewalFigure::Total { currency, year: None, of }, told.amount)));
        }
        let years = forecast.totals.iter().map(|of_year| (&of_year.total, Some(of_year.year)));
        for (total, year) in years.chain(forecast.sums.iter().map(|sum| (sum, None))) {
            let of = |currency| (RenewalFigure::Total { currency, year, of: ChargeScope::All }, total.amount);
            asked.extend(total.currency.clone().map(of));
        }
        for (figure, amount) in &asked {
            for bound in Bound::ALL {
                let why = renewal::explain(query, &forecast, figure, bound).unwrap();
                let what = || format!("seed {seed}, {figure:?}, {bound:?}");
                assert_eq!(why.value, amount.map(|amount| amount.of(bound)), "{}", what());
                if amount.is_some() {
                    evaluate::check(&why).unwrap_or_else(|wrong| panic!("{}: {wrong}\n{why:#?}", what()));
                    assert!(steps(&why) > 4, "{}: {why:#?}", what());
                    known += 1;
                }
            }
        }
    }
    assert!(known > 1_000, "only {known} amounts are known");
}

/// What charges of a course are expected to come to until the end of a year; `None` where one of them is not known.
fn so_far(line: &RenewalLine, course: Renewing, year: i16) -> Option<Decimal> {
    let until = line.charges_of(course).iter().filter(|charge| charge.from.year() <= year);
    until.map(|charge| charge.amount.map(|amount| amount.expected)).sum()
}

#[test]
fn what_follows_from_amounts_is_worked_out_again_from_its_leaves() {
    let (mut lines, mut years, mut gaps, mut decisions, mut conversions) = (0, 0, 0, 0, 0);
    for seed in 0..120 {
        let world = world(seed);
        let files = files(&world);
        let lists = lists(&files);
        let query = query(&files, &lists);
        let forecast = renewal::forecast(query);
        let check = |figure: &RenewalFigure, expected: Option<Decimal>| {
            let why = renewal::explain(query, &forecast, figure, Bound::Expected);
            let why = why.unwrap_or_else(|| panic!("seed {seed}: {figure:?} is not explained"));
            assert_eq!(why.value, expected, "seed {seed}, {figure:?}");
            evaluate::check(&why).unwrap_or_else(|wrong| panic!("seed {seed}, {figure:?}: {wrong}\n{why:#?}"));
        };
        let last = forecast.to.year();
        let mut changed: BTreeMap<Currency, Option<Decimal>> = BTreeMap::new();
        for (place, line) in forecast.lines.iter().enumerate() {
            if let Some(months) = renewal::Gaps::of(&forecast).in_months(line) {
                check(&RenewalFigure::Gap { line: place }, Some(months.into()));
                gaps += 1;
            }
            let Some(currency) = line.key.currency.0.clone() else { continue };
            let of = || ChargeScope::Line(place);
            if let (false, Some(all)) = (line.charges.is_empty(), so_far(line, Renewing::AsDecided, last)) {
                check(&RenewalFigure::Total { currency: currency.clone(), year: None, of: of() }, Some(all));
                lines += 1;
            }
            if line.if_renewed.is_none() {
                continue;
            }
            for course in Renewing::ALL {
                if let Some(amount) = so_far(line, course, last - 1) {
                    check(&RenewalFigure::SoFar { line: place, year: last - 1, course }, Some(amount));
                    years += 1;
                }
            }
            let [decided, renewed] = Renewing::ALL.map(|course| so_far(line, course, last));
            let change = decided.zip(renewed).map(|(decided, renewed)| decided - renewed);
            let sum = changed.entry(currency).or_insert(Some(Decimal::ZERO));
            *sum = sum.zip(change).map(|(sum, change)| sum + change);
        }
        for (currency, amount) in changed {
            if amount.is_some() {
                check(&RenewalFigure::Decided { currency }, amount);
                decisions += 1;
            }
        }
        for year in forecast.converted.iter().flat_map(|converted| &converted.totals) {
            if let Some(amount) = year.amount {
                check(&RenewalFigure::Converted { year: year.year }, Some(amount.expected));
                conversions += 1;
            }
        }
    }
    let found = [lines, years, gaps, decisions, conversions];
    assert!(found.iter().all(|count| *count > 20), "too few to be a proof: {found:?}");
}

const LEDGER: &str = "agreement,site,part_number,product,metric,quantity,licence_type,ss_start,ss_end,currency,kind\n";

#[test]
fn a_row_that_begins_later_is_bound_by_what_the_part_cost_at_first() {
    // Semantics of money, 13, the example of 3.4.
    let ledger = file("bound_rights.csv", &format!("{LEDGER}A,S,E1,MQ,PVU,1,,2026-04-01,2027-03-31,EUR,renewal\n"));
    let prices = file(
        "bound_prices.csv",
        "part_number,level,price,currency,valid_from\nE1,BL,100,EUR,\nE1,BL,120,EUR,2027-01-01\n",
    );
    let assumed = file("bound_assumed.csv", "name,scope,expected\nuplift,,6\ncap_compounding,,5\n");
    let [ledger, prices, assumed] = [&ledger, &prices, &assumed].map(|path| path.to_str().unwrap());
    let told = answer(&[
        "forecast",
        "--entitlements",
        ledger,
        "--prices",
        prices,
        "--assumptions",
        assumed,
        "--on",
        "2026-11-27",
        "--years",
        "2",
        "--json",
    ]);
    let charges = &told["lines"][0]["charges"];
    let seen: Vec<_> =
        [0, 1].map(|at| (&charges[at]["from"], &charges[at]["index"]["expected"], &charges[at]["expected"])).into();
    assert_eq!(
        seen,
        [
            (&Value::from("2027-04-01"), &Value::from("1"), &Value::from("105.00")),
            (&Value::from("2028-04-01"), &Value::from("1.05"), &Value::from("110.25")),
        ]
    );
}

#[test]
fn what_has_no_price_is_not_known_and_counted_beside_the_totals() {
    let rows =
        "A,S,E1,MQ,PVU,10,,2026-04-01,2027-03-31,EUR,renewal\nA,S,E2,Db2,PVU,1,,2026-04-01,2027-03-31,EUR,renewal\n";
    let ledger = file("unknown_rights.csv", &format!("{LEDGER}{rows}"));
    let prices = file("unknown_prices.csv", "part_number,level,price,currency\nE1,BL,2.50,EUR\n");
    let [ledger, prices] = [&ledger, &prices].map(|path| path.to_str().unwrap());
    let arguments =
        ["forecast", "--entitlements", ledger, "--prices", prices, "--on", "2026-11-27", "--years", "1", "--json"];
    let told = answer(&arguments);
    assert_eq!(told["sums"][0]["expected"], "26.50");
    assert_eq!(told["sums"][0]["unknown"], 1);
    assert_eq!(told["lines"][0]["charges"][0]["basis"], "unknown");
    assert_eq!(told["lines"][0]["charges"][0]["expected"], Value::Null);
}

#[test]
fn two_price_lists_are_compared_part_by_part() {
    let old = file("old_prices.csv", "part_number,BL,D,currency\nD1,10,9.5,EUR\nD2,7,,EUR\nD3,0,,EUR\nD4,1.50,,EUR\n");
    let new = file("new_prices.csv", "part_number,BL,D,currency\nd1,10.6,,EUR\nD3,1,,EUR\nD4,1.5,,EUR\nD5,3,,EUR\n");
    let [old, new] = [&old, &new].map(|path| path.to_str().unwrap());
    let told = answer(&["prices", new, "--against", old, "--json"]);
    let text = |value: &Value| value.to_string();
    assert_eq!(
        text(&told["changed"]),
        r#"[{"currency":"EUR","difference":"0.6","level":"BL","new":"10.6","old":"10","part_number":"D1","percent":"6.00"},{"currency":"EUR","difference":"1","level":"BL","new":"1","old":"0","part_number":"D3","percent":null}]"#
    );
    assert_eq!(text(&told["new"]), r#"[{"currency":"EUR","level":"BL","part_number":"D5","price":"3"}]"#);
    assert_eq!(
        text(&told["withdrawn"]),
        r#"[{"currency":"EUR","level":"D","part_gone":false,"part_number":"D1","price":"9.5"},{"currency":"EUR","level":"BL","part_gone":true,"part_number":"D2","price":"7"}]"#
    );
    assert_eq!((&told["unchanged"], &told["rows"]), (&Value::from(1), &Value::from(4)));
}

#[test]
fn a_decision_or_an_assumption_that_does_not_fit_is_an_error_with_its_place() {
    let ledger = file("misfit_rights.csv", &format!("{LEDGER}A,S,E1,MQ,PVU,1,,2026-04-01,2027-03-31,EUR,renewal\n"));
    let assumed = file("misfit_assumed.csv", "name,scope,from,low,expected,high\nuplift,,,9,6,\nlevel,,,,Q,\n");
    let decided = file("misfit_decided.csv", "product,decision,quantity\nMQ,reduce,\nMQX,lapse,\n");
    let [ledger, assumed, decided] = [&ledger, &assumed, &decided].map(|path| path.to_str().unwrap());
    let arguments = ["forecast", "--entitlements", ledger, "--assumptions", assumed, "--decisions", decided];
    let told = highwater(&[arguments.as_slice(), &["--on", "2026-11-27"]].concat());
    let text = String::from_utf8(told.stdout).unwrap();
    assert_eq!(told.status.code(), Some(1));
    for place in [
        "misfit_assumed.csv, row 2, column low",
        "misfit_assumed.csv, row 3, column expected",
        "misfit_decided.csv, row 2, column quantity",
        "misfit_decided.csv, row 3, column product",
    ] {
        assert!(text.contains(place), "{place} in {text}");
    }
}

/// What a forecast says of decisions on IBM MQ, of which the estate needs 560 PVU: code, file, row and sentence.
fn contradicted(name: &str, ledger: &str, decisions: &str) -> Vec<(String, String, u64, String)> {
    let estate = "server,processor,sockets,cores,technology,partition,partition_cores,product,metric\n\
        s1,Intel Xeon Gold 6130,2,32,vmware,vm1,8,IBM MQ,PVU\n";
    let estate = file(&format!("{name}_estate.csv"), estate);
    let ledger = file(&format!("{name}_rights.csv"), &format!("{LEDGER}{ledger}"));
    let decisions = file(&format!("{name}_decided.csv"), &format!("product,decision,quantity\n{decisions}"));
    let [estate, ledger, decisions] = [&estate, &ledger, &decisions].map(|path| path.to_str().unwrap());
    let arguments = ["forecast", estate, "--entitlements", ledger, "--decisions", decisions, "--on", "2026-11-27"];
    let told = answer(&[arguments.as_slice(), &["--json"]].concat());
    let text = |issue: &Value, field: &str| issue[field].as_str().unwrap_or_default().to_owned();
    let issues = told["issues"].as_array().unwrap().iter();
    let told = issues.map(|issue| {
        (text(issue, "code"), text(issue, "file"), issue["row"].as_u64().unwrap_or_default(), text(issue, "message"))
    });
    told.filter(|(code, ..)| ["decision_below_need", "support_in_part"].contains(&code.as_str())).collect()
}

const SUPPORTED: &str = "A,S,E1,IBM MQ,PVU,600,,2026-04-01,2027-03-31,EUR,renewal\n";

#[test]
fn a_decision_that_keeps_less_than_is_needed_is_told_with_both_numbers() {
    let sentence = |kept| format!("Of IBM MQ the decisions keep {kept} units, and 560 are needed.");
    let below = |name: &str, kept| ("decision_below_need".to_owned(), format!("{name}_decided.csv"), 2, sentence(kept));
    assert_eq!(contradicted("below", SUPPORTED, "IBM MQ,reduce,559\n")[0], below("below", 559));
    assert_eq!(
        contradicted("as_needed", SUPPORTED, "IBM MQ,reduce,560\n")
            .iter()
            .filter(|told| told.0 != "support_in_part")
            .count(),
        0
    );
    // A licence for ever may be used without support; a term that is over may not.
    assert_eq!(contradicted("for_ever", SUPPORTED, "IBM MQ,lapse,\n"), []);
    let term = "A,S,T1,IBM MQ,PVU,600,fixed_term,2026-04-01,2027-03-31,EUR,licence\n";
    assert_eq!(contradicted("term", term, "IBM MQ,lapse,\n"), [below("term", 0)]);
    // What is short without any decision is said by the position.
    let few = SUPPORTED.replace("600", "500");
    assert_eq!(contradicted("short", &few, "IBM MQ,renew,\n"), []);
}

#[test]
fn a_product_in_use_that_is_renewed_in_part_at_a_site_is_told_with_both_numbers() {
    let licence = "A,S,D1,IBM MQ,PVU,700,,,,EUR,licence\n";
    let in_part = |name: &str, row, supported| {
        let sentence = format!(
            "Of 700 entitled for IBM MQ only {supported} are under support: IBM asks for all or none of a product."
        );
        ("support_in_part".to_owned(), format!("{name}_rights.csv"), row, sentence)
    };
    let both = format!("{licence}{SUPPORTED}");
    assert_eq!(contradicted("in_part", &both, "IBM MQ,renew,\n"), [in_part("in_part", 3, 600)]);
    assert_eq!(contradicted("none", &both, "IBM MQ,lapse,\n"), []);
    let whole = format!("{licence}{}", SUPPORTED.replace("600", "700"));
    assert_eq!(contradicted("whole", &whole, "IBM MQ,renew,\n"), []);
    assert_eq!(contradicted("reduced", &whole, "IBM MQ,reduce,650\n"), [in_part("reduced", 3, 650)]);
    // At another site it may be otherwise, and of what nobody uses it does not matter.
    let elsewhere = "A,T,D1,IBM MQ,PVU,50,,,,EUR,licence\n";
    assert_eq!(contradicted("sites", &format!("{whole}{elsewhere}"), "IBM MQ,renew,\n"), []);
    assert_eq!(contradicted("unused", &both.replace("IBM MQ", "IBM Db2"), "IBM Db2,renew,\n"), []);
}

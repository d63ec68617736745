//! Laws that hold for every estate, tried on random ones.
//!
//! The estates are made from numbers: 500 of them from 0, the same in every run. `HIGHWATER_CASES` asks for more,
//! `HIGHWATER_SEED` starts elsewhere. A failure is shown with the smallest estate that still has it.
//! `HIGHWATER_DUMP=folder` writes the estates and the independent count of each for a check in another language.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use highwater::model::assessment::Assessment;
use highwater::work::Quantity;
use jiff::civil::Date;
use proptest::prelude::{any, prop, proptest};
use rust_decimal::Decimal;

use crate::generated::the_same;
use crate::oracle::adapter::{self, answer};
use crate::oracle::count::{Answer, Choices, Demand, NoPeriod, count};
use crate::oracle::estates::{Case, Cells, Dice, Sheet, column, estate, numbers};
use crate::oracle::{evaluate, minimise, rows};

/// Holds the law against all estates; where it fails, shows the smallest estate that breaks it.
fn for_every_estate(law: impl Fn(&Case) -> Result<(), String>) {
    let broken: Vec<Case> = numbers().map(estate).filter(|case| law(case).is_err()).collect();
    let Some(first) = broken.first() else { return };
    let fails = |sheet: &Sheet| law(&Case { sheet: sheet.clone(), ..first.clone() }).is_err();
    let sheet = minimise::smallest(first.sheet.clone(), fails);
    let smallest = Case { sheet, ..first.clone() };
    let others: Vec<u64> = broken.iter().map(|case| case.number).collect();
    panic!(
        "{} estates break the law: {others:?}\nthe smallest form of number {}, {:?}:\n{}\n{}",
        broken.len(),
        first.number,
        first.choices,
        smallest.sheet.text(),
        law(&smallest).unwrap_err(),
    );
}

/// What the engine answers, in the words of the independent count.
fn engine(sheet: &Sheet, choices: Choices) -> Result<Answer, NoPeriod> {
    assess(sheet, choices).map(|assessment| answer(&assessment))
}

fn assess(sheet: &Sheet, choices: Choices) -> Result<Assessment, NoPeriod> {
    read(sheet).assess(choices).map_err(|_| NoPeriod)
}

/// Has the library read an estate that is a template, whatever its cells hold.
fn read(sheet: &Sheet) -> adapter::Read {
    adapter::read(sheet.text().as_bytes()).unwrap_or_else(|issue| panic!("{issue:?}\n{}", sheet.text()))
}

fn same(what: &str, left: &Result<Answer, NoPeriod>, right: &Result<Answer, NoPeriod>) -> Result<(), String> {
    if left == right { Ok(()) } else { Err(format!("{what}\n{}", difference(left, right))) }
}

/// Where two answers differ, left before right.
fn difference(left: &Result<Answer, NoPeriod>, right: &Result<Answer, NoPeriod>) -> String {
    let (Ok(left), Ok(right)) = (left, right) else { return format!("{left:?}\n{right:?}") };
    let mut text = String::new();
    if left.period != right.period {
        writeln!(text, "period: {:?} | {:?}", left.period, right.period).unwrap();
    }
    let keys: BTreeSet<_> = left.products.keys().chain(right.products.keys()).collect();
    for key in keys {
        let (one, other) = (left.products.get(key), right.products.get(key));
        if one != other {
            let show = |demand: Option<&Demand>| demand.map_or("not listed".to_owned(), |demand| format!("{demand:?}"));
            writeln!(text, "{key:?}:\n  {}\n  {}", show(one), show(other)).unwrap();
        }
    }
    text
}

#[test]
fn the_engine_and_the_independent_count_agree() {
    for_every_estate(|case| {
        let independent = count(&case.sheet.text(), case.choices);
        same("independent count, then engine:", &independent, &engine(&case.sheet, case.choices))
    });
}

#[test]
fn as_many_rows_are_left_out_as_the_independent_reading_leaves_out() {
    for_every_estate(|case| {
        let (taken, left_out) = rows::read(&case.sheet.text());
        let read = read(&case.sheet);
        let expected = (taken.len(), left_out, taken.len() + left_out);
        let report = &read.report;
        let got =
            (read.estate.rows.len(), usize::try_from(report.left_out).unwrap(), usize::try_from(report.rows).unwrap());
        if expected == got { Ok(()) } else { Err(format!("taken, left out, rows: {expected:?} | {got:?}")) }
    });
}

#[test]
fn sub_capacity_is_never_above_full_capacity() {
    for_every_estate(|case| {
        let Ok(answer) = engine(&case.sheet, case.choices) else { return Ok(()) };
        for (key, product) in &answer.products {
            for (part, demand) in std::iter::once(("all", product)).chain(named(&product.regions)) {
                if let (Some(sub), Some(full)) = (demand.sub, demand.full)
                    && sub > full
                {
                    return Err(format!("{key:?}, {part}: {sub} above {full}"));
                }
            }
        }
        Ok(())
    });
}

fn named(regions: &BTreeMap<String, Demand>) -> impl Iterator<Item = (&str, &Demand)> {
    regions.iter().map(|(name, demand)| (name.as_str(), demand))
}

#[test]
fn one_more_server_never_lowers_a_total() {
    for_every_estate(|case| {
        let Some(row) = case.sheet.rows.first() else { return Ok(()) };
        let mut more = case.sheet.clone();
        let mut added = row.clone();
        "a new server".clone_into(&mut added[column("server")]);
        more.rows.push(added);
        let (Ok(before), Ok(after)) = (engine(&case.sheet, case.choices), engine(&more, case.choices)) else {
            return Ok(());
        };
        for (key, demand) in &before.products {
            let now = after.products.get(key).ok_or("a product is gone")?;
            for (what, before, after) in
                [("sub-capacity", demand.sub, now.sub), ("full capacity", demand.full, now.full)]
            {
                // Unknown stays unknown; known may become unknown, and otherwise does not fall.
                let falls = matches!((before, after), (Some(before), Some(after)) if after < before);
                if falls || (before.is_none() && after.is_some()) {
                    return Err(format!("{key:?}: {what} was {before:?} and is {after:?}"));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn the_order_of_the_rows_changes_nothing() {
    for_every_estate(|case| {
        let before = numbers_and_issues(&case.sheet, case.choices);
        let mut backwards = case.sheet.rows.clone();
        backwards.reverse();
        let shuffled = Dice::new(case.number).shuffled(case.sheet.rows.clone());
        for rows in [backwards, shuffled] {
            let after = numbers_and_issues(&case.sheet.with_rows(rows), case.choices);
            same("in order, then in another:", &before.0, &after.0)?;
            if before.1 != after.1 {
                return Err(format!("issues in order, then in another:\n{:?}\n{:?}", before.1, after.1));
            }
        }
        Ok(())
    });
}

/// The engine's numbers, and what was found, without the rows where it was found: they move with the order.
fn numbers_and_issues(sheet: &Sheet, choices: Choices) -> (Result<Answer, NoPeriod>, Vec<String>) {
    let read = read(sheet);
    let assessment = read.assess(choices).map_err(|_| NoPeriod);
    let assessed = assessment.iter().flat_map(|assessment| &assessment.issues);
    let issues = read.estate.issues.iter().chain(assessed);
    let mut kinds: Vec<String> = issues.map(|issue| format!("{} {:?}", issue.code, issue.severity)).collect();
    kinds.sort();
    (assessment.map(|assessment| answer(&assessment)), kinds)
}

#[test]
fn splitting_the_period_of_a_row_into_two_adjacent_rows_changes_nothing() {
    for_every_estate(|case| {
        let whole = engine(&case.sheet, case.choices);
        let Ok(Answer { period: Some(period), .. }) = &whole else { return Ok(()) };
        let mut dice = Dice::new(case.number);
        let split = case.sheet.rows.iter().flat_map(|row| split(&mut dice, row, *period)).collect();
        let split = engine(&case.sheet.with_rows(split), case.choices);
        same("whole, then split:", &whole, &split)
    });
}

/// The row as two rows that meet within the period, where it is long enough and its dates can be read.
fn split(dice: &mut Dice, row: &Cells, period: (Date, Date)) -> Vec<Cells> {
    let edge = |name: &str, open: Date| match row[column(name)].as_str() {
        "" => Some(open),
        text => text.parse::<Date>().ok(),
    };
    let (Some(from), Some(to)) = (edge("from", period.0), edge("to", period.1)) else { return vec![row.clone()] };
    let (from, to) = (from.max(period.0), to.min(period.1));
    let length = if from < to { (to - from).get_days() } else { 0 };
    let Ok(length @ 1..) = usize::try_from(length) else { return vec![row.clone()] };
    let last = from + crate::oracle::estates::days(dice.below(length));
    let (mut early, mut late) = (row.clone(), row.clone());
    early[column("to")] = last.to_string();
    late[column("from")] = last.tomorrow().unwrap().to_string();
    vec![early, late]
}

#[test]
fn every_derivation_evaluates_to_the_number_that_is_shown() {
    for_every_estate(|case| {
        let read = read(&case.sheet);
        let Ok(assessment) = read.assess(case.choices) else { return Ok(()) };
        for product in &assessment.products {
            for (quantity, shown) in
                [(Quantity::SubCapacity, product.sub_capacity), (Quantity::FullCapacity, product.full_capacity)]
            {
                let what = format!("{} {} {quantity:?}", product.product, product.metric.name());
                let derivation =
                    read.explain(case.choices, product, quantity).ok_or(format!("{what}: not explained"))?;
                evaluate::check(&derivation).map_err(|error| format!("{what}: {error}"))?;
                if derivation.value != shown.map(Decimal::from) {
                    return Err(format!("{what}: shown {shown:?}, derived {:?}", derivation.value));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn sharing_the_work_changes_nothing() {
    for_every_estate(|case| {
        let read = read(&case.sheet);
        let (one, three) = (read.assess(case.choices), read.assess_shared(case.choices, 3));
        if one == three { Ok(()) } else { Err(format!("{one:?}\n{three:?}")) }
    });
}

#[test]
fn an_assessment_is_the_same_when_it_is_made_again() {
    for_every_estate(|case| {
        let (one, other) = (assess(&case.sheet, case.choices), assess(&case.sheet, case.choices));
        if one == other { Ok(()) } else { Err("two runs differ".to_owned()) }
    });
}

#[test]
fn the_random_estates_reach_every_corner() {
    let mut reached = BTreeSet::new();
    for case in (0..500).map(estate) {
        let text = case.sheet.text();
        let (rows, left_out) = rows::read(&text);
        let mut reach = |corner: &str, there: bool| {
            if there {
                reached.insert(corner.to_owned());
            }
        };
        reach("a row left out", left_out > 0);
        reach("a byte order mark", text.starts_with('\u{feff}'));
        for row in &rows {
            reach(&row.technology, true);
            reach(&row.metric, true);
            reach("an excluded row", row.excluded);
            reach("a pool without cores", row.pool.is_some() && row.pool_cores.is_none());
            reach("a fraction", row.partition_cores.is_some_and(|cores| cores % rows::CORE != 0));
            reach("Linux on PowerVM", row.linux && row.technology.starts_with("powervm"));
            reach("no cores in a partition", row.partition_cores == Some(0));
        }
        match count(&text, case.choices) {
            Err(NoPeriod) => reach("no period", true),
            Ok(answer) => {
                reach("no date", answer.period.is_none() && !answer.products.is_empty());
                for demand in answer.products.values() {
                    reach("sub-capacity not known", demand.sub.is_none());
                    reach("full capacity not known", demand.sub.is_some() && demand.full.is_none());
                    reach("less than full capacity", demand.sub < demand.full);
                    reach("nothing needed", demand.sub == Some(0) && demand.full == Some(0));
                    reach("several regions", demand.regions.len() > 1);
                    reach("peaks on different days", demand.peak_on != demand.full_peak_on);
                }
            }
        }
    }
    let corners = [
        "none",
        "vmware",
        "hyper-v",
        "kvm",
        "ahv",
        "xen",
        "powervm-dedicated",
        "powervm-capped",
        "powervm-uncapped",
        "zvm",
        "solaris-zone",
        "container",
        "cloud",
        "unknown",
        "PVU",
        "VPC",
        "RVU",
        "a row left out",
        "a byte order mark",
        "an excluded row",
        "a pool without cores",
        "a fraction",
        "Linux on PowerVM",
        "no cores in a partition",
        "no period",
        "no date",
        "sub-capacity not known",
        "full capacity not known",
        "less than full capacity",
        "nothing needed",
        "several regions",
        "peaks on different days",
    ];
    let missed: Vec<&str> = corners.into_iter().filter(|corner| !reached.contains(*corner)).collect();
    assert!(missed.is_empty(), "no estate has: {missed:?}");
}

/// Not a law: writes the estates for a check in another language, when a folder is named.
#[test]
fn the_estates_can_be_written_to_a_folder() {
    let Some(folder) = std::env::var_os("HIGHWATER_DUMP").map(std::path::PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    for case in numbers().map(estate) {
        let text = case.sheet.text();
        std::fs::write(folder.join(format!("{:05}.csv", case.number)), &text).unwrap();
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        let parts = |demand: &Demand| {
            serde_json::json!({
                "sub_capacity": demand.sub, "full_capacity": demand.full,
                "peak_on": day(demand.peak_on), "full_peak_on": day(demand.full_peak_on),
            })
        };
        let expected = count(&text, case.choices).ok().map(|answer| {
            let products = answer.products.iter().map(|((product, metric), demand)| {
                let regions: BTreeMap<_, _> =
                    demand.regions.iter().map(|(name, region)| (name, parts(region))).collect();
                serde_json::json!({"product": product, "metric": metric, "total": parts(demand), "regions": regions})
            });
            products.collect::<Vec<_>>()
        });
        let json = serde_json::json!({
            "from": day(case.choices.from), "to": day(case.choices.to),
            "round_each_partition": case.choices.round_each_partition, "expected": expected,
        });
        std::fs::write(folder.join(format!("{:05}.json", case.number)), json.to_string()).unwrap();
    }
    println!("wrote {} estates to {}", numbers().count(), folder.display());
}

/// Whatever a file holds, reading, assessing and explaining it ends, and without a panic.
fn survives(bytes: &[u8]) {
    let Ok(read) = adapter::read(bytes) else { return };
    let Ok(assessment) = read.assess(Choices::default()) else { return };
    for product in &assessment.products {
        let derivation = read.explain(Choices::default(), product, Quantity::SubCapacity);
        assert_eq!(derivation.map(|node| node.value), Some(product.sub_capacity.map(Decimal::from)));
    }
}

proptest! {
    #![proptest_config(the_same(256))]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survives(&bytes);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        survives(text.as_bytes());
    }

    #[test]
    fn no_cells_under_the_right_headers_make_it_panic(
        cells in prop::collection::vec("[-0-9.,;\"\t a-zA-Z\u{e4}\u{1f600}]{0,12}|99999999999999999999|0\\.0000001|9999-12-31|-9999-01-01", 0..120)
    ) {
        let rows = cells.chunks_exact(crate::oracle::estates::COLUMNS.len()).map(|row| Cells::try_from(row.to_vec()).unwrap());
        survives(Sheet::new(rows.collect()).text().as_bytes());
    }

    #[test]
    fn no_damage_to_a_good_file_makes_it_panic(number in 0_u64..500, index in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = estate(number).sheet.text().into_bytes();
        let index = index.index(bytes.len());
        bytes[index] = byte;
        survives(&bytes);
        bytes.truncate(index);
        survives(&bytes);
    }
}

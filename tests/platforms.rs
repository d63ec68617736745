//! Rights that are for one platform or one use, and support that nothing states, at a terminal (semantics, section 13).

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::fixture::{self, ENGLISH, INSTANCE, Instance};
use crate::oracle::evaluate;
use crate::terminal::{answer, file};
use highwater::engine::position::{Rights, explain, position_at};
use highwater::engine::{Quantity, Settings};
use highwater::import::{Limits, Unwatched};
use highwater::model::entitlement::Entitlement;
use highwater::model::list::SharedLines;
use highwater::model::metric::Metric;
use highwater::model::platform::NeededAt;
use highwater::model::position::Position;
use highwater::rules::parts::Parts;
use highwater::work::sources::Sources;

use serde_json::{Value, json};

fn fresh(text: &str) -> PathBuf {
    static FILES: AtomicU32 = AtomicU32::new(0);
    file(&format!("platforms-{}.csv", FILES.fetch_add(1, Ordering::Relaxed)), text)
}

const HEADER: &str = "server,processor,sockets,cores,technology,partition,partition_cores,os,product,metric,from,to";

/// Rows of four cores in one partition of a server of its own, with this processor and this operating system.
fn estate(rows: &[(&str, &str)]) -> String {
    let row = |(number, (processor, os)): (usize, &(&str, &str))| {
        format!("s{number},{processor},2,16,kvm,v{number},4,{os},IBM MQ,PVU,2026-01-01,2026-06-30\n")
    };
    format!("{HEADER}\n{}", rows.iter().enumerate().map(row).collect::<String>())
}

/// The position of IBM MQ, and the codes of the issues about rights with their rows.
fn mq(estate: &str, ledger: &str) -> (Value, Vec<(String, Value)>, Value) {
    let (estate, ledger) = (fresh(estate), fresh(ledger));
    let all = answer(&["position", estate.to_str().unwrap(), "--entitlements", ledger.to_str().unwrap(), "--json"]);
    let products = all["products"].as_array().unwrap();
    let mq = products.iter().find(|one| one["product"] == json!("IBM MQ")).unwrap().clone();
    let told = all["issues"].as_array().unwrap().iter();
    let told = told.filter(|issue| issue["severity"] == json!("warning"));
    let told = told.map(|issue| (issue["code"].as_str().unwrap().to_owned(), issue["row"].clone())).collect();
    (mq, told, all["entitlements"].clone())
}

const XEON: &str = "Intel Xeon Gold 6130";
/// 120 PVU for each core.
const Z15: &str = "IBM z15 T01";

fn for_platform(words: &str) -> String {
    format!(
        "part_number,product,description,metric,quantity\nD0ZZ9LL,IBM MQ,IBM MQ {words} License + SW S&S,PVU,1000\n"
    )
}

#[test]
fn rights_for_a_platform_cover_only_what_runs_there_or_may_run_there() {
    let other = Some("entitlement_other_platform");
    let unknown = Some("entitlement_platform_unknown");
    let cases = [
        ("for Linux on System z", XEON, "RHEL 9", -280, other),
        ("Linux on z Systems", "IBM POWER9 E980", "RHEL 9", -280, other),
        ("for Linux on IBM Z", XEON, "Windows Server 2022", -280, other),
        ("for Linux on System z", "", "AIX 7.2", -480, other),
        ("for Linux on System z", Z15, "z/OS 2.5", -480, other),
        ("for z/OS", Z15, "SLES 15", -480, other),
        ("for z/OS", XEON, "RHEL 9", -280, other),
        ("on IBM Z", XEON, "RHEL 9", -280, other),
        ("for Linux on System z", Z15, "SLES 15", 520, None),
        ("for z/OS", Z15, "z/OS", 520, None),
        ("on IBM Z", Z15, "SLES 15", 520, None),
        ("on IBM Z", Z15, "z/OS", 520, None),
        ("for Linux on System z", XEON, "", 720, unknown),
        ("for Linux on System z", "", "RHEL 9", 520, unknown),
        ("for z/OS", Z15, "", 520, unknown),
        ("PVU", XEON, "RHEL 9", 720, None),
    ];
    for (words, processor, os, balance, code) in cases {
        let (mq, told, lines) = mq(&estate(&[(processor, os)]), &for_platform(words));
        assert_eq!(mq["balance"]["sub_capacity"], json!(balance), "{words} {processor} {os}");
        let expected: Vec<(String, Value)> = code.iter().map(|code| ((*code).to_owned(), json!(2))).collect();
        let told: Vec<_> = told.into_iter().filter(|(code, _)| code.contains("platform")).collect();
        assert_eq!(told, expected, "{words} {processor} {os}");
        let standing = if code == other { "other_platform" } else { "counts" };
        assert_eq!(lines[0]["standing"], json!(standing), "{words} {processor} {os}");
    }
}

#[test]
fn the_platform_of_a_part_counts_as_its_words_do() {
    let row = format!(
        "s1,{XEON},2,32,vmware,v1,8,SLES 15,IBM WebSphere Application Server Network Deployment,PVU,2026-01-01,2026-06-30"
    );
    let (estate, ledger) = (fresh(&format!("{HEADER}\n{row}\n")), fresh("part_number,quantity\nD55WQLL,900\n"));
    let all = answer(&["position", estate.to_str().unwrap(), "--entitlements", ledger.to_str().unwrap(), "--json"]);
    let product = &all["products"][0];
    assert_eq!((&product["entitled"], &product["balance"]["sub_capacity"]), (&json!(0), &json!(-560)));
    assert_eq!(all["entitlements"][0]["platform"], json!("linux_on_z"));
}

#[test]
fn of_a_mixed_demand_a_platform_is_covered_only_as_far_as_it_is_needed_there() {
    // 4 x 120 on Linux on Z and 4 x 70 elsewhere: 760.
    let both = estate(&[(Z15, "SLES 15"), (XEON, "RHEL 9")]);
    let with = |general: u32| format!("{},IBM MQ,,PVU,{general}\n", for_platform("for Linux on System z"));
    let of = |general| mq(&both, &with(general));
    let (short, told, _) = of(100);
    assert_eq!((&short["entitled"], &short["balance"]["sub_capacity"]), (&json!(1_100), &json!(-180)));
    assert_eq!(short["other_platform"]["sub_capacity"], json!(520));
    assert_eq!(told[0], ("entitlement_platform_in_part".to_owned(), json!(2)));
    let (enough, told, _) = of(280);
    assert_eq!(
        (&enough["balance"]["sub_capacity"], &enough["other_platform"]["sub_capacity"]),
        (&json!(520), &json!(0))
    );
    assert!(told.iter().all(|(code, _)| !code.contains("platform")), "{told:?}");
    // Full capacity: 16 x 120 there, 16 x 70 elsewhere. All 1,000 are used there, and 280 elsewhere.
    assert_eq!(
        (&enough["balance"]["full_capacity"], &enough["other_platform"]["full_capacity"]),
        (&json!(-1_760), &json!(0))
    );
}

/// An estate with these rows and a ledger of product, description and quantity, read and counted.
fn counted(estate: &str, lines: &[(&str, u32)]) -> (Sources, Vec<Entitlement>) {
    let mut sources = Sources::default();
    sources.add("estate.csv", estate.as_bytes(), &Limits::PAGE, &mut Unwatched);
    let ledger = lines.iter().map(|(description, quantity)| Entitlement {
        product: "IBM MQ".to_owned(),
        description: (*description).to_owned(),
        metric: "PVU".to_owned(),
        quantity: (*quantity).into(),
        ..Entitlement::default()
    });
    (sources, ledger.collect())
}

#[test]
fn the_derivation_of_a_balance_shows_what_was_left_aside_and_works_out() {
    let rows = estate(&[(Z15, "SLES 15"), (XEON, "RHEL 9"), (XEON, "")]);
    for (general, for_z) in [(0, 1_000), (100, 1_000), (280, 1_000), (100, 300), (5_000, 1), (0, 0)] {
        let (sources, ledger) = counted(&rows, &[("for Linux on System z", for_z), ("", general)]);
        let settings = Settings::default();
        let assessment = sources.assess(&settings).unwrap();
        let parts = Parts::default();
        let rights = Rights { ledger: &SharedLines::of(&ledger), aliases: &[], covers: None, parts: &parts, on: None };
        let needed_at = |product: &str, metric| sources.needed_at(&settings, product, metric);
        let found: Position = position_at(rights, &assessment, &[], &needed_at);
        let mq = &found.products[0];
        for (quantity, balance, of_demand) in [
            (Quantity::Balance, mq.balance(), Quantity::SubCapacity),
            (Quantity::FullBalance, mq.full_balance(), Quantity::FullCapacity),
        ] {
            let demand = sources.explain(&settings, "IBM MQ", Metric::Pvu, of_demand);
            let derivation = explain(rights, &found, mq, quantity, demand).unwrap();
            assert_eq!(derivation.value, balance);
            evaluate::check(&derivation).unwrap_or_else(|wrong| panic!("{general} {for_z}: {wrong}"));
        }
    }
}

#[test]
fn a_server_whose_partitions_share_a_limit_runs_nowhere_for_certain() {
    // Twelve cores each of z/OS and of Linux on sixteen: whose cores count is not known, and all rights count.
    let row =
        |partition: &str, os: &str| format!("s,{Z15},2,16,kvm,{partition},12,{os},IBM MQ,PVU,2026-01-01,2026-06-30\n");
    let rows = format!("{HEADER}\n{}{}", row("a", "z/OS"), row("b", "SLES 15"));
    let (sources, _) = counted(&rows, &[]);
    assert_eq!(sources.needed_at(&Settings::default(), "IBM MQ", Metric::Pvu), NeededAt::default());
    let (mq, told, _) = mq(&rows, &for_platform("for Linux on System z"));
    assert_eq!(mq["balance"]["sub_capacity"], json!(1_000 - 16 * 120));
    assert_eq!(told[0].0, "entitlement_platform_unknown");
}

#[test]
fn a_snapshot_tells_by_its_computers_where_a_product_runs() {
    let balance = |brand: &'static str, os: &str| {
        let usage = fixture::usage(ENGLISH, &[Instance { brand, product: "IBM MQ", ..INSTANCE }]);
        assert!(usage.contains("Linux, "), "{usage}");
        let usage = usage.replace("Linux, \"\"the\"\" system", os);
        let (usage, ledger) = (fresh(&usage), fresh(&for_platform("for Linux on System z")));
        let all = answer(&["position", usage.to_str().unwrap(), "--entitlements", ledger.to_str().unwrap(), "--json"]);
        all["products"][0]["balance"]["sub_capacity"].clone()
    };
    assert_eq!(balance("Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz", "Linux Red Hat Enterprise Server 8.4"), json!(-280));
    assert_eq!(balance("Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz", "Win2016 10.0.14393"), json!(-280));
    assert_eq!(balance("IBM z15 T01", "Linux SuSE Enterprise Server 15"), json!(720));
    assert_eq!(balance("", "Linux SuSE Enterprise Server 15"), json!(720));
}

#[test]
fn rights_for_non_production_count_and_are_told_where_only_they_cover() {
    let rows = estate(&[(XEON, "RHEL 9")]);
    for words in ["non_production", "Non-Production", "test", "Entwicklung"] {
        let (mq, told, _) =
            mq(&rows, &format!("product,metric,quantity,environment\nIBM MQ,PVU,300,{words}\nIBM MQ,PVU,100,\n"));
        assert_eq!(
            (&mq["entitled"], &mq["non_production"], &mq["balance"]["sub_capacity"]),
            (&json!(400), &json!(300), &json!(120))
        );
        assert_eq!(told, [("entitlement_non_production".to_owned(), Value::Null)], "{words}");
    }
    let (described, ..) = mq(
        &rows,
        "product,description,metric,quantity\nIBM MQ,IBM MQ for Non-Production Environment License,PVU,300\n",
    );
    assert_eq!(described["non_production"], json!(300));
    let (production, ..) = mq(&rows, "product,metric,quantity,environment\nIBM MQ,PVU,300,production\n");
    assert_eq!(production["non_production"], json!(0));
    // Others cover what is needed, or nothing does: nothing to warn of.
    for (general, non_production) in [(280, 500), (10, 20)] {
        let text =
            format!("product,metric,quantity,environment\nIBM MQ,PVU,{general},\nIBM MQ,PVU,{non_production},test\n");
        let (_, told, _) = mq(&rows, &text);
        assert_eq!(told, [], "{general} {non_production}");
    }
}

#[test]
fn support_is_what_is_stated_and_what_nothing_states_is_not_known() {
    let rows = estate(&[(XEON, "RHEL 9")]);
    let of = |lines: &[&str]| {
        let text = format!("product,metric,quantity,licence_type,ss_start,ss_end,kind\n{}\n", lines.join("\n"));
        let (mq, told, _) = mq(&rows, &text);
        let in_part = told.iter().any(|(code, _)| code == "support_in_part");
        (mq["supported"].clone(), mq["support_not_stated"].clone(), in_part)
    };
    let stated = "IBM MQ,PVU,500,,,2026-12-31,";
    let unstated = "IBM MQ,PVU,500,,,,";
    assert_eq!(of(&[stated, unstated]), (json!(500), json!(500), false));
    assert_eq!(of(&["IBM MQ,PVU,500,subscription,,2024-12-31,", unstated]), (Value::Null, json!(500), false));
    assert_eq!(of(&[unstated]), (Value::Null, json!(500), false));
    assert_eq!(of(&[stated]), (json!(500), json!(0), false));
    let ended = "IBM MQ,PVU,500,,,2024-12-31,";
    assert_eq!(of(&[ended]), (json!(0), json!(0), false));
    assert_eq!(of(&[stated, ended]), (json!(500), json!(0), true));
    // A line that begins later adds nothing; less than the gap is not enough to fill it.
    let later = "IBM MQ,PVU,500,,2026-08-01,2027-07-31,";
    assert_eq!(of(&[stated, later]), (json!(500), json!(0), true));
    assert_eq!(of(&[stated, ended, "IBM MQ,PVU,100,,,,renewal"]), (json!(500), json!(100), true));
    assert_eq!(of(&[stated, ended, "IBM MQ,PVU,500,,,,renewal"]), (json!(500), json!(500), false));
}

#[test]
fn what_is_ordered_after_the_day_does_not_count_whatever_its_start() {
    let rows = estate(&[(XEON, "RHEL 9")]);
    let (estate, ledger) = (
        fresh(&rows),
        fresh(
            "product,metric,quantity,licence_type,ss_start,ss_end,order_date\n\
               IBM MQ,PVU,1,monthly,2025-05-17,2026-12-18,2025-11-24\n\
               IBM MQ,PVU,2,,2025-05-17,,2025-11-24\n\
               IBM MQ,PVU,4,monthly,2025-05-17,2026-12-18,2025-05-20\n",
        ),
    );
    let on = |day: &str| {
        let all = answer(&[
            "position",
            estate.to_str().unwrap(),
            "--entitlements",
            ledger.to_str().unwrap(),
            "--on",
            day,
            "--json",
        ]);
        all["products"][0]["entitled"].clone()
    };
    assert_eq!((on("2025-06-01"), on("2025-11-23"), on("2025-11-24")), (json!(4), json!(4), json!(7)));
}

#[test]
fn one_name_counts_for_one_product_and_chains_lead_to_their_end() {
    let of = |aliases: &str| {
        let (estate, ledger) =
            (fresh(&estate(&[(XEON, "RHEL 9")])), fresh("product,metric,quantity\nOld MQ,PVU,1000\n"));
        let aliases = fresh(&format!("name,product,reason\n{aliases}"));
        let [estate, ledger, aliases] = [&estate, &ledger, &aliases].map(|path| path.to_str().unwrap());
        let all = answer(&["position", estate, "--entitlements", ledger, "--aliases", aliases, "--json"]);
        let products = all["products"].as_array().unwrap();
        let mq = products.iter().find(|one| one["product"] == json!("IBM MQ")).unwrap()["entitled"].clone();
        let errors = all["issues"].as_array().unwrap().iter().filter(|issue| issue["severity"] == json!("error"));
        let errors = errors.map(|issue| (issue["code"].as_str().unwrap().to_owned(), issue["row"].clone()));
        (mq, errors.collect::<Vec<_>>())
    };
    assert_eq!(of("Old MQ,IBM MQ,x\nOld MQ,IBM Db2,y\n"), (json!(1_000), vec![("alias_twice".to_owned(), json!(3))]));
    assert_eq!(of("WebSphere MQ,IBM MQ,x\nOld MQ,WebSphere MQ,y\n"), (json!(1_000), Vec::new()));
    let circle = |row| ("alias_circle".to_owned(), json!(row));
    assert_eq!(of("Old MQ,WebSphere MQ,x\nWebSphere MQ,Old MQ,y\n"), (json!(0), vec![circle(2), circle(3)]));
}

#[test]
fn covering_that_changes_nothing_has_no_other_reading() {
    // Of the supporting program nothing is needed in VPC: all of those rows lie outside of the period.
    let db2 = |number: u32, metric: &str, to: &str| {
        format!("s{number},{XEON},2,16,kvm,v{number},4,RHEL 9,IBM Db2,{metric},2020-01-01,{to}\n")
    };
    let of_mq = estate(&[(XEON, "RHEL 9")]);
    let rows = format!("{of_mq}{}{}", db2(8, "PVU", "2026-06-30"), db2(9, "VPC", "2020-02-01"));
    let (estate, ledger) = (fresh(&rows), fresh("product,metric,quantity\nIBM MQ,PVU,1000\n"));
    let supported = fresh("product,principal,reason,counts\nIBM Db2,IBM MQ,its store,no\n");
    let [estate, ledger, supported] = [&estate, &ledger, &supported].map(|path| path.to_str().unwrap());
    let arguments =
        ["position", estate, "--entitlements", ledger, "--supported", supported, "--from", "2026-01-01", "--json"];
    let all = answer(&arguments);
    let products = all["products"].as_array().unwrap().iter();
    let others = products.filter(|one| !one["unbundled"].is_null());
    let others: Vec<_> = others.map(|one| (one["product"].clone(), one["metric"].clone())).collect();
    assert_eq!(others, [(json!("IBM Db2"), json!("PVU"))], "{all:#}");
}

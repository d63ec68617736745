//! Unknown is never zero: what nobody knows makes null what depends on it, says why, and is explained like every number.

use highwater::engine::bundles;
use highwater::engine::position::{ByWord, Rights, position};
use highwater::engine::{Quantity, Settings};
use highwater::import::{Limits, Unwatched};
use highwater::model::derivation::Derivation;
use highwater::model::position::ProductPosition;
use highwater::rules::shipped_parts;
use highwater::work::explained::{NamedSubject, Numbers};
use highwater::work::sources::Sources;
use proptest::prelude::{Strategy, prop, proptest};
use proptest::sample::select;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::generated::the_same;
use crate::oracle::evaluate;
use crate::terminal::{answer, file, highwater, out, status};

/// A server with sixteen cores of which two products use four: PVU and VPC.
const ESTATE: &str = "\
server,processor,sockets,cores,region,technology,partition,partition_cores,os,product,metric,from,to
h1,Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz,2,16,emea,vmware,v1,4,Windows,IBM MQ,PVU,2026-01-01,2026-03-31
h1,Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz,2,16,emea,vmware,v1,4,Windows,IBM Db2,VPC,2026-01-01,2026-03-31
";

/// Rights of a Cloud Pak and of one that nobody knows, each under its name and another spelling.
const RIGHTS: &str = "\
product,metric,quantity
IBM Cloud Pak for Integration,VPC,30
cloud pak for integration,VPC,8
IBM Cloud Pak for Integration 2022.2,VPC,9
IBM Moon Pak,VPC,7
moon pak,PVU,6
IBM Cloud Pak for Data,VPC,5
";

fn path(name: &str, text: &str) -> String {
    file(name, text).to_str().unwrap().to_owned()
}

fn row<'a>(answer: &'a Value, product: &str, metric: &str) -> &'a Value {
    let rows = answer["products"].as_array().unwrap();
    rows.iter().find(|row| row["product"] == product && row["metric"] == metric).unwrap_or(&Value::Null)
}

/// What is entitled, needed, and the balance of a row; whether it says why it does not know.
fn seen(answer: &Value, product: &str, metric: &str) -> Value {
    let row = row(answer, product, metric);
    let reasons = row["reasons"].as_array().map(Vec::len);
    json!([row["entitled"], row["sub_capacity"], row["balance"]["sub_capacity"], reasons.is_some_and(|many| many > 0)])
}

fn of_parts(name: &str, parts: &str) -> Value {
    let (estate, rights) = (path("unknown-estate.csv", ESTATE), path("unknown-rights.csv", RIGHTS));
    let parts = path(name, parts);
    answer(&["position", &estate, &parts, "--entitlements", &rights, "--json"])
}

#[test]
fn a_component_without_a_ratio_leaves_the_balance_of_its_bundle_unknown() {
    // MQ Advanced has the ratio 2:1; DataPower counted in users has none.
    let parts = "bundle,component,metric,quantity\n\
        IBM Cloud Pak for Integration,IBM MQ Advanced,VPC,6\n\
        IBM Cloud Pak for Integration,IBM DataPower Gateway,User,12\n";
    let answer = of_parts("no-ratio.csv", parts);
    assert_eq!(seen(&answer, "IBM Cloud Pak for Integration", "VPC"), json!([30, null, null, true]));
    assert_eq!(seen(&answer, "cloud pak for integration", "VPC"), json!([8, null, null, true]));
    assert_eq!(seen(&answer, "IBM Cloud Pak for Data", "VPC"), json!([5, 0, 5, false]), "nothing is listed of it");
    // With the ratio it is known: 6 and 12 at 2:1 are 9.
    let answer = of_parts("ratio.csv", &parts.replace("DataPower Gateway,User", "MQ Advanced,VPC"));
    assert_eq!(seen(&answer, "IBM Cloud Pak for Integration", "VPC"), json!([30, 9, 21, false]));
    // Nothing of it uses nothing.
    let answer = of_parts("none.csv", &parts.replace("User,12", "User,0"));
    assert_eq!(seen(&answer, "IBM Cloud Pak for Integration", "VPC"), json!([30, 3, 27, false]));
}

#[test]
fn a_version_or_a_bundle_that_nobody_knows_is_no_surplus_and_no_row_without_a_metric() {
    let parts = "bundle,version,component,quantity\n\
        IBM Cloud Pak for Integration,2022.2,IBM App Connect Enterprise,6\n\
        Moon Pak 3,,Crater,2\n\
        IBM MOON PAK,,Crater,2\n";
    let answer = of_parts("no-version.csv", parts);
    assert_eq!(seen(&answer, "IBM Cloud Pak for Integration", "VPC"), json!([30, null, null, true]));
    assert_eq!(seen(&answer, "IBM Cloud Pak for Integration 2022.2", "VPC"), json!([9, null, null, true]));
    assert_eq!(seen(&answer, "IBM Moon Pak", "VPC"), json!([7, null, null, true]));
    assert_eq!(seen(&answer, "moon pak", "PVU"), json!([6, null, null, true]));
    let products = answer["products"].as_array().unwrap();
    assert!(products.iter().all(|row| row["metric"] != ""), "{products:?}");
    let codes: Vec<&Value> = answer["issues"].as_array().unwrap().iter().map(|issue| &issue["code"]).collect();
    assert_eq!(codes.iter().filter(|code| **code == "bundle_unknown").count(), 2, "{codes:?}");
}

#[test]
fn versions_that_the_catalogue_has_not_are_listed_and_named_one_by_one() {
    let parts = "bundle,version,component,quantity\n\
        IBM Cloud Pak for Data,1.1,Cloud Pak for Data control plane,5\n\
        IBM Cloud Pak for Data,1.2,Cloud Pak for Data control plane,6\n\
        IBM Cloud Pak for Data 1.3,,Cloud Pak for Data control plane,7\n";
    let answer = answer(&["bundle", &path("versions.csv", parts), "--json"]);
    let listed: Vec<Value> = answer["bundles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            json!([one["version"], one["unit"], one["total"], one["openshift"], one["components"][0]["quantity"]])
        })
        .collect();
    let one = |version, quantity| json!([version, "VPC", null, null, quantity]);
    assert_eq!(listed, [one("1.1", 5), one("1.2", 6), one("1.3", 7)]);
    let errors: Vec<&str> = answer["issues"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|issue| issue["severity"] == "error")
        .map(|issue| issue["message"].as_str().unwrap())
        .collect();
    assert_eq!(errors.len(), 3);
    assert!(["1.1", "1.2", "1.3"].iter().zip(&errors).all(|(version, said)| said.contains(version)), "{errors:?}");
}

#[test]
fn what_follows_from_an_unknown_total_is_null_in_clusters_and_subscriptions() {
    // 24.0.0 brings three OpenShift cores for each VPC.
    let parts =
        path("cp4ba.csv", "bundle,component,quantity\nCP4BA,No Such Program,2\nCP4BA,IBM FileNet Content Manager,2\n");
    let clusters = path("clusters.csv", "cluster,bundle,cores\nc1,IBM Cloud Pak for Business Automation 24.0.0,4\n");
    let red_hat = path("red-hat.csv", "product,unit,quantity\nRed Hat OpenShift,core_pair,8\n");
    let arguments = ["bundle", &parts, "--clusters", &clusters, "--red-hat", &red_hat, "--core-pair", "2"];
    let seen = answer(&[&arguments[..], &["--json"]].concat());
    assert_eq!((&seen["bundles"][0]["total"], &seen["bundles"][0]["openshift"]), (&Value::Null, &Value::Null));
    let one = &seen["clusters"]["bundles"][0];
    assert_eq!(
        json!([one["granted"], one["covered"], one["uncovered"], one["unused"]]),
        json!([null, null, null, null])
    );
    assert_eq!((&seen["clusters"]["uncovered"], &seen["red_hat"]["balance"]), (&Value::Null, &Value::Null));
    assert_eq!(seen["red_hat"]["openshift_cores"], 16);
    let text = out(&arguments);
    assert!(text.contains("unknown VPC") && text.contains("unknown cores of subscriptions"), "{text}");
}

/// A snapshot's list of Cloud Paks, with the metrics that its two rows name.
fn paks(one: &str, other: &str) -> String {
    let header = "\"Row No.\",\"Publisher\",\"Product Name\",\"FlexPoint or Cloud Pak Bundle\",\"Metric\",\
        \"Metric Quantity\",\"Peak Date\",\"Bundle Metric Contribution\",\"Imported Part Numbers\",\"Recalculation Needed\"";
    let row = |number, product, metric, quantity| {
        format!(
            "\"{number}\",\"IBM\",\"{product}\",\"none\",\"{metric}\",\"{quantity}\",\"2026-02-02\",\"\",\"\",\"no\""
        )
    };
    let rows = [row(1, "IBM Cloud Pak for Integration", one, 45), row(2, "IBM Cloud Pak for Data", other, 3)];
    format!("{header}\r\n{}\r\n", rows.join("\r\n"))
}

#[test]
fn a_cloud_pak_in_a_language_that_nobody_knows_is_no_surplus_in_any_other_metric() {
    let rights = path(
        "pak-rights.csv",
        "product,metric,quantity\n\
        IBM Cloud Pak for Integration,VPC,5\nIBM Cloud Pak for Integration,PVU,70\nIBM Cloud Pak for Data,VPC,5\n",
    );
    // Words that no metric has: in letters that codes keep, in others, and none.
    for word in ["Qwghlmian Kernel", "ядро неизвестное", ""] {
        let snapshot = path("cloud_paks.csv", &paks(word, "Virtual Processor Core"));
        let arguments = ["position", &snapshot, "--entitlements", &rights, "--json"];
        let answer = answer(&arguments);
        let pak = "IBM Cloud Pak for Integration";
        for (metric, entitled) in [("VPC", 5), ("PVU", 70)] {
            assert_eq!(seen(&answer, pak, metric), json!([entitled, null, null, true]), "{word}");
        }
        assert_eq!(seen(&answer, "IBM Cloud Pak for Data", "VPC"), json!([5, 3, 2, false]));
        let products = answer["products"].as_array().unwrap();
        assert!(products.iter().all(|row| row["metric"] != ""), "{products:?}");
        let of_pak = products.iter().filter(|row| row["product"] == pak);
        assert!(of_pak.clone().all(|row| row["balance"]["sub_capacity"].is_null()), "{products:?}");
        let told = answer["issues"]
            .as_array()
            .unwrap()
            .iter()
            .find(|issue| issue["row"] == 2 && issue["file"] == "cloud_paks.csv" && issue["severity"] == "error");
        assert!(told.is_some_and(|issue| issue["message"].as_str().unwrap().contains(word)), "{answer}");
        assert_eq!(status(&arguments), 1);
        let why = explained(&[&snapshot, "--entitlements", &rights, "--product", pak, "--metric", "vpc"]);
        let cells: Vec<&Value> = why["children"][1]["inputs"].as_array().unwrap().iter().collect();
        assert_eq!((&why["value"], &cells[0]["row"], &cells[0]["value"]), (&Value::Null, &json!(2), &json!("45")));
    }
}

#[test]
fn who_owns_a_cloud_pak_under_the_very_word_knows_what_it_is() {
    let snapshot = path("cloud_paks-owned.csv", &paks("Qwghlmian Kernel", "VPC"));
    let rights =
        path("word-rights.csv", "product,metric,quantity\nIBM Cloud Pak for Integration,Qwghlmian Kernel,50\n");
    let answer = answer(&["position", &snapshot, "--entitlements", &rights, "--json"]);
    assert_eq!(seen(&answer, "IBM Cloud Pak for Integration", "QWGHLMIAN_KERNEL"), json!([50, 45, 5, false]));
}

fn explained(arguments: &[&str]) -> Value {
    answer(&[&["explain"], arguments, &["--json"]].concat())
}

fn refused(arguments: &[&str]) -> String {
    let output = highwater(&[&["explain"], arguments].concat());
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_cells_of_a_cloud_pak_explain_its_balance() {
    let snapshot = path("cloud_paks-known.csv", &paks("VPC", "VPC"));
    let rights = path("pak-of-five.csv", "product,metric,quantity\nIBM Cloud Pak for Integration,VPC,5\n");
    let pak = ["--product", "IBM Cloud Pak for Integration"];
    let why = explained(&[&[snapshot.as_str(), "--entitlements", &rights], &pak[..]].concat());
    let cell = &why["children"][1]["inputs"][0];
    assert_eq!(why["value"], -40);
    assert_eq!(
        json!([cell["file"], cell["row"], cell["column"], cell["value"]]),
        json!(["cloud_paks-known.csv", 2, "Metric Quantity", "45"])
    );
    let need = explained(&[&[snapshot.as_str()], &pak[..]].concat());
    assert_eq!((&need["value"], &need["inputs"][0]["row"]), (&json!(45), &json!(2)));
    let cells = &answer(&["assess", &snapshot, "--json"])["cloud_paks"][0];
    assert_eq!((&cells["file"], &cells["row"]), (&json!("cloud_paks-known.csv"), &json!(3)));
}

#[test]
fn a_list_of_parts_alone_is_explained_with_and_without_a_ledger() {
    let parts = path("parts-alone.csv", "bundle,component,quantity\nCP4I,IBM MQ Advanced,7\nMoon Pak,Crater,1\n");
    let rights = path("parts-rights.csv", "product,metric,quantity\nIBM Cloud Pak for Integration,VPC,30\n");
    let of = |product: &str| explained(&[&parts, "--product", product]);
    // 7 at 2:1.
    assert_eq!(of("IBM Cloud Pak for Integration")["value"], 4);
    assert_eq!(of("IBM Cloud Pak for Integration 2020.1.1")["value"], 4);
    assert_eq!(of("IBM MQ Advanced")["children"][0]["value"], 7);
    assert_eq!(of("Moon Pak")["value"], Value::Null);
    let balance = explained(&[&parts, "--entitlements", &rights, "--product", "IBM Cloud Pak for Integration"]);
    assert_eq!((&balance["value"], &balance["operation"]), (&json!(26), &json!("difference")));
    // A null that is explained is no failure.
    assert_eq!(status(&["explain", &parts, "--product", "Moon Pak"]), 0);
}

#[test]
fn what_no_file_measures_is_explained_and_says_so() {
    let estate = path("explain-estate.csv", ESTATE);
    let rights = path("explain-users.csv", "product,metric,quantity\nIBM Maximo,Authorized User,40\n");
    let arguments = [&estate, "--entitlements", &rights, "--product", "IBM Maximo"];
    let why = explained(&arguments);
    assert_eq!(
        (&why["value"], &why["children"][0]["value"], &why["children"][1]["value"]),
        (&Value::Null, &json!(40), &Value::Null)
    );
    assert!(why["children"][1]["notes"][0].as_str().unwrap().contains("Authorized User"), "{why}");
    assert_eq!(status(&[&["explain"], &arguments[..]].concat()), 0);
}

#[test]
fn a_metric_is_asked_for_in_any_of_its_words_and_named_where_there_are_several() {
    let estate = path("metrics-estate.csv", ESTATE);
    let rights = path("metrics-rights.csv", "product,metric,quantity\nIBM MQ,Virtual Processor Core,4\nIBM MQ,,1\n");
    let of = |metric: &str| {
        explained(&[&estate, "--entitlements", &rights, "--product", "IBM MQ", "--metric", metric])["value"].clone()
    };
    // Four cores at 70, of which nothing is owned; four VPC are owned and nothing is deployed in them.
    assert_eq!([of("PVU"), of("processor value unit")], [json!(-280), json!(-280)]);
    assert_eq!([of("vpc"), of("Virtual Processor Cores"), of("")], [json!(4), json!(4), Value::Null]);
    let said = refused(&[&estate, "--entitlements", &rights, "--product", "IBM MQ"]);
    assert!(said.contains("'', PVU, VPC"), "{said}");
    let said = refused(&[&estate, "--product", "IBM MQ", "--metric", "vpc"]);
    assert!(said.contains("known in PVU"), "{said}");
}

#[test]
fn a_name_that_is_not_there_is_told_with_a_few_near_ones() {
    let header = ESTATE.lines().next().unwrap();
    let products =
        (1..=300).map(|number| format!("h1,,,16,emea,vmware,v1,4,,IBM Product {number},VPC,2026-01-01,2026-03-31"));
    let estate = path("many-products.csv", &format!("{header}\n{}\n", products.collect::<Vec<_>>().join("\n")));
    let said = refused(&[&estate, "--product", "IBM Produkt 12"]);
    assert!(said.contains("IBM Product 12") && said.len() < 200, "{said}");
    let said = refused(&[&estate, "--product", "Zzz"]);
    assert!(said.contains("300") && said.len() < 250, "{said}");
    let rights = path("near-rights.csv", "product,metric,quantity\nIBM Cloud Pak for Integration,VPC,4\n");
    let said = refused(&[&estate, "--entitlements", &rights, "--product", "Cloud Pak for Integration"]);
    assert!(said.contains("IBM Cloud Pak for Integration"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_path_that_is_no_text_is_opened_and_shown_with_a_mark() {
    use std::os::unix::ffi::OsStrExt;

    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("terminal");
    std::fs::create_dir_all(&folder).unwrap();
    let named = |name: &[u8]| folder.join(std::ffi::OsStr::from_bytes(name));
    let (estate, rights) = (named(b"estat\xe9.csv"), named(b"droits-\xff.csv"));
    std::fs::write(&estate, ESTATE).unwrap();
    std::fs::write(&rights, "product,metric,quantity\nIBM MQ,PVU,300\n").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_highwater"));
    let output =
        command.arg("position").arg(&estate).arg("--entitlements").arg(&rights).arg("--json").output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(seen(&answer, "IBM MQ", "PVU"), json!([300, 280, 20, false]));
    assert_eq!(answer["entitlements"][0]["file"], "droits-\u{fffd}.csv");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_highwater"));
    let output = command.arg("assess").arg(named(b"none-\xe9.csv")).output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().contains("none-\u{fffd}.csv"));
}

/// Every file of an estate, read and put into a position; `look` sees every row with all its numbers.
fn each_row(files: &[(&str, String)], look: impl Fn(&Numbers<'_>, &ProductPosition)) {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.add(name, text.as_bytes(), &Limits::PAGE, &mut Unwatched);
    }
    sources.read_listed(false);
    assert_eq!(sources.refused, []);
    let settings = Settings::default();
    let Ok(assessment) = sources.assess(&settings) else { return };
    let covers = ByWord::of(&sources.lists);
    let rights = Rights {
        ledger: &sources.lists.entitlements,
        aliases: &sources.lists.aliases,
        covers: Some(&covers),
        parts: shipped_parts::get(),
        on: None,
    };
    let (bundles, _) = bundles::used_rounded(&sources.lists.bundle_parts, sources.bundle_terms.rounding);
    let position = position(rights, &assessment, &bundles);
    let numbers = Numbers {
        sources: &sources,
        settings,
        assessment: &assessment,
        bundles: &bundles,
        rights,
        position: &position,
    };
    for row in &position.products {
        look(&numbers, row);
    }
}

/// Fails unless every number of the row is explained, by steps that follow from each other.
fn all_explained(numbers: &Numbers<'_>, row: &ProductPosition) {
    let found = numbers.find(&row.product, Some(&row.metric)).unwrap();
    assert!(matches!(found, NamedSubject::Row(found) if found == row), "{row:?}");
    let needed =
        |pick: fn(highwater::model::position::Needed) -> Option<u64>| row.needed.and_then(pick).map(Decimal::from);
    let numbers_of_row = [
        (Quantity::SubCapacity, needed(|needed| needed.sub_capacity)),
        (Quantity::FullCapacity, needed(|needed| needed.full_capacity)),
        (Quantity::Entitled, Some(row.entitled)),
        (Quantity::Balance, row.balance()),
        (Quantity::FullBalance, row.full_balance()),
    ];
    for (quantity, value) in numbers_of_row {
        let why = numbers.explain(&found, quantity).unwrap();
        assert_eq!(why.value, value, "{quantity:?} of {row:?}");
        follows(&why);
    }
    let unbundled = numbers.explain_unbundled(row, false).unwrap();
    let value = if row.unbundled.is_some() { row.unbundled_balance() } else { row.balance() };
    assert_eq!(unbundled.value, value, "{row:?}");
    follows(&unbundled);
    let full = numbers.explain_unbundled(row, true).unwrap();
    let value = if row.unbundled.is_some() { row.unbundled_full_balance() } else { row.full_balance() };
    assert_eq!(full.value, value, "{row:?}");
    // What is not known says why.
    let unknown = row.needed.and_then(|needed| needed.sub_capacity).is_none();
    assert_eq!(unknown, !row.reasons.is_empty(), "{row:?}");
}

fn follows(why: &Derivation) {
    evaluate::check(why).unwrap_or_else(|wrong| panic!("{wrong}\n{why:#?}"));
}

#[test]
fn every_row_of_the_demo_with_all_its_lists_is_explained() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("public/examples");
    let demo = folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = demo.filter(|name| name.starts_with("demo-")).collect();
    names.sort();
    let files: Vec<(&str, String)> =
        names.iter().map(|name| (name.as_str(), std::fs::read_to_string(folder.join(name)).unwrap())).collect();
    each_row(&files, all_explained);
    let paths: Vec<String> = names.iter().map(|name| folder.join(name).to_str().unwrap().to_owned()).collect();
    let mut arguments = vec!["explain"];
    arguments.extend(paths.iter().map(String::as_str));
    arguments.extend(["--product", "IBM Cloud Pak for Business Automation", "--json"]);
    // FileNet 4 at 1:5 are 20, of which 16 are owned.
    assert_eq!(answer(&arguments)["value"], -4);
}

const NAMES: [&str; 8] = [
    "IBM MQ",
    "IBM Db2",
    "IBM Cloud Pak for Integration",
    "cloud pak for integration",
    "IBM WebSphere Hybrid Edition",
    "Moon Pak",
    "Flex",
    "IBM Maximo",
];

/// Rows of a table: each column one of its words.
fn rows(header: &'static str, columns: Vec<Vec<&'static str>>, most: usize) -> impl Strategy<Value = String> {
    let row = columns.into_iter().map(select).collect::<Vec<_>>();
    prop::collection::vec(row, 0..most).prop_map(move |rows| {
        let rows: Vec<String> = rows.iter().map(|cells| cells.join(",")).collect();
        format!("{header}\n{}\n", rows.join("\n"))
    })
}

fn numbers() -> Vec<&'static str> {
    vec!["0", "1", "3", "7.5", "40", "1200"]
}

fn an_estate() -> impl Strategy<Value = String> {
    let server = vec!["h1,Intel Xeon Gold 6130,2,16", "h2,IBM POWER9 E980,,24", "h3,,,", "h4,Intel Xeon Gold 6130,2,"];
    // The cores of a container without a limit are those of its node, which may not be known.
    let partition = vec!["vmware,v1,4", "vmware,v2,20", "container,c1,", "none,,", "powervm-capped,l1,1.5"];
    let columns = vec![
        server,
        vec!["emea", "", "apac"],
        partition,
        vec!["", "Windows", "Linux"],
        NAMES.to_vec(),
        vec!["PVU", "VPC", "RVU"],
        vec!["2026-01-01,2026-03-31", "2026-02-01,2026-02-10", "2026-03-01,2026-03-31"],
        vec!["", "", "", "test"],
    ];
    let header = "server,processor,sockets,cores,region,technology,partition,partition_cores,os,product,metric,from,to,excluded_reason";
    rows(header, columns, 8)
}

fn metrics() -> Vec<&'static str> {
    vec!["PVU", "VPC", "Virtual Processor Core", "Authorized User", "Qwghlm", "", "FlexPoint"]
}

fn of_snapshot() -> impl Strategy<Value = [String; 2]> {
    let quantity = || vec!["0", "3", "45"];
    let paks = rows(
        "Row No.,Publisher,Product Name,FlexPoint or Cloud Pak Bundle,Metric,Metric Quantity,Peak Date,Bundle Metric Contribution,Imported Part Numbers,Recalculation Needed",
        vec![
            vec!["1"],
            vec!["IBM"],
            NAMES.to_vec(),
            vec!["none", "none", "Moon Pak", "IBM Cloud Pak for Integration"],
            metrics(),
            quantity(),
            vec!["2026-02-02"],
            vec!["", "3"],
            vec![""],
            vec!["no"],
        ],
        5,
    );
    let summary = rows(
        "Row No.,Publisher,Product Name,FlexPoint or Cloud Pak Bundle,Metric,Metric Quantity,Imported Part Numbers,Recalculation Needed",
        vec![
            vec!["1"],
            vec!["IBM"],
            NAMES.to_vec(),
            vec!["none", "none", "Moon Pak"],
            vec!["PVU - Subcapacity", "PVU - Full capacity", "VPC", "Qwghlm"],
            quantity(),
            vec![""],
            vec!["no"],
        ],
        4,
    );
    (paks, summary).prop_map(|(paks, summary)| [paks, summary])
}

fn lists() -> impl Strategy<Value = [String; 4]> {
    let bundles = vec![
        "CP4I",
        "IBM Cloud Pak for Integration 2022.2",
        "IBM Cloud Pak for Integration 8.8",
        "WSHE",
        "Moon Pak",
        "IBM moon pak",
    ];
    let ledger = rows("product,metric,quantity", vec![NAMES.to_vec(), metrics(), numbers()], 8);
    let parts = rows(
        "bundle,component,environment,metric,quantity",
        vec![
            bundles,
            vec!["IBM MQ Advanced", "IBM MQ", "WAS", "no such"],
            vec!["", "production", "non_production"],
            vec!["", "VPC", "PVU", "Qwghlm"],
            numbers(),
        ],
        6,
    );
    let supported = rows(
        "product,principal,counts,reason",
        vec![NAMES.to_vec(), NAMES.to_vec(), vec!["yes", "no", ""], vec!["it does"]],
        3,
    );
    let flexible = rows(
        "bundle,component,metric,points,quantity",
        vec![vec!["Flex", "Flex 2", "Moon Pak"], NAMES.to_vec(), metrics(), vec!["", "0.35", "2"], vec!["", "", "12"]],
        4,
    );
    (ledger, parts, supported, flexible)
        .prop_map(|(ledger, parts, supported, flexible)| [ledger, parts, supported, flexible])
}

proptest! {
    #![proptest_config(the_same(300))]

    #[test]
    fn every_row_of_a_position_is_explained_and_its_number_is_the_one_that_is_listed(
        estate in prop::option::of(an_estate()), snapshot in prop::option::of(of_snapshot()), lists in lists()
    ) {
        let names = ["ledger.csv", "parts.csv", "supported.csv", "flexible.csv"];
        let mut files: Vec<(&str, String)> = names.into_iter().zip(lists).collect();
        files.extend(estate.map(|text| ("estate.csv", text)));
        let of_snapshot = ["cloud_paks.csv", "audit_snapshot_summary.csv"];
        files.extend(snapshot.into_iter().flat_map(|texts| of_snapshot.into_iter().zip(texts)));
        each_row(&files, |numbers, row| {
            all_explained(numbers, row);
            // Nothing has a blank metric but what a ledger lists so.
            assert!(!row.metric.is_empty() || row.entitled > Decimal::ZERO || row.needed.is_none_or(|needed| needed.found), "{row:?}");
        });
    }
}

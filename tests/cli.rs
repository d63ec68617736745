//! The terminal as its user meets it: commands, exit status, and the shape of every JSON answer (semantics, section 9).

use crate::terminal::{answer, file, has_keys, highwater, out, status};
use serde_json::{Value, json};

/// A small estate: an error, an excluded row, two regions, a fraction, two metrics.
const ESTATE: &str = "\
server,processor,sockets,cores,region,technology,partition,partition_cores,os,product,metric,from,to,environment,excluded_reason,notes
alpha,Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz,2,16,emea,vmware,vm-1,4,Windows,MQ,PVU,2025-01-01,2025-01-31,production,,
alpha,Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz,2,16,emea,vmware,vm-2,6,Windows,MQ,PVU,2025-01-10,2025-01-12,production,,
beta,IBM POWER9 E980,,24,apac,powervm-capped,lpar-1,1.5,AIX 7.3,MQ,PVU,2025-01-01,2025-01-31,production,,
alpha,Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz,2,16,emea,vmware,vm-3,8,Windows,MQ,PVU,2025-01-01,2025-01-31,test,free of charge,
gamma,,,,emea,vmware,vm-4,2,,App Connect,VPC,2025-01-01,2025-01-31,production,,
";

fn product<'a>(answer: &'a Value, name: &str) -> &'a Value {
    answer["products"].as_array().unwrap().iter().find(|product| product["product"] == name).unwrap()
}

// ---- rate ----

#[test]
fn rate_answers_with_the_rate_and_the_row_that_it_matched() {
    let rate = answer(&["rate", "--json", "--processor", "Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz", "--sockets", "4"]);
    has_keys(&rate, &["pvu_per_core", "status", "row", "confidence", "source", "since", "candidates", "notes"]);
    has_keys(&rate["row"], &["vendor", "family", "models", "sockets"]);
    assert_eq!(rate["pvu_per_core"], 100);
    assert_eq!(rate["status"], "matched");
    assert_eq!(rate["row"]["vendor"], "Intel");
    assert!(rate["candidates"].is_array() && rate["notes"].is_array());
    assert!(rate["source"].as_str().is_some_and(|source| !source.is_empty()));
}

#[test]
fn rate_knows_every_status() {
    let status = |arguments: &[&str]| {
        let rate = answer(&[&["rate", "--json"], arguments].concat());
        (rate["status"].as_str().unwrap().to_owned(), rate["pvu_per_core"].as_u64().unwrap())
    };
    assert_eq!(status(&["--processor", "Intel Xeon Gold 6130"]), ("highest_tier".to_owned(), 120));
    assert_eq!(status(&["--processor", "Frobnicator 9000"]), ("fallback".to_owned(), 120));
    assert_eq!(status(&["--processor", "Intel Xeon Gold 6130", "--cloud"]), ("cloud".to_owned(), 70));
    assert_eq!(status(&["--processor", "IBM POWER9 E980"]), ("matched".to_owned(), 120));
    assert_eq!(status(&["--processor", "IBM POWER9 E980", "--os", "SLES 15"]), ("matched".to_owned(), 70));
}

#[test]
fn rate_notes_that_a_row_is_younger_than_the_day_asked_for() {
    let notes = |day| {
        let rate = answer(&["rate", "--json", "--processor", "SPARC T4", "--sockets", "2", "--on", day]);
        assert_eq!(rate["pvu_per_core"], 70, "a date changes no number");
        rate["notes"].as_array().unwrap().len()
    };
    // SPARC T4 is in the table since 2011-09-26.
    assert_eq!(notes("2011-09-25"), notes("2011-09-26") + 1);
}

#[test]
fn rate_without_json_says_the_number_in_words() {
    let text = out(&["rate", "--processor", "Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz", "--sockets", "2"]);
    assert!(text.contains("70") && serde_json::from_str::<Value>(&text).is_err(), "{text}");
}

// ---- assess ----

#[test]
fn assess_has_the_shape_that_is_specified() {
    let estate = file("shape.csv", ESTATE);
    let assessment = answer(&["assess", "--json", estate.to_str().unwrap()]);
    has_keys(&assessment, &["products", "issues", "rules", "period", "files", "cloud_paks"]);
    has_keys(&assessment["rules"], &["table_date"]);
    assert_eq!(assessment["period"], json!({"from": "2025-01-01", "to": "2025-01-31"}));
    assert_eq!(assessment["cloud_paks"], json!([]));
    for file in assessment["files"].as_array().unwrap() {
        has_keys(file, &["name", "kind", "rows", "left_out"]);
    }
    assert_eq!(assessment["files"][0]["rows"], 5);
    assert_eq!(assessment["files"][0]["left_out"], 0);
    for product in assessment["products"].as_array().unwrap() {
        has_keys(
            product,
            &[
                "product",
                "metric",
                "sub_capacity",
                "full_capacity",
                "peak_on",
                "full_peak_on",
                "regions",
                "reported",
                "difference",
                "excluded",
                "recoverable",
            ],
        );
        for region in product["regions"].as_array().unwrap() {
            has_keys(region, &["region", "sub_capacity", "full_capacity", "peak_on"]);
        }
    }
    for issue in assessment["issues"].as_array().unwrap() {
        has_keys(issue, &["file", "row", "column", "code", "severity", "message"]);
        assert!(["error", "warning", "info"].contains(&issue["severity"].as_str().unwrap()), "{issue}");
    }
}

#[test]
fn assess_gives_the_numbers() {
    let estate = file("numbers.csv", ESTATE);
    let assessment = answer(&["assess", "--json", estate.to_str().unwrap()]);
    // alpha, 2 sockets: 70. 4 + 6 cores from 01-10 to 01-12: 700 of 16 x 70 = 1,120.
    // beta, E980 under AIX: 1.5 rounded up to 2 x 120 = 240 of 24 x 120 = 2,880.
    let mq = product(&assessment, "MQ");
    assert_eq!(mq["sub_capacity"], 940);
    assert_eq!(mq["full_capacity"], 4_000);
    assert_eq!(mq["peak_on"], "2025-01-31", "the latest of the regions' dates");
    assert_eq!(mq["full_peak_on"], "2025-01-31");
    let regions: Vec<_> = mq["regions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|region| (&region["region"], &region["sub_capacity"], &region["peak_on"]))
        .collect();
    assert_eq!(
        regions,
        [(&json!("apac"), &json!(240), &json!("2025-01-31")), (&json!("emea"), &json!(700), &json!("2025-01-12"))]
    );
    assert_eq!((&mq["reported"], &mq["difference"], &mq["recoverable"]), (&Value::Null, &Value::Null, &Value::Null));
    assert_eq!(mq["excluded"].as_array().map(Vec::len), Some(1), "{}", mq["excluded"]);
    assert_eq!(mq["excluded"][0]["row"], 5, "the header is line 1");
    // gamma has no cores: nothing caps, full capacity is not known.
    let app_connect = product(&assessment, "App Connect");
    assert_eq!(app_connect["sub_capacity"], 2);
    assert_eq!(app_connect["full_capacity"], Value::Null);
    assert_eq!(app_connect["full_peak_on"], Value::Null);
}

#[test]
fn assess_lists_products_bytewise_by_name_then_metric() {
    let rows = ["b,VPC", "B,PVU", "a,VPC", "a,PVU", "a,RVU", "Ä,PVU"].map(|cell| format!("h,8,vmware,p,1,{cell}"));
    let estate = file(
        "order.csv",
        &format!("server,cores,technology,partition,partition_cores,product,metric\n{}\n", rows.join("\n")),
    );
    let assessment = answer(&["assess", "--json", estate.to_str().unwrap()]);
    let names: Vec<String> = assessment["products"]
        .as_array()
        .unwrap()
        .iter()
        .map(|product| format!("{} {}", product["product"].as_str().unwrap(), product["metric"].as_str().unwrap()))
        .collect();
    assert_eq!(names, ["B PVU", "a PVU", "a RVU", "a VPC", "b VPC", "Ä PVU"]);
}

#[test]
fn assess_clips_to_the_period_that_is_asked_for() {
    let estate = file("clip.csv", ESTATE);
    let estate = estate.to_str().unwrap();
    let assessment = answer(&["assess", "--json", estate, "--from", "2025-01-20", "--to", "2025-01-25"]);
    assert_eq!(assessment["period"], json!({"from": "2025-01-20", "to": "2025-01-25"}));
    let mq = product(&assessment, "MQ");
    assert_eq!((&mq["sub_capacity"], &mq["peak_on"]), (&json!(520), &json!("2025-01-25")));
}

#[test]
fn assess_without_dates_has_null_dates() {
    let estate = file(
        "undated.csv",
        "server,cores,technology,partition,partition_cores,product,metric\nh,8,vmware,p,2,MQ,VPC\n",
    );
    let assessment = answer(&["assess", "--json", estate.to_str().unwrap()]);
    assert_eq!(assessment["period"]["from"], Value::Null);
    assert_eq!(product(&assessment, "MQ")["peak_on"], Value::Null);
    assert_eq!(product(&assessment, "MQ")["sub_capacity"], 2);
}

#[test]
fn templates_given_together_are_one_estate() {
    let header = "server,cores,technology,partition,partition_cores,product,metric\n";
    let one = file("one.csv", &format!("{header}h,8,vmware,p,6,MQ,VPC\n"));
    let two = file("two.csv", &format!("{header}h,8,vmware,q,6,MQ,VPC\n"));
    let assessment = answer(&["assess", "--json", one.to_str().unwrap(), two.to_str().unwrap()]);
    assert_eq!(product(&assessment, "MQ")["sub_capacity"], 8, "one server caps both");
    assert_eq!(assessment["files"].as_array().unwrap().len(), 2);
}

#[test]
fn an_issue_names_its_place_as_a_person_counts() {
    let estate = file(
        "place.csv",
        "Server,CORES,technology,partition,partition_cores,product,metric\nh,many,vmware,p,2,MQ,VPC\n",
    );
    let assessment = answer(&["assess", "--json", estate.to_str().unwrap()]);
    let issue = assessment["issues"].as_array().unwrap().iter().find(|issue| issue["column"] == "CORES");
    let issue =
        issue.unwrap_or_else(|| panic!("no issue in the column CORES, as its header is written: {assessment:#}"));
    assert_eq!(issue["row"], 2);
    assert_eq!(issue["severity"], "error");
    assert!(issue["file"].as_str().unwrap().ends_with("place.csv"));
    let message = issue["message"].as_str().unwrap();
    assert!(message.contains(' ') && !message.contains("{{"), "a sentence: {message}");
}

#[test]
fn assess_without_json_is_a_table_of_products() {
    let estate = file("table.csv", ESTATE);
    let text = out(&["assess", estate.to_str().unwrap()]);
    for part in ["MQ", "App Connect", "940", "2025-01-31"] {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
}

// ---- explain ----

/// Checks the shape of every step of a derivation.
fn check_step(step: &Value) {
    has_keys(step, &["label", "value", "unit", "rule", "inputs", "children"]);
    has_keys(&step["rule"], &["id", "title", "source", "since", "confidence"]);
    for input in step["inputs"].as_array().unwrap() {
        has_keys(input, &["file", "row", "column", "value"]);
    }
    let label = step["label"].as_str().unwrap();
    assert!(!label.is_empty() && !label.contains("{{"), "{label}");
    step["children"].as_array().unwrap().iter().for_each(check_step);
}

fn inputs(step: &Value) -> Vec<&Value> {
    let own = step["inputs"].as_array().unwrap().iter();
    own.chain(step["children"].as_array().unwrap().iter().flat_map(inputs)).collect()
}

#[test]
fn explain_is_a_tree_that_ends_in_cells() {
    let estate = file("explain.csv", ESTATE);
    let tree = answer(&["explain", "--json", estate.to_str().unwrap(), "--product", "MQ"]);
    check_step(&tree);
    assert_eq!(tree["value"], 940);
    assert_eq!(tree["unit"].as_str().map(str::to_lowercase).as_deref(), Some("pvu"));
    let cells = inputs(&tree);
    let cell = |column: &str, value: &str, row: u64| {
        cells.iter().any(|cell| cell["column"] == column && cell["value"] == value && cell["row"] == row)
    };
    assert!(
        cell("partition_cores", "4", 2) && cell("partition_cores", "6", 3),
        "the cores of both partitions: {cells:#?}"
    );
    assert!(cell("partition_cores", "1.5", 4), "the entitled capacity: {cells:#?}");
    assert!(
        !cells.iter().any(|cell| cell["row"] == 5 && cell["column"] == "partition_cores"),
        "an excluded row counts"
    );
}

#[test]
fn explain_follows_the_period_and_the_metric() {
    let estate = file("explain-period.csv", ESTATE);
    let estate = estate.to_str().unwrap();
    let tree = answer(&["explain", "--json", estate, "--product", "MQ", "--metric", "PVU", "--from", "2025-01-20"]);
    assert_eq!(tree["value"], 520);
}

#[test]
fn explain_of_an_unknown_product_is_refused_with_a_sentence() {
    let estate = file("explain-none.csv", ESTATE);
    let output = highwater(&["explain", "--json", estate.to_str().unwrap(), "--product", "No Such Product"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(said.contains("No Such Product"), "{said}");
}

// ---- import ----

#[test]
fn import_says_what_was_recognised_and_left_out() {
    let estate = file(
        "import.csv",
        "Product,SERVER,technology,partition,partition_cores,remarks\nMQ,h,vmware,p,2,kept\n,h,vmware,p,2,\nMQ,h,vmware,p,many,\n",
    );
    let report = answer(&["import", "--json", estate.to_str().unwrap()]);
    has_keys(&report, &["file", "kind", "language", "rows", "taken", "left_out", "columns", "issues"]);
    assert_eq!((&report["rows"], &report["taken"], &report["left_out"]), (&json!(3), &json!(1), &json!(2)));
    let columns = report["columns"].as_array().unwrap();
    for column in columns {
        has_keys(column, &["header", "field"]);
    }
    let field =
        |header: &str| columns.iter().find(|column| column["header"] == header).map(|column| column["field"].clone());
    assert_eq!(field("SERVER"), Some(json!("server")));
    assert_eq!(field("remarks"), Some(Value::Null), "an unknown column is kept and reported");
    let rows: Vec<_> = report["issues"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|issue| issue["severity"] == "error")
        .map(|issue| &issue["row"])
        .collect();
    assert_eq!(rows, [&json!(3), &json!(4)], "each row left out has its issue");
}

#[test]
fn import_of_a_table_of_unknown_headers_says_what_it_is_likeliest_to_be() {
    let table = file("unknown-headers.csv", "Thing,Qty\nMQ,5\n");
    let report = answer(&["import", "--json", table.to_str().unwrap()]);
    assert_eq!((&report["kind"], &report["rows"], &report["taken"]), (&json!("entitlements"), &json!(1), &json!(0)));
    assert_eq!(report["columns"], json!([{"header": "Thing", "field": null}, {"header": "Qty", "field": "quantity"}]));
    assert_eq!(report["issues"][0]["code"], "list_guessed");
    assert_eq!(status(&["position", table.to_str().unwrap()]), 2, "a guess is not counted");
}

#[test]
fn import_of_a_file_that_is_nothing_known_is_refused() {
    let letter = file("letter.txt", "Dear Sir or Madam,\nwe have no estate.\n");
    assert_eq!(status(&["import", letter.to_str().unwrap()]), 2);
}

// ---- exit status, help, wrong use ----

#[test]
fn the_exit_status_tells_well_from_errors_from_unusable() {
    let header = "server,processor,sockets,cores,technology,partition,partition_cores,product,metric\n";
    let well = file("well.csv", &format!("{header}h,Intel Xeon Gold 6130,2,8,vmware,p,2,MQ,PVU\n"));
    let unknown = file("unknown.csv", &format!("{header}h,Intel Xeon Gold 6130,2,,none,,,MQ,PVU\n"));
    let left_out =
        file("left-out.csv", &format!("{header}h,Intel Xeon Gold 6130,2,8,vmware,p,2,MQ,PVU\nh,,,,vmware,p,2,,PVU\n"));
    let empty = file("empty.csv", "");
    let [well, unknown, left_out, empty] = [&well, &unknown, &left_out, &empty].map(|path| path.to_str().unwrap());
    assert_eq!(status(&["assess", well]), 0);
    assert_eq!(status(&["assess", "--json", well]), 0);
    assert_eq!(status(&["assess", unknown]), 1, "a number is unknown");
    assert_eq!(status(&["assess", left_out]), 1, "a row is left out");
    assert_eq!(status(&["import", left_out]), 1, "a row is left out");
    assert_eq!(status(&["assess", empty]), 2);
    assert_eq!(status(&["assess", "no-such-file.csv"]), 2);
    assert_eq!(status(&["assess", well, "--from", "2025-01-01"]), 2, "an edge that cannot be found");
    assert_eq!(status(&["assess", well, "--from", "2025-02-01", "--to", "2025-01-01"]), 2, "an empty period");
}

#[test]
fn wrong_use_is_refused_with_a_sentence_on_standard_error() {
    for arguments in [
        &["frobnicate"][..],
        &["assess"],
        &["rate"],
        &["explain", "file.csv"],
        &["assess", "--no-such-option", "file.csv"],
        &["rate", "--processor", "x", "--sockets", "two"],
        &["assess", "file.csv", "--from", "yesterday"],
    ] {
        let output = highwater(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{arguments:?}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"), "{arguments:?}");
    }
}

#[test]
fn help_teaches_every_command() {
    let help = out(&["--help"]);
    assert_eq!(status(&["--help"]), 0);
    for command in ["rate", "assess", "explain", "import", "rsvp", "bundle"] {
        assert!(help.contains(command), "no {command} in\n{help}");
        assert_eq!(status(&[command, "--help"]), 0, "{command} --help");
    }
    for part in ["--json", "--processor", "--product"] {
        assert!(help.contains(part), "no {part} in\n{help}");
    }
    for (command, options) in [
        ("rate", &["--processor", "--sockets", "--os", "--cloud", "--on"][..]),
        ("assess", &["--from", "--to"]),
        ("explain", &["--product", "--metric"]),
        ("rsvp", &["--anniversary", "--on", "--kind", "--express", "--points", "--level", "--level-from", "--merge"]),
    ] {
        let help = out(&[command, "--help"]);
        let missing: Vec<_> = options.iter().filter(|option| !help.contains(**option)).collect();
        assert!(missing.is_empty(), "{command} --help does not teach {missing:?}:\n{help}");
    }
}

#[test]
fn bundle_prints_what_components_use_with_ratio_and_source() {
    let parts = "bundle,version,component,environment,metric,quantity\n\
        cloud pak for integration,,MQ Advanced,,,9\n\
        IBM Cloud Pak for Integration 2020.1.1,,IBM MQ for Non-Production,,VPC,1\n\
        IBM Cloud Pak for Business Automation,24.0.0,IBM FileNet Content Manager,production,VPC,9\n\
        IBM Cloud Pak for Nothing,,x,,,1\n\
        IBM Cloud Pak for Integration,,IBM MQ,,,minus one\n";
    let path = file("parts.csv", parts);
    let arguments = ["bundle", path.to_str().unwrap(), "--json"];
    let answer = answer(&arguments);
    let bundles = answer["bundles"].as_array().unwrap();
    let summary: Vec<Value> =
        bundles.iter().map(|one| json!([one["bundle"], one["version"], one["total"], one["openshift"]])).collect();
    assert_eq!(
        summary,
        [
            json!(["IBM Cloud Pak for Business Automation", "24.0.0", 45, 135]),
            json!(["IBM Cloud Pak for Integration", "2020.1.1", null, null]),
            json!(["IBM Cloud Pak for Nothing", null, null, null]),
        ]
    );
    let of_all = |key: &str| bundles.iter().map(|one| one[key].clone()).collect::<Vec<_>>();
    assert_eq!(of_all("unit"), [json!("VPC"), json!("VPC"), Value::Null]);
    let reasons: Vec<usize> = of_all("reasons").iter().map(|reasons| reasons.as_array().unwrap().len()).collect();
    assert_eq!(reasons, [0, 1, 1], "what is not known says why");
    let component = &bundles[1]["components"][1];
    has_keys(
        component,
        &["component", "environment", "metric", "quantity", "ratio", "contribution", "source", "as_of"],
    );
    assert_eq!(
        json!([component["component"], component["environment"], component["ratio"], component["contribution"]]),
        json!(["IBM MQ Advanced", "production", "2:1", 5])
    );
    // MQ has no ratio outside of production: nothing is guessed.
    assert_eq!(bundles[1]["components"][0]["contribution"], Value::Null);
    let codes: Vec<&Value> = answer["issues"].as_array().unwrap().iter().map(|issue| &issue["code"]).collect();
    assert_eq!(
        codes,
        ["cell_number_invalid", "bundle_component_unknown", "bundle_without_open_shift", "bundle_unknown"]
    );
    assert_eq!(status(&arguments), 1);
}

#[test]
fn bundle_rounds_each_component_up_or_all_of_them_once() {
    // MQ Advanced 9 at 2:1 are 4.5, and 1 at 4:1 is 0.25: 5 and 1 each, 4.75 together.
    let parts =
        "bundle,component,environment,quantity\nCP4I,IBM MQ Advanced,,9\nCP4I,IBM MQ Advanced,non_production,1\n";
    let path = file("parts-once.csv", parts);
    let path = path.to_str().unwrap();
    for (options, rounding, total) in
        [(vec![], "each", 6), (vec!["--rounding", "each"], "each", 6), (vec!["--rounding", "Once"], "once", 5)]
    {
        let bundle = &answer(&[vec!["bundle", path, "--json"], options].concat())["bundles"][0];
        assert_eq!((&bundle["rounding"], &bundle["total"]), (&json!(rounding), &json!(total)));
        let exact: Vec<&Value> = bundle["components"].as_array().unwrap().iter().map(|one| &one["exact"]).collect();
        assert_eq!(exact, ["1/4", "9/2"]);
    }
    assert!(out(&["bundle", path, "--rounding", "once"]).contains("9/2"));
    assert_eq!(status(&["bundle", path, "--rounding", "twice"]), 2);
}

/// A ledger: a part in packs of ten, its renewal, a product by name, a user metric, and a line that cannot be used.
const RIGHTS: &str = "\
agreement,site,part_number,product,metric,quantity,licence_type,environment,ss_start,ss_end,order_date,poe,unit_price,currency
1,a,D0I2SLL,,,8,,,2020-01-01,2020-12-31,2020-01-01,P1,,
1,a,,MQ,PVU,900,perpetual,production,2025-01-01,2025-12-31,2019-05-01,P2,12.50,EUR
1,a,,Maximo,Authorized User,25,,,,,,P3,,
1,a,,App Connect,VPC,1,subscription,,2024-01-01,2024-12-31,,P4,,
1,a,,MQ,PVU,many,,,,,,P5,,
";

#[test]
fn position_tells_what_is_entitled_less_what_is_needed() {
    let (estate, rights) = (file("owned.csv", ESTATE), file("rights.csv", RIGHTS));
    let arguments = ["position", estate.to_str().unwrap(), "--entitlements", rights.to_str().unwrap(), "--json"];
    assert_eq!(status(&arguments), 1, "a line that is left out is an error");
    let answer = answer(&arguments);
    has_keys(&answer, &["period", "on", "products", "entitlements", "issues"]);
    assert_eq!(answer["on"], "2025-01-31");
    let product = |name: &str, metric: &str| {
        let products = answer["products"].as_array().unwrap();
        products.iter().find(|one| one["product"] == name && one["metric"] == metric).unwrap().clone()
    };
    // Alpha: 4 + 6 cores at 70 on the day of the peak; beta: 1.5 rounded up to 2 cores at 120. Full: 16 x 70 and 24 x 120.
    let mq = product("MQ", "PVU");
    assert_eq!((&mq["entitled"], &mq["sub_capacity"], &mq["full_capacity"]), (&json!(900), &json!(940), &json!(4000)));
    assert_eq!(mq["balance"], json!({"sub_capacity": -40, "full_capacity": -3100}));
    let storage = product("IBM Tivoli Storage Manager for Virtual Environments", "PVU");
    assert_eq!((&storage["entitled"], &storage["balance"]["sub_capacity"]), (&json!(80), &json!(80)));
    let maximo = product("Maximo", "AUTHORIZED_USER");
    assert_eq!((&maximo["entitled"], &maximo["balance"]["sub_capacity"]), (&json!(25), &Value::Null));
    let connect = product("App Connect", "VPC");
    assert_eq!((&connect["entitled"], &connect["balance"]["sub_capacity"]), (&json!(0), &json!(-2)));
    let standings: Vec<_> = answer["entitlements"].as_array().unwrap().iter().map(|line| &line["standing"]).collect();
    assert_eq!(standings, ["counts", "counts", "counts", "ended"]);
    assert!(out(&arguments[..4]).contains("-3,100"));
}

#[test]
fn a_ledger_among_the_files_counts_like_one_that_is_named() {
    let (estate, rights) = (file("owned2.csv", ESTATE), file("rights2.csv", RIGHTS));
    let named = answer(&["position", estate.to_str().unwrap(), "--entitlements", rights.to_str().unwrap(), "--json"]);
    let among = answer(&["position", estate.to_str().unwrap(), rights.to_str().unwrap(), "--json"]);
    assert_eq!(named["products"], among["products"]);
    let recognised = answer(&["import", rights.to_str().unwrap(), "--json"]);
    assert_eq!((&recognised["kind"], &recognised["taken"]), (&json!("entitlements"), &json!(4)));
}

#[test]
fn position_holds_allocations_against_what_is_entitled() {
    let (estate, rights) = (file("owned5.csv", ESTATE), file("rights5.csv", RIGHTS));
    let given =
        "product,metric,site,department,quantity\nMQ,,Paris,Sales,600\nMQ,PVU,Oslo,Labs,400.5\nmq,,Oslo,Labs,1\n";
    let given = file("given5.csv", given);
    let (estate, rights, given) = (estate.to_str().unwrap(), rights.to_str().unwrap(), given.to_str().unwrap());
    let arguments = ["position", estate, "--entitlements", rights, "--allocations", given, "--json"];
    let position = answer(&arguments);
    // 900 are entitled: 600 leave 300 for the line after it.
    let line = |row, product, metric, site, department, quantity: Value, held: Value| {
        json!({"file": "given5.csv", "row": row, "product": product, "metric": metric, "site": site,
            "department": department, "quantity": quantity, "held": held})
    };
    assert_eq!(
        position["allocations"],
        json!([
            line(2, "MQ", "", "Paris", "Sales", json!(600), json!(600)),
            line(3, "MQ", "PVU", "Oslo", "Labs", json!("400.5"), json!(300)),
            line(4, "mq", "", "Oslo", "Labs", json!(1), Value::Null),
        ])
    );
    let issues = position["issues"].as_array().unwrap().iter();
    let told: Vec<_> = issues.map(|issue| json!([issue["code"], issue["severity"], issue["row"]])).collect();
    assert!(told.contains(&json!(["allocation_exceeds", "error", 3])), "{told:?}");
    assert!(told.contains(&json!(["allocation_unknown_product", "warning", 4])), "{told:?}");
    assert_eq!(answer(&["position", estate, rights, given, "--json"])["allocations"], position["allocations"]);
    assert!(out(&arguments[..6]).contains("0 of MQ (PVU) left to allocate"));
}

#[test]
fn explain_follows_a_balance_to_the_lines_of_the_ledger() {
    let (estate, rights) = (file("owned3.csv", ESTATE), file("rights3.csv", RIGHTS));
    let rights = rights.to_str().unwrap();
    let arguments = ["explain", estate.to_str().unwrap(), "--product", "MQ", "--entitlements", rights, "--json"];
    let tree = answer(&arguments);
    assert_eq!((&tree["value"], &tree["operation"]), (&json!(-40), &json!("difference")));
    let values: Vec<_> = tree["children"].as_array().unwrap().iter().map(|child| &child["value"]).collect();
    assert_eq!(values, [&json!(900), &json!(940)]);
    assert_eq!(tree["children"][0]["children"][0]["inputs"][0]["row"], 3);
}

#[test]
fn a_position_without_a_ledger_says_what_is_missing() {
    let estate = file("owned4.csv", ESTATE);
    assert_eq!(status(&["position", estate.to_str().unwrap(), "--json"]), 2);
    assert_eq!(answer(&["position", estate.to_str().unwrap(), "--json"])["issues"][0]["code"], "no_entitlements");
    let other = answer(&["position", estate.to_str().unwrap(), "--entitlements", estate.to_str().unwrap(), "--json"]);
    assert_eq!(other["issues"][0]["code"], "file_another_list");
}

#[test]
fn a_supporting_program_needs_nothing_of_its_own_and_stands_beside_its_unbundled_reading() {
    let (estate, rights) = (file("owned5.csv", ESTATE), file("rights5.csv", RIGHTS));
    let supported = "product,principal,counts,reason\nMQ,App Connect,no,only for its flows\nMQ,,no,nobody\n";
    let supported = file("supported5.csv", supported);
    let (estate, rights) = (estate.to_str().unwrap(), rights.to_str().unwrap());
    let lists = ["--entitlements", rights, "--supported", supported.to_str().unwrap()];
    let position = answer(&[vec!["position", estate], lists.to_vec(), vec!["--json"]].concat());
    let mq = position["products"].as_array().unwrap().iter().find(|one| one["product"] == "MQ").unwrap();
    assert_eq!((&mq["covered_by"], &mq["balance"]["sub_capacity"]), (&json!("App Connect"), &json!(900)));
    let unbundled = json!({
        "sub_capacity": 940, "full_capacity": 4000,
        "balance": {"sub_capacity": -40, "full_capacity": -3100},
        "difference": {"sub_capacity": -940, "full_capacity": -4000},
    });
    assert_eq!(mq["unbundled"], unbundled);
    let connect = position["products"].as_array().unwrap().iter().find(|one| one["product"] == "App Connect").unwrap();
    assert_eq!((&connect["covered_by"], &connect["unbundled"]), (&Value::Null, &Value::Null));
    let told = |code: &str, row: u32| {
        position["issues"].as_array().unwrap().iter().any(|issue| issue["code"] == code && issue["row"] == row)
    };
    assert!(told("cell_missing", 3) && told("supported_principal_not_entitled", 2));
    assert!(out(&[vec!["position", estate], lists.to_vec()].concat()).contains("if nothing were covered"));

    let tree = answer(&[vec!["explain", estate, "--product", "MQ", "--json"], lists.to_vec()].concat());
    let needed = &tree["children"][1];
    assert_eq!(
        (&tree["value"], &needed["value"], &needed["operation"]),
        (&json!(900), &json!(0), &json!("difference"))
    );
    assert_eq!((&needed["children"][0]["value"], &needed["children"][1]["inputs"][0]["row"]), (&json!(940), &json!(2)));
    let unbundled = [vec!["explain", estate, "--product", "MQ", "--unbundled", "--json"], lists.to_vec()].concat();
    assert_eq!(answer(&unbundled)["value"], json!(-40));
}

#[test]
fn a_position_without_lists_of_what_covers_what_covers_nothing() {
    let (estate, rights) = (file("owned6.csv", ESTATE), file("rights6.csv", RIGHTS));
    let arguments = ["position", estate.to_str().unwrap(), "--entitlements", rights.to_str().unwrap(), "--json"];
    for product in answer(&arguments)["products"].as_array().unwrap() {
        assert_eq!((&product["covered_by"], &product["unbundled"]), (&Value::Null, &Value::Null));
    }
    let wrong = [arguments[0], arguments[1], arguments[2], arguments[3], "--supported", arguments[1], "--json"];
    assert_eq!(answer(&wrong)["issues"][0]["code"], "file_another_list");
    assert_eq!(status(&wrong), 2);
}

#[test]
fn components_of_a_flexible_bundle_draw_on_one_pool_and_what_could_be_added_is_told() {
    let rights = "product,metric,quantity\nFlex,FlexPoint,1000\n";
    let flexible = "bundle,component,metric,points,quantity\nFlex,MQ,PVU,0.75,\nFlex,Cognos,Authorized User,20,5\n";
    let (estate, rights) = (file("owned7.csv", ESTATE), file("rights7.csv", rights));
    let flexible = file("flexible7.csv", flexible);
    let lists = ["--entitlements", rights.to_str().unwrap(), "--flexible", flexible.to_str().unwrap()];
    let arguments = [vec!["position", estate.to_str().unwrap()], lists.to_vec(), vec!["--json"]].concat();
    let position = answer(&arguments);
    // 940 x 0.75 + 5 x 20 = 705 + 100 = 805 of 1,000; full: 4,000 x 0.75 + 100 = 3,100. 195 are left: 260 at 0.75, 9 at 20.
    let pool = &position["pools"][0];
    assert_eq!((&pool["sub_capacity"], &pool["full_capacity"]), (&json!(805), &json!(3100)));
    assert_eq!(pool["balance"], json!({"sub_capacity": 195, "full_capacity": -2100}));
    let rooms: Vec<&Value> = pool["components"].as_array().unwrap().iter().map(|one| &one["room"]).collect();
    assert_eq!(rooms, [&json!(260), &json!(9)]);
    let products = position["products"].as_array().unwrap();
    let product = |name: &str| products.iter().find(|one| one["product"] == name).unwrap();
    assert_eq!((&product("MQ")["covered_by"], &product("MQ")["balance"]["sub_capacity"]), (&json!("Flex"), &json!(0)));
    assert_eq!(product("Flex")["balance"]["sub_capacity"], json!(195));
    assert!(out(&arguments[..arguments.len() - 1]).contains("pool of Flex: 805 of 1,000 points, 195 left"));

    let missing = file("flexible8.csv", "bundle,component,points\nFlex,MQ,\n");
    let lists = ["--entitlements", rights.to_str().unwrap(), "--flexible", missing.to_str().unwrap(), "--json"];
    let arguments = [vec!["position", estate.to_str().unwrap()], lists.to_vec()].concat();
    assert_eq!(answer(&arguments)["pools"][0]["balance"]["sub_capacity"], Value::Null);
    assert_eq!(status(&arguments), 1, "points that are missing are an error");
}

#[test]
fn bundle_sets_the_open_shift_cores_of_a_bundle_against_those_of_clusters() {
    // FileNet 9 at 1:5 are 45, with 135 cores of OpenShift: 160 run the bundle's work and 40.5 other work.
    let parts = file("parts9.csv", "bundle,version,component,quantity\nCP4BA,24.0.0,IBM FileNet Content Manager,9\n");
    let clusters = file("clusters9.csv", "cluster,bundle,cores\na,CP4BA,100\nb,CP4BA,60\nb,,40.5\nc,,some\n");
    let subscriptions = "product,unit,quantity,start,end\n\
        Red Hat OpenShift,core_pair,30,2026-01-01,2026-12-31\n\
        Red Hat OpenShift,core_pair,10,2027-01-01,\n\
        Red Hat OpenShift,node,2,,\n";
    let subscriptions = file("redhat9.csv", subscriptions);
    let lists = [
        "bundle",
        parts.to_str().unwrap(),
        "--clusters",
        clusters.to_str().unwrap(),
        "--red-hat",
        subscriptions.to_str().unwrap(),
        "--on",
        "2026-06-30",
    ];
    let found = answer(&[lists.to_vec(), vec!["--json"]].concat());
    let bundle = &found["clusters"]["bundles"][0];
    let cores = ["granted", "used", "covered", "uncovered", "unused"].map(|field| bundle[field].clone());
    assert_eq!(cores, [135, 160, 135, 25, 0].map(|cores| json!(cores)));
    assert_eq!((&found["clusters"]["other"], &found["clusters"]["uncovered"]), (&json!("40.5"), &json!("65.5")));
    assert_eq!(
        found["red_hat"]["held"],
        json!([
            {"product": "Red Hat OpenShift", "unit": "node", "quantity": 2},
            {"product": "Red Hat OpenShift", "unit": "core_pair", "quantity": 30},
        ])
    );
    assert_eq!(found["red_hat"]["standings"], json!(["counts", "not_yet", "counts"]));
    assert_eq!(found["red_hat"]["balance"], Value::Null, "nothing says how many cores a core pair is");
    let assumed = answer(&[lists.to_vec(), vec!["--core-pair", "2", "--json"]].concat());
    assert_eq!((&assumed["red_hat"]["openshift_cores"], &assumed["red_hat"]["balance"]), (&json!(60), &json!("-5.5")));
    let codes: Vec<&Value> = assumed["issues"].as_array().unwrap().iter().map(|issue| &issue["code"]).collect();
    assert_eq!(codes, ["cell_number_invalid", "red_hat_not_compared", "core_pair_assumed"]);
    assert!(out(&lists).contains("65.5 cores need subscriptions of Red Hat"));
    let alone = answer(&["bundle", parts.to_str().unwrap(), "--json"]);
    assert_eq!((&alone["clusters"], &alone["red_hat"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_server_without_a_region_counts_in_the_one_that_the_user_assigns_and_others_keep_theirs() {
    let estate = "server,processor,sockets,cores,region,technology,partition,partition_cores,product,metric,from,to\n\
        a,Intel Xeon Gold 6130,2,8,,none,,,Db2,PVU,2026-01-01,2026-06-30\n\
        b,Intel Xeon Gold 6130,2,8,apac,none,,,Db2,PVU,2026-01-01,2026-06-30\n\
        c,Intel Xeon Gold 6130,2,8,,unknown,vm,4,Db2,PVU,2026-01-01,2026-06-30\n";
    let estate = file("regions1.csv", estate);
    let regions = file("regions2.csv", "server,region,reason\na,emea,Hamburg\nb,americas,moved\nc,EMEA,\nd,apac,\n");
    let arguments = ["assess", estate.to_str().unwrap(), regions.to_str().unwrap(), "--json"];
    let found = answer(&arguments);
    let parts: Vec<_> = found["products"][0]["regions"].as_array().unwrap().iter().collect();
    // Eight cores at 70 twice; four of an unknown host at the highest tier of its family, 120.
    let seen: Vec<_> =
        parts.iter().map(|part| (part["region"].as_str().unwrap(), part["sub_capacity"].as_u64())).collect();
    assert_eq!(seen, [("apac", Some(560)), ("emea", Some(560 + 480))]);
    assert!(found["issues"].as_array().unwrap().iter().any(|issue| issue["code"] == "regions_assigned"));
}

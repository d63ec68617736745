//! Files as people have them, at the terminal: what each is taken for, and that nothing counts silently as something else.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::{Value, json};

use crate::fixture::{self, Builder, ENGLISH};
use crate::terminal::{answer, file, highwater, out, status};

const HEADER: &str =
    "server,processor,sockets,cores,region,technology,partition,partition_cores,os,product,metric,from,to";

/// Six cores of a Xeon with two sockets at 70 each, of 24 in the server.
const ROW: &str =
    "alpha,Intel Xeon Gold 6130,2,24,emea,vmware,vm-1,6,Windows,IBM App Connect,PVU,2026-02-01,2026-07-31";

fn estate(header: &str, rows: &[&str]) -> String {
    format!("{header}\n{}\n", rows.join("\n"))
}

/// Writes a file of this test, and gives its path.
fn path(name: &str, bytes: &[u8]) -> String {
    let path = file(name, "");
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Sub-capacity and full capacity of the first product.
fn capacities(paths: &[&str]) -> (Value, Value) {
    let answer = answer(&[&["assess"], paths, &["--json"]].concat());
    let product = &answer["products"][0];
    (product["sub_capacity"].clone(), product["full_capacity"].clone())
}

fn codes(answer: &Value) -> Vec<&str> {
    answer["issues"].as_array().unwrap().iter().map(|issue| issue["code"].as_str().unwrap()).collect()
}

/// The message of the only issue of a refusal.
#[track_caller]
fn refusal(arguments: &[&str]) -> String {
    assert_eq!(status(arguments), 2, "{arguments:?}");
    let answer = answer(&[arguments, &["--json"]].concat());
    let issues = answer["issues"].as_array().unwrap();
    assert!(!issues.is_empty() && answer.get("products").is_none(), "{answer:#}");
    issues[0]["message"].as_str().unwrap().to_owned()
}

#[test]
fn headers_days_numbers_and_metrics_of_an_estate_are_read_as_those_of_every_list() {
    let told = (json!(420), json!(1_680));
    let german = ROW
        .replace(',', ";")
        .replace(";6;", ";6,0;")
        .replace("2026-02-01", "01.02.2026")
        .replace("2026-07-31", "31.07.2026");
    for (name, text) in [
        ("plain", estate(HEADER, &[ROW])),
        ("spaces", estate(&HEADER.replace('_', " ").to_uppercase(), &[ROW])),
        ("hyphens", estate(&HEADER.replace('_', "-"), &[ROW])),
        ("points", estate(&HEADER.replace("partition_cores", "Partition.Cores"), &[ROW])),
        (
            "midnight",
            estate(HEADER, &[&ROW.replace("-02-01", "-02-01 00:00:00").replace("-07-31", "-07-31T00:00:00Z")]),
        ),
        ("german", estate(&HEADER.replace(',', ";"), &[&german])),
        ("metric", estate(HEADER, &[&ROW.replace(",PVU,", ",PROCESSOR_VALUE_UNIT,")])),
        ("metric-in-words", estate(HEADER, &[&ROW.replace(",PVU,", ",Processor Value Unit (PVU),")])),
        ("invisible", estate(HEADER, &[&ROW.replace("vm-1,6", "\u{a0}vm-1\u{200b},6\u{feff}")])),
        (
            "excel-text",
            estate(HEADER, &[&ROW.replace("alpha", "\"=\"\"alpha\"\"\"").replace(",6,", ",\"=\"\"6\"\"\",")]),
        ),
        (
            "words",
            estate(
                "Server;Prozessor;Sockel;Kerne;Region;Virtualisierung;Partition;Kerne der Partition;Betriebssystem;Produkt;\
                 Metrik;Von;Bis",
                &[&german],
            ),
        ),
        ("title", format!("Our estate, as of 2026\n\n{}", estate(HEADER, &[ROW]))),
        ("total", estate(HEADER, &[ROW, "Total,,,24,,,,6,,,,,"])),
    ] {
        let path = path(&format!("estate-{name}.csv"), text.as_bytes());
        assert_eq!(capacities(&[&path]), told, "{name}");
        assert_eq!(status(&["assess", &path]), 0, "{name}");
    }
}

#[test]
fn a_time_of_day_in_an_estate_is_left_aside_and_said_to_be() {
    let text = estate(HEADER, &[&ROW.replace("2026-07-31", "2026-07-31 18:30")]);
    let answer = answer(&["assess", &path("late.csv", text.as_bytes()), "--json"]);
    let told = answer["issues"].as_array().unwrap().iter().find(|issue| issue["code"] == "time_left_aside").unwrap();
    assert_eq!((&told["row"], &told["column"], &told["severity"]), (&json!(2), &json!("to"), &json!("info")));
    assert_eq!(answer["products"][0]["peak_on"], "2026-07-31");
}

#[test]
fn what_is_no_estate_is_refused_with_what_it_was_taken_for() {
    let names = path("names.csv", b"Hostname,Processor,OS\nsrv1,Intel Xeon Gold 6130,RHEL 8\n");
    for command in [&["assess", &names][..], &["explain", &names, "--product", "IBM MQ"]] {
        assert!(refusal(command).contains("list of processors"), "{command:?}");
    }
    let rights = path("only-rights.csv", b"part_number,quantity\nD55V1LL,100\n");
    assert!(refusal(&["position", &rights]).contains("ledger of entitlements"));
    assert!(out(&["import", &names]).contains("list of processors"));
    let servers = path("servers.csv", b"server,partition,partition_cores\na,b,4\n");
    assert!(refusal(&["assess", &servers]).contains("server"));
}

#[test]
fn an_export_of_rvtools_is_said_to_be_one_and_what_it_lacks() {
    let hosts =
        path("hosts.csv", b"Host,Datacenter,Cluster,CPU Model,# CPU,Cores per CPU,# Cores\nesx1,d,c,Xeon,2,16,32\n");
    let mut book = Workbook::new();
    for (tab, header) in
        [("vInfo", ["VM", "Powerstate", "Template", "CPUs"]), ("vHost", ["Host", "# CPU", "# Cores", "Cluster"])]
    {
        let sheet = book.add_worksheet().set_name(tab).unwrap();
        sheet.write_row(0, 0, header).unwrap();
        sheet.write_row(1, 0, ["a", "2", "16", "4"]).unwrap();
    }
    let book = path("hosts.xlsx", &book.save_to_buffer().unwrap());
    for command in [["assess", &hosts], ["import", &hosts], ["assess", &book], ["import", &book]] {
        let said = refusal(&command);
        assert!(said.contains("RVTools") && said.contains("products"), "{command:?}: {said}");
    }
    let none = path("none.csv", b"bundle,component,quantity\n");
    assert!(refusal(&["bundle", &none, "--clusters", &hosts]).contains("RVTools"));
}

/// A workbook with the cells of a text of commas on each sheet.
fn workbook(sheets: &[(&str, &str)], each: impl Fn(&mut Worksheet, usize)) -> Vec<u8> {
    let mut book = Workbook::new();
    for (index, (name, text)) in sheets.iter().enumerate() {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, line) in (0..).zip(text.lines()) {
            for (column, cell) in (0..).zip(line.split(',')) {
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write(row, column, number).unwrap(),
                    Err(_) => sheet.write(row, column, cell).unwrap(),
                };
            }
        }
        each(sheet, index);
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn sheets_with_one_header_are_one_table() {
    let south = ROW.replace("alpha", "beta").replace("emea", "apac");
    let sheets = [("Notes", "see below"), ("North", &estate(HEADER, &[ROW])), ("South", &estate(HEADER, &[&south]))];
    let path = path("regions.xlsx", &workbook(&sheets, |_, _| ()));
    assert_eq!(capacities(&[&path]), (json!(840), json!(3_360)));
    let read = answer(&["import", &path, "--json"]);
    assert_eq!((&read["rows"], &read["kind"]), (&json!(2), &json!("estate_template")));
    assert!(codes(&read).contains(&"sheets_not_read"), "the notes are named");
    let bad = [("North", &*estate(HEADER, &[ROW])), ("South", &*estate(HEADER, &[&south.replace(",6,", ",six,")]))];
    let issue = answer(&["import", &self::path("bad.xlsx", &workbook(&bad, |_, _| ())), "--json"])["issues"][0].clone();
    assert_eq!((&issue["file"], &issue["row"]), (&json!("bad.xlsx/South"), &json!(2)));
}

#[test]
fn ledgers_on_several_sheets_with_one_header_are_one_ledger() {
    let sheets = [
        ("2024", "product,metric,quantity\nIBM App Connect,PVU,300"),
        ("2025", "product,metric,quantity\nIBM App Connect,PVU,200"),
    ];
    let ledger = path("years.xlsx", &workbook(&sheets, |_, _| ()));
    let needed = path("years-need.csv", estate(HEADER, &[ROW]).as_bytes());
    let answer = answer(&["position", &needed, "--entitlements", &ledger, "--json"]);
    assert_eq!(answer["products"][0]["balance"]["sub_capacity"], json!(80));
    assert_eq!(answer["entitlements"][1]["file"], "years.xlsx/2025");
}

#[test]
fn a_hidden_sheet_is_passed_over_where_one_that_can_be_seen_fits() {
    let old = estate(HEADER, &[&ROW.replace(",6,", ",2,")]);
    let new = estate(HEADER, &[ROW]);
    let hide_first = |sheet: &mut Worksheet, index: usize| {
        if index == 0 {
            sheet.set_hidden(true);
        } else {
            sheet.set_active(true);
        }
    };
    let path = path("hidden.xlsx", &workbook(&[("Old", &old), ("New", &new)], hide_first));
    assert_eq!(capacities(&[&path]).0, json!(420));
    let alone = self::path("alone.xlsx", &workbook(&[("Old", &old), ("Cover", "Our estate")], hide_first));
    let read = answer(&["assess", &alone, "--json"]);
    assert_eq!(read["products"][0]["sub_capacity"], json!(140));
    assert!(codes(&read).contains(&"sheet_hidden"));
}

#[test]
fn days_and_numbers_of_cells_of_a_workbook_are_what_they_are() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, HEADER.split(',')).unwrap();
    sheet.write_row(1, 0, ROW.split(',')).unwrap();
    sheet.write(1, 7, 6.0).unwrap();
    let day = Format::new().set_num_format("dd.mm.yyyy");
    sheet.write_with_format(1, 11, ExcelDateTime::from_ymd(2026, 2, 1).unwrap(), &day).unwrap();
    sheet.write_with_format(1, 12, ExcelDateTime::from_ymd(2026, 7, 31).unwrap(), &day).unwrap();
    assert_eq!(capacities(&[&path("typed.xlsx", &book.save_to_buffer().unwrap())]).0, json!(420));
}

#[test]
fn a_report_of_ilmt_is_read_as_one_under_a_title_and_in_a_workbook() {
    let text = Builder::new(ENGLISH).text("pvu_sub_capacity.csv");
    let plain = path("usage.csv", text.as_bytes());
    let told = answer(&["assess", &plain, "--json"])["products"].clone();
    assert!(told.as_array().is_some_and(|products| !products.is_empty()));
    let titled = path("titled.csv", format!("PVU Subcapacity\r\n\r\n{text}").as_bytes());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Report").unwrap();
    sheet.write(0, 0, "PVU Subcapacity").unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    for (row, record) in (2..).zip(reader.records()) {
        for (column, cell) in (0..).zip(record.unwrap().iter()) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) => sheet.write(row, column, cell).unwrap(),
            };
        }
    }
    let book = path("usage.xlsx", &book.save_to_buffer().unwrap());
    for other in [&titled, &book] {
        let read = answer(&["assess", other, "--json"]);
        assert_eq!(read["products"], rename(&told, other), "{other}");
    }
}

/// The same products, the file that their rows are of named otherwise, and their rows two lines lower.
fn rename(products: &Value, path: &str) -> Value {
    let name = std::path::Path::new(path).file_name().unwrap().to_str().unwrap();
    let mut products = products.clone();
    for excluded in products.as_array_mut().unwrap().iter_mut().flat_map(|one| one["excluded"].as_array_mut().unwrap())
    {
        excluded["file"] = json!(name);
        excluded["row"] = json!(excluded["row"].as_u64().unwrap() + 2);
    }
    products
}

#[test]
fn a_file_of_another_office_format_is_called_by_its_name() {
    let odt = fixture::archive(
        [("mimetype", &b"application/vnd.oasis.opendocument.text"[..]), ("content.xml", b"<x/>")].into_iter(),
    );
    let numbers = fixture::archive([("Index/Document.iwa", &b"x"[..])].into_iter());
    for (name, bytes, format) in [("a.odt", &odt[..], ".odt"), ("b.numbers", &numbers[..], ".numbers")] {
        let said = refusal(&["assess", &path(name, bytes)]);
        assert!(said.contains(format) && said.contains("XLSX"), "{name}: {said}");
    }
}

#[test]
fn a_workspace_of_lists_alone_answers_what_its_lists_say() {
    let text = r#"{"type":"highwater-workspace","version":1,"app":"0","saved_at":"","workspace":{"name":"lists",
        "entitlements":[{"product":"IBM App Connect","metric":"PVU","quantity":"7"}],
        "orders":[{"date":"2025-03-01","points":"700"}]},"files":{}}"#;
    let workspace = path("lists.highwater.json", text.as_bytes());
    let position = answer(&["position", &workspace, "--json"]);
    assert_eq!(
        (&position["products"][0]["entitled"], &position["products"][0]["balance"]["sub_capacity"]),
        (&json!(7), &Value::Null)
    );
    assert_eq!(answer(&["agreements", &workspace, "--json"])["agreements"][0]["points"], json!(700));
    assert_eq!(answer(&["import", &workspace, "--json"])["kind"], "workspace");
    assert!(refusal(&["assess", &workspace]).contains("backup of Highwater"));
}

#[test]
fn a_near_decision_about_a_table_is_said() {
    let near = path("near.csv", b"part_number,quantity,points\nD55V1LL,5,2\n");
    let read = answer(&["import", &near, "--json"]);
    let told = read["issues"].as_array().unwrap().iter().find(|issue| issue["code"] == "table_near_another").unwrap();
    let message = told["message"].as_str().unwrap();
    assert!(message.contains("points per part") && message.contains("ledger of entitlements"), "{message}");
    let orders = path("orders.csv", b"date,site,part_number,quantity,points\n2026-01-01,a,D55V1LL,5,2\n");
    let needed = path("near-need.csv", estate(HEADER, &[ROW]).as_bytes());
    let given = answer(&["position", &needed, "--entitlements", &orders, "--json"]);
    assert!(codes(&given).contains(&"table_given_as_another"), "{:?}", codes(&given));
}

#[test]
fn every_refusal_has_a_sentence() {
    let wide = ",".repeat(100_000);
    for (name, bytes) in [
        ("empty.csv", &b""[..]),
        ("blank.csv", b"\n\n"),
        ("json.json", b"{}"),
        ("words.txt", b"hello"),
        ("binary.bin", b"\x01\x02\x03\0"),
        ("header.csv", b"server,product\n"),
        ("wide.csv", wide.as_bytes()),
        ("unknown.csv", b"colour,shape\nred,round\n"),
    ] {
        let path = path(name, bytes);
        for command in [["assess", &path], ["import", &path], ["position", &path], ["agreements", &path]] {
            let output = highwater(&[command[0], command[1], "--json"]);
            if output.status.code() == Some(2) {
                let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
                assert!(!answer["issues"].as_array().unwrap().is_empty(), "{command:?}");
                assert!(!output.stderr.is_empty(), "{command:?}");
            }
        }
    }
}

/// The issue with a code; a failure that tells the codes when there is none.
#[track_caller]
fn told<'a>(answer: &'a Value, code: &str) -> &'a Value {
    let found = answer["issues"].as_array().unwrap().iter().find(|issue| issue["code"] == code);
    found.unwrap_or_else(|| panic!("{code} is not among {:?}", codes(answer)))
}

#[test]
fn three_digits_behind_a_sign_in_an_estate_are_what_somebody_says_they_are() {
    let path = path("grouped-estate.csv", estate(HEADER, &[&ROW.replace(",6,", ",\"1,024\",")]).as_bytes());
    let refused = answer(&["assess", &path, "--json"]);
    assert_eq!(told(&refused, "cell_ambiguous")["column"], json!("partition_cores"));
    let said = answer(&["assess", &path, "--numbers", "en", "--json"]);
    assert!(!codes(&said).contains(&"cell_ambiguous"), "{:?}", codes(&said));
}

#[test]
fn a_column_that_has_both_signs_before_three_digits_is_refused_and_not_guessed() {
    let ledger = "product;metric;quantity;note\nA;PVU;1.400;x\nB;PVU;2,500;x\nC;PVU;7;x\n";
    let given = path("both-detected_by.csv", ledger.as_bytes());
    let needed = path("both-detected_by-need.csv", estate(HEADER, &[ROW]).as_bytes());
    let answer = answer(&["position", &needed, "--entitlements", &given, "--json"]);
    let products: Vec<&str> =
        answer["products"].as_array().unwrap().iter().map(|one| one["product"].as_str().unwrap()).collect();
    assert_eq!(products, ["C", "IBM App Connect"]);
    assert_eq!(told(&answer, "cell_ambiguous")["file"], json!("both-detected_by.csv"));
}

#[test]
fn a_formula_without_a_stored_result_is_no_number_and_no_name() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, HEADER.split(',')).unwrap();
    for (row, line) in (1..).zip([ROW, ROW]) {
        sheet.write_row(row, 0, line.split(',')).unwrap();
    }
    sheet.write(1, 7, 6.0).unwrap();
    sheet.write(2, 0, "#REF!").unwrap();
    sheet.write(2, 7, 6.0).unwrap();
    let answer = answer(&["assess", &path("failed.xlsx", &book.save_to_buffer().unwrap()), "--json"]);
    assert_eq!(answer["products"][0]["sub_capacity"], json!(420), "the row without a server is left out");
    let left_out = answer["issues"].as_array().unwrap().iter().find(|issue| issue["row"] == 3).unwrap();
    assert_eq!((&left_out["column"], &left_out["severity"]), (&json!("server"), &json!("error")));
}

#[test]
fn a_period_that_ends_before_it_begins_is_refused_whatever_the_demand_is_of() {
    let report = path("period.csv", Builder::new(ENGLISH).text(fixture::DAILY_FILE).as_bytes());
    let template = path("period-estate.csv", estate(HEADER, &[ROW]).as_bytes());
    for file in [&report, &template] {
        assert!(refusal(&["assess", file, "--from", "2030-01-01"]).contains("2030-01-01"), "{file}");
    }
}

#[test]
fn a_row_that_its_own_column_excludes_is_said_to_be() {
    let header = format!("{HEADER},excluded_reason");
    let path = path("flagged.csv", estate(&header, &[&format!("{ROW},"), &format!("{ROW},no")]).as_bytes());
    let answer = answer(&["assess", &path, "--json"]);
    assert_eq!(told(&answer, "excluded_by_flag")["severity"], json!("warning"));
}

#[test]
fn what_is_wrong_with_rows_is_told_beside_a_derivation_too() {
    let path = path("wrong-row.csv", estate(HEADER, &[ROW, &ROW.replace(",6,", ",six,")]).as_bytes());
    let output = highwater(&["explain", &path, "--product", "IBM App Connect"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("row 3") && said.contains("six"), "{said}");
}

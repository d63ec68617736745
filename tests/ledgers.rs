//! Ledgers as people have them, at a terminal: nothing of them is lost without a word, nothing counts twice.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::terminal::{answer, file, has_keys, highwater, out, status};
use serde_json::{Value, json};

/// A file that no other test writes.
fn fresh(text: &str) -> PathBuf {
    static FILES: AtomicU32 = AtomicU32::new(0);
    file(&format!("ledgers-{}.csv", FILES.fetch_add(1, Ordering::Relaxed)), text)
}

/// Eight cores at 120 need 960 PVU of IBM MQ.
fn estate() -> PathBuf {
    let header = "server,processor,sockets,cores,technology,product,metric,from,to";
    fresh(&format!("{header}\na,IBM POWER9 E980,4,8,none,IBM MQ,PVU,2025-01-01,2025-06-30\n"))
}

fn position(ledger: &str) -> Value {
    let (estate, ledger) = (estate(), fresh(ledger));
    answer(&["position", estate.to_str().unwrap(), "--entitlements", ledger.to_str().unwrap(), "--json"])
}

/// What is entitled of IBM MQ, and the codes of the issues.
fn entitled(ledger: &str) -> (Value, Vec<String>) {
    let answer = position(ledger);
    let products = answer["products"].as_array().cloned().unwrap_or_default();
    let mq = products.iter().find(|product| product["product"] == json!("IBM MQ"));
    let codes = answer["issues"].as_array().unwrap().iter().map(|issue| issue["code"].as_str().unwrap().to_owned());
    (mq.map_or(Value::Null, |mq| mq["entitled"].clone()), codes.collect())
}

#[test]
fn a_ledger_whose_every_line_is_left_out_says_why() {
    let answer = position("product,metric,quantity\nIBM MQ,PVU,lots\n");
    let issue = &answer["issues"][0];
    assert_eq!(
        (&issue["code"], &issue["row"], &issue["column"]),
        (&json!("cell_number_invalid"), &json!(2), &json!("quantity"))
    );
    assert_eq!(answer["issues"][1]["code"], json!("no_entitlements"));
}

#[test]
fn explain_says_what_of_the_ledger_it_could_not_use() {
    let (estate, ledger) = (estate(), file("half.csv", "product,metric,quantity\nIBM MQ,PVU,x\nIBM MQ,PVU,100\n"));
    let path = estate.to_str().unwrap();
    let arguments = ["explain", path, "--product", "IBM MQ", "--entitlements", ledger.to_str().unwrap()];
    assert_eq!(status(&arguments), 1);
    let said = String::from_utf8(highwater(&arguments).stderr).unwrap();
    assert!(said.contains("half.csv, row 2, column quantity"), "{said}");
    let none = file("none.csv", "product,metric,quantity\nIBM MQ,PVU,x\n");
    assert_eq!(status(&["explain", path, "--product", "IBM MQ", "--entitlements", none.to_str().unwrap()]), 2);
}

#[test]
fn a_ledger_that_is_given_twice_counts_once_and_that_is_told() {
    let text = "product,metric,quantity\nIBM MQ,PVU,100\n";
    let (estate, one, copy) = (estate(), file("one.csv", text), file("copy.csv", text));
    let [estate, one, copy] = [&estate, &one, &copy].map(|path| path.to_str().unwrap());
    let seen = answer(&["position", estate, "--entitlements", one, "--entitlements", copy, "--json"]);
    has_keys(&seen, &["products", "issues"]);
    assert_eq!(seen["products"][0]["entitled"], json!(100));
    let said = out(&["position", estate, "--entitlements", one, "--entitlements", copy]);
    assert!(said.contains("byte for byte"), "{said}");
    assert!(seen["issues"].as_array().unwrap().iter().any(|issue| issue["code"] == json!("list_read_already")));
}

#[test]
fn thousands_are_read_where_the_file_says_how_it_writes_them_and_refused_where_nothing_does() {
    assert_eq!(entitled("product;metric;quantity;unit_price\nIBM MQ;PVU;1.500;1.234,50\n").0, json!(1_500));
    assert_eq!(entitled("product;metric;quantity\nIBM MQ;PVU;1.500\n").0, json!(1_500));
    assert_eq!(entitled("product,metric,quantity\nIBM MQ,PVU,1.5\n").0, json!("1.5"));
    let ledger = "product,metric,quantity\nIBM MQ,PVU,1.500\n";
    assert_eq!(position(ledger)["issues"][0]["code"], json!("cell_ambiguous"));
    let (estate, ledger) = (estate(), fresh(ledger));
    for (numbers, entitled) in [("de", json!(1_500)), ("en", json!("1.5"))] {
        let arguments = [
            "position",
            estate.to_str().unwrap(),
            "--entitlements",
            ledger.to_str().unwrap(),
            "--numbers",
            numbers,
            "--json",
        ];
        assert_eq!(answer(&arguments)["products"][0]["entitled"], entitled, "{numbers}");
    }
}

#[test]
fn terms_that_have_ended_grant_nothing_whatever_their_words() {
    for (kind, last) in
        [("Subscription License", "licence_type,ss_end"), ("Fixed Term License", "Lizenztyp,Laufzeitende")]
    {
        let ledger = format!("product,metric,quantity,{last}\nIBM MQ,PVU,960,{kind},2020-12-31\n");
        assert_eq!(entitled(&ledger).0, json!(0), "{kind}");
    }
}

#[test]
fn columns_that_are_not_read_are_told() {
    let (mq, codes) = entitled("product,metric,quantity,qty,colour\nIBM MQ,PVU,10,20,blue\n");
    assert_eq!((mq, codes.contains(&"columns_not_read".to_owned())), (json!(10), true));
    assert!(!entitled("product,metric,quantity\nIBM MQ,PVU,10\n").1.contains(&"columns_not_read".to_owned()));
}

#[test]
fn the_description_of_a_part_in_the_place_of_its_product_is_no_product() {
    let header = "Part Number,Part Description,Quantity";
    let (_, codes) = entitled(&format!("{header}\nD55V8LL,IBM MQ Advanced Processor Value Unit (PVU) License,5\n"));
    assert!(!codes.contains(&"part_unknown".to_owned()), "{codes:?}");
}

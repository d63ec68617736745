//! The volume level at a terminal: orders, merged agreements, levels set by selection, points per part (semantics, section 10).

use crate::terminal::{answer, file, has_keys, out, status};
use serde_json::{Value, json};

/// Three orders; the last has no points.
const ORDERS: &str = "\
date,site,part_number,quantity,points
2025-03-01,Paris,D1,1,600
2025-06-01,Berlin,D1,1,5000.5
2026-05-01,Paris,D2,1,
";

#[test]
fn rsvp_prints_orders_and_terms_with_their_levels() {
    let orders = file("orders.csv", ORDERS);
    let arguments = ["rsvp", orders.to_str().unwrap(), "--json"];
    let answer = answer(&arguments);
    has_keys(&answer, &["orders", "terms", "level", "anniversary", "issues"]);
    // Worked out by selection: 600 points are D, 5,600.5 are G; the term without points falls by one step.
    assert_eq!(
        answer["orders"],
        json!([
            {"date": "2025-03-01", "site": "Paris", "points": 600, "svp": "D", "rsvp": "BL", "applied": "D"},
            {"date": "2025-06-01", "site": "Berlin", "points": "5000.5", "svp": "G", "rsvp": "D", "applied": "G"},
            {"date": "2026-05-01", "site": "Paris", "points": 0, "svp": "BL", "rsvp": "G", "applied": "G"},
        ])
    );
    assert_eq!(
        answer["terms"],
        json!([
            {"start": "2025-03-01", "end": "2026-02-28", "points": "5600.5", "earned": "G", "after_reset": "G"},
            {"start": "2026-03-01", "end": "2027-02-28", "points": 0, "earned": "BL", "after_reset": "F"},
        ])
    );
    assert_eq!((&answer["level"], &answer["anniversary"]), (&json!("G"), &json!("2027-03-01")));
    assert_eq!((&answer["issues"][0]["row"], &answer["issues"][0]["column"]), (&json!(4), &json!("points")));
    assert_eq!(status(&arguments), 1, "points that are missing are an error");
}

#[test]
fn rsvp_looks_at_another_day_anniversary_and_kind() {
    let orders = file("orders-on.csv", ORDERS);
    let path = orders.to_str().unwrap();
    let early = answer(&["rsvp", path, "--on", "2025-03-01", "--anniversary", "2020-06-01", "--json"]);
    assert_eq!((&early["level"], &early["anniversary"]), (&json!("D"), &json!("2025-06-01")));
    assert_eq!(early["orders"].as_array().unwrap().len(), 1);
    for (kind, level) in [("government", "GV"), ("academic", "ED")] {
        assert_eq!(answer(&["rsvp", path, "--kind", kind, "--json"])["level"], json!(level));
    }
    assert_eq!(answer(&["rsvp", path, "--express", "--json"])["orders"][1]["applied"], json!("BL"));
    assert_eq!(status(&["rsvp", path, "--express", "--kind", "academic"]), 2);
    assert_eq!(status(&["rsvp", file("no-orders.csv", "a,b\n1,2\n").to_str().unwrap()]), 2);
}

/// What the second agreement of a merge has ordered: E for the twelve months from July 2025 on.
#[test]
fn orders_of_a_site_with_prices_of_its_own_are_at_those_and_their_points_count_for_the_others() {
    let orders = file("orders-of-sites.csv", ORDERS);
    let sites = file("sites.csv", "site,sector\nParis,government\n");
    let (orders, sites) = (orders.to_str().unwrap(), sites.to_str().unwrap());
    let seen = answer(&["rsvp", orders, "--sites", sites, "--json"]);
    let levels: Vec<_> = seen["orders"].as_array().unwrap().iter().map(|order| order["applied"].clone()).collect();
    assert_eq!((levels, &seen["level"]), (vec![json!("GV"), json!("G"), json!("GV")], &json!("G")));
    assert_eq!(status(&["rsvp", orders, "--sites", sites, "--merge", orders]), 2);
}

const OTHER_ORDERS: &str = "date,site,points\n2025-07-01,Oslo,1000\n";

#[test]
fn rsvp_merges_another_agreement_into_the_one_of_its_orders() {
    let (kept, other) = (file("kept.csv", "date,points\n2025-01-01,100\n"), file("other.csv", OTHER_ORDERS));
    let arguments =
        ["rsvp", kept.to_str().unwrap(), "--on", "2027-01-15", "--json", "--merge", other.to_str().unwrap()];
    let merged = answer(&arguments);
    // Worked out by selection: 100 points leave BL. 1,000 points earn E, and the second term of the other agreement, the one
    // without orders, is open until 30 June 2027. Merged, 1,100 points earn E, and the empty year 2026 leaves D.
    assert_eq!(merged["level"], json!("BL"));
    let after = &merged["merged"];
    assert_eq!((&after["before"], &after["level"]), (&json!(["BL", "E"]), &json!("D")));
    assert_eq!((&after["change"], &after["anniversary"]), (&json!(["higher", "lower"]), &json!("2028-01-01")));
    assert_eq!(
        after["terms"],
        json!([
            {"start": "2025-01-01", "end": "2025-12-31", "points": 1100, "earned": "E", "after_reset": "E"},
            {"start": "2026-01-01", "end": "2026-12-31", "points": 0, "earned": "BL", "after_reset": "D"},
            {"start": "2027-01-01", "end": "2027-12-31", "points": 0, "earned": "BL", "after_reset": "BL"},
        ])
    );
    let told: Vec<_> = merged["issues"].as_array().unwrap().iter().map(|one| (&one["file"], &one["code"])).collect();
    assert_eq!(told, [(&json!("other.csv"), &json!("merge_lowers_level"))]);
    assert_eq!(status(&arguments), 0, "a lower level is no error of the data");
    // What stands beside it is the answer without the merge.
    let mut beside = merged.clone();
    beside.as_object_mut().unwrap().remove("merged");
    beside["issues"] = json!([]);
    assert_eq!(beside, answer(&arguments[..5]));
    let said = out(&["rsvp", kept.to_str().unwrap(), "--on", "2027-01-15", "--merge", other.to_str().unwrap()]);
    assert!(said.contains("lower than level E of other.csv by itself"), "{said}");
}

#[test]
fn rsvp_takes_an_anniversary_for_each_agreement_of_a_merge() {
    let (kept, other) = (file("kept2.csv", "date,points\n2025-01-01,100\n"), file("other2.csv", OTHER_ORDERS));
    let (kept, other) = (kept.to_str().unwrap(), other.to_str().unwrap());
    let level = |more: &[&str]| {
        let asked = ["rsvp", kept, "--on", "2027-01-15", "--merge", other, "--json"];
        answer(&[&asked, more].concat())["merged"]["before"][1].clone()
    };
    // Its first term ends on 31 December 2025: the year 2026 is empty, and leaves D.
    assert_eq!((level(&[]), level(&["--merge-anniversary", "2020-01-01"])), (json!("E"), json!("D")));
    assert_eq!(status(&["rsvp", kept, "--merge-anniversary", "2020-01-01"]), 2);
    assert_eq!(status(&["rsvp", kept, "--merge", "no-such-file.csv"]), 2);
}

#[test]
fn rsvp_takes_a_level_above_h_that_is_set_by_hand() {
    let orders = file("orders-by-selection.csv", ORDERS);
    let path = orders.to_str().unwrap();
    let answer = answer(&["rsvp", path, "--level", "i", "--level-from", "2025-06-01", "--json"]);
    // I holds from the day of the second order to the anniversary on 1 March 2026, and then leaves H for the third.
    let rsvp: Vec<_> = answer["orders"].as_array().unwrap().iter().map(|order| &order["rsvp"]).collect();
    assert_eq!((json!(rsvp), &answer["level"]), (json!(["BL", "I", "H"]), &json!("H")));
    assert!(answer["issues"].as_array().unwrap().iter().any(|issue| issue["code"] == "level_by_hand"));
    let said = out(&["rsvp", path, "--level", "J", "--level-from", "2025-06-01", "--level-reason", "a letter"]);
    assert!(said.contains("Level J is set by hand from 2025-06-01 on") && said.contains("a letter"), "{said}");
    for refused in [
        &["--level", "I"][..],
        &["--level-from", "2025-06-01"],
        &["--level", "H", "--level-from", "2025-06-01"],
        &["--level", "I", "--level-from", "2025-06-01", "--express"],
        &["--level", "I", "--level-from", "2025-06-01", "--kind", "government"],
    ] {
        assert_eq!(status(&[&["rsvp", path], refused].concat()), 2, "{refused:?}");
    }
}

#[test]
fn rsvp_fills_blank_points_from_the_points_of_the_parts() {
    let orders =
        "date,part_number,quantity,points\n2025-03-01,D1,10,\n2025-06-01,D1,10,\n2025-07-01,D9,1,\n2025-08-01,D1,9,7\n";
    let table = "part_number,points,from,entitled_discount,note\nD1,45,,,quote 17\nD1,50,2025-06-01,no,list\n";
    let (orders, table) = (file("orders-parts.csv", orders), file("points.csv", table));
    let arguments = ["rsvp", orders.to_str().unwrap(), "--json", "--points", table.to_str().unwrap()];
    let filled = answer(&arguments);
    // 10 x 45, then 10 x 50 from June on: 950 points, so D; nothing is known of D9, and 7 points are given.
    let points: Vec<_> = filled["orders"].as_array().unwrap().iter().map(|order| &order["points"]).collect();
    assert_eq!(json!(points), json!([450, 500, 0, 7]));
    assert_eq!((&filled["level"], &filled["terms"][0]["points"]), (&json!("D"), &json!(957)));
    let told = |answer: &Value| {
        let issues = answer["issues"].as_array().unwrap().iter();
        issues.map(|issue| json!([issue["file"], issue["row"], issue["code"], issue["severity"]])).collect::<Vec<_>>()
    };
    let name = "orders-parts.csv";
    assert_eq!(
        told(&filled),
        [
            json!([name, null, "order_points_filled", "info"]),
            json!([name, null, "order_without_entitled_discount", "info"]),
            json!([name, 4, "order_points_missing", "error"]),
        ]
    );
    assert_eq!(filled["issues"][0]["message"].as_str().map(|said| said.contains("2 lines")), Some(true));
    assert_eq!(status(&arguments), 1);
    // Without the list all three are errors, and count none.
    let bare = answer(&arguments[..3]);
    assert_eq!(told(&bare), [2, 3, 4].map(|row| json!([name, row, "order_points_missing", "error"])));
    assert_eq!(bare["terms"][0]["points"], json!(7));
    assert_eq!(status(&["rsvp", orders.to_str().unwrap(), "--points", orders.to_str().unwrap()]), 1);
    assert_eq!(
        status(&["rsvp", orders.to_str().unwrap(), "--points", file("no-points.csv", "a,b\n1,2\n").to_str().unwrap()]),
        2
    );
}

#[test]
fn rsvp_fills_the_points_of_both_agreements_of_a_merge() {
    let kept = file("kept3.csv", "date,part_number,quantity,points\n2025-03-01,D1,10,\n");
    let other = file("other3.csv", "date,part_number,quantity,points\n2025-03-01,D1,1,\n");
    let table = file("points3.csv", "part_number,points\nD1,50\n");
    let [kept, other, table] = [&kept, &other, &table].map(|path| path.to_str().unwrap());
    let answer = answer(&["rsvp", kept, "--merge", other, "--points", table, "--json"]);
    // 10 x 50 and 1 x 50.
    assert_eq!((&answer["terms"][0]["points"], &answer["merged"]["terms"][0]["points"]), (&json!(500), &json!(550)));
    let files: Vec<_> = answer["issues"].as_array().unwrap().iter().map(|issue| &issue["file"]).collect();
    assert_eq!(json!(files), json!(["kept3.csv", "other3.csv"]));
}

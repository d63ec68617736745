//! The smallest estate that still shows a failure: what a person wants to read.

use super::estates::{COLUMNS, Sheet};

/// Takes away rows, then blanks and simplifies cells, as long as the failure stays.
pub(crate) fn smallest(mut sheet: Sheet, fails: impl Fn(&Sheet) -> bool) -> Sheet {
    assert!(fails(&sheet), "only a failing estate can be made smaller");
    sheet = if fails(&sheet.plain()) { sheet.plain() } else { sheet };
    loop {
        let before = sheet.rows.clone();
        for index in (0..sheet.rows.len()).rev() {
            let mut less = sheet.clone();
            less.rows.remove(index);
            if fails(&less) {
                sheet = less;
            }
        }
        for row in 0..sheet.rows.len() {
            for (column, name) in COLUMNS.iter().enumerate() {
                for simpler in simpler(name) {
                    if sheet.rows[row][column] == *simpler {
                        break;
                    }
                    let mut less = sheet.clone();
                    (*simpler).clone_into(&mut less.rows[row][column]);
                    if fails(&less) {
                        sheet = less;
                        break;
                    }
                }
            }
        }
        if sheet.rows == before {
            return sheet;
        }
    }
}

/// Texts that read more easily than most, the easiest first.
fn simpler(column: &str) -> &'static [&'static str] {
    match column {
        "server" => &["s", "t"],
        "product" => &["P"],
        "partition" => &["", "p", "q"],
        "pool" => &["", "a"],
        "partition_cores" | "cores" | "sockets" | "pool_cores" => &["", "1", "2", "4", "8"],
        "processor" => &["", "IBM POWER9 E980", "IBM POWER10 E1050", "IBM POWER9 S922"],
        "technology" => &["none", "vmware", "cloud", "powervm-uncapped"],
        "os" => &["", "linux"],
        "region" => &["", "emea"],
        "metric" => &["PVU", "VPC"],
        "excluded_reason" => &["", "x"],
        _ => &[""],
    }
}

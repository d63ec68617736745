//! Workbooks that Highwater writes and reads, and one of other people.

use highwater::import::{Limits, Unwatched, xlsx};
use highwater::report::xlsx::write;
use highwater::report::{ReportCell, ReportTable};
use jiff::civil::date;

#[test]
fn a_workbook_that_was_written_is_read_again_cell_by_cell() {
    let table = ReportTable {
        title: "Position: a/b".to_owned(),
        header: ["Product", "PVU", "Peak on"].map(str::to_owned).to_vec(),
        rows: vec![
            vec![
                "=1+1 & <b>".into(),
                ReportCell::Number("1234.5".parse().unwrap()),
                ReportCell::Day(date(2026, 11, 21)),
            ],
            vec!["Größe, حجم".into(), ReportCell::Blank, ReportCell::Blank],
        ],
    };
    let bytes = write(&[table.clone(), table]).unwrap();
    let sheet = xlsx::read(&bytes, &Limits::PAGE, &mut Unwatched).unwrap();
    assert_eq!(sheet.header(), ["Product", "PVU", "Peak on"]);
    let rows: Vec<Vec<&str>> = sheet.rows().map(|row| (0..3).map(|column| row.cell(column)).collect()).collect();
    assert_eq!(rows, [vec!["=1+1 & <b>", "1234.5", "2026-11-21"], vec!["Größe, حجم", "", ""]]);
}

#[test]
fn a_workbook_of_other_people_is_read() {
    let Some(samples) = std::env::var_os("HIGHWATER_SAMPLES") else {
        println!("skipped: HIGHWATER_SAMPLES is not set");
        return;
    };
    let path = std::path::Path::new(&samples).join("rvtools/rvtools-small-complete.xlsx");
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: {} is not there", path.display());
        return;
    };
    assert_eq!(xlsx::read(&bytes, &Limits::PAGE, &mut Unwatched).unwrap().len(), 3, "three virtual machines");
}

//! Orders with their points: `date,site,part_number,quantity,points`, optional `order` (semantics, section 12).

use super::sheet::Sheet;
use super::{Limits, Watch, list};
use crate::model::day;
use crate::model::issue::{Issue, Severity};
use crate::model::order::OrderLine;

/// Reads a list of orders from CSV or from the first sheet of a workbook, and tells what of it cannot be used.
///
/// # Errors
/// When it is no list of orders, or cannot be read at all.
pub fn read(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<(Vec<OrderLine>, Vec<Issue>), Issue> {
    let (sheet, issues) = list::open(name, bytes, "file_not_orders", limits, watch)?;
    let (lines, found) = lines(name, &sheet)?;
    Ok((lines, [issues, found].concat()))
}

fn lines(name: &str, sheet: &Sheet) -> Result<(Vec<OrderLine>, Vec<Issue>), Issue> {
    let column = |field: &str| list::column(sheet, field);
    let (Some(date), Some(points)) = (column("date"), column("points")) else {
        return Err(Issue::new(Severity::Error, "file_not_orders").in_file(name));
    };
    let (site, order) = (column("site"), column("order"));
    let mut lines = Vec::new();
    let mut issues = Vec::new();
    for row in sheet.rows().filter(|row| row.cells().any(|cell| !cell.is_empty())) {
        let mut report = |place: usize, code: &'static str| {
            let header = sheet.header().get(place).map_or("", String::as_str);
            let issue = Issue::new(Severity::Error, code).in_file(name).at_row(row.line()).in_column(header);
            issues.push(issue.with("value", row.cell(place)));
        };
        let Some(day) = day::parse(row.cell(date)) else {
            report(date, "order_date_invalid");
            continue;
        };
        let value = list::number(row.cell(points));
        if value.is_none() {
            report(points, "order_points_invalid");
        }
        lines.push(OrderLine {
            line: row.line(),
            date: day,
            site: site.map_or("", |site| row.cell(site)).to_owned(),
            order: order.map(|order| row.cell(order)).filter(|order| !order.is_empty()).map(str::to_owned),
            points: value.unwrap_or_default(),
        });
    }
    Ok((lines, issues))
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::import::Unwatched;

    fn read_text(text: &str) -> Result<(Vec<OrderLine>, Vec<Issue>), Issue> {
        read("orders.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched)
    }

    #[test]
    fn columns_come_in_any_order_and_case() {
        let (lines, issues) =
            read_text("Points;DATE;Order;Site;Part_Number\n12.5;2025-03-01;O-7; Paris ;D1\n").unwrap();
        assert_eq!(issues, []);
        assert_eq!((lines[0].points, lines[0].site.as_str()), (Decimal::new(125, 1), "Paris"));
        assert_eq!(lines[0].order.as_deref(), Some("O-7"));
    }

    #[test]
    fn points_that_are_none_are_an_error_and_the_line_counts_none() {
        for points in ["", "-5", "many", "1,000", "1e3"] {
            let (lines, issues) = read_text(&format!("date,site,points\n2025-03-01,a,\"{points}\"\n")).unwrap();
            assert_eq!(lines[0].points, Decimal::ZERO, "{points}");
            assert_eq!(issues[0].code, "order_points_invalid", "{points}");
            assert_eq!((issues[0].row, issues[0].column.as_deref()), (Some(2), Some("points")));
        }
    }

    #[test]
    fn a_line_without_a_day_is_left_out() {
        let (lines, issues) = read_text("date,site,points\n1.3.2025,a,5\n,b,5\n2025-03-01,c,5\n").unwrap();
        assert_eq!(lines.len(), 1);
        assert_eq!(issues.iter().map(|issue| issue.row).collect::<Vec<_>>(), [Some(2), Some(3)]);
    }

    #[test]
    fn another_table_is_no_list_of_orders() {
        assert_eq!(read_text("server,product\na,b\n").unwrap_err().code, "file_not_orders");
    }
}

//! Orders with their points: `date,site,part_number,quantity,points`, optional `order` (semantics, section 12).

use super::list::{self, Lines, List};
use super::sheet::Sheet;
use super::{Limits, Watch};
use crate::model::day;
use crate::model::issue::Issue;
use crate::model::order::OrderLine;

/// What a file is called that is no such list.
const NOT_ONE: &str = "file_not_orders";

/// The columns, in the order of the template.
pub const COLUMNS: [&str; 6] = ["date", "site", "part_number", "quantity", "points", "order"];

/// Reads a list of orders from CSV or from the first sheet of a workbook, and tells what of it cannot be used.
///
/// # Errors
/// When it is no list of orders, or cannot be read at all.
pub fn read(name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Lines<OrderLine>, Issue> {
    list::read((name, bytes), NOT_ONE, limits, watch, lines)
}

/// Reads such a list from a table.
///
/// # Errors
/// When it is no such list.
pub fn read_sheet(name: &str, sheet: Sheet) -> Result<Lines<OrderLine>, Issue> {
    lines(&List::of(name, NOT_ONE, sheet))
}

fn lines(list: &List<'_>) -> Result<Lines<OrderLine>, Issue> {
    let mut issues = Vec::new();
    let (date, points) = (list.required("date")?, list.required("points")?);
    let (site, order) = (list.column("site"), list.column("order"));
    let (part_number, quantity) = (list.column("part_number"), list.column("quantity"));
    let mut lines = Vec::new();
    for row in list.rows() {
        let optional = |place: Option<usize>| place.map_or("", |place| row.cell(place));
        let Some(day) = day::parse(row.cell(date)) else {
            issues.push(list.wrong(row, date, "order_date_invalid"));
            continue;
        };
        let given = Some(row.cell(points)).filter(|given| !given.is_empty());
        let value = given.and_then(list::quantity);
        if given.is_some() && value.is_none() {
            issues.push(list.wrong(row, points, "order_points_invalid"));
        }
        lines.push(OrderLine {
            file: list.file().to_owned(),
            line: row.line(),
            date: day,
            site: optional(site).to_owned(),
            order: Some(optional(order)).filter(|order| !order.is_empty()).map(str::to_owned),
            part_number: optional(part_number).to_owned(),
            quantity: list::quantity(optional(quantity)),
            // What is given and no number of points counts none; what is blank may follow from the part.
            points: given.map(|_| value.unwrap_or_default()),
        });
    }
    Ok((lines, issues))
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::import::Unwatched;

    fn read_text(text: &str) -> Result<Lines<OrderLine>, Issue> {
        read("orders.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched)
    }

    #[test]
    fn columns_come_in_any_order_and_case() {
        let (lines, issues) =
            read_text("Points;DATE;Order;Site;Part_Number;Quantity\n12.5;2025-03-01;O-7; Paris ;D1;3\n").unwrap();
        assert_eq!(issues, []);
        assert_eq!((lines[0].points, lines[0].site.as_str()), (Some(Decimal::new(125, 1)), "Paris"));
        assert_eq!((lines[0].part_number.as_str(), lines[0].quantity), ("D1", Some(3.into())));
        assert_eq!(lines[0].order.as_deref(), Some("O-7"));
    }

    #[test]
    fn points_that_are_none_are_an_error_and_the_line_counts_none() {
        for points in ["-5", "many", "1,000", "1e3"] {
            let (lines, issues) = read_text(&format!("date,site,points\n2025-03-01,a,\"{points}\"\n")).unwrap();
            assert_eq!(lines[0].points, Some(Decimal::ZERO), "{points}");
            assert_eq!(issues[0].code, "order_points_invalid", "{points}");
            assert_eq!((issues[0].row, issues[0].column.as_deref()), (Some(2), Some("points")));
        }
    }

    #[test]
    fn points_that_are_blank_are_left_open() {
        let (lines, issues) = read_text("date,part_number,quantity,points\n2025-03-01,D1,many,\n").unwrap();
        assert_eq!((lines[0].points, lines[0].quantity, issues), (None, None, Vec::new()));
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

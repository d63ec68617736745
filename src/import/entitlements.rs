//! The ledger of entitlements: `agreement,site,part_number,product,metric,quantity,licence_type,environment,ss_start,
//! ss_end,order_date,poe,unit_price,currency` (semantics, section 12).

use jiff::civil::Date;

use super::list::{self, Lines, List};
use super::lists;
use super::sheet::{Row, Sheet};
use super::{Limits, Watch};
use crate::model::day;
use crate::model::entitlement::{Entitlement, LicenceType};
use crate::model::issue::{Issue, Severity};
use crate::model::workspace::List as Kind;

/// What a file is called that is no ledger.
const NOT_ONE: &str = "file_not_entitlements";

/// The columns, in the order of the template.
pub const COLUMNS: [&str; 14] = [
    "agreement",
    "site",
    "part_number",
    "product",
    "metric",
    "quantity",
    "licence_type",
    "environment",
    "ss_start",
    "ss_end",
    "order_date",
    "poe",
    "unit_price",
    "currency",
];

/// Reads a ledger from CSV or from the first sheet of a workbook, and tells what of it cannot be used.
///
/// # Errors
/// When it is no ledger, or cannot be read at all.
pub fn read(name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Lines<Entitlement>, Issue> {
    list::read((name, bytes), NOT_ONE, limits, watch, lines)
}

/// Reads a ledger from a table.
///
/// # Errors
/// When it is no ledger.
pub fn read_sheet(name: &str, sheet: Sheet) -> Result<Lines<Entitlement>, Issue> {
    lines(&List::of(name, NOT_ONE, sheet))
}

fn lines(list: &List<'_>) -> Result<Lines<Entitlement>, Issue> {
    if lists::kind(list.header()) != Some(Kind::Entitlements) {
        return Err(list.refused());
    }
    let places = COLUMNS.map(|column| list.column(column));
    let reader = Reader { list, places };
    let (mut ledger, mut issues) = (Vec::new(), Vec::new());
    for row in list.rows() {
        let (entitlement, problems) = reader.line(row);
        if problems.iter().all(|problem| problem.severity != Severity::Error) {
            ledger.push(entitlement);
        }
        issues.extend(problems);
    }
    Ok((ledger, issues))
}

struct Reader<'a> {
    list: &'a List<'a>,
    /// The place of each of [`COLUMNS`].
    places: [Option<usize>; 14],
}

impl Reader<'_> {
    fn place(&self, column: &str) -> Option<usize> {
        COLUMNS.iter().zip(self.places).find(|(known, _)| **known == column).and_then(|(_, place)| place)
    }

    fn line(&self, row: Row<'_>) -> (Entitlement, Vec<Issue>) {
        let mut problems = Vec::new();
        let cell = |column: &str| self.place(column).map_or("", |place| row.cell(place));
        let mut wrong = |column: &'static str, code: &'static str, severity: Severity| {
            let issue = self.list.wrong(row, self.place(column).unwrap_or_default(), code);
            problems.push(Issue { severity, ..issue });
        };
        let text = |column: &str| cell(column).to_owned();
        let quantity = list::quantity(cell("quantity"));
        if quantity.is_none() {
            wrong("quantity", "entitlement_quantity_invalid", Severity::Error);
        }
        if cell("part_number").is_empty() && cell("product").is_empty() {
            wrong(
                if self.place("product").is_some() { "product" } else { "part_number" },
                "entitlement_without_product",
                Severity::Error,
            );
        }
        let licence_type = LicenceType::parse(cell("licence_type"));
        if licence_type.is_none() && !cell("licence_type").is_empty() {
            wrong("licence_type", "entitlement_type_unknown", Severity::Warning);
        }
        let unit_price = list::quantity(cell("unit_price"));
        if unit_price.is_none() && !cell("unit_price").is_empty() {
            wrong("unit_price", "entitlement_price_invalid", Severity::Warning);
        }
        let mut day = |column: &'static str| -> Option<Date> {
            let parsed = day::parse(cell(column));
            if parsed.is_none() && !cell(column).is_empty() {
                wrong(column, "entitlement_day_invalid", Severity::Error);
            }
            parsed
        };
        let (ss_start, ss_end, order_date) = (day("ss_start"), day("ss_end"), day("order_date"));
        if ss_start.zip(ss_end).is_some_and(|(start, end)| start > end) {
            wrong("ss_end", "entitlement_ends_before_start", Severity::Error);
        }
        let entitlement = Entitlement {
            file: self.list.file().to_owned(),
            row: row.line(),
            agreement: text("agreement"),
            site: text("site"),
            part_number: text("part_number"),
            product: text("product"),
            metric: text("metric"),
            quantity: quantity.unwrap_or_default(),
            licence_type,
            environment: text("environment"),
            ss_start,
            ss_end,
            order_date,
            poe: text("poe"),
            unit_price,
            currency: text("currency"),
        };
        (entitlement, problems)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rust_decimal::Decimal;

    use super::*;
    use crate::import::Unwatched;

    fn read_text(text: &str) -> Result<Lines<Entitlement>, Issue> {
        read("rights.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched)
    }

    #[test]
    fn a_line_keeps_every_cell_as_it_was_written() {
        let text = format!(
            "{}\nA1,S1,D55V8LL,IBM MQ,PVU,100,Perpetual,production,2026-01-01,2026-12-31,2020-05-04,P-7,12.50,EUR\n",
            COLUMNS.join(",")
        );
        let (ledger, issues) = read_text(&text).unwrap();
        assert_eq!(issues, []);
        let line = &ledger[0];
        assert_eq!((line.row, line.quantity, line.licence_type), (2, 100.into(), Some(LicenceType::Perpetual)));
        assert_eq!((line.ss_end, line.order_date), (Some(date(2026, 12, 31)), Some(date(2020, 5, 4))));
        assert_eq!(
            (line.poe.as_str(), line.unit_price, line.currency.as_str()),
            ("P-7", Some(Decimal::new(125, 1)), "EUR")
        );
    }

    #[test]
    fn headers_of_people_are_known() {
        let (ledger, issues) = read_text("Part Number;Quantity;S&S end;SS-End\nD55V8LL;5;;2026-12-31\n").unwrap();
        assert_eq!(issues, []);
        assert_eq!((ledger[0].part_number.as_str(), ledger[0].ss_end), ("D55V8LL", Some(date(2026, 12, 31))));
    }

    #[test]
    fn a_line_that_cannot_be_used_is_left_out_with_its_reason() {
        for (line, code) in [
            ("MQ,,", "entitlement_quantity_invalid"),
            ("MQ,-5,", "entitlement_quantity_invalid"),
            ("MQ,\"1,000\",", "entitlement_quantity_invalid"),
            (",5,", "entitlement_without_product"),
            ("MQ,5,31.12.2026", "entitlement_day_invalid"),
        ] {
            let (ledger, issues) = read_text(&format!("product,quantity,ss_end\n{line}\nMQ,1,\n")).unwrap();
            assert_eq!(ledger.len(), 1, "{line}");
            assert_eq!((issues[0].code.as_ref(), issues[0].row), (code, Some(2)), "{line}");
        }
    }

    #[test]
    fn a_type_and_a_price_that_nobody_knows_are_only_told() {
        let (ledger, issues) = read_text("product,quantity,licence_type,unit_price\nMQ,5,lifelong,cheap\n").unwrap();
        assert_eq!((ledger[0].licence_type, ledger[0].unit_price), (None, None));
        assert!(issues.iter().all(|issue| issue.severity == Severity::Warning));
        assert_eq!(issues.len(), 2);
    }

    #[test]
    fn other_lists_are_no_ledgers() {
        for text in ["bundle,component,quantity\na,b,1\n", "date,site,points\n", "server,product\na,b\n", "a,b\n1,2\n"]
        {
            assert_eq!(read_text(text).unwrap_err().code, "file_not_entitlements", "{text}");
        }
    }
}

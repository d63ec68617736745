//! The ledger of Red Hat's subscriptions: `product,unit,quantity,start,end,note`.

use jiff::civil::Date;

use super::list::{self, Lines, List};
use super::sheet::Row;
use super::{Limits, Watch};
use crate::model::day;
use crate::model::issue::Issue;
use crate::model::red_hat::{RedHatSubscription, SubscriptionUnit};

/// What a file is called that is no such list.
const NOT_ONE: &str = "file_not_red_hat";

/// The columns, in the order of the template.
pub const COLUMNS: [&str; 6] = ["product", "unit", "quantity", "start", "end", "note"];

/// Reads such a ledger from CSV or from the first sheet of a workbook, and tells what of it cannot be used.
///
/// # Errors
/// When it is no such ledger, or cannot be read at all.
pub fn read(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<Lines<RedHatSubscription>, Issue> {
    list::read((name, bytes), NOT_ONE, limits, watch, lines)
}

/// Where the columns stand.
struct Columns {
    product: usize,
    unit: usize,
    quantity: usize,
    start: Option<usize>,
    end: Option<usize>,
    note: Option<usize>,
}

fn lines(list: &List<'_>) -> Result<Lines<RedHatSubscription>, Issue> {
    let columns = Columns {
        product: list.required("product")?,
        unit: list.required("unit")?,
        quantity: list.required("quantity")?,
        start: list.column("start"),
        end: list.column("end"),
        note: list.column("note"),
    };
    let (mut found, mut issues) = (Vec::new(), Vec::new());
    for row in list.rows() {
        match subscription(list, &columns, row) {
            Ok(line) => found.push(line),
            Err((place, code)) => issues.push(list.wrong(row, place, code)),
        }
    }
    Ok((found, issues))
}

/// A line, or the first cell that cannot be used.
fn subscription(list: &List<'_>, columns: &Columns, row: Row<'_>) -> Result<RedHatSubscription, (usize, &'static str)> {
    let product = row.cell(columns.product);
    if product.is_empty() {
        return Err((columns.product, "red_hat_product_blank"));
    }
    let unit = SubscriptionUnit::parse(row.cell(columns.unit)).ok_or((columns.unit, "red_hat_unit_invalid"))?;
    let quantity = list::quantity(row.cell(columns.quantity)).ok_or((columns.quantity, "red_hat_quantity_invalid"))?;
    let (start, end) = (day_in(row, columns.start)?, day_in(row, columns.end)?);
    if let (Some(first), Some(last), Some(place)) = (start, end, columns.end)
        && last < first
    {
        return Err((place, "red_hat_ends_before_start"));
    }
    let note = columns.note.map_or("", |place| row.cell(place)).to_owned();
    let file = list.file().to_owned();
    Ok(RedHatSubscription { file, row: row.line(), product: product.to_owned(), unit, quantity, start, end, note })
}

fn day_in(row: Row<'_>, place: Option<usize>) -> Result<Option<Date>, (usize, &'static str)> {
    match place.map(|place| (place, row.cell(place))) {
        None | Some((_, "")) => Ok(None),
        Some((place, cell)) => day::parse(cell).map(Some).ok_or((place, "red_hat_day_invalid")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Unwatched;

    #[test]
    fn a_unit_is_known_however_it_is_spelt_and_what_cannot_be_used_is_told_with_its_place() {
        let text = "product,unit,quantity,start,end,note\n\
            OpenShift,Core Pair,4,2026-01-01,2026-12-31,x\n\
            OpenShift,socket-pair,2,,,\n\
            OpenShift,core,2,,,\n\
            OpenShift,node,many,,,\n\
            OpenShift,node,1,soon,,\n\
            OpenShift,node,1,2026-02-01,2026-01-01,\n\
            ,node,1,,,\n";
        let (lines, issues) = read("r.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched).unwrap();
        let units: Vec<_> = lines.iter().map(|line| line.unit).collect();
        assert_eq!(units, [SubscriptionUnit::CorePair, SubscriptionUnit::SocketPair]);
        assert_eq!((lines[0].row, lines[0].end.map(|day| day.to_string()).as_deref()), (2, Some("2026-12-31")));
        let told: Vec<_> = issues.iter().map(|issue| (issue.code.as_ref(), issue.row)).collect();
        assert_eq!(
            told,
            [
                ("red_hat_unit_invalid", Some(4)),
                ("red_hat_quantity_invalid", Some(5)),
                ("red_hat_day_invalid", Some(6)),
                ("red_hat_ends_before_start", Some(7)),
                ("red_hat_product_blank", Some(8)),
            ]
        );
    }
}

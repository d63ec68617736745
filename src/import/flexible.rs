//! Components of Flexible Bundles with their points: `bundle,component,metric,points,quantity`.

use super::list::{self, Lines, List};
use super::{Limits, Watch};
use crate::model::flexible::FlexibleComponent;
use crate::model::issue::Issue;

/// What a file is called that is no such list.
const NOT_ONE: &str = "file_not_flexible";

/// The columns, in the order of the template.
pub const COLUMNS: [&str; 5] = ["bundle", "component", "metric", "points", "quantity"];

/// Reads such a list from CSV or from the first sheet of a workbook, and tells what of it cannot be used. A line without
/// points, or with points that are none, stays: the pool then is not known, which is better than too small.
///
/// # Errors
/// When it is no such list, or cannot be read at all.
pub fn read(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<Lines<FlexibleComponent>, Issue> {
    list::read((name, bytes), NOT_ONE, limits, watch, lines)
}

fn lines(list: &List<'_>) -> Result<Lines<FlexibleComponent>, Issue> {
    let mut issues = Vec::new();
    let (bundle, component, points) = (list.required("bundle")?, list.required("component")?, list.required("points")?);
    let (metric, quantity) = (list.column("metric"), list.column("quantity"));
    let mut components = Vec::new();
    for row in list.rows() {
        if let Some(place) = [bundle, component].into_iter().find(|place| row.cell(*place).is_empty()) {
            issues.push(list.wrong(row, place, "flexible_blank"));
            continue;
        }
        let mut number = |place: usize, fits: fn(rust_decimal::Decimal) -> bool, code| {
            let cell = row.cell(place);
            let number = list::quantity(cell).filter(|number| fits(*number));
            if number.is_none() && !cell.is_empty() {
                issues.push(list.wrong(row, place, code));
            }
            number
        };
        components.push(FlexibleComponent {
            file: list.file().to_owned(),
            row: row.line(),
            bundle: row.cell(bundle).to_owned(),
            component: row.cell(component).to_owned(),
            metric: metric.map(|place| row.cell(place)).filter(|cell| !cell.is_empty()).unwrap_or("PVU").to_owned(),
            points: number(points, |points| !points.is_zero(), "flexible_points_invalid"),
            quantity: quantity.and_then(|place| number(place, |_| true, "flexible_quantity_invalid")),
        });
    }
    Ok((components, issues))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Unwatched;

    fn read_text(text: &str) -> (Vec<FlexibleComponent>, Vec<String>) {
        let (lines, issues) = read("f.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched).unwrap();
        (lines, issues.iter().map(|issue| issue.code.to_string()).collect())
    }

    #[test]
    fn points_that_are_missing_or_none_leave_the_line_and_are_not_zero() {
        let (lines, codes) = read_text("bundle,component,points\nF,MQ,1.5\nF,Db2,\nF,WAS,0\nF,ACE,many\n");
        let points: Vec<_> = lines.iter().map(|line| line.points.map(|points| points.to_string())).collect();
        assert_eq!(points, [Some("1.5".to_owned()), None, None, None]);
        assert_eq!(codes, ["flexible_points_invalid", "flexible_points_invalid"]);
        assert_eq!(lines[0].metric, "PVU", "the metric of a blank is that of an estate");
    }

    #[test]
    fn a_quantity_may_be_typed_for_what_no_file_measures() {
        let (lines, codes) = read_text(
            "bundle,component,metric,points,quantity\nF,Cognos,Authorized User,20,15\nF,x,PVU,1,-1\n,x,,1,\n",
        );
        assert_eq!((lines.len(), lines[0].quantity, lines[1].quantity), (2, Some(15.into()), None));
        assert_eq!(codes, ["flexible_quantity_invalid", "flexible_blank"]);
    }
}

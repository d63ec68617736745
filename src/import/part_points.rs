//! Points per part: `part_number,points,from,entitled_discount,note`, one row per part and day from which they hold.

use std::collections::BTreeSet;

use super::list::{self, Lines, List};
use super::{Limits, Watch};
use crate::model::day;
use crate::model::issue::{Issue, Severity};
use crate::model::part_points::PartPoints;

/// What a file is called that is no such list.
const NOT_ONE: &str = "file_not_part_points";

/// Reads a list of points per part from CSV or from the first sheet of a workbook, and tells what of it cannot be used.
///
/// # Errors
/// When it is no such list, or cannot be read at all.
pub fn read(name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Lines<PartPoints>, Issue> {
    list::read((name, bytes), NOT_ONE, limits, watch, lines)
}

fn lines(list: &List<'_>) -> Result<Lines<PartPoints>, Issue> {
    let (part_number, points) = (list.required("part_number")?, list.required("points")?);
    let (from, entitled_discount, note) = (list.column("from"), list.column("entitled_discount"), list.column("note"));
    let mut issues = Vec::new();
    let mut known = BTreeSet::new();
    let mut parts = Vec::new();
    for row in list.rows() {
        let optional = |place: Option<usize>| place.map_or("", |place| row.cell(place));
        let number = row.cell(part_number);
        if number.is_empty() {
            issues.push(list.wrong(row, part_number, "part_points_without_part"));
            continue;
        }
        let Some(points_of_one) = list::quantity(row.cell(points)) else {
            issues.push(list.wrong(row, points, "part_points_invalid"));
            continue;
        };
        let since = day::parse(optional(from));
        if let Some(place) = from.filter(|_| since.is_none() && !optional(from).is_empty()) {
            issues.push(list.wrong(row, place, "part_points_day_invalid"));
            continue;
        }
        if !known.insert((number.to_ascii_uppercase(), since)) {
            issues.push(list.wrong(row, part_number, "part_points_twice"));
            continue;
        }
        let discount = yes_or_no(optional(entitled_discount));
        if let Some(place) = entitled_discount.filter(|_| discount.is_none() && !optional(entitled_discount).is_empty())
        {
            let issue = list.wrong(row, place, "part_points_discount_unknown");
            issues.push(Issue { severity: Severity::Warning, ..issue });
        }
        parts.push(PartPoints {
            part_number: number.to_owned(),
            points: points_of_one,
            from: since,
            entitled_discount: discount,
            note: optional(note).to_owned(),
        });
    }
    Ok((parts, issues))
}

fn yes_or_no(text: &str) -> Option<bool> {
    [("yes", true), ("no", false)].into_iter().find(|(word, _)| text.eq_ignore_ascii_case(word)).map(|(_, yes)| yes)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rust_decimal::Decimal;

    use super::*;
    use crate::import::Unwatched;

    fn read_text(text: &str) -> Result<Lines<PartPoints>, Issue> {
        read("points.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched)
    }

    #[test]
    fn a_row_gives_the_points_of_a_part_from_a_day_on() {
        let text = "part_number,points,from,entitled_discount,note\nD1,2.5,2025-01-01,No,quote 17\nD1,2,,,\n";
        let (parts, issues) = read_text(text).unwrap();
        let later = PartPoints {
            part_number: "D1".to_owned(),
            points: Decimal::new(25, 1),
            from: Some(date(2025, 1, 1)),
            entitled_discount: Some(false),
            note: "quote 17".to_owned(),
        };
        let always =
            PartPoints { points: 2.into(), from: None, entitled_discount: None, note: String::new(), ..later.clone() };
        assert_eq!((parts, issues), (vec![later, always], Vec::new()));
    }

    #[test]
    fn a_row_that_gives_no_points_of_a_part_from_a_day_on_is_left_out() {
        let text = "Part Number,Points,From\n,2,\nD1,,\nD1,-1,\nD1,2,1.1.2025\nD1,2,\nd1,3,\n";
        let (parts, issues) = read_text(text).unwrap();
        assert_eq!(parts.iter().map(|part| part.points).collect::<Vec<_>>(), [2.into()]);
        let told: Vec<_> = issues.iter().map(|one| (one.row.unwrap(), one.code.as_ref(), one.severity)).collect();
        let left_out = |row, code| (row, code, Severity::Error);
        assert_eq!(
            told,
            [
                left_out(2, "part_points_without_part"),
                left_out(3, "part_points_invalid"),
                left_out(4, "part_points_invalid"),
                left_out(5, "part_points_day_invalid"),
                left_out(7, "part_points_twice"),
            ]
        );
    }

    #[test]
    fn a_word_that_is_neither_yes_nor_no_leaves_the_discount_open() {
        let (parts, issues) = read_text("part_number,points,entitled_discount\nD1,2,maybe\nD2,2,YES\n").unwrap();
        assert_eq!(parts.iter().map(|part| part.entitled_discount).collect::<Vec<_>>(), [None, Some(true)]);
        assert_eq!((issues[0].code.as_ref(), issues[0].severity), ("part_points_discount_unknown", Severity::Warning));
    }

    #[test]
    fn another_table_is_no_list_of_points() {
        assert_eq!(read_text("part_number,quantity\nD1,2\n").unwrap_err().code, "file_not_part_points");
    }
}

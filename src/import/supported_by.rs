//! Which principal covers which supporting program: `product,principal,counts,reason`.

use super::list::{self, Lines, List};
use super::{Limits, Watch};
use crate::model::issue::Issue;
use crate::model::supporting::SupportedBy;

/// What a file is called that is no such list.
const NOT_ONE: &str = "file_not_supported_by";

/// The columns, in the order of the template.
pub const COLUMNS: [&str; 4] = ["product", "principal", "counts", "reason"];

/// Reads such a list from CSV or from the first sheet of a workbook, and tells what of it cannot be used.
///
/// # Errors
/// When it is no such list, or cannot be read at all.
pub fn read(name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Lines<SupportedBy>, Issue> {
    list::read((name, bytes), NOT_ONE, limits, watch, lines)
}

fn lines(list: &List<'_>) -> Result<Lines<SupportedBy>, Issue> {
    let mut issues = Vec::new();
    let columns = [list.required("product")?, list.required("principal")?, list.required("reason")?];
    let counts = list.column("counts");
    let mut supported = Vec::new();
    for row in list.rows() {
        let blank = columns.into_iter().find(|place| row.cell(*place).is_empty());
        let said = counts.map(|place| (place, yes_or_no(row.cell(place))));
        let problem = match (blank, said) {
            (Some(place), _) => Some((place, "supported_blank")),
            (None, Some((place, Err(())))) => Some((place, "supported_counts_invalid")),
            (None, _) => None,
        };
        if let Some((place, code)) = problem {
            issues.push(list.wrong(row, place, code));
            continue;
        }
        let [product, principal, reason] = columns.map(|place| row.cell(place).to_owned());
        let counts = said.and_then(|(_, said)| said.ok().flatten());
        let file = list.file().to_owned();
        supported.push(SupportedBy { file, row: row.line(), product, principal, counts, reason });
    }
    Ok((supported, issues))
}

/// `yes`, `no`, or not said; anything else is an error.
fn yes_or_no(text: &str) -> Result<Option<bool>, ()> {
    match text.to_ascii_lowercase().as_str() {
        "" => Ok(None),
        "yes" => Ok(Some(true)),
        "no" => Ok(Some(false)),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Unwatched;

    fn read_text(text: &str) -> (Vec<SupportedBy>, Vec<Issue>) {
        read("s.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched).unwrap()
    }

    #[test]
    fn what_covers_a_program_needs_a_reason() {
        let (lines, issues) = read_text("Product,Principal,Reason\nDb2,ODM,repository of ODM\nDb2,ODM,\n");
        assert_eq!((lines.len(), lines[0].row, lines[0].counts), (1, 2, None));
        assert_eq!((issues[0].code.as_ref(), issues[0].row), ("supported_blank", Some(3)));
    }

    #[test]
    fn whether_it_counts_is_yes_or_no_or_not_said() {
        let (lines, issues) =
            read_text("product,principal,counts,reason\na,b,Yes,r\na,b,no,r\na,b,,r\na,b,perhaps,r\n");
        let said: Vec<_> = lines.iter().map(|line| line.counts).collect();
        assert_eq!(said, [Some(true), Some(false), None]);
        assert_eq!((issues[0].code.as_ref(), issues[0].row), ("supported_counts_invalid", Some(5)));
    }

    #[test]
    fn a_list_without_a_principal_is_refused() {
        let refused = read("s.csv", b"product,reason\na,b\n", &Limits::PAGE, &mut Unwatched).unwrap_err();
        assert_eq!(refused.code, "file_not_supported_by");
    }
}

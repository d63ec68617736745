//! Which owned product counts for which needed one: `name,product,reason`.

use super::list::{self, Lines, List};
use super::{Limits, Watch};
use crate::model::entitlement::Alias;
use crate::model::issue::Issue;

/// What a file is called that is no such list.
const NOT_ONE: &str = "file_not_aliases";

/// Reads a list of aliases from CSV or from the first sheet of a workbook, and tells what of it cannot be used.
///
/// # Errors
/// When it is no such list, or cannot be read at all.
pub fn read(name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Lines<Alias>, Issue> {
    list::read((name, bytes), NOT_ONE, limits, watch, lines)
}

fn lines(list: &List<'_>) -> Result<Lines<Alias>, Issue> {
    let mut issues = Vec::new();
    let columns = [list.required("name")?, list.required("product")?, list.required("reason")?];
    let mut aliases = Vec::new();
    for row in list.rows() {
        let blank = columns.into_iter().find(|place| row.cell(*place).is_empty());
        if let Some(place) = blank {
            issues.push(list.wrong(row, place, "alias_blank"));
            continue;
        }
        let [name, product, reason] = columns.map(|place| row.cell(place).to_owned());
        aliases.push(Alias { name, product, reason });
    }
    Ok((aliases, issues))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Unwatched;

    #[test]
    fn an_alias_needs_a_reason() {
        let text = "name,product,reason\nIBM MQ,IBM WebSphere MQ,renamed in 2014\na,b,\n";
        let (aliases, issues) = read("a.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched).unwrap();
        assert_eq!((aliases.len(), aliases[0].product.as_str()), (1, "IBM WebSphere MQ"));
        assert_eq!((issues[0].code.as_ref(), issues[0].row), ("alias_blank", Some(3)));
    }
}

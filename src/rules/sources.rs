//! Where the rates come from: `sources.csv`, one line for each page, table or list.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::table::{self, TableProblem};

/// What stands in place of a source that nobody has found.
pub const NO_SOURCE: &str = "unverified, no source";

/// Something that was read to learn a rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Short name that the tables use.
    pub id: String,
    /// Day of the edition, where it is an edition of IBM's table itself.
    pub edition: Option<Date>,
    /// Address or title, and in brackets what should be known about it.
    pub text: String,
}

impl Source {
    /// The address, where it has one that a browser can open.
    pub fn address(&self) -> Option<&str> {
        self.text.split_whitespace().find(|word| word.starts_with("https://") || word.starts_with("http://"))
    }
}

static SOURCES: LazyLock<(Vec<Source>, Vec<TableProblem>)> = LazyLock::new(|| {
    table::read("src/rules/sources.csv", include_str!("sources.csv"), &["id", "edition", "text"], |row| {
        Ok(Source { id: row.get("id").to_owned(), edition: row.day("edition")?, text: row.get("text").to_owned() })
    })
});

/// All sources, in the order of the file.
pub fn all() -> &'static [Source] {
    &SOURCES.0
}

/// The source with this short name.
pub fn find(id: &str) -> Option<&'static Source> {
    all().iter().find(|source| source.id == id)
}

/// What does not fit in `sources.csv`.
pub(super) fn problems() -> &'static [TableProblem] {
    &SOURCES.1
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_source_has_a_name_of_its_own_and_a_text() {
        assert_eq!(problems(), []);
        let names: BTreeSet<&str> = all().iter().map(|source| source.id.as_str()).collect();
        assert_eq!(names.len(), all().len());
        assert!(all().iter().all(|source| !source.id.is_empty() && !source.text.is_empty()));
    }

    #[test]
    fn the_address_of_a_source_is_the_part_that_a_browser_can_open() {
        let table = find("pvu-2026").unwrap();
        assert_eq!(table.address(), Some("https://www.ibm.com/software/passportadvantage/pvu-licensing-for-customers"));
        assert_eq!(find("pvu-2021").unwrap().address(), None);
    }
}

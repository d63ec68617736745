//! Programs that come with another one: which principal they may be used with, each row with its licence text.
//!
//! `supporting_programs.csv` holds one row for each principal and component. A row is a suggestion: whether a program
//! in an estate runs in support of a principal is known to the user alone, and no row covers anything by itself.

use litemap::LiteMap;
use std::sync::LazyLock;

use super::bundles::matched_as;
use super::table::{self, RuleRow, TableProblem};
use crate::model::derivation::{Confidence, RuleReference, Title};

/// How a program comes with its principal (commercial facts, D1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A bundled program: what it uses counts against the entitlement of the principal.
    Bundled,
    /// A supporting program: used only in support of the principal.
    Supporting,
}

impl Role {
    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bundled => "bundled",
            Self::Supporting => "supporting",
        }
    }
}

/// A program that comes with a principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportingProgram {
    /// Name of the principal: the product or bundle that is entitled.
    pub principal: String,
    /// Version of the principal whose licence text says so.
    pub version: String,
    /// IBM's number of the principal, such as `5725-B69`; empty where the text names none.
    pub program: String,
    /// Name of the program that comes with it, without its version.
    pub component: String,
    /// Version of that program; empty where the text names none.
    pub component_version: String,
    /// How it comes with the principal.
    pub role: Role,
    /// The text that says so.
    pub source: String,
    /// How sure the row is.
    pub confidence: Confidence,
    /// The day or year of the text, as known.
    pub as_of: String,
    /// What else the text says.
    pub note: String,
    /// Line in the table, the header being line 1.
    pub line: u32,
}

impl SupportingProgram {
    /// The row as the rule behind a number.
    pub fn rule(&self) -> RuleReference {
        let parts = [self.component.as_str(), "with", &self.principal, &self.version, &self.as_of];
        let words: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        RuleReference {
            id: format!("supporting_programs:{}", self.line).into(),
            title: Title::Words(words.join(" ")),
            source: self.source.clone().into(),
            since: None,
            confidence: self.confidence,
        }
    }
}

const FILE: &str = "src/rules/supporting_programs.csv";

const HEADER: [&str; 10] = [
    "principal",
    "version",
    "program",
    "component",
    "component_version",
    "role",
    "source",
    "confidence",
    "as_of",
    "note",
];

static PROGRAMS: LazyLock<(Vec<SupportingProgram>, Vec<TableProblem>)> =
    LazyLock::new(|| table::read(FILE, include_str!("supporting_programs.csv"), &HEADER, program));

/// The rows by the name of their component, as names are compared.
static BY_COMPONENT: LazyLock<LiteMap<String, Vec<&'static SupportingProgram>>> = LazyLock::new(|| {
    let mut rows: LiteMap<String, Vec<&SupportingProgram>> = LiteMap::new();
    for row in all() {
        rows.entry(matched_as(&row.component)).or_default().push(row);
    }
    rows
});

fn program(row: &RuleRow<'_>) -> Result<SupportingProgram, String> {
    let blank = ["principal", "component", "source", "as_of"].into_iter().find(|column| row.get(column).is_empty());
    if let Some(column) = blank {
        return Err(format!("{column}: blank"));
    }
    let text = |column| row.get(column).to_owned();
    let role = [Role::Bundled, Role::Supporting].into_iter().find(|role| role.name() == row.get("role"));
    Ok(SupportingProgram {
        principal: text("principal"),
        version: text("version"),
        program: text("program"),
        component: text("component"),
        component_version: text("component_version"),
        role: role.ok_or_else(|| format!("role: {:?}", row.get("role")))?,
        source: text("source"),
        confidence: row.confidence()?,
        as_of: text("as_of"),
        note: text("note"),
        line: row.line,
    })
}

/// What does not fit in the table. A test holds it empty.
pub fn problems() -> &'static [TableProblem] {
    &PROGRAMS.1
}

/// All rows, in the order of the table: by principal, then by component.
pub fn all() -> &'static [SupportingProgram] {
    &PROGRAMS.0
}

/// The rows for a program, whatever its case, a leading "IBM", or the other name by which tools know it.
pub fn with_component(name: &str) -> impl Iterator<Item = &'static SupportingProgram> {
    BY_COMPONENT.get(&matched_as(name)).into_iter().flatten().copied()
}

/// The row for a program in support of a principal, both by name.
pub fn find(component: &str, principal: &str) -> Option<&'static SupportingProgram> {
    let principal = matched_as(principal);
    with_component(component).find(|row| matched_as(&row.principal) == principal)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_line_of_the_table_fits() {
        assert_eq!(problems(), []);
        assert_eq!(all().len(), 114, "the rows of kind supporting in the facts that the project gathered");
        let pairs: BTreeSet<_> = all().iter().map(|row| (&row.principal, &row.component)).collect();
        assert_eq!(pairs.len(), all().len(), "a principal and a component stand in one row");
    }

    #[test]
    fn a_row_that_does_not_fit_is_reported_with_file_and_line() {
        let text =
            format!("{}\nMQ,9.1,,Liberty,,friend,LI,high,2020,\nMQ,9.1,,,,bundled,LI,high,2020,\n", HEADER.join(","));
        let (rows, problems) = table::read(FILE, &text, &HEADER, program);
        assert_eq!(rows, []);
        let said: Vec<String> = problems.iter().map(TableProblem::to_string).collect();
        assert_eq!(
            said,
            [
                "src/rules/supporting_programs.csv:2: role: \"friend\"",
                "src/rules/supporting_programs.csv:3: component: blank"
            ]
        );
    }

    #[test]
    fn a_program_is_found_whatever_its_case_and_by_its_other_names() {
        for name in [
            "IBM WebSphere Application Server Network Deployment",
            "websphere application server NETWORK deployment",
            "WAS ND",
        ] {
            let principals: Vec<&str> = with_component(name).map(|row| row.principal.as_str()).collect();
            assert_eq!(
                principals,
                [
                    "IBM Cloud Pak for Business Automation",
                    "IBM InfoSphere Information Server",
                    "IBM Operational Decision Manager Server"
                ],
                "{name}"
            );
        }
        assert_eq!(with_component("IBM HTTP").count(), 0);
    }

    #[test]
    fn the_rule_of_a_row_names_its_licence_text() {
        let row = find("Db2 Standard Edition", "Operational Decision Manager Server").unwrap();
        assert_eq!((row.component_version.as_str(), row.role, row.as_of.as_str()), ("11.5", Role::Supporting, "2021"));
        assert!(row.rule().source.contains("L-ASAY-C55D8E"), "{:?}", row.rule());
        assert_eq!(find("IBM MQ", "IBM MQ Advanced").map(|row| row.role), Some(Role::Bundled));
        assert_eq!(find("IBM MQ", "IBM Event Streams"), None);
    }
}

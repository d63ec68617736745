//! The PVU table: the rate of each processor, with its date, its sources and how sure we are of it.
//!
//! `pvu_table.csv` is the catalogue itself, to be reviewed by people who know the licences; this file reads it. No
//! source shows IBM ending or lowering a rate, so rows have a first day (`since`) and no last one.
//!
//! | column | what it says |
//! |---|---|
//! | `kind` | [`RowKind`] |
//! | `vendor`, `family`, `name`, `models` | words for people; `vendor` and `family` together name the tiers that belong together |
//! | `architecture` | a word that alone already means all rows of that architecture, such as `power` |
//! | `model_match`, `family_match`, `unless` | which names the row is for ([`super::pattern`]): a model, a family alone, and words that rule it out |
//! | `os` | `linux`: an exception for that system, whatever the model |
//! | `cores_per_chip` | [`CoresPerChip`]; blank is any |
//! | `tier_by`, `sockets_min`, `sockets_max` | [`TierBy`] and the sockets that IBM prints |
//! | `pvu_per_core` | the rate; blank where IBM gives none |
//! | `since` | since when the row is known |
//! | `sources`, `confidence`, `note` | names from `sources.csv`, strongest first; how sure; what else there is to know |

use std::borrow::Cow;
use std::str::FromStr;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::pattern::Pattern;
use super::sources::{self, NO_SOURCE, Source};
use super::table::{self, Problem, Row};
use crate::model::derivation::{Confidence, RuleReference, Title};

/// One row of the PVU table.
#[derive(Clone, Debug)]
pub struct PvuRow {
    /// The line in `pvu_table.csv`, the header being line 1.
    pub line: u32,
    /// What the row is.
    pub kind: RowKind,
    /// Who makes the processor.
    pub vendor: String,
    /// The processors that share a way of rating; rows of one vendor and family are its tiers or models.
    pub family: String,
    /// What the row is called, in words that are the same in every language.
    pub name: String,
    /// Models and brand names that the row is for, as a reader knows them.
    pub models: String,
    /// The word that alone means all rows of the architecture; empty where there is none.
    pub architecture: String,
    /// Whether the row is an exception for Linux, whatever the model.
    pub linux: bool,
    /// The cores on one chip; `None` is any.
    pub cores_per_chip: Option<CoresPerChip>,
    /// What decides between the rows of a family.
    pub tier_by: TierBy,
    /// The fewest sockets that a server of this row can hold; `None` is no limit.
    pub sockets_min: Option<u32>,
    /// The most sockets that a server of this row can hold; `None` is no limit.
    pub sockets_max: Option<u32>,
    /// PVU for each core; `None` where IBM gives no rate.
    pub pvu_per_core: Option<u32>,
    /// Since when the row is known; `None` is not known.
    pub since: Option<Date>,
    /// Where the rate comes from, strongest first; none where nobody has found a source.
    pub sources: Vec<&'static Source>,
    /// How sure we are of the rate.
    pub confidence: Confidence,
    /// What else there is to know.
    pub note: String,
    model_match: Pattern,
    family_match: Pattern,
    unless: Vec<Pattern>,
}

/// What a row of the table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// A processor of the table.
    Processor,
    /// A flat rate of a public cloud.
    Cloud,
    /// What is taken when nothing fits.
    Default,
    /// Something to know about processors that have no row of their own.
    Note,
}

/// How many cores are on one chip, as far as it matters to a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CoresPerChip {
    /// One.
    One,
    /// Two or more.
    Several,
}

/// What decides between the rows of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TierBy {
    /// Nothing: the family has one row.
    Nothing,
    /// The most sockets that the server can hold.
    Sockets,
    /// The model; the sockets only repeat what IBM prints.
    Model,
}

/// How much of a name a row is asked to recognise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// The model, such as E980.
    Model,
    /// The family alone, such as POWER9.
    Family,
    /// The architecture alone, such as POWER.
    Architecture,
}

/// Every row of the table, in the order of the file.
pub struct PvuTable {
    rows: Vec<PvuRow>,
    problems: Vec<Problem>,
}

const HEADER: [&str; 19] = [
    "kind",
    "vendor",
    "family",
    "name",
    "models",
    "architecture",
    "model_match",
    "family_match",
    "unless",
    "os",
    "cores_per_chip",
    "tier_by",
    "sockets_min",
    "sockets_max",
    "pvu_per_core",
    "since",
    "sources",
    "confidence",
    "note",
];

static TABLE: LazyLock<PvuTable> = LazyLock::new(|| {
    let (rows, problems) = table::read("src/rules/pvu_table.csv", include_str!("pvu_table.csv"), &HEADER, PvuRow::read);
    PvuTable { rows, problems }
});

/// Day of the newest edition of IBM's table that any row rests on.
pub fn table_date() -> Option<Date> {
    TABLE.rows.iter().flat_map(|row| &row.sources).filter_map(|source| source.edition).max()
}

impl PvuTable {
    /// The table, read once.
    pub fn get() -> &'static Self {
        &TABLE
    }

    /// The rows, in the order of the file.
    pub fn rows(&self) -> &[PvuRow] {
        &self.rows
    }

    /// The row on this line of the file, the header being line 1.
    pub fn at_line(&self, line: u32) -> Option<&PvuRow> {
        self.rows.iter().find(|row| row.line == line)
    }

    /// What does not fit in the table or in the list of its sources. A test holds it empty.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().chain(sources::problems())
    }

    /// The rows that are tiers of one family, from the fewest sockets to the most.
    pub(super) fn tiers(&self, row: &PvuRow) -> Vec<&PvuRow> {
        let mut tiers: Vec<&PvuRow> = self
            .rows
            .iter()
            .filter(|other| {
                other.tier_by == TierBy::Sockets && other.vendor == row.vendor && other.family == row.family
            })
            .collect();
        tiers.sort_by_key(|tier| tier.sockets_max.unwrap_or(u32::MAX));
        tiers
    }

    /// The row for a processor that nothing fits: what ILMT takes.
    pub(super) fn fallback(&self) -> Option<&PvuRow> {
        self.rows
            .iter()
            .find(|row| row.kind == RowKind::Default && row.architecture.is_empty() && row.pvu_per_core.is_some())
    }

    /// The exception for Linux on an architecture.
    pub(super) fn linux_exception(&self, architecture: &str) -> Option<&PvuRow> {
        self.rows.iter().find(|row| row.linux && row.architecture == architecture && row.pvu_per_core.is_some())
    }

    /// The flat rate of the public cloud for an architecture.
    pub(super) fn cloud_rate(&self, architecture: &str) -> Option<&PvuRow> {
        let rate =
            |architecture| self.rows.iter().find(|row| row.kind == RowKind::Cloud && row.architecture == architecture);
        rate(architecture).or_else(|| rate(""))
    }

    /// The highest rate of all: what to take when even the row for the unknown is missing.
    pub(super) fn highest_rate(&self) -> u32 {
        self.rows.iter().filter_map(|row| row.pvu_per_core).max().unwrap_or_default()
    }
}

impl PvuRow {
    fn read(row: &Row<'_>) -> Result<Self, String> {
        let text = |column| row.get(column).to_owned();
        let unless = row.get("unless").split_whitespace();
        let mut sources = Vec::new();
        for id in row.get("sources").split(';').map(str::trim).filter(|id| !id.is_empty()) {
            sources.push(sources::find(id).ok_or_else(|| format!("sources: {id:?} is not in sources.csv"))?);
        }
        let kind = match row.get("kind") {
            "row" => RowKind::Processor,
            "cloud" => RowKind::Cloud,
            "default" => RowKind::Default,
            "note" => RowKind::Note,
            other => return Err(format!("kind: {other:?}")),
        };
        let sockets_min = row.parse("sockets_min")?;
        let sockets_max = row.parse("sockets_max")?;
        if matches!((sockets_min, sockets_max), (Some(min), Some(max)) if min > max) {
            return Err("sockets_min is above sockets_max".to_owned());
        }
        Ok(Self {
            line: row.line,
            kind,
            vendor: text("vendor"),
            family: text("family"),
            name: text("name"),
            models: text("models"),
            architecture: text("architecture"),
            linux: match row.get("os") {
                "" => false,
                "linux" => true,
                other => return Err(format!("os: {other:?}")),
            },
            cores_per_chip: match row.get("cores_per_chip") {
                "" => None,
                "1" => Some(CoresPerChip::One),
                "2+" => Some(CoresPerChip::Several),
                other => return Err(format!("cores_per_chip: {other:?}")),
            },
            tier_by: match row.get("tier_by") {
                "none" => TierBy::Nothing,
                "sockets" => TierBy::Sockets,
                "model" => TierBy::Model,
                other => return Err(format!("tier_by: {other:?}")),
            },
            sockets_min,
            sockets_max,
            pvu_per_core: row.parse("pvu_per_core")?,
            since: row.parse("since")?,
            sources,
            confidence: match row.get("confidence") {
                "high" => Confidence::High,
                "medium-high" => Confidence::MediumHigh,
                "medium" => Confidence::Medium,
                "low" => Confidence::Low,
                other => return Err(format!("confidence: {other:?}")),
            },
            note: text("note"),
            model_match: Pattern::from_str(row.get("model_match"))?,
            family_match: Pattern::from_str(row.get("family_match"))?,
            unless: unless.map(Pattern::from_str).collect::<Result<_, _>>()?,
        })
    }

    /// Whether the row is for a name of these words.
    pub(super) fn is_for(&self, words: &[&str], level: Level) -> bool {
        let named = match level {
            Level::Model => self.model_match.matches(words),
            Level::Family => self.family_match.matches(words),
            Level::Architecture => !self.linux && words.contains(&self.architecture.as_str()),
        };
        named && !self.unless.iter().any(|word| word.matches(words))
    }

    /// Whether anything shows where the rate comes from.
    pub const fn has_source(&self) -> bool {
        !self.sources.is_empty()
    }

    /// All sources in one line, strongest first.
    pub fn source(&self) -> Cow<'static, str> {
        match self.sources.as_slice() {
            [] => Cow::Borrowed(NO_SOURCE),
            [source] => Cow::Borrowed(&source.text),
            sources => {
                let texts: Vec<&str> = sources.iter().map(|source| source.text.as_str()).collect();
                Cow::Owned(texts.join(" ; "))
            }
        }
    }

    /// The sockets that the row names: `1-2`, `5+`, or nothing.
    pub fn sockets_text(&self) -> String {
        match (self.sockets_min, self.sockets_max) {
            (None, None) => String::new(),
            (Some(min), None) => format!("{min}+"),
            (None, Some(max)) => format!("1-{max}"),
            (Some(min), Some(max)) if min == max => format!("{min}"),
            (Some(min), Some(max)) => format!("{min}-{max}"),
        }
    }

    /// The row as the rule behind a rate. It names the strongest source; [`PvuRow::source`] has them all.
    pub fn rule(&self) -> RuleReference {
        RuleReference {
            id: Cow::Owned(format!("pvu_table:{}", self.line)),
            title: Title::Words(self.name.clone()),
            source: self.sources.first().map_or(Cow::Borrowed(NO_SOURCE), |source| Cow::Borrowed(source.text.as_str())),
            since: self.since,
            confidence: self.confidence,
        }
    }
}

impl PartialEq for PvuRow {
    /// Rows are the same when they stand on the same line.
    fn eq(&self, other: &Self) -> bool {
        self.line == other.line
    }
}

impl Eq for PvuRow {}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_row_of_the_table_fits() {
        let problems: Vec<String> = PvuTable::get().problems().map(Problem::to_string).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        assert_eq!(PvuTable::get().rows().len(), 79);
    }

    #[test]
    fn every_rate_is_one_that_ibm_has_used() {
        for row in PvuTable::get().rows() {
            if let Some(rate) = row.pvu_per_core {
                assert!([30, 50, 70, 80, 100, 120].contains(&rate), "line {}: {rate}", row.line);
            }
        }
    }

    #[test]
    fn three_rows_have_no_rate_on_purpose() {
        let blank: Vec<&str> = PvuTable::get()
            .rows()
            .iter()
            .filter(|row| row.pvu_per_core.is_none())
            .map(|row| row.name.as_str())
            .collect();
        assert_eq!(blank, ["IBM System i hosts", "ARM servers on premises", "Processor not in IBM's table"]);
    }

    #[test]
    fn every_row_can_be_named_or_is_a_default() {
        for row in PvuTable::get().rows() {
            let named = row.model_match != Pattern::default() || row.family_match != Pattern::default();
            assert_eq!(named, row.kind != RowKind::Default, "line {}", row.line);
            assert!(!row.name.is_empty() && !row.note.is_empty(), "line {}", row.line);
        }
    }

    #[test]
    fn the_tiers_of_a_family_do_not_overlap() {
        for row in PvuTable::get().rows().iter().filter(|row| row.tier_by == TierBy::Sockets) {
            let tiers = PvuTable::get().tiers(row);
            for pair in tiers.windows(2) {
                assert!(pair[0].sockets_max < pair[1].sockets_min, "lines {} and {}", pair[0].line, pair[1].line);
                assert!(pair[0].pvu_per_core <= pair[1].pvu_per_core, "lines {} and {}", pair[0].line, pair[1].line);
            }
        }
    }

    #[test]
    fn the_table_is_as_new_as_its_newest_edition() {
        assert_eq!(table_date(), Some(date(2026, 1, 9)));
    }

    #[test]
    fn a_row_says_its_sockets_and_its_sources_in_words() {
        let row = |name: &str| PvuTable::get().rows().iter().find(|row| row.name == name).unwrap();
        assert_eq!(row("Intel Xeon, All Existing, up to 2 sockets").sockets_text(), "1-2");
        assert_eq!(row("Intel Xeon, All Existing, more than 4 sockets").sockets_text(), "5+");
        assert_eq!(row("IBM POWER9 E950").sockets_text(), "4");
        assert_eq!(row("AMD EPYC").sockets_text(), "1-2");
        assert_eq!(row("SPARC T3").source(), NO_SOURCE);
        assert!(row("IBM POWER8 E850").source().contains(" ; "));
        assert_eq!(row("IBM POWER9 E980").rule().id, "pvu_table:9");
    }
}

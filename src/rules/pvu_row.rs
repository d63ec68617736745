//! One row of the PVU table: what it says, and how it is read from its line of `pvu_table.csv`.

use std::borrow::Cow;
use std::str::FromStr;

use jiff::civil::Date;

use super::pattern::Pattern;
use super::sources::{self, NO_SOURCE, Source};
use super::table::RuleRow;
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
    pub(super) model_match: Pattern,
    pub(super) family_match: Pattern,
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

impl CoresPerChip {
    /// As a number of cores.
    pub(super) const fn of(cores: u32) -> Self {
        if cores == 1 { Self::One } else { Self::Several }
    }
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
pub(super) enum MatchDepth {
    /// The model, such as E980.
    Model,
    /// The family alone, such as POWER9.
    Family,
    /// The architecture alone, such as POWER.
    Architecture,
}

/// The columns of the table.
pub(super) const HEADER: [&str; 19] = [
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

impl PvuRow {
    /// Reads a line of the table.
    pub(super) fn read(row: &RuleRow<'_>) -> Result<Self, String> {
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
            since: row.day("since")?,
            sources,
            confidence: row.confidence()?,
            note: text("note"),
            model_match: Pattern::from_str(row.get("model_match"))?,
            family_match: Pattern::from_str(row.get("family_match"))?,
            unless: unless.map(Pattern::from_str).collect::<Result<_, _>>()?,
        })
    }

    /// Whether the row is for a name of these words.
    pub(super) fn is_for(&self, words: &[&str], level: MatchDepth) -> bool {
        let named = match level {
            MatchDepth::Model => self.model_match.matches(words),
            MatchDepth::Family => self.family_match.matches(words),
            MatchDepth::Architecture => !self.linux && words.contains(&self.architecture.as_str()),
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

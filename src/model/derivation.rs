//! How a number comes about: a tree that the page, the print and the terminal show, each in its own way.

use std::borrow::Cow;
use std::num::NonZeroU32;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::message::Message;
use super::money::Currency;

/// One step of a derivation: a value, the rule that gives it, and what went in.
///
/// # Examples
///
/// ```rust
/// # use highwater::engine::{Quantity, Settings, explain};
/// # use highwater::import::{Limits, Unwatched, template};
/// # use highwater::model::{estate::Estate, metric::Metric};
/// use highwater::model::derivation::{Derivation, Input};
///
/// /// The cells of a column that a value rests on, wherever in the tree they were read.
/// fn read<'a>(step: &'a Derivation, column: &str) -> Vec<&'a Input> {
///     let own = step.inputs.iter().filter(|input| input.column == column);
///     own.chain(step.children.iter().flat_map(|child| read(child, column))).collect()
/// }
///
/// let csv = "server,processor,sockets,cores,technology,partition,partition_cores,product,metric\n\
///     s1,Intel Xeon Gold 6130,2,32,vmware,vm1,8,IBM MQ,PVU\n";
/// # let mut estate = Estate::default();
/// # template::read(&mut estate, "estate.csv", csv.as_bytes(), &Limits::TERMINAL, &mut Unwatched).unwrap();
/// # let settings = Settings::default();
/// let found = explain(&estate, &[], &settings, "IBM MQ", Metric::Pvu, Quantity::SubCapacity).unwrap();
/// assert_eq!(found.value, Some(560.into())); // 8 cores x 70 PVU.
/// let cells = read(&found, "partition_cores");
/// assert_eq!((cells.len(), cells[0].row, cells[0].value.as_str()), (1, 2, "8")); // The header is line 1.
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Derivation {
    /// What the value is.
    pub label: Message,
    /// The value; `None` is not known.
    #[serde(with = "super::number::optional")]
    pub value: Option<Decimal>,
    /// What the value counts.
    pub unit: Unit,
    /// How the value follows from the children.
    pub operation: Operation,
    /// The rule that says so.
    pub rule: RuleReference,
    /// The cells that were read.
    pub inputs: Vec<Input>,
    /// What else a reader should know: an assumption, a choice that is ours, a doubt.
    pub notes: Vec<Message>,
    /// The values it follows from.
    pub children: Vec<Derivation>,
    /// How many more values it follows from, where the page has only the first ones.
    pub further: usize,
}

/// What a value counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Processor value units.
    Pvu,
    /// Resource value units.
    Rvu,
    /// Virtual processor cores.
    Vpc,
    /// Physical or virtual cores.
    Cores,
    /// Processor value units for each core.
    PvuPerCore,
    /// Units of another metric, or a number of packs.
    Units,
    /// Points of volume pricing.
    Points,
    /// An amount of money.
    Money(Currency),
    /// A pure number: so many of so many. Of 1 it is the number itself, of 100 a percentage, of 12 so many twelfths.
    /// In a product it counts as the quotient.
    Ratio {
        /// How many make one.
        of: NonZeroU32,
    },
}

impl Unit {
    /// A number.
    pub const NUMBER: Self = Self::Ratio { of: NonZeroU32::MIN };

    /// A percentage.
    pub const PERCENT: Self = Self::Ratio { of: NonZeroU32::MIN.saturating_add(99) };

    /// By how much a value is divided where it is a factor: a ratio by how many make one, anything else by 1.
    pub const fn divisor(&self) -> NonZeroU32 {
        match self {
            Self::Ratio { of } => *of,
            Self::Pvu
            | Self::Rvu
            | Self::Vpc
            | Self::Cores
            | Self::PvuPerCore
            | Self::Units
            | Self::Points
            | Self::Money(_) => NonZeroU32::MIN,
        }
    }
}

/// How a value follows from those of the children.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// It does not: it was read from a file, taken from a table, or is a total whose parts are shown as inputs.
    Given,
    /// All children added.
    Sum,
    /// All children multiplied.
    Product,
    /// All children multiplied, then rounded to so many decimals, a half up.
    RoundedProduct {
        /// How many decimals are left.
        decimals: u32,
    },
    /// The smallest child: the lower of what is wanted and what is there.
    Least,
    /// The largest child: the higher of several rows or days.
    Greatest,
    /// The children added, then rounded up to a whole number.
    SumRoundedUp,
    /// The first child less the others.
    Difference,
    /// The first child times the second, divided by the third, then rounded up to a whole number.
    Converted,
    /// The children added, then put through the tiers of the resource value unit, then rounded up.
    RvuTiers,
}

/// The rule behind a step, with its date and source.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RuleReference {
    /// Stable name, for example `sub_capacity.server_cap` or `pvu_table:62`.
    pub id: Cow<'static, str>,
    /// What the rule says, in words.
    pub title: Title,
    /// Where IBM, or whoever else, says so.
    pub source: Cow<'static, str>,
    /// Since when it is known to hold.
    #[serde(default, deserialize_with = "super::day::read_optional")]
    pub since: Option<Date>,
    /// How sure we are of it.
    pub confidence: Confidence,
}

impl RuleReference {
    /// A rule whose title is one of our texts.
    pub const fn keyed(
        id: &'static str,
        title: &'static str,
        source: &'static str,
        since: Option<Date>,
        confidence: Confidence,
    ) -> Self {
        let (id, source) = (Cow::Borrowed(id), Cow::Borrowed(source));
        Self { id, title: Title::Key(Cow::Borrowed(title)), source, since, confidence }
    }
}

/// The title of a rule: a key of our texts, or the wording of a table's row.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Title {
    /// Key of a text.
    Key(Cow<'static, str>),
    /// Words of a table, the same in every language.
    Words(String),
}

/// How sure a rule or a rate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// IBM's own page or code, or a real export of its tool.
    High,
    /// Between high and medium: the sources differ.
    MediumHigh,
    /// A licensed partner's documentation, or IBM but old or indirect.
    Medium,
    /// Consultancy or press, or no source at all.
    Low,
    /// A decision of Highwater where IBM publishes nothing.
    Ours,
}

impl Confidence {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::High, Self::MediumHigh, Self::Medium, Self::Low, Self::Ours];

    /// The name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::MediumHigh => "medium-high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Ours => "ours",
        }
    }

    /// Key of the word for it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::High => "page.confidence.high",
            Self::MediumHigh => "page.confidence.medium_high",
            Self::Medium => "page.confidence.medium",
            Self::Low => "page.confidence.low",
            Self::Ours => "page.confidence.ours",
        }
    }
}

/// A cell that a step has read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Name of the file.
    pub file: String,
    /// Line in the file, the header being line 1.
    pub row: u32,
    /// Header of the column.
    pub column: Cow<'static, str>,
    /// The text that stands there.
    pub value: String,
}

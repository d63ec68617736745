//! The units in which products are licensed, and the words in which files name them.

mod fold;
mod words;

use serde::{Deserialize, Serialize};

/// The unit a product is licensed in. The order is that of reports: bytewise by the name of the metric.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Metric {
    /// Processor value unit: cores times the rate of the processor. What a blank means (semantics, section 5).
    #[default]
    Pvu,
    /// Resource value unit for managed activated processor cores (MAPC): cores through tiers.
    Rvu,
    /// Virtual processor core: cores.
    Vpc,
}

impl Metric {
    /// The name as IBM and the files write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pvu => "PVU",
            Self::Rvu => "RVU",
            Self::Vpc => "VPC",
        }
    }

    /// The metric that a word of the list means, where it is one of these three.
    ///
    /// # Examples
    ///
    /// ```rust
    /// use highwater::model::metric::Metric;
    ///
    /// // IBM's code, its long name, and its name with the acronym in brackets.
    /// for word in ["pvu", "PROCESSOR_VALUE_UNIT", "Processor Value Unit (PVU)"] {
    ///     assert_eq!(Metric::parse(word), Some(Metric::Pvu));
    /// }
    /// // A metric that is known, but counts no cores.
    /// assert_eq!(Metric::parse("Authorized User"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let code = known(text)?;
        [Self::Pvu, Self::Rvu, Self::Vpc].into_iter().find(|metric| metric.name() == code)
    }
}

/// The code of any metric, however a file writes it: `PVU`, `VPC`, `RVU`, `MVS`, `AUTHORIZED_USER` and the others of
/// the list. A word that the list does not have becomes its own code, in capitals: it is equal to itself and to nothing
/// else. Empty stays empty.
pub fn code(text: &str) -> String {
    known(text).map_or_else(|| readable(text), str::to_owned)
}

/// A code as people write it: acronyms as they are, of the others the word of the list, else their words with capitals.
///
/// # Examples
///
/// ```rust
/// use highwater::model::metric::written;
///
/// assert_eq!(written("PVU"), "PVU");
/// assert_eq!(written("AUTHORIZED_USER"), "Authorized User");
/// assert_eq!(written("LIMITED_USE_SOCKET"), "Limited Use Socket");
/// ```
pub fn written(code: &str) -> String {
    let is_code = code.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_');
    if !is_code || code.len() <= ACRONYM {
        return code.to_owned();
    }
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect::<String>()
    };
    words::english(code).map_or_else(|| code.split('_').map(capital).collect::<Vec<_>>().join(" "), str::to_owned)
}

/// Codes of at most so many letters are acronyms, which nobody writes out.
const ACRONYM: usize = 3;

/// Whether the list has this word. A blank is no word.
pub fn is_known(text: &str) -> bool {
    known(text).is_some()
}

/// Whether a word says that every core of the server counts: `PVU - Full capacity`, `PVU_FULL_CAP`.
pub fn is_full_capacity(text: &str) -> bool {
    let folded = fold::folded(text);
    words::capacity(&folded).is_some_and(|(_, is_full)| is_full)
}

/// The code of a word that the list has. Compared are letters and digits alone. An acronym in brackets tells the metric
/// in any language; words in brackets that nobody knows may change what is counted, and make the whole unknown.
fn known(text: &str) -> Option<&'static str> {
    if let Some(code) = listed(&fold::folded(text)) {
        return Some(code);
    }
    let (outside, inside) = fold::bracketed(text)?;
    let (outside, inside) = (fold::folded(&outside), fold::folded(&inside));
    match (listed(&outside), listed(&inside)) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (None, Some(code)) => words::is_acronym(without_capacity(&inside)).then_some(code),
        (_, None) => None,
    }
}

/// The code of a folded text: as the list has it, and without what is added to it.
fn listed(folded: &str) -> Option<&'static str> {
    let bare = without_capacity(folded);
    let bare = ["ibm", "per"].iter().find_map(|word| bare.strip_prefix(word)).filter(|rest| !rest.is_empty());
    let forms = [Some(folded), Some(without_capacity(folded)), bare];
    forms.into_iter().flatten().find_map(|form| words::code(form).or_else(|| words::code(form.strip_suffix('s')?)))
}

/// A folded text without the words that say how the capacity is counted.
fn without_capacity(folded: &str) -> &str {
    words::capacity(folded).map_or(folded, |(rest, _)| rest)
}

/// A word as a code of its own: its letters and digits in capitals, an underscore for everything between.
fn readable(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && !fold::is_mark(letter));
    words.filter(|word| !word.is_empty()).map(str::to_uppercase).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests;

//! The name of a processor without what makes no difference.

/// Words and marks that say nothing about the rate.
const IDLE_WORDS: [&str; 2] = ["cpu", "processor"];

/// Marks that only separate words.
const SPACES: [char; 13] = [',', ';', ':', '(', ')', '[', ']', '*', '/', '_', '®', '™', '©'];

/// What editors and web pages make of a hyphen.
const DASHES: [char; 6] = ['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}'];

/// What a frequency is counted in.
const UNITS: [&str; 2] = ["mhz", "ghz"];

/// A name has never more words than this; the rest of a longer text is not looked at.
const MOST_WORDS: usize = 64;

/// A name, folded: lower case, without trade marks, the words CPU and Processor, and everything from `@` (the
/// frequency); commas, colons, brackets, stars, slashes and underscores are spaces, dashes of every kind are hyphens, and
/// spaces are single.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Folded(String);

impl Folded {
    /// Folds a name.
    pub fn new(text: &str) -> Self {
        let before_frequency = text.split('@').next().unwrap_or_default();
        let lower = before_frequency.to_lowercase().replace("(r)", " ").replace("(tm)", " ").replace("(c)", " ");
        let lower = lower.replace(DASHES, "-");
        let words = lower
            .split(|c: char| c.is_whitespace() || SPACES.contains(&c))
            .filter(|word| !word.is_empty() && !IDLE_WORDS.contains(word));
        let mut folded = String::new();
        for word in words.take(MOST_WORDS) {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        Self(folded)
    }

    /// The words, in their order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ').filter(|word| !word.is_empty())
    }

    /// The words without those of a frequency, which stand without `@` in some names: `3200 MHz` is no processor.
    pub(super) fn naming_words(&self) -> impl Iterator<Item = &str> {
        let next = self.words().skip(1).map(Some).chain([None]);
        self.words()
            .zip(next)
            .filter(|(word, next)| {
                let number = UNITS.iter().find_map(|unit| word.strip_suffix(unit));
                let before_unit = next.is_some_and(|next| UNITS.contains(&next));
                !(number.is_some_and(is_decimal) || before_unit && is_decimal(word))
            })
            .map(|(word, _)| word)
    }

    /// The words with single spaces between them.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is left.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether nothing but digits and points stands there.
fn is_decimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_of_one_processor_fold_to_the_same_text() {
        let spellings = [
            "Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz",
            "intel xeon e5-2690 V4",
            "  Intel®  Xeon®\tProcessor E5-2690 v4 @ 2.60 GHz",
            "INTEL XEON, E5-2690 v4",
        ];
        for spelling in spellings {
            assert_eq!(Folded::new(spelling).as_str(), "intel xeon e5-2690 v4", "{spelling}");
        }
    }

    #[test]
    fn a_trade_mark_between_two_words_separates_them() {
        assert_eq!(Folded::new("Intel(R) Core(TM)2 Duo CPU").as_str(), "intel core 2 duo");
    }

    #[test]
    fn a_frequency_names_no_processor() {
        for spelling in ["Intel Xeon 3200 MHz", "Intel Xeon 3200MHz", "Intel Xeon 3.20 GHz", "Intel Xeon"] {
            assert_eq!(Folded::new(spelling).naming_words().collect::<Vec<_>>(), ["intel", "xeon"], "{spelling}");
        }
    }

    #[test]
    fn a_dash_of_any_kind_is_a_hyphen() {
        assert_eq!(Folded::new("IBM,9009\u{2011}42A*7812345").as_str(), "ibm 9009-42a 7812345");
    }

    #[test]
    fn letters_that_tell_models_apart_stay() {
        assert_ne!(Folded::new("S822"), Folded::new("S822L"));
        assert_ne!(Folded::new("POWER7"), Folded::new("POWER7+"));
    }

    #[test]
    fn a_name_of_idle_words_folds_to_nothing() {
        assert!(Folded::new(" (R) CPU Processor @ 3 GHz").is_empty());
    }
}

//! The name of a processor without what makes no difference.

/// Words and marks that say nothing about the rate.
const IDLE_WORDS: [&str; 2] = ["cpu", "processor"];

/// A name has never more words than this; the rest of a longer text is not looked at.
const MOST_WORDS: usize = 64;

/// A name, folded: lower case, without trade marks, the words CPU and Processor, and everything from `@` (the
/// frequency); commas, brackets, slashes and underscores are spaces, and spaces are single.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Folded(String);

impl Folded {
    /// Folds a name.
    pub fn new(text: &str) -> Self {
        let before_frequency = text.split('@').next().unwrap_or_default();
        let lower = before_frequency.to_lowercase().replace("(r)", " ").replace("(tm)", " ").replace("(c)", " ");
        let words = lower
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '/' | '_' | '®' | '™' | '©'))
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

    /// The words with single spaces between them.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is left.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
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
    fn letters_that_tell_models_apart_stay() {
        assert_ne!(Folded::new("S822"), Folded::new("S822L"));
        assert_ne!(Folded::new("POWER7"), Folded::new("POWER7+"));
    }

    #[test]
    fn a_name_of_idle_words_folds_to_nothing() {
        assert!(Folded::new(" (R) CPU Processor @ 3 GHz").is_empty());
    }
}

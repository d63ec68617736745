//! The little language in which `pvu_table.csv` says which names a row is for.
//!
//! | written | means |
//! |---|---|
//! | `a b; c` | the words `a` and `b`, in any order, or the word `c` |
//! | `a\|b c` | `a` or `b`, and `c` |
//! | `power_9` | the words `power` and `9` next to each other, in this order |
//! | `e7-#*` | `e7-`, one digit, and anything after it |
//! | `[5500-5699]` | a number of Intel's in the range: `5540`, `E5540`, `LV5540`, `7110M`, or a range within, `5500-5599` |
//! | `x[5500-5699]` | the same, but only with a letter before it |
//!
//! Words are whole words of a folded name: `s822` is not `s822l`.

use std::ops::RangeInclusive;
use std::str::FromStr;

/// The names that a row is for: any of the alternatives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern(Vec<Vec<PatternTerm>>);

/// What one word of the name must be: any of the choices.
type PatternTerm = Vec<Choice>;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Choice {
    /// Words next to each other.
    Words(Vec<PatternWord>),
    /// A four-digit number of Intel's.
    Number { from: u32, to: u32, with_letter: bool },
}

/// A word where `#` is any digit; an open one may go on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PatternWord {
    text: String,
    open: bool,
}

impl Pattern {
    /// Whether the words fit.
    pub(super) fn matches(&self, words: &[&str]) -> bool {
        self.0.iter().any(|terms| terms.iter().all(|choices| choices.iter().any(|choice| choice.is_among(words))))
    }
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let alternatives = text.split(';').map(str::trim).filter(|alternative| !alternative.is_empty());
        let read = |term: &str| term.split('|').map(Choice::from_str).collect::<Result<PatternTerm, _>>();
        alternatives.map(|terms| terms.split_whitespace().map(read).collect()).collect::<Result<_, _>>().map(Self)
    }
}

impl Choice {
    fn is_among(&self, words: &[&str]) -> bool {
        match self {
            Self::Words(wanted) => words
                .windows(wanted.len().max(1))
                .any(|window| wanted.iter().zip(window).all(|(wanted, found)| wanted.is(found))),
            Self::Number { from, to, with_letter } => {
                words.iter().any(|word| is_number(word, &(*from..=*to), *with_letter))
            }
        }
    }
}

impl PatternWord {
    fn is(&self, found: &str) -> bool {
        let fits = |(wanted, found): (u8, u8)| if wanted == b'#' { found.is_ascii_digit() } else { wanted == found };
        let long_enough = found.len() == self.text.len() || self.open && found.len() > self.text.len();
        long_enough && self.text.bytes().zip(found.bytes()).all(fits)
    }
}

/// Whether a word is a number of Intel's in the range, or a range within it.
fn is_number(word: &str, range: &RangeInclusive<u32>, with_letter: bool) -> bool {
    let within = |number: &str| four_digits(number).is_some_and(|number| range.contains(&number));
    if let Some((first, last)) = word.split_once('-') {
        return within(first) && within(last);
    }
    let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = word.strip_suffix(digits).unwrap_or_default();
    // Of the old Xeons only the 7100 series have a letter behind their number.
    let number = digits.strip_suffix(['m', 'n']).filter(|number| number.starts_with("71")).unwrap_or(digits);
    (INTEL_LETTERS.contains(&letters) || letters.is_empty() && !with_letter) && within(number)
}

/// The letters that Intel wrote before the four digits of a Xeon.
const INTEL_LETTERS: [&str; 7] = ["e", "l", "w", "x", "lv", "ec", "lc"];

/// The number that four digits write.
fn four_digits(text: &str) -> Option<u32> {
    (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

impl FromStr for Choice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(range) = text.strip_suffix(']') {
            let (before, range) = range.split_once('[').ok_or_else(|| format!("no [ in {text:?}"))?;
            let (from, to) = range.split_once('-').ok_or_else(|| format!("no range in {text:?}"))?;
            let (Some(from), Some(to)) = (four_digits(from), four_digits(to)) else {
                return Err(format!("no four digits in {text:?}"));
            };
            return match before {
                "" | "x" if from <= to => Ok(Self::Number { from, to, with_letter: before == "x" }),
                _ => Err(format!("no such range: {text:?}")),
            };
        }
        text.split('_').map(PatternWord::from_str).collect::<Result<_, _>>().map(Self::Words)
    }
}

impl FromStr for PatternWord {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (word, open) = text.strip_suffix('*').map_or((text, false), |word| (word, true));
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '#' | '-' | '+');
        if word.is_empty() || !word.chars().all(plain) {
            return Err(format!("no word: {text:?}"));
        }
        Ok(Self { text: word.to_owned(), open })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, name: &str) -> bool {
        let words: Vec<&str> = name.split(' ').collect();
        pattern.parse::<Pattern>().unwrap().matches(&words)
    }

    #[test]
    fn every_word_of_an_alternative_must_be_there_in_any_order() {
        assert!(fits("power7|power7+ 750; ps704", "ibm power7+ 750"));
        assert!(fits("power7|power7+ 750; ps704", "ps704"));
        assert!(!fits("power7|power7+ 750; ps704", "ibm power7"));
        assert!(fits("z16 a02", "a02 z16"));
    }

    #[test]
    fn only_whole_words_fit() {
        assert!(!fits("s822", "s822l"));
        assert!(!fits("z13", "z13s"));
        assert!(!fits("m10-4", "m10-4s"));
        assert!(fits("m10-4s", "m10-4s"));
    }

    #[test]
    fn joined_words_fit_only_next_to_each_other() {
        assert!(fits("power_9", "ibm power 9 s924"));
        assert!(!fits("power_9", "ibm power s924 9"));
        assert!(!fits("power_9", "9 power"));
        assert!(!fits("power_9", "power"));
    }

    #[test]
    fn a_digit_and_an_open_end_stand_for_what_they_say() {
        assert!(fits("e7-#*", "e7-8880"));
        assert!(fits("6###p", "6980p"));
        assert!(!fits("6###p", "6980e"));
        assert!(!fits("e7-#*", "e7-x"));
        assert!(!fits("e7-#*", "e7-"));
    }

    #[test]
    fn a_range_reads_the_numbers_of_old_xeons_with_their_letters() {
        for word in ["5540", "e5540", "x5570", "lv5540", "5500-5599"] {
            assert!(fits("[5500-5699]", word), "{word}");
        }
        assert!(fits("[7000-7499]", "7110m") && fits("[7000-7499]", "7150n"));
        for word in ["5499", "5700", "t5540", "5540m", "5540n", "5540p", "55400", "5400-5599", "e5-5540", "-", "5500-"]
        {
            assert!(!fits("[5500-5699]", word), "{word}");
        }
        assert!(fits("x[5500-5699]", "e5540"));
        assert!(!fits("x[5500-5699]", "5540"));
    }

    #[test]
    fn an_empty_pattern_fits_nothing() {
        assert!(!fits("", "xeon"));
    }

    #[test]
    fn a_pattern_that_is_miswritten_is_an_error() {
        for text in ["[55-56]", "[5600-5500]", "y[5500-5699]", "5500]", "Xeon", "a|", "*", "a_", "_a"] {
            assert!(text.parse::<Pattern>().is_err(), "{text}");
        }
    }
}

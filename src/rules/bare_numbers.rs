//! Numbers of Xeons without the word of their series: `Intel Xeon 5218` is the Xeon Gold 5218.
//!
//! Such a number may also lie in one of the ranges of the years before 2010, where it means another rate. The list of
//! processors knows which Xeons have it.

use super::processors::{self, Processor};

/// Words that say which series or family is meant: their numbers are not bare.
const SERIES: [&str; 13] =
    ["bronze", "silver", "gold", "platinum", "max", "phi", "w", "d", "e", "core", "pentium", "celeron", "atom"];

/// Words that begin the names of processors other than a Xeon.
const OTHERS: [&str; 7] = ["amd", "opteron", "epyc", "itanium", "i3", "i5", "i7"];

/// The Xeons of the list that a name with these folded words means by a bare number, each once; none when it has no such
/// number. Where the whole name, frequency and all, is that of one of them, it is that one.
pub(super) fn xeons(name: &str, words: &[&str]) -> Vec<&'static Processor> {
    let intel = words.iter().any(|word| *word == "intel" || *word == "xeon");
    let other = |word: &&str| {
        SERIES.contains(word) || word.starts_with("xeon-") || OTHERS.iter().any(|other| word.starts_with(other))
    };
    if !intel || words.iter().any(other) {
        return Vec::new();
    }
    let mut known: Vec<&Processor> = Vec::new();
    for number in words.iter().filter(|word| is_number(word)) {
        let more = processors::all().iter().filter(|processor| {
            processor.words().any(|word| word == "xeon") && processor.words().any(|word| word == *number)
        });
        for processor in more {
            if letters(&processor.name) == letters(name) {
                return vec![processor];
            }
            if known.iter().all(|other| other.words().ne(processor.words())) {
                known.push(processor);
            }
        }
    }
    known
}

/// The letters and digits of a name without what makes no difference.
fn letters(name: &str) -> String {
    let name = name.to_lowercase().replace("(r)", " ").replace("(tm)", " ").replace("cpu", " ").replace("intel", " ");
    name.chars().filter(|c| c.is_alphanumeric() || *c == '.').collect()
}

/// Four digits, with or without letters behind them: a 5218R is not a 5218.
fn is_number(word: &str) -> bool {
    let number = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic() || letter == '+');
    number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(name: &str) -> Vec<String> {
        let words: Vec<&str> = name.split(' ').collect();
        xeons(name, &words).iter().map(|processor| processor.words().collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn a_bare_number_is_the_xeon_that_the_list_knows() {
        assert_eq!(names("intel xeon 5218"), ["intel xeon gold 5218"]);
        assert_eq!(names("xeon 5218r"), ["intel xeon gold 5218r"]);
        assert_eq!(names("intel xeon 3204"), ["intel xeon bronze 3204"]);
        assert_eq!(names("xeon 5120").len(), 2);
        assert_eq!(names("xeon 5150"), ["intel xeon 5150"]);
        assert_eq!(names("intel xeon 5120 1.86ghz"), ["intel xeon 5120"]);
    }

    #[test]
    fn a_number_with_its_series_and_one_of_another_maker_are_not_bare() {
        for name in [
            "xeon gold 5218",
            "intel xeon-gold 5218",
            "intel xeon w 3235",
            "amd opteron 8384",
            "intel itanium 9040",
            "xeon 9999",
            "5218",
        ] {
            assert!(names(name).is_empty(), "{name}");
        }
    }
}

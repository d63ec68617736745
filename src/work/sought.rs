//! How well a text answers what somebody seeks, and which of its letters do.

use serde::{Deserialize, Serialize};

/// How well a text answers; the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fit {
    /// It is what was typed.
    Exact,
    /// It begins with it.
    Start,
    /// A word of it begins with it.
    Word,
    /// It holds it somewhere.
    Within,
    /// It holds every word that was typed, in any order.
    Scattered,
}

impl Fit {
    /// All of them, the best first.
    pub const ALL: [Self; 5] = [Self::Exact, Self::Start, Self::Word, Self::Within, Self::Scattered];
}

/// A letter without its case. The page knows the letters of English alone: a table of all cases is larger than this
/// search.
pub type Fold = fn(char) -> char;

/// What somebody seeks, as letters without their case.
///
/// # Examples
///
/// ```rust
/// use highwater::work::sought::{Fit, Sought};
///
/// let sought = Sought::new("mq", |letter| letter.to_ascii_lowercase()).unwrap();
/// assert_eq!(sought.fit("MQ"), Some(Fit::Exact));
/// assert_eq!(sought.fit("IBM MQ Advanced"), Some(Fit::Word));
/// assert_eq!(sought.fit("IBM Db2"), None);
/// ```
#[derive(Clone, Debug)]
pub struct Sought {
    fold: Fold,
    whole: Vec<char>,
    /// The words, where there are several.
    words: Vec<Vec<char>>,
}

impl Sought {
    /// What is typed; `None` while that is nothing.
    pub fn new(typed: &str, fold: Fold) -> Option<Self> {
        let mut words: Vec<Vec<char>> = typed.split_whitespace().map(|word| word.chars().map(fold).collect()).collect();
        let whole = words.join(&' ');
        if words.len() < 2 {
            words.clear();
        }
        (!whole.is_empty()).then_some(Self { fold, whole, words })
    }

    /// How well a text answers; `None` when it does not.
    pub fn fit(&self, text: &str) -> Option<Fit> {
        let letters: Vec<char> = text.chars().map(self.fold).collect();
        match found(&letters, &self.whole) {
            Some((0, _)) if letters.len() == self.whole.len() => Some(Fit::Exact),
            Some((0, _)) => Some(Fit::Start),
            Some((_, true)) => Some(Fit::Word),
            Some((_, false)) => Some(Fit::Within),
            None => {
                let all = !self.words.is_empty() && self.words.iter().all(|word| found(&letters, word).is_some());
                all.then_some(Fit::Scattered)
            }
        }
    }

    /// The letters of a text, each with whether it is among those that were typed.
    pub fn marked(&self, text: &str) -> Vec<(char, bool)> {
        let letters: Vec<char> = text.chars().map(self.fold).collect();
        let mut marked: Vec<(char, bool)> = text.chars().map(|letter| (letter, false)).collect();
        let mut mark = |wanted: &[char]| {
            let at = found(&letters, wanted);
            if let Some((at, _)) = at {
                marked.iter_mut().skip(at).take(wanted.len()).for_each(|(_, is_marked)| *is_marked = true);
            }
            at.is_some()
        };
        if !mark(&self.whole) {
            for word in &self.words {
                mark(word);
            }
        }
        marked
    }
}

/// Where letters stand in others for the first time, and whether a word begins there; the begin of a word is preferred.
fn found(letters: &[char], wanted: &[char]) -> Option<(usize, bool)> {
    let mut within = None;
    let mut before = ' ';
    for (index, window) in letters.windows(wanted.len()).enumerate() {
        if window == wanted {
            // A letter of any script is none of these.
            if before.is_ascii() && !before.is_ascii_alphanumeric() {
                return Some((index, true));
            }
            within = within.or(Some((index, false)));
        }
        before = window.first().copied().unwrap_or(before);
    }
    within
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sought(typed: &str) -> Option<Sought> {
        Sought::new(typed, |letter| letter.to_lowercase().next().unwrap_or(letter))
    }

    fn fit(typed: &str, text: &str) -> Option<Fit> {
        sought(typed)?.fit(text)
    }

    #[test]
    fn what_is_typed_whole_comes_before_begins_of_words_and_those_before_letters_within() {
        let texts = ["DB2", "Db2 Advanced", "IBM Db2", "MyDb2", "2 for db2x", "IBM MQ"];
        let fits = texts.map(|text| fit("db2", text));
        let wanted = [Some(Fit::Exact), Some(Fit::Start), Some(Fit::Word), Some(Fit::Within), Some(Fit::Word), None];
        assert_eq!(fits, wanted);
        assert!(Fit::ALL.is_sorted());
    }

    #[test]
    fn words_are_found_in_any_order_and_all_of_them_have_to_be_there() {
        assert_eq!(fit("advanced mq", "IBM MQ Advanced"), Some(Fit::Scattered));
        assert_eq!(fit("advanced db2", "IBM MQ Advanced"), None);
        assert_eq!(fit("  ", "anything"), None);
    }

    #[test]
    fn the_letters_that_were_typed_are_marked_as_the_text_has_them() {
        let marked = |typed: &str, text: &str| {
            let letters = sought(typed).unwrap().marked(text);
            letters.into_iter().map(|(letter, is_marked)| if is_marked { letter } else { '.' }).collect::<String>()
        };
        assert_eq!(marked("cog", "IBM Cognos"), "....Cog...");
        assert_eq!(marked("GRÖ", "Größe"), "Grö..");
        assert_eq!(marked("mq ibm", "IBM MQ"), "IBM.MQ");
        assert_eq!(marked("x", "IBM"), "...");
    }
}

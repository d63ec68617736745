//! Processors by name: how many cores each has, and suggestions while a name is typed.
//!
//! `processors.csv` is rebuilt from the list of github.com/quattor/template-library-standard (1,117 names).

use litemap::LiteMap;
use std::cmp::Reverse;
use std::sync::LazyLock;

use super::folding::Folded;
use super::table::{self, TableProblem};

/// A processor as its own brand string names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Processor {
    /// Who makes it; empty where the list does not say.
    pub manufacturer: String,
    /// The brand string.
    pub name: String,
    /// Cores of one processor; `None` where one name stands for several chips.
    pub cores: Option<u32>,
    /// Threads of one processor.
    pub threads: Option<u32>,
    /// What its maker calls the design; empty where the list does not say.
    pub codename: String,
    words: Folded,
}

impl Processor {
    /// The words of its folded name, without a frequency.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.naming_words()
    }
}

struct Processors {
    list: Vec<Processor>,
    /// Places in the list by folded name without the maker.
    indices: LiteMap<String, Vec<usize>>,
    problems: Vec<TableProblem>,
}

/// Where all rows come from.
pub const SOURCE: &str = "github.com/quattor/template-library-standard";

const HEADER: [&str; 5] = ["manufacturer", "name", "cores", "threads", "codename"];

static PROCESSORS: LazyLock<Processors> = LazyLock::new(|| {
    let (list, problems) = table::read("src/rules/processors.csv", include_str!("processors.csv"), &HEADER, |row| {
        let name = row.get("name");
        let words = Folded::new(name);
        if words.is_empty() {
            return Err("name: blank".to_owned());
        }
        Ok(Processor {
            manufacturer: row.get("manufacturer").to_owned(),
            name: name.to_owned(),
            cores: row.parse("cores")?,
            threads: row.parse("threads")?,
            codename: row.get("codename").to_owned(),
            words,
        })
    });
    let mut indices: LiteMap<String, Vec<usize>> = LiteMap::new();
    for (index, processor) in list.iter().enumerate() {
        indices.entry(without_maker(&processor.words)).or_default().push(index);
    }
    Processors { list, indices, problems }
});

/// A folded name without the word of its maker, which people leave out.
fn without_maker(name: &Folded) -> String {
    let words: Vec<&str> = name.words().filter(|word| !["intel", "amd"].contains(word)).collect();
    words.join(" ")
}

/// All processors, in the order of the list.
pub fn all() -> &'static [Processor] {
    &PROCESSORS.list
}

/// What does not fit in the list. A test holds it empty.
pub fn problems() -> &'static [TableProblem] {
    &PROCESSORS.problems
}

/// The processor with this name. Spelling, frequency and the word of the maker make no difference, unless the list
/// has the very same text.
pub fn find(name: &str) -> Option<&'static Processor> {
    same_name(name).find(|processor| processor.name == name).or_else(|| same_name(name).next())
}

/// The cores of one processor with this name; `None` where the list does not have it or its entries differ.
pub fn cores(name: &str) -> Option<u32> {
    let exact = same_name(name).find(|processor| processor.name == name);
    if let Some(cores) = exact.and_then(|processor| processor.cores) {
        return Some(cores);
    }
    let mut known = same_name(name).map(|processor| processor.cores);
    let first = known.next()??;
    known.all(|cores| cores == Some(first)).then_some(first)
}

fn same_name(name: &str) -> impl Iterator<Item = &'static Processor> {
    let indices = PROCESSORS.indices.get(&without_maker(&Folded::new(name))).map(Vec::as_slice).unwrap_or_default();
    indices.iter().filter_map(|index| PROCESSORS.list.get(*index))
}

/// Whether a word stands in the name of a processor of the list.
pub(super) fn has_number(word: &str) -> bool {
    all().iter().any(|processor| processor.words().any(|known| known == word))
}

/// Up to `limit` processors that what is typed may mean, the likeliest first.
///
/// Every word typed must occur in the name. Names in which the words begin a word go before names in which they only
/// occur, then shorter names before longer ones, then the order of the list. Names that differ only in their spelling
/// are given once.
///
/// # Examples
///
/// ```rust
/// use highwater::rules::processors::suggest;
///
/// // Both names have both words. That of the 7502 has 7502 as a whole word, that of the 7502P only begins with it.
/// let found = suggest("epyc 7502", 2);
/// assert_eq!(found[0].name, "AMD EPYC 7502 32-Core Processor");
/// assert_eq!(found[1].name, "AMD EPYC 7502P 32-Core Processor");
/// assert_eq!(found[0].cores, Some(32)); // The name says so itself.
/// ```
pub fn suggest(typed: &str, limit: usize) -> Vec<&'static Processor> {
    let typed = Folded::new(typed);
    if typed.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(Likeness, &'static Processor)> =
        all().iter().filter_map(|processor| Some((likeness(&typed, &processor.words)?, processor))).collect();
    found.sort_by_key(|(likeness, _)| *likeness);
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|(_, processor)| seen.insert(processor.words.as_str()));
    found.into_iter().map(|(_, processor)| processor).take(limit).collect()
}

/// How well a name fits what is typed; the smaller, the better.
type Likeness = (Reverse<usize>, Reverse<usize>, usize);

fn likeness(typed: &Folded, name: &Folded) -> Option<Likeness> {
    let mut whole = 0_usize;
    let mut begun = 0_usize;
    for word in typed.words() {
        if name.words().any(|known| known == word) {
            whole += 1;
            begun += 1;
        } else if name.words().any(|known| known.starts_with(word)) {
            begun += 1;
        } else if !name.as_str().contains(word) {
            return None;
        }
    }
    Some((Reverse(begun), Reverse(whole), name.as_str().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggested(typed: &str, limit: usize) -> Vec<&'static str> {
        suggest(typed, limit).into_iter().map(|processor| processor.name.as_str()).collect()
    }

    #[test]
    fn every_line_of_the_list_fits() {
        assert_eq!(problems(), []);
        assert_eq!(all().len(), 1117);
    }

    #[test]
    fn a_processor_is_found_however_its_name_is_spelt() {
        for name in ["Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz", "xeon e5-2690 V4", "Intel Xeon Processor E5-2690 v4"]
        {
            assert_eq!(find(name).and_then(|processor| processor.cores), Some(14), "{name}");
        }
        assert_eq!(find("Xeon E5-2690 v9"), None);
    }

    #[test]
    fn cores_are_unknown_where_the_list_contradicts_itself_and_known_by_the_exact_text() {
        assert_eq!(cores("Xeon Silver 4210R"), None);
        assert_eq!(cores("Intel(R) Xeon(R) Silver 4210R CPU @ 2.40GHz"), Some(10));
        assert_eq!(cores("Ampere(R) Altra(R) Max Processor"), None);
        assert_eq!(cores("AMD Opteron(tm) Processor 246"), Some(1));
    }

    #[test]
    fn suggestions_begin_with_the_model_that_is_typed() {
        assert_eq!(suggested("e5-2690 v4", 1), ["Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60 GHz"]);
        assert_eq!(suggested("gold 6130", 1), ["Intel(R) Xeon(R) Gold 6130 CPU @ 2.10 GHz"]);
        assert_eq!(suggested("epyc 7502", 2), ["AMD EPYC 7502 32-Core Processor", "AMD EPYC 7502P 32-Core Processor"]);
        assert_eq!(suggested("8880", 1), ["Intel(R) Xeon(R) CPU E7-8880 v2 @ 2.50 GHz"]);
    }

    #[test]
    fn suggestions_stop_at_the_limit_and_nothing_is_suggested_for_nothing() {
        assert_eq!(suggested("xeon", 8).len(), 8);
        assert!(suggested("", 8).is_empty());
        assert!(suggested("CPU @", 8).is_empty());
        assert!(suggested("no such processor", 8).is_empty());
    }

    #[test]
    fn names_that_differ_only_in_spelling_are_suggested_once() {
        assert_eq!(suggested("E3-1230 v6", 9).len(), 1);
    }
}

//! Names that may be meant by one that is not there.

/// The names that are nearest to one, at most so many, the nearest first: those that share the most of its words, and of
/// these the ones that are spelt most alike.
pub(super) fn nearest<'a>(name: &str, among: impl Iterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let wanted = folded(name);
    let words: Vec<&str> = wanted.split(' ').collect();
    let mut ranked: Vec<(usize, usize, &str)> = among
        .filter_map(|known| {
            let other = folded(known);
            let shared = other.split(' ').filter(|word| words.contains(word) && *word != "ibm").count();
            let steps = distance(&wanted, &other);
            // So much alike that it may be a slip.
            let slip = steps <= wanted.chars().count() / 3;
            (shared > 0 || slip).then_some((shared, steps, known))
        })
        .collect();
    ranked.sort_by_key(|(shared, steps, known)| (*steps > 2, std::cmp::Reverse(*shared), *steps, *known));
    ranked.dedup();
    ranked.into_iter().map(|(_, _, known)| known).take(most).collect()
}

/// A name in small letters, its words apart by one blank.
fn folded(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// How many letters have to be put in, left out or changed to make one text of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.chars().enumerate() {
        let mut left = index.saturating_add(1);
        let mut diagonal = index;
        let mut next = vec![left];
        for (known, above) in other.iter().zip(row.iter().skip(1)) {
            let changed = diagonal.saturating_add(usize::from(*known != letter));
            left = changed.min(left.saturating_add(1)).min(above.saturating_add(1));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 6] = [
        "IBM Cloud Pak for Integration",
        "IBM Cloud Pak for Business Automation",
        "IBM Db2 Standard Edition",
        "IBM MQ",
        "IBM MQ Advanced",
        "Storage",
    ];

    fn near(name: &str) -> Vec<&'static str> {
        nearest(name, NAMES.into_iter(), 2)
    }

    #[test]
    fn a_slip_and_words_in_common_make_names_near() {
        assert_eq!(near("ibm mq"), ["IBM MQ", "IBM MQ Advanced"]);
        assert_eq!(near("Storge"), ["Storage"]);
        assert_eq!(near("Cloud Pak Integration")[0], "IBM Cloud Pak for Integration");
        assert_eq!(near("IBM Maximo"), <[&str; 0]>::default(), "the maker's name alone makes nothing near");
    }

    #[test]
    fn the_distance_is_the_fewest_changes() {
        assert_eq!((distance("", "abc"), distance("kitten", "sitting"), distance("a", "a")), (3, 3, 0));
    }
}

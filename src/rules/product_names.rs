//! Names of products: IBM renames, moves products between brands, and lists write the metric behind them.

/// Words that tell no product from another one: the maker, its brands of the past, and how a list writes a licence.
const IDLE_WORDS: [&str; 20] = [
    "ibm",
    "websphere",
    "rational",
    "tivoli",
    "infosphere",
    "lotus",
    "spectrum",
    "security",
    "smartcloud",
    "for",
    "the",
    "and",
    "processor",
    "value",
    "unit",
    "units",
    "pvu",
    "license",
    "licence",
    "edition",
];

/// Whether two names may be those of one product: they have the same words, whatever the order, the brand and the
/// version. An estimate of Highwater, for a question to the reader; nothing counts by it.
pub fn may_be_same(one: &str, other: &str) -> bool {
    let (one, other) = (telling_words(one), telling_words(other));
    !one.is_empty() && one == other
}

fn telling_words(name: &str) -> Vec<String> {
    let words = name.split(|letter: char| !(letter.is_alphanumeric() || letter == '.'));
    let words = words.filter(|word| !word.is_empty()).map(str::to_lowercase);
    let is_version = |word: &str| {
        let number = word.strip_prefix('v').unwrap_or(word);
        number.contains(|letter: char| letter.is_ascii_digit())
            && number.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
    };
    let mut telling: Vec<String> =
        words.filter(|word| !IDLE_WORDS.contains(&word.as_str()) && !is_version(word)).collect();
    telling.sort_unstable();
    telling.dedup();
    telling
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brand_a_version_and_the_words_of_a_list_tell_no_product_from_another() {
        assert!(may_be_same("IBM WebSphere MQ", "IBM MQ"));
        assert!(may_be_same("InfoSphere DataStage 11.7", "IBM DataStage"));
        assert!(may_be_same("MQ Processor Value Unit (PVU) License", "ibm mq v9.3"));
    }

    #[test]
    fn an_edition_is_another_product() {
        assert!(!may_be_same("IBM MQ Advanced", "IBM MQ"));
        assert!(!may_be_same("WebSphere Application Server", "WebSphere Application Server Network Deployment"));
        assert!(!may_be_same("IBM", "IBM PVU"));
    }
}

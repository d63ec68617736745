//! What the words of a ledger's line say: what it sells, for which term, on which platform and where it may be used.
//!
//! `line_words.csv` holds the phrases, folded: lower case, no accents, single words and the signs `+` and `&`. `*` stands
//! for the beginning of a word (German joins words). Of phrases that begin at one word the longest is read, and its words
//! are read once. | `means` | |
//!
//! | `means` | what it says |
//! |---|---|
//! | `renewal`, `reinstatement`, `support_option`, `trade_up` | what the line sells |
//! | `support` | Subscription and Support (S&S): a renewal, unless it comes with a licence |
//! | `annual` | before S&S: a renewal, unless the licence is joined to it by a word of `with` |
//! | `licence`, `with` | a licence; what joins S&S to it |
//! | `monthly`, `fixed_term`, `committed_term`, `subscription` | how long the licence lasts |
//! | `linux_on_z`, `z_os`, `ibm_z` | the platform that the right is for |
//! | `non_production` | not for productive use |
//! | `name` | a part of a product's name: its words say nothing |
//!
//! | `source` | |
//! |---|---|
//! | `ibm-parts` | descriptions of IBM's parts: documentation of Cloud Pak for Applications, Mobile Foundation and Edge Application Manager (github:ibm-cloud-docs/cloud-pak-applications, github:open-horizon/edge), and names in `parts.csv` |
//! | `product` | a name of `parts.csv` or of IBM's catalogue |
//! | `semantics` | the words that the project set itself to know |
//! | `ours` | other spellings and translations of them, by the project: no source |

use std::sync::LazyLock;

use super::table::{self, TableProblem};
use crate::model::entitlement::{LicenceType, LineKind};
use crate::model::platform::Platform;

/// What a phrase means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PhraseMeaning {
    Sells(LineKind),
    Support,
    Annual,
    Licence,
    With,
    Lasts(LicenceType),
    RunsOn(Platform),
    NonProduction,
    Name,
}

impl PhraseMeaning {
    fn parse(text: &str) -> Option<Self> {
        let sells = LineKind::ALL.into_iter().filter(|kind| *kind != LineKind::Licence);
        let sells = sells.map(|kind| (kind.name(), Self::Sells(kind)));
        let lasts = LicenceType::ALL.map(|lasts| (lasts.name(), Self::Lasts(lasts)));
        let platforms = Platform::ALL.map(|platform| (platform.name(), Self::RunsOn(platform)));
        let others = [
            ("support", Self::Support),
            ("annual", Self::Annual),
            ("licence", Self::Licence),
            ("with", Self::With),
            ("non_production", Self::NonProduction),
            ("name", Self::Name),
        ];
        let mut known = sells.chain(lasts).chain(platforms).chain(others);
        known.find(|(name, _)| *name == text).map(|(_, meaning)| meaning)
    }
}

/// A phrase of the table.
#[derive(Debug)]
struct Phrase {
    words: Vec<String>,
    means: PhraseMeaning,
}

impl Phrase {
    /// How many words it takes of these, from the first one on; `None` where it does not stand there.
    fn stands_in(&self, words: &[String]) -> Option<usize> {
        let there = words.get(..self.words.len())?;
        let fits = |(phrase, word): (&String, &String)| match phrase.strip_prefix('*') {
            Some(ending) => word.ends_with(ending),
            None => phrase == word,
        };
        self.words.iter().zip(there).all(fits).then_some(self.words.len())
    }
}

/// The phrases, those that begin with a word sorted by it, and those that begin within a word.
#[derive(Debug, Default)]
struct Phrases {
    by_word: Vec<Phrase>,
    within: Vec<Phrase>,
}

const HEADER: [&str; 4] = ["phrase", "means", "language", "source"];
const LANGUAGES: [&str; 6] = ["en", "de", "fr", "es", "it", "ibm"];
const SOURCES: [&str; 4] = ["ibm-parts", "product", "semantics", "ours"];

impl Phrases {
    fn read(text: &str) -> (Self, Vec<TableProblem>) {
        let (rows, problems) = table::read("src/rules/line_words.csv", text, &HEADER, |row| {
            let means =
                PhraseMeaning::parse(row.get("means")).ok_or_else(|| format!("means: {:?}", row.get("means")))?;
            for (column, known) in [("language", &LANGUAGES[..]), ("source", &SOURCES[..])] {
                if !known.contains(&row.get(column)) {
                    return Err(format!("{column}: {:?}", row.get(column)));
                }
            }
            let phrase = row.get("phrase");
            let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            let folded = words_of(&phrase.replace('*', "")).join(" ") == phrase.replace('*', "");
            if folded && !phrase.is_empty() { Ok(Phrase { words, means }) } else { Err(format!("phrase: {phrase:?}")) }
        });
        let (within, mut by_word): (Vec<Phrase>, Vec<Phrase>) =
            rows.into_iter().partition(|phrase| phrase.words.first().is_some_and(|word| word.starts_with('*')));
        by_word.sort_by(|one, other| one.words.cmp(&other.words));
        (Self { by_word, within }, problems)
    }

    fn get() -> &'static Self {
        static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(include_str!("line_words.csv")).0);
        &PHRASES
    }

    /// The longest phrase that stands at the beginning of these words: what it means, and how many words it takes.
    fn first_in(&self, words: &[String]) -> Option<(PhraseMeaning, usize)> {
        let first = words.first()?;
        let from = self.by_word.partition_point(|phrase| phrase.words.first() < Some(first));
        let by_word = self.by_word.iter().skip(from).take_while(|phrase| phrase.words.first() == Some(first));
        let all = by_word.chain(&self.within);
        all.filter_map(|phrase| Some((phrase.means, phrase.stands_in(words)?))).max_by_key(|(_, taken)| *taken)
    }
}

/// What the words of a line say; what they do not speak of is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What it sells.
    pub kind: Option<LineKind>,
    /// The words that say so, folded; empty without any.
    pub words: String,
    /// How long the licence lasts.
    pub lasts: Option<LicenceType>,
    /// The platform that the right is for.
    pub platform: Option<Platform>,
    /// Whether it is not for productive use.
    pub non_production: bool,
}

/// What texts of a line say together, such as its product and its description.
pub fn said(texts: &[&str]) -> Said {
    let mut said = Said::default();
    let mut seen = SeenWords::default();
    for text in texts {
        let words = words_of(text);
        let mut rest = words.as_slice();
        // A licence that the word before belongs to.
        let mut after_licence = false;
        while !rest.is_empty() {
            let (means, taken) = Phrases::get().first_in(rest).unwrap_or((PhraseMeaning::Name, 1));
            let (phrase, others) = rest.split_at_checked(taken).unwrap_or((rest, &[]));
            rest = others;
            match means {
                PhraseMeaning::RunsOn(platform) => said.platform = Some(both(said.platform, platform)),
                PhraseMeaning::NonProduction => said.non_production = true,
                PhraseMeaning::Lasts(lasts) => {
                    said.lasts = Some(lasts);
                    seen.licence = true;
                }
                PhraseMeaning::Licence => seen.licence = true,
                PhraseMeaning::With if after_licence => seen.joined = true,
                PhraseMeaning::Annual => seen.annual = true,
                PhraseMeaning::Sells(kind) => seen.note(Some(kind), phrase),
                PhraseMeaning::Support => seen.note(None, phrase),
                PhraseMeaning::With | PhraseMeaning::Name => {}
            }
            // "License(s) +"
            let plural = after_licence && phrase.iter().all(|word| word == "s");
            after_licence = matches!(means, PhraseMeaning::Licence | PhraseMeaning::Lasts(_)) || plural;
        }
    }
    (said.kind, said.words) = seen.kind();
    // A licence for a term is one, whatever comes with it.
    said.kind = said.kind.or(said.lasts.map(|_| LineKind::Licence));
    said
}

/// Rights for two platforms are for both: for all of IBM Z.
fn both(known: Option<Platform>, platform: Platform) -> Platform {
    if known.is_none_or(|known| known == platform) { platform } else { Platform::IbmZ }
}

/// What was met in the words of a line.
#[derive(Default)]
struct SeenWords {
    kinds: Vec<(LineKind, String)>,
    support: Option<String>,
    licence: bool,
    joined: bool,
    annual: bool,
}

impl SeenWords {
    fn note(&mut self, kind: Option<LineKind>, phrase: &[String]) {
        let phrase = phrase.join(" ");
        match kind {
            Some(kind) => self.kinds.push((kind, phrase)),
            None => self.support = self.support.take().or(Some(phrase)),
        }
    }

    /// What the line sells, and the words that say so. What supports goes before what grants: a line that is wrongly
    /// taken for support is told of, a licence that is none is not missed by anybody.
    fn kind(self) -> (Option<LineKind>, String) {
        let Self { kinds, support, licence, joined, annual } = self;
        let find = |kind| kinds.iter().find(|(known, _)| *known == kind).map(|(_, phrase)| phrase.clone());
        for kind in [LineKind::Reinstatement, LineKind::Renewal, LineKind::SupportOption] {
            if let Some(phrase) = find(kind) {
                return (Some(kind), phrase);
            }
        }
        let trade_up = find(LineKind::TradeUp);
        let comes_with_licence = joined || !annual && (licence || trade_up.is_some());
        match (support, trade_up) {
            (Some(phrase), _) if !comes_with_licence => {
                (Some(LineKind::Renewal), if annual { format!("annual {phrase}") } else { phrase })
            }
            (_, Some(phrase)) => (Some(LineKind::TradeUp), phrase),
            (Some(phrase), None) => (Some(LineKind::Licence), format!("license + {phrase}")),
            // "License" alone may stand in any description: it says nothing against the number of a part.
            (None, None) => (None, String::new()),
        }
    }
}

/// The words of a text, folded, with the signs `+` and `&` as words of their own.
fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            plain(letter, &mut word);
            continue;
        }
        // A combining accent belongs to the letter before it.
        if ('\u{300}'..='\u{36f}').contains(&letter) {
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if matches!(letter, '+' | '&') {
            words.push(letter.to_string());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Adds a letter without its accent.
fn plain(letter: char, word: &mut String) {
    match letter {
        'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => word.push('a'),
        'è' | 'é' | 'ê' | 'ë' => word.push('e'),
        'ì' | 'í' | 'î' | 'ï' => word.push('i'),
        'ò' | 'ó' | 'ô' | 'ö' | 'õ' => word.push('o'),
        'ù' | 'ú' | 'û' | 'ü' => word.push('u'),
        'ç' => word.push('c'),
        'ñ' => word.push('n'),
        'ß' => word.push_str("ss"),
        other => word.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_fits_and_no_phrase_stands_twice() {
        let (phrases, problems) = Phrases::read(include_str!("line_words.csv"));
        assert_eq!(problems, []);
        let mut all: Vec<&Vec<String>> = phrases.by_word.iter().chain(&phrases.within).map(|one| &one.words).collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn the_words_of_a_line_say_what_it_sells() {
        use LineKind::{Licence, Reinstatement, Renewal, SupportOption, TradeUp};
        let cases = [
            ("IBM MQ", None),
            ("IBM MQ Processor Value Unit (PVU) License", None),
            ("IBM MQ Processor Value Unit (PVU) License + SW Subscription & Support 12 Months", Some(Licence)),
            ("IBM MQ PVU Lic+SW S&S 12 Mo", Some(Licence)),
            ("IBM MQ PVU License(s) + SW S&S 12 Mo", Some(Licence)),
            ("IBM MQ PVU Lic w/ SW S&S", Some(Licence)),
            ("IBM MQ Lizenz inkl. Wartung 12 Monate", Some(Licence)),
            ("IBM MQ licence + abonnement et support 12 mois", Some(Licence)),
            ("IBM MQ licencia con suscripción y soporte", Some(Licence)),
            ("IBM MQ licenza e abbonamento e supporto", Some(Licence)),
            ("IBM MQ Monthly License", Some(Licence)),
            ("IBM MQ Initial Fixed Term License + SW Subscription & Support 12 Months", Some(Licence)),
            ("IBM MQ Annual SW Subscription & Support Renewal", Some(Renewal)),
            ("IBM MQ PVU Annual SW S&S Rnwl", Some(Renewal)),
            ("IBM MQ PVU ANNUAL SW S&S RNWL 12 MONTHS", Some(Renewal)),
            ("IBM MQ PVU SW S&S 12 Mo", Some(Renewal)),
            ("IBM MQ PVU SW Subscription and Support", Some(Renewal)),
            ("IBM MQ Annual SW Subscription & Support for Licenses", Some(Renewal)),
            ("IBM MQ Wartungsverlängerung", Some(Renewal)),
            ("IBM MQ Wartungsverlaengerung 12 Monate", Some(Renewal)),
            ("IBM MQ Subscription und Support, Verlängerung", Some(Renewal)),
            ("IBM MQ jährliche Software-Wartung", Some(Renewal)),
            ("IBM MQ Renouvellement annuel abonnement et support", Some(Renewal)),
            ("IBM MQ renovación anual de suscripción y soporte", Some(Renewal)),
            ("IBM MQ rinnovo annuale abbonamento e supporto", Some(Renewal)),
            ("IBM MQ PVU SW S&S Reinstate 12 Mo", Some(Reinstatement)),
            ("IBM MQ SW SUBSCRIPTION & SUPPORT REINSTATEMENT 12 MONTHS", Some(Reinstatement)),
            ("IBM MQ Wiederaufnahme der Wartung", Some(Reinstatement)),
            ("IBM MQ rétablissement abonnement et support", Some(Reinstatement)),
            ("IBM MQ restablecimiento de suscripción y soporte", Some(Reinstatement)),
            ("IBM MQ ripristino abbonamento e supporto", Some(Reinstatement)),
            ("IBM MQ Extended Support 12 Months", Some(SupportOption)),
            ("IBM MQ Advanced Support", Some(SupportOption)),
            ("IBM MQ erweiterter Support", Some(SupportOption)),
            ("IBM MQ Trade Up License + SW S&S 12 Mo", Some(TradeUp)),
            ("IBM MQ PVU from Competitive Tradeup SW S&S", Some(TradeUp)),
            ("IBM License Metric Tool SW S&S 12 Mo", Some(Renewal)),
            ("IBM Curam Income Support", None),
            ("IBM Predictive Maintenance and Quality", None),
        ];
        for (text, expected) in cases {
            for spelt in [text.to_owned(), text.to_uppercase(), text.to_lowercase()] {
                let found = said(&[&spelt]);
                assert_eq!(found.kind, expected, "{spelt}: {found:?}");
            }
        }
    }

    #[test]
    fn a_text_tells_the_term_the_platform_and_the_use() {
        let lasts = |text: &str| said(&[text]).lasts;
        assert_eq!(lasts("IBM MQ Monthly License"), Some(LicenceType::Monthly));
        assert_eq!(lasts("IBM MQ Subsequent Fixed Term License + SW S&S"), Some(LicenceType::FixedTerm));
        assert_eq!(lasts("IBM Concert Subscription License"), Some(LicenceType::Subscription));
        assert_eq!(lasts("IBM MQ License + SW Subscription & Support"), None);
        let platform = |text: &str| said(&[text]).platform;
        for text in
            ["IBM MQ for Linux on System z", "IBM MQ Linux on z Systems", "IBM MQ Linux auf IBM Z", "IBM MQ zLinux"]
        {
            assert_eq!(platform(text), Some(Platform::LinuxOnZ), "{text}");
        }
        for text in ["IBM MQ for z/OS", "IBM MQ für z/OS", "IBM MQ (zOS)"] {
            assert_eq!(platform(text), Some(Platform::ZOs), "{text}");
        }
        for text in ["Virtual Processor Core for IBM Z Annual", "IBM MQ on IBM Z", "IBM MQ for System z"] {
            assert_eq!(platform(text), Some(Platform::IbmZ), "{text}");
        }
        assert_eq!(platform("IBM MQ for z/OS and Linux on System z"), Some(Platform::IbmZ));
        for text in ["IBM Z Workload Scheduler agent", "IBM DB2 for Linux, UNIX and Windows", "IBM XL C for AIX"] {
            assert_eq!(platform(text), None, "{text}");
        }
        for text in [
            "IBM Streams for Non-Production Environment",
            "MO for Non-Production En",
            "MQ Nonproduction",
            "MQ hors production",
        ] {
            assert!(said(&[text]).non_production, "{text}");
        }
        assert!(!said(&["DataPower - Production Edition"]).non_production);
    }

    #[test]
    fn no_product_of_the_parts_is_taken_for_support_or_a_term_by_its_name() {
        let (parts, _) = crate::rules::parts::Parts::read(include_str!("parts.csv"));
        for part in parts.iter() {
            let found = said(&[&part.product]);
            assert_eq!((found.kind, found.lasts), (None, None), "{part:?}");
            // The table overlooks a name with a blank in the word.
            let overlooked = part.product.contains("Non- Production");
            assert!(!found.non_production || part.non_production || overlooked, "{part:?}");
        }
    }

    #[test]
    fn no_bundle_and_no_program_of_the_catalogue_is_taken_for_support_by_its_name() {
        for table in [include_str!("bundles.csv"), include_str!("supporting_programs.csv")] {
            let mut reader = csv::Reader::from_reader(table.as_bytes());
            let header = reader.headers().unwrap().clone();
            let names = |name: &str| ["bundle", "component", "principal"].contains(&name);
            let columns: Vec<usize> = (0..header.len()).filter(|column| names(&header[*column])).collect();
            for row in reader.records().map(Result::unwrap) {
                for name in columns.iter().map(|column| &row[*column]) {
                    assert_eq!(said(&[name]).kind, None, "{name}");
                }
            }
        }
    }
}

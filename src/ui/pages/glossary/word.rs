//! The words of the field: one row each. Their texts stand in `glossary.json`: `word.name` is the word as it is written,
//! `word.name.text` what it means, `word.name.source` who says so, where somebody does.

use crate::model::message::Message;
use crate::ui::words::say;

/// A part of the glossary: words that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordGroup {
    /// How software is counted.
    Counting,
    /// What is entitled beside what is needed.
    Position,
    /// What is bought.
    Rights,
    /// What orders earn.
    Levels,
    /// What proves it.
    Proof,
}

impl WordGroup {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 5] = [Self::Counting, Self::Position, Self::Rights, Self::Levels, Self::Proof];

    /// Key of its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Counting => "page.glossary.counting",
            Self::Position => "page.glossary.position",
            Self::Rights => "page.glossary.rights",
            Self::Levels => "page.glossary.levels",
            Self::Proof => "page.glossary.proof",
        }
    }
}

/// Makes [`Word`] of rows: `Name, name, group;`.
macro_rules! words {
    (@group counting) => { WordGroup::Counting };
    (@group position) => { WordGroup::Position };
    (@group rights) => { WordGroup::Rights };
    (@group levels) => { WordGroup::Levels };
    (@group proof) => { WordGroup::Proof };
    ($($word:ident, $name:ident, $group:ident;)+) => {
        /// A word of the field.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "what each means stands in glossary.json, once")]
        pub enum Word {
            $($word,)+
        }

        impl Word {
            /// All of them, in the order of the page.
            pub const ALL: [Self; [$(stringify!($name)),+].len()] = [$(Self::$word),+];

            /// Its name in keys of texts and in addresses.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$word => stringify!($name),)+
                }
            }

            /// The part of the glossary that it is in.
            pub const fn group(self) -> WordGroup {
                match self {
                    $(Self::$word => words!(@group $group),)+
                }
            }
        }
    };
}

words! {
    Pvu, pvu, counting;
    Vpc, vpc, counting;
    Rvu, rvu, counting;
    AuthorizedUser, authorized_user, counting;
    Metric, metric, counting;
    Core, core, counting;
    Sockets, sockets, counting;
    SubCapacity, sub_capacity, counting;
    FullCapacity, full_capacity, counting;
    HighWaterMark, high_water_mark, counting;
    Region, region, counting;
    Partition, partition, counting;
    DefaultCounting, default_counting, counting;
    PossibleSaving, possible_saving, counting;
    Excluded, excluded, counting;
    Needed, needed, position;
    Entitled, entitled, position;
    Balance, balance, position;
    Shortfall, shortfall, position;
    Covered, covered, position;
    Surplus, surplus, position;
    NotKnown, not_known, position;
    Derivation, derivation, position;
    Pa, pa, rights;
    Pae, pae, rights;
    Poe, poe, rights;
    PartNumber, part_number, rights;
    Sns, sns, rights;
    Reinstatement, reinstatement, rights;
    TradeUp, trade_up, rights;
    Perpetual, perpetual, rights;
    TermLicence, term_licence, rights;
    Bundle, bundle, rights;
    CloudPak, cloud_pak, rights;
    Ratio, ratio, rights;
    Supporting, supporting, rights;
    Points, points, levels;
    Rsvp, rsvp, levels;
    Svp, svp, levels;
    Anniversary, anniversary, levels;
    LevelLetters, level_letters, levels;
    Gv, gv, levels;
    Ed, ed, levels;
    Ilmt, ilmt, proof;
    LicenseService, license_service, proof;
    AuditSnapshot, audit_snapshot, proof;
}

/// Titles of figures and headers of columns that are words of the glossary, by their keys.
const HEADINGS: [(&str, Word); 15] = [
    ("page.tiles.sub_capacity", Word::Needed),
    ("page.tiles.full_capacity", Word::FullCapacity),
    ("page.state.shortfall", Word::Shortfall),
    ("page.state.surplus", Word::Surplus),
    ("page.products.saving", Word::PossibleSaving),
    ("page.products.sub_capacity", Word::SubCapacity),
    ("page.products.full_capacity", Word::FullCapacity),
    ("page.products.metric", Word::Metric),
    ("page.products.entitled", Word::Entitled),
    ("page.products.balance", Word::Balance),
    ("page.bundles.ratio", Word::Ratio),
    ("page.volume.term_points", Word::Points),
    ("page.volume.svp", Word::Svp),
    ("page.volume.rsvp", Word::Rsvp),
    ("page.volume.at_anniversary", Word::Anniversary),
];

impl Word {
    /// The word that stands as a title or a header with this key.
    pub fn heading(key: &str) -> Option<Self> {
        HEADINGS.into_iter().find(|(known, _)| *known == key).map(|(_, word)| word)
    }

    /// The word with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|word| word.name() == name)
    }

    /// The word as it is written; blank until the texts are there, which come with the worker.
    pub fn title(self) -> String {
        self.said("")
    }

    /// What it means; blank until the texts are there.
    pub fn text(self) -> String {
        self.said(".text")
    }

    /// Who says so, with an address; blank where the meaning is ours.
    pub fn source(self) -> String {
        self.said(".source")
    }

    fn said(self, part: &str) -> String {
        let key = format!("word.{}{part}", self.name());
        let text = say(&Message::keyed(key.clone()));
        // A key without a text is said as it is.
        if text == key { String::new() } else { text }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The texts of the glossary by key.
    fn texts() -> BTreeMap<String, String> {
        serde_json::from_str(include_str!("../../../i18n/locales/en/glossary.json")).unwrap()
    }

    #[test]
    fn every_word_has_its_texts_and_every_text_belongs_to_a_word() {
        let texts = texts();
        let named: BTreeSet<&str> = Word::ALL.into_iter().map(Word::name).collect();
        assert_eq!(named.len(), Word::ALL.len(), "two words have one name");
        for name in &named {
            assert!(texts.contains_key(&format!("word.{name}")), "{name}");
            assert!(texts.contains_key(&format!("word.{name}.text")), "{name}");
        }
        let owner = |key: &str| key.strip_prefix("word.").map(|rest| rest.split('.').next().unwrap().to_owned());
        let foreign: Vec<String> =
            texts.keys().filter_map(|key| owner(key)).filter(|name| !named.contains(name.as_str())).collect();
        assert_eq!(foreign, Vec::<String>::new());
    }

    #[test]
    fn every_source_of_the_glossary_is_a_title_with_an_address() {
        for (key, text) in texts().into_iter().filter(|(key, _)| key.starts_with("word.") && key.ends_with(".source")) {
            let (title, address) = text.rsplit_once(' ').unwrap_or_else(|| panic!("{key}"));
            assert!(
                !title.contains("http")
                    && title.ends_with(':')
                    && address.starts_with("https://")
                    && !address.contains(' '),
                "{key}: {text}"
            );
        }
    }

    #[test]
    fn every_group_has_words() {
        for group in WordGroup::ALL {
            assert!(Word::ALL.into_iter().any(|word| word.group() == group), "{group:?}");
        }
    }
}

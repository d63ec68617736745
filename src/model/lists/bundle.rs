//! What is deployed of the components of bundles and Cloud Paks.

use std::num::NonZeroU32;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::model::list::{line, word, words};

/// Where a component is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// Anything but productive use: test, development, staging.
    NonProduction,
    /// Productive use.
    Production,
}

impl Environment {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Production, Self::NonProduction];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::NonProduction => "non_production",
        }
    }

    /// Other words for it, as exports and people write them.
    pub const fn other_words(self) -> &'static [&'static str] {
        match self {
            Self::Production => &["prod", "productive", "produktion", "produktiv", "producción"],
            Self::NonProduction => &[
                "nonprod",
                "test",
                "testing",
                "dev",
                "development",
                "qa",
                "staging",
                "entwicklung",
                "nichtproduktion",
                "no producción",
                "uat",
                "preprod",
                "preproduction",
                "devtest",
                "sandbox",
                "recette",
                "préproduction",
                "preproducción",
                "desarrollo",
                "pruebas",
                "sviluppo",
                "collaudo",
            ],
        }
    }

    /// The environment with this name, however it is spelt.
    pub fn parse(text: &str) -> Option<Self> {
        let name = word(&Self::ALL.map(Self::name), text)?;
        Self::ALL.into_iter().find(|known| known.name() == name)
    }

    /// The environment that a text names, by its name or another word for it.
    pub fn named(text: &str) -> Option<Self> {
        let letters = |text: &str| -> String {
            text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let is_other = |known: &Self| known.other_words().iter().any(|other| letters(other) == letters(text));
        Self::parse(text).or_else(|| Self::ALL.into_iter().find(is_other))
    }
}

words!(Environment);

/// So much of a component of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundlePart {
    /// Name of the file that it was read from.
    pub file: String,
    /// Line in that file.
    pub line: u32,
    /// Name of the bundle, as written.
    pub bundle: String,
    /// Its version; empty is the one with the newest licence text.
    pub version: String,
    /// Name of the component, as written.
    pub component: String,
    /// Where it is used; `None` when not given.
    pub environment: Option<Environment>,
    /// What it is counted in; `None` when not given.
    pub metric: Option<String>,
    /// How much of it there is, 0 or more.
    pub quantity: Decimal,
}

line! {
    BundlePart from file line, detected by ["bundle", "component", "quantity"],
    keyed by ["bundle", "version", "component", "environment", "metric"];
    bundle: Required, version, component: Required, environment, metric, quantity: Required
}

/// Where what components use of a bundle is rounded up to whole units of it (semantics, section 11: IBM's tools
/// differ).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Each component by itself, then added: as the License Metric Tool shows it.
    #[default]
    Each,
    /// Added exactly, then once for the bundle: as the License Service does.
    Once,
}

impl Rounding {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Each, Self::Once];

    /// The name in arguments and results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Each => "each",
            Self::Once => "once",
        }
    }

    /// The rounding with this name, whatever its case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|index| index.name().eq_ignore_ascii_case(text))
    }
}

/// What is settled about bundles beyond their lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleTerms {
    /// Where what components use is rounded up.
    #[serde(default)]
    pub rounding: Rounding,
    /// How many cores one core pair of a Red Hat subscription stands for, as the user assumes; `None` compares none,
    /// since no source confirms any number.
    #[serde(default)]
    pub cores_per_core_pair: Option<NonZeroU32>,
}

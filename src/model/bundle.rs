//! What is deployed of the components of bundles and Cloud Paks.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::list::{line, word, words};

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

    /// The environment with this name, however it is spelt.
    pub fn parse(text: &str) -> Option<Self> {
        let name = word(&Self::ALL.map(Self::name), text)?;
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}

words!(Environment: 2);

/// So much of a component of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
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
    Part as "list.bundle_parts", from file line, told by ["bundle", "component", "quantity"],
    keyed by ["bundle", "version", "component", "environment", "metric"];
    bundle: Needed, version, component: Needed, environment, metric, quantity: Needed
}

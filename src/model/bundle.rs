//! What is deployed of the components of bundles and Cloud Paks.

use rust_decimal::Decimal;

/// Where a component is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Environment {
    /// Anything but productive use: test, development, staging.
    NonProduction,
    /// Productive use.
    Production,
}

impl Environment {
    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::NonProduction => "non_production",
        }
    }

    /// The environment with this name, however it is spelt.
    pub fn parse(text: &str) -> Option<Self> {
        let folded: String = text.chars().filter(char::is_ascii_alphabetic).collect();
        [Self::Production, Self::NonProduction].into_iter().find(|environment| {
            environment.name().chars().filter(char::is_ascii_alphabetic).eq(folded.to_ascii_lowercase().chars())
        })
    }
}

/// So much of a component of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Line in the file.
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

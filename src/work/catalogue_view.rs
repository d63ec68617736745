//! What of the catalogue is in sight.

use super::screen_query::ScreenQuery;

/// The argument of the screen that names what is in sight.
pub const VIEW: &str = "view";

/// A part of the catalogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CatalogueView {
    /// Rates, machine types and processors.
    #[default]
    Rates,
    /// Part numbers, and what is known of their prices.
    Parts,
    /// What differs between two price lists.
    Changes,
}

impl CatalogueView {
    /// All of them, as they stand beside each other.
    pub const ALL: [Self; 3] = [Self::Rates, Self::Parts, Self::Changes];

    /// Its name in addresses; that of the first one is blank.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rates => "",
            Self::Parts => "parts",
            Self::Changes => "changes",
        }
    }

    /// The key of its title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Rates => "page.catalogue.view_rates",
            Self::Parts => "page.catalogue.view_parts",
            Self::Changes => "page.catalogue.view_changes",
        }
    }

    /// The one with this name, else the first one.
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|view| view.name() == name).unwrap_or_default()
    }

    /// The one that a screen is asked for.
    pub fn of(query: &ScreenQuery) -> Self {
        Self::named(query.argument(VIEW))
    }
}

//! The three regions in which IBM counts a peak of its own.
//!
//! Source: counting software licenses using specific virtualization technologies, IBM, 2026-01-01.

use serde::{Deserialize, Serialize};

/// Where a server stands. Peaks are taken per region, then added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// North and South America.
    Americas,
    /// Asia and Australia.
    Apac,
    /// Europe and Africa.
    Emea,
    /// Not given, or given differently: a region of its own until somebody assigns one.
    #[default]
    Unknown,
}

impl Region {
    /// All regions in the order of reports: bytewise by name.
    pub const ALL: [Self; 4] = [Self::Americas, Self::Apac, Self::Emea, Self::Unknown];

    /// The token of the estate template.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Americas => "americas",
            Self::Apac => "apac",
            Self::Emea => "emea",
            Self::Unknown => "unknown",
        }
    }

    /// Reads a token, whatever its case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.name().eq_ignore_ascii_case(text))
    }
}

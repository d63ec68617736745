//! What the user settles about the proposal of an estate.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::day;

/// What the user writes on a proposal; all else follows from the forecast.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalTerms {
    /// Its number; blank while nobody has given it one.
    #[serde(default)]
    pub number: String,
    /// The last day on which it holds; `None` while that is not settled.
    #[serde(default, deserialize_with = "day::read_optional")]
    pub valid_until: Option<Date>,
}

impl ProposalTerms {
    /// Whether nothing is settled.
    pub fn is_blank(&self) -> bool {
        *self == Self::default()
    }
}

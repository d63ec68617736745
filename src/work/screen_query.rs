//! What the page asks of a screen.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::day;
use crate::model::screen::Screen;

/// What is asked of a screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenQuery {
    /// Which screen.
    pub screen: Screen,
    /// The day on which to look. Without one a screen looks at the last day of its own data, where it has such a day;
    /// else what hangs on it is unknown.
    #[serde(deserialize_with = "day::read_optional")]
    pub today: Option<Date>,
    /// What its fields ask for, by name ([`super::blocks::Sets::Argument`]).
    pub arguments: Vec<(String, String)>,
}

impl ScreenQuery {
    /// The argument of this name; empty where it has none.
    pub fn argument(&self, name: &str) -> &str {
        self.arguments.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text)
    }
}

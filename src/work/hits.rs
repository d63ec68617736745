//! What somebody who seeks something in the open workspace is offered.

use serde::{Deserialize, Serialize};

use super::Question;
use super::sought::Fit;
use crate::model::list::List;
use crate::model::message::Message;
use crate::model::screen::Screen;

/// The argument of a screen that names the list in sight.
pub const LIST: &str = "list";
/// The argument of a screen that names the line of it, by its index.
pub const LINE: &str = "line";

/// What kind of thing was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HitKind {
    /// Products of the estate.
    Products,
    /// Servers of the estate.
    Servers,
    /// Lines of a list.
    Lines(List),
    /// Part numbers that the catalogue knows.
    Parts,
}

/// Where a hit leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HitPlace {
    /// To a number, and how it comes about.
    Number(Question),
    /// To a screen that begins with these arguments.
    Screen(Screen, Vec<(String, String)>),
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// What it is called.
    pub title: String,
    /// What else there is to say about it.
    pub detail: Message,
    /// Where it leads.
    pub place: HitPlace,
}

/// The hits of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HitGroup {
    /// Their kind.
    pub kind: HitKind,
    /// The best of them, the best first.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub all: usize,
    /// How well the best of them answers.
    pub fit: Fit,
}

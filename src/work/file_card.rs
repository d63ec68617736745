//! A file that the numbers rest on, as the page shows it: what it was taken for, and what stands for or against it.

use serde::{Deserialize, Serialize};

use super::cell::Cell;
use super::tone::Tone;
use crate::model::message::Message;

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCard {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes, by which it is removed; `None` where it is no file of the workspace by itself.
    pub sha256: Option<String>,
    /// What it is, and what was taken of it.
    pub about: Vec<Message>,
    /// What was left out of it, if anything was.
    pub left_out: Option<Message>,
    /// How it stands, in a few words.
    pub stamps: Vec<Stamp>,
    /// What these words prove and what they do not.
    pub proof: Option<Message>,
    /// What is to be read by who wants to know more.
    pub folds: Vec<CardFold>,
}

/// A word about how something stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// How it stands.
    pub tone: Tone,
    /// The word.
    pub word: Message,
}

impl Stamp {
    /// A word about how something stands.
    pub const fn new(tone: Tone, word: Message) -> Self {
        Self { tone, word }
    }
}

/// Lines that open below a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardFold {
    /// The title.
    pub title: Message,
    /// Whether they are open at first.
    pub open: bool,
    /// Whether they belong on paper.
    pub on_paper: bool,
    /// The lines.
    pub lines: Vec<FoldLine>,
}

/// A line of a fold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoldLine {
    /// What it is about.
    pub name: Cell,
    /// How that stands.
    pub stamp: Option<Stamp>,
    /// What else there is to say of it.
    pub text: Option<Cell>,
}

//! Names that occur in many rows, kept once.

use std::num::NonZeroU32;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// A name of a [`Names`] list: as cheap to copy and compare as a number.
///
/// The order of two `Name`s is the order in which they were first met, not that of their texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Name(NonZeroU32);

impl Name {
    /// The name at an index of its list. It is kept as the place from 1, so that no name at all takes no more room.
    fn at(index: usize) -> Self {
        Self(u32::try_from(index).ok().and_then(|index| NonZeroU32::MIN.checked_add(index)).unwrap_or(NonZeroU32::MAX))
    }

    /// The index of the name in its list.
    pub fn index(self) -> usize {
        usize::try_from(self.0.get().saturating_sub(1)).unwrap_or(usize::MAX)
    }
}

/// A list of distinct names. It travels as its texts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Box<str>>", into = "Vec<Box<str>>")]
pub struct Names {
    texts: Vec<Box<str>>,
    indices: FxHashMap<Box<str>, Name>,
}

impl Names {
    /// The name with this text, added to the list when it is new.
    pub fn add(&mut self, text: &str) -> Name {
        if let Some(&name) = self.indices.get(text) {
            return name;
        }
        let name = Name::at(self.texts.len());
        self.texts.push(text.into());
        self.indices.insert(text.into(), name);
        name
    }

    /// The name with this text, if it is in the list.
    pub fn find(&self, text: &str) -> Option<Name> {
        self.indices.get(text).copied()
    }

    /// The text of a name of this list; empty for a name of another one.
    pub fn text(&self, name: Name) -> &str {
        self.texts.get(name.index()).map_or("", |text| text)
    }

    /// The texts, in the order in which they were first met.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|text| &**text)
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

impl From<Vec<Box<str>>> for Names {
    fn from(texts: Vec<Box<str>>) -> Self {
        let indices = texts.iter().enumerate().map(|(index, text)| (text.clone(), Name::at(index))).collect();
        Self { texts, indices }
    }
}

impl From<Names> for Vec<Box<str>> {
    fn from(names: Names) -> Self {
        names.texts
    }
}

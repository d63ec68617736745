//! The levels of volume pricing by their names.

use super::list::words;
use super::order::LevelAboveH;

/// A price level, from the lowest on. `GV` and `ED` stand beside the ladder: their prices do not depend on points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VolumeLevel {
    /// Base level: below 500 points, where everybody begins.
    #[default]
    Bl,
    /// From 500 points on.
    D,
    /// From 1,000 points on.
    E,
    /// From 2,500 points on.
    F,
    /// From 5,000 points on.
    G,
    /// From 10,000 points on.
    H,
    /// Above H: no points earn it, it is set by hand.
    I,
    /// Above I: no points earn it, it is set by hand.
    J,
    /// Government sites.
    Gv,
    /// Academic sites.
    Ed,
}

impl VolumeLevel {
    /// All of them.
    pub const ALL: [Self; 10] =
        [Self::Bl, Self::D, Self::E, Self::F, Self::G, Self::H, Self::I, Self::J, Self::Gv, Self::Ed];

    /// The name as IBM prints it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bl => "BL",
            Self::D => "D",
            Self::E => "E",
            Self::F => "F",
            Self::G => "G",
            Self::H => "H",
            Self::I => "I",
            Self::J => "J",
            Self::Gv => "GV",
            Self::Ed => "ED",
        }
    }

    /// The level with this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name().eq_ignore_ascii_case(text))
    }
}

words!(VolumeLevel);

impl From<LevelAboveH> for VolumeLevel {
    fn from(level: LevelAboveH) -> Self {
        match level {
            LevelAboveH::I => Self::I,
            LevelAboveH::J => Self::J,
        }
    }
}

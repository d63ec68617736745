//! The levels of volume pricing and the points that earn them.
//!
//! The relationship suggested volume price (RSVP) follows from the points of a term, the suggested volume price (SVP)
//! from those of one order; both are read from one table
//! (<https://www.ibm.com/software/passportadvantage/aboutpassport>, 2026-01-09; IBM programme overview). Levels above H
//! occur in price files, but IBM publishes no points for them: they hold where the user says so.

use jiff::civil::date;
use rust_decimal::Decimal;

use crate::model::derivation::{Confidence, RuleReference};
pub use crate::model::volume_level::VolumeLevel;

/// The ladder: each level and the fewest points of a term, or of an order, that earn it.
pub const LADDER: [(VolumeLevel, u32); 6] = [
    (VolumeLevel::Bl, 0),
    (VolumeLevel::D, 500),
    (VolumeLevel::E, 1_000),
    (VolumeLevel::F, 2_500),
    (VolumeLevel::G, 5_000),
    (VolumeLevel::H, 10_000),
];

/// The points of all orders of a term are added, and set the level.
pub const fn term_points() -> RuleReference {
    rule("volume.term_points", "rule.volume_term_points")
}

/// The level of an order: the higher of that in force and that of its own points.
pub const fn order() -> RuleReference {
    rule("volume.order", "rule.volume_order")
}

const fn rule(id: &'static str, title: &'static str) -> RuleReference {
    let source = "https://www.ibm.com/software/passportadvantage/aboutpassport";
    RuleReference::keyed(id, title, source, Some(date(2026, 1, 9)), Confidence::High)
}

impl VolumeLevel {
    /// The level that so many points earn. A threshold belongs to the level that it opens.
    pub fn earned(points: Decimal) -> Self {
        let reached = LADDER.iter().rev().find(|(_, threshold)| points >= Decimal::from(*threshold));
        reached.map_or(Self::Bl, |(level, _)| *level)
    }

    /// One step further down, never below the base level.
    #[must_use]
    pub const fn one_step_down(self) -> Self {
        match self {
            Self::Bl | Self::D => Self::Bl,
            Self::E => Self::D,
            Self::F => Self::E,
            Self::G => Self::F,
            Self::H => Self::G,
            Self::I => Self::H,
            Self::J => Self::I,
            beside @ (Self::Gv | Self::Ed) => beside,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::VolumeLevel as Level;
    use crate::model::order::LevelAboveH;

    #[test]
    fn a_threshold_belongs_to_the_level_that_it_opens() {
        let edges = [
            ("0", Level::Bl),
            ("499.99", Level::Bl),
            ("500", Level::D),
            ("999", Level::D),
            ("1000", Level::E),
            ("2500", Level::F),
            ("5000", Level::G),
            ("9999.9", Level::G),
            ("10000", Level::H),
            ("1000000", Level::H),
        ];
        for (points, level) in edges {
            assert_eq!(Level::earned(points.parse().unwrap()), level, "{points}");
        }
    }

    #[test]
    fn one_step_down_ends_at_the_base_level_and_leaves_the_ladder_never() {
        assert_eq!(Level::J.one_step_down(), Level::I);
        assert_eq!(Level::I.one_step_down(), Level::H);
        assert_eq!(Level::H.one_step_down(), Level::G);
        assert_eq!(Level::D.one_step_down(), Level::Bl);
        assert_eq!(Level::Bl.one_step_down(), Level::Bl);
        assert_eq!(Level::Gv.one_step_down(), Level::Gv);
    }
    #[test]
    fn the_levels_above_h_stand_between_it_and_the_prices_beside_the_ladder() {
        let [i, j] = LevelAboveH::ALL.map(Level::from);
        assert!(Level::H < i && i < j && j < Level::Gv && j < Level::Ed);
        assert_eq!([i, j].map(Level::name), LevelAboveH::ALL.map(LevelAboveH::name));
    }
}

//! Drawings as the worker computes them: shapes in shares of their frame, which the page writes as SVG and knows no more
//! about. Words in them are written in the reader's way.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::cell::Cell;
use crate::model::message::Message;

/// A share of the width or the height of a drawing, in hundredths of a per cent from its left or its top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Share(pub u16);

impl Share {
    /// The right edge, or the bottom.
    pub const WHOLE: Self = Self(10_000);

    /// How far it is from here to another one; 0 where that lies before.
    #[must_use]
    pub const fn to(self, other: Self) -> Self {
        Self(other.0.saturating_sub(self.0))
    }
}

impl fmt::Display for Share {
    /// As an attribute of SVG.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{:02}%", self.0 / 100, self.0 % 100)
    }
}

/// What a shape means: the style sheet gives it colour and stroke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Ink {
    /// A line of the grid.
    Grid,
    /// An axis.
    Axis,
    /// What is needed or held by day.
    Area,
    /// The first of several parts that are stacked, from below.
    First,
    /// The second one.
    Second,
    /// The third one.
    Third,
    /// The fourth one.
    Fourth,
    /// A high-water mark.
    Mark,
    /// What is entitled.
    Entitled,
    /// Full capacity.
    Full,
    /// A level that may be reached.
    Threshold,
    /// What is missing.
    Short,
    /// What is not known.
    Unknown,
    /// A peak.
    Peak,
    /// A peak above what is entitled.
    PeakShort,
}

/// A shape.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// A rectangle: its corner at the left and the top, its width and its height.
    Area(Ink, [Share; 4]),
    /// A line from one point to another: the two distances from the left, then the two from the top.
    Line(Ink, [Share; 4]),
    /// A ring around a point.
    Ring(Ink, [Share; 2]),
    /// Words above a point.
    Label(Ink, [Share; 2], Message),
}

impl Shape {
    /// What it means.
    pub const fn ink(&self) -> Ink {
        match self {
            Self::Area(ink, _) | Self::Line(ink, _) | Self::Ring(ink, _) | Self::Label(ink, ..) => *ink,
        }
    }
}

/// Shapes, and what they show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawing {
    /// What is to be seen in it, for those who do not see it.
    pub finding: Message,
    /// Its height in pixels; it is as wide as there is room.
    pub height: u16,
    /// The shapes, the later ones over the earlier ones.
    pub shapes: Vec<Shape>,
}

/// A drawing with axes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// What it shows, with the unit.
    pub title: Message,
    /// The drawing.
    pub drawing: Drawing,
    /// What stands to its left, each with its distance from the top: round amounts.
    pub left: Vec<(Share, Cell)>,
    /// What stands below it, each with its distance from the left: round days, or amounts.
    pub below: Vec<(Share, Cell)>,
    /// What the signs mean, with their values.
    pub legend: Vec<(Ink, Message)>,
    /// What else there is to know.
    pub note: Option<Message>,
}

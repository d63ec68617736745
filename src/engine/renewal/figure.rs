//! The amounts of a forecast, each by what it is of: what a reader asks how it comes about.

use serde::{Deserialize, Serialize};

use crate::model::money::Currency;

/// An amount of a forecast, or what follows from amounts of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RenewalFigure {
    /// A charge.
    Charge(ChargePlace),
    /// What charges of a currency add up to.
    Total {
        /// The currency.
        currency: Currency,
        /// The year in which the coverages begin; `None` for all years.
        year: Option<i16>,
        /// Which charges.
        of: ChargeScope,
    },
    /// What all charges of a year add up to in the currency of the report.
    Converted {
        /// The year in which the coverages begin.
        year: i16,
    },
    /// By how much all decisions together change what all years cost in a currency.
    Decided {
        /// The currency.
        currency: Currency,
    },
    /// What a line costs from its first charge to the end of a year.
    SoFar {
        /// The place of the line among those of the forecast.
        line: usize,
        /// The last year that counts.
        year: i16,
        /// What becomes of the line.
        course: Renewing,
    },
    /// After how many months without support reinstating a line costs what renewing it would have.
    Gap {
        /// The place of the line among those of the forecast.
        line: usize,
    },
    /// What reinstating a line whose support is over would cost on the day of the forecast.
    ReinstatedToday {
        /// The place of the line among those of the forecast.
        line: usize,
    },
    /// What an alternative to a renewal costs in a year, with its share of what it costs once.
    WalkAway {
        /// The place of the alternative in its list.
        alternative: usize,
    },
    /// The price at which to open a negotiation.
    Anchor {
        /// The place of the alternative in its list.
        alternative: usize,
    },
    /// What an alternative costs to the end of a year, and what the renewals cost to which it is one.
    Beside {
        /// The place of the alternative in its list.
        alternative: usize,
        /// The last year that counts.
        year: i16,
        /// What becomes of the renewals; `None` for the alternative itself.
        course: Option<Renewing>,
    },
}

/// The place of a charge in a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ChargePlace {
    /// The place of its line among those of the forecast.
    pub line: usize,
    /// Its place among those of the line.
    pub charge: usize,
}

/// Which charges a total adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChargeScope {
    /// All of them.
    All,
    /// Those of an agreement, by its number; blank for what belongs to none.
    Agreement(String),
    /// Those of a line, by its place.
    Line(usize),
    /// These.
    Charges(Vec<ChargePlace>),
}

impl ChargeScope {
    /// Whether a charge is among them.
    pub(super) fn holds(&self, agreement: &str, place: ChargePlace) -> bool {
        match self {
            Self::All => true,
            Self::Agreement(of) => of == agreement,
            Self::Line(line) => *line == place.line,
            Self::Charges(places) => places.contains(&place),
        }
    }
}

/// What becomes of what is renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Renewing {
    /// What is decided.
    AsDecided,
    /// It goes on, whatever is decided.
    Unchanged,
}

impl Renewing {
    /// Both.
    pub const ALL: [Self; 2] = [Self::AsDecided, Self::Unchanged];

    /// The name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AsDecided => "decided",
            Self::Unchanged => "renewed",
        }
    }
}

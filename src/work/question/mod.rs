//! Numbers that can be explained: what an address names, and what the page asks of the worker.

mod renewal;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{FindingKey, Quantity, RenewalFigure};
use crate::model::bound::Bound;
use crate::model::day;
use crate::model::screen::Screen;

/// A number that can be explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// A number of a product.
    Product {
        /// Name of the product.
        product: String,
        /// Code of its metric.
        metric: String,
        /// Which of its numbers.
        quantity: Quantity,
    },
    /// What ILMT reports of a Cloud Pak, or of something under a bundle.
    Reported {
        /// Name of the product.
        product: String,
        /// Name of the file.
        file: String,
        /// Line in that file; the first one where several are added.
        row: u32,
    },
    /// What is used of a bundle.
    Bundle {
        /// Its name and version.
        bundle: String,
        /// What one component uses of it, by name, environment and metric; blank for all of them together.
        component: String,
    },
    /// The points of a term, and the level that they make.
    Term {
        /// Number of the agreement; blank for orders of none.
        agreement: String,
        /// The first day of the term.
        #[serde(deserialize_with = "crate::model::day::read")]
        start: Date,
        /// The day on which it is looked at.
        #[serde(deserialize_with = "crate::model::day::read")]
        on: Date,
    },
    /// An amount of the forecast of renewals.
    Renewal {
        /// Which one.
        figure: RenewalFigure,
        /// Which of its three values.
        bound: Bound,
        /// The day of the forecast.
        #[serde(deserialize_with = "crate::model::day::read")]
        on: Date,
        /// How many years it looks ahead.
        years: i16,
    },
    /// What something to do is worth.
    Finding {
        /// Which one.
        key: FindingKey,
        /// The day on which it is looked at.
        #[serde(deserialize_with = "crate::model::day::read")]
        on: Date,
    },
}

/// The quantities of a product by their names in addresses.
pub const QUANTITIES: [(Quantity, &str); 8] = [
    (Quantity::SubCapacity, "sub-capacity"),
    (Quantity::FullCapacity, "full-capacity"),
    (Quantity::Difference, "difference"),
    (Quantity::Recoverable, "recoverable"),
    (Quantity::Entitled, "entitled"),
    (Quantity::Balance, "balance"),
    (Quantity::FullBalance, "full-balance"),
    (Quantity::Unbundled, "unbundled"),
];

impl Question {
    /// The screen on which the number stands.
    pub const fn screen(&self) -> Screen {
        match self {
            Self::Product { .. } | Self::Reported { .. } => Screen::Position,
            Self::Bundle { .. } => Screen::Bundles,
            Self::Term { .. } => Screen::VolumeLevel,
            Self::Renewal { .. } => Screen::Renewals,
            Self::Finding { .. } => Screen::Start,
        }
    }

    /// The question as arguments of its screen's address; [`Question::of`] reads them again.
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Product { product, metric, quantity } => {
                let of = QUANTITIES.iter().find(|(known, _)| known == quantity).map_or("", |(_, name)| name);
                vec![("product", product.clone()), ("metric", metric.clone()), ("of", of.to_owned())]
            }
            Self::Reported { product, file, row } => {
                vec![("reported", product.clone()), ("file", file.clone()), ("row", row.to_string())]
            }
            Self::Bundle { bundle, component } => {
                let component = (!component.is_empty()).then(|| ("component", component.clone()));
                [("bundle", bundle.clone())].into_iter().chain(component).collect()
            }
            Self::Term { agreement, start, on } => {
                let agreement = (!agreement.is_empty()).then(|| ("agreement", agreement.clone()));
                agreement.into_iter().chain([("term", start.to_string()), ("on", on.to_string())]).collect()
            }
            Self::Finding { key, on } => {
                let FindingKey { kind, subject, other } = key.clone();
                Vec::from([("worth", kind), ("subject", subject), ("other", other), ("on", on.to_string())])
            }
            Self::Renewal { figure, bound, on, years } => {
                let mut arguments = renewal::arguments(figure);
                arguments.extend([
                    ("of", bound.name().to_owned()),
                    ("on", on.to_string()),
                    ("years", years.to_string()),
                ]);
                arguments
            }
        }
    }

    /// The question that the arguments of a screen's address ask; `None` where they ask none, or not all of one. An
    /// argument that is not there and one that is blank are the same where a blank one has a meaning.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the numbers of other screens do not explain themselves")]
    pub fn of(screen: Screen, argument: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let blank = |name| argument(name).unwrap_or_default();
        let product = || {
            let of = argument("of")?;
            let quantity = QUANTITIES.iter().find(|(_, name)| *name == of).map(|(quantity, _)| *quantity)?;
            Some(Self::Product { product: argument("product")?, metric: argument("metric")?, quantity })
        };
        let reported = || {
            let row = argument("row")?.parse().ok()?;
            Some(Self::Reported { product: argument("reported")?, file: argument("file")?, row })
        };
        let day = |name| argument(name).as_deref().and_then(day::parse);
        match screen {
            Screen::Start => {
                let key = FindingKey { kind: argument("worth")?, subject: blank("subject"), other: blank("other") };
                Some(Self::Finding { key, on: day("on")? })
            }
            Screen::Position => product().or_else(reported),
            Screen::Bundles => Some(Self::Bundle { bundle: argument("bundle")?, component: blank("component") }),
            Screen::VolumeLevel => {
                Some(Self::Term { agreement: blank("agreement"), start: day("term")?, on: day("on")? })
            }
            Screen::Renewals => {
                let of = argument("of")?;
                let bound = Bound::ALL.into_iter().find(|bound| bound.name() == of)?;
                let figure = renewal::figure(&argument)?;
                Some(Self::Renewal { figure, bound, on: day("on")?, years: argument("years")?.parse().ok()? })
            }
            _ => None,
        }
    }
}

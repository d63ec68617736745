//! Numbers that can be explained: what an address names, and what the page asks of the worker.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Quantity;

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
}

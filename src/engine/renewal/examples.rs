//! Which charges rest on example prices: an amount that does is told apart wherever it is shown.

use super::{Charge, Forecast};
use crate::model::message::Message;
use crate::model::price::Price;

impl Charge {
    /// Whether its price is an example, and nobody's.
    pub fn is_by_example(&self) -> bool {
        self.priced.as_ref().is_some_and(|priced| priced.offered.row.is_example())
    }
}

impl Forecast {
    /// How many charges of a year rest on example prices; `None` is every year.
    pub fn charges_by_example(&self, year: Option<i16>) -> usize {
        let charges = self.lines.iter().flat_map(|line| &line.charges);
        let of_year = charges.filter(|charge| year.is_none_or(|year| charge.from.year() == year));
        of_year.filter(|charge| charge.is_by_example()).count()
    }
}

/// That a price is an example, and who says so.
pub fn example_said(price: &Price) -> Message {
    let note = Message::new("note.price_example");
    match price.source.as_str() {
        "" => note.with("source", Message::new("note.source_not_stated")),
        source => note.with("source", source),
    }
}

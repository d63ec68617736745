//! What the estate comes to, for those who hear that the numbers have changed.

use crate::model::assessment::Assessment;
use crate::model::headline::headlines;
use crate::model::message::Message;

/// What is needed, in a sentence.
pub(in crate::work) fn summary(assessment: &Assessment) -> Message {
    match headlines(assessment).first() {
        Some(headline) if headline.sub_capacity.unknown > 0 => Message::new("page.spoken.position_unknown")
            .with("count", assessment.products.len())
            .with("unknown", headline.sub_capacity.unknown)
            .with("metric", headline.metric.name()),
        Some(headline) => Message::new("page.spoken.position")
            .with("count", assessment.products.len())
            .with("quantity", headline.sub_capacity.known)
            .with("metric", headline.metric.name()),
        None => Message::new("page.spoken.empty"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::assessment::ProductDemand;

    #[test]
    fn what_is_said_of_unknown_products_is_that_they_are_unknown() {
        let product = |sub_capacity| ProductDemand { sub_capacity, ..ProductDemand::default() };
        let key = |products| summary(&Assessment { products, ..Assessment::default() }).key;
        assert_eq!(key(vec![product(Some(70)), product(None)]), "page.spoken.position_unknown");
        assert_eq!(key(vec![product(Some(70))]), "page.spoken.position");
        assert_eq!(key(Vec::new()), "page.spoken.empty");
    }
}

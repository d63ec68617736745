//! What there is to say of a product besides its numbers.

use rust_decimal::Decimal;

use crate::model::assessment::{Basis, ProductDemand};
use crate::model::message::Message;
use crate::model::position::ProductPosition;

/// What stands below its name: what covers it, and rows that count nothing.
pub(super) fn flags(demand: &ProductDemand, owned: Option<&ProductPosition>) -> Vec<Message> {
    let covered = owned.and_then(covered_by);
    let excluded = match demand.excluded.len() {
        0 => None,
        _ if demand.sub_capacity == Some(0) => Some(Message::new("page.standing.excluded")),
        count => Some(Message::new("page.standing.excluded_rows").with("count", count)),
    };
    covered.into_iter().chain(excluded).collect()
}

/// What covers a product, so that it needs nothing of its own.
pub(super) fn covered_by(owned: &ProductPosition) -> Option<Message> {
    let cover = owned.covered_by.as_ref()?;
    Some(Message::new("page.products.covered_by").with("principal", cover.name.as_str()))
}

/// How it compares with what ILMT reports; `None` where ILMT reports nothing, or ours is not known.
pub(super) fn against_ilmt(demand: &ProductDemand) -> Option<Message> {
    let difference = demand.difference()?;
    Some(match difference {
        0 => Message::new("page.standing.agrees"),
        1.. => Message::new("page.standing.above").with("difference", difference),
        _ => Message::new("page.standing.below").with("difference", difference.saturating_abs()),
    })
}

/// How much of a product rests on hosts that nobody knows, and what would be left at best; none when nothing does.
pub(super) fn at_stake(demand: &ProductDemand) -> Option<Message> {
    let (quantity, part) = (demand.sub_capacity?, demand.recoverable.filter(|part| part.at_stake > 0)?);
    let message = Message::new("page.products.at_stake").with("at_stake", part.at_stake);
    Some(message.with("quantity", quantity).with("best", quantity.saturating_sub(part.high)))
}

/// What may be saved: so much at best, or between two amounts.
pub(super) fn saving(low: u64, high: u64) -> Message {
    let key = match low {
        _ if low == high => "page.tiles.exactly",
        0 => "page.tiles.up_to",
        _ => "page.tiles.range",
    };
    Message::new(key).with("low", low).with("high", high)
}

/// What is to be known of what is entitled: rights for other platforms, those not for productive use, and support that
/// nothing states.
pub(super) fn beside(owned: &ProductPosition) -> Vec<Message> {
    let aside = owned.needed.map_or(Decimal::ZERO, |needed| owned.left_aside(needed, false));
    let facts = [
        ("page.products.other_platform", aside),
        ("page.products.non_production", owned.non_production),
        ("page.products.support_not_stated", owned.support_not_stated),
    ];
    let said = facts.into_iter().filter(|(_, quantity)| !quantity.is_zero());
    said.map(|(key, quantity)| Message::new(key).with("quantity", quantity)).collect()
}

/// What lies between the reading of an auditor, for whom nothing is covered, and that of the buyer.
pub(super) fn difference_if_unbundled(owned: &ProductPosition) -> Option<Message> {
    let difference = owned.unbundled_balance()?.saturating_sub(owned.balance()?);
    Some(Message::new("page.products.unbundled_difference").with("difference", difference))
}

/// What the basis of a product's numbers says about them; what is plain for everyone is not said.
pub(super) const fn basis(basis: Basis) -> Option<Message> {
    match basis {
        Basis::Estate => None,
        Basis::Snapshot => Some(Message::new("page.basis.snapshot")),
        Basis::UpperBound => Some(Message::new("page.basis.upper_bound")),
        Basis::HostUnknown => Some(Message::new("page.basis.host_unknown")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;
    use crate::model::assessment::{ExcludedRow, Recoverable};
    use crate::model::message::Words;

    fn product(sub_capacity: Option<u64>, reported: Option<u64>) -> ProductDemand {
        ProductDemand { product: "Db2".to_owned(), sub_capacity, reported, ..ProductDemand::default() }
    }

    #[test]
    fn a_product_says_that_all_or_some_of_its_rows_count_nothing() {
        let row = ExcludedRow { file: String::new(), row: 2, reason: "own use".to_owned() };
        let keys = |demand: &ProductDemand| flags(demand, None).into_iter().map(|flag| flag.key).collect::<Vec<_>>();
        let excluded = ProductDemand { excluded: vec![row], ..product(Some(0), Some(0)) };
        assert_eq!(keys(&excluded), ["page.standing.excluded"]);
        assert_eq!(keys(&ProductDemand { sub_capacity: Some(70), ..excluded }), ["page.standing.excluded_rows"]);
        assert!(keys(&product(Some(70), None)).is_empty());
    }

    #[test]
    fn only_a_product_that_is_reported_and_known_agrees_or_differs() {
        let key = |sub, reported| against_ilmt(&product(sub, reported)).map(|said| said.key);
        assert_eq!(key(Some(70), Some(70)).as_deref(), Some("page.standing.agrees"));
        assert_eq!(key(Some(60), Some(70)).as_deref(), Some("page.standing.below"));
        assert_eq!(key(Some(80), Some(70)).as_deref(), Some("page.standing.above"));
        assert_eq!((key(None, Some(70)), key(Some(70), None)), (None, None));
    }

    #[test]
    fn a_product_says_how_much_of_it_rests_on_unknown_hosts() {
        let recoverable = Some(Recoverable { low: 0, high: 250, at_stake: 600 });
        let shaky = ProductDemand { recoverable, ..product(Some(670), None) };
        let said = Language::english().say(&at_stake(&shaky).unwrap());
        assert!(said.starts_with("600 of 670 PVU rest on the highest socket tier"), "{said}");
        assert!(said.contains("420 remain"), "{said}");
        assert_eq!(at_stake(&product(Some(670), None)), None);
    }
}

//! What changed from one price list to another (semantics of money, section 10).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::money::Currency;
use crate::model::price::Price;
use crate::rules::volume_levels::VolumeLevel;

/// What a price is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PriceKey {
    /// Number of the part, in capitals.
    pub part_number: String,
    /// The level.
    pub level: VolumeLevel,
    /// The currency; blank where none is named.
    pub currency: Currency,
}

impl PriceKey {
    /// What this price is of.
    pub fn of(price: &Price) -> Self {
        Self { part_number: price.part(), level: price.level, currency: price.currency() }
    }
}

/// A price that is another one now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedPrice {
    /// Of what.
    pub of: PriceKey,
    /// What it was.
    pub old: Decimal,
    /// What it is.
    pub new: Decimal,
    /// The new one less the old one.
    pub difference: Decimal,
    /// That in percent of the old one, to two decimals; `None` where that was 0.
    pub percent: Option<Decimal>,
}

/// A price that is no longer there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithdrawnPrice {
    /// Of what.
    pub of: PriceKey,
    /// What it was.
    pub price: Decimal,
    /// Whether the part has no price at all any more.
    pub part_gone: bool,
}

/// A price list, and what of it differs from an older one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceChanges {
    /// How many rows it has.
    pub rows: usize,
    /// Its currencies.
    pub currencies: Vec<Currency>,
    /// Prices that are others now.
    pub changed: Vec<ChangedPrice>,
    /// Prices that were not there.
    pub new: Vec<(PriceKey, Decimal)>,
    /// Prices that are not there any more.
    pub withdrawn: Vec<WithdrawnPrice>,
    /// How many are the same.
    pub unchanged: usize,
}

/// What of a price list differs from an older one, part by part, level by level, currency by currency: by the rows that
/// begin last. Without an older one nothing differs.
pub fn price_changes(prices: &[Arc<Price>], against: Option<&[Arc<Price>]>) -> PriceChanges {
    let (now, before) = (latest(prices), latest(against.unwrap_or_default()));
    let parts: BTreeSet<&str> = now.keys().map(|of| of.part_number.as_str()).collect();
    let currencies: BTreeSet<&Currency> = now.keys().map(|of| &of.currency).collect();
    let mut changes = PriceChanges {
        rows: prices.len(),
        currencies: currencies.into_iter().cloned().collect(),
        ..PriceChanges::default()
    };
    for (of, new) in &now {
        let of = of.clone();
        match before.get(&of) {
            None if against.is_none() => {}
            None => changes.new.push((of, *new)),
            Some(old) if old == new => changes.unchanged = changes.unchanged.saturating_add(1),
            Some(old) => {
                let difference = new.saturating_sub(*old);
                let percent = difference.checked_mul(Decimal::ONE_HUNDRED).and_then(|part| part.checked_div(*old));
                let percent =
                    percent.map(|part| part.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero));
                changes.changed.push(ChangedPrice { of, old: *old, new: *new, difference, percent });
            }
        }
    }
    let gone = before.iter().filter(|(of, _)| !now.contains_key(*of));
    changes.withdrawn = gone
        .map(|(of, price)| WithdrawnPrice {
            of: of.clone(),
            price: *price,
            part_gone: !parts.contains(of.part_number.as_str()),
        })
        .collect();
    changes
}

/// The price of each part at each level in each currency, by the row that begins last, then the later one.
fn latest(prices: &[Arc<Price>]) -> BTreeMap<PriceKey, Decimal> {
    let mut latest: BTreeMap<PriceKey, &Price> = BTreeMap::new();
    for row in prices {
        let known = latest.entry(PriceKey::of(row)).or_insert(row);
        if known.valid_from <= row.valid_from {
            *known = row;
        }
    }
    latest.into_iter().map(|(of, row)| (of, row.price.normalize())).collect()
}

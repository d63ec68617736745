//! Exact numbers on their way: as text in documents, which people read, and as their sixteen bytes between page and
//! worker, so that the page carries no reader and no writer of decimal text.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes a number.
///
/// # Errors
/// What the format says.
pub fn serialize<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        Serialize::serialize(&number.normalize(), serializer)
    } else {
        Serialize::serialize(&number.serialize(), serializer)
    }
}

/// Reads a number.
///
/// # Errors
/// What the format says.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    if deserializer.is_human_readable() {
        <Decimal as Deserialize>::deserialize(deserializer)
    } else {
        <[u8; 16]>::deserialize(deserializer).map(Decimal::deserialize)
    }
}

/// The product, to its last digit; `None` when a decimal cannot hold it.
pub fn product(one: Decimal, other: Decimal) -> Option<Decimal> {
    let (one, other) = (one.normalize(), other.normalize());
    let scale = one.scale().checked_add(other.scale())?;
    let nothing = one.is_zero() || other.is_zero();
    one.checked_mul(other).filter(|product| nothing || product.scale() == scale)
}

/// The sum, to its last digit; `None` when a decimal cannot hold it.
pub fn sum(one: Decimal, other: Decimal) -> Option<Decimal> {
    let scale = one.normalize().scale().max(other.normalize().scale());
    one.normalize().checked_add(other.normalize()).filter(|sum| sum.is_zero() || sum.scale() == scale)
}

/// A number that may not be known.
pub mod optional {
    use super::{Decimal, Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Number(#[serde(with = "super")] Decimal);

    /// Writes a number, or none.
    ///
    /// # Errors
    /// What the format says.
    pub fn serialize<S: Serializer>(number: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
        number.map(Number).serialize(serializer)
    }

    /// Reads a number, or none.
    ///
    /// # Errors
    /// What the format says.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
        Ok(Option::<Number>::deserialize(deserializer)?.map(|number| number.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_and_sums_are_exact_or_none() {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(product(number("0.333333"), number("3")), Some(number("0.999999")));
        assert_eq!(product(number("0.0000000000000001"), number("0.0000000000000001")), None);
        assert_eq!(product(Decimal::MAX, number("2")), None);
        assert_eq!(product(Decimal::ZERO, number("1.5")), Some(Decimal::ZERO));
        assert_eq!(sum(number("0.5"), number("1.50")), Some(number("2")));
        assert_eq!(sum(Decimal::MAX, number("0.1")), None);
    }
}

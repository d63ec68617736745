//! Exact numbers between page and worker: as their sixteen bytes, so that the page carries no reader of decimal text.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes a number.
///
/// # Errors
/// What the format says.
pub fn serialize<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    Serialize::serialize(&number.serialize(), serializer)
}

/// Reads a number.
///
/// # Errors
/// What the format says.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    <[u8; 16]>::deserialize(deserializer).map(Decimal::deserialize)
}

/// A number that may not be known.
pub mod optional {
    use super::{Decimal, Deserialize, Deserializer, Serialize, Serializer};

    /// Writes a number, or none.
    ///
    /// # Errors
    /// What the format says.
    pub fn serialize<S: Serializer>(number: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
        Serialize::serialize(&number.map(|number| number.serialize()), serializer)
    }

    /// Reads a number, or none.
    ///
    /// # Errors
    /// What the format says.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
        Ok(Option::<[u8; 16]>::deserialize(deserializer)?.map(Decimal::deserialize))
    }
}

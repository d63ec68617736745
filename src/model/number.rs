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

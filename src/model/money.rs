//! Currencies and their amounts (semantics of money, section 1).

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A currency by its code of ISO 4217, in capitals; blank where a file names none, which is a currency of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Currency(String);

impl Currency {
    /// An amount with all decimals of the currency, and with more where it has more.
    pub fn in_full(&self, amount: Decimal) -> Decimal {
        let mut amount = amount.normalize();
        if amount.scale() < self.decimals() {
            amount.rescale(self.decimals());
        }
        amount
    }

    /// The currency with this code, however it is spelt.
    pub fn of(code: &str) -> Self {
        Self(code.trim().to_uppercase())
    }

    /// Its code.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// Whether no file names it.
    pub const fn is_blank(&self) -> bool {
        self.0.is_empty()
    }

    /// How many decimals its amounts have (ISO 4217).
    pub fn decimals(&self) -> u32 {
        const NONE: [&str; 17] = [
            "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
            "XOF", "XPF",
        ];
        const THREE: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];
        if NONE.contains(&self.code()) {
            0
        } else if THREE.contains(&self.code()) {
            3
        } else {
            2
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_has_the_decimals_of_iso_4217_however_its_code_is_spelt() {
        let decimals = |code| Currency::of(code).decimals();
        assert_eq!([" jpy ", "KWD", "eur", "", "XYZ"].map(decimals), [0, 3, 2, 2, 2]);
        assert_eq!(Currency::of(" usd"), Currency::of("USD"));
    }
}

//! Ratios between a component and its bundle.

use rust_decimal::Decimal;

use crate::model::fraction::Fraction;

/// A ratio as licence texts write it, component : bundle. "2:1" is two of the component for one of the bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// So much of the component …
    pub component: Decimal,
    /// … uses so much of the bundle.
    pub bundle: Decimal,
}

impl Ratio {
    /// What a quantity of the component uses of the bundle, exactly; `None` when it is too large.
    pub fn exact(self, quantity: Decimal) -> Option<Fraction> {
        Fraction::of(self.bundle, self.component)?.times(quantity)
    }

    /// The same, rounded up.
    pub fn contribution(self, quantity: Decimal) -> Option<u64> {
        self.exact(quantity)?.ceil()
    }

    /// What comes on top of so many units of the bundle, where the ratio is one of additional entitlements: rounded up
    /// to a multiple of what comes with one lot (commercial facts, D1), which may be a fraction. `None` when it is too
    /// large.
    pub fn additional(self, units: u64) -> Option<Decimal> {
        let lots = Fraction::of(units.into(), self.bundle)?.ceil()?;
        self.component.checked_mul(lots.into())
    }

    /// As licence texts write it.
    pub fn text(self) -> String {
        format!("{}:{}", self.component.normalize(), self.bundle.normalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(component: &str, bundle: &str) -> Ratio {
        Ratio { component: component.parse().unwrap(), bundle: bundle.parse().unwrap() }
    }

    #[test]
    fn a_contribution_is_converted_exactly_and_rounded_up_once() {
        assert_eq!(ratio("2", "1").contribution(9.into()), Some(5));
        assert_eq!(ratio("1", "5").contribution(9.into()), Some(45));
        assert_eq!(ratio("3", "2").contribution(3.into()), Some(2));
        assert_eq!(ratio("3", "1").contribution("0.1".parse().unwrap()), Some(1));
        assert_eq!(ratio("0.5", "1").contribution(2.into()), Some(4));
        assert_eq!(ratio("7", "5").contribution(0.into()), Some(0));
    }

    #[test]
    fn an_additional_entitlement_is_rounded_up_to_a_multiple_of_its_lot() {
        // Five of the bundle are two and a half lots of 3 : 2: three lots, 9; a conversion would give 8.
        assert_eq!(ratio("3", "2").additional(5), Some(9.into()));
        assert_eq!(ratio("3", "1").additional(45), Some(135.into()));
        assert_eq!(ratio("3", "2").additional(0), Some(0.into()));
        assert_eq!(ratio("0.02", "1").additional(45), "0.90".parse().ok());
        assert_eq!(ratio("79228162514264337593543950335", "1").additional(2), None);
    }
}

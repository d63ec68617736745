//! The tiers of the resource value unit (RVU) for managed activated processor cores (MAPC).
//!
//! Cores of all servers are added first, then each slice of them counts at the rate of its tier. The source is the
//! page of [`counting::rvu_tiers`](super::counting::rvu_tiers). Where a fraction is rounded IBM does not say: 2,501
//! cores are 2,500.8 units; Highwater rounds the total up, once.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A tier: the units for each core of a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RvuTier {
    /// The last core of the slice; `None` is without end. It begins where the tier before it ends.
    pub to: Option<u64>,
    /// Units for each core, in hundredths.
    pub hundredths: u32,
}

impl RvuTier {
    /// Units for each core.
    pub fn units_per_core(self) -> Decimal {
        Decimal::new(self.hundredths.into(), 2)
    }
}

/// The tiers, from the first core on.
pub const RVU_TIERS: [RvuTier; 5] = [
    RvuTier { to: Some(2_500), hundredths: 100 },
    RvuTier { to: Some(10_000), hundredths: 80 },
    RvuTier { to: Some(50_000), hundredths: 60 },
    RvuTier { to: Some(150_000), hundredths: 40 },
    RvuTier { to: None, hundredths: 20 },
];

/// Cores put through the tiers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rvu {
    /// The slices that hold cores, from the first tier on.
    pub slices: Vec<RvuSlice>,
    /// The units, exactly.
    pub exact: Decimal,
    /// The units, rounded up.
    pub rounded_up: u64,
}

/// The cores of one tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RvuSlice {
    /// The tier.
    pub tier: RvuTier,
    /// First core of the slice; cores are counted from 1.
    pub from: u64,
    /// The cores in it.
    pub cores: u64,
    /// Their units, exactly.
    pub units: Decimal,
}

/// The whole units for so many cores.
pub fn rvu(cores: u64) -> u64 {
    through_tiers(cores).rounded_up
}

/// The units for so many cores, slice by slice.
pub fn through_tiers(cores: u64) -> Rvu {
    let mut slices = Vec::new();
    let mut done = 0_u64;
    for tier in RVU_TIERS {
        let end = tier.to.map_or(cores, |to| to.min(cores));
        let held = end.saturating_sub(done);
        if held > 0 {
            let units = Decimal::from(held) * tier.units_per_core();
            slices.push(RvuSlice { tier, from: done.saturating_add(1), cores: held, units });
            done = end;
        }
    }
    let exact = slices.iter().map(|slice| slice.units).sum::<Decimal>();
    Rvu { slices, exact, rounded_up: exact.ceil().to_u64().unwrap_or(u64::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_units_of_the_published_example_come_out() {
        // IBM, License Metric Tool, RVU MAPC: 45,000 cores are 2,500 + 6,000 + 21,000 units.
        let rvu = through_tiers(45_000);
        let units: Vec<Decimal> = rvu.slices.iter().map(|slice| slice.units).collect();
        assert_eq!(units, [Decimal::from(2_500), Decimal::from(6_000), Decimal::from(21_000)]);
        assert_eq!((rvu.exact, rvu.rounded_up), (Decimal::from(29_500), 29_500));
    }

    #[test]
    fn a_tier_ends_with_its_last_core() {
        for (cores, units) in [(0, 0), (1, 1), (2_500, 2_500), (10_000, 8_500), (50_000, 32_500), (150_000, 72_500)] {
            assert_eq!(rvu(cores), units, "{cores}");
        }
        assert_eq!(through_tiers(200_000).exact, Decimal::from(82_500));
    }

    #[test]
    fn a_fraction_is_kept_and_rounded_up_once() {
        let rvu = through_tiers(2_501);
        assert_eq!(rvu.exact, Decimal::new(25_008, 1));
        assert_eq!(rvu.rounded_up, 2_501);
    }

    #[test]
    fn slices_hold_every_core_once() {
        for cores in [0, 1, 2_499, 2_501, 10_001, 149_999, 1_000_000, u64::MAX] {
            let rvu = through_tiers(cores);
            assert_eq!(rvu.slices.iter().map(|slice| u128::from(slice.cores)).sum::<u128>(), u128::from(cores));
            let mut next = 1;
            for slice in &rvu.slices {
                assert_eq!(slice.from, next);
                next = slice.from.saturating_add(slice.cores);
            }
        }
    }
}

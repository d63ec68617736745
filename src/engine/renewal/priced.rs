//! What one part costs: the price of its row, and what is assumed of that (semantics of money, 3 and 5).

use std::num::NonZeroU32;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::costs::AssumedCosts;
use crate::model::assumption::Estimate;
use crate::model::fraction::Fraction;
use crate::model::number;
use crate::model::price::Price;
use crate::rules::volume_levels::VolumeLevel;

/// What a price follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PriceBasis {
    /// The price of the part itself.
    Part,
    /// A rate of the price of the licence.
    Rate,
}

/// How a charge is priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// By which price; that does not follow from what is assumed of costs.
    pub offered: Arc<OfferedPrice>,
    /// What is assumed of it.
    pub assumed: Arc<AssumedCosts>,
}

/// The price of what is bought for a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedPrice {
    /// What the price follows from.
    pub basis: PriceBasis,
    /// The row of the price.
    pub row: Arc<Price>,
    /// Whether another row with another price is set aside only because it stands before this one.
    pub is_tied: bool,
    /// The level of the row: a lower one than the customer's where that has no price.
    pub level: VolumeLevel,
    /// How many months the price pays.
    pub months: NonZeroU32,
    /// Whether anything says so; else twelve is assumed.
    pub months_known: bool,
    /// The year of whose prices the row is.
    pub base_year: i16,
    /// Whether the contract can bound it.
    pub is_capped: bool,
    /// The most by which the agreement lets it rise in a year, in percent, as its terms say.
    pub(super) cap: Option<Decimal>,
    /// The price on the day of the forecast, which bounds that of a row that begins later.
    pub first: Option<Arc<Price>>,
    /// How often one price is paid.
    pub factor: Fraction,
    /// The price as often as it is paid; `None` when that is too large.
    pub(super) in_all: Option<Fraction>,
    /// The price that bounds it, as often; `None` where none does.
    pub(super) first_in_all: Option<Fraction>,
}

/// The decimals of the price of one part as proposals write it (semantics of money, section 12).
const UNIT_DECIMALS: u32 = 6;

impl Priced {
    /// The most that the contract lets the price be; `None` where it does not say.
    pub fn limit(&self) -> Option<Decimal> {
        number::product(self.offered.first.as_ref()?.price, self.assumed.growth?)
    }

    /// What one part costs at a time, with index, caps, rate and discount, rounded to be written down: an amount follows
    /// from what is not rounded yet. `None` where something of that is not known.
    pub fn unit_price(&self) -> Option<Estimate<Decimal>> {
        let once = |row: &Arc<Price>| Fraction::of(row.price, Decimal::ONE);
        let once = self.assumed.paid(once(&self.offered.row), self.offered.first.as_ref().and_then(once));
        once.map(|one| one?.rounded(UNIT_DECIMALS)).all()
    }

    /// What one unit costs for the coverage, where so many make a part: as expected and not rounded. `None` where something of
    /// that is not known.
    pub(super) fn per_unit(&self, pack: u32) -> Option<Fraction> {
        self.offered.per_part(&self.assumed).expected?.quotient(Fraction::of(pack.into(), Decimal::ONE)?)
    }
}

impl OfferedPrice {
    /// What one part costs for the coverage, exactly; `None` where something of that is not known.
    pub(super) fn per_part(&self, assumed: &AssumedCosts) -> Estimate<Option<Fraction>> {
        assumed.paid(self.in_all, self.first_in_all)
    }
}

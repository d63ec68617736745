//! What is assumed of the cost of something (semantics of money, 3 and 7), each thing once: thousands of offers ask the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::assumed::{About, AssumptionBook, PriceCaps};
use super::charges::ChargeKind;
use super::priced::PriceBasis;
use crate::model::assumption::Estimate;
use crate::model::fraction::Fraction;

/// What is assumed of the cost of something on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssumedCosts {
    /// What of the price is paid, in percent.
    pub rate: Estimate<Decimal>,
    /// What has become of the price since the row's year; `None` where it is too large to be told.
    pub index: Option<Estimate<Decimal>>,
    /// The most by which the contract lets prices rise.
    pub caps: PriceCaps,
    /// Percent off.
    pub discount: Estimate<Decimal>,
    /// What is added, in percent; `None` where that is not known.
    pub added: Option<Estimate<Decimal>>,
    /// What the contract lets the price of the forecast's day have become at most; `None` where it does not say.
    pub(super) growth: Option<Decimal>,
    /// What is paid of the price of a row, with its index: of that the rate, less the discount, with what is added.
    share: Estimate<Option<Fraction>>,
    /// What is paid of the price of the forecast's day at most, likewise; `None` where nothing bounds it.
    share_at_most: Option<Estimate<Option<Fraction>>>,
}

/// What is asked of the assumptions for something: the same answers follow from the same questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CostQuestion {
    pub(super) kind: ChargeKind,
    pub(super) basis: PriceBasis,
    /// The day whose index and percentages hold.
    pub(super) day: Date,
    /// The year of whose prices the row is.
    pub(super) base_year: i16,
    /// Whether the caps of the contract bind it.
    pub(super) is_capped: bool,
    /// The most by which the agreement lets it rise in a year, in percent, as its terms say.
    pub(super) cap: Option<Decimal>,
}

impl AssumedCosts {
    pub(super) fn of(question: CostQuestion, about: About<'_>, assumptions: &AssumptionBook<'_>) -> Self {
        let CostQuestion { kind, basis, day, base_year, is_capped, cap } = question;
        let caps = if is_capped { assumptions.caps(about, cap) } else { PriceCaps::default() };
        let rate = match (basis, kind) {
            (PriceBasis::Part, _) => Estimate::flat(Decimal::ONE_HUNDRED),
            (PriceBasis::Rate, ChargeKind::Reinstatement) => assumptions.reinstatement_rate(about, day),
            (
                PriceBasis::Rate,
                ChargeKind::BackCharge | ChargeKind::Licence | ChargeKind::Renewal | ChargeKind::Term,
            ) => assumptions.support_rate(about, day),
        };
        let added = match kind {
            ChargeKind::BackCharge => assumptions.reinstatement_uplift(about, day),
            ChargeKind::Licence | ChargeKind::Reinstatement | ChargeKind::Renewal | ChargeKind::Term => {
                Some(Estimate::flat(Decimal::ZERO))
            }
        };
        let index = assumptions.index(about, (base_year, day.year()), caps);
        let discount = assumptions.discount(about, day);
        let growth = caps.growth(day.year().saturating_sub(assumptions.on().year()));
        let paid = paid(rate, discount, added);
        let of = |risen: Estimate<Decimal>| paid.with(risen, |paid, risen| Some(paid?.times(risen)?.reduced()));
        let share = index.map_or(Estimate::flat(None), of);
        let share_at_most = growth.map(|growth| of(Estimate::flat(growth)));
        Self { rate, index, caps, discount, added, growth, share, share_at_most }
    }

    /// What is paid of a price, exactly: with its index, as much as the contract allows by the price of the forecast's day
    /// where that bounds it, of which the rate is paid, less the discount. `None` where something of that is not known.
    pub(super) fn paid(&self, price: Option<Fraction>, first: Option<Fraction>) -> Estimate<Option<Fraction>> {
        let paid = self.share.map(|share| price?.product(share?));
        let Some((at_most, first)) = self.share_at_most.zip(first) else { return paid };
        paid.with(at_most, |paid, share| paid?.least(first.product(share?)?))
    }
}

/// What of a price is paid by rate, discount and what is added; `None` where that is not known.
fn paid(
    rate: Estimate<Decimal>,
    discount: Estimate<Decimal>,
    added: Option<Estimate<Decimal>>,
) -> Estimate<Option<Fraction>> {
    let Some(added) = added else { return Estimate::flat(None) };
    let left = rate
        .with(discount, |rate, discount| percent(rate)?.product(percent(Decimal::ONE_HUNDRED.checked_sub(discount)?)?));
    left.with(added, |left, added| left?.product(percent(Decimal::ONE_HUNDRED.checked_add(added)?)?))
}

fn percent(of_hundred: Decimal) -> Option<Fraction> {
    if of_hundred == Decimal::ONE_HUNDRED {
        return Some(Fraction::ONE);
    }
    Fraction::of(of_hundred, Decimal::ONE_HUNDRED)
}

/// What is assumed of thousands of things, each answer once.
pub(super) struct CostBook<'a> {
    assumptions: &'a AssumptionBook<'a>,
    /// Things of which the same is assumed on every day, by the places of those assumptions.
    classes: BTreeMap<SmallVec<[usize; 8]>, usize>,
    /// The class of each subject.
    subjects: BTreeMap<usize, usize>,
    /// By class and question.
    known: BTreeMap<(usize, usize), Arc<AssumedCosts>>,
}

impl<'a> CostBook<'a> {
    pub(super) fn of(assumptions: &'a AssumptionBook<'a>) -> Self {
        Self { assumptions, classes: BTreeMap::new(), subjects: BTreeMap::new(), known: BTreeMap::new() }
    }

    /// The answer to a question of something, both with their numbers.
    pub(super) fn answer(
        &mut self,
        (subject, about): (usize, About<'_>),
        (number, question): (usize, CostQuestion),
    ) -> Arc<AssumedCosts> {
        let Self { assumptions, classes, subjects, known } = self;
        let class = *subjects.entry(subject).or_insert_with(|| {
            let next = classes.len();
            *classes.entry(assumptions.of_costs(about).collect()).or_insert(next)
        });
        let answer = || Arc::new(AssumedCosts::of(question, about, assumptions));
        Arc::clone(known.entry((class, number)).or_insert_with(answer))
    }
}

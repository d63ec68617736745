//! What is needed over time, and the high-water mark as it rises: the peaks so far of the regions, added.

use jiff::civil::Date;
use smallvec::SmallVec;

use crate::model::assessment::ProductDemand;
use crate::model::metric::Metric;
use crate::model::period::Period;
use crate::model::timeline::{DemandTimeline, RegionTimeline};
use crate::rules::rvu_tiers;

/// What is needed of a product from a day on, until the next of these days. What is not known is `None`, never 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeededFrom {
    /// The first day on which it holds.
    pub from: Date,
    /// Sub-capacity in each region of the timeline. For RVU these are cores.
    pub regions: SmallVec<[Option<u64>; 4]>,
    /// Sub-capacity of all regions.
    pub needed: Option<u64>,
    /// Full capacity of all regions.
    pub full_capacity: Option<u64>,
    /// The peaks so far of the regions, added; one unknown day makes all that follows unknown.
    pub high_water_mark: Option<u64>,
}

/// What is needed of a product over time: a step for the first day of the period and for each day of change. The last
/// high-water mark is the sub-capacity that counts.
pub fn over_time(timeline: &DemandTimeline, metric: Metric) -> Vec<NeededFrom> {
    let mut days: Vec<Date> =
        timeline.regions.iter().flat_map(|part| part.steps.iter().map(|step| step.from)).collect();
    days.push(timeline.period.from());
    days.sort_unstable();
    days.dedup();
    let mut regions: SmallVec<[RegionSoFar<'_>; 4]> = timeline.regions.iter().map(RegionSoFar::new).collect();
    let step = |from: Date| {
        for region in &mut regions {
            region.go_to(from);
        }
        let total = |quantity: fn(&RegionSoFar<'_>) -> Option<u64>| total(metric, regions.iter().map(quantity));
        NeededFrom {
            from,
            regions: regions.iter().map(|region| region.sub_capacity).collect(),
            needed: total(|region| region.sub_capacity),
            full_capacity: total(|region| region.full_capacity),
            high_water_mark: total(|region| region.peak),
        }
    };
    days.into_iter().map(step).collect()
}

/// The regions added; for RVU their cores are added and put through the tiers once.
pub(super) fn total(metric: Metric, mut regions: impl Iterator<Item = Option<u64>>) -> Option<u64> {
    let sum = regions.try_fold(0_u64, |sum, quantity| Some(sum.saturating_add(quantity?)));
    match metric {
        Metric::Rvu => sum.map(rvu_tiers::rvu),
        Metric::Pvu | Metric::Vpc => sum,
    }
}

/// A region on a day, and its peak so far.
struct RegionSoFar<'a> {
    timeline: &'a RegionTimeline,
    /// How many of its steps are behind.
    behind: usize,
    sub_capacity: Option<u64>,
    full_capacity: Option<u64>,
    peak: Option<u64>,
}

impl<'a> RegionSoFar<'a> {
    const fn new(timeline: &'a RegionTimeline) -> Self {
        Self { timeline, behind: 0, sub_capacity: Some(0), full_capacity: Some(0), peak: Some(0) }
    }

    fn go_to(&mut self, day: Date) {
        while let Some(step) = self.timeline.steps.get(self.behind).filter(|step| step.from <= day) {
            self.behind = self.behind.saturating_add(1);
            (self.sub_capacity, self.full_capacity) = (step.sub_capacity, step.full_capacity);
            self.peak = self.peak.zip(step.sub_capacity).map(|(peak, now)| peak.max(now));
        }
    }
}

/// What all products of a metric need from a day on, until the next of these days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EstateNeed {
    /// What they need on these days, as far as it is known.
    pub needed: u64,
    /// Their high-water marks added, as far as they are known.
    pub high_water_mark: u64,
    /// Of how many products the high-water mark is not known.
    pub unknown: usize,
}

/// What all products of a metric need over time, day of change by day of change; products of which the days of this
/// period are not known are not in it. Empty when there are no others.
pub fn estate_over_time(products: &[ProductDemand], metric: Metric, period: Period) -> Vec<(Date, EstateNeed)> {
    let mut changes: Vec<(Date, [i64; 3])> = Vec::new();
    let signed = |quantity: Option<u64>| i64::try_from(quantity.unwrap_or_default()).unwrap_or(i64::MAX);
    let of_metric = products.iter().filter(|product| product.metric == metric);
    for timeline in of_metric.filter_map(|one| one.timeline.as_deref()).filter(|known| known.period == period) {
        let mut before = [0; 3];
        for step in over_time(timeline, metric) {
            let mark = step.high_water_mark;
            let now = [signed(step.needed), signed(mark), i64::from(mark.is_none())];
            let mut change = now;
            for (change, before) in change.iter_mut().zip(before) {
                *change = change.saturating_sub(before);
            }
            changes.push((step.from, change));
            before = now;
        }
    }
    changes.sort_unstable();
    let mut level = [0_i64; 3];
    let mut needs: Vec<(Date, EstateNeed)> = Vec::new();
    for (from, change) in changes {
        for (level, change) in level.iter_mut().zip(change) {
            *level = level.saturating_add(change);
        }
        let [needed, mark, unknown] = level;
        let need = EstateNeed {
            needed: u64::try_from(needed).unwrap_or_default(),
            high_water_mark: u64::try_from(mark).unwrap_or_default(),
            unknown: usize::try_from(unknown).unwrap_or_default(),
        };
        match needs.last_mut().filter(|(last, _)| *last == from) {
            Some((_, known)) => *known = need,
            None => needs.push((from, need)),
        }
    }
    needs
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use std::sync::Arc;

    use super::*;
    use crate::model::region::Region;
    use crate::model::timeline::TimelineStep;

    fn region(region: Region, steps: &[(i8, Option<u64>)]) -> RegionTimeline {
        let step = |&(day, quantity)| TimelineStep {
            from: date(2026, 1, day),
            sub_capacity: quantity,
            full_capacity: Some(100),
        };
        RegionTimeline { region, steps: steps.iter().map(step).collect() }
    }

    fn january(regions: Vec<RegionTimeline>) -> DemandTimeline {
        DemandTimeline { period: Period::new(date(2026, 1, 1), date(2026, 1, 31)).unwrap(), regions }
    }

    fn marks(timeline: &DemandTimeline, metric: Metric) -> Vec<(i8, Option<u64>, Option<u64>)> {
        let steps = over_time(timeline, metric).into_iter();
        steps.map(|step| (step.from.day(), step.needed, step.high_water_mark)).collect()
    }

    #[test]
    fn each_region_keeps_its_own_peak_though_their_days_differ() {
        let moved = january(vec![
            region(Region::Americas, &[(5, Some(70)), (10, Some(0))]),
            region(Region::Emea, &[(10, Some(70))]),
        ]);
        let expected = [(1, Some(0), Some(0)), (5, Some(70), Some(70)), (10, Some(70), Some(140))];
        assert_eq!(marks(&moved, Metric::Pvu), expected);
    }

    #[test]
    fn a_day_that_is_not_known_is_no_day_of_nothing_and_leaves_the_mark_unknown() {
        let gap = january(vec![region(Region::Emea, &[(1, Some(70)), (8, None), (9, Some(140))])]);
        assert_eq!(marks(&gap, Metric::Pvu), [(1, Some(70), Some(70)), (8, None, None), (9, Some(140), None)]);
    }

    #[test]
    fn cores_of_all_regions_go_through_the_tiers_once() {
        // 2,500 cores are 2,500 units; of the 2,500 above them each is 0.8.
        let large =
            january(vec![region(Region::Americas, &[(1, Some(2_500))]), region(Region::Emea, &[(1, Some(2_500))])]);
        assert_eq!(marks(&large, Metric::Rvu), [(1, Some(4_500), Some(4_500))]);
    }

    #[test]
    fn the_marks_of_the_products_are_added_and_what_is_not_known_is_counted_beside_them() {
        let of = |timeline| ProductDemand { timeline: Some(Arc::new(timeline)), ..ProductDemand::default() };
        let products = [
            of(january(vec![region(Region::Emea, &[(1, Some(70)), (3, Some(0))])])),
            of(january(vec![region(Region::Emea, &[(3, Some(140))])])),
            of(january(vec![region(Region::Emea, &[(1, Some(10)), (4, None)])])),
            ProductDemand::default(),
        ];
        let need = |needed, high_water_mark, unknown| EstateNeed { needed, high_water_mark, unknown };
        let expected = [
            (date(2026, 1, 1), need(80, 80, 0)),
            (date(2026, 1, 3), need(150, 220, 0)),
            (date(2026, 1, 4), need(140, 210, 1)),
        ];
        let january = january(Vec::new()).period;
        assert_eq!(estate_over_time(&products, Metric::Pvu, january), expected);
        assert_eq!(estate_over_time(&products, Metric::Vpc, january), []);
        let other = Period::new(date(2026, 1, 2), january.to()).unwrap();
        assert_eq!(estate_over_time(&products, Metric::Pvu, other), [], "days of other files are added");
    }
}
